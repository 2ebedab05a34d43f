//! Trailers: `Key: value` lines at the end of a commit message or in a reply.

use super::{Extent, Mailbox};
use crate::pool;
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

/// A trailer that a reply gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) trailer: Trailer,
    /// What the words beside it say that it is about.
    pub(crate) extent: Extent,
}

/// What a trailer's key says about its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TrailerKind {
    /// A person's verdict on the patch: Reviewed-, Acked-, Tested-, Nacked-by and their mixtures.
    Review,
    /// A person otherwise: Signed-off-by, Reported-by, Suggested-by, Co-developed-by, Cc …
    Person,
    /// Something else: Fixes, Link, Closes, Change-Id …
    Other,
}

/// Keys that are no `…-by` and yet trailers wherever they stand (git's and the kernel's habits).
const UTILITY: [&str; 12] = [
    "Fixes",
    "Link",
    "Closes",
    "Cc",
    "Change-Id",
    "BugLink",
    "Message-ID",
    "Message-Id",
    "Depends-on",
    "Based-on",
    "Supersedes",
    "Bug",
];

/// Lines that look like trailers and are a mail's own business.
const NOT_TRAILERS: [&str; 11] =
    ["from", "to", "subject", "date", "sent", "mail", "phone", "tel", "http", "https", "note"];

impl Trailer {
    /// The trailer on one line, if it is one in form: a key of letters, digits and hyphens, a colon right
    /// behind it, a value (git `trailer.c`).
    pub fn parse(line: &str) -> Option<Self> {
        let (key, value) = line.split_once(':')?;
        let formed = (2..=40).contains(&key.len())
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && key.starts_with(|c: char| c.is_ascii_alphabetic())
            && !NOT_TRAILERS.contains(&key.to_ascii_lowercase().as_str());
        let value = value.trim();
        (formed && !value.is_empty())
            .then(|| Self { key: spelled(key).into(), value: without_mailto(value).into() })
    }

    /// What the key says about the value.
    pub fn kind(&self) -> TrailerKind {
        let key = self.key.to_ascii_lowercase();
        let Some(verb) = key.strip_suffix("-by") else {
            return if key == "cc" { TrailerKind::Person } else { TrailerKind::Other };
        };
        let verdict = ["reviewed", "acked", "tested", "nacked", "naked", "nak"]
            .iter()
            .any(|word| verb == *word || verb.split("-and-").any(|part| part == *word));
        if verdict { TrailerKind::Review } else { TrailerKind::Person }
    }

    /// A verdict against the patch.
    pub fn is_against(&self) -> bool {
        let key = self.key.to_ascii_lowercase();
        matches!(&*key, "nacked-by" | "naked-by" | "nak-by")
    }

    /// A verdict that somebody looked at the patch and agrees: a Tested-by alone is none.
    pub fn is_approval(&self) -> bool {
        let key = self.key.to_ascii_lowercase();
        self.kind() == TrailerKind::Review
            && (key.contains("reviewed") || key.contains("acked"))
            && !self.is_against()
    }

    /// The person that the value names, where the key is about a person; a comment behind (`# stable`)
    /// left out.
    pub fn person(&self) -> Option<Mailbox> {
        if self.kind() == TrailerKind::Other {
            return None;
        }
        let named = &self.value[..self.person_end()];
        let mailbox = Mailbox::parse(named);
        let unnamed = mailbox.address.is_empty() && mailbox.name.is_empty();
        Some(if unnamed { Mailbox::new(named.trim(), "") } else { mailbox })
    }

    /// What stands behind the person: `# rk3399`, `(Documentation)`, `[the boring parts]`.
    pub fn comment(&self) -> &str {
        self.value[self.person_end()..].trim()
    }

    /// Where a comment begins, or the value's end.
    fn person_end(&self) -> usize {
        let hash = self.value.find(" #").unwrap_or(self.value.len());
        self.value[..hash].find('>').map_or(hash, |at| at + 1)
    }
}

/// The trailers in the last paragraph of a commit message, nearly by git's rules: the paragraph is a
/// trailer block when one line is git's or the kernel's own and trailers are at least a quarter of the
/// lines. (git takes any words with colons where all lines have them.) The title is no paragraph of
/// `message`.
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

/// The trailers about persons, and `Fixes:` and the like, that a reply gives in its own words; each must be
/// of a known key, since prose is full of colons. `paragraphs` are its sender's own.
pub(crate) fn in_reply(paragraphs: &[Vec<&str>]) -> Vec<Given> {
    // Most replies have none.
    if !paragraphs.iter().flatten().any(|line| may_have_one(line)) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let lines: Vec<(&str, &str)> = paragraph.iter().map(|line| inline(line)).collect();
        let mut trailers = collect(lines.iter().map(|(_, line)| *line));
        trailers.retain(|trailer| is_known(&trailer.key));
        if trailers.is_empty() {
            continue;
        }
        let above = at.checked_sub(1).map(|at| &paragraphs[at][..]).unwrap_or_default();
        let below = paragraphs.get(at + 1).map(Vec::as_slice).unwrap_or_default();
        let around = beside(&lines, above, below);
        out.extend(trailers.into_iter().map(|trailer| {
            let extent = Extent::beside_verdict(trailer.comment()).or_else(|| around.clone());
            Given { extent: extent.unwrap_or_default(), trailer }
        }));
    }
    out
}

