//! The structure of MIME: what a header says about its body, and the pieces of a multipart.
//!
//! In: a header, the bytes of a body. Out: an [`Entity`], and the [`Pieces`] of a body, including those between the
//! parts. A delimiter is a line of its own (RFC 2046, 5.1.1): `--b12` is no delimiter for the boundary `b1`.
//! mailparse parses the fields; this module finds the pieces, because libraries drop the text outside the parts.
//! Never here: charsets, what is shown.

use mailparse::{DispositionType, ParsedContentDisposition, ParsedContentType};
use memchr::memmem;

use super::{
    header::{self, Header},
    uuencode,
};

/// The facts of a header about its body.
pub(super) struct Entity {
    /// The media type in lower case, without its parameters.
    pub(super) media: String,
    /// The transfer encoding of the body.
    pub(super) coding: Coding,
    content_type: ParsedContentType,
    disposition: Option<ParsedContentDisposition>,
}

/// A transfer encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Coding {
    /// The bytes are as they were sent.
    None,
    Base64,
    QuotedPrintable,
    Uuencode,
    /// An unknown one, as spelled: the bytes are used as they are.
    Unknown(String),
}

impl Coding {
    /// The encoding named anywhere in the field, as git's `mailinfo.c` reads it; hyphens and blanks in it do not
    /// matter.
    fn of(value: &str) -> Self {
        let letters = value.chars().filter(char::is_ascii_alphanumeric);
        let word: String = letters.map(|c| c.to_ascii_lowercase()).collect();
        let known = ["7bit", "8bit", "binary"];
        if word.contains("base64") {
            Self::Base64
        } else if word.contains("quotedprintable") {
            Self::QuotedPrintable
        } else if word.starts_with("uu") || word.starts_with("xuu") {
            Self::Uuencode
        } else if word.is_empty() || known.iter().any(|known| word.starts_with(known)) {
            Self::None
        } else {
            Self::Unknown(value.trim().to_owned())
        }
    }
}

impl Entity {
    /// Reads the fields of `header`; if they name no type, the body is of type `usual`.
    ///
    /// Of several Content-Type fields, the one with a boundary counts, because git takes a boundary from any. Of
    /// several encodings the last one counts, as in git.
    pub(super) fn of(header: &Header<'_>, usual: &str) -> Self {
        let mut types = header.all("content-type").map(header::decode);
        let first = types.next().unwrap_or_default();
        let is_multipart = |value: &String| is_of(value, "multipart/");
        let value = match is_multipart(&first) {
            true => first,
            false => types.find(is_multipart).unwrap_or(first),
        };
        let content_type = mailparse::parse_content_type(&value);
        // A comment, or a parameter without its semicolon, may follow the type.
        let media = content_type.mimetype.split_ascii_whitespace().next().unwrap_or(usual);
        let coding = header.all("content-transfer-encoding").last();
        let disposition = header.get("content-disposition");
        Self {
            media: media.to_owned(),
            coding: coding.map_or(Coding::None, |value| Coding::of(&header::decode(value))),
            disposition: disposition.map(|value| mailparse::parse_content_disposition(&value)),
            content_type,
        }
    }

