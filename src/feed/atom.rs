//! Atom (RFC 4287), with the archives of RFC 5005.

use super::{Entry, Feed, Stand};
use crate::text::{Mask, Xml};

/// The bytes of a feed.
pub(super) fn write(feed: &Feed<'_>, entries: &[Entry], mask: Mask<'_>) -> Vec<u8> {
    let size = entries.iter().map(|entry| entry.html.as_str().len() * 2 + 800).sum();
    let mut out = Xml::with_capacity(mask, size);
    out.markup("<feed xmlns=\"http://www.w3.org/2005/Atom\"");
    if feed.stand == Stand::Closed {
        out.markup(" xmlns:fh=\"http://purl.org/syndication/history/1.0\"");
    }
    out.attribute("xml:lang", &feed.plan.settings.language).markup(">\n");
    out.element("id", &feed.id());
    out.element("title", &feed.title);
    out.element("updated", &feed.updated().rfc3339());
    author(&mut out, &feed.plan.settings.title);
    if feed.stand == Stand::Closed {
        out.markup("<fh:archive/>\n");
    }
    link(&mut out, "self", "application/atom+xml", &feed.address(&feed.route));
    link(&mut out, "alternate", "text/html", &feed.address(&feed.about));
    for (rel, route) in &feed.archive {
        link(&mut out, rel, "application/atom+xml", &feed.address(route));
    }
    if let Some(hub) = feed.hub() {
        out.markup("<link rel=\"hub\"").attribute("href", hub).markup("/>\n");
    }
    out.element("generator", "patchpress");
    let is_current = feed.stand == Stand::Current;
    entries.iter().for_each(|one| entry(&mut out, one, &feed.plan.settings.title, is_current));
    out.markup("</feed>\n");
    out.into_bytes()
}

/// An entry of a feed of this author. Only the archive leaves the second of two equal dates out: some readers sort by it
/// what is new.
fn entry(out: &mut Xml<'_>, entry: &Entry, of: &str, is_current: bool) {
    let date = entry.date.rfc3339();
    out.markup("<entry>\n");
    out.element("id", &entry.id);
    out.element("title", &entry.title);
    out.element("updated", &date);
    if is_current {
        out.element("published", &date);
    }
    // Without one, it is the feed's (RFC 4287, 4.2.1).
    if entry.author != of {
        author(out, &entry.author);
    }
    let (term, label) = &entry.kind;
    out.markup("<category").attribute("term", term).attribute("label", label).markup("/>\n");
    link(out, "alternate", "text/html", &entry.url);
    out.markup("<content type=\"html\">").html(&entry.html).markup("</content>\n</entry>\n");
}

/// The author of a feed or of an entry.
pub(crate) fn author(out: &mut Xml<'_>, name: &str) {
    out.markup("<author>").element("name", name).markup("</author>\n");
}

/// A link of a feed or of an entry.
pub(crate) fn link(out: &mut Xml<'_>, rel: &'static str, kind: &'static str, href: &str) {
    out.markup("<link").attribute("rel", rel).attribute("type", kind).attribute("href", href);
    out.markup("/>\n");
}
