//! The subjects of feeds: people, folders and saved queries, with their titles.
//!
//! In: the people, folders and queries. Out: [`Topic`]s, titles of series, names. Never here: the format of a feed.

use crate::{
    message::Mailbox,
    plan::{
        names::{self, some_title},
        pages::Plan,
        places::Places,
        route::Route,
    },
    say,
    series::{Corpus, SeriesIx},
};

/// A feed of a person, a folder or a saved query.
#[derive(Debug)]
pub struct Topic {
    /// The address of the feed.
    pub route: Route,
    /// Its page.
    pub about: Route,
    /// Its name.
    pub title: String,
    /// Its revisions, each with the index in its series.
    pub revisions: Vec<(SeriesIx, usize)>,
}

/// The feeds of people, folders and saved queries.
pub(crate) fn topics(plan: &Plan<'_>) -> Vec<Topic> {
    let site = &plan.settings.title;
    let people = plan.people.with_page().filter(|(_, known)| known.has_feed());
    let people = people.map(|(number, known)| {
        let by = |ix: SeriesIx, at: usize| {
            let author = &plan.corpus.series[ix.at()].revisions[at].author;
            plan.people.find(plan.corpus, author).is_some_and(|(found, _)| found == number)
        };
        Topic {
            route: known.feed(),
            about: known.route(),
            title: say!(
                plan.settings.words,
                "feed-person-title",
                site = site,
                name = known.label()
            ),
            revisions: revisions(plan.corpus, &known.posted, by),
        }
    });
    let folders = plan.tree.with_page().filter(|(_, folder)| folder.has_feed());
    let folders = folders.map(|(number, folder)| Topic {
        route: plan.tree.feed(number),
        about: plan.tree.route(number),
        title: format!("{site}: {}", plan.tree.label(number)),
        revisions: revisions(plan.corpus, &folder.series, |_, _| true),
    });
    let queries = plan.settings.queries.iter().enumerate().map(|(number, query)| Topic {
        route: Route::QueryFeed(query.name.as_str().into()),
        about: Route::Query(query.name.as_str().into()),
        title: format!("{site}: {}", query.title),
        revisions: revisions(plan.corpus, plan.queries.of(number), |_, _| true),
    });
    people.chain(folders).chain(queries).collect()
}

fn revisions(
    corpus: &Corpus,
    series: &[SeriesIx],
    wanted: impl Fn(SeriesIx, usize) -> bool,
) -> Vec<(SeriesIx, usize)> {
    let numbers = |ix: &SeriesIx| {
        let ix = *ix;
        (0..corpus.series[ix.at()].revisions.len()).map(move |at| (ix, at))
    };
    series.iter().flat_map(numbers).filter(|(ix, at)| wanted(*ix, *at)).collect()
}

/// The title of a series, or a placeholder for links.
pub(crate) fn series_title(corpus: &Corpus, series: SeriesIx) -> &str {
    some_title(&corpus.series[series.at()].title)
}

/// The name of a person on pages.
pub(crate) fn name(mailbox: &Mailbox) -> &str {
    names::person(mailbox)
}

/// The permanent name of a revision, as a URI: the Message-ID of its first message (RFC 2392), with a number if
/// several mails share it.
pub(crate) fn revision_name(
    corpus: &Corpus,
    places: &Places,
    series: SeriesIx,
    revision: usize,
) -> String {
    let Some(first) = corpus.series[series.at()].revisions[revision].members().next() else {
        return String::new();
    };
    let id = &corpus.stored(first).mail.message.id;
    match places.anchor(first).split_once('_') {
        Some((_, copy)) => format!("mid:{id}#{copy}"),
        None => format!("mid:{id}"),
    }
}
