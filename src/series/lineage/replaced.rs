//! Replacements: postings whose authors name the replaced one by its title.
//!
//! In: a posting. Out: the latest one by the same person with the named title. It may have the same version, because
//! authors of a different solution start counting again. Never here: `Supersedes:` with a Message-ID
//! ([`candidates`](super::candidates)).

use super::{
    Confidence, Evidence, Link,
    candidates::{RECENT, Seen},
    node::Node,
    works::Works,
};

impl<'a> Seen<'a> {
    /// The posting that `node` says in words that it replaces.
    pub(super) fn by_words(&self, node: &Node<'a>, works: &Works) -> Option<(usize, Link)> {
        if !node.replaces_anything() {
            return None;
        }
        let majors = 1..=node.version.get().major;
        let theirs = majors.flat_map(|major| node.people.own_keys().map(move |who| (who, major)));
        let theirs = theirs.filter_map(|key| self.by_person.get(&key));
        let theirs = theirs.flat_map(|postings| postings.iter().rev().take(RECENT).copied());
        let is_it = |older: &usize| {
            let [other, newest] = [*older, works.newest(*older)].map(|at| &self.nodes[at]);
            node.says_to_replace(other)
                && newest.version.get() <= node.version.get()
                && node.branch == other.branch
                && !self.only_claims(node, *older)
        };
        let older = theirs.filter(is_it).max()?;
        let id = self.id_of(older);
        Some((older, Link { evidence: Evidence::Supersedes(id), confidence: Confidence::High }))
    }
}
