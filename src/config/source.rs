//! Checks `site.toml`, and finds the line and column of each value.
//!
//! In: the text and its tables. Out: settings, or an error with line and column. Never here: a default.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::tz::TimeZone;
use toml::de::DeTable;

use super::{
    Engine, List, MOST_ENTRIES, Overrides, Settings,
    error_at::{at, unparsed},
    is_http,
    values::{json, tables},
    written::{
        BotsTable, BuildTable, Config, DigestTable, FeedsTable, HighlightTable, LimitsTable,
        ListTable, PrivacyTable, QueryTable, RedactTable, SearchTable, SiteTable, SocialTable,
    },
};
use crate::{
    address::split_mailbox,
    error::{Error, Reason, Result},
    keys,
    redact::Redaction,
    text_file,
    words::Words,
};

/// The file, with the place of each value.
pub(super) struct Source<'a> {
    path: &'a Path,
    text: &'a str,
    table: DeTable<'a>,
}

impl<'a> Source<'a> {
    /// Reads the file's tables, and checks that every key is known.
    pub(super) fn parse(path: &'a Path, text: &'a str) -> Result<Self> {
        let table = DeTable::parse(text).map_err(|e| unparsed(path, text, &e))?;
        let source = Self { path, text, table: table.into_inner() };
        source.check_keys()?;
        Ok(source)
    }

