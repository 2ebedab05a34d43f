//! Message-IDs, ancestors, the list's id, and the identity of content.
//!
//! In: the header of a mail, and its sender, subject and text. Out: its Message-ID or one made from its content, the
//! ids of its ancestors, the id of its list, and a fingerprint that copies of the mail share. Never here: whether an
//! id is known.

use std::{borrow::Cow, collections::HashSet, sync::Arc};

use super::{Fingerprint, Mailbox, MessageId, Subject, SubjectKind, header::Header};
use crate::hash::Sha1;

/// Message-IDs longer than this are cut (public-inbox, `MID.pm`).
const MAX_BYTES: usize = 244;

/// The most ancestors that are kept, newest first: in a thread of 5,000, every mail names them all.
const MAX_ANCESTORS: usize = 50;

/// The mail's own Message-ID, unchanged: the text between the first `<` and the next `>`; missing or doubled
/// brackets and folding are tolerated. It need not have an `@`: public-inbox and lore accept any text there.
pub(super) fn own(header: &Header<'_>) -> Option<MessageId> {
    let value = value(header.raw("message-id")?);
    let inner = match value.split_once('<') {
        Some((_, rest)) => rest.trim_start_matches('<').split('>').next().unwrap_or(rest),
        None => &value,
    };
    clean(inner).map(MessageId::from)
}

/// An id for a mail without one, made from its content.
pub(super) fn made(content: &Fingerprint) -> MessageId {
    format!("synth-{content}{}", crate::redact::NOWHERE).into()
}

/// The id and the fingerprint of a patch that shared a mail with others; the mail has this id and content.
pub(crate) fn of_part(id: &str, content: &Fingerprint, number: u32) -> (MessageId, Fingerprint) {
    let own = Sha1::from(format!("{id}\0{content}\0{number}").as_str()).digest();
    let name = &Sha1::from(format!("{id}\0{content}").as_str()).hexdigest()[..16];
    (format!("patch-{number}-of-{name}{}", crate::redact::NOWHERE).into(), own)
}

/// The mail's ancestors: References, then In-Reply-To, each once, oldest first; never the mail itself, nor an
/// address in To, Cc or From. Also how many of the last ones In-Reply-To names.
pub(super) fn ancestors(header: &Header<'_>, own: &str) -> (Vec<MessageId>, u8) {
    let references: Vec<String> = header.all("references").map(value).collect();
    let mut found: Vec<Cow<'_, str>> = Vec::new();
    references.iter().for_each(|value| collect(value, &mut found));
    let in_reply_to = header.raw("in-reply-to").map(value).unwrap_or_default();
    let mut answered = Vec::new();
    collect(&in_reply_to, &mut answered);
    // In free text (`Your message of … <id>`), the last bracketed text is the id: the others are addresses.
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

/// Whether a field has only ids in brackets, or nothing.
fn is_list(value: &str) -> bool {
    let mut between =
        value.split('<').map(|part| part.split_once('>').map_or(part, |(_, rest)| rest));
    between.all(|words| !words.contains(char::is_alphanumeric))
}

/// The value of a field with ids, without the folding inside an id.
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

/// Whether the mail claims to reply to its own Message-ID. Some mailers give a reply the id of the mail it answers.
pub(super) fn answers_its_own(header: &Header<'_>, own: &str) -> bool {
    let in_reply_to = header.get("in-reply-to").unwrap_or_default();
    let mut answers = Vec::new();
    collect(&in_reply_to, &mut answers);
    answers.iter().any(|id| id == own)
}

/// The ids in `value`: the text in angle brackets, an unclosed one up to the end; without brackets, the words with
/// an `@`.
fn collect<'v>(value: &'v str, out: &mut Vec<Cow<'v, str>>) {
    if !value.contains('<') {
        out.extend(value.split_whitespace().filter(|word| word.contains('@')).filter_map(clean));
        return;
    }
    for part in value.split('<').skip(1) {
        out.extend(clean(part.split('>').next().unwrap_or(part)));
    }
}

/// An id without characters that no header can hold, cut if it is too long; `None` if nothing is left.
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

/// Whether an id is an address of the mail: some mailers put one in place of an id.
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

/// The key that copies of a mail share: sender, subject, date and text. Additions on the way (Received, a list's
/// name in brackets before a patch's title, a list's footer) do not count (public-inbox, `ContentHash.pm`).
pub(super) fn content(
    from: &Mailbox,
    subject: &Subject,
    date: Option<&str>,
    text: &str,
) -> Fingerprint {
    let mut hash = Sha1::new();
    // Spelled out, because the id of a mail without one is made from this and must never change (guide,
    // "Addresses").
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

/// The text without the footer of Mailman: a rule of underscores, and a few lines that name the list (on every mail
/// of linux-mtd, on none of the lists at vger).
fn without_footer(text: &str) -> &str {
    let text = text.trim_end();
    let rule = "\n_____________________________";
    let Some(at) = memchr::memmem::rfind(text.as_bytes(), rule.as_bytes()) else { return text };
    let is_footer = text[at + 1..].lines().count() <= 6;
    if is_footer { text[..at].trim_end() } else { text }
}
