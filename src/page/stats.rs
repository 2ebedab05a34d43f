//! The statistics page: the whole archive, each year, and the items behind the numbers.
//!
//! In: the [`Statistics`] of the archive and of its years. Out: the view of `stats.html`: counts, distributions,
//! rankings. `trends` draws the charts. Never here: counting.

pub(crate) mod trends;
pub(crate) mod view;

use std::borrow::Cow;

use crate::{
    config::Settings,
    digest::{FirstAnswers, Statistics},
    page::{
        digest::answers,
        part::{
            layout::{self, About},
            links::Links,
            ranking::{self, Behind, share},
            status,
            view::{Count, RankItem, RankRow},
        },
        stats::view::{Distribution, StatsView, StatsYear},
        thread,
    },
    plan::{Read, Reader, Route},
    say,
    series::{Corpus, StateKind},
    words::{Form, Words},
};

/// Times to the first reply: the upper limit in seconds, and the catalogue entry. The last one takes all longer
/// times.
const TIMES: [(i64, &str); 7] = [
    (3_600, "within-hour"),
    (21_600, "within-6-hours"),
    (86_400, "within-day"),
    (259_200, "within-3-days"),
    (604_800, "within-week"),
    (2_592_000, "within-30-days"),
    (i64::MAX, "later"),
];

/// A row of a distribution, without its share: label, items, and the count beyond them.
type Row = (String, Vec<RankItem>, u64);

/// The view of `stats.html`, from what [`digest::statistics`](crate::digest::statistics) counted.
pub(crate) fn stats<'a, 's>(
    plan: Reader<'a>,
    route: &Route,
    whole: &'s Statistics,
    years: &[Statistics],
) -> StatsView<'s>
where
    'a: 's,
{
    let links = Links::new(plan, route);
    let behind = Behind::Newest(plan.settings.top);
    StatsView {
        page: layout::frame(plan, route, about_stats(plan.settings)),
        span: archive_span(plan.corpus, plan.settings),
        counts: counts(&plan.settings.words, whole, years),
        first_answers: answers::first_answers(&plan.settings.words, &links, &whole.first_answers),
        years: years
            .iter()
            .rev()
            .map(|year| stats_year(plan.corpus, &plan.settings.words, &links, year))
            .collect(),
        distributions: match whole.series.is_empty() {
            true => Vec::new(),
            false => vec![
                times(plan.corpus, plan.settings, &links, &whole.first_answers),
                rerolls(plan.corpus, plan.settings, &links, whole),
                states(plan.corpus, plan.settings, &links, whole),
            ],
        },
        contributors: ranking::people_ranks(
            plan,
            &links,
            "contributor",
            &whole.contributors,
            behind,
        ),
        domains: ranking::domain_ranks(plan, &links, &whole.domains, behind),
        reviewers: ranking::people_ranks(plan, &links, "reviewer", &whole.reviewers, behind),
        charts: trends::charts(plan.corpus, plan.settings, whole),
        spam: thread::spam_threads(plan, &links),
    }
}

fn about_stats(settings: &Settings) -> About {
    About {
        kind: "stats",
        title: settings.words.text("statistics").to_owned(),
        description: say!(settings.words, "statistics-about", site = &settings.title),
        feeds: vec![],
        crumbs: vec![],
    }
}

/// From the first month to the last.
fn archive_span(corpus: Read<'_, Corpus>, settings: &Settings) -> String {
    let dates = || corpus.whole().mails.iter().filter_map(|letter| letter.date());
    let month = |date: Option<crate::date::Timestamp>| {
        Some(settings.words.date(&date?.zoned(&settings.zone), Form::Month))
    };
    match month(dates().min()).zip(month(dates().max())) {
        Some((first, last)) if first == last => last,
        Some((first, last)) => {
            say!(settings.words, "date-span", first = &first, last = &last)
        }
        None => String::new(),
    }
}

fn stats_year(
    corpus: Read<'_, Corpus>,
    words: &Words,
    links: &Links<'_>,
    year: &Statistics,
) -> StatsYear {
    let label = year.year.as_deref().unwrap_or_default();
    let series = || year.series.iter().map(|ix| corpus.series(*ix));
    StatsYear {
        year: links.link(label, &Route::Year(label.into())),
        messages: year.messages.len(),
        contributions: year.contributions.len(),
        series: year.series.len(),
        contributors: year.contributors.len(),
        reviewers: year.reviewers.len(),
        applied: series().filter(|series| series.is_applied()).count(),
        first_answers: answers::first_answers(words, links, &year.first_answers),
    }
}

