//! A digest as a mail, ready for `sendmail -t` and `git send-email`.
//!
//! In: its text and its HTML, in which the words of others begin no line. Out: a message (RFC 5322, RFC 2045) with
//! `\n` at the ends of lines, as those programs want it. The same digest is the same mail, byte for byte. Never here: a clock, sending.

use super::Link;
use crate::{
    address::split_mailbox,
    config::{LOCAL_URL, Settings},
    date::Timestamp,
    digest::{Digest, Period},
    error::{Error, Reason, Result},
    series::{Corpus, ListIx},
    text, url,
};

/// Who sends a digest to whom.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// `Name <address>`; else `[digest] from` of the site.
    pub from: Option<String>,
    /// `Name <address>`; else the list's address.
    pub to: Option<String>,
}

/// What a mail is about.
pub(super) struct About<'a> {
    pub(super) list: Option<ListIx>,
    pub(super) digest: &'a Digest,
    pub(super) corpus: &'a Corpus,
    pub(super) settings: &'a Settings,
}

/// Between the parts: no line of quoted-printable holds `=_`.
const BOUNDARY: &str = "=_patchpress_digest";

/// The most bytes of a header's line, and of one of quoted-printable (RFC 2047, 2; RFC 2045, 6.7).
const LINE: usize = 76;

/// The mail.
pub(super) fn write(
    title: &Link,
    about: &About<'_>,
    envelope: &Envelope,
    text: &str,
    html: &str,
) -> Result<String> {
    let settings = about.settings;
    let Some(from) = envelope.from.as_deref().or(settings.digest_from.as_deref()) else {
        let hint =
            "`--mail-from \"Name <digest@example.org>\"`, or `from` in the `[digest]` of site.toml";
        return Err(Error::Usage(Reason::new("a mail needs a sender").hint(hint)));
    };
    let (_, sender) = mailbox(from)?;
    let list = about.list.map(|list| &settings.lists[usize::from(list.0)]);
    let address = list.and_then(|list| split_mailbox(&list.address)).map(|(_, address)| address);
    let host = host(&settings.base_url, address.unwrap_or(sender));
    let name = list.map(|list| text::slug(&list.name, 60));

    let mut out = String::new();
    header(&mut out, "From", &written(from)?);
    if let Some(to) = envelope.to.as_deref().or(address) {
        header(&mut out, "To", &written(to)?);
    }
    header(&mut out, "Subject", &words(&title.label, "Subject: ".len()));
    header(&mut out, "Date", &date(about).rfc5322());
    let named = name.as_ref().map_or(String::new(), |name| format!(".{name}"));
    let period = text::slug(&about.digest.period.label(), 100);
    header(&mut out, "Message-ID", &format!("<digest.{period}{named}@{host}>"));
    let id = match (address, &name) {
        // RFC 2919 wants dots only: those of the list's own, whoever it is that writes.
        (Some(address), Some(name)) => format!("{name} <{}>", address.replace('@', ".")),
        (None, Some(name)) => format!("{name} <{name}.{host}>"),
        (_, None) => format!("<digest.{host}>"),
    };
    header(&mut out, "List-Id", &id);
    if settings.base_url != LOCAL_URL {
        header(&mut out, "List-Archive", &format!("<{}>", settings.base_url));
    }
    header(&mut out, "Auto-Submitted", "auto-generated");
    header(&mut out, "MIME-Version", "1.0");
    let kind = format!("multipart/alternative;\n boundary=\"{BOUNDARY}\"");
    header(&mut out, "Content-Type", &kind);
    for (kind, body) in [("plain", text), ("html", html)] {
        out.push_str(&format!(
            "\n--{BOUNDARY}\nContent-Type: text/{kind}; charset=utf-8\n\
             Content-Transfer-Encoding: quoted-printable\n\n"
        ));
        quoted_printable(&mut out, body);
    }
    out.push_str(&format!("\n--{BOUNDARY}--\n"));
    Ok(out)
}

fn header(out: &mut String, name: &str, value: &str) {
    out.push_str(&format!("{name}: {value}\n"));
}

/// When the period was over; while it is not, when its newest message came. A mail of tomorrow is junk to
/// many.
fn date(about: &About<'_>) -> Timestamp {
    let corpus = about.corpus;
    let date = match &about.digest.period {
        Period::Span { end, .. } => {
            newest(corpus.mails.iter().map(|letter| letter.date())).map(|newest| newest.min(*end))
        }
        Period::Range { .. } => {
            newest(about.digest.messages.iter().map(|mail| corpus.letter(*mail).date()))
        }
    };
    date.unwrap_or_default()
}

fn newest(dates: impl Iterator<Item = Option<Timestamp>>) -> Option<Timestamp> {
    dates.flatten().max()
}

/// Whose names the ids are under: the site's host, else that of an address.
fn host<'a>(base_url: &'a str, address: &'a str) -> &'a str {
    let site = url::host(base_url);
    let is_name = site.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    match address.rsplit_once('@') {
        Some((_, domain)) if base_url == LOCAL_URL || !is_name => domain,
        _ => site,
    }
}

fn mailbox(text: &str) -> Result<(&str, &str)> {
    split_mailbox(text).ok_or_else(|| {
        let reason = Reason::new(format!("`{text}` is no address"));
        Error::Usage(reason.hint("such as `Name <digest@example.org>`"))
    })
}

