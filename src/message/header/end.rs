//! Where a header ends: at its first blank line, or at the first empty one.
//!
//! In: the bytes of a mail or of a part. Out: an offset. A line of only blanks may be part of a folded field (RFC 5322,
//! 4.2, obs-FWS): spam filters fold their reports in this way (857 of 22,260 mails of linux-f2fs-devel). Or a mailer
//! added a blank to the empty line above the body, and the body may begin with fields of its own: git's `From: `, or
//! words such as `Status: green`.

use super::{MAX_BYTES, colon, line_end, trim_end};

/// Fields that every mail has once (RFC 5322, 3.6): a header is incomplete without them.
const ONCE: [&str; 4] = ["date", "from", "message-id", "subject"];

/// The offset of the line between body and header of a mail whose first field begins at `start`.
///
/// A line of only blanks is part of the header if only fields follow up to the empty line, if they complete the
/// header above, and if they repeat none of it. In the 857 mails, `Subject: ` is below the line, and not above it.
pub(super) fn of_mail(raw: &[u8], start: usize) -> usize {
    let blank = find(raw, start, |line| trim_end(line).is_empty());
    if !begins_with_blank(&raw[blank..]) {
        return blank;
    }
    let end = find(raw, blank, |line| trim_end(line).is_empty() && !begins_with_blank(line));
    let goes_on = end - start <= MAX_BYTES && completes(&raw[start..blank], &raw[blank..end]);
    if goes_on { end } else { blank }
}

/// The end of a part's field whose first line ends at `end`. A line of only blanks belongs to the field if the next
/// field describes the part.
pub(super) fn of_part_field(raw: &[u8], end: usize) -> usize {
    let next = find(raw, end, |line| !begins_with_blank(line));
    let blank = find(&raw[..next], end, |line| trim_end(line).is_empty());
    if is_about_part(&raw[next..line_end(raw, next)]) { next } else { blank }
}

/// The offset of the first line at or after `at` for which `is_it` is true, or the end.
fn find(raw: &[u8], mut at: usize, is_it: impl Fn(&[u8]) -> bool) -> usize {
    while at < raw.len() {
        let end = line_end(raw, at);
        if is_it(&raw[at..end]) {
            break;
        }
        at = end;
    }
    at
}

pub(super) fn begins_with_blank(line: &[u8]) -> bool {
    line.starts_with(b" ") || line.starts_with(b"\t")
}

/// Whether the lines `below` are the second half of the header `above`.
fn completes(above: &[u8], below: &[u8]) -> bool {
    let mut lines = fields(below).peekable();
    let begins = lines.peek().is_some_and(|line| is_known_field(line));
    if !begins || !lines.all(|line| colon(line).is_some()) {
        return false;
    }
    let has = |fields_of: &[u8], name: &str| fields(fields_of).any(|line| is_named(line, name));
    let is_again = |name: &&str| has(above, name) && has(below, name);
    let is_missing = |name: &&str| !has(above, name) && has(below, name);
    !ONCE.iter().chain(&["to"]).any(is_again) && ONCE.iter().any(is_missing)
}

/// The first lines of fields.
fn fields(lines: &[u8]) -> impl Iterator<Item = &[u8]> {
    lines.split_inclusive(|byte| *byte == b'\n').filter(|line| !begins_with_blank(line))
}

fn is_named(line: &[u8], name: &str) -> bool {
    colon(line).is_some_and(|end| trim_end(&line[..end]).eq_ignore_ascii_case(name.as_bytes()))
}

/// A field that occurs in the headers of mails. Prose can look like a field, too (`Note: this needs v2`).
fn is_known_field(line: &[u8]) -> bool {
    const NAMES: [&str; 21] = [
        "bcc",
        "cc",
        "date",
        "delivered-to",
        "errors-to",
        "from",
        "importance",
        "in-reply-to",
        "message-id",
        "mime-version",
        "organization",
        "precedence",
        "received",
        "references",
        "reply-to",
        "return-path",
        "sender",
        "status",
        "subject",
        "to",
        "user-agent",
    ];
    const BEGIN: [&str; 6] = ["arc-", "authentication-", "content-", "dkim-", "list-", "x-"];
    let Some(end) = colon(line) else { return false };
    let name = trim_end(&line[..end]);
    let begins = |start: &&str| {
        name.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
    };
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
        || BEGIN.iter().any(begins)
}

/// A field of RFC 2045 and 2183 about a part.
fn is_about_part(line: &[u8]) -> bool {
    const NAMES: [&str; 5] = [
        "content-description",
        "content-disposition",
        "content-id",
        "content-transfer-encoding",
        "content-type",
    ];
    NAMES.iter().any(|name| is_named(line, name))
}

#[cfg(test)]
mod tests {
    use crate::message::header::Header;

    #[test]
    fn a_line_of_blanks_ends_a_header_that_is_complete() {
        const WHOLE: &str =
            "From: a@example.org\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nMessage-ID: <1@x>\n";
        for (head, rest, subject, body) in [
            ("X-Spam-Report: a\n \n \t\n b\n", "Subject: s\n\nwords\n", Some("s"), "words\n"),
            ("X-Spam-Report: a\r\n \r\n", "Subject: s\r\n\r\nwords\n", Some("s"), "words\n"),
            ("X: a\n \n", " b\nX-End: 1\nSubject: s\n c\n\nwords\n", Some("s c"), "words\n"),
            (
                "X: a\n \n",
                " b\nX: 1\nwords\nSubject: s\n\n",
                None,
                " b\nX: 1\nwords\nSubject: s\n\n",
            ),
            ("X: a\n \n", " b\n", None, " b\n"),
            ("X: a\n \n", "Note: words\nSubject: s\n", None, "Note: words\nSubject: s\n"),
            ("X: a\n \n", "\nSubject: s\n", None, "\nSubject: s\n"),
            ("X: a\n \n", "", None, ""),
            // The header is complete, or the lines repeat it.
            (
                "Subject: s\n \n",
                "From: Ann <ann@example.org>\n\nb\n",
                Some("s"),
                "From: Ann <ann@example.org>\n\nb\n",
            ),
            (
                "Subject: s\n \n",
                "Date: Friday we meet\n\nb\n",
                Some("s"),
                "Date: Friday we meet\n\nb\n",
            ),
            ("Subject: s\n \n", "To: do list first\n\nb\n", Some("s"), "To: do list first\n\nb\n"),
            ("Subject: s\n \n", "Status: green\n", Some("s"), "Status: green\n"),
            (
                "Subject: s\n \n",
                "  first\nStatus: green\n\nb\n",
                Some("s"),
                "  first\nStatus: green\n\nb\n",
            ),
            (
                "X: a\n\t\n",
                "From: Ann <ann@example.org>\nSubject: t\n\nb\n",
                None,
                "From: Ann <ann@example.org>\nSubject: t\n\nb\n",
            ),
        ] {
            let raw = format!("{WHOLE}{head}{rest}");
            let (header, start) = Header::split(raw.as_bytes());
            let found = (header.get("subject"), &raw[start..]);
            assert_eq!(found, (subject.map(str::to_owned), body), "{raw:?}");
        }
    }
}
