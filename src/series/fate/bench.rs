//! The context for reading the fates and states of all series.
//!
//! In: the mails, and what was found from all of them. Out: a [`Bench`]. Never here: a judgement.

use std::collections::HashMap;

use super::{Appliers, Ledger, Reposts};
use crate::{
    date::Timestamp,
    patch::Mail,
    series::{MailIx, Revision, Rules, StoredMessage, Threads, known::Known},
};

/// The context for reading all states of a corpus.
pub(in crate::series) struct Bench<'a> {
    pub(in crate::series) mails: &'a [StoredMessage],
    pub(in crate::series) threads: &'a Threads,
    pub(in crate::series) appliers: &'a Appliers,
    /// The known addresses of people: a display name identifies nobody.
    pub(in crate::series) known: &'a Known,
    pub(in crate::series) ledger: &'a Ledger,
    /// Patches that were sent along with a pull request, and the mail that did.
    pub(in crate::series) sent_along: &'a HashMap<MailIx, MailIx>,
    pub(in crate::series) reposts: &'a Reposts,
    pub(in crate::series) rules: &'a Rules,
    /// The date of the corpus' newest mail.
    pub(in crate::series) end: Option<Timestamp>,
}

/// The speaker about a revision.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::series) enum Speaker {
    Author,
    Other,
}

impl<'a> Bench<'a> {
    /// A mail.
    pub(in crate::series) fn mail(&self, ix: MailIx) -> &'a Mail {
        &self.mails[ix.at()].mail
    }

    /// The speaker of a mail about a revision.
    pub(in crate::series) fn speaker(&self, ix: MailIx, revision: &Revision) -> Speaker {
        let (from, date) = (&self.mail(ix).message.from, self.mail(ix).message.date);
        let posted = revision.members().map(|member| &self.mail(member).message.from);
        let own = self.known.is(from, &revision.author, date)
            || posted.into_iter().any(|by| by.key() == from.key());
        if own { Speaker::Author } else { Speaker::Other }
    }
}
