//! The revisions whose diffs have pages of their own.

use crate::{
    markup::diff,
    plan::{
        names::slot_anchor,
        omitted::{Omissions, Omitted},
        route::{Route, safe_name},
    },
    series::{Corpus, MailIx, Revision, Series, SeriesIx, Slot},
};

/// Whether the diffs of a revision have pages of their own.
pub(crate) fn has_diff_pages(corpus: &Corpus, revision: &Revision) -> bool {
    revision.slots.iter().filter_map(Slot::sent).nth(1).is_some()
        && diff_lines(corpus, revision) > diff::MAX_LINES
}

/// How many lines the diffs of a revision have.
pub(crate) fn diff_lines(corpus: &Corpus, revision: &Revision) -> usize {
    let sent = revision.slots.iter().filter_map(Slot::sent);
    sent.map(|mail| corpus.mail(mail).diff_lines as usize).sum()
}

/// The page of a patch's diff.
pub(crate) fn diff_route(series: &Series, revision: &Revision, slot: &Slot) -> Route {
    let name = slot_anchor(revision, slot);
    let name = name.trim_start_matches('p');
    let part = format!("{}/{name}", safe_name(&revision.label()));
    Route::Patch(series.slug.clone(), part.into())
}

/// The pages of a revision's diffs, by the index of their slots; empty if they are on the revision's own page.
pub(crate) fn diff_routes(
    corpus: &Corpus,
    omissions: &Omissions,
    ix: SeriesIx,
    at: usize,
) -> Vec<(usize, MailIx, Route)> {
    let series = &corpus.series[ix.at()];
    let revision = &series.revisions[at];
    if omissions.omitted(ix, at) != Omitted::Nothing || !has_diff_pages(corpus, revision) {
        return Vec::new();
    }
    let page = |(place, slot): (usize, &Slot)| {
        Some((place, slot.sent()?, diff_route(series, revision, slot)))
    };
    revision.slots.iter().enumerate().filter_map(page).collect()
}
