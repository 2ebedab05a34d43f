//! Stage 4: what belongs together.
//!
//! In: all mails. Out: a [`Corpus`]: the mails in one order, their threads, and the [`Series`] that they
//! make, each through all its revisions, with reviews credited and a state with its evidence.
//! Never here: a period, a page; the order in which mails arrived.

mod assemble;
mod lineage;
mod review;
mod state;
mod thread;

use std::{cmp::Reverse, collections::HashMap, sync::Arc};

pub use thread::Threads;

use crate::{
    archive::{self, Epoch, GivenDigest},
    config::List,
    date::Timestamp,
    error::{Note, NoteKind, Place, Result},
    message::{Mailbox, MessageId, Trailer, Version},
    patch::{self, Mail, Role},
    text,
};
use assemble::Posting;

/// Numbers that a counter announces and that never came are listed up to here (`[PATCH 1/99999]`).
const MAX_EXPECTED: u32 = 999;

/// A mail's number in [`Corpus::mails`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailIx(pub u32);

/// A series' number in [`Corpus::series`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesIx(pub u32);

/// A list's number in [`Corpus::lists`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListIx(pub u16);

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
    pub mails: Vec<Letter>,
    /// Who answers whom.
    pub threads: Threads,
    /// The series, by the date of their first posting.
    pub series: Vec<Series>,
    /// What text digests say beside their entries, with the list and the entries.
    pub given: Vec<Given>,
    /// The commits of each git archive's epochs in order, with its list.
    pub histories: Vec<(ListIx, Vec<Epoch>)>,
    /// What was odd, sorted.
    pub notes: Vec<Note>,
    /// How many mails the archives gave, copies counted each.
    pub received: usize,
}

/// A text digest of a list.
#[derive(Debug)]
pub struct Given {
    /// The list.
    pub list: ListIx,
    /// What the digest says.
    pub digest: GivenDigest,
    /// Its entries.
    pub mails: Vec<MailIx>,
}

/// A mail of the corpus, with where it came from.
#[derive(Debug)]
pub struct Letter {
    /// What it says and proposes.
    pub mail: Mail,
    /// Where it lies; more than one place where it was posted to several lists, or came twice.
    pub copies: Vec<(ListIx, Place)>,
    /// The series and the index of the revision whose patch, cover letter or discussion it is.
    pub home: Option<(SeriesIx, u32)>,
}

impl Letter {
    /// When it was sent.
    pub fn date(&self) -> Option<Timestamp> {
        self.mail.message.date
    }

    /// The list that it is counted for: the first of the site's that has it.
    pub fn list(&self) -> ListIx {
        self.copies.first().map_or(ListIx(0), |(list, _)| *list)
    }

    /// A patch or a cover letter.
    pub fn is_contribution(&self) -> bool {
        matches!(self.mail.role, Role::Patch | Role::Cover)
    }
}

/// One piece of work through all its revisions; a single patch is a series of one.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its stable name in URLs: words of the first title and eight hex digits of its first message-id.
    pub slug: Box<str>,
    /// The newest revision's title.
    pub title: Box<str>,
    /// The newest revision's author.
    pub author: Mailbox,
    /// Its revisions, oldest version first; never empty.
    pub revisions: Vec<Revision>,
    /// What has become of it.
    pub state: State,
}

/// One posting of a series.
#[derive(Debug, Clone)]
pub struct Revision {
    /// `v3`; 1 where the subjects name none.
    pub version: Version,
    /// Title without tags: the cover letter's, else the first patch's.
    pub title: Box<str>,
    /// Tag words of its subjects, less PATCH, version and counter.
    pub tags: Vec<Box<str>>,
    /// Sent for comments.
    pub rfc: bool,
    /// Sent again.
    pub resend: bool,
    /// Who sent it.
    pub author: Mailbox,
    /// When its first message was sent.
    pub posted: Option<Timestamp>,
    /// The cover letter.
    pub cover: Option<MailIx>,
    /// Patches 1 to m, each received or missing, then those sent beyond the total.
    pub slots: Vec<Slot>,
    /// How many patches its counter announces.
    pub expected: u32,
    /// Answers to any of its messages, by date.
    pub replies: Vec<MailIx>,
    /// Which posting of this version it is, counted from 1: some are sent again.
    pub posting: u32,
    /// Why it follows an earlier revision of the series; `None` for the first.
    pub link: Option<Link>,
}

