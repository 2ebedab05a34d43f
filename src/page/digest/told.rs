//! A digest as data, for the line that `digest --format json` prints.
//!
//! In: a [`Document`]. Out: its note and its sections. Never here: what the line has besides
//! ([`export`](crate::export)).

use serde::Serialize;

use crate::page::digest::document::{Document, Section};

/// The content of a document as data.
pub(crate) fn told(document: &Document) -> Told<'_> {
    let note = document.note.as_ref().map(|note| NoteValue {
        title: &note.title,
        author: &note.author,
        markdown: &note.told.markdown,
    });
    Told { note, sections: &document.sections }
}

/// A document as data.
#[derive(Debug, Serialize)]
pub(crate) struct Told<'a> {
    note: Option<NoteValue<'a>>,
    sections: &'a [Section],
}

#[derive(Debug, Serialize)]
struct NoteValue<'a> {
    title: &'a str,
    author: &'a str,
    markdown: &'a str,
}
