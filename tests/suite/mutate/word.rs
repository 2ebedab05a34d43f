//! Words that are in one mail only: if such a word is on no page, its text was lost.
//!
//! In: mails. Out: mails with such words in their texts; which of the words a lenient reader still finds in the
//! mutated mail, so that a page must show them. Never here: a rule of the program's own.

use std::collections::HashSet;

use super::{Chance, seeds::header_end};

/// `zq` and eight letters.
pub(super) type Word = [u8; 10];

/// A source of words.
#[derive(Debug, Default)]
pub(super) struct Words(u64);

impl Words {
    /// A word that no other mail has.
    pub(super) fn next(&mut self) -> String {
        self.0 += 1;
        // Consecutive words differ in many letters, so that no mutation turns one into another.
        let mut rest = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 24;
        let mut word = String::from("zq");
        for _ in 0..8 {
            word.push(char::from(b'a' + (rest % 26) as u8));
            rest /= 26;
        }
        word
    }

    /// The mail with words at the ends of some of its lines, if these are plain text.
    pub(super) fn put(&mut self, mail: &[u8], chance: &mut Chance) -> Vec<u8> {
        let start = header_end(mail);
        let mut out = mail[..start].to_vec();
        let is_encoded = memchr::memmem::find(mail, b"base64").is_some();
        let mut binary = Binary::default();
        for line in mail[start..].split_inclusive(|byte| *byte == b'\n') {
            let bare = line.trim_ascii_end();
            out.extend(bare);
            let is_text = !binary.has(bare) && takes_words(bare);
            if !is_encoded && is_text && chance.one_in(4) {
                out.extend(format!(" {}", self.next()).bytes());
            }
            out.extend(&line[bare.len()..]);
        }
        out
    }
}

/// Follows the lines of binary files in patches and of signatures, which are letters but not words.
#[derive(Default)]
enum Binary {
    #[default]
    Outside,
    /// Until the first line that does not begin with a letter or digit.
    File,
    /// Until its last line. The armor has fields and an empty line above its letters.
    Signature,
}

impl Binary {
    fn has(&mut self, line: &[u8]) -> bool {
        *self = match self {
            _ if line.starts_with(b"-----BEGIN PGP SIGNATURE") => Self::Signature,
            _ if line.starts_with(b"literal ") || line.starts_with(b"delta ") => Self::File,
            Self::File if line.first().is_some_and(u8::is_ascii_alphanumeric) => Self::File,
            Self::Signature if is_armor(line) => Self::Signature,
            _ => Self::Outside,
        };
        !matches!(self, Self::Outside)
    }
}

/// A line inside an armored signature (RFC 4880, section 6.2): a field, an empty line, or letters.
fn is_armor(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    let fields = [&b"Version:"[..], b"Comment:", b"Hash:", b"Charset:", b"MessageID:"];
    fields.iter().any(|field| line.starts_with(field)) || line.iter().all(is_letter)
}

/// A line that ends in text: no header of a diff or of a part, no soft break.
fn takes_words(line: &[u8]) -> bool {
    let is_mark = [&b"--"[..], b"@@", b"Content-"].iter().any(|mark| line.starts_with(mark));
    !line.is_empty() && !line.ends_with(b"=") && !is_mark && !is_head(line) && !is_summary(line)
}

/// A line of a diff's header, whose meaning a page shows, and lines that programs write above parts.
fn is_head(line: &[u8]) -> bool {
    #[rustfmt::skip]
    const HEADS: [&str; 17] = [
        "diff ", "index ", "--- ", "+++ ", "new file mode ", "deleted file mode ", "similarity index ", "rename ",
        "dissimilarity index ", "copy ", "old mode ", "new mode ", "Index: ", "RCS file: ", "retrieving revision ",
        "This is a multi-part message", "This is an OpenPGP/MIME",
    ];
    // A patch of a patch has those of its own diff behind a space.
    HEADS.iter().any(|head| line.trim_ascii_start().starts_with(head.as_bytes()))
}

/// A line of a diffstat, which the page's own table replaces.
fn is_summary(line: &[u8]) -> bool {
    const SAYS: [&[u8]; 6] =
        [b" | ", b" changed, ", b"create mode ", b"delete mode ", b"mode change ", b"rename "];
    line.starts_with(b" ") && SAYS.iter().any(|says| memchr::memmem::find(line, says).is_some())
}

