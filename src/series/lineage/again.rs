//! Repeated versions: postings without a version that repeat one with a higher version, or are its next version by
//! an author who forgot the number.
//!
//! In: a posting without other evidence. Out: the newest posting of its series, whose version it takes. Never here:
//! evidence of a version ([`candidates`](super::candidates)).

use super::{
    Confidence, Evidence, Link, candidates::Seen, content::is_again, node::Node, pair::Pair,
    works::Works,
};
use crate::message::Version;

type Found = (usize, Evidence, Confidence);

impl<'a> Seen<'a> {
    /// What names no version and has a title that its author used for a higher one not long ago, or most of its patches, or
    /// says that it refreshes what somebody else sent under its title.
    pub(super) fn again(&self, node: &Node<'a>, works: &Works) -> Option<(usize, Link)> {
        if node.is_versioned {
            return None;
        }
        let found = self.titled_again(node, works).or_else(|| self.set_again(node, works));
        let own = found.filter(|(newest, ..)| !self.only_claims(node, *newest));
        let (newest, evidence, confidence) = own.or_else(|| self.refreshed(node, works))?;
        node.version.set(self.nodes[newest].version.get());
        Some((newest, Link { evidence, confidence }))
    }

    /// The newest posting of a higher version that has its title, unless lower ones come under that title: then it
    /// counts again.
    fn titled_again(&self, node: &Node<'a>, works: &Works) -> Option<Found> {
        let of_title = node.people.keys().filter_map(|p| self.by_title.get(&(p, &*node.title)));
        let newest = of_title.filter_map(|postings| Some(works.newest(*postings.last()?))).max()?;
        let is_it = is_again(node, &self.nodes[newest]) && !self.counts_anew(node, newest);
        is_it.then_some((newest, Evidence::AuthorAndTitle, Confidence::High))
    }

    /// Lower versions than that of `newest` come soon after `node` under its title.
    fn counts_anew(&self, node: &Node<'a>, newest: usize) -> bool {
        let version = self.nodes[newest].version.get();
        let lower = Version { major: version.major.saturating_sub(1), ..version };
        self.heirs.count_anew(self.nodes, node, lower)
    }

    /// The newest posting of a higher version that has most of its patches.
    fn set_again(&self, node: &Node<'a>, works: &Works) -> Option<Found> {
        let alike = self.shared(node).into_iter().filter(|(older, shared)| {
            let other = &self.nodes[*older];
            works.newest(*older) == *older
                && other.version.get() > node.version.get()
                && Pair { node, other, shared: *shared }.is_set_again()
                && !self.heirs.count_anew(self.nodes, node, other.version.get())
        });
        let (older, shared) = alike.last()?;
        let shared = u32::try_from(shared).unwrap_or(u32::MAX);
        Some((older, Evidence::SharedPatches(shared), Confidence::Medium))
    }

    /// What somebody else sent under its letter's title, with half of its patches, and it links to: whoever takes a work over
    /// after a year forgets to count.
    fn refreshed(&self, node: &Node<'a>, works: &Works) -> Option<Found> {
        if node.posting.cover.is_none() || node.is_pull || node.is_machine_s {
            return None;
        }
        let linked = node.linked.iter().filter_map(|id| Some((self.posting_of(id)?, *id)));
        let is_it = |(older, _): &(usize, _)| {
            let other = &self.nodes[*older];
            works.newest(*older) == *older
                && other.version.get() > node.version.get()
                && other.title == node.title
                && other.branch == node.branch
                && node.shared(other) * 2 >= other.patches.len().max(1)
                && !self.counts_anew(node, *older)
        };
        let (older, id) = linked.into_iter().find(is_it)?;
        Some((older, Evidence::Cites(id.clone()), Confidence::Medium))
    }
}
