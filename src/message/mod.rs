//! Stage 2: the content of a mail.
//!
//! In: the raw bytes of a message. Out: a [`Message`]: sender, date, subject, parent, and the text in UTF-8 with LF
//! line ends, with all transfer encodings and charsets decoded. Never here: an error (bad mail is data, oddities
//! become notes), a diff, other messages.

mod address;
mod body;
mod charset;
mod clearsign;
mod date;
mod extent;
mod form;
mod header;
mod hops;
mod html;
mod ids;
mod mailmap;
mod marks;
mod mime;
mod person;
mod redact;
mod sender;
mod subject;
mod text;
mod trailer;
mod unquoted;
mod uuencode;
mod words;

use serde::{Deserialize, Serialize};
use std::{
    borrow::Cow,
    ops::{Deref, DerefMut, Range},
    sync::Arc,
};

pub use address::Mailbox;
pub use date::Dates;
pub(crate) use date::{AHEAD, BEHIND, NEAR, is_date};
pub use extent::Extent;
pub(crate) use ids::of_part;
pub use mailmap::Mailmap;
pub(crate) use marks::{REPLY_ELSEWHERE, is_free};
pub(crate) use person::{plain_name, same_address, same_person};
pub(crate) use redact::{redact_note, spoken};
pub(crate) use subject::closing_version;
pub use subject::{PatchIndex, Subject, SubjectKind, Version};
use text::Text;
pub use text::{Fetch, Room, Shelf, TextReader};
pub use trailer::{Trailer, TrailerKind};
pub(crate) use trailer::{in_commit_message as trailers_of_commit, in_reply as trailers_of_reply};
pub(crate) use unquoted::own_paragraphs;

use crate::{
    archive::{RawMessage, Source},
    date::Timestamp,
    error::{Note, NoteKind},
    hash,
    pool::{self, Pool},
};
use body::Body;
use header::Header;
use hops::Hops;

/// A Message-ID without its angle brackets. Compares bytewise.
pub type MessageId = Arc<str>;

/// The SHA-1 of what a sender wrote.
pub type Fingerprint = hash::Fingerprint;

/// The content of one mail.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Message {
    /// Its Message-ID, or one made from its content.
    #[serde(with = "pool::one")]
    pub id: MessageId,
    /// Its sender; names of lists that send for others are resolved.
    pub from: Mailbox,
    /// When it arrived, as precisely as possible: the sender's date, if that is within an hour of the arrival.
    pub date: Option<Timestamp>,
    /// Where that date comes from.
    pub dates: Dates,
    /// Its subject, taken apart.
    pub subject: Subject,
    /// Its ancestors, oldest first, without repetition; the last is the direct parent (In-Reply-To
    /// where it differs from the last reference).
    #[serde(with = "pool::many")]
    pub references: Box<[MessageId]>,
    /// How many of the last ancestors it replies to: more than one if In-Reply-To names several.
    pub answers: u8,
    /// The address part of List-Id (`linux-mtd.lists.infradead.org`), if there is one.
    #[serde(with = "pool::maybe")]
    pub list_id: Option<Arc<str>>,
    /// The commit that a maintainer's script names in its own field (`X-linux-mtd-patch-commit`), in hex: 397 of the
    /// 682 mails of linux-mtd that say `Applied` have it.
    pub commit: Option<Box<str>>,
    /// The state that the mail sets for the patches to which it replies, in the words of lists.sr.ht
    /// (`X-Sourcehut-Patchset-Update: APPLIED`).
    pub control: Option<Box<str>>,
    /// The people in To and Cc, by [`recipient`]; empty for replies, for which nothing needs them.
    recipients: Box<[u32]>,
    /// The header fields that can tell that a machine wrote it ([`mark`](crate::machine::mark)).
    pub marks: Box<[Box<str>]>,
    /// All its plain text and attached patches, in UTF-8 with LF line ends.
    text: Text,
    /// The SHA-1 of its raw bytes; for a mail in git, the name of its object.
    pub raw: Fingerprint,
    /// Parts that are not text.
    pub attachments: Box<[Attachment]>,
    /// A hash of what the sender wrote: copies of one mail that arrived on several ways share it.
    pub content: Fingerprint,
    /// Whether its sender asks archives to leave it out.
    pub unarchived: bool,
    /// Whether it collects other people's mails: nothing in it is its sender's.
    pub is_digest: bool,
    /// The number of this patch, from 1, if its mail contains several; 0 for a whole mail.
    pub part: u32,
    /// The version at the beginning of the names of its attached files (`v3-0001-lamp.patch`), if they agree.
    pub file_version: Option<Version>,
    /// Anything unusual about it.
    pub notes: Vec<Note>,
}

