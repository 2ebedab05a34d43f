//! patchpress reads the archives of a mailing list on which patches are posted, and prints the
//! newspaper of that list: a static site with a digest for each period, a page for each series of
//! patches, and feeds. This page is the architecture.
//!
//! # The way of the data
//!
//! ```text
//!     archive → message → patch → series → digest → plan → page → site
//!      bytes     a mail    a diff   a work   a week   a URL   HTML   a tree of files
//! ```
//!
//! A folder under `src/` is a stage; `ls -d src/*/` prints the pipeline in those words. A stage may name
//! earlier stages, never later ones. Loose files are services, which know no stage, or drivers, which
//! know everything and which nothing knows. `tests/suite/layers.rs` holds the source to this.
//!
//! | stage | in | out |
//! |---|---|---|
//! | [`archive`] | a path | the raw bytes of every message, each with its place |
//! | [`message`] | bytes | a [`message::Message`]: who, when, about what, in answer to what, its text |
//! | [`patch`] | a message | a [`patch::Mail`]: what it is on its list, and what it proposes |
//! | [`range_diff`] | two lists of patches | which patch became which, and how it changed |
//! | [`series`] | all mails | a [`series::Corpus`]: threads, postings, series through their revisions, reviews, states |
//! | [`digest`] | the corpus | a [`digest::Digest`] a period: counts, rankings, what happened to each series |
//! | [`markup`] | a diff, a text, what was said at its lines | the same as HTML |
//! | [`plan`] | corpus and digests | every page of the site with its address, and what each may show |
//! | [`page`] | the plan | the bytes of each page: a folder for each kind, with its view and its builder |
//! | [`feed`] | the planned pages | the documents of all feeds |
//! | [`search`] | the planned pages | the search index |
//! | [`export`] | corpus and digests | lines of JSON for scripts |
//! | [`bulletin`] | a digest | the same as Markdown, HTML or a mail |
//! | [`site`] | settings | the tree on disk, and a report |
//!
//! [`series::read`] runs the stages from the archive to the series ([`series::cover`] looks who is to be taken out,
//! [`series::gather`] reads, [`series::Pile::group`] puts together), [`site::build`] runs all; pages ask
//! [`range_diff`]. Drivers stand around them: [`sync`] brings archives here, [`serve`] shows a site that is made page by
//! page as it is asked for ([`site::live`]), [`check`] looks a built one over.
//!
//! # Words
//!
//! *message*: one mail. *patch*: a message that carries a diff, as `git mailinfo` and `git apply` would take
//! it. *cover letter*: the 0/N message. *revision*: one posting of a series, `v3`. *series*: one piece of
//! work through all its revisions; a single patch is a series of one. *thread*: messages joined by
//! References and In-Reply-To. *trailer*: `Key: value` at the end of a commit message; a *review* is a
//! trailer given in a reply. *period*: a half-open span of time, or a commit range of an archive. *digest*:
//! what happened in a period. *contribution*: a patch or a cover letter; its author is the in-body `From:`
//! where there is one. *list, archive*: the mailing list; where its messages lie.
//!
//! # What holds
//!
//! 1. **Bad mail is data; only the world can fail.** No function from message to series returns an error for
//!    what a mail contains: it does its best and leaves an [`error::Note`]. Configuration, templates,
//!    archives that cannot be read and the output can fail ([`error::Error`]), always with the path.
//! 2. **Nothing is lost.** Every message of an archive is on a page, or counted by reason in the report.
//! 3. **Same input, same bytes.** No clock, no hash order, no locale, no number of workers in the output.
//! 4. **Old or new, never half.** A build that fails or is killed leaves the last good site.
//! 5. **One place** spells URLs ([`plan::Route`]), one writes files (`site::output`), one prints ([`cli`]), one
//!    names each library that could be replaced: tera ([`theme`]), syntect (`markup::highlight`), ab_glyph
//!    (`page::digest::card`), mailparse (`message`), gix ([`archive`]), imara-diff ([`range_diff`],
//!    `archive::history`), serde_yaml ([`yaml`]).
//! 6. **What a template sees is a type of its own** ([`page::view`]), documented: the theme author's contract.
//!
//! # What one build leaves for the next
//!
//! In `.patchpress/` beside `site.toml`, by [`cache`]; without it a build takes longer and is the same.
//! `site::last` knows whether anything is new at all, `series::memory` what the mails of an epoch say (their
//! texts stay in git until a page is made from them), `site::pages` from what each page was made, as
//! `page::inputs` tells it, and `search::memory` the entries of the index. Whoever lets a page show
//! something new adds it to `page::inputs`; `tests/suite/increments.rs` holds increments to builds from nothing.
//! `site::held` knows how many mails each archive had: a build stops where many of them are gone.
//!
//! While a build runs, strings that mails share are in memory once (`pool`), and texts up to a limit; the others lie in
//! a file without a name (`message::Room`). So [`message::Message::text`] may have to read: ask once, not per line.
//!
//! # Where to begin
//!
//! Read [`error`], the types in [`message`], [`patch`] and [`series`], then [`series::read`] and
//! [`site::build`]: each is a list of calls. `patchpress inspect MESSAGE-ID` prints what each stage makes of a
//! mail.

// The stages, in the data's order: the blank lines keep rustfmt from sorting them.
pub mod archive;

pub mod message;

pub mod patch;

pub mod range_diff;

pub mod series;

pub mod digest;

pub mod markup;

pub mod plan;

pub mod page;

pub mod feed;

pub mod search;

pub mod export;

pub mod bulletin;

pub mod site;

// Services: they know no stage.
mod base64;
pub mod cache;
pub mod config;
pub mod date;
pub mod error;
pub mod hash;
pub mod json;
pub mod keys;
pub mod machine;
pub mod pool;
pub mod redact;
pub mod stamp;
pub mod text;
pub mod theme;
mod url;
pub mod yaml;

// Drivers: they know everything.
mod answer;
pub mod args;
pub mod check;
pub mod cli;
pub mod init;
pub mod inspect;
pub mod serve;
mod source;
pub mod suggest;
pub mod sync;
pub mod watch;
