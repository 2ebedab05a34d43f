//! Stage 7: the tree on disk.

pub mod output;
mod swap;
