//! The search page, as its template sees it.

use serde::Serialize;

use crate::page::part::view::{Frame, Link};

/// `search.html`: a search box, and a place for the results of the site's script.
#[derive(Debug, Serialize)]
pub struct SearchView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The target of the form: this page. The script derives the path to the site's root from it.
    pub action: String,
    /// The site for the `site:` operator of a search engine: `example.org/lantern`.
    pub site: String,
    /// Link to the digests.
    pub digests_url: String,
    /// Links to the lists' permanent archives; empty if none is known.
    pub archives: Vec<Link>,
    /// How many series are in the index.
    pub series: usize,
    /// How many threads are in it.
    pub threads: usize,
    /// Examples of queries.
    pub examples: Examples,
    /// The saved queries of the site.
    pub queries: Vec<Link>,
}

/// Example queries, made from one series of the site. A field is empty if the series has nothing for it.
#[derive(Debug, Default, Serialize)]
pub struct Examples {
    /// Two words of its title, in the other order.
    pub words: String,
    /// The two words as they follow each other, in quotes.
    pub phrase: String,
    /// Without one of them: `-trim`.
    pub without: String,
    /// The same in titles: `s:trim`.
    pub title: String,
    /// In texts: `b:trim`.
    pub text: String,
    /// The surname of its author: `f:roe`.
    pub author: String,
    /// The surname of a reviewer: `r:poe`.
    pub reviewer: String,
    /// The surname of its author as anybody: `a:roe`.
    pub anybody: String,
    /// A folder that it changes: `dfn:src/lamp`.
    pub path: String,
    /// A function that it changes: `dfhh:trim`.
    pub function: String,
    /// The month in which its newest revision was posted: `d:2026-03`.
    pub month: String,
    /// The number of its newest revision: `v:3`.
    pub version: String,
    /// The first list of the site: `list:lamps`.
    pub list: String,
}
