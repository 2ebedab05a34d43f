//! Dates of mails.
//!
//! In: the Date field, the Received fields ([`super::hops`]), and the archive's time of delivery. Out: [`Dates`],
//! and the arrival of the mail as far as the mail itself tells; `series::clock` compares it with other mails. The
//! parser accepts a wrong weekday, a missing comma, years of two and three digits, names of zones, `AM`/`PM`, times
//! without seconds, ISO dates and comments. Never here: the clock of this machine.

use serde::{Deserialize, Serialize};

use crate::date::Timestamp;

/// From 1970-01-02 to 2100-01-01: a broken clock dated any mail outside. The lower end excludes the zero at which
/// such clocks begin.
const PLAUSIBLE: std::ops::Range<i64> = 86_400..4_102_444_800;

/// How far the Date field may differ from the arrival, in seconds: mails take a while, and clocks differ. Within
/// this limit the Date field is more reliable: it numbers the patches of a series, which arrive in any order.
pub(crate) const NEAR: i64 = 3600;

/// How much later than its delivery a mail may claim to have been written, in seconds: zones are often wrong or
/// missing. Beyond this limit, the sender's clock is wrong.
pub(crate) const AHEAD: i64 = 86_400;

/// How long before its delivery a mail may have been written, in seconds. Scripts that send with a commit's date
/// give new mail old dates: 12 of linux-mtd's 8,592 mails are more than a week older than their first Received
/// field, two of them a year.
pub(crate) const BEHIND: i64 = 7 * 86_400;

/// The longest time between the first and the last hop of a mail, in seconds: a list may hold a mail for moderation.
/// Of 243,000 mails of eight lists, 85 took more than a week, and nine of them more than a month (up to 302 days);
/// for those, other mails decide (`series::clock`).
const HELD: i64 = 31 * 86_400;

/// `Mon Sep 17 00:00:00 2001`: what git format-patch writes into each `From ` line.
const FORMAT_PATCH: Timestamp = Timestamp(1_000_684_800);

/// The statements of a mail and its archive about the time of its arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Dates {
    /// The date in the Date field.
    pub written: Option<Timestamp>,
    /// When the last machine on its way received it: the archive's own.
    pub newest: Option<Timestamp>,
    /// When the first trustworthy machine received it: the list's own.
    pub first: Option<Timestamp>,
    /// When the archive stored it, according to its mbox or its Maildir.
    pub delivered: Option<Timestamp>,
}

impl Dates {
    /// Reads the Date field and the `From ` line; `last` and `first` are the times of its hops ([`super::hops`]).
    pub(super) fn read(
        date: Option<&str>,
        [last, first]: [Option<Timestamp>; 2],
        line: Option<&[u8]>,
    ) -> Self {
        Self {
            written: date.and_then(parse),
            newest: last,
            first,
            delivered: line.and_then(delivery),
        }
    }

    /// The arrival according to the Received fields, and whether they agree. If the first is more than a month older
    /// than the last, either the first is forged, or the last records a copy of the archive.
    pub(crate) fn received(&self) -> Option<(Timestamp, bool)> {
        let (newest, first) = (self.newest?, self.first?);
        let agreed = first.0 >= newest.0 - HELD;
        Some((if agreed { first } else { newest }, agreed))
    }

    /// The date of a mail by its own fields: the arrival, or the Date field if it is close. An early Date field
    /// counts if the Received fields do not agree.
    pub(super) fn of_mail(&self) -> Option<Timestamp> {
        let Some((hop, agreed)) = self.received() else { return self.written };
        let holds = |written: &Timestamp| match written.0 - hop.0 {
            early if early < -NEAR => !agreed,
            late => late <= NEAR,
        };
        Some(self.written.filter(holds).unwrap_or(hop))
    }

    /// Whether the sender's clock may have been right if the mail came then: a difference of hours means a slow mail
    /// or a wrong zone.
    pub(crate) fn agree_on(&self, came: Option<Timestamp>) -> bool {
        let apart = |(written, came): (Timestamp, Timestamp)| written.0 - came.0;
        self.written.zip(came).map(apart).is_some_and(|off| (-BEHIND..=AHEAD).contains(&off))
    }
}

/// When the archive stored a mail: the date in an mbox's `From ` line, or the seconds in a Maildir's file name.
///
/// Generated `From ` lines have a fixed date: `From mboxrd@z Thu Jan  1 00:00:00 1970` (public-inbox, b4), and that
/// of `git format-patch`.
fn delivery(line: &[u8]) -> Option<Timestamp> {
    let line = std::str::from_utf8(line).ok()?;
    if let Ok(seconds) = line.parse::<i64>() {
        return PLAUSIBLE.contains(&seconds).then_some(Timestamp(seconds));
    }
    // The sender's name may be March, so only the words around the time belong to the date.
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let time = words.iter().position(|word| word.contains(':') && !word.contains('@'))?;
    parse(&words[time.checked_sub(3)?..].join(" ")).filter(|date| *date != FORMAT_PATCH)
}

