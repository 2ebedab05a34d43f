//! What every page has around it: titles, the navigation, the way back, feeds.

use super::{
    Plan,
    route::Route,
    view::{Frame, Link, NavLink, SiteView},
    words,
};

/// Links from one page to others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Links<'p> {
    pub(super) from: &'p Route,
    base_path: &'p str,
}

impl Links<'_> {
    /// The link to `route`: relative, but an absolute path on the page for pages that are not there,
    /// as that one is served at any depth.
    pub(crate) fn to(&self, route: &Route) -> String {
        match self.from {
            Route::NotFound => route.absolute(self.base_path),
            from => route.url_from(from),
        }
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

/// The most bytes of a title in a tab: there are subjects of 25,000. A heading has all of it.
const LONGEST_TITLE: usize = 200;
/// The most bytes of a page's description.
const DESCRIPTION: usize = 300;

/// What a page says about itself.
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

impl<'a> Plan<'a> {
    /// Links from the page at `from`.
    pub(crate) fn links<'p>(&'p self, from: &'p Route) -> Links<'p> {
        Links { from, base_path: base_path(&self.settings.base_url) }
    }

    /// What goes around the page at `route`.
    pub(crate) fn frame(&self, route: &Route, about: About) -> Frame<'a> {
        let links = self.links(route);
        let settings = self.settings;
        let site_feed = (settings.title.clone(), Route::SiteFeed);
        let feeds = about.feeds.into_iter().chain([site_feed]);
        Frame {
            lang: &settings.language,
            title: words::shortened(&about.title, LONGEST_TITLE).into_owned(),
            description: words::shortened(&about.description, DESCRIPTION).into_owned(),
            canonical: match route {
                Route::NotFound => String::new(),
                route => route.absolute(&settings.base_url),
            },
            kind: about.kind,
            site: SiteView { title: &settings.title, description: &settings.description },
            home_url: links.to(&Route::Home),
            root: match route {
                Route::NotFound => base_path(&settings.base_url).to_owned(),
                route => route.root(),
            },
            nav: self.nav(route, &links),
            crumbs: about.crumbs.iter().map(|(label, to)| links.link(label, to)).collect(),
            feeds: feeds.map(|(label, to)| links.link(label, &to)).collect(),
            card: None,
            other_forms: self.other_forms(&links, route),
            search_url: match (self.settings.search, route) {
                (false, _) | (_, Route::Search) => String::new(),
                _ => links.to(&Route::Search),
            },
        }
    }

    /// Digests, a few lists, the author's pages at the top level, people, paths, statistics, feeds.
    fn nav(&self, route: &Route, links: &Links<'_>) -> Vec<NavLink> {
        let lists = &self.corpus.lists;
        let shown = if lists.len() > 3 { &[] } else { lists.as_slice() };
        let lists = shown.iter().map(|name| (name.to_string(), Route::list(name)));
        let top = |page: &&super::ContentPage| matches!(&page.route, Route::Content(p) if !p.contains('/'));
        let own = self.content.pages.iter().filter(top).map(|p| (p.title.clone(), p.route.clone()));
        let nav = [("Digests".to_owned(), Route::Digests)].into_iter().chain(lists).chain(own);
        let search = self.settings.search.then_some(("Search", Route::Search));
        let last = [
            ("People", Route::People),
            ("Paths", Route::Paths),
            ("Statistics", Route::Stats),
            ("Feeds", Route::Feeds),
        ];
        let last = last.into_iter().chain(search);
        nav.chain(last.map(|(label, to)| (label.to_owned(), to)))
            .map(|(label, to)| {
                let below = match route {
                    Route::Digest(_) | Route::DigestWhole(_) | Route::Year(_) => {
                        to == Route::Digests
                    }
                    Route::Person(_) | Route::Initial(_) => to == Route::People,
                    Route::Path(_) => to == Route::Paths,
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
}

/// The path of a base URL: `/lantern/` of `https://example.org/lantern/`.
fn base_path(base_url: &str) -> &str {
    let host = base_url.find("://").map_or(0, |at| at + 3);
    base_url[host..].find('/').map_or("/", |at| &base_url[host + at..])
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
            assert_eq!(base_path(url), path);
        }
    }
}
