//! Who became whom: exact matches, then the assignment that costs least.
//!
//! In: the normal forms of two revisions. Out: for each new patch its old one. To let each patch stand
//! alone costs something; a pair saves part of that. What is looked for is the set of pairs that saves
//! most: the assignment problem, solved along shortest augmenting paths (Kuhn 1955, Munkres 1957).

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

/// For each new patch the index of the old one that it was.
pub(super) fn partners(old: &[PatchText], new: &[PatchText]) -> (Vec<Option<usize>>, Care) {
    let mut partners = vec![None; new.len()];
    let everything: Vec<usize> = (0..old.len()).collect();
    let mut left = pair_by(&everything, &mut partners, |at| old[at].diff(), |at| new[at].diff());
    let open: Vec<usize> = (0..new.len()).filter(|at| partners[*at].is_none()).collect();
    let is_much = |texts: &[PatchText], at: &[usize]| {
        at.len() > MAX_PATCHES || at.iter().map(|at| texts[*at].size).sum::<usize>() > MAX_LINES
    };
    if is_much(old, &left) || is_much(new, &open) {
        left = pair_by(&left, &mut partners, |at| &*old[at].title, |at| &*new[at].title);
        drop(left);
        return (partners, Care::Titles);
    }
    let mut weigher = Weigher::new();
    let old_weights: Vec<Weight> = left.iter().map(|at| weigher.weight(&old[*at])).collect();
    let new_weights: Vec<Weight> = open.iter().map(|at| weigher.weight(&new[*at])).collect();
    let rows: Vec<Vec<i64>> = new_weights
        .iter()
        .map(|new| old_weights.iter().map(|old| worth(weigher.saving(old, new))).collect())
        .collect();
    for (row, column) in best(&rows, left.len()) {
        partners[open[row]] = Some(left[column]);
    }
    let care = if weigher.is_estimated { Care::Estimated } else { Care::Full };
    (partners, care)
}

/// Pairs patches with equal keys and returns the old ones that are left. Of several equal old ones the
/// last goes first, as in git's hash table.
fn pair_by<'a>(
    old: &[usize],
    partners: &mut [Option<usize>],
    old_key: impl Fn(usize) -> &'a str,
    new_key: impl Fn(usize) -> &'a str,
) -> Vec<usize> {
    let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in old {
        by_key.entry(old_key(*at)).or_default().push(*at);
    }
    let mut is_taken = std::collections::HashSet::new();
    for (at, partner) in partners.iter_mut().enumerate().filter(|(_, partner)| partner.is_none()) {
        *partner = by_key.get_mut(new_key(at)).and_then(Vec::pop);
        is_taken.extend(*partner);
    }
    old.iter().copied().filter(|at| !is_taken.contains(at)).collect()
}

/// A pair that saves nothing is still better than none.
fn worth(saving: Option<usize>) -> i64 {
    saving.map_or(0, |saving| i64::try_from(saving).unwrap_or(i64::MAX / 4) * 2 + 1)
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
