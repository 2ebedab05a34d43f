//! The diff of a patch on a page of its own, as its template sees it.

use serde::Serialize;

use crate::{
    page::part::view::{Frame, Link, Moment, Person},
    text::Html,
};

/// `diff.html`: a patch whose diff is not on the page of its revision, because that page would be too long.
#[derive(Debug, Clone, Serialize)]
pub struct DiffView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The patch's title without tags.
    pub title: &'a str,
    /// `3/8`.
    pub number: String,
    /// The revision's label.
    pub version: String,
    /// Its author.
    pub author: Person<'a>,
    /// When it was sent.
    pub posted: Option<Moment>,
    /// Link to the patch on the page of its revision, which has the replies.
    pub patch_url: String,
    /// The diff before; absent for the first.
    pub previous: Option<Link>,
    /// The diff after; absent for the last.
    pub next: Option<Link>,
    /// The diff; the ids in it begin with `anchor` without its `p`.
    pub diff_html: Html,
    /// `p3`.
    pub anchor: String,
}
