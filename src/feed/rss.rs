//! RSS 2.0, as specified by the RSS Advisory Board. Readers that know Atom should use that.

use super::{Entry, Feed};
use crate::text::{Mask, Xml};

const HEAD: &str = concat!(
    "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" ",
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n"
);

/// The bytes of a feed.
pub(super) fn write(feed: &Feed<'_>, entries: &[Entry], mask: Mask<'_>) -> Vec<u8> {
    let mut out = Xml::new(mask);
    out.markup(HEAD);
    out.element("title", &feed.title);
    out.element("link", &feed.address(&feed.about));
    let settings = &feed.plan.settings;
    out.element(
        "description",
        match settings.description.trim() {
            "" => &feed.title,
            description => description,
        },
    );
    out.element("language", &settings.language);
    if !entries.is_empty() {
        out.element("lastBuildDate", &feed.updated().rfc5322());
    }
    out.element("generator", "patchpress");
    out.markup("<atom:link rel=\"self\" type=\"application/rss+xml\"");
    out.attribute("href", &feed.address(&feed.route)).markup("/>\n");
    for entry in entries {
        out.markup("<item>\n");
        out.element("title", &entry.title);
        out.element("link", &entry.url);
        out.markup("<guid isPermaLink=\"false\">").text(&entry.id).markup("</guid>\n");
        out.element("pubDate", &entry.date.rfc5322());
        out.element("dc:creator", &entry.author);
        out.element("category", &entry.kind.1);
        out.markup("<description>").html(&entry.html).markup("</description>\n</item>\n");
    }
    out.markup("</channel>\n</rss>\n");
    out.into_bytes()
}
