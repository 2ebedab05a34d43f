//! A thread that belongs to no series, as its template sees it.
//!
//! In: nothing; these are types, filled by [`thread`](super). Out: the contract with themes: the comment of each
//! field is its description in the guide. Never here: code.

use serde::Serialize;

use crate::page::part::{
    messages::view::{MessageView, TakenView},
    outline::view::OutlineView,
    report::view::ReportView,
    view::{Frame, Link, Moment, Person},
};

/// `thread.html`: messages that belong to no series.
#[derive(Debug, Serialize)]
pub struct ThreadView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The subject of its first message, without reply prefixes.
    pub title: &'a str,
    /// What the page leaves out to keep the site within the limits of its host: `texts`, or empty.
    pub omitted: &'static str,
    /// Link to its first message in the list's permanent archive; may be empty.
    pub archive_url: String,
    /// The report with which it begins, if there is one.
    pub report: Option<ReportView<'a>>,
    /// The outline of the page; absent if the page is short.
    pub outline: Option<OutlineView<'a>>,
    /// The messages of this page as a nested list.
    pub messages: Vec<MessageView<'a>>,
    /// How many messages it has on all pages.
    pub count: usize,
    /// Its pages, if there are too many messages for one page.
    pub parts: Vec<PartLink>,
    /// On the first page, the messages of the later pages.
    pub later: Vec<LaterView<'a>>,
    /// How many of these are not listed, because there are too many.
    pub unlisted: usize,
    /// The names of the lists on which it was posted.
    pub lists: Vec<&'a str>,
    /// Its pull requests.
    pub pulls: Vec<PullView<'a>>,
    /// Series that were posted in the same thread.
    pub series: Vec<Link>,
}

/// One page of a thread with several pages.
#[derive(Debug, Clone, Serialize)]
pub struct PartLink {
    /// From 1.
    pub number: usize,
    /// Its address.
    pub url: String,
    /// How many messages it has.
    pub messages: usize,
    /// It is the page being shown.
    pub current: bool,
}

/// A message on a later page.
#[derive(Debug, Clone, Serialize)]
pub struct LaterView<'a> {
    /// Its `id`, the same here and on its page.
    pub anchor: String,
    /// Its address.
    pub url: String,
    /// Its author.
    pub author: Person<'a>,
    /// When.
    pub date: Option<Moment>,
}

/// A pull request.
#[derive(Debug, Clone, Serialize)]
pub struct PullView<'a> {
    /// The sender.
    pub author: Person<'a>,
    /// Link to the message on the page.
    pub url: String,
    /// The address of the repository, as written; empty in an announcement.
    pub repository: &'a str,
    /// The tag or branch; may be empty.
    pub reference: &'a str,
    /// The commit on which the work is based, cut to twelve digits; may be empty.
    pub base: &'a str,
    /// The newest commit of the work, cut to twelve digits; may be empty.
    pub head: &'a str,
    /// Who pulled it, and into which tree; absent if nobody says so.
    pub taken: Option<TakenView<'a>>,
    /// How many commits the shortlog names.
    pub commits: usize,
    /// How many people wrote them.
    pub people: usize,
    /// The shortlog; may be empty.
    pub shortlog: Vec<ShortlogView>,
    /// How many commits of it are not listed.
    pub more: usize,
}

/// An author's commits in a shortlog.
#[derive(Debug, Clone, Serialize)]
pub struct ShortlogView {
    /// Their author.
    pub author: String,
    /// Their titles, each with a link to its patch; without an address if the patch is not on the site.
    pub titles: Vec<Link>,
}
