//! The series that wait, are ready or were applied on a list.

use serde::Serialize;

use super::{
    super::{SCHEMA, date},
    row::SeriesRow,
};
use crate::{
    plan::{Queue, Reader, Route, queues::last_step},
    series::{ListIx, SeriesIx},
};

/// How many applied series the file has, newest first. The files of the months have the earlier ones.
const MOST_APPLIED: usize = 200;

/// The file of a queue of a list.
#[derive(Serialize)]
pub(super) struct ListFile<'a> {
    schema: u32,
    kind: &'static str,
    list: &'a str,
    part: &'static str,
    count: usize,
    url: String,
    series: Vec<Waiting<'a>>,
}

/// A series, and the time since when it is in the queue.
#[derive(Serialize)]
struct Waiting<'a> {
    #[serde(flatten)]
    row: SeriesRow<'a>,
    since: Option<String>,
}

impl<'a> ListFile<'a> {
    pub(super) fn new(plan: Reader<'a>, list: ListIx, part: Queue, all: &[SeriesIx]) -> Self {
        let name = &*plan.corpus.lists()[usize::from(list.0)];
        let most = if part == Queue::Applied { MOST_APPLIED } else { all.len() };
        let row = |ix: &SeriesIx| Waiting {
            row: SeriesRow::new(plan, *ix),
            since: date(last_step(plan.corpus.whole(), plan.corpus.series(*ix))),
        };
        Self {
            schema: SCHEMA,
            kind: "list",
            list: name,
            part: part.anchor(),
            count: all.len(),
            url: Route::list(name).absolute(""),
            series: all.iter().take(most).map(row).collect(),
        }
    }
}
