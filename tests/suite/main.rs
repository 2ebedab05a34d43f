//! The one integration binary. Tests go in by the front door: the library or the program.

mod corpora;
mod support;
