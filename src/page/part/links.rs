//! Links from one page to others.
//!
//! In: a page, and the route of another page, a mail or a revision. Out: the relative link. Never here: the spelling
//! of URLs ([`Route`]).

use crate::{
    page::part::view::Link,
    plan::{Read, Reader, Route, places::Places},
    series::{MailIx, SeriesIx},
    words::Words,
};

/// Links from one page to others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Links<'p> {
    pub(crate) from: &'p Route,
    base_path: &'p str,
    places: Read<'p, Places>,
    words: &'p Words,
}

impl<'p> Links<'p> {
    /// Links from the page at `from`.
    pub(crate) fn new(plan: Reader<'p>, from: &'p Route) -> Self {
        let settings = plan.settings;
        let base_path = base_path(&settings.base_url);
        Self { from, base_path, places: plan.places, words: &settings.words }
    }

    /// The words of the site.
    pub(crate) fn words(&self) -> &'p Words {
        self.words
    }

    /// The link to `route`: relative, except on the page for missing addresses, which is served at any depth and
    /// has absolute paths.
    pub(crate) fn to(&self, route: &Route) -> String {
        match self.from {
            Route::NotFound => route.absolute(self.base_path),
            from => route.url_from(from),
        }
    }

    /// The link to the place of a mail.
    pub(crate) fn mail(&self, mail: MailIx) -> String {
        let route = self.places.route(mail);
        self.anchored(&route, self.places.anchor(mail))
    }

    /// The link to the page of a revision; for the newest, the page of the series.
    pub(crate) fn revision(&self, series: SeriesIx, revision: usize) -> String {
        self.to(&self.places.revision(series, revision))
    }

    /// The same as a labelled link.
    pub(crate) fn link(&self, label: impl Into<String>, route: &Route) -> Link {
        Link { label: label.into(), url: self.to(route) }
    }

    /// The link to a place on a page; only `#anchor` on the page itself.
    pub(crate) fn anchored(&self, route: &Route, anchor: &str) -> String {
        match route == self.from {
            true => format!("#{anchor}"),
            false => format!("{}#{anchor}", self.to(route)),
        }
    }
}

/// The path of a base URL: `/lantern/` of `https://example.org/lantern/`.
pub(crate) fn base_path(base_url: &str) -> &str {
    let host = base_url.find("://").map_or(0, |at| at + 3);
    base_url[host..].find('/').map_or("/", |at| &base_url[host + at..])
}
