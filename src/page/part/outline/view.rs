//! The outline of a long discussion, as templates see it.

use serde::Serialize;

use crate::page::part::view::{Link, Moment, Person};

/// The messages of a discussion on a page, in reading order, one line each.
#[derive(Debug, Clone, Serialize)]
pub struct OutlineView<'a> {
    /// How many people wrote them.
    pub people: usize,
    /// The messages.
    pub items: Vec<OutlineItem<'a>>,
    /// How many more messages the page has.
    pub more: usize,
    /// Questions and objections that nobody else answered or quoted, the latest first; empty for a revision that is quiet,
    /// rejected or taken.
    pub open: Vec<OpenPoint>,
    /// How many of these no later revision answers.
    pub unresolved: usize,
}

/// A question or an objection.
#[derive(Debug, Clone, Serialize)]
pub struct OpenPoint {
    /// It is a question; otherwise an objection.
    pub asks: bool,
    /// Who asks or objects.
    pub who: String,
    /// Link to the message.
    pub url: String,
    /// The sentence; cut if it is long.
    pub words: String,
    /// How a later revision answers it.
    pub resolution: Option<Resolution>,
}

/// How a later revision answers an open point.
#[derive(Debug, Clone, Serialize)]
pub struct Resolution {
    /// `reviewed`: who asked reviewed the patch there; `named`: its changelog names them; `gone`: it lacks the patch.
    pub how: &'static str,
    /// The revision, with a link to what shows it.
    pub proof: Link,
}

/// A message in an outline.
#[derive(Debug, Clone, Serialize)]
pub struct OutlineItem<'a> {
    /// The patch to which its discussion belongs, for the first message of that discussion; otherwise empty.
    pub under: String,
    /// Its depth of nesting, 0 to 5.
    pub depth: usize,
    /// Link to the message.
    pub url: String,
    /// Who wrote it.
    pub author: Person<'a>,
    /// When.
    pub date: Option<Moment>,
    /// Its review tags (`Reviewed-by`), if it has no other content; otherwise empty.
    pub marks: Vec<&'a str>,
    /// The sender's first own words; may be empty.
    pub words: String,
    /// It asks or objects, and nobody else replied.
    pub open: bool,
    /// A machine sent it.
    pub bot: bool,
}

/// The position of a message in a long discussion.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceView {
    /// Its number, from 1.
    pub number: usize,
    /// How many messages the discussion has.
    pub all: usize,
    /// Link to the previous message on the page; empty for the first.
    pub previous: String,
    /// Link to the next message on the page; empty for the last.
    pub next: String,
}
