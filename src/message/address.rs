//! Mailboxes: a name and an address.
//!
//! In: the value of a field, or of a trailer. Out: the person's name and address. Reads the address by RFC 5322, so
//! that no display name wins over the address that the mail came from; git takes the first word with an at sign
//! (`mailinfo.c`, `handle_from`), even one in a name. Never here: which mailboxes belong to one person.

mod common;
mod entry;
mod mask;

use serde::{Deserialize, Serialize};
use std::{borrow::Cow, sync::Arc};

use super::header;
use crate::{
    pool::{self, Pool},
    redact,
};
use entry::Entry;
use mask::Masked;

/// The longest name without an address, in bytes.
const MOST: usize = 200;

/// The most bytes beside an address that are searched for a name: the search is quadratic in its brackets.
const LONG: usize = 2_000;

/// A display name and an address (RFC 5322, 3.4).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Mailbox {
    /// The decoded name, or the address if the mail has no usable name.
    #[serde(with = "pool::one")]
    pub name: Arc<str>,
    /// The address as written; empty if the mail has none.
    #[serde(with = "pool::one")]
    pub address: Arc<str>,
}

impl Mailbox {
    /// A mailbox of these parts.
    pub fn new(name: &str, address: &str) -> Self {
        Self { name: name.into(), address: address.into() }
    }

    /// Reads a mailbox by RFC 5322, 3.4, and in the forms that people, lists and archives write; encoded words may
    /// still be encoded. Of several mailboxes it takes the first that has an address.
    ///
    /// The address is the text in the last angle brackets; without brackets, the first word with an at sign, or an
    /// address that an archive masked. The name is the rest, by git's rules (`mailinfo.c`, `get_sane_name`): a name
    /// that is shorter than 3 bytes, longer than 60, or contains `@`, `<` or `>` is replaced by the address, so that
    /// nobody can pass another person's address off as a name.
    pub fn parse(value: &str) -> Self {
        if let Some((name, address)) = common::read(value) {
            return Self::new(name, address);
        }
        let mut all = Self::parse_all(value);
        let at = all.iter().position(|mailbox| mailbox.address.contains('@')).unwrap_or(0);
        if all.is_empty() { Self::default() } else { all.swap_remove(at) }
    }

    /// The mailboxes of a field that may have several, in their order, those in groups included.
    pub fn parse_all(value: &str) -> Vec<Self> {
        let mailboxes = Entry::all(value).into_iter().map(|entry| Self::of(&entry));
        mailboxes.filter(|mailbox| *mailbox != Self::default()).collect()
    }

    fn of(entry: &Entry) -> Self {
        let Found { address, beside } = address(entry);
        let written = beside.as_deref().unwrap_or(&entry.phrase);
        let is_long = written.len() > LONG;
        let name = if is_long { String::new() } else { clean(&header::words(written)) };
        let is_sane = is_sane(&name);
        // Without an address, only the name tells who it was.
        let is_shown = is_sane || address.is_empty() && name.len() <= MOST && !is_odd(&name);
        let name = if is_shown { &*name } else { &*address };
        Self { name: name.into(), address: address.into() }
    }

    /// Replaces its strings by the copies that all mails share.
    pub(crate) fn share(&mut self, pool: &Pool) {
        pool.share(&mut self.name);
        pool.share(&mut self.address);
    }

    /// The identity of a person, for comparison and counting: the address in lower case, or the name if there is no
    /// address.
    pub fn key(&self) -> String {
        let key = if self.address.is_empty() { &self.name } else { &self.address };
        key.to_lowercase()
    }

    /// The address's domain in lower case; empty without one, or where it is redacted.
    pub fn domain(&self) -> String {
        match self.address.rsplit_once('@') {
            Some((_, domain)) if *self.address != *redact::ADDRESS => domain.to_lowercase(),
            _ => String::new(),
        }
    }

    /// `Name <address>`, or only one of them.
    pub fn full(&self) -> String {
        match (&*self.name, &*self.address) {
            (name, "") => name.to_owned(),
            (name, address) if name == address || name.is_empty() => address.to_owned(),
            (name, address) => format!("{name} <{address}>"),
        }
    }
}

/// An address, and the name beside it, if that differs from the text outside angle brackets and comments.
#[derive(Default)]
struct Found {
    address: String,
    beside: Option<String>,
}

