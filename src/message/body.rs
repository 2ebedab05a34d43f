//! Bodies: from the parts of a mail to one text.
//!
//! In: a mail's bytes. Out: its text in UTF-8 with LF line ends, and the parts that are no text. Parts are
//! taken in order; an HTML part only counts where no plain one stands beside it. mailparse undoes MIME
//! and the transfer encodings; a mail it refuses is taken as it stands.
//! Never here: recursion (a mail can be nested as deep as somebody likes), HTML as markup.

use mailparse::{DispositionType, ParsedMail, body::Body as Encoded};

use super::{
    Attachment, base64, charset,
    charset::Trust,
    header::{self, Header},
};
use crate::error::{Note, NoteKind};

/// Parts that are looked at, at most (public-inbox reads as many, `Eml.pm`).
const MAX_PARTS: usize = 1000;

/// How deep parts nest before the rest is left as attachments.
const MAX_DEPTH: usize = 20;

/// The text of a mail and what else it carries.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) text: String,
    pub(super) attachments: Vec<Attachment>,
    pub(super) notes: Vec<Note>,
}

impl Body {
    /// Reads the body of `raw`, whose header is `header` and whose body begins at `start`.
    pub(super) fn read(raw: &[u8], header: &Header<'_>, start: usize) -> Self {
        let mut body = Self::default();
        let content_type = header.get("content-type").unwrap_or_default();
        let encoding = header.get("content-transfer-encoding").unwrap_or_default().to_lowercase();
        let media = content_type.to_ascii_lowercase();
        let bare = !media.starts_with("multipart/")
            && !media.starts_with("message/")
            && !media.starts_with("text/html")
            && !matches!(encoding.trim(), "base64" | "quoted-printable");
        if bare {
            // 89 in 100 mails: nothing to undo, so nothing to parse.
            let ctype = mailparse::parse_content_type(&content_type);
            body.push_text(&raw[start..], &Shape::of(&ctype, LineEnds::Mail));
        } else {
            body.read_mime(raw, header, start);
        }
        body
    }

    /// Gives mailparse the fields that tell what the body is, and the body. All others, ten times as many, take
    /// as long to parse as the body, and one that is odd would stand in the way of the rest.
    fn read_mime(&mut self, raw: &[u8], header: &Header<'_>, start: usize) {
        let mut mail = Vec::with_capacity(raw.len() - start + 1024);
        for (name, value) in header.beginning("content-") {
            for part in [name, b":", value.trim_ascii_end(), b"\n"] {
                mail.extend_from_slice(part);
            }
        }
        mail.push(b'\n');
        mail.extend_from_slice(&raw[start..]);
        match mailparse::parse_mail(&mail) {
            Ok(mail) => {
                for inner in self.walk(&mail) {
                    self.embed(&inner);
                }
            }
            Err(error) => {
                self.note(NoteKind::BadMime, error.to_string());
                self.push_text(&raw[start..], &Shape::plain());
            }
        }
    }

    /// Takes the parts in order, from a stack of those still to come. Gives back the attached mails.
    fn walk(&mut self, mail: &ParsedMail<'_>) -> Vec<Vec<u8>> {
        let mut embedded = Vec::new();
        let mut stack = vec![(mail, 0)];
        let mut seen = 0;
        while let Some((part, depth)) = stack.pop() {
            seen += 1;
            if seen > MAX_PARTS {
                self.note(NoteKind::BadMime, format!("more than {MAX_PARTS} parts"));
                break;
            }
            if part.subparts.is_empty() {
                embedded.extend(self.leaf(part));
            } else if depth < MAX_DEPTH {
                stack.extend(chosen(part).into_iter().rev().map(|p| (p, depth + 1)));
            } else {
                self.note(NoteKind::BadMime, format!("nested deeper than {MAX_DEPTH}"));
            }
        }
        embedded
    }

