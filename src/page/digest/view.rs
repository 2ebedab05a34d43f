//! A digest, and the lists of digests, as templates see them.
//!
//! In: nothing; these are types, filled by [`digest`](super) and `years`. Out: the contract with themes: the comment
//! of each field is its description in the guide. Never here: code.

use std::borrow::Cow;

use serde::Serialize;

use crate::{
    page::part::{
        chart::view::Chart,
        row::view::{DigestRow, SeriesRow, ThreadRow},
        view::{Count, FirstAnswersView, Frame, Link, RankRow},
    },
    text::Html,
};

/// `digests.html`: every digest; `year.html`: those of one year.
#[derive(Debug, Serialize)]
pub struct DigestsView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// `Digests`, or the year.
    pub heading: String,
    /// Each year's digests, newest first; digests of commit ranges last, under an empty heading.
    pub years: Vec<YearView>,
    /// The conversations that mattered most in the year, on its page; otherwise empty.
    pub tops: Vec<Highlight>,
    /// Activity over all the periods shown; absent with fewer than two.
    pub plot: Option<Chart>,
    /// The previous year, if there is one.
    pub previous: Option<Link>,
    /// The next year, if there is one.
    pub next: Option<Link>,
}

/// A conversation that mattered in a year.
#[derive(Debug, Serialize)]
pub struct Highlight {
    /// Its title and its page.
    pub link: Link,
    /// `Week 9, 2026`, the digest in which it mattered most, and its page.
    pub digest: Link,
    /// How many people took part in that period.
    pub people: u32,
    /// How many messages it had in that period.
    pub messages: u32,
}

/// A year and its digests.
#[derive(Debug, Serialize)]
pub struct YearView {
    /// `2026`; empty for commit ranges.
    pub label: String,
    /// Link to the page of the year; empty on that page, and for commit ranges.
    pub url: String,
    /// Its digests, newest first.
    pub digests: Vec<DigestRow>,
}

/// The editor's note on a digest (`content/digests/2026-w09.md`, or that of a text digest); without one, all is empty.
#[derive(Debug, Default, Serialize)]
pub struct NoteView<'a> {
    /// Its text.
    pub note_html: Html,
    /// Its title; may be empty.
    pub note_title: Cow<'a, str>,
    /// Who wrote it; may be empty.
    pub note_author: &'a str,
}

/// `digest.html`: what happened in a period.
#[derive(Debug, Serialize)]
pub struct DigestView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// `Week 9, 2026`.
    pub heading: String,
    /// `23 February – 1 March 2026`; empty for a commit range.
    pub span: String,
    /// The numbers of the period; each links to its section.
    pub counts: Vec<Count>,
    /// The editor's note, field by field beside the others.
    #[serde(flatten)]
    pub note: NoteView<'a>,
    /// What stands out: the conversation that mattered most first, at most 15; may be empty.
    pub tops: Vec<Top<'a>>,
    /// The sections that are not empty, in reading order.
    pub sections: Vec<Section<'a>>,
    /// How long the new series waited for a reply; absent if there are no new series.
    pub first_answers: Option<FirstAnswersView>,
    /// The people who contributed most, with their series. Empty with fewer than three messages, like the following two.
    pub contributors: Vec<RankRow<'a>>,
    /// Their mail domains, with the people of each.
    pub domains: Vec<RankRow<'a>>,
    /// The people who gave most reviews, with the series that they reviewed.
    pub reviewers: Vec<RankRow<'a>>,
    /// The two rankings of contributions are those of a text digest, unchanged.
    pub given: bool,
    /// The digest before.
    pub previous: Option<Link>,
    /// The digest after.
    pub next: Option<Link>,
    /// Link to its plain-text form.
    pub text_url: String,
    /// Link to the whole digest on one page, for printing and for reading offline; empty if fewer than two series
    /// were posted.
    pub whole_url: String,
    /// Activity over the last periods, with this one marked; absent with fewer than two, or with fewer than three messages.
    pub plot: Option<Chart>,
}

/// A conversation that stands out in a period: a series, or a thread that belongs to none.
#[derive(Debug, Clone, Serialize)]
pub struct Top<'a> {
    /// The reason: `16 people, 81 messages · data loss or corruption`.
    pub label: String,
    /// Its title, without tags; cut if it is very long.
    pub title: Cow<'a, str>,
    /// Link to it.
    pub url: String,
    /// `v3`; empty for a first version, and for a thread.
    pub version: String,
    /// The series, if it is about one.
    pub series: Option<SeriesRow<'a>>,
    /// The thread, if it is not about a series.
    pub thread: Option<ThreadRow<'a>>,
}

/// A section of a digest. It has series or threads, never both.
#[derive(Debug, Serialize)]
pub struct Section<'a> {
    /// Its `id`: `new`, `revised`, `discussed`, `applied`, `changes`, `waiting`,
    /// `quiet`, `fixes`, `rfcs`, `traffic`, `reports`, `pulls`, `other`.
    pub anchor: &'static str,
    /// Its heading.
    pub heading: &'a str,
    /// One sentence about its content.
    pub about: &'a str,
    /// `full` for rows with an excerpt, `brief` for one line per series.
    pub style: &'static str,
    /// Its series.
    pub series: Vec<SeriesRow<'a>>,
    /// Its threads.
    pub threads: Vec<ThreadRow<'a>>,
}
