//! Two postings: the evidence that one follows the other.
//!
//! In: a posting, an earlier one, and the number of common patches. Out: the evidence, if there is enough. Never
//! here: which of several earlier ones matches best ([`content`](super::content)).

use super::{
    Confidence, Evidence,
    node::{Node, Piece},
};
use crate::message::Version;

/// Seconds.
pub(super) const DAY: i64 = 86_400;
/// How long after a posting a later version by the same person still follows it, in seconds.
pub(super) const YEAR: i64 = 366 * DAY;
/// How long after a posting one without a higher version is the same one sent again, in seconds, without more to
/// show it than title and files.
pub(super) const AGAIN: i64 = 30 * DAY;
/// A posting sent sooner than this after another was sent along with it; in seconds.
pub(super) const AT_ONCE: i64 = 300;
/// How long after a posting one with another title may follow it, in seconds.
pub(super) const SEASON: i64 = 60 * DAY;
/// The same for the very next version: on linux-clk v4 came 16 months after v3, and 21 months after it a colleague's.
pub(super) const SILENCE: i64 = 3 * YEAR;

/// How alike the titles of a patch are that was sent again after months, as the share of letters.
const RENAMED: f64 = 0.7;

/// A series of this many times another's patches may carry them in, and is another work.
const MUCH_LARGER: usize = 3;

pub(super) struct Pair<'n, 'a> {
    pub(super) node: &'n Node<'a>,
    pub(super) other: &'n Node<'a>,
    /// How many patches they have in common.
    pub(super) shared: usize,
}

impl Pair<'_, '_> {
    /// The evidence, the strongest first.
    pub(super) fn evidence(&self) -> Option<(Evidence, Confidence)> {
        self.by_title()
            .or_else(|| self.by_patches())
            .or_else(|| self.by_change())
            .or_else(|| self.by_words())
    }

    pub(super) fn is_next(&self) -> bool {
        self.other.version.get().major.checked_add(1) == Some(self.node.version.get().major)
    }

    /// It is a step of the same version (`v3.1` behind `v3`). On linux-xfs other works that are cut out of one have such numbers,
    /// too.
    fn is_step(&self) -> bool {
        let [new, old] = [self.node, self.other].map(|node| node.version.get());
        old.major == new.major && old < new
    }

    /// The other posting asked for comments; this one is final, and counts from 1.
    fn is_meant(&self) -> bool {
        self.other.rfc && !self.node.rfc && self.node.version.get() == Version::FIRST
    }

    /// They have half of the shorter one's patches in common.
    fn is_half(&self) -> bool {
        let shorter = self.node.patches.len().min(self.other.patches.len());
        self.shared > 0 && self.shared * 2 >= shorter
    }

    /// They have half of the longer one's patches in common.
    pub(super) fn is_most(&self) -> bool {
        let longer = self.node.patches.len().max(self.other.patches.len());
        self.shared > 0 && self.shared * 2 >= longer
    }

    /// `node` was sent at most this many seconds after the other.
    pub(super) fn within(&self, seconds: i64) -> bool {
        match (self.node.posted, self.other.posted) {
            (Some(new), Some(old)) => new.0 - old.0 <= seconds,
            _ => true,
        }
    }

    fn by_title(&self) -> Option<(Evidence, Confidence)> {
        let Self { node, other, shared } = *self;
        let known = self.has_same_title() && node.people.meet(&other.people);
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

    /// They have one title, or each has one patch and these do: a letter above it has a title of its own.
    fn has_same_title(&self) -> bool {
        let Self { node, other, .. } = *self;
        let has_same_patch = || match (&node.patches[..], &other.patches[..]) {
            ([one], [two]) => !one.title.is_empty() && one.title == two.title,
            _ => false,
        };
        !node.title.is_empty() && node.title == other.title
            || has_same_patch()
            || self.has_same_bare_title()
    }

    /// One title under other names, not long after, and a file that both touch: `cifs: print the speed`,
    /// `smb/client: print the speed`. What two trees have in common is sent to each under such titles, in several patches.
    fn has_same_bare_title(&self) -> bool {
        let Self { node, other, .. } = *self;
        !node.bare.is_empty()
            && node.bare == other.bare
            && node.branch == other.branch
            && node.patches.len().min(other.patches.len()) == 1
            && node.touches_what(other)
            && (self.is_next() || self.within(SEASON))
    }

    /// A single patch that became the first of several, or the other way round, and has its title but for the names. What a
    /// letter calls a bundle of one patch says nothing of that patch.
    pub(super) fn is_grown(&self) -> bool {
        let [new, old] = [self.node, self.other].map(|node| node.patches.len());
        let is_bundle = |node: &Node<'_>| {
            node.posting.cover.is_some()
                && matches!(&node.patches[..], [piece] if piece.title != node.title)
        };
        new != old
            && new.max(old) < MUCH_LARGER * new.min(old)
            && !self.within(AT_ONCE)
            && self.has_same_bare_title()
            && ![self.node, self.other].into_iter().any(is_bundle)
    }

