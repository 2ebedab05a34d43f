//! The start of the next message of an mbox.
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
    /// By the first `From ` line of the file.
    pub(super) fn of(first: &[u8]) -> Self {
        let is_quoted = first.starts_with(b"From mboxrd@z ");
        if is_quoted || is_of_git(first) { Self::Begin } else { Self::Pasted }
    }
}

/// The kind of mbox, as read so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) patches: Patches,
    /// Whether every message so far had the length in its Content-Length. In an mboxcl2 all have; elsewhere a length
    /// is left over from another mailbox, and may by chance reach the end of a later message.
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
    /// More bytes are needed.
    Unknown,
}

/// The next `From ` line in `bytes` after `from`.
pub(super) fn find(bytes: &[u8], from: usize, ended: bool, patches: Patches) -> Next {
    for newline in memmem::find_iter(&bytes[from..], b"\nFrom ") {
        let at = from + newline + 1;
        let (line, rest) = mail::first_line(&bytes[at..]);
        // Both the line and the next one must be complete.
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

/// The first headers of real mails.
const FIRST: [&str; 7] =
    ["return-path", "received", "delivered-to", "message-id", "from", "date", "subject"];

fn before_first_header(rest: &[u8]) -> bool {
    mail::header_name(mail::first_line(rest).0)
        .is_some_and(|name| FIRST.iter().any(|first| name.eq_ignore_ascii_case(first.as_bytes())))
}

/// The message whose `From ` line is at `at`, and the start of the next one; `None` if more bytes are needed.
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
    // The newline that ends a `From ` line may precede another one: there can be two in a row.
    let end = match find(bytes, start.saturating_sub(1).max(at), ended, kind.patches) {
        Next::At(next) => next,
        Next::None if ended => bytes.len(),
        _ => return None,
    };
    kind.is_counted = false;
    Some((start..without_blank(bytes, start, end), end))
}

/// The end of the message without the blank line before the next.
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
