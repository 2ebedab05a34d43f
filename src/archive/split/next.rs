//! Where the next message of an mbox begins.
//!
//! In: bytes that may end anywhere. Out: the next `From ` line that begins a message, or that more bytes are needed.
//! Never here: a stream.

use std::ops::Range;

use memchr::memmem;

use super::{
    LONGEST,
    counted::{Counted, by_length},
    separator::{is_of_git, is_of_patch, is_separator, is_undated},
};
use crate::archive::mail;

/// The `From ` lines of `git format-patch`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patches {
    /// They begin messages.
    Begin,
    /// They were pasted into messages.
    Pasted,
}

impl Patches {
    /// By the first `From ` line.
    pub(super) fn of(first: &[u8]) -> Self {
        let is_quoted = first.starts_with(b"From mboxrd@z ");
        if is_quoted || is_of_git(first) { Self::Begin } else { Self::Pasted }
    }
}

/// The kind of mbox, as far as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) patches: Patches,
    /// Every message so far was as long as its Content-Length says. In an mboxcl2 all are; elsewhere a length is what
    /// is left of another mailbox, and may happen to fit where it runs over the next message.
    pub(super) is_counted: bool,
}

impl Kind {
    /// By the first `From ` line.
    pub(super) fn of(first: &[u8]) -> Self {
        Self { patches: Patches::of(first), is_counted: true }
    }
}

/// Whether a message begins in `bytes` below their first line.
pub(in crate::archive) fn contains_one(bytes: &[u8]) -> bool {
    matches!(find(bytes, 0, true, Patches::Begin), Next::At(_))
}

/// Whether `bytes` begin with a message of an mbox and hold more of them.
pub(in crate::archive) fn contains_several(bytes: &[u8]) -> bool {
    let bytes = mail::without_mark(bytes);
    let bytes = &bytes[mail::skip_blank_lines(bytes)..];
    let patches = Patches::of(mail::first_line(bytes).0);
    begins_one(bytes) && matches!(find(bytes, 0, true, patches), Next::At(_))
}

/// Whether `bytes` begin with the `From ` line of a message.
pub(in crate::archive) fn begins_one(bytes: &[u8]) -> bool {
    let (line, rest) = mail::first_line(bytes);
    is_separator(line) || is_undated(line) && before_first_header(rest)
}

/// Where the next message begins.
pub(super) enum Next {
    /// At this index, with its `From ` line.
    At(usize),
    /// Nowhere in these bytes.
    None,
    /// These bytes are too few to say.
    Unknown,
}

/// The next `From ` line in `bytes` after `from`.
pub(super) fn find(bytes: &[u8], from: usize, ended: bool, patches: Patches) -> Next {
    for newline in memmem::find_iter(&bytes[from..], b"\nFrom ") {
        let at = from + newline + 1;
        let (line, rest) = mail::first_line(&bytes[at..]);
        // Both the line and the one below it must be whole to be judged.
        if !ended && bytes.len() - at < 2 * LONGEST && !rest.contains(&b'\n') {
            return Next::Unknown;
        }
        if patches == Patches::Pasted && is_of_patch(line) {
            continue;
        }
        let dated = is_separator(line) && (after_blank(bytes, at) || before_header(rest));
        if dated || is_undated(line) && after_blank(bytes, at) && before_first_header(rest) {
            return Next::At(at);
        }
    }
    Next::None
}

fn after_blank(bytes: &[u8], at: usize) -> bool {
    let above = &bytes[..at];
    above.ends_with(b"\n\n") || above.ends_with(b"\n\r\n")
}

fn before_header(rest: &[u8]) -> bool {
    mail::header_name(mail::first_line(rest).0).is_some()
}

/// Headers that mails were seen to begin with.
const FIRST: [&str; 7] =
    ["return-path", "received", "delivered-to", "message-id", "from", "date", "subject"];

fn before_first_header(rest: &[u8]) -> bool {
    mail::header_name(mail::first_line(rest).0)
        .is_some_and(|name| FIRST.iter().any(|first| name.eq_ignore_ascii_case(first.as_bytes())))
}

/// The message whose `From ` line is at `at`, and where the next one begins; `None` if `bytes` end before that can
/// be said.
pub(super) fn message(
    bytes: &[u8],
    at: usize,
    ended: bool,
    kind: &mut Kind,
) -> Option<(Range<usize>, usize)> {
    let rest = mail::first_line(&bytes[at..]).1;
    let start = bytes.len() - rest.len();
    if kind.is_counted {
        match by_length(rest, ended) {
            Counted::Whole { length, next } => return Some((start..start + length, start + next)),
            Counted::Unknown => return None,
            Counted::No => {}
        }
    }
    // The newline that ends the `From ` line may begin the next one: two of them in a row.
    let end = match find(bytes, start.saturating_sub(1).max(at), ended, kind.patches) {
        Next::At(next) => next,
        Next::None if ended => bytes.len(),
        _ => return None,
    };
    kind.is_counted = false;
    Some((start..without_blank(bytes, start, end), end))
}

/// The end of the message without the blank line that sets it off from the next.
fn without_blank(bytes: &[u8], start: usize, end: usize) -> usize {
    let message = &bytes[start..end];
    if message.ends_with(b"\n\r\n") {
        end - 2
    } else if message.ends_with(b"\n\n") {
        end - 1
    } else {
        end
    }
}
