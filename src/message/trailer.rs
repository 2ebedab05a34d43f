//! Trailers: `Key: value` lines at the end of a commit message or in a reply.

use super::Mailbox;

/// One trailer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Trailer {
    /// The key, spelled as git and the kernel do (`Reviewed-by`).
    pub key: Box<str>,
    /// The value as written, continuation lines joined by one space.
    pub value: Box<str>,
}

/// What a trailer's key says about its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
        let verdict = ["reviewed", "acked", "tested", "nacked", "nak"]
            .iter()
            .any(|word| verb == *word || verb.split("-and-").any(|part| part == *word));
        if verdict { TrailerKind::Review } else { TrailerKind::Person }
    }

    /// The person that the value names, where the key is about a person; a comment behind (`# stable`)
    /// left out.
    pub fn person(&self) -> Option<Mailbox> {
        if self.kind() == TrailerKind::Other {
            return None;
        }
        let value = self.value.split(" #").next().unwrap_or(&self.value);
        let end = value.find('>').map_or(value.len(), |i| i + 1);
        let mailbox = Mailbox::parse(&value[..end]);
        let unnamed = mailbox.address.is_empty() && mailbox.name.is_empty();
        Some(if unnamed { Mailbox::new(value.trim(), "") } else { mailbox })
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

/// The trailers about persons, and `Fixes:` and the like, on unquoted lines of a reply; each must be of a
/// known key, since prose is full of colons.
pub(crate) fn in_reply(text: &str) -> Vec<Trailer> {
    let unsigned = text.split("\n-- \n").next().unwrap_or(text);
    let mut trailers = collect(unsigned.lines().filter(|line| !line.starts_with('>')));
    trailers.retain(|t| is_known(&t.key));
    trailers
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
            Some(last) if open && (wrapped || is_continuation(line)) && last.value.len() < 500 => {
                last.value = format!("{} {}", last.value, line.trim()).into();
            }
            _ => open = false,
        }
    }
    out
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
    use super::*;

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
            words(in_reply(text)),
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
