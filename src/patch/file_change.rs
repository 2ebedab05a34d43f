//! The files that a patch changes.
//!
//! In: a diff in the text of a mail. Out: a [`FileChange`] for each of its files. Never here: lines.

use std::{ops::Range, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{FileDiff, Span, split::Split};
use crate::pool;

/// The changes of a patch to one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileChange {
    /// The path after the patch; for a deleted file the path before.
    #[serde(with = "pool::one")]
    pub path: Arc<str>,
    /// The path before, if it differs.
    #[serde(with = "pool::maybe")]
    pub old_path: Option<Arc<str>>,
    /// The kind of change to the file.
    pub change: Change,
    /// Lines added and deleted; `None` for a binary file.
    pub lines: Option<(u32, u32)>,
    /// The range of its diff in the message's text.
    pub span: Span,
}

/// The kind of change to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Change {
    /// New.
    Added,
    /// Gone.
    Deleted,
    /// Changed in place.
    Modified,
    /// Moved, changed or not.
    Renamed,
    /// Copied from another file.
    Copied,
    /// Only its mode changes.
    Mode,
}

impl FileChange {
    /// Its name, without folders.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit_once('/').map_or(&self.path, |(_, name)| name)
    }

    /// The folder that it is in; empty at the top.
    pub(crate) fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The first folder of its path; empty at the top.
    pub(crate) fn top_folder(&self) -> &str {
        self.path.split_once('/').map_or("", |(folder, _)| folder)
    }
}

impl Change {
    /// The word that export and pages use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Deleted => "deleted",
            Self::Modified => "modified",
            Self::Renamed => "renamed",
            Self::Copied => "copied",
            Self::Mode => "mode",
        }
    }
}

/// The files of a diff.
pub(super) fn of(split: &Split<'_>) -> Vec<FileChange> {
    let start = split.anatomy.diff.start as usize;
    let change = |(range, file): (Range<usize>, &FileDiff<'_>)| FileChange {
        path: file.path().into(),
        old_path: file.old_path().map(Arc::from),
        change: file.change(),
        lines: file.counts(),
        span: range.into(),
    };
    split.diff.spans(start).map(change).collect()
}
