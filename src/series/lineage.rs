//! Lineage: which postings are revisions of one series.
//!
//! In: the postings. Out: for each posting, the earlier one that it follows, with the evidence, and its title. The
//! evidence is tried in the order of its strength; the first that finds an earlier posting counts.
//!
//! [`candidates`] and [`cites`] look for the first four kinds, [`again`] for repeated versions, [`content`] for the
//! others and, for two simultaneous postings, [`pair`].
//!
//! | evidence | confidence |
//! |---|---|
//! | both carry the same `change-id:`, or most patches Gerrit's `Change-Id:` | certain |
//! | a link to an older posting, on a line that speaks of versions, same person or title | certain |
//! | `Supersedes:` or `Obsoletes:` with a message of an older posting | high |
//! | sent in answer to an older posting, same person, higher version | high |
//! | same person and same title, a later version, or the same one again ([`content`]) | high |
//! | most patches of the newest version in common, from one sender, no version named, within two months | medium |
//! | half of the patches in common by title or patch-id, the next version or a later one of the same person | medium |
//! | most patches and the title of what somebody else sent for comments, counted from 1 | medium |
//! | the title and half of the patches of a higher version that it links to, no version named ([`again`]) | medium |
//! | a patch in common by title or patch-id, same person, the next version | low |
//! | says in words that it replaces one, with its title, same person, no lower version ([`replaced`]) | high |
//! | a letter without patches whose title has a word more than one of the version before, same person ([`orphan`]) | low |
//! | patches of it again in its thread, as a part of the newest version ([`candidates`]) | high |
//! | most in common of all that the same person sent before, a later version, or meant after comments, within a year ([`orphan`]) | low |
//!
//! A person is an address or a full name, because people change employers between two versions. But anybody can
//! write a name: a posting with nothing else in common with an earlier one, from an address that is not known for
//! that name ([`Known`]), follows it only by a change-id. Otherwise it begins a series of its own, which names the
//! series that it claims to follow.
//!
//! A series may be split into several. One of them continues it; the others begin new series that know of which
//! posting they have a part ([`split`]).
//!
//! Time runs forward: nothing follows a series whose newest posting has a higher version, except versions after an
//! RFC, which count from 1 again. Of two postings with one version, one is a repetition: they share patches. The
//! editor's `content/series.yaml` takes precedence: a posting that begins a series of its own follows none, and
//! [`build`](super::build) joins others. Never here: reviews, states.

mod again;
mod candidates;
mod cites;
mod content;
mod heirs;
mod kept;
mod node;
mod orphan;
mod pair;
mod replaced;
mod split;
mod talk;
mod works;

pub(super) use node::{Name, full_name, head, is_for_old, stable_branch};

use std::collections::HashSet;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Rules, StoredMessage, Threads, assemble::Posting, known::Known, thread::Ids};
use crate::{
    message::{MessageId, Version},
    pool,
};
use candidates::Seen;
use kept::Inputs;
use node::{Node, read_closing_versions};
use talk::Talk;
use works::Works;

/// Why two revisions are one series.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Link {
    /// The evidence.
    pub evidence: Evidence,
    /// How sure that is.
    pub confidence: Confidence,
}

