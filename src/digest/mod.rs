//! Stage 5: what happened in each period.
//!
//! In: the [`Corpus`]. Out: one [`Digest`] per period, with counts, rankings and what happened to each series. Never
//! here: a page, a clock (a digest does not depend on when it is made).

mod activity;
mod facts;
mod importance;
mod period;
mod range;
mod statistics;
mod tally;

pub use activity::{Activity, Taken, Turned, Verdict, Waiting};
pub use facts::verdicts;
pub use importance::Conversation;
pub use period::Period;
pub use range::digest_of_range;
pub use statistics::{Answer, FirstAnswers, Statistics, statistics};
pub use tally::Rank;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::{
    archive::GivenDigest,
    date::Cadence,
    message::Mailbox,
    patch::Role,
    series::{Corpus, ListIx, MailIx, SeriesIx, StateKind},
};
use facts::Facts;

/// Which mails of each posted series the text form of a digest prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Messages {
    /// The cover letter and every patch.
    All,
    /// The cover letter and the first patch.
    First,
    /// None.
    None,
}

/// The digest of a period.
#[derive(Debug, Clone, Hash)]
pub struct Digest {
    /// The period.
    pub period: Period,
    /// The list; `None` for all lists of the site together.
    pub list: Option<ListIx>,
    /// Every message of the period, by date.
    pub messages: Vec<MailIx>,
    /// Patches and cover letters among them.
    pub contributions: Vec<MailIx>,
    /// Their authors, most first, then by address. Addresses are in lower case.
    pub contributors: Vec<Rank<Mailbox>>,
    /// Their mail domains: most first, then by name.
    pub domains: Vec<Rank<Arc<str>>>,
    /// The people who gave reviews in replies, by number: most first, then by address.
    pub reviewers: Vec<Rank<Mailbox>>,
    /// How long the series that were first posted in the period waited for a reply.
    pub first_answers: FirstAnswers,
    /// The statistics of a text digest, whose rankings then replace the first two.
    pub given: Option<GivenDigest>,
    /// The events of each series, by the date of the period's first message about it; series without a message in
    /// the period come last.
    pub activities: Vec<Activity>,
    /// The conversations, the most important first.
    pub conversations: Vec<Conversation>,
    /// Pull requests of the period.
    pub pulls: Vec<MailIx>,
    /// Threads of the period that belong to no series, the weightiest first: their first message in the period.
    pub other: Vec<MailIx>,
}

impl Digest {
    /// Whether several series were posted in the period: then a page for printing has their texts. A single one has
    /// its own page.
    pub fn has_letters(&self) -> bool {
        self.activities.iter().filter(|activity| !activity.posted.is_empty()).nth(1).is_some()
    }
}

/// All digests of the corpus, oldest first, and those of text digests after the dated ones. `list` restricts them to
/// one list. They contain no spam. Mails without a date belong to no period (they have pages of their own).
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
        let is_told = on_list && !corpus.is_spam(ix);
        let Some(date) = letter.date().filter(|_| is_told) else { continue };
        let period = match last.take() {
            Some(period) if period.contains(date) => period,
            _ => Period::containing(date, cadence, zone),
        };
        periods.entry(period.clone()).or_default().push(ix);
        last = Some(period);
    }
    let facts = Facts::new(corpus);
    let dated =
        periods.into_par_iter().map(|(period, mails)| of(&facts, period, list, zone, mails));
    let dated: Vec<Digest> = dated.collect();
    let given = corpus.given.iter().filter(|given| list.is_none_or(|list| list == given.list));
    dated.into_iter().chain(given.map(|given| from_text(&facts, given, list, zone))).collect()
}

/// The digest of a span of time.
pub fn digest_of_span(
    corpus: &Corpus,
    period: Period,
    list: Option<ListIx>,
    zone: &TimeZone,
) -> Digest {
    let is_in = |ix: &MailIx| {
        let letter = corpus.stored(*ix);
        let on_list = list.is_none_or(|list| letter.copies.iter().any(|(l, _)| *l == list));
        on_list && letter.date().is_some_and(|date| period.contains(date))
    };
    let messages = MailIx::all(corpus.mails.len()).filter(is_in).collect();
    digest(corpus, period, list, zone, messages)
}

/// The digest of one period, from its mails. For many periods [`digests`] is cheaper.
pub fn digest(
    corpus: &Corpus,
    period: Period,
    list: Option<ListIx>,
    zone: &TimeZone,
    mut messages: Vec<MailIx>,
) -> Digest {
    messages.retain(|ix| !corpus.is_spam(*ix));
    of(&Facts::new(corpus), period, list, zone, messages)
}

