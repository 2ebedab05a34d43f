//! Redaction: a message without what the site's owner removes.
//!
//! In: a message. Out: the message as if its sender had never written what is removed; nothing later, not even a
//! hash, reveals it. Only the Message-IDs stay until all messages are known (`series::stand_in`). Before redaction,
//! [`spoken`] gives everything that a mail says about people. Never here: what to remove (`redact` decides).

use std::borrow::Cow;

use super::{
    Mailbox, Subject, Whole,
    body::Body,
    header::{self, Header},
    ids,
};
use crate::{
    archive::RawMessage,
    error::{Note, Place},
    redact::{Met, NAME, Redaction},
};

/// The line above an unmarked quote of some mailers.
const ORIGINAL: &str = "-----Original Message-----";

/// The fields that name people, and the subject.
const FIELDS: [&str; 7] = ["from", "reply-to", "sender", "x-original-from", "to", "cc", "subject"];

/// Everything that a mail says about people.
pub(crate) struct Spoken {
    /// Its fields, one per line, and its text; encoded words decoded.
    pub(crate) text: String,
    /// The addresses of the lists that it came over.
    pub(crate) lists: Vec<String>,
}

/// Everything that a mail says about people, shown or not.
pub(crate) fn spoken(raw: &RawMessage<'_>) -> Spoken {
    let (header, start) = Header::split(raw.bytes);
    let body = Body::read(raw.bytes, &header, start);
    let fields = FIELDS.iter().flat_map(|field| header.all(field)).map(header::decode);
    let mut text: String = fields.flat_map(|field| [field, "\n".to_owned()]).collect();
    text.push_str(&with_words(&body.text, |decoded| Some(decoded.to_owned())));
    // `List-Id: <lamp.lists.example.org>` is that of lamp@lists.example.org.
    let by_id = ids::list(&header).map(|id| id.replacen('.', "@", 1));
    let posts = header.get("list-post");
    let post = posts.as_deref().and_then(|value| value.split("mailto:").nth(1));
    let post = post.and_then(|rest| rest.split(['>', '?']).next()).map(str::to_owned);
    Spoken { text, lists: by_id.into_iter().chain(post).collect() }
}

/// The text with its encoded words (`=?utf-8?b?…?=`, as in quoted headers) replaced by `other`; the number of lines
/// stays.
fn with_words(text: &str, other: impl Fn(&str) -> Option<String>) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut done, mut from) = (0, 0);
    while let Some(start) = text[from..].find("=?").map(|at| from + at) {
        let len = words_len(&text[start..]);
        from = start + len.max(2);
        let words = &text[start..start + len];
        let instead = Some(header::decode(words.replace('>', " ").as_bytes())).filter(|_| len > 0);
        if let Some(instead) = instead.and_then(|decoded| other(&decoded)) {
            out.extend([&text[done..start], &instead]);
            out.extend(words.matches('\n'));
            done = from;
        }
    }
    match done {
        0 => text.into(),
        _ => (out + &text[done..]).into(),
    }
}

/// The length of the encoded words at the beginning of a text, with the blanks between them.
fn words_len(text: &str) -> usize {
    let mut len = 0;
    loop {
        let blanks =
            text[len..].len() - text[len..].trim_start_matches([' ', '\t', '\n', '>']).len();
        let word = &text[len + if len == 0 { 0 } else { blanks }..];
        let mut parts = word.splitn(5, '?');
        let [begin, charset, kind, payload, end] = std::array::from_fn(|_| parts.next());
        let is_word = begin == Some("=")
            && charset.is_some_and(|charset| !charset.contains(char::is_whitespace))
            && kind.is_some_and(|kind| matches!(kind, "B" | "b" | "Q" | "q"))
            && payload.is_some_and(|payload| !payload.contains(char::is_whitespace))
            && end.is_some_and(|end| end.starts_with('='));
        if !is_word {
            return len;
        }
        let rest = end.map_or(0, str::len) - 1;
        len = text.len() - rest;
    }
}

