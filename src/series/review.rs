//! Reviews: verdicts given in replies, credited to patches.
//!
//! In: a revision's replies. Out: for each patch who gave which verdict in which mail. A verdict on a cover
//! letter is one on every patch. Counted once a person and kind, the earliest mail kept; not counted where
//! the trailer names somebody else than who sent the mail, or a machine sent it, or the patch's own
//! commit message has it already.

use super::{Letter, MailIx, Review, Slot, Threads};
use crate::message::{Mailbox, TrailerKind};

/// Credits the verdicts in `replies` (sorted by date) to the patches of a revision.
pub(super) fn credit(
    slots: &mut [Slot],
    cover: Option<MailIx>,
    replies: &[MailIx],
    mails: &[Letter],
    threads: &Threads,
) {
    for &ix in replies {
        let reply = &mails[ix.at()].mail;
        if reply.bot || reply.trailers.is_empty() {
            continue;
        }
        let Some(target) = target(ix, slots, cover, threads) else { continue };
        for trailer in reply.trailers.iter().filter(|t| t.kind() == TrailerKind::Review) {
            let Some(person) = trailer.person().filter(|p| is_sender(p, &reply.message.from))
            else {
                continue;
            };
            let trailer = trailer.clone();
            let from_cover = Some(target) == cover;
            let review = Review { trailer, person, mail: ix, from_cover };
            for slot in slots.iter_mut().filter(|s| from_cover || s.mail == Some(target)) {
                add(slot, &review, mails);
            }
        }
    }
}

/// The patch or cover letter that a reply is about: the nearest above it.
fn target(
    reply: MailIx,
    slots: &[Slot],
    cover: Option<MailIx>,
    threads: &Threads,
) -> Option<MailIx> {
    threads
        .upwards(reply)
        .skip(1)
        .find(|up| cover == Some(*up) || slots.iter().any(|slot| slot.mail == Some(*up)))
}

fn add(slot: &mut Slot, review: &Review, mails: &[Letter]) {
    let Some(patch) = slot.mail.map(|ix| &mails[ix.at()].mail) else { return };
    let same = |key: &str, person: &Mailbox| {
        key.eq_ignore_ascii_case(&review.trailer.key) && person.key() == review.person.key()
    };
    let declared = patch.trailers.iter().any(|t| t.person().is_some_and(|p| same(&t.key, &p)));
    let counted = slot.reviews.iter().any(|r| same(&r.trailer.key, &r.person));
    if !declared && !counted {
        slot.reviews.push(review.clone());
    }
}

/// The trailer names who sent the mail: the same address (a `+detail` left out), or the same name.
fn is_sender(person: &Mailbox, from: &Mailbox) -> bool {
    plain(&person.key()) == plain(&from.key())
        || (!person.name.is_empty() && person.name.to_lowercase() == from.name.to_lowercase())
}

fn plain(address: &str) -> String {
    match (address.split_once('+'), address.split_once('@')) {
        (Some((user, _)), Some((_, domain))) => format!("{user}@{domain}"),
        _ => address.to_owned(),
    }
}
