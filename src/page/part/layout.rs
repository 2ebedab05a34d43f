//! The frame of every page: titles, navigation, breadcrumbs, feeds.
//!
//! In: the route of a page, and an [`About`] with its title, description, feeds and breadcrumbs. Out: the [`Frame`]
//! that every template has as `page`. Never here: the content of a page.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::{
    markup::excerpt,
    page::part::{
        links::{self, Links},
        view::{FeedForm, Frame, NavLink, SiteView},
    },
    plan::{ContentPage, FOLLOWED, Reader, Route},
};

/// The other formats of the feeds of a page, shown only on pages where readers look for feeds.
pub(crate) fn other_forms(links: &Links<'_>, route: &Route) -> Vec<FeedForm> {
    let feeds: &[Route] = match route {
        Route::Home | Route::Feeds => &[Route::SiteFeed, Route::DigestFeed],
        Route::Digests => &[Route::DigestFeed],
        _ => &[],
    };
    feeds.iter().flat_map(|feed| forms(links, feed)).collect()
}

/// The data file of a page.
fn data(links: &Links<'_>, route: &Route) -> Vec<FeedForm> {
    let files = match route {
        Route::Series(slug) => vec![Route::SeriesData(slug.clone())],
        Route::Digest(path) => vec![Route::DigestData(path.clone())],
        Route::Person(slug) => vec![Route::PersonData(slug.clone())],
        Route::List(name) => FOLLOWED.map(|part| Route::list_data(name, part.anchor())).into(),
        _ => Vec::new(),
    };
    let words = links.words();
    let name = |to: &Route| match to {
        Route::ListData(_, part) => format!("{} ({part})", words.text("data-form")),
        _ => words.text("data-form").to_owned(),
    };
    let form =
        |to: Route| FeedForm { name: name(&to), media: "application/json", url: links.to(&to) };
    files.into_iter().map(form).collect()
}

/// The page as Markdown, if it has that form; on the front page, the way to all of these.
fn markdown(links: &Links<'_>, route: &Route) -> Option<FeedForm> {
    let to = match route {
        Route::Home => Route::Llms,
        Route::Series(slug) => Route::SeriesMarkdown(slug.clone()),
        Route::Digest(path) => Route::DigestMarkdown(path.clone()),
        _ => return None,
    };
    let name = links.words().text("markdown-form").to_owned();
    Some(FeedForm { name, media: "text/markdown", url: links.to(&to) })
}

/// The formats of a feed besides Atom.
pub(crate) fn forms(links: &Links<'_>, feed: &Route) -> Vec<FeedForm> {
    let (json, rss) = match feed {
        Route::SiteFeed => (Route::SiteJson, Route::SiteRss),
        Route::DigestFeed => (Route::DigestJson, Route::DigestRss),
        _ => return Vec::new(),
    };
    let words = links.words();
    [("json-feed", "application/feed+json", json), ("rss", "application/rss+xml", rss)]
        .map(|(name, media, to)| FeedForm {
            name: words.text(name).to_owned(),
            media,
            url: links.to(&to),
        })
        .into()
}

/// The most bytes of a title in a tab: some subjects have 25,000. A heading has all of them.
const LONGEST_TITLE: usize = 200;
/// The most bytes of a page's description.
const DESCRIPTION: usize = 300;

/// The front matter of pages without one.
static NOTHING: LazyLock<Value> = LazyLock::new(|| Value::Object(Map::new()));

/// The facts of a page.
#[derive(Debug)]
pub(crate) struct About {
    /// See [`Frame::kind`].
    pub(crate) kind: &'static str,
    /// See [`Frame::title`].
    pub(crate) title: String,
    /// See [`Frame::description`].
    pub(crate) description: String,
    /// Its own feeds, with their names.
    pub(crate) feeds: Vec<(String, Route)>,
    /// The pages between the front page and this one.
    pub(crate) crumbs: Vec<(String, Route)>,
}

