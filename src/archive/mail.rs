//! Whether bytes are a mail.
//!
//! In: the bytes in the place of a mail. Out: the result of `parse` for them, or why they are not a mail. Never
//! here: the meaning of headers.

use std::{io, path::Path};

use memchr::memchr;

use super::{Outcome, RawMessage, Source, split::separator, unpack};
use crate::{error::NoteKind, hash::Fingerprint};

/// The most bytes of a mail that are read; list servers allow a hundredth of it.
pub(super) const CAP: usize = 64 << 20;

/// Gives the mail in the `bytes` of a git object to `parse`.
#[cfg(feature = "git")]
pub(super) fn parse_object<T>(
    bytes: &[u8],
    object: Option<Fingerprint>,
    parse: &impl Fn(RawMessage<'_>) -> T,
) -> Outcome<T> {
    parse_delivered(bytes, object, None, parse)
}

/// Gives the mail in `bytes` to `parse`; its time of delivery is `delivered`, or that of the `From ` line above it.
pub(super) fn parse_delivered<T>(
    bytes: &[u8],
    object: Option<Fingerprint>,
    delivered: Option<&[u8]>,
    parse: &impl Fn(RawMessage<'_>) -> T,
) -> Outcome<T> {
    let (line, mail) = below_separator(bytes);
    if !has_header(mail) {
        return Outcome::Left(NoteKind::NoMail, why_none(bytes));
    }
    let delivered = delivered.or(line);
    let raw = |bytes| RawMessage { bytes, source: Source::Mail, object, delivered };
    if mail.len() > CAP {
        Outcome::Cut(parse(raw(&mail[..CAP])))
    } else {
        Outcome::Mail(parse(raw(mail)))
    }
}

/// The unpacked bytes of the file at `path`, at most `most` and one more.
pub(super) fn read_file(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    unpack::fill(&mut unpack::open(path)?, &mut bytes, most + 1)?;
    Ok(bytes)
}

/// The mail in `bytes`, without a byte order mark and the `From ` line of an mbox before it.
pub(super) fn of(bytes: &[u8]) -> Option<&[u8]> {
    Some(below_separator(bytes).1).filter(|mail| has_header(mail))
}

/// The `From ` line of an mbox at the beginning of `bytes`, if any, and the rest.
fn below_separator(bytes: &[u8]) -> (Option<&[u8]>, &[u8]) {
    let bytes = without_mark(bytes);
    let (line, rest) = first_line(&bytes[skip_blank_lines(bytes)..]);
    match separator::is_separator(line.strip_prefix(b">").unwrap_or(line)) {
        true => (Some(line), rest),
        false => (None, bytes),
    }
}

/// Whether a header line is above the first blank line.
fn has_header(bytes: &[u8]) -> bool {
    header_lines(bytes).any(|line| header_name(line).is_some())
}

/// Whether the first line of `bytes` is a header.
pub(super) fn begins_with_header(bytes: &[u8]) -> bool {
    header_name(first_line(without_mark(bytes)).0).is_some()
}

/// Whether `bytes`, whose name says nothing, look like a mail: every line up to the first blank one is a header, and
/// the headers are those of a mail.
pub(super) fn looks_like_one(bytes: &[u8]) -> bool {
    let mut from = false;
    let mut more = false;
    for line in header_lines(without_mark(bytes)) {
        match header_name(line) {
            Some(name) => {
                from |= name.eq_ignore_ascii_case(b"from");
                more |= [&b"date"[..], b"message-id", b"subject", b"received"]
                    .iter()
                    .any(|known| name.eq_ignore_ascii_case(known));
            }
            None if line.first().is_some_and(|b| matches!(b, b' ' | b'\t')) => {}
            None => return false,
        }
        if from && more {
            return true;
        }
    }
    false
}

/// The text between the brackets of the Message-ID.
#[cfg(any(feature = "git", test))]
pub(super) fn message_id(bytes: &[u8]) -> Option<&[u8]> {
    let mut lines = header_lines(of(bytes)?);
    let is_id = |line: &&[u8]| {
        header_name(line).is_some_and(|name| name.eq_ignore_ascii_case(b"message-id"))
    };
    let line = lines.find(is_id)?;
    // Outlook folds between the name and a long id.
    let value = if line.contains(&b'<') { line } else { lines.next()? };
    let open = memchr(b'<', value)? + 1;
    let close = memchr(b'>', &value[open..])?;
    Some(&value[open..open + close])
}

/// The first line of the first header with this name (in lower case).
pub(super) fn header<'a>(bytes: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let is_it = |line: &&[u8]| header_name(line).is_some_and(|n| n.eq_ignore_ascii_case(name));
    let line = header_lines(of(bytes)?).find(is_it)?;
    Some(line[memchr(b':', line)? + 1..].trim_ascii())
}

/// `bytes` without a UTF-8 byte order mark.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// The length of the blank lines at the beginning of `bytes`.
pub(super) fn skip_blank_lines(bytes: &[u8]) -> usize {
    bytes.iter().position(|b| !matches!(b, b'\n' | b'\r')).unwrap_or(bytes.len())
}

/// The first line without its end, and what follows it.
pub(super) fn first_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
    (trim_end(&bytes[..end]), &bytes[end..])
}

/// The name of the header that begins on `line`, if one does.
pub(super) fn header_name(line: &[u8]) -> Option<&[u8]> {
    let end = line.iter().position(|&b| b == b':' || !b.is_ascii_graphic())?;
    let rest = &line[end..];
    let colon = rest.iter().find(|b| !matches!(b, b' ' | b'\t'));
    (end > 0 && colon == Some(&b':')).then(|| &line[..end])
}

/// The lines above the first blank one, without their ends.
fn header_lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|&b| b == b'\n').map(trim_end).take_while(|line| !line.is_empty())
}

fn trim_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn why_none(bytes: &[u8]) -> String {
    if bytes.is_empty() { "it is empty".into() } else { "it has no header".into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_has_a_header() {
        for (bytes, mail) in [
            (&b"From: a@example.org\n\nx"[..], Some(&b"From: a@example.org\n\nx"[..])),
            (b"\xef\xbb\xbfA: b\n", Some(b"A: b\n")),
            (b"From a Thu Jan  1 00:00:00 1970\nA: b\n\n", Some(b"A: b\n\n")),
            (b"\n>From a Thu Jan  1 00:00:00 1970\r\nA: b\r\n", Some(b"A: b\r\n")),
            (b"words\nSubject : x\n", Some(b"words\nSubject : x\n")),
            (b"", None),
            (b"\nTo: late\n", None),
            (b"just: words"[..4].as_ref(), None),
            (b"two words: no header\n", None),
            (b": no name\n", None),
        ] {
            assert_eq!(of(bytes), mail, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn an_unnamed_file_must_look_like_a_mail() {
        for (bytes, is) in [
            (&b"Received: x\n\ty\nFrom: a\nDate: b\n\n"[..], true),
            (b"title: notes\nfrom: somewhere\n\n", false),
            (b"From: a\nSubject: b\n", true),
            (b"# a page\nFrom: a\nSubject: b\n", false),
        ] {
            assert_eq!(looks_like_one(bytes), is, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn the_id_may_be_folded() {
        assert_eq!(message_id(b"A: b\nMessage-Id: <1@x>\n\n"), Some(&b"1@x"[..]));
        assert_eq!(message_id(b"Message-ID:\r\n <1@x>\r\n"), Some(&b"1@x"[..]));
        assert_eq!(message_id(b"A: b\n\nMessage-ID: <1@x>\n"), None);
    }
}
