//! Reviews in replies, credited to patches.
//!
//! In: a series' revisions and their replies. Out: for each patch, who gave which review in which mail (`ledger`).
//! Never here: a review by the patch's own author; the fate of the series.

mod ledger;

use super::{MailIx, reach::Scope};
use crate::message::{Mailbox, Trailer};
pub(super) use ledger::credit;

/// A verdict on a patch: an entry of its ledger.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Review {
    /// The tag: `Reviewed-by: …`.
    pub trailer: Trailer,
    /// The person whom the trailer names.
    pub person: Mailbox,
    /// The mail that says it: a reply, or the patch whose commit message has it.
    pub mail: MailIx,
    /// Its scope.
    pub scope: Scope,
    /// How it came to be at this patch.
    pub standing: Standing,
    /// What is behind the trailer or in brackets below it: `# rk3399`, `(Documentation)`.
    pub comment: Box<str>,
}

/// How a verdict came to be at a patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Given in reply to this revision.
    Given,
    /// Given to the revision of this index; the patch has not changed since.
    Carried(u32),
    /// The author has it in the commit message.
    Declared,
    /// By a co-author, or by who sent the patch, which somebody else wrote (a port, a series put together): shown,
    /// not counted. If the sender gave it to an earlier posting of somebody else, it is `Declared`.
    Own,
    /// In the name of somebody else than who sent the mail: shown, not counted.
    Foreign,
    /// A machine's: shown, not counted.
    Bot,
}

impl Standing {
    /// The word that export and pages use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Carried(_) => "carried",
            Self::Declared => "declared",
            Self::Own => "own",
            Self::Foreign => "foreign",
            Self::Bot => "bot",
        }
    }
}

impl Review {
    /// It is a person's own word on this patch.
    pub fn counts(&self) -> bool {
        matches!(self.standing, Standing::Given | Standing::Carried(_) | Standing::Declared)
    }

    /// It counts, and says that somebody looked at the patch and agrees.
    pub fn approves(&self) -> bool {
        self.counts() && self.trailer.is_approval()
    }
}
