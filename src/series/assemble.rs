//! Postings: the patches and the cover letter that were sent together.
//!
//! In: the mails, by date, and their threads. Out: a [`Posting`] for every patch and cover letter. The rules run
//! over the whole sorted set, so the order of arrival does not matter:
//!
//! 1. Patches without a counter are postings of one.
//! 2. Numbered replies to a cover letter by the same sender are that letter's set ([`seat`]).
//! 3. The other patches are grouped by sender, version and total. Within a group, patches that reply to one another
//!    or to the same mail belong together. If a number occurs twice, the later patch opens a new posting.
//! 4. An unthreaded patch joins the nearest posting of the same sender, version and total that was sent within 30
//!    minutes (b4's window; patchwork's is 20) and lacks its number.
//! 5. The rest of a posting may come within two days in a thread of its own; the few missing patches of a large set,
//!    within two weeks.
//! 6. A posting with missing numbers takes in a reply to it that has exactly these.
//! 7. A posting with missing numbers takes in one of the same sender and total that has exactly these, if only one
//!    of the two names a version.
//! 8. Entries of a text digest, which reply to nothing, belong together by their order.
//! 9. Patches of a posting that were sent again in its thread, one by one, form one posting per version ([`again`]).
//! 10. Another mail with a patch's Message-ID and subject takes the same number of the same posting.
//!
//! Never here: earlier or later revisions.

mod again;
mod rest;
mod seat;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{MailIx, StoredMessage, Threads};
use crate::{
    date::Timestamp,
    message::{SubjectKind, Version},
    patch::Role,
};
use seat::{Key, Seat, seats};

/// A day, in seconds.
const DAY: i64 = 86_400;

/// The longest time between unthreaded mails of one posting, in seconds.
const WINDOW: i64 = 30 * 60;

/// The most postings of one sender, version and total that are candidates for a mail: the latest, because postings
/// are in order of date.
const NEAREST: usize = 64;

/// Mails that were sent together.
#[derive(Debug, Clone, Default, Hash)]
pub(super) struct Posting {
    /// Cover letter.
    pub(super) cover: Option<MailIx>,
    /// The patches by number; an inserted one (`0.5/5`) follows the number before it.
    pub(super) patches: Vec<(u32, MailIx)>,
    /// The total of the counter; 1 for a single patch.
    pub(super) total: u32,
    /// The version that a later part of it names.
    named: Option<Version>,
    /// The patch to which it replies, if it repeats only patches of that patch's posting.
    pub(super) part_of: Option<MailIx>,
}

/// The longest time until the rest of a posting, in seconds: mail servers refuse the end of a series, and its author
/// sends it three hours or a day later (seen on linux-xfs and linux-clk).
const REST: i64 = 2 * DAY;

/// The same for the few patches that a large set lacks: their author forgot them, and sends them when somebody asks.
const FORGOTTEN: i64 = 14 * DAY;

/// The fewest patches of a large set: on a list that gets parts of sets, two parts of smaller sets may look like one
/// set.
const LARGE: usize = 4;

/// The same for a cover letter that came separately, before or after its patches. These lack nothing, so there is
/// little other evidence (`mmc: UHS-II`, 29 patches, and their letter 74 minutes later; six hours on
/// linux-samsung-soc).
const LETTER: i64 = DAY;

/// Assembles all postings, sorted by their first mail.
pub(super) fn postings(mails: &[StoredMessage], threads: &Threads) -> Vec<Posting> {
    let mut seats = seats(mails, threads);
    let mut buckets: BTreeMap<Key, Vec<MailIx>> = BTreeMap::new();
    let mut postings = Vec::new();
    let mut doubles: Vec<(MailIx, MailIx)> = Vec::new();
    for (ix, letter) in MailIx::all(mails.len()).zip(mails) {
        let mail = &letter.mail;
        if mail.is_entry() {
            seats.remove(&ix);
            add_entry(&mut postings, ix, mails);
        } else if let Some(first) = first_of(ix, mails, threads) {
            seats.remove(&ix);
            doubles.push((first, ix));
        } else if let Some(seat) = seats.get(&ix) {
            buckets.entry(seat.key.clone()).or_default().push(ix);
        } else if mail.role == Role::Patch {
            postings.push(Posting::single(ix));
        } else if mail.role == Role::Cover && mail.message.subject.index.is_none() {
            postings.push(Posting { cover: Some(ix), ..Posting::default() });
        }
    }
    let mut numbered: Vec<(Key, Posting)> = Vec::new();
    for (key, members) in buckets {
        let grouped = Bucket { mails, threads, seats: &seats }.group(&members, key.2);
        numbered.extend(grouped.into_iter().map(|posting| (key.clone(), posting)));
    }
    rest::adopt(&mut numbered, mails, threads);
    rest::complete(&mut numbered, mails);
    again::settle(&mut numbered, mails, threads);
    postings.extend(numbered.into_iter().map(|(_, posting)| posting));
    add_doubles(&mut postings, &doubles);
    postings.sort_by_key(Posting::first);
    postings
}

