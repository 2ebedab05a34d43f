//! The charts of the statistics page: how a list changes over time.
//!
//! In: the statistics of the whole archive. Out: charts whose bars add up to its numbers, except for items without
//! a date or with a wrong one. Never here: a count that the statistics do not have.

use std::collections::BTreeSet;

use crate::{
    config::Settings,
    date::Timestamp,
    digest::{Rank, Statistics},
    message::Mailbox,
    page::part::chart::{Bars, Bins, Layer, Unit, view::Chart},
    plan::Read,
    say,
    series::{Corpus, MailIx, Series, SeriesIx},
};

/// The most bars of a chart: two years of weeks.
const MOST: usize = 106;
/// A day, in seconds.
const DAY: i64 = 86_400;

/// Messages, first replies, outcomes of series, people.
pub(crate) fn charts(
    corpus: Read<'_, Corpus>,
    settings: &Settings,
    whole: &Statistics,
) -> Vec<Chart> {
    let dates = || whole.messages.iter().filter_map(|mail| corpus.stored(*mail).date());
    let bins = |finest| Bins::new(dates(), settings, finest, MOST);
    let Some((weeks, months)) = bins(Unit::Week).zip(bins(Unit::Month)) else {
        return Vec::new();
    };
    let mut charts = vec![volume(corpus, whole, &weeks)];
    if !whole.series.is_empty() {
        charts.extend([
            answers(corpus, whole, &months),
            outcomes(corpus, whole, &months),
            crowd(corpus, whole, &months),
        ]);
    }
    charts.retain(|chart| chart.rows.len() > 1);
    charts
}

fn volume(corpus: Read<'_, Corpus>, whole: &Statistics, bins: &Bins<'_>) -> Chart {
    let count =
        |mails: &[MailIx]| bins.count(mails.iter().filter_map(|mail| corpus.stored(*mail).date()));
    let patches = count(&whole.contributions);
    let all = count(&whole.messages);
    let others = all.iter().zip(&patches).map(|(all, own)| all - own).collect();
    bins.chart(
        "volume",
        say!(bins.words(), "chart-messages", unit = bins.unit()),
        Bars::Stacked,
        vec![
            Layer { label: bins.label_of("layer-patches"), class: "one", values: patches },
            Layer { label: bins.label_of("layer-other-messages"), class: "two", values: others },
        ],
    )
}

/// When a series was first posted.
fn begun(corpus: Read<'_, Corpus>, ix: SeriesIx) -> Option<Timestamp> {
    corpus.series(ix).revisions.iter().filter_map(|revision| revision.posted).min()
}

fn answers(corpus: Read<'_, Corpus>, whole: &Statistics, bins: &Bins<'_>) -> Chart {
    let answers = &whole.first_answers;
    let between = |from: i64, to: i64| {
        let these = answers.answered.iter().filter(|a| (from..to).contains(&a.seconds));
        bins.count(these.filter_map(|answer| begun(corpus, answer.series)))
    };
    let none = answers.unanswered.iter().filter_map(|ix| begun(corpus, *ix));
    bins.chart(
        "waits",
        say!(bins.words(), "chart-waits", unit = bins.unit()),
        Bars::Stacked,
        vec![
            Layer { label: bins.label_of("within-day"), class: "one", values: between(0, DAY) },
            Layer {
                label: bins.label_of("within-week"),
                class: "two",
                values: between(DAY, 7 * DAY),
            },
            Layer {
                label: bins.label_of("later"),
                class: "three",
                values: between(7 * DAY, i64::MAX),
            },
            Layer {
                label: bins.label_of("not-to-this-day"),
                class: "four",
                values: bins.count(none),
            },
        ],
    )
}

fn outcomes(corpus: Read<'_, Corpus>, whole: &Statistics, bins: &Bins<'_>) -> Chart {
    let of = |wanted: fn(&Series) -> bool| {
        let these = whole.series.iter().filter(|ix| wanted(corpus.series(**ix)));
        bins.count(these.filter_map(|ix| begun(corpus, *ix)))
    };
    let closed = of(|series| !series.is_applied() && !series.is_open());
    bins.chart(
        "outcomes",
        say!(bins.words(), "chart-outcomes", unit = bins.unit()),
        Bars::Stacked,
        vec![
            Layer {
                label: bins.label_of("layer-applied"),
                class: "one",
                values: of(Series::is_applied),
            },
            Layer { label: bins.label_of("layer-open"), class: "two", values: of(Series::is_open) },
            Layer { label: bins.label_of("layer-closed"), class: "three", values: closed },
        ],
    )
}

fn crowd(corpus: Read<'_, Corpus>, whole: &Statistics, bins: &Bins<'_>) -> Chart {
    bins.chart(
        "crowd",
        say!(bins.words(), "chart-people", unit = bins.unit()),
        Bars::Beside,
        vec![
            Layer {
                label: bins.label_of("layer-authors"),
                class: "one",
                values: busy(corpus, &whole.contributors, bins),
            },
            Layer {
                label: bins.label_of("layer-reviewers"),
                class: "two",
                values: busy(corpus, &whole.reviewers, bins),
            },
        ],
    )
}

/// How many of the people of a ranking did something in each part of time.
fn busy(corpus: Read<'_, Corpus>, ranking: &[Rank<Mailbox>], bins: &Bins<'_>) -> Vec<u64> {
    let mut counts = vec![0; bins.len()];
    for rank in ranking {
        let dates = rank.mails.iter().filter_map(|mail| corpus.stored(*mail).date());
        let places: BTreeSet<usize> = dates.filter_map(|date| bins.place(date)).collect();
        places.into_iter().for_each(|place| counts[place] += 1);
    }
    counts
}
