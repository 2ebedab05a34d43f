//! A chart that compares a digest with those before it.
//!
//! In: the digests up to one of them. Out: a [`Chart`] with a bar for each period. Never here: later digests,
//! because they must not change a finished page.

use crate::{
    date::Cadence,
    digest::{Digest, Period},
    page::part::{
        chart::{self, Bars, Layer, view::Chart},
        links::Links,
        wording,
    },
    plan::{Reader, Route},
    say,
};

/// The most bars of a plot.
const BARS: usize = 53;
/// The least number of bars that it has room for.
const FEWEST: usize = 16;

/// The newest span of time, otherwise the last commit range.
pub(crate) fn latest(plan: Reader<'_>) -> Option<usize> {
    let digests = &plan.whole().digests;
    let span = |n: &usize| matches!(digests[*n].period, Period::Span { .. });
    let last = digests.len().checked_sub(1)?;
    (0..=last).rev().find(span).or(Some(last))
}

/// Messages of the last spans of time up to digest `number`, which is marked.
pub(crate) fn plot(plan: Reader<'_>, links: &Links<'_>, number: usize) -> Option<Chart> {
    let words = &plan.settings.words;
    let is_span = |n: &usize| matches!(plan.digest(*n).period, Period::Span { .. });
    // Only up to the digest itself: later digests must not change a printed one.
    let mut shown: Vec<usize> = (0..=number).rev().filter(is_span).take(BARS).collect();
    shown.reverse();
    if shown.len() < 2 || !is_span(&number) {
        return None;
    }
    let messages = |n: &usize| plan.digest(*n).messages.len() as u64;
    let heading = |n: usize| wording::heading(&plan.digest(n).period, plan.settings);
    // A few bars are at the right, as if others preceded them.
    let before = FEWEST.saturating_sub(shown.len());
    let values = |wanted: fn(bool) -> bool| {
        let own = shown.iter().map(|n| if wanted(*n == number) { messages(n) } else { 0 });
        std::iter::repeat_n(0, before).chain(own).collect()
    };
    let layers = vec![
        Layer { label: String::new(), class: "other", values: values(|is_here| !is_here) },
        Layer { label: String::new(), class: "here", values: values(|is_here| is_here) },
    ];
    let labels = std::iter::repeat_n(String::new(), before);
    let labels: Vec<String> = labels.chain(shown.iter().map(|n| heading(*n))).collect();
    let unit = match cadence(plan.digest(number)) {
        Some(Cadence::Day) => "day",
        Some(Cadence::Month) => "month",
        _ => "week",
    };
    let title = say!(words, "chart-messages", unit = unit);
    let busiest = shown.iter().copied().max_by_key(|n| (messages(n), *n))?;
    let (first, last) = (heading(shown[0]), heading(number));
    let chart = chart::draw(words, ("plot", title), Bars::Stacked, layers, &labels);
    Some(Chart {
        description: say!(
            words,
            "chart-digest-description",
            first = &first,
            last = &last,
            n = plan.digest(number).messages.len(),
            busiest = &heading(busiest),
            most = messages(&busiest)
        ),
        ticks: vec![first, last],
        rows: Vec::new(),
        numbers_url: match weeks(plan.digest(shown[0]), plan.digest(number)) {
            // The statistics draw weeks, and one bar is no chart.
            0 | 1 => String::new(),
            _ => links.anchored(&Route::Stats, "volume"),
        },
        ..chart
    })
}

/// The least number of weeks that two spans cover.
fn weeks(first: &Digest, last: &Digest) -> i64 {
    const WEEK: i64 = 7 * 24 * 60 * 60;
    match (&first.period, &last.period) {
        (Period::Span { start, .. }, Period::Span { end, .. }) => {
            (end.0 - start.0 + WEEK - 1) / WEEK
        }
        _ => 0,
    }
}

fn cadence(digest: &Digest) -> Option<Cadence> {
    match digest.period {
        Period::Span { cadence, .. } => Some(cadence),
        Period::Range { .. } => None,
    }
}
