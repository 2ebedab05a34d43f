//! Mailboxes: a name and an address, read as git reads them.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::{
    pool::{self, Pool},
    redact,
};

/// A display name and an address (RFC 5322, 3.4).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Mailbox {
    /// The name, decoded; the address where the mail has no usable name.
    #[serde(with = "pool::one")]
    pub name: Arc<str>,
    /// The address as written; empty where the mail has none.
    #[serde(with = "pool::one")]
    pub address: Arc<str>,
}

impl Mailbox {
    /// A mailbox of these parts.
    pub fn new(name: &str, address: &str) -> Self {
        Self { name: name.into(), address: address.into() }
    }

    /// Reads the value of a From field, encoded words already decoded, by git's rules (`mailinfo.c`,
    /// `handle_from`): `John Doe <j@x>`, `j@x (John Doe)`, `John (zzz) Doe <j@x> (Comment)`. A name that is
    /// shorter than 3 bytes, longer than 60, or holds `@`, `<` or `>` gives way to the address.
    pub fn parse(value: &str) -> Self {
        let plain = unquote(value);
        let Some(at) = plain.find('@') else {
            return Self::without_address(value);
        };
        let start = plain[..at]
            .rfind(|c: char| c == '<' || c.is_ascii_whitespace())
            .map_or(0, |i| i + plain[i..].chars().next().map_or(1, char::len_utf8));
        let length = plain[start..]
            .find(|c: char| c == '>' || c.is_ascii_whitespace())
            .unwrap_or(plain.len() - start);
        let address = &plain[start..start + length];
        let before = plain[..start].strip_suffix('<').unwrap_or(&plain[..start]);
        let after = plain[start + length..].get(1..).unwrap_or_default();
        let rest = [before, after].concat();
        let rest = rest.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        let name =
            rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(&rest);
        Self { name: sane_name(name, address).into(), address: address.into() }
    }

    /// `John Doe <john>`: an address without an at sign counts only in angle brackets.
    fn without_address(value: &str) -> Self {
        let Some((name, rest)) = value.split_once('<') else {
            return Self::default();
        };
        let Some((address, _)) = rest.split_once('>') else {
            return Self::default();
        };
        let name = name.trim().trim_matches('"').trim();
        Self { name: sane_name(name, address).into(), address: address.into() }
    }

    /// Takes the copies of its strings that all mails have.
    pub(crate) fn share(&mut self, pool: &Pool) {
        pool.share(&mut self.name);
        pool.share(&mut self.address);
    }

    /// The address for comparison and counting: in lower case.
    pub fn key(&self) -> String {
        self.address.to_lowercase()
    }

    /// The address's domain in lower case; empty without one, or where it is redacted.
    pub fn domain(&self) -> String {
        match self.address.rsplit_once('@') {
            Some((_, domain)) if *self.address != *redact::ADDRESS => domain.to_lowercase(),
            _ => String::new(),
        }
    }

    /// `Name <address>`, or whichever there is.
    pub fn full(&self) -> String {
        match (&*self.name, &*self.address) {
            (name, "") => name.to_owned(),
            (name, address) if name == address || name.is_empty() => address.to_owned(),
            (name, address) => format!("{name} <{address}>"),
        }
    }
}

/// git's `get_sane_name`.
fn sane_name<'a>(name: &'a str, address: &'a str) -> &'a str {
    let usable = (3..=60).contains(&name.len()) && !name.contains(['@', '<', '>']);
    if usable { name } else { address }
}

/// Quotes of quoted strings and backslashes in them and in comments removed (`unquote_quoted_pair`).
fn unquote(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let (mut quoted, mut depth, mut literal) = (false, 0usize, false);
    for c in value.chars() {
        if literal {
            literal = false;
        } else {
            match c {
                '\\' if quoted || depth > 0 => {
                    literal = true;
                    continue;
                }
                '"' if depth == 0 => {
                    quoted = !quoted;
                    continue;
                }
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        out.push(c);
    }
    out
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
            ("Zoë <zoe>", "Zoë", "zoe"),
            ("bogosity", "", ""),
            ("ab <ab@example.org>", "ab@example.org", "ab@example.org"),
        ] {
            assert_eq!(Mailbox::parse(value), Mailbox::new(name, address), "{value}");
        }
    }
}
