//! Data of a site for scripts: the output of `export`, beside the pages.
//!
//! In: a planned site. Out: each [`DataFile`] with its address and its bytes: a series with its revisions, a
//! digest, a person, the queues of a list, the events of a month, and an index of them. Fields have the same names
//! and meanings as in `export`; `schema.json` describes them. Addresses are relative to the site's root, and the
//! index has the address of the root. Never here: a field that the line of a revision or a digest has already.

mod happening;
mod index;
mod list;
mod person;
mod row;
mod series;

use std::collections::BTreeMap;

use serde::Serialize;

use super::digest::DigestLine;
use crate::{
    json,
    plan::{
        FOLLOWED, Log, Plan, Queue, Reader, Route,
        event::{Event, Events},
        people::PersonIx,
    },
    series::{ListIx, SeriesIx},
};

/// The schema of all files and of `export`, as the site serves it.
const SCHEMA_TEXT: &str = include_str!("../schema.json");

/// A file of data.
#[derive(Debug, Clone)]
pub struct DataFile<'p> {
    /// Its address.
    pub route: Route,
    plan: &'p Plan<'p>,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Series(SeriesIx),
    Digest(usize),
    Person(PersonIx),
    List(ListIx, Queue),
    Month(Vec<Event>),
    Index(Vec<Box<str>>),
    Schema,
}

/// The files of a site, in no order that matters.
pub fn files<'p>(plan: &'p Plan<'p>) -> Vec<DataFile<'p>> {
    if !plan.settings.data {
        return Vec::new();
    }
    let file = |route, what| DataFile { route, plan, what };
    let months = months(plan);
    let names: Vec<Box<str>> = months.keys().cloned().collect();
    let mut files =
        vec![file(Route::DataIndex, What::Index(names)), file(Route::DataSchema, What::Schema)];
    let series = (0u32..).map(SeriesIx).zip(&plan.corpus.series);
    files.extend(
        series.map(|(ix, one)| file(Route::SeriesData(one.slug.clone()), What::Series(ix))),
    );
    let digests = plan.digests.iter().enumerate();
    files.extend(
        digests.map(|(number, one)| file(Route::digest_data(&one.period), What::Digest(number))),
    );
    let people = plan.people.with_page();
    files.extend(
        people.map(|(at, one)| file(Route::PersonData(one.slug.clone()), What::Person(at))),
    );
    for (list, name) in (0u16..).map(ListIx).zip(&plan.corpus.lists) {
        let part =
            |part: Queue| file(Route::list_data(name, part.anchor()), What::List(list, part));
        files.extend(FOLLOWED.map(part));
    }
    files.extend(
        months.into_iter().map(|(month, all)| file(Route::Happenings(month), What::Month(all))),
    );
    files
}

/// The events of series by month (UTC), the oldest first.
fn months(plan: &Plan<'_>) -> BTreeMap<Box<str>, Vec<Event>> {
    let mut events: Vec<Event> = Events::of(plan).news().collect();
    events.sort_unstable_by_key(Event::order);
    let mut months: BTreeMap<Box<str>, Vec<Event>> = BTreeMap::new();
    for event in events.into_iter().rev() {
        let date = event.date.rfc3339();
        // A year before 0 has a sign and more digits; its months are in one file, which does no harm.
        let month = date.get(.."2026-02".len()).unwrap_or_default().trim_start_matches('-');
        months.entry(month.into()).or_default().push(event);
    }
    months
}

impl DataFile<'_> {
    /// The mails and series that it describes, if its address does not name them.
    pub fn made_of(&self) -> u64 {
        match &self.what {
            What::List(list, part) => self.plan.sum_by_name(self.plan.queues.of(*list, *part)),
            What::Month(events) => {
                let what: Vec<_> = events.iter().map(|event| (event.date, event.step())).collect();
                self.plan.sum_by_name(what)
            }
            What::Index(months) => self.plan.sum_by_name(months),
            _ => 0,
        }
    }

    /// Its bytes; `log` gets everything that they were made from.
    pub fn write(&self, log: &Log) -> Vec<u8> {
        let plan = Reader::new(self.plan, log);
        let lines = match &self.what {
            What::Schema => return packed(SCHEMA_TEXT).into_bytes(),
            What::Series(ix) => line(plan, &series::SeriesFile::new(plan, *ix)),
            What::Digest(number) => {
                let list = match plan.corpus.lists() {
                    [one] => Some(&**one),
                    _ => None,
                };
                line(plan, &DigestLine::new(plan.corpus, list, plan.digest(*number)))
            }
            What::Person(number) => line(plan, &person::PersonFile::new(plan, *number)),
            What::List(list, part) => {
                let all = self.plan.queues.of(*list, *part);
                line(plan, &list::ListFile::new(plan, *list, *part, all))
            }
            What::Month(events) => {
                events.iter().filter_map(|event| event_line(plan, event)).collect()
            }
            What::Index(months) => line(plan, &index::IndexFile::new(plan, months)),
        };
        lines.into_bytes()
    }
}

/// The line of an event, if it is about a series.
pub(super) fn event_line(plan: Reader<'_>, event: &Event) -> Option<String> {
    Some(line(plan, &happening::EventLine::new(plan, event)?))
}

/// JSON without white space for readers.
fn packed(text: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    format!("{}\n", json::text(&value))
}

/// A value as a line. No browser takes it for a page, whatever media type the host sends.
pub(super) fn line(plan: Reader<'_>, value: &impl Serialize) -> String {
    let text = json::masked(value, plan.mask());
    format!("{}\n", text.replace('<', "\\u003c"))
}
