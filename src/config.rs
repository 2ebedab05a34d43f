//! `site.toml`: the file as written (`written`), its check (`source`), and the result ([`Settings`]).
//!
//! In: the folder of a site, and overrides from the command line. Out: [`Settings`], or an error with line and
//! column. Every key has a default; for an unknown key, the error names the most similar known one. In [`Settings`],
//! nothing is optional any more and every path is absolute. Never here: reading an archive.

mod error_at;
pub mod hub;
mod list;
mod query;
mod source;
mod values;
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
    error::{Error, Result},
    hash::Sha1,
    machine::Machines,
    redact::Redaction,
    text_file,
    words::Words,
};
use source::Source;

/// The most entries of a feed: readers refuse long ones.
pub const MOST_ENTRIES: usize = 50;

/// The name of the file that makes a folder a site.
pub const FILE: &str = "site.toml";

/// The address of a site without `base_url`: that of the preview.
pub const LOCAL_URL: &str = "http://localhost:1111/";

/// The settings of a site, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder of `site.toml`.
    pub root: PathBuf,
    /// The folder of the built site.
    pub output: PathBuf,
    /// Its title.
    pub title: String,
    /// One sentence about it, for feeds and link previews.
    pub description: String,
    /// The address of the published site, with a slash at the end (`https://example.org/lantern/`).
    pub base_url: String,
    /// BCP 47 tag of the pages' language.
    pub language: String,
    /// The words of the pages, in that language.
    pub words: Arc<Words>,
    /// The theme's name; `default` is embedded.
    pub theme: String,
    /// The table `[extra]`: values for the site's own templates.
    pub extra: serde_json::Value,
    /// The time zone of periods and dates.
    pub zone: TimeZone,
    /// The lists, in the order of `site.toml`.
    pub lists: Vec<List>,
    /// Saved queries, in the order of `site.toml`.
    pub queries: Vec<Query>,
    /// The length of a digest's period.
    pub cadence: Cadence,
    /// The number of rows in a ranking.
    pub top: usize,
    /// The sender of digests by mail, as `Name <address>`.
    pub digest_from: Option<String>,
    /// The address for unsubscribing, as a `mailto:` or web address.
    pub digest_unsubscribe: Option<String>,
    /// The number of days without a message after which an open series is quiet.
    pub quiet_days: u32,
    /// The file in git's `.mailmap` format that says which names and addresses belong to one person; it may be
    /// missing.
    pub mailmap: PathBuf,
    /// The number of entries in a feed: from 1 to [`MOST_ENTRIES`].
    pub feed_entries: usize,
    /// The WebSub hub that feeds name; the build itself notifies nobody.
    pub feed_hub: Option<String>,
    /// Whether the site has a search page and its index.
    pub search: bool,
    /// Whether the site has data for scripts: JSON beside its pages.
    pub data: bool,
    /// Whether the site has the parts that `patchpress hub` merges with other sites.
    pub hub: bool,
    /// Whether series and digests are also written as Markdown, for language models.
    pub markdown: bool,
    /// Whether each digest has a picture for link previews.
    pub cards: bool,
    /// The engine that colours code.
    pub engine: Engine,
    /// The addresses and names of known machines.
    pub machines: Machines,
    /// How mail addresses are shown.
    pub addresses: Addresses,
    /// Whether search engines are asked to ignore the site.
    pub noindex: bool,
    /// The most bytes of the site; `None` if its host sets no limit.
    pub size_limit: Option<u64>,
    /// What to remove from the site.
    pub redaction: Redaction,
    /// The file beside `site.toml` with further redactions.
    pub redact_file: Option<PathBuf>,
    /// Whether content pages marked as drafts are shown.
    pub drafts: bool,
    /// The number of workers; 0 for one per core.
    pub jobs: usize,
    /// Whether archives may hold far fewer mails than at the last build.
    pub may_shrink: bool,
    /// Whether to check every file of the output, even if nothing is new.
    pub verify: bool,
}

