//! The starts of lines in a file.

use roxmltree::Node;

/// The starts of lines, for offsets in any order.
#[derive(Debug)]
pub(super) struct LineIndex(Vec<usize>);

impl LineIndex {
    pub(super) fn new(text: &str) -> Self {
        Self(memchr::memchr_iter(b'\n', text.as_bytes()).collect())
    }

    /// The line, from 1, of the byte at `at`.
    pub(super) fn line(&self, at: usize) -> usize {
        self.0.partition_point(|end| *end < at) + 1
    }

    pub(super) fn of(&self, node: &Node<'_, '_>) -> usize {
        self.line(node.range().start)
    }
}
