//! Stage 4: grouping mails into series.
//!
//! In: all mails. Out: a [`Corpus`]: the mails in a fixed order, their threads, and their [`Series`], each with all
//! its revisions, with credited reviews, and with a state and its evidence. Never here: a period, a page; the order
//! in which mails arrived.

mod assemble;
mod build;
pub mod changelog;
mod claim;
mod clock;
mod corrections;
mod count;
mod cover;
mod edits;
mod fate;
mod gather;
mod kin;
mod known;
mod lineage;
mod list_tag;
mod memory;
#[cfg(feature = "git")]
mod merged;
#[cfg(not(feature = "git"))]
#[path = "without_git.rs"]
mod merged;
mod parts;
mod pull;
mod reach;
mod reports;
mod review;
mod rules;
mod sort;
mod stand_in;
mod state;
mod thread;

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

pub use claim::Claim;
#[cfg(feature = "site")]
pub(crate) use count::Faces;
pub use cover::cover;
pub use edits::Edits;
pub use fate::{Applied, Fate, Found, Request, Witness};
pub use gather::{Pile, gather, read};
pub use kin::{Kin, Relation};
pub use lineage::{Confidence, Evidence, Link};
pub use reach::Scope;
pub use reports::{Report, ReportState, Reports};
pub use review::{Review, Standing};
pub use rules::{Rules, Texts};
pub use sort::Sort;
pub use state::{Rest, State, StateKind};
pub use thread::Threads;

use crate::{
    archive::{Epoch, GivenDigest},
    date::Timestamp,
    error::{Note, Place},
    message::{Mailbox, Mailmap, Version},
    patch::{Mail, Role},
};

/// A mail's number in [`Corpus::mails`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MailIx(pub u32);

/// A series' number in [`Corpus::series`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeriesIx(pub u32);

/// A list's number in [`Corpus::lists`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListIx(pub u16);

/// Hashes as a number of a width that nothing else here has, so that a sum can replace it by the mail's name: see
/// `plan::fact`.
impl Hash for MailIx {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_i128(self.0.into());
    }
}

/// The same, unsigned.
impl Hash for SeriesIx {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u128(self.0.into());
    }
}

impl MailIx {
    /// The number as an index.
    pub fn at(self) -> usize {
        self.0 as usize
    }

    /// The numbers of `len` mails.
    pub fn all(len: usize) -> impl Iterator<Item = Self> {
        (0..u32::try_from(len).unwrap_or(u32::MAX)).map(Self)
    }
}

impl SeriesIx {
    /// The number as an index.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// Everything in the archives, grouped.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The names of the lists.
    pub lists: Vec<Arc<str>>,
    /// Every message once, by date, then message-id, then content.
    pub mails: Vec<StoredMessage>,
    /// The mail of each Message-ID; of several with one id, the first.
    pub(crate) ids: thread::Ids,
    /// The replies of each mail.
    pub threads: Threads,
    /// The series, by the date of their first posting.
    pub series: Vec<Series>,
    /// The pull requests, by date.
    pub pulls: Vec<Request>,
    /// Bug reports, with their states.
    pub reports: Reports,
    /// The mails of the patches that announcements and pull requests name by title.
    pub named: Found,
    /// The content of text digests besides their entries.
    pub given: Vec<Given>,
    /// The commits of each git archive's epochs in order, with its list.
    pub histories: Vec<(ListIx, Vec<Epoch>)>,
    /// The names and addresses that belong to one person.
    pub mailmap: Mailmap,
    /// The number of days without a message after which a series that nobody took is quiet.
    pub quiet_days: u32,
    /// What was unusual, sorted.
    pub notes: Vec<Note>,
    /// The number of mails in the archives, including copies.
    pub received: usize,
    /// How often each entry of `[redact]` removed something from mails, by the entries' numbers.
    pub redacted: Vec<usize>,
}

/// A text digest of a list.
#[derive(Debug)]
pub struct Given {
    /// The list.
    pub list: ListIx,
    /// The statistics of the digest.
    pub digest: GivenDigest,
}