/// A patch's place in a revision.
#[derive(Debug, Clone)]
pub struct Slot {
    /// The number in the counter; 1 for a single patch.
    pub number: u32,
    /// The patch, or nothing where it never arrived.
    pub mail: Option<MailIx>,
    /// Reviews given in replies to it, or to the cover letter.
    pub reviews: Vec<Review>,
}

/// A verdict that somebody gave in a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// What was said: `Reviewed-by: …`.
    pub trailer: Trailer,
    /// Who the trailer names.
    pub person: Mailbox,
    /// The reply.
    pub mail: MailIx,
    /// Given to the cover letter, so to every patch.
    pub from_cover: bool,
}

/// Why two revisions are one series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What shows it.
    pub evidence: Evidence,
    /// How sure that is.
    pub confidence: Confidence,
}

/// What shows that one revision follows another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// Both carry this `change-id:`.
    ChangeId(Box<str>),
    /// The newer one links to this message of the older.
    Cites(MessageId),
    /// The newer one answers this message of the older.
    Answers(MessageId),
    /// Same author, same title.
    AuthorAndTitle,
}

/// How sure a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Probably.
    Low,
    /// Very likely.
    High,
    /// The author says so.
    Certain,
}

/// What has become of a series, as its newest revision and the replies tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nobody answered yet.
    New,
    /// There are answers.
    Discussed,
    /// Every patch of the newest revision has a review by somebody else.
    Reviewed,
    /// A maintainer wrote that it is applied; the mail that says so.
    Applied(MailIx),
}

impl State {
    /// The word that export and pages use.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Discussed => "discussed",
            Self::Reviewed => "reviewed",
            Self::Applied(_) => "applied",
        }
    }
}

impl Revision {
    /// Its cover letter and patches.
    pub fn members(&self) -> impl Iterator<Item = MailIx> + '_ {
        self.cover.into_iter().chain(self.slots.iter().filter_map(|slot| slot.mail))
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
}

/// Reads the archives of the lists and puts together what belongs together.
///
/// # Errors
/// When an archive is not there, is none, or cannot be read at all.
pub fn read(lists: &[List]) -> Result<Corpus> {
    let mut pile = Pile::default();
    for (at, list) in lists.iter().enumerate() {
        let ix = ListIx(u16::try_from(at).unwrap_or(u16::MAX));
        for path in &list.archives {
            for archive in archive::open(path)? {
                pile.take(ix, archive.read(|raw| patch::read(&raw))?);
            }
        }
    }
    Ok(pile.sort(lists.iter().map(|list| list.name.clone()).collect()))
}

/// Mails as they come out of the archives.
#[derive(Default)]
struct Pile {
    mails: Vec<(ListIx, Place, Mail)>,
    given: Vec<(ListIx, GivenDigest, Vec<MessageId>)>,
    histories: Vec<(ListIx, Vec<Epoch>)>,
    notes: Vec<Note>,
}

impl Pile {
    fn take(&mut self, list: ListIx, reading: archive::Reading<Mail>) {
        if let Some(digest) = reading.digest {
            let entries = reading.messages.iter().map(|(_, m)| m.message.id.clone()).collect();
            self.given.push((list, digest, entries));
        }
        self.notes.extend(reading.notes);
        self.histories.push((list, reading.history));
        self.mails.extend(reading.messages.into_iter().map(|(place, mail)| (list, place, mail)));
    }

