//! The fates of patches: whether somebody took them, when, and into which tree.
//!
//! In: the series, and everything that tells the fate of a patch: replies (`said`), announcements, pull requests and
//! machines (`named`), commits of the lists' trees (earlier, in [`merged`](super::merged)). Out: the [`Applied`] of
//! each slot, step by step. The rules:
//!
//! 1. A claim is about patches posted before it, never about a revision posted after it.
//! 2. The person who says so must be known to take patches (`appliers`), or the author sent them the patch, unless the list
//!    knows no such person.
//! 3. A take-back removes what mails claimed before it; a commit in a tree stays.
//! 4. Of several claims of one step the first counts, unless a later one names the commit.
//!
//! Never here: the words; what the state of a series follows from.

mod appliers;
mod bench;
mod named;
mod reposts;
mod said;

use super::{Corpus, MailIx, SeriesIx, Slot};
use crate::{
    date::Timestamp,
    patch::{Mail, title::normal},
};

pub(super) use appliers::Appliers;
pub(super) use bench::{Bench, Speaker};
pub use named::Found;
pub(super) use named::{Ledger, named};
pub(super) use reposts::{Reposts, asks_to_pull};
pub(super) use said::{Aside, applied, commit, take};

/// How long before the news a patch may have been posted, in seconds: 300 days. Longer, and titles that come back
/// (`update the maintainers`) meet patches of another year.
pub(super) const WINDOW: i64 = 300 * 24 * 60 * 60;

/// The evidence for a state.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Witness {
    /// This mail says so.
    Mail(MailIx),
    /// This mail cites the patch as a commit: somebody had taken it before.
    Cited(MailIx),
    /// This patch begins from what the patch leaves: somebody seems to have taken it before.
    BuiltOn(MailIx),
    /// This commit, in hex: of the list's tree, or as the editor says.
    Commit(Box<str>),
}

/// Where a patch was taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Applied {
    /// The evidence.
    pub witness: Witness,
    /// When, by the witness' own date; `None` if it has none, or only shows that the patch was taken before.
    pub date: Option<Timestamp>,
    /// How far it came.
    pub fate: Fate,
    /// The tree as the witness names it (`mtd/next`, `git://…`); empty if it does not.
    pub tree: Box<str>,
    /// The commit, in hex, as far as the witness gives it; empty if it does not.
    pub commit: Box<str>,
    /// The step before, if there was one.
    pub earlier: Option<Box<Applied>>,
}

/// A pull request, and what has become of it.
#[derive(Debug, Clone, Hash)]
pub struct Request {
    /// The mail.
    pub mail: MailIx,
    /// The sender of the claim that it was pulled: pr-tracker, or somebody other than the requester.
    pub applied: Option<Applied>,
    /// The series of the patches that were sent along.
    pub series: Option<SeriesIx>,
}

/// How far a patch came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// In a maintainer's tree.
    Applied,
    /// Pulled from there into another maintainer's tree.
    Pulled,
    /// In the mainline.
    Merged,
    /// In a stable tree as well.
    Stable,
}

impl Fate {
    /// The word that export and pages use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Pulled => "pulled",
            Self::Merged => "merged",
            Self::Stable => "stable",
        }
    }

    /// The mainline has it.
    pub fn is_merged(self) -> bool {
        self >= Self::Merged
    }
}

impl Witness {
    /// The word that export and pages use.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Mail(_) => "says",
            Self::Cited(_) => "cites",
            Self::BuiltOn(_) => "builds-on",
            Self::Commit(_) => "commit",
        }
    }

    /// The mail that says so in words.
    pub fn said(&self) -> Option<MailIx> {
        match self {
            Self::Mail(mail) => Some(*mail),
            _ => None,
        }
    }

    /// The mail that says or shows it.
    pub fn mail(&self) -> Option<MailIx> {
        match self {
            Self::Mail(mail) | Self::Cited(mail) | Self::BuiltOn(mail) => Some(*mail),
            Self::Commit(_) => None,
        }
    }
}

