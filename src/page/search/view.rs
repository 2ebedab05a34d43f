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
    /// The saved queries of the site.
    pub queries: Vec<Link>,
}
