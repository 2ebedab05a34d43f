//! People and paths: who works on what.

use std::borrow::Cow;

use serde::Serialize;

use super::{Chart, Count, Frame, Link, Moment, RankItem, SeriesRow};

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

/// `paths.html`: the tree of folders that patches change.
#[derive(Debug, Serialize)]
pub struct PathsView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// How many folders have a page.
    pub total: usize,
    /// How many of them are left out here: those with fewest series.
    pub more: usize,
    /// The tree as a nested list laid flat.
    pub folders: Vec<FolderRow>,
    /// The files that lie in no folder and that several series change, without links.
    pub files: Vec<RankItem>,
}

/// A folder in the tree.
#[derive(Debug, Serialize)]
pub struct FolderRow {
    /// Its path below the folder above it, with a slash at its end.
    pub label: String,
    /// To its page.
    pub url: String,
    /// How many series change something in it.
    pub series: usize,
    /// How many of them are open.
    pub open: usize,
    /// Folders in it follow, in a list of their own.
    pub deeper: bool,
    /// How many lists end behind it.
    pub closes: usize,
}

/// `path.html`: a folder, and the series that change something in it.
#[derive(Debug, Serialize)]
pub struct FolderView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// Its path, with a slash at its end; cut where it is very long.
    pub path: String,
    /// The numbers of series, each leading to its section.
    pub counts: Vec<Count>,
    /// The series: open, applied, others; each in one section, the newest first.
    pub sections: Vec<WorkSection<'a>>,
    /// The folders in it that have a page, those with most series.
    pub folders: Vec<RankItem>,
    /// The others, to be folded away.
    pub more_folders: Vec<RankItem>,
    /// The files that several series change, by series, without links.
    pub files: Vec<RankItem>,
    /// Who posted most series.
    pub people: Vec<RankItem>,
    /// The feed of what is posted; empty where there is none.
    pub feed_url: String,
    /// To the digests.
    pub digests_url: String,
}

/// Series that are in one state.
#[derive(Debug, Serialize)]
pub struct WorkSection<'a> {
    /// Its `id`.
    pub anchor: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// One sentence on what is in it; may be empty.
    pub about: &'static str,
    /// How many series there are.
    pub total: usize,
    /// How many of them are not listed.
    pub more: usize,
    /// To a page that lists them all; empty where there is none.
    pub all_url: String,
    /// Its feed; empty where it has none.
    pub feed_url: String,
    /// The series.
    pub rows: Vec<SeriesRow<'a>>,
}
