//! Diffs that a later revision sent again, and where their lines are.
//!
//! In: a patch and a file of it. Out: the link to the newest revision that has the same diff of that file,
//! as [`diff::Options::same`] wants it. It is found out for a whole series at once, by the first page that
//! asks. Never here: when two diffs are the same; that is [`diff::Repeats`].

use std::sync::OnceLock;

use super::{Plan, frame::Links, revisions, series::slot_anchor, thin::Lack};
use crate::{
    markup::diff::{self, Repeats, Stand},
    series::{Corpus, MailIx, Revision, SeriesIx},
};

/// What is sent again, by series.
pub(super) type AllRepeats = Vec<OnceLock<Repeats>>;

/// A place for what is sent again in each series.
pub(super) fn places(corpus: &Corpus) -> AllRepeats {
    corpus.series.iter().map(|_| OnceLock::new()).collect()
}

impl Plan<'_> {
    /// Where the lines of a file are that a later revision changes in the same way; `None` where they are
    /// with `mail` itself.
    pub(super) fn same(&self, links: &Links<'_>, mail: MailIx, file: usize) -> Option<diff::Same> {
        let (ix, _) = self.corpus.letter(mail).home?;
        let series = &self.corpus.series[ix.at()];
        let stand = self.later(ix, mail, file)?;
        if self.lack(ix, stand.revision) != Lack::Nothing {
            return None;
        }
        let revision = &series.revisions[stand.revision];
        let slot = &revision.slots[stand.slot];
        let page = match self.is_spread(revision) {
            true => self.diff_route(series, revision, slot),
            false => self.revision_route(ix, stand.revision),
        };
        let anchor = diff::file_anchor(&slot_anchor(revision, slot), stand.file + 1);
        let label = revisions::label(series, stand.revision);
        Some(diff::Same { label, url: links.anchored(&page, &anchor) })
    }

    /// The newest revision of the series that has the same diff of a file, unless that is the mail's own.
    pub(super) fn later(&self, ix: SeriesIx, mail: MailIx, file: usize) -> Option<Stand> {
        match self.corpus.series[ix.at()].revisions.len() {
            0 | 1 => None,
            _ => self.repeats[ix.at()].get_or_init(|| self.find_repeats(ix)).of(mail, file),
        }
    }

    fn find_repeats(&self, ix: SeriesIx) -> Repeats {
        let revisions = &self.corpus.series[ix.at()].revisions;
        let patches = |revision: &Revision| -> Vec<_> {
            let slots = revision.slots.iter().enumerate();
            let sent = slots.filter_map(|(place, slot)| Some((place, slot.sent()?)));
            sent.map(|(place, ix)| (ix, place, self.mail(ix).message.text())).collect()
        };
        let texts: Vec<_> = revisions.iter().map(patches).collect();
        let diffs = texts.iter().map(|patches| {
            let patches = patches.iter();
            patches.map(|(ix, place, text)| (*ix, *place, self.mail(*ix).anatomy.diff.of(text)))
        });
        Repeats::find(&diffs.map(Iterator::collect).collect::<Vec<_>>())
    }
}
