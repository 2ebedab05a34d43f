//! A mailing list, as its template sees it.

use serde::Serialize;

use crate::page::part::{
    row::view::{SeriesRow, ThreadRow, WorkSection},
    view::{Frame, Link, Moment, RankItem},
};

/// A list in a list of lists.
#[derive(Debug, Clone, Serialize)]
pub struct ListRow<'a> {
    /// Its name.
    pub name: &'a str,
    /// The address of its page.
    pub url: String,
    /// How many messages it has.
    pub messages: usize,
    /// How many series it has.
    pub series: usize,
    /// How many messages it has in the digest that the front page is about.
    pub messages_now: usize,
    /// The conversations that mattered most on it there, if the site has several lists; otherwise empty.
    pub tops: Vec<Link>,
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
    /// Link to its permanent archive; may be empty.
    pub archive_url: String,
    /// Link to its feed.
    pub feed_url: String,
    /// How many messages it has.
    pub messages: usize,
    /// How many series it has.
    pub series_count: usize,
    /// The date of its newest message.
    pub newest: Option<Moment>,
    /// The date of its oldest message.
    pub oldest: Option<Moment>,
    /// The heading of the section, if the page shows one whole section; empty on the main page of the list, which
    /// shows the following fields.
    pub part: &'a str,
    /// Its queues: waiting for review, ready, under discussion, changes requested, overlooked, quiet, applied.
    pub sections: Vec<WorkSection<'a>>,
    /// How many of its series are not in any of the sections.
    pub elsewhere: usize,
    /// The latest series, newest first.
    pub recent: Vec<SeriesRow<'a>>,
    /// The series with most messages.
    pub discussed: Vec<RankItem>,
    /// Series without a known date, which are in no digest.
    pub undated: Vec<SeriesRow<'a>>,
    /// Threads without a known date.
    pub undated_threads: Vec<ThreadRow<'a>>,
    /// Link to the digests.
    pub digests_url: String,
}
