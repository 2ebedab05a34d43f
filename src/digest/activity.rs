//! What happened to a series in a period.
//!
//! In: the facts and the period's mails. Out: an [`Activity`] for each series to which something happened, even if
//! it only went quiet. Never here: what a page shows of it.

use std::{collections::HashSet, sync::Arc};

use jiff::tz::TimeZone;

use super::{Period, facts::Facts};
use crate::{
    date::Timestamp,
    message::Mailbox,
    series::{
        Applied, Corpus, ListIx, MailIx, Revision, Series, SeriesIx, Sort, StateKind, Witness,
    },
};

/// What happened to a series in a period.
#[derive(Debug, Clone, Hash)]
pub struct Activity {
    /// The series.
    pub series: SeriesIx,
    /// The revisions posted in the period, as indexes.
    pub posted: Vec<u32>,
    /// The index of its newest revision at the end of the period.
    pub newest: u32,
    /// Whether the first known revision was posted in the period.
    pub is_new: bool,
    /// A backport, or a posting of machines: nobody has to do anything about it.
    pub is_traffic: bool,
    /// Patches of it were taken in the period.
    pub applied: Option<Taken>,
    /// The request for changes, or the rejection, in the period, if nothing has happened since.
    pub turned: Option<Turned>,
    /// Replies by people in the period.
    pub replies: u32,
    /// The reviews given in the period.
    pub verdicts: Vec<Verdict>,
    /// The wait for a first reply, if it waits.
    pub waiting: Option<Waiting>,
    /// Whether it went quiet in the period: the time without mail ended then.
    pub went_quiet: bool,
}

/// The patches of a series that were taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Taken {
    /// The evidence for the first patch.
    pub witness: Witness,
    /// The number of patches.
    pub patches: u32,
    /// The number of patches in the revision.
    pub of: u32,
    /// The index of their revision.
    pub revision: u32,
}

/// A rejection, or a request for changes, by a maintainer or the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Turned {
    /// [`StateKind::ChangesRequested`] or [`StateKind::Rejected`].
    pub kind: StateKind,
    /// The mail that says so.
    pub mail: MailIx,
}

/// A review in a reply.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Verdict {
    /// The reply.
    pub mail: MailIx,
    /// The series.
    pub series: SeriesIx,
    /// `Reviewed-by`
    pub key: Arc<str>,
    /// The reviewer, by the mailmap.
    pub person: Mailbox,
    /// The number of patches that it covers.
    pub patches: u32,
}

/// A revision's wait for a first reply by a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Waiting {
    /// Posted in the period, and without a reply to this day.
    Posted,
    /// Posted in the period before, and without a reply at the end of this one.
    Overdue,
}

/// The events of each series, in this order: series with mail, by their first message of the period; series that
/// other threads report as taken; series waiting since the period before; series that went quiet.
pub(super) fn activities(
    facts: &Facts<'_>,
    period: &Period,
    list: Option<ListIx>,
    zone: &TimeZone,
    messages: &[MailIx],
) -> Vec<Activity> {
    let among: HashSet<MailIx> = messages.iter().copied().collect();
    let overdue: Vec<SeriesIx> = overdue(facts, period, list, zone);
    let quiet: Vec<SeriesIx> = match period.bounds() {
        Some(bounds) => facts.quiet_in(bounds, list).collect(),
        None => Vec::new(),
    };
    let taken: Vec<SeriesIx> = match period.bounds() {
        Some(bounds) => facts.taken_in(bounds, list).collect(),
        None => Vec::new(),
    };
    let mut seen = HashSet::new();
    let touched = messages.iter().filter_map(|ix| facts.corpus.stored(*ix).home.map(|(s, _)| s));
    let told = touched.chain(taken);
    let all = told.chain(overdue.iter().copied()).chain(quiet.iter().copied());
    let order: Vec<SeriesIx> = all.filter(|series| seen.insert(*series)).collect();
    let (overdue, quiet): (HashSet<_>, HashSet<_>) =
        (overdue.into_iter().collect(), quiet.into_iter().collect());
    // A text digest has its own order of entries.
    let end = messages.iter().max();
    let of = |ix| {
        let mut activity = activity(facts, ix, period, &among);
        activity.newest = newest(&facts.corpus.series[ix.at()], end);
        activity.went_quiet = quiet.contains(&ix);
        if overdue.contains(&ix) {
            activity.waiting = activity.waiting.or(Some(Waiting::Overdue));
        }
        activity
    };
    order.into_iter().map(of).collect()
}

