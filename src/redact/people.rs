//! Removed people, with all their names and addresses.
//!
//! In: entries of the settings, and which names and addresses occur together in the texts of an archive. Out: for
//! each person, a set of names and addresses, and texts that only look like them. Never here: the replacements.
//!
//! An address beside a person's name (`Jane Doe <jane@example.org>`) is theirs, unless it occurs more often beside
//! other names: lists, trackers and robots write in many names, and a mail with `Jane Doe <bob@example.org>` must
//! not remove Bob. A name beside an address adds no name to a person; only settings and mailmaps do. A name that
//! resembles a person's, or the user of their address (`J. Doe`, `jdoe`), counts as no other person's name.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};

use super::{
    addresses::{self, Addresses, Sight},
    names::{self, Names},
    reading::Reading,
};

/// An address from the settings that occurs beside so many other names is shared.
const MANY: usize = 3;

/// The most letters between a name and its address.
const ASIDE: usize = 30;

/// The fewest letters of a word by which two names can resemble each other.
const WORD: usize = 3;

/// Common user names, which say nothing about a person.
const COMMON: [&str; 12] = [
    "admin", "contact", "dev", "devel", "email", "git", "info", "kernel", "linux", "lists", "mail",
    "patches",
];

/// A person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Person {
    /// As written in texts.
    pub(super) names: BTreeSet<Box<str>>,
    /// In lower case.
    pub(super) addresses: BTreeSet<Box<str>>,
    /// Addresses that others use, too: the names beside them stay.
    pub(super) shared: BTreeSet<Box<str>>,
}

/// Names and addresses of one person, as a mailmap knows them.
#[derive(Debug, Clone, Default)]
pub struct Kin {
    /// Their names.
    pub names: Vec<Box<str>>,
    /// Their addresses.
    pub addresses: Vec<Box<str>>,
}

impl Person {
    /// Adds what a mailmap says about them; true if something is new.
    pub(super) fn join(&mut self, kin: &[Kin]) -> bool {
        let before = (self.names.len(), self.addresses.len());
        let mut last = (0, 0);
        while last != (self.names.len(), self.addresses.len()) {
            last = (self.names.len(), self.addresses.len());
            let known: BTreeSet<String> = self.names.iter().map(|n| names::letters(n)).collect();
            for one in kin {
                let by_name = one.names.iter().any(|name| known.contains(&names::letters(name)));
                let mut addresses = one.addresses.iter().map(|address| address.to_lowercase());
                if by_name || addresses.any(|address| self.addresses.contains(&*address)) {
                    self.names.extend(one.names.iter().cloned());
                    self.addresses.extend(one.addresses.iter().map(|a| a.to_lowercase().into()));
                }
            }
        }
        before != last
    }

    /// Whether a name beside `address` may be theirs: it has a word of their names, or is the address's user.
    fn resembles(&self, name: &str, address: &str) -> bool {
        let own: BTreeSet<String> = self.names.iter().flat_map(|own| words(own)).collect();
        !own.is_disjoint(&words(name)) || names::letters(name) == names::letters(user(address))
    }

    /// Whether the user of an address is the person's name, or that of another of their addresses, or ends in one of
    /// these (`mary-jane@example.org` may be somebody else, or a Message-ID with Jane's address in it).
    fn looks_like(&self, address: &str) -> bool {
        let (own, glued) = (user(address), names::letters(user(address)));
        let is_common = |user: &str| user.len() <= WORD || COMMON.contains(&user);
        let is_theirs = |known: &str| {
            let before = own.strip_suffix(user(known)).filter(|_| !is_common(user(known)));
            before.is_some_and(|before| {
                let is_end = !before.ends_with(char::is_alphanumeric) && address.ends_with(known);
                before.is_empty() || is_end
            })
        };
        self.names.iter().any(|name| user_names(name).contains(&glued))
            || self.addresses.iter().any(|known| is_theirs(known))
    }
}

/// The user of an address, without the detail.
fn user(address: &str) -> &str {
    address.split(['@', '+']).next().unwrap_or_default()
}

/// The words of a name that others can resemble.
fn words(name: &str) -> BTreeSet<String> {
    let words = name.split(|c: char| !(c.is_alphabetic() || c == '\'')).map(names::letters);
    words.filter(|word| word.len() >= WORD).collect()
}

/// User names that people make from a name: `janedoe`, `doejane`, `jdoe`.
fn user_names(name: &str) -> BTreeSet<String> {
    let words: Vec<String> = name.split_whitespace().map(names::letters).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return BTreeSet::new() };
    if words.len() < 2 {
        return BTreeSet::new();
    }
    let initial: String = first.chars().take(1).collect();
    [words.concat(), format!("{first}{last}"), format!("{last}{first}"), format!("{initial}{last}")]
        .into_iter()
        .filter(|name| name.len() > WORD)
        .collect()
}

/// Text that looks like a person but may be another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookAlike {
    /// The number of the entry that it looks like.
    pub entry: usize,
    /// The address or name.
    pub what: String,
    /// Why it may be the person but was not removed.
    pub why: &'static str,
    /// The number of places where it occurs.
    pub places: usize,
}

