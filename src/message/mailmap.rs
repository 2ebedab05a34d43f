//! Mailmaps: which names and addresses belong to one person, in the form of git's `.mailmap`.
//!
//! In: the text of a mailmap (gitmailmap(5)). Out: the proper mailbox for any mailbox. Names and addresses compare
//! without regard to case, a later line wins over an earlier one, and lines that are not entries are ignored. Never
//! here: a file. The text of a mail stays as written; a mailmap only changes who counts as whom.

use std::{
    borrow::Cow,
    collections::HashMap,
    hash::{Hash, Hasher},
    sync::Arc,
};

use super::Mailbox;
use crate::redact::Kin;

/// The names and addresses that belong to one person.
#[derive(Debug, Clone, Default)]
pub struct Mailmap {
    /// By the address in commits and mails, in lower case.
    entries: HashMap<Box<str>, Entry>,
}

/// The entry of a mailmap for an address.
#[derive(Debug, Clone, Default, Hash)]
struct Entry {
    /// Under any name.
    any: Proper,
    /// By name in lower case: `Proper Name <proper@x> Commit Name <commit@x>`.
    named: Vec<(Box<str>, Proper)>,
}

/// The replacements of a name and an address; a missing one keeps the original.
#[derive(Debug, Clone, Default, Hash)]
struct Proper {
    name: Option<Arc<str>>,
    address: Option<Arc<str>>,
}

impl Hash for Mailmap {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut entries: Vec<_> = self.entries.iter().collect();
        entries.sort_unstable_by_key(|(address, _)| *address);
        entries.hash(state);
    }
}

impl Mailmap {
    /// Reads a mailmap.
    pub fn parse(text: &str) -> Self {
        let mut map = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            map.add(line);
        }
        map
    }

    /// Whether it names nobody.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The lines of a mailmap that are no entries, with their numbers, from 1.
    pub fn mistakes(text: &str) -> impl Iterator<Item = (usize, &str)> {
        let is_entry = |line: &str| {
            let first = mailbox(line).filter(|(_, address, _)| !address.is_empty());
            // An entry maps something: a name to an address, or an address to another.
            first.is_some_and(|(name, _, rest)| !name.is_empty() || mailbox(rest).is_some())
        };
        let is_silent = |line: &str| line.starts_with('#') || line.trim().is_empty();
        (1..).zip(text.lines()).filter(move |(_, line)| !is_silent(line) && !is_entry(line))
    }

    /// A line in one of git's forms: `Proper Name <commit@x>`, `<proper@x> <commit@x>`,
    /// `Proper Name <proper@x> <commit@x>`, `Proper Name <proper@x> Commit Name <commit@x>`.
    fn add(&mut self, line: &str) {
        let Some((name, first, rest)) = mailbox(line).filter(|(_, address, _)| !address.is_empty())
        else {
            return;
        };
        let second = mailbox(rest);
        let set = |text: &str| (!text.is_empty()).then(|| Arc::from(text));
        let (commit_name, commit, proper) = match second {
            Some((commit_name, commit, _)) => {
                (commit_name, commit, Proper { name: set(name), address: set(first) })
            }
            None => ("", first, Proper { name: set(name), address: None }),
        };
        let entry = self.entries.entry(commit.to_lowercase().into()).or_default();
        let place = match commit_name {
            "" => &mut entry.any,
            name => {
                let name = name.to_lowercase();
                let known = entry.named.iter().position(|(known, _)| **known == name);
                let at = known.unwrap_or_else(|| {
                    entry.named.push((name.into(), Proper::default()));
                    entry.named.len() - 1
                });
                &mut entry.named[at].1
            }
        };
        place.name = proper.name.or_else(|| place.name.take());
        place.address = proper.address.or_else(|| place.address.take());
    }

    fn proper(&self, mailbox: &Mailbox) -> Option<&Proper> {
        if self.is_empty() {
            return None;
        }
        let entry = self.entries.get(&*mailbox.key())?;
        let name = mailbox.name.to_lowercase();
        let named = entry.named.iter().find(|(known, _)| **known == name);
        Some(named.map_or(&entry.any, |(_, proper)| proper))
    }

    /// The names and addresses of each person. An address with commits under several names belongs to nobody, and a
    /// single word (`root`, `jane`) is not a name to look for.
    pub fn kin(&self) -> Vec<Kin> {
        let is_name = |name: &str| name.split_whitespace().nth(1).is_some();
        let kin = |proper: &Proper, name: Option<&str>, commit: Option<&str>| {
            let names = proper.name.as_deref().into_iter().chain(name);
            let addresses = proper.address.as_deref().into_iter().chain(commit);
            Kin {
                names: names.filter(|name| is_name(name)).map(Box::from).collect(),
                addresses: addresses.map(Box::from).collect(),
            }
        };
        let of = |(commit, entry): (&str, &Entry)| {
            let is_anyone = entry.any.name.is_none() && entry.any.address.is_none();
            let own = |is_own: bool| is_own.then_some(commit);
            let any = (!is_anyone).then(|| kin(&entry.any, None, own(entry.named.is_empty())));
            let alone = own(is_anyone && entry.named.len() == 1);
            let named = entry.named.iter().map(|(name, proper)| kin(proper, Some(name), alone));
            any.into_iter().chain(named).collect::<Vec<_>>()
        };
        // Sorted, because the result goes into the names of caches and must not depend on a hash order.
        let mut all: Vec<(&str, &Entry)> = self.entries.iter().map(|(c, e)| (&**c, e)).collect();
        all.sort_unstable_by_key(|(commit, _)| *commit);
        all.into_iter().flat_map(of).collect()
    }

    /// The person's proper mailbox; the mailbox itself where the mailmap says nothing.
    pub fn fold<'a>(&self, mailbox: &'a Mailbox) -> Cow<'a, Mailbox> {
        match self.proper(mailbox) {
            None => Cow::Borrowed(mailbox),
            Some(proper) => Cow::Owned(Mailbox {
                name: proper.name.clone().unwrap_or_else(|| mailbox.name.clone()),
                address: proper.address.clone().unwrap_or_else(|| mailbox.address.clone()),
            }),
        }
    }

    /// The identity of a person: the proper address in lower case.
    pub fn key(&self, mailbox: &Mailbox) -> String {
        let proper = self.proper(mailbox).and_then(|proper| proper.address.as_ref());
        proper.map_or_else(|| mailbox.key(), |address| address.to_lowercase())
    }
}

