//! The ledger: the reviews of each patch, with their people and mails.
//!
//! In: the revisions of a series, oldest first, with their replies. Out: the reviews of each slot, by date. An entry
//! reaches a patch in one of these ways, tried in this order. A person's second review of the same kind is left out,
//! but a reply to this revision replaces a review from earlier ones:
//!
//! 1. The commit message has it: *declared*. If the person gave it in reply to an earlier posting of the patch, the
//!    entry names that reply; of several, the latest before the patch.
//! 2. Somebody gave it to the patch in an earlier revision, and the patch has not changed: *carried*.
//! 3. A reply gives it: to the patch, to the cover letter (then for all patches), or to any mail of the series with
//!    words that say to which patch.
//!
//! A review in the name of another person or of a machine is shown and does not count, nor does one in the name of
//! somebody who is known by another address ([`Known`]). A patch's author cannot review it. Reviews by co-authors
//! (`Co-developed-by`), and by the sender of another person's patch, are shown and do not count: they may have
//! reviewed it, but they are among the people who ask for reviews.

use std::collections::HashMap;

use super::{Review, Standing};
use crate::{
    message::{Extent, Mailbox, Trailer, TrailerKind, same_person},
    patch::{self, Mail, PatchId, Role},
    series::{
        MailIx, Revision, Slot, StoredMessage, Threads,
        known::Known,
        reach::{Scope, reach},
    },
};

/// Credits the verdicts of all replies to the patches of a series' revisions.
pub(in crate::series) fn credit(
    revisions: &mut [Revision],
    mails: &[StoredMessage],
    threads: &Threads,
    known: &Known,
) {
    for at in 0..revisions.len() {
        let (older, rest) = revisions.split_at_mut(at);
        let Some(revision) = rest.first_mut() else { continue };
        let ledger = Ledger { mails, threads, known };
        let most = most_of(revision.slots.len());
        for slot in &mut revision.slots {
            ledger.declare(slot, most, older);
        }
        ledger.carry(revision, older);
        ledger.give(revision);
        for slot in &mut revision.slots {
            slot.reviews.shrink_to_fit();
            slot.reviews.sort_by_key(|review| {
                let answered = review.standing != Standing::Declared;
                (mails[review.mail.at()].date(), answered, review.mail)
            });
        }
    }
}

/// A patch has no more verdicts than this: each is compared with those before it. On linux-mtd the most are 11;
/// a mail of a hostile corpus with 20,000 took ten seconds.
const MOST: usize = 500;

/// The patches of a revision together have no more verdicts than this, shared alike, where they are many: this many
/// people who answer a cover letter of this many patches take a place below each. In linux-xfs the most are 111,
/// one per patch.
const MOST_OF_REVISION: usize = 20_000;

/// How many each patch of a set may have, whatever the size of the set.
const FEWEST: usize = 20;

/// How many reviews each patch of a set of this size may have.
fn most_of(patches: usize) -> usize {
    (MOST_OF_REVISION / patches.max(1)).clamp(FEWEST, MOST)
}

struct Ledger<'a> {
    mails: &'a [StoredMessage],
    threads: &'a Threads,
    known: &'a Known,
}