/// `Name <address>` for a header: the name quoted or encoded where it has to be.
fn written(text: &str) -> Result<String> {
    let (name, address) = mailbox(text)?;
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b" !#$%&'*+-/=?^_`{|}~".contains(&b);
    let short = name.len() + address.len() < LINE - 12;
    Ok(match name {
        "" => address.to_owned(),
        _ if short && !name.contains("=?") && name.bytes().all(is_plain) => {
            format!("{name} <{address}>")
        }
        _ if short && name.bytes().all(|b| (b' '..=b'~').contains(&b)) && !name.contains("=?") => {
            let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{quoted}\" <{address}>")
        }
        _ => format!("{}\n <{address}>", encoded(name, "From: ".len())),
    })
}

/// Text for a header that begins after `used` bytes: as it is where it can be, else in encoded words.
fn words(text: &str, used: usize) -> String {
    let is_plain = text.bytes().all(|b| (b' '..=b'~').contains(&b)) && !text.contains("=?");
    let fits = used + text.len() <= LINE && text.trim() == text;
    if is_plain && fits { text.to_owned() } else { encoded(text, used) }
}

/// Encoded words (RFC 2047, 4.2), none of which parts a letter.
fn encoded(text: &str, used: usize) -> String {
    const OPEN: &str = "=?utf-8?q?";
    let mut out = String::from(OPEN);
    let mut length = used + OPEN.len();
    let mut buffer = [0; 4];
    for letter in text.chars() {
        let mut code = String::new();
        for byte in letter.encode_utf8(&mut buffer).bytes() {
            match byte {
                b' ' => code.push('_'),
                _ if byte.is_ascii_alphanumeric() || b"!*+-/".contains(&byte) => {
                    code.push(char::from(byte));
                }
                _ => code.push_str(&format!("={byte:02X}")),
            }
        }
        if length + code.len() + 2 > LINE - 1 {
            out.push_str("?=\n ");
            out.push_str(OPEN);
            length = 1 + OPEN.len();
        }
        length += code.len();
        out.push_str(&code);
    }
    out.push_str("?=");
    out
}

/// Quoted-printable (RFC 2045, 6.7). A line that programs would take for more than words, also one that only goes on
/// from the line before, begins with an encoded letter.
fn quoted_printable(out: &mut String, body: &str) {
    for line in body.split_inclusive('\n') {
        let (line, end) = match line.strip_suffix('\n') {
            Some(line) => (line, "\n"),
            None => (line, "=\n"),
        };
        let bytes = line.as_bytes();
        let mut length = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let is_last = at + 1 == bytes.len();
            let is_plain = match byte {
                b'=' => false,
                b' ' | b'\t' => !is_last,
                _ => (b'!'..=b'~').contains(byte),
            };
            let needed = if is_plain { 1 } else { 3 };
            // The last place is for the sign that a line goes on.
            if length + needed > LINE - 1 {
                out.push_str("=\n");
                length = 0;
            }
            if is_plain && (length > 0 || is_words(&bytes[at..])) {
                out.push(char::from(*byte));
                length += 1;
            } else {
                out.push_str(&format!("={byte:02X}"));
                length += 3;
            }
        }
        out.push_str(end);
    }
}

/// Whether a line that begins with `bytes` is mere words to those who read the mail as it is on its way: mboxes change
/// `From `, some programs stop at a dot alone, `git send-email` sends copies to the people of `Cc: …` and
/// `Signed-off-by: …`, others look for diffs and signatures.
fn is_words(bytes: &[u8]) -> bool {
    let key = bytes.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    let is_header = key > 0 && bytes.get(key) == Some(&b':');
    let known = [&b"From "[..], b"--", b"diff "];
    bytes != b"." && !is_header && !known.iter().any(|begin| bytes.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_survive_every_way_of_mail() {
        for (body, written) in [
            ("From a to b\n", "=46rom a to b\n"),
            ("a = b \n\t\n.\n..\n", "a =3D b=20\n=09\n=2E\n..\n"),
            ("ü\r\n", "=C3=BC=0D\n"),
            ("no end", "no end=\n"),
            ("Cc: x\nhttps://y\n> Cc: x\n", "=43c: x\n=68ttps://y\n> Cc: x\n"),
            ("--- a\ndiff --git\n-1\n", "=2D-- a\n=64iff --git\n-1\n"),
        ] {
            let mut out = String::new();
            quoted_printable(&mut out, body);
            assert_eq!(out, written, "{body:?}");
        }
        // Where a line is broken is up to who wrote it.
        for (tail, written) in [("Cc: x@y", "=43c: x@y"), (".", "=2E"), ("a-by: x", "=61-by: x")] {
            let (mut out, line) = (String::new(), "x ".repeat(37) + "x");
            quoted_printable(&mut out, &format!("{line}{tail}\n"));
            assert_eq!(out, format!("{line}=\n{written}\n"));
        }
        let mut long = String::new();
        quoted_printable(&mut long, &"ü".repeat(1000));
        assert!(long.lines().all(|line| line.len() <= 76), "{long}");
    }

    #[test]
    fn headers_hold_any_name() {
        for (text, header) in [
            ("d@example.org", "d@example.org"),
            ("The Digest <d@example.org>", "The Digest <d@example.org>"),
            ("Digest, the \"\\\" <d@example.org>", "\"Digest, the \\\"\\\\\" <d@example.org>"),
            ("Zoë <d@example.org>", "=?utf-8?q?Zo=C3=AB?=\n <d@example.org>"),
        ] {
            assert_eq!(written(text).expect("an address"), header);
        }
        for text in ["digest", "a b@example.org", "x <a@b>\nBcc: c@d", "<a@b@c>", ""] {
            assert!(written(text).is_err(), "{text:?}");
        }
        let long = words(&"wörter ".repeat(40), 9);
        assert!(long.lines().all(|line| line.len() <= 76), "{long}");
    }
}
