//! Diffs: parsed into files, hunks and lines, and printed back byte for byte.

/// Both sides of a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sides<T> {
    /// Before.
    pub old: T,
    /// After.
    pub new: T,
}

/// A run of file diffs in a text. All parts borrow from the text; printing them in order gives it back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diff<'a> {
    /// The files in the order of the text.
    pub files: Vec<FileDiff<'a>>,
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
    /// Lines behind the last hunk that still belong to the file.
    pub tail: &'a str,
}

/// One hunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk<'a> {
    /// The whole `@@ … @@` line with its line end.
    pub header: &'a str,
    /// First line on each side, counted from 1.
    pub start: Sides<u32>,
    /// How many lines the header announces on each side.
    pub count: Sides<u32>,
    /// What stands behind the second `@@`: the function, without line end.
    pub section: &'a str,
    /// Its lines.
    pub lines: Vec<Line<'a>>,
}

/// One line of a hunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Which side has it.
    pub kind: LineKind,
    /// The line as in the text, with marker and line end.
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
}

impl<'a> Line<'a> {
    /// The line without marker and line end.
    pub fn text(&self) -> &'a str {
        let line = self.raw.strip_suffix('\n').unwrap_or(self.raw);
        let line = line.strip_suffix('\r').unwrap_or(line);
        if self.kind == LineKind::NoNewline { line } else { line.get(1..).unwrap_or_default() }
    }
}
