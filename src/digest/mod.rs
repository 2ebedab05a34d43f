//! Stage 5: what happened when.
//!
//! In: the [`Corpus`]. Out: one [`Digest`] a period, with counts, rankings and what
//! happened to each series.
//! Never here: a page, a clock (a digest is the same whenever it is made).

mod period;
mod range;
mod tally;
mod text;

pub use period::Period;
pub use range::digest_of_range;
pub use text::write as write_text;

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use jiff::tz::TimeZone;

use crate::{
    archive::GivenDigest,
    date::Cadence,
    message::{self, Mailbox, TrailerKind},
    patch::Role,
    series::{Corpus, ListIx, MailIx, SeriesIx, StateKind},
};

/// What happened in a period.
#[derive(Debug, Clone)]
pub struct Digest {
    /// When.
    pub period: Period,
    /// On one list only; `None` for all the site's lists together.
    pub list: Option<ListIx>,
    /// Every message of the period, by date.
    pub messages: Vec<MailIx>,
    /// Patches and cover letters among them.
    pub contributions: Vec<MailIx>,
    /// Who wrote them: most first, then by address. Addresses are folded to lower case.
    pub contributors: Vec<(Mailbox, u64)>,
    /// Their mail domains: most first, then by name.
    pub domains: Vec<(Arc<str>, u64)>,
    /// Who gave reviews: most first, then by address.
    pub reviewers: Vec<(Mailbox, u64)>,
    /// What a text digest said; then the two first rankings are its, kept as given.
    pub given: Option<GivenDigest>,
    /// What happened to each series, by the date of the period's first message to it.
    pub activities: Vec<Activity>,
    /// Pull requests of the period.
    pub pulls: Vec<MailIx>,
    /// Threads of the period that belong to no series: their first message in the period.
    pub other: Vec<MailIx>,
}

/// What happened to a series in a period.
#[derive(Debug, Clone)]
pub struct Activity {
    /// Which.
    pub series: SeriesIx,
    /// Indexes into its revisions: those posted in the period.
    pub posted: Vec<u32>,
    /// The first revision that we know was posted in the period.
    pub is_new: bool,
    /// The mail of the period that says it is applied.
    pub applied: Option<MailIx>,
    /// Answers in the period.
    pub replies: u32,
    /// Reviews given in the period.
    pub reviews: u32,
    /// Posted in the period and without an answer to this day.
    pub waiting: bool,
}

/// All digests of the corpus, oldest first, those of text digests behind the dated ones. `list` narrows
/// them to one list. Mails without a date are in no period (they are on pages of their own).
pub fn digests(
    corpus: &Corpus,
    list: Option<ListIx>,
    cadence: Cadence,
    zone: &TimeZone,
) -> Vec<Digest> {
    let mut periods: BTreeMap<Period, Vec<MailIx>> = BTreeMap::new();
    let mut last: Option<Period> = None;
    for (ix, letter) in MailIx::all(corpus.mails.len()).zip(&corpus.mails) {
        let on_list = list.is_none_or(|list| letter.copies.iter().any(|(l, _)| *l == list));
        let Some(date) = letter.date().filter(|_| on_list) else { continue };
        let period = match last.take() {
            Some(period) if period.contains(date) => period,
            _ => Period::containing(date, cadence, zone),
        };
        periods.entry(period.clone()).or_default().push(ix);
        last = Some(period);
    }
    let dated = periods.into_iter().map(|(period, mails)| digest(corpus, period, list, mails));
    let given = corpus.given.iter().filter(|given| list.is_none_or(|list| list == given.list));
    dated.chain(given.map(|given| from_text(corpus, given, list))).collect()
}

