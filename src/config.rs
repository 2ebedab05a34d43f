//! `site.toml`: as written ([`Config`]), and as meant ([`Settings`]).
//!
//! Every key has a default; an unknown key is an error that names the nearest known one. Below
//! [`Settings`] nothing is optional any more and every path is absolute.

use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::de::{DeTable, DeValue};

use crate::{
    date::Cadence,
    error::{Error, Result},
    keys,
};

/// The file that makes a folder a site.
pub const FILE: &str = "site.toml";

/// Where a site is shown as long as nobody says where it will be: the preview's address.
pub const LOCAL_URL: &str = "http://localhost:1111/";

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
    /// After how many days without a message a series that nobody took is quiet.
    pub quiet_days: u32,
    /// Which names and addresses are one person's, in the form of git's `.mailmap`; need not be there.
    pub mailmap: PathBuf,
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
    /// A git repository in whose history applied patches are looked for.
    pub tree: Option<PathBuf>,
}

/// What a command line or an environment says over `site.toml`.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Instead of `base_url`.
    pub base_url: Option<String>,
    /// Instead of `[build] output`; relative to the working directory.
    pub output: Option<PathBuf>,
    /// Content pages marked as drafts are shown.
    pub drafts: bool,
    /// How many workers; 0 for one a core.
    pub jobs: usize,
}

/// `site.toml` as written.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Config {
    title: String,
    description: String,
    base_url: String,
    theme: String,
    language: String,
    timezone: String,
    mailmap: PathBuf,
    lists: Vec<ListTable>,
    digest: DigestTable,
    feeds: FeedsTable,
    build: BuildTable,
}

/// `[[lists]]` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListTable {
    name: String,
    #[serde(default)]
    address: String,
    #[serde(alias = "mirror")]
    archive: OneOrMore,
    #[serde(default)]
    permalink: String,
    #[serde(default)]
    tree: Option<PathBuf>,
}

/// A path, or an array of paths.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "expected a path or an array of paths")]
enum OneOrMore {
    One(PathBuf),
    More(Vec<PathBuf>),
}

/// `[digest]` as written.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct DigestTable {
    period: Cadence,
    top: usize,
    quiet: u32,
}

/// `[feeds]` as written.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct FeedsTable {
    entries: usize,
}

/// `[build]` as written.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct BuildTable {
    output: PathBuf,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Patches".to_owned(),
            description: String::new(),
            base_url: LOCAL_URL.to_owned(),
            theme: "default".to_owned(),
            language: "en".to_owned(),
            timezone: "UTC".to_owned(),
            mailmap: PathBuf::from(".mailmap"),
            lists: Vec::new(),
            digest: DigestTable::default(),
            feeds: FeedsTable::default(),
            build: BuildTable::default(),
        }
    }
}

impl Default for DigestTable {
    fn default() -> Self {
        Self { period: Cadence::Week, top: 15, quiet: 21 }
    }
}

impl Default for FeedsTable {
    fn default() -> Self {
        Self { entries: 50 }
    }
}

impl Default for BuildTable {
    fn default() -> Self {
        Self { output: PathBuf::from("public") }
    }
}

/// The folder of the nearest `site.toml` in `start` or above it.
///
/// # Errors
/// [`Error::NoSite`] where there is none, [`Error::Read`] where `start` cannot be resolved.
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
        let text = fs::read_to_string(&path).map_err(Error::read(&path))?;
        let parsed = DeTable::parse(&text).map_err(|e| unparsed(&path, &text, &e))?;
        let source = Source { path: &path, text: &text, table: parsed.into_inner() };
        source.check_keys()?;
        let config: Config = toml::from_str(&text).map_err(|e| unparsed(&path, &text, &e))?;
        source.settings(root, config, overrides)
    }
}

/// What the parser has against the file, in our form.
fn unparsed(path: &Path, text: &str, error: &toml::de::Error) -> Error {
    at(path, text, error.span(), error.message().trim_end())
}

/// An error at a place in the file.
fn at(path: &Path, text: &str, span: Option<Range<usize>>, reason: impl Into<String>) -> Error {
    let before = span.and_then(|span| text.get(..span.start));
    let (line, column) = before.map_or((0, 0), |before| {
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    });
    Error::Config { path: path.to_owned(), line, column, reason: reason.into() }
}

/// The file while it is being checked: where each value stands.
struct Source<'a> {
    path: &'a Path,
    text: &'a str,
    table: DeTable<'a>,
}