/// Adds all words in `text` to those found.
pub(super) fn find(text: &[u8], found: &mut HashSet<Word>) {
    for at in memchr::memmem::find_iter(text, b"zq") {
        let word = text.get(at..at + 10).and_then(|word| Word::try_from(word).ok());
        found.extend(word.filter(|word| word.iter().all(u8::is_ascii_lowercase)));
    }
}

/// A page may cut a longer mail, and then says so.
const LONGEST: usize = 16 << 10;

/// The words that lenient readers find in a mail's texts, except in lines that the page shows in another form, and
/// in a list's footer. To some, a line of blanks ends a header; to git, it continues a field.
pub(super) fn told(mail: &[u8]) -> HashSet<Word> {
    if mail.len() > LONGEST {
        return HashSet::new();
    }
    let (blank, empty) = (header_end(mail), empty_line(mail));
    let found = told_by(&Part::split(mail, blank));
    match blank == empty {
        true => found,
        false => &found & &told_by(&Part::split(mail, empty)),
    }
}

/// The end of the first empty line; the length if there is none.
fn empty_line(mail: &[u8]) -> usize {
    let mut at = mail.len() - mail.trim_ascii_start().len();
    for line in mail[at..].split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if line == b"\n" || line == b"\r\n" {
            break;
        }
    }
    at
}

fn told_by(mail: &Part<'_>) -> HashSet<Word> {
    let mut found = HashSet::new();
    let mut text = Vec::new();
    mail.text(&mut text, 0);
    let footer = footer(&text);
    let is_signed = memchr::memmem::find(&text, b"-----BEGIN PGP SIGNED MESSAGE").is_some();
    let (mut binary, mut is_field, mut head) = (Binary::default(), false, PartHead::default());
    for line in text[..footer].split(|byte| *byte == b'\n') {
        // Clearsigned text has `- ` before lines that begin with a hyphen.
        let line = line.strip_prefix(b"- ").filter(|_| is_signed).unwrap_or(line);
        // A field in the body continues in lines that begin with a blank.
        is_field = is_in_body_field(line) || is_field && line.starts_with(b" ");
        if !binary.has(line) && !is_field && !head.has(line) && !is_summary(line) && !is_head(line)
        {
            find(line, &mut found);
        }
    }
    found
}

/// Follows the fields of a part, which are not text of the mail. If the mail's own type is damaged, it reads as one
/// text: after a boundary, from `Content-…` to the first empty line. Signed mail repeats all its fields there.
#[derive(Default)]
struct PartHead {
    is_behind_boundary: bool,
    is_inside: bool,
}

impl PartHead {
    fn has(&mut self, line: &[u8]) -> bool {
        let begins = self.is_behind_boundary && line.starts_with(b"Content-");
        self.is_inside = begins || self.is_inside && !line.is_empty();
        self.is_behind_boundary = line.starts_with(b"--");
        self.is_inside
    }
}

/// Where the footer of a list begins: at its rule, which may contain a character that no page can hold.
fn footer(text: &[u8]) -> usize {
    let (mut at, mut start) = (0, text.len());
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let strokes = line.iter().filter(|byte| **byte == b'_').count();
        if strokes >= 30 && !line.iter().any(u8::is_ascii_alphanumeric) {
            start = at;
        }
        at += line.len();
    }
    start
}

fn is_in_body_field(line: &[u8]) -> bool {
    ["From:", "Subject:", "Date:"].iter().any(|name| line.starts_with(name.as_bytes()))
}

/// A mail, or a part of one.
struct Part<'m> {
    head: String,
    body: &'m [u8],
}

impl<'m> Part<'m> {
    fn of(bytes: &'m [u8]) -> Self {
        // A part may have no header.
        let start = match bytes {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            _ => header_end(bytes),
        };
        Self::split(bytes, start)
    }

    fn split(bytes: &'m [u8], start: usize) -> Self {
        let head = String::from_utf8_lossy(&bytes[..start]).replace("\r\n", "\n");
        Self { head: head.replace("\n ", " ").replace("\n\t", " "), body: &bytes[start..] }
    }

