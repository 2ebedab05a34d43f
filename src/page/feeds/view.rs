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
    /// All of them in a file for feed readers.
    pub opml_url: String,
    /// To the people, who have feeds of their own.
    pub people_url: String,
    /// To the folders, likewise.
    pub paths_url: String,
}

/// Feeds of one thing.
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
    /// What it carries, in a sentence.
    pub about: String,
    /// Where it is.
    pub url: String,
    /// Its whole address, to be copied into a feed reader.
    pub address: String,
    /// The same in other forms than Atom.
    pub forms: Vec<Link>,
}
