//! The difference of two patches: a diff of diffs.
//!
//! In: two mails. Out: a [`Difference`]: hunks of lines with two marks each. The outer mark tells which patch has
//! the line; the inner mark, which is the first letter of the line, tells what that patch does:
//!
//! ```text
//!     @@ lamp.c: int lamp(void)
//!       -  dark();            both patches remove it
//!     - +  shine(1);          the old patch added this
//!     + +  shine(2);          the new one adds that
//! ```
//!
//! Some lines come from the commit message rather than code. Never here: trees, so the result cannot be applied.

use super::{lines, text::PatchText};
use crate::{message::TextReader, patch::Mail};

/// The most lines of a patch to compare: nobody reads more.
const MAX_LINES: usize = 20_000;

/// git cuts the text after `@@` at this many bytes (`ff_regexp` in `xdiff-interface.c`).
const LONGEST_PLACE: usize = 80;

/// The difference between two patches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The hunks, in order; none if the patches are equal.
    pub excerpts: Vec<Excerpt>,
    /// How much of the patches was compared.
    pub extent: Extent,
}

/// How much of two patches was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// All.
    Whole,
    /// The first 20,000 lines of each.
    Beginning,
}

/// A hunk: lines that differ, with three lines around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The place, as git prints it after `@@`: `Commit message`, `lamp.c`, `lamp.c: int lamp(void)`. Empty if
    /// unknown.
    pub place: Box<str>,
    /// The lines.
    pub lines: Vec<InnerLine>,
}

/// A line of a patch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InnerLine {
    /// Which of the patches has it.
    pub outer: Outer,
    /// Its role within its patch.
    pub inner: Inner,
    /// The line as `git range-diff` prints it after the outer mark: with its inner mark (` `, `-`, `+`), four blanks
    /// in the commit message, ` ## … ##` for headings; no line end.
    pub text: Box<str>,
}

/// Which of two patches has a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outer {
    /// Both.
    Both,
    /// Only the old one.
    Old,
    /// Only the new one.
    New,
}

/// The role of a line within its patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Inner {
    /// ` ## Metadata ##`, ` ## Commit message ##`, ` ## lamp.c ##`.
    Heading,
    /// Author and commit message, and the empty lines between the parts.
    Words,
    /// `@@ lamp.c: int lamp(void)`
    Hunk,
    /// Code that the patch leaves alone.
    Context,
    /// Code that the patch removes.
    Removed,
    /// Code that the patch adds.
    Added,
}

impl Outer {
    /// The outer mark.
    pub fn sign(self) -> char {
        match self {
            Self::Both => ' ',
            Self::Old => '-',
            Self::New => '+',
        }
    }
}

/// The difference of two patches.
pub fn difference(texts: &TextReader, old: &Mail, new: &Mail) -> Difference {
    let (old, new) = (PatchText::of(texts, old), PatchText::of(texts, new));
    let (old_lines, new_lines) = (Lines::of(&old), Lines::of(&new));
    let changes = lines::readable(&old_lines.texts, &new_lines.texts);
    let mut places = Places::default();
    let hunks = lines::hunks(&changes);
    let excerpts = hunks.map(|hunk| excerpt(hunk, &old_lines, &new_lines, &mut places)).collect();
    let is_cut = old_lines.is_cut || new_lines.is_cut;
    Difference { excerpts, extent: if is_cut { Extent::Beginning } else { Extent::Whole } }
}

/// The lines of a patch, up to the limit.
struct Lines<'a> {
    texts: Vec<&'a str>,
    /// The number of lines with author and message.
    words: usize,
    is_cut: bool,
}

impl<'a> Lines<'a> {
    fn of(patch: &'a PatchText) -> Self {
        let texts: Vec<&str> = patch.lines().take(MAX_LINES).collect();
        let is_cut = patch.lines().nth(MAX_LINES).is_some();
        Self { words: patch.words(), texts, is_cut }
    }

    fn line(&self, at: usize, outer: Outer) -> InnerLine {
        let text = self.texts[at];
        let inner = match text.as_bytes() {
            _ if is_heading(text) => Inner::Heading,
            [] => Inner::Words,
            _ if at < self.words => Inner::Words,
            [b'@', ..] => Inner::Hunk,
            [b'-', ..] => Inner::Removed,
            [b'+', ..] => Inner::Added,
            _ => Inner::Context,
        };
        InnerLine { outer, inner, text: text.into() }
    }
}

fn is_heading(line: &str) -> bool {
    line.starts_with(" ## ") && line.ends_with(" ##")
}

/// The last place named above a line; lines are requested in order.
#[derive(Default)]
struct Places<'a> {
    read: usize,
    last: &'a str,
}

impl<'a> Places<'a> {
    fn above(&mut self, line: usize, lines: &Lines<'a>) -> &'a str {
        for text in &lines.texts[self.read..line.max(self.read)] {
            let heading = text.strip_prefix(" ## ").and_then(|rest| rest.strip_suffix(" ##"));
            self.last = heading.or_else(|| hunk_place(text)).unwrap_or(self.last);
        }
        self.read = line.max(self.read);
        self.last[..self.last.floor_char_boundary(LONGEST_PLACE)].trim_end()
    }
}

/// The text after `@@ `, also if a patch changes a file that is itself a diff (`+@@ `).
fn hunk_place(line: &str) -> Option<&str> {
    let mut letters = line.chars();
    line.strip_prefix("@@ ").or_else(|| {
        letters.next();
        letters.as_str().strip_prefix("@@ ")
    })
}

fn excerpt<'a>(
    hunk: &[lines::Change],
    old: &Lines<'a>,
    new: &Lines<'a>,
    places: &mut Places<'a>,
) -> Excerpt {
    let shown = lines::shown(hunk, old.texts.len());
    let mut at = shown.start;
    let mut told = Vec::new();
    for change in hunk {
        told.extend((at..change.old.start).map(|at| old.line(at, Outer::Both)));
        told.extend(change.old.clone().map(|at| old.line(at, Outer::Old)));
        told.extend(change.new.clone().map(|at| new.line(at, Outer::New)));
        at = change.old.end;
    }
    told.extend((at..shown.end).map(|at| old.line(at, Outer::Both)));
    Excerpt { place: places.above(shown.start, old).into(), lines: told }
}
