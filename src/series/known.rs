//! The known addresses of people: whether a name at an address is the person that others know by that name.
//!
//! In: all mails. Out: whether a name and an address belong together. A display name proves nothing, because anybody
//! can write any. An address belongs to a person with other addresses if one of these is true:
//!
//! - the mailmap says so;
//! - the address differs from one of theirs only by a `+detail` or one level of sub-domain;
//! - mails have had it beside that name for thirty days, or will have for thirty days: a new address that stays was
//!   theirs from the first mail;
//! - a mail from one of their addresses names it, then or later, in a trailer or as the author of a patch.
//!
//! Of 19,260 links between revisions on thirteen lists, 52 depend on a name alone. Never here: signatures; few
//! archives record whether they were valid.

use std::{
    collections::HashSet,
    hash::{Hash as _, Hasher},
};

use super::StoredMessage;
use crate::{
    date::Timestamp,
    hash::{FastMap, FastSet},
    message::{Mailbox, Mailmap, plain_name, same_address},
    patch::Mail,
};

/// How long an address is new beside a name, in seconds: a person who writes in another's name gains nothing soon.
const NEW: i64 = 30 * 86_400;

/// Names beside addresses.
#[derive(Debug, Default)]
pub(super) struct Known {
    mailmap: Mailmap,
    /// The first and the last mail for each name and address, both in lower case.
    used: FastMap<(String, String), (Timestamp, Timestamp)>,
    /// For the same, the addresses whose owners named it as another of theirs.
    named: FastMap<(String, String), HashSet<String>>,
}

impl Known {
    /// The addresses from which people write, according to the mails.
    pub(super) fn new(mails: &[StoredMessage], mailmap: &Mailmap) -> Self {
        let mut known = Self { mailmap: mailmap.clone(), ..Self::default() };
        for letter in mails {
            let (mail, Some(date)) = (&letter.mail, letter.date()) else { continue };
            for who in [&mail.message.from, &mail.author] {
                let (first, last) = known.used.entry(known.pair(who)).or_insert((date, date));
                (*first, *last) = (date.min(*first), date.max(*last));
            }
            known.add_names(mail);
        }
        known
    }

    /// The addresses that a mail's sender names beside their own name.
    fn add_names(&mut self, mail: &Mail) {
        let from = &mail.message.from;
        let signed = mail.trailers.iter().filter_map(|trailer| trailer.person());
        for other in signed.chain([mail.author.clone()]) {
            if is_one_name(&other.name, &from.name) && other.key() != from.key() {
                let by = self.mailmap.key(from);
                self.named.entry(self.pair(&other)).or_default().insert(by);
            }
        }
    }

    fn pair(&self, who: &Mailbox) -> (String, String) {
        (plain_name(&who.name), self.mailmap.key(who))
    }

    /// Whether `who`, in a mail of `when`, is the person who uses the same name at the other addresses.
    pub(super) fn vouches<'k>(
        &self,
        (name, address): (&str, &str),
        others: impl IntoIterator<Item = &'k str>,
        when: Option<Timestamp>,
    ) -> bool {
        let pair = (plain_name(name), address.to_owned());
        let is_old = self.used.get(&pair).is_some_and(|(first, last)| {
            when.is_none_or(|when| when.max(*last).0 - first.0 >= NEW)
        });
        let named = self.named.get(&pair);
        let is_named = |other: &str| named.is_some_and(|named| named.contains(other));
        is_old || others.into_iter().any(|other| same_address(address, other) || is_named(other))
    }

    /// Adds to a sum all that [`Self::vouches`] needs of the people with these names. How much longer an address is in use
    /// that has been for long changes nothing.
    pub(super) fn sum(&self, names: &FastSet<String>, sum: &mut impl Hasher) {
        let used = self.used.iter().filter(|((name, _), _)| names.contains(name));
        let mut used: Vec<_> = used
            .map(|(pair, (first, last))| (pair, first, (last.0 - first.0 < NEW).then_some(last)))
            .collect();
        used.sort_unstable();
        used.hash(sum);
        let named = self.named.iter().filter(|((name, _), _)| names.contains(name));
        let sorted = |by: &HashSet<String>| {
            let mut by: Vec<&str> = by.iter().map(String::as_str).collect();
            by.sort_unstable();
            by.join(" ")
        };
        let mut named: Vec<_> = named.map(|(pair, by)| (pair, sorted(by))).collect();
        named.sort_unstable();
        named.hash(sum);
    }

    /// Whether the sender of a mail of `when` is the `person` that it names, as far as anybody can tell: an address
    /// from which nobody wrote in that name vouches for nobody.
    pub(super) fn is(&self, sender: &Mailbox, person: &Mailbox, when: Option<Timestamp>) -> bool {
        let [(name, from), (_, address)] = [sender, person].map(|who| self.pair(who));
        if from == address || same_address(&from, &address) {
            return true;
        }
        if !is_one_name(&sender.name, &person.name) {
            return false;
        }
        let used = self.used.get(&(name.clone(), address.clone()));
        let is_somebody = used.is_some_and(|(first, _)| when.is_none_or(|when| *first < when));
        !is_somebody || self.vouches((&name, &from), [&*address], when)
    }
}

/// The same name, written either way.
fn is_one_name(one: &str, other: &str) -> bool {
    !one.is_empty() && !one.contains('@') && plain_name(one) == plain_name(other)
}