/// The digest of one period, from its mails.
pub fn digest(
    corpus: &Corpus,
    period: Period,
    list: Option<ListIx>,
    messages: Vec<MailIx>,
) -> Digest {
    let mail = |ix: &MailIx| &corpus.letter(*ix).mail;
    let contributions: Vec<MailIx> =
        messages.iter().copied().filter(|ix| corpus.letter(*ix).is_contribution()).collect();
    let reviewers: Vec<Mailbox> =
        messages.iter().map(mail).filter(|m| !m.bot).flat_map(given_reviews).collect();
    Digest {
        contributors: tally::people(contributions.iter().map(|ix| &mail(ix).author)),
        domains: tally::domains(contributions.iter().map(|ix| &mail(ix).author)),
        reviewers: tally::people(reviewers.iter()),
        given: None,
        activities: activities(corpus, &messages),
        pulls: messages.iter().copied().filter(|ix| mail(ix).role == Role::Pull).collect(),
        other: others(corpus, &messages),
        period,
        list,
        messages,
        contributions,
    }
}

/// A text digest's: its entries, and its rankings as given.
fn from_text(corpus: &Corpus, given: &crate::series::Given, list: Option<ListIx>) -> Digest {
    let text = &given.digest;
    let period = Period::Range { from: text.from.as_str().into(), to: text.to.as_str().into() };
    let mut digest = digest(corpus, period, list, given.mails.clone());
    let people = text
        .contributors
        .iter()
        .map(|(count, who)| (Mailbox::parse(&message::decode(who)), *count));
    digest.contributors = people.collect();
    digest.domains = text.domains.iter().map(|(n, domain)| (domain.as_str().into(), *n)).collect();
    digest.given = Some(text.clone());
    digest
}

/// The people whose verdicts a reply gives.
fn given_reviews(mail: &crate::patch::Mail) -> Vec<Mailbox> {
    let verdicts = mail.trailers.iter().filter(|t| t.kind() == TrailerKind::Review);
    match mail.role {
        Role::Reply => verdicts.filter_map(crate::message::Trailer::person).collect(),
        _ => Vec::new(),
    }
}

/// What happened to each series that the messages belong to.
fn activities(corpus: &Corpus, messages: &[MailIx]) -> Vec<Activity> {
    let among: HashSet<MailIx> = messages.iter().copied().collect();
    let mut seen = HashSet::new();
    let touched = messages.iter().filter_map(|ix| corpus.letter(*ix).home.map(|(s, _)| s));
    let order: Vec<SeriesIx> = touched.filter(|series| seen.insert(*series)).collect();
    order.into_iter().map(|series| activity(corpus, series, &among)).collect()
}

fn activity(corpus: &Corpus, ix: SeriesIx, among: &HashSet<MailIx>) -> Activity {
    let series = &corpus.series[ix.at()];
    let first = |at: usize| series.revisions[at].members().min();
    let posted: Vec<u32> = (0..series.revisions.len())
        .filter(|&at| first(at).is_some_and(|mail| among.contains(&mail)))
        .filter_map(|at| u32::try_from(at).ok())
        .collect();
    let replies = || series.revisions.iter().flat_map(|r| &r.replies).filter(|r| among.contains(r));
    let earliest = (0..series.revisions.len()).filter_map(first).min();
    let reviews = replies().map(|r| given_reviews(&corpus.letter(*r).mail).len()).sum::<usize>();
    let applied = series
        .state
        .mail()
        .filter(|mail| series.state.kind == StateKind::Applied && among.contains(mail));
    let unanswered = series.newest().replies.iter().all(|ix| corpus.letter(*ix).mail.bot);
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Activity {
        series: ix,
        is_new: earliest.is_some_and(|mail| among.contains(&mail)),
        applied,
        replies: narrow(replies().count()),
        reviews: narrow(reviews),
        waiting: !posted.is_empty() && unanswered && series.state.kind == StateKind::New,
        posted,
    }
}

/// The first message in the period of each thread that belongs to no series and asks for no pull.
fn others(corpus: &Corpus, messages: &[MailIx]) -> Vec<MailIx> {
    let mut seen = HashSet::new();
    let outside = messages.iter().copied().filter(|ix| {
        let letter = corpus.letter(*ix);
        letter.home.is_none() && letter.mail.role != Role::Pull
    });
    outside.filter(|ix| seen.insert(corpus.threads.root[ix.at()])).collect()
}
