//! Errors, and notes about unusual input.
//!
//! In: what went wrong, and where. Out: an [`Error`] or a [`Note`], with its text and hint. These two never mix: an
//! [`Error`] means that the environment failed (an unreadable file, a broken template), and ends the command; a
//! [`Note`] reports something unusual in a mail, and ends nothing. Every error names its path, and the line and
//! column if there is one. It has a hint if the user can solve the problem. Never here: a decision to stop or to
//! continue.

mod note;
pub(crate) mod parsed;
mod reason;

use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};

pub use note::{Note, NoteKind, Place};
pub use reason::Reason;

/// Hints that do not depend on details, by their errors.
const UNKNOWN_ARCHIVE: &str = "it reads public-inbox mirrors (git/0.git …), one bare epoch, mbox (.gz .xz .zst too), Maildir, trees of .eml and .patch files, and text digests";
const OUTSIDE: &str =
    "only files in that folder are published; copy the file there, or link to a place in it";
const HIDDEN: &str = "files whose names begin with a dot (`.patchpress`, `.git`) are never published; \
    copy the file to a place that is not hidden";
const PRIVATE: &str =
    "archives, trees and settings contain what `[redact]` removes; remove the link";
const NO_MAIL: &str = "check that it is the right archive, and complete; `patchpress sync` fetches a mirror of the \
    site again; if it was emptied on purpose, `patchpress build --allow-shrink` builds without its messages";
const SHRUNK: &str = "if they were removed on purpose, `patchpress build --allow-shrink` builds without them; \
    otherwise repair the archive (`git fsck`, `patchpress sync`)";
const NO_SITE: &str = "`patchpress init` creates a site here, `--root DIR` names one elsewhere";

/// Result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure of the environment, never of a mail. Its text is the problem, without the hint.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read `{path}`: {source}")]
    Read {
        /// The path to read.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A file exists, but its text cannot be read.
    #[error("cannot read `{path}`: {what}", what = reason.what)]
    Unreadable {
        /// The path to read.
        path: PathBuf,
        /// Why not.
        reason: Reason,
    },
    /// A file or folder could not be written.
    #[error("cannot write `{path}`: {source}")]
    Write {
        /// The path to write.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// Writing is not allowed: the files there are not ours, or another build is running.
    #[error("cannot write `{path}`: {what}", what = reason.what)]
    Refused {
        /// The path to write.
        path: PathBuf,
        /// Why not.
        reason: Reason,
    },
    /// A path given as an archive does not exist.
    #[error("there is no archive at `{path}`")]
    NoArchive {
        /// The path as resolved.
        path: PathBuf,
        /// The hint.
        hint: String,
    },
    /// A path exists, but it is no known kind of archive.
    #[error("`{path}` is not an archive that patchpress knows: {what}", what = reason.what)]
    UnknownArchive {
        /// The path as resolved.
        path: PathBuf,
        /// The formats that were tried.
        reason: Reason,
    },
    /// A file to publish is outside the site.
    #[error("`{path}` leads out of the site's folder, to `{to}`")]
    Outside {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        to: PathBuf,
    },
    /// A file to publish is private to the site's owner.
    #[error("`{path}` leads to `{to}`, which is hidden")]
    Hidden {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        to: PathBuf,
    },
    /// A file to publish unchanged has content that the site shows only in part, or not at all.
    #[error("`{path}` leads to `{to}`, which is not published as it is")]
    Private {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        to: PathBuf,
    },
    /// An archive without mails: more likely damage than an inactive list.
    #[error("`{path}` has no messages: {reason}")]
    NoMail {
        /// The path as resolved.
        path: PathBuf,
        /// The format that was found.
        reason: String,
    },
    /// The archives of a list hold far fewer mails than before.
    #[error("the list `{list}` had {before} messages, and now has {now}: {paths}")]
    Shrunk {
        /// The list.
        list: Arc<str>,
        /// How many mails its archives had.
        before: usize,
        /// How many they have now.
        now: usize,
        /// The archives that lost mails.
        paths: String,
    },
    /// A git repository could not be read.
    #[error("cannot read the git repository `{path}`: {what}", what = reason.what)]
    Git {
        /// The repository.
        path: PathBuf,
        /// The reason, from git or from us.
        reason: Reason,
    },
    /// A commit given by name is not in the archive.
    #[error("`{name}` is not a commit of `{path}`")]
    NoCommit {
        /// The name as typed.
        name: String,
        /// The archive.
        path: PathBuf,
        /// The hint.
        hint: String,
    },
    /// `site.toml` has an invalid value.
    #[error("{path}{at}: {what}", what = reason.what, path = path.display(), at = At(*line, *column))]
    Config {
        /// The file.
        path: PathBuf,
        /// Line, counted from 1; 0 if unknown.
        line: usize,
        /// Column, counted from 1; 0 if unknown.
        column: usize,
        /// The problem and its reason.
        reason: Reason,
    },
    /// There is no `site.toml` in the folder or above it.
    #[error("there is no `site.toml` in `{path}` or above it")]
    NoSite {
        /// Where the search began.
        path: PathBuf,
    },
    /// The front matter of a content page is invalid.
    #[error("{path}{at}: {what}", what = reason.what, path = path.display(), at = At(*line, *column))]
    FrontMatter {
        /// The content file.
        path: PathBuf,
        /// Line in the file, counted from 1; 0 if unknown.
        line: usize,
        /// Column, counted from 1; 0 if unknown.
        column: usize,
        /// The problem and its reason.
        reason: Reason,
    },
    /// A catalogue of words is invalid.
    #[error("{path}{at}: {what}", what = reason.what, path = path.display(), at = At(*line, 0))]
    Words {
        /// The catalogue.
        path: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// The problem and its reason.
        reason: Reason,
    },
    /// A template does not parse or does not render.
    #[error("theme `{theme}`: {reason}")]
    Template {
        /// The theme's name.
        theme: String,
        /// The template engine's report, with file, line and column.
        reason: String,
    },
    /// A theme does not exist, or is invalid.
    #[error("theme `{theme}`: {what}", what = reason.what)]
    Theme {
        /// The theme's name.
        theme: String,
        /// The problem and its reason.
        reason: Reason,
    },
    /// An argument (a period, a Message-ID, a file …) means nothing.
    #[error("{}", .0.what)]
    Usage(Reason),
    /// The system provides no threads, or took some away.
    #[error("the worker threads failed: {reason}")]
    Workers {
        /// Why.
        reason: String,
    },
    /// The preview server cannot listen.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Interface and port.
        address: String,
        /// The system's reason.
        source: io::Error,
        /// The hint.
        hint: String,
    },
}

