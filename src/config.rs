//! `site.toml`: as written (`written`), checked (`source`), and as meant ([`Settings`]).
//!
//! Every key has a default; an unknown key is an error that names the nearest known one. Below
//! [`Settings`] nothing is optional any more and every path is absolute.

mod error_at;
mod list;
mod query;
mod source;
mod written;

use std::{
    fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::tz::TimeZone;
use serde::Deserialize;

pub use self::query::{Query, STATES};
pub use crate::list::{List, TreeMirror};
use crate::{
    cache::Cache,
    date::Cadence,
    error::{self, Error, Result},
    hash::Sha1,
    machine::Machines,
    redact::Redaction,
    text_file,
    words::Words,
};
use source::Source;

/// How many entries a feed can have: readers refuse long ones.
pub const MOST_ENTRIES: usize = 50;

/// The file that makes a folder a site.
pub const FILE: &str = "site.toml";

/// The address of a site without a `base_url`: that of the preview.
pub const LOCAL_URL: &str = "http://localhost:1111/";

/// The settings of a site, checked.
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
    /// The words of the pages, in that language.
    pub words: Arc<Words>,
    /// The theme's name; `default` is embedded.
    pub theme: String,
    /// The table `[extra]`: values for the site's own templates.
    pub extra: serde_json::Value,
    /// The time zone in which periods begin and dates are shown.
    pub zone: TimeZone,
    /// The lists, in the order of `site.toml`.
    pub lists: Vec<List>,
    /// Saved questions, in the order of `site.toml`.
    pub queries: Vec<Query>,
    /// The length of a digest's period.
    pub cadence: Cadence,
    /// How many rows a ranking shows.
    pub top: usize,
    /// The sender of digests by mail, as `Name <address>`.
    pub digest_from: Option<String>,
    /// The address for unsubscribing, as a `mailto:` or web address.
    pub digest_unsubscribe: Option<String>,
    /// After how many days without a message an open series is quiet.
    pub quiet_days: u32,
    /// Which names and addresses are one person's, in the form of git's `.mailmap`; need not be there.
    pub mailmap: PathBuf,
    /// How many entries a feed has at most: from 1 to [`MOST_ENTRIES`].
    pub feed_entries: usize,
    /// The WebSub hub for news; the site itself notifies nobody.
    pub feed_hub: Option<String>,
    /// The site has a search page and its index.
    pub search: bool,
    /// The site has data for scripts: JSON beside its pages.
    pub data: bool,
    /// Series and digests are also Markdown, for language models.
    pub markdown: bool,
    /// Each digest has a picture for link previews.
    pub cards: bool,
    /// The engine that colours code.
    pub engine: Engine,
    /// The known machines.
    pub machines: Machines,
    /// How mail addresses are shown.
    pub addresses: Addresses,
    /// Search engines are asked to leave the site out.
    pub noindex: bool,
    /// How many bytes the site may have; `None` if its host sets no limit.
    pub size_limit: Option<u64>,
    /// What is removed from everything.
    pub redaction: Redaction,
    /// The file beside `site.toml` that says some of it.
    pub redact_file: Option<PathBuf>,
    /// Content pages marked as drafts are shown.
    pub drafts: bool,
    /// How many workers; 0 for one a core.
    pub jobs: usize,
    /// Archives may hold much less than they did when the site was built last.
    pub may_shrink: bool,
    /// Every file of the output is looked at, also if nothing is new.
    pub verify: bool,
}

/// How mail addresses are shown on the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Addresses {
    /// As written, which the trailers of patches need.
    #[default]
    Full,
    /// `j…@example.org`: useless for writing, but the host is visible.
    Masked,
    /// Not at all.
    Hidden,
}

/// The engine that colours code in diffs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// Lexers of our own for the languages of kernel patches, syntect's grammars for all others.
    #[default]
    Own,
    /// Syntect's grammars, and our lexers only if it has none: slower by a hundred times.
    Syntect,
}

/// Overrides of `site.toml` from the command line or the environment.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Instead of `base_url`.
    pub base_url: Option<String>,
    /// Instead of `[build] output`; relative to the working directory.
    pub output: Option<PathBuf>,
    /// Instead of `theme`.
    pub theme: Option<String>,
    /// Content pages marked as drafts are shown.
    pub drafts: bool,
    /// How many workers; 0 for one a core.
    pub jobs: usize,
    /// Archives may hold much less than they did when the site was built last.
    pub may_shrink: bool,
    /// Every file of the output is looked at, also if nothing is new.
    pub verify: bool,
    /// Whether archives are there already.
    pub archives: Archives,
}

/// Whether the archives of a site have to be there when its settings are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Archives {
    /// They are to be read.
    #[default]
    Present,
    /// They are to be fetched.
    Awaited,
}

