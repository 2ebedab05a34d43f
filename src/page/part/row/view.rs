//! Series, threads and digests as rows of lists, as templates see them.

use std::borrow::Cow;

use serde::Serialize;

use crate::page::part::view::{Link, Moment, Person};

/// A series in a list.
#[derive(Debug, Clone, Serialize)]
pub struct SeriesRow<'a> {
    /// The title of the revision that the row leads to, without tags; cut where it is very long.
    pub title: Cow<'a, str>,
    /// To that revision.
    pub url: String,
    /// What happened to it in the period of the digest (`New`, `Updated v3`, `Applied`); empty outside digests.
    pub label: String,
    /// Who sent it.
    pub author: Person<'a>,
    /// `v3`; empty for a first version that no subject calls so.
    pub version: String,
    /// When it was posted; absent where unknown.
    pub posted: Option<Moment>,
    /// The words of its tags (`RFC`, `net-next`).
    pub tags: Vec<&'a str>,
    /// The names of the lists it was on, where the site has several.
    pub lists: Vec<&'a str>,
    /// How many patches it announces.
    pub patches: usize,
    /// How many of them never arrived; 0 where it is known from a text digest only.
    pub missing: usize,
    /// Lines added by all of them.
    pub added: u64,
    /// Lines deleted by all of them.
    pub deleted: u64,
    /// See [`Churn::added_steps`](crate::page::part::view::Churn::added_steps).
    pub added_steps: u64,
    /// See [`Churn::deleted_steps`](crate::page::part::view::Churn::deleted_steps).
    pub deleted_steps: u64,
    /// The deepest folder, or the file, that all their changes lie in; may be empty.
    pub place: String,
    /// Answers to the revision.
    pub replies: usize,
    /// Answers in the period of the digest; 0 outside digests.
    pub replies_now: u32,
    /// The verdicts given in the period of the digest, each leading to its mail; empty outside digests.
    pub verdicts: Vec<Link>,
    /// Why it is in its section of a digest (`taken by Zoë Lind`), leading to the mail that shows it, where
    /// one does; absent where the section says it all.
    pub happened: Option<Happened>,
    /// How many of its patches have a review.
    pub reviewed: usize,
    /// What has become of it: `new`, `discussed`, `changes-requested`, `reviewed`, `quiet`, `superseded`,
    /// `rejected`, `partly-applied`, `applied`, `merged`.
    pub state: &'static str,
    /// The same in words (`changes requested`); empty for `new` and `discussed`, which go without saying.
    pub standing: Cow<'a, str>,
    /// What it is about: the first sentences of the cover letter or commit message; may be empty.
    pub excerpt: String,
    /// The first lines of the author's changelog; empty without one.
    pub changes: Vec<String>,
    /// Excerpt and changes are shown from the start, not only when a reader unfolds the row.
    pub is_open: bool,
}

/// A thread that belongs to no series, in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ThreadRow<'a> {
    /// The subject of its first message, without reply prefixes; cut where it is very long.
    pub title: Cow<'a, str>,
    /// Where it is.
    pub url: String,
    /// Who sent its first message of the period.
    pub author: Person<'a>,
    /// When.
    pub posted: Option<Moment>,
    /// How many messages it has.
    pub messages: usize,
}

/// Why a series is in a section of a digest.
#[derive(Debug, Clone, Serialize)]
pub struct Happened {
    /// What happened: `taken by Zoë Lind`, `since 3 Mar 2026`.
    pub label: String,
    /// To the mail that shows it; empty where none does.
    pub url: String,
    /// The word of the state that it led to; empty for none.
    pub kind: &'static str,
}

/// A digest in a list of digests.
#[derive(Debug, Clone, Serialize)]
pub struct DigestRow {
    /// `Week 9, 2026`.
    pub heading: String,
    /// `23 February – 1 March 2026`.
    pub span: String,
    /// Where it is.
    pub url: String,
    /// Messages of the period.
    pub messages: usize,
    /// Series that were posted for the first time.
    pub new: usize,
    /// Series of which a new revision was posted.
    pub revised: usize,
    /// Series that were applied.
    pub applied: usize,
}

/// Series that are in one state.
#[derive(Debug, Serialize)]
pub struct WorkSection<'a> {
    /// Its `id`.
    pub anchor: &'static str,
    /// Its heading.
    pub heading: &'a str,
    /// The same behind a number: `waiting for review`.
    pub label: &'a str,
    /// One sentence on what is in it; may be empty.
    pub about: Cow<'a, str>,
    /// How many series there are.
    pub total: usize,
    /// How many of them are not listed.
    pub more: usize,
    /// To a page that lists them all; empty if no page does.
    pub all_url: String,
    /// Its feed; empty where it has none.
    pub feed_url: String,
    /// The series.
    pub rows: Vec<SeriesRow<'a>>,
}
