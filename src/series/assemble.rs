//! Postings: which patches and cover letter were sent together.
//!
//! In: the mails, by date, and their threads. Out: a [`Posting`] for every patch and cover letter. Done in a
//! batch over the sorted set, so that the order of arrival does not matter:
//!
//! 1. Patches without a counter are postings of one.
//! 2. The others part by sender, version and total; within those, what answers one another, or the same
//!    mail, belongs together; where a number comes twice, the later one opens a new posting.
//! 3. What came unthreaded joins the nearest posting of the same sender, version and total that was sent
//!    within 30 minutes (b4's window; patchwork's is 20) and lacks its numbers.
//! 4. Patches whose version differs from their cover letter's join it when they answer it at once.
//! 5. A letter without a counter covers the first posting of its sender that answers it.
//! 6. Entries of a text digest, which answer nothing, belong together by their order.
//! 7. Another mail under a patch's Message-ID and subject takes the same number of the same posting.
//!
//! Never here: earlier or later revisions.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Letter, MailIx, Threads};
use crate::{
    archive::Source,
    date::Timestamp,
    message::{SubjectKind, Version},
    patch::Role,
};

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
    /// What the counter says; 1 for a single patch.
    pub(super) total: u32,
}

/// What postings are told apart by before anything else.
type Key = (String, Version, u32);

/// Assembles all postings, sorted by their first mail.
pub(super) fn postings(mails: &[Letter], threads: &Threads) -> Vec<Posting> {
    let mut buckets: BTreeMap<Key, Vec<MailIx>> = BTreeMap::new();
    let mut postings = Vec::new();
    let mut doubles: Vec<(MailIx, MailIx)> = Vec::new();
    for (ix, letter) in MailIx::all(mails.len()).zip(mails) {
        let mail = &letter.mail;
        if mail.source == Source::DigestEntry {
            add_entry(&mut postings, ix, mails);
            continue;
        }
        if let Some(first) = first_of(ix, mails, threads) {
            doubles.push((first, ix));
            continue;
        }
        // A patch in a reply repeats the counter of what it answers.
        let index = mail.message.subject.index.filter(|_| !mail.message.subject.is_reply);
        match (mail.role, index) {
            (Role::Patch, None) => postings.push(Posting::single(ix)),
            (Role::Cover, None) => postings.push(Posting { cover: Some(ix), ..Posting::default() }),
            // The 0/n of patches that are to be pulled is their cover letter.
            (Role::Pull, Some(index)) if index.number > 0 => {}
            (Role::Patch | Role::Cover | Role::Pull, Some(index)) => {
                let key = (mail.message.from.key(), mail.message.subject.version(), index.total);
                buckets.entry(key).or_default().push(ix);
            }
            _ => {}
        }
    }
    let mut numbered: Vec<(Key, Posting)> = Vec::new();
    for (key, members) in buckets {
        let grouped = Bucket { mails, threads }.group(&members, key.2);
        numbered.extend(grouped.into_iter().map(|posting| (key.clone(), posting)));
    }
    adopt(&mut numbered, mails, threads);
    postings.extend(numbered.into_iter().map(|(_, posting)| posting));
    // Of several postings that answer one such letter, the first has it.
    postings.sort_by_key(Posting::first);
    adopt_uncounted_covers(&mut postings, mails, threads);
    add_doubles(&mut postings, &doubles);
    postings.sort_by_key(Posting::first);
    postings
}

/// The patch under whose Message-ID and subject this one came again with another text.
fn first_of(ix: MailIx, mails: &[Letter], threads: &Threads) -> Option<MailIx> {
    let parent = threads.parent[ix.at()]?;
    let (one, other) = (&mails[ix.at()].mail, &mails[parent.at()].mail);
    let same = one.role == Role::Patch
        && other.role == Role::Patch
        && one.message.id == other.message.id
        && one.message.subject.full == other.message.subject.full;
    same.then_some(parent)
}