/// The folder of the nearest `site.toml` in `start` or above it.
///
/// # Errors
/// Fails with [`Error::NoSite`] if there is none, [`Error::Read`] where `start` cannot be resolved.
pub fn find_root(start: &Path) -> Result<PathBuf> {
    let start = fs::canonicalize(start).map_err(Error::read(start))?;
    let site = start.ancestors().find(|folder| folder.join(FILE).is_file()).map(Path::to_owned);
    site.ok_or(Error::NoSite { path: start })
}

impl Settings {
    /// Reads the `site.toml` of the folder `root` and checks all that it says.
    ///
    /// # Errors
    /// [`Error::Config`] with line and column, [`Error::NoArchive`] for an archive that is not
    /// there, [`Error::Read`].
    pub fn load(root: &Path, overrides: &Overrides) -> Result<Self> {
        let path = root.join(FILE);
        let text = text_file::read(&path)?;
        Source::parse(&path, &text)?.settings(root, overrides)
    }

    /// The settings for lists without a site: every default, no address, and their names as title.
    ///
    /// # Errors
    /// None: the defaults are sound.
    pub fn of_lists(lists: Vec<List>) -> Result<Self> {
        // A site has a list; the one here gives way to those that are meant.
        let text = "[[lists]]\nname = \"list\"\narchive = \"list\"\n";
        let overrides = Overrides { archives: Archives::Awaited, ..Overrides::default() };
        let settings = Source::parse(Path::new(FILE), text)?.settings(Path::new(""), &overrides)?;
        let title = lists.iter().map(|list| &*list.name).collect::<Vec<_>>().join(", ");
        Ok(Self { title, lists, ..settings })
    }

    /// A name for where the site goes, by which runs remember what is there; the same for a site that was moved.
    pub(crate) fn output_name(&self) -> String {
        let below = self.output.strip_prefix(&self.root).unwrap_or(&self.output);
        Sha1::from(below.as_os_str().as_encoded_bytes()).hexdigest()[..8].to_owned()
    }

    /// The state that earlier runs kept for this site, as far as these settings allow it.
    pub fn cache(&self) -> Cache {
        let mut terms = Sha1::new();
        (self.redaction.entries(), self.addresses).hash(&mut terms);
        let cache = Cache::open(&self.root, &terms.hexdigest());
        match self.redaction.surveyed() {
            Some(further) => cache.under(&further),
            None => cache,
        }
    }
}

/// All that decides a site, with paths as they are below its folder: one that was moved is the same. Where it goes, by how
/// many workers, whether it may shrink, and how closely it is looked at decide nothing.
impl Hash for Settings {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { root, output: _, jobs: _, may_shrink: _, verify: _, .. } = self;
        let Self { title, description, .. } = self;
        let Self { base_url, language, theme, zone, lists, cadence, top, digest_from, .. } = self;
        let Self {
            extra,
            quiet_days,
            mailmap,
            feed_entries,
            feed_hub,
            search,
            data,
            cards,
            engine,
            ..
        } = self;
        let Self {
            machines, addresses, noindex, size_limit, redaction, redact_file, drafts, ..
        } = self;
        self.queries.hash(state);
        let below = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_owned();
        (title, description, base_url, language, theme, zone.iana_name(), cadence).hash(state);
        (&self.words, extra).hash(state);
        (top, digest_from, quiet_days, below(mailmap), feed_entries, feed_hub).hash(state);
        (search, data, cards, engine, machines, addresses, noindex, size_limit).hash(state);
        (redaction, redact_file.as_deref().map(below), drafts).hash(state);
        for list in lists {
            let List { name, address, archives, mirror, permalink, tree, tree_mirror } = list;
            (name, address, mirror, permalink, tree_mirror).hash(state);
            archives.iter().chain(tree).for_each(|path| below(path).hash(state));
            (archives.len(), tree.is_some()).hash(state);
        }
    }
}

/// A name that no list has.
#[cfg(feature = "program")]
pub(crate) fn no_list(name: &str, lists: &[List]) -> Error {
    let known: Vec<_> = lists.iter().map(|list| &*list.name).collect();
    let reason = error::Reason::new(format!("no list is called `{name}`"));
    Error::Usage(reason.hint(format!("there is {}", known.join(", "))))
}

/// An absolute http or https address with a host.
pub fn is_http(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`|".contains(c))
}

/// A name that can be in a URL as it is, and that of a folder.
pub fn is_list_name(name: &str) -> bool {
    let plain = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-' | '.');
    let is_end = |c: char| c.is_ascii_alphanumeric();
    name.len() <= 100
        && name.starts_with(is_end)
        && name.ends_with(is_end)
        && name.chars().all(plain)
}
