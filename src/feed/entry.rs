//! The type of an entry, ready for any form of feed, and how much it tells; [`made`](super::made) makes it.
//!
//! What [`Telling::Kept`] says never changes as news come: it names the page of the series and not that of the
//! revision, which moves when the next one comes, and leaves out what became of it later.
//! Never here: markup of a feed, a clock.

use crate::{
    date::Timestamp,
    plan::{Reader, Route},
    text::Html,
};

/// The bytes of a document that an entry has beside its HTML at most: title, author, addresses, dates.
pub(super) const FRAME: usize = 2_400;
/// The most bytes of a title: there are subjects of 25,000.
pub(super) const LONGEST_TITLE: usize = 200;
/// The most bytes of an author's name.
pub(super) const LONGEST_NAME: usize = 80;

/// How much an entry tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Telling {
    /// The letter, the patches, the diffstat; of this many bytes of a document.
    Whole(usize),
    /// The facts and the first sentences.
    Short,
    /// The same for an archive: what will be so for ever.
    Kept,
}

/// What a reader is told of an event.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its name, the same wherever the site lies.
    pub(super) id: String,
    /// `Applied: mtd: nand: fix the timings (v3)`
    pub(super) title: String,
    /// Who did it.
    pub(super) author: String,
    /// When.
    pub(super) date: Timestamp,
    /// Its page, as a whole address.
    pub(super) url: String,
    /// The kind of event, as a word for filters and one for people.
    pub(super) kind: (&'static str, String),
    /// What it says.
    pub(super) html: Html,
}

/// The whole address of a page.
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
