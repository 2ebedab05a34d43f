//! The type of an entry for every feed format, and how much it contains; [`made`](super::made) makes it.
//!
//! The content of [`Telling::Kept`] never changes later: it names the page of the series, not that of the revision,
//! which moves when the next one arrives, and it leaves out what became of the series later. Never here: markup of
//! a feed, a clock.

use crate::{
    date::Timestamp,
    plan::{Reader, Route},
    text::Html,
};

/// The most bytes of an entry besides its HTML: title, author, addresses, dates.
pub(super) const FRAME: usize = 2_400;
/// The most bytes of a title: some subjects have 25,000.
pub(super) const LONGEST_TITLE: usize = 200;
/// The most bytes of an author's name.
pub(super) const LONGEST_NAME: usize = 80;

/// How much an entry contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Telling {
    /// The letter, the patches and the diffstat, within this many bytes of a document.
    Whole(usize),
    /// The facts and the first sentences.
    Short,
    /// The same for an archive: only facts that never change.
    Kept,
}

/// The entry of an event, for readers.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its id, independent of the address of the site.
    pub(super) id: String,
    /// `Applied: mtd: nand: fix the timings (v3)`
    pub(super) title: String,
    /// The person who did it.
    pub(super) author: String,
    /// The date.
    pub(super) date: Timestamp,
    /// The absolute URL of its page.
    pub(super) url: String,
    /// The kind of event, as a word for filters and one for people.
    pub(super) kind: (&'static str, String),
    /// Its content.
    pub(super) html: Html,
}

/// The absolute URL of a page.
pub(super) fn address(plan: Reader<'_>, route: &Route) -> String {
    route.absolute(&plan.settings.base_url)
}

/// A text of at most `most` bytes.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    format!("{}…", text[..text.floor_char_boundary(most)].trim_end())
}
