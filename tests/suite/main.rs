//! The one integration binary. Tests go in by the front door: the library or the program.

#![expect(clippy::disallowed_methods, reason = "tests make files, wait, and look at the clock")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod activity;
mod archives;
mod b4;
mod cards;
mod check;
mod clock;
mod compare;
mod contrast;
mod corpora;
mod damage;
mod deploy;
mod digests;
mod documents;
mod faults;
mod feeds;
mod forgotten;
mod git_am;
mod hostile;
mod identity;
mod increments;
mod injection;
mod laws;
mod layers;
mod limits;
mod machines;
mod mime;
mod mutate;
mod pages;
mod passages;
mod people;
mod privacy;
mod range_diff;
mod reviews;
mod search;
mod series;
mod series_pages;
mod shrink;
mod site;
mod states;
mod support;
mod sync;
mod terminal;
mod tree;
mod unchanged;
mod use_cli;
mod use_digest;
mod use_errors;
mod use_output;
mod use_serve;
