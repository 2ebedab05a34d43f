//! A person: the series that they posted, the reviews that they gave.

use serde::Serialize;

use super::{
    super::{SCHEMA, date},
    row::SeriesRow,
};
use crate::{
    digest::Verdict,
    plan::{Reader, people::PersonIx},
};

/// The file of a person.
#[derive(Serialize)]
pub(super) struct PersonFile<'a> {
    schema: u32,
    kind: &'static str,
    person: &'a str,
    name: &'a str,
    first_message: Option<String>,
    last_message: Option<String>,
    url: String,
    series: Vec<SeriesRow<'a>>,
    reviews: Vec<Given<'a>>,
}

/// A review that they gave.
#[derive(Serialize)]
struct Given<'a> {
    series: &'a str,
    key: &'a str,
    message_id: &'a str,
    date: Option<String>,
}

impl<'a> PersonFile<'a> {
    pub(super) fn new(plan: Reader<'a>, number: PersonIx) -> Self {
        let known = plan.people.known(number);
        let given = |at: &u32| {
            let Verdict { mail, series, key, .. } = &plan.people.verdict(*at).0;
            let message = &plan.corpus.stored(*mail).mail.message;
            Given {
                series: &plan.corpus.series(*series).slug,
                key,
                message_id: &message.id,
                date: date(message.date),
            }
        };
        Self {
            schema: SCHEMA,
            kind: "person",
            person: &known.slug,
            name: known.name(),
            first_message: date(known.seen.map(|(first, _)| first)),
            last_message: date(known.seen.map(|(_, last)| last)),
            url: known.route().absolute(""),
            series: known.posted.iter().map(|ix| SeriesRow::new(plan, *ix)).collect(),
            reviews: known.given.iter().map(given).collect(),
        }
    }
}
