//! Diffs of lines as git makes them: Myers' algorithm, three lines of context.
//!
//! In: two lists of lines. Out: their differences. Never here: patches. Only this file uses imara-diff.

use std::{hash::Hash, ops::Range};

use imara_diff::{Algorithm, Diff, InternedInput};

/// The lines around a change that belong to its hunk.
pub(super) const CONTEXT: usize = 3;

/// Lines of the old list, and the lines that replace them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// The changes, placed for readers: if a change could be higher or lower, indentation decides.
pub(super) fn readable(old: &[&str], new: &[&str]) -> Vec<Change> {
    let input = input(old, new);
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_lines(&input);
    changes(&diff)
}

/// The number of lines in the diff of two lists, including hunk headers. Lines are given as numbers.
pub(super) fn size(old: &[u32], new: &[u32]) -> usize {
    let input = input(old, new);
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_no_heuristic(&input);
    hunks(&changes(&diff)).map(|hunk| hunk_size(hunk, old.len())).sum()
}

/// The changes in groups that share a hunk.
pub(super) fn hunks(changes: &[Change]) -> impl Iterator<Item = &[Change]> {
    changes.chunk_by(|one, next| next.old.start - one.old.end <= 2 * CONTEXT)
}

/// The lines of the old list that a hunk of changes shows, removed ones and context.
pub(super) fn shown(hunk: &[Change], old_len: usize) -> Range<usize> {
    let start = hunk.first().map_or(0, |change| change.old.start);
    let end = hunk.last().map_or(0, |change| change.old.end);
    start.saturating_sub(CONTEXT)..(end + CONTEXT).min(old_len)
}

fn hunk_size(hunk: &[Change], old_len: usize) -> usize {
    let added: usize = hunk.iter().map(|change| change.new.len()).sum();
    1 + shown(hunk, old_len).len() + added
}

fn input<T: Copy + Hash + Eq>(old: &[T], new: &[T]) -> InternedInput<T> {
    let mut input =
        InternedInput { before: vec![], after: vec![], interner: imara_diff::Interner::new(0) };
    input.update_before(old.iter().copied());
    input.update_after(new.iter().copied());
    input
}

fn changes(diff: &Diff) -> Vec<Change> {
    let range = |range: Range<u32>| range.start as usize..range.end as usize;
    diff.hunks().map(|hunk| Change { old: range(hunk.before), new: range(hunk.after) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_of_unified_diffs() {
        let all: Vec<u32> = (0..20).collect();
        let without = |gone: &[u32]| -> Vec<u32> {
            all.iter().copied().filter(|line| !gone.contains(line)).collect()
        };
        for (gone, expected) in [
            (&[][..], 0),
            // The header, the line, three of context on each side.
            (&[10], 8),
            (&[0], 5),
            (&[19], 5),
            // Six lines between two changes are context of one hunk, seven are two hunks.
            (&[5, 12], 1 + 3 + 1 + 6 + 1 + 3),
            (&[5, 13], 16),
        ] {
            assert_eq!(size(&all, &without(gone)), expected, "{gone:?}");
        }
    }
}
