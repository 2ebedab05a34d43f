//! Finds addresses of people, and Message-IDs, in any spelling.
//!
//! In: addresses, then a [`Reading`]. Out: where they occur, also with a `+detail`, broken across lines, or after
//! the prefix that `git send-email` adds in Message-IDs. [`sights`] gives every address, known or not. Never here:
//! whose address it is, a name.

use std::{collections::HashMap, ops::Range};

use super::reading::Reading;

/// The most letters of an address before its at sign (RFC 5321, 4.5.3.1.1, plus the prefix in a Message-ID).
const USER: usize = 128;

/// The most letters after it.
const HOST: usize = 255;

/// Addresses to look for.
#[derive(Debug, Clone, Default)]
pub(super) struct Addresses {
    /// The values given with the addresses, by host and user in lower case.
    by_host: HashMap<Box<str>, HashMap<Box<str>, usize>>,
}

/// An address in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Its letters.
    pub(super) letters: Range<usize>,
    /// The value given with it.
    pub(super) whose: usize,
}

impl Addresses {
    /// Adds an address; its matches return `whose`.
    pub(super) fn add(&mut self, address: &str, whose: usize) {
        let address = address.to_lowercase();
        let (user, host) = address.rsplit_once('@').unwrap_or((&address, ""));
        let users = self.by_host.entry(host.into()).or_default();
        users.entry(user.into()).or_insert(whose);
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.by_host.is_empty()
    }

    /// The value given with an address, if it is present.
    pub(super) fn get(&self, address: &str) -> Option<usize> {
        let address = address.to_lowercase();
        let (user, host) = address.rsplit_once('@')?;
        let users = self.by_host.get(host)?;
        users.get(user).or_else(|| users.get(user.split('+').next()?)).copied()
    }

    /// The addresses in a text, first to last.
    pub(super) fn find(&self, reading: &Reading) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        if self.is_empty() {
            return found;
        }
        let signs = reading.letters.iter().enumerate().filter(|(_, letter)| is_sign(letter.c));
        for (at, _) in signs {
            let free = found.last().is_none_or(|last: &Found| last.letters.end <= at);
            found.extend(free.then(|| self.at(reading, at)).flatten());
        }
        found
    }

    /// The address around the at sign at `at`: with the longest host, then the longest known user.
    fn at(&self, reading: &Reading, at: usize) -> Option<Found> {
        let (host, ends) = host(reading, at + 1);
        let known = ends.iter().rev().filter_map(|(len, end)| {
            let users = self.by_host.get(&host[..*len])?;
            Some((user_in(reading, at, users)?, *end))
        });
        let ((start, whose), end) = known.into_iter().next()?;
        Some(Found { letters: start..end, whose })
    }
}

/// VERP writes `=` for the at sign of an embedded address: `list-bounces+jane=example.org@…`.
fn is_sign(c: char) -> bool {
    matches!(c, '@' | '=')
}

/// The start of the longest user among `users`, and the value given with it.
fn user_in(
    reading: &Reading,
    at: usize,
    users: &HashMap<Box<str>, usize>,
) -> Option<(usize, usize)> {
    let mut user = String::new();
    let mut best = None;
    for start in user_letters(reading, at) {
        let c = reading.letters[start].c;
        // Letters are collected from right to left.
        let small: String = c.to_lowercase().collect();
        user.insert_str(0, &small);
        if begins_word(reading, start, reading.letters[at].c) {
            let known = users.get(&*user).or_else(|| users.get(user.split('+').next()?));
            best = known.map(|whose| (start, *whose)).or(best);
        }
    }
    best
}

/// The places of the letters before an at sign, last first, across one line end.
fn user_letters(reading: &Reading, at: usize) -> impl Iterator<Item = usize> + '_ {
    let (mut next, mut is_wrapped) = (at, false);
    let step = move || {
        let end = reading.unwrapped_before(next);
        if end != next && !is_wrapped {
            (next, is_wrapped) = (end, true);
        }
        next = next.checked_sub(1)?;
        is_user(reading.letters[next].c).then_some(next)
    };
    std::iter::from_fn(step).take(USER)
}

fn is_user(c: char) -> bool {
    c.is_alphanumeric() || "._%+=~!#$'*?^{|}-&".contains(c)
}

/// Whether an address can begin here, and is not part of another, as `jane@` is of `mary.jane@`. The prefix of `git
/// send-email` in Message-IDs may precede it: `20260223101500.1-1-jane@example.org`.
fn begins_word(reading: &Reading, at: usize, sign: char) -> bool {
    let before = |n: usize| at.checked_sub(n).and_then(|at| reading.get(at));
    match before(1) {
        Some('-') => before(2).is_none_or(|c| !c.is_alphabetic() && c != '_'),
        // In VERP a plus precedes an address, elsewhere a detail.
        Some('+') => sign == '=' || before(2).is_none_or(|c| !c.is_alphanumeric()),
        Some(c) => !c.is_alphanumeric() && !matches!(c, '.' | '_'),
        None => true,
    }
}

