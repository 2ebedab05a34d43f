//! The links of the last build, which hold as long as nothing that they follow from has changed.
//!
//! In: everything from which lineage finds links. Out: the [`Lineage`], from the state of the last build if it had the same
//! sum of all that; otherwise made, and stored for the next build. A mail that says nothing about any posting is not in
//! the sum ([`Inputs::silent`]), so that most replies leave the links as they are. If something is redacted or hidden, or
//! the editor says what mails are, nothing is stored. Never here: the evidence of a link.

use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::{
    Lineage, Link,
    node::{Name, title},
};
use crate::{
    hash::{FastSet, Fingerprint, Sha1},
    message::{Version, plain_name},
    pool::Pooled,
    series::{MailIx, Rules, StoredMessage, Threads, assemble::Posting, known::Known, thread::Ids},
    stamp::Stamp,
};

/// Everything from which links follow.
pub(super) struct Inputs<'a> {
    pub(super) postings: &'a [Posting],
    pub(super) mails: &'a [StoredMessage],
    pub(super) threads: &'a Threads,
    pub(super) ids: &'a Ids,
    pub(super) known: &'a Known,
    pub(super) rules: &'a Rules,
}

/// A posting, an older one, and why they are one: by their numbers.
type Found = (u32, u32, Link);

/// The links as they are stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    /// The sum of everything from which they follow.
    sum: Fingerprint,
    links: Vec<Found>,
    claims: Vec<Found>,
    splits: Vec<Found>,
    /// The names that differ from what the subjects of a posting say.
    names: Vec<(u32, Version, Box<str>)>,
}

/// The links that the state `name` has for these inputs; otherwise those that `find` finds, which it then has.
pub(super) fn or_else(name: &str, inputs: &Inputs<'_>, find: impl FnOnce() -> Lineage) -> Lineage {
    let rules = inputs.rules;
    let is_edited = rules.edits.has_kinds() || !rules.edits.hidden().is_empty();
    if !rules.cache.remembers() || !rules.redaction.is_empty() || is_edited {
        return find();
    }
    let (form, sum) = (form(rules), inputs.sum());
    let kept = rules.cache.load_value::<Pooled<Stored>>(name, &form);
    let kept = kept.map(|Pooled(stored)| stored).filter(|stored| stored.sum == sum);
    kept.and_then(|stored| stored.lineage(inputs)).unwrap_or_else(|| {
        let lineage = find();
        let stored = Stored::of(sum, &lineage, inputs);
        rules.cache.store_value(name, &form, &Pooled(stored));
        lineage
    })
}

/// The format of the state: results of this program with these machines.
fn form(rules: &Rules) -> String {
    let mut stamp = Stamp::default();
    stamp.program();
    stamp.value(&rules.machines);
    format!("links 1 {}", stamp.finish())
}

impl Inputs<'_> {
    fn sum(&self) -> Fingerprint {
        let silent = self.silent();
        let mut sum = Sum::default();
        self.rules.mailmap.hash(&mut sum);
        for posting in self.postings {
            posting.hash(&mut sum);
            let mut ids = posting.members().map(|ix| &self.mails[ix.at()].mail.message.id);
            ids.any(|id| self.rules.edits.begins(id)).hash(&mut sum);
        }
        for (ix, letter) in MailIx::all(self.mails.len()).zip(self.mails) {
            if silent[ix.at()] {
                continue;
            }
            let (mail, message) = (&letter.mail, &letter.mail.message);
            (message.raw, message.part, mail.is_entry()).hash(&mut sum);
            // Other mails change these.
            (letter.date(), letter.sent(), mail.role, mail.spam).hash(&mut sum);
            (&mail.title, &message.subject.title, &message.subject.tags).hash(&mut sum);
            self.threads.parent[ix.at()].hash(&mut sum);
        }
        self.known.sum(&self.names(), &mut sum);
        sum.digest()
    }

    /// For each mail, whether no link can depend on it: it belongs to no posting, no mail answers it, no posting names it, and it
    /// was sent after all postings, so that it says nothing about when somebody wrote last before one.
    fn silent(&self) -> Vec<bool> {
        let sent = |ix: MailIx| self.mails[ix.at()].sent();
        let posted = |posting: &Posting| posting.members().filter_map(sent).min();
        let last = self.postings.iter().filter_map(posted).max();
        let is_late = |ix| sent(ix).is_some_and(|sent| Some(sent) >= last);
        let mut silent: Vec<bool> = MailIx::all(self.mails.len()).map(is_late).collect();
        self.threads.parent.iter().flatten().for_each(|parent| silent[parent.at()] = false);
        for member in self.postings.iter().flat_map(Posting::members) {
            silent[member.at()] = false;
            let named = self.mails[member.at()].mail.cited.iter().flat_map(|cited| cited.ids());
            let named = named.filter_map(|id| self.ids.get(&**id));
            named.for_each(|mail| silent[mail.at()] = false);
        }
        silent
    }

    /// The names of the people behind postings.
    fn names(&self) -> FastSet<String> {
        let members = self.postings.iter().flat_map(Posting::members);
        let mails = members.map(|ix| &self.mails[ix.at()].mail);
        let names = mails.flat_map(|mail| [&*mail.author.name, &*mail.message.from.name]);
        let names: FastSet<&str> = names.collect();
        names.into_iter().map(|name| plain_name(&name.to_lowercase())).collect()
    }
}