    /// A parameter of the type.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.content_type.params.get(name).map(String::as_str)
    }

    /// The file name, or an empty string.
    pub(super) fn name(&self) -> String {
        let given = self.disposition.as_ref().and_then(|d| d.params.get("filename"));
        let name = given.map(String::as_str).or(self.parameter("name"));
        name.map(|name| header::decode(name.as_bytes())).unwrap_or_default()
    }

    /// Whether the part is a file, not text to show in place.
    pub(super) fn is_attachment(&self) -> bool {
        let disposition = self.disposition.as_ref().map(|d| &d.disposition);
        disposition == Some(&DispositionType::Attachment)
    }

    /// Whether the part's header repeats that of the mail, so that both are signed (`protected-headers`, later RFC
    /// 9788): in 5 mails of linux-mtd.
    pub(super) fn has_mail_fields(&self) -> bool {
        ["protected-headers", "hp"].iter().any(|name| self.parameter(name).is_some())
    }

    /// Decodes the transfer encoding; the error says why that failed.
    pub(super) fn undo(&self, body: &[u8]) -> Result<Vec<u8>, mailparse::MailParseError> {
        let name = match self.coding {
            Coding::Base64 => "base64",
            Coding::QuotedPrintable => "quoted-printable",
            Coding::Uuencode => return Ok(uuencode::undone(body)),
            Coding::None | Coding::Unknown(_) => return Ok(body.to_vec()),
        };
        use mailparse::body::Body;
        match Body::new(body, &self.content_type, &Some(name.to_owned())) {
            Body::Base64(body) | Body::QuotedPrintable(body) => body.get_decoded(),
            Body::SevenBit(_) | Body::EightBit(_) | Body::Binary(_) => Ok(body.to_vec()),
        }
    }
}

fn is_of(value: &str, start: &str) -> bool {
    value.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// The boundary of a multipart.
pub(super) struct Boundary {
    /// Two hyphens and the boundary.
    dashes: memmem::Finder<'static>,
    /// The fault of the boundary in the header.
    pub(super) odd: Option<&'static str>,
}

impl Boundary {
    /// The boundary in the header, if a part of `body` begins with it; otherwise the line above the first header of
    /// a part, if there is one.
    pub(super) fn of(named: Option<&str>, body: &[u8]) -> Option<Self> {
        let boundary = |bytes: &[u8], odd| {
            let dashes = [b"--", bytes].concat();
            Self { dashes: memmem::Finder::new(&dashes).into_owned(), odd }
        };
        let named = named.filter(|named| !named.trim_end().is_empty()).map(|named| {
            // Blanks at its end do not belong to it (RFC 2046, 5.1.1).
            let bare = named.trim_end();
            let odd = (bare != named).then_some("a boundary that ends in a blank");
            boundary(bare.as_bytes(), odd)
        });
        named.filter(|boundary| boundary.opens(body)).or_else(|| {
            let line = first_line_above_a_header(body)?;
            Some(boundary(&line[2..], Some("no part begins with the boundary of the header")))
        })
    }

    fn opens(&self, body: &[u8]) -> bool {
        let mut at = 0;
        while let Some(delimiter) = self.next(body, at) {
            if !delimiter.closes {
                return true;
            }
            at = delimiter.end;
        }
        false
    }

    /// The next delimiter from `from` on.
    fn next(&self, body: &[u8], from: usize) -> Option<Delimiter> {
        let dashes = self.dashes.needle().len();
        self.dashes.find_iter(&body[from..]).find_map(|start| {
            let start = from + start;
            if start > 0 && body[start - 1] != b'\n' {
                return None;
            }
            let end = header::line_end(body, start);
            let closes = match body[start + dashes..end].trim_ascii_end() {
                b"" => false,
                b"--" => true,
                _ => return None,
            };
            Some(Delimiter { start, end, closes })
        })
    }

    /// The pieces of `body`, in order.
    pub(super) fn pieces<'a>(&'a self, body: &'a [u8]) -> Pieces<'a> {
        Pieces { boundary: self, body, at: Some(0), in_part: false }
    }
}

/// A line that separates two pieces.
struct Delimiter {
    start: usize,
    end: usize,
    closes: bool,
}

/// `--boundary`, if the next line is a field that occurs only in the header of a part.
fn first_line_above_a_header(body: &[u8]) -> Option<&[u8]> {
    memmem::find_iter(body, b"--").find_map(|start| {
        if start > 0 && body[start - 1] != b'\n' {
            return None;
        }
        let end = header::line_end(body, start);
        let line = body[start..end].trim_ascii_end();
        let field = &body[end..];
        let begins = field.get(..8).is_some_and(|name| name.eq_ignore_ascii_case(b"content-"));
        (line.len() > 2 && begins).then_some(line)
    })
}

/// A piece of a multipart.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Bytes before the first part, after the last, or after an end that was not the end.
    Outside(&'a [u8]),
    /// A part with its header.
    Part(&'a [u8]),
}

/// The pieces of a multipart, found one by one, because there may be a million.
pub(super) struct Pieces<'a> {
    boundary: &'a Boundary,
    body: &'a [u8],
    at: Option<usize>,
    in_part: bool,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let start = self.at?;
        let is_part = self.in_part;
        let end = match self.boundary.next(self.body, start) {
            Some(delimiter) => {
                self.at = Some(delimiter.end);
                self.in_part = !delimiter.closes;
                delimiter.start
            }
            None => {
                self.at = None;
                self.body.len()
            }
        };
        let bytes = match self.at {
            Some(_) => without_line_end(&self.body[start..end]),
            None => &self.body[start..end],
        };
        Some(if is_part { Piece::Part(bytes) } else { Piece::Outside(bytes) })
    }
}

