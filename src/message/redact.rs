//! A message without what the site's owner takes out of it.
//!
//! In: a message as it was read. Out: the same, as if its sender had never written what is taken out: nothing
//! later, no hash of it either, can tell what it was.
//! Never here: what is taken out (`redact` knows).

use std::borrow::Cow;

use super::{Mailbox, Message, MessageId, Subject, ids};
use crate::{
    error::{Note, Place},
    redact::{NAME, Redaction},
};

/// The line above what some mailers send back without marks.
const ORIGINAL: &str = "-----Original Message-----";

impl Message {
    /// Takes out what `redaction` names: from every text, name, address and id, and what the message quotes of
    /// messages that are taken out whole.
    pub(crate) fn redact(&mut self, redaction: &Redaction) {
        let mut is_changed = false;
        if let Some(depth) = self.references.iter().rev().position(|id| redaction.withholds(id)) {
            self.text = without_quotes(&self.text(), depth + 1).into();
            is_changed = true;
        }
        let redacted = match redaction.text(&self.text()) {
            Cow::Owned(text) => Some(text),
            Cow::Borrowed(_) => None,
        };
        if let Some(text) = redacted {
            (self.text, is_changed) = (text.into(), true);
        }
        if let Cow::Owned(full) = redaction.text(&self.subject.full) {
            (self.subject, is_changed) = (Subject::parse(&full), true);
        }
        if let Some(from) = mailbox(&self.from, redaction) {
            (self.from, is_changed) = (from, true);
        }
        for attachment in &mut self.attachments {
            attachment.name = redaction.text(&attachment.name).into();
        }
        if is_changed {
            self.content = ids::content(&self.from, &self.subject, None, &self.text());
            if self.id.starts_with("synth-") {
                self.id = ids::made(&self.content);
            }
        }
        let other = |id: &mut MessageId| {
            if let Some(made) = redaction.id(id) {
                *id = made.into();
            }
        };
        other(&mut self.id);
        self.references.iter_mut().for_each(other);
        for note in &mut self.notes {
            note.message_id = Some(self.id.clone());
        }
    }
}

/// Nothing where nothing is taken out.
fn mailbox(mailbox: &Mailbox, redaction: &Redaction) -> Option<Mailbox> {
    let (name, address) = redaction.person(&mailbox.name, &mailbox.address);
    let is_same = *name == *mailbox.name && *address == *mailbox.address;
    (!is_same).then(|| Mailbox::new(&name, &address))
}

/// Takes out of a note what `redaction` names; a place that says it is none.
pub(crate) fn redact_note(note: &mut Note, redaction: &Redaction) {
    let says = |place: &Place| redaction.is_in(&place.to_string());
    note.place = note.place.take().filter(|place| !says(place));
    note.detail = redaction.text(&note.detail).into_owned();
    if let Some(made) = note.message_id.as_deref().and_then(|id| redaction.id(id)) {
        note.message_id = Some(made.into());
    }
}

/// The text with [`NAME`] for each run of lines that are quoted at least `depth` times, and for what follows the
/// line that says that a mail follows.
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
    fn quotes_go_as_deep_as_the_message_lies() {
        let text = "A wrote:\n> B wrote:\n> > b\n> >\n> a\nc\n> > b\n";
        let want = "A wrote:\n> B wrote:\n> > [redacted]\n> a\nc\n> > [redacted]\n";
        assert_eq!(without_quotes(text, 2), want);
        assert_eq!(without_quotes("x\n>a\n>b\n", 1), "x\n> [redacted]\n");
        let whole = "top\n-----Original Message-----\nFrom: x\nb\n";
        assert_eq!(without_quotes(whole, 1), "top\n-----Original Message-----\n[redacted]\n");
    }
}
