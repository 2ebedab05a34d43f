//! JSON Feed 1.1. It has no lines: findings are about the file, with the number of the item.

use serde_json::Value;

use super::{Dates, Entry, Feed, Text};
use crate::check::{Place, Seen};

/// The beginning of the `version` of each JSON Feed.
const VERSION: &str = "https://jsonfeed.org/version/";
/// The first bytes of a file, which contain the version of a feed.
const HEAD: usize = 300;

/// Whether a JSON file is a feed.
pub(in crate::check) fn is_one(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    // A slash may be written `\/`.
    memchr::memmem::find(head, b"jsonfeed.org").is_some()
}

/// Checks a feed.
pub(in crate::check) fn look(place: Place<'_>, bytes: &[u8]) -> Seen {
    match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => super::look(place, bytes.len(), read(&value)),
        Err(error) => place.unreadable(error.line(), error.to_string()),
    }
}

fn read(value: &Value) -> Feed {
    let mut feed = Feed::new(Dates::Timestamps);
    let version = value["version"].as_str().unwrap_or_default();
    feed.demand(version.starts_with(VERSION), 0, "`version` of JSON Feed");
    feed.demand(is_filled(&value["title"]), 0, "`title` of the feed");
    feed.demand(value["items"].is_array(), 0, "list `items`");
    feed.own = text(&value["feed_url"]).into_iter().collect();
    feed.links =
        ["home_page_url", "next_url"].iter().filter_map(|key| text(&value[*key])).collect();
    for (item, number) in value["items"].as_array().into_iter().flatten().zip(1..) {
        let of = |what: &str| format!("{what} of item {number}");
        feed.demand(is_filled(&item["id"]), 0, &of("string `id`"));
        let has_content = is_filled(&item["content_html"]) || is_filled(&item["content_text"]);
        feed.demand(has_content, 0, &of("`content_html` or `content_text`"));
        let updated = text(&item["date_modified"]).or_else(|| text(&item["date_published"]));
        feed.demand(updated.is_some(), 0, &of("`date_published`"));
        feed.entries.push(Entry {
            id: text(&item["id"]),
            updated,
            links: text(&item["url"]).into_iter().collect(),
            bodies: text(&item["content_html"]).into_iter().collect(),
        });
    }
    feed
}

fn is_filled(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

fn text(value: &Value) -> Option<Text> {
    value.as_str().map(|text| Text { text: text.to_owned(), line: 0 })
}
