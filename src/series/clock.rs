//! The clock: when each mail arrived.
//!
//! In: the mails as the archives gave them. Out: each with a date that other evidence confirms, or without one.
//! Never here: threads, series; the format of dates.
//!
//! A site orders mails by arrival. A sender's clock may be wrong by years, and the newest mail decides what "now"
//! means for all others. So a Date field counts only if something else confirms it:
//!
//! 1. The mail's Received fields, weighed by [`Dates`]. The first trustworthy one gives the arrival; a Date field
//!    within an hour of it counts in its place, because it is more precise. Of 214,000 mails of linux-mtd, ltp,
//!    linux-xfs and linux-clk, 22 in a thousand differ more (800 patches at once take eight hours), and one by more
//!    than a day. If few of the mails that arrived together are on time, the fields come from an import and prove
//!    nothing.
//! 2. The archive: the committer's date of a commit, an mbox's `From ` line, a Maildir's file name. It is never
//!    earlier than the arrival (of 258,000 commits of eight mirrors, none is older than the Received field of its
//!    mail), but it may be much later: two fifths of linux-mtd's 8,592 mails were committed more than a day later,
//!    2,288 of them on the day on which the mirror was made. So it proves that a Date field is too late, but that
//!    one is too early only if most of the mails that arrived together are on time.
//! 3. The neighbours of the mail, in an archive that is in order of dates.
//! 4. All other mails, in any order: the newest ones after an unusual silence, all from one sender, are in the
//!    future; the first ones before a silence of a year are in the past.
//! 5. A reply: the mail that it answers was there before it ([`answers`]).
//!
//! A date that 3 or 4 refutes is replaced by that of the mail before it in its archive, if the archive is in order;
//! otherwise by the first or the last date. Only this depends on the order of the archive, the last evidence left.

mod answers;
mod neighbours;
mod silence;
mod votes;

use std::{collections::HashMap, ops::RangeInclusive};

use super::ListIx;
use crate::{
    archive::Epoch,
    date::Timestamp,
    error::{Note, NoteKind, Place},
    hash::Fingerprint,
    message::{AHEAD, BEHIND, Dates, Message, MessageId, NEAR},
    patch::Mail,
};
use votes::Votes;

/// A mail from an archive.
pub(super) struct Arrival {
    /// The list of the archive.
    pub(super) list: ListIx,
    /// The number of the archive; its mails are adjacent and in its order.
    pub(super) archive: usize,
    /// The mail's place in the archive.
    pub(super) place: Place,
    /// The date of its commit.
    pub(super) taken: Option<Timestamp>,
    /// Its content and its proposal.
    pub(super) mail: Box<Mail>,
}

impl Arrival {
    /// When the archive stored it. A `From ` line that may be made from the Date field (they differ by a time zone)
    /// confirms nothing.
    fn witness(&self) -> Option<Timestamp> {
        let dates = &self.mail.message.dates;
        let is_copy = |taken: &Timestamp| {
            let apart = |date: Timestamp| (taken.0 - date.0).abs();
            dates.written.map(apart).is_some_and(|off| off <= 14 * 3600 && off % 900 == 0)
        };
        self.taken.or(dates.delivered).filter(|taken| !is_copy(taken))
    }
}

/// When a mail arrived, as far as known, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// At this moment, according to other evidence.
    Sure(Timestamp),
    /// The sender's date is wrong; the true date is estimated from the mail's neighbours.
    Wrong(Timestamp),
    /// At this moment, according to its sender only.
    Loose(Timestamp),
    /// Unknown.
    Unknown,
}

impl Claim {
    /// The date, if it is trusted.
    fn date(self) -> Option<Timestamp> {
        match self {
            Self::Sure(date) | Self::Loose(date) => Some(date),
            Self::Wrong(_) | Self::Unknown => None,
        }
    }

    /// The best known arrival.
    fn then(self) -> Option<Timestamp> {
        match self {
            Self::Sure(date) | Self::Wrong(date) | Self::Loose(date) => Some(date),
            Self::Unknown => None,
        }
    }
}

/// When the commit at `place` was made.
pub(super) fn committed(history: &[Epoch], place: &Place) -> Option<Timestamp> {
    let Place::Commit { epoch, number, .. } = place else { return None };
    let epoch = history.iter().find(|known| known.number == *epoch)?;
    Some(Timestamp(epoch.commits.get(*number as usize)?.when?))
}

/// Sets the arrival of each mail, and notes dates that were rejected.
pub(super) fn set(mails: &mut [Arrival]) {
    let mut claims: Vec<Claim> = archives(mails).flat_map(witnessed).collect();
    silence::convict(mails, &mut claims);
    let mut rest = &mut claims[..];
    for archive in archives(mails) {
        let (claims, others) = rest.split_at_mut(archive.len());
        neighbours::settle(claims);
        rest = others;
    }
    place_alone(&mut claims);
    answers::heed(mails, &mut claims);
    agree(mails, &mut claims);
    for (arrival, claim) in mails.iter_mut().zip(claims) {
        tell(&mut arrival.mail.message, claim);
    }
}

