//! Diffs: parsed into files, hunks and lines, and printed back byte for byte.
//!
//! In: a text with prose before, between and after its diffs. Out: a [`Parsed`]: the place of the diff, and its
//! files as slices of the text. Paths and counts agree with `git apply --numstat`. A diff that git refuses as
//! corrupt is read as far as possible and marked [`FileDiff::damaged`]. Never here: an error, a copy of a line, more
//! than linear time.

mod foreign;
mod header;
mod names;
mod scan;

use std::{fmt, ops::Range};

use super::Change;

/// Both sides of a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sides<T> {
    /// Before.
    pub old: T,
    /// After.
    pub new: T,
}

/// A run of file diffs in a text. All parts borrow from the text; printing them gives it back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diff<'a> {
    /// The files in the order of the text.
    pub files: Vec<FileDiff<'a>>,
}

/// A diff and its place: the text is `text[..start]`, the printed diff, and `text[end..]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<'a> {
    /// Offset of the diff's first byte; the text's length where there is no diff.
    pub start: usize,
    /// Offset after the last byte of its last hunk; the text's length where there is no diff.
    pub end: usize,
    /// The diff.
    pub diff: Diff<'a>,
}

/// The diff of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileDiff<'a> {
    /// The lines before the first hunk, with their line ends: `diff --git`, `index`, `---`, `+++` …
    pub header: &'a str,
    /// Paths, unquoted and without `a/` and `b/`; empty for `/dev/null`.
    pub paths: Sides<String>,
    /// File modes (`100644`) where the header names them.
    pub modes: Sides<Option<&'a str>>,
    /// `similarity index` in per cent.
    pub similarity: Option<u8>,
    /// The header says `new file`, or the old side is `/dev/null`.
    pub is_new: bool,
    /// The header says `deleted file`, or the new side is `/dev/null`.
    pub is_deleted: bool,
    /// `rename from` and `rename to`.
    pub is_rename: bool,
    /// `copy from` and `copy to`.
    pub is_copy: bool,
    /// A binary patch or `Binary files … differ`, with its lines.
    pub binary: Option<&'a str>,
    /// The hunks.
    pub hunks: Vec<Hunk<'a>>,
    /// Text between this file's last hunk and the next file; empty for the last file.
    pub tail: &'a str,
    /// Whether git would refuse it: a hunk contradicts its line counts, or is cut.
    pub damaged: bool,
}

/// One hunk. Its lines are parsed on demand, because most mails only need the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hunk<'a> {
    /// The whole `@@ … @@` line with its line end.
    pub header: &'a str,
    /// First line on each side, counted from 1; the old side of a combined diff is its first parent.
    pub start: Sides<u32>,
    /// How many lines the header announces on each side.
    pub count: Sides<u32>,
    /// The text after the second `@@`: the function, without line end.
    pub section: &'a str,
    /// The number of marker columns in its lines: 1, or the number of parents in a combined diff.
    pub columns: u8,
    /// All its lines, with their line ends.
    pub body: &'a str,
    /// How many lines are added.
    pub added: u32,
    /// How many lines are deleted.
    pub deleted: u32,
}

/// One line of a hunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Which side has it.
    pub kind: LineKind,
    /// The number of marker columns it begins with; 0 for an empty line, a stray one, or one that begins with `\`.
    pub columns: u8,
    /// The line as in the text, with markers and line end.
    pub raw: &'a str,
}

/// Which side of a diff has a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    /// Both.
    Context,
    /// Only the old one.
    Removed,
    /// Only the new one.
    Added,
    /// `\ No newline at end of file`.
    NoNewline,
    /// Neither: the rest of a line that a mailer wrapped, or text in a damaged hunk.
    Stray,
}

