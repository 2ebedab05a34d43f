//! Heirs: which of several postings should follow an earlier one.
//!
//! In: all postings. Out: whether a posting that would follow an earlier one by a link, a reply or a patch would
//! take the place of a later posting under the earlier one's own title. For example, somebody replies to v1 of a
//! series with v2 of one of its patches, or links to it as the base of their work; then v2 of the series arrives,
//! finds its place taken, and begins a series of its own. Never here: the evidence itself.

use super::{
    content::may_follow,
    node::Node,
    pair::{SEASON, YEAR},
};
use crate::{hash::FastMap, message::Version};

/// Postings that name a version, by person and title.
pub(super) struct Heirs<'a>(FastMap<(&'a str, &'a str), Vec<usize>>);

impl<'a> Heirs<'a> {
    pub(super) fn new(nodes: &'a [Node<'a>]) -> Self {
        let mut by_title: FastMap<(&str, &str), Vec<usize>> = FastMap::default();
        for (at, node) in nodes.iter().enumerate() {
            if node.version.get() > Version::FIRST && !node.title.is_empty() {
                for person in node.people.keys() {
                    by_title.entry((person, &node.title)).or_default().push(at);
                }
            }
        }
        Self(by_title)
    }

    /// Whether the author of `node`, whose changelog leads to the version `claimed`, soon sent a lower one under
    /// its title: one patch of it was counted before, and the whole counts again.
    pub(super) fn count_anew(&self, nodes: &[Node<'_>], node: &Node<'_>, claimed: Version) -> bool {
        let mut own = node.people.keys().filter_map(|who| self.0.get(&(who, &*node.title)));
        let is_lower = |heir: &Node<'_>| {
            let [first, late] =
                [node.posted, heir.posted].map(|when| when.map_or(0, |when| when.0));
            heir.version.get() <= claimed
                && heir.is_versioned
                && (1..=SEASON).contains(&(late - first))
                && heir.branch == node.branch
        };
        own.any(|heirs| heirs.iter().any(|at| is_lower(&nodes[*at])))
    }

    /// Whether `node`, of another title than `older`, would take a place that is a later posting's.
    pub(super) fn miss(&self, nodes: &[Node<'_>], node: &Node<'_>, older: &Node<'_>) -> bool {
        let mut own = older.people.keys().filter_map(|who| self.0.get(&(who, &*older.title)));
        // Most have no heir, and comparing all patches with all takes longest.
        node.title != older.title
            && own.any(|heirs| heirs.iter().any(|at| is_heir(&nodes[*at], node, older)))
            && !is_most(node, older)
    }
}

/// They have half of the longer one's patches in common: under whatever title, that is the same work.
fn is_most(node: &Node<'_>, older: &Node<'_>) -> bool {
    let shared = node.shared(older);
    shared > 0 && shared * 2 >= node.patches.len().max(older.patches.len())
}

/// Whether `heir`, of the title of `older`, has the better right to follow it than `node`.
fn is_heir(heir: &Node<'_>, node: &Node<'_>, older: &Node<'_>) -> bool {
    let version = heir.version.get();
    let has_patches = !heir.patches.is_empty() && !older.patches.is_empty();
    let (Some(first), Some(taken), Some(late)) = (older.posted, node.posted, heir.posted) else {
        return false;
    };
    // What is sent for comments once more was not meant by what came in between under another title.
    let is_asked_again = older.rfc && heir.rfc && !node.rfc;
    version > older.version.get()
        && (version <= node.version.get() || is_asked_again)
        && taken < late
        && late.0 - first.0 <= YEAR
        && heir.branch == older.branch
        // A posting that fixes one patch does not replace a later complete posting.
        && (is_asked_again || !may_follow(heir, node))
        && (!has_patches || heir.shared(older) >= node.shared(older).max(1))
}
