//! Splits: postings that have a part of an earlier posting's patches, while another part follows it.
//!
//! In: a posting that names a version and follows nothing. Out: the earlier posting from which it was split. It
//! begins its own series: every series has one newest posting, and time runs forward. Never here: which of the parts
//! follows ([`candidates`](super::candidates)).

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