    /// Title and version are the same. Two defects of one kind in two files have one title, and so have two bundles of
    /// fixes.
    pub(super) fn is_again(&self) -> bool {
        let Self { node, other, shared } = *self;
        let is_bundle = node.patches.len().max(other.patches.len()) > 1;
        let has_patches = !node.patches.is_empty() && !other.patches.is_empty();
        if is_bundle && has_patches {
            return (shared > 0 || self.is_grown()) && (node.resend || node.may_touch_what(other));
        }
        node.resend
            || node.may_touch_what(other) && (self.within(AGAIN) || self.has_same_change())
            || node.sketch.resembles(&other.sketch)
            || self.says_the_same()
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
        let goes_on =
            || self.is_step() && node.is_versioned || self.is_meant() && node.title == other.title;
        let is_next = self.is_next() || self.is_most() && goes_on();
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

    /// One instead of the other, whatever they are called and however they are cut: a single patch that replaces
    /// the same lines, or a posting that changes much the same in all, or adds the same files. It is the next
    /// version, or the same again by somebody who counts no versions.
    fn by_change(&self) -> Option<(Evidence, Confidence)> {
        let Self { node, other, .. } = *self;
        // Series of several patches each share some of them for many reasons.
        let is_recut = || {
            node.patches.len().min(other.patches.len()) == 1
                && node.sketch.is_long()
                && node.sketch.resembles(&other.sketch)
                && node.may_touch_what(other)
                && self.within(AGAIN)
        };
        let is_one = self.may_replace()
            && self.within(SEASON)
            && (node.reworks(other) || is_recut() || self.adds_the_same());
        is_one.then(|| self.shared_patches())
    }

    /// Single patches that say the same, though one does it in another way.
    fn by_words(&self) -> Option<(Evidence, Confidence)> {
        let is_one = self.may_replace() && self.says_the_same() && self.within(AGAIN);
        is_one.then(|| self.shared_patches())
    }

    /// It adds the files that the other adds, and no changelog alone says that it is the next version of that.
    fn adds_the_same(&self) -> bool {
        let is_counted = self.node.is_versioned || self.is_uncounted();
        // The files that the other's missing patches add are unknown.
        let is_known = !self.other.is_part();
        is_counted && is_known && self.node.adds_what(self.other) && !self.is_larger()
    }

    fn shared_patches(&self) -> (Evidence, Confidence) {
        let shared = u32::try_from(self.shared.max(1)).unwrap_or(u32::MAX);
        (Evidence::SharedPatches(shared), Confidence::Medium)
    }

    /// Of the same person, the next version or one of somebody who counts none, and not sent along with the other.
    fn may_replace(&self) -> bool {
        let Self { node, other, .. } = *self;
        (self.is_next() || self.is_uncounted())
            && !self.is_another_change()
            && node.branch == other.branch
            && !node.is_machine_s
            && node.people.meet(&other.people)
            && !self.within(AT_ONCE)
            && !self.is_sibling()
    }

    /// One instead of the other by what it does or says.
    pub(super) fn replaces(&self) -> bool {
        self.by_change().is_some() || self.by_words().is_some()
    }

    /// Single patches whose commit messages say much the same, and that begin from one state of a file: what is mended in one
    /// function after another says just the same every time, and each patch begins from what the one before it made.
    fn says_the_same(&self) -> bool {
        let ([one], [two]) = (&self.node.patches[..], &self.other.patches[..]) else {
            return false;
        };
        one.prose.is_long()
            && one.prose.resembles(two.prose)
            && (one.prose != two.prose || self.has_same_bare_title())
            && one.places.share_an_object(two.places)
            && !one.is_sibling(two)
    }

    /// It is the same again under another title, by somebody who counts no versions: one patch of the same files, or a
    /// series with most of its patches in common.
    fn is_renamed(&self) -> bool {
        let Self { node, other, shared } = *self;
        let [new, old] = [node.patches.len(), other.patches.len()];
        let is_same = match new.max(old) {
            1 => {
                let is_long = node.patches.iter().all(|piece| piece.sketch.is_long());
                (is_long || self.has_equal_change()) && node.files == other.files
            }
            longer => shared.min(old) * 3 >= longer * 2 && node.may_share_tree(other),
        };
        // After a longer pause, either the title or the patches are mostly the same.
        let is_late = match new.max(old) {
            1 => {
                node.sketch.resembles(&other.sketch) && node.same_words(other) >= RENAMED
                    || self.has_equal_change() && is_same
            }
            longer => shared * 4 >= longer * 3 && is_same && node.sketch.resembles(&other.sketch),
        };
        let soon = if new.max(old) > 1 { SEASON } else { AGAIN };
        (is_same && self.within(soon) || is_late && node.may_touch_what(other) && self.within(YEAR))
            && self.is_uncounted()
            && node.rfc == other.rfc
            && !node.is_machine_s
            && !self.is_another_change()
            && !self.is_sibling()
    }

    /// Three of four patches of either have titles or changes of the other's, and little time is between them: it is sent
    /// again, whatever it is called, or the next version by somebody who forgot to say so. What asks for a pull, or comes from somebody else,
    /// only brings them on their way.
    pub(super) fn is_set_again(&self) -> bool {
        let Self { node, other, .. } = *self;
        let [new, old] = [node.patches.len(), other.patches.len()];
        // Two drivers that are much alike have lines in common, and other titles.
        let is_theirs =
            |piece: &&Piece<'_>| other.patches.iter().any(|their| piece.is_as_sent(their));
        let shared = node.patches.iter().filter(is_theirs).count();
        new.min(old) > 1
            && shared * 4 >= new.max(old) * 3
            && self.within(SEASON)
            && node.may_share_tree(other)
            && node.branch == other.branch
            && node.rfc == other.rfc
            && !node.is_machine_s
            && !node.is_pull
            && !self.is_another_change()
            && node.people.are_sent_by(&other.people)
    }

    /// Single patches that do the same at two places of one object.
    fn is_sibling(&self) -> bool {
        let ([one], [two]) = (&self.node.patches[..], &self.other.patches[..]) else {
            return false;
        };
        one.is_sibling(two)
    }

    /// Neither has a version above 1: a `v1` says no more than none.
    pub(super) fn is_uncounted(&self) -> bool {
        [self.node, self.other].iter().all(|node| node.version.get() == Version::FIRST)
    }

    /// Their authors call them by different change-ids, as b4 does each of their branches.
    pub(super) fn is_another_change(&self) -> bool {
        let ids = [self.node, self.other].map(|node| node.change_id);
        ids[0].is_some() && ids[1].is_some() && ids[0] != ids[1]
    }

    /// Single patches: the same change.
    pub(super) fn has_equal_change(&self) -> bool {
        let change = |node: &Node<'_>| node.patches.first().and_then(|piece| piece.change);
        change(self.node).is_some() && change(self.node) == change(self.other)
    }

    /// `node` has many times the patches of the other.
    fn is_larger(&self) -> bool {
        self.node.patches.len() >= MUCH_LARGER * self.other.patches.len()
    }

    /// The patches of one are carried in the other, a much larger one, or removed from it: that is not a version of
    /// it, unless the number says so.
    pub(super) fn is_carried(&self) -> bool {
        let [new, old] = [self.node, self.other].map(|node| node.patches.len());
        let is_much_larger = new.max(old) >= MUCH_LARGER * new.min(old);
        let says_so =
            self.node.is_versioned && self.is_next() && self.node.people.meet(&self.other.people);
        is_much_larger && self.node.title != self.other.title && !says_so
    }
}
