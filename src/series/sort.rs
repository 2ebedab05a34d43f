//! The sort of a series: whether it waits for anybody.
//!
//! | sort | when | waits for somebody |
//! |---|---|---|
//! | backport | half of its patches or more are in the mainline already, a script for stable trees sent them, or its tag names several kernels, or one that came out long ago | no |
//! | request | who takes patches sends them along with a request to pull them | no: for who pulls |
//! | aside | a machine sent all of it, or its sender asks trackers to leave it out (`X-Patchwork-Hint: ignore`) | no |
//! | work | else | yes |
//!
//! In: the newest revision's mails. Out: a [`Sort`]. Never here: its fate.

use super::{
    MailIx, Revision, Series, Slot, StoredMessage,
    fate::{Appliers, asks_to_pull},
    lineage::{is_for_old, stable_branch},
};
use crate::{
    machine::{self, Machine},
    patch::Mail,
};

/// The sort of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// Somebody's work: it waits for others.
    #[default]
    Work,
    /// Patches for a stable tree that are in the mainline already.
    Backport,
    /// Patches that a maintainer took and asks others to pull.
    Request,
    /// A series that does not ask for review.
    Aside,
}

impl Sort {
    /// The word that export and pages use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Backport => "backport",
            Self::Request => "request",
            Self::Aside => "aside",
        }
    }
}

impl Series {
    /// Whether it can wait for anybody: a backport, a pull request or a machine's posting cannot.
    pub fn is_work(&self) -> bool {
        self.sort == Sort::Work
    }
}

impl Sort {
    /// The sort of a series by its newest revision.
    pub(super) fn of(revision: &Revision, mails: &[StoredMessage], appliers: &Appliers) -> Self {
        let mail = |ix: MailIx| &*mails[ix.at()].mail;
        let patches: Vec<&Mail> = revision.slots.iter().filter_map(Slot::sent).map(mail).collect();
        let ported = patches.iter().filter(|mail| is_ported(mail)).count();
        if ported > 0 && ported * 2 >= patches.len()
            || patches.first().is_some_and(|mail| is_for_many(mail) || is_for_old(mail))
        {
            return Self::Backport;
        }
        let letter = revision.cover.map(mail);
        if letter.is_some_and(|letter| asks_to_pull(letter) && appliers.has(letter)) {
            return Self::Request;
        }
        // A posting that a forge forwards is somebody's work.
        let by_machine =
            |mail: &Mail| mail.machine.is_some_and(|machine| machine != Machine::Forge);
        let is_aside = |mail: &Mail| by_machine(mail) || machine::is_left_out(&mail.message.marks);
        match revision.members().next().is_some() && revision.members().map(mail).all(is_aside) {
            true => Self::Aside,
            false => Self::Work,
        }
    }
}

/// Whether a tag names several kernels: `[PATCH 5.10,5.15,6.1]`. A patch for one kernel may be for the next one.
fn is_for_many(mail: &Mail) -> bool {
    stable_branch(mail, false).trim_end_matches([':', ' ']).contains([' ', '/'])
}

fn is_ported(mail: &Mail) -> bool {
    mail.backport || mail.machine == Some(Machine::Stable)
}
