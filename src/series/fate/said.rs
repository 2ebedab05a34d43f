//! The patches that replies say were taken, with the tree and the mail.
//!
//! In: the notices in a series' replies, and the [`Ledger`]. Out: each slot's [`Applied`]. Who is believed:
//!
//! | voice | sender | believed |
//! |---|---|---|
//! | a tool's form | anybody | yes |
//! | plain words | a person known to take patches, or to whom the author sent the patch; anybody but the author where the list knows nobody | yes |
//! | plain words and a tree | the same, and the author where the list knows nobody (own patches of maintainers: 10 mails of one in linux-mtd); anybody but the author for `master` | yes |
//! | loose words | a person known to take patches | yes |
//!
//! Statements by others are hearsay: pages show them, and the state stays. If nobody says anything, a mail that names
//! the patch as a commit shows that it was taken. A patch in a pull request was taken, too (`[PULL 3/12]` with its
//! Message-Id). If somebody who applies patches says `dropped` in a later mail, the patch no longer counts as
//! taken. If a patch of an older revision was taken after the newer one was posted, that counts for the patch of the
//! newer one with the same diff or the same title: maintainers reply to the older mail. Never here: the words.

use std::collections::HashMap;

use super::{Applied, Appliers, Bench, Fate, Ledger, Record, Reposts, Witness, enter};
use crate::{
    date::Timestamp,
    message::{Extent, Mailbox, same_person},
    patch::{Entry, Listed, Mail, Notice, Role, Told, Voice, title::normal},
    series::{MailIx, Revision, Slot, StoredMessage, Threads, reach::reach},
};

/// The other facts in the notices of a revision.
#[derive(Debug, Default, Clone, Copy)]
pub(in crate::series) struct Aside {
    /// Some patches were taken, the words do not say which.
    pub(in crate::series) some: Option<MailIx>,
    /// Somebody who is not known to take patches says that it was taken.
    pub(in crate::series) hearsay: Option<MailIx>,
    /// A taken patch was dropped again.
    pub(in crate::series) dropped: Option<MailIx>,
    /// Somebody says that they will take it.
    pub(in crate::series) planned: Option<MailIx>,
}

/// Records where the patches of a series' revisions were taken; returns the other facts, by revision.
pub(in crate::series) fn take(revisions: &mut [Revision], bench: &Bench<'_>) -> Vec<Aside> {
    let taking = Taking {
        mails: bench.mails,
        threads: bench.threads,
        appliers: bench.appliers,
        ledger: bench.ledger,
        sent_along: bench.sent_along,
        reposts: bench.reposts,
    };
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
    mails: &'a [StoredMessage],
    threads: &'a Threads,
    appliers: &'a Appliers,
    ledger: &'a Ledger,
    sent_along: &'a HashMap<MailIx, MailIx>,
    reposts: &'a Reposts,
}