    /// One order whatever the order of arrival, one mail for all its copies, then all that follows.
    fn sort(mut self, lists: Vec<Arc<str>>) -> Corpus {
        let received = self.mails.len();
        let key = |(list, place, mail): &(ListIx, Place, Mail)| {
            let message = &mail.message;
            // Of a mail's copies the one that says most about its thread is kept: some ways lose headers.
            let above = (Reverse(message.references.len()), message.references.clone());
            let identity = (message.date, message.id.clone(), message.content.bytes());
            (identity, *list, above, place.clone())
        };
        self.mails.sort_by_cached_key(key);
        let mut letters: Vec<Letter> = Vec::with_capacity(received);
        let mut known: HashMap<(MessageId, [u8; 20]), usize> = HashMap::new();
        let mut ids: HashMap<MessageId, usize> = HashMap::new();
        for (list, place, mut mail) in self.mails {
            let id = mail.message.id.clone();
            let same = (id.clone(), mail.message.content.bytes());
            if let Some(&at) = known.get(&same) {
                letters[at].copies.push((list, place));
                continue;
            }
            known.insert(same, letters.len());
            for mut note in std::mem::take(&mut mail.message.notes) {
                note.place.get_or_insert_with(|| place.clone());
                self.notes.push(note);
            }
            if ids.insert(id.clone(), letters.len()).is_some() {
                let mut note = Note::new(NoteKind::SameId, "").at(place.clone());
                note.message_id = Some(id);
                self.notes.push(note);
            }
            letters.push(Letter { mail, copies: vec![(list, place)], home: None });
        }
        self.notes.sort_unstable();
        let ix = |at: usize| MailIx(u32::try_from(at).unwrap_or(u32::MAX));
        let given = self.given.into_iter().map(|(list, digest, entries)| {
            let mails = entries.iter().filter_map(|id| ids.get(id).map(|at| ix(*at))).collect();
            Given { list, digest, mails }
        });
        let mut corpus = Corpus {
            lists,
            mails: letters,
            given: given.collect(),
            histories: self.histories,
            notes: self.notes,
            received,
            ..Corpus::default()
        };
        corpus.group();
        corpus
    }
}

impl Corpus {
    /// The mail of a number.
    pub fn letter(&self, ix: MailIx) -> &Letter {
        &self.mails[ix.at()]
    }

    /// Threads, postings, series, reviews, states.
    fn group(&mut self) {
        let ids = thread::ids(&self.mails);
        self.threads = Threads::build(&self.mails, &ids);
        let postings = assemble::postings(&self.mails, &self.threads);
        let links = lineage::link(&postings, &self.mails, &self.threads, &ids);
        let mut works = works(&postings, &links, &self.mails);
        works.sort_by_key(|work| (work.iter().map(|&at| postings[at].first()).min(), work[0]));
        for work in &works {
            self.series.push(series(work, &postings, &links, &self.mails));
        }
        for cover in postings.iter().filter_map(|posting| posting.cover) {
            self.mails[cover.at()].mail.role = Role::Cover;
        }
        self.settle();
        for at in 0..self.series.len() {
            self.judge(at);
        }
    }

    /// Gives every mail the series that it is about: its own, or that of the nearest mail above it.
    fn settle(&mut self) {
        let mut home: Vec<Option<(SeriesIx, u32)>> = vec![None; self.mails.len()];
        for (at, series) in self.series.iter().enumerate() {
            let ix = SeriesIx(u32::try_from(at).unwrap_or(u32::MAX));
            for (number, revision) in series.revisions.iter().enumerate() {
                for member in revision.members() {
                    home[member.at()] = Some((ix, u32::try_from(number).unwrap_or(u32::MAX)));
                }
            }
        }
        let is_member: Vec<bool> = home.iter().map(Option::is_some).collect();
        let mut known = is_member.clone();
        for ix in MailIx::all(self.mails.len()) {
            let path: Vec<MailIx> =
                self.threads.upwards(ix).take_while(|up| !known[up.at()]).collect();
            let Some(&last) = path.last() else { continue };
            let found = self.threads.parent[last.at()].and_then(|up| home[up.at()]);
            for step in path {
                (home[step.at()], known[step.at()]) = (found, true);
            }
        }
        for ix in MailIx::all(self.mails.len()) {
            self.mails[ix.at()].home = home[ix.at()];
            if let (Some((series, revision)), false) = (home[ix.at()], is_member[ix.at()]) {
                self.series[series.at()].revisions[revision as usize].replies.push(ix);
            }
        }
    }

