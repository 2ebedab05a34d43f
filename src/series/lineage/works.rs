//! Works: the postings known so far to belong to one series, and the newest of each.
//!
//! In: links as they are found, each from a newer posting to an older one. Out: the series of each posting, and its
//! newest posting, which decides whether another may follow: time runs forward in every series. Never here: the
//! evidence of links.

/// Which postings are one work so far.
pub(super) struct Works {
    /// For each posting, one that is nearer to the top of its work; the top names itself.
    above: Vec<usize>,
    /// For each top, the newest posting of its work.
    newest: Vec<usize>,
}

impl Works {
    /// Every posting is a work of its own.
    pub(super) fn new(len: usize) -> Self {
        Self { above: (0..len).collect(), newest: (0..len).collect() }
    }

    /// The newest posting of the work that `at` is in.
    pub(super) fn newest(&self, at: usize) -> usize {
        self.newest[self.top(at)]
    }

    /// The work that `newer` begins, all of which came later, goes on the work of `older`.
    pub(super) fn join(&mut self, newer: usize, older: usize) {
        let early = self.top(older);
        self.newest[early] = self.newest[newer];
        self.above[newer] = early;
    }

    /// The posting that begins the work that `at` is in.
    pub(super) fn top(&self, at: usize) -> usize {
        let mut at = at;
        while self.above[at] != at {
            at = self.above[at];
        }
        at
    }
}
