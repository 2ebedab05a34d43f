//! The borders between the messages of an mbox.
//!
//! In: a stream of bytes. Out: batches of whole messages in order, with their offsets. Never here: more than one
//! batch and one message in memory, the content of a mail.
//!
//! The rules, all observed in real files:
//! - A message begins with a `From ` line that has a time and, after it, a year. git wants seconds too, which mails
//!   of the nineties lack (`From owner Fri Sep 25 20:23 CDT 1998`).
//! - A blank line precedes it, or a header follows it.
//! - Without a date, both are needed, and the header must be one with which mails begin.
//! - Content-Length counts only if a `From ` line or the end follows, and as long as that was true for every earlier
//!   message: copies of the field that went through a list are wrong.
//! - The blank line before the next `From ` line belongs to neither message.
//! - `git format-patch` writes `From 1f2e… Mon Sep 17 00:00:00 2001`. In a mailbox with other `From ` lines it was
//!   pasted into a mail, but not in an mboxrd, which would have quoted it.

mod counted;
mod next;
pub(super) mod separator;

use std::{io::Read, ops::Range};

use self::next::{Kind, Next, Patches, find, message};
pub(super) use self::next::{begins_one, contains_one, contains_several};
use super::{mail, unpack, unpack::Bomb};

/// How many bytes of messages are parsed at once; far more than the longest `From ` line.
const BATCH: usize = 32 << 20;

/// No `From ` line is longer; a longer line is no `From ` line.
const LONGEST: usize = 1000;

/// Whole messages, in their order.
pub(super) struct Batch<'a> {
    /// The bytes to which the ranges refer.
    pub(super) bytes: &'a [u8],
    /// The offset of the first byte in the stream.
    pub(super) offset: u64,
    /// Each message, from its first header on.
    pub(super) messages: Vec<Range<usize>>,
}

/// Something unusual about the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Oddity {
    /// The stream begins with this many bytes before the first message.
    Junk(u64),
    /// The stream broke off at this offset, with the reason.
    Broken(u64, String),
    /// Reading stopped at this offset, because unpacking multiplies the size by so much.
    Bomb(u64, u64),
}

/// Splits a stream into messages, batch by batch.
pub(super) struct Splitter<R> {
    source: R,
    /// How many bytes are read at once.
    batch: usize,
    buffer: Vec<u8>,
    /// How much of the buffer the last batch returned.
    used: usize,
    /// Offset of the buffer's first byte in the stream.
    offset: u64,
    state: State,
    kind: Kind,
    ended: bool,
    oddities: Vec<Oddity>,
}

/// What the buffer begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The first byte of the stream.
    Start,
    /// Bytes before the first message.
    Junk,
    /// The rest of a message that is too long.
    Rest,
    /// A `From ` line.
    Inside,
}

impl<R: Read + Bomb> Splitter<R> {
    /// A splitter of `source`.
    pub(super) fn new(source: R) -> Self {
        Self::with_batch(source, BATCH)
    }

    fn with_batch(source: R, batch: usize) -> Self {
        Self {
            source,
            batch,
            buffer: Vec::new(),
            used: 0,
            offset: 0,
            state: State::Start,
            kind: Kind { patches: Patches::Begin, is_counted: true },
            ended: false,
            oddities: Vec::new(),
        }
    }

