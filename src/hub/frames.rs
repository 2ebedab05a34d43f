//! The frame of each page of a hub: titles, navigation, feeds.
//!
//! In: the settings, and a page's address and title. Out: the [`Frame`] that every template has as `page`. Never here:
//! the content of a page.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::{
    config::Settings,
    date::Timestamp,
    page::part::{
        links,
        view::{Frame, Link, NavLink, SiteView},
    },
    plan::Route,
    say,
};

/// The front matter of pages, none of which has one.
static NOTHING: LazyLock<Value> = LazyLock::new(|| Value::Object(Map::new()));

/// The series that several sites have.
pub(super) fn shared() -> Route {
    Route::Content("series".into())
}

/// The address of a page.
pub(super) fn month(name: &str) -> Route {
    Route::Content(format!("series/{name}").into())
}

/// The link from one page to another.
pub(super) fn link(from: &Route, to: &Route, settings: &Settings) -> String {
    match from {
        // It is served at any depth.
        Route::NotFound => to.absolute(links::base_path(&settings.base_url)),
        from => to.url_from(from),
    }
}

/// The frame of the page at `route`; `crumbs` are the pages between it and the front page.
pub(super) fn frame<'a>(
    settings: &'a Settings,
    route: &Route,
    kind: &'static str,
    (title, description): (String, String),
    crumbs: &[(&str, Route)],
) -> Frame<'a> {
    let words = &settings.words;
    let to = |to: &Route| link(route, to, settings);
    let digests = say!(words, "feed-digests-title", site = &settings.title);
    let feeds = [(settings.title.clone(), Route::SiteFeed), (digests, Route::DigestFeed)];
    let nav =
        [("hub-shared", shared()), ("nav-people", Route::People), ("nav-search", Route::Search)];
    let nav = nav.map(|(key, page)| NavLink {
        label: words.text(key).to_owned(),
        url: to(&page),
        current: if page == *route { "page" } else { "" },
    });
    Frame {
        lang: &settings.language,
        title,
        description,
        canonical: match route {
            Route::NotFound => String::new(),
            route => route.absolute(&settings.base_url),
        },
        noindex: settings.noindex || *route == Route::NotFound,
        kind,
        site: SiteView {
            title: &settings.title,
            description: &settings.description,
            extra: &settings.extra,
        },
        home_url: to(&Route::Home),
        root: match route {
            Route::NotFound => links::base_path(&settings.base_url).to_owned(),
            route => route.root(),
        },
        nav: nav.into(),
        crumbs: crumbs
            .iter()
            .map(|(label, page)| Link { label: (*label).to_owned(), url: to(page) })
            .collect(),
        feeds: feeds.map(|(label, feed)| Link { label, url: to(&feed) }).into(),
        other_forms: Vec::new(),
        search_url: match route {
            Route::Search => String::new(),
            _ => to(&Route::Search),
        },
        card: None,
        extra: &NOTHING,
    }
}

/// `2026-02-28`
pub(super) fn day(date: Timestamp, settings: &Settings) -> String {
    date.zoned(&settings.zone).date().to_string()
}
