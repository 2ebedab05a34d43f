//! Lineage: which postings are revisions of one series.
//!
//! In: the postings. Out: for each posting the earlier one it follows, with the evidence. Evidence is
//! looked at in the order of its strength; the first that names an earlier posting counts:
//!
//! | evidence | confidence |
//! |---|---|
//! | both carry the same `change-id:` | certain |
//! | a link to an older posting, on a line that speaks of versions, same person or title | certain |
//! | `Supersedes:` or `Obsoletes:` with a message of an older posting | high |
//! | sent in answer to an older posting, same person, higher version | high |
//! | same person and same title, version not lower, within a year | high |
//! | half of the patches in common by title or patch-id, the next version or a later one of the same person | medium |
//! | a patch in common by title or patch-id, same person, a version that is named and the same or the next | low |
//! | title and files alike, same person, the next version, within two months | low |
//!
//! A person is an address or a full name: people change employers between two versions.
//! The editor's `content/series.yaml` wins over all of it: here a posting that begins a series of its own
//! follows none, and [`work`](super::work) joins others. Never here: reviews, states.

mod node;
mod seen;

pub(super) use node::{full_name, head, is_rfc, normal, title, version};

use std::collections::HashSet;

use rayon::prelude::*;

use super::{Letter, Rules, Threads, assemble::Posting, thread::Ids};
use crate::message::{MessageId, Version};
use node::Node;
use seen::Seen;

/// Why two revisions are one series.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// What shows it.
    pub evidence: Evidence,
    /// How sure that is.
    pub confidence: Confidence,
}

/// What shows that one revision follows another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// Both carry this `change-id:`.
    ChangeId(Box<str>),
    /// The newer one links to this message of the older.
    Cites(MessageId),
    /// The newer one answers this message of the older.
    Answers(MessageId),
    /// The newer one says that it supersedes this message of the older.
    Supersedes(MessageId),
    /// Same author, same title.
    AuthorAndTitle,
    /// So many of the patches, by the same author, have an older one's title or the same change.
    SharedPatches(u32),
    /// Nearly the same title by the same author, the next version, and a file that both touch.
    SimilarTitle,
    /// The editor says so, in `content/series.yaml`.
    Editor,
}

/// How sure a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Probably.
    Low,
    /// Likely.
    Medium,
    /// Very likely.
    High,
    /// The author says so.
    Certain,
}

impl Evidence {
    /// The word that export uses.
    pub fn word(&self) -> &'static str {
        match self {
            Self::ChangeId(_) => "change-id",
            Self::Cites(_) => "cites",
            Self::Answers(_) => "answers",
            Self::Supersedes(_) => "supersedes",
            Self::AuthorAndTitle => "author-and-title",
            Self::SharedPatches(_) => "shared-patches",
            Self::SimilarTitle => "similar-title",
            Self::Editor => "editor",
        }
    }

    /// The id that it names.
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::ChangeId(id) => Some(id),
            Self::Cites(id) | Self::Answers(id) | Self::Supersedes(id) => Some(id),
            _ => None,
        }
    }
}

impl Confidence {
    /// The word that export uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Certain => "certain",
        }
    }
}

/// For each posting the earlier one that it follows, if any.
pub(super) fn link(
    postings: &[Posting],
    mails: &[Letter],
    threads: &Threads,
    ids: &Ids<'_>,
    rules: &Rules,
) -> Vec<Option<(usize, Link)>> {
    let nodes: Vec<Node<'_>> =
        postings.par_iter().map(|p| Node::new(p, mails, &rules.mailmap)).collect();
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|&at| (nodes[at].posted, nodes[at].version, nodes[at].posting.first()));
    let mut seen = Seen::new(&nodes, mails, threads, ids);
    let mut links = vec![None; nodes.len()];
    let begins: Vec<bool> =
        nodes.iter().map(|node| node.ids(mails).any(|id| rules.edits.begins(id))).collect();
    for &at in &order {
        links[at] = seen.older(at).filter(|_| !begins[at]);
        seen.add(at);
    }
    // What only looks alike follows a posting that nothing else follows, so it comes last.
    let mut followed: HashSet<(usize, u32)> = HashSet::new();
    let follows = |at: usize, older: usize| (older, nodes[at].version.major);
    followed.extend((0..links.len()).filter_map(|at| Some(follows(at, links[at].as_ref()?.0))));
    for at in order.into_iter().filter(|at| !begins[*at]) {
        if links[at].is_none() && nodes[at].version > Version::FIRST {
            let free = |older: usize| !followed.contains(&follows(at, older));
            links[at] = seen.alike(at, free);
            followed.extend(links[at].as_ref().map(|(older, _)| follows(at, *older)));
        }
    }
    links
}
