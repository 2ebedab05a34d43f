//! The revisions that are compared with the one before, and a cell for each comparison.

use std::sync::OnceLock;

use crate::{
    plan::{
        omitted::{Omissions, Omitted},
        route::Route,
    },
    range_diff::Comparison,
    series::{Corpus, Series, SeriesIx},
};

/// Comparisons by series and the newer revision's number, each made on first use.
pub(crate) type Comparisons = Vec<Vec<OnceLock<Comparison>>>;

/// A cell for the comparison of every revision with the one before.
pub(crate) fn places(corpus: &Corpus) -> Comparisons {
    let places = |series: &Series| series.revisions.iter().map(|_| OnceLock::new()).collect();
    corpus.series.iter().map(places).collect()
}

/// The revision with which `number` is compared: the one before, if both have a diff and the newer one leaves
/// nothing out.
pub(crate) fn compared_with(
    corpus: &Corpus,
    omissions: &Omissions,
    ix: SeriesIx,
    number: usize,
) -> Option<usize> {
    let is_thin = omissions.omitted(ix, number) != Omitted::Nothing;
    number.checked_sub(1).filter(|_| !is_thin && is_comparable(corpus, ix, number))
}

/// Whether a revision and the one before both have a diff.
pub(crate) fn is_comparable(corpus: &Corpus, ix: SeriesIx, number: usize) -> bool {
    let series = &corpus.series[ix.at()];
    let Some(before) = number.checked_sub(1) else { return false };
    let has_diff = |number: usize| {
        let revision = series.revisions.get(number);
        let mails = revision.into_iter().flat_map(|r| &r.slots).filter_map(|slot| slot.mail);
        mails.into_iter().any(|mail| !corpus.mail(mail).files.is_empty())
    };
    has_diff(before) && has_diff(number)
}

/// The page that compares a revision with the one before.
pub(crate) fn compare_route(series: &Series, number: usize) -> Route {
    let [old, new] = [number.saturating_sub(1), number].map(|n| series.revisions[n].label());
    Route::compare(&series.slug, &old, &new)
}
