//! Message-IDs, ancestors, the list's id, and the identity of content.

use std::{borrow::Cow, collections::HashSet, sync::Arc};

use super::{Fingerprint, Mailbox, MessageId, Subject, SubjectKind, header::Header};
use crate::hash::Sha1;

/// Message-IDs longer than this are cut (public-inbox, `MID.pm`).
const MAX_BYTES: usize = 244;

/// Ancestors that are kept at most: the newest. A thread of 5,000 names them all in every mail.
const MAX_ANCESTORS: usize = 50;

/// The mail's own Message-ID, spelled as it is: between the first `<` and the next `>`, brackets missing or doubled and
/// folding tolerated. It need not have an `@`: public-inbox and lore call a mail by whatever stands there.
pub(super) fn own(header: &Header<'_>) -> Option<MessageId> {
    let value = value(header.raw("message-id")?);
    let inner = match value.split_once('<') {
        Some((_, rest)) => rest.trim_start_matches('<').split('>').next().unwrap_or(rest),
        None => &value,
    };
    clean(inner).map(MessageId::from)
}

/// The id of a mail that has none, from its content.
pub(super) fn made(content: &Fingerprint) -> MessageId {
    format!("synth-{content}{}", crate::redact::NOWHERE).into()
}

/// The id of a patch that came with others in the mail of this id and content, and that fingerprint of its own.
pub(crate) fn of_part(id: &str, content: &Fingerprint, number: u32) -> (MessageId, Fingerprint) {
    let own = Sha1::from(format!("{id}\0{content}\0{number}").as_str()).digest();
    let name = &Sha1::from(format!("{id}\0{content}").as_str()).hexdigest()[..16];
    (format!("patch-{number}-of-{name}{}", crate::redact::NOWHERE).into(), own)
}

/// Its ancestors: References, then In-Reply-To, each once, oldest first; never the mail itself, nor an address of To, Cc or
/// From. How many of the last In-Reply-To names.
pub(super) fn ancestors(header: &Header<'_>, own: &str) -> (Vec<MessageId>, u8) {
    let references: Vec<String> = header.all("references").map(value).collect();
    let mut found: Vec<Cow<'_, str>> = Vec::new();
    references.iter().for_each(|value| collect(value, &mut found));
    let in_reply_to = header.raw("in-reply-to").map(value).unwrap_or_default();
    let mut answered = Vec::new();
    collect(&in_reply_to, &mut answered);
    // In free text (`Your message of … <id>`), the last bracketed text is the id: others are addresses.
    if !is_list(&in_reply_to) {
        answered.drain(..answered.len().saturating_sub(1));
    }
    answered.retain(|id| id != own && !is_address(header, id));
    let answers = answered.iter().collect::<HashSet<_>>().len();
    found.extend(answered);
    let mut unique: Vec<MessageId> = Vec::with_capacity(found.len().min(MAX_ANCESTORS));
    for id in found.into_iter().rev() {
        if id != own && !unique.iter().any(|other| **other == *id) {
            unique.push(id.into());
        }
        if unique.len() == MAX_ANCESTORS {
            break;
        }
    }
    unique.reverse();
    (unique, u8::try_from(answers).unwrap_or(u8::MAX))
}

/// It has nothing but ids in brackets, or none.
fn is_list(value: &str) -> bool {
    let mut between =
        value.split('<').map(|part| part.split_once('>').map_or(part, |(_, rest)| rest));
    between.all(|words| !words.contains(char::is_alphanumeric))
}

/// A field that holds ids. What folds one in the middle is no part of it.
fn value(raw: &[u8]) -> String {
    let mut unfolded = Vec::with_capacity(raw.len());
    let mut is_inside = false;
    let mut is_folded = false;
    for &byte in raw {
        match byte {
            b'<' | b'>' => is_inside = byte == b'<',
            b'\n' => is_folded = true,
            b' ' | b'\t' | b'\r' if is_inside && is_folded => continue,
            _ => is_folded = false,
        }
        unfolded.push(byte);
    }
    super::header::decode(&unfolded)
}