impl Source<'_> {
    /// Every key of every table is one that [`Config`] has.
    fn check_keys(&self) -> Result<()> {
        self.check_table(&self.table, keys::of::<Config>())?;
        for (name, known) in [
            ("lists", keys::of::<ListTable>()),
            ("digest", keys::of::<DigestTable>()),
            ("feeds", keys::of::<FeedsTable>()),
            ("build", keys::of::<BuildTable>()),
        ] {
            for table in tables(self.table.get(name).map(|value| value.get_ref())) {
                self.check_table(table, known)?;
            }
        }
        Ok(())
    }

    fn check_table(&self, table: &DeTable<'_>, known: &[&str]) -> Result<()> {
        match table.keys().find(|key| !known.contains(&key.get_ref().as_ref())) {
            None => Ok(()),
            Some(key) => {
                let hint = keys::hint(key.get_ref(), known);
                let reason = format!("unknown key `{}`\n{hint}", key.get_ref());
                Err(at(self.path, self.text, Some(key.span()), reason))
            }
        }
    }

    /// An error about the value of `key`, in the table `name` or at the top.
    fn wrong(&self, name: &str, key: &str, reason: impl Into<String>) -> Error {
        let table = match name {
            "" => Some(&self.table),
            _ => tables(self.table.get(name).map(|value| value.get_ref())).next(),
        };
        let span = table.and_then(|table| table.get(key)).map(|value| value.span());
        at(self.path, self.text, span, reason)
    }

    /// An error about the value of `key` in the `n`th `[[lists]]`.
    fn wrong_list(&self, n: usize, key: &str, reason: impl Into<String>) -> Error {
        let table = tables(self.table.get("lists").map(|value| value.get_ref())).nth(n);
        let span = table.and_then(|table| table.get(key)).map(|value| value.span());
        at(self.path, self.text, span, reason)
    }

    fn settings(&self, root: &Path, config: Config, overrides: &Overrides) -> Result<Settings> {
        Ok(Settings {
            root: root.to_owned(),
            output: self.output(root, &config.build.output, overrides.output.as_deref())?,
            base_url: self.base_url(&config.base_url, overrides.base_url.as_deref())?,
            language: self
                .name("language", config.language, |c| c.is_ascii_alphanumeric() || c == '-')?,
            theme: self.name("theme", config.theme, |c| {
                c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
            })?,
            zone: self.zone(&config.timezone)?,
            lists: self.lists(root, config.lists)?,
            cadence: config.digest.period,
            top: self.at_least_one("digest", "top", config.digest.top)?,
            quiet_days: self.at_least_one("digest", "quiet", config.digest.quiet)?,
            mailmap: root.join(config.mailmap),
            feed_entries: self.at_least_one("feeds", "entries", config.feeds.entries)?,
            title: config.title,
            description: config.description,
            drafts: overrides.drafts,
            jobs: overrides.jobs,
        })
    }

    fn base_url(&self, written: &str, instead: Option<&str>) -> Result<String> {
        let url = instead.unwrap_or(written);
        if is_http(url) && !url.contains(['?', '#']) {
            return Ok(format!("{}/", url.trim_end_matches('/')));
        }
        let reason = format!(
            "the base URL `{url}` is no http address\nhint: it is where the site will be read, such as `https://example.org/patches/`"
        );
        match instead {
            Some(_) => Err(Error::Usage(reason)),
            None => Err(self.wrong("", "base_url", reason)),
        }
    }

    fn output(&self, root: &Path, written: &Path, instead: Option<&Path>) -> Result<PathBuf> {
        let output = match instead {
            Some(path) => std::path::absolute(path).map_err(Error::read(path))?,
            None => root.join(written),
        };
        if !root.starts_with(&output) {
            return Ok(output);
        }
        let reason = format!(
            "the site cannot be written to `{}`, which holds its own sources\nhint: name a folder that is only for it, such as `public`",
            output.display()
        );
        match instead {
            Some(_) => Err(Error::Usage(reason)),
            None => Err(self.wrong("build", "output", reason)),
        }
    }

    fn name(&self, key: &str, value: String, allowed: fn(char) -> bool) -> Result<String> {
        if !value.is_empty() && value.chars().all(allowed) {
            return Ok(value);
        }
        Err(self.wrong("", key, format!("`{value}` is no name of a {key}")))
    }

    fn at_least_one<N: PartialEq + Default>(&self, table: &str, key: &str, value: N) -> Result<N> {
        if value == N::default() {
            return Err(self.wrong(table, key, format!("`{key}` must be at least 1")));
        }
        Ok(value)
    }

    fn zone(&self, name: &str) -> Result<TimeZone> {
        TimeZone::get(name).map_err(|_| {
            let reason = format!(
                "there is no time zone `{name}`\nhint: zones have names such as `UTC` or `Europe/Berlin`"
            );
            self.wrong("", "timezone", reason)
        })
    }

    fn lists(&self, root: &Path, tables: Vec<ListTable>) -> Result<Vec<List>> {
        if tables.is_empty() {
            let reason = "the site has no list\nhint: add `[[lists]]` with a `name` and an `archive`, the path of its messages";
            return Err(at(self.path, self.text, None, reason));
        }
        let mut lists: Vec<List> = Vec::with_capacity(tables.len());
        for (n, table) in tables.into_iter().enumerate() {
            if lists.iter().any(|list| *list.name == *table.name) {
                let reason = format!("there are two lists named `{}`", table.name);
                return Err(self.wrong_list(n, "name", reason));
            }
            lists.push(self.list(root, n, table)?);
        }
        Ok(lists)
    }

    fn list(&self, root: &Path, n: usize, table: ListTable) -> Result<List> {
        if !is_list_name(&table.name) {
            let reason = format!(
                "`{}` cannot be the name of a list\nhint: names are in URLs and made of a-z, 0-9, `-` and `.`, such as `linux-mtd`",
                table.name
            );
            return Err(self.wrong_list(n, "name", reason));
        }
        let permanent = is_http(&table.permalink) && table.permalink.contains("{id}");
        if !(permanent || table.permalink.is_empty()) {
            let reason = format!(
                "the permalink `{}` is no http address with `{{id}}` in it\nhint: `{{id}}` stands for the Message-ID, as in `https://lore.kernel.org/linux-mtd/{{id}}/`",
                table.permalink
            );
            return Err(self.wrong_list(n, "permalink", reason));
        }
        let written = match table.archive {
            OneOrMore::One(path) => vec![path],
            OneOrMore::More(paths) => paths,
        };
        if written.is_empty() {
            return Err(self.wrong_list(n, "archive", "a list needs at least one archive"));
        }
        let archives: Vec<_> = written.iter().map(|path| root.join(path)).collect();
        if let Some(path) = archives.iter().find(|path| !path.exists()) {
            let hint = way_to_mirror(path, &table.permalink);
            return Err(Error::NoArchive { path: path.clone(), hint });
        }
        let tree = table.tree.map(|path| root.join(path));
        if let Some(path) = tree.as_deref().filter(|path| !holds_repository(path)) {
            let reason = format!(
                "there is no git repository at `{}`\nhint: `tree` is a clone of what the list's patches are for; commits in it show which were merged",
                path.display()
            );
            return Err(self.wrong_list(n, "tree", reason));
        }
        Ok(List {
            name: table.name.into(),
            address: table.address,
            archives,
            permalink: table.permalink,
            tree,
        })
    }
}

