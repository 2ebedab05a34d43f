//! The diffs that a later revision repeats, found for a whole series on first use.

use std::sync::OnceLock;

use crate::{
    markup::diff::{Repeats, Stand},
    message::TextReader,
    series::{Corpus, MailIx, Revision, SeriesIx},
};

/// The repeated diffs, by series.
pub(crate) type AllRepeats = Vec<OnceLock<Repeats>>;

/// A cell for the repeated diffs of each series.
pub(crate) fn places(corpus: &Corpus) -> AllRepeats {
    corpus.series.iter().map(|_| OnceLock::new()).collect()
}

/// The newest revision of the series with the same diff of a file, unless that is the mail's own.
pub(crate) fn later(
    texts: &TextReader,
    corpus: &Corpus,
    repeats: &AllRepeats,
    ix: SeriesIx,
    mail: MailIx,
    file: usize,
) -> Option<Stand> {
    match corpus.series[ix.at()].revisions.len() {
        0 | 1 => None,
        _ => repeats[ix.at()].get_or_init(|| find_repeats(texts, corpus, ix)).of(mail, file),
    }
}

fn find_repeats(texts: &TextReader, corpus: &Corpus, ix: SeriesIx) -> Repeats {
    let revisions = &corpus.series[ix.at()].revisions;
    let patches = |revision: &Revision| -> Vec<_> {
        let slots = revision.slots.iter().enumerate();
        let sent = slots.filter_map(|(place, slot)| Some((place, slot.sent()?)));
        sent.map(|(place, ix)| (ix, place, corpus.mail(ix).message.read_text(texts))).collect()
    };
    let sent: Vec<_> = revisions.iter().map(patches).collect();
    let diffs = sent.iter().map(|patches| {
        let patches = patches.iter();
        patches.map(|(ix, place, text)| (*ix, *place, corpus.mail(*ix).anatomy.diff.of(text)))
    });
    Repeats::find(&diffs.map(Iterator::collect).collect::<Vec<_>>())
}