/// No line has a trailer of a known key without a colon behind the key, or behind `-by`.
fn may_have_one(line: &str) -> bool {
    memchr::memchr_iter(b':', line.as_bytes()).any(|colon| {
        let key = &line.as_bytes()[..colon];
        let ends = |end: &str| {
            let at = key.len().checked_sub(end.len());
            at.is_some_and(|at| key[at..].eq_ignore_ascii_case(end.as_bytes()))
        };
        ends("-by") || UTILITY.iter().any(|known| key.eq_ignore_ascii_case(known.as_bytes()))
    })
}

/// `For patches 1-3: Acked-by: …` as the words before the trailer and the trailer; other lines as they are.
fn inline(line: &str) -> (&str, &str) {
    let apart = line.match_indices(": ").map(|(at, _)| line.split_at(at + 2));
    let mut named = apart.filter(|(words, trailer)| {
        let verdict = Trailer::parse(trailer).is_some_and(|t| t.kind() == TrailerKind::Review);
        verdict && words.split(' ').count() <= 8 && words.contains(' ')
    });
    named.next().unwrap_or(("", line))
}

/// What the words beside a block of trailers say that it is about: those before it on its line, the lines
/// above in its paragraph or the end of the one above where that leads to it (`For the series,`), the lines
/// below, or a paragraph below that begins with `for`.
fn beside(lines: &[(&str, &str)], above: &[&str], below: &[&str]) -> Option<Extent> {
    let is_trailer =
        |line: &&(&str, &str)| Trailer::parse(line.1).is_some_and(|t| is_known(&t.key));
    let first = lines.iter().position(|line| is_trailer(&line)).unwrap_or(0);
    let last = lines.iter().rposition(|line| is_trailer(&line)).unwrap_or(0);
    let prefix = lines.get(first).map_or("", |line| line.0);
    let mut before: Vec<&str> = lines[first.saturating_sub(2)..first].iter().map(|l| l.1).collect();
    if before.is_empty() && above.last().is_some_and(|line| line.ends_with([':', ','])) {
        before = above[above.len().saturating_sub(2)..].to_vec();
    }
    let mut after: Vec<&str> = lines[last + 1..].iter().map(|line| line.1).take(2).collect();
    let leads = |line: &&str| line.to_ascii_lowercase().trim_start_matches('(').starts_with("for ");
    if after.is_empty() && below.first().is_some_and(leads) {
        after = below[..1].to_vec();
    }
    [prefix, &before.join(" "), &after.join(" ")].into_iter().find_map(Extent::beside_verdict)
}

fn is_known(key: &str) -> bool {
    key.ends_with("-by") || UTILITY.iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// Trailers of consecutive lines. A value goes on in lines that begin with a blank, and an address that was
/// wrapped to a line of its own (`Reviewed-by: A Long Name` / `<a@example.org>`) belongs to its name.
fn collect<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Trailer> {
    let mut out: Vec<Trailer> = Vec::new();
    let mut open = false;
    for line in lines {
        let line = line.trim_end();
        if let Some(trailer) = Trailer::parse(line) {
            out.push(trailer);
            open = true;
            continue;
        }
        let wrapped = line.starts_with('<') && line.ends_with('>') && line.contains('@');
        match out.last_mut() {
            Some(last)
                if open
                    && (wrapped || is_continuation(line) || is_note(line, last))
                    && last.value.len() < 500 =>
            {
                last.value = format!("{} {}", last.value, line.trim()).into();
            }
            _ => open = false,
        }
    }
    out
}

/// `[the boring parts]` below a verdict. Below a Signed-off-by it tells what the next person did.
fn is_note(line: &str, above: &Trailer) -> bool {
    line.starts_with('[') && line.ends_with(']') && above.kind() == TrailerKind::Review
}

fn is_continuation(line: &str) -> bool {
    line.starts_with([' ', '\t']) && !line.trim().is_empty()
}

/// `reviewed-BY` is written `Reviewed-by`.
fn spelled(key: &str) -> String {
    if !key.to_ascii_lowercase().ends_with("-by") {
        let known = UTILITY.iter().find(|known| known.eq_ignore_ascii_case(key));
        return known.map_or_else(|| key.to_owned(), |known| (*known).to_owned());
    }
    let mut out = key.to_ascii_lowercase();
    out[..1].make_ascii_uppercase();
    out
}

/// Some mailers add `<mailto:a@x>` behind the address.
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
    use super::{super::own_paragraphs, *};

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
        assert_eq!(
            words(in_reply(&own_paragraphs(text)).into_iter().map(|given| given.trailer).collect()),
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
