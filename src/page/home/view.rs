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
    /// The digest that the page is about: the last full one, or the newest if that has more messages already or the
    /// period before it has no digest; absent if the site has none.
    pub latest: Option<DigestRow>,
    /// What stands out in that digest, the conversation that mattered most first; may be empty.
    pub tops: Vec<Top<'a>>,
    /// The beginning of that digest's note; empty without one.
    pub note_excerpt: String,
    /// The note's title; may be empty.
    pub note_title: &'a str,
    /// Link to the note.
    pub note_url: String,
    /// What that digest counts.
    pub counts: Vec<Count>,
    /// New series of that digest that do not stand out, the most important first.
    pub new: Vec<SeriesRow<'a>>,
    /// How many more new series there are than are shown.
    pub new_more: usize,
    /// New revisions of that digest that do not stand out, the most important first.
    pub revised: Vec<SeriesRow<'a>>,
    /// How many more new revisions there are than are shown.
    pub revised_more: usize,
    /// Series of that digest that a maintainer applied, whole or in part.
    pub applied: Vec<SeriesRow<'a>>,
    /// How many more applied series there are than are shown.
    pub applied_more: usize,
    /// The digest beside it, the newest or the one before; absent if the newest is complete.
    pub beside: Option<DigestRow>,
    /// The conversations that stand out in that, the most important first; may be empty.
    pub beside_tops: Vec<Top<'a>>,
    /// The period of `latest` is not over; otherwise that of `beside` is not.
    pub is_running: bool,
    /// Threads of that digest that belong to no series, the most important first.
    pub threads: Vec<ThreadRow<'a>>,
    /// How many more threads there are than are shown.
    pub threads_more: usize,
    /// The series of that digest with the most replies, without those that stand out.
    pub discussed: Vec<SeriesRow<'a>>,
    /// Series of that digest that wait for a first reply.
    pub waiting: Vec<SeriesRow<'a>>,
    /// How many more wait than are shown.
    pub waiting_more: usize,
    /// The last digests, newest first.
    pub digests: Vec<DigestRow>,
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