/// The line end above a delimiter is the delimiter's.
fn without_line_end(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

/// Whether a part is text: it says so, or it is a mailer's report about mails, or its type means nothing (RFC 2045,
/// 5.2). A signature counts as no text, because nobody reads it.
pub(super) fn is_text(media: &str, bytes: &[u8]) -> bool {
    match media.split_once('/') {
        Some(("text", kind)) => kind != "calendar" && kind != "vcard",
        Some((kind, _)) => kind == "message",
        None => is_readable(bytes),
    }
}

/// Whether bytes could be text: no control characters except those of lines.
pub(super) fn is_readable(bytes: &[u8]) -> bool {
    bytes.iter().all(|b| *b >= b' ' || matches!(b, b'\t' | b'\n' | b'\r' | b'\x0c' | b'\x1b'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_the_field_names_the_encoding() {
        for (value, coding) in [
            ("base64;", Coding::Base64),
            ("BASE64 (comment)", Coding::Base64),
            ("\"base-64\"", Coding::Base64),
            ("Quoted_Printable", Coding::QuotedPrintable),
            ("quoted-printable;", Coding::QuotedPrintable),
            ("8 bit", Coding::None),
            ("x-uuencode", Coding::Uuencode),
            ("", Coding::None),
            ("yenc ", Coding::Unknown("yenc".into())),
        ] {
            assert_eq!(Coding::of(value), coding, "{value}");
        }
    }

    /// The pieces as `(` outside `)` and `[` part `]`.
    fn pieces(named: Option<&str>, body: &str) -> String {
        let Some(boundary) = Boundary::of(named, body.as_bytes()) else {
            return "none".into();
        };
        let text = |bytes| String::from_utf8_lossy(bytes).replace('\n', "/");
        let show = |piece| match piece {
            Piece::Outside(bytes) => format!("({})", text(bytes)),
            Piece::Part(bytes) => format!("[{}]", text(bytes)),
        };
        boundary.pieces(body.as_bytes()).map(show).collect()
    }

    #[test]
    fn a_delimiter_is_a_whole_line() {
        for (named, body, want) in [
            (Some("b"), "a\n--b\n1\n--b\n\n2\n--b--\nz\n", "(a)[1][/2](z/)"),
            (Some("b"), "--b\n1\n--b2\n--b-\n --b\nx--b\n--b--", "()[1/--b2/--b-/ --b/x--b]()"),
            (Some("b"), "--b \t\r\n1\r\n--b-- \r\n", "()[1]()"),
            (Some("b "), "--b\n1", "()[1]"),
            (Some("b"), "--b\n--b\n1\n--b--\n2\n--b\n3\n", "()[][1](2)[3/]"),
            (Some("b"), "--x\nContent-Type: a\n\n1\n--x--\n", "()[Content-Type: a//1]()"),
            (None, "hi\n--x\ncontent-type: a\n\n1\n", "(hi)[content-type: a//1/]"),
            (Some("b"), "--b--\n--x\n", "none"),
            (Some(""), "--\n-- \nJane\n", "none"),
            (None, "", "none"),
        ] {
            assert_eq!(pieces(named, body), want, "{named:?} {body:?}");
        }
    }
}