/// The names beside an address.
#[derive(Debug, Default)]
struct Stand {
    /// Names of people who are removed, by their numbers.
    own: BTreeMap<usize, usize>,
    /// Other names.
    others: HashMap<Box<str>, usize>,
    /// The number of places where it occurs.
    places: usize,
}

impl Stand {
    /// The number of places with names of others.
    fn of_others(&self, person: &Person, address: &str) -> usize {
        let strange = |name: &str| !person.resembles(name, address);
        self.others.iter().filter(|(name, _)| strange(name)).map(|(_, count)| count).sum()
    }

    /// The number of other people, counting names that share a word once.
    fn strangers(&self, person: &Person, address: &str) -> usize {
        let mut names: Vec<(&str, usize)> = self.others.iter().map(|(n, c)| (&**n, *c)).collect();
        names.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        let of_user = |name: &str| words(name).iter().any(|word| user(address).contains(&**word));
        let is_own = |name: &str| of_user(name) || person.resembles(name, address);
        let (own, others): (Vec<_>, Vec<_>) = names.into_iter().partition(|(name, _)| is_own(name));
        let mut known: BTreeSet<String> = own.iter().flat_map(|(name, _)| words(name)).collect();
        let mut strangers = 0;
        for words in others.iter().map(|(name, _)| words(name)) {
            strangers += usize::from(!words.is_empty() && known.is_disjoint(&words));
            known.extend(words);
        }
        strangers
    }
}

/// What to search for in texts.
pub(super) struct Wanted<'w> {
    /// The people's names.
    pub(super) names: &'w Names,
    /// Short forms of the names.
    pub(super) short: Names,
    /// User names: `jdoe`.
    pub(super) users: HashMap<String, usize>,
}

impl<'w> Wanted<'w> {
    /// What to search for besides the known names in `names`.
    pub(super) fn of(people: &[Person], names: &'w Names) -> Self {
        let mut wanted = Self { names, short: Names::default(), users: HashMap::new() };
        for (number, person) in people.iter().enumerate() {
            for name in &person.names {
                wanted.short.add_short(name, number);
                for user in user_names(name) {
                    wanted.users.entry(user).or_insert(number);
                }
            }
        }
        wanted
    }
}

/// What was found in the texts of an archive.
#[derive(Debug, Default)]
pub(super) struct Book {
    stands: BTreeMap<Box<str>, Stand>,
    /// User names, and the people they may be.
    users: BTreeMap<(usize, Box<str>), usize>,
    /// Short forms of names.
    short: BTreeMap<(usize, Box<str>), usize>,
}

impl Book {
    /// Adds a text.
    pub(super) fn add(&mut self, text: &str, wanted: &Wanted<'_>) {
        let reading = Reading::of(text);
        let found = wanted.names.find(&reading);
        // A text counts once for a name beside an address: one mail with many lines must not give somebody's address
        // to another person.
        let mut met: BTreeSet<(String, Result<usize, &str>)> = BTreeSet::new();
        for sight in addresses::sights(&reading) {
            let stand = self.stands.entry(sight.address.as_str().into()).or_default();
            stand.places += 1;
            match beside(&reading, &sight, &found) {
                Some(whose) if met.insert((sight.address.clone(), Ok(whose))) => {
                    *stand.own.entry(whose).or_default() += 1;
                }
                Some(_) => {}
                None => {
                    let start = reading.bytes(sight.letters).start;
                    let name = text[super::display_name(&text[..start])].trim();
                    let is_name = name.chars().any(char::is_alphabetic) && !name.contains('@');
                    if is_name && met.insert((sight.address.clone(), Err(name))) {
                        *stand.others.entry(name.into()).or_default() += 1;
                    }
                }
            }
        }
        for (user, whose) in names::users(&reading, &wanted.users) {
            *self.users.entry((whose, user.into())).or_default() += 1;
        }
        for names::Found { letters, whose } in wanted.short.find(&reading) {
            let is_whole = found.iter().any(|name| name.letters.contains(&letters.start));
            if !is_whole {
                let words: Vec<_> = text[reading.bytes(letters)].split_whitespace().collect();
                *self.short.entry((whose, words.join(" ").into())).or_default() += 1;
            }
        }
    }

    /// Gives people the addresses beside their names, except lists' addresses; returns texts that only look like
    /// them.
    pub(super) fn judge(&self, people: &mut [Person], lists: &BTreeSet<String>) -> Vec<LookAlike> {
        let mut looks = Vec::new();
        for (entry, person) in people.iter_mut().enumerate() {
            let listed = person.addresses.clone();
            for (address, stand) in &self.stands {
                if lists.contains(&**address) {
                    continue;
                }
                let own = stand.own.get(&entry).copied().unwrap_or_default();
                if listed.contains(address) {
                    if stand.strangers(person, address) >= MANY {
                        person.shared.insert(address.clone());
                    }
                } else if own > 0 {
                    if stand.of_others(person, address) <= own {
                        person.addresses.insert(address.clone());
                    } else {
                        looks.push(look(
                            entry,
                            address,
                            "beside other names more often",
                            stand.places,
                        ));
                    }
                }
            }
            self.add_looks(entry, person, lists, &mut looks);
        }
        let mut seen = BTreeSet::new();
        looks.retain(|look| seen.insert((look.entry, look.what.clone())));
        looks.sort_by(|a, b| (a.entry, b.places, &a.what).cmp(&(b.entry, a.places, &b.what)));
        looks
    }