/// The name and the address of the first mailbox in a line, and what follows it.
fn mailbox(line: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = line.split_once('<')?;
    let (address, rest) = rest.split_once('>')?;
    Some((name.trim(), address.trim(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_forms() {
        // The examples of gitmailmap(5).
        let map = Mailmap::parse(
            "# people\n\
             Zoë Lind <zoe@lantern.example>\n\
             <amir@example.org> <amir@laptop.(none)>\n\
             Ida Roe <ida@example.org> <IDA@work.example> # moved\n\
             Jo Doe <jo@example.org> joe <bugs@example.org>\n\
             Jane Doe <jane@example.org> Jane <bugs@example.org>\n\
             no entry\n<broken\n",
        );
        for (name, address, want) in [
            ("zoe", "Zoe@Lantern.example", "Zoë Lind <Zoe@Lantern.example>"),
            ("Amir", "amir@laptop.(none)", "Amir <amir@example.org>"),
            ("I.", "ida@WORK.example", "Ida Roe <ida@example.org>"),
            ("Joe", "bugs@example.org", "Jo Doe <jo@example.org>"),
            ("jane", "bugs@example.org", "Jane Doe <jane@example.org>"),
            ("somebody", "bugs@example.org", "somebody <bugs@example.org>"),
            ("Nobody", "nobody@example.org", "Nobody <nobody@example.org>"),
        ] {
            let mailbox = Mailbox::new(name, address);
            let folded = map.fold(&mailbox);
            assert_eq!(folded.full(), want);
            assert_eq!(map.key(&mailbox), folded.key());
        }
    }

    #[test]
    fn people_are_told_apart_by_more_than_an_address() {
        let map = Mailmap::parse(
            "Ida Roe <ida@example.org> <ida@work.example>\nIda Roe <ida@old.example>\n\
             Jo Doe <jo@example.org> joe <bugs@example.org>\n\
             Jane Doe <jane@example.org> Jane Roe <bugs@example.org>\n\
             Cleo Poe <cleo@example.org> C. Poe <cleo@work.example>\n",
        );
        let told: Vec<String> = map
            .kin()
            .iter()
            .map(|kin| format!("{} {}", kin.names.join("/"), kin.addresses.join(" ")))
            .collect();
        assert_eq!(
            told,
            [
                "Jo Doe jo@example.org",
                "Jane Doe/jane roe jane@example.org",
                "Cleo Poe/c. poe cleo@example.org cleo@work.example",
                "Ida Roe ida@old.example",
                "Ida Roe ida@example.org ida@work.example",
            ]
        );
    }

    #[test]
    fn a_later_line_adds_to_an_earlier_one() {
        let map =
            Mailmap::parse("Ida Roe <ida@work.example>\n<ida@example.org> <ida@work.example>\n");
        let folded = map.fold(&Mailbox::new("i", "ida@work.example")).into_owned();
        assert_eq!(folded.full(), "Ida Roe <ida@example.org>");
        assert!(Mailmap::parse("# nothing\n\n").is_empty());
    }
}
