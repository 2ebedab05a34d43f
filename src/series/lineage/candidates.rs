//! Indexes of the postings so far, by what later ones may share with them.
//!
//! In: postings in order of date. Out: the one that the next posting follows, with the evidence. The author's
//! statements (change-ids, `Supersedes:`, replies) are here, links in [`cites`](super::cites), and common content in
//! [`content`](super::content). Never here: how well two postings match.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Confidence, Evidence, Link,
    content::{goes_on, is_another_part, may_follow},
    heirs::Heirs,
    node::{Node, Piece, branch::are_for_two_kernels, head},
    pair::{AGAIN, AT_ONCE},
    works::Works,
};
use crate::{
    hash::FastMap,
    message::{MessageId, Version},
    patch::{PatchId, Sketch},
    series::{MailIx, StoredMessage, Threads, known::Known, thread::Ids},
};

/// The person that everybody is.
const ANYBODY: &str = "";

/// How many postings are looked at that share a title, a change or a person: the latest. Some titles are
/// posted hundreds of times, and all pairs of them would be.
pub(super) const RECENT: usize = 200;

/// How many patches are looked at that have a changed line in common, the latest: some lines are in every other.
const FEW: usize = 40;

/// The postings so far.
pub(super) struct Seen<'a> {
    pub(super) nodes: &'a [Node<'a>],
    pub(super) mails: &'a [StoredMessage],
    pub(super) threads: &'a Threads,
    ids: &'a Ids,
    known: &'a Known,
    pub(super) home: FastMap<MailIx, usize>,
    by_change: FastMap<&'a str, usize>,
    pub(super) by_title: FastMap<(&'a str, &'a str), Vec<usize>>,
    /// By titles without the names of what they are about.
    pub(super) by_bare_title: FastMap<(&'a str, &'a str), Vec<usize>>,
    pub(super) by_patch: FastMap<(&'a str, &'a str), Vec<usize>>,
    by_change_made: FastMap<PatchId, Vec<usize>>,
    by_gerrit: FastMap<&'a str, Vec<usize>>,
    /// The sketches of all patches, each with its posting: what is looked at most lies together.
    sketches: Vec<(usize, &'a Sketch)>,
    /// By a hash of its sketch the number of a patch among them.
    by_sketch: FastMap<u32, Vec<usize>>,
    /// By a hash of its places the posting of a single patch.
    by_place: FastMap<u32, Vec<usize>>,
    pub(super) heirs: Heirs<'a>,
    pub(super) by_person: FastMap<(&'a str, u32), Vec<usize>>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(
        nodes: &'a [Node<'a>],
        mails: &'a [StoredMessage],
        threads: &'a Threads,
        ids: &'a Ids,
        known: &'a Known,
    ) -> Self {
        Self {
            nodes,
            mails,
            threads,
            ids,
            known,
            home: FastMap::default(),
            by_change: FastMap::default(),
            by_title: FastMap::default(),
            by_bare_title: FastMap::default(),
            by_patch: FastMap::default(),
            by_change_made: FastMap::default(),
            by_gerrit: FastMap::default(),
            sketches: Vec::new(),
            by_sketch: FastMap::default(),
            by_place: FastMap::default(),
            heirs: Heirs::new(nodes),
            by_person: FastMap::default(),
        }
    }

    /// Takes in the posting `at`.
    pub(super) fn add(&mut self, at: usize) {
        let node = &self.nodes[at];
        self.home.extend(node.posting.members().map(|ix| (ix, at)));
        if let Some(id) = node.change_id {
            self.by_change.insert(id, at);
        }
        for person in node.people.keys() {
            if !node.title.is_empty() {
                self.by_title.entry((person, &node.title)).or_default().push(at);
            }
            if !node.bare.is_empty() {
                self.by_bare_title.entry((person, &node.bare)).or_default().push(at);
            }
        }
        for person in node.people.own_keys() {
            self.by_person.entry((person, node.version.get().major)).or_default().push(at);
        }
        for piece in &node.patches {
            for person in node.people.keys().chain([ANYBODY]).filter(|_| !piece.title.is_empty()) {
                self.by_patch.entry((person, &piece.title)).or_default().push(at);
            }
            if let Some(change) = piece.change {
                self.by_change_made.entry(change).or_default().push(at);
            }
            for key in piece.sketch.keys() {
                self.by_sketch.entry(key).or_default().push(self.sketches.len());
            }
            self.sketches.push((at, piece.sketch));
            for key in piece.places.keys().filter(|_| node.patches.len() == 1) {
                self.by_place.entry(key).or_default().push(at);
            }
            if let Some(id) = piece.gerrit {
                self.by_gerrit.entry(id).or_default().push(at);
            }
        }
    }

    /// The posting that `at` follows, by the strongest evidence there is. A posting whose subjects name no version is of
    /// the one that its changelog leads to, if it then follows something.
    pub(super) fn older(&self, at: usize, works: &Works) -> Option<(usize, Link)> {
        let node = &self.nodes[at];
        let is_own = |claimed: &Version| {
            *claimed > node.version.get() && !self.heirs.count_anew(self.nodes, node, *claimed)
        };
        if let Some(claimed) = node.claimed.filter(is_own) {
            let own = node.version.replace(claimed);
            let found = self.strongest(node, works);
            let newest =
                found.as_ref().map(|(older, _)| self.nodes[works.newest(*older)].version.get());
            if newest.is_some_and(|newest| newest.major + 1 == claimed.major) {
                return found;
            }
            node.version.set(own);
        }
        self.strongest(node, works)
            .or_else(|| self.again(node, works))
            .or_else(|| self.of_letter(node, works))
            .or_else(|| self.part(node, works))
    }

    /// The posting of which `node` has patches again: the newest of its work. Where its number is that of another posting, or a lower
    /// one, it is a part of the version that is there.
    fn part(&self, node: &Node<'a>, works: &Works) -> Option<(usize, Link)> {
        let answered = node.posting.part_of?;
        let target = *self.home.get(&answered)?;
        let newest = works.newest(target);
        let [older, other] = [target, newest].map(|at| &self.nodes[at]);
        let is_held = newest == target || other.posting.part_of.is_some();
        if !is_held || other.posting.total != node.posting.total {
            return None;
        }
        let misses = self.heirs.miss(self.nodes, node, older);
        if misses || node.version.get() < other.version.get() {
            node.version.set(other.version.get());
        }
        let id = self.mails[answered.at()].mail.message.id.clone();
        Some((newest, Link { evidence: Evidence::Answers(id), confidence: Confidence::High }))
    }

    fn strongest(&self, node: &Node<'a>, works: &Works) -> Option<(usize, Link)> {
        let is_free = |older: usize| {
            let [other, newest] = [older, works.newest(older)].map(|at| &self.nodes[at]);
            (may_follow(node, newest)
                || is_another_part(node, newest, other) && self.is_below(node, newest))
                && !self.heirs.miss(self.nodes, node, &self.nodes[older])
        };
        let open = |older: usize| is_free(older) && !self.only_claims(node, older);
        let found = self.by_name_of_change(node, is_free).or_else(|| self.by_others(node, open));
        found.or_else(|| self.by_words(node, works))
    }

    /// The posting that `at` would follow if its sender were the person of that name.
    pub(super) fn claimed(&self, at: usize, works: &Works) -> Option<(usize, Link)> {
        let node = &self.nodes[at];
        let open = |older: usize| {
            may_follow(node, &self.nodes[works.newest(older)]) && self.only_claims(node, older)
        };
        self.by_others(node, open)
    }

    /// The sender of `node` has nothing in common with that of `older` but a name that they write.
    pub(super) fn only_claims(&self, node: &Node<'_>, older: usize) -> bool {
        node.people.only_claims(&self.nodes[older].people, node.posted, self.known)
    }

    /// By what its author calls the change in every revision.
    pub(super) fn by_name_of_change(
        &self,
        node: &Node<'_>,
        open: impl Fn(usize) -> bool,
    ) -> Option<(usize, Link)> {
        let by = |(older, evidence)| (older, Link { evidence, confidence: Confidence::Certain });
        let named = self.by_change_id(node).filter(|(older, _)| open(*older));
        named.or_else(|| self.by_gerrit(node, open)).map(by)
    }

    pub(super) fn by_others(
        &self,
        node: &Node<'a>,
        open: impl Fn(usize) -> bool,
    ) -> Option<(usize, Link)> {
        let by = |found: Option<(usize, Evidence)>, confidence: Confidence| {
            found.map(|(older, evidence)| (older, Link { evidence, confidence }))
        };
        by(self.by_citation(node, &open), Confidence::Certain)
            .or_else(|| by(self.by_tag(node, &open), Confidence::High))
            .or_else(|| {
                by(self.by_answer(node).filter(|(older, _)| open(*older)), Confidence::High)
            })
            .or_else(|| self.by_content(node, open))
    }

    /// The posting that a message, or what it answers, is of.
    pub(super) fn posting_of(&self, id: &str) -> Option<usize> {
        let mail = *self.ids.get(id)?;
        self.threads.upwards(mail).find_map(|up| self.home.get(&up).copied())
    }

    fn by_change_id(&self, node: &Node<'_>) -> Option<(usize, Evidence)> {
        let id = node.change_id?;
        Some((*self.by_change.get(id)?, Evidence::ChangeId(id.into())))
    }

    /// Most of its patches have the names that Gerrit gave to an older posting's, which went to the same branch.
    fn by_gerrit(
        &self,
        node: &Node<'_>,
        open: impl Fn(usize) -> bool,
    ) -> Option<(usize, Evidence)> {
        let named = node.patches.iter().filter_map(|piece| piece.gerrit);
        let first = named.clone().next()?;
        let found: BTreeSet<usize> =
            named.filter_map(|id| self.by_gerrit.get(id)).flatten().copied().collect();
        let fits = |older: &usize| {
            let other = &self.nodes[*older];
            let shorter = node.patches.len().min(other.patches.len());
            other.branch == node.branch && node.shared(other) * 2 >= shorter && open(*older)
        };
        let older = found.into_iter().rev().find(fits)?;
        Some((older, Evidence::ChangeId(first.into())))
    }

    fn by_tag(&self, node: &Node<'_>, open: impl Fn(usize) -> bool) -> Option<(usize, Evidence)> {
        let mut found = node.supersedes.iter().filter_map(|id| Some((self.posting_of(id)?, id)));
        let (older, id) = found.find(|(older, _)| open(*older))?;
        Some((older, Evidence::Supersedes((*id).clone())))
    }

    fn by_answer(&self, node: &Node<'_>) -> Option<(usize, Evidence)> {
        let above = node.posting.members().flat_map(|ix| self.threads.upwards(ix).skip(1));
        let (older, mail) = above
            .filter_map(|up| Some((*self.home.get(&up)?, up)))
            .find(|(older, _)| !std::ptr::eq(self.nodes[*older].posting, node.posting))?;
        let other = &self.nodes[older];
        // Who counts no versions answers what was said of a patch with a series that has it.
        let has_it =
            || node.version == other.version && node.rfc == other.rfc && node.shared(other) > 0;
        // One of many patches that were sent for comments, meant now.
        let is_part_meant =
            || node.version <= other.version && node.shared(other) * 2 < other.patches.len();
        let follows = !are_for_two_kernels(&node.branch, &other.branch)
            && other.people.meet(&node.people)
            && (node.is_after(other) && !is_part_meant() || has_it())
            && !self.within(node, older, AT_ONCE);
        let id = &self.mails[mail.at()].mail.message.id;
        follows.then(|| (older, Evidence::Answers(id.clone())))
    }

    /// The posting that fits best by what the two have in common.
    fn by_content(&self, node: &Node<'a>, open: impl Fn(usize) -> bool) -> Option<(usize, Link)> {
        if node.mends_another_patch() {
            return None;
        }
        let fits = self.shared(node).into_iter().filter_map(|(older, shared)| {
            let (fit, evidence, confidence) = goes_on(node, &self.nodes[older], older, shared)?;
            Some((fit, older, Link { evidence, confidence }))
        });
        let mut fits: Vec<_> = fits.collect();
        // No two fit equally well. Whether one is open takes longest to say, so the best are asked first.
        fits.sort_unstable_by(|(one, ..), (other, ..)| other.cmp(one));
        fits.into_iter().find(|(_, older, _)| open(*older)).map(|(_, older, link)| (older, link))
    }

    /// The older postings that have its title or patches, by their titles or what they change, and how many patches.
    pub(super) fn shared<'s>(&'s self, node: &'s Node<'a>) -> BTreeMap<usize, usize> {
        let recent = |postings: &'s Vec<usize>| postings.iter().rev().take(RECENT).copied();
        let of_title = node.people.keys().filter_map(|p| self.by_title.get(&(p, &*node.title)));
        let of_bare = node.people.keys().filter_map(|p| self.by_bare_title.get(&(p, &*node.bare)));
        let mut shared: BTreeMap<usize, usize> =
            of_title.chain(of_bare).flat_map(recent).map(|at| (at, 0)).collect();
        self.lately(node).for_each(|at| {
            shared.entry(at).or_default();
        });
        for piece in &node.patches {
            let changes = piece.change.and_then(|change| self.by_change_made.get(&change));
            let by_title = |person| self.by_patch.get(&(person, &*piece.title));
            let anybody = by_title(ANYBODY);
            // Those of each person are among everybody's: asked for only if these are more than are looked at.
            let is_much = anybody.is_some_and(|all| all.len() > RECENT);
            let people = node.people.keys().filter(|_| is_much).filter_map(by_title);
            let known = people.chain(anybody).chain(changes).flat_map(recent);
            let found = each_once(known.chain(self.resembling(piece)).collect());
            found.into_iter().for_each(|older| *shared.entry(older).or_default() += 1);
        }
        // The smallest hashes of all patches are among those of the patch that they come from.
        let whole = node.sketch.keys().filter_map(|key| self.by_sketch.get(&key));
        whole.flat_map(|pieces| pieces.iter().rev().take(FEW)).for_each(|piece| {
            shared.entry(self.sketches[*piece].0).or_default();
        });
        if let [piece] = &node.patches[..] {
            let at_place = piece.places.keys().filter_map(|key| self.by_place.get(&key));
            at_place.flat_map(recent).for_each(|older| {
                shared.entry(older).or_default();
            });
        }
        shared
    }

    /// The Message-ID of the letter of a posting, or of its first patch.
    pub(super) fn id_of(&self, at: usize) -> MessageId {
        self.mails[head(self.nodes[at].posting).at()].mail.message.id.clone()
    }

    /// It answers a mail of the other.
    pub(super) fn is_below(&self, node: &Node<'_>, other: &Node<'_>) -> bool {
        let mut above = self.threads.upwards(node.posting.first()).skip(1);
        let home = |up: MailIx| self.home.get(&up).map(|at| self.nodes[*at].posting);
        above.find_map(home).is_some_and(|posting| std::ptr::eq(posting, other.posting))
    }

    /// Recent postings of its people with the same version or the one before, and with a file in common.
    fn lately<'s>(&'s self, node: &'s Node<'a>) -> impl Iterator<Item = usize> + use<'s, 'a> {
        let major = node.version.get().major;
        let versions = [Some(major), major.checked_sub(1)].into_iter().flatten();
        let by = move |version| node.people.own_keys().map(move |person| (person, version));
        let theirs = versions.flat_map(by).filter_map(|key| self.by_person.get(&key));
        theirs.flat_map(move |postings| {
            let late = postings.iter().rev().take(FEW).copied();
            late.take_while(move |at| self.within(node, *at, AGAIN))
                .filter(move |at| node.touches_what(&self.nodes[*at]))
        })
    }

    /// The older postings that have a patch which changes much the same.
    fn resembling(&self, piece: &Piece<'_>) -> impl Iterator<Item = usize> {
        let found = piece.sketch.keys().filter_map(|key| self.by_sketch.get(&key));
        let recent = found.flat_map(|pieces| pieces.iter().rev().take(FEW).copied());
        let candidates = each_once(recent.collect()).into_iter().map(|piece| self.sketches[piece]);
        let alike = candidates.filter(move |(_, sketch)| sketch.resembles(piece.sketch));
        alike.map(|(at, _)| at)
    }

    /// Sent at most this many seconds after the older one.
    pub(super) fn within(&self, node: &Node<'_>, older: usize, seconds: i64) -> bool {
        match (node.posted, self.nodes[older].posted) {
            (Some(new), Some(old)) => new.0 - old.0 <= seconds,
            _ => true,
        }
    }
}

/// These, ascending, each once: a set of so few is made in a third of the time that a tree takes.
fn each_once(mut all: Vec<usize>) -> Vec<usize> {
    all.sort_unstable();
    all.dedup();
    all
}