    /// One part without parts of its own. Gives back a mail that is attached as such.
    fn leaf(&mut self, part: &ParsedMail<'_>) -> Option<Vec<u8>> {
        let media = part.ctype.mimetype.to_ascii_lowercase();
        let disposition = part.get_content_disposition();
        let name = disposition
            .params
            .get("filename")
            .or_else(|| part.ctype.params.get("name"))
            .map(|name| header::decode(name.as_bytes()))
            .unwrap_or_default();
        let ends = match part.get_body_encoded() {
            Encoded::Base64(_) => LineEnds::Base64,
            Encoded::QuotedPrintable(_) => LineEnds::QuotedPrintable,
            _ => LineEnds::Mail,
        };
        let bytes = part.get_body_raw().unwrap_or_else(|error| {
            self.note(NoteKind::BadMime, error.to_string());
            damaged(part)
        });
        if media == "message/rfc822" {
            return Some(bytes);
        }
        if media == "text/html" && disposition.disposition != DispositionType::Attachment {
            let (html, _) =
                charset::decode(&bytes, part.ctype.params.get("charset").map(String::as_str));
            self.append(&super::html::to_text(&html));
        } else if is_text(&media, &name, &bytes) {
            self.push_text(&bytes, &Shape::of(&part.ctype, ends));
        } else {
            self.attachments.push(Attachment {
                name: name.into(),
                media_type: media.into(),
                bytes: bytes.len(),
            });
        }
        None
    }

    /// An attached mail: who, when and what about, then its text, as `message/rfc822` is shown by mailers.
    fn embed(&mut self, raw: &[u8]) {
        let (head, start) = Header::split(raw);
        for name in ["From", "Date", "Subject"] {
            if let Some(value) = head.get(name) {
                self.append(&format!("{name}: {value}"));
            }
        }
        self.append("\n");
        let Ok(mail) = mailparse::parse_mail(&raw[Header::first_field(raw)..]) else {
            self.push_text(&raw[start..], &Shape::plain());
            return;
        };
        // A mail in a mail in a mail is listed, not opened.
        for inner in self.walk(&mail) {
            let (name, media_type) = ("".into(), "message/rfc822".into());
            self.attachments.push(Attachment { name, media_type, bytes: inner.len() });
        }
    }

    fn push_text(&mut self, bytes: &[u8], shape: &Shape) {
        let (text, trust) = charset::decode(bytes, shape.charset.as_deref());
        if trust == Trust::Guessed {
            let label = shape.charset.as_deref().unwrap_or("none");
            self.note(NoteKind::BadCharset, label.to_owned());
        }
        let text = shape.line_ends(&text);
        if shape.flowed { self.append(&unflow(&text, shape.delsp)) } else { self.append(&text) }
    }

    /// Parts follow each other on lines of their own.
    fn append(&mut self, text: &str) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.text.push_str(text);
    }

    pub(super) fn note(&mut self, kind: NoteKind, detail: impl Into<String>) {
        self.notes.push(Note::new(kind, detail));
    }
}

/// What a text part's header says about its form.
struct Shape {
    charset: Option<String>,
    flowed: bool,
    delsp: bool,
    ends: LineEnds,
}

/// How line ends came about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineEnds {
    /// As the transport left them: a CR before LF is the transport's.
    Mail,
    /// A CR can be the file's own.
    Base64,
    /// The same, and mailparse's decoder ends every line that ends in the encoded text in CR LF.
    QuotedPrintable,
}

impl Shape {
    fn plain() -> Self {
        Self { charset: None, flowed: false, delsp: false, ends: LineEnds::Mail }
    }

    fn of(ctype: &mailparse::ParsedContentType, ends: LineEnds) -> Self {
        let param = |name: &str| ctype.params.get(name).map(String::as_str);
        let is = |name: &str, value: &str| {
            param(name).is_some_and(|v| v.trim().eq_ignore_ascii_case(value))
        };
        Self {
            charset: param("charset").map(str::to_owned),
            flowed: is("format", "flowed"),
            delsp: is("delsp", "yes"),
            ends,
        }
    }

