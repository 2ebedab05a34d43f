//! Postings: which patches and cover letter were sent together.
//!
//! In: the mails, by date, and their threads. Out: a [`Posting`] for every patch and cover letter. Done in a batch
//! over the sorted set, so that the order of arrival does not matter:
//!
//! 1. Patches without a counter are postings of one.
//! 2. What answers a letter of the same sender and is numbered is that letter's set ([`seat`]).
//! 3. The others part by sender, version and total; within those, what answers one another, or the same mail,
//!    belongs together; if a number comes twice, the later one opens a new posting.
//! 4. What came unthreaded joins the nearest posting of the same sender, version and total that was sent within 30
//!    minutes (b4's window; patchwork's is 20) and lacks its numbers.
//! 5. The rest of a posting may come within two days, in a thread of its own; the few that a large set lacks within two weeks.
//! 6. A posting with missing numbers takes in one that replies to it and has just these.
//! 7. A posting with missing numbers takes in one of the same sender and total that has just these, where only one
//!    of them names a version.
//! 8. Entries of a text digest, which answer nothing, belong together by their order.
//! 9. Patches of a posting that come again in its thread, one by one, are one posting for each version ([`again`]).
//! 10. Another mail under a patch's Message-ID and subject takes the same number of the same posting.
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

/// Seconds.
const DAY: i64 = 86_400;

/// How far apart unthreaded mails of one posting were sent, in seconds.
const WINDOW: i64 = 30 * 60;

/// How many postings of one sender, version and total are looked at for one that a mail belongs to: the
/// latest, since they come by date.
const NEAREST: usize = 64;

/// Mails that were sent together.
#[derive(Debug, Clone, Default)]
pub(super) struct Posting {
    /// Cover letter.
    pub(super) cover: Option<MailIx>,
    /// Patches by number; those put in between (`0.5/5`) behind the number before them.
    pub(super) patches: Vec<(u32, MailIx)>,
    /// The total of the counter; 1 for a single patch.
    pub(super) total: u32,
    /// The version that a part of it names which came by itself.
    named: Option<Version>,
    /// The patch to which it replies, if it has only patches of that patch's posting again.
    pub(super) part_of: Option<MailIx>,
}

/// How long after its beginning the rest of a posting may come, in seconds: mail servers stop accepting in the
/// middle of a series, and what is left is sent three hours or a day later (seen on linux-xfs and linux-clk).
const REST: i64 = 2 * DAY;

/// The same for the few patches that a large set lacks: somebody forgot them, and sends them when they are missed.
const FORGOTTEN: i64 = 14 * DAY;

/// A set of fewer patches is no large one: on a list that gets parts of sets, two such parts may look like one set.
const LARGE: usize = 4;

/// The same for a letter that came by itself, before its patches or after them: these lack nothing, so that little
/// else shows whose it is (`mmc: UHS-II`, 29 patches, and their letter 74 minutes later; six hours on linux-samsung-soc).
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

/// The patch under whose Message-ID and subject this one came again with another text.
fn first_of(ix: MailIx, mails: &[StoredMessage], threads: &Threads) -> Option<MailIx> {
    let parent = threads.parent[ix.at()]?;
    let (one, other) = (&mails[ix.at()].mail, &mails[parent.at()].mail);
    let same = one.role == Role::Patch
        && other.role == Role::Patch
        && one.message.id == other.message.id
        && one.message.subject.full == other.message.subject.full;
    same.then_some(parent)
}

/// Rule 10. The first is always in a posting: it is a patch, or such a double itself.
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

/// Adds an entry of a text digest, where nothing answers anything and the order is all there is: it joins the
/// posting before it when sender and total agree, its number is free, and the versions agree or a cover
/// letter is among them (the seed's `[PATCH 00/31]` behind `[PATCH v6 01/31]`).
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

    /// The version that most of its patches have, of equals the one that comes first, since some authors count
    /// every patch for itself (`[PATCH 04/14 v4]`); the cover letter's where only that names one. Where there is
    /// not a letter the first patch stands for it, if it alone names one (`[PATCH 1/3,v3]` above a bare `2/3`).
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

    /// It has all its patches.
    fn is_whole(&self) -> bool {
        self.patches.len() >= self.total as usize
    }

    /// Each has what the other lacks, and no number is there twice.
    fn completes(&self, other: &Self) -> bool {
        let sent = self.patches.len() + other.patches.len();
        !self.overlaps(other) && sent == self.total as usize && !other.patches.is_empty()
    }

    /// It has its letter and most patches of a large set, and the other has fewer.
    fn lacks_few(&self, other: &Self) -> bool {
        let had = self.patches.len();
        self.cover.is_some() && had >= LARGE && other.patches.len() < had
    }

    /// One is a letter alone, the other all the patches without one.
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
    /// A mail's number, and whether it was put in between.
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

    /// Parts mails of one thread into postings: a mail joins the posting of the mail it answers, or that a
    /// sibling is in (patches whose cover letter never came still answer the same one), or the nearest in
    /// time; where its number is taken it opens another.
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

    /// Parents before their replies, otherwise by date, then number: a patch may be dated before the cover letter
    /// that it answers.
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

    /// Rule 4: joins postings that came apart because nothing threaded them.
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

    /// A mail of it answers nothing.
    fn is_loose(&self, posting: &Posting) -> bool {
        posting.members().any(|ix| self.mails[ix.at()].mail.message.references.is_empty())
    }
}
