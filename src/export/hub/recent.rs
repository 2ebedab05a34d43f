//! The lines about digests and events.

use std::collections::BTreeMap;

use super::{
    super::{
        SCHEMA,
        data::{event_line, line},
        date,
    },
    form::{DigestFacts, ListCount, Talk},
    short_id, year,
};
use crate::{
    digest::{Conversation, Digest},
    page::part::{links::Links, row},
    plan::{
        Reader, Route,
        event::{Event, Events},
    },
    series::{ListIx, MailIx},
};

/// How many digests are recent.
const DIGESTS: usize = 8;
/// How many conversations of each of them are there, the weightiest first.
const TALKS: usize = 15;
/// How many events are recent.
const EVENTS: usize = 50;

/// The lines of each year's digests, without their conversations.
pub(super) fn years(plan: Reader<'_>) -> BTreeMap<String, String> {
    let mut years: BTreeMap<String, String> = BTreeMap::new();
    for digest in &plan.whole().digests {
        let start = digest.period.bounds().map(|(start, _)| start);
        let lines = years.entry(year(start)).or_default();
        lines.push_str(&line(plan, &facts(plan, digest)));
    }
    years
}

/// The newest digests with their conversations, and the newest events; the newest first.
pub(super) fn recent(plan: Reader<'_>) -> String {
    let whole = plan.whole();
    let digests = whole.digests.iter().rev().take(DIGESTS).map(|digest| {
        let talks = digest.conversations.iter().take(TALKS);
        let conversations = talks.map(|one| talk(plan, one)).collect();
        line(plan, &DigestFacts { conversations, ..facts(plan, digest) })
    });
    let mut events: Vec<Event> = Events::of(whole).news().collect();
    events.sort_unstable_by_key(Event::order);
    let events = events.iter().take(EVENTS).filter_map(|event| event_line(plan, event));
    digests.chain(events).collect()
}

fn facts(plan: Reader<'_>, digest: &Digest) -> DigestFacts {
    let bounds = digest.period.bounds();
    let corpus = plan.corpus.whole();
    let count = |wanted: fn(&crate::digest::Activity) -> bool| digest.series(wanted).count() as u64;
    let mut of_lists = vec![0u64; corpus.lists.len()];
    for mail in &digest.messages {
        for (ListIx(list), _) in corpus.stored(*mail).copies.iter() {
            of_lists.get_mut(usize::from(*list)).into_iter().for_each(|count| *count += 1);
        }
    }
    let lists = corpus.lists.iter().zip(of_lists).filter(|(_, messages)| *messages > 0);
    DigestFacts {
        schema: SCHEMA,
        kind: "hub-digest".to_owned(),
        period: digest.period.label(),
        start: date(bounds.map(|(start, _)| start)),
        end: date(bounds.map(|(_, end)| end)),
        url: Route::digest(&digest.period).absolute(""),
        messages: digest.messages.len() as u64,
        contributions: digest.contributions.len() as u64,
        contributors: digest.contributors.len() as u64,
        new: count(|activity| activity.is_new),
        revised: count(crate::digest::Activity::is_revised),
        applied: count(|activity| activity.applied.is_some()),
        lists: lists
            .map(|(list, messages)| ListCount { list: list.to_string(), messages })
            .collect(),
        conversations: Vec::new(),
    }
}

fn talk(plan: Reader<'_>, one: &Conversation) -> Talk {
    let corpus = plan.corpus.whole();
    let link = row::conversation_link(plan, &Links::new(plan, &Route::Home), one);
    let revisions = one.series.map(|ix| &corpus.series[ix.at()].revisions);
    let of_series = revisions.into_iter().flatten().filter_map(|one| one.members().next());
    let of_talk: Vec<MailIx> = one.threads.iter().copied().chain(of_series).collect();
    let mut ids: Vec<String> = of_talk
        .iter()
        .map(|mail| short_id(corpus.stored(*mail).mail.message.posted_as()))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let copies = one.threads.iter().flat_map(|mail| &corpus.stored(*mail).copies);
    let mut lists: Vec<String> = copies
        .filter_map(|(list, _)| corpus.lists.get(usize::from(list.0)))
        .map(|name| name.to_string())
        .collect();
    lists.sort_unstable();
    lists.dedup();
    Talk {
        title: link.label,
        url: link.url,
        weight: one.weight,
        messages: one.messages,
        people: one.people,
        objections: one.objections,
        harm: one.what_harm.map(|harm| harm.word().to_owned()),
        pull: one.is_pull,
        rejected: one.is_rejected,
        lists,
        ids,
    }
}
