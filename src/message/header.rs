//! Header fields: split, unfolded, decoded.
//!
//! In: the bytes of a mail or of a part. Out: its fields in order, the start of the body, and the lines that are not
//! fields. The parser is lenient: such a line does not end the header, and a word that cannot be decoded stays as it
//! is.

mod encoded;
mod end;

use std::borrow::Cow;

use super::charset;
use crate::machine;
pub(super) use encoded::{word_len, words};

/// The most bytes of a header that are read (public-inbox reads 100 kB, `Eml.pm`). The body still begins at the
/// blank line.
const MAX_BYTES: usize = 256 * 1024;

/// The most lines between two fields of a part that are not fields: a mailer breaks one or two.
const MOST_FOREIGN: usize = 8;

/// The initial capacity of a header, in fields: mails of linux-mtd have 44 on average.
const USUAL: usize = 64;

/// The header of a mail, borrowed from its bytes.
#[derive(Debug, Default)]
pub(super) struct Header<'a> {
    fields: Vec<(&'a [u8], &'a [u8])>,
    /// Lines that are not fields: text whose blank line above is missing.
    pub(super) stray: Vec<&'a [u8]>,
}

impl<'a> Header<'a> {
    /// Splits `raw` into its header and the offset of its body. A mail without any field is all body.
    pub(super) fn split(raw: &'a [u8]) -> (Self, usize) {
        let mut header = Self { fields: Vec::with_capacity(USUAL), stray: Vec::new() };
        let mut at = skip_leading(raw);
        let start = at;
        let limit = end::of_mail(raw, start);
        while at < limit {
            let end = line_end(raw, at);
            let line = trim_end(&raw[at..end]);
            let field_end = continued(raw, end, limit);
            let read_to = field_end.min(start + MAX_BYTES);
            let is_field = colon(line).is_some();
            if header.fields.is_empty() && !is_field {
                return (Self::default(), start);
            }
            if !is_field && !is_separator(line) {
                header.stray.push(&raw[at..field_end]);
            } else if at < read_to {
                header.push(&raw[at..read_to]);
            }
            at = field_end;
        }
        (header, line_end(raw, limit))
    }

    /// Splits a part of a multipart into its header and the offset of its body.
    ///
    /// The fields of a part are `Content-…` (RFC 2046, 5.1), and those that mailers add. Without such a field, all
    /// lines are body: the blank line is missing, and the first words may contain a colon. With such a field, other
    /// fields and lines between the fields are stray: a transfer encoding counts even below such a line.
    pub(super) fn split_part(raw: &'a [u8]) -> (Self, usize) {
        let mut header = Self::default();
        // The end of the last field of the part, and the number of other fields above it.
        let (mut at, mut own, mut above) = (0, 0, 0);
        while at < raw.len() {
            let end = line_end(raw, at);
            let line = trim_end(&raw[at..end]);
            if line.is_empty() && (at == own || !header.is_empty()) {
                // A line of blanks above the first field does not end the header.
                if end::begins_with_blank(&raw[at..])
                    && header.is_empty()
                    && goes_on(raw, end, true)
                {
                    (at, own) = (end, end);
                    continue;
                }
                return (header, end);
            }
            if colon(line).is_none() && !goes_on(raw, end, header.is_empty()) {
                break;
            }
            let start = at;
            at = end::of_part_field(raw, end);
            match is_part_field(line) {
                true => {
                    header.push(&raw[start..at]);
                    (own, above) = (at, header.stray.len());
                }
                false => header.stray.push(&raw[start..at]),
            }
        }
        header.stray.truncate(above);
        (header, own)
    }

    /// Whether there is no field at all.
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The first field of this name, decoded.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.raw(name).map(decode)
    }

    /// The first field of this name, its encoded words as they stand.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.raw(name).map(text)
    }

    /// The first field of this name as it is, still folded.
    pub(super) fn raw(&self, name: &str) -> Option<&'a [u8]> {
        self.all(name).next()
    }

    /// All fields of this name, as they stand.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.fields
            .iter()
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name.as_bytes()))
            .map(|(_, value)| *value)
    }

    /// Whether a field describes the body.
    pub(super) fn describes_body(&self) -> bool {
        let begins = |(name, _): &(&[u8], &[u8])| {
            name.get(..8).is_some_and(|head| head.eq_ignore_ascii_case(b"content-"))
        };
        self.fields.iter().any(begins)
    }

    /// The first field whose name begins with `X-` and has this end, as it is.
    pub(super) fn ending(&self, end: &str) -> Option<&'a [u8]> {
        let ends = |key: &[u8]| {
            key.len() > end.len()
                && key[..2].eq_ignore_ascii_case(b"x-")
                && key[key.len() - end.len()..].eq_ignore_ascii_case(end.as_bytes())
        };
        self.fields.iter().find(|(key, _)| ends(key)).map(|(_, value)| *value)
    }

    /// The fields that can show that a machine wrote the mail.
    pub(super) fn marks(&self) -> Vec<Box<str>> {
        let mark = |(name, value): &(&[u8], &[u8])| machine::mark(name, || decode(value));
        self.fields.iter().filter_map(mark).collect()
    }

    fn push(&mut self, field: &'a [u8]) {
        if let Some(colon) = colon(field) {
            self.fields.push((trim_end(&field[..colon]), &field[colon + 1..]));
        }
    }
}

/// Whether the header of a part continues in one of the few lines from `at` to the next blank line. A header that
/// only begins there must give the part's type.
fn goes_on(raw: &[u8], at: usize, begins: bool) -> bool {
    let mut at = at;
    for _ in 0..MOST_FOREIGN {
        let end = line_end(raw, at);
        let line = trim_end(&raw[at..end]);
        let says = !begins || line.get(..9).is_some_and(|l| l.eq_ignore_ascii_case(b"content-t"));
        if line.is_empty() || says && is_part_field(line) && colon(line).is_some() {
            return !line.is_empty();
        }
        at = end;
    }
    false
}

