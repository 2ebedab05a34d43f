//! The index of the data files.

use serde::Serialize;

use super::super::SCHEMA;
use crate::plan::{FOLLOWED, Reader, Route};

/// `index.json`.
#[derive(Serialize)]
pub(super) struct IndexFile<'a> {
    schema: u32,
    kind: &'static str,
    title: &'a str,
    base_url: &'a str,
    json_schema: String,
    lists: Vec<ListEntry<'a>>,
    digests: Vec<DigestEntry>,
    events: Vec<String>,
}

/// The files of a list, by part.
#[derive(Serialize)]
struct ListEntry<'a> {
    list: &'a str,
    waiting: String,
    ready: String,
    applied: String,
}

#[derive(Serialize)]
struct DigestEntry {
    period: String,
    url: String,
}

impl<'a> IndexFile<'a> {
    pub(super) fn new(plan: Reader<'a>, months: &[Box<str>]) -> Self {
        let list = |name: &'a std::sync::Arc<str>| {
            let [waiting, ready, applied] =
                FOLLOWED.map(|part| Route::list_data(name, part.anchor()).absolute(""));
            ListEntry { list: name, waiting, ready, applied }
        };
        let with_page = (0..plan.whole().digests.len()).filter(|number| plan.has_page(*number));
        let digests = with_page.map(|number| plan.digest(number)).map(|digest| DigestEntry {
            period: digest.period.label(),
            url: Route::digest_data(&digest.period).absolute(""),
        });
        Self {
            schema: SCHEMA,
            kind: "index",
            title: &plan.settings.title,
            base_url: &plan.settings.base_url,
            json_schema: Route::DataSchema.absolute(""),
            lists: plan.corpus.lists().iter().map(list).collect(),
            digests: digests.collect(),
            events: months
                .iter()
                .map(|month| Route::Happenings(month.clone()).absolute(""))
                .collect(),
        }
    }
}
