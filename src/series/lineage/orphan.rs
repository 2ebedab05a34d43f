//! Orphans: later versions without a link to an earlier one, and the posting that they most likely follow.
//!
//! In: a posting that names a version above the first and follows nothing. Out: the earlier posting of the same
//! person with most in common, if that is enough. An author who writes `v2` has sent a v1, so the question is mostly
//! which of their postings it was. Everything that the two have in common is weighed together, and the number of
//! alternatives.
//!
//! The weights are those of a logistic regression over 8,889 pairs of postings of twelve lists, each by one person,
//! one of them a version below the other: 2,966 belong to one series, by a link or a patch in common, under another
//! title; the others are different series. At a sum of 1, 98 in 100 of these pairs were one series. Never here:
//! links that need no guess ([`candidates`](super::candidates)).

use std::{cmp::Reverse, collections::HashSet};

use super::{
    Confidence, Evidence, Link,
    candidates::{RECENT, Seen},
    node::Node,
    pair::{DAY, Pair, SEASON, YEAR},
    talk::Talk,
    works::Works,
};
use crate::{date::Timestamp, message::Version};

/// The weight of common words, as the share of the words of the shorter title.
const WORDS: f64 = 1.6;
/// The share of the files.
const FILES: f64 = 1.5;
/// The share of the changed lines.
const LINES: f64 = 4.4;
/// The share of the words of the commit messages, three by three.
const PROSE: f64 = 3.5;
/// The share of the shorter one's patches.
const PATCHES: f64 = 2.3;
/// The one links to the other, or to a reply to it.
const LINK: f64 = 2.7;
/// It answers it, or a reply to it.
const ANSWER: f64 = 2.7;
/// Both begin from one state of a file.
const OBJECT: f64 = 1.2;
/// Each time that the days between the two grow to the 2.7-fold.
const DAYS: f64 = -0.5;
/// Each time that the days since its people last wrote below the older one are the 2.7th part of those since that was sent.
/// Where they wrote within two days, one work is 2 times as likely as without at three days, 4 times at ten, 17 at forty and 120
/// after that (14,000 versions and 9,000 other works of the same people on seven lists).
const TALK: f64 = 0.9;
/// Each time that the works of which it may be grow to the 2.7-fold.
const RIVALS: f64 = -1.1;
/// Each time that the versions in between, which are not there, grow to the 2.7-fold.
const GAP: f64 = -2.0;
/// The weight to exceed, and the sum that is enough.
const NOTHING: f64 = -1.0;
const ENOUGH: f64 = 1.0;

/// Patches of a posting that are looked at for states of files.
const FIRST: usize = 25;

/// Postings that are weighed, the latest: twice as many as are looked at of one version.
const MOST_RIVALS: usize = 2 * RECENT;

/// Versions below its own that are looked at.
const MOST_BELOW: u32 = 100;

/// Versions of what was sent for comments that are looked at.
const MOST_OF_COMMENTS: u32 = 20;