/// The earlier patch with the same Message-ID and subject but another text.
fn first_of(ix: MailIx, mails: &[StoredMessage], threads: &Threads) -> Option<MailIx> {
    let parent = threads.parent[ix.at()]?;
    let (one, other) = (&mails[ix.at()].mail, &mails[parent.at()].mail);
    let same = one.role == Role::Patch
        && other.role == Role::Patch
        && one.message.id == other.message.id
        && one.message.subject.full == other.message.subject.full;
    same.then_some(parent)
}

/// Rule 10. The first one is always in a posting: it is a patch, or such a double itself.
fn add_doubles(postings: &mut [Posting], doubles: &[(MailIx, MailIx)]) {
    let mut place: HashMap<MailIx, (usize, u32)> = HashMap::new();
    for (at, posting) in postings.iter().enumerate().filter(|_| !doubles.is_empty()) {
        place.extend(posting.patches.iter().map(|(number, ix)| (*ix, (at, *number))));
    }
    for (first, double) in doubles {
        if let Some(&(at, number)) = place.get(first) {
            place.insert(*double, (at, number));
            postings[at].patches.push((number, *double));
            postings[at].patches.sort_unstable();
        }
    }
}

/// Adds an entry of a text digest, in which only the order connects entries. It joins the posting before it if
/// sender and total agree, its number is free, and the versions agree or one of them is a cover letter (`[PATCH
/// 00/31]` after `[PATCH v6 01/31]` in the KVM list's digest).
fn add_entry(postings: &mut Vec<Posting>, ix: MailIx, mails: &[StoredMessage]) {
    let letter = &mails[ix.at()];
    let subject = &letter.mail.message.subject;
    let Some(index) = subject.index else {
        postings.push(Posting::single(ix));
        return;
    };
    if let Some(last) = postings.last_mut() {
        let before = &mails[last.first().at()].mail;
        let same_sender =
            before.is_entry() && before.message.from.key() == letter.mail.message.from.key();
        let uncounted = before.message.subject.kind == SubjectKind::Plain && last.cover.is_none();
        if same_sender && uncounted && index.number == 1 {
            *last = Posting { cover: Some(last.first()), total: index.total, ..Posting::default() };
        }
        let versions = last
            .members()
            .all(|ix| mails[ix.at()].mail.message.subject.version() == subject.version());
        let unversioned = |ix: MailIx| mails[ix.at()].mail.message.subject.version.is_none();
        let cover = if index.number == 0 { Some(ix) } else { last.cover };
        let covered = cover.is_some_and(|cover| unversioned(cover) || unversioned(ix));
        let is_free = !last.has(index.number, index.inserted);
        if same_sender && last.total == index.total && is_free && (versions || covered) {
            last.add(ix, index.number, index.inserted);
            return;
        }
    }
    let mut posting = Posting { total: index.total, ..Posting::default() };
    posting.add(ix, index.number, index.inserted);
    postings.push(posting);
}

impl Posting {
    fn single(ix: MailIx) -> Self {
        Self { patches: vec![(1, ix)], total: 1, ..Self::default() }
    }

