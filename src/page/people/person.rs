//! The page of a person: what they posted, what they reviewed, and with whom they work.
//!
//! In: a person of the plan. Out: the [`PersonView`] of `person.html`. Never here: which mailboxes belong to one
//! person, and who has a page ([`people`](crate::plan::people)).

use std::collections::BTreeSet;

use crate::{
    config::Settings,
    markup::excerpt,
    page::{
        part::{
            chart::{Bars, Bins, Layer, Unit, view::Chart},
            layout::{self, About},
            links::Links,
            row::{self, Detail, view::SeriesRow},
            view::{Count, Link, RankItem},
            wording,
        },
        paths,
        people::{
            self,
            view::{PersonView, ReviewedRow},
        },
    },
    plan::{
        Read, Reader, Route,
        names::some_title,
        people::{Known, People, PersonIx},
    },
    say,
    series::SeriesIx,
    words::{Form, Words},
};

/// The rows of a list; the digests have the rest.
const ROWS: usize = 40;
/// How many people and folders the side column has.
const TOP: usize = 8;
/// The least number of bars of a plot: two bars say less than the words.
pub(crate) const BARS: usize = 3;
/// The most bars of a plot.
const MOST_BARS: usize = 60;
/// The most bytes of a title.
const TITLE: usize = 160;

/// The view of `person.html`.
pub(crate) fn person_page<'a>(plan: Reader<'a>, route: &Route, number: PersonIx) -> PersonView<'a> {
    let known = plan.people.known(number);
    let links = Links::new(plan, route);
    let posted = row::newest_first(plan.corpus, &known.posted);
    let reviewed = reviewed(plan.people, known);
    let shown = |ix: &SeriesIx| row::newest_row(plan, &links, *ix, Detail::Brief);
    PersonView {
        page: layout::frame(plan, route, about_person(plan.settings, known)),
        name: known.name().to_owned(),
        span: span_of(plan.settings, known),
        counts: counts(&plan.settings.words, known),
        namesakes: namesakes(plan.people, &plan.settings.words, &links, number),
        feed_url: match known.has_feed() {
            true => links.to(&known.feed()),
            false => String::new(),
        },
        plot: activity_of(plan, known),
        posted_more: posted.len().saturating_sub(ROWS),
        posted: posted.iter().take(ROWS).map(shown).collect::<Vec<SeriesRow<'a>>>(),
        reviewed_more: reviewed.len().saturating_sub(ROWS),
        reviewed: reviewed.iter().take(ROWS).map(|r| reviewed_row(plan, &links, r)).collect(),
        reviewers: reviewers_of(plan.people, &links, number),
        reviews_for: reviews_for(plan.people, &links, number),
        folders: paths::top_folders(plan.tree, &links, known.posted.iter().copied(), TOP),
        digests_url: links.to(&Route::Digests),
    }
}

/// The series that they reviewed, the newest review first, each with its reviews.
fn reviewed(people: Read<'_, People>, known: &Known) -> Vec<Vec<u32>> {
    let mut places = std::collections::HashMap::new();
    let mut rows: Vec<Vec<u32>> = Vec::new();
    for at in known.given.iter().rev() {
        let series = people.verdict(*at).0.series;
        let row = *places.entry(series).or_insert_with(|| {
            rows.push(Vec::new());
            rows.len() - 1
        });
        rows[row].push(*at);
    }
    rows
}

fn reviewed_row<'a>(plan: Reader<'a>, links: &Links<'_>, verdicts: &[u32]) -> ReviewedRow<'a> {
    let newest = &plan.people.verdict(verdicts[0]).0;
    let series = plan.corpus.series(newest.series);
    let keys: BTreeSet<&str> = verdicts.iter().map(|at| &*plan.people.verdict(*at).0.key).collect();
    ReviewedRow {
        title: excerpt::shortened(some_title(&series.title), TITLE),
        url: links.mail(newest.mail),
        author: wording::person(&series.author).name,
        verdicts: keys.into_iter().collect::<Vec<_>>().join(", "),
        when: wording::moment_of(plan.corpus, plan.settings, newest.mail)
            .map_or(String::new(), |moment| moment.short),
    }
}

