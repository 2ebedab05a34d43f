//! Archives of feeds (RFC 5005): the entries that the feed itself has no room for.
//!
//! In: the number of events, and their dates. Out: [`Part`]s, oldest first. A part has only events of one month or
//! year, so a late mail with an old date moves no events of other months. A part is closed when as many later events
//! as it can hold have arrived: mails do not arrive in the order of their dates, and a mail that is hours late finds
//! its part still open. The feed itself has everything outside closed parts. Never here: the content of an entry.

use std::ops::Range;

use crate::plan::event::Event;

/// The span of time of one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// A calendar month of UTC.
    Month,
    /// A calendar year of UTC.
    Year,
}

/// A part of an archive.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// `2026-02-1`: its span, and its number in it.
    pub(super) name: String,
    /// Its events, counted from the oldest.
    pub(super) events: Range<usize>,
    /// Whether it is complete.
    pub(super) closed: bool,
}

/// The parts of the archive of a feed with `most` entries: all closed ones, and the one after them, which the last
/// closed one names as the next. `events` are oldest first.
pub(super) fn parts(events: &[Event], span: Span, most: usize) -> Vec<Part> {
    let size = (most / 2).max(1);
    let mut parts: Vec<Part> = Vec::new();
    let mut last: (String, usize) = Default::default();
    for (at, event) in events.iter().enumerate() {
        let name = span.of(event);
        match parts.last_mut() {
            Some(part) if last.0 == name && part.events.len() < size => part.events.end = at + 1,
            _ => {
                let number = if last.0 == name { last.1 + 1 } else { 1 };
                let part = format!("{name}-{number}");
                last = (name, number);
                parts.push(Part { name: part, events: at..at + 1, closed: false });
            }
        }
    }
    for part in &mut parts {
        part.closed = events.len() - part.events.end >= size;
    }
    let closed = parts.iter().take_while(|part| part.closed).count();
    parts.truncate(if closed == 0 { 0 } else { closed + 1 });
    parts
}

impl Span {
    fn of(self, event: &Event) -> String {
        let date = event.date.rfc3339();
        let length = match self {
            Self::Month => "2026-02".len(),
            Self::Year => "2026".len(),
        };
        // A year before 0 has a sign and more digits; its months are in one part, which does no harm.
        date.get(..length).unwrap_or_default().trim_start_matches('-').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{date::Timestamp, plan::event::What};

    /// One event per day, from 1 January 2026.
    fn days(count: usize) -> Vec<Event> {
        let day = |n: usize| Event {
            date: Timestamp(1_767_225_600 + 86_400 * i64::try_from(n).unwrap_or(0)),
            what: What::Digest(n),
        };
        (0..count).map(day).collect()
    }

    #[test]
    fn a_part_is_of_one_month_and_closed_when_as_many_came_behind_it() {
        let parts = parts(&days(50), Span::Month, 20);
        let told: Vec<_> =
            parts.iter().map(|p| (p.name.as_str(), p.events.clone(), p.closed)).collect();
        assert_eq!(
            told,
            [
                ("2026-01-1", 0..10, true),
                ("2026-01-2", 10..20, true),
                ("2026-01-3", 20..30, true),
                ("2026-01-4", 30..31, true),
                ("2026-02-1", 31..41, false),
            ]
        );
    }

    #[test]
    fn a_closed_part_stays_and_the_feed_holds_the_rest() {
        for (span, most) in
            [(Span::Month, 50), (Span::Month, 3), (Span::Month, 1), (Span::Year, 20)]
        {
            let mut before: Vec<Part> = Vec::new();
            for count in 0..200 {
                let parts = parts(&days(count), span, most);
                let closed = parts.iter().filter(|part| part.closed).count();
                let was = before.iter().filter(|part| part.closed).count();
                assert!(was <= closed && before[..was] == parts[..was], "{count} of {most}");
                // The part after each closed part has the name that the closed part gives.
                assert!(was == 0 || parts[was].name == before[was].name, "{count} of {most}");
                let end = closed.checked_sub(1).map_or(0, |last| parts[last].events.end);
                assert!(count - end <= most, "{} of {most}", count - end);
                before = parts;
            }
        }
    }
}
