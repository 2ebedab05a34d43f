//! Atom feeds (RFC 4287): of the site, of its digests, of each list, of each series, of people and folders.
//!
//! In: a planned site. Out: for each feed its address and its bytes. Entries are digests of periods that
//! are over (a later message is known: an entry is read once, so it should be whole) and new revisions,
//! the newest first. What has no date is in no feed. Ids are `tag:` URIs of the host and do not change
//! when the site moves to another path; `updated` is the newest entry's date, never the build's.
//! Never here: a class or a style, as readers drop them; a clock.

use std::fmt::Write as _;

use super::entry::{Entry, Telling, html_digest, html_revision};
use crate::{
    date::Timestamp,
    digest::Period,
    page::{Plan, Route},
    series::{ListIx, SeriesIx},
    text::{escape_into, xml_text},
};

/// Feed readers were seen to refuse more.
const MOST_BYTES: usize = 512 * 1024;
/// How many entries the feed of a person or folder has: there are many such feeds.
const MOST_OF_TOPIC: usize = 20;
/// The year in which the tags' naming began (RFC 4151 wants a date).
const TAG_YEAR: u16 = 2026;

/// A feed: where it is, and what is in it.
#[derive(Debug)]
pub struct Feed<'p> {
    /// Where it is.
    pub route: Route,
    plan: &'p Plan<'p>,
    title: String,
    about: Route,
    entries: Vec<Entry>,
    telling: Telling,
}

/// Every feed of a site.
pub fn feeds<'p>(plan: &'p Plan<'p>) -> Vec<Feed<'p>> {
    let title = &plan.settings.title;
    let (digests, revisions) = (digests(plan), revisions(plan));
    let all = digests.iter().chain(&revisions).cloned().collect();
    let mut feeds = vec![
        feed(plan, Route::SiteFeed, title.clone(), Route::Home, all),
        feed(plan, Route::DigestFeed, format!("{title}: digests"), Route::Digests, digests),
    ];
    for (list, name) in (0u16..).map(ListIx).zip(&plan.corpus.lists) {
        let on = |entry: &&Entry| entry.revision().is_some_and(|(s, r)| plan.is_on(s, r, list));
        let entries = revisions.iter().filter(on).cloned().collect();
        let title = format!("{title}: {name}");
        feeds.push(feed(plan, Route::list_feed(name), title, Route::list(name), entries));
    }
    let mut by_series: Vec<Vec<Entry>> = vec![Vec::new(); plan.corpus.series.len()];
    for entry in revisions {
        if let Some((series, _)) = entry.revision() {
            by_series[series.at()].push(entry);
        }
    }
    for (series, entries) in plan.corpus.series.iter().zip(by_series) {
        if !entries.is_empty() {
            let (route, about) = (series.slug.clone(), Route::Series(series.slug.clone()));
            feeds.push(feed(
                plan,
                Route::SeriesFeed(route),
                series.title.to_string(),
                about,
                entries,
            ));
        }
    }
    feeds.extend(topics(plan));
    feeds
}

/// The feeds of people and folders. What their entries tell is short: the whole is in the series' own feeds.
fn topics<'p>(plan: &'p Plan<'p>) -> impl Iterator<Item = Feed<'p>> {
    let entry = |(updated, series, revision)| Entry::Revision { series, revision, updated };
    plan.topics(MOST_OF_TOPIC).into_iter().map(move |topic| {
        let entries = topic.revisions.into_iter().map(entry).collect();
        let whole = feed(plan, topic.route, topic.title, topic.about, entries);
        Feed { telling: Telling::Short, ..whole }
    })
}

fn feed<'p>(
    plan: &'p Plan<'p>,
    route: Route,
    title: String,
    about: Route,
    mut entries: Vec<Entry>,
) -> Feed<'p> {
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.order()));
    entries.truncate(plan.settings.feed_entries);
    Feed { route, plan, title, about, entries, telling: Telling::Whole }
}

fn digests(plan: &Plan<'_>) -> Vec<Entry> {
    let newest = plan.corpus.mails.iter().filter_map(|letter| letter.date()).max();
    let entry = |(number, digest): (usize, &&crate::digest::Digest)| match digest.period {
        Period::Span { end, .. } if newest.is_some_and(|newest| newest >= end) => {
            let updated =
                digest.messages.iter().filter_map(|m| plan.corpus.letter(*m).date()).max();
            Some(Entry::Digest { number, updated: updated? })
        }
        _ => None,
    };
    plan.digests.iter().enumerate().filter_map(entry).collect()
}

fn revisions(plan: &Plan<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (series, work) in (0u32..).map(SeriesIx).zip(&plan.corpus.series) {
        for (revision, posting) in work.revisions.iter().enumerate() {
            if let Some(updated) = posting.posted {
                entries.push(Entry::Revision { series, revision, updated });
            }
        }
    }
    entries
}