impl<'a> Ledger<'a> {
    fn mail(&self, ix: MailIx) -> &'a Mail {
        &self.mails[ix.at()].mail
    }

    /// Way 1.
    fn declare(&self, slot: &mut Slot, most: usize, older: &[Revision]) {
        let Some(ix) = slot.sent() else { return };
        let patch = self.mail(ix);
        for trailer in patch.trailers.iter().flat_map(Trailer::apart) {
            let Some(review) = self.review(&trailer, ix, Scope::Patch, Standing::Declared) else {
                continue;
            };
            let given = older
                .iter()
                .flat_map(|revision| &revision.slots)
                .filter(|slot| slot.sent().is_some_and(|old| self.mail(old).title == patch.title));
            let said = given.flat_map(|slot| &slot.reviews).filter(|old| {
                matches!(old.standing, Standing::Given | Standing::Declared)
                    && old.trailer.key == review.trailer.key
                    && same_person(&old.person, &review.person)
                    && self.mail(old.mail).message.date <= patch.message.date
            });
            // A reply says who said it; who says it twice means the newest posting that the author had seen by then.
            let said = said.max_by_key(|old| {
                let mail = self.mail(old.mail);
                (mail.role == Role::Reply, mail.message.date, old.mail)
            });
            let review = match said {
                Some(said) => Review { mail: said.mail, scope: said.scope, ..review },
                None if same_person(&review.person, &patch.message.from) => {
                    Review { standing: Standing::Own, ..review }
                }
                None => review,
            };
            self.add(slot, most, review);
        }
    }

    /// Way 2. If a partial reroll has no cover letter of its own, the one before stays its cover letter, also for
    /// the patches that it replaces.
    fn carry(&self, revision: &mut Revision, older: &[Revision]) {
        let Some(before) = older.last() else { return };
        let at = u32::try_from(older.len() - 1).unwrap_or(u32::MAX);
        let mut same: HashMap<PatchId, &Slot> = HashMap::new();
        for slot in &before.slots {
            if let Some(id) = slot.mail.and_then(|ix| self.mail(ix).patch_id) {
                same.entry(id).or_insert(slot);
            }
        }
        let under_cover = revision.is_partial().then_some(before.slots.iter());
        let under_cover: Vec<Review> = under_cover
            .into_iter()
            .flatten()
            .flat_map(|slot| &slot.reviews)
            .filter(|review| {
                let said = matches!(review.standing, Standing::Given | Standing::Carried(_));
                said && review.scope == Scope::Series
            })
            .cloned()
            .collect();
        let most = most_of(revision.slots.len());
        for slot in &mut revision.slots {
            let Some(ix) = slot.mail else { continue };
            let unchanged = match slot.carried {
                Some(_) => before.slots.iter().find(|old| old.mail == slot.mail),
                None => self.mail(ix).patch_id.and_then(|id| same.get(&id).copied()),
            };
            let reviews = unchanged.map(|old| old.reviews.as_slice()).unwrap_or_default();
            for old in reviews.iter().chain(&under_cover) {
                let standing = match old.standing {
                    Standing::Given => Standing::Carried(at),
                    // The author's own text was changed by the author, unless it is the same mail.
                    Standing::Declared if slot.carried.is_none() => continue,
                    other => other,
                };
                self.add(slot, most, Review { standing, ..old.clone() });
            }
        }
    }

    /// Way 3.
    fn give(&self, revision: &mut Revision) {
        let most = most_of(revision.slots.len());
        for &ix in &revision.replies {
            let reply = self.mail(ix);
            if reply.role != Role::Reply || reply.trailers.is_empty() {
                continue;
            }
            for (at, trailer) in reply.trailers.iter().enumerate() {
                let extent = reply.extents.get(at).unwrap_or(&Extent::Answered);
                let Some(reach) = reach(extent, ix, revision, self.mails, self.threads) else {
                    continue;
                };
                let people = trailer.apart();
                let reviews = people
                    .iter()
                    .filter_map(|one| self.review(one, ix, reach.scope, Standing::Given));
                for review in reviews {
                    for &at in &reach.slots {
                        self.add(&mut revision.slots[at], most, review.clone());
                    }
                }
            }
        }
    }

    /// The entry of a trailer, if it is a review.
    fn review(
        &self,
        trailer: &Trailer,
        mail: MailIx,
        scope: Scope,
        standing: Standing,
    ) -> Option<Review> {
        if trailer.kind() != TrailerKind::Review {
            return None;
        }
        let person = trailer.person()?;
        let from = self.mail(mail);
        let is_own = || self.known.is(&from.message.from, &person, from.message.date);
        let foreign = standing == Standing::Given && !is_own();
        let standing = if from.machine.is_some() || patch::is_machine(&person) {
            Standing::Bot
        } else if foreign {
            Standing::Foreign
        } else {
            standing
        };
        let (trailer, comment) = (trailer.clone(), trailer.comment().into());
        Some(Review { trailer, person, mail, scope, standing, comment })
    }

    fn add(&self, slot: &mut Slot, most: usize, mut review: Review) {
        let Some(patch) = slot.mail.map(|ix| self.mail(ix)) else { return };
        let sent = || same_person(&review.person, &patch.message.from);
        if review.counts() && wrote_along(patch, &review.person)
            || review.standing == Standing::Given && sent()
        {
            review.standing = Standing::Own;
        }
        let said = |old: &Review| {
            old.trailer.key == review.trailer.key && same_person(&old.person, &review.person)
        };
        if slot.reviews.len() >= most || same_person(&patch.author, &review.person) {
            return;
        }
        match slot.reviews.iter().position(said) {
            // In person after in another's name: only now it counts.
            Some(at) if review.counts() && !slot.reviews[at].counts() => slot.reviews[at] = review,
            // In a reply after in the patch itself, or in a reply to an earlier posting: the person's own word on this one.
            Some(at)
                if review.standing == Standing::Given
                    && matches!(
                        slot.reviews[at].standing,
                        Standing::Declared | Standing::Carried(_)
                    ) =>
            {
                slot.reviews[at] = review;
            }
            Some(_) => {}
            None => slot.reviews.push(review),
        }
    }
}

/// The person is one of the patch's first co-authors.
fn wrote_along(patch: &Mail, person: &Mailbox) -> bool {
    let with = patch.trailers.iter().filter(|trailer| *trailer.key == *"Co-developed-by");
    with.take(20).filter_map(Trailer::person).any(|author| same_person(&author, person))
}
