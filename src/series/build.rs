//! Builds series with their revisions from linked postings.
//!
//! In: postings, each with the earlier one that it follows, and its name. Out: [`Series`] with all revisions by
//! version and date. A partial reroll contains the patches that it does not send again, carried over from the
//! revision before. Never here: why postings are linked; replies, reviews, states.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use super::{
    Confidence, Evidence, Link, MailIx, Revision, Series, Slot, Sort, State, StoredMessage,
    Threads,
    assemble::Posting,
    edits::Edits,
    lineage::{self, Lineage, Name},
};
use crate::{date::Timestamp, patch::title::normal, text};

/// The highest missing number to list; anybody can write `[PATCH 1/99999]`.
const MAX_EXPECTED: u32 = 999;
/// The same if an archive has a great many of such counters: nobody loses that many patches by accident.
const FEW_MISSING: u32 = 31;
/// So many numbers that never came are a great many, beside some for each mail.
const MANY_MISSING: usize = 200_000;
/// So many patches may be carried over in the older revisions of a series, and so many for each of its mails.
const CARRIED: (usize, usize) = (1_000, 2);

/// The series, by their first mail.
pub(super) fn series(
    postings: &[Posting],
    lineage: &Lineage,
    mails: &[StoredMessage],
    threads: &Threads,
    edits: &Edits,
) -> Vec<Series> {
    let (mut works, begins) = works(postings, lineage, mails, edits);
    for work in &mut works {
        // Of postings sent at once, the one that the others follow is first; the others are in order of version.
        // Mails from a clock far ahead share a moment, so their versions may differ.
        work.sort_by_cached_key(|&at| {
            let follows = lineage.links[at].is_some();
            let posting = &postings[at];
            (sent(posting, mails), follows, lineage.names[at].version, posting.first())
        });
    }
    works.sort_by_key(|work| (work.iter().map(|&at| postings[at].first()).min(), work[0]));
    let all: usize = postings.iter().map(|posting| missing(posting) as usize).sum();
    let is_much = all > MANY_MISSING + 8 * mails.len();
    let most = if is_much { FEW_MISSING } else { MAX_EXPECTED };
    let one = |work: &Vec<usize>| {
        let mut series = one(work, &begins, postings, lineage, mails, most);
        carry_all(&mut series.revisions, mails, threads);
        retitle(&mut series, mails, edits);
        series
    };
    let mut all: Vec<Series> = works.iter().map(one).collect();
    name_apart(&mut all);
    all
}

/// Makes the names of series unique, whatever somebody sends.
fn name_apart(all: &mut [Series]) {
    let mut seen: HashSet<Box<str>> = HashSet::with_capacity(all.len());
    for series in all {
        let mut name = series.slug.clone();
        let mut copy = 1;
        while !seen.insert(name.clone()) {
            copy += 1;
            name = format!("{}-{copy}", series.slug).into();
        }
        series.slug = name;
    }
}

/// When the first mail of a posting was sent, by which its author's postings are ordered.
fn sent(posting: &Posting, mails: &[StoredMessage]) -> Option<Timestamp> {
    posting.members().filter_map(|ix| mails[ix.at()].sent()).min()
}

/// When the first mail of a posting came.
fn posted(posting: &Posting, mails: &[StoredMessage]) -> Option<Timestamp> {
    posting.members().filter_map(|ix| mails[ix.at()].date()).min()
}

/// Sets the editor's title of the series and its revisions if there is one; otherwise the series has the newest
/// revision's.
fn retitle(series: &mut Series, mails: &[StoredMessage], edits: &Edits) {
    let title = |ix: MailIx| edits.title(&mails[ix.at()].mail.message.id);
    let edited = series.revisions.iter().flat_map(Revision::members).find_map(title);
    let Some(edited) = edited.map(Arc::from) else {
        series.title = series.newest().title.clone();
        return;
    };
    series.revisions.iter_mut().for_each(|revision| revision.title = Arc::clone(&edited));
    (series.title, series.retitled) = (edited, true);
}