    fn judge(&mut self, at: usize) {
        let series = &mut self.series[at];
        for revision in &mut series.revisions {
            let (cover, replies) = (revision.cover, &revision.replies);
            review::credit(&mut revision.slots, cover, replies, &self.mails, &self.threads);
        }
        series.state = state::state(&series.revisions, &self.mails);
    }
}

/// Postings that follow one another, each work sorted by version and date.
fn works(
    postings: &[Posting],
    links: &[Option<(usize, Link)>],
    mails: &[Letter],
) -> Vec<Vec<usize>> {
    let mut works: HashMap<usize, Vec<usize>> = HashMap::new();
    for at in 0..postings.len() {
        let mut root = at;
        while let Some((older, _)) = &links[root] {
            root = *older;
        }
        works.entry(root).or_default().push(at);
    }
    let mut works: Vec<Vec<usize>> = works.into_values().collect();
    for work in &mut works {
        work.sort_by_key(|&at| (lineage::version(&postings[at], mails), postings[at].first()));
    }
    works
}

fn series(
    work: &[usize],
    postings: &[Posting],
    links: &[Option<(usize, Link)>],
    mails: &[Letter],
) -> Series {
    let mut revisions: Vec<Revision> = Vec::with_capacity(work.len());
    for &at in work {
        let link = links[at].as_ref().map(|(_, link)| link.clone());
        let mut revision = revision(&postings[at], link, mails);
        let again = revisions.iter().filter(|r| r.version == revision.version).count();
        revision.posting = u32::try_from(again).unwrap_or(u32::MAX).saturating_add(1);
        revisions.push(revision);
    }
    let oldest = work.iter().map(|&at| &postings[at]).min_by_key(|p| p.first());
    let named = oldest.map_or(MailIx(0), |p| p.first());
    let titled = oldest.map_or(MailIx(0), lineage::head);
    let newest = &revisions[revisions.len() - 1];
    Series {
        slug: slug(&mails[titled.at()].mail.title, &mails[named.at()].mail.message.id).into(),
        title: newest.title.clone(),
        author: newest.author.clone(),
        state: State::New,
        revisions,
    }
}

/// Words of the title, and eight digits that tell two works of one title apart.
pub(crate) fn slug(title: &str, id: &str) -> String {
    let hash = sha1_smol::Sha1::from(id).hexdigest();
    format!("{}-{}", text::slug(title, 60), &hash[..8])
}

fn revision(posting: &Posting, link: Option<Link>, mails: &[Letter]) -> Revision {
    let head = &mails[lineage::head(posting).at()].mail;
    let mut tags: Vec<Box<str>> = Vec::new();
    for ix in posting.members() {
        for tag in &mails[ix.at()].mail.message.subject.tags {
            if !tags.iter().any(|t| t.eq_ignore_ascii_case(tag)) {
                tags.push(tag.clone());
            }
        }
    }
    let subjects = || posting.members().map(|ix| &mails[ix.at()].mail.message.subject);
    let received = u32::try_from(posting.patches.len()).unwrap_or(u32::MAX);
    Revision {
        version: lineage::version(posting, mails),
        title: head.title.clone(),
        rfc: subjects().any(|s| s.rfc),
        resend: subjects().any(|s| s.resend),
        tags,
        author: head.author.clone(),
        posted: posting.members().filter_map(|ix| mails[ix.at()].date()).min(),
        cover: posting.cover,
        slots: slots(posting),
        expected: if posting.total == 0 { received } else { posting.total },
        replies: Vec::new(),
        posting: 1,
        link,
    }
}

fn slots(posting: &Posting) -> Vec<Slot> {
    let slot = |number, mail| Slot { number, mail, reviews: Vec::new() };
    let mut slots: Vec<Slot> = posting.patches.iter().map(|(n, ix)| slot(*n, Some(*ix))).collect();
    let has = |n: u32| posting.patches.iter().any(|(number, _)| *number == n);
    if posting.total <= MAX_EXPECTED {
        slots.extend((1..=posting.total).filter(|n| !has(*n)).map(|n| slot(n, None)));
    }
    slots.sort_by_key(|slot| (slot.number, slot.mail));
    slots
}
