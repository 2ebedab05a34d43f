//! JSON Feed 1.1 (jsonfeed.org/version/1.1).

use serde::Serialize;

use super::{Entry, Feed};
use crate::{
    json,
    text::{Html, Mask, xml_text},
};

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_html: &'a Html,
    date_published: String,
    authors: [Author<'a>; 1],
    tags: [&'static str; 1],
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

/// The bytes of a feed.
pub(super) fn write(feed: &Feed<'_>, entries: &[Entry], mask: Mask<'_>) -> Vec<u8> {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: xml_text(&feed.title).into_owned(),
        home_page_url: feed.address(&feed.about),
        feed_url: feed.address(&feed.route),
        description: &feed.plan.settings.description,
        language: &feed.plan.settings.language,
        items: entries.iter().map(item).collect(),
    };
    format!("{}\n", json::masked(&document, mask)).into_bytes()
}

fn item(entry: &Entry) -> Item<'_> {
    Item {
        id: &entry.id,
        url: &entry.url,
        title: &entry.title,
        content_html: &entry.html,
        date_published: entry.date.rfc3339(),
        authors: [Author { name: &entry.author }],
        tags: [entry.kind.0],
    }
}