impl Given {
    /// Its entries among the mails of `corpus`, in its order.
    pub fn entries(&self, corpus: &Corpus) -> Vec<MailIx> {
        let offset = |letter: &StoredMessage| {
            letter.copies.iter().find_map(|(list, place)| match place {
                Place::Offset { file, offset } if *file == self.digest.file => {
                    (*list == self.list).then_some(*offset)
                }
                _ => None,
            })
        };
        let all = MailIx::all(corpus.mails.len()).zip(&corpus.mails);
        let entries = all.filter(|(_, letter)| letter.mail.is_entry());
        let mut entries: Vec<_> = entries.filter_map(|(ix, l)| Some((offset(l)?, ix))).collect();
        entries.sort_unstable();
        entries.into_iter().map(|(_, ix)| ix).collect()
    }
}

/// A mail of the corpus, with its origin.
#[derive(Debug)]
pub struct StoredMessage {
    /// Its content and its proposal.
    pub mail: Box<Mail>,
    /// Its places; more than one if it was posted to several lists, or arrived twice.
    pub copies: Vec<(ListIx, Place)>,
    /// The series and the index of the revision to which it belongs as a patch, cover letter or reply.
    pub home: Option<(SeriesIx, u32)>,
}

impl StoredMessage {
    /// When it arrived.
    pub fn date(&self) -> Option<Timestamp> {
        self.mail.message.date
    }

    /// When its sender sent it, for the order of their own mails.
    pub fn sent(&self) -> Option<Timestamp> {
        self.mail.message.sent()
    }

    /// The list that counts it: the first of the site's lists that has it.
    pub fn list(&self) -> ListIx {
        self.copies.first().map_or(ListIx(0), |(list, _)| *list)
    }

    /// Whether it is a patch or a cover letter by a person.
    pub fn is_contribution(&self) -> bool {
        matches!(self.mail.role, Role::Patch | Role::Cover) && self.mail.machine.is_none()
    }
}

/// One piece of work through all its revisions; a single patch is a series of one.
#[derive(Debug, Clone, Hash)]
pub struct Series {
    /// Its stable name in URLs: words of the first title and eight hex digits of its first message-id.
    pub slug: Box<str>,
    /// The newest revision's title.
    pub title: Arc<str>,
    /// Whether the editor set its title and those of its revisions.
    pub retitled: bool,
    /// The newest revision's author.
    pub author: Mailbox,
    /// Its revisions, oldest version first; never empty.
    pub revisions: Vec<Revision>,
    /// Whether some of them, but not all, are RFCs.
    pub is_mixed: bool,
    /// The series that it would follow if its sender is the person with that name.
    pub claim: Option<Claim>,
    /// The series that claim to follow it.
    pub claimed_by: Vec<SeriesIx>,
    /// The revision of another series of which it has a part.
    pub part_of: Option<Claim>,
    /// The series that have a part of its patches.
    pub parts: Vec<SeriesIx>,
    /// Its state.
    pub state: State,
    /// The other series with patches of it, by the date of their first posting.
    pub kin: Box<[Kin]>,
    /// The reports that it fixes, by date.
    pub reports: Box<[MailIx]>,
    /// What sort of posting it is.
    pub sort: Sort,
}

