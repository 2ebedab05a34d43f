//! A digest on one page, as its template sees it.

use serde::Serialize;

use crate::{
    page::{
        digest::view::{NoteView, Top},
        part::{
            row::view::{SeriesRow, ThreadRow},
            view::{Count, Frame},
        },
    },
    text::Html,
};

/// `digest-whole.html`: a digest on one page, for printing.
#[derive(Debug, Serialize)]
pub struct WholeView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// `Week 9, 2026`.
    pub heading: String,
    /// `23 February – 1 March 2026`; empty for a commit range.
    pub span: String,
    /// The numbers of the period; each links to its section on this page.
    pub counts: Vec<Count>,
    /// The editor's note, field by field beside the others.
    #[serde(flatten)]
    pub note: NoteView<'a>,
    /// What stands out; may be empty.
    pub tops: Vec<Top<'a>>,
    /// The sections of the digest.
    pub sections: Vec<WholeSection<'a>>,
    /// Link to the digest.
    pub digest_url: String,
}

/// A section of a digest on one page: stories, or rows of series, or threads.
#[derive(Debug, Serialize)]
pub struct WholeSection<'a> {
    /// See [`Section::anchor`](crate::page::digest::view::Section::anchor).
    pub anchor: &'static str,
    /// Its heading.
    pub heading: &'a str,
    /// One sentence about its content.
    pub about: &'a str,
    /// Series that were posted in the period.
    pub stories: Vec<Story<'a>>,
    /// Other series.
    pub series: Vec<SeriesRow<'a>>,
    /// Its threads.
    pub threads: Vec<ThreadRow<'a>>,
}

/// A posted series with its text.
#[derive(Debug, Serialize)]
pub struct Story<'a> {
    /// The series.
    pub row: SeriesRow<'a>,
    /// The beginning of its cover letter, or of the commit message of its first patch.
    pub letter_html: Html,
    /// The letter is cut; the page of the series has all of it.
    pub cut: bool,
    /// Its patches; empty for a single one.
    pub patches: Vec<StoryPatch<'a>>,
    /// How many more patches it has.
    pub more: usize,
}

/// A patch in a [`Story`].
#[derive(Debug, Serialize)]
pub struct StoryPatch<'a> {
    /// `3/8`
    pub number: String,
    /// Its title; empty if it never arrived.
    pub title: &'a str,
    /// Lines added.
    pub added: u64,
    /// Lines deleted.
    pub deleted: u64,
}
