//! Series, threads and digests as rows of lists, as templates see them.
//!
//! In: nothing; these are types, filled by [`row`](super). Out: the contract with themes: the comment of each field
//! is its description in the guide. Never here: code.

use std::borrow::Cow;

use serde::Serialize;

use crate::page::part::view::{Link, Moment, Person};

/// A series in a list.
#[derive(Debug, Clone, Serialize)]
pub struct SeriesRow<'a> {
    /// The title of the revision that the row links to, without tags; cut if it is very long.
    pub title: Cow<'a, str>,
    /// Link to that revision.
    pub url: String,
    /// What happened to it in the period of the digest (`New`, `Updated v3`, `Applied`); empty outside digests.
    pub label: String,
    /// Who sent it.
    pub author: Person<'a>,
    /// `v3`; empty for a first version whose subject does not say `v1`.
    pub version: String,
    /// When it was posted; absent if unknown.
    pub posted: Option<Moment>,
    /// The words of its tags (`RFC`, `net-next`).
    pub tags: Vec<&'a str>,
    /// The names of the lists on which it was posted, if the site has several lists.
    pub lists: Vec<&'a str>,
    /// How many patches it announces.
    pub patches: usize,
    /// How many of them never arrived; 0 if the series is known only from a text digest.
    pub missing: usize,
    /// Lines added by all of them.
    pub added: u64,
    /// Lines deleted by all of them.
    pub deleted: u64,
    /// See [`Churn::added_steps`](crate::page::part::view::Churn::added_steps).
    pub added_steps: u64,
    /// See [`Churn::deleted_steps`](crate::page::part::view::Churn::deleted_steps).
    pub deleted_steps: u64,
    /// The deepest folder, or the file, that contains all their changes; may be empty.
    pub place: String,
    /// Replies to the revision.
    pub replies: usize,
    /// Replies in the period of the digest; 0 outside digests.
    pub replies_now: u32,
    /// The reviews given in the period of the digest; each links to its message. Empty outside digests.
    pub verdicts: Vec<Link>,
    /// Why it is in its section of a digest (`taken by Zoë Lind`), with a link to the message that shows it, if
    /// there is one; absent if the section says it all.
    pub happened: Option<Happened>,
    /// What changed since the digest before: the revision, reviews, the state; only in digests, may be empty.
    pub since: String,
    /// How many of its patches have a review.
    pub reviewed: usize,
    /// Its state: `new`, `discussed`, `changes-requested`, `reviewed`, `quiet`, `superseded`, `rejected`,
    /// `partly-applied`, `applied`, `merged`.
    pub state: &'static str,
    /// The same in words (`changes requested`); empty for `new` and `discussed`, which pages do not show.
    pub standing: Cow<'a, str>,
    /// The first sentences of the cover letter or commit message; may be empty.
    pub excerpt: String,
    /// The first lines of the author's changelog; empty without one.
    pub changes: Vec<String>,
    /// The excerpt and the changes are visible from the start, not only after a reader unfolds the row.
    pub is_open: bool,
    /// The group that begins with this row; absent for other rows.
    pub group: Option<RowGroup>,
    /// A group ends with this row.
    pub ends_group: bool,
}

/// Consecutive series of a long section that belong together: those of one thread, or of one topic.
#[derive(Debug, Clone, Serialize)]
pub struct RowGroup {
    /// What they have in common: the title of the letter above them, or how their titles begin (`mtd: rawnand`).
    pub label: String,
    /// Link to that letter; empty for a topic.
    pub url: String,
    /// How many they are.
    pub size: usize,
}

/// A thread that belongs to no series, in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ThreadRow<'a> {
    /// The subject of its first message, without reply prefixes; cut if it is very long.
    pub title: Cow<'a, str>,
    /// Its address.
    pub url: String,
    /// The sender of its first message of the period.
    pub author: Person<'a>,
    /// When.
    pub posted: Option<Moment>,
    /// How many messages it has.
    pub messages: usize,
    /// The state of the report with which it begins: `open`, `fix-posted`, `fixed` or `closed`; empty if it does not
    /// begin with one.
    pub state: &'static str,
    /// The same in words.
    pub standing: &'a str,
}

/// Why a series is in a section of a digest.
#[derive(Debug, Clone, Serialize)]
pub struct Happened {
    /// What happened: `taken by Zoë Lind`, `since 3 Mar 2026`.
    pub label: String,
    /// Link to the message that shows it; empty if none does.
    pub url: String,
    /// The word of the resulting state; may be empty.
    pub kind: &'static str,
}

/// A digest in a list of digests.
#[derive(Debug, Clone, Serialize)]
pub struct DigestRow {
    /// `Week 9, 2026`.
    pub heading: String,
    /// `23 February – 1 March 2026`.
    pub span: String,
    /// Its address.
    pub url: String,
    /// Messages of the period.
    pub messages: usize,
    /// Series that were posted for the first time.
    pub new: usize,
    /// Series with a new revision.
    pub revised: usize,
    /// Series that were applied.
    pub applied: usize,
    /// The conversation that mattered most in it; absent in a quiet period.
    pub headline: Option<Link>,
    /// The releases that were announced in it, by date; at most five.
    pub releases: Vec<Link>,
}

/// Series in the same state.
#[derive(Debug, Serialize)]
pub struct WorkSection<'a> {
    /// Its `id`.
    pub anchor: &'static str,
    /// Its heading.
    pub heading: &'a str,
    /// The same after a number: `waiting for review`.
    pub label: &'a str,
    /// One sentence about its content; may be empty.
    pub about: Cow<'a, str>,
    /// How many series there are.
    pub total: usize,
    /// How many of them are not listed.
    pub more: usize,
    /// Link to a page that lists all of them; empty if no page does.
    pub all_url: String,
    /// Link to its feed; empty if it has none.
    pub feed_url: String,
    /// The series.
    pub rows: Vec<SeriesRow<'a>>,
}
