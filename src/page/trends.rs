//! The charts of the statistics page: how a list changes over time.
//!
//! In: the statistics of the whole archive. Out: charts whose bars add up to its numbers, but for what has no date
//! or a wrong one. Never here: a count that the statistics do not have.

use std::collections::BTreeSet;

use super::{
    Plan,
    chart::{Bars, Bins, Layer, Unit},
    view::Chart,
};
use crate::{
    date::Timestamp,
    digest::{Rank, Statistics},
    message::Mailbox,
    series::{MailIx, Series, SeriesIx},
};

/// How many bars a chart has at most: two years of weeks.
const MOST: usize = 106;
/// A day, in seconds.
const DAY: i64 = 86_400;

impl Plan<'_> {
    /// Messages, first answers, what became of series, people.
    pub(crate) fn charts(&self, whole: &Statistics) -> Vec<Chart> {
        let dates = || whole.messages.iter().filter_map(|mail| self.corpus.letter(*mail).date());
        let bins = |finest| Bins::new(dates(), &self.settings.zone, finest, MOST);
        let Some((weeks, months)) = bins(Unit::Week).zip(bins(Unit::Month)) else {
            return Vec::new();
        };
        let mut charts = vec![self.volume(whole, &weeks)];
        if !whole.series.is_empty() {
            charts.extend([
                self.answers(whole, &months),
                self.outcomes(whole, &months),
                self.crowd(whole, &months),
            ]);
        }
        charts.retain(|chart| chart.rows.len() > 1);
        charts
    }

    fn volume(&self, whole: &Statistics, bins: &Bins<'_>) -> Chart {
        let count = |mails: &[MailIx]| {
            bins.count(mails.iter().filter_map(|mail| self.corpus.letter(*mail).date()))
        };
        let patches = count(&whole.contributions);
        let all = count(&whole.messages);
        let others = all.iter().zip(&patches).map(|(all, own)| all - own).collect();
        bins.chart(
            "volume",
            format!("Messages a {}", bins.unit()),
            Bars::Stacked,
            vec![
                Layer { label: "patches and cover letters", class: "one", values: patches },
                Layer { label: "other messages", class: "two", values: others },
            ],
        )
    }

    /// When a series was posted first.
    fn begun(&self, ix: SeriesIx) -> Option<Timestamp> {
        self.corpus.series[ix.at()].revisions.iter().filter_map(|revision| revision.posted).min()
    }

    fn answers(&self, whole: &Statistics, bins: &Bins<'_>) -> Chart {
        let answers = &whole.first_answers;
        let between = |from: i64, to: i64| {
            let these = answers.answered.iter().filter(|a| (from..to).contains(&a.seconds));
            bins.count(these.filter_map(|answer| self.begun(answer.series)))
        };
        let none = answers.unanswered.iter().filter_map(|ix| self.begun(*ix));
        bins.chart(
            "waits",
            format!("New series a {}, by the time to a first answer", bins.unit()),
            Bars::Stacked,
            vec![
                Layer { label: "within a day", class: "one", values: between(0, DAY) },
                Layer { label: "within a week", class: "two", values: between(DAY, 7 * DAY) },
                Layer { label: "later", class: "three", values: between(7 * DAY, i64::MAX) },
                Layer { label: "not to this day", class: "four", values: bins.count(none) },
            ],
        )
    }

    fn outcomes(&self, whole: &Statistics, bins: &Bins<'_>) -> Chart {
        let of = |wanted: fn(&Series) -> bool| {
            let these = whole.series.iter().filter(|ix| wanted(&self.corpus.series[ix.at()]));
            bins.count(these.filter_map(|ix| self.begun(*ix)))
        };
        let closed = of(|series| !series.is_applied() && !series.is_open());
        bins.chart(
            "outcomes",
            format!("New series a {}, by what became of them", bins.unit()),
            Bars::Stacked,
            vec![
                Layer {
                    label: "applied, in whole or in part",
                    class: "one",
                    values: of(Series::is_applied),
                },
                Layer { label: "open", class: "two", values: of(Series::is_open) },
                Layer { label: "closed", class: "three", values: closed },
            ],
        )
    }

    fn crowd(&self, whole: &Statistics, bins: &Bins<'_>) -> Chart {
        bins.chart(
            "crowd",
            format!("People a {}", bins.unit()),
            Bars::Beside,
            vec![
                Layer {
                    label: "authors",
                    class: "one",
                    values: self.busy(&whole.contributors, bins),
                },
                Layer {
                    label: "reviewers",
                    class: "two",
                    values: self.busy(&whole.reviewers, bins),
                },
            ],
        )
    }

    /// How many of the people of a ranking did something in each part of time.
    fn busy(&self, ranking: &[Rank<Mailbox>], bins: &Bins<'_>) -> Vec<u64> {
        let mut counts = vec![0; bins.len()];
        for rank in ranking {
            let dates = rank.mails.iter().filter_map(|mail| self.corpus.letter(*mail).date());
            let places: BTreeSet<usize> = dates.filter_map(|date| bins.place(date)).collect();
            places.into_iter().for_each(|place| counts[place] += 1);
        }
        counts
    }
}