/// The mails of each archive.
fn archives(mails: &[Arrival]) -> impl Iterator<Item = &[Arrival]> {
    mails.chunk_by(|one, next| one.archive == next.archive)
}

/// The evidence for each mail of an archive.
fn witnessed(archive: &[Arrival]) -> Vec<Claim> {
    let dates = || archive.iter().map(|arrival| (arrival, arrival.mail.message.dates));
    let told = dates().map(|(arrival, dates)| (arrival.witness(), dates.written));
    let near = near(archive);
    // A mirror that fetches once a week does not date arrivals, but a server that holds mails for hours does.
    let taken = Votes::of(near.clone(), &near, told);
    let told = dates().map(|(_, dates)| (dates.newest, dates.written));
    let hops = Votes::of(-NEAR..=NEAR, &(-BEHIND..=AHEAD), told);
    // A field that hardly any other mail of the archive has does not come from a server: the sender may have written
    // it.
    let with_hops = dates().filter(|(_, dates)| dates.newest.is_some()).count();
    let is_server_s = with_hops * 2 >= archive.len();
    let claim = |(arrival, dates): (&Arrival, Dates)| {
        let date = arrival.mail.message.date;
        // The Date field was rejected, or accepted only because there was no better evidence.
        let is_open =
            |agreed: bool| !agreed || is_server_s && with_hops > 1 && date != dates.written;
        match (dates.received(), arrival.witness()) {
            (None, Some(witness)) => taken.judge(witness, witness, dates.written),
            (_, Some(witness)) if date.is_some_and(|date| date.0 > witness.0 + AHEAD) => {
                taken.judge(witness, witness, date)
            }
            (Some((hop, agreed)), _) if is_open(agreed) => {
                hops.judge(dates.newest.unwrap_or(hop), hop, dates.written)
            }
            (Some(_), _) if is_server_s => date.map_or(Claim::Unknown, Claim::Sure),
            _ => date.map_or(Claim::Unknown, Claim::Loose),
        }
    };
    dates().map(claim).collect()
}

/// How close to the arrival an archive's date is, in seconds: it may fetch once a day, and the time of a `From `
/// line has no zone. A commit's time has one.
fn near(archive: &[Arrival]) -> RangeInclusive<i64> {
    let is_git = archive.iter().any(|arrival| arrival.taken.is_some());
    -AHEAD..=if is_git { NEAR } else { AHEAD }
}

/// A refuted date without neighbours: a mail from the future gets the date of the last of all mails, one from the
/// past that of the first.
fn place_alone(claims: &mut [Claim]) {
    let good = || claims.iter().filter_map(|claim| claim.date());
    let Some((first, last)) = good().min().zip(good().max()) else { return };
    for claim in claims {
        if let Claim::Wrong(date) = claim {
            *date = (*date).clamp(first, last);
        }
    }
}

/// Gives all copies of a mail the best-confirmed date of any copy.
fn agree(mails: &[Arrival], claims: &mut [Claim]) {
    let key = |arrival: &Arrival| (arrival.mail.message.id.clone(), arrival.mail.message.content);
    let is_off = |arrival: &Arrival, claim: Claim| {
        claim.date().is_none() || claim.date() != arrival.mail.message.dates.written
    };
    let off = mails.iter().zip(&*claims).filter(|(arrival, claim)| is_off(arrival, **claim));
    let mut best: HashMap<(MessageId, Fingerprint), Claim> =
        off.map(|(arrival, _)| (key(arrival), Claim::Unknown)).collect();
    if best.is_empty() {
        return;
    }
    for (arrival, claim) in mails.iter().zip(&*claims) {
        best.entry(key(arrival)).and_modify(|best| *best = (*best).min(*claim));
    }
    for (arrival, claim) in mails.iter().zip(claims) {
        *claim = best.get(&key(arrival)).copied().unwrap_or(*claim);
    }
}

/// Sets a mail's date; notes, once, a Date field that no correct clock could write.
fn tell(message: &mut Message, claim: Claim) {
    let date = claim.then();
    if date == message.date {
        return;
    }
    message.date = date;
    let was_noted = message.notes.iter().any(|note| note.kind == NoteKind::BadDate);
    let is_noted = !message.dates.agree_on(date);
    if was_noted && !is_noted {
        message.notes.retain(|note| note.kind != NoteKind::BadDate);
    }
    if is_noted && !was_noted {
        let written = message.dates.written.map_or_else(String::new, Timestamp::rfc5322);
        let mut note = Note::new(NoteKind::BadDate, written);
        note.message_id = Some(message.id.clone());
        message.notes.push(note);
    }
}