/// Whether a value is a date of a mail and nothing else: `Mon, 2 Mar 2026 10:00:00 +0100 (CET)` has six words and a
/// comment.
pub(crate) fn is_date(value: &str) -> bool {
    without_comments(value).split_ascii_whitespace().count() <= 6 && parse(value).is_some()
}

/// A moment in one of the spellings that mails use.
pub(super) fn parse(value: &str) -> Option<Timestamp> {
    if value.len() > 1000 {
        return None;
    }
    let plain = without_comments(value);
    let words: Vec<&str> = plain.split([' ', '\t', ',']).filter(|w| !w.is_empty()).collect();
    let moment = iso(&words).or_else(|| written(&words))?;
    PLAUSIBLE.contains(&moment).then_some(Timestamp(moment))
}

/// `2026-02-28 11:31:13 +0100`, `2026-02-28T11:31:13Z`.
fn iso(words: &[&str]) -> Option<i64> {
    let first = words.first()?;
    let (date, time) =
        first.split_once('T').unwrap_or((first, words.get(1).copied().unwrap_or("0:0")));
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    let split = time.find(['+', '-', 'Z']).unwrap_or(time.len());
    let (time, glued) = time.split_at(split);
    let zone = if glued.is_empty() { words.get(2).copied().unwrap_or("Z") } else { glued };
    seconds(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?, time, zone)
}

/// `Sat, 28 Feb 2026 11:31:13 +0100` and similar forms, including `Sat Feb 28 11:31:13 2026`.
fn written(words: &[&str]) -> Option<i64> {
    let dashed: Vec<&str> = words.iter().flat_map(|word| split_dashes(word)).collect();
    let at = dashed.iter().position(|w| month(w).is_some())?;
    let month = month(dashed[at])?;
    let number = |w: Option<&&str>| w.and_then(|w| w.parse::<i64>().ok());
    let (day, after) = match at.checked_sub(1).and_then(|i| number(dashed.get(i))) {
        Some(day) => (day, at + 1),
        None => (number(dashed.get(at + 1))?, at + 2),
    };
    let rest = &dashed[after..];
    let time = *rest.iter().find(|w| w.contains(':')).unwrap_or(&"0:0");
    let year = rest.iter().find_map(|w| {
        let unsigned = (2..=4).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit());
        unsigned.then(|| full_year(w)).flatten()
    })?;
    let zone = rest.iter().rev().find(|w| offset(w).is_some()).copied().unwrap_or("Z");
    seconds(year, month, day, time, zone)
}

/// `28-Feb-2026` is three words; a zone such as `-0700` stays one.
fn split_dashes(word: &str) -> impl Iterator<Item = &str> {
    let dated = word.starts_with(|c: char| c.is_ascii_digit()) && word.matches('-').count() == 2;
    word.split(move |c| dated && c == '-')
}

fn month(word: &str) -> Option<i64> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let head = word.get(..3)?;
    let long = word.len() <= 9 && word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.');
    let at = NAMES.iter().position(|name| long && name.eq_ignore_ascii_case(head))?;
    Some(at as i64 + 1)
}

/// Years of two and three digits as RFC 5322, 4.3 reads them.
fn full_year(word: &str) -> Option<i64> {
    let year: i64 = word.parse().ok()?;
    Some(match word.len() {
        2 if year < 50 => year + 2000,
        2 | 3 => year + 1900,
        _ => year,
    })
}

/// Zones that have names, and their offsets in hours.
const ZONES: [(&str, i64); 15] = [
    ("Z", 0),
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("EDT", -4),
    ("EST", -5),
    ("CDT", -5),
    ("CST", -6),
    ("MDT", -6),
    ("MST", -7),
    ("PDT", -7),
    ("PST", -8),
    ("CET", 1),
    ("BST", 1),
    ("CEST", 2),
];