/// Skips blank lines and a `From ` separator (mbox, `git format-patch`), which are not part of the header.
fn skip_leading(raw: &[u8]) -> usize {
    let mut at = 0;
    while at < raw.len() {
        let end = line_end(raw, at);
        let line = &raw[at..end];
        if !trim_end(line).is_empty() && !is_separator(line) {
            break;
        }
        at = end;
    }
    at
}

fn is_separator(line: &[u8]) -> bool {
    line.starts_with(b"From ") || line.starts_with(b">From ")
}

/// Whether a line is a field that mailers put into the header of a part: 574 parts of linux-mtd have no others.
fn is_part_field(line: &[u8]) -> bool {
    [&b"content-"[..], b"mime-version", b"x-"]
        .iter()
        .any(|start| line.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}

/// The end of a field's name: the colon after printable ASCII (RFC 5322, 2.2), with blanks before it, as in the
/// obsolete syntax.
fn colon(field: &[u8]) -> Option<usize> {
    let name = field.iter().position(|b| *b == b':' || !b.is_ascii_graphic())?;
    let blanks = field[name..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    (name > 0 && field.get(name + blanks) == Some(&b':')).then_some(name + blanks)
}

/// The end of a field whose first line ends at `end`: continuation lines begin with a blank, and end at `limit`.
fn continued(raw: &[u8], mut end: usize, limit: usize) -> usize {
    while end < limit && end::begins_with_blank(&raw[end..]) {
        end = line_end(raw, end);
    }
    end
}

/// The offset after the line that holds `at`.
pub(super) fn line_end(raw: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &raw[at..]).map_or(raw.len(), |n| at + n + 1)
}

/// A line without blanks at its end.
pub(super) fn trim_end(line: &[u8]) -> &[u8] {
    line.trim_ascii_end()
}

/// A field's value: unfolded, its bytes taken for UTF-8 or windows-1252, its encoded words decoded
/// (RFC 2047), blanks at both ends dropped.
pub(super) fn decode(value: &[u8]) -> String {
    words(&text(value))
}

/// A field's value with its encoded words still encoded. A field of mailboxes decodes them after splitting, because
/// a comma, a quote or an angle bracket in an encoded word separates nothing (RFC 2047, 6.2).
pub(super) fn text(value: &[u8]) -> String {
    charset::guess(&unfold(value)).trim().to_owned()
}

/// Line ends of a folded value removed; the blank behind each stays.
fn unfold(value: &[u8]) -> Cow<'_, [u8]> {
    let value = value.trim_ascii();
    if memchr::memchr2(b'\n', b'\r', value).is_none() {
        return value.into();
    }
    let mut unfolded = Vec::with_capacity(value.len());
    value.split(|b| matches!(b, b'\n' | b'\r')).for_each(|line| unfolded.extend_from_slice(line));
    unfolded.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_and_body_part_at_the_blank_line() {
        let raw = b"\nFrom x\nA: 1\n 2\nnot a field\nB : 3\r\n\r\nbody";
        let (header, body) = Header::split(raw);
        assert_eq!(header.get("a").as_deref(), Some("1 2"));
        assert_eq!(header.get("b").as_deref(), Some("3"));
        assert_eq!(&raw[body..], b"body");
        assert_eq!(header.stray, [b"not a field\n"]);
        assert!(Header::split(b"\njust words\n").0.is_empty());
    }

    #[test]
    fn a_part_s_header_is_what_is_one() {
        for (raw, fields, stray, body) in [
            ("Content-Type: a\nX-B: c\n\nwords\n", 2, 0, "words\n"),
            ("\nNote: words\n\nmore\n", 0, 0, "Note: words\n\nmore\n"),
            ("Note: words\n\nmore\n", 0, 0, "Note: words\n\nmore\n"),
            ("words\n", 0, 0, "words\n"),
            ("Content-Type: a\nwords\n\nmore\n", 1, 0, "words\n\nmore\n"),
            ("Content-Type: a\nNote: words\nmore\n", 1, 0, "Note: words\nmore\n"),
            ("Note: words\nContent-Type: a\n\nmore\n", 1, 1, "more\n"),
            ("Content-Type: a\nNote: words\n\nmore\n", 1, 1, "more\n"),
            ("Content-Type: a;\n b=c\n", 1, 0, ""),
            ("Content-Type: a;\n \n b=c\nContent-ID: c\n\nmore\n", 2, 0, "more\n"),
            ("Content-Type: a\n \nDate: Friday we meet\n", 1, 0, "Date: Friday we meet\n"),
            ("\t\nContent-Type: a\n\nmore\n", 1, 0, "more\n"),
            ("\t\nmore\n", 0, 0, "more\n"),
            ("", 0, 0, ""),
        ] {
            let (header, start) = Header::split_part(raw.as_bytes());
            let found = (header.fields.len(), header.stray.len(), &raw[start..]);
            assert_eq!(found, (fields, stray, body), "{raw:?}");
        }
    }

    #[test]
    fn a_header_without_end_is_read_to_a_point() {
        let raw = format!("A: 1\nSubject: {}\nB: 2\n\nbody", "x".repeat(2 * MAX_BYTES));
        let (header, body) = Header::split(raw.as_bytes());
        assert_eq!(header.get("a").as_deref(), Some("1"));
        assert_eq!(
            header.get("subject").map(|s| s.len()),
            Some(MAX_BYTES - "A: 1\nSubject: ".len())
        );
        assert_eq!(header.get("b"), None);
        assert_eq!(&raw[body..], "body");
    }
}
