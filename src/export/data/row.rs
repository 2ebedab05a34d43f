//! A series in a list of series.

use serde::Serialize;

use super::super::{Who, date, revision::url};
use crate::{plan::Reader, series::SeriesIx};

/// A series, by its newest revision.
#[derive(Serialize)]
pub(super) struct SeriesRow<'a> {
    series: &'a str,
    title: &'a str,
    version: String,
    state: &'static str,
    author: Who<'a>,
    posted: Option<String>,
    expected: u32,
    reviewed: usize,
    url: String,
}

impl<'a> SeriesRow<'a> {
    pub(super) fn new(plan: Reader<'a>, ix: SeriesIx) -> Self {
        let series = plan.corpus.series(ix);
        let newest = series.newest();
        Self {
            series: &series.slug,
            title: &series.title,
            version: newest.version.to_string(),
            state: series.state.kind.word(),
            author: (&newest.author).into(),
            posted: date(newest.posted),
            expected: newest.expected,
            reviewed: plan.corpus.reviewed(newest),
            url: url(series, series.revisions.len() - 1),
        }
    }
}
