//! Segments: spans of time, each with its own index.
//!
//! In: the plan. Out: segments, oldest first, with their entries in the order of their first mails. The newest
//! quarter and the one before it, which most mails concern, have their own segments. Older quarters are combined,
//! the older the more, like the digits of a binary counter: so a query loads few segments, and a new quarter changes
//! little. A segment depends on its content and on the newest quarter, never on earlier builds. Never here: the
//! content of an entry, a file.

use super::entry::Subject;
use crate::{
    date::{Quarter, Timestamp},
    page::search,
    plan::{Plan, Route},
    series::{MailIx, Revision, Series, SeriesIx},
};

/// A findable thing, with its page.
pub(super) type Found<'p> = (Subject<'p>, Route);

/// The segment of entries without a time: the author's pages, and people.
const LASTING: &str = "site";

/// A part of the index.
#[derive(Debug)]
pub(super) struct Segment<'p> {
    /// Its name, which is that of its folder.
    pub(super) name: Box<str>,
    /// The findable things in it, in order.
    pub(super) subjects: Vec<Found<'p>>,
}

/// Everything that can be found, with its page: the author's pages and people, then everything with mails, by the
/// first mail.
pub(super) fn of<'p>(plan: &'p Plan<'_>) -> Vec<Segment<'p>> {
    let first = |series: &Series| series.revisions.iter().flat_map(Revision::members).min();
    let series = (0u32..).map(SeriesIx).zip(&plan.corpus.series);
    let series = series.map(|(ix, series)| {
        (first(series), (Subject::Series(ix), Route::Series(series.slug.clone())))
    });
    let threads = search::thread_parts(&plan.places)
        .filter(|(first, ..)| !plan.corpus.is_spam(*first))
        .map(|(_, route, mails)| (mails.first().copied(), (Subject::Thread(mails), route)));
    let mut dated: Vec<(Option<MailIx>, Found<'p>)> = series.chain(threads).collect();
    dated.sort_by_key(|(first, _)| *first);
    let date = |mail: Option<MailIx>| plan.corpus.stored(mail?).date();
    let dated = dated.into_iter().map(|(first, found)| (date(first), found)).collect();
    let own = plan.content.pages.iter().map(|page| (Subject::Page(page), page.route.clone()));
    let people = search::known_people(&plan.people).map(|(route, known)| {
        let subject = Subject::Person(known.label(), &known.key, known.posted.len(), known.last());
        (subject, route)
    });
    let lasting = Segment { name: LASTING.into(), subjects: own.chain(people).collect() };
    [lasting].into_iter().chain(segments(dated)).collect()
}

/// The segments of dated entries: each with the moment of its first mail, in this order.
fn segments<'p>(dated: Vec<(Option<Timestamp>, Found<'p>)>) -> Vec<Segment<'p>> {
    let quarters = || dated.iter().filter_map(|(date, _)| date.map(Timestamp::quarter));
    let (Some(first), Some(last)) = (quarters().min(), quarters().max()) else {
        let subjects = dated.into_iter().map(|(_, found)| found).collect();
        return vec![Segment { name: "undated".into(), subjects }];
    };
    let blocks = blocks(first, last);
    let empty = |block: &(Quarter, Quarter)| Segment { name: name(*block), subjects: Vec::new() };
    let mut segments: Vec<Segment<'p>> = blocks.iter().map(empty).collect();
    for (date, found) in dated {
        // Entries without a date come first.
        let quarter = date.map_or(first, Timestamp::quarter);
        let at = blocks.partition_point(|(_, end)| *end <= quarter);
        if let Some(segment) = segments.get_mut(at) {
            segment.subjects.push(found);
        }
    }
    segments.retain(|segment| !segment.subjects.is_empty());
    segments
}

/// The spans from one quarter to another, oldest first, each without its end.
fn blocks(Quarter(first): Quarter, Quarter(last): Quarter) -> Vec<(Quarter, Quarter)> {
    let mut blocks = vec![(last, last + 1)];
    let mut end = last;
    if end > first {
        blocks.push((end - 1, end));
        end -= 1;
    }
    while end > first {
        let start = end - (1 << end.trailing_zeros());
        blocks.push((start, end));
        end = start;
    }
    blocks.into_iter().rev().map(|(start, end)| (Quarter(start), Quarter(end))).collect()
}

/// `2024q1`, `2016q1-2023q4`.
fn name((start, end): (Quarter, Quarter)) -> Box<str> {
    let last = Quarter(end.0 - 1);
    if last == start { start.to_string() } else { format!("{start}-{last}") }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_the_longer() {
        let names = |first: Quarter, last: Quarter| {
            let names = blocks(first, last).into_iter().map(name).collect::<Vec<_>>();
            names.join(" ")
        };
        let of = |year: u32, quarter: u32| Quarter(year * 4 + quarter - 1);
        assert_eq!(names(of(2026, 2), of(2026, 2)), "2026q2");
        assert_eq!(names(of(2026, 1), of(2026, 2)), "2026q1 2026q2");
        assert_eq!(
            names(of(2012, 3), of(2026, 3)),
            "1984q1-2015q4 2016q1-2023q4 2024q1-2025q4 2026q1 2026q2 2026q3"
        );
        assert_eq!(
            names(of(2012, 3), of(2026, 4)),
            "1984q1-2015q4 2016q1-2023q4 2024q1-2025q4 2026q1-2026q2 2026q3 2026q4"
        );
        for last in of(1995, 1).0..of(2060, 1).0 {
            let blocks = blocks(of(1994, 2), Quarter(last));
            assert!(blocks.windows(2).all(|two| two[0].1 == two[1].0), "{last}");
            assert!(blocks.len() < 12, "{last}: {}", blocks.len());
        }
    }
}
