//! Feeds: one model for Atom, RSS and JSON Feed, and the rules for all of them.
//!
//! In: a feed as its format's module read it ([`Feed`]). Out: its faults. That module reports what its format
//! requires (`problems`); this one checks what every reader needs: ids, dates, links, size, bodies. Never here:
//! parsing.

mod atom;
mod json;
mod rss;

use std::collections::HashMap;

use jiff::{Timestamp, fmt::rfc2822};
use serde::{Deserialize, Serialize};

pub(super) use atom::read as read_atom;
pub(super) use json::{is_one as is_json_feed, look as look_at_json};
pub(super) use rss::read as read_rss;

use super::{
    Place,
    address::{Form, Media, Target},
    budget,
    finding::{Finding, Rule},
    html::{self, Piece},
    page::quoted,
};

/// The facts of a feed that other checks need.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Seen {
    /// Its id; none for a page of the archive (RFC 5005), which shares that of the feed.
    pub(super) id: Option<String>,
}

/// A text of a feed and its line.
#[derive(Debug, Default, Clone)]
struct Text {
    text: String,
    line: usize,
}

/// How a format writes dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dates {
    /// RFC 3339.
    Timestamps,
    /// RFC 822 and its successors.
    Mail,
}

/// A feed of any format.
#[derive(Debug)]
pub(super) struct Feed {
    dates: Dates,
    id: Option<Text>,
    updated: Option<Text>,
    /// Its own address.
    own: Vec<Text>,
    /// Its page, and other documents of its archive.
    links: Vec<Text>,
    entries: Vec<Entry>,
    is_archive: bool,
    /// The missing elements that its format requires.
    problems: Vec<Text>,
}

/// An entry of a feed.
#[derive(Debug, Default)]
struct Entry {
    id: Option<Text>,
    updated: Option<Text>,
    links: Vec<Text>,
    /// Its HTML.
    bodies: Vec<Text>,
}

impl Feed {
    fn new(dates: Dates) -> Self {
        Self {
            dates,
            id: None,
            updated: None,
            own: Vec::new(),
            links: Vec::new(),
            entries: Vec::new(),
            is_archive: false,
            problems: Vec::new(),
        }
    }

    fn demand(&mut self, is_there: bool, line: usize, what: &str) {
        if !is_there {
            self.problems.push(Text { text: format!("there is no {what}"), line });
        }
    }
}

/// Checks a feed of `bytes` bytes.
pub(super) fn look(place: Place<'_>, bytes: usize, feed: Feed) -> super::Seen {
    let mut judge = Judge { place, seen: super::Seen::default() };
    for problem in &feed.problems {
        judge.say(Rule::FeedForm, problem, problem.text.clone());
    }
    judge.size(&feed, bytes);
    judge.ids(&feed);
    judge.dates(&feed);
    judge.addresses(&feed);
    for body in feed.entries.iter().flat_map(|entry| &entry.bodies) {
        judge.body(body);
    }
    let id = feed.id.filter(|_| !feed.is_archive).map(|id| id.text);
    judge.seen.feed = Some(Seen { id });
    judge.seen
}

struct Judge<'a> {
    place: Place<'a>,
    seen: super::Seen,
}

