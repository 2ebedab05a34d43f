//! RSS 2.0, as specified by the RSS Advisory Board, with `content:encoded` and the self link of Atom.

use roxmltree::{Document, Node};

use super::{Dates, Entry, Feed, Text};
use crate::check::lines::LineIndex;

const ATOM: &str = "http://www.w3.org/2005/Atom";
const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";

/// Reads a feed.
pub(in crate::check) fn read(document: &Document<'_>, lines: &LineIndex) -> Feed {
    let root = document.root_element();
    let mut feed = Feed::new(Dates::Mail);
    feed.demand(root.attribute("version") == Some("2.0"), 1, "`version=\"2.0\"`");
    let Some(channel) = root.children().find(|child| child.has_tag_name("channel")) else {
        feed.demand(false, 1, "`channel`");
        return feed;
    };
    for name in ["title", "link", "description"] {
        feed.demand(
            text(&channel, name, lines).is_some(),
            lines.of(&channel),
            &format!("`{name}` of the channel"),
        );
    }
    feed.links = text(&channel, "link", lines).into_iter().collect();
    for link in channel.children().filter(|child| child.has_tag_name((ATOM, "link"))) {
        let address = link.attribute("href").unwrap_or_default().to_owned();
        let address = Text { text: address, line: lines.of(&link) };
        if link.attribute("rel") == Some("self") {
            feed.own.push(address);
        }
    }
    for node in channel.children().filter(|child| child.has_tag_name("item")) {
        let line = lines.of(&node);
        let encoded = node.children().find(|child| child.has_tag_name((CONTENT, "encoded")));
        let encoded = encoded.and_then(|child| words(&child, lines));
        let description = text(&node, "description", lines);
        let has_name = description.is_some() || text(&node, "title", lines).is_some();
        feed.demand(has_name, line, "`title` or `description` of the item");
        let entry = Entry {
            id: text(&node, "guid", lines),
            updated: text(&node, "pubDate", lines),
            links: text(&node, "link", lines).into_iter().collect(),
            bodies: description.into_iter().chain(encoded).collect(),
        };
        feed.demand(entry.id.is_some(), line, "`guid` of the item");
        feed.demand(entry.updated.is_some(), line, "`pubDate` of the item");
        let guid = node.children().find(|child| child.has_tag_name("guid"));
        let is_link = guid.is_some_and(|guid| guid.attribute("isPermaLink") != Some("false"));
        let is_address = entry.id.as_ref().is_some_and(|id| id.text.starts_with("http"));
        feed.demand(
            !is_link || is_address,
            line,
            "`isPermaLink=\"false\"` on a `guid` that is not an address",
        );
        feed.entries.push(entry);
    }
    feed
}

/// The text of a child element, if there is any.
fn text(node: &Node<'_, '_>, name: &str, lines: &LineIndex) -> Option<Text> {
    words(
        &node
            .children()
            .find(|child| child.has_tag_name(name) && child.tag_name().namespace().is_none())?,
        lines,
    )
}

fn words(node: &Node<'_, '_>, lines: &LineIndex) -> Option<Text> {
    let words: String = node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect();
    let words = words.trim();
    (!words.is_empty()).then(|| Text { text: words.to_owned(), line: lines.of(node) })
}
