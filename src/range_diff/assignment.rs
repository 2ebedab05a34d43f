//! The assignment problem: pair rows with columns so that the pairs have the greatest total value.
//!
//! In: the value of each pair. Out: the best pairs. The method is that of shortest augmenting paths (Kuhn 1955,
//! Munkres 1957); its work grows with the cube of the size. Never here: the meaning of rows and columns.

/// The pairs with the greatest total value; pairs without value are left out.
pub(super) fn best(worth: &[Vec<i64>], columns: usize) -> Vec<(usize, usize)> {
    // The method needs a column for each row; the additional ones have no value.
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

/// The rows placed so far, with a price for each row and column: no pair costs less than its two prices together,
/// and each placed pair costs exactly that.
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

    /// Places another row, moving placed ones along the cheapest path to a free column.
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

    /// Makes the next column reachable: visited pairs keep their cost, the others become cheaper.
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

    /// The best total by trying everything.
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
