//! Edits: what an editor says about which postings belong together.
//!
//! In: `content/series.yaml`. Out: [`Edits`], which win over every rule. Never here: whether there is such a mail.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

use crate::{error::Result, message::MessageId, yaml};

/// The editor's corrections, below the site's root.
const FILE: &str = "content/series.yaml";

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

impl Edits {
    /// The corrections of the site at `root`; none where there is no such file.
    ///
    /// # Errors
    /// When it cannot be read or understood.
    pub fn load(root: &Path) -> Result<Self> {
        yaml::read_if_there::<Written>(&root.join(FILE)).map(Self::from)
    }

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
