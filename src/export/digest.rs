//! One line per digest: counts, rankings, and what happened to each series.
//!
//! In: a digest, and the corpus through [`Look`]. Out: a [`DigestLine`]. Never here: the note and the sections of
//! the digest's page, which `digest --format json` adds.

use serde::Serialize;

use super::{SCHEMA, date, look::Look};
use crate::{
    digest::{Activity, Answer, Conversation, Digest, Rank},
    message::Mailbox,
    plan::Route,
    series::{MailIx, StateKind},
};

/// How many conversations of a digest are exported, the most important first.
const CONVERSATIONS: usize = 20;

/// A digest as a line.
#[derive(Serialize)]
pub(super) struct DigestLine<'a> {
    schema: u32,
    kind: &'static str,
    list: Option<&'a str>,
    period: String,
    start: Option<String>,
    end: Option<String>,
    messages: usize,
    contributions: usize,
    contributors: Vec<ContributorValue<'a>>,
    domains: Vec<DomainValue<'a>>,
    series: Happenings<'a>,
    reviewers: Vec<ContributorValue<'a>>,
    reviewed: Vec<&'a str>,
    changes_requested: Vec<&'a str>,
    rejected: Vec<&'a str>,
    quiet: Vec<&'a str>,
    waiting: Vec<&'a str>,
    conversations: Vec<ConversationValue<'a>>,
    unanswered: usize,
    median_first_answer_hours: Option<f64>,
    url: String,
}

#[derive(Serialize)]
struct ContributorValue<'a> {
    name: &'a str,
    email: &'a str,
    count: u64,
}

impl<'a> ContributorValue<'a> {
    fn new(rank: &'a Rank<Mailbox>) -> Self {
        Self { name: &rank.who.name, email: &rank.who.address, count: rank.count }
    }
}

/// The conversations.
#[derive(Serialize)]
struct ConversationValue<'a> {
    title: &'a str,
    threads: Vec<&'a str>,
    series: Option<&'a str>,
    messages: u32,
    people: u32,
    objections: u32,
    harm: u32,
}

impl<'a> ConversationValue<'a> {
    fn new(corpus: impl Look<'a>, one: &'a Conversation) -> Self {
        let mail = |ix: &MailIx| &corpus.stored(*ix).mail;
        let series = one.series.map(|ix| corpus.series(ix));
        // A series has the title that its editor gave it.
        let title = series.map(|series| &*series.title);
        let own = || one.threads.first().map_or("", |ix| &*mail(ix).title);
        Self {
            title: title.unwrap_or_else(own),
            threads: one.threads.iter().map(|ix| &*mail(ix).message.id).collect(),
            series: series.map(|series| &*series.slug),
            messages: one.messages,
            people: one.people,
            objections: one.objections,
            harm: one.harm,
        }
    }
}

#[derive(Serialize)]
struct DomainValue<'a> {
    domain: &'a str,
    count: u64,
}

#[derive(Serialize)]
struct Happenings<'a> {
    new: Vec<&'a str>,
    revised: Vec<&'a str>,
    applied: Vec<&'a str>,
}

impl<'a> DigestLine<'a> {
    /// A digest of the list of this name as a line.
    pub(super) fn new(corpus: impl Look<'a>, list: Option<&'a str>, digest: &'a Digest) -> Self {
        let slugs = |wanted: fn(&Activity) -> bool| {
            digest.series(wanted).map(|ix| &*corpus.series(ix).slug).collect()
        };
        let bounds = digest.period.bounds();
        let people = |ranking: &'a [Rank<Mailbox>]| ranking.iter().map(ContributorValue::new);
        let domains = digest.domains.iter();
        let weightiest = digest.conversations.iter().take(CONVERSATIONS);
        let conversations = weightiest.map(|one| ConversationValue::new(corpus, one));
        Self {
            schema: SCHEMA,
            kind: "digest",
            list,
            period: digest.period.label(),
            start: date(bounds.map(|(start, _)| start)),
            end: date(bounds.map(|(_, end)| end)),
            messages: digest.messages.len(),
            contributions: digest.contributions.len(),
            contributors: people(&digest.contributors).collect(),
            domains: domains.map(|r| DomainValue { domain: &r.who, count: r.count }).collect(),
            series: Happenings {
                new: slugs(|activity| activity.is_new),
                revised: slugs(Activity::is_revised),
                applied: slugs(|activity| activity.applied.is_some()),
            },
            reviewers: people(&digest.reviewers).collect(),
            reviewed: slugs(|activity| !activity.verdicts.is_empty()),
            changes_requested: slugs(|a| a.is_turned(StateKind::ChangesRequested)),
            rejected: slugs(|a| a.is_turned(StateKind::Rejected)),
            quiet: slugs(|activity| activity.went_quiet),
            waiting: slugs(|activity| activity.waiting.is_some()),
            conversations: conversations.collect(),
            unanswered: digest.first_answers.unanswered.len(),
            median_first_answer_hours: digest.first_answers.quantile(50).map(hours),
            url: Route::digest(&digest.period).absolute(""),
        }
    }
}

/// Hours with one decimal.
#[expect(clippy::cast_precision_loss, reason = "tenths of hours of a mail archive are exact")]
fn hours(answer: &Answer) -> f64 {
    (answer.seconds / 360) as f64 / 10.0
}
