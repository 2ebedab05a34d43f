//! Rules: what a site says about how its mails are put together.
//!
//! In: settings, and the files that they name. Out: [`Rules`]. Never here: a mail.

use std::{collections::BTreeMap, fs, io::ErrorKind};

use serde::Deserialize;

use crate::{
    config::Settings,
    error::{Error, Result},
    message::{Mailmap, MessageId},
    yaml,
};

/// The editor's corrections, below the site's root.
const EDITS: &str = "content/series.yaml";

/// By what rules mails are put together, beside what they say themselves.
#[derive(Debug, Clone)]
pub struct Rules {
    /// After how many days without a message a series that nobody took is quiet.
    pub quiet_days: u32,
    /// Which names and addresses are one person's.
    pub mailmap: Mailmap,
    /// The editor's corrections.
    pub edits: Edits,
}

/// The editor's corrections: `content/series.yaml`. Each names postings by the Message-ID of any of their
/// patches or cover letters.
///
/// ```yaml
/// join:                        # these are revisions of one series
///   - [first@example.org, second@example.org]
/// split:                       # this posting begins a series of its own
///   - third@example.org
/// title:                       # the series of this message is called so
///   fourth@example.org: A better title
/// ```
#[derive(Debug, Clone, Default)]
pub struct Edits {
    join: Vec<Vec<MessageId>>,
    split: Vec<MessageId>,
    title: BTreeMap<MessageId, Box<str>>,
}

/// The file as written: ids may stand in angle brackets.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    join: Vec<Vec<String>>,
    split: Vec<String>,
    title: BTreeMap<String, Box<str>>,
}

impl From<Written> for Edits {
    fn from(written: Written) -> Self {
        let id = |text: &str| text.trim_matches(['<', '>', ' ']).into();
        let ids = |all: &Vec<String>| all.iter().map(|text| id(text)).collect();
        Self {
            join: written.join.iter().map(ids).collect(),
            split: ids(&written.split),
            title: written.title.into_iter().map(|(text, title)| (id(&text), title)).collect(),
        }
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self { quiet_days: 21, mailmap: Mailmap::default(), edits: Edits::default() }
    }
}

impl Rules {
    /// The rules of a site.
    ///
    /// # Errors
    /// When a file that is there cannot be read or understood.
    pub fn load(settings: &Settings) -> Result<Self> {
        let mailmap = match fs::read(&settings.mailmap) {
            Ok(bytes) => Mailmap::parse(&String::from_utf8_lossy(&bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Mailmap::default(),
            Err(error) => return Err(Error::read(&settings.mailmap)(error)),
        };
        let edits: Written = yaml::read_if_there(&settings.root.join(EDITS))?;
        Ok(Self { quiet_days: settings.quiet_days, mailmap, edits: edits.into() })
    }
}

impl Edits {
    /// All messages that it names.
    pub(super) fn ids(&self) -> impl Iterator<Item = &MessageId> {
        self.join.iter().flatten().chain(&self.split).chain(self.title.keys())
    }

    /// The posting of this message begins a series of its own.
    pub(super) fn begins(&self, id: &MessageId) -> bool {
        self.split.contains(id)
    }

    /// Messages whose postings are of one series.
    pub(super) fn joined(&self) -> &[Vec<MessageId>] {
        &self.join
    }

    /// The title of the series of this message.
    pub(super) fn title(&self, id: &MessageId) -> Option<&str> {
        self.title.get(id).map(|title| &**title)
    }
}