    /// Cover letter and patches, cover letter first.
    pub(super) fn members(&self) -> impl Iterator<Item = MailIx> + '_ {
        self.cover.into_iter().chain(self.patches.iter().map(|(_, ix)| *ix))
    }

    /// The first of its mails by date.
    pub(super) fn first(&self) -> MailIx {
        self.members().min().unwrap_or(MailIx(0))
    }

    /// The version that most of its patches have; of equally frequent ones, the first, because some authors count
    /// versions per patch (`[PATCH 04/14 v4]`). If only the cover letter names a version, that one. Without a cover
    /// letter, the first patch replaces it if it alone names one (`[PATCH 1/3,v3]` above a bare `2/3`).
    pub(super) fn version(&self, mails: &[StoredMessage]) -> Version {
        let of = |ix: MailIx| mails[ix.at()].mail.message.subject.version;
        let mut versions: Vec<_> = self.patches.iter().map(|(_, ix)| of(*ix)).collect();
        let is_named = |(number, ix): &(u32, MailIx)| (*number == 1) == of(*ix).is_some();
        if self.cover.is_none() && self.patches.iter().all(is_named) {
            versions.retain(Option::is_some);
        }
        let count = |version| versions.iter().filter(|other| **other == version).count();
        let most = versions.iter().rev().copied().max_by_key(|version| count(*version));
        self.named.or(most.flatten()).or_else(|| self.cover.and_then(of)).unwrap_or(Version::FIRST)
    }

    fn has(&self, number: u32, inserted: bool) -> bool {
        match (number, inserted) {
            (_, true) => false,
            (0, false) => self.cover.is_some(),
            (n, false) => self.patches.iter().any(|(number, _)| *number == n),
        }
    }

    fn overlaps(&self, other: &Self) -> bool {
        (self.cover.is_some() && other.cover.is_some())
            || other.patches.iter().any(|(n, _)| self.patches.iter().any(|(m, _)| m == n))
    }

    fn add(&mut self, ix: MailIx, number: u32, inserted: bool) {
        match (number, inserted) {
            (0, false) => self.cover = Some(ix),
            (n, _) => self.patches.push((n, ix)),
        }
        self.patches.sort_unstable();
    }

    /// Whether it has all its patches.
    fn is_whole(&self) -> bool {
        self.patches.len() >= self.total as usize
    }

    /// Whether each has what the other lacks, and no number occurs twice.
    fn completes(&self, other: &Self) -> bool {
        let sent = self.patches.len() + other.patches.len();
        !self.overlaps(other) && sent == self.total as usize && !other.patches.is_empty()
    }

    /// Whether it has its cover letter and most patches of a large set, and the other one has fewer.
    fn lacks_few(&self, other: &Self) -> bool {
        let had = self.patches.len();
        self.cover.is_some() && had >= LARGE && other.patches.len() < had
    }

    /// Whether one is a cover letter alone, and the other all patches without one.
    fn is_the_letter_of(&self, other: &Self) -> bool {
        let is_alone = |one: &Self| one.cover.is_some() && one.patches.is_empty();
        let is_without = |one: &Self| one.cover.is_none() && one.is_whole() && one.total > 1;
        is_alone(self) && is_without(other) || is_without(self) && is_alone(other)
    }

    fn absorb(&mut self, other: Self) {
        self.cover = self.cover.or(other.cover);
        self.patches.extend(other.patches);
        self.patches.sort_unstable();
        self.total = self.total.max(other.total);
    }

    /// Seconds between the nearest mails of two postings; 0 if a date is unknown.
    fn gap(&self, other: &Self, mails: &[StoredMessage]) -> i64 {
        let dates = |p: &Self| p.members().map(|ix| mails[ix.at()].sent()).collect::<Vec<_>>();
        let theirs = dates(other);
        let pairs = dates(self).into_iter().flat_map(|a| theirs.iter().map(move |b| (a, *b)));
        pairs.map(|(a, b)| seconds_between(a, b)).min().unwrap_or(i64::MAX)
    }
}

fn seconds_between(a: Option<Timestamp>, b: Option<Timestamp>) -> i64 {
    match (a, b) {
        (Some(a), Some(b)) => (a.0 - b.0).abs(),
        _ => 0,
    }
}

/// Mails of one sender, version and total.
struct Bucket<'a> {
    mails: &'a [StoredMessage],
    threads: &'a Threads,
    seats: &'a HashMap<MailIx, Seat>,
}