/// One posting of a series.
#[derive(Debug, Clone, Hash)]
pub struct Revision {
    /// `v3`; 1 if the subjects name none.
    pub version: Version,
    /// Title without tags: the cover letter's, otherwise the first patch's.
    pub title: Arc<str>,
    /// The words of its subjects' tags, without PATCH, version and counter.
    pub tags: Vec<Arc<str>>,
    /// Whether it is an RFC.
    pub rfc: bool,
    /// Whether it is a resend.
    pub resend: bool,
    /// Its sender.
    pub author: Mailbox,
    /// When its first message was sent.
    pub posted: Option<Timestamp>,
    /// The cover letter.
    pub cover: Option<MailIx>,
    /// Patches 1 to m, each received or missing, then those sent beyond the total.
    pub slots: Vec<Slot>,
    /// The number of patches that its counter announces.
    pub expected: u32,
    /// Replies to any of its messages, by date.
    pub replies: Vec<MailIx>,
    /// The number of this posting among those with its version, from 1: some are sent again.
    pub posting: u32,
    /// The number of earlier postings with its version that are RFCs like it, or not RFCs like it.
    pub again: u32,
    /// Why it follows an earlier revision of the series; `None` for the first.
    pub link: Option<Link>,
    /// The mail of somebody who says that it was taken, but is not known to take patches, if nobody else says so.
    pub hearsay: Option<MailIx>,
    /// The mail of somebody who says that they will take it, if nobody has taken it.
    pub taker: Option<MailIx>,
}

/// A patch's place in a revision.
#[derive(Debug, Clone, Hash)]
pub struct Slot {
    /// The number in the counter; 1 for a single patch.
    pub number: u32,
    /// The patch, or nothing if it never arrived.
    pub mail: Option<MailIx>,
    /// The index of the revision that sent it, if this one did not send it again: a partial reroll (`[PATCH v3
    /// 2/5]` alone) leaves the other patches unchanged.
    pub carried: Option<u32>,
    /// Its ledger: all reviews of it, by date.
    pub reviews: Vec<Review>,
    /// Where it was taken.
    pub applied: Option<Box<Applied>>,
}

impl Slot {
    /// The patch, if this revision contains it.
    pub fn sent(&self) -> Option<MailIx> {
        self.mail.filter(|_| self.carried.is_none())
    }

    /// The reviews that count: one per person, in their own name.
    pub fn verdicts(&self) -> impl Iterator<Item = &Review> {
        self.reviews.iter().filter(|review| review.counts())
    }
}

impl Revision {
    /// Its cover letter and patches, without those carried over.
    pub fn members(&self) -> impl Iterator<Item = MailIx> + '_ {
        self.cover.into_iter().chain(self.slots.iter().filter_map(Slot::sent))
    }

    /// Whether it repeats only some of the patches, while the others remain those of an earlier revision.
    pub fn is_partial(&self) -> bool {
        self.slots.iter().any(|slot| slot.carried.is_some())
    }

    /// Whether it is known only from a text digest.
    pub fn is_told(&self, corpus: &Corpus) -> bool {
        self.members().next().is_some_and(|mail| corpus.mail(mail).is_entry())
    }

    /// The numbers of patches that never arrived.
    pub fn missing(&self) -> impl Iterator<Item = u32> + '_ {
        self.slots.iter().filter(|slot| slot.mail.is_none()).map(|slot| slot.number)
    }

    /// `v3`; `v3-2` for the second posting of v3.
    pub fn label(&self) -> String {
        match self.posting {
            0 | 1 => self.version.to_string(),
            n => format!("{}-{n}", self.version),
        }
    }
}

impl Series {
    /// The newest revision.
    pub fn newest(&self) -> &Revision {
        // A series has at least one posting.
        &self.revisions[self.revisions.len() - 1]
    }

    /// The state of a revision: that of the series, or superseded by a newer one.
    pub fn state_of(&self, revision: usize) -> StateKind {
        if revision + 1 < self.revisions.len() { StateKind::Superseded } else { self.state.kind }
    }
}

impl Corpus {
    /// Whether the mail is spam, or in a thread that began with spam.
    pub fn is_spam(&self, ix: MailIx) -> bool {
        let is_spam = |ix: MailIx| self.stored(ix).mail.spam;
        is_spam(ix) || is_spam(self.threads.root[ix.at()])
    }

    /// The mail with this number, and its origin.
    pub fn stored(&self, ix: MailIx) -> &StoredMessage {
        &self.mails[ix.at()]
    }

    /// The mail with this number.
    pub fn mail(&self, ix: MailIx) -> &Mail {
        &self.stored(ix).mail
    }
}
