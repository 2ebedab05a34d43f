//! The lists of digests: all of them, and those of a year.
//!
//! In: the digests. Out: the [`DigestsView`] of `digests.html` and `year.html`. Never here: the content of a digest.

use std::collections::HashSet;

use crate::{
    digest::{Conversation, Digest, Period},
    page::{
        digest::{
            plot,
            view::{DigestsView, Highlight, YearView},
        },
        part::{
            layout::{self, About},
            links::Links,
            row,
            view::Link,
            wording,
        },
    },
    plan::{Reader, Route},
    say,
};

/// How many conversations a year's page names.
const TOPS: usize = 8;

/// The view of `digests.html`.
pub(crate) fn all_digests<'a>(plan: Reader<'a>, route: &Route) -> DigestsView<'a> {
    let links = Links::new(plan, route);
    let words = &plan.settings.words;
    let rows = |numbers: &[usize]| {
        numbers.iter().rev().map(|n| row::digest_row(plan, &links, plan.digest(*n))).collect()
    };
    let mut years: Vec<YearView> = Vec::new();
    for (label, numbers) in plan.whole().years().iter().rev() {
        let url = links.to(&Route::Year(label.as_str().into()));
        years.push(YearView { label: label.clone(), url, digests: rows(numbers) });
    }
    let is_range = |n: &usize| matches!(plan.digest(*n).period, Period::Range { .. });
    let ranges: Vec<usize> = (0..plan.whole().digests.len()).filter(is_range).collect();
    if !ranges.is_empty() {
        years.push(YearView { label: String::new(), url: String::new(), digests: rows(&ranges) });
    }
    let about = About {
        kind: "digests",
        title: words.text("digests").to_owned(),
        description: say!(words, "digests-about", site = &plan.settings.title),
        feeds: vec![(words.text("digests").to_owned(), Route::DigestFeed)],
        crumbs: Vec::new(),
    };
    let plot = plot::latest(plan).and_then(|number| plot::plot(plan, &links, number));
    let page = layout::frame(plan, route, about);
    DigestsView {
        page,
        heading: words.text("digests").to_owned(),
        years,
        tops: Vec::new(),
        plot,
        previous: None,
        next: None,
    }
}

/// The view of `year.html`.
pub(crate) fn year<'a>(plan: Reader<'a>, route: &Route, year: &str) -> DigestsView<'a> {
    let links = Links::new(plan, route);
    let words = &plan.settings.words;
    let years = plan.whole().years();
    let numbers = years.get(year).map_or(&[][..], Vec::as_slice);
    let rows =
        numbers.iter().rev().map(|n| row::digest_row(plan, &links, plan.digest(*n))).collect();
    let link = |label: &String| -> Link { links.link(label, &Route::Year(label.as_str().into())) };
    let about = About {
        kind: "year",
        title: year.to_owned(),
        description: say!(words, "digests-year-about", year = year, site = &plan.settings.title),
        feeds: vec![(words.text("digests").to_owned(), Route::DigestFeed)],
        crumbs: vec![(words.text("digests").to_owned(), Route::Digests)],
    };
    DigestsView {
        page: layout::frame(plan, route, about),
        heading: year.to_owned(),
        years: vec![YearView { label: year.to_owned(), url: String::new(), digests: rows }],
        tops: tops(plan, &links, numbers),
        plot: numbers.last().and_then(|number| plot::plot(plan, &links, *number)),
        previous: years.range(..year.to_owned()).next_back().map(|(label, _)| link(label)),
        next: years.range(year.to_owned()..).nth(1).map(|(label, _)| link(label)),
    }
}

/// The conversations that mattered most in these digests, each in the one in which it mattered most.
fn tops(plan: Reader<'_>, links: &Links<'_>, numbers: &[usize]) -> Vec<Highlight> {
    let digests = numbers.iter().map(|number| plan.digest(*number));
    let of = |digest: &'_ Digest| -> Vec<_> {
        let heavy = digest.conversations.iter().filter(|one| one.weight >= row::STANDS_OUT);
        heavy.map(|one| (one.weight, one.clone(), digest.period.clone())).collect()
    };
    let mut all: Vec<(i32, Conversation, Period)> = digests.flat_map(of).collect();
    all.sort_by_key(|(weight, one, _)| (-weight, one.threads[0]));
    let mut seen = HashSet::new();
    all.retain(|(_, one, _)| {
        let series = one.series.map(|series| (0, series.0));
        seen.insert(series.unwrap_or((1, one.threads[0].0)))
    });
    let highlight = |(_, one, period): &(i32, Conversation, Period)| Highlight {
        link: row::conversation_link(plan, links, one),
        digest: links.link(wording::heading(period, plan.settings), &Route::digest(period)),
        people: one.people,
        messages: one.messages,
    };
    all.iter().take(TOPS).map(highlight).collect()
}
