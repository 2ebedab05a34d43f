//! Two revisions side by side: which patch became which, and how.
//!
//! In: the patches of two revisions. Out: a [`Comparison`], and on request the [`Difference`] of any two patches.
//! Both use the mails alone: they compare patches, not trees. The method is that of `git range-diff`: patches in a
//! normal form, exact matches first, then the cheapest assignment. A pair costs as many lines as the diff of the two
//! diffs has, an unpaired patch six tenths of its own lines. Never here: the choice of revisions, reviews, a page.

mod assignment;
mod cost;
mod difference;
mod lines;
mod order;
mod partners;
mod text;

pub use difference::{Difference, Excerpt, Extent, Inner, InnerLine, Outer, difference};

use crate::{message::TextReader, patch::Mail};
use text::PatchText;

/// Which patch of one revision became which of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Every patch of both, once, in the order of `git range-diff`: that of the new revision, with a dropped patch
    /// after the patches that it followed. One result differs from git's: patches that share little more than their
    /// title are a pair, see [`Kind::Rewritten`].
    pub pairs: Vec<Pair>,
    /// How carefully they were compared.
    pub care: Care,
}

/// A patch that is in both revisions, or in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Its index in the old revision's patches; `None` for a new one.
    pub old: Option<usize>,
    /// Its index in the new revision's patches; `None` for a dropped one.
    pub new: Option<usize>,
    /// What became of it.
    pub kind: Kind,
    /// Whether its title changed, which is possible with any kind.
    pub title: Title,
    /// Whether its position changed, which is possible with any kind and any title.
    pub order: Order,
}

/// How a patch changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Nothing: author, message and diff are the same.
    Same,
    /// Only the trailers differ: it collected reviews.
    Credited,
    /// Author or message differ, the diff does not.
    Reworded,
    /// It adds and removes the same lines, but the code around them differs: it has another base.
    Rebased,
    /// The diff differs.
    Changed,
    /// The diff differs so much that git reports one dropped patch and one new patch. But the title is the same, or
    /// nearly the same with a common file, or there is only one patch on each side.
    Rewritten,
    /// It is in the old revision only.
    Dropped,
    /// It is in the new revision only.
    New,
}

/// Whether a patch in both revisions kept its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Title {
    /// The same, or the patch is in one revision only.
    Kept,
    /// Another.
    Changed,
}

/// Whether a patch in both revisions kept its position relative to the others in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// It did, or the patch is in one revision only.
    Kept,
    /// It did not. The smallest possible number of patches counts as moved.
    Moved,
}

/// How carefully two revisions were compared. All but the first are for sizes that nobody posts, so that no
/// comparison can take hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Care {
    /// As `git range-diff` does it.
    Full,
    /// Some pairs were weighed by the lines that they share, in any order.
    Estimated,
    /// There was too much: patches are paired by equal diffs, then by equal titles.
    Titles,
}

/// The mark that `git range-diff` prints between the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Marker {
    /// `=`
    Same,
    /// `!`
    Changed,
    /// `<`
    Dropped,
    /// `>`
    New,
}

impl Marker {
    /// The mark itself.
    pub fn sign(self) -> char {
        match self {
            Self::Same => '=',
            Self::Changed => '!',
            Self::Dropped => '<',
            Self::New => '>',
        }
    }
}

impl Kind {
    /// The mark between the two sides, with git's meaning.
    pub fn marker(self) -> Marker {
        match self {
            Self::Same => Marker::Same,
            Self::Credited | Self::Reworded | Self::Rebased | Self::Changed | Self::Rewritten => {
                Marker::Changed
            }
            Self::Dropped => Marker::Dropped,
            Self::New => Marker::New,
        }
    }
}

impl Comparison {
    /// The output of `git range-diff`: positions on both sides, and the mark between them.
    pub fn as_git_tells(&self) -> Vec<(Option<usize>, Option<usize>, Marker)> {
        let (mut of_new, mut markers, mut old_len) = (Vec::new(), Vec::new(), 0);
        for pair in &self.pairs {
            old_len += usize::from(pair.old.is_some());
            if pair.new.is_some() {
                of_new.push(pair.old.filter(|_| pair.kind != Kind::Rewritten));
                markers.push(pair.kind.marker());
            }
        }
        let marker = |(old, new): (Option<usize>, Option<usize>)| match (old, new) {
            (Some(_), Some(new)) => (old, Some(new), markers[new]),
            (Some(_), None) => (old, new, Marker::Dropped),
            (None, _) => (old, new, Marker::New),
        };
        order::rows(old_len, &of_new).into_iter().map(marker).collect()
    }
}

/// Compares two revisions, given their patches in order. Positions in the result are positions here.
pub fn compare(texts: &TextReader, old: &[&Mail], new: &[&Mail]) -> Comparison {
    let read = |mails: &[&Mail]| mails.iter().map(|mail| PatchText::of(texts, mail)).collect();
    let (old, new): (Vec<_>, Vec<_>) = (read(old), read(new));
    let partners = partners::partners(&old, &new);
    let moved = order::moved(&partners.of_new);
    let pair = |(old_at, new_at): (Option<usize>, Option<usize>)| {
        let (kind, title) = match (old_at, new_at) {
            (Some(a), Some(b)) => {
                let kind = match partners.by_title[b] {
                    true => Kind::Rewritten,
                    false => old[a].became(&new[b]),
                };
                let is_kept = old[a].title == new[b].title;
                (kind, if is_kept { Title::Kept } else { Title::Changed })
            }
            (Some(_), None) => (Kind::Dropped, Title::Kept),
            (None, _) => (Kind::New, Title::Kept),
        };
        let is_moved = new_at.is_some_and(|at| moved[at]);
        let order = if is_moved { Order::Moved } else { Order::Kept };
        Pair { old: old_at, new: new_at, kind, title, order }
    };
    let rows = order::rows(old.len(), &partners.of_new);
    Comparison { pairs: rows.into_iter().map(pair).collect(), care: partners.care }
}