/// The evidence that one revision follows another.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Evidence {
    /// Both carry this `change-id:`.
    ChangeId(Box<str>),
    /// The newer one links to this message of the older.
    Cites(#[serde(with = "pool::one")] MessageId),
    /// The newer one answers this message of the older.
    Answers(#[serde(with = "pool::one")] MessageId),
    /// The newer one says that it supersedes this message of the older.
    Supersedes(#[serde(with = "pool::one")] MessageId),
    /// Same author, same title.
    AuthorAndTitle,
    /// This many of the patches, by the same author, have an older one's title or the same change.
    SharedPatches(u32),
    /// A later version by the same author, which is most like it of all that they sent before.
    SimilarTitle,
    /// The editor says so, in `content/series.yaml`.
    Editor,
}

/// How sure a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// How postings hang together.
pub(super) struct Lineage {
    /// For each posting the earlier one that it follows, if any.
    pub(super) links: Vec<Option<(usize, Link)>>,
    /// For each posting the one that begins its work, according to these links.
    pub(super) tops: Vec<usize>,
    /// For each posting that follows none, the earlier one that it would follow if its sender were the person of
    /// that name.
    pub(super) claims: Vec<Option<(usize, Link)>>,
    /// For each posting that follows none, the earlier one that it has a part of, if that goes on without it.
    pub(super) splits: Vec<Option<(usize, Link)>>,
    /// The title of each.
    pub(super) names: Vec<Name>,
}

/// Finds for each posting the earlier one that it follows. The state `name` has what the last build found.
pub(super) fn link(
    name: &str,
    postings: &[Posting],
    mails: &[StoredMessage],
    threads: &Threads,
    ids: &Ids,
    known: &Known,
    rules: &Rules,
) -> Lineage {
    let inputs = Inputs { postings, mails, threads, ids, known, rules };
    kept::or_else(name, &inputs, || find(&inputs))
}

fn find(inputs: &Inputs<'_>) -> Lineage {
    let Inputs { postings, mails, threads, ids, known, rules } = *inputs;
    let mut nodes: Vec<Node<'_>> =
        postings.par_iter().map(|p| Node::new(p, mails, &rules.mailmap)).collect();
    read_closing_versions(&mut nodes);
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|&at| (nodes[at].posted, nodes[at].version.get(), nodes[at].posting.first()));
    let mut seen = Seen::new(&nodes, mails, threads, ids, known);
    let mut works = Works::new(nodes.len());
    let mut links = vec![None; nodes.len()];
    let mut claims = vec![None; nodes.len()];
    let mut splits = vec![None; nodes.len()];
    let begins: Vec<bool> =
        nodes.iter().map(|node| node.ids(mails).any(|id| rules.edits.begins(id))).collect();
    for &at in &order {
        if let Some((older, link)) = seen.older(at, &works).filter(|_| !begins[at]) {
            works.join(at, older);
            links[at] = Some((older, link));
        } else if !begins[at] {
            claims[at] = seen.claimed(at, &works);
            splits[at] = split::cut_from(&seen, at);
        }
        seen.add(at);
    }
    // A posting that is only similar follows one that nothing else follows, so it comes last.
    let mut followed: HashSet<(usize, u32)> = HashSet::new();
    let follows = |at: usize, older: usize| (older, nodes[at].version.get().major);
    followed.extend((0..links.len()).filter_map(|at| Some(follows(at, links[at].as_ref()?.0))));
    let talk = Talk::new(&seen, rules);
    for at in order.into_iter().filter(|at| !begins[*at]) {
        if links[at].is_none() && (nodes[at].version.get() > Version::FIRST || nodes[at].says_rfc) {
            // The newest posting of its work may be later, with a lower version: then there is no place before it.
            let is_forward = |older: usize| {
                let [own, newest] = [at, works.newest(older)].map(|at| &nodes[at]);
                newest.posted <= own.posted || newest.version.get() > own.version.get()
            };
            let free = |older: usize| !followed.contains(&follows(at, older)) && is_forward(older);
            if let Some((older, link)) = seen.likeliest(at, &works, &talk, free) {
                works.join(at, older);
                followed.insert(follows(at, older));
                links[at] = Some((older, link));
            }
        }
    }
    for found in [&mut claims, &mut splits] {
        found.iter_mut().zip(&links).for_each(|(found, link)| {
            found.take_if(|_| link.is_some());
        });
    }
    let tops = (0..nodes.len()).map(|at| works.top(at)).collect();
    Lineage { links, tops, claims, splits, names: nodes.iter().map(Node::name).collect() }
}
