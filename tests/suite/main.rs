//! The one integration test binary.
mod archives;
