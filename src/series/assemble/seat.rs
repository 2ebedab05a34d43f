//! Seats: the posting to which a mail says it belongs, and its number there.
//!
//! In: the mails and their threads. Out: a [`Seat`] for every numbered patch and every cover letter. The subject
//! gives it, but the thread wins over the subject: numbered patches that reply to a letter of the same sender are
//! that letter's set, whatever their version, total or date. People write the version only on the letter, miscount
//! the patches, number the letters themselves (`[PATCHSET v3 1/7]`), or send patches an hour after the letter. On
//! linux-xfs, 603 of 1,415 `[PATCHSET]` letters were separate from their patches for one of these reasons.
//!
//! Never here: patches without a cover letter.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{DAY, Posting};
use crate::{
    message::{SubjectKind, Version},
    patch::{Mail, Role},
    series::{MailIx, StoredMessage, Threads},
};

/// The longest time between a letter and its unnumbered patches, in seconds.
const AT_ONCE: i64 = 300;

/// The key of a posting: sender, version and total.
pub(super) type Key = (String, Version, u32);

/// The posting to which a mail says it belongs, and its number there.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    pub(super) key: Key,
    /// 0 for the cover letter.
    pub(super) number: u32,
    /// Whether it was inserted between two numbers (`0.5/5`).
    pub(super) inserted: bool,
}

/// The seats of all mails that have one.
pub(super) fn seats(mails: &[StoredMessage], threads: &Threads) -> HashMap<MailIx, Seat> {
    let own = |ix: MailIx| Some((ix, own(&mails[ix.at()].mail)?));
    let mut seats: HashMap<MailIx, Seat> = MailIx::all(mails.len()).filter_map(own).collect();
    for (letter, family) in families(mails, threads, &seats) {
        let sender = mails[letter.at()].mail.message.from.key();
        let key = (sender, family.version(mails), family.total);
        for (number, ix) in family.patches.into_iter().chain([(0, letter)]) {
            seats.insert(ix, Seat { key: key.clone(), number, inserted: false });
        }
    }
    seats
}

/// The seat that a mail's subject gives.
fn own(mail: &Mail) -> Option<Seat> {
    let subject = &mail.message.subject;
    // A patch in a reply repeats the counter of its parent.
    let index = subject.index.filter(|_| !subject.is_reply)?;
    let is_seated = match mail.role {
        Role::Patch | Role::Cover => true,
        // The 0/n of a pull request with patches is their cover letter.
        Role::Pull => index.number == 0,
        Role::Reply | Role::Other => false,
    };
    let key = (mail.message.from.key(), subject.version(), index.total);
    is_seated.then_some(Seat { key, number: index.number, inserted: index.inserted })
}

/// The numbered patches of one sender below each mail of the same sender.
type Below = BTreeMap<MailIx, Vec<MailIx>>;

/// Letters, each with the patches that reply to it.
fn families(
    mails: &[StoredMessage],
    threads: &Threads,
    seats: &HashMap<MailIx, Seat>,
) -> Vec<(MailIx, Posting)> {
    let beside = letters_beside(seats, threads);
    let mut below = Below::new();
    for ix in MailIx::all(mails.len()) {
        let Some(parent) = threads.parent[ix.at()].filter(|_| is_patch(&mails[ix.at()].mail))
        else {
            continue;
        };
        let senders = [ix, parent].map(|ix| &mails[ix.at()].mail.message.from);
        let is_counted = seats.get(&ix).is_some_and(|seat| !seat.inserted)
            || is_only_patch(ix, parent, mails)
            || is_uncounted(ix, parent, mails);
        // `git send-email --in-reply-to` without threading sends a letter and its patches as replies to the letter
        // of the earlier version, which has its own patches.
        let has_letter = seats.get(&ix).is_some_and(|seat| beside.contains(&(parent, &seat.key)));
        if is_counted && !has_letter && senders[0].key() == senders[1].key() {
            below.entry(parent).or_default().push(ix);
        }
    }
    let letters = below.keys().copied().filter(|ix| may_cover(&mails[ix.at()].mail));
    letters.filter_map(|letter| Some((letter, family(letter, &below, mails, seats)?))).collect()
}

/// The letters of numbered patches, by their parents.
fn letters_beside<'s>(
    seats: &'s HashMap<MailIx, Seat>,
    threads: &Threads,
) -> HashSet<(MailIx, &'s Key)> {
    let letters = seats.iter().filter(|(_, seat)| seat.number == 0 && !seat.inserted);
    letters.filter_map(|(ix, seat)| Some((threads.parent[ix.at()]?, &seat.key))).collect()
}

fn is_patch(mail: &Mail) -> bool {
    mail.role == Role::Patch && !mail.message.subject.is_reply
}

/// Whether it is `[PATCH] x` below `[PATCH 0/1] x`.
fn is_only_patch(ix: MailIx, parent: MailIx, mails: &[StoredMessage]) -> bool {
    let index = |ix: MailIx| mails[ix.at()].mail.message.subject.index;
    index(ix).is_none() && index(parent).is_some_and(|index| (index.number, index.total) == (0, 1))
}

