//! The one integration binary. Tests go in by the front door: the library or the program.

mod archives;
mod corpora;
mod digests;
mod hostile;
mod pages;
mod site;
mod support;
mod use_cli;
mod use_errors;
mod use_output;
mod use_serve;
