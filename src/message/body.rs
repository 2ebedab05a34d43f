//! Bodies: from the parts of a mail to one text.
//!
//! In: a mail's bytes. Out: its text in UTF-8 with LF line ends, and the parts that are not text. The text has
//! everything that can be decoded, in order, however broken the MIME is, or a note says why not. Only an alternative
//! that repeats the plain text is left out without a note. Never here: where parts begin and end (`mime`), HTML as
//! markup.

mod attached;

use std::borrow::Cow;

use super::{
    Attachment, Version, charset,
    charset::Trust,
    clearsign,
    form::Shape,
    header::Header,
    html,
    mime::{Boundary, Coding, Entity, Piece, is_readable, is_text},
    uuencode,
    words::Words,
};
use crate::{
    base64,
    error::{Note, NoteKind},
};
use attached::patch_in;

/// The most parts that are read (public-inbox reads as many, `Eml.pm`).
const MAX_PARTS: usize = 1000;

/// How deep parts nest before the rest is left out.
const MAX_DEPTH: usize = 20;

/// The default types of a body (RFC 2045, 5.2), and of a part of a digest (RFC 2046, 5.1.5).
const USUAL: &str = "text/plain";
const USUAL_OF_DIGEST: &str = "message/rfc822";

/// The text of a mail and what else it carries.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) text: String,
    pub(super) attachments: Vec<Attachment>,
    pub(super) notes: Vec<Note>,
    /// The body holds other people's mails.
    pub(super) is_digest: bool,
    /// The subject of the mail that makes up the whole body.
    pub(super) wrapped: Option<String>,
    /// The names of the files whose content is in the text.
    files: Vec<String>,
    /// The number of parts so far.
    seen: usize,
    /// The plain text, while its alternatives are read.
    plain: Option<Words>,
}

impl Body {
    /// Reads the body of `raw`, whose header is `header` and whose body begins at `start`.
    pub(super) fn read(raw: &[u8], header: &Header<'_>, start: usize) -> Self {
        let mut body = Self::default();
        body.mail(header, &raw[start..], 0);
        body
    }

    /// Reads a mail: the whole one, or one inside it.
    fn mail(&mut self, header: &Header<'_>, bytes: &[u8], depth: usize) {
        self.stray(header);
        self.entity(&Entity::of(header, USUAL), bytes, depth);
    }

    /// Reads a part of a multipart: header and body.
    fn part(&mut self, part: &[u8], usual: &str, depth: usize) {
        let (header, start) = Header::split_part(part);
        let entity = Entity::of(&header, usual);
        if !entity.has_mail_fields() {
            self.stray(&header);
        }
        // By RFC 2046, 5.1, such lines are text, and so is the encoded text that they describe.
        if header.is_empty() && part[start..].starts_with(b"Content-") {
            self.note_once("an empty line above the fields of a part");
        }
        self.entity(&entity, &part[start..], depth);
    }

    /// Adds lines of text that stand in a header.
    fn stray(&mut self, header: &Header<'_>) {
        if !header.stray.is_empty() {
            self.note_once("a header has lines that are not fields");
            self.push_text(&header.stray.concat(), &Shape::plain());
        }
    }

    /// Reads a body of any kind.
    fn entity(&mut self, entity: &Entity, bytes: &[u8], depth: usize) {
        // Beyond a limit, everything counts as text as it is, so that no word is lost.
        if depth > MAX_DEPTH {
            self.note_once(&format!("nested deeper than {MAX_DEPTH}"));
            return self.push_text(bytes, &Shape::plain());
        }
        if self.is_full() {
            return self.push_text(bytes, &Shape::plain());
        }
        self.seen += 1;
        if let Coding::Unknown(name) = &entity.coding {
            self.note_once(&format!("transfer encoding {name}"));
        }
        match entity.media.split_once('/') {
            Some(("multipart", kind)) => self.multipart(entity, kind, bytes, depth),
            Some(("message", kind)) if self.is_mail(entity, kind) => {
                let undone = self.undone(entity, bytes);
                if depth == 0 {
                    self.wrapped = Header::split(&undone).0.get("subject");
                }
                self.embedded(&undone, depth + 1);
            }
            _ => self.leaf(entity, bytes, depth == 0),
        }
    }

    /// Whether the limit of parts is reached.
    fn is_full(&mut self) -> bool {
        let full = self.seen >= MAX_PARTS;
        if full {
            self.note_once(&format!("more than {MAX_PARTS} parts"));
        }
        full
    }

