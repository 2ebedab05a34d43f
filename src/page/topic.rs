//! What feeds are about: people, folders, the work on a list; and the words for it.
//!
//! In: the indexes of people, paths and work. Out: [`Topic`]s, series, names. Never here: how a feed is written.

use super::{Part, Plan, Route, series::some_title, words};
use crate::{
    message::Mailbox,
    series::{ListIx, SeriesIx},
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
    /// The revisions that it tells of, each with the index in its series.
    pub revisions: Vec<(SeriesIx, usize)>,
}

impl Plan<'_> {
    /// The feeds of people and folders.
    pub fn topics(&self) -> Vec<Topic> {
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
                title: format!("{site}: posted by {}", known.label()),
                revisions: self.revisions(&known.posted, by),
            }
        });
        let folders = self.tree.with_page().filter(|(_, folder)| folder.has_feed());
        let folders = folders.map(|(number, folder)| Topic {
            route: self.tree.feed(number),
            about: self.tree.route(number),
            title: format!("{site}: {}", self.tree.label(number)),
            revisions: self.revisions(&folder.series, |_, _| true),
        });
        people.chain(folders).collect()
    }

    fn revisions(
        &self,
        series: &[SeriesIx],
        wanted: impl Fn(SeriesIx, usize) -> bool,
    ) -> Vec<(SeriesIx, usize)> {
        let numbers = |ix: &SeriesIx| {
            let ix = *ix;
            (0..self.corpus.series[ix.at()].revisions.len()).map(move |at| (ix, at))
        };
        series.iter().flat_map(numbers).filter(|(ix, at)| wanted(*ix, *at)).collect()
    }

    /// The series of a list that are in a part of its work, in the order of work.
    pub fn in_work(&self, list: ListIx, part: Part) -> &[SeriesIx] {
        self.working.of(list, part)
    }

    /// A series' title; something to click on where it has none.
    pub fn series_title(&self, series: SeriesIx) -> &str {
        some_title(&self.corpus.series[series.at()].title)
    }

    /// A person's name, as pages have it.
    pub fn name<'m>(&self, mailbox: &'m Mailbox) -> &'m str {
        words::person(mailbox).name
    }

    /// What names a revision for ever, as a URI: the Message-ID of its first message (RFC 2392). Behind it stands
    /// which of several it is, where mails share theirs.
    pub fn revision_name(&self, series: SeriesIx, revision: usize) -> String {
        let Some(first) = self.corpus.series[series.at()].revisions[revision].members().next()
        else {
            return String::new();
        };
        let id = &self.corpus.letter(first).mail.message.id;
        match self.places.anchor(first).split_once('_') {
            Some((_, copy)) => format!("mid:{id}#{copy}"),
            None => format!("mid:{id}"),
        }
    }
}