/// It says that it answers a mail of its own Message-ID. Some mailers give a reply that of what it answers.
pub(super) fn answers_its_own(header: &Header<'_>, own: &str) -> bool {
    let in_reply_to = header.get("in-reply-to").unwrap_or_default();
    let mut answers = Vec::new();
    collect(&in_reply_to, &mut answers);
    answers.iter().any(|id| id == own)
}

/// The ids in `value`: what is in angle brackets, an unclosed one up to the end; without brackets the words with an
/// `@`.
fn collect<'v>(value: &'v str, out: &mut Vec<Cow<'v, str>>) {
    if !value.contains('<') {
        out.extend(value.split_whitespace().filter(|word| word.contains('@')).filter_map(clean));
        return;
    }
    for part in value.split('<').skip(1) {
        out.extend(clean(part.split('>').next().unwrap_or(part)));
    }
}

/// An id without what no header can hold, cut if it is too long; nothing if nothing is left.
fn clean(id: &str) -> Option<Cow<'_, str>> {
    let id = id.trim_matches(|c: char| c == '<' || c == '>' || c.is_whitespace());
    if id.is_empty() {
        return None;
    }
    if id.len() <= MAX_BYTES && !id.contains(char::is_control) {
        return Some(id.into());
    }
    let mut id = id.replace(char::is_control, "");
    let mut end = id.len().min(MAX_BYTES);
    while !id.is_char_boundary(end) {
        end -= 1;
    }
    id.truncate(end);
    Some(id.into())
}

/// Some mailers put an address where an id belongs.
fn is_address(header: &Header<'_>, id: &str) -> bool {
    let bracketed = format!("<{id}>");
    let finder = memchr::memmem::Finder::new(&bracketed);
    let names = |field: &str| header.raw(field).is_some_and(|value| finder.find(value).is_some());
    id.len() < 80 && ["to", "cc", "from"].into_iter().any(names)
}

/// The identifier in List-Id (RFC 2919), in lower case.
pub(super) fn list(header: &Header<'_>) -> Option<Arc<str>> {
    let value = header.get("list-id")?;
    let inner = value.rsplit_once('<').map_or(&*value, |(_, rest)| rest);
    let id = inner.split('>').next()?.trim().to_lowercase();
    (!id.is_empty() && id.len() < 200).then(|| id.into())
}

/// The key of copies of a mail: sender, subject, date and text. Additions on the way (Received, a list's name in
/// brackets before a patch's title, a list's footer) do not count (public-inbox, `ContentHash.pm`).
pub(super) fn content(
    from: &Mailbox,
    subject: &Subject,
    date: Option<&str>,
    text: &str,
) -> Fingerprint {
    let mut hash = Sha1::new();
    // In words of its own: the id of a mail without one is made of this, and never changes (guide, "Addresses").
    let kind = match subject.kind {
        SubjectKind::Patch => "patch",
        SubjectKind::Pull => "pull",
        SubjectKind::Plain => "plain",
    };
    let version = subject.version.map_or_else(String::new, |version| version.to_string());
    let index = subject.index.map_or_else(String::new, |index| {
        format!("{}{}/{}", if index.inserted { "+" } else { "" }, index.number, index.total)
    });
    let subject = format!("{kind} {version} {index} {}", subject.title);
    for part in [&*from.address, &subject, date.unwrap_or_default(), without_footer(text)] {
        hash.update(part.as_bytes());
        hash.update(b"\0");
    }
    hash.digest()
}

/// The text without the footer that Mailman puts below it: a rule of underscores, and a few lines that name
/// the list (on every mail of linux-mtd, on none of lists at vger).
fn without_footer(text: &str) -> &str {
    let text = text.trim_end();
    let rule = "\n_____________________________";
    let Some(at) = memchr::memmem::rfind(text.as_bytes(), rule.as_bytes()) else { return text };
    let is_footer = text[at + 1..].lines().count() <= 6;
    if is_footer { text[..at].trim_end() } else { text }
}