/// A git repository is at `path`: bare, with a work tree, or one of several work trees.
fn holds_repository(path: &Path) -> bool {
    let git = path.join(".git");
    let is_one = |path: &Path| path.join("HEAD").is_file() && path.join("objects").is_dir();
    git.is_file() || is_one(&git) || is_one(path)
}

/// The tables that a value is: itself, or those of an array.
fn tables<'a, 'i>(value: Option<&'a DeValue<'i>>) -> impl Iterator<Item = &'a DeTable<'i>> {
    let (one, many) = match value {
        Some(DeValue::Table(table)) => (Some(table), None),
        Some(DeValue::Array(array)) => (None, Some(array)),
        _ => (None, None),
    };
    one.into_iter().chain(many.into_iter().flat_map(|array| array.iter()).filter_map(|value| {
        match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => None,
        }
    }))
}

/// An absolute http or https address with a host.
pub fn is_http(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`|".contains(c))
}

/// A name that can stand in a URL as it is.
pub fn is_list_name(name: &str) -> bool {
    let plain = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-' | '.');
    name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.chars().all(plain)
}

/// What to do about an archive that is not there.
fn way_to_mirror(path: &Path, permalink: &str) -> String {
    match permalink.strip_suffix("/{id}/").or_else(|| permalink.strip_suffix("/{id}")) {
        Some(list) => {
            format!("mirror it with `git clone --mirror {list}/0 {}/git/0.git`", path.display())
        }
        None => format!("put the list's messages there, or correct `archive` in {FILE}"),
    }
}
