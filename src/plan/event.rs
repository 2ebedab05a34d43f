//! Events for feeds: one event per entry.
//!
//! In: a planned site. Out: its [`Events`]: a period ended, a revision was posted, all its patches have a review, it
//! was taken. An event depends only on mails up to its date, so later mails add events after it and change none;
//! archives of feeds rely on that. The exception is [`Step::Turned`], which holds only while it is the latest
//! statement, and is in no archive. Never here: words of an entry, an address.

use std::cmp::Reverse;

use crate::{
    date::Timestamp,
    digest::{Digest, Period},
    plan::pages::Plan,
    series::{Revision, Series, SeriesIx, StateKind},
};

/// Patches taken one after another within this many seconds count as taken together: tools send a mail for each.
const AT_ONCE: i64 = 60 * 60;

/// An event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Event {
    /// Its date.
    pub(crate) date: Timestamp,
    /// What happened.
    pub(crate) what: What,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    /// A step of the series' revision with this index.
    Revision(SeriesIx, usize, Step),
    /// The period of the digest with this number ended.
    Digest(usize),
    /// The author published the page with this number.
    Page(usize),
}

/// The kinds of events of a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Step {
    /// It was posted.
    Posted,
    /// It was posted with a review of every patch: the entry of the posting says so.
    CameReviewed,
    /// Now every patch of it has a review.
    Reviewed,
    /// Some of its patches were taken.
    InPart,
    /// All of its patches were taken.
    Applied,
    /// All of them are in the mainline, or in the list's tree.
    Merged,
    /// The latest statement is that it cannot go on as it is.
    Turned,
}

impl Step {
    /// Whether patches were taken.
    pub(crate) fn is_taking(self) -> bool {
        matches!(self, Self::InPart | Self::Applied | Self::Merged)
    }
}

impl Event {
    /// The sort key, newest first. The order is total, because no two events have the same kind and revision.
    pub(crate) fn order(&self) -> Reverse<(Timestamp, What)> {
        Reverse((self.date, self.what))
    }

    /// The revision and the step, if it is about one.
    pub(crate) fn step(&self) -> Option<(SeriesIx, usize, Step)> {
        match self.what {
            What::Digest(_) | What::Page(_) => None,
            What::Revision(series, number, step) => Some((series, number, step)),
        }
    }
}

/// All events of a site.
#[derive(Debug)]
pub(crate) struct Events {
    /// The digests of periods that ended, oldest first.
    pub(crate) digests: Vec<Event>,
    /// The author's pages with a date, in the order of the navigation.
    pub(crate) pages: Vec<Event>,
    /// The events of series, series by series.
    all: Vec<Event>,
    /// The start of each series' events in `all`, and the end of the last.
    starts: Vec<usize>,
}

impl Events {
    /// All events.
    pub(crate) fn of(plan: &Plan<'_>) -> Self {
        let (mut all, mut starts) = (Vec::new(), vec![0]);
        for (ix, series) in (0u32..).map(SeriesIx).zip(&plan.corpus.series) {
            for number in 0..series.revisions.len() {
                add(&mut all, plan, (ix, series), number);
            }
            starts.push(all.len());
        }
        Self { digests: digests(plan), pages: pages(plan), all, starts }
    }

    /// The events of a series.
    pub(crate) fn of_series(&self, series: SeriesIx) -> &[Event] {
        let bound = |at: usize| self.starts.get(at).copied().unwrap_or(self.all.len());
        &self.all[bound(series.at())..bound(series.at() + 1)]
    }

    /// The events of series that are worth an entry of their own.
    pub(crate) fn news(&self) -> impl Iterator<Item = Event> + '_ {
        self.all.iter().copied().filter(is_news)
    }
}

/// Whether no other entry has reported it already.
pub(crate) fn is_news(event: &Event) -> bool {
    event.step().is_none_or(|(.., step)| step != Step::CameReviewed)
}

/// The digests of periods that ended: a later message exists. An entry is read once, so it should be complete.
fn digests(plan: &Plan<'_>) -> Vec<Event> {
    let newest = plan.corpus.mails.iter().filter_map(|letter| letter.date()).max();
    let event = |(number, digest): (usize, &&Digest)| match digest.period {
        Period::Span { end, .. } if newest.is_some_and(|newest| newest >= end) => {
            let dates = digest.messages.iter().filter_map(|mail| plan.corpus.stored(*mail).date());
            Some(Event { date: dates.max()?, what: What::Digest(number) })
        }
        _ => None,
    };
    plan.digests.iter().enumerate().filter_map(event).collect()
}

/// The author's pages with a date.
fn pages(plan: &Plan<'_>) -> Vec<Event> {
    let dated = plan.content.pages.iter().enumerate().filter_map(|(number, page)| {
        Some(Event { date: page.published(&plan.settings.zone)?, what: What::Page(number) })
    });
    dated.collect()
}

/// Adds the events of a revision. Events after the next posting belong to that one.
fn add(out: &mut Vec<Event>, plan: &Plan<'_>, (ix, series): (SeriesIx, &Series), number: usize) {
    let revision = &series.revisions[number];
    let Some(posted) = revision.posted.filter(|_| series.has_time(number)) else { return };
    let next = series.revisions.get(number + 1).and_then(|next| next.posted);
    let mut push = |date: Timestamp, step| {
        if posted <= date && next.is_none_or(|next| date < next) {
            out.push(Event { date, what: What::Revision(ix, number, step) });
        }
    };
    push(posted, Step::Posted);
    let approval = plan.corpus.approval(revision).map(|mail| plan.corpus.stored(mail).date());
    match approval.flatten() {
        Some(given) if given > posted => push(given, Step::Reviewed),
        Some(_) => push(posted, Step::CameReviewed),
        None => {}
    }
    for (date, step) in taken(revision) {
        push(date, step);
    }
    let is_newest = number + 1 == series.revisions.len();
    let said = series.state.mail().and_then(|mail| plan.corpus.stored(mail).date());
    let said = said.filter(|_| is_newest);
    match (series.state.kind, said) {
        (StateKind::ChangesRequested | StateKind::Rejected, Some(date)) => push(date, Step::Turned),
        // The words do not say which patches.
        (StateKind::PartlyApplied, Some(date))
            if revision.slots.iter().all(|slot| slot.applied.is_none()) =>
        {
            push(date, Step::InPart);
        }
        _ => {}
    }
}

/// When its patches were taken: the first, the last, and when all had reached the mainline.
fn taken(revision: &Revision) -> Vec<(Timestamp, Step)> {
    let taken = || revision.slots.iter().filter_map(|slot| slot.applied.as_ref());
    let firsts: Vec<Timestamp> = taken().filter_map(|applied| applied.first().date).collect();
    let (Some(first), Some(last)) = (firsts.iter().min(), firsts.iter().max()) else {
        return Vec::new();
    };
    let (first, last) = (*first, *last);
    let all = taken().count() == revision.slots.len();
    let mut steps = Vec::new();
    if !all || last.0.saturating_sub(first.0) > AT_ONCE {
        steps.push((first, Step::InPart));
    }
    if !all {
        return steps;
    }
    let merged = || taken().all(|applied| applied.fate.is_merged());
    let at_once = || taken().all(|applied| applied.first().fate.is_merged());
    if !at_once() {
        steps.push((last, Step::Applied));
    }
    let end = taken().filter_map(|applied| applied.merged()?.date).max();
    steps.extend(end.filter(|_| merged()).map(|end| (end, Step::Merged)));
    steps
}
