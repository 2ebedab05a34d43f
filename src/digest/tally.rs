//! Rankings: who and where from, counted fairly.
//!
//! A person is an address in lower case; the name is the one most used with it (the earliest of equals).
//! Rankings are whole, most first, then by address or domain.

use std::{collections::BTreeMap, sync::Arc};

use crate::message::Mailbox;

/// Ranks people.
pub(super) fn people<'a>(mailboxes: impl Iterator<Item = &'a Mailbox>) -> Vec<(Mailbox, u64)> {
    let mut counts: BTreeMap<String, (u64, Names)> = BTreeMap::new();
    for mailbox in mailboxes {
        let (count, names) = counts.entry(mailbox.key()).or_default();
        *count += 1;
        names.add(&mailbox.name);
    }
    let ranked = counts.into_iter().map(|(address, (count, names))| {
        (Mailbox { name: names.best(), address: address.into() }, count)
    });
    by_count(ranked.collect())
}

/// Ranks mail domains.
pub(super) fn domains<'a>(mailboxes: impl Iterator<Item = &'a Mailbox>) -> Vec<(Arc<str>, u64)> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for mailbox in mailboxes {
        *counts.entry(mailbox.domain()).or_default() += 1;
    }
    by_count(counts.into_iter().map(|(domain, count)| (domain.into(), count)).collect())
}

/// The names that came with an address, in order of appearance.
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

/// The order of the keys, which are sorted already, stays among equals.
fn by_count<T>(mut ranked: Vec<(T, u64)>) -> Vec<(T, u64)> {
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
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
        let all = [zoe, named.clone(), named, amir];
        let ranked = people(all.iter());
        assert_eq!(ranked[0], (Mailbox::new("Zoë Lind", "zoe@example.org"), 3));
        assert_eq!(ranked[1].1, 1);
        assert_eq!(domains(all.iter())[0], ("example.org".into(), 3));
    }
}
