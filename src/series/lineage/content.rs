//! What two postings have in common: people, titles, patches, trees.
//!
//! In: a posting and an earlier one. Out: whether it follows the earlier one, by which evidence, and how well they
//! match, so that the best of several can be chosen: equal patches beat equal titles. Titles alone prove little: one
//! person posts "random fixes" in March and again in September, and one change for the kernel, its tools and its
//! tests under one title.
//!
//! Never here: which postings are candidates, and the statements of their authors
//! ([`candidates`](super::candidates)).

use super::{
    Confidence, Evidence,
    node::{Bond, Node},
    pair::{AGAIN, AT_ONCE, Pair, YEAR},
};
use crate::message::Version;

/// How well an earlier posting fits: the greater, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// The evidence holds by itself.
    is_strong: bool,
    /// It has the same title and version, and was sent at the same time: what was sent along with it, or a second time.
    is_beside: bool,
    /// Whether they are one person's.
    bond: Bond,
    /// They have half of the larger one's patches in common.
    is_most: bool,
    /// They change parts of one tree.
    is_one_tree: bool,
    /// It is the version before.
    is_next: bool,
    has_same_title: bool,
    version: Version,
    shared: usize,
    /// The newer one of equals.
    at: usize,
}

/// Whether `node` goes on `other`, the posting `at` that has `shared` patches of it, as far as the two can say.
pub(super) fn goes_on(
    node: &Node<'_>,
    other: &Node<'_>,
    at: usize,
    shared: usize,
) -> Option<(Fit, Evidence, Confidence)> {
    let pair = Pair { node, other, shared };
    let (evidence, confidence) = pair.evidence()?;
    let fit = Fit {
        is_strong: confidence > Confidence::Low,
        is_beside: node.title == other.title
            && node.version.get() == other.version.get()
            && node.posted.is_some()
            && pair.within(AT_ONCE),
        // A signature says no more than the patches do.
        bond: match node.people.bond(&other.people) {
            Bond::Signature => Bond::Strangers,
            bond => bond,
        },
        is_most: pair.is_most(),
        is_one_tree: node.may_share_tree(other),
        is_next: pair.is_next(),
        has_same_title: node.title == other.title,
        version: other.version.get(),
        shared,
        at,
    };
    Some((fit, evidence, confidence))
}

/// Whether `node` may follow a work whose newest posting is `newest`: it is later by its version, or the same one
/// again.
pub(super) fn may_follow(node: &Node<'_>, newest: &Node<'_>) -> bool {
    let is_same = node.version.get() == newest.version.get() && node.rfc == newest.rfc;
    node.is_after(newest) || is_same && renews(node, newest)
}

/// Whether `node` and `newest`, sent in one go, are new versions of two patches of `older`, each by itself.
pub(super) fn is_another_part(node: &Node<'_>, newest: &Node<'_>, older: &Node<'_>) -> bool {
    let is_part = |part: &Node<'_>| {
        part.is_after(older)
            && part.patches.len() < older.patches.len()
            && part.shared(older) == part.patches.len()
    };
    node.version.get() == newest.version.get()
        && Pair { node, other: newest, shared: 0 }.within(AT_ONCE)
        && is_part(node)
        && is_part(newest)
}

/// The same version again: marked as such, with patches of the first, or with those that it lacks.
fn renews(node: &Node<'_>, other: &Node<'_>) -> bool {
    let pair = Pair { node, other, shared: 0 };
    node.resend
        || node.shared(other) > 0
        || node.reworks(other)
        || node.sketch.resembles(&other.sketch)
        || node.patches.is_empty()
        || other.patches.is_empty()
        || node.is_part() && other.is_part()
        || pair.replaces()
        || pair.is_grown()
}

/// Whether `node`, whose subjects name no version, is what `newest` was, though that has a higher one.
pub(super) fn is_again(node: &Node<'_>, newest: &Node<'_>) -> bool {
    let pair = Pair { node, other: newest, shared: node.shared(newest) };
    let is_alike =
        node.title == newest.title && node.rfc == newest.rfc && node.branch == newest.branch;
    let is_late = node.resend || pair.has_equal_change();
    is_alike && pair.within(if is_late { YEAR } else { AGAIN }) && pair.is_again()
}

/// Whether the one can be a version of the other, which it links to: what belongs to it in another tree is none.
pub(super) fn may_be_one(node: &Node<'_>, other: &Node<'_>) -> bool {
    node.title == other.title || node.may_share_tree(other) || node.shared(other) > 0
}
