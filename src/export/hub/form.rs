//! The form of the parts, for the site that writes them and the hub that reads them.
//!
//! In: nothing; these are types. Out: a type for each kind of line. A line is written whole; a reader accepts unknown
//! fields, and defaults for missing ones, so that sites of other versions can join a hub. Never here: code that decides.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The version of the format. A reader refuses a higher one.
pub(crate) const VERSION: u32 = 1;

/// The letters of the states in [`States`], with their words in the data of a site.
pub(crate) const LETTERS: [(char, &str); 10] = [
    ('n', "new"),
    ('d', "discussed"),
    ('c', "changes-requested"),
    ('r', "reviewed"),
    ('q', "quiet"),
    ('s', "superseded"),
    ('x', "rejected"),
    ('p', "partly-applied"),
    ('a', "applied"),
    ('m', "merged"),
];
/// In place of a state: a later year has a line about the same series or person.
pub(crate) const LATER: char = '-';
/// A person with a page.
pub(crate) const PAGE: char = 'p';
/// A person without one.
pub(crate) const NO_PAGE: char = '.';

/// `hub/index.json`: the site, its lists, and its other parts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Head {
    pub(crate) schema: u32,
    pub(crate) kind: String,
    pub(crate) version: u32,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) base_url: String,
    pub(crate) newest: Option<String>,
    pub(crate) messages: u64,
    pub(crate) lists: Vec<ListFacts>,
    pub(crate) sitemaps: Vec<String>,
    pub(crate) parts: Vec<Part>,
}

/// A list of the site.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ListFacts {
    pub(crate) list: String,
    pub(crate) address: String,
    pub(crate) url: String,
    pub(crate) feed: String,
    pub(crate) messages: u64,
    pub(crate) series: u64,
    pub(crate) newest: Option<String>,
    pub(crate) waiting: u64,
    pub(crate) ready: u64,
    pub(crate) applied: u64,
}

/// Another part: its name, its bytes and their SHA-1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Part {
    pub(crate) file: String,
    pub(crate) bytes: u64,
    pub(crate) sum: String,
}

/// `hub/states.json`: what later mails change. A letter for each line of a year's part, in the order of the lines.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct States {
    pub(crate) schema: u32,
    pub(crate) kind: String,
    pub(crate) series: Vec<YearStates>,
    pub(crate) people: Vec<YearStates>,
}

/// The letters of a year.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct YearStates {
    pub(crate) year: String,
    pub(crate) states: String,
}

/// A line of `hub/series-YEAR.jsonl`: a series with a revision in that year, by the newest of these revisions.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct SeriesLine<'a> {
    pub(crate) schema: u32,
    pub(crate) kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) series: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) title: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) version: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) author: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) posted: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(crate) first: Option<Cow<'a, str>>,
    pub(crate) lists: Vec<Cow<'a, str>>,
    pub(crate) patches: u32,
    pub(crate) ids: Vec<Cow<'a, str>>,
}

/// A line of `hub/people-YEAR.jsonl`: what a person did for the first time in that year.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct PersonLine<'a> {
    pub(crate) schema: u32,
    pub(crate) kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) person: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) name: Cow<'a, str>,
    pub(crate) series: u32,
    pub(crate) reviews: u32,
    #[serde(borrow)]
    pub(crate) last: Option<Cow<'a, str>>,
}

/// A digest: a line of `hub/digests-YEAR.jsonl`, and with its conversations of `hub/recent.jsonl`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct DigestFacts {
    pub(crate) schema: u32,
    pub(crate) kind: String,
    pub(crate) period: String,
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
    pub(crate) url: String,
    pub(crate) messages: u64,
    pub(crate) contributions: u64,
    pub(crate) contributors: u64,
    pub(crate) new: u64,
    pub(crate) revised: u64,
    pub(crate) applied: u64,
    pub(crate) lists: Vec<ListCount>,
    pub(crate) conversations: Vec<Talk>,
}

/// The messages of a list in a digest.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ListCount {
    pub(crate) list: String,
    pub(crate) messages: u64,
}

/// A conversation of a digest.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Talk {
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) weight: i32,
    pub(crate) messages: u32,
    pub(crate) people: u32,
    pub(crate) objections: u32,
    pub(crate) harm: Option<String>,
    pub(crate) pull: bool,
    pub(crate) rejected: bool,
    pub(crate) lists: Vec<String>,
    pub(crate) ids: Vec<String>,
}

/// An event, as in `events/MONTH.jsonl`; a hub reads only these fields.
#[cfg(feature = "program")]
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct EventFacts {
    pub(crate) date: Option<String>,
    pub(crate) event: String,
    pub(crate) list: String,
    pub(crate) version: String,
    pub(crate) title: String,
    pub(crate) author: EventAuthor,
    pub(crate) message_id: String,
    pub(crate) url: String,
}

/// The author of an event.
#[cfg(feature = "program")]
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct EventAuthor {
    pub(crate) name: String,
}
