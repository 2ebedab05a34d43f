//! The one integration binary. Tests go in by the front door: the library or the program.

mod archives;
mod corpora;
mod digests;
mod git_am;
mod hostile;
mod laws;
mod layers;
mod pages;
mod site;
mod support;
mod use_cli;
mod use_errors;
mod use_output;
mod use_serve;