    fn multipart(&mut self, entity: &Entity, kind: &str, bytes: &[u8], depth: usize) {
        let named = entity.parameter("boundary");
        let mut bytes = Cow::Borrowed(bytes);
        let mut boundary = Boundary::of(named, &bytes);
        if boundary.is_none() && entity.coding != Coding::None {
            // Its parts should be encoded, not the whole body (RFC 2045, 6.4).
            bytes = self.undone(entity, &bytes).into_owned().into();
            boundary = Boundary::of(named, &bytes);
        }
        let Some(boundary) = boundary else {
            if !bytes.trim_ascii().is_empty() {
                self.note_once("a multipart without parts");
                self.push_text(&bytes, &Shape::plain());
            }
            return;
        };
        if let Some(odd) = boundary.odd {
            self.note_once(odd);
        }
        if kind == "alternative" {
            return self.alternative(&boundary, &bytes, depth + 1);
        }
        self.is_digest |= kind == "digest";
        let usual = if kind == "digest" { USUAL_OF_DIGEST } else { USUAL };
        for (number, piece) in boundary.pieces(&bytes).enumerate() {
            match piece {
                Piece::Outside(words) => self.outside(words, number == 0),
                Piece::Part(part) if self.is_full() => self.push_text(part, &Shape::plain()),
                Piece::Part(part) => self.part(part, usual, depth + 1),
            }
        }
    }

    /// Reads text before the first part or after the last.
    fn outside(&mut self, words: &[u8], is_preamble: bool) {
        if words.trim_ascii().is_empty() || is_preamble && is_customary(words) {
            return;
        }
        self.note_once("words outside the parts");
        self.push_text(words, &Shape::plain());
    }

    /// Reads alternatives: the longest plain one, and others if they are not text or have a different text.
    fn alternative(&mut self, boundary: &Boundary, bytes: &[u8], depth: usize) {
        let mut parts = Vec::new();
        for (number, piece) in boundary.pieces(bytes).enumerate() {
            match piece {
                Piece::Outside(words) => self.outside(words, number == 0),
                Piece::Part(part) if self.seen + parts.len() >= MAX_PARTS => {
                    self.note_once(&format!("more than {MAX_PARTS} parts"));
                    self.push_text(part, &Shape::plain());
                }
                Piece::Part(part) => parts.push(part),
            }
        }
        let lengths = parts.iter().map(|part| plain_length(part)).enumerate();
        let longest = lengths.max_by_key(|(_, length)| *length);
        let Some((plain, _)) = longest.filter(|(_, length)| *length > 0) else {
            return parts.into_iter().for_each(|part| self.part(part, USUAL, depth));
        };
        let start = self.text.len();
        self.part(parts.remove(plain), USUAL, depth);
        let plain = Words::of(&self.text[start..]);
        let outer = self.plain.replace(plain);
        parts.into_iter().for_each(|part| self.part(part, USUAL, depth));
        self.plain = outer;
    }

    /// Whether a part of this kind is a mail of its own. Of a mail that was sent in pieces, the first piece begins
    /// one.
    fn is_mail(&mut self, entity: &Entity, kind: &str) -> bool {
        match kind {
            "rfc822" | "global" => true,
            "news" => {
                self.note_once("message/news, read as a mail");
                true
            }
            "partial" => {
                let parameter = |name| entity.parameter(name).unwrap_or("?");
                let (number, total) = (parameter("number"), parameter("total"));
                self.note_once(&format!("piece {number} of {total} of a message"));
                number == "1"
            }
            _ => false,
        }
    }

    /// Adds a mail inside this one: sender, date and subject, then its text, as mailers show it.
    fn embedded(&mut self, raw: &[u8], depth: usize) {
        let (header, start) = Header::split(raw);
        let field = |name: &&str| header.get(name).map(|value| format!("{name}: {value}"));
        // An id says nothing to a reader, but words beside it do.
        let is_said = |line: &String| !(line.starts_with("Message-ID: <") && line.ends_with('>'));
        let fields = ["From", "Date", "Subject", "Message-ID"].iter().filter_map(field);
        let shown: Vec<String> = fields.filter(is_said).collect();
        if shown.is_empty() && !header.describes_body() {
            // The first line is words with a colon, not a header.
            return self.push_text(raw, &Shape::plain());
        }
        shown.iter().for_each(|line| self.append(line));
        self.append("\n");
        self.mail(&header, &raw[start..], depth);
    }

    /// Reads a part without parts of its own. If the mail has nothing else, the part is text whatever its type.
    fn leaf(&mut self, entity: &Entity, bytes: &[u8], is_whole: bool) {
        let undone = self.undone(entity, bytes);
        let (name, media) = (entity.name(), &*entity.media);
        let is_file = entity.is_attachment() || !name.is_empty();
        let start = self.text.len();
        if media == "text/html" && !entity.is_attachment() {
            let (html, _) = charset::decode(&undone, entity.parameter("charset"));
            self.append(&html::to_text(&html));
            self.without_twin(start);
        } else if is_whole && entity.coding == Coding::None || is_text(media, &undone) {
            self.push_text(&undone, &Shape::of(entity));
            self.files.push(name);
            if !is_file {
                self.without_twin(start);
            }
        } else if let Some(patch) = patch_in(media, &name, &undone) {
            self.push_text(&patch, &Shape::of(entity));
            self.files.push(name);
        } else {
            self.attach(&name, media, undone.len());
        }
    }

