//! Atom (RFC 4287), with the archives of RFC 5005.

use std::fmt::Write as _;

use super::{Entry, Feed, Stand, element};
use crate::text::{escape_into, xml_text};

/// The bytes of a feed.
pub(super) fn write(feed: &Feed<'_>, entries: &[Entry]) -> Vec<u8> {
    let mut out = String::with_capacity(entries.iter().map(|e| e.html.len() * 2 + 800).sum());
    out.push_str(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"",
    );
    if feed.stand == Stand::Closed {
        out.push_str(" xmlns:fh=\"http://purl.org/syndication/history/1.0\"");
    }
    out.push_str(" xml:lang=\"");
    escape_into(&mut out, &xml_text(&feed.plan.settings.language));
    out.push_str("\">\n");
    element(&mut out, "id", &feed.id());
    element(&mut out, "title", &feed.title);
    element(&mut out, "updated", &feed.updated().rfc3339());
    out.push_str("<author>");
    element(&mut out, "name", &feed.plan.settings.title);
    out.push_str("</author>\n");
    if feed.stand == Stand::Closed {
        out.push_str("<fh:archive/>\n");
    }
    link(&mut out, "self", "application/atom+xml", &feed.address(&feed.route));
    link(&mut out, "alternate", "text/html", &feed.address(&feed.about));
    for (rel, route) in &feed.archive {
        link(&mut out, rel, "application/atom+xml", &feed.address(route));
    }
    if let Some(hub) = feed.hub() {
        let _ = write!(out, "<link rel=\"hub\" href=\"");
        escape_into(&mut out, hub);
        out.push_str("\"/>\n");
    }
    element(&mut out, "generator", "patchpress");
    entries.iter().for_each(|one| entry(&mut out, one));
    out.push_str("</feed>\n");
    out.into_bytes()
}

fn entry(out: &mut String, entry: &Entry) {
    let date = entry.date.rfc3339();
    out.push_str("<entry>\n");
    element(out, "id", &entry.id);
    element(out, "title", &entry.title);
    element(out, "updated", &date);
    element(out, "published", &date);
    out.push_str("<author>");
    element(out, "name", &entry.author);
    out.push_str("</author>\n");
    let (term, label) = entry.kind;
    let _ = writeln!(out, "<category term=\"{term}\" label=\"{label}\"/>");
    link(out, "alternate", "text/html", &entry.url);
    out.push_str("<content type=\"html\">");
    escape_into(out, &entry.html);
    out.push_str("</content>\n</entry>\n");
}

fn link(out: &mut String, rel: &str, kind: &str, href: &str) {
    let _ = write!(out, "<link rel=\"{rel}\" type=\"{kind}\" href=\"");
    escape_into(out, href);
    out.push_str("\"/>\n");
}
