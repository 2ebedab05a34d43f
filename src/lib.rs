//! patchpress reads the archives of mailing lists on which patches are posted. As a program, it builds the newspaper
//! of a list: a static site with a digest for each period, a page for each patch series, and feeds. As a library, it
//! gives the content of an archive: mails, patches, series with all their revisions, reviews and states.
//!
//! # The library
//!
//! ```
//! use std::path::Path;
//!
//! use patchpress::{
//!     list::List,
//!     series::{self, Rules},
//! };
//!
//! # fn main() -> patchpress::error::Result<()> {
//! # std::env::set_current_dir(env!("CARGO_MANIFEST_DIR")).expect("the package's folder");
//! // An mbox, a Maildir or a folder of mails; with the feature `git` a public-inbox mirror, too.
//! let archive = Path::new("content/archives/lantern-devel.mbox");
//! let list = List::of_archive("lantern-devel".into(), archive.to_owned());
//! let corpus = series::read(&[list], &Rules::default())?;
//!
//! for series in &corpus.series {
//!     let newest = series.newest();
//!     let state = series.state.kind.word();
//!     println!("{} {}, {} patches, {state}", series.title, newest.label(), newest.slots.len());
//! }
//! # assert!(corpus.series.len() >= 9);
//! # assert!(corpus.series.iter().any(|series| series.newest().label() == "v2"));
//! # Ok(())
//! # }
//! ```
//!
//! One mail by itself, as `git mailinfo` and `git apply` read it:
//!
//! ```
//! use patchpress::{
//!     archive::{RawMessage, Source},
//!     patch::{self, Role},
//! };
//!
//! let bytes = b"From: Ada <ada@example.org>\n\
//!     Subject: [PATCH v2] lamp: on\n\
//!     \n\
//!     The lamp is on.\n\
//!     ---\n\
//!     diff --git a/lamp.c b/lamp.c\n\
//!     --- a/lamp.c\n\
//!     +++ b/lamp.c\n\
//!     @@ -1 +1 @@\n\
//!     -off\n\
//!     +on\n";
//! let raw = RawMessage { bytes, source: Source::Mail, object: None, delivered: None };
//! let mail = patch::read(&raw);
//! assert_eq!((mail.role, &*mail.title), (Role::Patch, "lamp: on"));
//! assert_eq!(mail.message.subject.version.map(|version| version.to_string()).as_deref(), Some("v2"));
//! assert_eq!(&*mail.files[0].path, "lamp.c");
//! ```
//!
//! | start with | to |
//! |---|---|
//! | [`series::read`] | group the mails in the archives of one or more lists into series |
//! | [`archive::open`] | read an archive of any kind, mail by mail |
//! | [`message::read`], [`patch::read`] | read one mail |
//! | [`range_diff::compare`] | see which patch of one revision became which of the next, as `git range-diff` does |
//!
//! Bad mail is data: no function from message to series fails because of the content of a mail. An oddity is an
//! [`error::Note`]; an [`error::Error`] is a file or repository that cannot be read.
//!
//! # Features
//!
//! All are on by default. To use only the library, set `default-features = false`.
//!
//! | feature | what it adds |
//! |---|---|
//! | `git` | public-inbox mirrors as archives; trees, whose commits show which patches were merged |
//! | `site` | digests, pages, feeds, search, exports; includes `git` |
//! | `program` | the command line, its preview and its checks; includes `site` |
//! | `highlight` | colours for code in languages that patchpress has no lexer for; includes `site` |
//!
//! The modules of the features `site` and `program` belong to the program: they change without notice.
#![cfg_attr(feature = "site", doc = "\n# Architecture\n")]
#![cfg_attr(feature = "site", doc = include_str!("architecture.md"))]
#![cfg_attr(feature = "site", doc = "")]
#![cfg_attr(feature = "site", doc = include_str!("decisions.md"))]

// The stages in the order of the data: blank lines keep rustfmt from sorting them.
pub mod archive;

pub mod message;

pub mod patch;

pub mod range_diff;

pub mod series;

#[cfg(feature = "site")]
pub mod digest;

#[cfg(feature = "site")]
pub mod markup;

#[cfg(feature = "site")]
pub mod plan;

#[cfg(feature = "site")]
pub mod page;

#[cfg(feature = "site")]
pub mod feed;

#[cfg(feature = "site")]
pub mod search;

#[cfg(feature = "site")]
pub mod export;

#[cfg(feature = "site")]
pub mod bulletin;

#[cfg(feature = "site")]
pub mod site;

// Services: they use no stage.
mod address;
mod base64;
pub mod cache;
pub mod date;
pub mod error;
pub mod hash;
pub mod list;
pub mod machine;
mod pool;
pub mod redact;
#[cfg_attr(not(feature = "site"), expect(dead_code, reason = "a site knows its last build by it"))]
mod stamp;
#[cfg_attr(not(feature = "site"), expect(dead_code, reason = "pages need most of it"))]
mod text;
mod text_file;
mod yaml;

// Services of the site.
#[cfg(feature = "site")]
pub mod config;
#[cfg(feature = "site")]
mod json;
mod keys;
#[cfg(feature = "site")]
pub mod theme;
#[cfg(feature = "site")]
mod url;
#[cfg(feature = "site")]
pub mod words;
#[cfg(feature = "site")]
pub(crate) use words::say;

// Drivers: they use everything.
#[cfg(feature = "program")]
mod answer;
#[cfg(feature = "program")]
pub mod args;
#[cfg(feature = "program")]
pub mod check;
#[cfg(feature = "program")]
pub mod cli;
#[cfg(feature = "program")]
mod curl;
#[cfg(feature = "program")]
pub mod hub;
#[cfg(feature = "program")]
mod init;
#[cfg(feature = "program")]
pub mod inspect;
#[cfg(feature = "program")]
mod ping;
#[cfg(feature = "program")]
mod serve;
#[cfg(feature = "program")]
mod source;
#[cfg(feature = "program")]
mod suggest;
#[cfg(feature = "program")]
pub mod sync;
#[cfg(feature = "program")]
mod watch;