/// The text from `from` that may be a host, in lower case, across two line ends; and the prefixes of it that may be
/// hosts: the length of each, and the letter after which it ends.
pub(super) fn host(reading: &Reading, from: usize) -> (String, Vec<(usize, usize)>) {
    let (mut host, mut ends) = (String::new(), Vec::new());
    let (mut at, mut wraps) = (from, 0);
    while host.len() < HOST {
        let next = reading.unwrapped(at);
        let is_wrapped = next != at;
        let Some(c) = reading.get(next) else { break };
        let is_host = c.is_alphanumeric() || matches!(c, '.' | '-');
        wraps += usize::from(is_wrapped);
        if !is_host || wraps > 2 {
            break;
        }
        if (is_wrapped || !c.is_alphanumeric()) && !host.is_empty() {
            ends.push((host.len(), at));
        }
        host.extend(c.to_lowercase());
        at = next + 1;
    }
    if !host.is_empty() {
        ends.push((host.len(), at));
    }
    (host, ends)
}

/// An address in a text, known or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sight {
    /// In lower case.
    pub(super) address: String,
    /// Its letters.
    pub(super) letters: Range<usize>,
}

/// Every address in a text that stands on one line.
pub(super) fn sights(reading: &Reading) -> Vec<Sight> {
    let signs = reading.letters.iter().enumerate().filter(|(_, letter)| letter.c == '@');
    signs.filter_map(|(at, _)| sight(reading, at)).collect()
}

fn sight(reading: &Reading, at: usize) -> Option<Sight> {
    let is_part = |c: char| c.is_alphanumeric() || "._%+=~-".contains(c);
    let before = reading.letters[..at].iter().rev();
    let start = at - before.take(USER).take_while(|l| is_part(l.c)).count();
    let behind = reading.letters[at + 1..].iter().take(HOST);
    let mut end =
        at + 1 + behind.take_while(|l| l.c.is_alphanumeric() || "-.".contains(l.c)).count();
    while matches!(reading.before(end), Some('.' | '-')) {
        end -= 1;
    }
    let host = reading.letters.get(at + 1..end)?;
    (start < at && host.iter().any(|l| l.c == '.')).then(|| {
        let text = reading.letters[start..end].iter().flat_map(|l| l.c.to_lowercase());
        Sight { address: text.collect(), letters: start..end }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(address: &str, text: &str) -> Vec<String> {
        let mut addresses = Addresses::default();
        addresses.add(address, 0);
        let reading = Reading::of(text);
        let found = addresses.find(&reading).into_iter();
        found.map(|f| text[reading.bytes(f.letters)].to_owned()).collect()
    }

    #[test]
    fn an_address_is_found_however_it_is_written() {
        for text in [
            "jane@example.org",
            "JANE@Example.ORG",
            "jane at example.org",
            "jane (at) example (dot) org",
            "jane [AT] example dot org",
            "jane%40example.org",
            "jane=40example.org",
            "jane&#64;example.org",
            "jane=example.org",
            "jane+lists@example.org",
            "jane@\n> example.org",
            "jane@example.\n> > org",
            "jane@exam=\nple.org",
            "jane@exam\nple.org",
            "ja\n> ne@example.org",
        ] {
            assert_eq!(found("jane@example.org", text), [text]);
            assert_eq!(
                found("jane@example.org", &format!("mailto:{text}. <{text}>")).len(),
                2,
                "{text}"
            );
        }
        let id = "20260223.1-2-jane@example.org";
        assert_eq!(found("jane@example.org", id), ["jane@example.org"]);
        let verp = "list-bounces+jane=example.org@lists.example.net";
        assert_eq!(found("jane@example.org", verp), ["jane=example.org"]);
        assert_eq!(found("jane@example.org", "+jane@example.org"), ["jane@example.org"]);
        assert_eq!(found("jane@example.org", "x\n-jane@example.org"), ["jane@example.org"]);
    }

    #[test]
    fn other_addresses_are_others() {
        for text in [
            "jane@example.organic",
            "mary.jane@example.org",
            "mary-jane@example.org",
            "janet@example.org",
            "jane@sub.example.org",
            "jane at example",
        ] {
            assert_eq!(found("jane@example.org", text), [""; 0], "{text}");
        }
    }

    #[test]
    fn every_address_is_seen() {
        let reading = Reading::of("A <a.b@C.example>, c at d.example. x@y, @z.example");
        let seen: Vec<String> = sights(&reading).into_iter().map(|s| s.address).collect();
        assert_eq!(seen, ["a.b@c.example", "c@d.example"]);
    }
}
