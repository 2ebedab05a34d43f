//! All files of a site, each checked by the law of its kind.

use std::{collections::HashSet, fs, path::Path};

use rayon::prelude::*;
use serde_json::Value;

use super::{
    law::{Law, odd_character, odd_control},
    word::Word,
};

/// The laws for pages and for the content of feeds.
pub(super) struct Laws {
    pages: Law,
    feeds: Law,
}

impl Laws {
    pub(super) fn new() -> Self {
        Self { pages: Law::of_pages(), feeds: Law::of_feeds() }
    }

    /// The words on the pages of a site, and the errors in its files.
    pub(super) fn look(&self, folder: &Path) -> (HashSet<Word>, Vec<String>) {
        let files = walkdir::WalkDir::new(folder).into_iter().flatten();
        let files: Vec<_> = files.filter(|entry| entry.file_type().is_file()).collect();
        let one = |path: &Path| {
            let mut words = HashSet::new();
            let bytes = fs::read(path).expect("readable");
            let breach = self.breach(path, &bytes, &mut words);
            let breach = breach.map(|breach| format!("{}: {breach}", path.display()));
            (words, breach)
        };
        let seen: Vec<_> = files.par_iter().map(|entry| one(entry.path())).collect();
        let (words, breaches): (Vec<_>, Vec<_>) = seen.into_iter().unzip();
        (words.into_iter().flatten().collect(), breaches.into_iter().flatten().collect())
    }

    fn breach(&self, path: &Path, bytes: &[u8], words: &mut HashSet<Word>) -> Option<String> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let text = || String::from_utf8_lossy(bytes);
        match ending {
            "html" => self.pages.breach(bytes, words),
            "atom" | "rss" | "xml" | "opml" => {
                odd_character(bytes).or_else(|| self.breach_in_xml(&text()))
            }
            "json" => odd_control(bytes).or_else(|| self.breach_in_json(bytes)),
            "mbox" => breach_in_mbox(&text()),
            "css" | "js" | "svg" | "png" => None,
            _ => odd_control(bytes),
        }
    }

    /// The errors of a feed, a list of feeds, a sitemap.
    fn breach_in_xml(&self, xml: &str) -> Option<String> {
        let document = match roxmltree::Document::parse(xml) {
            Ok(document) => document,
            Err(error) => return Some(error.to_string()),
        };
        document.descendants().filter(|node| node.is_element()).find_map(|node| {
            let name = node.tag_name().name();
            if !IN_XML.contains(&name) {
                return Some(format!("<{name}>"));
            }
            let is_link = |name: &str| matches!(name, "href" | "xmlUrl" | "htmlUrl" | "url");
            let link = node.attributes().find(|a| is_link(a.name()) && !is_web(a.value()));
            if let Some(link) = link {
                return Some(format!("{}={:?}", link.name(), link.value()));
            }
            let is_html = name == "content" || name == "description" && is_of_item(&node);
            let html = node.text().filter(|_| is_html)?;
            self.feeds.breach(html.as_bytes(), &mut HashSet::new())
        })
    }

    /// The errors of a JSON feed, a part of the index, data for scripts.
    fn breach_in_json(&self, json: &[u8]) -> Option<String> {
        match serde_json::from_slice::<Value>(json) {
            Ok(value) => {
                // Links in data for scripts are relative to the site's root; a feed is read elsewhere.
                let version = value.get("version").and_then(Value::as_str).unwrap_or_default();
                self.breach_in_value("", &value, !version.contains("jsonfeed.org"))
            }
            Err(error) => Some(error.to_string()),
        }
    }

    fn breach_in_value(&self, key: &str, value: &Value, is_data: bool) -> Option<String> {
        match value {
            Value::String(text) if key == "content_html" => {
                self.feeds.breach(text.as_bytes(), &mut HashSet::new())
            }
            Value::String(text) if key.ends_with("url") => {
                let is_sound = is_web(text) || is_data && is_route(text);
                (!is_sound).then(|| format!("{key}: {text:?}"))
            }
            Value::Array(all) => {
                all.iter().find_map(|value| self.breach_in_value(key, value, is_data))
            }
            Value::Object(all) => {
                all.iter().find_map(|(key, value)| self.breach_in_value(key, value, is_data))
            }
            _ => None,
        }
    }
}

/// Elements of Atom, RSS, OPML and sitemaps.
#[rustfmt::skip]
const IN_XML: &[&str] = &[
    "feed", "id", "title", "updated", "published", "author", "name", "link", "generator", "entry", "category", "content",
    "archive", "rss", "channel", "description", "language", "lastBuildDate", "item", "guid", "pubDate", "creator",
    "opml", "head", "body", "outline", "urlset", "sitemapindex", "sitemap", "url", "loc", "lastmod",
];

fn is_web(url: &str) -> bool {
    url.starts_with(super::BASE)
        && url.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"\\".contains(&b))
}

/// A path within the site: no scheme, no host, no way up.
fn is_route(url: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/#%+".contains(&b);
    url.bytes().all(is_plain) && !url.starts_with('/') && !url.split('/').any(|part| part == "..")
}

/// Whether an element is part of an item of RSS.
fn is_of_item(node: &roxmltree::Node<'_, '_>) -> bool {
    node.parent().is_some_and(|parent| parent.tag_name().name() == "item")
}

/// `From ` begins a line only at the beginning of a mail.
fn breach_in_mbox(mbox: &str) -> Option<String> {
    // In the middle of a line, the words are a person's.
    let mbox = format!("\n{mbox}");
    let mut mails = mbox.split("\nFrom mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: ");
    if mails.next() != Some("") {
        return Some("begins with no mail".to_owned());
    }
    mails.find_map(|mail| {
        let Some((head, body)) = mail.split_once("\n\n") else {
            return Some("a mail without a body".to_owned());
        };
        let odd = body.lines().find(|line| line.starts_with("From "));
        let is_head =
            |line: &str| line.starts_with(' ') || HEAD.iter().any(|name| line.starts_with(name));
        let odd = odd.or_else(|| head.lines().skip(1).find(|line| !is_head(line)));
        odd.map(str::to_owned).or_else(|| odd_character(head.as_bytes()))
    })
}

/// The fields of a mail of an mbox, behind its From.
const HEAD: [&str; 7] = [
    "Date: ",
    "Subject: ",
    "Message-ID: ",
    "In-Reply-To: ",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=UTF-8",
    "Content-Transfer-Encoding: 8bit",
];
