//! The outline of a long discussion, as templates see it.

use serde::Serialize;

use crate::page::part::view::{Link, Moment, Person};

/// The messages of a discussion on a page, in the order of reading, in a line each.
#[derive(Debug, Clone, Serialize)]
pub struct OutlineView<'a> {
    /// How many people wrote them.
    pub people: usize,
    /// The messages.
    pub items: Vec<OutlineItem<'a>>,
    /// How many more there are on the page.
    pub more: usize,
    /// Questions and objections that nobody else answered, the latest first; empty where the work has gone on or is decided.
    pub open: Vec<Link>,
}

/// A message in an outline.
#[derive(Debug, Clone, Serialize)]
pub struct OutlineItem<'a> {
    /// The patch below which it stands, at the first message there; empty elsewhere.
    pub under: String,
    /// How deep it stands, 0 to 5.
    pub depth: usize,
    /// To the message.
    pub url: String,
    /// Who wrote it.
    pub author: Person<'a>,
    /// When.
    pub date: Option<Moment>,
    /// The verdicts that it is, where it is nothing else: `Reviewed-by`.
    pub marks: Vec<&'a str>,
    /// Its first words that are its sender's own; may be empty.
    pub words: String,
    /// It asks or objects, and nobody else answered.
    pub open: bool,
    /// A machine sent it.
    pub bot: bool,
}

/// Where a message stands in a long discussion.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceView {
    /// Which it is, from 1.
    pub number: usize,
    /// Of so many.
    pub all: usize,
    /// To the one before on the page; empty for the first.
    pub previous: String,
    /// To the one behind on the page; empty for the last.
    pub next: String,
}