impl Message {
    /// The date in the Date field, if that is more than an hour off.
    pub fn wrong_date(&self) -> Option<Timestamp> {
        let date = self.date?;
        self.dates.written.filter(|written| (written.0 - date.0).abs() > NEAR)
    }

    /// Whether its sender addressed it to this person's address.
    pub fn is_sent_to(&self, person: &Mailbox) -> bool {
        let wanted = recipient(person.address.as_bytes());
        !person.address.is_empty() && self.recipients.contains(&wanted)
    }

    /// When its sender sent it: the Date field unless the clock was wrong. It orders the mails of one sender, some
    /// of which are hours on their way: by arrival, a patch could come after its next version.
    pub fn sent(&self) -> Option<Timestamp> {
        self.dates.written.filter(|_| self.dates.agree_on(self.date)).or(self.date)
    }

    /// The Message-ID of the mail that this message is or came in.
    pub fn posted_as(&self) -> &MessageId {
        let carrier = self.references.last().filter(|_| self.part > 0);
        carrier.unwrap_or(&self.id)
    }

    /// The message to which it replies, by In-Reply-To or the last reference.
    pub fn in_reply_to(&self) -> Option<&MessageId> {
        self.references.last()
    }

    /// Other messages to which it replies: In-Reply-To may name several (RFC 5322, 3.6.4).
    pub fn also_answers(&self) -> &[MessageId] {
        let parent = self.references.len().saturating_sub(1);
        let first = self.references.len().saturating_sub(usize::from(self.answers));
        self.references.get(first..parent).unwrap_or_default()
    }

    /// Its text, which may have to be read from the archive: call this once, not per line.
    pub fn read_text(&self, texts: &TextReader) -> Cow<'_, str> {
        self.text.read(self.raw, texts)
    }

    /// The message with its text in memory, to parse it again.
    pub(crate) fn read_whole(&self, texts: &TextReader) -> Whole {
        let text = self.read_text(texts).into_owned().into();
        Whole(Self { text, ..self.clone() })
    }

    /// The length of its text in bytes, without reading it.
    pub fn text_len(&self) -> usize {
        self.text.len
    }

    /// Keeps its text on `shelf` from now on, from which a remembered text can be read again.
    pub(crate) fn put_on(&mut self, shelf: &Arc<Shelf>) {
        self.text.put_on(shelf);
    }

    /// Replaces its strings by the copies that all mails share.
    pub(crate) fn share(&mut self, pool: &Pool) {
        let Self { id, from, subject, references, list_id, .. } = self;
        [id, &mut subject.full, &mut subject.title].into_iter().for_each(|text| pool.share(text));
        from.share(pool);
        let many = subject.tags.iter_mut().chain(references).chain(list_id);
        many.for_each(|text| pool.share(text));
    }
}

/// A message with its text in memory, right after reading.
#[derive(Debug, Clone)]
pub struct Whole(Message);

impl Whole {
    /// Its text.
    pub fn text(&self) -> &str {
        self.0.text.here()
    }

    /// The patch number `part` of several in this mail, at `range` of its text; number 0 is the cover letter above
    /// them.
    pub(crate) fn passage(&self, range: Range<usize>, part: u32) -> Self {
        let attachments = if part == 0 { self.attachments.clone() } else { Box::default() };
        let notes = if part == 0 { self.notes.clone() } else { Vec::new() };
        let text = self.0.text.passage(range);
        Self(Message { part, text, attachments, notes, ..self.0.clone() })
    }

    /// The message without its text in memory.
    pub fn into_message(self) -> Message {
        self.0
    }
}

impl Deref for Whole {
    type Target = Message;

    fn deref(&self) -> &Message {
        &self.0
    }
}

impl DerefMut for Whole {
    fn deref_mut(&mut self) -> &mut Message {
        &mut self.0
    }
}

/// A part of a mail that is not shown as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its file name, or an empty string.
    pub name: Box<str>,
    /// Its media type.
    pub media_type: Box<str>,
    /// Its length, decoded, in bytes.
    pub bytes: usize,
}

