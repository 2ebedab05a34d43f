//! The state of a series, from everything known about its newest revision.
//!
//! In: the revisions with their ledgers and fates. Out: a [`State`]. The first row that matches decides:
//!
//! | state | when | what overrules it |
//! |---|---|---|
//! | merged, applied | every patch of the newest revision that the list has was taken | a later `dropped` (see [`fate`]) |
//! | partly applied | some of its patches were | |
//! | superseded | more than half of it was posted again in another series, or taken from another (`twin`); it is to be folded into a patch that was posted again or taken since (`folded`); its author says that something else takes its place; somebody, that it is fixed or folded in already: who takes patches, or whoever shows where | |
//! | rejected | a NAK for all of it, or its author withdrew it | the same person's later approval; a later promise |
//! | changes requested | somebody asks for another revision, or reviews on condition, the author promises one or finds a bug, a NAK for a part, it was dropped again | the later approval of who asked |
//! | reviewed | somebody else approves of every patch | a remark after that leaves something open (`remark`) |
//! | quiet | nobody wrote for [`Rules::quiet_days`](crate::series::Rules) before the archive's end | |
//! | discussed, new | another than the author answered, or nobody did; to say that one will is no answer (`intent`) | |
//!
//! Only mails about the newest revision count as requests and statements: requests on v2 are moot once there is a
//! v3. Never here: today's date.

use std::collections::HashSet;

use super::{State, StateKind, intent::only_announces};
use crate::{
    message::{Extent, Trailer},
    patch::{Notice, Told, Voice},
    series::{
        MailIx, Revision, Slot, StoredMessage,
        fate::{self, Aside, Bench, Speaker, Witness},
        review::Standing,
    },
};

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// How far beyond the newest version one that is promised can be; a larger number is a kernel's (`in v5`).
const NEXT_VERSIONS: u32 = 3;

/// Fills in where the patches of a series were taken, and returns its state. Its ledgers are written.
pub(in crate::series) fn judge(revisions: &mut [Revision], bench: &Bench<'_>) -> State {
    let told = fate::take(revisions, bench);
    let (Some(newest), Some(told)) = (revisions.last(), told.last().copied()) else {
        return State::NEW;
    };
    let by = |kind, mail| State::shown(kind, Witness::Mail(mail));
    let again = bench.reposts.of_most(newest);
    let state = whole_or_part(newest, told)
        .or_else(|| again.map(|mail| by(StateKind::Superseded, mail)))
        .or_else(|| bench.settled(newest, told).map(|(kind, mail)| by(kind, mail)))
        .or_else(|| bench.agreed(revisions, newest).map(|mail| by(StateKind::Reviewed, mail)))
        .unwrap_or_else(|| bench.open(revisions, newest));
    let intents = if state.kind.is_open() { bench.intents(newest) } else { Vec::new() };
    let is_settled = state.kind == StateKind::ChangesRequested || !state.kind.is_open();
    if let Some(newest) = revisions.last_mut().filter(|_| is_settled) {
        newest.taker = None;
    }
    let newest = revisions.last().filter(|_| state.kind == StateKind::PartlyApplied);
    let rest = newest.map(|newest| bench.rest(newest, told.some));
    State { intents, rest, ..state }
}

/// Merged, applied, partly applied.
fn whole_or_part(newest: &Revision, told: Aside) -> Option<State> {
    let slots = &newest.slots;
    let applied: Vec<_> = slots.iter().filter_map(|slot| slot.applied.as_ref()).collect();
    let Some(last) = applied.iter().max_by_key(|applied| applied.date) else {
        let some = told.some?;
        return Some(State::shown(StateKind::PartlyApplied, Witness::Mail(some)));
    };
    // A patch of the counter that this list never saw went to another one, with maintainers of its own.
    let kind = if slots.iter().any(|slot| slot.mail.is_some() && slot.applied.is_none()) {
        StateKind::PartlyApplied
    } else if applied.iter().all(|applied| applied.fate.is_merged()) {
        StateKind::Merged
    } else {
        StateKind::Applied
    };
    Some(State::shown(kind, last.witness.clone()))
}

