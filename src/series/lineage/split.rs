//! Splits: postings that have a part of an earlier work's patches, whose place another part has taken.
//!
//! In: a posting that names a version and follows nothing. Out: the earlier posting that it was cut out of. Its series is one
//! of its own: time runs forward in every work, and there is one newest posting of each.
//! Never here: which of the parts goes on the work ([`candidates`](super::candidates)).

use super::{Link, candidates::Seen, node::Node};
use crate::message::Version;

/// The earlier posting by the same people of which `at` has a part.
pub(super) fn cut_from(seen: &Seen<'_>, at: usize) -> Option<(usize, Link)> {
    let node = &seen.nodes[at];
    if !node.is_versioned || node.version.get() == Version::FIRST || node.patches.is_empty() {
        return None;
    }
    let open = |older: usize| {
        let other = &seen.nodes[older];
        node.version.get() > other.version.get()
            && node.branch == other.branch
            && node.people.meet(&other.people)
            && !seen.only_claims(node, older)
            && is_part_of(node, other)
    };
    seen.by_name_of_change(node, open).or_else(|| seen.by_others(node, open))
}

/// Half of its patches are the other's.
fn is_part_of(node: &Node<'_>, other: &Node<'_>) -> bool {
    node.shared(other) * 2 >= node.patches.len()
}