fn address(entry: &Entry) -> Found {
    let in_angles: Vec<(Masked, &String)> =
        entry.angles.iter().map(|angle| (mask::read(&plain(angle)), angle)).collect();
    let last = |wanted: fn(&Masked) -> bool| in_angles.iter().rfind(|(read, _)| wanted(read));
    if let Some((Masked::Address(address), _)) = last(|read| matches!(read, Masked::Address(_))) {
        return Found { address: address.clone(), beside: None };
    }
    if let Some((read, angle)) = in_angles.last() {
        // `Zoë <zoe>`: in angle brackets an address needs no at sign.
        let address = if *read == Masked::None { plain(angle).into_owned() } else { String::new() };
        return Found { address, beside: None };
    }
    // No angle brackets: `zoe@example.org (Zoë Lind)`, the form of RFC 822 and of Mailman's archives.
    let comments = Some(entry.comments.join(" ")).filter(|comments| !comments.is_empty());
    let bare = joined_at(&entry.bare);
    match [&*bare, &entry.phrase].map(mask::read) {
        [Masked::Nobody, _] => Found { address: String::new(), beside: comments },
        [Masked::Address(address), _] if !address.contains(char::is_whitespace) => {
            Found { address, beside: comments.or(Some(String::new())) }
        }
        [Masked::None, Masked::Address(address)] => Found { address, beside: Some(String::new()) },
        _ => among_words(entry, &bare),
    }
}

/// The first word with an at sign, and the others: `Zoë Lind zoe@example.org`.
fn among_words(entry: &Entry, bare: &str) -> Found {
    let has_at = |word: &&str| word.contains('@') && word.len() > 1;
    let Some(address) = bare.split_whitespace().find(has_at) else { return Found::default() };
    let words: Vec<&str> =
        entry.phrase.split_whitespace().filter(|word| *word != address).collect();
    let address = address.trim_matches(['\'', '"', ',']).to_owned();
    Found { address, beside: Some(words.join(" ")) }
}

/// The text without blanks around the at sign (RFC 5322, 4.4).
fn joined_at(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    match text.split_once('@').map(|(user, domain)| (user.trim_end(), domain.trim_start())) {
        Some((user, domain)) if !user.contains(' ') && !domain.contains(' ') => {
            format!("{user}@{domain}").into()
        }
        _ => text.into(),
    }
}

/// The text in angle brackets without a route (`@relay.example:`, RFC 5322, 4.4), a scheme, quotes around all of it,
/// or blanks.
fn plain(angle: &str) -> Cow<'_, str> {
    let text = angle.trim().trim_start_matches('<').trim_matches('\'').trim();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let text = match text.strip_prefix('@').and_then(|route| route.split_once(':')) {
        Some((_, address)) => address,
        None => text,
    };
    let text = joined_at(text);
    if text.starts_with('"') {
        return text;
    }
    // `<zoe@example.org (at home)>`
    let has_at = |word: &&str| word.contains('@') && word.len() > 1;
    let word = text.split_whitespace().find(has_at).map(str::to_owned);
    word.map_or(text, Cow::Owned)
}

/// A name without the address that it repeats in brackets (`Zoë Lind <zoe@example.org>`, quoted as a whole) or in a
/// comment, and with single blanks.
fn clean(name: &str) -> String {
    let mut name = name.to_owned();
    for (open, close) in [('<', '>'), ('(', ')')] {
        while let Some((start, end)) = bracketed_address(&name, open, close) {
            name.replace_range(start..end, " ");
        }
    }
    let name = name.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    // Some mailers encode the quotes, too.
    let quoted = name.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'));
    let name = quoted.map_or(&*name, str::trim);
    let inner = name.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    inner.filter(|inner| !inner.contains(['(', ')'])).unwrap_or(name).to_owned()
}

/// The first pair of brackets with an at sign between them.
fn bracketed_address(text: &str, open: char, close: char) -> Option<(usize, usize)> {
    let pairs = text.match_indices(open).filter_map(|(start, _)| {
        let len = text[start..].find(close)?;
        text[start..start + len].contains('@').then_some((start, start + len + 1))
    });
    pairs.min()
}

/// git's `get_sane_name`.
fn is_sane(name: &str) -> bool {
    (3..=60).contains(&name.len()) && !is_odd(name)
}

