//! The pages of the author, and the page for missing addresses, as templates see them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    markup::markdown::Heading,
    page::part::{
        row::view::{DigestRow, SeriesRow},
        view::{Frame, Link, NavLink},
    },
    text::Html,
};

/// `content.html`: a page of the site's author. A template that the front matter names gets the same fields.
#[derive(Debug, Serialize)]
pub struct ContentView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// Its title.
    pub title: &'a str,
    /// Who wrote it; may be empty.
    pub author: &'a str,
    /// Its date, as written in the front matter; may be empty.
    pub date: &'a str,
    /// Its headings of the first two levels, for a table of contents; empty if it has few, or if `toc` is false.
    pub toc: Vec<Heading>,
    /// The pages of its folder, beginning with the main page; empty if there are no others. Of more than 200, those near.
    pub section: Vec<NavLink>,
    /// The page before it in its folder.
    pub previous: Option<Link>,
    /// The page after it.
    pub next: Option<Link>,
    /// Its text.
    pub body_html: Html,
    /// The series that the front matter selects, under the names that it gives: `series.ready`.
    pub series: BTreeMap<&'a str, Vec<SeriesRow<'a>>>,
    /// The digests that the front matter selects, newest first: `digests.year`.
    pub digests: BTreeMap<&'a str, Vec<DigestRow>>,
}

/// `moved.html`: the old address of a page that the site's author moved.
#[derive(Debug, Serialize)]
pub struct MovedView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The title of the page.
    pub title: &'a str,
    /// Its new address.
    pub url: String,
}

/// `404.html`: the page for missing addresses. All its links are absolute paths.
#[derive(Debug, Serialize)]
pub struct NotFoundView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// Link to the digests.
    pub digests_url: String,
}
