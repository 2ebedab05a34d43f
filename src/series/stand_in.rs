//! Replacements of Message-IDs that must not be shown.
//!
//! In: all mails, and what is removed. Out: the mails with other ids, and the replacements. A replacement is made
//! from what the site shows anyway, so that nobody with a list of the archive's ids can find the original: for a
//! mail, from its redacted date and subject; for an absent mail, from the first mail that replies to it, and how far
//! above that it is. It needs no secret and no counter, is the same in every build and on every machine, and does
//! not change when mails are added. Never here: whether an id may be shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    hash::Sha1,
    message::{Message, MessageId},
    redact::{NOWHERE, Redaction},
};

/// Hidden ids with their replacements.
type StandIns = HashMap<Box<str>, Box<str>>;

/// Replaces the ids and ancestors of messages that must not be shown.
pub(super) fn give<'m>(
    messages: impl Iterator<Item = &'m mut Message>,
    redaction: &Redaction,
) -> StandIns {
    let mut messages: Vec<&mut Message> = messages.collect();
    let hidden = hidden(&messages, redaction);
    if hidden.is_empty() {
        return StandIns::new();
    }
    let mut stand_ins = of_mails(&messages, &hidden);
    add_absent(&messages, &hidden, &mut stand_ins);
    for message in &mut messages {
        let Message { id, references, notes, .. } = &mut **message;
        for id in references.iter_mut().chain([&mut *id]) {
            if let Some(stand_in) = stand_ins.get(&**id) {
                *id = (&**stand_in).into();
            }
        }
        notes.iter_mut().for_each(|note| note.message_id = Some(id.clone()));
    }
    stand_ins
}

/// The ids that must not be shown.
fn hidden(messages: &[&mut Message], redaction: &Redaction) -> BTreeSet<MessageId> {
    let all: BTreeSet<&MessageId> = messages
        .iter()
        .flat_map(|message| message.references.iter().chain([&message.id]))
        .collect();
    all.into_iter().filter(|id| redaction.hides(id)).cloned().collect()
}

/// The replacements of the ids of mails. Mails with the same date and subject are distinguished by their text.
fn of_mails(messages: &[&mut Message], hidden: &BTreeSet<MessageId>) -> StandIns {
    let mut twins: BTreeMap<_, BTreeMap<_, &MessageId>> = BTreeMap::new();
    for message in messages.iter().filter(|message| hidden.contains(&message.id)) {
        let told = (message.date, &message.subject.full);
        twins.entry(told).or_default().insert((message.content, &message.id), &message.id);
    }
    let mut stand_ins = StandIns::new();
    for ((date, subject), ids) in twins {
        let mut number = 0;
        for id in ids.into_values() {
            // Copies of a mail share one replacement.
            if !stand_ins.contains_key(&**id) {
                let seconds = date.map_or(0, |date| date.0);
                stand_ins.insert((&**id).into(), made(&format!("{seconds} {number} {subject}")));
                number += 1;
            }
        }
    }
    stand_ins
}

/// The replacements of the ids of absent mails.
fn add_absent(messages: &[&mut Message], hidden: &BTreeSet<MessageId>, stand_ins: &mut StandIns) {
    let is_absent = |id: &MessageId| hidden.contains(id) && !stand_ins.contains_key(&**id);
    let mut below: Vec<_> = messages
        .iter()
        .filter(|message| message.references.iter().any(is_absent))
        .map(|message| {
            let shown = stand_ins.get(&*message.id).map_or(&*message.id, |stand_in| stand_in);
            (message.date, shown.to_owned(), &message.references)
        })
        .collect();
    below.sort_unstable_by(|(one, a, _), (other, b, _)| (one, a).cmp(&(other, b)));
    for (_, shown, above) in below {
        for (far, id) in above.iter().rev().enumerate().filter(|(_, id)| hidden.contains(*id)) {
            let name = || made(&format!("{far} above {shown}"));
            stand_ins.entry((&**id).into()).or_insert_with(name);
        }
    }
}

fn made(from: &str) -> Box<str> {
    format!("redacted-{}{NOWHERE}", &Sha1::from(from).hexdigest()[..16]).into()
}