    /// Checks that every key of every table exists in [`Config`].
    fn check_keys(&self) -> Result<()> {
        self.check_table(&self.table, keys::of::<Config>())?;
        for (name, known) in [
            ("lists", keys::of::<ListTable>()),
            ("sites", keys::of::<SiteTable>()),
            ("query", keys::of::<QueryTable>()),
            ("digest", keys::of::<DigestTable>()),
            ("feeds", keys::of::<FeedsTable>()),
            ("search", keys::of::<SearchTable>()),
            ("social", keys::of::<SocialTable>()),
            ("highlight", keys::of::<HighlightTable>()),
            ("privacy", keys::of::<PrivacyTable>()),
            ("limits", keys::of::<LimitsTable>()),
            ("bots", keys::of::<BotsTable>()),
            ("redact", keys::of::<RedactTable>()),
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
                let top = keys::of::<Config>();
                let is_of_top = known != top && top.contains(&key.get_ref().as_ref());
                let hint = match is_of_top {
                    true => "it belongs above the first line with a table, such as `[[lists]]`"
                        .to_owned(),
                    false => keys::hint(key.get_ref(), known),
                };
                let reason = Reason::new(format!("unknown key `{}`", key.get_ref())).hint(hint);
                Err(at(self.path, self.text, Some(key.span()), reason))
            }
        }
    }

    /// An error about the file as a whole.
    pub(super) fn wrong_file(&self, reason: impl Into<Reason>) -> Error {
        at(self.path, self.text, None, reason)
    }

    /// An error about the value of `key`, in the table `name` or at the top.
    fn wrong(&self, name: &str, key: &str, reason: impl Into<Reason>) -> Error {
        let table = match name {
            "" => Some(&self.table),
            _ => tables(self.table.get(name).map(|value| value.get_ref())).next(),
        };
        let span = table.and_then(|table| table.get(key)).map(|value| value.span());
        at(self.path, self.text, span, reason)
    }

    /// An error about `key` in the `n`th `[[lists]]`.
    pub(super) fn wrong_list(&self, n: usize, key: &str, reason: impl Into<Reason>) -> Error {
        self.wrong_of("lists", n, key, reason)
    }

    /// An error about `key` in the `n`th table of an array of tables.
    pub(super) fn wrong_of(
        &self,
        name: &str,
        n: usize,
        key: &str,
        reason: impl Into<Reason>,
    ) -> Error {
        let table = tables(self.table.get(name).map(|value| value.get_ref())).nth(n);
        // The error of a missing key points to the table's name.
        let value = table.and_then(|table| table.get(key).or_else(|| table.get("name")));
        let span = value.map(|value| value.span());
        at(self.path, self.text, span, reason)
    }

    /// The tables of the file.
    pub(super) fn config(&self, overrides: &Overrides) -> Result<Config> {
        let mut config: Config =
            toml::from_str(self.text).map_err(|e| unparsed(self.path, self.text, &e))?;
        overrides.theme.iter().for_each(|theme| config.theme.clone_from(theme));
        Ok(config)
    }

    /// The settings of the file, for the site at `root`.
    pub(super) fn settings(&self, root: &Path, overrides: &Overrides) -> Result<Settings> {
        let mut config = self.config(overrides)?;
        let own: Vec<String> =
            config.lists.iter().map(|list| list.address.to_lowercase()).collect();
        if !config.sites.is_empty() {
            let reason = Reason::new("`[[sites]]` belongs in `hub.toml`, the settings of a hub")
                .hint("a site has `[[lists]]`; `patchpress hub` merges sites");
            return Err(self.wrong_file(reason));
        }
        let tables = std::mem::take(&mut config.lists);
        let lists = self.lists(root, tables, overrides.archives)?;
        self.checked(root, overrides, config, lists, &own)
    }

    /// The settings for these lists; `own` are their addresses.
    pub(super) fn checked(
        &self,
        root: &Path,
        overrides: &Overrides,
        config: Config,
        lists: Vec<List>,
        own: &[String],
    ) -> Result<Settings> {
        Ok(Settings {
            root: root.to_owned(),
            output: self.output(root, &config.build.output, overrides.output.as_deref())?,
            base_url: self.base_url(&config.base_url, overrides.base_url.as_deref())?,
            words: self.words(root, &config.theme, &config.language)?,
            language: self
                .name("language", config.language, |c| c.is_ascii_alphanumeric() || c == '-')?,
            theme: self.name("theme", config.theme, |c| {
                c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
            })?,
            extra: json(&toml::Value::Table(config.extra)),
            zone: self.zone(&config.timezone)?,
            queries: self.queries(config.query, &lists)?,
            lists,
            cadence: config.digest.period,
            top: self.at_least_one("digest", "top", config.digest.top)?,
            quiet_days: self.at_least_one("digest", "quiet", config.digest.quiet)?,
            digest_from: self.sender(config.digest.from)?,
            digest_unsubscribe: self.unsubscribe(config.digest.unsubscribe)?,
            mailmap: root.join(config.mailmap),
            feed_entries: self.feed_entries(config.feeds.entries)?,
            feed_hub: self.hub(config.feeds.hub)?,
            search: config.search.enabled,
            data: config.build.data,
            hub: config.build.hub,
            markdown: config.build.markdown,
            cards: config.social.cards,
            machines: config.bots.machines(),
            addresses: config.privacy.addresses,
            noindex: config.privacy.noindex,
            size_limit: self.size(&config.limits.size)?,
            redact_file: config.redact.file.as_ref().map(|path| root.join(path)),
            redaction: self.redaction(root, config.redact, own)?,
            title: config.title,
            description: config.description,
            engine: self.engine(config.highlight.engine)?,
            drafts: overrides.drafts,
            jobs: overrides.jobs,
            may_shrink: overrides.may_shrink,
            verify: overrides.verify,
        })
    }

    fn words(&self, root: &Path, theme: &str, language: &str) -> Result<Arc<Words>> {
        // The check of `language` below reports a name with other characters.
        if !language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Ok(Arc::new(Words::shipped("")));
        }
        let theme = root.join("themes").join(theme);
        Words::load(root, &theme, language)?
            .map(Arc::new)
            .map_err(|reason| self.wrong("", "language", reason))
    }

    fn engine(&self, written: Engine) -> Result<Engine> {
        if written == Engine::Syntect && cfg!(not(feature = "highlight")) {
            let reason = Reason::new("this program was built without syntect")
                .hint("the feature `highlight` of the crate `patchpress` adds it");
            return Err(self.wrong("highlight", "engine", reason));
        }
        Ok(written)
    }

    fn base_url(&self, written: &str, instead: Option<&str>) -> Result<String> {
        let url = instead.unwrap_or(written);
        if is_http(url) && !url.contains(['?', '#']) {
            return Ok(format!("{}/", url.trim_end_matches('/')));
        }
        let reason = Reason::new(format!("the base URL `{url}` is not an http address")).hint(
            "it is the address of the published site, such as `https://example.org/patches/`",
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
        let sources = ["content", "static", "themes"].map(|folder| root.join(folder));
        let among = sources.iter().find(|folder| output.starts_with(folder));
        if among.is_none() && !root.starts_with(&output) {
            return Ok(output);
        }
        let why = match among {
            Some(_) => "which is one of its sources",
            None => "which contains its sources",
        };
        let reason =
            Reason::new(format!("the site cannot be written to `{}`, {why}", output.display()))
                .hint("name a folder that is only for the site, such as `public`");
        match instead {
            Some(_) => Err(Error::Usage(reason)),
            None => Err(self.wrong("build", "output", reason)),
        }
    }

    fn name(&self, key: &str, value: String, allowed: fn(char) -> bool) -> Result<String> {
        if !value.is_empty() && value.chars().all(allowed) {
            return Ok(value);
        }
        Err(self.wrong("", key, format!("`{value}` is not the name of a {key}")))
    }

    fn at_least_one<N: PartialEq + Default>(&self, table: &str, key: &str, value: N) -> Result<N> {
        if value == N::default() {
            return Err(self.wrong(table, key, format!("`{key}` must be at least 1")));
        }
        Ok(value)
    }

    fn feed_entries(&self, entries: usize) -> Result<usize> {
        if entries > MOST_ENTRIES {
            let reason =
                format!("a feed has at most {MOST_ENTRIES} `entries`: readers refuse more");
            return Err(self.wrong("feeds", "entries", reason));
        }
        self.at_least_one("feeds", "entries", entries)
    }

    fn hub(&self, hub: Option<String>) -> Result<Option<String>> {
        match hub {
            Some(url) if !is_http(&url) => {
                let reason = Reason::new(format!("the hub `{url}` is not an http address"))
                    .hint("such as `https://pubsubhubbub.appspot.com/`");
                Err(self.wrong("feeds", "hub", reason))
            }
            hub => Ok(hub),
        }
    }

    fn sender(&self, from: Option<String>) -> Result<Option<String>> {
        match from {
            Some(text) if split_mailbox(&text).is_none() => {
                let reason = Reason::new(format!("`{text}` is not an address"))
                    .hint("such as `Name <digest@example.org>`");
                Err(self.wrong("digest", "from", reason))
            }
            from => Ok(from),
        }
    }

    fn unsubscribe(&self, url: Option<String>) -> Result<Option<String>> {
        let is_one = |url: &str| {
            let address = url.strip_prefix("mailto:").and_then(|to| to.split('?').next());
            let is_plain = |b: u8| (b'!'..=b'~').contains(&b) && !b"<>".contains(&b);
            url.bytes().all(is_plain) && (is_http(url) || address.and_then(split_mailbox).is_some())
        };
        match url {
            Some(url) if !is_one(&url) => {
                let reason = Reason::new(format!("`{url}` is not an address")).hint(
                    "such as `mailto:digest-leave@example.org` or `https://example.org/leave`",
                );
                Err(self.wrong("digest", "unsubscribe", reason))
            }
            url => Ok(url),
        }
    }

    /// The redactions in the file and in a second one that need not be published; never a list's own address.
    fn redaction(&self, root: &Path, mut table: RedactTable, own: &[String]) -> Result<Redaction> {
        let mut other = None;
        if let Some(path) = table.file.take().map(|path| root.join(path)) {
            let text = text_file::read(&path)?;
            let more: RedactTable =
                toml::from_str(&text).map_err(|e| unparsed(&path, &text, &e))?;
            if more.file.is_some() {
                return Err(at(&path, &text, None, "`file` names this file itself"));
            }
            table.messages.extend(more.messages);
            table.people.extend(more.people);
            table.patterns.extend(more.patterns);
            other = Some((path, text));
        }
        let is_list = |person: &String| {
            split_mailbox(person).is_some_and(|(_, address)| own.contains(&address.to_lowercase()))
        };
        if let Some(person) = table.people.iter().find(|person| is_list(person)) {
            let reason = Reason::new(format!(
                "`{person}` cannot be redacted: the address is that of a list of this site"
            ))
            .hint("name the person without this address");
            return Err(self.wrong("redact", "people", reason));
        }
        let made = Redaction::new(&table.messages, &table.people, &table.patterns);
        made.map_err(|(what, why)| {
            let keys = ["messages", "people", "patterns"];
            let lists = [&table.messages, &table.people, &table.patterns];
            let key = lists.iter().position(|list| list.contains(&what)).unwrap_or(0);
            let why = why.said(|why| format!("`{what}` cannot be redacted: {why}"));
            match other {
                Some((path, text)) if !self.text.contains(&*what) => at(&path, &text, None, why),
                _ => self.wrong("redact", keys[key], why),
            }
        })
    }

    /// `1 GB`, `950 MB`, `none`.
    fn size(&self, written: &str) -> Result<Option<u64>> {
        let text = written.trim();
        if text == "none" {
            return Ok(None);
        }
        let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let factor = match unit.trim() {
            "B" | "" => 1.0,
            "kB" => 1e3,
            "MB" => 1e6,
            "GB" => 1e9,
            "KiB" => 1024.0,
            "MiB" => 1024.0 * 1024.0,
            "GiB" => 1024.0 * 1024.0 * 1024.0,
            _ => f64::NAN,
        };
        let bytes = number.parse().map_or(f64::NAN, |number: f64| number * factor);
        if (1.0..1e18).contains(&bytes) {
            return Ok(Some(bytes as u64));
        }
        let reason = Reason::new(format!("`{written}` is not a size"))
            .hint("such as `1 GB`, the limit of GitHub Pages, `950 MB` or `none`");
        Err(self.wrong("limits", "size", reason))
    }

    fn zone(&self, name: &str) -> Result<TimeZone> {
        TimeZone::get(name).map_err(|_| {
            let reason = Reason::new(format!("there is no time zone `{name}`"))
                .hint("zones have names such as `UTC` or `Europe/Berlin`");
            self.wrong("", "timezone", reason)
        })
    }
}
