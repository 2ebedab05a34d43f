//! `site.toml`: as written ([`Config`]), and as meant ([`Settings`]).
//!
//! Every key has a default; an unknown key is an error that names the nearest known one. Below
//! [`Settings`] nothing is optional any more and every path is absolute.

use std::{path::PathBuf, sync::Arc};

use jiff::tz::TimeZone;

use crate::date::Cadence;

/// What a site is made from and how, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder of `site.toml`.
    pub root: PathBuf,
    /// Where the site goes.
    pub output: PathBuf,
    /// Its title.
    pub title: String,
    /// One sentence about it, for feeds and link previews.
    pub description: String,
    /// Where it will be served, with a slash at the end (`https://example.org/lantern/`).
    pub base_url: String,
    /// BCP 47 tag of the pages' language.
    pub language: String,
    /// The theme's name; `default` is embedded.
    pub theme: String,
    /// The time zone in which periods begin and dates are shown.
    pub zone: TimeZone,
    /// The lists, in the order of `site.toml`.
    pub lists: Vec<List>,
    /// The length of a digest's period.
    pub cadence: Cadence,
    /// How many rows a ranking shows.
    pub top: usize,
    /// How many entries a feed has at most.
    pub feed_entries: usize,
    /// Content pages marked as drafts are shown.
    pub drafts: bool,
    /// How many workers; 0 for one a core.
    pub jobs: usize,
}

/// A mailing list of the site.
#[derive(Debug, Clone)]
pub struct List {
    /// Its name, in lower case, as URLs have it.
    pub name: Arc<str>,
    /// Its posting address, or an empty string.
    pub address: String,
    /// Where its messages lie; one or more archives.
    pub archives: Vec<PathBuf>,
    /// The permanent address of a message, `{id}` standing for its Message-ID
    /// (`https://lore.kernel.org/linux-mtd/{id}/`); empty where there is none.
    pub permalink: String,
}
