//! Series that may be revisions of one another: sent under somebody's name from an address that is not known for
//! that name.
//!
//! In: a series. Out: for each side the other one, with the name and the address. Never here: what makes it a claim
//! (`series::known`).

use crate::{
    page::{
        part::links::Links,
        series::view::{ClaimView, ClaimsView},
    },
    plan::{
        Read,
        names::{self, some_title},
    },
    series::{Claim, Corpus, SeriesIx},
};

/// How many claims on a series are shown: anybody can send any number.
const MOST: usize = 5;

/// The series that a series claims to follow, and those that claim to follow it.
pub(crate) fn claims<'a>(
    corpus: Read<'a, Corpus>,
    links: &Links<'_>,
    ix: SeriesIx,
) -> ClaimsView<'a> {
    let series = corpus.series(ix);
    let view = |shown: SeriesIx, number: usize, by: SeriesIx| {
        let by = &corpus.series(by).revisions[0].author;
        let shown_series = corpus.series(shown);
        ClaimView {
            title: some_title(&shown_series.revisions[number].title),
            label: names::label(links.words(), shown_series, number),
            url: links.revision(shown, number),
            name: &by.name,
            address: &by.address,
        }
    };
    let of = |claim: &Claim| view(claim.series, claim.revision as usize, ix);
    let by = series.claimed_by.iter().take(MOST).map(|by| view(*by, 0, *by));
    ClaimsView {
        of: series.claim.as_ref().map(of),
        by: by.collect(),
        more: series.claimed_by.len().saturating_sub(MOST),
    }
}