/// Reads a mail. Never fails: unreadable parts are left out or guessed, with a note.
pub fn read(raw: &RawMessage<'_>) -> Whole {
    let (header, start) = Header::split(raw.bytes);
    let mut body = Body::read(raw.bytes, &header, start);
    if header.is_empty() {
        body.note(NoteKind::NoMail, "no header");
    }
    let from = sender::sender(&header, &body.text);
    let mut subject = Subject::parse(&header.get("subject").unwrap_or_default());
    if subject.odd {
        body.note(NoteKind::OddSubject, &*subject.full);
    }
    let is_within = |inner: &String| Subject::parse(inner).title != subject.title;
    if subject.kind == SubjectKind::Patch && body.wrapped.as_ref().is_some_and(is_within) {
        // The first title of a patch counts: that of the mail itself. The title of a mail inside it becomes text.
        body.text.insert_str(0, &format!("Subject: {}\n\n", subject.full));
    }
    let (written, list_id) = (header.get("date"), ids::list(&header));
    let hops = Hops::read(&header, list_id.as_deref());
    let dates = Dates::read(written.as_deref(), [hops.last, hops.first], raw.delivered);
    let date = dates.of_mail();
    if !dates.agree_on(date) && raw.source == Source::Mail {
        body.note(NoteKind::BadDate, written.clone().unwrap_or_default());
    }
    let is_digest = body.is_digest || is_plain_digest(&subject, &body.text);
    let file_version = body.file_version();
    let content = ids::content(&from, &subject, written.as_deref(), &body.text);
    let id = ids::own(&header).unwrap_or_else(|| {
        body.note(NoteKind::MadeId, "");
        ids::made(&content)
    });
    for note in &mut body.notes {
        note.message_id = Some(id.clone());
    }
    let (references, answers) = ids::ancestors(&header, &id);
    // A mail that names itself there is a reply only if it quotes: a patch stays a patch.
    let quotes = body.text.starts_with('>') || body.text.contains("\n>");
    subject.is_reply |= quotes && ids::answers_its_own(&header, &id);
    Whole(Message {
        references: references.into(),
        answers,
        list_id,
        commit: commit(&header),
        control: control(&header),
        recipients: if subject.is_reply { Box::default() } else { recipients(&header) },
        marks: marks::marks(&header, &from),
        id,
        from,
        date,
        dates,
        subject,
        content,
        text: body.text.into(),
        raw: raw.object.unwrap_or_else(|| hash::Sha1::from(raw.bytes).digest()),
        attachments: body.attachments.into(),
        unarchived: is_unarchived(&header),
        is_digest,
        part: 0,
        file_version,
        notes: body.notes,
    })
}

/// The most recipients of a mail that count; it may have thousands.
const MOST_RECIPIENTS: usize = 200;

/// A hash that stands for the address of a recipient: four bytes in place of forty.
fn recipient(address: &[u8]) -> u32 {
    let digest = hash::Sha1::from(address.to_ascii_lowercase()).digest().bytes();
    u32::from_le_bytes([digest[0], digest[1], digest[2], digest[3]])
}

/// The addresses in To and Cc.
fn recipients(header: &Header<'_>) -> Box<[u32]> {
    let is_within = |byte: &u8| !byte.is_ascii_whitespace() && !b"<>,;:\"()".contains(byte);
    let fields = ["to", "cc"].into_iter().flat_map(|name| header.all(name));
    let words = fields.flat_map(|value| value.split(move |byte| !is_within(byte)));
    let addresses = words.filter(|word| word.contains(&b'@')).take(MOST_RECIPIENTS);
    addresses.map(recipient).collect()
}

/// The value of lists.sr.ht's field.
fn control(header: &Header<'_>) -> Option<Box<str>> {
    header.get("X-Sourcehut-Patchset-Update").map(|value| value.trim().to_uppercase().into())
}

/// The value of `X-…-patch-commit`.
fn commit(header: &Header<'_>) -> Option<Box<str>> {
    let value = header::decode(header.ending("-patch-commit")?);
    let hex = value.trim();
    hash::is_commit(hex).then(|| hex.into())
}

/// Whether the mail has `X-No-Archive: yes`, which MHonArc, hypermail and Mailman honour, or the older `X-Archive:
/// no` (Mailman) or `Archive: no` (RFC 5536, 3.2.2). None of 8,592 mails of linux-mtd has.
fn is_unarchived(header: &Header<'_>) -> bool {
    let says = |field: &str, word: &str| {
        let value = header.raw(field).map(<[u8]>::trim_ascii_start).unwrap_or_default();
        value.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    };
    says("x-no-archive", "yes") || says("x-archive", "no") || says("archive", "no")
}

/// Whether it is a digest without parts: 70 hyphens end its preface (RFC 1153, Mailman). A patch can be about
/// digests, too.
fn is_plain_digest(subject: &Subject, text: &str) -> bool {
    let names_itself = || subject.full.to_ascii_lowercase().contains("digest");
    let has_preface = || text.contains(&format!("\n\n{}\n\n", "-".repeat(70)));
    subject.kind == SubjectKind::Plain && names_itself() && has_preface()
}

/// Decodes the value of a header line in a body.
pub(crate) fn decode(value: &str) -> String {
    header::decode(value.as_bytes())
}