impl<'a> Taking<'a> {
    fn mail(&self, ix: MailIx) -> &'a Mail {
        &self.mails[ix.at()].mail
    }

    /// Whether what the notice says counts.
    fn believes(&self, notice: &Notice, mail: &Mail, revision: &Revision) -> bool {
        let known = self.appliers.has(mail);
        // Stable trees have maintainers of their own, whom no list knows.
        let is_backport = |slot: &Slot| slot.mail.is_some_and(|ix| self.mail(ix).backport);
        let open = || self.appliers.is_empty() || revision.slots.iter().any(is_backport);
        // Somebody may have sent a patch of who takes it.
        let sent_by = |ix| same_person(&self.mail(ix).message.from, &mail.message.from);
        let another = || {
            !same_person(&mail.message.from, &revision.author) || !revision.members().any(sent_by)
        };
        let asked = || another() && self.is_asked(&mail.message.from, revision);
        match notice.voice {
            Voice::Tool => true,
            _ if mail.machine.is_some() => false,
            Voice::Loose => known,
            Voice::Named => known || open() || asked() || another() && is_trunk(&notice.tree),
            Voice::Plain => known || open() && another() || asked(),
        }
    }

    /// The author sent the letter or a patch to this person, as one sends patches to those who take them.
    fn is_asked(&self, person: &Mailbox, revision: &Revision) -> bool {
        let mut members = revision.members().map(|ix| self.mail(ix));
        members.any(|mail| mail.message.is_sent_to(person))
    }

    fn read(&self, revision: &mut Revision) -> Aside {
        let mut told = Aside::default();
        let mut records: Vec<Vec<Record>> =
            revision.slots.iter().map(|slot| self.elsewhere(slot, revision.cover)).collect();
        let mut planned = vec![false; revision.slots.len()];
        let mut heard: Vec<(MailIx, &Notice)> = Vec::new();
        let mut undone = vec![false; revision.slots.len()];
        for &ix in &revision.replies {
            let mail = self.mail(ix);
            for notice in &mail.notices {
                match notice.told {
                    Told::Applied | Told::Merged if self.believes(notice, mail, revision) => {
                        self.apply(revision, ix, notice, &mut records, &mut told);
                    }
                    Told::Applied | Told::Merged
                        if notice.voice != Voice::Loose && mail.machine.is_none() =>
                    {
                        told.hearsay.get_or_insert(ix);
                        heard.push((ix, notice));
                    }
                    Told::Planned if self.may_take(mail, revision) => {
                        let all = || (0..revision.slots.len()).collect();
                        for at in self.reach(revision, ix, notice).unwrap_or_else(all) {
                            planned[at] = true;
                        }
                        told.planned = Some(ix);
                    }
                    // Somebody who took patches may say so in loose words.
                    Told::Dropped if notice.voice == Voice::Loose => {
                        let is_taken = |told: Told| matches!(told, Told::Applied | Told::Merged);
                        if !mail.notices.iter().any(|notice| is_taken(notice.told)) {
                            for at in self.taken_back(revision, ix, notice) {
                                if self.undo(&mut records[at], mail) {
                                    (undone[at], told.dropped) = (true, Some(ix));
                                }
                            }
                        }
                    }
                    Told::Dropped
                        if notice.voice == Voice::Tool
                            || self.appliers.has(mail)
                            || self.took(&records, &mail.message.from) =>
                    {
                        for at in self.taken_back(revision, ix, notice) {
                            records[at].push(Record::Dropped(ix, mail.message.date));
                        }
                    }
                    _ => {}
                }
            }
        }
        for ((slot, mut records), undone) in revision.slots.iter_mut().zip(records).zip(undone) {
            let open = records.is_empty() && !undone;
            let cited = slot.mail.filter(|_| open).map(|ix| self.ledger.cited(ix));
            records.extend(cited.flatten().cloned().map(Record::Taken));
            told.dropped = enter(slot, records).or(told.dropped);
        }
        self.confirm(revision, &heard);
        if revision.slots.iter().all(|slot| slot.applied.is_none()) {
            revision.hearsay = told.hearsay;
            revision.taker = told.planned.filter(|_| !planned.contains(&false));
        }
        told
    }

    /// What somebody said who is not known to take patches holds where other mails show the same of a part of what they named:
    /// a maintainer of another tree took the series, and one of its commits is cited later.
    fn confirm(&self, revision: &mut Revision, heard: &[(MailIx, &Notice)]) {
        for (ix, notice) in heard {
            let is_own = same_person(&self.mail(*ix).message.from, &revision.author);
            if notice.voice == Voice::Loose || is_own {
                continue;
            }
            let Some(reached) = self.reach(revision, *ix, notice) else { continue };
            let when = self.mail(*ix).message.date;
            let later = |applied: &Applied| self.shown_on(applied) >= when;
            let taken = |at: &usize| revision.slots[*at].applied.as_deref().is_some_and(later);
            if notice.listed.is_empty() && reached.iter().any(taken) {
                for at in reached {
                    let slot = &mut revision.slots[at];
                    if slot.applied.is_none() && slot.mail.is_some() {
                        slot.applied = Some(Box::new(applied(*ix, self.mail(*ix), notice, "")));
                    }
                }
            }
        }
    }

    /// Whether who says that they will take it may do so: anybody for another's patch (of 70 such sentences of nineteen lists, drawn
    /// with seed 16, 60 were meant so, most of them by people whom the list does not know to take patches), its author who is known to.
    fn may_take(&self, mail: &Mail, revision: &Revision) -> bool {
        let another = || !same_person(&mail.message.from, &revision.author);
        mail.machine.is_none() && (self.appliers.has(mail) || another())
    }

    /// Whether the same person has claimed before that a patch was taken.
    fn took(&self, records: &[Vec<Record>], from: &Mailbox) -> bool {
        records.iter().flatten().any(|record| self.is_claim_of(record, from))
    }

    fn is_claim_of(&self, record: &Record, from: &Mailbox) -> bool {
        match record {
            Record::Taken(Applied { witness: Witness::Mail(by), .. }) => {
                self.mail(*by).message.from.key() == from.key()
            }
            _ => false,
        }
    }

    /// The slots that a take-back is about: `I'll drop this one` what it answers.
    fn taken_back(&self, revision: &Revision, ix: MailIx, notice: &Notice) -> Vec<usize> {
        let answered = || {
            let notice = Notice { extent: Extent::Answered, ..notice.clone() };
            self.reach(revision, ix, &notice)
        };
        let reached = self.reach(revision, ix, notice).or_else(answered);
        reached.unwrap_or_else(|| (0..revision.slots.len()).collect())
    }

    /// Removes what the mail's sender claimed before it; what others took stays.
    fn undo(&self, records: &mut Vec<Record>, mail: &Mail) -> bool {
        let before = records.len();
        let from = &mail.message.from;
        let is_undone = |record: &Record| {
            self.is_claim_of(record, from) && record.when().0 <= mail.message.date
        };
        records.retain(|record| !is_undone(record));
        records.len() < before
    }

    /// What is said of a patch elsewhere than in replies to it.
    fn elsewhere(&self, slot: &Slot, cover: Option<MailIx>) -> Vec<Record> {
        let Some(mail) = slot.mail else { return Vec::new() };
        let mut records = self.ledger.of(mail).to_vec();
        let letter = cover.filter(|cover| self.mail(*cover).role == Role::Pull);
        let along = self.sent_along.get(&mail).or_else(|| self.reposts.by_applier.get(&mail));
        let along = along.copied().filter(|by| *by != mail);
        let own = cover.into_iter().chain([mail]).find(|ix| self.says_committed(*ix));
        records.extend(along.or(letter).or(own).map(|by| {
            Record::Taken(Applied {
                witness: Witness::Mail(by),
                date: self.mail(by).message.date,
                fate: Fate::Applied,
                tree: Box::default(),
                commit: Box::default(),
                earlier: None,
            })
        }));
        records
    }

    /// `[committed] lamp: dim it`, `[pushed]`: GNU projects post so what they took already.
    fn says_committed(&self, ix: MailIx) -> bool {
        let mut tags = self.mail(ix).message.subject.tags.iter();
        tags.any(|tag| ["committed", "pushed"].iter().any(|taken| tag.eq_ignore_ascii_case(taken)))
    }

    fn apply(
        &self,
        revision: &Revision,
        ix: MailIx,
        notice: &Notice,
        records: &mut [Vec<Record>],
        told: &mut Aside,
    ) {
        let titled: Vec<&Listed> = notice.listed.iter().filter(|l| !l.title.is_empty()).collect();
        let taken = titled.iter().filter(|listed| listed.entry != Entry::Absent);
        let claim = |commit| Record::Taken(applied(ix, self.mail(ix), notice, commit));
        let mut found = false;
        for listed in taken.clone() {
            if let Some(at) = self.listed(&revision.slots, revision.expected, listed) {
                found = true;
                records[at].push(claim(commit(listed)));
            }
        }
        // Titles that meet no patch may be those of the patches that the mail is about, edited; otherwise of
        // others.
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
            records[at].push(claim(named));
        }
    }

    /// The slots that a notice is about; nothing if the words do not say which.
    fn reach(&self, revision: &Revision, ix: MailIx, notice: &Notice) -> Option<Vec<usize>> {
        reach(&notice.extent, ix, revision, self.mails, self.threads).map(|reach| reach.slots)
    }

    /// The slot that an entry of a list names: by its title, since its numbers may count what was taken and not
    /// the series; by its number where the counters agree.
    fn listed(&self, slots: &[Slot], expected: u32, listed: &Listed) -> Option<usize> {
        let title = normal(&listed.title);
        let titled =
            |slot: &Slot| slot.mail.is_some_and(|ix| normal(&self.mail(ix).title) == title);
        let counted =
            |slot: &Slot| listed.total == Some(expected) && Some(slot.number) == listed.number;
        // Two patches of one series may have one title.
        let both = slots.iter().position(|slot| counted(slot) && titled(slot));
        both.or_else(|| slots.iter().position(titled)).or_else(|| slots.iter().position(counted))
    }

    /// The date of the evidence.
    fn shown_on(&self, applied: &Applied) -> Option<Timestamp> {
        applied.date.or_else(|| self.mail(applied.witness.mail()?).message.date)
    }

    fn inherit(&self, revision: &mut Revision, older: &[Revision]) {
        let wanted = revision.replies.iter().any(|ix| {
            let mail = self.mail(*ix);
            mail.role == Role::Reply
                && mail.notices.iter().any(|notice| match notice.told {
                    Told::Asked => notice.voice != Voice::Loose,
                    told => matches!(told, Told::Rejected | Told::Dropped),
                })
        });
        let taken: Vec<(&Applied, MailIx, String)> = older
            .iter()
            .rev()
            .flat_map(|revision| &revision.slots)
            .filter_map(|slot| Some((slot.applied.as_deref()?, slot.mail?)))
            .map(|(applied, old)| (applied, old, normal(&self.mail(old).title)))
            .collect();
        let posted: Option<Timestamp> = revision.posted;
        for slot in revision.slots.iter_mut().filter(|slot| slot.applied.is_none()) {
            let Some(ix) = slot.mail.filter(|_| !taken.is_empty()) else { continue };
            let (id, title) = (self.mail(ix).patch_id, normal(&self.mail(ix).title));
            let same = |(applied, old, old_title): &&(&Applied, MailIx, String)| {
                let unchanged = || id.is_some() && self.mail(*old).patch_id == id;
                let later = self.shown_on(applied) >= posted;
                *old == ix || !wanted && later && (unchanged() || *old_title == title)
            };
            slot.applied =
                taken.iter().find(same).map(|(applied, ..)| Box::new((*applied).clone()));
        }
        // The list has only the cover letters: `[PATCH v4 0/29]` was applied, in a reply to that of v3.
        let numbered = |old: &Revision, number| {
            let slots =
                old.slots.iter().filter(|slot| slot.mail.is_none() && slot.number == number);
            slots
                .filter_map(|slot| slot.applied.clone())
                .find(|applied| self.shown_on(applied) >= posted)
        };
        let is_letter = revision.slots.iter().all(|slot| slot.mail.is_none());
        for slot in
            revision.slots.iter_mut().filter(|slot| slot.applied.is_none() && is_letter && !wanted)
        {
            let mut same = older.iter().rev().filter(|old| old.expected == revision.expected);
            slot.applied = same.find_map(|old| numbered(old, slot.number));
        }
        // `I'll take this`, in answer to v1, when v2 was there.
        if revision.taker.is_none() && revision.slots.iter().all(|slot| slot.applied.is_none()) {
            let said = older.iter().rev().find_map(|revision| revision.taker);
            revision.taker = said.filter(|ix| self.mail(*ix).message.date >= posted);
        }
    }
}

/// `master`: who tries a patch does so on a branch of their own, and who pushes to this one may.
fn is_trunk(tree: &str) -> bool {
    let last = tree.split([' ', '/', ':']).next_back().unwrap_or_default();
    ["master", "main", "trunk"].contains(&last)
}

/// The patches that a notice in the mail says were taken, with the commit.
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

/// The commit of a list's entry; empty if it has none.
pub(in crate::series) fn commit(listed: &Listed) -> &str {
    match &listed.entry {
        Entry::Commit(commit) => commit,
        Entry::Unsaid | Entry::Absent => "",
    }
}