impl Whole {
    /// Removes what `redaction` names from every text, name and address, and the quotes of messages that are removed
    /// whole. Calls `met` for each removal.
    pub(crate) fn redact(&mut self, redaction: &Redaction, met: Met<'_>) {
        let mut is_changed = false;
        let withheld = |id| redaction.withholds(id).is_some();
        if let Some(depth) = self.references.iter().rev().position(|id| withheld(id)) {
            self.text = without_quotes(self.text(), depth + 1).into();
            is_changed = true;
        }
        if let Some(text) = clean(self.text(), redaction, met) {
            (self.text, is_changed) = (text.into(), true);
        }
        if let Cow::Owned(full) = redaction.take_out(&self.subject.full, met) {
            (self.subject, is_changed) = (Subject::parse(&full), true);
        }
        if let Some(from) = mailbox(&self.from, redaction, met) {
            (self.from, is_changed) = (from, true);
        }
        for attachment in &mut self.attachments {
            attachment.name = redaction.take_out(&attachment.name, met).into();
        }
        if is_changed {
            self.content = ids::content(&self.from, &self.subject, None, self.text());
            if self.id.starts_with("synth-") {
                self.id = ids::made(&self.content);
            }
        }
    }
}

/// The text without what is removed, with encoded words decoded if they contain it; `None` if nothing is removed.
fn clean(text: &str, redaction: &Redaction, met: Met<'_>) -> Option<String> {
    let decoded = with_words(text, |words| redaction.is_in(words).then(|| words.to_owned()));
    let clean = redaction.take_out(&decoded, met);
    let is_same = matches!((&decoded, &clean), (Cow::Borrowed(_), Cow::Borrowed(_)));
    (!is_same).then(|| clean.into_owned())
}

/// The mailbox without what is removed; `None` if nothing is.
fn mailbox(mailbox: &Mailbox, redaction: &Redaction, met: Met<'_>) -> Option<Mailbox> {
    let (name, address) = redaction.person(&mailbox.name, &mailbox.address, met);
    let is_same = *name == *mailbox.name && *address == *mailbox.address;
    (!is_same).then(|| Mailbox::new(&name, &address))
}

/// Removes what `redaction` names from a note; a place that contains it becomes unknown.
pub(crate) fn redact_note(note: &mut Note, redaction: &Redaction) {
    let says = |place: &Place| redaction.is_in(&place.to_string());
    note.place = note.place.take().filter(|place| !says(place));
    note.detail = redaction.text(&note.detail).into_owned();
    if let Some(made) = note.message_id.as_deref().and_then(|id| redaction.id(id)) {
        note.message_id = Some(made.into());
    }
}

/// The text with [`NAME`] in place of each run of lines quoted at least `depth` times, and of everything below the
/// line that announces a mail.
fn without_quotes(text: &str, depth: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quoting = false;
    for line in text.split_inclusive('\n') {
        if line.trim() == ORIGINAL {
            out.extend([line, NAME, "\n"]);
            break;
        }
        let marks = line.bytes().take_while(|b| matches!(b, b'>' | b' ' | b'\t'));
        let is_quoted = marks.filter(|b| *b == b'>').count() >= depth;
        match (is_quoted, quoting) {
            (false, _) => out.push_str(line),
            (true, false) => out.extend([&*"> ".repeat(depth), NAME, "\n"]),
            (true, true) => {}
        }
        quoting = is_quoted;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_are_decoded_where_something_is_to_go() {
        let gone = |text: &str| text.contains("Doe").then(|| text.replace("Jane Doe", NAME));
        for (text, want) in [
            ("To: =?utf-8?b?SmFuZSBEb2U=?= <x>", "To: [redacted] <x>"),
            ("> =?utf-8?q?Jane_?=\n> =?iso-8859-1?Q?Doe?= <x>\n", "> [redacted]\n <x>\n"),
            ("a =?utf-8?q?Bob?= =? b", "a =?utf-8?q?Bob?= =? b"),
        ] {
            assert_eq!(with_words(text, gone), want, "{text}");
        }
    }

    #[test]
    fn quotes_go_as_deep_as_the_message_lies() {
        let text = "A wrote:\n> B wrote:\n> > b\n> >\n> a\nc\n> > b\n";
        let want = "A wrote:\n> B wrote:\n> > [redacted]\n> a\nc\n> > [redacted]\n";
        assert_eq!(without_quotes(text, 2), want);
        assert_eq!(without_quotes("x\n>a\n>b\n", 1), "x\n> [redacted]\n");
        let whole = "top\n-----Original Message-----\nFrom: x\nb\n";
        assert_eq!(without_quotes(whole, 1), "top\n-----Original Message-----\n[redacted]\n");
    }
}