    /// LF line ends. In an encoded part CRs are the transport's where the first line has one; else they are
    /// a file's own, and `git apply` wants them (t5100/quoted-cr; lists put footers with LF below).
    fn line_ends<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        if memchr::memchr(b'\r', text.as_bytes()).is_none() {
            return text.into();
        }
        let strip = |text: &str| text.replace("\r\n", "\n");
        let first_has_one = |text: &str| text.split('\n').next().is_some_and(|l| l.ends_with('\r'));
        match self.ends {
            LineEnds::Mail => strip(text).into(),
            LineEnds::Base64 if first_has_one(text) => strip(text).into(),
            LineEnds::Base64 => text.into(),
            LineEnds::QuotedPrintable => {
                let text = strip(text);
                if first_has_one(&text) { strip(&text).into() } else { text.into() }
            }
        }
    }
}

/// What is left of a part whose transfer encoding is broken.
fn damaged(part: &ParsedMail<'_>) -> Vec<u8> {
    match part.get_body_encoded() {
        Encoded::Base64(body) => base64::damaged(body.get_raw()),
        Encoded::QuotedPrintable(body) => body.get_raw().to_vec(),
        Encoded::SevenBit(body) | Encoded::EightBit(body) => body.get_raw().to_vec(),
        Encoded::Binary(body) => body.get_raw().to_vec(),
    }
}

/// The parts of a multipart that are read: all, but of alternatives the last plain one.
fn chosen<'m, 'r>(part: &'m ParsedMail<'r>) -> Vec<&'m ParsedMail<'r>> {
    let all: Vec<_> = part.subparts.iter().collect();
    if !part.ctype.mimetype.eq_ignore_ascii_case("multipart/alternative") {
        return all;
    }
    let plain = all.iter().rposition(|p| p.ctype.mimetype.eq_ignore_ascii_case("text/plain"));
    plain.map_or(all.clone(), |i| {
        let empty = all[i].get_body_raw().is_ok_and(|b| b.trim_ascii().is_empty());
        if empty { all.clone() } else { vec![all[i]] }
    })
}

/// Text is what calls itself so, and a patch under any name: `application/octet-stream` and
/// `application/mbox` carry them too. The text of a signature is nobody's reading.
fn is_text(media: &str, name: &str, bytes: &[u8]) -> bool {
    if media.starts_with("text/") {
        return media != "text/calendar" && media != "text/vcard";
    }
    let named = [".patch", ".diff", ".txt"].iter().any(|end| name.to_lowercase().ends_with(end));
    let opaque =
        media == "application/octet-stream" || media.contains("patch") || media.contains("diff");
    (named || opaque) && !bytes.contains(&0) && is_diff(bytes)
}

fn is_diff(bytes: &[u8]) -> bool {
    bytes.split(|&b| b == b'\n').any(|line| {
        line.starts_with(b"diff --git ")
            || line.starts_with(b"--- ")
            || line.starts_with(b"Index: ")
    })
}

/// format=flowed undone (RFC 3676): stuffing removed, a line that ends in a blank joined with the next of
/// the same quote depth. `-- ` never joins.
fn unflow(text: &str, delsp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let bare = line.strip_suffix('\n').unwrap_or(line);
        let depth = bare.len() - bare.trim_start_matches('>').len();
        let content = &bare[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        if open.is_some_and(|d| d != depth) || content == "-- " {
            if open.is_some() {
                out.push('\n');
            }
            open = None;
        }
        if open.is_none() && depth > 0 {
            out.push_str(&bare[..depth]);
            out.push(' ');
        }
        let flows = content.ends_with(' ') && content != "-- ";
        out.push_str(if flows && delsp { &content[..content.len() - 1] } else { content });
        open = flows.then_some(depth);
        if !flows {
            out.push('\n');
        }
    }
    if open.is_some() {
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flowed_text_is_joined_within_its_quote_depth() {
        for (flowed, delsp, want) in [
            ("a \nb\n", false, "a b\n"),
            ("a \nb\n", true, "ab\n"),
            ("> a \n> b \nc\n", false, "> a b \nc\n"),
            (" From x\n-- \nsig\n", false, "From x\n-- \nsig\n"),
            ("  indented\n", false, " indented\n"),
            (">> a \n> b\n", false, ">> a \n> b\n"),
        ] {
            assert_eq!(unflow(flowed, delsp), want, "{flowed:?}");
        }
    }
}
