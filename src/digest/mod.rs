//! Stage 5: what happened when.
//!
//! In: the [`Corpus`](crate::series::Corpus). Out: one [`Digest`] a period, with counts, rankings and what
//! happened to each series.
//! Never here: a page, a clock (a digest is the same whenever it is made).

mod period;
mod tally;
mod text;

pub use period::Period;

use std::sync::Arc;

use crate::{
    message::Mailbox,
    series::{ListIx, MailIx, SeriesIx},
};

/// What happened in a period.
#[derive(Debug, Clone)]
pub struct Digest {
    /// When.
    pub period: Period,
    /// On one list only; `None` for all the site's lists together.
    pub list: Option<ListIx>,
    /// Every message of the period, by date.
    pub messages: Vec<MailIx>,
    /// Patches and cover letters among them.
    pub contributions: Vec<MailIx>,
    /// Who wrote them: most first, then by address. Addresses are folded to lower case.
    pub contributors: Vec<(Mailbox, u64)>,
    /// Their mail domains: most first, then by name.
    pub domains: Vec<(Arc<str>, u64)>,
    /// Who gave reviews: most first, then by address.
    pub reviewers: Vec<(Mailbox, u64)>,
    /// The two rankings are a text digest's, kept as given.
    pub given: bool,
    /// What happened to each series, by the date of the period's first message to it.
    pub activities: Vec<Activity>,
    /// Pull requests of the period.
    pub pulls: Vec<MailIx>,
    /// Threads of the period that belong to no series: their first message in the period.
    pub other: Vec<MailIx>,
}

/// What happened to a series in a period.
#[derive(Debug, Clone)]
pub struct Activity {
    /// Which.
    pub series: SeriesIx,
    /// Indexes into its revisions: those posted in the period.
    pub posted: Vec<u32>,
    /// The first revision that we know was posted in the period.
    pub is_new: bool,
    /// The mail of the period that says it is applied.
    pub applied: Option<MailIx>,
    /// Answers in the period.
    pub replies: u32,
    /// Reviews given in the period.
    pub reviews: u32,
    /// Posted in the period and without an answer to this day.
    pub waiting: bool,
}
