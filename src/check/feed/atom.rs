//! Atom: RFC 4287, with the archives of RFC 5005.

use roxmltree::{Document, Node};

use super::{Dates, Entry, Feed, Text};
use crate::check::lines::LineIndex;

const ATOM: &str = "http://www.w3.org/2005/Atom";
const HISTORY: &str = "http://purl.org/syndication/history/1.0";

/// Reads a feed.
pub(in crate::check) fn read(document: &Document<'_>, lines: &LineIndex) -> Feed {
    let root = document.root_element();
    let mut feed = Feed::new(Dates::Timestamps);
    feed.demand(root.has_tag_name((ATOM, "feed")), 1, "Atom namespace");
    feed.id = text(&root, "id", lines);
    feed.updated = text(&root, "updated", lines);
    feed.is_archive = root.children().any(|child| child.has_tag_name((HISTORY, "archive")));
    let title = text(&root, "title", lines);
    feed.demand(feed.id.is_some(), 1, "`id` of the feed");
    feed.demand(title.is_some(), 1, "`title` of the feed");
    feed.demand(feed.updated.is_some(), 1, "`updated` of the feed");
    let links: Vec<_> =
        root.children().filter(|child| child.has_tag_name((ATOM, "link"))).collect();
    let address = |link: &Node<'_, '_>| Text {
        text: link.attribute("href").unwrap_or_default().to_owned(),
        line: lines.of(link),
    };
    feed.own = links.iter().filter(|link| rel(link) == "self").map(address).collect();
    feed.links =
        links.iter().filter(|link| !matches!(rel(link), "self" | "hub")).map(address).collect();
    // An open part of an archive is not marked as one (RFC 5005, 4), but it names the feed.
    let names_current = links.iter().any(|link| rel(link) == "current");
    feed.demand(!feed.is_archive || names_current, 1, "link from an archive to the `current` feed");
    feed.is_archive |= names_current;
    let has_page = links.iter().any(|link| rel(link) == "alternate");
    feed.demand(has_page, 1, "link to the page of the feed");
    let has_author = text(&root, "author", lines).is_some();
    for node in root.children().filter(|child| child.has_tag_name((ATOM, "entry"))) {
        read_entry(&mut feed, &node, lines, has_author);
    }
    feed
}

fn read_entry(feed: &mut Feed, node: &Node<'_, '_>, lines: &LineIndex, has_author: bool) {
    let line = lines.of(node);
    let mut entry = Entry {
        id: text(node, "id", lines),
        updated: text(node, "updated", lines),
        ..Entry::default()
    };
    feed.demand(entry.id.is_some(), line, "`id` of the entry");
    feed.demand(text(node, "title", lines).is_some(), line, "`title` of the entry");
    feed.demand(entry.updated.is_some(), line, "`updated` of the entry");
    feed.demand(has_author || text(node, "author", lines).is_some(), line, "author of the entry");
    for child in node.children() {
        if child.has_tag_name((ATOM, "link")) && rel(&child) == "alternate" {
            let text = child.attribute("href").unwrap_or_default().to_owned();
            entry.links.push(Text { text, line: lines.of(&child) });
        }
        let is_body =
            child.has_tag_name((ATOM, "content")) || child.has_tag_name((ATOM, "summary"));
        if is_body && child.attribute("type") == Some("html") {
            let text = child.text().unwrap_or_default().to_owned();
            entry.bodies.push(Text { text, line: lines.of(&child) });
        }
    }
    let has_content = node.children().any(|child| child.has_tag_name((ATOM, "content")));
    feed.demand(has_content || !entry.links.is_empty(), line, "link or content of the entry");
    feed.entries.push(entry);
}

fn rel<'a>(link: &Node<'a, '_>) -> &'a str {
    link.attribute("rel").unwrap_or("alternate")
}

/// The text of a child element, if there is any.
fn text(node: &Node<'_, '_>, name: &str, lines: &LineIndex) -> Option<Text> {
    let child = node.children().find(|child| child.has_tag_name((ATOM, name)))?;
    let words: String =
        child.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect();
    let words = words.trim();
    (!words.is_empty()).then(|| Text { text: words.to_owned(), line: lines.of(&child) })
}
