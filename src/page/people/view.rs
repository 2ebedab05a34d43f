//! People, as templates see them.

use serde::Serialize;
use std::borrow::Cow;

use crate::page::part::{
    chart::view::Chart,
    row::view::SeriesRow,
    view::{Count, Frame, Link, Moment, RankItem},
};

/// `people.html`: everybody who posted a series or gave a verdict, or those with one initial.
#[derive(Debug, Serialize)]
pub struct PeopleView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// `People`, or the initial.
    pub heading: String,
    /// How many there are; more than are listed where `initials` lead to the others.
    pub total: usize,
    /// They, the most active first.
    pub people: Vec<PersonRow>,
    /// A page for each initial, where this one does not hold everybody.
    pub initials: Vec<Link>,
    /// To the page of everybody; absent on it.
    pub all: Option<Link>,
}

/// A person in a list of people.
#[derive(Debug, Serialize)]
pub struct PersonRow {
    /// The name, leading to their page; where they have one series only, to that one.
    pub person: Link,
    /// How many series they posted.
    pub series: usize,
    /// How many of these were applied, in whole or in part.
    pub applied: usize,
    /// How many verdicts they gave.
    pub verdicts: usize,
    /// When they wrote last.
    pub seen: Option<Moment>,
}

/// `person.html`: somebody's series and reviews.
#[derive(Debug, Serialize)]
pub struct PersonView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The name; the address where no mail has a name.
    pub name: String,
    /// From their first month on the list to their last; may be empty.
    pub span: String,
    /// Their numbers, each leading to its section.
    pub counts: Vec<Count>,
    /// Pages of the same name and another address, labelled with how many series they have.
    pub namesakes: Vec<Link>,
    /// The feed of what they post; empty where they have none.
    pub feed_url: String,
    /// What they posted and reviewed over time; absent where it is little.
    pub plot: Option<Chart>,
    /// The series that they posted, the newest first.
    pub posted: Vec<SeriesRow<'a>>,
    /// How many more there are, earlier.
    pub posted_more: usize,
    /// The series that they reviewed, the newest verdict first.
    pub reviewed: Vec<ReviewedRow<'a>>,
    /// How many more there are, earlier.
    pub reviewed_more: usize,
    /// Who reviews them, by series.
    pub reviewers: Vec<RankItem>,
    /// Whom they review, by series.
    pub reviews_for: Vec<RankItem>,
    /// In which folders they work, by series.
    pub folders: Vec<RankItem>,
    /// To the digests.
    pub digests_url: String,
}

/// A series that somebody reviewed.
#[derive(Debug, Serialize)]
pub struct ReviewedRow<'a> {
    /// The title of the series; cut where it is very long.
    pub title: Cow<'a, str>,
    /// To their newest verdict.
    pub url: String,
    /// Whose series it is.
    pub author: &'a str,
    /// What they said: `Acked-by, Tested-by`.
    pub verdicts: String,
    /// When they said it last: `28 Feb 2026`; empty where unknown.
    pub when: String,
}
