//! The parts of a site that `patchpress hub` merges with those of others.
//!
//! In: a planned site, and the addresses of its sitemaps. Out: the files of its folder `hub/`, each a list of lines of
//! JSON. Never here: a mail's text; a redacted or hidden mail, which the corpus does not have; reading a part.
//!
//! **A closed year stays as it is.** A line of a year is made from the mails of that year: a series has a line in each
//! year in which a revision of it was posted. What later mails change is in `states.json`, a letter per line. So a new
//! mail changes the part of its year, `states.json`, `recent.jsonl` and `index.json`. An old part changes only if an
//! old mail is found, if the rules that group mails change, or if a person is known by another name.

pub(crate) mod form;
mod people;
mod recent;
mod series;

use std::collections::BTreeMap;

use form::{Head, ListFacts, Part, States, VERSION, YearStates};

use super::{SCHEMA, data::line, date};
use crate::{
    date::Timestamp,
    hash::Sha1,
    plan::{Log, Plan, Queue, Reader, Route},
    series::ListIx,
};

/// The lines of each year, and a letter for each.
type Years = BTreeMap<String, (String, String)>;

/// The files of the folder `hub/`, if the site has one; `sitemaps` are those that name pages.
pub fn hub_files(plan: &Plan<'_>, sitemaps: &[Route]) -> Vec<(Route, Vec<u8>)> {
    if !plan.settings.hub {
        return Vec::new();
    }
    let log = Log::default();
    let reader = Reader::new(plan, &log);
    let (series, people) = (series::years(reader), people::years(reader));
    let states = States {
        schema: SCHEMA,
        kind: "hub-states".to_owned(),
        series: letters(&series),
        people: letters(&people),
    };
    let mut parts: Vec<(String, String)> = vec![
        ("recent.jsonl".to_owned(), recent::recent(reader)),
        ("states.json".to_owned(), line(reader, &states)),
    ];
    let of_years = |name: &'static str, years: Years| {
        years.into_iter().map(move |(year, (lines, _))| (format!("{name}-{year}.jsonl"), lines))
    };
    parts.extend(of_years("series", series));
    parts.extend(of_years("people", people));
    let digests = recent::years(reader).into_iter();
    parts.extend(digests.map(|(year, lines)| (format!("digests-{year}.jsonl"), lines)));
    let part = |(file, text): &(String, String)| Part {
        file: file.clone(),
        bytes: text.len() as u64,
        sum: Sha1::from(text).hexdigest(),
    };
    let head = Head {
        schema: SCHEMA,
        kind: "hub".to_owned(),
        version: VERSION,
        title: plan.settings.title.clone(),
        description: plan.settings.description.clone(),
        base_url: plan.settings.base_url.clone(),
        newest: date(plan.corpus.end()),
        messages: plan.corpus.mails.len() as u64,
        lists: lists(plan),
        sitemaps: match plan.settings.noindex {
            true => Vec::new(),
            false => sitemaps.iter().map(|route| route.absolute("")).collect(),
        },
        parts: parts.iter().map(part).collect(),
    };
    parts.push(("index.json".to_owned(), line(reader, &head)));
    let file = |(name, text): (String, String)| (Route::HubPart(name.into()), text.into_bytes());
    parts.into_iter().map(file).collect()
}

fn letters(years: &Years) -> Vec<YearStates> {
    let one = |(year, (_, states)): (&String, &(String, String))| YearStates {
        year: year.clone(),
        states: states.clone(),
    };
    years.iter().map(one).collect()
}

/// The year of a date (UTC), in four digits; `undated` without one.
fn year(date: Option<Timestamp>) -> String {
    let text = date.map(Timestamp::rfc3339).unwrap_or_default();
    let digits = text.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()));
    digits.unwrap_or("undated").to_owned()
}

/// 64 bits of the SHA-1 of a Message-ID, in hex: equal on all sites that have the mail.
fn short_id(id: &str) -> String {
    let mut hash = Sha1::from(id).hexdigest();
    hash.truncate(16);
    hash
}

fn lists(plan: &Plan<'_>) -> Vec<ListFacts> {
    let corpus = plan.corpus;
    let facts = |(list, name): (ListIx, &std::sync::Arc<str>)| {
        let settings = plan.settings.lists.iter().find(|one| one.name == *name);
        let newest = corpus.messages_on(list).filter_map(|mail| corpus.stored(mail).date()).max();
        let queue = |queue| plan.queues.of(list, queue).len() as u64;
        ListFacts {
            list: name.to_string(),
            address: settings.map_or(String::new(), |one| one.address.clone()),
            url: Route::list(name).absolute(""),
            feed: Route::list_feed(name).absolute(""),
            messages: corpus.messages_on(list).count() as u64,
            series: corpus.series_on(list).len() as u64,
            newest: date(newest),
            waiting: queue(Queue::Waiting),
            ready: queue(Queue::Ready),
            applied: queue(Queue::Applied),
        }
    };
    (0u16..).map(ListIx).zip(&corpus.lists).map(facts).collect()
}
