//! The people of all sites.
//!
//! In: the exports. Out: each person once, with what they did on each site, the most active first. Two people are one if
//! they have the same address, of which the sites give eight digits of a hash, and the same name.

use std::collections::HashMap;

use super::{
    fetch::Export,
    frames::day,
    trust::{self, NAME},
};
use crate::{
    config::Settings,
    date::Timestamp,
    export::hub::form::{LATER, NO_PAGE, PAGE, PersonLine},
    plan::Route,
    search::foreign::Foreign,
};

/// A person.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) series: usize,
    pub(super) reviews: usize,
    pub(super) last: Option<Timestamp>,
    /// What they did on each site, the most active first.
    pub(super) sites: Vec<OnSite>,
}

/// What a person did on a site.
#[derive(Debug, Default)]
pub(super) struct OnSite {
    pub(super) site: usize,
    pub(super) slug: String,
    pub(super) count: usize,
    pub(super) has_page: bool,
}

impl Person {
    /// The address of their page on the site where they are most active.
    pub(super) fn url(&self, exports: &[Export]) -> Option<String> {
        self.sites.iter().find(|one| one.has_page).map(|one| one.url(exports))
    }

    /// Their entry in the search, if they have a page.
    pub(super) fn entry(&self, exports: &[Export], settings: &Settings) -> Option<Foreign> {
        let titles = self.sites.iter().map(|one| trust::line(&exports[one.site].head.title, NAME));
        Some(Foreign {
            url: self.url(exports)?,
            title: self.name.clone(),
            state: "person",
            day: self.last.map_or_else(String::new, |last| day(last, settings)),
            about: titles.collect::<Vec<_>>().join(", "),
            ..Foreign::default()
        })
    }
}

impl OnSite {
    pub(super) fn url(&self, exports: &[Export]) -> String {
        exports[self.site].url(&Route::Person(self.slug.as_str().into()))
    }
}

/// Everybody, the most active first.
pub(super) fn everybody(exports: &[Export]) -> Vec<Person> {
    let mut numbers: HashMap<(String, String), usize> = HashMap::new();
    let mut people: Vec<Person> = Vec::new();
    for (site, export) in exports.iter().enumerate() {
        for year in export.years("people") {
            for (line, letter) in export.people_of(year).lines().into_iter().flatten() {
                let Ok(line) = serde_json::from_str::<PersonLine<'_>>(line) else { continue };
                let Some(hash) = hash(&line.person) else { continue };
                if ![PAGE, NO_PAGE, LATER].contains(&letter) {
                    continue;
                }
                let name = trust::line(&line.name, NAME);
                let key = (hash.to_owned(), name.to_lowercase());
                let number = *numbers.entry(key).or_insert_with(|| {
                    people.push(Person { name, ..Person::default() });
                    people.len() - 1
                });
                people[number].add(site, &line, letter);
            }
        }
    }
    for person in &mut people {
        person.sites.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.site.cmp(&b.site)));
    }
    people.sort_by(|one, other| {
        let count = |person: &Person| person.series + person.reviews;
        count(other).cmp(&count(one)).then_with(|| one.name.cmp(&other.name)).then_with(|| {
            let first = |person: &Person| person.sites.first().map(|one| one.slug.clone());
            first(one).cmp(&first(other))
        })
    });
    people
}

impl Person {
    fn add(&mut self, site: usize, line: &PersonLine<'_>, letter: char) {
        let (series, reviews) =
            (trust::count(line.series.into()), trust::count(line.reviews.into()));
        self.series += series;
        self.reviews += reviews;
        self.last = self.last.max(trust::date(line.last.as_deref()));
        let at = self.sites.iter().position(|one| one.site == site && one.slug == line.person);
        let at = at.unwrap_or_else(|| {
            self.sites.push(OnSite {
                site,
                slug: line.person.clone().into_owned(),
                ..OnSite::default()
            });
            self.sites.len() - 1
        });
        self.sites[at].count += series + reviews;
        self.sites[at].has_page |= letter == PAGE;
    }
}

/// The digits at the end of a person's name in addresses.
fn hash(slug: &str) -> Option<&str> {
    let hash = slug.rsplit('-').next()?;
    let is_hash = hash.len() >= 8 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    (is_hash && trust::is_name(slug)).then(|| &hash[..8])
}