impl Feed<'_> {
    /// The bytes of the feed.
    pub fn write(&self) -> Vec<u8> {
        let mut body = String::new();
        for entry in &self.entries {
            let written = self.entry(entry);
            if body.len() + written.len() > MOST_BYTES - 4096 {
                break;
            }
            body.push_str(&written);
        }
        let mut out = String::with_capacity(body.len() + 1024);
        out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        let language = &self.plan.settings.language;
        out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
        escape_into(&mut out, &xml_text(language));
        out.push_str("\">\n");
        let updated = self.entries.first().map_or(Timestamp::default(), Entry::updated);
        element(&mut out, "id", &self.tag(&self.route.file()));
        element(&mut out, "title", &self.title);
        element(&mut out, "updated", &updated.rfc3339());
        out.push_str("<author>");
        element(&mut out, "name", &self.plan.settings.title);
        out.push_str("</author>\n");
        link(&mut out, "self", "application/atom+xml", &self.address(&self.route));
        link(&mut out, "alternate", "text/html", &self.address(&self.about));
        element(&mut out, "generator", "patchpress");
        out.push_str(&body);
        out.push_str("</feed>\n");
        out.into_bytes()
    }

    fn entry(&self, entry: &Entry) -> String {
        let plan = self.plan;
        let (title, author, tag, route, html) = match entry {
            Entry::Digest { number, .. } => {
                let route = Route::digest(&plan.digests[*number].period);
                let html = html_digest(plan, *number);
                let title = plan.digest_heading(*number);
                (title, plan.settings.title.as_str(), route.absolute("digest/"), route, html)
            }
            Entry::Revision { series, revision, .. } => {
                let (series, revision) = (*series, *revision);
                let tag = format!("message/{}", plan.revision_key(series, revision));
                let route = plan.revision_route(series, revision);
                let html = html_revision(plan, (series, revision), self.telling);
                let (title, author) = plan.revision_title(series, revision);
                (title, author, tag, route, html)
            }
        };
        let mut out = String::from("<entry>\n");
        element(&mut out, "id", &self.tag(&tag));
        element(&mut out, "title", &title);
        element(&mut out, "updated", &entry.updated().rfc3339());
        element(&mut out, "published", &entry.updated().rfc3339());
        out.push_str("<author>");
        element(&mut out, "name", author);
        out.push_str("</author>\n");
        link(&mut out, "alternate", "text/html", &self.address(&route));
        out.push_str("<content type=\"html\">");
        escape_into(&mut out, &xml_text(&html));
        out.push_str("</content>\n</entry>\n");
        out
    }

    fn address(&self, route: &Route) -> String {
        route.absolute(&self.plan.settings.base_url)
    }

    fn tag(&self, name: &str) -> String {
        format!("tag:{},{TAG_YEAR}:{name}", host(&self.plan.settings.base_url))
    }
}

/// The feeds of the site and its lists as OPML. Who imports it follows all of them at once, so the feeds of
/// series, people and folders are on their pages only: a list may have thousands.
pub fn opml(feeds: &[Feed<'_>]) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\">\n<head>\n",
    );
    element(&mut out, "title", feeds.first().map_or("", |feed| &feed.title));
    out.push_str("</head>\n<body>\n");
    let shown = |feed: &&Feed<'_>| {
        !matches!(feed.route, Route::SeriesFeed(_) | Route::PersonFeed(_) | Route::PathFeed(_))
    };
    for feed in feeds.iter().filter(shown) {
        out.push_str("<outline type=\"rss\" text=\"");
        escape_into(&mut out, &xml_text(&feed.title));
        out.push_str("\" xmlUrl=\"");
        escape_into(&mut out, &feed.address(&feed.route));
        out.push_str("\" htmlUrl=\"");
        escape_into(&mut out, &feed.address(&feed.about));
        out.push_str("\"/>\n");
    }
    out.push_str("</body>\n</opml>\n");
    out.into_bytes()
}

/// An element with text, on a line of its own.
pub(super) fn element(out: &mut String, name: &str, text: &str) {
    let _ = write!(out, "<{name}>");
    escape_into(out, &xml_text(text));
    let _ = writeln!(out, "</{name}>");
}

fn link(out: &mut String, rel: &str, kind: &str, href: &str) {
    let _ = write!(out, "<link rel=\"{rel}\" type=\"{kind}\" href=\"");
    escape_into(out, href);
    out.push_str("\"/>\n");
}

/// The host of a base URL, in lower case and without a port; `localhost` where it has none.
fn host(base_url: &str) -> String {
    let rest = base_url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or_default().to_lowercase();
    if host.is_empty() { "localhost".into() } else { host }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_a_base() {
        for (url, name) in [
            ("https://Example.org/lantern/", "example.org"),
            ("http://localhost:1111/", "localhost"),
            ("/x/", "localhost"),
        ] {
            assert_eq!(host(url), name);
        }
    }

    #[test]
    fn xml_holds_no_control_characters() {
        let mut out = String::new();
        element(&mut out, "title", "a\u{1b}[31m & <b>\u{0}");
        assert_eq!(out, "<title>a\u{fffd}[31m &amp; &lt;b&gt;\u{fffd}</title>\n");
    }
}