impl Judge<'_> {
    fn say(&mut self, rule: Rule, at: &Text, message: impl Into<String>) {
        self.seen.findings.push(self.place.finding(rule, at.line, message));
    }

    fn size(&mut self, feed: &Feed, bytes: usize) {
        let (count, whole) = (feed.entries.len(), Text::default());
        if count > budget::FEED_ENTRIES {
            let most = budget::FEED_ENTRIES;
            self.say(Rule::FeedSize, &whole, format!("{count} entries; at most {most} are safe"));
        }
        if bytes as u64 > budget::FEED_BYTES {
            let most = budget::FEED_BYTES;
            self.say(Rule::FeedSize, &whole, format!("{bytes} bytes; at most {most} are safe"));
        }
    }

    fn ids(&mut self, feed: &Feed) {
        let mut first: HashMap<&str, usize> = HashMap::new();
        for id in feed.id.iter().chain(feed.entries.iter().filter_map(|entry| entry.id.as_ref())) {
            let name = quoted(&id.text);
            if let Some(line) = first.insert(&id.text, id.line) {
                self.say(Rule::FeedId, id, format!("line {line} has the id `{name}`, too"));
            }
            let target = self.place.base.target("", &id.text);
            if matches!(target, Target::Site { form: Form::Whole, .. }) {
                self.say(Rule::FeedId, id, format!("the id `{name}` is an address of this site"));
            } else if feed.dates == Dates::Timestamps && !is_absolute(&id.text) {
                self.say(Rule::FeedId, id, format!("the id `{name}` is not a URI"));
            }
        }
    }

    fn dates(&mut self, feed: &Feed) {
        let mut newest: Option<Timestamp> = None;
        let mut last: Option<Timestamp> = None;
        for date in feed.entries.iter().filter_map(|entry| entry.updated.as_ref()) {
            let Some(time) = self.date(feed, date) else { continue };
            if last.is_some_and(|last| time > last) {
                self.say(
                    Rule::FeedOrder,
                    date,
                    format!("`{}` is newer than the entry before", date.text),
                );
            }
            last = Some(time);
            newest = newest.max(last);
        }
        let Some(date) = &feed.updated else { return };
        let Some(time) = self.date(feed, date) else { return };
        if newest.is_some_and(|newest| newest != time) {
            let message = format!(
                "the feed has the date `{}`, its newest entry has another",
                quoted(&date.text)
            );
            self.say(Rule::FeedDate, date, message);
        }
    }

    fn date(&mut self, feed: &Feed, date: &Text) -> Option<Timestamp> {
        let time = match feed.dates {
            Dates::Timestamps => date.text.parse().ok(),
            Dates::Mail => rfc2822::parse(&date.text).ok().map(|time| time.timestamp()),
        };
        if time.is_none() {
            self.say(
                Rule::FeedDate,
                date,
                format!("`{}` is not a date of this format", quoted(&date.text)),
            );
        }
        time
    }

    fn addresses(&mut self, feed: &Feed) {
        let expected = self.place.base.url(self.place.path());
        match feed.own.as_slice() {
            [] => {
                self.say(Rule::FeedLink, &Text::default(), "the feed does not name its own address")
            }
            own => {
                for own in own.iter().filter(|own| own.text != expected) {
                    let message =
                        format!("`{}` is not this feed's address, {expected}", quoted(&own.text));
                    self.say(Rule::FeedLink, own, message);
                }
            }
        }
        for link in feed.links.iter().chain(feed.entries.iter().flat_map(|entry| &entry.links)) {
            if let Some(why) = self.follow(&link.text, link.line) {
                self.say(Rule::FeedLink, link, format!("`{}` {why}", quoted(&link.text)));
            }
        }
    }

    /// Follows an address in a feed; returns its fault, if any.
    fn follow(&mut self, address: &str, line: usize) -> Option<&'static str> {
        self.seen.links += 1;
        let place = self.place;
        match place.base.target(place.path(), address) {
            Target::Site { path, fragment, form: Form::Whole } => {
                let Some(page) = place.find(&path) else { return Some("is not there") };
                self.seen.leads_to.push(page);
                if !fragment.is_empty() && place.tree.files[page as usize].is_page() {
                    self.seen.anchors.push(super::Anchor { page, fragment: fragment.into(), line });
                }
                None
            }
            Target::Foreign if !address.trim_start().starts_with("//") => None,
            Target::Mail | Target::Data(Media::Image) => None,
            Target::Data(Media::Other) | Target::Scheme(_) => {
                Some("has a scheme other than http, https and mailto")
            }
            _ => Some("is not an absolute URL"),
        }
    }

    /// The HTML of an entry, as feed readers show it.
    fn body(&mut self, body: &Text) {
        let mut wrong = Vec::new();
        let mut found = Vec::new();
        html::scan(body.text.as_bytes(), |piece, _| {
            let Piece::Element(element) = piece else { return };
            let name = element.name();
            if matches!(
                name,
                "script" | "style" | "iframe" | "object" | "embed" | "base" | "link" | "meta"
            ) {
                wrong.push(format!("<{name}>"));
            }
            for (attribute, value) in element.attributes() {
                if attribute == "style" || attribute.starts_with("on") {
                    wrong.push(format!("`{attribute}=` on <{name}>"));
                } else if matches!(attribute, "href" | "src") {
                    found.push(value.to_owned());
                }
            }
        });
        for address in found {
            // A quoted mail may name a page of this site that does not exist.
            let why = self.follow(&address, body.line).filter(|why| *why != "is not there");
            wrong.extend(why.map(|why| format!("`{}` {why}", quoted(&address))));
        }
        for what in wrong {
            self.say(Rule::FeedBody, body, what);
        }
    }
}

/// `tag:example.org,2026:x`, `urn:…`, `mid:…`: a scheme, something after it, no spaces.
fn is_absolute(id: &str) -> bool {
    let scheme = id.split_once(':').filter(|(_, rest)| !rest.is_empty()).map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b))
    }) && !id.contains(char::is_whitespace)
}

impl Place<'_> {
    /// A feed that does not parse.
    fn unreadable(self, line: usize, why: impl Into<String>) -> super::Seen {
        let findings: Vec<Finding> = vec![self.finding(Rule::FeedForm, line, why)];
        super::Seen { findings, ..super::Seen::default() }
    }
}
