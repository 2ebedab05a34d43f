//! The filter of `export`.

use crate::{
    date::Timestamp,
    series::{Corpus, ListIx, MailIx, Series, StateKind},
};

/// A filter of lines. All its conditions must hold.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The list.
    pub list: Option<ListIx>,
    /// The earliest date of posting or sending; a digest must end later.
    pub since: Option<Timestamp>,
    /// The states that a revision can have; empty for any state.
    pub states: Vec<StateKind>,
}

impl Filter {
    /// Whether a revision passes.
    pub(super) fn takes(&self, corpus: &Corpus, series: &Series, at: usize) -> bool {
        let revision = &series.revisions[at];
        let is_on = |list| revision.members().any(|mail| is_on(corpus, mail, list));
        self.is_since(revision.posted)
            && (self.states.is_empty() || self.states.contains(&series.state_of(at)))
            && self.list.is_none_or(is_on)
    }

    /// Whether something of this list and time passes.
    pub(super) fn takes_message(&self, list: ListIx, date: Option<Timestamp>) -> bool {
        self.list.is_none_or(|wanted| wanted == list) && self.is_since(date)
    }

    fn is_since(&self, date: Option<Timestamp>) -> bool {
        self.since.is_none_or(|since| date.is_some_and(|date| date >= since))
    }

    /// Whether a digest whose period ends then passes.
    pub(super) fn takes_digest(&self, list: ListIx, end: Option<Timestamp>) -> bool {
        self.list.is_none_or(|wanted| wanted == list)
            && self.since.is_none_or(|since| end.is_none_or(|end| end > since))
    }
}

fn is_on(corpus: &Corpus, mail: MailIx, list: ListIx) -> bool {
    corpus.stored(mail).copies.iter().any(|(copy, _)| *copy == list)
}