/// How mail addresses are shown on the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Addresses {
    /// As written; the trailers of patches need it.
    #[default]
    Full,
    /// `j…@example.org`: nobody can write to it, but the host is visible.
    Masked,
    /// Not at all.
    Hidden,
}

/// The engine that colours code in diffs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// Our own lexers for the languages of kernel patches, syntect's grammars for all others.
    #[default]
    Own,
    /// Syntect's grammars, and our lexers only for languages without one: a hundred times slower.
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
    /// Whether content pages marked as drafts are shown.
    pub drafts: bool,
    /// The number of workers; 0 for one per core.
    pub jobs: usize,
    /// Whether archives may hold far fewer mails than at the last build.
    pub may_shrink: bool,
    /// Whether to check every file of the output, even if nothing is new.
    pub verify: bool,
    /// Whether the archives must exist.
    pub archives: Archives,
}

/// Whether the archives of a site must exist when its settings are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Archives {
    /// They must, because the caller reads them.
    #[default]
    Present,
    /// They need not, because the caller fetches them.
    Awaited,
}

/// The folder of the nearest `site.toml` in `start` or above it.
///
/// # Errors
/// Fails with [`Error::NoSite`] if no folder above has a `site.toml`, and with [`Error::Read`] if `start` cannot be resolved.
pub fn find_root(start: &Path) -> Result<PathBuf> {
    let start = fs::canonicalize(start).map_err(Error::read(start))?;
    let site = start.ancestors().find(|folder| folder.join(FILE).is_file()).map(Path::to_owned);
    site.ok_or(Error::NoSite { path: start })
}

impl Settings {
    /// Reads the `site.toml` in the folder `root` and checks it.
    ///
    /// # Errors
    /// [`Error::Config`] with line and column, [`Error::NoArchive`] for a missing archive, [`Error::Read`].
    pub fn load(root: &Path, overrides: &Overrides) -> Result<Self> {
        let path = root.join(FILE);
        let text = text_file::read(&path)?;
        Source::parse(&path, &text)?.settings(root, overrides)
    }

    /// The settings for lists without a site: defaults, no address, and the lists' names as title.
    ///
    /// # Errors
    /// None: the defaults are valid.
    pub fn of_lists(lists: Vec<List>) -> Result<Self> {
        // The file must have a list; the one here is replaced.
        let text = "[[lists]]\nname = \"list\"\narchive = \"list\"\n";
        let overrides = Overrides { archives: Archives::Awaited, ..Overrides::default() };
        let settings = Source::parse(Path::new(FILE), text)?.settings(Path::new(""), &overrides)?;
        let title = lists.iter().map(|list| &*list.name).collect::<Vec<_>>().join(", ");
        Ok(Self { title, lists, ..settings })
    }

    /// The name of the output in the state of runs; it stays the same if the site moves.
    pub(crate) fn output_name(&self) -> String {
        let below = self.output.strip_prefix(&self.root).unwrap_or(&self.output);
        Sha1::from(below.as_os_str().as_encoded_bytes()).hexdigest()[..8].to_owned()
    }

    /// The state of earlier runs for this site, with everything that these settings allow.
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

/// Hashes everything that decides the content of a site, with paths relative to its folder, so that a moved site is
/// the same. The output folder, the number of workers, `may_shrink` and `verify` decide nothing.
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
            hub,
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
        (search, data, hub, cards, engine, machines, addresses, noindex, size_limit).hash(state);
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
    let reason = crate::error::Reason::new(format!("no list is called `{name}`"));
    Error::Usage(reason.hint(format!("there is {}", known.join(", "))))
}

/// Whether a URL is an absolute http or https address with a host.
pub fn is_http(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`|".contains(c))
}

/// Whether a name can be part of a URL without escapes, and the name of a folder.
pub fn is_list_name(name: &str) -> bool {
    let plain = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-' | '.');
    let is_end = |c: char| c.is_ascii_alphanumeric();
    name.len() <= 100
        && name.starts_with(is_end)
        && name.ends_with(is_end)
        && name.chars().all(plain)
}
