//! The statistics, as their template sees them.

use serde::Serialize;

use crate::page::part::{
    chart::view::Chart,
    view::{Count, FirstAnswersView, Frame, Link, RankRow},
};

/// `stats.html`: how the lists work, in numbers.
#[derive(Debug, Serialize)]
pub struct StatsView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// `June 2019 – June 2020`; empty without dates.
    pub span: String,
    /// The numbers of the whole archive; each links to its section.
    pub counts: Vec<Count>,
    /// How long series waited for a reply; absent if there are no series.
    pub first_answers: Option<FirstAnswersView>,
    /// One row per year, newest first.
    pub years: Vec<StatsYear>,
    /// The times to the first reply, the revisions per series, and the states of the series.
    pub distributions: Vec<Distribution<'a>>,
    /// The people who contributed most, with their newest series.
    pub contributors: Vec<RankRow<'a>>,
    /// Their mail domains, with the people of each.
    pub domains: Vec<RankRow<'a>>,
    /// The people who gave most reviews, with the newest series that they reviewed.
    pub reviewers: Vec<RankRow<'a>>,
    /// Over time: messages (`volume`), first replies, outcomes of series, people; empty without dates.
    pub charts: Vec<Chart>,
    /// Spam: threads that digests, feeds and search leave out, oldest first.
    pub spam: Vec<Link>,
}

/// The numbers of a year: the sums of those of its digests.
#[derive(Debug, Serialize)]
pub struct StatsYear {
    /// The year, as a link to its digests.
    pub year: Link,
    /// Messages.
    pub messages: usize,
    /// Patches and cover letters.
    pub contributions: usize,
    /// Series posted for the first time.
    pub series: usize,
    /// How many people contributed.
    pub contributors: usize,
    /// How many people gave reviews.
    pub reviewers: usize,
    /// How many of these series have been applied, in whole or in part.
    pub applied: usize,
    /// How long these series waited for a reply; absent if there are no series.
    pub first_answers: Option<FirstAnswersView>,
}

/// Series by a measure: a bar for each value, with its series.
#[derive(Debug, Serialize)]
pub struct Distribution<'a> {
    /// Its `id`.
    pub anchor: &'static str,
    /// Its heading.
    pub heading: &'a str,
    /// A sentence that defines the count.
    pub about: &'a str,
    /// The numbers, in the order of the measure.
    pub rows: Vec<RankRow<'a>>,
}
