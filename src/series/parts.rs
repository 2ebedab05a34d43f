//! Parts: patches that arrived together in one mail, as mails of their own.
//!
//! In: the mails as the archives gave them, with their dates. Out: the same, with each patch of a bundle after them
//! as a reply to its cover letter, under a generated Message-ID. The id is made from what the site shows of the
//! letter, so that it does not reveal a redacted id. Never here: which mails are bundles (see `patch::bundle`).

use super::clock::Arrival;
use crate::message::{Message, of_part};

/// Turns the parts of all mails into mails of their own.
pub(super) fn set_out(mails: &mut Vec<Arrival>) {
    let mut parts = Vec::new();
    for Arrival { list, archive, place, taken, mail } in mails.iter_mut() {
        for mut part in std::mem::take(&mut mail.parts) {
            name(&mut part.message, &mail.message);
            let (list, archive, place, taken) = (*list, *archive, place.clone(), *taken);
            parts.push(Arrival { list, archive, place, taken, mail: Box::new(part) });
        }
    }
    mails.append(&mut parts);
}

fn name(part: &mut Message, letter: &Message) {
    (part.id, part.content) = of_part(&letter.id, &letter.content, part.part);
    part.references = letter.references.iter().chain([&letter.id]).cloned().collect();
    part.answers = 1;
    (part.date, part.dates) = (letter.date, letter.dates);
}
