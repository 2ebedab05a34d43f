//! The search of a hub: one entry for each series of all sites, and for each person with a page.
//!
//! In: the exports, the shared series, the people. Out: the files of the index, in the output. A segment has the series
//! whose newest revision is of the same five years; it is kept if its parts are those of the last run. What a run knows
//! of its segments is forgotten before it publishes and stored afterwards ([`Known`]), so that a run that is killed in
//! between leaves nothing that is not so. Only one segment is in memory at a time. Never here: the format ([`search`]).

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{Hash as _, Hasher as _},
    path::Path,
};

use rayon::prelude::*;

use super::{
    fetch::Export,
    frames::{day, month},
    people::Person,
    works::{self, Shared, Sharing, Work},
};
use crate::{
    cache::Cache,
    config::Settings,
    date::Timestamp,
    error::Result,
    hash::Sha1,
    plan::Route,
    search::{self, Shape, foreign::Foreign},
    site::output::Output,
};

/// The name of what the state of a hub says about its index.
const STATE: &str = "hub-search";
/// How many years a segment has.
const YEARS: u32 = 5;

/// What the index has.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// How many series it has.
    pub(super) series: usize,
    /// How many lines of exports could not be read.
    pub(super) left_out: usize,
    /// Its segments.
    pub(super) known: Known,
}

/// The segments of an index, each with how many lines of exports it leaves out.
#[derive(Debug, Default)]
pub(super) struct Known(Vec<(Shape, usize)>);

impl Known {
    /// Those of the hub that is published at `output`.
    pub(super) fn load(cache: &Cache, output: &Path) -> Self {
        Self(cache.load_value(STATE, &form(output)).unwrap_or_default())
    }

    /// Stores them for the next run.
    pub(super) fn store(self, cache: &Cache, output: &Path) {
        cache.store_value(STATE, &form(output), &self.0);
    }
}

fn form(output: &Path) -> String {
    format!("hub-search 2 {}", output.display())
}

/// Puts the index into the output.
pub(super) fn put(
    exports: &[Export],
    sharing: &Sharing,
    people: &[Person],
    old: &Known,
    output: &Output,
    settings: &Settings,
) -> Result<Found> {
    let old: BTreeMap<&str, &(Shape, usize)> =
        old.0.iter().map(|one| (one.0.name(), one)).collect();
    let mut segments: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for (site, year) in works::parts(exports) {
        segments.entry(segment(&year)).or_default().push((site, year));
    }
    let mut shared: BTreeMap<String, Vec<&Shared>> = BTreeMap::new();
    for one in &sharing.all {
        let newest = one.works.iter().filter_map(|work| work.posted).max();
        shared.entry(segment_of(newest)).or_default().push(one);
    }
    let mut shapes: Vec<(Shape, usize)> = Vec::new();
    let mut found = Found::default();
    let names = segments.keys().chain(shared.keys()).cloned();
    let names: BTreeSet<String> = names.collect();
    let put = |files: Vec<(Route, Vec<u8>)>| -> Result<()> {
        files.iter().try_for_each(|(route, bytes)| output.put(&route.file(), bytes).map(drop))
    };
    for name in names {
        let parts = segments.remove(&name).unwrap_or_default();
        let here = shared.remove(&name).unwrap_or_default();
        let sum = sum(exports, &parts, &here, sharing, settings);
        let known = old.get(&*name).filter(|(shape, _)| {
            shape.sum == sum
                && search::routes(shape).iter().all(|route| output.holds(&route.file()))
        });
        if let Some((shape, left_out)) = known {
            found.series += shape.entries();
            found.left_out += left_out;
            search::routes(shape).iter().try_for_each(|route| output.keep(&route.file()))?;
            shapes.push((shape.clone(), *left_out));
            continue;
        }
        let of_part = |(site, year): &(usize, String)| works::of_year(exports, *site, year);
        let read: Vec<(Vec<Work>, usize)> = parts.par_iter().map(of_part).collect();
        let left_out: usize = read.iter().map(|(_, count)| count).sum();
        let mut entries: Vec<(Option<Timestamp>, usize, Foreign)> = Vec::new();
        for work in read.into_iter().flat_map(|(works, _)| works) {
            if !sharing.has(&work) {
                let url = work.url(exports);
                entries.push((work.first, work.site, entry(work, url, settings)));
            }
        }
        for one in here {
            let url = match one.works.len() {
                1 => one.works[0].url(exports),
                _ => format!("{}#{}", month(&one.month).absolute(""), one.anchor),
            };
            let mut work = best(&one.works).clone();
            work.lists = lists_of(&one.works);
            entries.push((work.first, work.site, entry(work, url, settings)));
        }
        entries.par_sort_by(|(date, site, one), (other_date, other_site, other)| {
            (date, site, &one.url).cmp(&(other_date, other_site, &other.url))
        });
        let entries: Vec<Foreign> = entries.into_iter().map(|(.., entry)| entry).collect();
        let made = search::foreign::segment(&name, sum, &entries);
        found.series += entries.len();
        found.left_out += left_out;
        put(made.files)?;
        shapes.push((made.shape, left_out));
    }
    let entries: Vec<Foreign> =
        people.iter().filter_map(|one| one.entry(exports, settings)).collect();
    let made = search::foreign::segment("people", 0, &entries);
    put(made.files)?;
    shapes.push((made.shape, 0));
    let all: Vec<Shape> = shapes.iter().map(|(shape, _)| shape.clone()).collect();
    let (route, bytes) = search::root(&all);
    output.put(&route.file(), &bytes)?;
    Ok(Found { known: Known(shapes), ..found })
}

