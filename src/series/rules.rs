//! The rules by which mails are grouped, as far as a caller sets them.
//!
//! In: a caller's choice, or [`Rules::default`]. Out: [`Rules`]. Never here: a mail; settings, from which `site`
//! makes rules.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::edits::Edits;
use crate::{
    archive::{self, Archive},
    cache::Cache,
    error::{Error, Result},
    machine::Machines,
    message::Mailmap,
    redact::Redaction,
};

/// The rules by which mails are grouped, besides what the mails say.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The number of days without a message after which a series that nobody took is quiet.
    pub quiet_days: u32,
    /// The names and addresses that belong to one person.
    pub mailmap: Mailmap,
    /// The editor's corrections.
    pub edits: Edits,
    /// The known machines.
    pub machines: Machines,
    /// What is removed from everything.
    pub redaction: Redaction,
    /// The place for the state of the lists' trees.
    pub cache: Cache,
    /// How many texts the caller will read.
    pub texts: Texts,
    /// The archives that their owner emptied: if they exist and are empty, that is no error.
    pub may_be_empty: BTreeSet<PathBuf>,
}

/// How many texts of known mails the caller will read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Texts {
    /// A few: each is fetched on its own.
    #[default]
    Few,
    /// All, because every page is to be made: one pass over a pack reads all of its mails in the time that it takes
    /// to fetch a tenth of them one by one.
    All,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            quiet_days: 21,
            mailmap: Mailmap::default(),
            edits: Edits::default(),
            machines: Machines::default(),
            redaction: Redaction::default(),
            cache: Cache::default(),
            texts: Texts::default(),
            may_be_empty: BTreeSet::new(),
        }
    }
}

impl Rules {
    /// The archives at `path`; none if their owner emptied it.
    ///
    /// # Errors
    /// If there are none, or none can be read.
    pub(super) fn open(&self, path: &Path) -> Result<Vec<Archive>> {
        let may_be_empty = self.may_be_empty.contains(path);
        match archive::open(path) {
            Err(Error::UnknownArchive { .. }) if may_be_empty && archive::is_empty(path) => {
                Ok(Vec::new())
            }
            opened => opened,
        }
    }
}
