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
    /// The feed of what is posted; empty if the folder has none.
    pub feed_url: String,
    /// To the digests.
    pub digests_url: String,
}
