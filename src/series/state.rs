//! The state of a series, from mail alone.
//!
//! In: its revisions, the fates of their patches, and the replies. Out: a [`State`] with the mail that proves it
//! (`verdict`). Never here: how a mail words it; a clock.

mod folded;
mod intent;
mod remark;
mod rest;
mod twin;
mod verdict;

use serde::Deserialize;

use super::{Corpus, MailIx, Revision, fate::Witness};
pub(super) use folded::find_folded;
pub(super) use intent::only_announces;
pub(super) use twin::find_twins;
pub(super) use verdict::{approved, judge};

/// The state of a series, and its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct State {
    /// Its role.
    pub kind: StateKind,
    /// The mail or commit that says so; `None` if it follows from what is absent.
    pub witness: Option<Witness>,
    /// The mails of those who said that they will review it, and have not written since, while it is open.
    pub intents: Vec<MailIx>,
    /// What is known about the other patches of a series that was applied in part.
    pub rest: Option<Rest>,
}

/// What is known about the patches that nobody took, of a series of which others were taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rest {
    /// Nothing: they may have been taken, too.
    Unknown,
    /// They were left out, turned down or sent back: the last mail that says so.
    HeldBack(MailIx),
}

impl Rest {
    /// The word that export and pages use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::HeldBack(_) => "held-back",
        }
    }
}

/// The states of a series, as its newest revision and the replies tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StateKind {
    /// Nobody answered yet.
    New,
    /// There are answers.
    Discussed,
    /// Somebody, or the author, asks for or promises another revision.
    ChangesRequested,
    /// Every patch of the newest revision has a review by somebody else.
    Reviewed,
    /// Nobody wrote for [`Rules::quiet_days`](super::Rules), and nobody took it.
    Quiet,
    /// A later revision, or another series, took its place.
    Superseded,
    /// A maintainer turned it down, or its author withdrew it.
    Rejected,
    /// A maintainer took some of the newest revision's patches.
    PartlyApplied,
    /// A maintainer took it into a tree.
    Applied,
    /// It is in the mainline, or in the tree that the list names.
    Merged,
}

impl StateKind {
    /// Each of them.
    pub const ALL: [Self; 10] = [
        Self::New,
        Self::Discussed,
        Self::ChangesRequested,
        Self::Reviewed,
        Self::Quiet,
        Self::Superseded,
        Self::Rejected,
        Self::PartlyApplied,
        Self::Applied,
        Self::Merged,
    ];

    /// Nobody took it, turned it down or replaced it.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::New | Self::Discussed | Self::ChangesRequested | Self::Reviewed | Self::Quiet
        )
    }

    /// The word that export and pages use.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Discussed => "discussed",
            Self::ChangesRequested => "changes-requested",
            Self::Reviewed => "reviewed",
            Self::Quiet => "quiet",
            Self::Superseded => "superseded",
            Self::Rejected => "rejected",
            Self::PartlyApplied => "partly-applied",
            Self::Applied => "applied",
            Self::Merged => "merged",
        }
    }
}

impl Corpus {
    /// The mail that gave the last patch of a revision its first approval; nothing if a patch has none.
    pub fn approval(&self, revision: &Revision) -> Option<MailIx> {
        verdict::reviewed(&self.mails, revision)
    }
}

impl State {
    /// A state that nothing shows.
    pub(super) const NEW: Self = Self::unseen(StateKind::New);

    /// A state of a kind that nothing shows.
    pub(super) const fn unseen(kind: StateKind) -> Self {
        Self { kind, witness: None, intents: Vec::new(), rest: None }
    }

    /// A state of a kind, and what shows it.
    fn shown(kind: StateKind, witness: Witness) -> Self {
        Self { witness: Some(witness), ..Self::unseen(kind) }
    }

    /// The mail that says so.
    pub fn mail(&self) -> Option<MailIx> {
        self.witness.as_ref().and_then(Witness::said)
    }
}
