//! Everybody, the most active first; where they are many, with a page for each initial.

use std::cmp::Reverse;

use super::{Known, PersonIx};
use crate::{
    page::{
        Plan,
        frame::{About, Links},
        route::Route,
        view::{Link, PeopleView, PersonRow},
        words,
    },
    text::slug,
};

/// How many people one page lists: a row has some 130 bytes.
const MOST: usize = 600;
/// How many the first page lists where there are more.
const FIRST: usize = 300;

impl<'a> Plan<'a> {
    /// The view of `people.html`: of everybody, or of those with an initial.
    pub(crate) fn people_page(&self, route: &Route, initial: Option<&str>) -> PeopleView<'a> {
        let links = self.links(route);
        let mut people: Vec<(PersonIx, &Known)> = (0..).zip(&self.people.all).collect();
        if let Some(initial) = initial {
            people.retain(|(_, known)| initial_of(known) == initial);
        }
        people.sort_by_cached_key(|(_, known)| {
            (Reverse(known.activity()), known.name().to_lowercase())
        });
        let total = people.len();
        people.truncate(match (initial, total > MOST) {
            (None, true) => FIRST,
            // Of 20,000 people 2,000 may have one initial.
            _ => MOST * 4,
        });
        PeopleView {
            page: self.frame(route, self.about_people(initial, total)),
            heading: initial.map_or("People".to_owned(), label),
            total,
            people: people.iter().map(|(_, known)| self.person_row(&links, known)).collect(),
            initials: self
                .initials()
                .iter()
                .map(|i| links.link(label(i), &Route::Initial(i.as_str().into())))
                .collect(),
            all: initial.map(|_| links.link("Everybody", &Route::People)),
        }
    }

    /// The initials that have a page; none where one page holds everybody.
    pub(crate) fn initials(&self) -> Vec<String> {
        if self.people.all.len() <= MOST {
            return Vec::new();
        }
        let initials = self.people.all.iter().map(initial_of);
        initials.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    }

    fn person_row(&self, links: &Links<'_>, known: &Known) -> PersonRow {
        // Who has one series only, posted or reviewed, is told by its page.
        let only = || {
            let reviewed =
                known.given.first().map(|at| self.people.verdicts[*at as usize].0.series);
            let ix = known.posted.first().copied().or(reviewed)?;
            let newest = self.corpus.series[ix.at()].revisions.len() - 1;
            Some(links.to(&self.revision_route(ix, newest)))
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
            seen: known.last().map(|date| words::moment(date, &self.settings.zone)),
        }
    }

    fn about_people(&self, initial: Option<&str>, total: usize) -> About {
        let of = initial.map_or(String::new(), |initial| format!(", {}", label(initial)));
        About {
            kind: "people",
            title: format!("People{of}"),
            description: format!(
                "Who posts and reviews on {}{of}: {}.",
                self.settings.title,
                words::plural(total, "person", "people")
            ),
            feeds: vec![],
            crumbs: match initial {
                Some(_) => vec![("People".into(), Route::People)],
                None => vec![],
            },
        }
    }
}

/// The first letter of a name, `0` for all that is none: names that Latin letters cannot spell too.
fn initial_of(known: &Known) -> String {
    let first = slug(&known.name, 8);
    match first.chars().next() {
        Some(letter @ 'a'..='z') if first != "x" => letter.to_string(),
        _ => "0".to_owned(),
    }
}

fn label(initial: &str) -> String {
    match initial {
        "0" => "Other".to_owned(),
        letter => letter.to_uppercase(),
    }
}