    fn fields(&self, name: &str) -> impl DoubleEndedIterator<Item = &str> {
        let is_it = move |line: &&str| {
            line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        self.head.lines().filter(is_it).map(move |line| line[name.len()..].trim())
    }

    fn field(&self, name: &str) -> &str {
        self.fields(name).next().unwrap_or_default()
    }

    fn media(&self) -> String {
        let kind = self.field("content-type:");
        kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Appends the text in it.
    fn text(&self, out: &mut Vec<u8>, depth: usize) {
        let media = self.media();
        let is_multipart = media.starts_with("multipart/");
        let is_text = media.is_empty() || media == "text/plain" || is_multipart;
        if depth > 8 || !is_text || self.is_attached() || !self.is_ascii() {
            return;
        }
        match self.parts().filter(|_| is_multipart) {
            Some(parts) => parts.text(media.ends_with("/alternative"), out, depth),
            None => {
                // Of several, the last one counts, as in git.
                let encoding = self.fields("content-transfer-encoding:").next_back();
                let encoding = encoding.unwrap_or_default().to_ascii_lowercase();
                out.extend(decoded(self.body, &encoding));
            }
        }
        out.push(b'\n');
    }

    fn is_attached(&self) -> bool {
        self.field("content-disposition:").to_ascii_lowercase().starts_with("attachment")
    }

    /// Letters stand for themselves in ASCII.
    fn is_ascii(&self) -> bool {
        let kind = self.field("content-type:").to_ascii_lowercase();
        !["utf-16", "utf-7", "utf16", "iso-2022", "hz-gb", "utf-32", "ucs-"]
            .iter()
            .any(|odd| kind.contains(odd))
    }

    /// The parts of a multipart, split at its boundary lines; empty if there are none.
    fn parts(&self) -> Option<Parts<'m>> {
        let kind = self.field("content-type:");
        let at = kind.to_ascii_lowercase().find("boundary=")?;
        let rest = &kind[at + "boundary=".len()..];
        let boundary = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next()?,
            None => rest.split([';', ' ']).next()?,
        };
        let mut parts = Parts { inner: Vec::new(), outside: Vec::new() };
        let (mut start, mut at) = (None, 0);
        for line in self.body.split_inclusive(|byte| *byte == b'\n') {
            let behind = line.trim_ascii_end().strip_prefix(b"--");
            let behind = behind.and_then(|rest| rest.strip_prefix(boundary.as_bytes()));
            let is_end = behind == Some(b"--");
            if is_end || behind == Some(b"") {
                parts.inner.extend(start.map(|start| Part::of(&self.body[start..at])));
                start = (!is_end).then_some(at + line.len());
            } else if start.is_none() {
                parts.outside.extend(line);
            }
            at += line.len();
        }
        parts.inner.extend(start.map(|start| Part::of(&self.body[start..])));
        (!boundary.is_empty() && !parts.inner.is_empty()).then_some(parts)
    }
}

/// The parts of a multipart.
struct Parts<'m> {
    inner: Vec<Part<'m>>,
    /// Before the first and after the last.
    outside: Vec<u8>,
}

impl Parts<'_> {
    /// Appends the text in them; of alternatives, the last plain one.
    fn text(&self, are_alternatives: bool, out: &mut Vec<u8>, depth: usize) {
        let plain = self.inner.iter().rposition(|part| part.media() == "text/plain");
        let plain = plain.filter(|_| are_alternatives);
        for (at, part) in self.inner.iter().enumerate() {
            if plain.is_none_or(|plain| plain == at) {
                part.text(out, depth + 1);
            }
        }
        out.extend(&self.outside);
    }
}

/// A body without its transfer encoding.
fn decoded(body: &[u8], encoding: &str) -> Vec<u8> {
    if encoding.starts_with("base64") {
        return from_base64(body);
    }
    // Programs read on if the name of the encoding is damaged, and so find the footer of a list.
    if encoding.starts_with("quoted-print") {
        return from_quoted(body);
    }
    body.to_vec()
}

fn from_base64(body: &[u8]) -> Vec<u8> {
    let (mut out, mut bits, mut count) = (Vec::new(), 0u32, 0);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        (bits, count) = (bits << 6 | u32::from(value), count + 6);
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

fn from_quoted(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = body;
    while let [first, tail @ ..] = rest {
        let hex = |two: &[u8]| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok();
        rest = match (first, tail) {
            (b'=', [b'\n', behind @ ..] | [b'\r', b'\n', behind @ ..]) => behind,
            (b'=', [a, b, behind @ ..]) if hex(&[*a, *b]).is_some() => {
                out.extend(hex(&[*a, *b]));
                behind
            }
            _ => {
                out.push(*first);
                tail
            }
        };
    }
    out
}