fn is_odd(name: &str) -> bool {
    name.contains(['@', '<', '>'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_git_s() {
        for (value, name, address) in [
            ("Zoë Lind <zoe@example.org>", "Zoë Lind", "zoe@example.org"),
            ("zoe@example.org (Zoë Lind)", "Zoë Lind", "zoe@example.org"),
            (
                "A (zzz) U Thor <a.u@example.org> (Comment)",
                "A (zzz) U Thor (Comment)",
                "a.u@example.org",
            ),
            ("\"Lind, Zoë\" <zoe@example.org>", "Lind, Zoë", "zoe@example.org"),
            ("zoe@example.org", "zoe@example.org", "zoe@example.org"),
            ("Zoë Lind zoe@example.org", "Zoë Lind", "zoe@example.org"),
            ("Zoë <zoe>", "Zoë", "zoe"),
            ("ab <ab@example.org>", "ab@example.org", "ab@example.org"),
        ] {
            assert_eq!(Mailbox::parse(value), Mailbox::new(name, address), "{value}");
        }
    }

    #[test]
    fn a_display_name_is_no_address() {
        for (value, name, address) in [
            ("\"ida@corp.example\" <zoe@example.org>", "zoe@example.org", "zoe@example.org"),
            ("=?utf-8?Q?Zo=C3=AB=40home?= <zoe@example.org>", "zoe@example.org", "zoe@example.org"),
            (
                "=?utf-8?Q?Eve_=3Cida=40example=2Eorg=3E?= <eve@example.org>",
                "Eve",
                "eve@example.org",
            ),
            ("=?utf-8?Q?\"Zo=C3=AB_Lind\"?= <zoe@example.org>", "Zoë Lind", "zoe@example.org"),
            ("\"Zoë Lind <zoe@example.org>\" <zoe@example.org>", "Zoë Lind", "zoe@example.org"),
            ("Zoë Lind <ida@example.org> <zoe@example.org>", "Zoë Lind", "zoe@example.org"),
            (
                "Zoë Lind (at work: zoe@corp.example) <zoe@example.org>",
                "Zoë Lind",
                "zoe@example.org",
            ),
            ("\"Zoë \\\"Z\\\" Lind\" <zoe@example.org>", "Zoë \"Z\" Lind", "zoe@example.org"),
        ] {
            assert_eq!(Mailbox::parse(value), Mailbox::new(name, address), "{value}");
        }
    }

    #[test]
    fn what_the_rfc_allows_and_what_people_write() {
        for (value, name, address) in [
            ("Lind, Zoë <zoe@example.org>", "Lind, Zoë", "zoe@example.org"),
            ("Zoë Lind <\"zoe lind\"@example.org>", "Zoë Lind", "\"zoe lind\"@example.org"),
            ("Zoë Lind <@relay.example,@b.example:zoe@example.org>", "Zoë Lind", "zoe@example.org"),
            ("zoe @ example.org (Zoë (of lamps) Lind)", "Zoë (of lamps) Lind", "zoe@example.org"),
            (
                "Crew: Zoë Lind <zoe@example.org>, Ida <ida@example.org>;",
                "Zoë Lind",
                "zoe@example.org",
            ),
            ("undisclosed-recipients:;", "", ""),
            ("Zoë Lind", "Zoë Lind", ""),
            ("Zoë Lind <zoe...@example.org>", "Zoë Lind", ""),
            ("zoe at example.org (Zoë Lind)", "Zoë Lind", "zoe@example.org"),
            ("Zoë Lind <zoe () example ! org>", "Zoë Lind", "zoe@example.org"),
            ("zoe(at)example.org", "zoe@example.org", "zoe@example.org"),
            ("Zoë Lind <mailto:zoe@example.org>", "Zoë Lind", "zoe@example.org"),
            ("Zoë Lind <zoe@example.org", "Zoë Lind", "zoe@example.org"),
            ("Zoë \"Lind <zoe@example.org>", "Zoë Lind", "zoe@example.org"),
            ("<>", "", ""),
            ("", "", ""),
        ] {
            assert_eq!(Mailbox::parse(value), Mailbox::new(name, address), "{value}");
        }
    }

    #[test]
    fn a_field_may_have_several() {
        let all =
            Mailbox::parse_all("Zoë <zoe@example.org>, ida@example.org (Ida), Roe, Jo <jo@x>");
        let all: Vec<String> = all.iter().map(Mailbox::full).collect();
        assert_eq!(all, ["Zoë <zoe@example.org>", "Ida <ida@example.org>", "Roe, Jo <jo@x>"]);
    }
}