/// Postings that follow one another, and those that the editor joined; also the first postings that the editor may
/// join.
fn works(
    postings: &[Posting],
    lineage: &Lineage,
    mails: &[StoredMessage],
    edits: &Edits,
) -> (Vec<Vec<usize>>, BTreeSet<usize>) {
    let mut work: Vec<usize> = (0..postings.len()).map(|at| lineage.tops[at]).collect();
    let mut begins: BTreeSet<usize> = BTreeSet::new();
    for group in edits.joined() {
        let named = |posting: &Posting| {
            posting.members().any(|ix| group.contains(&mails[ix.at()].mail.message.id))
        };
        let joined: BTreeSet<usize> =
            (0..postings.len()).filter(|at| named(&postings[*at])).map(|at| work[at]).collect();
        if let Some(&one) = joined.first().filter(|_| joined.len() > 1) {
            begins.extend(&joined);
            work.iter_mut().filter(|of| joined.contains(of)).for_each(|of| *of = one);
        }
    }
    let mut works: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, work) in work.into_iter().enumerate() {
        works.entry(work).or_default().push(at);
    }
    (works.into_values().collect(), begins)
}

fn one(
    work: &[usize],
    begins: &BTreeSet<usize>,
    postings: &[Posting],
    lineage: &Lineage,
    mails: &[StoredMessage],
    most: u32,
) -> Series {
    let mut revisions: Vec<Revision> = Vec::with_capacity(work.len());
    // Counted on the way, because somebody may send a thousand of one version.
    let (mut of_version, mut alike) = (HashMap::new(), HashMap::new());
    let editor = Link { evidence: Evidence::Editor, confidence: Confidence::Certain };
    let joined = |at: usize| Some(editor.clone()).filter(|_| at != work[0] && begins.contains(&at));
    for &at in work {
        let link = lineage.links[at].as_ref().map(|(_, link)| link.clone());
        let name = lineage.names[at].clone();
        let mut revision = revision(&postings[at], name, link.or_else(|| joined(at)), mails, most);
        let count = of_version.entry(revision.version).or_insert(0_u32);
        *count += 1;
        revision.posting = *count;
        let before = alike.entry((revision.version, revision.rfc)).or_insert(0_u32);
        revision.again = *before;
        *before += 1;
        revisions.push(revision);
    }
    let named = postings[work[0]].first();
    let newest = &revisions[revisions.len() - 1];
    Series {
        slug: slug(&revisions[0].title, &mails[named.at()].mail.message.id).into(),
        title: newest.title.clone(),
        retitled: false,
        author: newest.author.clone(),
        claim: None,
        claimed_by: Vec::new(),
        part_of: None,
        parts: Vec::new(),
        state: State::NEW,
        kin: Box::default(),
        reports: Box::default(),
        sort: Sort::default(),
        is_mixed: revisions.iter().any(|revision| revision.rfc != revisions[0].rfc),
        revisions,
    }
}

/// Fills the gaps of partial rerolls. A set of many patches with a thousand rerolls of one would have the product of both:
/// then the newest has all patches, and those before it what they sent.
fn carry_all(revisions: &mut [Revision], mails: &[StoredMessage], threads: &Threads) {
    let mut sent: HashSet<MailIx> = HashSet::new();
    let (mut carried, mut room) = (0, CARRIED.0);
    for at in 1..revisions.len() {
        let before = sent.len();
        sent.extend(revisions[at - 1].members());
        room += CARRIED.1 * (sent.len() - before);
        carry(revisions, at, mails, threads, &sent);
        let older = &mut revisions[at - 1].slots;
        carried += older.iter().filter(|slot| slot.carried.is_some()).count();
        if carried > room {
            older.retain(|slot| slot.carried.is_none());
        }
    }
}