    fn add_looks(
        &self,
        entry: usize,
        person: &Person,
        lists: &BTreeSet<String>,
        looks: &mut Vec<LookAlike>,
    ) {
        let mut names = Names::default();
        person.names.iter().for_each(|name| names.add(name, entry));
        let known = addresses(std::slice::from_ref(person));
        let is_taken_out = |address: &str| !known.find(&Reading::of(address)).is_empty();
        let mut beside: BTreeMap<&str, usize> = BTreeMap::new();
        for (address, stand) in &self.stands {
            if person.addresses.contains(address) {
                let all = stand.others.iter().filter(|_| !person.shared.contains(address));
                let new = all.filter(|(name, _)| names.find(&Reading::of(name)).is_empty());
                new.for_each(|(name, count)| *beside.entry(name).or_default() += count);
            } else if !lists.contains(&**address)
                && person.looks_like(address)
                && !is_taken_out(address)
            {
                looks.push(look(entry, address, "a similar address", stand.places));
            }
        }
        looks.extend(beside.iter().map(|(name, n)| look(entry, name, "beside their address", *n)));
        for (met, why) in [(&self.users, "a user name"), (&self.short, "a shortened name")] {
            let own = met.iter().filter(|((whose, _), _)| *whose == entry);
            looks.extend(own.map(|((_, what), n)| look(entry, what, why, *n)));
        }
    }
}

fn look(entry: usize, what: &str, why: &'static str, places: usize) -> LookAlike {
    LookAlike { entry, what: what.to_owned(), why, places }
}

/// The person whose name is beside an address: `Jane Doe <a>`, `"Doe, Jane" (Acme) <a>`, `Jane Doe [mailto:a]`,
/// `Jane Doe (a)`, `a (Jane Doe)`.
fn beside(reading: &Reading, sight: &Sight, names: &[names::Found]) -> Option<usize> {
    let ends = name_end(reading, &sight.letters);
    let starts = name_start(reading, &sight.letters);
    let is_it = |found: &&names::Found| {
        ends.contains(&Some(found.letters.end)) || starts == Some(found.letters.start)
    };
    names.iter().find(is_it).map(|found| found.whose)
}

/// Where a name would end before an address in brackets: with and without other brackets between them.
fn name_end(reading: &Reading, address: &Range<usize>) -> [Option<usize>; 2] {
    let open = |at: usize, open: &[char]| {
        reading.before(at).filter(|c| open.contains(c)).map(|_| blanks_before(reading, at - 1))
    };
    let mailto: Vec<char> = "mailto:".chars().collect();
    let begin = address.start.checked_sub(mailto.len()).filter(|start| {
        reading.letters[*start..address.start].iter().map(|l| l.c).eq(mailto.iter().copied())
    });
    let Some(end) = open(begin.unwrap_or(address.start), &['<', '(', '[']) else {
        return [None, None];
    };
    let aside = reading.before(end).filter(|c| matches!(c, ')' | ']')).and_then(|_| {
        let letters = reading.letters[..end - 1].iter().rev().take(ASIDE);
        let len = letters.take_while(|l| !matches!(l.c, '(' | '[' | '\n' | '@')).count();
        open(end - 1 - len, &['(', '['])
    });
    [Some(end), aside]
}

/// Where a name in brackets would begin after an address.
fn name_start(reading: &Reading, address: &Range<usize>) -> Option<usize> {
    let close = usize::from(reading.get(address.end) == Some('>'));
    let mut at = address.end + close;
    while reading.get(at).is_some_and(|c| matches!(c, ' ' | '\t')) {
        at += 1;
    }
    let open = reading.get(at) == Some('(');
    let quote = usize::from(matches!(reading.get(at + 1), Some('"' | '\'')));
    open.then_some(at + 1 + quote)
}

/// The place before the blanks, quotes and line end before `at`.
fn blanks_before(reading: &Reading, mut at: usize) -> usize {
    let before =
        |at: usize| reading.before(at).is_some_and(|c| matches!(c, ' ' | '\t' | '"' | '\''));
    while before(at) {
        at -= 1;
    }
    let up = reading.unwrapped_before(at);
    if up == at { at } else { up - usize::from(reading.before(up) == Some(' ')) }
}

/// All addresses of people, with their numbers.
pub(super) fn addresses(people: &[Person]) -> Addresses {
    let mut all = Addresses::default();
    for (number, person) in people.iter().enumerate() {
        person.addresses.iter().for_each(|address| all.add(address, number));
    }
    all
}
