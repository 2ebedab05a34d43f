//! The one integration binary. Tests go in by the front door: the library or the program.

mod archives;
mod corpora;
mod support;
