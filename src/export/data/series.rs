//! A series: its revisions, each as `export` has it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::{
    SCHEMA, date,
    revision::{Detail, RevisionLine},
};
use crate::{
    plan::{Reader, Route},
    series::SeriesIx,
};

/// The file of a series.
#[derive(Serialize)]
pub(super) struct SeriesFile<'a> {
    schema: u32,
    kind: &'static str,
    series: &'a str,
    title: &'a str,
    state: &'static str,
    lists: Vec<&'a str>,
    last_message: Option<String>,
    url: String,
    mbox: Option<String>,
    revisions: Vec<RevisionLine<'a>>,
}

impl<'a> SeriesFile<'a> {
    pub(super) fn new(plan: Reader<'a>, ix: SeriesIx) -> Self {
        let series = plan.corpus.series(ix);
        let members = series.revisions.iter().flat_map(|revision| revision.members());
        let copies = members.flat_map(|mail| &plan.corpus.stored(mail).copies);
        let lists: BTreeSet<usize> = copies.map(|(list, _)| usize::from(list.0)).collect();
        let newest = series.revisions.len().saturating_sub(1);
        let revision = |at| {
            let detail = if at == newest { Detail::Newest } else { Detail::Older };
            RevisionLine::new(plan.corpus, series, at, &plan.settings.zone, detail)
        };
        let mbox = || Route::Mbox(series.slug.clone()).absolute("");
        Self {
            schema: SCHEMA,
            kind: "series",
            series: &series.slug,
            title: &series.title,
            state: series.state.kind.word(),
            lists: lists.into_iter().map(|list| &*plan.corpus.lists()[list]).collect(),
            last_message: date(plan.places.last_message(ix)),
            url: Route::Series(series.slug.clone()).absolute(""),
            mbox: plan.offers_mbox(ix).then(mbox),
            revisions: (0..series.revisions.len()).map(revision).collect(),
        }
    }
}
