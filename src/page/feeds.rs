//! The page of feeds, for people: the content and the address of each.
//!
//! In: the lists. Out: the view of `feeds.html`; the links by which programs find a page's feeds in other formats.
//! Never here: the content of an entry.

pub(crate) mod view;

use crate::{
    config::{Query, Settings},
    page::{
        feeds::view::{FeedGroup, FeedRow, FeedsView},
        part::{
            layout::{self, About},
            links::Links,
            view::{FeedForm, Link},
        },
        query,
    },
    plan::{Queue, Reader, Route},
    say,
    words::Words,
};

/// The queues of a list that have a feed, and the content of each.
const WORK: [(Queue, &str); 3] = [
    (Queue::Waiting, "feed-waiting-about"),
    (Queue::Ready, "feed-ready-about"),
    (Queue::Applied, "feed-applied-about"),
];

/// The view of `feeds.html`.
pub(crate) fn feeds<'a>(plan: Reader<'a>, route: &Route) -> FeedsView<'a> {
    let links = Links::new(plan, route);
    let words = &plan.settings.words;
    let about = About {
        kind: "feeds",
        title: words.text("feeds").to_owned(),
        description: say!(words, "feeds-page-about", site = &plan.settings.title),
        feeds: vec![],
        crumbs: vec![],
    };
    let mut groups = vec![FeedGroup {
        heading: words.text("the-whole-site").to_owned(),
        feeds: vec![
            feed_row(
                plan.settings,
                &links,
                words.text("digests"),
                words.text("feed-digests-about"),
                &Route::DigestFeed,
            ),
            feed_row(
                plan.settings,
                &links,
                words.text("feed-everything"),
                words.text("feed-everything-about"),
                &Route::SiteFeed,
            ),
        ],
    }];
    groups
        .extend(plan.corpus.lists().iter().map(|name| feeds_of_list(plan.settings, &links, name)));
    groups.extend(queries(plan.settings, &links));
    groups.extend(plan.settings.data.then(|| data(plan.settings, &links)));
    FeedsView {
        page: layout::frame(plan, route, about),
        groups,
        opml_url: links.to(&Route::Opml),
        people_url: links.to(&Route::People),
        paths_url: links.to(&Route::Paths),
    }
}

fn feeds_of_list(settings: &Settings, links: &Links<'_>, name: &str) -> FeedGroup {
    let words = &settings.words;
    let (title, about) = (words.text("feed-everything"), words.text("feed-list-about"));
    let mut feeds = vec![feed_row(settings, links, title, about, &Route::list_feed(name))];
    feeds.extend(WORK.iter().map(|(part, about)| {
        let (title, about) = (part.heading(words), words.text(about));
        feed_row(settings, links, title, about, &Route::work_feed(name, part.anchor()))
    }));
    FeedGroup { heading: say!(words, "feed-of-list", list = name), feeds }
}

/// The feeds of saved queries.
fn queries(settings: &Settings, links: &Links<'_>) -> Option<FeedGroup> {
    let row = |query: &Query| {
        let about = query::conditions(&settings.words, query);
        let to = Route::QueryFeed(query.name.as_str().into());
        let page = Link {
            label: settings.words.text("query-page").to_owned(),
            url: links.to(&Route::Query(query.name.as_str().into())),
        };
        FeedRow { forms: vec![page], ..feed_row(settings, links, &query.title, &about, &to) }
    };
    let feeds: Vec<FeedRow> = settings.queries.iter().map(row).collect();
    let heading = settings.words.text("saved-queries").to_owned();
    (!feeds.is_empty()).then_some(FeedGroup { heading, feeds })
}

/// The data for scripts.
fn data(settings: &Settings, links: &Links<'_>) -> FeedGroup {
    let words = &settings.words;
    let rows = [
        ("data-index", "data-index-about", Route::DataIndex),
        ("data-schema", "data-schema-about", Route::DataSchema),
    ];
    let row = |(title, about, to): (&str, &str, Route)| {
        feed_row(settings, links, words.text(title), words.text(about), &to)
    };
    FeedGroup { heading: words.text("data").to_owned(), feeds: rows.map(row).into() }
}

fn feed_row(
    settings: &Settings,
    links: &Links<'_>,
    title: &str,
    about: &str,
    to: &Route,
) -> FeedRow {
    let other = |form: FeedForm| Link { label: form.name, url: form.url };
    FeedRow {
        title: title.to_owned(),
        about: about.to_owned(),
        url: links.to(to),
        address: to.absolute(&settings.base_url),
        forms: layout::forms(links, to).into_iter().map(other).collect(),
    }
}

/// The feed of a queue; empty if it has none.
pub(crate) fn work_feed_url(links: &Links<'_>, name: &str, part: Queue) -> String {
    match WORK.iter().any(|(with_feed, _)| *with_feed == part) {
        true => links.to(&Route::work_feed(name, part.anchor())),
        false => String::new(),
    }
}

/// The feeds of a list and of its queues, each with its name.
pub(crate) fn list_feeds(words: &Words, name: &str) -> Vec<(String, Route)> {
    let work = WORK.iter().map(|(part, _)| {
        let title = say!(words, "page-on-list", what = part.heading(words), list = name);
        (title, Route::work_feed(name, part.anchor()))
    });
    [(name.to_owned(), Route::list_feed(name))].into_iter().chain(work).collect()
}