impl Bench<'_> {
    /// Superseded, rejected, changes requested: what the last word is that settles something.
    fn settled(&self, newest: &Revision, told: Aside) -> Option<(StateKind, MailIx)> {
        let mut last = told.dropped.map(|mail| (StateKind::ChangesRequested, mail));
        for &ix in &newest.replies {
            let mail = self.mail(ix);
            if mail.machine.is_some() {
                continue;
            }
            let speaker = self.speaker(ix, newest);
            let gives = |of_kind: fn(&Trailer) -> bool| {
                let own = |trailer: &Trailer| {
                    let from = &mail.message.from;
                    trailer.person().is_some_and(|p| self.known.is(from, &p, mail.message.date))
                };
                speaker == Speaker::Other && mail.trailers.iter().any(|t| of_kind(t) && own(t))
            };
            let same = |(_, said): &(StateKind, MailIx)| {
                let sayer = &self.mail(*said).message.from;
                self.known.is(&mail.message.from, sayer, mail.message.date)
            };
            let meets = |(_, said): &(StateKind, MailIx)| self.is_about_one(ix, *said, newest);
            if gives(Trailer::is_approval)
                && last.as_ref().is_some_and(|last| same(last) && meets(last))
            {
                last = None;
            }
            // Somebody who will take it asks for no more.
            if newest.taker == Some(ix) {
                last = None;
            }
            for notice in &mail.notices {
                if let Some(kind) = self.means(notice, ix, speaker, newest) {
                    last = Some((kind, ix));
                }
            }
            if gives(Trailer::is_against) {
                last = Some((self.turned_down(ix, &Extent::Answered, newest), ix));
            }
        }
        last
    }

    fn means(
        &self,
        notice: &Notice,
        ix: MailIx,
        speaker: Speaker,
        newest: &Revision,
    ) -> Option<StateKind> {
        let mail = self.mail(ix);
        let now = newest.version.major;
        let last = now.saturating_add(NEXT_VERSIONS);
        let next = |first| notice.version.is_none_or(|v| v >= first && v <= last);
        let loose = notice.voice == Voice::Loose;
        let trusted = !loose || self.appliers.has(mail);
        let approves = || mail.trailers.iter().any(Trailer::is_approval);
        match (notice.told, speaker) {
            (Told::Superseded, Speaker::Author) if !loose && next(now + 1) => {
                Some(StateKind::Superseded)
            }
            (Told::Elsewhere, Speaker::Other) if trusted && self.answers(ix, newest) => {
                let whole = self.is_about_all(ix, &notice.extent, newest);
                Some(if whole { StateKind::Superseded } else { StateKind::ChangesRequested })
            }
            (Told::Rejected, Speaker::Other) if trusted => {
                Some(self.turned_down(ix, &notice.extent, newest))
            }
            (Told::Withdrawn, Speaker::Author) => {
                Some(self.turned_down(ix, &notice.extent, newest))
            }
            (Told::Withdrawn, Speaker::Other)
                if notice.voice != Voice::Loose && self.appliers.has(mail) =>
            {
                Some(self.turned_down(ix, &notice.extent, newest))
            }
            // `With that fixed:` asks for something where a tag follows.
            (Told::Asked, Speaker::Other) if next(now + 1) && (!loose || approves()) => {
                Some(StateKind::ChangesRequested)
            }
            // Somebody who promises the existing version counts from the one before.
            (Told::Promised, Speaker::Author) if next(now) => Some(StateKind::ChangesRequested),
            _ => None,
        }
    }

    /// The two mails are about one patch, or one of them is about the whole: who asks for something in 2/3 and then approves of 3/3
    /// still asks.
    fn is_about_one(&self, ix: MailIx, other: MailIx, newest: &Revision) -> bool {
        let about = |ix| self.threads.above(ix, |up| newest.members().any(|member| member == up));
        let (one, other) = (about(ix), about(other));
        let is_cover = |up: &MailIx| newest.cover == Some(*up);
        let mail = self.mail(ix);
        let whole = mail.extents.iter().any(|extent| *extent != Extent::Answered);
        whole
            || one.is_empty()
            || other.is_empty()
            || one.iter().chain(&other).any(is_cover)
            || one.iter().any(|up| other.contains(up))
    }

    /// The mail answers a patch or the letter of the revision, and no reply to it.
    fn answers(&self, ix: MailIx, newest: &Revision) -> bool {
        let above = self.threads.parent[ix.at()];
        above.is_some_and(|up| newest.members().any(|member| member == up))
    }

    /// Rejected, where the mail is about the whole of it; otherwise it is a part that has to change.
    fn turned_down(&self, ix: MailIx, extent: &Extent, newest: &Revision) -> StateKind {
        let whole = self.is_about_all(ix, extent, newest);
        if whole { StateKind::Rejected } else { StateKind::ChangesRequested }
    }

    fn is_about_all(&self, ix: MailIx, extent: &Extent, newest: &Revision) -> bool {
        // The other patches that its counter announces went to another list.
        let single = newest.slots.iter().filter(|slot| slot.mail.is_some()).count() <= 1;
        let nearest =
            self.threads.upwards(ix).skip(1).find(|up| newest.members().any(|m| m == *up));
        single || *extent == Extent::Series || nearest.is_some() && nearest == newest.cover
    }

    /// New, discussed, quiet.
    fn open(&self, revisions: &[Revision], newest: &Revision) -> State {
        let late = self.late(revisions, newest);
        let answer = newest.replies.iter().rev().copied().chain(late).find(|ix| {
            self.mail(*ix).machine.is_none()
                && self.speaker(*ix, newest) == Speaker::Other
                && !only_announces(self.mails, self.threads, *ix)
        });
        let mails = revisions.iter().flat_map(|r| r.members().chain(r.replies.iter().copied()));
        let last = mails.filter_map(|ix| self.mails[ix.at()].date()).max();
        let quiet = i64::from(self.rules.quiet_days) * DAY;
        if let (Some(end), Some(last)) = (self.end, last)
            && end.0.saturating_sub(last.0) > quiet
        {
            return State::unseen(StateKind::Quiet);
        }
        match answer {
            Some(mail) => State::shown(StateKind::Discussed, Witness::Mail(mail)),
            None => State::NEW,
        }
    }
}