fn of(
    facts: &Facts<'_>,
    period: Period,
    list: Option<ListIx>,
    zone: &TimeZone,
    messages: Vec<MailIx>,
) -> Digest {
    let corpus = facts.corpus;
    let mail = |ix: &MailIx| &corpus.stored(*ix).mail;
    let contributions: Vec<MailIx> =
        messages.iter().copied().filter(|ix| corpus.stored(*ix).is_contribution()).collect();
    let activities = activity::activities(facts, &period, list, zone, &messages);
    let new = activities.iter().filter(|activity| activity.is_new).map(|activity| activity.series);
    let conversations = importance::conversations(corpus, &messages);
    let other = by_weight(corpus, &conversations, others(corpus, &messages));
    Digest {
        contributors: tally::contributors(corpus, &contributions),
        domains: tally::domains(corpus, &contributions),
        reviewers: tally::reviewers(messages.iter().flat_map(|mail| facts.verdicts_in(*mail))),
        first_answers: FirstAnswers::new(facts, new),
        given: None,
        activities,
        conversations,
        pulls: messages.iter().copied().filter(|ix| mail(ix).role == Role::Pull).collect(),
        other,
        period,
        list,
        messages,
        contributions,
    }
}

/// The digest of a text digest: its entries, with its own rankings. It has no replies, so series without a reply
/// mean nothing.
fn from_text(
    facts: &Facts<'_>,
    given: &crate::series::Given,
    list: Option<ListIx>,
    zone: &TimeZone,
) -> Digest {
    let text = &given.digest;
    let period = Period::Range { from: text.from.as_str().into(), to: text.to.as_str().into() };
    let mut digest = of(facts, period, list, zone, given.entries(facts.corpus));
    let mails = |key: &str| {
        let ours = digest.contributors.iter().find(|rank| rank.who.key() == key);
        ours.map_or(Vec::new(), |rank| rank.mails.clone())
    };
    let people = text.contributors.iter().map(|(count, who)| {
        let who = Mailbox::parse(who);
        Rank { mails: mails(&who.key()), who, count: *count }
    });
    let contributors = people.collect();
    let mails = |domain: &str| {
        let ours = digest.domains.iter().find(|rank| &*rank.who == domain);
        ours.map_or(Vec::new(), |rank| rank.mails.clone())
    };
    let domains = text.domains.iter().map(|(count, domain)| Rank {
        who: domain.as_str().into(),
        count: *count,
        mails: mails(domain),
    });
    digest.domains = domains.collect();
    digest.contributors = contributors;
    digest.first_answers = FirstAnswers::default();
    digest.activities.iter_mut().for_each(|activity| activity.waiting = None);
    digest.given = Some(text.clone());
    digest
}

impl Digest {
    /// The series for which `wanted` is true, in the order of the activities.
    pub fn series(&self, wanted: fn(&Activity) -> bool) -> impl Iterator<Item = SeriesIx> + '_ {
        let chosen = self.activities.iter().filter(move |activity| wanted(activity));
        chosen.map(|activity| activity.series)
    }

    /// The activities for which `wanted` is true, the most important first: by the weight of their conversations, then by
    /// how much people wrote.
    pub fn ranked(&self, wanted: impl Fn(&Activity) -> bool) -> Vec<&Activity> {
        let weights = self.conversations.iter();
        let weights: HashMap<SeriesIx, i32> =
            weights.filter_map(|one| Some((one.series?, one.weight))).collect();
        let mut chosen: Vec<_> = self.activities.iter().filter(|one| wanted(one)).collect();
        chosen.sort_by_key(|one| {
            std::cmp::Reverse((weights.get(&one.series).copied(), one.liveliness()))
        });
        chosen
    }
}

impl Activity {
    /// Whether a new revision of an older series was posted in the period.
    pub fn is_revised(&self) -> bool {
        !self.is_new && !self.posted.is_empty()
    }

    /// Whether it was rejected, or changes were requested, in the period.
    pub fn is_turned(&self, kind: StateKind) -> bool {
        self.turned.is_some_and(|turned| turned.kind == kind)
    }

    /// How much people wrote about it in the period.
    pub fn liveliness(&self) -> usize {
        self.replies as usize + self.verdicts.len()
    }
}

/// Threads, by the weight of their conversations.
fn by_weight(
    corpus: &Corpus,
    conversations: &[Conversation],
    mut threads: Vec<MailIx>,
) -> Vec<MailIx> {
    let ranked = conversations.iter().enumerate();
    let rank: HashMap<MailIx, usize> =
        ranked.flat_map(|(rank, one)| one.threads.iter().map(move |ix| (*ix, rank))).collect();
    threads.sort_by_key(|ix| rank.get(&corpus.threads.root[ix.at()]).copied());
    threads
}

/// The first message in the period of each thread without a series or a pull request.
fn others(corpus: &Corpus, messages: &[MailIx]) -> Vec<MailIx> {
    let mut seen = HashSet::new();
    let outside = messages.iter().copied().filter(|ix| {
        let letter = corpus.stored(*ix);
        letter.home.is_none() && letter.mail.role != Role::Pull
    });
    outside.filter(|ix| seen.insert(corpus.threads.root[ix.at()])).collect()
}
