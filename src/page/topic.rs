//! What people and folders have feeds of: the revisions that were posted by somebody, or that change something
//! somewhere.
//!
//! In: the indexes of people and paths. Out: [`Topic`]s. Never here: how a feed is written.

use super::{Plan, Route};
use crate::{
    date::Timestamp,
    series::{Series, SeriesIx},
};

/// A feed of a person or a folder.
#[derive(Debug)]
pub struct Topic {
    /// Where the feed is.
    pub route: Route,
    /// The page that it belongs to.
    pub about: Route,
    /// Its name.
    pub title: String,
    /// When which revision of which series was posted, the newest first.
    pub revisions: Vec<(Timestamp, SeriesIx, usize)>,
}

impl Plan<'_> {
    /// The feeds of people and folders, each with its newest `limit` revisions; none that would be empty.
    pub fn topics(&self, limit: usize) -> Vec<Topic> {
        let site = &self.settings.title;
        let people = self.people.with_page().filter(|(_, known)| known.has_feed());
        let people = people.map(|(number, known)| {
            let by = |ix: SeriesIx, at: usize| {
                let author = &self.corpus.series[ix.at()].revisions[at].author;
                self.people.find(self.corpus, author).is_some_and(|(found, _)| found == number)
            };
            Topic {
                route: known.feed(),
                about: known.route(),
                title: format!("{site}: posted by {}", known.name()),
                revisions: self.newest_revisions(&known.posted, by, limit),
            }
        });
        let folders = self.tree.with_page().filter(|(_, folder)| folder.has_feed());
        let folders = folders.map(|(number, folder)| Topic {
            route: self.tree.feed(number),
            about: self.tree.route(number),
            title: format!("{site}: {}", self.tree.label(number)),
            revisions: self.newest_revisions(&folder.series, |_, _| true, limit),
        });
        people.chain(folders).filter(|topic| !topic.revisions.is_empty()).collect()
    }

    fn newest_revisions(
        &self,
        series: &[SeriesIx],
        wanted: impl Fn(SeriesIx, usize) -> bool,
        limit: usize,
    ) -> Vec<(Timestamp, SeriesIx, usize)> {
        let dated = |ix: &SeriesIx| {
            let series: &Series = &self.corpus.series[ix.at()];
            let ix = *ix;
            let numbered = series.revisions.iter().enumerate();
            numbered.filter_map(move |(at, revision)| Some((revision.posted?, ix, at)))
        };
        let mut all: Vec<_> = series.iter().flat_map(dated).collect();
        all.retain(|(_, ix, at)| wanted(*ix, *at));
        all.sort_unstable_by(|a, b| b.cmp(a));
        all.truncate(limit);
        all
    }
}
