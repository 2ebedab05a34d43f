//! Rests: postings that lack patches, and others that have exactly these.
//!
//! In: the postings of numbered patches. Out: the same, fewer. Never here: which patches were sent together.

use std::collections::{BTreeMap, HashMap};

use super::{NEAREST, Posting, WINDOW, seat::Key};
use crate::{
    message::Version,
    series::{MailIx, StoredMessage, Threads},
};

/// Rule 6: a posting with missing numbers takes in a reply to it with the same total, even from another sender, and
/// even with another version if one has exactly what the other lacks (`[PATCH 1/2 V2]` and `[PATCH 2/2]`).
pub(super) fn adopt(
    postings: &mut Vec<(Key, Posting)>,
    mails: &[StoredMessage],
    threads: &Threads,
) {
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

/// Rule 7: an author who sends the last patch again, or after the server refused the others, names the version only
/// there.
pub(super) fn complete(postings: &mut Vec<(Key, Posting)>, mails: &[StoredMessage]) {
    let mut parts: BTreeMap<(String, u32), Vec<usize>> = BTreeMap::new();
    for (at, ((sender, _, total), posting)) in postings.iter().enumerate() {
        if !posting.is_whole() {
            parts.entry((sender.clone(), *total)).or_default().push(at);
        }
    }
    for at in parts.values().filter(|parts| parts.len() > 1).flatten() {
        let (sender, version, total) = postings[*at].0.clone();
        let others = parts[&(sender, total)].iter().rev().take(NEAREST);
        let fits = |to: &&usize| {
            let ((_, of, _), other) = &postings[**to];
            let is_one_named = (*of == Version::FIRST) != (version == Version::FIRST);
            let posting = &postings[*at].1;
            is_one_named && other.completes(posting) && other.gap(posting, mails) <= WINDOW
        };
        if let Some(to) = others.copied().find(|to| to != at && fits(&to)) {
            let taken = std::mem::take(&mut postings[*at].1);
            let named = [version, postings[to].0.1].into_iter().max();
            postings[to].1.absorb(taken);
            postings[to].1.named = named;
        }
    }
    postings.retain(|(_, posting)| posting.members().next().is_some());
}

fn joins(to: &(Key, Posting), from: &(Key, Posting), mails: &[StoredMessage]) -> bool {
    let ((to_key, to), (from_key, from)) = (to, from);
    let completes = to_key.0 == from_key.0 && to.completes(from) && to.gap(from, mails) <= WINDOW;
    to_key.2 == from_key.2 && !to.overlaps(from) && (to_key.1 == from_key.1 || completes)
}
