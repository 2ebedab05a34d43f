//! patchpress reads the archives of a mailing list on which patches are posted, and prints the
//! newspaper of that list: a static site.
pub mod archive;
pub mod digest;
pub mod message;
pub mod page;
pub mod patch;
pub mod series;
pub mod site;

mod answer;
pub mod args;
pub mod cli;
pub mod config;
pub mod date;
pub mod error;
pub mod init;
pub mod inspect;
pub mod keys;
pub mod serve;
mod source;
pub mod text;
pub mod theme;
mod watch;
