//! Series that may go on one another: what was sent in somebody's name from an address that is not known for it.
//!
//! In: a series. Out: for either side the other one, with the name and the address. Never here: what makes it a claim
//! (`series::known`).

use super::{
    Plan,
    frame::Links,
    revisions,
    series::some_title,
    view::{ClaimView, ClaimsView},
};
use crate::series::{Claim, SeriesIx};

/// How many claims on a series are shown: anybody can send any number.
const MOST: usize = 5;

impl<'a> Plan<'a> {
    /// What a series claims to go on, and what claims to go on it.
    pub(super) fn claims(&self, links: &Links<'_>, ix: SeriesIx) -> ClaimsView<'a> {
        let series = &self.corpus.series[ix.at()];
        let view = |shown: SeriesIx, number: usize, by: SeriesIx| {
            let by = &self.corpus.series[by.at()].revisions[0].author;
            let shown_series = &self.corpus.series[shown.at()];
            ClaimView {
                title: some_title(&shown_series.revisions[number].title),
                label: revisions::label(shown_series, number),
                url: links.to(&self.revision_route(shown, number)),
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
}