/// The offset of a zone in seconds.
fn offset(zone: &str) -> Option<i64> {
    if let Some((_, hours)) = ZONES.iter().find(|(name, _)| name.eq_ignore_ascii_case(zone)) {
        return Some(hours * 3600);
    }
    let (sign, digits) = match zone.as_bytes().first()? {
        b'+' => (1, &zone[1..]),
        b'-' => (-1, &zone[1..]),
        _ => return None,
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    let number: i64 = digits.parse().ok().filter(|_| (3..=4).contains(&digits.len()))?;
    // Some zones are nonsense (`-1400 00`, `+9999`): none is beyond 14 hours.
    let seconds = (number / 100) * 3600 + (number % 100) * 60;
    Some(if seconds <= 14 * 3600 { sign * seconds } else { 0 })
}

fn seconds(year: i64, month: i64, day: i64, time: &str, zone: &str) -> Option<i64> {
    let narrow = |n: i64| i8::try_from(n).ok();
    let year = i16::try_from(year).ok()?;
    let date = jiff::civil::Date::new(year, narrow(month)?, narrow(day)?).ok()?;
    let mut clock =
        time.split(':').map(|part| part.trim_end_matches(|c: char| !c.is_ascii_digit()));
    let mut part = || clock.next().unwrap_or("0").split('.').next()?.parse::<i64>().ok();
    let (hour, minute, second) = (part()?, part()?, part()?);
    if !(0..24).contains(&hour) || !(0..60).contains(&minute) || !(0..=60).contains(&second) {
        return None;
    }
    let midnight = jiff::tz::Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?.as_second();
    Some(midnight + hour * 3600 + minute * 60 + second - offset(zone).unwrap_or(0))
}

/// The value without comments in parentheses (`(CET)`).
fn without_comments(value: &str) -> String {
    let mut depth = 0usize;
    let mut plain = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '\n' | '\r' => plain.push(' '),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spellings_of_a_date() {
        for (value, want) in [
            ("Sat, 28 Feb 2026 11:31:13 +0100", "2026-02-28T10:31:13Z"),
            ("28 Feb 2026 11:31 GMT (a comment (in another))", "2026-02-28T11:31:00Z"),
            ("Sat Feb 28 11:31:13 2026", "2026-02-28T11:31:13Z"),
            ("Fri, 31 Dec 99 23:59:60 -0000", "2000-01-01T00:00:00Z"),
            ("Mon, 3 Jan 100 10:00:00 PST", "2000-01-03T18:00:00Z"),
            ("2026-02-28T11:31:13Z", "2026-02-28T11:31:13Z"),
            ("2026-02-28 11:31:13 +05:30", "2026-02-28T06:01:13Z"),
            ("Saturday, 28-Feb-26 11:31:13 EST", "2026-02-28T16:31:13Z"),
            ("Thu, 01 Jan 1970 00:00:00 +0000", "none"),
            ("Sat, 30 Feb 2026 11:31:13 +0100", "none"),
            ("Sat, 28 Feb 22026 11:31:13 +0100", "none"),
            ("sometime", "none"),
            ("", "none"),
        ] {
            let got = parse(value).map_or_else(|| "none".into(), Timestamp::rfc3339);
            assert_eq!(got, want, "{value}");
        }
    }

    #[test]
    fn a_date_holds_where_it_is_near_its_arrival() {
        let came = Some("Sat, 28 Feb 2026 10:00:00 +0000");
        let (held, long_ago) =
            (Some("Mon, 2 Mar 2026 10:00:00 +0000"), Some("Wed, 1 Mar 2006 10:00:00 +0000"));
        for (date, newest, first, want, agree) in [
            ("Sat, 28 Feb 2026 09:00:00 +0000", held, came, "2026-02-28T09:00:00Z", true),
            ("Sat, 28 Feb 2026 08:59:59 +0000", held, came, "2026-02-28T10:00:00Z", true),
            ("Sat, 28 Feb 2026 11:00:00 +0000", held, came, "2026-02-28T11:00:00Z", true),
            ("Sat, 28 Feb 2026 11:00:01 +0000", held, came, "2026-02-28T10:00:00Z", true),
            ("Sat, 28 Feb 2037 10:00:00 +0000", came, came, "2026-02-28T10:00:00Z", false),
            ("Fri, 28 Feb 2025 10:00:00 +0000", came, came, "2026-02-28T10:00:00Z", false),
            ("Wed, 1 Mar 2006 09:00:00 +0000", held, long_ago, "2006-03-01T09:00:00Z", true),
            ("Sat, 28 Feb 2037 10:00:00 +0000", held, long_ago, "2026-03-02T10:00:00Z", false),
            ("sometime", came, came, "2026-02-28T10:00:00Z", false),
            ("Sat, 28 Feb 2037 10:00:00 +0000", None, None, "2037-02-28T10:00:00Z", true),
        ] {
            let [last, first] = [newest, first].map(|hop| hop.and_then(parse));
            let dates = Dates::read(Some(date), [last, first], None);
            let got = dates.of_mail();
            let told = (got.map(Timestamp::rfc3339), dates.agree_on(got));
            assert_eq!(told, (Some(want.to_owned()), agree), "{date}, {first:?}");
        }
        assert_eq!(Dates::default().of_mail(), None);
    }

    #[test]
    fn what_the_archive_says_of_the_delivery() {
        for (line, want) in [
            ("From a@example.org Mon Mar  2 10:00:00 2026", "2026-03-02T10:00:00Z"),
            ("From march at example.org  Mon Mar  2 10:00:00 2026", "2026-03-02T10:00:00Z"),
            ("From march Fri Sep 25 20:23 CDT 1998", "1998-09-26T01:23:00Z"),
            ("From a@example.org Mon Mar  2 10:00:00 2026 +0100", "2026-03-02T09:00:00Z"),
            ("1772445600", "2026-03-02T10:00:00Z"),
            ("From mboxrd@z Thu Jan  1 00:00:00 1970", "none"),
            ("From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001", "none"),
            ("From a@example.org", "none"),
            ("From - 10:00:00", "none"),
            ("1", "none"),
            ("", "none"),
        ] {
            let got = delivery(line.as_bytes()).map_or_else(|| "none".into(), Timestamp::rfc3339);
            assert_eq!(got, want, "{line}");
        }
    }
}
