//! The length of a message by its Content-Length, if that is reliable.
//!
//! In: the bytes from a message's first header on. Out: its length, if a `From ` line or the end follows it. Never
//! here: a length that does not end at a border.

use memchr::memmem;

use super::{LONGEST, begins_one};
use crate::archive::mail;

/// The Content-Length of a message.
pub(super) enum Counted {
    /// The message's length, and the offset of the next message.
    Whole {
        /// The length of headers and body.
        length: usize,
        /// From the first header on.
        next: usize,
    },
    /// No length, or an impossible one.
    No,
    /// There are too few bytes to say.
    Unknown,
}

/// Measures the message that `rest` begins with by its Content-Length.
pub(super) fn by_length(rest: &[u8], ended: bool) -> Counted {
    let Some(body) = body_start(rest) else { return Counted::No };
    let Some(count) = content_length(&rest[..body]).filter(|&count| count <= mail::CAP) else {
        return Counted::No;
    };
    let length = body + count;
    if !ended && rest.len() < length + 2 * LONGEST {
        return Counted::Unknown;
    }
    let Some(behind) = rest.get(length..) else { return Counted::No };
    let blank = mail::skip_blank_lines(behind);
    let at_line_start = blank > 0 || rest[..length].ends_with(b"\n");
    if at_line_start && (behind.len() == blank || begins_one(&behind[blank..])) {
        Counted::Whole { length, next: length + blank }
    } else {
        Counted::No
    }
}

fn body_start(rest: &[u8]) -> Option<usize> {
    let mut lines = memchr::memchr_iter(b'\n', rest);
    lines.find_map(|at| match &rest[at + 1..] {
        [b'\n', ..] => Some(Some(at + 2)),
        [b'\r', b'\n', ..] => Some(Some(at + 3)),
        // Headers without an end: searching all that follows would be quadratic.
        line if line.starts_with(b"From ") => Some(None),
        _ => None,
    })?
}

fn content_length(headers: &[u8]) -> Option<usize> {
    let said =
        [&b"-Length:"[..], b"-length:"].iter().any(|name| memmem::find(headers, name).is_some());
    if !said {
        return None;
    }
    let line = headers.split(|&b| b == b'\n').find(|line| {
        mail::header_name(line).is_some_and(|name| name.eq_ignore_ascii_case(b"content-length"))
    })?;
    std::str::from_utf8(line).ok()?.split_once(':')?.1.trim().parse().ok()
}
