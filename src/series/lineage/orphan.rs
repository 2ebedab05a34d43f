//! Orphans: later versions that nothing joins to an earlier one, and which posting they most likely go on.
//!
//! In: a posting that names a version above the first and follows nothing. Out: the earlier posting of the same person
//! that has most in common with it, if that is enough. Who writes `v2` has sent a v1: the question is mostly which of
//! their postings that was, so all that the two have in common is weighed together, and how many others it may be.
//!
//! The weights are those of a logistic regression over 8,889 pairs of postings of twelve lists, each by one person, the
//! one a version below the other: 2,966 are one work, by a link or a patch in common, under another title; the others are
//! different works. At a sum of 1, 98 in 100 of these pairs were one work.
//! Never here: what does not need a guess ([`candidates`](super::candidates)).

use std::collections::HashSet;

use super::{
    Confidence, Evidence, Link,
    candidates::{RECENT, Seen},
    node::Node,
    pair::{SEASON, YEAR},
    works::Works,
};

/// What words in common weigh, as the share of the words of the shorter title.
const WORDS: f64 = 1.6;
/// The share of the files.
const FILES: f64 = 1.5;
/// The share of the changed lines.
const LINES: f64 = 4.4;
/// The share of the words of the commit messages, three by three.
const PROSE: f64 = 3.5;
/// The share of the shorter one's patches.
const PATCHES: f64 = 2.3;
/// The one links to the other, or to an answer to it.
const LINK: f64 = 2.7;
/// It answers it, or an answer to it.
const ANSWER: f64 = 2.7;
/// Both begin from one state of a file.
const OBJECT: f64 = 1.2;
/// Each time that the days between the two grow to the 2.7-fold.
const DAYS: f64 = -0.5;
/// Each time that the works of which it may be grow to the 2.7-fold.
const RIVALS: f64 = -1.1;
/// Each time that the versions in between, which are not there, grow to the 2.7-fold.
const GAP: f64 = -2.0;
/// What is to be outweighed, and the sum that is enough.
const NOTHING: f64 = -1.0;
const ENOUGH: f64 = 1.0;

/// Patches of a posting that are looked at for states of files.
const FIRST: usize = 25;

impl<'a> Seen<'a> {
    /// The posting that `at` most likely follows, of those that are `free`.
    pub(super) fn likeliest(
        &self,
        at: usize,
        works: &Works,
        free: impl Fn(usize) -> bool,
    ) -> Option<(usize, Link)> {
        let node = &self.nodes[at];
        let open = |older: usize| {
            let newest = &self.nodes[works.newest(older)];
            newest.posted <= node.posted && node.is_after(newest) && !self.only_claims(node, older)
        };
        let theirs = node.people.own_keys().flat_map(|person| {
            (1..node.version.get().major)
                .filter_map(move |major| self.by_person.get(&(person, major)))
        });
        let mut rivals: Vec<usize> = theirs
            .flat_map(|postings| postings.iter().rev().take(RECENT).copied())
            .filter(|older| free(*older) && open(*older) && self.may_precede(node, *older))
            .collect();
        rivals.sort_unstable();
        rivals.dedup();
        let weighed = rivals.iter().map(|&older| {
            let works: HashSet<usize> = rivals
                .iter()
                .filter(|rival| self.nodes[**rival].version >= self.nodes[older].version)
                .map(|rival| works.top(*rival))
                .collect();
            (self.weight(node, older, works.len()), older)
        });
        let (_, older) = weighed
            .filter(|(weight, older)| {
                *weight >= ENOUGH || self.is_soon_under_its_title(node, *older)
            })
            .max_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)))?;
        Some((older, Link { evidence: Evidence::SimilarTitle, confidence: Confidence::Low }))
    }

    /// Sent after the older one and soon enough, for the same branch, with a file that both touch, or under much the same
    /// title.
    fn may_precede(&self, node: &Node<'a>, older: usize) -> bool {
        let other = &self.nodes[older];
        other.posted <= node.posted
            && node.branch == other.branch
            && self.within(node, older, YEAR)
            && (node.touches_what(other) || node.is_titled_like(other))
    }

    /// The next version, sent soon after the older one under a title that has a word more or less: both may be letters, and
    /// have nothing else that can be weighed.
    fn is_soon_under_its_title(&self, node: &Node<'a>, older: usize) -> bool {
        let other = &self.nodes[older];
        other.version.get().major + 1 == node.version.get().major
            && self.within(node, older, SEASON)
            && node.is_titled_like(other)
    }

    /// How much speaks for it that `node` goes on `older`, which is of one of so many works.
    fn weight(&self, node: &Node<'a>, older: usize, rivals: usize) -> f64 {
        let other = &self.nodes[older];
        let shorter = node.patches.len().min(other.patches.len()).max(1) as f64;
        let is_linked = || node.linked.iter().any(|id| self.posting_of(id) == Some(older));
        let days = match (node.posted, other.posted) {
            (Some(new), Some(old)) => (new.0 - old.0).max(0) as f64 / 86_400.0,
            _ => 0.0,
        };
        let missing = node.version.get().major.saturating_sub(other.version.get().major + 1);
        let says = |says: bool, weight: f64| if says { weight } else { 0.0 };
        NOTHING
            + WORDS * node.same_telling_words(other)
            + FILES * node.same_files(other)
            + LINES * node.sketch.share(&other.sketch)
            + PROSE * node.prose.share(&other.prose)
            + PATCHES * node.shared(other) as f64 / shorter
            + DAYS * days.ln_1p()
            + RIVALS * (rivals as f64).ln()
            + GAP * f64::from(missing).ln_1p()
            + says(is_linked(), LINK)
            + says(self.is_below(node, other), ANSWER)
            + says(begin_alike(node, other), OBJECT)
    }
}

/// A patch of each begins from one state of a file.
fn begin_alike(node: &Node<'_>, other: &Node<'_>) -> bool {
    let mut first = node.patches.iter().take(FIRST);
    first.any(|one| {
        other.patches.iter().take(FIRST).any(|two| one.places.share_an_object(two.places))
    })
}
