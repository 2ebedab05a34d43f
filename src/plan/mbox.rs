//! The patches in a series' mbox.

use crate::{
    patch::Mail,
    series::{Corpus, SeriesIx, Slot},
};

/// Whether the newest revision can be applied: every patch is there and one has a diff. A partial series gets no
/// mbox: `git am` would stop half-way, or worse, not stop.
pub(crate) fn is_whole(corpus: &Corpus, ix: SeriesIx) -> bool {
    let revision = corpus.series.get(ix.at()).and_then(|series| series.revisions.last());
    revision.is_some_and(|revision| revision.missing().next().is_none())
        && patches(corpus, ix).next().is_some()
}

pub(crate) fn mail<'a>(corpus: &'a Corpus, slot: &Slot) -> Option<&'a Mail> {
    slot.mail.map(|mail| &*corpus.stored(mail).mail)
}

/// The patches with a diff; of two mails with one number, the first.
pub(crate) fn patches(corpus: &Corpus, ix: SeriesIx) -> impl Iterator<Item = &Slot> {
    let revision = corpus.series.get(ix.at()).and_then(|series| series.revisions.last());
    let slots = revision.map_or(&[][..], |revision| &revision.slots);
    let numbers = slots.chunk_by(|a, b| a.number == b.number);
    let first = numbers.filter_map(|slots| slots.iter().find(|slot| slot.mail.is_some()));
    first.filter(|slot| mail(corpus, slot).is_some_and(|mail| !mail.files.is_empty()))
}
