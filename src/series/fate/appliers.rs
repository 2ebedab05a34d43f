//! The people who take patches on these lists.
//!
//! In: the mails. Out: [`Appliers`]. Somebody is known to take patches who
//!
//! - names patches of others in a pull request or an announcement, or sends them with one;
//! - sends what only a maintainer's tools write, with a commit;
//! - says so by habit: of patches by three people on three days, or by five people.
//!
//! To have said it of one patch that was then taken is not enough: anybody can say it of what is about to be taken.
//! If nobody is known, everybody is believed. Never here: what they say.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{asks_to_pull, names_others};
use crate::{
    message::same_person,
    patch::{Entry, Mail, Notice, Told, Voice},
    series::{Revision, Series, StoredMessage},
};

/// From this many patch authors, and on as many days, somebody takes patches by habit.
const HABIT: usize = 3;

/// From this many patch authors, that is so on whatever day: a committer who clears the queue of a list.
const MANY: usize = 5;

/// Those who take patches of others: by the addresses they did it from.
#[derive(Debug, Default)]
pub(in crate::series) struct Appliers(HashSet<String>);

impl Appliers {
    /// All who are known to take others' patches.
    pub(in crate::series) fn of(series: &[Series], mails: &[StoredMessage]) -> Self {
        let mut known = HashSet::new();
        for mail in mails.iter().map(|letter| &letter.mail).filter(|mail| mail.machine.is_none()) {
            if names_others(mail) {
                known.insert(mail.message.from.key());
            }
        }
        let mut habits: HashMap<String, (BTreeSet<String>, BTreeSet<i64>)> = HashMap::new();
        for revision in series.iter().flat_map(|series| &series.revisions) {
            known.extend(sends_others(revision, mails));
            for mail in revision.replies.iter().map(|ix| &mails[ix.at()].mail) {
                if mail.machine.is_some() || !mail.notices.iter().any(is_claim) {
                    continue;
                }
                if same_person(&mail.message.from, &revision.author) {
                    continue;
                }
                let key = mail.message.from.key();
                if mail.notices.iter().any(is_by_tool) {
                    known.insert(key);
                    continue;
                }
                let (authors, days) = habits.entry(key).or_default();
                authors.insert(revision.author.key());
                days.extend(mail.message.date.map(|date| date.0.div_euclid(86_400)));
            }
        }
        let habitual = |(authors, days): &(BTreeSet<String>, BTreeSet<i64>)| {
            authors.len() >= HABIT && days.len() >= HABIT || authors.len() >= MANY
        };
        known.extend(habits.into_iter().filter(|(_, habit)| habitual(habit)).map(|(key, _)| key));
        Self(known)
    }

    /// The mail's sender is known to take patches.
    pub(in crate::series) fn has(&self, mail: &Mail) -> bool {
        self.0.contains(&mail.message.from.key())
    }

    /// Nobody is known: then everybody may be the one who takes patches.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The sender of a letter `pull request for net: lamps 2026-10-01` with patches of others below it.
fn sends_others(revision: &Revision, mails: &[StoredMessage]) -> Option<String> {
    let letter = &mails[revision.cover?.at()].mail;
    let asks = letter.message.subject.full.to_ascii_lowercase().contains("pull");
    let from = &letter.message.from;
    let mut sent = revision.slots.iter().filter_map(|slot| slot.sent());
    let others = asks
        && asks_to_pull(letter)
        && sent.any(|ix| !same_person(&mails[ix.at()].mail.author, from));
    others.then(|| from.key())
}

fn is_claim(notice: &Notice) -> bool {
    notice.told == Told::Applied && notice.voice != Voice::Loose
}

fn is_by_tool(notice: &Notice) -> bool {
    let committed = |entry: &Entry| matches!(entry, Entry::Commit(_));
    is_claim(notice)
        && notice.voice == Voice::Tool
        && notice.listed.iter().any(|listed| committed(&listed.entry))
}
