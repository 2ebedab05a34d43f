//! Trailers: `Key: value` lines at the end of a commit message or in a reply.
//!
//! In: a commit message, or the sender's own words in a reply. Out: its [`Trailer`]s. Never here: whether a review
//! counts (the series' ledger).

mod key;
mod ok;
mod reply;

use super::Mailbox;
use crate::pool;
use key::{is_known, spelled};
pub(crate) use reply::in_reply;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One trailer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Trailer {
    /// The key, spelled as git and the kernel do (`Reviewed-by`).
    #[serde(with = "pool::one")]
    pub key: Arc<str>,
    /// The value as written, continuation lines joined by one space.
    #[serde(with = "pool::one")]
    pub value: Arc<str>,
}

/// The meaning of a trailer's value, by its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TrailerKind {
    /// A review of the patch: Reviewed-, Acked-, Tested-, Nacked-by and mixtures, and `OK` for an approval in words.
    Review,
    /// Another role of a person: Signed-off-by, Reported-by, Suggested-by, Co-developed-by, Cc …
    Person,
    /// Something else: Fixes, Link, Closes, Change-Id …
    Other,
}

/// Keys that look like trailers but belong to a mail.
const NOT_TRAILERS: [&str; 11] =
    ["from", "to", "subject", "date", "sent", "mail", "phone", "tel", "http", "https", "note"];

impl Trailer {
    /// The trailer on one line, if it has the form: a key of letters, digits and hyphens, a colon, a value (git
    /// `trailer.c`). git also allows blanks before the colon; prose has them, too, so the key must then be known.
    pub fn parse(line: &str) -> Option<Self> {
        let (written, value) = line.split_once(':')?;
        let key = written.trim_end();
        let formed = (2..=40).contains(&key.len())
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && key.starts_with(|c: char| c.is_ascii_alphabetic())
            && (key == written || is_known(key))
            && !NOT_TRAILERS.contains(&key.to_ascii_lowercase().as_str());
        let value = without_stop(value.trim());
        (formed && !value.is_empty())
            .then(|| Self { key: spelled(key).into(), value: without_mailto(value).into() })
    }

    /// The meaning of the value, by its key.
    pub fn kind(&self) -> TrailerKind {
        // Nine of ten keys are among these, and callers ask for each many times.
        match &*self.key {
            "Reviewed-by" | "Acked-by" | "Tested-by" => return TrailerKind::Review,
            "Signed-off-by" | "Cc" => return TrailerKind::Person,
            "Fixes" | "Link" => return TrailerKind::Other,
            _ => {}
        }
        if self.is_ok() {
            return TrailerKind::Review;
        }
        let key = self.key.to_ascii_lowercase();
        let Some(verb) = key.strip_suffix("-by") else {
            return if key == "cc" { TrailerKind::Person } else { TrailerKind::Other };
        };
        if key::is_verdict(verb) { TrailerKind::Review } else { TrailerKind::Person }
    }

    /// Whether it is a review against the patch.
    pub fn is_against(&self) -> bool {
        self.says(&["nacked", "naked", "nak"])
    }

    /// Whether it is a review that agrees with the patch; a Tested-by alone is not.
    pub fn is_approval(&self) -> bool {
        self.is_ok() || self.says(&["reviewed", "acked"]) && !self.is_against()
    }

    /// Whether it is an approval in words, not a trailer (`This is OK.`).
    fn is_ok(&self) -> bool {
        *self.key == *ok::KEY
    }

    /// Whether it is a review with one of these words.
    fn says(&self, words: &[&str]) -> bool {
        self.kind() == TrailerKind::Review && key::has_word(&self.key.to_ascii_lowercase(), words)
    }

    /// Splits a review that names several people (`A <a@x>, B <b@x>`) into one for each.
    pub(crate) fn apart(&self) -> Vec<Self> {
        let mut out = Vec::new();
        let mut rest = &*self.value;
        while self.kind() == TrailerKind::Review
            && let Some((one, others)) = first_person(rest)
        {
            out.push(Self { key: self.key.clone(), value: one.into() });
            rest = others;
        }
        out.push(if out.is_empty() {
            self.clone()
        } else {
            Self { value: rest.into(), ..self.clone() }
        });
        out
    }

