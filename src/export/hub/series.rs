//! The lines about series.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{SCHEMA, data::line, date},
    Years,
    form::{LATER, LETTERS, SeriesLine},
    short_id, year,
};
use crate::{
    plan::{Reader, names},
    series::{MailIx, Revision, Series, StateKind},
};

/// The lines of each year by date and name, with their states.
pub(super) fn years(plan: Reader<'_>) -> Years {
    let corpus = plan.corpus.whole();
    let mut rows = BTreeMap::new();
    for series in &corpus.series {
        let newest = year(series.newest().posted);
        let mut of_year: BTreeMap<String, Vec<&Revision>> = BTreeMap::new();
        for revision in &series.revisions {
            of_year.entry(year(revision.posted)).or_default().push(revision);
        }
        for (year, revisions) in of_year {
            let Some(last) = revisions.last() else { continue };
            let letter = if year == newest { letter(series.state.kind) } else { LATER };
            let row = (row(plan, series, &revisions), letter);
            rows.insert((year, last.posted, series.slug.clone()), row);
        }
    }
    let mut years = Years::new();
    for ((year, ..), (row, letter)) in rows {
        let (lines, letters) = years.entry(year).or_default();
        lines.push_str(&row);
        letters.push(letter);
    }
    years
}

/// The line of a series for the revisions of a year.
fn row(plan: Reader<'_>, series: &Series, revisions: &[&Revision]) -> String {
    let corpus = plan.corpus.whole();
    let Some(last) = revisions.last() else { return String::new() };
    // An editor can give the series a title.
    let is_newest = std::ptr::eq(*last, series.newest());
    let title = if is_newest { &*series.title } else { &*last.title };
    let members = || revisions.iter().flat_map(|revision| revision.members());
    let lists: BTreeSet<&str> = members()
        .flat_map(|mail| &corpus.stored(mail).copies)
        .filter_map(|(list, _)| corpus.lists.get(usize::from(list.0)))
        .map(|name| &**name)
        .collect();
    let id = |mail: MailIx| short_id(corpus.stored(mail).mail.message.posted_as());
    let firsts = revisions.iter().filter_map(|revision| revision.members().next());
    line(
        plan,
        &SeriesLine {
            schema: SCHEMA,
            kind: "hub-series".into(),
            series: (*series.slug).into(),
            title: title.into(),
            version: last.version.to_string().into(),
            author: names::person(&last.author).into(),
            posted: date(last.posted).map(Into::into),
            first: date(series.revisions.first().and_then(|one| one.posted)).map(Into::into),
            lists: lists.into_iter().map(Into::into).collect(),
            patches: u32::try_from(last.slots.len()).unwrap_or(u32::MAX),
            ids: firsts.map(|mail| id(mail).into()).collect(),
        },
    )
}

/// The letter of a state.
fn letter(state: StateKind) -> char {
    let found = LETTERS.iter().find(|(_, word)| *word == state.word());
    found.map_or(LATER, |(letter, _)| *letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_letter_of_its_own() {
        let letters: BTreeSet<char> = StateKind::ALL.into_iter().map(letter).collect();
        assert_eq!(letters.len(), LETTERS.len());
        assert!(!letters.contains(&LATER));
    }
}