/// Whether it is `[PATCH v2] x` below a letter `[PATCH v2] y` sent at the same time: `git send-email` without
/// numbers.
fn is_uncounted(ix: MailIx, parent: MailIx, mails: &[StoredMessage]) -> bool {
    let [patch, letter] = [ix, parent].map(|ix| &mails[ix.at()].mail.message.subject);
    let sent = [ix, parent].map(|ix| mails[ix.at()].sent());
    [patch, letter].iter().all(|it| it.index.is_none() && it.kind == SubjectKind::Patch)
        && (patch.version, patch.rfc) == (letter.version, letter.rfc)
        && super::seconds_between(sent[0], sent[1]) <= AT_ONCE
}

/// Whether a mail can be the letter of its replies: it contains no patches, and its subject has no `Re:`. It may
/// itself be a reply: people send series in reply to a plan, a report, or a letter of letters.
fn may_cover(mail: &Mail) -> bool {
    mail.role != Role::Patch && !mail.message.subject.is_reply
}

/// The set of a letter: the first group of the patches below it that is consistent.
fn family(
    letter: MailIx,
    below: &Below,
    mails: &[StoredMessage],
    seats: &HashMap<MailIx, Seat>,
) -> Option<Posting> {
    let number = |ix: MailIx| seats.get(&ix).map_or(1, |seat| seat.number);
    let mut all: Vec<(u32, MailIx)> = Vec::new();
    let mut next: Vec<MailIx> = below[&letter].clone();
    while let Some(ix) = next.pop() {
        all.push((number(ix), ix));
        // `git send-email --thread=deep`: each patch replies to the one before it.
        let deeper = below.get(&ix).into_iter().flatten();
        next.extend(deeper.filter(|other| number(**other) > number(ix)));
    }
    all.retain(|(_, ix)| is_near(letter, *ix, mails));
    all.sort_unstable();
    if all.iter().all(|(_, ix)| !seats.contains_key(ix)) {
        (1..).zip(&mut all).for_each(|(number, patch)| patch.0 = number);
    }
    let subject = |ix: MailIx| &mails[ix.at()].mail.message.subject;
    let mut versions: BTreeMap<Option<Version>, Vec<(u32, MailIx)>> = BTreeMap::new();
    for (number, ix) in &all {
        versions.entry(subject(*ix).version).or_default().push((*number, *ix));
    }
    let own = subject(letter);
    let is_ours = |version: &Option<Version>| {
        own.index.is_none() || *version == own.version || version.is_none()
    };
    let total = |patches: &[(u32, MailIx)]| total(patches, own.index.map(|i| i.total), mails);
    let whole = |patches: &Vec<(u32, MailIx)>| fills(patches, total(patches));
    let parts = || versions.iter().map(|(version, patches)| (version, patches.clone()));
    let ours = || parts().filter(|(version, _)| is_ours(version)).map(|(_, patches)| patches);
    let patches = Some(all.clone())
        .filter(whole)
        .or_else(|| ours().find(whole))
        .or_else(|| Some(all.clone()).filter(|all| is_apart(all) && versions.keys().all(is_ours)))
        .or_else(|| ours().find(|patches| is_apart(patches)))?;
    let total = total(&patches);
    Some(Posting { cover: Some(letter), patches, total, ..Posting::default() })
}

/// Whether a patch is close enough to a letter without a counter. Such a letter covers only patches by its sender
/// within a day: later ones may reply to a report or a plan of half a year ago.
fn is_near(letter: MailIx, patch: MailIx, mails: &[StoredMessage]) -> bool {
    let [above, below] = [letter, patch].map(|ix| &mails[ix.at()]);
    above.mail.message.subject.kind != SubjectKind::Plain
        || super::seconds_between(above.sent(), below.sent()) <= DAY
}

/// The number of patches in a set: what most counters say, otherwise the letter's.
fn total(patches: &[(u32, MailIx)], of_letter: Option<u32>, mails: &[StoredMessage]) -> u32 {
    let counter = |ix: MailIx| mails[ix.at()].mail.message.subject.index.map(|index| index.total);
    most(patches.iter().filter_map(|(_, ix)| counter(*ix)))
        .or(of_letter)
        .unwrap_or_else(|| u32::try_from(patches.len()).unwrap_or(u32::MAX))
}

/// Whether no number occurs twice.
fn is_apart(patches: &[(u32, MailIx)]) -> bool {
    let numbers: HashSet<u32> = patches.iter().map(|(number, _)| *number).collect();
    numbers.len() == patches.len()
}

/// Whether the numbers are 1 to `total`, each once.
fn fills(patches: &[(u32, MailIx)], total: u32) -> bool {
    patches.len() == total as usize && (1..).zip(patches).all(|(n, (number, _))| n == *number)
}

/// The most frequent value; of equally frequent ones, the greater.
fn most<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    counts.into_iter().max_by_key(|(value, count)| (*count, *value)).map(|(value, _)| value)
}
