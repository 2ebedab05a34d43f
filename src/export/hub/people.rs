//! The lines about people.

use std::collections::{BTreeMap, HashMap};

use super::{
    super::{SCHEMA, data::line, date},
    Years,
    form::{LATER, NO_PAGE, PAGE, PersonLine},
    year,
};
use crate::{
    date::Timestamp,
    plan::{Reader, people::Known},
    series::SeriesIx,
};

/// What a person did for the first time in a year.
#[derive(Default)]
struct Done {
    series: u32,
    reviews: u32,
    last: Option<Timestamp>,
}

/// The lines of each year by name in addresses, with a letter that says whether the person has a page.
pub(super) fn years(plan: Reader<'_>) -> Years {
    let mut people: Vec<&Known> = plan.people.whole().all.iter().collect();
    people.sort_unstable_by(|one, other| one.slug.cmp(&other.slug));
    let mut years = Years::new();
    for known in people {
        let done = done(plan, known);
        let newest = done.keys().next_back().cloned().unwrap_or_default();
        for (year, Done { series, reviews, last }) in done {
            let (lines, letters) = years.entry(year.clone()).or_default();
            lines.push_str(&line(
                plan,
                &PersonLine {
                    schema: SCHEMA,
                    kind: "hub-person".into(),
                    person: (*known.slug).into(),
                    name: known.name().into(),
                    series,
                    reviews,
                    last: date(last).map(Into::into),
                },
            ));
            letters.push(match (year == newest, known.has_page()) {
                (false, _) => LATER,
                (true, true) => PAGE,
                (true, false) => NO_PAGE,
            });
        }
    }
    years
}

/// A series counts in the year of the first revision that the person posted, or of the first review that they gave
/// it.
fn done(plan: Reader<'_>, known: &Known) -> BTreeMap<String, Done> {
    let corpus = plan.corpus.whole();
    let mut done: BTreeMap<String, Done> = BTreeMap::new();
    let mut see = |date: Option<Timestamp>, is_posted: bool| {
        let of_year = done.entry(year(date)).or_default();
        *(if is_posted { &mut of_year.series } else { &mut of_year.reviews }) += 1;
        of_year.last = of_year.last.max(date);
    };
    for ix in &known.posted {
        let revisions = &corpus.series[ix.at()].revisions;
        let own = revisions.iter().find(|one| *corpus.mailmap.key(&one.author) == *known.key);
        see(own.and_then(|one| one.posted), true);
    }
    let mut first: HashMap<SeriesIx, Option<Timestamp>> = HashMap::new();
    for at in &known.given {
        let verdict = &plan.people.verdict(*at).0;
        let date = corpus.stored(verdict.mail).date();
        let known = first.entry(verdict.series).or_insert(date);
        *known = (*known).min(date);
    }
    first.into_values().for_each(|date| see(date, false));
    done
}
