//! Talk: when the people of a posting last wrote in its thread. An author of a new version has mostly just replied
//! to comments on the one before, even if that is a month old.
//!
//! In: all postings and mails. Out: for a posting, their last such reply before a date. Never here: the weight of
//! that ([`orphan`](super::orphan)).

use std::collections::HashMap;

use super::candidates::Seen;
use crate::{
    date::Timestamp,
    patch::Role,
    series::{MailIx, Rules},
};

/// When the people of each posting wrote below it.
pub(super) struct Talk(HashMap<usize, Vec<Timestamp>>);

impl Talk {
    pub(super) fn new(seen: &Seen<'_>, rules: &Rules) -> Self {
        // A mail's parent nearly always comes before it: what lies above is looked up once.
        let mut above: Vec<Option<usize>> = vec![None; seen.mails.len()];
        let mut talk: HashMap<usize, Vec<Timestamp>> = HashMap::new();
        for (ix, stored) in MailIx::all(seen.mails.len()).zip(seen.mails) {
            let parent = seen.threads.parent[ix.at()];
            let own = seen.home.get(&ix).copied();
            above[ix.at()] = own.or_else(|| above[parent?.at()]);
            let (None, Some(posting), Role::Reply) = (own, above[ix.at()], stored.mail.role) else {
                continue;
            };
            let writer = rules.mailmap.key(&stored.mail.message.from);
            if seen.nodes[posting].people.own_keys().any(|key| key == writer) {
                talk.entry(posting).or_default().extend(stored.sent());
            }
        }
        talk.values_mut().for_each(|times| times.sort_unstable());
        Self(talk)
    }

    /// The last time before `when` that the people of `posting` wrote below it.
    pub(super) fn last(&self, posting: usize, when: Timestamp) -> Option<Timestamp> {
        let times = self.0.get(&posting)?;
        times[..times.partition_point(|time| *time < when)].last().copied()
    }
}
