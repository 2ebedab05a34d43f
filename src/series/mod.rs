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

/// As a number of a width that nothing else here has, so that a sum can put the mail's name in its place: see
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

/// All that the archives hold, put together.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The names of the lists.
    pub lists: Vec<Arc<str>>,
    /// Every message once, by date, then message-id, then content.
    pub mails: Vec<StoredMessage>,
    /// The mail of each Message-ID; of several under one the first.
    pub(crate) ids: thread::Ids,
    /// The replies of each mail.
    pub threads: Threads,
    /// The series, by the date of their first posting.
    pub series: Vec<Series>,
    /// The pull requests, by date.
    pub pulls: Vec<Request>,
    /// Bug reports, with their states.
    pub reports: Reports,
    /// Which patches the mails are that announcements and pull requests name by their titles.
    pub named: Found,
    /// The content of text digests besides their entries.
    pub given: Vec<Given>,
    /// The commits of each git archive's epochs in order, with its list.
    pub histories: Vec<(ListIx, Vec<Epoch>)>,
    /// Which names and addresses are one person's.
    pub mailmap: Mailmap,
    /// After how many days without a message a series that nobody took is quiet.
    pub quiet_days: u32,
    /// The oddities, sorted.
    pub notes: Vec<Note>,
    /// How many mails the archives gave, copies counted each.
    pub received: usize,
    /// How often each entry of `[redact]` took something out of mails, by the entries' numbers.
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

/// A mail of the corpus, with where it came from.
#[derive(Debug)]
pub struct StoredMessage {
    /// Its content and its proposal.
    pub mail: Box<Mail>,
    /// Where it lies; more than one place where it was posted to several lists, or came twice.
    pub copies: Vec<(ListIx, Place)>,
    /// The series and the index of the revision whose patch, cover letter or discussion it is.
    pub home: Option<(SeriesIx, u32)>,
}

impl StoredMessage {
    /// When it came.
    pub fn date(&self) -> Option<Timestamp> {
        self.mail.message.date
    }

    /// When its sender sent it, among their own mails.
    pub fn sent(&self) -> Option<Timestamp> {
        self.mail.message.sent()
    }

    /// The list that it is counted for: the first of the site's that has it.
    pub fn list(&self) -> ListIx {
        self.copies.first().map_or(ListIx(0), |(list, _)| *list)
    }

    /// A patch or a cover letter, sent by a person.
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
    /// That, and each revision's, is the editor's, and not what the mails say.
    pub retitled: bool,
    /// The newest revision's author.
    pub author: Mailbox,
    /// Its revisions, oldest version first; never empty.
    pub revisions: Vec<Revision>,
    /// Only some of them were sent for comments.
    pub is_mixed: bool,
    /// The series that it would follow if its sender were the person of that name.
    pub claim: Option<Claim>,
    /// The series that claim to go on it.
    pub claimed_by: Vec<SeriesIx>,
    /// The revision of another series that it has a part of, and that goes on without it.
    pub part_of: Option<Claim>,
    /// The series that have a part of its patches, and go on by themselves.
    pub parts: Vec<SeriesIx>,
    /// Its state.
    pub state: State,
    /// The other series that hold patches of it, by the date of their first posting.
    pub kin: Box<[Kin]>,
    /// The reports that it fixes, by date.
    pub reports: Box<[MailIx]>,
    /// What sort of posting it is.
    pub sort: Sort,
}

/// One posting of a series.
#[derive(Debug, Clone, Hash)]
pub struct Revision {
    /// `v3`; 1 where the subjects name none.
    pub version: Version,
    /// Title without tags: the cover letter's, otherwise the first patch's.
    pub title: Arc<str>,
    /// Tag words of its subjects, less PATCH, version and counter.
    pub tags: Vec<Arc<str>>,
    /// Sent for comments.
    pub rfc: bool,
    /// Sent again.
    pub resend: bool,
    /// Its sender.
    pub author: Mailbox,
    /// When its first message was sent.
    pub posted: Option<Timestamp>,
    /// The cover letter.
    pub cover: Option<MailIx>,
    /// Patches 1 to m, each received or missing, then those sent beyond the total.
    pub slots: Vec<Slot>,
    /// How many patches its counter announces.
    pub expected: u32,
    /// Replies to any of its messages, by date.
    pub replies: Vec<MailIx>,
    /// Which posting of this version it is, counted from 1: some are sent again.
    pub posting: u32,
    /// How many postings before it have its version, and were sent for comments like it, or not like it.
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
    /// The patch, if this revision sent it.
    pub fn sent(&self) -> Option<MailIx> {
        self.mail.filter(|_| self.carried.is_none())
    }

    /// The verdicts that count: each person's once, in person.
    pub fn verdicts(&self) -> impl Iterator<Item = &Review> {
        self.reviews.iter().filter(|review| review.counts())
    }
}

impl Revision {
    /// Its cover letter and patches, those carried over left out.
    pub fn members(&self) -> impl Iterator<Item = MailIx> + '_ {
        self.cover.into_iter().chain(self.slots.iter().filter_map(Slot::sent))
    }

    /// It sends a part of the patches again, the others stay those of an earlier revision.
    pub fn is_partial(&self) -> bool {
        self.slots.iter().any(|slot| slot.carried.is_some())
    }

    /// It is known from a text digest only.
    pub fn is_told(&self, corpus: &Corpus) -> bool {
        self.members().next().is_some_and(|mail| corpus.mail(mail).is_entry())
    }

    /// Numbers that never came.
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
        // A series is made of at least one posting.
        &self.revisions[self.revisions.len() - 1]
    }

    /// The state of a revision: that of the series, or superseded by a newer one.
    pub fn state_of(&self, revision: usize) -> StateKind {
        if revision + 1 < self.revisions.len() { StateKind::Superseded } else { self.state.kind }
    }
}

impl Corpus {
    /// The mail is spam, or in a thread that began as such.
    pub fn is_spam(&self, ix: MailIx) -> bool {
        let is_spam = |ix: MailIx| self.stored(ix).mail.spam;
        is_spam(ix) || is_spam(self.threads.root[ix.at()])
    }

    /// The mail of a number, and where it came from.
    pub fn stored(&self, ix: MailIx) -> &StoredMessage {
        &self.mails[ix.at()]
    }

    /// The mail of a number.
    pub fn mail(&self, ix: MailIx) -> &Mail {
        &self.stored(ix).mail
    }
}
