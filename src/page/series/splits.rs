//! Series that were split: some patches of one go on in another.
//!
//! In: a series. Out: the revision that it was cut out of, and the series that were cut out of it. Never here: what makes it
//! a split (`series::lineage`).

use crate::{
    page::{
        part::links::Links,
        series::view::{SplitView, SplitsView},
    },
    plan::{
        Read,
        names::{self, some_title},
    },
    series::{Claim, Corpus, SeriesIx},
};

/// How many parts of a series are shown: anybody can send any number.
const MOST: usize = 5;

/// The revision of which a series has a part, and the series that have a part of it.
pub(crate) fn splits<'a>(
    corpus: Read<'a, Corpus>,
    links: &Links<'_>,
    ix: SeriesIx,
) -> SplitsView<'a> {
    let series = corpus.series(ix);
    let view = |shown: SeriesIx, number: usize| {
        let shown_series = corpus.series(shown);
        SplitView {
            title: some_title(&shown_series.revisions[number].title),
            label: names::label(links.words(), shown_series, number),
            url: links.revision(shown, number),
        }
    };
    let of = |split: &Claim| view(split.series, split.revision as usize);
    let parts = series.parts.iter().take(MOST).map(|part| view(*part, 0));
    SplitsView {
        of: series.part_of.as_ref().map(of),
        parts: parts.collect(),
        more: series.parts.len().saturating_sub(MOST),
    }
}
