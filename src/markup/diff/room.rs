//! How much of a page the diff of a patch may use.
//!
//! In: the files of a patch. Out: how many bytes of each file's lines are shown ([`shares`]), and how many pieces of
//! all lines may have a colour ([`Colours`]). Browsers slow down on pages with more than 12,000 elements; each line
//! is one, and each coloured piece another. Of 100,000 pages of twelve lists some 60 had more, up to 67,000: new
//! drivers, and generated headers. Never here: an element.

use std::cell::Cell;

use crate::patch::FileDiff;

/// The most lines of diff on a page.
pub const MAX_LINES: usize = 4_000;
/// A file, with its row in the diffstat and its heading, counts for this many lines.
const FILE_LINES: usize = 6;
/// The most bytes of a file's lines.
pub const MAX_BYTES: usize = 256 << 10;
/// The most elements of all diffs on a page.
const MAX_ELEMENTS: usize = 10_000;

/// Whether a patch with this many lines and files is shown whole, except files with more than [`MAX_BYTES`].
pub fn has_room(lines: usize, files: usize) -> bool {
    lines + files * FILE_LINES <= MAX_LINES
}

/// How many bytes of each file's lines are shown. If there is no room for all, the first files are shown.
pub fn shares(files: &[FileDiff<'_>]) -> Vec<usize> {
    let count = |bytes: &str| memchr::memchr_iter(b'\n', bytes.as_bytes()).count() + 1;
    let lines = files.iter().flat_map(|file| &file.hunks).map(|hunk| count(hunk.body)).sum();
    if has_room(lines, files.len()) {
        return vec![MAX_BYTES; files.len()];
    }
    let mut left = MAX_LINES;
    let share = |file: &FileDiff<'_>| {
        left = left.saturating_sub(FILE_LINES);
        let lines = file.hunks.iter().flat_map(|hunk| hunk.lines()).take(left);
        let (count, bytes) =
            lines.fold((0, 0), |(count, bytes), line| (count + 1, bytes + line.raw.len()));
        left -= count;
        bytes.min(MAX_BYTES)
    };
    files.iter().map(share).collect()
}

/// How many pieces of lines may still have a colour or a mark on a page.
#[derive(Debug)]
pub struct Colours(Cell<usize>);

impl Colours {
    /// The budget of a page with this many lines of diffs: with their hunks and runs, ten lines are sixteen
    /// elements.
    pub fn beside(lines: usize) -> Self {
        Self(Cell::new(MAX_ELEMENTS - lines.min(MAX_LINES) * 16 / 10))
    }

    /// Uses up so many; false if there are fewer, and from then on.
    pub(super) fn take(&self, pieces: usize) -> bool {
        let left = self.0.get().checked_sub(pieces);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }
}
