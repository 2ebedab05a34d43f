//! A digest as a mail, ready for `sendmail -t` and `git send-email`.
//!
//! In: its text and its HTML, which say the same, and in which others' words never begin a line. Out: a message
//! (RFC 5322, RFC 2045) with `\n` at the ends of lines, as those programs expect. The same digest gives the same
//! mail, byte for byte. Never here: a clock, sending.

use std::collections::BTreeMap;

use super::Link;
use crate::{
    address::split_mailbox,
    config::{LOCAL_URL, Settings},
    date::Timestamp,
    digest::{Digest, Period},
    error::{Error, Reason, Result},
    series::{Corpus, ListIx},
    text::{self, Mail},
    url,
};

/// The sender and the recipient of a digest.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// `Name <address>`; by default `[digest] from` of the site.
    pub from: Option<String>,
    /// `Name <address>`; by default the address of the list.
    pub to: Option<String>,
}

/// The subject of a mail.
pub(super) struct About<'a> {
    pub(super) list: Option<ListIx>,
    pub(super) digest: &'a Digest,
    pub(super) corpus: &'a Corpus,
    pub(super) settings: &'a Settings,
}

/// The boundary of the parts: no line of quoted-printable contains `=_`.
const BOUNDARY: &str = "=_patchpress_digest";

/// The most bytes of a header's line that has encoded words (RFC 2047, 2).
const LINE: usize = 76;

/// The bytes of the mail.
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

    let mut out = Mail::default();
    out.header("From", &written(from)?);
    let to = envelope.to.as_deref().or(address).ok_or_else(|| nobody(about))?;
    out.header("To", &written(to)?);
    out.header("Subject", &words(&title.label, "Subject: ".len()));
    out.header("Date", &date(about).rfc5322());
    let named = name.as_ref().map_or(String::new(), |name| format!(".{name}"));
    let period = text::slug(&about.digest.period.label(), 100);
    out.header("Message-ID", &format!("<digest.{period}{named}@{host}>"));
    let id = match (address, &name) {
        // RFC 2919 allows only dots. The id is that of the list, whoever sends the mail.
        (Some(address), Some(name)) => format!("{name} <{}>", address.replace('@', ".")),
        (None, Some(name)) => format!("{name} <{name}.{host}>"),
        (_, None) => format!("<digest.{host}>"),
    };
    out.header("List-Id", &id);
    if settings.base_url != LOCAL_URL {
        out.header("List-Archive", &format!("<{}>", settings.base_url));
    }
    if let Some(url) = &settings.digest_unsubscribe {
        out.header("List-Unsubscribe", &format!("<{url}>"));
    }
    out.header("Auto-Submitted", "auto-generated");
    out.header("MIME-Version", "1.0");
    let kind = format!("multipart/alternative;\n boundary=\"{BOUNDARY}\"");
    out.header("Content-Type", &kind);
    for (kind, body) in [("plain", text), ("html", html)] {
        out.words("\n--").words(BOUNDARY).words("\n");
        out.words("Content-Type: text/").words(kind).words("; charset=utf-8\n");
        out.words("Content-Transfer-Encoding: quoted-printable\n\n").quoted_printable(body);
    }
    out.words("\n--").words(BOUNDARY).words("--\n");
    Ok(out.into_string())
}

/// The error that the mail has no recipient, with the posting address that the list's mails show, if they show one.
fn nobody(about: &About<'_>) -> Error {
    let reason = Reason::new("a mail needs a recipient");
    let guess = posted_to(about.corpus);
    let example = guess.as_deref().unwrap_or("list@example.org");
    let hint = format!(
        "`--mail-to me@example.org`; or, to send it to the list, `address = \"{example}\"` in its `[[lists]]` of site.toml"
    );
    Error::Usage(reason.hint(hint))
}

/// How many of the newest mails are searched for the address of the list.
const ASKED: usize = 200;

/// The address of the list of most of the newest mails, by their `List-Id`: `lamps.lists.example.org` is
/// lamps@lists.example.org.
fn posted_to(corpus: &Corpus) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let newest = corpus.mails.iter().rev().take(ASKED);
    for id in newest.filter_map(|letter| letter.mail.message.list_id.as_deref()) {
        *counts.entry(id.to_ascii_lowercase()).or_default() += 1;
    }
    let (id, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let (name, host) = id.split_once('.')?;
    let address = format!("{name}@{host}");
    split_mailbox(&address).is_some().then_some(address)
}

/// The end of the period; if it is not over, the time of its newest message. Many treat a mail from tomorrow as
/// junk.
fn date(about: &About<'_>) -> Timestamp {
    let corpus = about.corpus;
    let date = match &about.digest.period {
        Period::Span { end, .. } => {
            newest(corpus.mails.iter().map(|letter| letter.date())).map(|newest| newest.min(*end))
        }
        Period::Range { .. } => {
            newest(about.digest.messages.iter().map(|mail| corpus.stored(*mail).date()))
        }
    };
    date.unwrap_or_default()
}

fn newest(dates: impl Iterator<Item = Option<Timestamp>>) -> Option<Timestamp> {
    dates.flatten().max()
}

/// The host part of the ids: the site's host, otherwise that of an address.
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
        let reason = Reason::new(format!("`{text}` is not an address"));
        Error::Usage(reason.hint("such as `Name <digest@example.org>`"))
    })
}

/// `Name <address>` for a header; the name is quoted or encoded if necessary.
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

/// Text for a header that begins after `used` bytes: as it is if possible, otherwise in encoded words.
fn words(text: &str, used: usize) -> String {
    let is_plain = text.bytes().all(|b| (b' '..=b'~').contains(&b)) && !text.contains("=?");
    let fits = used + text.len() <= LINE && text.trim() == text;
    if is_plain && fits { text.to_owned() } else { encoded(text, used) }
}

/// Encoded words (RFC 2047, 4.2) that never split a letter.
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

#[cfg(test)]
mod tests {
    use super::*;

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
