//! The page of feeds, as its template sees it.

use serde::Serialize;

use crate::page::part::view::{Frame, Link};

/// `feeds.html`: every feed, for people.
#[derive(Debug, Serialize)]
pub struct FeedsView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The feeds of the site, then those of each list.
    pub groups: Vec<FeedGroup>,
    /// Link to the OPML file with the feeds, for feed readers.
    pub opml_url: String,
    /// Link to the people, who have feeds of their own.
    pub people_url: String,
    /// Link to the folders, which have feeds of their own.
    pub paths_url: String,
}

/// The feeds of one subject.
#[derive(Debug, Clone, Serialize)]
pub struct FeedGroup {
    /// `The whole site`, `The list linux-mtd`.
    pub heading: String,
    /// The feeds.
    pub feeds: Vec<FeedRow>,
}

/// A feed in a list of feeds.
#[derive(Debug, Clone, Serialize)]
pub struct FeedRow {
    /// Its name.
    pub title: String,
    /// A sentence about its content.
    pub about: String,
    /// Its address.
    pub url: String,
    /// Its absolute URL, for a feed reader.
    pub address: String,
    /// The same feed in formats other than Atom.
    pub forms: Vec<Link>,
}