/// The segment of a year: `2020` for 2020 to 2024; `1900` before 2000. In their order, the newest is the last.
fn segment(year: &str) -> String {
    match year.parse::<u32>() {
        Ok(year) if year >= 2000 => (year / YEARS * YEARS).to_string(),
        _ => "1900".to_owned(),
    }
}

fn segment_of(date: Option<Timestamp>) -> String {
    let date = date.map_or_else(String::new, Timestamp::rfc3339);
    segment(date.get(..4).unwrap_or_default())
}

/// Everything that a segment is made from.
fn sum(
    exports: &[Export],
    parts: &[(usize, String)],
    shared: &[&Shared],
    sharing: &Sharing,
    settings: &Settings,
) -> u64 {
    let mut sum = Sha1::new();
    (env!("PATCHPRESS_PROGRAM"), settings.zone.iana_name()).hash(&mut sum);
    for part in parts {
        let (site, year) = part;
        let export = &exports[*site];
        (part, &export.base, export.sum(&format!("series-{year}.jsonl"))).hash(&mut sum);
        let letters = export.states.series.iter().filter(|one| one.year == *year);
        letters.for_each(|one| one.states.hash(&mut sum));
        // Others may have become shared, or no longer be.
        sharing.of_part(part).hash(&mut sum);
    }
    for one in shared {
        (&one.month, &one.anchor, &one.works).hash(&mut sum);
    }
    sum.finish()
}

/// The work that stands for a shared one: of the newest revisions, that of the first site.
pub(super) fn best(works: &[Work]) -> &Work {
    let newest = works.iter().map(|work| work.posted).max().flatten();
    works.iter().find(|work| work.posted == newest).unwrap_or(&works[0])
}

/// The lists of all of them.
pub(super) fn lists_of(works: &[Work]) -> Vec<String> {
    let mut lists: Vec<String> = works.iter().flat_map(|work| work.lists.iter().cloned()).collect();
    lists.sort_unstable();
    lists.dedup();
    lists
}

fn entry(work: Work, url: String, settings: &Settings) -> Foreign {
    let Work { title, version, author, posted, lists, state, .. } = work;
    Foreign {
        url,
        title,
        state,
        author,
        day: posted.map_or_else(String::new, |posted| day(posted, settings)),
        about: lists.join(", "),
        version,
        lists,
    }
}
