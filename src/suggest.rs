//! Suggestions: addresses that seem to belong to one person, as lines for `.mailmap`.
//!
//! In: the corpus, merged by the present mailmap. Out: text: a line for each address, and the reason above each
//! person. It merges nobody: the owner of a site reads the lines and keeps the right ones. Suggestions by name alone
//! come last and are commented out, because people share names, and anybody can write one. Never here: the mailmap
//! itself; data from a file.

mod ties;
mod writers;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    date::Timestamp,
    series::Corpus,
    text::{Mask, Plain},
};
use ties::{Tie, ties};
use writers::{Writer, Writers};

/// A year, in seconds.
const YEAR: i64 = 366 * 86_400;

/// The suggestions from the corpus: for each person a comment, and a line for each of their other addresses.
pub(crate) fn mailmap(corpus: &Corpus) -> String {
    let writers = Writers::of(corpus);
    let ties = ties(corpus, &writers);
    let people = joined(&writers, &ties);
    let mut out = Plain::new(Mask::NONE);
    for person in people.iter().filter(|person| person.len() > 1) {
        tell(&mut out, &writers, person, &ties);
    }
    let namesakes = namesakes(&writers, &people);
    if !namesakes.is_empty() {
        out.words("# Only the name is the same. Remove the first # of a line if you know that it is right:\n");
    }
    for group in namesakes {
        tell_namesakes(&mut out, &writers, &group);
    }
    out.into_string()
}

/// The addresses of each person according to the ties, sorted by the first.
fn joined<'w>(writers: &'w Writers, ties: &[Tie]) -> Vec<BTreeSet<&'w str>> {
    let mut top: BTreeMap<&str, &str> = writers.all.keys().map(|key| (&**key, &**key)).collect();
    for tie in ties {
        let (Some(one), Some(other)) = (find(&top, &tie.one), find(&top, &tie.other)) else {
            continue;
        };
        top.insert(one.max(other), one.min(other));
    }
    let mut people: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for key in top.keys() {
        people.entry(find(&top, key).unwrap_or(key)).or_default().insert(key);
    }
    people.into_values().collect()
}

/// The first address of the person with `key`.
fn find<'w>(top: &BTreeMap<&'w str, &'w str>, key: &str) -> Option<&'w str> {
    let mut key = top.get(key)?;
    while top[key] != *key {
        key = &top[key];
    }
    Some(key)
}

/// People with the same full name and no other connection: for each, the address that they use.
fn namesakes<'w>(writers: &'w Writers, people: &[BTreeSet<&'w str>]) -> Vec<Vec<&'w str>> {
    let mut by_name: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for person in people {
        let names = person.iter().map(|key| writers.all[*key].full_name());
        let names: BTreeSet<String> = names.filter(|name| !name.is_empty()).collect();
        let proper = proper(writers, person);
        names.into_iter().for_each(|name| by_name.entry(name).or_default().push(proper));
    }
    let groups = by_name.into_values().filter(|group| group.len() > 1);
    groups.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The address from which a person writes: the one with most mails in the year before their last mail.
fn proper<'w>(writers: &Writers, person: &BTreeSet<&'w str>) -> &'w str {
    let all = || person.iter().map(|key| (*key, &writers.all[*key]));
    let last = all().filter_map(|(_, writer)| writer.last()).max();
    let since = last.map(|last| Timestamp(last.0 - YEAR));
    let best = all().max_by_key(|(_, writer)| (writer.mails_since(since), writer.last()));
    best.map_or("", |(key, _)| key)
}

fn tell(out: &mut Plain<'_>, writers: &Writers, person: &BTreeSet<&str>, ties: &[Tie]) {
    let proper = proper(writers, person);
    let name = name_of(writers, person, proper);
    out.words("# ").line(&name).words("\n");
    let own = ties.iter().filter(|tie| person.contains(&*tie.one) && person.contains(&*tie.other));
    let reasons: BTreeSet<String> = own.map(Tie::words).collect();
    for reason in reasons {
        out.words("#   ").line(&reason).words("\n");
    }
    for key in person.iter().filter(|key| **key != proper) {
        entry(out, &name, &writers.all[proper], &writers.all[*key]);
    }
}

fn tell_namesakes(out: &mut Plain<'_>, writers: &Writers, group: &[&str]) {
    let all: BTreeSet<&str> = group.iter().copied().collect();
    let proper = proper(writers, &all);
    let name = name_of(writers, &all, proper);
    let used = group.iter().map(|key| writers.all[*key].used()).collect::<Vec<_>>().join("; ");
    out.words("# ").line(&name).words(": ").line(&used).words("\n");
    for key in group.iter().filter(|key| **key != proper) {
        entry(out.words("#"), &name, &writers.all[proper], &writers.all[*key]);
    }
}

/// The most frequent name with the proper address; if that is a single word or missing, a full name with another
/// address.
fn name_of(writers: &Writers, person: &BTreeSet<&str>, proper: &str) -> String {
    let own = &writers.all[proper];
    let all = || std::iter::once(own).chain(person.iter().map(|key| &writers.all[*key]));
    let full = all().find(|writer| !writer.full_name().is_empty());
    full.unwrap_or(own).name().to_owned()
}

/// Adds a line of a mailmap; no name can turn it into a comment or another line.
fn entry(out: &mut Plain<'_>, name: &str, proper: &Writer, other: &Writer) {
    let name = name.trim_start_matches('#').trim();
    let line = format!("{name} <{}> <{}>", proper.address, other.address);
    out.line(line.trim()).words("\n");
}
