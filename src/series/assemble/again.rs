//! Parts: patches of a posting that were sent again, corrected or added, one by one in its thread.
//!
//! In: the postings of numbered patches. Out: the same, fewer. `[PATCH v4 21/40]` alone, in reply to v3 21/40, is
//! not a posting with 39 missing patches. Of 78 such postings on fifteen lists, a reader distinguished three kinds
//! by the mail they reply to:
//!
//! | the patch | what it is |
//! |---|---|
//! | same sender, in reply to its own number, with that patch's title, a similar change, or a higher version | that patch again: a part of the series, with all others of its version |
//! | in reply to its own number, later and with another title (`lamp: dim it (fix)`), or from another sender | a proposal for that patch: discussion |
//! | a number beyond the last (`[PATCH 6/5]`) | one more patch: nothing is missing |
//!
//! Never here: which series a part belongs to ([`lineage`](crate::series::lineage)).

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Posting, seat::Key, seconds_between};
use crate::{
    message::Version,
    patch::title::normal,
    series::{MailIx, StoredMessage, Threads},
};

/// A posting within this many seconds after a patch was sent together with it.
const AT_ONCE: i64 = 300;

/// The relation of a posting to the one whose thread it is in.
enum Part {
    /// It repeats patches of it.
    Again { of: usize, answers: MailIx },
    /// It discusses one of its patches.
    Aside,
    /// It adds a patch.
    More,
}

/// Joins the parts of one version, and removes discussion.
pub(super) fn settle(
    postings: &mut Vec<(Key, Posting)>,
    mails: &[StoredMessage],
    threads: &Threads,
) {
    let mut home: HashMap<MailIx, usize> = HashMap::new();
    for (at, (_, posting)) in postings.iter().enumerate() {
        home.extend(posting.members().map(|ix| (ix, at)));
    }
    let thread = Thread { postings, mails, threads, home };
    let parts: Vec<Option<Part>> = (0..postings.len()).map(|at| thread.part(at)).collect();
    let mut first: BTreeMap<(usize, Version), usize> = BTreeMap::new();
    let mut gone: HashSet<usize> = HashSet::new();
    for (at, part) in parts.iter().enumerate() {
        if gone.contains(&at) {
            continue;
        }
        match part {
            Some(Part::Again { of, answers }) => {
                let root = root(&parts, *of);
                let version = postings[at].0.1;
                let to = *first.entry((root, version)).or_insert(at);
                if to != at && !postings[to].1.overlaps(&postings[at].1) {
                    let taken = std::mem::take(&mut postings[at].1);
                    postings[to].1.absorb(taken);
                    gone.insert(at);
                } else {
                    postings[at].1.part_of = Some(*answers);
                }
            }
            Some(Part::More) => postings[at].1.total = 0,
            Some(Part::Aside) => {
                gone.insert(at);
            }
            None => {}
        }
    }
    let mut at = 0;
    postings.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}

/// The posting at the start of a chain of parts: v5 24/40 replies to v4 24/40, and that one to v3 24/40.
fn root(parts: &[Option<Part>], mut of: usize) -> usize {
    // A mail replies to an earlier one, but dates of mails may be wrong.
    for _ in 0..parts.len() {
        match parts[of] {
            Some(Part::Again { of: above, .. }) if above != of => of = above,
            _ => break,
        }
    }
    of
}

struct Thread<'a> {
    postings: &'a [(Key, Posting)],
    mails: &'a [StoredMessage],
    threads: &'a Threads,
    home: HashMap<MailIx, usize>,
}

impl Thread<'_> {
    /// The relation of the posting to the one whose thread it is in.
    fn part(&self, at: usize) -> Option<Part> {
        let ((sender, version, total), posting) = &self.postings[at];
        if posting.cover.is_some() || posting.is_whole() && posting.has(1, false) {
            return None;
        }
        let (number, first) = *posting.patches.first()?;
        let (of, answers, their_number) = self.above(at, first)?;
        let ((their_sender, their_version, their_total), theirs) = &self.postings[of];
        let is_higher = version > their_version;
        let goes_on = sender == their_sender && is_higher;
        let is_beyond = number > theirs.total && theirs.total > 0;
        if is_beyond && posting.patches.len() == 1 && !goes_on {
            return Some(Part::More);
        }
        let is_few = posting.patches.len() * 2 <= *total as usize;
        if total != their_total
            || their_number != number
            || !is_few
            || theirs.cover == Some(answers)
        {
            return None;
        }
        let all = posting.patches.iter().all(|(number, ix)| self.answers_own(at, *number, *ix));
        let is_later = self.seconds(first, answers) > AT_ONCE;
        let is_own = sender == their_sender && all;
        if is_own && (is_higher || self.are_alike(first, answers)) {
            return is_later.then_some(Part::Again { of, answers });
        }
        (all && is_later).then_some(Part::Aside)
    }

    /// The nearest mail above from another posting: the posting, the mail, its number.
    fn above(&self, at: usize, ix: MailIx) -> Option<(usize, MailIx, u32)> {
        let mut above = self.threads.upwards(ix).skip(1);
        let (of, answers) = above.find_map(|up| Some((*self.home.get(&up)?, up)))?;
        let theirs = &self.postings[of].1;
        let number = theirs.patches.iter().find(|(_, ix)| *ix == answers).map_or(0, |(n, _)| *n);
        (of != at).then_some((of, answers, number))
    }

    /// Whether the patch replies to the one with its number, or to another patch of its own posting.
    fn answers_own(&self, at: usize, number: u32, ix: MailIx) -> bool {
        self.above(at, ix).is_none_or(|(_, _, theirs)| theirs == number)
    }

    fn are_alike(&self, one: MailIx, other: MailIx) -> bool {
        let [one, other] = [one, other].map(|ix| &self.mails[ix.at()].mail);
        normal(&one.title) == normal(&other.title) || one.sketch.resembles(&other.sketch)
    }

    fn seconds(&self, one: MailIx, other: MailIx) -> i64 {
        seconds_between(self.mails[one.at()].sent(), self.mails[other.at()].sent())
    }
}
