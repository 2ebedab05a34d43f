//! The form of `site.toml`: its tables and their defaults.
//!
//! In: the text, through serde. Out: a [`Config`] with every key of the file, and defaults for the others. Never
//! here: a check; that is the work of `source`.

use std::path::PathBuf;

use serde::Deserialize;

use super::{Addresses, Engine, LOCAL_URL, MOST_ENTRIES};
use crate::{
    date::Cadence,
    machine::{Machine, Machines},
};

/// `site.toml` as written.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Config {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) base_url: String,
    pub(super) theme: String,
    pub(super) extra: toml::Table,
    pub(super) language: String,
    pub(super) timezone: String,
    pub(super) mailmap: PathBuf,
    pub(super) lists: Vec<ListTable>,
    pub(super) sites: Vec<SiteTable>,
    pub(super) query: Vec<QueryTable>,
    pub(super) digest: DigestTable,
    pub(super) feeds: FeedsTable,
    pub(super) search: SearchTable,
    pub(super) social: SocialTable,
    pub(super) highlight: HighlightTable,
    pub(super) privacy: PrivacyTable,
    pub(super) bots: BotsTable,
    pub(super) redact: RedactTable,
    pub(super) limits: LimitsTable,
    pub(super) build: BuildTable,
}

/// `[[lists]]` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListTable {
    pub(super) name: String,
    #[serde(default)]
    pub(super) address: String,
    #[serde(default)]
    pub(super) archive: Option<OneOrMore>,
    #[serde(default)]
    pub(super) mirror: Option<String>,
    #[serde(default)]
    pub(super) permalink: String,
    #[serde(default)]
    pub(super) tree: Option<PathBuf>,
    #[serde(default)]
    pub(super) tree_mirror: Option<String>,
    #[serde(default)]
    pub(super) tree_since: Option<String>,
}

/// `[[sites]]` of `hub.toml` as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SiteTable {
    pub(super) name: Option<String>,
    pub(super) url: Option<String>,
    pub(super) path: Option<PathBuf>,
    pub(super) group: String,
}

/// `[[query]]` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QueryTable {
    pub(super) name: String,
    #[serde(default)]
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) list: Option<String>,
    #[serde(default)]
    pub(super) person: Option<String>,
    #[serde(default)]
    pub(super) folder: Option<String>,
    #[serde(default)]
    pub(super) function: Option<String>,
    #[serde(default)]
    pub(super) state: Option<OneOrMoreWords>,
}

/// A word, or an array of words.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "neither a word nor a list of words")]
pub(super) enum OneOrMoreWords {
    One(String),
    More(Vec<String>),
}

/// A path, or an array of paths.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "neither a path nor a list of paths")]
pub(super) enum OneOrMore {
    One(PathBuf),
    More(Vec<PathBuf>),
}

/// `[digest]` as written.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct DigestTable {
    pub(super) period: Cadence,
    pub(super) top: usize,
    pub(super) quiet: u32,
    pub(super) from: Option<String>,
    pub(super) unsubscribe: Option<String>,
}

/// `[feeds]` as written.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct FeedsTable {
    pub(super) entries: usize,
    pub(super) hub: Option<String>,
}

/// `[search]` as written.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SearchTable {
    pub(super) enabled: bool,
}

/// `[social]` as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SocialTable {
    pub(super) cards: bool,
}

/// `[highlight]` as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct HighlightTable {
    pub(super) engine: Engine,
}

/// `[privacy]` as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PrivacyTable {
    pub(super) addresses: Addresses,
    pub(super) noindex: bool,
}

/// `[bots]` as written: senders by the kind of machine, and senders who are people.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct BotsTable {
    people: Vec<String>,
    ci: Vec<String>,
    ai_review: Vec<String>,
    syzbot: Vec<String>,
    build_robot: Vec<String>,
    stable: Vec<String>,
    tracker: Vec<String>,
    patchwork: Vec<String>,
    forge: Vec<String>,
    merge_notice: Vec<String>,
    automatic: Vec<String>,
}

impl BotsTable {
    pub(super) fn machines(self) -> Machines {
        let own = [
            (Machine::Ci, self.ci),
            (Machine::AiReview, self.ai_review),
            (Machine::Syzbot, self.syzbot),
            (Machine::BuildRobot, self.build_robot),
            (Machine::Stable, self.stable),
            (Machine::Tracker, self.tracker),
            (Machine::Patchwork, self.patchwork),
            (Machine::Forge, self.forge),
            (Machine::MergeNotice, self.merge_notice),
            (Machine::Automatic, self.automatic),
        ];
        let own =
            own.into_iter().flat_map(|(kind, all)| all.into_iter().map(move |one| (kind, one)));
        Machines::new(own, &self.people)
    }
}

/// `[limits]` as written.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct LimitsTable {
    pub(super) size: String,
}

/// `[redact]` as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RedactTable {
    pub(super) messages: Vec<String>,
    pub(super) people: Vec<String>,
    pub(super) patterns: Vec<String>,
    pub(super) file: Option<PathBuf>,
}

/// `[build]` as written.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct BuildTable {
    pub(super) output: PathBuf,
    pub(super) data: bool,
    pub(super) hub: bool,
    pub(super) markdown: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Patches".to_owned(),
            description: String::new(),
            base_url: LOCAL_URL.to_owned(),
            theme: "default".to_owned(),
            extra: toml::Table::new(),
            language: "en".to_owned(),
            timezone: "UTC".to_owned(),
            mailmap: PathBuf::from(".mailmap"),
            lists: Vec::new(),
            sites: Vec::new(),
            query: Vec::new(),
            digest: DigestTable::default(),
            feeds: FeedsTable::default(),
            search: SearchTable::default(),
            social: SocialTable::default(),
            highlight: HighlightTable::default(),
            privacy: PrivacyTable::default(),
            bots: BotsTable::default(),
            redact: RedactTable::default(),
            limits: LimitsTable::default(),
            build: BuildTable::default(),
        }
    }
}

impl Default for DigestTable {
    fn default() -> Self {
        Self { period: Cadence::Week, top: 15, quiet: 21, from: None, unsubscribe: None }
    }
}

impl Default for FeedsTable {
    fn default() -> Self {
        Self { entries: MOST_ENTRIES, hub: None }
    }
}

impl Default for SearchTable {
    fn default() -> Self {
        Self { enabled: true }
    }
}

impl Default for LimitsTable {
    /// The limit of a published site on GitHub Pages (docs.github.com, GitHub Pages limits).
    fn default() -> Self {
        Self { size: "1 GB".to_owned() }
    }
}

impl Default for BuildTable {
    fn default() -> Self {
        Self { output: PathBuf::from("public"), data: true, hub: false, markdown: false }
    }
}
