//! RSS 2.0, as the RSS Advisory Board has it. Readers that know Atom are better served by that.

use super::{Entry, Feed, element};
use crate::text::escape_into;

const HEAD: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n",
    "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" ",
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n"
);

/// The bytes of a feed.
pub(super) fn write(feed: &Feed<'_>, entries: &[Entry]) -> Vec<u8> {
    let mut out = String::from(HEAD);
    element(&mut out, "title", &feed.title);
    element(&mut out, "link", &feed.address(&feed.about));
    let settings = &feed.plan.settings;
    element(
        &mut out,
        "description",
        match settings.description.trim() {
            "" => &feed.title,
            description => description,
        },
    );
    element(&mut out, "language", &settings.language);
    if !entries.is_empty() {
        element(&mut out, "lastBuildDate", &feed.updated().rfc5322());
    }
    element(&mut out, "generator", "patchpress");
    out.push_str("<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"");
    escape_into(&mut out, &feed.address(&feed.route));
    out.push_str("\"/>\n");
    for entry in entries {
        out.push_str("<item>\n");
        element(&mut out, "title", &entry.title);
        element(&mut out, "link", &entry.url);
        out.push_str("<guid isPermaLink=\"false\">");
        escape_into(&mut out, &entry.id);
        out.push_str("</guid>\n");
        element(&mut out, "pubDate", &entry.date.rfc5322());
        element(&mut out, "dc:creator", &entry.author);
        element(&mut out, "category", entry.kind.1);
        // Markup that was escaped twice by the time it is here: XML allows all of it.
        out.push_str("<description>");
        escape_into(&mut out, &entry.html);
        out.push_str("</description>\n</item>\n");
    }
    out.push_str("</channel>\n</rss>\n");
    out.into_bytes()
}
