//! Stage 6: what a reader sees.
pub mod highlight;
