//! Links: the postings to which a text links in passages about versions.
//!
//! In: a posting. Out: the one that it follows by such a link. `Link to v2: …` is explicit; other links may lead to
//! dependencies or origins, and count unless there is evidence against them. Never here: how links are read
//! (`patch::version_refs`).

use super::{
    Evidence,
    candidates::Seen,
    content::may_be_one,
    node::{Node, branch::are_for_two_kernels},
    pair::{AT_ONCE, Pair},
};
use crate::message::MessageId;

impl<'a> Seen<'a> {
    /// The posting that `node` links to as an earlier version: the latest; of two of one version the one that it names by its
    /// number, or that has its title or patches.
    pub(super) fn by_citation(
        &self,
        node: &Node<'a>,
        open: impl Fn(usize) -> bool,
    ) -> Option<(usize, Evidence)> {
        let targets = node.cites.iter().filter_map(|id| Some((self.posting_of(id)?, *id)));
        let related = targets.filter_map(|(older, id)| {
            let other = &self.nodes[older];
            let is_again = node.resend && other.version == node.version;
            let is_later = node.is_after(other) && !self.within(node, older, AT_ONCE);
            let is_it = (is_later || is_again)
                && self.is_related(node, other, id)
                && !are_for_two_kernels(&node.branch, &other.branch)
                && open(older);
            let is_sure =
                || node.names(other, id) || node.title == other.title || node.shared(other) > 0;
            is_it.then(|| ((other.version.get(), is_sure(), older), id))
        });
        let ((.., older), id) = related.max_by_key(|(rank, _)| *rank)?;
        Some((older, Evidence::Cites(id.clone())))
    }

    /// What `node` links to may be its earlier version.
    fn is_related(&self, node: &Node<'a>, other: &Node<'a>, id: &MessageId) -> bool {
        if node.names(other, id) && other.people.meet(&node.people) {
            return true;
        }
        let gap = node.version.get().major.saturating_sub(other.version.get().major);
        // A colleague who goes on says so, and may change a word of the title. What is linked to from much later, under
        // another title and without a patch in common, is where the work comes from.
        let is_taken_over = || gap == 1 && node.is_titled_like(other);
        let is_another = || Pair { node, other, shared: 0 }.is_another_change();
        let is_related = other.title == node.title
            || is_taken_over()
            || other.people.meet(&node.people)
                && (gap <= 1 && !is_another() || node.shared(other) > 0);
        is_related && may_be_one(node, other)
    }
}
