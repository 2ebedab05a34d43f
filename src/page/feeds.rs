//! The page of feeds, for people: what each tells, and where it is.
//!
//! In: the lists. Out: the view of `feeds.html`; the links by which programs find a page's feeds in other forms.
//! Never here: what an entry says.

pub(crate) mod view;

use crate::{
    config::Settings,
    page::{
        feeds::view::{FeedGroup, FeedRow, FeedsView},
        part::{
            layout::{self, About},
            links::Links,
            view::{FeedForm, Link},
        },
    },
    plan::{Queue, Reader, Route},
};

/// The parts of the work on a list that have a feed, and what it tells.
const WORK: [(Queue, &str); 3] = [
    (
        Queue::Waiting,
        "Series to which only the author has replied. A series with a reply leaves the feed.",
    ),
    (Queue::Ready, "Series of which every patch has a review, and that nobody took yet."),
    (Queue::Applied, "Each series when a maintainer takes it, or a part of it."),
];

/// The view of `feeds.html`.
pub(crate) fn feeds<'a>(plan: Reader<'a>, route: &Route) -> FeedsView<'a> {
    let links = Links::new(plan, route);
    let about = About {
        kind: "feeds",
        title: "Feeds".into(),
        description: format!("Follow {} in a feed reader.", plan.settings.title),
        feeds: vec![],
        crumbs: vec![],
    };
    let mut groups = vec![FeedGroup {
        heading: "The whole site".to_owned(),
        feeds: vec![
            feed_row(
                plan.settings,
                &links,
                "Digests",
                "One entry a digest, when its time is over, and nothing else.",
                &Route::DigestFeed,
            ),
            feed_row(
                plan.settings,
                &links,
                "Everything",
                "Every digest, every new series and revision, and when each is reviewed and applied.",
                &Route::SiteFeed,
            ),
        ],
    }];
    groups
        .extend(plan.corpus.lists().iter().map(|name| feeds_of_list(plan.settings, &links, name)));
    FeedsView {
        page: layout::frame(plan, route, about),
        groups,
        opml_url: links.to(&Route::Opml),
        people_url: links.to(&Route::People),
        paths_url: links.to(&Route::Paths),
    }
}

fn feeds_of_list(settings: &Settings, links: &Links<'_>, name: &str) -> FeedGroup {
    let about = "The same of this list alone, and without the digests.";
    let mut feeds = vec![feed_row(settings, links, "Everything", about, &Route::list_feed(name))];
    feeds.extend(WORK.iter().map(|(part, about)| {
        feed_row(settings, links, part.heading(), about, &Route::work_feed(name, part.anchor()))
    }));
    FeedGroup { heading: format!("The list {name}"), feeds }
}

fn feed_row(
    settings: &Settings,
    links: &Links<'_>,
    title: &str,
    about: &str,
    to: &Route,
) -> FeedRow {
    let other = |form: FeedForm| Link { label: form.name.to_owned(), url: form.url };
    FeedRow {
        title: title.to_owned(),
        about: about.to_owned(),
        url: links.to(to),
        address: to.absolute(&settings.base_url),
        forms: layout::forms(links, to).into_iter().map(other).collect(),
    }
}

/// The feed of a part of a list's work; empty where it has none.
pub(crate) fn work_feed_url(links: &Links<'_>, name: &str, part: Queue) -> String {
    match WORK.iter().any(|(with_feed, _)| *with_feed == part) {
        true => links.to(&Route::work_feed(name, part.anchor())),
        false => String::new(),
    }
}

/// The feeds of a list and of the work on it, each with its name.
pub(crate) fn list_feeds(name: &str) -> Vec<(String, Route)> {
    let work = WORK.iter().map(|(part, _)| {
        (format!("{} on {name}", part.heading()), Route::work_feed(name, part.anchor()))
    });
    [(name.to_owned(), Route::list_feed(name))].into_iter().chain(work).collect()
}
