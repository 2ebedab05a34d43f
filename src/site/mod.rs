//! Stage 7: the tree on disk.
//!
//! In: the pages' plan, the digests. Out: files, feeds, and lines for scripts.

pub mod export;
pub mod output;
mod swap;