impl Applied {
    /// The first evidence that it was taken.
    pub fn first(&self) -> &Self {
        self.steps().last().unwrap_or(self)
    }

    /// The first evidence that the mainline has it.
    pub fn merged(&self) -> Option<&Self> {
        self.steps().filter(|step| step.fate.is_merged()).last()
    }

    /// The steps, the last one first.
    pub fn steps(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |applied| applied.earlier.as_deref())
    }
}

/// An entry of the ledger.
#[derive(Debug, Clone)]
pub(super) enum Record {
    /// It was taken.
    Taken(Applied),
    /// What this mail's sender, or a maintainer, took before was removed again.
    Dropped(MailIx, Option<Timestamp>),
}

impl Record {
    pub(super) fn when(&self) -> (Option<Timestamp>, Option<MailIx>) {
        match self {
            Self::Taken(Applied { date, witness, .. }) => (*date, witness.mail()),
            Self::Dropped(mail, date) => (*date, Some(*mail)),
        }
    }
}

/// Writes what the records say into a slot; returns the last take-back that took something back.
pub(super) fn enter(slot: &mut Slot, mut records: Vec<Record>) -> Option<MailIx> {
    if records.is_empty() {
        return None;
    }
    let found = slot.applied.take().map(|applied| *applied);
    let mut steps: Vec<Applied> = found.into_iter().collect();
    let mut dropped = None;
    records.sort_by_key(Record::when);
    for record in records {
        match record {
            Record::Taken(applied) => steps.push(applied),
            Record::Dropped(mail, _) => {
                let before = steps.len();
                // A commit in the tree is there, whatever a mail says.
                steps.retain(|step| matches!(step.witness, Witness::Commit(_)));
                if steps.len() < before {
                    dropped = Some(mail);
                }
            }
        }
    }
    slot.applied = line(steps).map(Box::new);
    dropped
}

/// The steps of a patch's life: each step beyond the last, and a later claim of the same step that names the
/// commit.
fn line(mut steps: Vec<Applied>) -> Option<Applied> {
    steps.sort_by_key(|step| (step.fate, step.date));
    let mut line: Option<Applied> = None;
    for mut step in steps {
        let goes_on = line.as_ref().is_none_or(|last| {
            step.fate > last.fate
                || step.fate == last.fate && last.commit.is_empty() && !step.commit.is_empty()
        });
        if goes_on {
            step.earlier = line.take().map(Box::new);
            line = Some(step);
        }
    }
    line
}

/// The mail names patches of somebody else than its sender in its news.
fn names_others(mail: &Mail) -> bool {
    let sender = normal(&mail.message.from.name);
    let told = mail.news.iter().filter(|news| news.event.is_told());
    let mut named = told.flat_map(|news| &news.named);
    named.any(|named| !named.author.is_empty() && normal(&named.author) != sender)
}

/// At least half of the files of both are the same.
pub(super) fn share_files(one: &Mail, other: &Mail) -> bool {
    let [one, other] =
        [one, other].map(|mail| mail.files.iter().map(|file| &*file.path).collect::<Vec<_>>());
    let common = one.iter().filter(|path| other.contains(path)).count();
    common > 0 && common * 2 >= one.len().max(other.len())
}

impl Corpus {
    /// The mail is the letter of a revision.
    fn is_letter(&self, ix: MailIx) -> bool {
        let home = self.mails[ix.at()].home;
        home.is_some_and(|(series, revision)| {
            self.series[series.at()].revisions[revision as usize].cover == Some(ix)
        })
    }

    /// Where the patches of a slot are in the ledger: the series, the revision, the slot.
    fn slot(&self, place: Place) -> &Slot {
        let (series, revision, slot) = place;
        &self.series[series.at()].revisions[revision].slots[slot]
    }
}

/// A slot's place: its series, its revision, its own number in it.
type Place = (SeriesIx, usize, usize);
