//! What stands out in a digest: the conversations that mattered, before the sections.
//!
//! In: a digest. Out: its most important conversations ([`Conversation`]), each with a line that gives the reason:
//! who talks, about which harm, and how many object. Never here: the weights; an opinion. A quiet period has no
//! lead, but a period is never without a word: if nothing was posted or applied, its conversations are the news.

use std::collections::HashSet;

use crate::{
    digest::{Activity, Conversation, Digest},
    page::{
        digest::view::Top,
        part::{
            links::Links,
            row::{self, Detail, Excerpts, view::SeriesRow},
        },
    },
    patch::{Harm, title::normal},
    plan::Reader,
    say,
    words::Words,
};

/// How many stand out at most: what a reader reads in a minute.
const MOST: usize = 15;
/// How many do in a period without other news.
const FEW: usize = 3;

/// What stands out in a digest, the most important first.
pub(crate) fn tops<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    digest: &Digest,
    excerpts: Excerpts,
) -> Vec<Top<'a>> {
    let words = &plan.settings.words;
    // "1 message" is no reason to read it.
    let is_telling = |one: &&Conversation| one.messages > 1 || !why(words, one).is_empty();
    let heavy = digest.conversations.iter().take_while(|one| one.weight >= row::STANDS_OUT);
    let mut chosen: Vec<&Conversation> = heavy.filter(is_telling).collect();
    if chosen.is_empty() && is_bare(digest) {
        chosen.extend(digest.conversations.iter().take(FEW));
    }
    // One patch for several stable trees is one entry: the weightiest.
    let mut seen = HashSet::new();
    let tops = chosen.iter().map(|conversation| top(plan, links, (digest, excerpts), conversation));
    tops.filter(|top| seen.insert(normal(&top.title))).take(MOST).collect()
}

/// Whether there is no news but conversations.
fn is_bare(digest: &Digest) -> bool {
    let is_idle = |activity: &Activity| {
        (activity.posted.is_empty() || activity.is_traffic) && activity.applied.is_none()
    };
    digest.other.is_empty() && digest.activities.iter().all(is_idle)
}

fn top<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    (digest, excerpts): (&Digest, Excerpts),
    conversation: &Conversation,
) -> Top<'a> {
    let mut parts = why(&plan.settings.words, conversation);
    let activity = conversation
        .series
        .and_then(|series| digest.activities.iter().find(|activity| activity.series == series));
    if let Some(activity) = activity {
        // Its row, without the facts that the label and the section give.
        let mut row: SeriesRow<'a> =
            row::activity_row(plan, links, activity, excerpts.of(Detail::About));
        (row.replies, row.replies_now) = (0, 0);
        row.verdicts.clear();
        if parts.is_empty() {
            parts.push(match activity {
                activity if activity.is_new => plan.settings.words.text("top-new").to_owned(),
                activity if activity.is_revised() => {
                    plan.settings.words.text("top-revised").to_owned()
                }
                _ => say!(plan.settings.words, "messages", n = conversation.messages),
            });
        }
        return Top {
            label: parts.join(" · "),
            title: row.title.clone(),
            url: row.url.clone(),
            version: row.version.clone(),
            series: Some(row),
            thread: None,
        };
    }
    if parts.is_empty() {
        parts.push(say!(plan.settings.words, "messages", n = conversation.messages));
    }
    let row = row::thread_row(plan, links, conversation.threads[0]);
    Top {
        label: parts.join(" · "),
        title: row.title.clone(),
        url: row.url.clone(),
        version: String::new(),
        series: None,
        thread: Some(row),
    }
}

/// Why a conversation is here: `16 people, 81 messages`, `data loss or corruption`, `12 objections`.
fn why(words: &Words, conversation: &Conversation) -> Vec<String> {
    let Conversation { messages, people, objections, .. } = conversation;
    let mut parts = Vec::new();
    if conversation.is_pull {
        parts.push(words.text("pull-request").to_owned());
    }
    if *people > 1 {
        let people = say!(words, "people-count", n = *people);
        let messages = say!(words, "messages", n = *messages);
        parts.push(say!(words, "top-talk", people = people.as_str(), messages = messages.as_str()));
    }
    if let Some(key) = conversation.what_harm.and_then(harm_key) {
        parts.push(words.text(key).to_owned());
    }
    if *objections > 1 {
        parts.push(say!(words, "top-objections", n = *objections));
    }
    if conversation.is_rejected {
        parts.push(words.text("top-rejected").to_owned());
    }
    parts
}

/// The entry that names a kind of harm. *Does not work* is too vague to have one.
pub(crate) fn harm_key(harm: Harm) -> Option<&'static str> {
    match harm {
        Harm::Fault => None,
        Harm::Crash => Some("harm-crash"),
        Harm::Regression => Some("harm-regression"),
        Harm::Memory => Some("harm-memory"),
        Harm::Security => Some("harm-security"),
        Harm::Data => Some("harm-data"),
    }
}
