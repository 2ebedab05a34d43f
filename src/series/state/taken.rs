//! What was taken: which patches, into which tree, by which mail.
//!
//! In: the notices in a series' replies. Out: each slot's [`Applied`]. Who is believed:
//!
//! | voice | sender | believed |
//! |---|---|---|
//! | a tool's form | anybody | yes |
//! | plain words and a tree | any person (own patches of maintainers: 10 mails of one in linux-mtd) | yes |
//! | plain words | another than the author, no machine | yes |
//! | plain words | the author | where known to apply others' patches |
//! | loose words | anybody | where known to apply others' patches |
//!
//! A patch that somebody sends along with a pull request was taken too (`[PULL 3/12]` with its Message-Id).
//! A later mail of one who applies that says `dropped` takes it back. What was taken from an older revision
//! holds for a newer one's patch that is the same mail, has the same diff or the same title: maintainers
//! answer the older mail, resends and backports follow what was taken. Never here: the words.

use std::collections::{HashMap, HashSet};

use super::{Applied, Fate, Witness, verdict::Bench};
use crate::{
    message::{Extent, same_person},
    patch::{Entry, Listed, Mail, Notice, Role, Told, Voice},
    series::{Letter, MailIx, Revision, Series, Slot, Threads, lineage::normal},
};

/// Those who have taken patches of others: by the addresses they did it from.
#[derive(Debug, Default)]
pub(in crate::series) struct Appliers(HashSet<String>);

impl Appliers {
    /// All who say plainly that they took another's patch.
    pub(in crate::series) fn of(series: &[Series], mails: &[Letter]) -> Self {
        let mut known = HashSet::new();
        for revision in series.iter().flat_map(|series| &series.revisions) {
            for mail in revision.replies.iter().map(|ix| &mails[ix.at()].mail) {
                let took = |n: &Notice| n.told == Told::Applied && n.voice != Voice::Loose;
                let another = || !same_person(&mail.message.from, &revision.author);
                if !mail.bot && mail.notices.iter().any(took) && another() {
                    known.insert(mail.message.from.key());
                }
            }
        }
        Self(known)
    }

    /// The mail's sender has taken patches of others.
    pub(super) fn has(&self, mail: &Mail) -> bool {
        self.0.contains(&mail.message.from.key())
    }

    fn believes(&self, notice: &Notice, mail: &Mail, revision: &Revision) -> bool {
        match notice.voice {
            Voice::Tool => true,
            _ if mail.bot => false,
            Voice::Named => true,
            Voice::Plain => !same_person(&mail.message.from, &revision.author) || self.has(mail),
            Voice::Loose => self.has(mail),
        }
    }
}

/// What else the notices of a revision tell.
#[derive(Debug, Default, Clone, Copy)]
pub(in crate::series) struct Aside {
    /// Some patches were taken, the words do not say which.
    pub(super) some: Option<MailIx>,
    /// What was taken was dropped again.
    pub(super) dropped: Option<MailIx>,
}

/// Fills in where the patches of a series' revisions were taken; returns what else is told, by revision.
pub(in crate::series) fn take(revisions: &mut [Revision], bench: &Bench<'_>) -> Vec<Aside> {
    let Bench { mails, threads, appliers, sent_along, .. } = *bench;
    let taking = Taking { mails, threads, appliers, sent_along };
    let told = revisions.iter_mut().map(|revision| taking.read(revision)).collect();
    for at in 1..revisions.len() {
        let (older, rest) = revisions.split_at_mut(at);
        if let Some(revision) = rest.first_mut() {
            taking.inherit(revision, older);
        }
    }
    told
}

struct Taking<'a> {
    mails: &'a [Letter],
    threads: &'a Threads,
    appliers: &'a Appliers,
    sent_along: &'a HashMap<MailIx, MailIx>,
}

