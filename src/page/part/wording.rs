//! Small facts in words: dates, people, periods, first sentences, common folders.
//!
//! In: a date, a person, a period, files, numbers; and the words of the site. Out: short texts and small views.
//! Never here: HTML.

use crate::{
    config::Settings,
    date::{Cadence, Timestamp},
    digest::Period,
    message::Mailbox,
    page::part::view::{Churn, Moment, Person},
    patch::FileChange,
    plan::{Read, names},
    say,
    series::{Corpus, MailIx},
    words::{Form, Words},
};

/// A time, for pages.
pub(crate) fn moment(date: Timestamp, settings: &Settings) -> Moment {
    let zoned = date.zoned(&settings.zone);
    Moment {
        iso: date.rfc3339(),
        day: settings.words.date(&zoned, Form::Long),
        short: settings.words.date(&zoned, Form::Short),
        clock: zoned.strftime("%H:%M %Z").to_string(),
    }
}

/// When a mail was sent.
pub(crate) fn moment_of(
    corpus: Read<'_, Corpus>,
    settings: &Settings,
    mail: MailIx,
) -> Option<Moment> {
    corpus.mail(mail).message.date.map(|date| moment(date, settings))
}

/// A person, for pages.
pub(crate) fn person(mailbox: &Mailbox) -> Person<'_> {
    Person { name: names::person(mailbox), address: &mailbox.address, url: String::new() }
}

/// `Week 9, 2026`; `Saturday, 28 February 2026`; `February 2026`; `89e50b09f to 26fd6f360`.
pub(crate) fn heading(period: &Period, settings: &Settings) -> String {
    let (words, zone) = (&settings.words, &settings.zone);
    match period {
        Period::Range { from, to } => {
            say!(words, "period-commits", first = commit(from), last = commit(to))
        }
        Period::Span { .. } if !period.is_regular() => span(period, settings),
        Period::Span { start, cadence, label, .. } => match cadence {
            Cadence::Week => match week(label) {
                Some((year, week)) => say!(words, "period-week", week = week, year = year),
                None => label.to_string(),
            },
            Cadence::Day => words.date(&start.zoned(zone), Form::Weekday),
            Cadence::Month => words.date(&start.zoned(zone), Form::Month),
        },
    }
}

/// The same in short, for links: `Week 9`, `28 Feb`, `Feb 2026`.
pub(crate) fn short_heading(period: &Period, settings: &Settings) -> String {
    let (words, zone) = (&settings.words, &settings.zone);
    match period {
        Period::Span { start, cadence: Cadence::Day, .. } => {
            words.date(&start.zoned(zone), Form::DayShortMonth)
        }
        Period::Span { cadence: Cadence::Week, label, .. } => match week(label) {
            Some((_, week)) => say!(words, "period-week-short", week = week),
            None => label.to_string(),
        },
        Period::Span { start, .. } => words.date(&start.zoned(zone), Form::ShortMonth),
        Period::Range { .. } => heading(period, settings),
    }
}

/// The year and the week of `2026-W09`.
fn week(label: &str) -> Option<(&str, &str)> {
    label.split_once("-W").map(|(year, week)| (year, week.trim_start_matches('0')))
}

/// `23 February – 1 March 2026`; empty for a commit range, and for a day: its heading is its date.
pub(crate) fn span(period: &Period, settings: &Settings) -> String {
    let Period::Span { start, end, .. } = period else { return String::new() };
    let (words, zone) = (&settings.words, &settings.zone);
    let (first, last) = (start.zoned(zone), Timestamp(end.0 - 1).zoned(zone));
    if first.date() == last.date() {
        return String::new();
    }
    let to = words.date(&last, Form::Long);
    let from = if first.year() != last.year() {
        Form::Long
    } else if first.month() != last.month() {
        Form::DayMonth
    } else {
        Form::Day
    };
    say!(words, "date-span", first = &words.date(&first, from), last = &to)
}

/// A commit's name as people write it: twelve digits of a full one.
fn commit(name: &str) -> &str {
    let hex = name.len() >= 40 && name.bytes().all(|b| b.is_ascii_hexdigit());
    if hex { &name[..12] } else { name }
}

/// The deepest folder that contains all of `files`, with a slash at the end, or the only file.
pub(crate) fn place<'a>(mut files: impl Iterator<Item = &'a FileChange>) -> String {
    let Some(first) = files.next() else { return String::new() };
    let mut common: &str = &first.path;
    for file in files {
        if common == &*file.path {
            continue;
        }
        let same = common
            .split_inclusive('/')
            .zip(file.path.split_inclusive('/'))
            .take_while(|(a, b)| a == b && a.ends_with('/'))
            .map(|(a, _)| a.len())
            .sum();
        common = &common[..same];
    }
    common.to_owned()
}