fn times<'w>(
    corpus: Read<'_, Corpus>,
    settings: &'w Settings,
    links: &Links<'_>,
    answers: &FirstAnswers,
) -> Distribution<'w> {
    let (words, limit) = (&settings.words, settings.top);
    let mut rest = answers.answered.as_slice();
    let mut rows: Vec<Row> = Vec::new();
    for (seconds, label) in TIMES {
        let (these, others) =
            rest.split_at(rest.partition_point(|answer| answer.seconds <= seconds));
        let mut newest = these.to_vec();
        newest.sort_by_key(|answer| std::cmp::Reverse(answer.mail));
        let item = |answer: &crate::digest::Answer| RankItem {
            label: ranking::series_label(corpus, answer.series),
            url: links.mail(answer.mail),
            count: 1,
        };
        let more = these.len().saturating_sub(limit) as u64;
        rows.push((
            words.text(label).to_owned(),
            newest.iter().take(limit).map(item).collect(),
            more,
        ));
        rest = others;
    }
    let silent = answers.unanswered.iter().copied();
    let (items, more) = ranking::items_of(corpus, links, silent, Behind::Newest(limit));
    rows.push((words.text("not-to-this-day").to_owned(), items, more));
    distribution("answers", words.text("times-heading"), words.text("times-about"), rows)
}

fn rerolls<'w>(
    corpus: Read<'_, Corpus>,
    settings: &'w Settings,
    links: &Links<'_>,
    whole: &Statistics,
) -> Distribution<'w> {
    let words = &settings.words;
    let rows = whole.rerolls.iter().map(|(revisions, series)| {
        let behind = Behind::Newest(settings.top);
        let (items, more) = ranking::items_of(corpus, links, series.iter().copied(), behind);
        (say!(words, "revisions-count", n = *revisions), items, more)
    });
    distribution(
        "rerolls",
        words.text("rerolls-heading"),
        words.text("rerolls-about"),
        rows.collect(),
    )
}

fn states<'w>(
    corpus: Read<'_, Corpus>,
    settings: &'w Settings,
    links: &Links<'_>,
    whole: &Statistics,
) -> Distribution<'w> {
    let words = &settings.words;
    let rows = whole.states.iter().map(|(kind, series)| {
        let behind = Behind::Newest(settings.top);
        let (items, more) = ranking::items_of(corpus, links, series.iter().copied(), behind);
        // *Applied* alone would count more: series that were taken, even if they have been merged since.
        let label = match kind {
            StateKind::Applied => words.text("state-applied-only"),
            kind => status::label(words, *kind),
        };
        (label.to_owned(), items, more)
    });
    distribution("states", words.text("states-heading"), words.text("states-about"), rows.collect())
}

/// The numbers of the whole archive.
fn counts(words: &Words, whole: &Statistics, years: &[Statistics]) -> Vec<Count> {
    // Without dates there are no years.
    let dated = if years.is_empty() { "" } else { "#years" };
    [
        (whole.messages.len(), "count-messages", "count-all-messages-about", dated),
        (whole.contributions.len(), "layer-patches", "count-contributions-about", "#contributors"),
        (whole.series.len(), "count-series", "count-series-about", "#states"),
        (whole.contributors.len(), "layer-authors", "count-authors-about", "#contributors"),
        (whole.reviewers.len(), "layer-reviewers", "count-reviewers-about", "#reviewers"),
    ]
    .into_iter()
    .filter(|(number, ..)| *number > 0)
    .map(|(number, label, about, url)| Count {
        number,
        label: words.say(label, &[("n", number.into())]),
        about: words.text(about).to_owned(),
        url: url.to_owned(),
    })
    .collect()
}

fn distribution<'w>(
    anchor: &'static str,
    heading: &'w str,
    about: &'w str,
    rows: Vec<Row>,
) -> Distribution<'w> {
    let count = |(_, items, more): &Row| items.iter().map(|item| item.count).sum::<u64>() + more;
    let most = rows.iter().map(count).max().unwrap_or(1).max(1);
    let row = |(at, row): (usize, Row)| {
        let count = count(&row);
        let (label, items, more) = row;
        RankRow {
            anchor: format!("{anchor}-{}", at + 1),
            name: Cow::Owned(label),
            address: "",
            url: String::new(),
            count,
            share: share(count, most),
            items,
            more,
        }
    };
    Distribution { anchor, heading, about, rows: rows.into_iter().enumerate().map(row).collect() }
}
