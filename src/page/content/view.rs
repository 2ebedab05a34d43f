//! The pages of the author's own, and the page for what is not there, as templates see them.

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

/// `content.html`: a page of the author's own. A template that its front matter names sees the same.
#[derive(Debug, Serialize)]
pub struct ContentView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// Its title.
    pub title: &'a str,
    /// Who wrote it; may be empty.
    pub author: &'a str,
    /// Its date as written in its front matter; may be empty.
    pub date: &'a str,
    /// Its headings of the first two levels, for contents; empty where it has few, or its author wants none.
    pub toc: Vec<Heading>,
    /// The pages of its folder, the folder's own first; empty where there is no other.
    pub section: Vec<NavLink>,
    /// The page before it in its folder.
    pub previous: Option<Link>,
    /// The page after it.
    pub next: Option<Link>,
    /// Its text.
    pub body_html: Html,
    /// The series that its front matter asks for, under the names that it gives: `series.ready`.
    pub series: BTreeMap<&'a str, Vec<SeriesRow<'a>>>,
    /// The digests that it asks for, the newest first: `digests.year`.
    pub digests: BTreeMap<&'a str, Vec<DigestRow>>,
}

/// `moved.html`: where a page of the author's own was before.
#[derive(Debug, Serialize)]
pub struct MovedView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The title of the page.
    pub title: &'a str,
    /// Where it is now.
    pub url: String,
}

/// `404.html`: for addresses at which there is nothing. All its links are absolute paths.
#[derive(Debug, Serialize)]
pub struct NotFoundView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// To the digests.
    pub digests_url: String,
}