/// Fills the gaps of a partial reroll with the patches of the revision before: when it has no cover letter of
/// its own, the same total, and each of its patches takes the place of one that has its title, or that it
/// answers (b4's `partial_reroll`). Such a revision keeps the title of the whole. `sent` are the mails of the revisions
/// before it.
fn carry(
    revisions: &mut [Revision],
    at: usize,
    mails: &[StoredMessage],
    threads: &Threads,
    sent: &HashSet<MailIx>,
) {
    let (before, rest) = revisions.split_at_mut(at);
    let (Some(older), Some(newer)) = (before.last(), rest.first_mut()) else { return };
    // They are in the order of their numbers.
    let place = |number: u32| {
        let at = older.slots.partition_point(|old| old.number < number);
        older.slots.get(at).filter(|old| old.number == number)
    };
    let replaces = |slot: &Slot| {
        let Some(ix) = slot.mail else { return true };
        let answers = || threads.upwards(ix).skip(1).any(|up| sent.contains(&up));
        let place = place(slot.number);
        let same_title = place.and_then(|old| old.mail).is_some_and(|old| {
            normal(&mails[old.at()].mail.title) == normal(&mails[ix.at()].mail.title)
        });
        same_title || answers()
    };
    let partial = newer.cover.is_none()
        && newer.expected == older.expected
        && newer.slots.iter().any(|slot| slot.mail.is_none())
        && newer.slots.iter().all(replaces);
    if !partial {
        return;
    }
    let index = u32::try_from(at - 1).unwrap_or(u32::MAX);
    for slot in newer.slots.iter_mut().filter(|slot| slot.mail.is_none()) {
        if let Some(old) = place(slot.number) {
            slot.mail = old.mail;
            slot.carried = old.mail.map(|_| old.carried.unwrap_or(index));
        }
    }
    newer.title = older.title.clone();
}

/// Words of the title, and eight digits that distinguish series with one title.
fn slug(title: &str, id: &str) -> String {
    let hash = crate::hash::Sha1::from(id).hexdigest();
    format!("{}-{}", text::slug(title, 60), &hash[..8])
}

fn revision(
    posting: &Posting,
    name: Name,
    link: Option<Link>,
    mails: &[StoredMessage],
    most: u32,
) -> Revision {
    let head = &mails[lineage::head(posting).at()].mail;
    let mut tags: Vec<Arc<str>> = Vec::new();
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
        version: name.version,
        title: name.title,
        rfc: subjects().any(|s| s.rfc),
        resend: subjects().any(|s| s.resend),
        tags,
        author: head.author.clone(),
        posted: posted(posting, mails),
        cover: posting.cover,
        slots: slots(posting, most),
        expected: if posting.total == 0 { received } else { posting.total },
        replies: Vec::new(),
        posting: 1,
        again: 0,
        link,
        hearsay: None,
        taker: None,
    }
}

/// How many numbers that its counter announces a posting has not.
fn missing(posting: &Posting) -> u32 {
    let received = u32::try_from(posting.patches.len()).unwrap_or(u32::MAX);
    posting.total.saturating_sub(received)
}

/// The places of a posting, and of patches that never came, unless these are more than `most`.
fn slots(posting: &Posting, most: u32) -> Vec<Slot> {
    let slot =
        |number, mail| Slot { number, mail, carried: None, reviews: Vec::new(), applied: None };
    let mut slots: Vec<Slot> = posting.patches.iter().map(|(n, ix)| slot(*n, Some(*ix))).collect();
    let numbers: HashSet<u32> = posting.patches.iter().map(|(number, _)| *number).collect();
    if posting.total <= MAX_EXPECTED && missing(posting) <= most {
        let never = (1..=posting.total).filter(|number| !numbers.contains(number));
        slots.extend(never.map(|number| slot(number, None)));
    }
    slots.sort_by_key(|slot| (slot.number, slot.mail));
    slots
}
