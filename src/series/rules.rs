//! Rules: what somebody says about how mails are put together.
//!
//! In: their choice, or [`Rules::default`]. Out: [`Rules`]. Never here: a mail; settings, of which `site` makes rules.

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

/// By what rules mails are put together, beside what they say themselves.
#[derive(Debug, Clone)]
pub struct Rules {
    /// After how many days without a message a series that nobody took is quiet.
    pub quiet_days: u32,
    /// Which names and addresses are one person's.
    pub mailmap: Mailmap,
    /// The editor's corrections.
    pub edits: Edits,
    /// The known machines.
    pub machines: Machines,
    /// What is removed from everything.
    pub redaction: Redaction,
    /// Where what was learnt of the lists' trees is kept for the next time.
    pub cache: Cache,
    /// How many of the texts will be asked for.
    pub texts: Texts,
    /// The archives that their owner emptied: those that are there and hold nothing are no error.
    pub may_be_empty: BTreeSet<PathBuf>,
}

/// How many texts of mails that were met before will be asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Texts {
    /// A few: each is fetched when it is.
    #[default]
    Few,
    /// All, as every page is to be made: one pass over a pack reads all of its mails in the time in which a tenth
    /// of them is fetched one by one.
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
    /// The archives at `path`; none where their owner emptied it.
    ///
    /// # Errors
    /// When none is there, or none can be read.
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
