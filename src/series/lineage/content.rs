//! What two postings have in common: people, titles, patches, trees.
//!
//! In: a posting and an earlier one. Out: whether the one goes on the other, by which evidence, and how well that
//! fits, so that the best of several can be chosen: equal patches beat equal titles. Titles alone say little: one
//! person posts "random fixes" in March and again in September, and one work for the kernel, its tools and its tests
//! under one title.
//!
//! Never here: what the author says ([`seen`](super::seen)).

use super::{
    Confidence, Evidence,
    node::{Bond, Node},
};
use crate::message::Version;

const DAY: i64 = 86_400;

/// What is sent sooner after a posting than this, in seconds, was sent along with it.
pub(super) const AT_ONCE: i64 = 300;

/// How long after a posting one with another title may follow it, in seconds.
pub(super) const SEASON: i64 = 60 * DAY;

/// How long after a posting one without a higher version is the same one sent again, in seconds, without more to
/// show it than title and files.
const AGAIN: i64 = 30 * DAY;

/// How long after a posting a later version by the same person still follows it, in seconds.
pub(super) const YEAR: i64 = 366 * DAY;

/// The same for the very next version: on linux-clk v4 came 16 months after v3, and 21 months after it a colleague's.
const SILENCE: i64 = 3 * YEAR;

/// How alike the titles of a patch are that was sent again after months, as the share of letters.
const RENAMED: f64 = 0.7;

