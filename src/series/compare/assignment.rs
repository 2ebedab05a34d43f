//! Who became whom: exact matches, then the assignment that costs least, then equal titles.
//!
//! In: the normal forms of two revisions. Out: for each new patch its old one. To let each patch stand
//! alone costs something; a pair saves part of that. What is looked for is the set of pairs that saves
//! most: the assignment problem, solved along shortest augmenting paths (Kuhn 1955, Munkres 1957).
//!
//! git stops there. A reader does not: of 277 patches of linux-mtd that were dropped from a revision 68
//! came back in the next under the same title, rewritten or so short that any change is most of them.

use std::collections::HashMap;

use super::{
    Care,
    cost::{Weigher, Weight},
    text::PatchText,
};

/// More patches on a side that are no exact match are not weighed: the work grows with the cube. The
/// longest series that people post (stable review) have some 500 patches.
const MAX_PATCHES: usize = 500;

/// More lines on a side are not weighed: they are counted once for each patch of the other side.
const MAX_LINES: usize = 200_000;

/// What is known of the patches of two revisions.
pub(super) struct Partners {
    /// For each new patch the index of the old one that it was.
    pub(super) of_new: Vec<Option<usize>>,
    /// For each new patch whether git would not have found that one.
    pub(super) by_title: Vec<bool>,
    /// How carefully that was found.
    pub(super) care: Care,
}

/// Finds the partners.
pub(super) fn partners(old: &[PatchText], new: &[PatchText]) -> Partners {
    let mut of_new = vec![None; new.len()];
    pair_by(&mut of_new, old, new, PatchText::diff);
    let care = weigh(&mut of_new, old, new);
    let was_open: Vec<bool> = of_new.iter().map(Option::is_none).collect();
    pair_by(&mut of_new, old, new, |text| &text.title);
    if let ([_], [_], [partner]) = (old, new, &mut *of_new) {
        // One patch each: whoever compares them takes the one for the other.
        *partner = Some(0);
    }
    // Where nothing was weighed, nobody knows whether git would have made it a pair.
    let is_sure =
        |(was_open, at): (bool, &Option<usize>)| was_open && at.is_some() && care != Care::Titles;
    let by_title = was_open.into_iter().zip(&of_new).map(is_sure).collect();
    Partners { by_title, of_new, care }
}

/// The old and the new patches without a partner.
fn open(of_new: &[Option<usize>], old_len: usize) -> (Vec<usize>, Vec<usize>) {
    let mut is_open = vec![true; old_len];
    of_new.iter().flatten().for_each(|old| is_open[*old] = false);
    let new = of_new.iter().enumerate().filter(|(_, old)| old.is_none()).map(|(new, _)| new);
    ((0..old_len).filter(|old| is_open[*old]).collect(), new.collect())
}

/// Pairs patches with equal keys; of several equal ones the first with the first.
fn pair_by<'a>(
    of_new: &mut [Option<usize>],
    old: &'a [PatchText],
    new: &'a [PatchText],
    key: impl Fn(&'a PatchText) -> &'a str,
) {
    let (open_old, open_new) = open(of_new, old.len());
    let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in open_old.into_iter().rev() {
        by_key.entry(key(&old[at])).or_default().push(at);
    }
    for at in open_new {
        of_new[at] = by_key.get_mut(key(&new[at])).and_then(Vec::pop);
    }
}

/// Pairs what is open by what the pairs cost.
fn weigh(of_new: &mut [Option<usize>], old: &[PatchText], new: &[PatchText]) -> Care {
    let (open_old, open_new) = open(of_new, old.len());
    let is_much = |texts: &[PatchText], at: &[usize]| {
        at.len() > MAX_PATCHES || at.iter().map(|at| texts[*at].size).sum::<usize>() > MAX_LINES
    };
    if is_much(old, &open_old) || is_much(new, &open_new) {
        return Care::Titles;
    }
    let mut weigher = Weigher::new();
    let old_weights: Vec<Weight> = open_old.iter().map(|at| weigher.weight(&old[*at])).collect();
    let new_weights: Vec<Weight> = open_new.iter().map(|at| weigher.weight(&new[*at])).collect();
    let rows: Vec<Vec<i64>> = new_weights
        .iter()
        .map(|new| old_weights.iter().map(|old| worth(weigher.saving(old, new))).collect())
        .collect();
    for (row, column) in best(&rows, open_old.len()) {
        of_new[open_new[row]] = Some(open_old[column]);
    }
    if weigher.is_estimated { Care::Estimated } else { Care::Full }
}

