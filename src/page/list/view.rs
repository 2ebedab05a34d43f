//! A mailing list, as its template sees it.

use serde::Serialize;

use crate::page::part::{
    row::view::{SeriesRow, ThreadRow, WorkSection},
    view::{Frame, Moment, RankItem},
};

/// A list in a list of lists.
#[derive(Debug, Clone, Serialize)]
pub struct ListRow<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where its page is.
    pub url: String,
    /// How many messages it has.
    pub messages: usize,
    /// How many series.
    pub series: usize,
}

/// `list.html`: a mailing list.
#[derive(Debug, Serialize)]
pub struct ListView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// Its name.
    pub name: &'a str,
    /// Its posting address; may be empty.
    pub address: &'a str,
    /// Its permanent archive; may be empty.
    pub archive_url: String,
    /// Its feed.
    pub feed_url: String,
    /// How many messages it has.
    pub messages: usize,
    /// How many series.
    pub series_count: usize,
    /// Its newest message.
    pub newest: Option<Moment>,
    /// Its oldest message.
    pub oldest: Option<Moment>,
    /// The page shows one section whole; its heading. Empty on the list's own page, which shows what follows.
    pub part: &'a str,
    /// What waits for whom: waiting for review, ready, under discussion, changes requested, overlooked, quiet,
    /// applied.
    pub sections: Vec<WorkSection<'a>>,
    /// How many of its series are in none of the sections.
    pub elsewhere: usize,
    /// The series posted last, newest first.
    pub recent: Vec<SeriesRow<'a>>,
    /// The series with most messages.
    pub discussed: Vec<RankItem>,
    /// Series of which no date is known, so that no digest by date leads to them.
    pub undated: Vec<SeriesRow<'a>>,
    /// Threads of which no date is known.
    pub undated_threads: Vec<ThreadRow<'a>>,
    /// To the digests.
    pub digests_url: String,
}