/// The people who reviewed their series, by number of series.
fn reviewers_of(people: Read<'_, People>, links: &Links<'_>, number: PersonIx) -> Vec<RankItem> {
    let known = people.known(number);
    let of_series = |ix: &SeriesIx| {
        let verdicts = people.verdicts_on(*ix);
        let givers = verdicts.iter().filter_map(|at| people.verdict(*at).1);
        givers.filter(|giver| *giver != number).collect::<BTreeSet<PersonIx>>()
    };
    people::top_people(people, links, known.posted.iter().flat_map(of_series), TOP)
}

/// The people whose series they reviewed, by number of series.
fn reviews_for(people: Read<'_, People>, links: &Links<'_>, number: PersonIx) -> Vec<RankItem> {
    let known = people.known(number);
    let given = known.given.iter().map(|at| people.verdict(*at).0.series);
    let series: BTreeSet<SeriesIx> = given.collect();
    let authors = series.iter().flat_map(|ix| people.authors_of(*ix));
    people::top_people(people, links, authors.copied().filter(|author| *author != number), TOP)
}

/// Others with the same name: perhaps the same person with another address.
fn namesakes(
    people: Read<'_, People>,
    words: &Words,
    links: &Links<'_>,
    number: PersonIx,
) -> Vec<Link> {
    let page = |known: &Known| {
        let series = say!(words, "series-count", n = known.posted.len());
        known.has_page().then(|| links.link(series, &known.route()))
    };
    people.namesakes(number).filter_map(page).collect()
}

/// Series and reviews over time.
fn activity_of(plan: Reader<'_>, known: &Known) -> Option<Chart> {
    let key = |at: &u32| plan.people.verdict(*at).0.mail;
    let verdicts: Vec<_> =
        known.given.iter().filter_map(|at| plan.corpus.stored(key(at)).date()).collect();
    let revisions = known.posted.iter().flat_map(|ix| &plan.corpus.series(*ix).revisions);
    let own = revisions.filter(|revision| {
        plan.people.find(&revision.author).is_some_and(|author| author.is(known))
    });
    let posted: Vec<_> = own.filter_map(|revision| revision.posted).collect();
    let dates = posted.iter().chain(&verdicts).copied();
    let bins = Bins::new(dates, plan.settings, Unit::Month, MOST_BARS)?;
    let (posted, verdicts) = (bins.count(posted), bins.count(verdicts));
    let filled = posted.iter().zip(&verdicts).filter(|(a, b)| **a + **b > 0).count();
    if filled < BARS {
        return None;
    }
    let title = say!(bins.words(), "chart-activity", unit = bins.unit());
    Some(bins.chart(
        "activity",
        title,
        Bars::Stacked,
        vec![
            Layer { label: bins.label_of("layer-revisions-posted"), class: "one", values: posted },
            Layer { label: bins.label_of("layer-reviews-given"), class: "two", values: verdicts },
        ],
    ))
}

fn span_of(settings: &Settings, known: &Known) -> String {
    let words = &settings.words;
    let month = |date: crate::date::Timestamp| words.date(&date.zoned(&settings.zone), Form::Month);
    match known.seen.map(|(first, last)| (month(first), month(last))) {
        Some((first, last)) if first == last => first,
        Some((first, last)) => say!(words, "date-span", first = &first, last = &last),
        None => String::new(),
    }
}

fn about_person(settings: &Settings, known: &Known) -> About {
    let (words, name) = (&settings.words, known.name());
    About {
        kind: "person",
        title: known.label().to_owned(),
        description: say!(
            words,
            "person-about",
            name = name,
            site = &settings.title,
            posted = known.posted.len(),
            applied = known.taken,
            reviewed = known.reviewed
        ),
        feeds: match known.has_feed() {
            true => vec![(say!(words, "posted-by-person", name = known.label()), known.feed())],
            false => vec![],
        },
        crumbs: vec![(words.text("people").to_owned(), Route::People)],
    }
}

fn counts(words: &Words, known: &Known) -> Vec<Count> {
    let counts = [
        (known.posted.len(), "count-series-posted", "count-series-posted-about", "#posted"),
        (known.taken, "count-applied", "count-taken-about", ""),
        (known.given.len(), "count-reviews-given", "count-reviews-given-about", "#reviewed"),
        (known.reviewed, "count-series-reviewed", "count-series-reviewed-about", "#reviewed"),
    ];
    let shown = counts.into_iter().filter(|(number, ..)| *number > 0);
    let count = |(number, label, about, url): (usize, &'static str, &'static str, &str)| Count {
        number,
        label: words.text(label).to_owned(),
        about: words.text(about).to_owned(),
        url: url.to_owned(),
    };
    shown.map(count).collect()
}