impl<'a> Diff<'a> {
    /// Finds the diff in `text`; a text without one gives no files.
    pub fn parse(text: &'a str) -> Parsed<'a> {
        scan::parse(text)
    }

    /// The range of each file in the text, given the diff's own [`Parsed::start`].
    pub fn spans(&self, start: usize) -> impl Iterator<Item = (Range<usize>, &FileDiff<'a>)> {
        self.files.iter().scan(start, |at, file| {
            let begin = *at;
            *at += file.len_bytes();
            Some((begin..*at, file))
        })
    }

    /// Whether git would refuse any part of it.
    pub fn is_damaged(&self) -> bool {
        self.files.iter().any(|file| file.damaged)
    }
}

impl FileDiff<'_> {
    /// The path after the change; for a deleted file the one before.
    pub fn path(&self) -> &str {
        if self.paths.new.is_empty() { &self.paths.old } else { &self.paths.new }
    }

    /// The path before the change, if it differs.
    pub fn old_path(&self) -> Option<&str> {
        let Sides { old, new } = &self.paths;
        (!old.is_empty() && !new.is_empty() && old != new).then_some(old)
    }

    /// The lines in its header that do not belong there: a hunk with an unreadable header, or words of the sender,
    /// also after a name.
    pub fn foreign_lines(&self) -> impl Iterator<Item = &str> {
        foreign::lines(self)
    }

    /// Lines added and deleted; `None` for a binary file.
    pub fn counts(&self) -> Option<(u32, u32)> {
        let sum = |(added, deleted): (u32, u32), hunk: &Hunk<'_>| {
            (added.saturating_add(hunk.added), deleted.saturating_add(hunk.deleted))
        };
        self.binary.is_none().then(|| self.hunks.iter().fold((0, 0), sum))
    }

    /// The kind of change to the file.
    pub fn change(&self) -> Change {
        let only_header = self.hunks.is_empty() && self.binary.is_none();
        let mode = self.modes.old.is_some() && self.modes.old != self.modes.new;
        match self {
            Self { is_copy: true, .. } => Change::Copied,
            _ if self.is_rename || self.old_path().is_some() => Change::Renamed,
            Self { is_new: true, .. } => Change::Added,
            Self { is_deleted: true, .. } => Change::Deleted,
            _ if mode && only_header => Change::Mode,
            _ => Change::Modified,
        }
    }

    /// The number of bytes of the text that it takes, including [`tail`](Self::tail).
    pub fn len_bytes(&self) -> usize {
        let hunks = self.hunks.iter().map(|hunk| hunk.header.len() + hunk.body.len());
        let binary = self.binary.map_or(0, str::len);
        self.header.len() + binary + hunks.sum::<usize>() + self.tail.len()
    }
}

impl<'a> Hunk<'a> {
    /// Its lines in order.
    pub fn lines(&self) -> Lines<'a> {
        Lines { rest: self.body, columns: self.columns }
    }
}

/// The lines of a hunk.
#[derive(Debug, Clone)]
pub struct Lines<'a> {
    rest: &'a str,
    columns: u8,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let (raw, rest) = self.rest.split_at(header::line_end(self.rest, 0));
        self.rest = rest;
        let kind = scan::kind(raw, self.columns);
        let marked = matches!(kind, LineKind::Context | LineKind::Removed | LineKind::Added)
            && !scan::is_blank(raw);
        Some(Line { kind, columns: if marked { self.columns } else { 0 }, raw })
    }
}

impl<'a> Line<'a> {
    /// The line without markers and line end.
    pub fn text(&self) -> &'a str {
        let line = self.raw.strip_suffix('\n').unwrap_or(self.raw);
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.get(usize::from(self.columns)..).unwrap_or_default()
    }
}

impl fmt::Display for Diff<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.files.iter().try_for_each(|file| write!(f, "{file}"))
    }
}

impl fmt::Display for FileDiff<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.header)?;
        f.write_str(self.binary.unwrap_or_default())?;
        for hunk in &self.hunks {
            f.write_str(hunk.header)?;
            hunk.lines().try_for_each(|line| f.write_str(line.raw))?;
        }
        f.write_str(self.tail)
    }
}

#[cfg(test)]
mod tests;