/// The series posted in the period before and without a reply at the end of this one.
fn overdue(
    facts: &Facts<'_>,
    period: &Period,
    list: Option<ListIx>,
    zone: &TimeZone,
) -> Vec<SeriesIx> {
    let Some((before, (_, end))) =
        period.before(zone).and_then(|b| b.bounds()).zip(period.bounds())
    else {
        return Vec::new();
    };
    let unanswered = facts.last_posted_in(before, end, list).filter(|(ix, revision)| {
        let series = &facts.corpus.series[ix.at()];
        needs_review(facts.corpus, series, Some(end))
            && !facts.is_answered(*ix, *revision, Some(end))
    });
    unanswered.map(|(ix, _)| ix).collect()
}

fn activity(facts: &Facts<'_>, ix: SeriesIx, period: &Period, among: &HashSet<MailIx>) -> Activity {
    let series = &facts.corpus.series[ix.at()];
    let first = |revision: &Revision| revision.members().min();
    let is_among = |revision: &Revision| first(revision).is_some_and(|mail| among.contains(&mail));
    let numbered = (0u32..).zip(&series.revisions);
    let posted: Vec<u32> = numbered.filter(|(_, r)| is_among(r)).map(|(at, _)| at).collect();
    let replies: Vec<MailIx> = series
        .revisions
        .iter()
        .flat_map(|r| &r.replies)
        .copied()
        .filter(|mail| among.contains(mail) && facts.corpus.is_by_person(*mail))
        .collect();
    let earliest = series.revisions.iter().filter_map(first).min();
    let last = narrow(series.revisions.len() - 1);
    let waits = posted.contains(&last)
        && needs_review(facts.corpus, series, None)
        && !facts.is_answered(ix, last, None);
    Activity {
        series: ix,
        is_new: earliest.is_some_and(|mail| among.contains(&mail)),
        is_traffic: matches!(series.sort, Sort::Backport | Sort::Aside),
        applied: taken(series, period, among),
        turned: turned(series, among),
        replies: narrow(replies.len()),
        verdicts: replies.iter().flat_map(|mail| facts.verdicts_in(*mail)).cloned().collect(),
        waiting: waits.then_some(Waiting::Posted),
        went_quiet: false,
        newest: last,
        posted,
    }
}

/// The newest revision at the time of the period's last mail: mails are numbered by date.
fn newest(series: &Series, end: Option<&MailIx>) -> u32 {
    let was_there = |revision: &Revision| match (revision.members().min(), end) {
        (Some(first), Some(end)) => first <= *end,
        (_, _) => true,
    };
    narrow(series.revisions.iter().rposition(was_there).unwrap_or(0))
}

/// Whether a series needs review: nobody took it, not every patch came with reviews, and no mail before `until`
/// settled its fate.
fn needs_review(corpus: &Corpus, series: &Series, until: Option<Timestamp>) -> bool {
    let is_before = |mail: MailIx| match (corpus.stored(mail).date(), until) {
        (Some(date), Some(until)) => date < until,
        (_, _) => true,
    };
    series.is_untaken()
        && series.state.kind != StateKind::Reviewed
        && !series.state.mail().is_some_and(is_before)
}

/// The patches taken in the period, of the newest revision that has any.
fn taken(series: &Series, period: &Period, among: &HashSet<MailIx>) -> Option<Taken> {
    let in_period = |applied: &&Applied| match &applied.witness {
        Witness::Mail(mail) if period.bounds().is_none() => among.contains(mail),
        _ => applied.date.is_some_and(|date| period.contains(date)),
    };
    let of_slots = series.revisions.iter().enumerate().rev().find_map(|(at, revision)| {
        let taken: Vec<&Applied> = revision
            .slots
            .iter()
            .filter_map(|s| Some(s.applied.as_deref()?.first()))
            .filter(in_period)
            .collect();
        let witness = taken.first()?.witness.clone();
        let (patches, of) = (narrow(taken.len()), narrow(revision.slots.len()));
        Some(Taken { witness, patches, of, revision: narrow(at) })
    });
    let whole = || {
        let is_taken = matches!(series.state.kind, StateKind::Applied | StateKind::Merged);
        let mail = series.state.mail().filter(|mail| is_taken && among.contains(mail))?;
        let of = narrow(series.newest().slots.len());
        let revision = narrow(series.revisions.len() - 1);
        Some(Taken { witness: Witness::Mail(mail), patches: of, of, revision })
    };
    of_slots.or_else(whole)
}

/// The request for changes or the rejection, if its mail is in the period.
fn turned(series: &Series, among: &HashSet<MailIx>) -> Option<Turned> {
    let kind = series.state.kind;
    let is_turned = matches!(kind, StateKind::ChangesRequested | StateKind::Rejected);
    let mail = series.state.mail().filter(|mail| is_turned && among.contains(mail))?;
    Some(Turned { kind, mail })
}

pub(super) fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
