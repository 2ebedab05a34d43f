//! Charts: numbers over time as bars, with the table of the numbers.
//!
//! In: dates. Out: [`Chart`], whose bars are SVG paths. The axis follows the calendar, so months without mail are
//! visible. A few mails whose clocks were wrong by years do not stretch it. Never here: the counting.

mod path;
pub(crate) mod view;

use jiff::{civil, tz::TimeZone};

use path::Path;

use crate::{
    config::Settings,
    date::Timestamp,
    page::part::chart::view::{Chart, ChartLayer, ChartRow},
    say,
    words::{Form, Words},
};

/// The height of the drawing; the picture is stretched to its place.
const HEIGHT: u64 = 120;
/// The width of a bar with its gap.
const STEP: usize = 10;
/// Labels below the axis.
const TICKS: usize = 4;
/// A smaller gap is not a sign of a wrong clock, in seconds.
const LONG: i64 = 2 * 365 * 86_400;

/// The span of time of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    /// A day.
    Day,
    /// An ISO week.
    Week,
    /// A calendar month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

/// The arrangement of the bars of several numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bars {
    /// Stacked: they are parts of a whole.
    Stacked,
    /// Side by side: they can count the same thing.
    Beside,
}

/// One number over time.
#[derive(Debug)]
pub(crate) struct Layer {
    /// Its name.
    pub(crate) label: String,
    /// The class of its colour: `one` to `four`.
    pub(crate) class: &'static str,
    /// The numbers, one per bin.
    pub(crate) values: Vec<u64>,
}

/// Time in equal parts.
#[derive(Debug)]
pub(crate) struct Bins<'z> {
    unit: Unit,
    first: i64,
    len: usize,
    zone: &'z TimeZone,
    words: &'z Words,
}

impl<'z> Bins<'z> {
    /// The parts between the first and the last of `dates`: the finest unit from `finest` on that gives at most
    /// `most` parts. `None` without dates.
    pub(crate) fn new(
        dates: impl Iterator<Item = Timestamp>,
        settings: &'z Settings,
        finest: Unit,
        most: usize,
    ) -> Option<Self> {
        let (zone, words) = (&settings.zone, &*settings.words);
        let mut dates: Vec<Timestamp> = dates.collect();
        dates.sort_unstable();
        let dates = without_wrong_clocks(&dates);
        let (first, last) = (*dates.first()?, *dates.last()?);
        let units = [Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year];
        let fits = |unit: Unit| {
            let (from, to) = (index(unit, first, zone), index(unit, last, zone));
            let len = usize::try_from(to - from + 1).unwrap_or(usize::MAX);
            (len <= most || unit == Unit::Year).then(|| Self {
                unit,
                first: from,
                len: len.min(most),
                zone,
                words,
            })
        };
        units.into_iter().filter(|unit| *unit >= finest).find_map(fits)
    }

    /// How many parts there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The word by which catalogue entries select: `week`, `month`.
    pub(crate) fn unit(&self) -> &'static str {
        match self.unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Year => "year",
        }
    }

    /// Its title.
    pub(crate) fn words(&self) -> &'z Words {
        self.words
    }

    /// The catalogue entry that names a layer.
    pub(crate) fn label_of(&self, key: &'static str) -> String {
        self.words.text(key).to_owned()
    }

    /// The part that contains a time; `None` beyond the ends.
    pub(crate) fn place(&self, date: Timestamp) -> Option<usize> {
        let at = usize::try_from(index(self.unit, date, self.zone) - self.first).ok()?;
        (at < self.len).then_some(at)
    }

    /// How many of `dates` lie in each part.
    pub(crate) fn count(&self, dates: impl IntoIterator<Item = Timestamp>) -> Vec<u64> {
        let mut counts = vec![0; self.len];
        for at in dates.into_iter().filter_map(|date| self.place(date)) {
            counts[at] += 1;
        }
        counts
    }

    /// Draws numbers over these parts.
    pub(crate) fn chart(
        &self,
        id: &'static str,
        title: String,
        bars: Bars,
        layers: Vec<Layer>,
    ) -> Chart {
        let labels: Vec<String> = (0..self.len).map(|at| self.label(at)).collect();
        draw(self.words, (id, title), bars, layers, &labels)
    }

    /// A part in words: `23 Feb 2026` for the week that begins then, `Feb 2026`, `Q1 2026`.
    fn label(&self, at: usize) -> String {
        let index = self.first + i64::try_from(at).unwrap_or(0);
        let month = |months: i64| {
            let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
            let year = i16::try_from(year).unwrap_or(i16::MAX).clamp(-9999, 9999);
            let first = civil::date(year, i8::try_from(month).unwrap_or(1), 1);
            first
                .to_zoned(TimeZone::UTC)
                .map_or_else(|_| String::new(), |first| self.words.date(&first, Form::ShortMonth))
        };
        let day = |days: i64| {
            let date = Timestamp(days * 86_400).zoned(&TimeZone::UTC);
            self.words.date(&date, Form::Short)
        };
        match self.unit {
            Unit::Day => day(index),
            Unit::Week => day(index * 7 - 3),
            Unit::Month => month(index),
            Unit::Quarter => {
                let (quarter, year) = (index.rem_euclid(4) + 1, index.div_euclid(4));
                let (quarter, year) = (quarter.to_string(), year.to_string());
                say!(self.words, "chart-quarter", quarter = &quarter, year = &year)
            }
            Unit::Year => index.to_string(),
        }
    }
}