/// A series of so many times another's patches may carry them in, and is another work.
const MUCH_LARGER: usize = 3;

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
    let found = pair.by_title().or_else(|| pair.by_patches()).or_else(|| pair.by_change());
    let (evidence, confidence) = found?;
    let fit = Fit {
        is_strong: confidence > Confidence::Low,
        is_beside: node.title == other.title
            && node.version.get() == other.version.get()
            && node.posted.is_some()
            && pair.within(AT_ONCE),
        bond: node.people.bond(&other.people),
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

/// The same version again: marked as such, with patches of the first, or with those that it lacks.
fn renews(node: &Node<'_>, other: &Node<'_>) -> bool {
    node.resend
        || node.shared(other) > 0
        || node.reworks(other)
        || node.sketch.resembles(&other.sketch)
        || node.patches.is_empty()
        || other.patches.is_empty()
        || node.is_part() && other.is_part()
}

/// Whether `node`, whose subjects name no version, is what `newest` was, though that has a higher one.
pub(super) fn is_again(node: &Node<'_>, newest: &Node<'_>) -> bool {
    let pair = Pair { node, other: newest, shared: node.shared(newest) };
    let is_alike =
        node.title == newest.title && node.rfc == newest.rfc && node.branch == newest.branch;
    let is_late = node.resend || pair.has_equal_change();
    is_alike && pair.within(if is_late { YEAR } else { AGAIN }) && pair.is_again()
}

struct Pair<'n, 'a> {
    node: &'n Node<'a>,
    other: &'n Node<'a>,
    /// How many patches they have in common.
    shared: usize,
}

impl Pair<'_, '_> {
    fn is_next(&self) -> bool {
        self.other.version.get().major.checked_add(1) == Some(self.node.version.get().major)
    }

    /// They have half of the shorter one's patches in common.
    fn is_half(&self) -> bool {
        let shorter = self.node.patches.len().min(self.other.patches.len());
        self.shared > 0 && self.shared * 2 >= shorter
    }

    /// They have half of the longer one's patches in common.
    fn is_most(&self) -> bool {
        let longer = self.node.patches.len().max(self.other.patches.len());
        self.shared > 0 && self.shared * 2 >= longer
    }

    /// `node` was sent at most so many seconds after the other.
    fn within(&self, seconds: i64) -> bool {
        match (self.node.posted, self.other.posted) {
            (Some(new), Some(old)) => new.0 - old.0 <= seconds,
            _ => true,
        }
    }

    fn by_title(&self) -> Option<(Evidence, Confidence)> {
        let Self { node, other, shared } = *self;
        let known =
            !node.title.is_empty() && node.title == other.title && node.people.meet(&other.people);
        let is_timely = match node.is_after(other) {
            true => self.within(YEAR) || self.is_next() && self.within(SILENCE),
            false => {
                node.version.get() == other.version.get() && self.within(YEAR) && self.is_again()
            }
        };
        // Two trees have one title, but no patch and no folder in common; a single patch may have moved.
        let is_twin = shared == 0
            && node.patches.len().min(other.patches.len()) > 1
            && !node.may_share_tree(other);
        (known && is_timely && !is_twin).then_some((Evidence::AuthorAndTitle, Confidence::High))
    }

    /// Title and version are the same. Two defects of one kind in two files have one title, and so have two bundles of
    /// fixes.
    fn is_again(&self) -> bool {
        let Self { node, other, shared } = *self;
        let is_bundle = node.patches.len().max(other.patches.len()) > 1;
        let has_patches = !node.patches.is_empty() && !other.patches.is_empty();
        if is_bundle && has_patches {
            return shared > 0 && (node.resend || node.may_touch_what(other));
        }
        node.resend || node.may_touch_what(other) && (self.within(AGAIN) || self.has_same_change())
    }

    /// Single patches: the same change, or the same files and nothing else.
    fn has_same_change(&self) -> bool {
        let Self { node, other, .. } = *self;
        self.has_equal_change()
            || !node.files.is_empty() && node.files == other.files
            || node.reworks(other)
    }

    fn by_patches(&self) -> Option<(Evidence, Confidence)> {
        let Self { node, other, shared } = *self;
        if shared == 0 || node.branch != other.branch || self.is_carried() {
            return None;
        }
        let evidence = Evidence::SharedPatches(u32::try_from(shared).unwrap_or(u32::MAX));
        let known = node.people.meet(&other.people);
        let is_next = self.is_next();
        let is_again = node.version.get() == other.version.get()
            && node.rfc == other.rfc
            && node.may_share_tree(other)
            && (node.resend || node.is_part() && other.is_part());
        let is_likely = self.is_half()
            && (is_next && (known || self.is_most()) || known && node.is_after(other));
        let is_whole = is_next && self.is_most();
        let is_timely = self.within(YEAR) || is_whole && self.within(SILENCE);
        if is_likely && is_timely || known && self.is_renamed() {
            return Some((evidence, Confidence::Medium));
        }
        let is_possible = known && node.is_versioned && (is_next || is_again) && self.within(YEAR);
        is_possible.then_some((evidence, Confidence::Low))
    }

    /// One in place of the other, whatever they are called and however they are cut: a single patch that replaces the same
    /// lines, or a posting that changes much the same in all. It is the next version, or the same again by somebody who
    /// counts no versions.
    fn by_change(&self) -> Option<(Evidence, Confidence)> {
        let Self { node, other, shared } = *self;
        // Series of several patches each share some of them for many reasons.
        let is_recut = || {
            node.patches.len().min(other.patches.len()) == 1
                && node.sketch.is_long()
                && node.sketch.resembles(&other.sketch)
                && node.may_touch_what(other)
                && self.within(AGAIN)
        };
        let is_one = (self.is_next() || self.is_uncounted())
            && !self.is_another_change()
            && node.branch == other.branch
            && !node.is_machine_s
            && node.people.meet(&other.people)
            && self.within(SEASON)
            && !self.within(AT_ONCE)
            && (node.reworks(other) || is_recut());
        let evidence = Evidence::SharedPatches(u32::try_from(shared.max(1)).unwrap_or(u32::MAX));
        is_one.then_some((evidence, Confidence::Medium))
    }

    /// It is the same again under another title, by somebody who counts no versions: one patch of the same files, or a
    /// series with nearly all of its patches in common.
    fn is_renamed(&self) -> bool {
        let Self { node, other, shared } = *self;
        let [new, old] = [node.patches.len(), other.patches.len()];
        let is_same = match new.max(old) {
            1 => {
                let is_long = node.patches.iter().all(|piece| piece.sketch.is_long());
                (is_long || self.has_equal_change()) && node.files == other.files
            }
            longer => shared * 4 >= longer * 3,
        };
        // Who waits for longer leaves either the title as it is, but for some words, or the patches.
        let is_late = match new.max(old) {
            1 => node.sketch.resembles(&other.sketch) && node.same_words(other) >= RENAMED,
            _ => is_same && node.sketch.resembles(&other.sketch) && node.may_share_tree(other),
        };
        (is_same && self.within(AGAIN)
            || is_late && node.may_touch_what(other) && self.within(YEAR))
            && self.is_uncounted()
            && node.rfc == other.rfc
            && !node.is_machine_s
            && !self.is_another_change()
    }

    /// Neither has a version above 1: a `v1` says no more than none.
    fn is_uncounted(&self) -> bool {
        [self.node, self.other].iter().all(|node| node.version.get() == Version::FIRST)
    }

    /// Their authors call them by different change-ids, as b4 does each of their branches.
    fn is_another_change(&self) -> bool {
        let ids = [self.node, self.other].map(|node| node.change_id);
        ids[0].is_some() && ids[1].is_some() && ids[0] != ids[1]
    }

    /// Single patches: the same change.
    fn has_equal_change(&self) -> bool {
        let change = |node: &Node<'_>| node.patches.first().and_then(|piece| piece.change);
        change(self.node).is_some() && change(self.node) == change(self.other)
    }

    /// The patches of one are carried in the other, a much larger one, or taken out of it: that is no version of it, unless
    /// the number says so.
    fn is_carried(&self) -> bool {
        let [new, old] = [self.node, self.other].map(|node| node.patches.len());
        let is_much_larger = new.max(old) >= MUCH_LARGER * new.min(old);
        let says_so =
            self.node.is_versioned && self.is_next() && self.node.people.meet(&self.other.people);
        is_much_larger && self.node.title != self.other.title && !says_so
    }
}
