//! Rankings of people and mail domains.
//!
//! In: contributions, or reviews. Out: rankings with all rows, most first, then by address or domain; every row has
//! the mails that it counts. A person is an address in lower case, merged by the site's mailmap; the name is the one
//! most used with it (the earliest of equals). Never here: how many rows a page shows.

use std::{collections::BTreeMap, sync::Arc};

use super::Verdict;
use crate::{
    message::Mailbox,
    series::{Corpus, MailIx},
};

/// A row of a ranking.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rank<T> {
    /// The person or domain.
    pub who: T,
    /// The count.
    pub count: u64,
    /// The mails behind the count, one for each that counts: a mail with two reviews occurs twice. There are fewer
    /// only if a text digest gave the count.
    pub mails: Vec<MailIx>,
}

/// Ranks the authors of contributions.
pub(super) fn contributors(corpus: &Corpus, contributions: &[MailIx]) -> Vec<Rank<Mailbox>> {
    let authors = contributions.iter().map(|ix| {
        let author = &corpus.stored(*ix).mail.author;
        (*ix, corpus.mailmap.fold(author).into_owned())
    });
    people(authors)
}

/// Ranks reviewers by the number of their reviews.
pub(super) fn reviewers<'a>(verdicts: impl Iterator<Item = &'a Verdict>) -> Vec<Rank<Mailbox>> {
    people(verdicts.map(|verdict| (verdict.mail, verdict.person.clone())))
}

fn people(mailboxes: impl Iterator<Item = (MailIx, Mailbox)>) -> Vec<Rank<Mailbox>> {
    let mut counts: BTreeMap<String, (Vec<MailIx>, Names)> = BTreeMap::new();
    for (mail, mailbox) in mailboxes {
        let (mails, names) = counts.entry(mailbox.key()).or_default();
        mails.push(mail);
        names.add(&mailbox.name);
    }
    let ranked = counts.into_iter().map(|(address, (mails, names))| {
        (Mailbox { name: names.best(), address: address.into() }, mails)
    });
    by_count(ranked)
}

/// Ranks the mail domains that contributions come from.
pub(super) fn domains(corpus: &Corpus, contributions: &[MailIx]) -> Vec<Rank<Arc<str>>> {
    let mut counts: BTreeMap<String, Vec<MailIx>> = BTreeMap::new();
    for ix in contributions {
        let author = corpus.mailmap.fold(&corpus.stored(*ix).mail.author);
        counts.entry(author.domain()).or_default().push(*ix);
    }
    by_count(counts.into_iter().map(|(domain, mails)| (domain.into(), mails)))
}

/// The names used with an address, in order of appearance.
#[derive(Default)]
struct Names(Vec<(Arc<str>, u64)>);

impl Names {
    fn add(&mut self, name: &Arc<str>) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => self.0.push((name.clone(), 1)),
        }
    }

    fn best(self) -> Arc<str> {
        let best = self.0.into_iter().rev().max_by_key(|(_, count)| *count);
        best.map_or_else(|| "".into(), |(name, _)| name)
    }
}

/// Sorts by count; rows with equal counts keep the order of their keys.
fn by_count<T>(rows: impl Iterator<Item = (T, Vec<MailIx>)>) -> Vec<Rank<T>> {
    let rank = |(who, mails): (T, Vec<MailIx>)| Rank { who, count: mails.len() as u64, mails };
    let mut ranked: Vec<_> = rows.map(rank).collect();
    ranked.sort_by_key(|rank| std::cmp::Reverse(rank.count));
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_fold_and_ties_are_broken() {
        let zoe = Mailbox::new("zoe@example.org", "zoe@example.org");
        let named = Mailbox::new("Zoë Lind", "Zoe@Example.org");
        let amir = Mailbox::new("Amir", "amir@example.net");
        let ranked = people((0..).map(MailIx).zip([amir, zoe, named.clone(), named]));
        let zoe = Mailbox::new("Zoë Lind", "zoe@example.org");
        assert_eq!(
            ranked[0],
            Rank { who: zoe, count: 3, mails: vec![MailIx(1), MailIx(2), MailIx(3)] }
        );
        assert_eq!((ranked[1].count, &*ranked[1].who.address), (1, "amir@example.net"));
    }
}
