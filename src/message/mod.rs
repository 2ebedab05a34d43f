//! Stage 2: what a mail says.
//!
//! In: the raw bytes of a message. Out: a [`Message`]: who, when, about what, in answer to what, and
//! its text in UTF-8 with LF line ends, all transfer encodings and charsets undone.
//! Never here: an error (bad mail is data, oddities become notes), a diff, other messages.

mod address;
mod body;
mod date;
mod header;
mod subject;
mod trailer;

use std::sync::Arc;

pub use address::Mailbox;
pub use subject::{PatchIndex, Subject, SubjectKind, Version};
pub use trailer::{Trailer, TrailerKind};

use crate::{date::Timestamp, error::Note};

/// A Message-ID without its angle brackets. Compares bytewise.
pub type MessageId = Arc<str>;

/// What one mail says.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its Message-ID, or one made from its content.
    pub id: MessageId,
    /// Who sent it, lists that send in others' names undone.
    pub from: Mailbox,
    /// When it was sent, as far as that can be believed.
    pub date: Option<Timestamp>,
    /// Its subject, taken apart.
    pub subject: Subject,
    /// The message that it answers, as In-Reply-To or the last reference says.
    pub in_reply_to: Option<MessageId>,
    /// Its ancestors, oldest first, without repetition; the last is the direct parent.
    pub references: Vec<MessageId>,
    /// The address part of List-Id (`linux-mtd.lists.infradead.org`), where there is one.
    pub list_id: Option<Arc<str>>,
    /// All its plain text and attached patches, in UTF-8 with LF line ends.
    pub text: Box<str>,
    /// Parts that are not text.
    pub attachments: Vec<Attachment>,
    /// A hash of what the sender wrote: equal for copies of one mail that came over several ways.
    pub content: u64,
    /// What was odd.
    pub notes: Vec<Note>,
}

/// A part of a mail that is not shown as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its file name, or an empty string.
    pub name: Box<str>,
    /// Its media type.
    pub media_type: Box<str>,
    /// Its length, decoded, in bytes.
    pub bytes: usize,
}