impl Error {
    /// An invalid argument; the only remedy is another one.
    pub fn usage(what: impl Into<String>) -> Self {
        Self::Usage(Reason::new(what))
    }

    /// The error for workers that did not start.
    pub fn workers(why: impl fmt::Display) -> Self {
        Self::Workers { reason: format!("they cannot be started: {why}") }
    }

    /// The hint, if there is one.
    pub fn hint(&self) -> Option<&str> {
        let reason = match self {
            Self::Read { .. } | Self::Write { .. } => return None,
            Self::Template { .. } | Self::Workers { .. } => return None,
            Self::NoArchive { hint, .. } | Self::NoCommit { hint, .. } => return Some(hint),
            Self::Listen { hint, .. } => return Some(hint),
            Self::Outside { .. } => return Some(OUTSIDE),
            Self::Hidden { .. } => return Some(HIDDEN),
            Self::Private { .. } => return Some(PRIVATE),
            Self::NoMail { .. } => return Some(NO_MAIL),
            Self::Shrunk { .. } => return Some(SHRUNK),
            Self::NoSite { .. } => return Some(NO_SITE),
            Self::UnknownArchive { reason, .. } => {
                return reason.hint.as_deref().or(Some(UNKNOWN_ARCHIVE));
            }
            Self::Refused { reason, .. } | Self::Git { reason, .. } => reason,
            Self::Unreadable { reason, .. } => reason,
            Self::Config { reason, .. } | Self::FrontMatter { reason, .. } => reason,
            Self::Theme { reason, .. } | Self::Words { reason, .. } => reason,
            Self::Usage(reason) => reason,
        };
        reason.hint.as_deref()
    }

    /// The problem and, separately, the hint.
    pub fn reason(&self) -> Reason {
        Reason { what: self.to_string(), hint: self.hint().map(str::to_owned) }
    }

    /// A failure to read `path`.
    pub fn read(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        |source| Self::Read { path: path.into(), source }
    }

    /// A failure to walk through `folder`, with the system's reason and ours.
    pub fn walk(folder: &Path) -> impl FnOnce(walkdir::Error) -> Self {
        |why| {
            let path = why.path().unwrap_or(folder).to_owned();
            let is_loop = || io::Error::other("a link leads to a folder that contains it");
            Self::Read { path, source: why.into_io_error().unwrap_or_else(is_loop) }
        }
    }

    /// A failure to write `path`.
    pub fn write(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        |source| Self::Write { path: path.into(), source }
    }
}

/// `:line:column` after a path, as far as known.
struct At(usize, usize);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (0, _) => Ok(()),
            (line, 0) => write!(f, ":{line}"),
            (line, column) => write!(f, ":{line}:{column}"),
        }
    }
}
