//! Dates in the site's language.
//!
//! In: a moment in its time zone. Out: `28 February 2026`, `28 Feb 2026`, `28 Feb`. The order of the parts, and the
//! names of months and days, are entries of the catalogue. Never here: periods.

use jiff::Zoned;

use super::Words;
use crate::say;

/// The parts of a date that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `28 February 2026`.
    Long,
    /// `28 Feb 2026`.
    Short,
    /// `Saturday, 28 February 2026`.
    Weekday,
    /// `28 February`.
    DayMonth,
    /// `28 Feb`.
    DayShortMonth,
    /// `28`, before the end of a span in the same month.
    Day,
    /// `February 2026`.
    Month,
    /// `Feb 2026`.
    ShortMonth,
}

impl Words {
    /// A date in one of its forms.
    pub(crate) fn date(&self, date: &Zoned, form: Form) -> String {
        let (day, year) = (date.day().to_string(), date.year().to_string());
        let (month, short) = (self.month(date), self.short_month(date));
        match form {
            Form::Long => say!(self, "date-long", day = &day, month = month, year = &year),
            Form::Short => say!(self, "date-short", day = &day, month = short, year = &year),
            Form::Weekday => {
                let weekday = self.weekday(date);
                let date = say!(self, "date-long", day = &day, month = month, year = &year);
                say!(self, "date-weekday", weekday = weekday, date = &date)
            }
            Form::DayMonth => say!(self, "date-day-month", day = &day, month = month),
            Form::DayShortMonth => say!(self, "date-day-month-short", day = &day, month = short),
            Form::Day => say!(self, "date-day", day = &day),
            Form::Month => say!(self, "date-month", month = month, year = &year),
            Form::ShortMonth => say!(self, "date-month", month = short, year = &year),
        }
    }

    fn month(&self, date: &Zoned) -> &str {
        const KEYS: [&str; 12] = [
            "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8",
            "month-9", "month-10", "month-11", "month-12",
        ];
        self.nth(&KEYS, date.month())
    }

    fn short_month(&self, date: &Zoned) -> &str {
        const KEYS: [&str; 12] = [
            "month-short-1",
            "month-short-2",
            "month-short-3",
            "month-short-4",
            "month-short-5",
            "month-short-6",
            "month-short-7",
            "month-short-8",
            "month-short-9",
            "month-short-10",
            "month-short-11",
            "month-short-12",
        ];
        self.nth(&KEYS, date.month())
    }

    fn weekday(&self, date: &Zoned) -> &str {
        const KEYS: [&str; 7] = [
            "weekday-1",
            "weekday-2",
            "weekday-3",
            "weekday-4",
            "weekday-5",
            "weekday-6",
            "weekday-7",
        ];
        self.nth(&KEYS, date.weekday().to_monday_one_offset())
    }

    fn nth<'w>(&'w self, keys: &[&'static str], number: i8) -> &'w str {
        let at = usize::try_from(number).unwrap_or(1).saturating_sub(1);
        keys.get(at).map_or("", |key| self.text(key))
    }
}
