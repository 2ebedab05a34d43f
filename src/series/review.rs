//! Reviews: verdicts given in replies, credited to patches.
//!
//! In: a revision's replies. Out: for each patch who gave which verdict in which mail. A verdict on a cover
//! letter is one on every patch. Counted once a person and kind, the earliest mail kept; not counted where
//! the trailer names somebody else than who sent the mail, or a machine sent it, or the patch's own
//! commit message has it already.

use super::{Letter, MailIx, Slot, Threads};
use crate::message::{Mailbox, Trailer, TrailerKind};

/// A verdict on a patch: an entry of its ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// What was said: `Reviewed-by: …`.
    pub trailer: Trailer,
    /// Who the trailer names.
    pub person: Mailbox,
    /// The mail that says it: a reply, or the patch whose commit message has it.
    pub mail: MailIx,
    /// What it is about.
    pub scope: Scope,
    /// How it came to stand at this patch.
    pub standing: Standing,
    /// What stands behind the trailer or in brackets below it: `# rk3399`, `(Documentation)`.
    pub comment: Box<str>,
}

/// What a verdict is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// This patch: given in answer to it.
    Patch,
    /// The whole series: given in answer to the cover letter, or the words beside it say so.
    Series,
    /// The patches that the words beside it number (`for patches 1-3`).
    Named,
}

/// How a verdict came to stand at a patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Given in answer to this revision.
    Given,
    /// Given to the revision of this index; the patch has not changed since.
    Carried(u32),
    /// The author has it in the commit message.
    Declared,
    /// In the name of somebody else than who sent the mail: shown, not counted.
    Foreign,
    /// A machine's: shown, not counted.
    Bot,
}

impl Review {
    /// It is a person's own word on this patch.
    pub fn counts(&self) -> bool {
        matches!(self.standing, Standing::Given | Standing::Carried(_) | Standing::Declared)
    }
}

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
            let scope = if from_cover { Scope::Series } else { Scope::Patch };
            let review = Review {
                trailer,
                person,
                mail: ix,
                scope,
                standing: Standing::Given,
                comment: Box::default(),
            };
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