impl Stored {
    fn of(sum: Fingerprint, lineage: &Lineage, inputs: &Inputs<'_>) -> Self {
        let found = |all: &[Option<(usize, Link)>]| {
            let all = all.iter().enumerate();
            let found = all.filter_map(|(at, found)| Some((at, found.as_ref()?)));
            found.map(|(at, (older, link))| (number(at), number(*older), link.clone())).collect()
        };
        let names = lineage.names.iter().zip(inputs.postings).enumerate();
        let names = names.filter(|(_, (name, posting))| **name != said(posting, inputs.mails));
        Self {
            sum,
            links: found(&lineage.links),
            claims: found(&lineage.claims),
            splits: found(&lineage.splits),
            names: names
                .map(|(at, (name, _))| (number(at), name.version, Box::from(&*name.title)))
                .collect(),
        }
    }

    /// The lineage of these postings; `None` if a number is not one of theirs.
    fn lineage(self, inputs: &Inputs<'_>) -> Option<Lineage> {
        let count = inputs.postings.len();
        let found = |all: Vec<Found>| {
            let mut found = vec![None; count];
            for (at, older, link) in all {
                let older = Some(older as usize).filter(|older| *older < count)?;
                *found.get_mut(at as usize)? = Some((older, link));
            }
            Some(found)
        };
        let links = found(self.links)?;
        let mut names: Vec<Name> =
            inputs.postings.iter().map(|posting| said(posting, inputs.mails)).collect();
        for (at, version, title) in self.names {
            *names.get_mut(at as usize)? = Name { version, title: title.into() };
        }
        Some(Lineage {
            tops: tops(&links)?,
            links,
            claims: found(self.claims)?,
            splits: found(self.splits)?,
            names,
        })
    }
}

/// The name of a posting, as its subjects say it.
fn said(posting: &Posting, mails: &[StoredMessage]) -> Name {
    Name { version: posting.version(mails), title: title(posting, mails) }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The posting that begins the work of each; `None` if links run in a circle.
fn tops(links: &[Option<(usize, Link)>]) -> Option<Vec<usize>> {
    let mut tops: Vec<Option<usize>> = vec![None; links.len()];
    for at in 0..links.len() {
        let (mut top, mut path) = (at, Vec::new());
        while tops[top].is_none() {
            path.push(top);
            match &links[top] {
                Some((older, _)) if path.len() < links.len() => top = *older,
                Some(_) => return None,
                None => break,
            }
        }
        let top = tops[top].unwrap_or(top);
        path.into_iter().for_each(|step| tops[step] = Some(top));
    }
    tops.into_iter().collect()
}

/// A sum that is made of many short parts.
#[derive(Default)]
struct Sum {
    sum: Sha1,
    /// The last parts, which are added together: one by one takes three times as long.
    parts: Vec<u8>,
}

/// How many bytes are added at once.
const TOGETHER: usize = 1 << 15;

impl Sum {
    fn digest(mut self) -> Fingerprint {
        self.sum.update(&self.parts);
        self.sum.digest()
    }
}

impl std::hash::Hasher for Sum {
    fn write(&mut self, bytes: &[u8]) {
        self.parts.extend_from_slice(bytes);
        if self.parts.len() >= TOGETHER {
            self.sum.update(&self.parts);
            self.parts.clear();
        }
    }

    fn finish(&self) -> u64 {
        let mut sum = self.sum.clone();
        sum.update(&self.parts);
        std::hash::Hasher::finish(&sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::{Confidence, Evidence};

    #[test]
    fn links_in_a_circle_are_a_miss() {
        let link = |older: usize| {
            Some((older, Link { evidence: Evidence::Editor, confidence: Confidence::Low }))
        };
        assert_eq!(tops(&[None, link(0), link(1), None, link(3)]), Some(vec![0, 0, 0, 3, 3]));
        assert_eq!(tops(&[link(2), None, link(1)]), Some(vec![1, 1, 1]));
        assert_eq!(tops(&[link(1), link(0)]), None);
        assert_eq!(tops(&[link(0)]), None);
    }
}
