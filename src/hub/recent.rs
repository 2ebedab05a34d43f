//! What is recent on all sites: digests, their conversations, events.
//!
//! In: the exports. Out: the conversations that mattered in the last full period across all sites, each once; the
//! newest events, each once. Never here: the look of a page.

use std::collections::HashSet;

use super::{
    fetch::Export,
    trust::{self, NAME, TITLE},
};
use crate::{
    config::Settings,
    date::Timestamp,
    digest::Period,
    export::hub::form::{DigestFacts, EventFacts, Talk},
};

/// The most digests, conversations of each, and events of a site.
const DIGESTS: usize = 12;
const TALKS: usize = 20;
const EVENTS: usize = 60;
/// The most a conversation weighs: a site can claim any weight.
const HEAVIEST: i32 = 9_000;
/// A week: digests that ended within one are compared.
const WEEK: i64 = 7 * 24 * 60 * 60;

/// A digest of a site.
#[derive(Debug)]
pub(super) struct Edition {
    pub(super) site: usize,
    pub(super) period: Period,
    pub(super) url: String,
    pub(super) facts: DigestFacts,
}

/// An event of a site.
#[derive(Debug)]
pub(super) struct Happened {
    pub(super) site: usize,
    pub(super) date: Timestamp,
    pub(super) url: String,
    /// The Message-ID of the revision.
    pub(super) id: String,
    pub(super) facts: EventFacts,
}

/// A conversation, on every site that has it.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) talk: Talk,
    /// The sites with the addresses there.
    pub(super) places: Vec<(usize, String)>,
}

/// The recent lines of a site, newest digest and newest event first.
pub(super) fn of_site(
    exports: &[Export],
    site: usize,
    settings: &Settings,
) -> (Vec<Edition>, Vec<Happened>) {
    let (mut editions, mut events) = (Vec::new(), Vec::new());
    let base = &exports[site].base;
    for line in exports[site].part("recent.jsonl").lines() {
        if let Some(edition) = edition(site, base, line, settings) {
            editions.push(edition);
        } else if let Some(event) = event(site, base, line) {
            events.push(event);
        }
    }
    let end = |one: &Edition| one.period.bounds().map(|(_, end)| end);
    editions.sort_by_key(|one| std::cmp::Reverse(end(one)));
    editions.truncate(DIGESTS);
    events.sort_by(|one: &Happened, other| (other.date, &one.id).cmp(&(one.date, &other.id)));
    events.truncate(EVENTS);
    (editions, events)
}

fn edition(site: usize, base: &str, line: &str, settings: &Settings) -> Option<Edition> {
    let mut facts: DigestFacts = serde_json::from_str(line).ok()?;
    if facts.kind != "hub-digest" || facts.period.len() > 12 {
        return None;
    }
    let period = Period::parse(&facts.period, &settings.zone)?;
    facts.conversations.truncate(TALKS);
    for talk in &mut facts.conversations {
        talk.title = trust::line(&talk.title, TITLE);
        talk.weight = talk.weight.min(HEAVIEST);
        talk.lists.retain(|list| trust::is_name(list));
        talk.ids.truncate(TALKS);
    }
    let url = trust::below(base, &facts.url)?;
    Some(Edition { site, period, url, facts })
}

fn event(site: usize, base: &str, line: &str) -> Option<Happened> {
    let mut facts: EventFacts = serde_json::from_str(line).ok()?;
    let date = trust::date(facts.date.as_deref())?;
    let url = trust::below(base, &facts.url)?;
    let id = trust::line(&facts.message_id, TITLE);
    facts.title = trust::line(&facts.title, TITLE);
    facts.author.name = trust::line(&facts.author.name, NAME);
    facts.version = trust::line(&facts.version, 12);
    Some(Happened { site, date, url, id, facts })
}

/// The digests of the last full period: it ended before the newest mail of any site that has one.
pub(super) fn last_period<'e>(exports: &[Export], all: &'e [Edition]) -> Vec<&'e Edition> {
    let newest = exports.iter().filter_map(|one| trust::date(one.head.newest.as_deref())).max();
    let end = |one: &Edition| one.period.bounds().map(|(_, end)| end);
    let is_over = |one: &&Edition| end(one).is_some_and(|end| newest.is_some_and(|now| end <= now));
    let over: Vec<&Edition> = all.iter().filter(is_over).collect();
    // Without a full period, what there is.
    let over = if over.is_empty() { all.iter().collect() } else { over };
    let Some(last) = over.iter().filter_map(|one| end(one)).max() else { return Vec::new() };
    over.into_iter().filter(|one| end(one).is_some_and(|end| end.0 > last.0 - WEEK)).collect()
}

/// The conversations of these digests, the weightiest first; what two sites have is there once. No site has more than
/// `most` of its own.
pub(super) fn told(exports: &[Export], editions: &[&Edition], most: usize) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    for edition in editions {
        for talk in &edition.facts.conversations {
            let base = &exports[edition.site].base;
            let Some(url) = trust::below(base, &talk.url) else { continue };
            let known = all.iter_mut().find(|known| {
                known.talk.ids.iter().any(|id| talk.ids.contains(id))
                    && known.talk.title.to_lowercase() == talk.title.to_lowercase()
            });
            match known {
                Some(known) => known.add(talk, edition.site, url),
                None => {
                    all.push(Told { talk: talk.clone(), places: vec![(edition.site, url)] });
                }
            }
        }
    }
    all.sort_by(|one, other| {
        let weight = |told: &Told| told.talk.weight;
        weight(other).cmp(&weight(one)).then_with(|| one.places[0].cmp(&other.places[0]))
    });
    let mut counts = vec![0usize; exports.len()];
    all.retain(|told| {
        let count = &mut counts[told.places[0].0];
        *count += 1;
        *count <= most
    });
    all
}

impl Told {
    fn add(&mut self, talk: &Talk, site: usize, url: String) {
        if self.places.iter().any(|(known, _)| *known == site) {
            return;
        }
        self.places.push((site, url));
        self.talk.weight = self.talk.weight.max(talk.weight);
        // Both lists have the same mails: counts must not be added.
        self.talk.messages = self.talk.messages.max(talk.messages);
        self.talk.people = self.talk.people.max(talk.people);
        self.talk.objections = self.talk.objections.max(talk.objections);
        self.talk.lists.extend(talk.lists.iter().cloned());
        self.talk.lists.sort_unstable();
        self.talk.lists.dedup();
    }
}

/// The newest events of all sites; what several sites tell is there once, as the first of them tells it.
pub(super) fn newest(all: &[Happened], most: usize) -> Vec<&Happened> {
    let mut all: Vec<&Happened> = all.iter().collect();
    all.sort_by(|one, other| {
        (other.date, &one.id, one.site).cmp(&(one.date, &other.id, other.site))
    });
    let mut seen = HashSet::new();
    all.retain(|one| one.id.is_empty() || seen.insert((&one.id, &one.facts.event)));
    all.truncate(most);
    all
}

/// The entry of the catalogue for an event.
pub(super) fn kind(event: &str) -> &'static str {
    match event {
        "posted" => "kind-new",
        "revised" => "kind-revision",
        "reviewed" => "kind-reviewed",
        "partly-applied" => "kind-in-part",
        "applied" => "kind-applied",
        "merged" => "kind-merged",
        "rejected" => "kind-rejected",
        "changes-requested" => "kind-changes",
        _ => "kind-page",
    }
}