/// Lines added and deleted, with bars that grow with the square root of their number, so that small changes are
/// visible beside large ones.
pub(crate) fn churn<'a>(files: impl Iterator<Item = &'a FileChange>) -> Churn {
    let mut churn = Churn::default();
    for (added, deleted) in files.filter_map(|file| file.lines) {
        churn.added += u64::from(added);
        churn.deleted += u64::from(deleted);
    }
    bars(churn.added, churn.deleted)
}

/// Lines added and deleted with their bars.
pub(crate) fn bars(added: u64, deleted: u64) -> Churn {
    let total = added + deleted;
    let length = (total.saturating_mul(10)).isqrt().clamp(u64::from(total > 0) * 8, 100);
    let added_bar = (length * added).checked_div(total).unwrap_or_default();
    let deleted_bar = length - added_bar;
    let (added_steps, deleted_steps) = (added_bar.div_ceil(10), deleted_bar.div_ceil(10));
    Churn { added, deleted, added_bar, deleted_bar, added_steps, deleted_steps }
}

/// `1–3, 5`, of numbers in order.
pub(crate) fn numbers(numbers: impl Iterator<Item = u32>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if number == *last || Some(number) == last.checked_add(1) => {
                *last = number;
            }
            _ => runs.push((number, number)),
        }
    }
    let run = |(first, last): (u32, u32)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    };
    runs.into_iter().map(run).collect::<Vec<_>>().join(", ")
}

/// A span of time in one unit, rounded down: `40 minutes`, `5 hours`, `3 days`, `7 weeks`.
pub(crate) fn duration(seconds: i64, words: &Words) -> String {
    match seconds {
        ..7_200 => say!(words, "duration-minutes", n = seconds.max(0) / 60),
        7_200..172_800 => say!(words, "duration-hours", n = seconds / 3_600),
        172_800..2_419_200 => say!(words, "duration-days", n = seconds / 86_400),
        _ => say!(words, "duration-weeks", n = seconds / 604_800),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::patch::Change;

    fn week(start: i64, label: &str) -> Period {
        Period::Span {
            start: Timestamp(start),
            end: Timestamp(start + 7 * 86400),
            cadence: Cadence::Week,
            label: label.into(),
        }
    }

    #[test]
    fn periods_in_words() {
        let settings = Settings::of_lists(Vec::new()).expect("the defaults");
        let (ninth, first) = (week(1_771_804_800, "2026-W09"), week(1_766_966_400, "2026-W01"));
        assert_eq!(heading(&ninth, &settings), "Week 9, 2026");
        assert_eq!(short_heading(&ninth, &settings), "Week 9");
        assert_eq!(span(&ninth, &settings), "23 February – 1 March 2026");
        assert_eq!(span(&first, &settings), "29 December 2025 – 4 January 2026");
        let full = "26fd6f3600000000000000000000000000000000";
        let range = Period::Range { from: "v6.1".into(), to: full.into() };
        assert_eq!(heading(&range, &settings), "v6.1 to 26fd6f360000");
    }

    #[test]
    fn numbers_in_a_row_are_one() {
        for (some, words) in [
            (&[][..], ""),
            (&[3], "3"),
            (&[1, 2], "1, 2"),
            (&[1, 2, 3, 5], "1–3, 5"),
            (&[2, 2, 7, 8, 9], "2, 7–9"),
            (&[0, u32::MAX], "0, 4294967295"),
        ] {
            assert_eq!(numbers(some.iter().copied()), words);
        }
    }

    #[test]
    fn the_place_is_the_deepest_folder() {
        let file = |path: &str| FileChange {
            path: Arc::from(path),
            old_path: None,
            change: Change::Modified,
            lines: Some((3, 1)),
            span: Default::default(),
        };
        for (paths, common) in [
            (&["drivers/mtd/nand.c", "drivers/mtd/spi/x.c"][..], "drivers/mtd/"),
            (&["drivers/mtd/nand.c"], "drivers/mtd/nand.c"),
            (&["a/nand.c", "ab/nand.c"], ""),
            (&["a/b.c", "a/b.c"], "a/b.c"),
            (&[], ""),
        ] {
            let files: Vec<_> = paths.iter().map(|p| file(p)).collect();
            assert_eq!(place(files.iter()), common);
        }
        let bar = churn([file("a")].iter());
        assert_eq!((bar.added, bar.deleted, bar.added_bar + bar.deleted_bar), (3, 1, 8));
    }

    #[test]
    fn times_have_one_unit() {
        let catalogue = Words::shipped("en");
        for (seconds, words) in [
            (0, "0 minutes"),
            (60, "1 minute"),
            (7_199, "119 minutes"),
            (18_000, "5 hours"),
            (172_800, "2 days"),
            (2_419_200, "4 weeks"),
        ] {
            assert_eq!(duration(seconds, &catalogue), words);
        }
    }
}