/// The number of a moment's day, week, month … since one of long ago.
fn index(unit: Unit, date: Timestamp, zone: &TimeZone) -> i64 {
    let date = date.zoned(zone).date();
    let months = i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
    let days = || date.duration_since(civil::date(1970, 1, 1)).as_hours() / 24;
    match unit {
        Unit::Day => days(),
        // 1 January 1970 was a Thursday.
        Unit::Week => (days() + 3).div_euclid(7),
        Unit::Month => months,
        Unit::Quarter => months.div_euclid(3),
        Unit::Year => i64::from(date.year()),
    }
}

/// The dates, sorted, without those that are isolated at an end: separated by a gap longer than all the rest.
fn without_wrong_clocks(mut dates: &[Timestamp]) -> &[Timestamp] {
    while let (Some(first), Some(last)) = (dates.first(), dates.last()) {
        let gaps = dates.windows(2).map(|pair| pair[1].0 - pair[0].0);
        let longest = gaps.enumerate().max_by_key(|(_, gap)| *gap);
        let Some((at, gap)) = longest else { break };
        if gap < LONG || gap < (last.0 - first.0) / 2 {
            break;
        }
        let (before, after) = dates.split_at(at + 1);
        dates = if before.len() > after.len() { before } else { after };
    }
    dates
}

