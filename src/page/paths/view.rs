//! The folders that patches change, as templates see them.

use serde::Serialize;

use crate::page::part::{
    row::view::WorkSection,
    view::{Count, Frame, RankItem},
};

/// `paths.html`: the tree of folders that patches change.
#[derive(Debug, Serialize)]
pub struct PathsView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// How many folders have a page.
    pub total: usize,
    /// How many of them the page leaves out: those with fewest series.
    pub more: usize,
    /// The tree, as a flattened nested list.
    pub folders: Vec<FolderRow>,
    /// The files in no folder that several series change, without links.
    pub files: Vec<RankItem>,
}

/// A folder in the tree.
#[derive(Debug, Serialize)]
pub struct FolderRow {
    /// Its path relative to its parent folder, with a slash at the end.
    pub label: String,
    /// Link to its page.
    pub url: String,
    /// How many series change something in it.
    pub series: usize,
    /// How many of them are open.
    pub open: usize,
    /// The folders in it follow, as a nested list.
    pub deeper: bool,
    /// How many nested lists end after it.
    pub closes: usize,
}

/// `path.html`: a folder, and the series that change something in it.
#[derive(Debug, Serialize)]
pub struct FolderView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// Its path, with a slash at the end; cut if it is very long.
    pub path: String,
    /// The numbers of series; each links to its section.
    pub counts: Vec<Count>,
    /// The series: open, applied, others. Each series is in one section, the newest first.
    pub sections: Vec<WorkSection<'a>>,
    /// The folders in it that have a page: those with most series.
    pub folders: Vec<RankItem>,
    /// The other folders, for a part that is folded.
    pub more_folders: Vec<RankItem>,
    /// The files that several series change, by number of series, without links.
    pub files: Vec<RankItem>,
    /// The people who posted most series.
    pub people: Vec<RankItem>,
    /// Link to the feed of the folder; empty if it has none.
    pub feed_url: String,
    /// Link to the digests.
    pub digests_url: String,
}
