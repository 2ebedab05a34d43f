//! Stage 6: what a reader sees.
pub mod diff;
pub mod highlight;
pub mod prose;
