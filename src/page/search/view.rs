//! The search page, as its template sees it.

use serde::Serialize;

use crate::page::part::view::{Frame, Link};

/// `search.html`: a box, and room for what the site's script finds.
#[derive(Debug, Serialize)]
pub struct SearchView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// Where the form leads: this page. The script takes the way to the site's root from it.
    pub action: String,
    /// The site as a search engine takes it behind `site:`: `example.org/lantern`.
    pub site: String,
    /// To the digests.
    pub digests_url: String,
    /// The lists' permanent archives; empty where none is known.
    pub archives: Vec<Link>,
    /// How many series are in the index.
    pub series: usize,
    /// How many threads beside them.
    pub threads: usize,
    /// The saved queries of the site.
    pub queries: Vec<Link>,
}
