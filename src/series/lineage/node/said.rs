//! The postings that a posting says it replaces or follows.
//!
//! In: a [`Node`]. Out: whether it names another one as its earlier version or as replaced. Never here: links
//! without such words.

use super::Node;
use crate::message::MessageId;

/// A title of fewer words is anybody's, and may be in any sentence.
const FEWEST_WORDS: usize = 3;

impl Node<'_> {
    /// It says of its link to a mail of `other` which version that is, and it is that one: `Link to v2: …`.
    pub(in crate::series::lineage) fn names(&self, other: &Self, id: &MessageId) -> bool {
        let major = other.version.get().major;
        self.named.iter().any(|(version, named)| *version == major && *named == *id)
    }

    /// It says in words that it replaces something.
    pub(in crate::series::lineage) fn replaces_anything(&self) -> bool {
        !self.replaces.is_empty()
    }

    /// Its title names a patch of others that it is to mend (`Followup: Update [PATCH 7/7] in Sam's series`): that
    /// is not a version of what its sender posted before.
    pub(in crate::series::lineage) fn mends_another_patch(&self) -> bool {
        let Some((before, named)) = self.shown.split_once("[PATCH ") else { return false };
        let counter = named.split(']').next().unwrap_or_default();
        let is_named = before.trim_end().ends_with(|c: char| c.is_alphanumeric());
        is_named && counter.contains('/')
    }

    /// It says in words that it replaces what has the title of the other.
    pub(in crate::series::lineage) fn says_to_replace(&self, other: &Self) -> bool {
        let is_it = |said: &String| {
            let rest = said.strip_prefix(&*other.title);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        other.title.split(' ').count() >= FEWEST_WORDS && self.replaces.iter().any(is_it)
    }
}