/// Draws numbers, one bar per label. Every number above 0 is visible.
pub(crate) fn draw(
    words: &Words,
    (id, title): (&'static str, String),
    bars: Bars,
    layers: Vec<Layer>,
    labels: &[String],
) -> Chart {
    let value = |at: usize| layers.iter().map(move |layer| layer.values[at]);
    let tall = |at: usize| match bars {
        Bars::Stacked => value(at).sum::<u64>(),
        Bars::Beside => value(at).max().unwrap_or(0),
    };
    let busiest = (0..labels.len()).max_by_key(|at| (tall(*at), *at)).unwrap_or(0);
    let top = round_up(if labels.is_empty() { 1 } else { tall(busiest) });
    let mut base = vec![0; labels.len()];
    let count = layers.len();
    let mut drawn = Vec::new();
    for (number, layer) in layers.iter().enumerate() {
        drawn.push(ChartLayer {
            label: layer.label.clone(),
            class: layer.class,
            total: match bars {
                Bars::Stacked => layer.values.iter().sum(),
                // Somebody who appears in two months is one person.
                Bars::Beside => 0,
            },
            path: match bars {
                Bars::Stacked => stacked(&layer.values, &mut base, top),
                Bars::Beside => beside(&layer.values, (number, count), top),
            },
        });
    }
    let what = layers.iter().map(|layer| &*layer.label).collect::<Vec<_>>();
    let what = what.join(words.text("chart-and"));
    let ends = labels.first().zip(labels.last());
    Chart {
        id,
        description: ends.map_or(String::new(), |(first, last)| {
            let most = tall(busiest).to_string();
            let when = &labels[busiest];
            say!(
                words,
                "chart-description",
                what = &what,
                first = first,
                last = last,
                most = &most,
                when = when
            )
        }),
        title,
        width: labels.len() * STEP,
        height: HEIGHT,
        top,
        middle: top / 2,
        ticks: ticks(labels),
        rows: (0..labels.len())
            .rev()
            .map(|at| ChartRow { label: labels[at].clone(), values: value(at).collect() })
            .collect(),
        layers: drawn,
        numbers_url: String::new(),
    }
}

fn stacked(values: &[u64], base: &mut [u64], top: u64) -> String {
    let mut path = Path::default();
    for (at, (value, below)) in values.iter().zip(base).enumerate() {
        let (from, to) = (height(*below, top), height(*below + *value, top));
        *below += value;
        path.bar((at * STEP, STEP - 2), HEIGHT - from, to - from);
    }
    path.data
}

fn beside(values: &[u64], (number, of): (usize, usize), top: u64) -> String {
    let mut path = Path::default();
    let width = ((STEP - 2) / of.max(1)).max(1);
    for (at, value) in values.iter().enumerate() {
        path.bar((at * STEP + number * width, width), HEIGHT, height(*value, top));
    }
    path.data
}

fn height(value: u64, top: u64) -> u64 {
    (value.saturating_mul(HEIGHT)).div_ceil(top.max(1)).min(HEIGHT)
}

/// The next number that is easy to read, like its half: 2, 4, 6, 8, 10, 20, 40 …
fn round_up(most: u64) -> u64 {
    let mut ten: u64 = 1;
    while ten.saturating_mul(10) < most {
        ten = ten.saturating_mul(10);
    }
    let steps = [2, 4, 6, 8, 10].into_iter().map(|step| ten.saturating_mul(step));
    steps.into_iter().find(|step| *step >= most).unwrap_or(most)
}

/// A few labels at equal distances: the first, the last, and some between.
fn ticks(labels: &[String]) -> Vec<String> {
    let last = labels.len().saturating_sub(1);
    let count = TICKS.min(labels.len());
    let at = |number: usize| number * last / count.saturating_sub(1).max(1);
    (0..count).map(|number| labels[at(number)].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;
    /// 2 March 2026, a Monday.
    const MONDAY: i64 = 1_772_409_600;

    fn dates(days: &[i64]) -> Vec<Timestamp> {
        days.iter().map(|day| Timestamp(MONDAY + day * DAY)).collect()
    }

    #[test]
    fn weeks_without_mail_have_their_place() {
        let settings = Settings::of_lists(Vec::new()).expect("the defaults");
        let dates = dates(&[0, 6, 7, 21]);
        let bins = Bins::new(dates.iter().copied(), &settings, Unit::Week, 10).expect("dates");
        assert_eq!((bins.unit(), bins.count(dates)), ("week", vec![2, 1, 0, 1]));
        assert_eq!((bins.label(0).as_str(), bins.label(3).as_str()), ("2 Mar 2026", "23 Mar 2026"));
    }

    #[test]
    fn long_archives_have_coarser_bars() {
        let settings = Settings::of_lists(Vec::new()).expect("the defaults");
        let dates = dates(&[0, 365, 365 * 2, 365 * 3]);
        for (most, unit, first) in [
            (2_000, "day", "2 Mar 2026"),
            (200, "week", "2 Mar 2026"),
            (37, "month", "Mar 2026"),
            (36, "quarter", "Q1 2026"),
            (5, "year", "2026"),
        ] {
            let bins = Bins::new(dates.iter().copied(), &settings, Unit::Day, most).expect("dates");
            assert_eq!((bins.unit(), bins.label(0).as_str()), (unit, first), "{most}");
            assert_eq!(bins.count(dates.iter().copied()).iter().sum::<u64>(), 4);
        }
    }

    #[test]
    fn a_wrong_clock_does_not_stretch_the_axis() {
        let settings = Settings::of_lists(Vec::new()).expect("the defaults");
        let mut wrong = dates(&(0..90).collect::<Vec<_>>());
        wrong.extend([Timestamp(0), Timestamp(4_000_000_000)]);
        let bins = Bins::new(wrong.into_iter(), &settings, Unit::Month, 60).expect("dates");
        assert_eq!((bins.unit(), bins.len()), ("month", 3));
        assert!(Bins::new([].into_iter(), &settings, Unit::Week, 10).is_none());
    }

    #[test]
    fn bars_stand_on_each_other_and_reach_the_line() {
        let layer = |label: &str, values: &[u64]| Layer {
            label: String::from(label),
            class: "one",
            values: values.to_vec(),
        };
        let labels = ["a", "b"].map(String::from);
        let layers = vec![layer("x", &[30, 0]), layer("y", &[30, 1])];
        let chart =
            draw(&Words::shipped("en"), ("id", "Title".into()), Bars::Stacked, layers, &labels);
        assert_eq!((chart.top, chart.middle, chart.width), (60, 30, 20));
        assert_eq!(chart.layers[0].path, "M0 120v-60h8v60");
        assert_eq!(chart.layers[1].path, "M0 60v-60h8v60M10 120v-2h8v2");
        assert_eq!(chart.rows[0].values, [0, 1]);
        assert_eq!(chart.description, "x and y, from a to b; the maximum is 60, in a.");
        for (most, top) in [(0, 2), (1, 2), (3, 4), (9, 10), (11, 20), (61, 80), (801, 1000)] {
            assert_eq!(round_up(most), top, "{most}");
        }
        assert!(round_up(u64::MAX) == u64::MAX);
    }
}
