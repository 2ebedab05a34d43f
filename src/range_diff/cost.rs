//! The cost of pairing two patches.
//!
//! In: normal forms. Out: what each possible pair saves compared with two unpaired patches. Counting excludes most
//! pairs, which share hardly a line; only the others are compared, up to the limit [`MAX_WORK`]. Never here: the
//! choice of pairs.

use std::collections::HashMap;

use super::{lines, text::PatchText};
use crate::text;

/// git's `--creation-factor`: an unpaired patch costs this percentage of its lines.
const CREATION_FACTOR: usize = 60;

/// The most lines to compare for two revisions. All pairs of 40 patches with 200 lines each need 640,000.
const MAX_WORK: usize = 1_000_000;

/// The lines of the patches as numbers, and the work that is left.
pub(super) struct Weigher<'a> {
    numbers: HashMap<&'a str, u32>,
    work: usize,
    /// Whether any pair was only estimated.
    pub(super) is_estimated: bool,
}

/// A diff's lines as numbers.
pub(super) struct Weight {
    lines: Vec<u32>,
    /// The same, sorted.
    sorted: Vec<u32>,
    /// The cost of an unpaired patch.
    alone: usize,
}

impl<'a> Weigher<'a> {
    /// A weigher without lines.
    pub(super) fn new() -> Self {
        Self { numbers: HashMap::new(), work: MAX_WORK, is_estimated: false }
    }

    /// Numbers the lines of a diff.
    pub(super) fn weight(&mut self, patch: &'a PatchText) -> Weight {
        let mut number = |line| {
            let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
            *self.numbers.entry(line).or_insert(next)
        };
        let lines: Vec<u32> = text::lines(patch.diff()).map(&mut number).collect();
        let mut sorted = lines.clone();
        sorted.sort_unstable();
        Weight { lines, sorted, alone: patch.size * CREATION_FACTOR / 100 }
    }

    /// What the pair saves; `None` if it costs more than it saves.
    pub(super) fn saving(&mut self, old: &Weight, new: &Weight) -> Option<usize> {
        let apart = old.alone + new.alone;
        let least = old.least(new);
        if least > apart {
            return None;
        }
        let work = old.lines.len() + new.lines.len();
        let cost = match self.work.checked_sub(work) {
            Some(left) => {
                self.work = left;
                lines::size(&old.lines, &new.lines)
            }
            None => {
                self.is_estimated = true;
                least
            }
        };
        apart.checked_sub(cost)
    }
}

impl Weight {
    /// The size of the smallest possible diff: the lines that only one of them has.
    fn least(&self, other: &Self) -> usize {
        let (a, b) = (&self.sorted, &other.sorted);
        let (mut i, mut j, mut common) = (0, 0, 0);
        while i < a.len() && j < b.len() {
            let is_common = a[i] == b[j];
            common += usize::from(is_common);
            let (low, high) = (a[i] <= b[j], a[i] >= b[j]);
            i += usize::from(low);
            j += usize::from(high);
        }
        a.len() + b.len() - 2 * common
    }
}
