//! The feeds of a hub, its OPML, its sitemap and its robots.txt.
//!
//! In: recent events and digests, and the addresses of the hub's pages. Out: the files by path. An entry of an event has
//! the same id on every hub; `updated` is the date of the newest entry, never that of a run. Never here: a clock.

use super::{
    fetch::Export,
    recent::{Edition, Happened, kind},
    trust::{self, NAME},
};
use crate::{
    config::{Settings, hub::Member},
    date::Timestamp,
    feed::{author, link, outline, urn},
    page::part::wording,
    plan::Route,
    say,
    site::sitemap,
    text::{Mask, Xml},
};

/// How many entries a feed has.
pub(super) const ENTRIES: usize = 50;
/// The most addresses of sitemaps that a site can add.
const SITEMAPS: usize = 1_000;

/// What the feeds are made from.
pub(super) struct Feeds<'a> {
    pub(super) settings: &'a Settings,
    pub(super) exports: &'a [Export],
    pub(super) members: &'a [&'a Member],
    pub(super) editions: &'a [Edition],
    pub(super) events: &'a [&'a Happened],
}

/// An entry.
struct Entry {
    id: String,
    title: String,
    author: String,
    date: Timestamp,
    url: String,
    about: String,
}

impl Feeds<'_> {
    /// The files; `pages` are the pages of the hub itself.
    pub(super) fn files(&self, pages: &[Route]) -> Vec<(String, Vec<u8>)> {
        let words = &self.settings.words;
        let digests = say!(words, "feed-digests-title", site = &self.settings.title);
        vec![
            (
                Route::SiteFeed.file(),
                self.feed(&Route::SiteFeed, &self.settings.title, self.of_events()),
            ),
            (Route::DigestFeed.file(), self.feed(&Route::DigestFeed, &digests, self.of_digests())),
            (Route::Opml.file(), self.opml()),
            (Route::Sitemap.file(), self.sitemap()),
            (own().file(), self.own_sitemap(pages)),
            (Route::Robots.file(), sitemap::robots(self.settings)),
        ]
    }

    fn of_events(&self) -> Vec<Entry> {
        let words = &self.settings.words;
        let entry = |one: &&Happened| {
            let label = words.text(kind(&one.facts.event));
            let version = Some(&one.facts.version).filter(|v| !v.is_empty() && *v != "v1");
            let version = version.map_or_else(String::new, |v| format!(" ({v})"));
            Entry {
                id: urn(&format!("hub:{}:{}", one.id, one.facts.event)),
                title: format!("{label}: {}{version}", one.facts.title),
                author: one.facts.author.name.clone(),
                date: one.date,
                url: one.url.clone(),
                about: trust::line(&one.facts.list, NAME),
            }
        };
        self.events.iter().take(ENTRIES).map(entry).collect()
    }

    /// The digests whose period is over: a message after it is known.
    fn of_digests(&self) -> Vec<Entry> {
        let words = &self.settings.words;
        let mut entries: Vec<Entry> = Vec::new();
        for one in self.editions {
            let head = &self.exports[one.site].head;
            let newest = trust::date(head.newest.as_deref());
            let end = one.period.bounds().map(|(_, end)| end);
            let Some(end) = end.filter(|end| newest.is_some_and(|newest| newest >= *end)) else {
                continue;
            };
            let title = trust::line(&head.title, NAME);
            let heading = wording::heading(&one.period, self.settings);
            let messages = trust::count(one.facts.messages);
            entries.push(Entry {
                id: urn(&format!("hub:{}", one.url)),
                title: format!("{title}: {heading}"),
                author: title,
                date: end,
                url: one.url.clone(),
                about: say!(words, "messages", n = messages),
            });
        }
        entries.sort_by(|one, other| (other.date, &one.url).cmp(&(one.date, &other.url)));
        entries.truncate(ENTRIES);
        entries
    }

    fn feed(&self, route: &Route, title: &str, entries: Vec<Entry>) -> Vec<u8> {
        let base = &self.settings.base_url;
        let mut out = Xml::new(Mask::NONE);
        out.markup("<feed xmlns=\"http://www.w3.org/2005/Atom\"");
        out.attribute("xml:lang", &self.settings.language).markup(">\n");
        out.element("id", &urn(&route.absolute(base)));
        out.element("title", title);
        let updated = entries.iter().map(|one| one.date).max().unwrap_or_default();
        out.element("updated", &updated.rfc3339());
        author(&mut out, &self.settings.title);
        link(&mut out, "self", "application/atom+xml", &route.absolute(base));
        link(&mut out, "alternate", "text/html", base);
        out.element("generator", "patchpress");
        for one in entries {
            out.markup("<entry>\n");
            out.element("id", &one.id);
            out.element("title", &one.title);
            out.element("updated", &one.date.rfc3339());
            out.element("published", &one.date.rfc3339());
            if !one.author.is_empty() {
                author(&mut out, &one.author);
            }
            link(&mut out, "alternate", "text/html", &one.url);
            out.element("summary", &one.about);
            out.markup("</entry>\n");
        }
        out.markup("</feed>\n");
        out.into_bytes()
    }

    /// The feeds of all lists, and those of the hub itself: each entry is in one of the feeds of lists.
    fn opml(&self) -> Vec<u8> {
        let mut out = Xml::new(Mask::NONE);
        out.markup("<opml version=\"2.0\">\n<head>\n");
        out.element("title", &self.settings.title);
        out.markup("</head>\n<body>\n");
        for (export, member) in self.exports.iter().zip(self.members) {
            let title = trust::line(&export.head.title, NAME);
            let title = if title.is_empty() { &member.name } else { &title };
            out.markup("<outline").attribute("text", title).markup(">\n");
            for list in export.head.lists.iter().filter(|list| trust::is_name(&list.list)) {
                let Some(feed) = trust::below(&export.base, &list.feed) else { continue };
                let page = trust::below(&export.base, &list.url);
                let page = page.unwrap_or_else(|| export.base.clone());
                outline(&mut out, &list.list, &feed, &page);
            }
            out.markup("</outline>\n");
        }
        out.markup("</body>\n</opml>\n");
        out.into_bytes()
    }

    /// The hub's own sitemap, and those of all sites.
    fn sitemap(&self) -> Vec<u8> {
        let own = own().absolute(&self.settings.base_url);
        let of_sites = self.exports.iter().flat_map(|export| {
            let names = export.head.sitemaps.iter().take(SITEMAPS);
            names.filter_map(|name| trust::below(&export.base, name))
        });
        sitemap::index([own].into_iter().chain(of_sites))
    }

    fn own_sitemap(&self, pages: &[Route]) -> Vec<u8> {
        let base = &self.settings.base_url;
        sitemap::urls(pages.iter().map(|page| (page.absolute(base), None)))
    }
}

/// The sitemap of the hub's own pages.
fn own() -> Route {
    Route::SitemapPart("hub".into())
}
