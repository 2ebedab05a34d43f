//! The patches that nobody took, of a series that was applied in part.
//!
//! In: the newest revision with what was taken, and its replies. Out: a [`Rest`]. On twelve lists some four in five of such
//! patches were taken, too, without a mail about it on the list: only words about a patch show that it was held back.
//! Never here: which patches were taken.

use super::Rest;
use crate::{
    message::Extent,
    patch::{Entry, Notice, Told, Voice, title::normal},
    series::{
        MailIx, Revision, Slot,
        fate::{Bench, Speaker},
        reach::reach,
    },
};

impl Bench<'_> {
    /// What is known about the patches of `newest` that were not taken; `some` is a mail that says that a part was.
    pub(super) fn rest(&self, newest: &Revision, some: Option<MailIx>) -> Rest {
        let taken = newest.slots.iter().any(|slot| slot.applied.is_some());
        if let Some(some) = some.filter(|_| !taken) {
            return Rest::HeldBack(some);
        }
        let open = newest.slots.iter().enumerate().filter(|(_, slot)| {
            // Another list has those that this one never saw.
            slot.mail.is_some() && slot.applied.is_none()
        });
        let held: Option<Vec<MailIx>> = open.map(|(at, _)| self.held_back(newest, at)).collect();
        match held.and_then(|held| held.into_iter().max()) {
            Some(mail) => Rest::HeldBack(mail),
            None => Rest::Unknown,
        }
    }

    /// The last mail whose words hold a patch back.
    fn held_back(&self, newest: &Revision, at: usize) -> Option<MailIx> {
        let holds = |ix: &&MailIx| {
            let mail = self.mail(**ix);
            let speaker = self.speaker(**ix, newest);
            mail.notices.iter().any(|notice| match notice.told {
                Told::Applied | Told::Merged => {
                    self.leaves_out(notice, **ix, newest, at)
                        || self.is_listed_absent(notice, newest, at)
                }
                _ if mail.machine.is_some() => false,
                Told::Asked => {
                    speaker == Speaker::Other
                        && notice.voice != Voice::Loose
                        && self.is_about(notice, **ix, newest, at)
                }
                Told::Promised | Told::Withdrawn | Told::Superseded => {
                    speaker == Speaker::Author && self.is_about(notice, **ix, newest, at)
                }
                Told::Rejected | Told::Elsewhere | Told::Dropped => {
                    speaker == Speaker::Other && self.is_about(notice, **ix, newest, at)
                }
                Told::Intended | Told::Planned => false,
            })
        };
        newest.replies.iter().rev().find(holds).copied()
    }

    /// The list of what was found in the tree names it as absent.
    fn is_listed_absent(&self, notice: &Notice, newest: &Revision, at: usize) -> bool {
        let mut absent = notice.listed.iter().filter(|listed| listed.entry == Entry::Absent);
        let title = newest.slots[at].mail.map(|ix| normal(&self.mail(ix).title));
        title.is_some_and(|title| absent.any(|listed| normal(&listed.title) == title))
    }

    fn is_about(&self, notice: &Notice, ix: MailIx, newest: &Revision, at: usize) -> bool {
        let reached = reach(&notice.extent, ix, newest, self.mails, self.threads);
        reached.is_some_and(|reached| reached.slots.contains(&at))
    }

    /// Whether the mail that took some patches names them in words, and not this one.
    fn leaves_out(&self, notice: &Notice, ix: MailIx, newest: &Revision, at: usize) -> bool {
        let witness = |slot: &Slot| {
            let mut steps = slot.applied.iter().flat_map(|applied| applied.steps());
            steps.any(|step| step.witness.mail() == Some(ix))
        };
        let chooses =
            matches!(notice.extent, Extent::Patches(_) | Extent::Except(_) | Extent::About(_));
        chooses
            && newest.slots.iter().any(witness)
            && reach(&notice.extent, ix, newest, self.mails, self.threads)
                .is_some_and(|reached| !reached.slots.contains(&at))
    }
}
