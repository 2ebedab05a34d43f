//! Everybody, the most active first; with a page for each initial if there are many.
//!
//! In: the people of the plan, or an initial. Out: the view of `people.html`. Never here: who counts as a person.

use std::cmp::Reverse;

use crate::{
    config::Settings,
    page::{
        part::{
            layout::{self, About},
            links::Links,
            view::Link,
            wording,
        },
        people::view::{PeopleView, PersonRow},
    },
    plan::{
        Reader, Route,
        people::{Known, MOST_ON_A_PAGE, PersonIx},
    },
    say,
    words::Words,
};

/// How many the first page lists if there are more.
const FIRST: usize = 300;

/// The view of `people.html`: of everybody, or of those with an initial.
pub(crate) fn people_page<'a>(
    plan: Reader<'a>,
    route: &Route,
    initial: Option<&str>,
) -> PeopleView<'a> {
    let links = Links::new(plan, route);
    let words = &plan.settings.words;
    let mut people: Vec<(PersonIx, &Known)> = (0..).zip(&plan.people.whole().all).collect();
    if let Some(initial) = initial {
        people.retain(|(_, known)| known.initial() == initial);
    }
    people
        .sort_by_cached_key(|(_, known)| (Reverse(known.activity()), known.name().to_lowercase()));
    let total = people.len();
    people.truncate(match (initial, total > MOST_ON_A_PAGE) {
        (None, true) => FIRST,
        // Of 20,000 people, 2,000 can have the same initial.
        _ => MOST_ON_A_PAGE * 4,
    });
    PeopleView {
        page: layout::frame(plan, route, about_people(plan.settings, initial, total)),
        heading: match initial {
            Some(initial) => label(words, initial),
            None => words.text("people").to_owned(),
        },
        total,
        people: people.iter().map(|(_, known)| person_row(plan, &links, known)).collect(),
        initials: plan
            .people
            .whole()
            .initials()
            .iter()
            .map(|i| links.link(label(words, i), &Route::Initial(i.as_str().into())))
            .collect(),
        all: initial.map(|_| links.link(words.text("everybody"), &Route::People)),
    }
}

fn person_row(plan: Reader<'_>, links: &Links<'_>, known: &Known) -> PersonRow {
    // A person with only one series, posted or reviewed, has no page: the page of the series names them.
    let only = || {
        let reviewed = known.given.first().map(|at| plan.people.verdict(*at).0.series);
        let ix = known.posted.first().copied().or(reviewed)?;
        let newest = plan.corpus.series(ix).revisions.len() - 1;
        Some(links.revision(ix, newest))
    };
    PersonRow {
        person: Link {
            label: known.label().to_owned(),
            url: match known.has_page() {
                true => links.to(&known.route()),
                false => only().unwrap_or_default(),
            },
        },
        series: known.posted.len(),
        applied: known.taken,
        verdicts: known.given.len(),
        seen: known.last().map(|date| wording::moment(date, plan.settings)),
    }
}

fn about_people(settings: &Settings, initial: Option<&str>, total: usize) -> About {
    let words = &settings.words;
    let initial = initial.map(|initial| label(words, initial));
    About {
        kind: "people",
        title: match &initial {
            Some(initial) => say!(words, "people-page", initial = initial),
            None => words.text("people").to_owned(),
        },
        description: match &initial {
            Some(initial) => say!(
                words,
                "people-initial-about",
                site = &settings.title,
                initial = initial,
                n = total
            ),
            None => say!(words, "people-page-about", site = &settings.title, n = total),
        },
        feeds: vec![],
        crumbs: match initial {
            Some(_) => vec![(words.text("people").to_owned(), Route::People)],
            None => vec![],
        },
    }
}

fn label(words: &Words, initial: &str) -> String {
    match initial {
        "0" => words.text("people-other-initial").to_owned(),
        letter => letter.to_uppercase(),
    }
}
