//! Periods: half-open spans of time, or a commit range of an archive.
//!
//! In: a moment, a label, or two days, and the time zone. Out: a [`Period`] with its bounds and its label. Never
//! here: the messages in it.

use std::sync::Arc;

use jiff::{ToSpan, civil, tz::TimeZone};

use crate::date::{Cadence, Timestamp};

/// A period.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A commit range of an archive (without the commit `from`), as a text digest or a command line gives it.
    Range {
        /// The older end.
        from: Arc<str>,
        /// The newer end.
        to: Arc<str>,
    },
    /// A span of time in the site's time zone.
    Span {
        /// Its first second.
        start: Timestamp,
        /// The first second after it.
        end: Timestamp,
        /// The kind of span.
        cadence: Cadence,
        /// `2026-W09`, `2026-02-28`, `2026-02`.
        label: Arc<str>,
    },
}

impl Period {
    /// The period of this length that contains `moment`.
    pub fn containing(moment: Timestamp, cadence: Cadence, zone: &TimeZone) -> Self {
        Self::around(moment.zoned(zone).date(), cadence, zone)
    }

    /// The period that a label names (`2026-W09`, `2026-02-28`, `2026-02`).
    pub fn parse(label: &str, zone: &TimeZone) -> Option<Self> {
        let upper = label.to_ascii_uppercase();
        if let Some((year, week)) = upper.split_once("-W") {
            let week = civil::ISOWeekDate::new(
                year.parse().ok()?,
                week.parse().ok()?,
                civil::Weekday::Monday,
            );
            return Some(Self::around(week.ok()?.date(), Cadence::Week, zone));
        }
        let (cadence, date) = match label.matches('-').count() {
            1 => (Cadence::Month, format!("{label}-01")),
            _ => (Cadence::Day, label.to_owned()),
        };
        Some(Self::around(date.parse::<civil::Date>().ok()?, cadence, zone))
    }

    /// The days from `first` to `last`, if they are in order: a span for the command line; sites have no digests of
    /// these.
    pub fn days(first: civil::Date, last: civil::Date, zone: &TimeZone) -> Option<Self> {
        let from = Self::around(first, Cadence::Day, zone).bounds()?.0;
        let to = Self::around(last, Cadence::Day, zone).bounds()?.1;
        let label = format!("{first}..{last}").into();
        let span = Self::Span { start: from, end: to, cadence: Cadence::Day, label };
        (first <= last).then_some(span)
    }

    /// Whether a site can have a digest of it: a day, a week or a month, but no other range of days.
    pub fn is_regular(&self) -> bool {
        matches!(self, Self::Span { label, .. } if !label.contains(".."))
    }

    fn around(date: civil::Date, cadence: Cadence, zone: &TimeZone) -> Self {
        let (first, next, label) = match cadence {
            Cadence::Day => (date, date.checked_add(1.day()), date.to_string()),
            Cadence::Week => {
                let week = date.iso_week_date();
                let back = i64::from(date.weekday().to_monday_zero_offset());
                let monday = date.saturating_sub(back.days());
                let label = format!("{}-W{:02}", week.year(), week.week());
                (monday, monday.checked_add(1.week()), label)
            }
            Cadence::Month => {
                let first = date.first_of_month();
                let label = format!("{:04}-{:02}", date.year(), date.month());
                (first, first.checked_add(1.month()), label)
            }
        };
        let midnight = |date: civil::Date| {
            let moment = date.to_zoned(zone.clone()).map(|zoned| zoned.timestamp().as_second());
            Timestamp(moment.unwrap_or(i64::MAX))
        };
        Self::Span {
            start: midnight(first),
            end: next.map_or(Timestamp(i64::MAX), midnight),
            cadence,
            label: label.into(),
        }
    }

    /// `2026-W09`, or `89e50b09f..26fd6f360`.
    pub fn label(&self) -> String {
        match self {
            Self::Range { from, to } => format!("{from}..{to}"),
            Self::Span { label, .. } => label.to_string(),
        }
    }

    /// The year at the beginning of its label (for a week, that of ISO 8601); `None` for a commit range.
    pub fn year(&self) -> Option<&str> {
        match self {
            Self::Range { .. } => None,
            Self::Span { label, .. } => label.split('-').next(),
        }
    }

    /// Whether it contains a moment; false for a commit range.
    pub fn contains(&self, moment: Timestamp) -> bool {
        matches!(self, Self::Span { start, end, .. } if (*start..*end).contains(&moment))
    }

    /// The period of the same length before this one; `None` for a commit range.
    pub fn before(&self, zone: &TimeZone) -> Option<Self> {
        match self {
            Self::Range { .. } => None,
            Self::Span { start, cadence, .. } => {
                Some(Self::containing(Timestamp(start.0.checked_sub(1)?), *cadence, zone))
            }
        }
    }

    /// Its first second, and the first after it; `None` for a commit range.
    pub fn bounds(&self) -> Option<(Timestamp, Timestamp)> {
        match self {
            Self::Range { .. } => None,
            Self::Span { start, end, .. } => Some((*start, *end)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_name_the_period_around_a_moment() {
        let zone = TimeZone::get("Europe/Oslo").expect("a zone that is bundled");
        // 2027-01-03 23:30 UTC is already Monday in Oslo.
        let moment = Timestamp(1_799_019_000);
        for (cadence, zone, want) in [
            (Cadence::Week, &TimeZone::UTC, "2026-W53"),
            (Cadence::Week, &zone, "2027-W01"),
            (Cadence::Day, &zone, "2027-01-04"),
            (Cadence::Month, &zone, "2027-01"),
        ] {
            let period = Period::containing(moment, cadence, zone);
            assert_eq!(period.label(), want);
            assert!(period.contains(moment));
            let before = period.before(zone).and_then(|before| before.bounds());
            assert_eq!(before.map(|(_, end)| end), period.bounds().map(|(start, _)| start));
            assert_eq!(Period::parse(want, zone), Some(period));
        }
        assert_eq!(Period::parse("2026-W54", &TimeZone::UTC), None);
        assert_eq!(Period::parse("last week", &TimeZone::UTC), None);
        let day = |text: &str| text.parse::<civil::Date>().expect("a day");
        let some = Period::days(day("2026-02-23"), day("2026-02-24"), &TimeZone::UTC);
        let some = some.expect("two days");
        assert_eq!((some.label(), some.is_regular()), ("2026-02-23..2026-02-24".into(), false));
        assert_eq!(some.bounds(), Some((Timestamp(1_771_804_800), Timestamp(1_771_977_600))));
        assert_eq!(Period::days(day("2026-02-24"), day("2026-02-23"), &TimeZone::UTC), None);
    }
}