    /// The person in the value, if the key is about one, without a comment (`# stable`).
    pub fn person(&self) -> Option<Mailbox> {
        if self.kind() == TrailerKind::Other {
            return None;
        }
        let named = &self.value[..self.person_end()];
        let mailbox = Mailbox::parse(named);
        let unnamed = mailbox.address.is_empty() && mailbox.name.is_empty();
        Some(if unnamed { Mailbox::new(named.trim(), "") } else { mailbox })
    }

    /// The text after the person: `# rk3399`, `(Documentation)`, `[the boring parts]`.
    pub fn comment(&self) -> &str {
        self.value[self.person_end()..].trim()
    }

    /// The offset of the comment, or of the value's end.
    fn person_end(&self) -> usize {
        let hash = self.value.find(" #").unwrap_or(self.value.len());
        self.value[..hash].find('>').map_or(hash, |at| at + 1)
    }
}

/// The trailers in the last paragraph of a commit message, close to git's rules: the paragraph counts if one line is
/// git's or the kernel's own and at least a quarter of the lines are trailers. (git accepts any words with colons if
/// all lines have them.) `message` does not include the title.
pub(crate) fn in_commit_message(message: &str) -> Vec<Trailer> {
    let body = message.trim_end();
    let start = body.rfind("\n\n").map_or(0, |i| i + 2);
    let lines: Vec<&str> = body[start..].lines().filter(|l| !l.trim().is_empty()).collect();
    let found: Vec<bool> =
        lines.iter().map(|l| Trailer::parse(l).is_some() || l.starts_with([' ', '\t'])).collect();
    let good = found.iter().filter(|f| **f).count();
    let known = lines.iter().any(|l| Trailer::parse(l).is_some_and(|t| is_known(&t.key)));
    if known && good * 4 >= lines.len() { collect(lines.into_iter()) } else { Vec::new() }
}

/// The trailers of consecutive lines, with wrapped values joined.
fn collect<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Trailer> {
    let mut out: Vec<Trailer> = Vec::new();
    let mut open = false;
    for line in lines {
        let line = line.trim_end();
        let last = out.last_mut().filter(|last| open && last.value.len() < 500);
        let glue = last.as_ref().and_then(|last| glue(last, line));
        if let (Some(last), Some(glue)) = (last, glue) {
            last.value = without_stop(&format!("{}{glue}{}", last.value, line.trim())).into();
        } else if let Some(trailer) = Trailer::parse(line) {
            out.push(trailer);
            open = true;
        } else {
            open = false;
        }
    }
    out
}

/// The string that joins a line to the trailer above, if it continues the trailer. Continuation lines begin with a
/// blank, but mailers also wrap long lines without one: before or within the address, within a name, within the
/// title that `Fixes:` quotes (b4's `find_trailers`).
fn glue(above: &Trailer, line: &str) -> Option<&'static str> {
    let value = &*above.value;
    if Trailer::parse(line.trim_start()).is_some_and(|trailer| is_known(&trailer.key)) {
        return None;
    }
    let ends_address = line.ends_with('>') && !line.contains(char::is_whitespace);
    let in_address = value.rfind('<').is_some_and(|at| !value[at..].contains('>')) && ends_address;
    if in_address {
        return Some("");
    }
    let address = line.starts_with('<') && line.ends_with('>') && line.contains('@');
    let in_name = !value.contains(['@', '<', '#', '(']) && ends_person(line);
    let in_title = *above.key == *"Fixes"
        && value.contains('(')
        && !value.contains(')')
        && line.ends_with(')');
    let joined = address || in_name || in_title || is_continuation(line) || is_note(line, above);
    joined.then_some(" ")
}

/// Whether a line is only the end of a name with an address: `Lind <zoe@example.org>`.
fn ends_person(line: &str) -> bool {
    let Some((name, address)) = line.split_once('<') else { return false };
    let words = name.split_whitespace();
    address.ends_with('>')
        && address.contains('@')
        && words.clone().count() <= 3
        && words.clone().all(|word| word.starts_with(char::is_uppercase))
}

