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
    /// The numbers of the whole archive, each leading to its section.
    pub counts: Vec<Count>,
    /// How long series waited for an answer; absent where there are none.
    pub first_answers: Option<FirstAnswersView>,
    /// A row a year, newest first.
    pub years: Vec<StatsYear>,
    /// Times to a first answer, revisions a series, what became of them.
    pub distributions: Vec<Distribution<'a>>,
    /// Who contributed most, with their newest series.
    pub contributors: Vec<RankRow<'a>>,
    /// From which mail domains, with their people.
    pub domains: Vec<RankRow<'a>>,
    /// Who gave most verdicts, with the newest series that they are about.
    pub reviewers: Vec<RankRow<'a>>,
    /// Over time: messages (`volume`), first answers, what became of series, people; empty without dates.
    pub charts: Vec<Chart>,
    /// Threads that are left out of digests, feeds and search as spam, the oldest first.
    pub spam: Vec<Link>,
}

/// The numbers of a year: the sums of its digests'.
#[derive(Debug, Serialize)]
pub struct StatsYear {
    /// The year, leading to its digests.
    pub year: Link,
    /// Messages.
    pub messages: usize,
    /// Patches and cover letters.
    pub contributions: usize,
    /// Series posted for the first time.
    pub series: usize,
    /// How many people contributed.
    pub contributors: usize,
    /// How many people gave verdicts.
    pub reviewers: usize,
    /// Of the series, how many were applied in whole or in part by now.
    pub applied: usize,
    /// How long these series waited for an answer; absent where there are none.
    pub first_answers: Option<FirstAnswersView>,
}

/// Series by some measure, a bar each, with the series behind the numbers.
#[derive(Debug, Serialize)]
pub struct Distribution<'a> {
    /// Its `id`.
    pub anchor: &'static str,
    /// Its heading.
    pub heading: &'a str,
    /// One sentence on what is counted.
    pub about: &'a str,
    /// The numbers, in the order of the measure.
    pub rows: Vec<RankRow<'a>>,
}