impl Bucket<'_> {
    /// A mail's number, and whether it was inserted.
    fn slot(&self, ix: MailIx) -> (u32, bool) {
        self.seats.get(&ix).map_or((1, false), |seat| (seat.number, seat.inserted))
    }

    fn group(&self, members: &[MailIx], total: u32) -> Vec<Posting> {
        let mut threaded: BTreeMap<MailIx, Vec<MailIx>> = BTreeMap::new();
        for &ix in members {
            threaded.entry(self.threads.root[ix.at()]).or_default().push(ix);
        }
        let mut whole: Vec<Posting> = Vec::new();
        for (_, together) in threaded {
            whole.extend(self.part(&together, total));
        }
        self.join_rests(self.join_unthreaded(whole))
    }

    /// Splits mails of one thread into postings: a mail joins the posting of its parent, or of a sibling (patches
    /// whose cover letter never arrived still have one parent), or the nearest in time. If its number is taken, it
    /// opens a new posting.
    fn part(&self, members: &[MailIx], total: u32) -> Vec<Posting> {
        let mut postings: Vec<Posting> = Vec::new();
        let mut home: HashMap<MailIx, usize> = HashMap::new();
        let mut siblings: HashMap<&str, usize> = HashMap::new();
        for ix in self.in_order(members) {
            let letter = &self.mails[ix.at()];
            let parent = self.threads.parent[ix.at()];
            let answers = letter.mail.message.in_reply_to().map(|id| &**id);
            let (number, inserted) = self.slot(ix);
            let free = |at: &usize| !postings[*at].has(number, inserted);
            let by_parent = parent.and_then(|p| home.get(&p)).copied().filter(free);
            let by_sibling = answers.and_then(|id| siblings.get(id)).copied().filter(free);
            let own = Posting { patches: vec![(0, ix)], ..Posting::default() };
            let near = || {
                (0..postings.len())
                    .rev()
                    .take(NEAREST)
                    .filter(free)
                    .map(|at| (postings[at].gap(&own, self.mails), at))
                    .filter(|(gap, _)| *gap <= WINDOW)
                    .min()
                    .map(|(_, at)| at)
            };
            let at = by_parent.or(by_sibling).or_else(near).unwrap_or_else(|| {
                postings.push(Posting { total, ..Posting::default() });
                postings.len() - 1
            });
            postings[at].add(ix, number, inserted);
            home.insert(ix, at);
            if let Some(id) = answers {
                siblings.insert(id, at);
            }
        }
        postings
    }

    /// Parents before their replies, otherwise by date, then number: a patch may have an earlier date than its cover
    /// letter.
    fn in_order(&self, members: &[MailIx]) -> Vec<MailIx> {
        let among: HashSet<MailIx> = members.iter().copied().collect();
        let mut sorted = members.to_vec();
        sorted.sort_by_cached_key(|&ix| {
            let above = self.threads.upwards(ix).skip(1).take(64);
            let depth = above.filter(|up| among.contains(up)).count();
            let letter = &self.mails[ix.at()];
            (depth, letter.sent(), self.slot(ix), ix)
        });
        sorted
    }

    /// Rule 4: joins postings that are separate only because they are unthreaded.
    fn join_unthreaded(&self, whole: Vec<Posting>) -> Vec<Posting> {
        let mut out: Vec<Posting> = Vec::new();
        let mut whole = whole;
        whole.sort_by_key(Posting::first);
        for posting in whole {
            let loose = self.is_loose(&posting);
            let near = out
                .iter()
                .enumerate()
                .rev()
                .take(NEAREST)
                .filter(|(_, other)| loose || self.is_loose(other))
                .filter(|(_, other)| !other.overlaps(&posting))
                .map(|(at, other)| (other.gap(&posting, self.mails), at))
                .filter(|(gap, _)| *gap <= WINDOW)
                .min();
            match near {
                Some((_, at)) => out[at].absorb(posting),
                None => out.push(posting),
            }
        }
        out
    }

    /// Rule 5: joins the rest of a posting to its beginning.
    fn join_rests(&self, whole: Vec<Posting>) -> Vec<Posting> {
        let mut out: Vec<Posting> = Vec::new();
        for posting in whole {
            let beginning = out.iter_mut().rev().take(NEAREST).find(|other| {
                let gap = other.gap(&posting, self.mails);
                let rest = if other.lacks_few(&posting) { FORGOTTEN } else { REST };
                other.completes(&posting) && !posting.is_whole() && gap <= rest
                    || other.is_the_letter_of(&posting) && gap <= LETTER
            });
            match beginning {
                Some(beginning) => beginning.absorb(posting),
                None => out.push(posting),
            }
        }
        out
    }

    /// Whether one of its mails replies to nothing.
    fn is_loose(&self, posting: &Posting) -> bool {
        posting.members().any(|ix| self.mails[ix.at()].mail.message.references.is_empty())
    }
}
