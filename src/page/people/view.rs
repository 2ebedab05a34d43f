//! People, as templates see them.

use serde::Serialize;
use std::borrow::Cow;

use crate::page::part::{
    chart::view::Chart,
    row::view::SeriesRow,
    view::{Count, Frame, Link, Moment, RankItem},
};

/// `people.html`: everybody who posted a series or gave a review, or those with one initial.
#[derive(Debug, Serialize)]
pub struct PeopleView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// `People`, or the initial.
    pub heading: String,
    /// How many there are. If `initials` is not empty, `people` lists fewer.
    pub total: usize,
    /// The people, the most active first.
    pub people: Vec<PersonRow>,
    /// A page for each initial, if this page does not list everybody.
    pub initials: Vec<Link>,
    /// Link to the page of everybody; absent on that page.
    pub all: Option<Link>,
}

/// A person in a list of people.
#[derive(Debug, Serialize)]
pub struct PersonRow {
    /// The name, as a link to their page, or to their series if they have only one.
    pub person: Link,
    /// How many series they posted.
    pub series: usize,
    /// How many of these were applied, in whole or in part.
    pub applied: usize,
    /// How many reviews they gave.
    pub verdicts: usize,
    /// The date of their last message.
    pub seen: Option<Moment>,
}

/// `person.html`: the series and reviews of a person.
#[derive(Debug, Serialize)]
pub struct PersonView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The name, or the address if no message has a name.
    pub name: String,
    /// From their first month on the list to their last; may be empty.
    pub span: String,
    /// Their numbers; each links to its section.
    pub counts: Vec<Count>,
    /// Pages of people with the same name and another address, labelled with the number of their series.
    pub namesakes: Vec<Link>,
    /// Link to the feed of their series; empty if they have none.
    pub feed_url: String,
    /// Their postings and reviews over time; absent if there are few.
    pub plot: Option<Chart>,
    /// The series that they posted, newest first.
    pub posted: Vec<SeriesRow<'a>>,
    /// How many more, earlier ones there are.
    pub posted_more: usize,
    /// The series that they reviewed, the newest review first.
    pub reviewed: Vec<ReviewedRow<'a>>,
    /// How many more, earlier ones there are.
    pub reviewed_more: usize,
    /// The people who review them, by number of series.
    pub reviewers: Vec<RankItem>,
    /// The people whom they review, by number of series.
    pub reviews_for: Vec<RankItem>,
    /// The folders in which they work, by number of series.
    pub folders: Vec<RankItem>,
    /// Link to the digests.
    pub digests_url: String,
}

/// A series that somebody reviewed.
#[derive(Debug, Serialize)]
pub struct ReviewedRow<'a> {
    /// The title of the series; cut if it is very long.
    pub title: Cow<'a, str>,
    /// Link to their newest review.
    pub url: String,
    /// The author of the series.
    pub author: &'a str,
    /// Their reviews: `Acked-by, Tested-by`.
    pub verdicts: String,
    /// The date of the newest one: `28 Feb 2026`; empty if unknown.
    pub when: String,
}
