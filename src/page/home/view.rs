//! The front page, as its template sees it.

use serde::Serialize;

use crate::{
    page::{
        digest::view::Top,
        list::view::ListRow,
        part::{
            chart::view::Chart,
            row::view::{DigestRow, SeriesRow, ThreadRow},
            view::{Count, Frame, Moment},
        },
    },
    text::Html,
};

/// `home.html`: the front page.
#[derive(Debug, Serialize)]
pub struct HomeView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The author's welcome (`content/index.md`), or empty.
    pub intro_html: Html,
    /// The date of the newest message of the site.
    pub as_of: Option<Moment>,
    /// The newest digest; absent if the site has none.
    pub latest: Option<DigestRow<'a>>,
    /// What stands out in the newest digest, the conversation that mattered most first; may be empty.
    pub tops: Vec<Top<'a>>,
    /// The beginning of the newest digest's note; empty without one.
    pub note_excerpt: String,
    /// The note's title; may be empty.
    pub note_title: &'a str,
    /// Link to the note.
    pub note_url: String,
    /// What the newest digest counts.
    pub counts: Vec<Count>,
    /// New series of the newest digest, the most active first.
    pub new: Vec<SeriesRow<'a>>,
    /// How many more new series there are than are shown.
    pub new_more: usize,
    /// New revisions of the newest digest, the most active first.
    pub revised: Vec<SeriesRow<'a>>,
    /// How many more new revisions there are than are shown.
    pub revised_more: usize,
    /// Series of the newest digest that a maintainer applied, whole or in part.
    pub applied: Vec<SeriesRow<'a>>,
    /// How many more applied series there are than are shown.
    pub applied_more: usize,
    /// The previous digest, if the period of the newest one is not over; otherwise absent.
    pub previous_digest: Option<DigestRow<'a>>,
    /// The conversations that stood out in it, the most important first; may be empty.
    pub previous_tops: Vec<Top<'a>>,
    /// Threads of the newest digest that belong to no series, the most important first.
    pub threads: Vec<ThreadRow<'a>>,
    /// How many more threads there are than are shown.
    pub threads_more: usize,
    /// The series of the newest digest with the most replies, without those that stand out.
    pub discussed: Vec<SeriesRow<'a>>,
    /// Series of the newest digest that wait for a first reply.
    pub waiting: Vec<SeriesRow<'a>>,
    /// How many more wait than are shown.
    pub waiting_more: usize,
    /// The last digests, newest first.
    pub digests: Vec<DigestRow<'a>>,
    /// Activity over the last periods; absent with fewer than two.
    pub plot: Option<Chart>,
    /// The lists.
    pub lists: Vec<ListRow<'a>>,
    /// Link to all digests.
    pub digests_url: String,
    /// How many messages the site has.
    pub messages: usize,
    /// How many series it has.
    pub series: usize,
}
