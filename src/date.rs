//! Dates: seconds since 1970 in UTC, and their text forms.
//!
//! In: seconds, or a text. Out: a [`Timestamp`], its calendar date in a zone, its quarter and month. Never here: a
//! clock.

use std::{
    fmt,
    time::{SystemTime, UNIX_EPOCH},
};

use jiff::{Timestamp as Instant, tz::TimeZone};
use serde::{Deserialize, Serialize};

#[cfg(feature = "site")]
use crate::error::Reason;

/// A moment, in seconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// `2026-02-28T11:31:13Z` (RFC 3339).
    pub fn rfc3339(self) -> String {
        self.instant().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// `Sat, 28 Feb 2026 11:31:13 +0000` (RFC 5322).
    pub fn rfc5322(self) -> String {
        self.instant().strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
    }

    /// `Sat, 28 Feb 2026 11:31:13 GMT` (RFC 9110, 5.6.7).
    pub fn http(self) -> String {
        self.instant().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// Reads that form; `None` for any other.
    pub fn from_http(text: &str) -> Option<Self> {
        let form = "%a, %d %b %Y %H:%M:%S GMT";
        let date = jiff::civil::DateTime::strptime(form, text).ok()?;
        Some(Self(date.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second()))
    }

    /// The calendar moment in `zone`.
    pub fn zoned(self, zone: &TimeZone) -> jiff::Zoned {
        self.instant().to_zoned(zone.clone())
    }

    /// The quarter, counted from the year 0.
    pub fn quarter(self) -> Quarter {
        let day = self.zoned(&TimeZone::UTC).date();
        let quarter = i32::from(day.year()) * 4 + i32::from(day.month() - 1) / 3;
        Quarter(u32::try_from(quarter).unwrap_or_default())
    }

    /// Its month.
    pub fn month(self) -> Month {
        let day = self.zoned(&TimeZone::UTC).date();
        Month(day.year(), day.month())
    }

    /// Clamped to the range of the calendar; dates of messages were checked when they were read.
    fn instant(self) -> Instant {
        Instant::from_second(self.0).unwrap_or(if self.0 < 0 { Instant::MIN } else { Instant::MAX })
    }
}

impl From<SystemTime> for Timestamp {
    /// Whole seconds; a clock before 1970 gives the first second.
    fn from(time: SystemTime) -> Self {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(i64::try_from(since.as_secs()).unwrap_or_default())
    }
}

/// A quarter of a year, in UTC; written `2026q1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter(pub u32);

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}q{}", self.0 / 4, self.0 % 4 + 1)
    }
}

/// A month of a year, in UTC; written `2026-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(i16, i8);

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0, self.1)
    }
}

/// The length of a period.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Cadence {
    /// A calendar day.
    Day,
    /// An ISO week, Monday to Sunday.
    #[default]
    Week,
    /// A calendar month.
    Month,
}

/// Checks that git understands `text` as a date: git takes unknown text for the present, and then nothing would be
/// old enough.
///
/// # Errors
/// The hint about dates.
#[cfg(feature = "site")]
pub(crate) fn check_git_date(text: &str) -> Result<(), Reason> {
    // git's own words (approxidate) need a number beside them, except these.
    const ALONE: [&str; 6] = ["yesterday", "noon", "midnight", "last", "never", "ago"];
    let is_dated =
        |word: &str| ALONE.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit());
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_day = text.split('-').count() == 3 && text.split('-').all(is_number);
    let is_date = match is_day {
        true => text.parse::<jiff::civil::Date>().is_ok(),
        false => text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_dated),
    };
    if is_date {
        return Ok(());
    }
    let reason = Reason::new(format!("`{text}` is not a date"));
    Err(reason.hint("a date looks like `2026-02-28` or `2.weeks.ago`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_the_web_are_written_and_read() {
        let moment = Timestamp(1_772_278_273);
        assert_eq!(moment.http(), "Sat, 28 Feb 2026 11:31:13 GMT");
        assert_eq!(Timestamp::from_http(&moment.http()), Some(moment));
        for junk in ["yesterday", "", "Thu, 01 Jan 99999 00:00:00 GMT", "2026-02-28T11:31:13Z"] {
            assert_eq!(Timestamp::from_http(junk), None, "{junk}");
        }
    }
}