    /// Drops the text appended from `start` on if it repeats the plain text.
    ///
    /// lore and mutt show the plain alternative. An alternative with other words gets a note (patchwork's sample
    /// 0019 has its signature in HTML only). A longer alternative with mostly different words is shown.
    fn without_twin(&mut self, start: usize) {
        let Some(plain) = &self.plain else { return };
        let other = Words::of(&self.text[start..]);
        let missing = plain.missing(&other);
        if other.count > plain.count && missing * 2 > other.distinct() {
            return;
        }
        self.text.truncate(start);
        if missing > 0 {
            self.note_once(&format!(
                "an alternative has other words than the plain text: {missing}"
            ));
        }
    }

    /// The bytes of a part without its transfer encoding; of a broken encoding, the bytes that can be decoded.
    fn undone<'b>(&mut self, entity: &Entity, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        if matches!(entity.coding, Coding::None | Coding::Unknown(_)) {
            return bytes.into();
        }
        match entity.undo(bytes) {
            Ok(undone) => {
                if entity.coding == Coding::Base64 && base64::goes_on(bytes) {
                    self.note_once("base64 continues after its padding");
                }
                undone.into()
            }
            Err(why) => {
                self.note_once(&why.to_string());
                if entity.coding == Coding::Base64 {
                    base64::damaged(bytes).into()
                } else {
                    bytes.into()
                }
            }
        }
    }

    fn push_text(&mut self, bytes: &[u8], shape: &Shape) {
        let (text, trust) = charset::decode(bytes, shape.charset.as_deref());
        if trust == Trust::Guessed {
            let label = shape.charset.as_deref().unwrap_or("none");
            self.note(NoteKind::BadCharset, label.to_owned());
        }
        let text = shape.line_ends(&text);
        for piece in uuencode::pieces(&text) {
            match piece {
                uuencode::Piece::Words(words) => self.push_words(words, shape),
                uuencode::Piece::File(name, bytes) if is_readable(&bytes) => {
                    self.push_words(&uuencode::words_of_name(name), shape);
                    self.push_words(&charset::guess(&bytes).replace("\r\n", "\n"), &Shape::plain());
                }
                uuencode::Piece::File(name, bytes) => {
                    self.attach(name, "application/octet-stream", bytes.len());
                }
            }
        }
    }

    /// Adds text; signatures in it are listed like those in parts.
    fn push_words(&mut self, words: &str, shape: &Shape) {
        let unwrapped = clearsign::unwrapped(words);
        let (words, signatures) = match &unwrapped {
            Some((words, signatures)) => (&**words, &**signatures),
            None => (words, &[][..]),
        };
        signatures.iter().for_each(|len| self.attach("", "application/pgp-signature", *len));
        self.append(&shape.laid_out(words));
    }

    /// The version at the beginning of the names of the attached patches, if they agree.
    pub(super) fn file_version(&self) -> Option<Version> {
        let mut versions = self.files.iter().filter_map(|name| attached::version(name));
        let first = versions.next()?;
        versions.all(|other| other == first).then_some(first)
    }

    fn attach(&mut self, name: &str, media_type: &str, bytes: usize) {
        self.attachments.push(Attachment {
            name: name.into(),
            media_type: media_type.into(),
            bytes,
        });
    }

    /// Appends text on lines of its own.
    fn append(&mut self, text: &str) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.text.push_str(text);
    }

    pub(super) fn note(&mut self, kind: NoteKind, detail: impl Into<String>) {
        self.notes.push(Note::new(kind, detail));
    }

    /// Notes a fault of the MIME, once: a thousand parts can have the same fault.
    fn note_once(&mut self, detail: &str) {
        let is_it = |note: &Note| note.kind == NoteKind::BadMime && note.detail == detail;
        if !self.notes.iter().any(is_it) {
            self.note(NoteKind::BadMime, detail);
        }
    }
}

/// Whether a preamble is the usual notice for mailers without MIME (`This is a multi-part message in MIME format.`).
/// All 28 preambles of linux-mtd mention MIME in one line; those of Outlook and alpine have three lines.
fn is_customary(preamble: &[u8]) -> bool {
    let text = preamble.trim_ascii();
    let names_mime = text.windows(4).any(|word| word.eq_ignore_ascii_case(b"MIME"));
    let lines = memchr::memchr_iter(b'\n', text).count() + 1;
    // Text after `… (RFC 4880 and 3156)` or `This is a MIME-encapsulated message` is the sender's.
    let ends = [&b"."[..], b")", b":", b"message", b"format"];
    let is_over = ends.iter().any(|end| text.ends_with(end));
    lines <= 3 && text.len() <= 300 && names_mime && is_over
}

/// The length of a plain part; 0 for other types.
fn plain_length(part: &[u8]) -> usize {
    let (header, start) = Header::split_part(part);
    let entity = Entity::of(&header, USUAL);
    if entity.media != "text/plain" || entity.is_attachment() {
        return 0;
    }
    entity.undo(&part[start..]).map_or(part.len() - start, |bytes| bytes.trim_ascii().len())
}