impl<'a> Taking<'a> {
    fn mail(&self, ix: MailIx) -> &'a Mail {
        &self.mails[ix.at()].mail
    }

    fn read(&self, revision: &mut Revision) -> Aside {
        let mut told = Aside::default();
        for at in 0..revision.replies.len() {
            let ix = revision.replies[at];
            let mail = self.mail(ix);
            for notice in &mail.notices {
                match notice.told {
                    Told::Applied | Told::Merged
                        if self.appliers.believes(notice, mail, revision) =>
                    {
                        self.apply(revision, ix, notice, &mut told);
                    }
                    Told::Dropped if notice.voice == Voice::Tool || self.appliers.has(mail) => {
                        self.drop(revision, ix, notice, &mut told);
                    }
                    _ => {}
                }
            }
        }
        for slot in revision.slots.iter_mut().filter(|slot| slot.applied.is_none()) {
            let pulled = slot.mail.and_then(|ix| self.sent_along.get(&ix)).copied();
            slot.applied = pulled.filter(|by| Some(*by) != slot.mail).map(|by| {
                Box::new(Applied {
                    witness: Witness::Mail(by),
                    date: self.mail(by).message.date,
                    fate: Fate::Applied,
                    tree: Box::default(),
                    commit: Box::default(),
                    earlier: None,
                })
            });
        }
        told
    }

    fn apply(&self, revision: &mut Revision, ix: MailIx, notice: &Notice, told: &mut Aside) {
        let titled: Vec<&Listed> = notice.listed.iter().filter(|l| !l.title.is_empty()).collect();
        let taken = titled.iter().filter(|listed| listed.entry != Entry::Absent);
        let mut found = false;
        for listed in taken.clone() {
            if let Some(slot) = self.listed(&mut revision.slots, revision.expected, listed) {
                found = true;
                put(slot, applied(ix, self.mail(ix), notice, commit(listed)));
            }
        }
        // Titles that meet no patch may be those of the patches that the mail is about, edited; else of others.
        let listed = taken.count();
        let reached = self.reach(revision, ix, notice);
        let fits = titled.is_empty() || reached.as_ref().is_some_and(|all| all.len() == listed);
        let Some(reached) = reached.filter(|_| fits && !found) else {
            if !found && (listed > 0 || titled.is_empty()) {
                told.some.get_or_insert(ix);
            }
            return;
        };
        let named = notice.listed.first().filter(|_| reached.len() == 1).map_or("", commit);
        for at in reached {
            put(&mut revision.slots[at], applied(ix, self.mail(ix), notice, named));
        }
    }

    fn drop(&self, revision: &mut Revision, ix: MailIx, notice: &Notice, told: &mut Aside) {
        let all = || (0..revision.slots.len()).collect();
        for at in self.reach(revision, ix, notice).unwrap_or_else(all) {
            // A commit in the tree is there, whatever a mail says.
            let by_mail = |applied: &mut Box<Applied>| matches!(applied.witness, Witness::Mail(_));
            if revision.slots[at].applied.take_if(by_mail).is_some() {
                told.dropped = Some(ix);
            }
        }
    }

    /// The slots that a notice is about; nothing where the words do not say which.
    fn reach(&self, revision: &Revision, ix: MailIx, notice: &Notice) -> Option<Vec<usize>> {
        let slots = &revision.slots;
        let all = || (0..slots.len()).collect();
        match &notice.extent {
            Extent::Series => Some(all()),
            Extent::Some if slots.len() > 1 => None,
            Extent::Patches(numbers) if slots.iter().any(|s| numbers.contains(&s.number)) => {
                Some((0..slots.len()).filter(|at| numbers.contains(&slots[*at].number)).collect())
            }
            _ => {
                let member = |up: MailIx| {
                    revision.cover == Some(up) || slots.iter().any(|slot| slot.mail == Some(up))
                };
                let targets = self.threads.above(ix, member);
                if revision.cover.is_some_and(|cover| targets.contains(&cover)) {
                    return Some(all());
                }
                let is_meant = |at: &usize| slots[*at].mail.is_some_and(|ix| targets.contains(&ix));
                (!targets.is_empty()).then(|| (0..slots.len()).filter(is_meant).collect())
            }
        }
    }

    /// The slot that an entry of a list names: by its title, since its numbers may count what was taken and not
    /// the series; by its number where the counters agree.
    fn listed<'s>(
        &self,
        slots: &'s mut [Slot],
        expected: u32,
        listed: &Listed,
    ) -> Option<&'s mut Slot> {
        let title = normal(&listed.title);
        let titled =
            |slot: &Slot| slot.mail.is_some_and(|ix| normal(&self.mail(ix).title) == title);
        let at = slots.iter().position(titled).or_else(|| {
            let counted = listed.total == Some(expected);
            slots.iter().position(|slot| counted && Some(slot.number) == listed.number)
        });
        at.and_then(|at| slots.get_mut(at))
    }

    fn inherit(&self, revision: &mut Revision, older: &[Revision]) {
        let wanted = revision.replies.iter().any(|ix| {
            let mail = self.mail(*ix);
            mail.role == Role::Reply
                && mail
                    .notices
                    .iter()
                    .any(|n| matches!(n.told, Told::Asked | Told::Rejected | Told::Dropped))
        });
        let taken: Vec<(&Applied, MailIx, String)> = older
            .iter()
            .rev()
            .flat_map(|revision| &revision.slots)
            .filter_map(|slot| Some((slot.applied.as_deref()?, slot.mail?)))
            .map(|(applied, old)| (applied, old, normal(&self.mail(old).title)))
            .collect();
        for slot in revision.slots.iter_mut().filter(|slot| slot.applied.is_none()) {
            let Some(ix) = slot.mail.filter(|_| !taken.is_empty()) else { continue };
            let (id, title) = (self.mail(ix).patch_id, normal(&self.mail(ix).title));
            let same = |(_, old, old_title): &&(&Applied, MailIx, String)| {
                let unchanged = || id.is_some() && self.mail(*old).patch_id == id;
                *old == ix || !wanted && (unchanged() || *old_title == title)
            };
            slot.applied =
                taken.iter().find(same).map(|(applied, ..)| Box::new((*applied).clone()));
        }
    }
}

/// What a notice in the mail says was taken, with the commit.
pub(in crate::series) fn applied(
    ix: MailIx,
    mail: &Mail,
    notice: &Notice,
    commit: &str,
) -> Applied {
    let fate = if notice.told == Told::Merged { Fate::Merged } else { Fate::Applied };
    let (tree, commit) = (notice.tree.clone(), commit.into());
    let (witness, date) = (Witness::Mail(ix), mail.message.date);
    Applied { witness, date, fate, tree, commit, earlier: None }
}

/// The commit of a list's entry; empty where it has none.
pub(in crate::series) fn commit(listed: &Listed) -> &str {
    match &listed.entry {
        Entry::Commit(commit) => commit,
        Entry::Unsaid | Entry::Absent => "",
    }
}

/// The first witness stays, unless a later one tells of the mainline, or of the commit.
fn put(slot: &mut Slot, mut applied: Applied) {
    let better = slot.applied.as_ref().is_none_or(|old| {
        applied.fate > old.fate
            || applied.fate == old.fate && old.commit.is_empty() && !applied.commit.is_empty()
    });
    if better {
        applied.earlier = slot.applied.take().map(|mut old| match old.earlier.take() {
            Some(first) => first,
            None => old,
        });
        slot.applied = Some(Box::new(applied));
    }
}