impl<'a> Seen<'a> {
    /// The posting that `at` most likely follows, of those that are `free`.
    pub(super) fn likeliest(
        &self,
        at: usize,
        works: &Works,
        talk: &Talk,
        free: impl Fn(usize) -> bool,
    ) -> Option<(usize, Link)> {
        let node = &self.nodes[at];
        let open = |older: usize| {
            let newest = &self.nodes[works.newest(older)];
            newest.posted <= node.posted
                && node.is_after(newest)
                && (node.version.get() > Version::FIRST || self.nodes[older].rfc)
                && !self.only_claims(node, older)
        };
        let theirs = node.people.own_keys().flat_map(|person| {
            majors_before(node).filter_map(move |major| self.by_person.get(&(person, major)))
        });
        let mut rivals: Vec<usize> = theirs
            .flat_map(|postings| self.before(postings, node).rev().take(RECENT))
            // Who writes much has hundreds, most of them of other years: that is known at once.
            .filter(|older| self.within(node, *older, YEAR))
            .filter(|older| free(*older) && open(*older) && self.may_precede(node, *older))
            .collect();
        rivals.sort_unstable();
        rivals.dedup();
        let sent = self.works_with(node, works);
        if !sent.is_empty() {
            let has_it = |older: usize| node.shared(&self.nodes[older]) > 0;
            rivals.retain(|older| has_it(*older) || sent.contains(&works.top(*older)));
        }
        rivals.drain(..rivals.len().saturating_sub(MOST_RIVALS));
        // Only those of its own and of later versions, so that each pair is compared once.
        let mut counted = rivals.clone();
        let version = |rival: &usize| self.nodes[*rival].version.get();
        counted.sort_by_key(|rival| Reverse(version(rival)));
        let (mut tops, mut of_works) = (HashSet::new(), Vec::with_capacity(counted.len()));
        for same in counted.chunk_by(|a, b| version(a) == version(b)) {
            tops.extend(same.iter().map(|rival| works.top(*rival)));
            of_works.extend(same.iter().map(|rival| (*rival, tops.len())));
        }
        of_works.sort_unstable();
        let weighed = of_works
            .into_iter()
            .map(|(older, works)| (self.weight(node, older, works, talk), older));
        let (_, older) = weighed
            .filter(|(weight, older)| {
                *weight >= ENOUGH
                    || self.is_soon_under_its_title(node, *older)
                    || self.is_only_of_its_title(node, *older, &rivals)
            })
            .max_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)))?;
        Some((older, Link { evidence: Evidence::SimilarTitle, confidence: Confidence::Low }))
    }

    /// Those of a person's postings, which stand by date, that were there before `node`: all postings of the archive are among them by
    /// now, and who writes much has sent hundreds since.
    fn before<'p>(
        &self,
        postings: &'p [usize],
        node: &Node<'_>,
    ) -> impl DoubleEndedIterator<Item = usize> + use<'p, 'a> {
        let end = postings.partition_point(|at| self.nodes[*at].posted <= node.posted);
        postings[..end].iter().copied()
    }

    /// The works in which its people sent a patch of the title of this single one before, alone or in a series: it goes on one
    /// of those, if on anything.
    fn works_with(&self, node: &Node<'a>, works: &Works) -> HashSet<usize> {
        let [piece] = &node.patches[..] else { return HashSet::new() };
        let theirs =
            node.people.own_keys().filter_map(|who| self.by_patch.get(&(who, &piece.title)));
        let before = theirs.flatten().filter(|at| {
            let other = &self.nodes[**at];
            let pair = Pair { node, other, shared: 1 };
            other.posted < node.posted && pair.within(YEAR) && other.branch == node.branch
        });
        before.map(|at| works.top(*at)).collect()
    }

    /// Sent after the older one, for the same branch, with a file that both touch, or under much the same
    /// title.
    fn may_precede(&self, node: &Node<'a>, older: usize) -> bool {
        let other = &self.nodes[older];
        other.posted <= node.posted
            && node.branch == other.branch
            && !is_carried(node, other)
            && !self.is_for_another_driver(node, other)
            && (node.touches_what(other)
                || node.is_titled_like(other)
                || has_same_bare_title(node, other))
    }

    /// The next version soon after the only one under its title but for the names: `mmc: core: wait for the supply` becomes
    /// `mmc: host: wait for the supply`, and no file is the same.
    fn is_only_of_its_title(&self, node: &Node<'a>, older: usize, rivals: &[usize]) -> bool {
        let is_one = |at: &&usize| has_same_bare_title(node, &self.nodes[**at]);
        let other = &self.nodes[older];
        has_same_bare_title(node, other)
            && (node.touches_what(other)
                || [node, other].iter().all(|node| node.patches.len() == 1))
            && other.version.get().major + 1 == node.version.get().major
            && self.within(node, older, SEASON)
            && node.may_share_tree(other)
            && rivals.iter().filter(is_one).count() == 1
    }

    /// Single patches under one title but for the names, each for files of its own, which come with others of that title or are
    /// of another part of the tree: one fix for many drivers. That both say the same is no sign: what has moved to another file says so, too.
    fn is_for_another_driver(&self, node: &Node<'a>, other: &Node<'a>) -> bool {
        [node, other].iter().all(|node| node.patches.len() == 1)
            && has_same_bare_title(node, other)
            && !node.touches_what(other)
            && (!node.may_share_tree(other) || self.is_one_of_many(node))
    }

    /// Its people sent another of its version under that title on the same day.
    fn is_one_of_many(&self, node: &Node<'a>) -> bool {
        let theirs = node.people.own_keys();
        let theirs = theirs.filter_map(|who| self.by_bare_title.get(&(who, &*node.bare)));
        let is_beside = |at: &usize| {
            let other = &self.nodes[*at];
            let is_one_day = match (node.posted, other.posted) {
                (Some(one), Some(two)) => (one.0 - two.0).abs() <= DAY,
                _ => false,
            };
            is_one_day && other.version.get() == node.version.get() && !node.touches_what(other)
        };
        theirs.flat_map(|all| all.iter().rev().take(RECENT)).any(is_beside)
    }

    /// The next version, sent soon after the older one under a title that has a word more or less: both may be letters, and
    /// have nothing else that can be weighed.
    fn is_soon_under_its_title(&self, node: &Node<'a>, older: usize) -> bool {
        let other = &self.nodes[older];
        other.version.get().major + 1 == node.version.get().major
            && self.within(node, older, SEASON)
            && node.is_titled_like(other)
    }

    /// The posting whose title a letter without patches has but for a word more or less: it has nothing else that could be weighed,
    /// and its patches may come later or never.
    pub(super) fn of_letter(&self, node: &Node<'a>, works: &Works) -> Option<(usize, Link)> {
        let before = node.version.get().major.checked_sub(1).filter(|_| node.patches.is_empty())?;
        let theirs = node.people.own_keys().filter_map(|who| self.by_person.get(&(who, before)));
        let theirs = theirs.flat_map(|postings| postings.iter().rev().take(RECENT).copied());
        let is_it = |older: &usize| {
            works.newest(*older) == *older
                && self.is_soon_under_its_title(node, *older)
                && !self.only_claims(node, *older)
        };
        let older = theirs.filter(is_it).max()?;
        Some((older, Link { evidence: Evidence::SimilarTitle, confidence: Confidence::Low }))
    }

    /// How much speaks for it that `node` goes on `older`, which is of one of so many works.
    fn weight(&self, node: &Node<'a>, older: usize, rivals: usize, talk: &Talk) -> f64 {
        let other = &self.nodes[older];
        let shorter = node.patches.len().min(other.patches.len()).max(1) as f64;
        let is_linked = || node.linked.iter().any(|id| self.posting_of(id) == Some(older));
        let since = |old: Option<Timestamp>| match (node.posted, old) {
            (Some(new), Some(old)) => (new.0 - old.0).max(0) as f64 / 86_400.0,
            _ => 0.0,
        };
        let days = since(other.posted);
        let last = node.posted.and_then(|posted| talk.last(older, posted));
        let talk = last.map_or(0.0, |last| days.ln_1p() - since(Some(last)).ln_1p());
        let missing = node.version.get().major.saturating_sub(other.version.get().major + 1);
        let says = |says: bool, weight: f64| if says { weight } else { 0.0 };
        NOTHING
            + WORDS * node.same_telling_words(other)
            + FILES * node.same_files(other)
            + LINES * node.sketch.share(&other.sketch)
            + PROSE * node.prose.share(&other.prose)
            + PATCHES * node.shared(other) as f64 / shorter
            + DAYS * days.ln_1p()
            + TALK * talk.max(0.0)
            + RIVALS * (rivals as f64).ln()
            + GAP * f64::from(missing).ln_1p()
            + says(is_linked(), LINK)
            + says(self.is_below(node, other), ANSWER)
            + says(begin_alike(node, other), OBJECT)
    }
}

/// The versions that one before it may have: what was meant for comments may have any.
fn majors_before(node: &Node<'_>) -> std::ops::Range<u32> {
    match node.version.get().major {
        0 | 1 => 1..MOST_OF_COMMENTS,
        major => major.saturating_sub(MOST_BELOW).max(1)..major,
    }
}

/// The older one is carried in the newer, a much larger one.
fn is_carried(node: &Node<'_>, other: &Node<'_>) -> bool {
    let is_larger = node.patches.len() > other.patches.len();
    is_larger && !other.is_part() && Pair { node, other, shared: 0 }.is_carried()
}

fn has_same_bare_title(node: &Node<'_>, other: &Node<'_>) -> bool {
    !node.bare.is_empty() && node.bare == other.bare
}

/// A patch of each begins from one state of a file.
fn begin_alike(node: &Node<'_>, other: &Node<'_>) -> bool {
    let mut first = node.patches.iter().take(FIRST);
    first.any(|one| {
        other.patches.iter().take(FIRST).any(|two| one.places.share_an_object(two.places))
    })
}
