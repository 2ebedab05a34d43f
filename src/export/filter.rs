//! Which lines are wanted.

use crate::{
    date::Timestamp,
    series::{Corpus, ListIx, MailIx, Series, StateKind},
};

/// Which lines are wanted: those for which all of it holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// They are of this list.
    pub list: Option<ListIx>,
    /// They were posted or sent then or later; of digests, the period ends later.
    pub since: Option<Timestamp>,
    /// A revision is in one of these states; in any where there is none.
    pub states: Vec<StateKind>,
}

impl Filter {
    /// A revision is wanted.
    pub(super) fn takes(&self, corpus: &Corpus, series: &Series, at: usize) -> bool {
        let revision = &series.revisions[at];
        let is_on = |list| revision.members().any(|mail| is_on(corpus, mail, list));
        self.is_since(revision.posted)
            && (self.states.is_empty() || self.states.contains(&series.state_of(at)))
            && self.list.is_none_or(is_on)
    }

    /// What is of this list and moment is wanted.
    pub(super) fn takes_message(&self, list: ListIx, date: Option<Timestamp>) -> bool {
        self.list.is_none_or(|wanted| wanted == list) && self.is_since(date)
    }

    fn is_since(&self, date: Option<Timestamp>) -> bool {
        self.since.is_none_or(|since| date.is_some_and(|date| date >= since))
    }

    /// A digest whose period ends then is wanted.
    pub(super) fn takes_digest(&self, list: ListIx, end: Option<Timestamp>) -> bool {
        self.list.is_none_or(|wanted| wanted == list)
            && self.since.is_none_or(|since| end.is_none_or(|end| end > since))
    }
}

fn is_on(corpus: &Corpus, mail: MailIx, list: ListIx) -> bool {
    corpus.stored(mail).copies.iter().any(|(copy, _)| *copy == list)
}
