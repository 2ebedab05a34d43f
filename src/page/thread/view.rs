//! A thread that belongs to no series, as its template sees it.

use serde::Serialize;

use crate::page::part::{
    messages::view::{MessageView, TakenView},
    view::{Frame, Link, Moment, Person},
};

/// `thread.html`: messages that belong to no series.
#[derive(Debug, Serialize)]
pub struct ThreadView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The subject of its first message, without reply prefixes.
    pub title: &'a str,
    /// What is left out to keep the site within its host's limits: `texts`, or empty.
    pub omitted: &'static str,
    /// Its first message in the list's permanent archive; may be empty.
    pub archive_url: String,
    /// The messages of this page as a nested list.
    pub messages: Vec<MessageView<'a>>,
    /// How many messages it has on all pages.
    pub count: usize,
    /// Its pages, where one has no room for all messages.
    pub parts: Vec<PartLink>,
    /// On its first page, the messages of the others.
    pub later: Vec<LaterView<'a>>,
    /// How many of these are not listed, as there are too many.
    pub unlisted: usize,
    /// The names of the lists it was on.
    pub lists: Vec<&'a str>,
    /// What its pull requests ask to be pulled.
    pub pulls: Vec<PullView<'a>>,
    /// Series that were posted in the same thread.
    pub series: Vec<Link>,
}

/// A page of a thread that has several.
#[derive(Debug, Clone, Serialize)]
pub struct PartLink {
    /// From 1.
    pub number: usize,
    /// Where it is.
    pub url: String,
    /// How many messages it has.
    pub messages: usize,
    /// It is this one.
    pub current: bool,
}

/// A message on a later page.
#[derive(Debug, Clone, Serialize)]
pub struct LaterView<'a> {
    /// Its `id`, here as on its page.
    pub anchor: String,
    /// Where it is.
    pub url: String,
    /// Who wrote it.
    pub author: Person<'a>,
    /// When.
    pub date: Option<Moment>,
}

/// A pull request.
#[derive(Debug, Clone, Serialize)]
pub struct PullView<'a> {
    /// Who asks, or announces.
    pub author: Person<'a>,
    /// To the message on the page.
    pub url: String,
    /// Where the repository lies, as written; empty in an announcement.
    pub repository: &'a str,
    /// The tag or branch; may be empty.
    pub reference: &'a str,
    /// The commit on which the work is based, cut to twelve digits; may be empty.
    pub base: &'a str,
    /// The newest commit of the work, cut to twelve digits; may be empty.
    pub head: &'a str,
    /// Who pulled it, and where to; absent where nobody says so.
    pub taken: Option<TakenView<'a>>,
    /// How many commits the shortlog names.
    pub commits: usize,
    /// By how many people they are.
    pub people: usize,
    /// The shortlog; may be empty.
    pub shortlog: Vec<ShortlogView>,
    /// How many commits of it are not listed.
    pub more: usize,
}

/// An author's commits in a shortlog.
#[derive(Debug, Clone, Serialize)]
pub struct ShortlogView {
    /// Who wrote them.
    pub author: String,
    /// Their titles, each with where its patch is on the site; no address where it was not posted here.
    pub titles: Vec<Link>,
}