/// Rule 7. The first is always in a posting: it is a patch, or such a double itself.
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
fn add_entry(postings: &mut Vec<Posting>, ix: MailIx, mails: &[Letter]) {
    let letter = &mails[ix.at()];
    let subject = &letter.mail.message.subject;
    let Some(index) = subject.index else {
        postings.push(Posting::single(ix));
        return;
    };
    if let Some(last) = postings.last_mut() {
        let before = &mails[last.first().at()].mail;
        let same_sender = before.source == Source::DigestEntry
            && before.message.from.key() == letter.mail.message.from.key();
        let uncounted = before.message.subject.kind == SubjectKind::Plain && last.cover.is_none();
        if same_sender && uncounted && index.number == 1 {
            *last = Posting { cover: Some(last.first()), patches: vec![], total: index.total };
        }
        let versions = last
            .members()
            .all(|ix| mails[ix.at()].mail.message.subject.version() == subject.version());
        let unversioned = |ix: MailIx| mails[ix.at()].mail.message.subject.version.is_none();
        let cover = if index.number == 0 { Some(ix) } else { last.cover };
        let covered = cover.is_some_and(|cover| unversioned(cover) || unversioned(ix));
        if same_sender && last.total == index.total && !last.has(letter) && (versions || covered) {
            last.add(ix, letter);
            return;
        }
    }
    let mut posting = Posting { total: index.total, ..Posting::default() };
    posting.add(ix, letter);
    postings.push(posting);
}

impl Posting {
    fn single(ix: MailIx) -> Self {
        Self { cover: None, patches: vec![(1, ix)], total: 1 }
    }

    /// Cover letter and patches, cover letter first.
    pub(super) fn members(&self) -> impl Iterator<Item = MailIx> + '_ {
        self.cover.into_iter().chain(self.patches.iter().map(|(_, ix)| *ix))
    }

    /// The first of its mails by date.
    pub(super) fn first(&self) -> MailIx {
        self.members().min().unwrap_or(MailIx(0))
    }

    fn has(&self, mail: &Letter) -> bool {
        match slot(mail) {
            (_, true) => false,
            (0, false) => self.cover.is_some(),
            (n, false) => self.patches.iter().any(|(number, _)| *number == n),
        }
    }

    fn overlaps(&self, other: &Self) -> bool {
        (self.cover.is_some() && other.cover.is_some())
            || other.patches.iter().any(|(n, _)| self.patches.iter().any(|(m, _)| m == n))
    }

    fn add(&mut self, ix: MailIx, mail: &Letter) {
        match slot(mail) {
            (0, false) => self.cover = Some(ix),
            (n, _) => self.patches.push((n, ix)),
        }
        self.patches.sort_unstable();
    }

    fn absorb(&mut self, other: Self) {
        self.cover = self.cover.or(other.cover);
        self.patches.extend(other.patches);
        self.patches.sort_unstable();
        self.total = self.total.max(other.total);
    }

    /// Seconds between the nearest mails of two postings; 0 where a date is unknown.
    fn gap(&self, other: &Self, mails: &[Letter]) -> i64 {
        let dates = |p: &Self| p.members().map(|ix| mails[ix.at()].date()).collect::<Vec<_>>();
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

/// A mail's number, and whether it was put in between.
fn slot(letter: &Letter) -> (u32, bool) {
    let index = letter.mail.message.subject.index;
    index.map_or((1, false), |i| (i.number, i.inserted))
}

/// Mails of one sender, version and total.
struct Bucket<'a> {
    mails: &'a [Letter],
    threads: &'a Threads,
}

impl Bucket<'_> {
    fn group(&self, members: &[MailIx], total: u32) -> Vec<Posting> {
        let mut threaded: BTreeMap<MailIx, Vec<MailIx>> = BTreeMap::new();
        for &ix in members {
            threaded.entry(self.threads.root[ix.at()]).or_default().push(ix);
        }
        let mut whole: Vec<Posting> = Vec::new();
        for (_, together) in threaded {
            whole.extend(self.part(&together, total));
        }
        self.join_unthreaded(whole)
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
            let free = |at: &usize| !postings[*at].has(letter);
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
            postings[at].add(ix, letter);
            home.insert(ix, at);
            if let Some(id) = answers {
                siblings.insert(id, at);
            }
        }
        postings
    }

    /// Parents before their answers, otherwise by date, then number: a patch may be dated before the cover
    /// letter that it answers.
    fn in_order(&self, members: &[MailIx]) -> Vec<MailIx> {
        let among: HashSet<MailIx> = members.iter().copied().collect();
        let mut sorted = members.to_vec();
        sorted.sort_by_cached_key(|&ix| {
            let above = self.threads.upwards(ix).skip(1).take(64);
            let depth = above.filter(|up| among.contains(up)).count();
            let letter = &self.mails[ix.at()];
            (depth, letter.date(), slot(letter), ix)
        });
        sorted
    }

    /// Rule 3: joins postings that came apart because nothing threaded them.
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

    /// A mail of it answers nothing.
    fn is_loose(&self, posting: &Posting) -> bool {
        posting.members().any(|ix| self.mails[ix.at()].mail.message.references.is_empty())
    }
}