/// The frame of the page at `route`.
pub(crate) fn frame<'a>(plan: Reader<'a>, route: &Route, about: About) -> Frame<'a> {
    let links = Links::new(plan, route);
    let settings = plan.settings;
    let site_feed = (settings.title.clone(), Route::SiteFeed);
    let feeds = about.feeds.into_iter().chain([site_feed]);
    Frame {
        lang: &settings.language,
        title: excerpt::shortened(&about.title, LONGEST_TITLE).into_owned(),
        description: excerpt::shortened(&about.description, DESCRIPTION).into_owned(),
        canonical: match route {
            Route::NotFound => String::new(),
            route => route.absolute(&settings.base_url),
        },
        noindex: settings.noindex || matches!(route, Route::NotFound),
        kind: about.kind,
        site: SiteView {
            title: &settings.title,
            description: &settings.description,
            extra: &settings.extra,
        },
        home_url: links.to(&Route::Home),
        root: match route {
            Route::NotFound => links::base_path(&settings.base_url).to_owned(),
            route => route.root(),
        },
        nav: nav(plan, route, &links),
        crumbs: about.crumbs.iter().map(|(label, to)| links.link(label, to)).collect(),
        feeds: feeds.map(|(label, to)| links.link(label, &to)).collect(),
        card: None,
        extra: &NOTHING,
        other_forms: {
            let data = settings.data.then(|| data(&links, route));
            let markdown = settings.markdown.then(|| markdown(&links, route)).flatten();
            let feeds = other_forms(&links, route).into_iter();
            feeds.chain(data.into_iter().flatten()).chain(markdown).collect()
        },
        search_url: match (plan.settings.search, route) {
            (false, _) | (_, Route::Search) => String::new(),
            _ => links.to(&Route::Search),
        },
    }
}

/// Digests, a few lists, the author's pages at the top level, people, paths, statistics, feeds.
fn nav(plan: Reader<'_>, route: &Route, links: &Links<'_>) -> Vec<NavLink> {
    let lists = plan.corpus.lists();
    let shown = if lists.len() > 3 { &[] } else { lists };
    // The name of a single list resembles that of the site, and does not tell what the link shows.
    let label = |name: &str| match lists.len() {
        1 => plan.settings.words.text("nav-queues").to_owned(),
        _ => name.to_owned(),
    };
    let lists = shown.iter().map(|name| (label(name), Route::list(name)));
    let own = plan.names_of_content().order.navigation().iter().cloned();
    let words = &plan.settings.words;
    let digests = words.text("nav-digests").to_owned();
    let nav = [(digests, Route::Digests)].into_iter().chain(lists).chain(own);
    let search = plan.settings.search.then_some(("nav-search", Route::Search));
    let last = [
        ("nav-people", Route::People),
        ("nav-paths", Route::Paths),
        ("nav-statistics", Route::Stats),
        ("nav-feeds", Route::Feeds),
    ];
    let last = last.into_iter().chain(search);
    nav.chain(last.map(|(key, to)| (words.text(key).to_owned(), to)))
        .map(|(label, to)| {
            let below = match route {
                Route::Digest(_) | Route::DigestWhole(_) | Route::Year(_) => to == Route::Digests,
                Route::Person(_) | Route::Initial(_) => to == Route::People,
                Route::Path(_) => to == Route::Paths,
                Route::Content(path) => {
                    let folder = |page: &str| path.split('/').next() == page.split('/').next();
                    matches!(&to, Route::Content(page) if folder(page))
                }
                Route::ListPart(list, _) => matches!(&to, Route::List(name) if name == list),
                _ => false,
            };
            let current = match (to == *route, below) {
                (true, _) => "page",
                (false, true) => "true",
                (false, false) => "",
            };
            NavLink { label, url: links.to(&to), current }
        })
        .collect()
}

/// The same with the front matter of a text of the author.
pub(crate) fn with_extra<'a>(frame: Frame<'a>, text: Option<&'a ContentPage>) -> Frame<'a> {
    Frame { extra: text.map_or(&*NOTHING, |text| &text.asks.extra), ..frame }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_a_base() {
        for (url, path) in [
            ("https://example.org/", "/"),
            ("https://example.org/a/b/", "/a/b/"),
            ("https://example.org", "/"),
            ("/x/", "/x/"),
        ] {
            assert_eq!(links::base_path(url), path);
        }
    }
}
