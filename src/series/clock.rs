//! The clock: when each mail came.
//!
//! In: the mails as the archives gave them. Out: each with a date that others bear out, or none. Never here:
//! threads, series; how a date is spelled.
//!
//! Mails stand where they came. A sender's clock may be wrong by years, and the newest mail says how late it is for
//! all others. So a Date field counts only as far as somebody else bears it out:
//!
//! 1. The mail's Received fields, which [`Dates`] has weighed: the first that can be trusted says when it came, and
//!    what its sender wrote within an hour of that is the same, but finer. Of 214,000 mails of linux-mtd, ltp,
//!    linux-xfs and linux-clk 22 in a thousand are further off (800 patches at once are on their way for eight
//!    hours), one by more than a day. If few mails that came with a mail are on time, the fields tell of an import,
//!    and prove nothing.
//! 2. What the archive says: the committer's date of its commit, its mbox's `From ` line, the name of its Maildir's
//!    file. It never comes before the mail did (of 258,000 commits of eight mirrors none is older than the Received
//!    field of its mail), but it may come long after: two fifths of linux-mtd's 8,592 were committed more than a
//!    day later, 2,288 of them on the day on which the mirror was made. So it convicts a Date field of being late,
//!    and one of being early only if most of the mails that came with it are on time.
//! 3. The mails around it, in an archive that lies in the order of its dates.
//! 4. The other mails, whatever their order: the newest ones after a silence that is not usual, from nobody but one
//!    sender, are in the future; the first ones before a silence of a year are in the past.
//!
//! 5. A reply: what it answers was there before it ([`answers`]).
//!
//! Who is convicted by 3 or 4 is beside the mail before it in its archive, where that is in order; otherwise at the
//! end, or at the beginning. That alone hangs on the archive's order, which is the only witness left.

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

/// A mail as it came out of an archive.
pub(super) struct Arrival {
    /// The list that the archive is of.
    pub(super) list: ListIx,
    /// Which archive it is; one's mails lie together, in its order.
    pub(super) archive: usize,
    /// Where the mail lies.
    pub(super) place: Place,
    /// When it was committed to the archive.
    pub(super) taken: Option<Timestamp>,
    /// Its content and its proposal.
    pub(super) mail: Box<Mail>,
}

impl Arrival {
    /// When the archive took it in. A `From ` line may be made from the Date field (the difference is a time zone):
    /// that bears nothing out.
    fn witness(&self) -> Option<Timestamp> {
        let dates = &self.mail.message.dates;
        let is_copy = |taken: &Timestamp| {
            let apart = |date: Timestamp| (taken.0 - date.0).abs();
            dates.written.map(apart).is_some_and(|off| off <= 14 * 3600 && off % 900 == 0)
        };
        self.taken.or(dates.delivered).filter(|taken| !is_copy(taken))
    }
}

/// When a mail came, as far as is known; what is known best comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// Then, as a witness says.
    Sure(Timestamp),
    /// The sender's date is wrong; the true date is estimated from the mail's neighbours.
    Wrong(Timestamp),
    /// Then, as nobody but its sender says.
    Loose(Timestamp),
    /// Nobody says.
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

    /// When the mail came, as well as that is known.
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

/// Gives each mail the date on which it came. A date that was not believed is noted.
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

/// The statements of the witnesses of each mail of an archive.
fn witnessed(archive: &[Arrival]) -> Vec<Claim> {
    let dates = || archive.iter().map(|arrival| (arrival, arrival.mail.message.dates));
    let told = dates().map(|(arrival, dates)| (arrival.witness(), dates.written));
    let near = near(archive);
    // A mirror that follows its list once a week is not when its mails came; a server that holds them for hours is.
    let taken = Votes::of(near.clone(), &near, told);
    let told = dates().map(|(_, dates)| (dates.newest, dates.written));
    let hops = Votes::of(-NEAR..=NEAR, &(-BEHIND..=AHEAD), told);
    // A field that hardly another mail of the archive has is no server's: its sender may have written it.
    let with_hops = dates().filter(|(_, dates)| dates.newest.is_some()).count();
    let is_server_s = with_hops * 2 >= archive.len();
    let claim = |(arrival, dates): (&Arrival, Dates)| {
        let date = arrival.mail.message.date;
        // Where the Date field was not believed, or only for want of a better one.
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

/// How near an archive's word is to when a mail came, in seconds: it may follow its list once a day, and the time of a
/// `From ` line has no zone. A commit's has one.
fn near(archive: &[Arrival]) -> RangeInclusive<i64> {
    let is_git = archive.iter().any(|arrival| arrival.taken.is_some());
    -AHEAD..=if is_git { NEAR } else { AHEAD }
}

/// If nothing lies around it, a mail from the future came when the last of all did, and one from the past when the
/// first did.
fn place_alone(claims: &mut [Claim]) {
    let good = || claims.iter().filter_map(|claim| claim.date());
    let Some((first, last)) = good().min().zip(good().max()) else { return };
    for claim in claims {
        if let Claim::Wrong(date) = claim {
            *date = (*date).clamp(first, last);
        }
    }
}

/// Copies of a mail that came over several ways came when the best witness of one of them says.
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

/// The date of a mail is what its claim says; a Date field that no clock that is right could write is noted, once.
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