/// Rule 4, and patches that somebody else sent into a posting: a posting without cover letter or with
/// missing numbers takes in one that answers it, or that it answers, with the same total.
fn adopt(postings: &mut Vec<(Key, Posting)>, mails: &[Letter], threads: &Threads) {
    let mut home: HashMap<MailIx, usize> = HashMap::new();
    for (at, (_, posting)) in postings.iter().enumerate() {
        home.extend(posting.members().map(|ix| (ix, at)));
    }
    let mut gone = vec![false; postings.len()];
    for at in 0..postings.len() {
        let first = postings[at].1.patches.first().map(|(_, ix)| *ix);
        let above =
            first.and_then(|ix| threads.parent[ix.at()]).and_then(|up| home.get(&up)).copied();
        let Some(to) = above.filter(|to| *to != at && !gone[*to]) else { continue };
        if joins(&postings[to], &postings[at], mails) {
            let taken = std::mem::take(&mut postings[at].1);
            postings[to].1.absorb(taken);
            gone[at] = true;
        }
    }
    let mut keep = gone.iter().map(|g| !g);
    postings.retain(|_| keep.next().unwrap_or(true));
}

fn joins(to: &(Key, Posting), from: &(Key, Posting), mails: &[Letter]) -> bool {
    let ((to_key, to), (from_key, from)) = (to, from);
    let same_version = to_key.1 == from_key.1;
    // A number beyond the total (`[PATCH v2 3/2]`) adds to a posting that was whole.
    let within = from.patches.iter().all(|(number, _)| *number <= from.total);
    let to_a_cover = to.cover.is_some() && from.cover.is_none() && to_key.0 == from_key.0 && within;
    to_key.2 == from_key.2
        && !to.overlaps(from)
        && (same_version || to_a_cover && to.gap(from, mails) <= WINDOW)
}

/// A cover letter without a counter (`[PATCHSET]`, or none at all: b4's *naked cover*) belongs to the patches
/// that answer it, when their sender sent it too.
fn adopt_uncounted_covers(postings: &mut Vec<Posting>, mails: &[Letter], threads: &Threads) {
    let lone: HashMap<MailIx, usize> = postings
        .iter()
        .enumerate()
        .filter(|(_, p)| p.patches.is_empty())
        .filter_map(|(at, p)| Some((p.cover?, at)))
        .collect();
    let mut gone = vec![false; postings.len()];
    let mut taken: HashSet<MailIx> = HashSet::new();
    for posting in postings.iter_mut() {
        let Some((_, first)) = posting.patches.first().copied() else { continue };
        let counted = mails[first.at()].mail.message.subject.index.is_some();
        let Some(parent) = threads.parent[first.at()] else { continue };
        let free = posting.cover.is_none() && !taken.contains(&parent);
        if free && counted && covers(parent, first, mails) {
            taken.insert(parent);
            posting.cover = Some(parent);
            if let Some(at) = lone.get(&parent) {
                gone[*at] = true;
            }
        }
    }
    let mut keep = gone.iter().map(|g| !g);
    postings.retain(|_| keep.next().unwrap_or(true));
}

fn covers(parent: MailIx, first: MailIx, mails: &[Letter]) -> bool {
    let (above, below) = (&mails[parent.at()].mail, &mails[first.at()].mail);
    let role = above.role == Role::Cover && above.message.subject.index.is_none()
        || above.role == Role::Other && above.message.references.is_empty();
    role && above.message.from.key() == below.message.from.key()
}