impl Bench<'_> {
    /// What was said in answer to older revisions when the newest was there: people answer the mail that they have
    /// before them. Only what answers a patch or a letter itself: who continues with an older talk knows it.
    pub(super) fn late(&self, revisions: &[Revision], newest: &Revision) -> Vec<MailIx> {
        let older = &revisions[..revisions.len().saturating_sub(1)];
        if older.is_empty() || newest.posted.is_none() {
            return Vec::new();
        }
        let own: HashSet<MailIx> = newest.members().chain(newest.replies.iter().copied()).collect();
        let late = older.iter().flat_map(|revision| {
            revision.replies.iter().copied().filter(|ix| {
                let above = self.threads.parent[ix.at()];
                let is_direct = above.is_some_and(|up| revision.members().any(|m| m == up));
                is_direct && self.mail(*ix).message.date > newest.posted
            })
        });
        late.filter(|ix| !own.contains(ix)).collect()
    }
}

/// The mail that gave the last patch its first approval.
pub(super) fn reviewed(mails: &[StoredMessage], revision: &Revision) -> Option<MailIx> {
    let all: Option<Vec<MailIx>> =
        revision.slots.iter().map(|slot| approved(mails, slot)).collect();
    all?.into_iter().max()
}

/// The mail that gave a patch its first approval.
pub(in crate::series) fn approved(mails: &[StoredMessage], slot: &Slot) -> Option<MailIx> {
    let patch = &mails[slot.mail?.at()].mail;
    let approvals = slot.reviews.iter().filter(|review| review.approves());
    // Reviews in a backport's commit message were given to the original.
    let own = approvals.filter(|review| review.standing != Standing::Declared || !patch.backport);
    own.map(|review| review.mail).min()
}