/// A pair that saves nothing is none: git, too, rather lets both patches stand alone.
fn worth(saving: Option<usize>) -> i64 {
    saving.map_or(0, |saving| i64::try_from(saving).unwrap_or(i64::MAX / 4))
}

/// The pairs of rows and columns that are worth most together; pairs worth nothing are left out.
fn best(worth: &[Vec<i64>], columns: usize) -> Vec<(usize, usize)> {
    // The method wants a column for each row; those behind the last real one are worth nothing.
    let width = columns.max(worth.len());
    let cost = |row: usize, column: usize| -worth[row].get(column).copied().unwrap_or(0);
    let mut solver = Solver::new(worth.len(), width);
    for row in 0..worth.len() {
        solver.place(row, cost);
    }
    let pairs = solver.row_of.iter().enumerate();
    let pairs = pairs.filter_map(|(column, row)| row.map(|row| (row, column)));
    pairs.filter(|(row, column)| cost(*row, *column) < 0).collect()
}

/// Rows placed so far, with a price for each row and column such that no pair costs less than its two
/// prices together, and each placed pair costs just that.
struct Solver {
    row_price: Vec<i64>,
    column_price: Vec<i64>,
    row_of: Vec<Option<usize>>,
}

impl Solver {
    fn new(rows: usize, columns: usize) -> Self {
        Self {
            row_price: vec![0; rows],
            column_price: vec![0; columns],
            row_of: vec![None; columns],
        }
    }

    /// Places one more row, moving placed ones along the cheapest path to a free column.
    fn place(&mut self, row: usize, cost: impl Fn(usize, usize) -> i64) {
        let columns = self.row_of.len();
        let mut slack = vec![i64::MAX; columns];
        let mut came_from = vec![None; columns];
        let mut visited = vec![false; columns];
        let mut at = None;
        loop {
            let from = at.map_or(Some(row), |column: usize| self.row_of[column]);
            let Some(from) = from else { break };
            let mut nearest: Option<usize> = None;
            for column in (0..columns).filter(|column| !visited[*column]) {
                let extra = cost(from, column) - self.row_price[from] - self.column_price[column];
                if extra < slack[column] {
                    (slack[column], came_from[column]) = (extra, at);
                }
                if nearest.is_none_or(|nearest| slack[column] < slack[nearest]) {
                    nearest = Some(column);
                }
            }
            // There are at least as many columns as rows, so one is free.
            let Some(nearest) = nearest else { return };
            self.shift(row, slack[nearest], &visited, &mut slack);
            visited[nearest] = true;
            at = Some(nearest);
        }
        while let Some(column) = at {
            let before = came_from[column];
            self.row_of[column] = before.map_or(Some(row), |before| self.row_of[before]);
            at = before;
        }
    }

    /// Makes the next column reachable: visited pairs keep their cost, all others come nearer.
    fn shift(&mut self, row: usize, by: i64, visited: &[bool], slack: &mut [i64]) {
        self.row_price[row] += by;
        for (column, slack) in slack.iter_mut().enumerate() {
            if !visited[column] {
                *slack -= by;
            } else if let Some(row) = self.row_of[column] {
                self.row_price[row] += by;
                self.column_price[column] -= by;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best by trying all.
    fn most(worth: &[Vec<i64>], taken: u32) -> i64 {
        let Some((first, rest)) = worth.split_first() else { return 0 };
        let free = (0..first.len()).filter(|column| taken & 1 << column == 0);
        let with = free.map(|column| first[column] + most(rest, taken | 1 << column)).max();
        with.unwrap_or(0).max(most(rest, taken))
    }

    #[test]
    fn the_best_of_all_is_found() {
        let mut state = 7_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            i64::from(state >> 16 & 7).saturating_sub(2).max(0)
        };
        for (rows, columns) in [(0, 0), (0, 3), (3, 0), (1, 1), (2, 5), (5, 2), (5, 5), (6, 6)] {
            for _ in 0..20 {
                let worth: Vec<Vec<i64>> =
                    (0..rows).map(|_| (0..columns).map(|_| random()).collect()).collect();
                let pairs = best(&worth, columns);
                let sum: i64 = pairs.iter().map(|(row, column)| worth[*row][*column]).sum();
                assert_eq!(sum, most(&worth, 0), "{worth:?}");
                let mut used: Vec<_> = pairs.iter().map(|(_, column)| column).collect();
                used.sort_unstable();
                used.dedup();
                assert_eq!(used.len(), pairs.len(), "{pairs:?}");
            }
        }
    }
}
