//! The lists of digests: of all, and of a year.

use crate::{
    digest::Period,
    page::{
        digest::{
            plot,
            view::{DigestsView, YearView},
        },
        part::{
            layout::{self, About},
            links::Links,
            row,
            view::Link,
        },
    },
    plan::{Reader, Route},
    say,
};

/// The view of `digests.html`.
pub(crate) fn all_digests<'a>(plan: Reader<'a>, route: &Route) -> DigestsView<'a> {
    let links = Links::new(plan, route);
    let words = &plan.settings.words;
    let rows = |numbers: &[usize]| {
        numbers
            .iter()
            .rev()
            .map(|n| row::digest_row(plan.settings, &links, plan.digest(*n)))
            .collect()
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
    let rows = numbers
        .iter()
        .rev()
        .map(|n| row::digest_row(plan.settings, &links, plan.digest(*n)))
        .collect();
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
        plot: numbers.last().and_then(|number| plot::plot(plan, &links, *number)),
        previous: years.range(..year.to_owned()).next_back().map(|(label, _)| link(label)),
        next: years.range(year.to_owned()..).nth(1).map(|(label, _)| link(label)),
    }
}