    /// The next messages; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Batch<'_>> {
        loop {
            self.drop_front(self.used);
            self.fill();
            match self.state {
                State::Start => self.start(),
                State::Junk | State::Rest => self.seek(),
                State::Inside => {
                    let messages = self.scan();
                    if !messages.is_empty() {
                        return Some(Batch { bytes: &self.buffer, offset: self.offset, messages });
                    }
                }
            }
            if self.ended && self.buffer.len() == self.used {
                return None;
            }
        }
    }

    /// What was unusual about the stream so far.
    pub(super) fn oddities(&self) -> &[Oddity] {
        &self.oddities
    }

    fn drop_front(&mut self, length: usize) {
        self.buffer.drain(..length);
        self.offset += length as u64;
        self.used = 0;
    }

    fn fill(&mut self) {
        if self.ended {
            return;
        }
        let length = self.buffer.len() + self.batch;
        let read = unpack::fill(&mut self.source, &mut self.buffer, length);
        self.ended = self.buffer.len() < length;
        let at = self.offset + self.buffer.len() as u64;
        if let Err(why) = read {
            self.oddities.push(Oddity::Broken(at, unpack::in_words(&why)));
        }
        if let Some(ratio) = self.source.absurd() {
            self.oddities.push(Oddity::Bomb(at, ratio));
            self.ended = true;
        }
    }

    fn start(&mut self) {
        let bytes = mail::without_mark(&self.buffer);
        let blank = self.buffer.len() - bytes.len() + mail::skip_blank_lines(bytes);
        if begins_one(&self.buffer[blank..]) {
            self.drop_front(blank);
            self.enter();
        } else {
            self.state = State::Junk;
        }
    }

    /// Looks for the first message after other bytes.
    fn seek(&mut self) {
        let found = find(&self.buffer, 0, self.ended, self.kind.patches);
        let dropped = match found {
            Next::At(at) => at,
            _ if self.ended => self.buffer.len(),
            _ => self.buffer.len().saturating_sub(2 * LONGEST),
        };
        self.drop_front(dropped);
        let inside = matches!(found, Next::At(_));
        if self.state == State::Junk && (inside || self.ended) && self.offset > 0 {
            self.oddities.push(Oddity::Junk(self.offset));
        }
        match self.state {
            State::Junk if inside => self.enter(),
            _ if inside => self.state = State::Inside,
            _ => {}
        }
    }

    /// Enters the first message.
    fn enter(&mut self) {
        self.kind = Kind::of(mail::first_line(&self.buffer).0);
        self.state = State::Inside;
    }

    /// Finds the whole messages in the buffer.
    fn scan(&mut self) -> Vec<Range<usize>> {
        let mut messages = Vec::new();
        let mut at = 0;
        while at < self.buffer.len() {
            let found = message(&self.buffer, at, self.ended, &mut self.kind);
            let Some((message, next)) = found else { break };
            messages.push(message);
            at = next;
        }
        if messages.is_empty() && self.buffer.len() > mail::CAP + LONGEST {
            let start = self.buffer.len() - mail::first_line(&self.buffer).1.len();
            at = start + mail::CAP + 1;
            messages.push(start..at.min(self.buffer.len()));
            at = at.min(self.buffer.len());
            self.state = State::Rest;
            self.kind.is_counted = false;
        }
        self.used = at;
        messages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: &str = "From a@example.org Thu Jan  1 00:00:00 1970\n";

    const PATCH: &str = "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\n";

    fn split(bytes: &[u8]) -> Vec<String> {
        split_by(bytes, BATCH)
    }

    fn split_by(bytes: &[u8], batch: usize) -> Vec<String> {
        let mut splitter = Splitter::with_batch(bytes, batch);
        let mut messages = Vec::new();
        while let Some(batch) = splitter.next() {
            messages.extend(
                batch
                    .messages
                    .iter()
                    .map(|range| String::from_utf8_lossy(&batch.bytes[range.clone()]).into_owned()),
            );
        }
        messages
    }

    #[test]
    fn splits() {
        for (what, bytes, messages) in [
            (
                "two",
                format!("{FROM}A: 1\n\nx\n\n{FROM}A: 2\n\ny\n"),
                vec!["A: 1\n\nx\n", "A: 2\n\ny\n"],
            ),
            (
                "no blank line",
                format!("{FROM}A: 1\n\nx\n{FROM}A: 2\n"),
                vec!["A: 1\n\nx\n", "A: 2\n"],
            ),
            (
                "prose",
                format!("{FROM}A: 1\n\nx\nFrom one 10:00 2020\nas said\n"),
                vec!["A: 1\n\nx\nFrom one 10:00 2020\nas said\n"],
            ),
            (
                "CRLF",
                format!("{FROM}A: 1\n\nx\n\n{FROM}").replace('\n', "\r\n"),
                vec!["A: 1\r\n\r\nx\r\n", ""],
            ),
            (
                "no dates",
                "From a@x\nDate: 1\n\nx\nFrom a@x\nDate: 2\n\nFrom a@x\nto b\n\nFrom a@x\nDate: 3\n".into(),
                vec!["Date: 1\n\nx\nFrom a@x\nDate: 2\n\nFrom a@x\nto b\n", "Date: 3\n"],
            ),
            (
                "a patch that was pasted",
                format!("{FROM}A: 1\n\n{PATCH}A: 2\n\n{FROM}A: 3\n"),
                vec![&*format!("A: 1\n\n{PATCH}A: 2\n"), "A: 3\n"],
            ),
            ("patches", format!("{PATCH}A: 1\n\n{PATCH}A: 2\n"), vec!["A: 1\n", "A: 2\n"]),
            (
                "patches behind quoted mails",
                format!("From mboxrd@z Thu Jan  1 00:00:00 1970\nA: 1\n\n{PATCH}A: 2\n"),
                vec!["A: 1\n", "A: 2\n"],
            ),
            ("junk", format!("junk\n\n{FROM}A: 1\n"), vec!["A: 1\n"]),
            ("mark and blank lines", format!("\u{feff}\n\n{FROM}A: 1\n"), vec!["A: 1\n"]),
            ("no newline at the end", format!("{FROM}A: 1\n\nx"), vec!["A: 1\n\nx"]),
            ("empty one first", format!("{FROM}{FROM}A: 1\n"), vec!["", "A: 1\n"]),
            ("none", "words\n".into(), vec![]),
            ("nothing", String::new(), vec![]),
        ] {
            assert_eq!(split(bytes.as_bytes()), messages, "{what}");
        }
    }

    #[test]
    fn a_length_counts_where_it_fits() {
        let inner = format!("x\n\n{FROM}B: 1\n\n");
        let right = format!("{FROM}Content-Length: {}\n\n{inner}\n{FROM}A: 2\n", inner.len());
        assert_eq!(
            split(right.as_bytes()),
            [format!("Content-Length: {}\n\n{inner}", inner.len()).as_str(), "A: 2\n",]
        );
        for wrong in ["3", "99999", "18446744073709551615", "x"] {
            let bytes = format!("{FROM}Content-Length: {wrong}\n\nbody\n\n{FROM}A: 2\n");
            assert_eq!(
                split(bytes.as_bytes()),
                [format!("Content-Length: {wrong}\n\nbody\n").as_str(), "A: 2\n",]
            );
        }
    }

    #[test]
    fn a_length_that_runs_over_a_message_by_chance_does_not_count() {
        let first = format!("{FROM}A: 1\n\nx\n\n");
        let body = format!("y\n\n{FROM}A: 3\n\nz\n");
        let stale = format!("{FROM}Content-Length: {}\n\n{body}\n{FROM}A: 4\n", body.len());
        assert_eq!(split(stale.as_bytes()).len(), 2, "the first message of an mboxcl2 may do so");
        let headers = ["A: 1", "Content-Length", "A: 3", "A: 4"];
        let found = split(format!("{first}{stale}").as_bytes());
        assert_eq!(found.len(), headers.len());
        assert!(found.iter().zip(headers).all(|(mail, header)| mail.starts_with(header)));
    }

    #[test]
    fn the_batch_does_not_show() {
        let counted = |body: &str| format!("Content-Length: {}\n\n{body}", body.len());
        let mut bytes = String::new();
        let mut messages = Vec::new();
        for number in 0..100 {
            let filler = "word\n".repeat(number * 7 % 60);
            let mail = if number < 50 {
                counted(&format!("{filler}\n{FROM}B: {number}\n"))
            } else {
                format!("A: {number}\n\n{filler}From me\n")
            };
            bytes.push_str(&format!("{FROM}{mail}\n"));
            messages.push(mail);
        }
        for batch in (2 * LONGEST..5 * LONGEST).step_by(7) {
            assert!(split_by(bytes.as_bytes(), batch) == messages, "{batch}");
        }
    }

    #[test]
    fn many_messages_without_a_body_take_no_time() {
        let bytes = format!("{FROM}A: b\n").repeat(200_000);
        assert_eq!(split(bytes.as_bytes()).len(), 200_000);
    }

    #[test]
    fn a_message_that_is_too_long_is_cut() {
        let mut bytes = format!("{FROM}A: 1\n\n").into_bytes();
        bytes.resize(mail::CAP + 3 * BATCH, b'x');
        bytes.extend_from_slice(format!("\n\n{FROM}A: 2\n").as_bytes());
        let messages = split(&bytes);
        assert_eq!(messages.len(), 2);
        assert_eq!(messages[0].len(), mail::CAP + 1);
        assert_eq!(messages[1], "A: 2\n");
    }
}