/// Whether a line is a note such as `[the boring parts]` below a review. Below a Signed-off-by, it describes the
/// next person's change.
fn is_note(line: &str, above: &Trailer) -> bool {
    line.starts_with('[') && line.ends_with(']') && above.kind() == TrailerKind::Review
}

fn is_continuation(line: &str) -> bool {
    line.starts_with([' ', '\t']) && !line.trim().is_empty()
}

/// The first of several people, and the rest: after an address come a comma or a word, and another address.
fn first_person(value: &str) -> Option<(&str, &str)> {
    let (one, rest) = value.split_at(value.find('>')? + 1);
    let rest = rest.trim_start().trim_start_matches([',', ';', '&', '/']);
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("and ").unwrap_or(rest).trim_start();
    let (name, address) = rest.split_once('<')?;
    let is_name = !name.contains(['#', '[', '(', ':']) && name.split_whitespace().count() <= 5;
    let is_address = address.split_once('>').is_some_and(|(address, _)| {
        address.contains('@') && !address.contains(char::is_whitespace)
    });
    (is_name && is_address).then_some((one, rest))
}

/// The value without the full stop, comma or semicolon of a sentence after an address.
fn without_stop(value: &str) -> &str {
    let stopped = value.trim_end_matches(['.', ';', ',']);
    if stopped.ends_with('>') { stopped } else { value }
}

/// The value without `<mailto:a@x>`, which some mailers add after the address.
fn without_mailto(value: &str) -> String {
    match value.find("<mailto:") {
        Some(start) if start > 0 => {
            let end = value[start..].find('>').map_or(value.len(), |i| start + i + 1);
            let rest = value[end..].trim_start_matches('>');
            let head = value[..start].trim_end();
            let close = if head.contains('<') && !head.contains('>') { ">" } else { "" };
            format!("{head}{close}{rest}")
        }
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Mailbox, own_paragraphs},
        *,
    };

    fn words(trailers: Vec<Trailer>) -> Vec<String> {
        trailers.into_iter().map(|t| format!("{}: {}", t.key, t.value)).collect()
    }

    #[test]
    fn the_last_paragraph_holds_a_commit_s_trailers() {
        let message = "Why: because.\n\nFixes: 123456789012 (\"x\")\nReviewed-BY: Zoë Lind\n <zoe@example.org>\nSigned-off-by: A <a@example.org>\n";
        assert_eq!(
            words(in_commit_message(message)),
            [
                "Fixes: 123456789012 (\"x\")",
                "Reviewed-by: Zoë Lind <zoe@example.org>",
                "Signed-off-by: A <a@example.org>"
            ]
        );
        assert!(in_commit_message("One thing: another.\n").is_empty());
        assert!(in_commit_message("").is_empty());
    }

    #[test]
    fn a_reply_gives_trailers_where_it_quotes_none() {
        let text = "> Acked-by: Q <q@example.org>\nthanks: a lot\nReviewed-by: Zoë Lind\n<zoe@example.org>\nTested-by: B <b@example.org><mailto:b@example.org>\n-- \nCc: x\n";
        let from = Mailbox::parse("Zoë Lind <zoe@example.org>");
        assert_eq!(
            words(
                in_reply(text, &own_paragraphs(text), &from)
                    .into_iter()
                    .map(|given| given.trailer)
                    .collect()
            ),
            ["Reviewed-by: Zoë Lind <zoe@example.org>", "Tested-by: B <b@example.org>"]
        );
    }

    #[test]
    fn a_key_says_what_it_is_about() {
        let kind = |line| Trailer::parse(line).map(|t| t.kind());
        assert_eq!(kind("Reviewed-and-tested-by: x"), Some(TrailerKind::Review));
        assert_eq!(kind("Co-developed-by: x"), Some(TrailerKind::Person));
        assert_eq!(kind("Fixes: x"), Some(TrailerKind::Other));
        assert_eq!(kind("no trailer"), None);
    }
}
