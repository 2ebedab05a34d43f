//! Notes: what was unusual in the input, and where.
//!
//! In: a kind, a message, a place. Out: a [`Note`] that the report counts and names. Never here: an error.

use std::{fmt, path::Path, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::hash::Fingerprint;

/// A place in an archive, for people to find it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// A commit of a public-inbox epoch.
    Commit {
        /// The epoch's number (the `0` of `0.git`); 0 for a single repository.
        epoch: u32,
        /// How many commits of the epoch came before.
        number: u32,
        /// The commit's name.
        commit: Fingerprint,
    },
    /// A byte offset in a file (an mbox, after decompression; a text digest).
    Offset {
        /// The file.
        file: Arc<Path>,
        /// Offset of the message's first byte.
        offset: u64,
    },
    /// A whole file (Maildir, `.eml`, `.patch`).
    File(Arc<Path>),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Commit { epoch, commit, .. } => write!(f, "epoch {epoch}, commit {commit}"),
            Self::Offset { file, offset } => write!(f, "{}, byte {offset}", file.display()),
            Self::File(file) => write!(f, "{}", file.display()),
        }
    }
}

/// The kinds of notes, in the order of a report: damage first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NoteKind {
    /// A mail that the mirror should have but has not.
    MissingObject,
    /// An archive that is cut off, or cannot be decompressed to its end.
    Truncated,
    /// A file of an archive, or a part of one, that cannot be read.
    Unread,
    /// A list with fewer mails than before, but not so few that a build stops.
    Shrunk,
    /// A mail that public-inbox removed (`d`).
    Deleted,
    /// A mail that the site's owner removes entirely (`[redact]`).
    Redacted,
    /// A mail whose sender asks archives to leave it out.
    Unarchived,
    /// A draft, or a mail that its owner trashed, sent or marked as deleted: it is private.
    Private,
    /// A file or mail without a single header, or without bytes.
    NoMail,
    /// A list's tree in which nothing was merged yet.
    EmptyTree,
    /// A site without a record of how many mails its archives had.
    Unremembered,
    /// Content that a shallow or partial clone leaves out on purpose.
    Partial,
    /// A file in an archive's tree that was left out, with the reason.
    Skipped,
    /// No Message-ID; one was made from the content.
    MadeId,
    /// Two different mails under one Message-ID.
    SameId,
    /// No credible date.
    BadDate,
    /// An unknown charset, or bytes that are invalid in the named one.
    BadCharset,
    /// MIME that is broken, or exceeds the limits.
    BadMime,
    /// A subject whose brackets or counter make no sense.
    OddSubject,
    /// A diff that contradicts its line counts.
    OddDiff,
    /// An editor's correction that names a message in no archive.
    UnknownId,
    /// An editor's correction about postings that names a message of no posting.
    NoPosting,
    /// A mail that the editor hides.
    Hidden,
    /// An author's file or line that nothing uses.
    Unused,
    /// A text that was cut on its page because of its length.
    Cut,
    /// Content that old pages leave out, so that the site fits its host (`[limits]`).
    Thinned,
    /// A site close to its host's limit.
    Large,
    /// A site above its host's limit.
    TooLarge,
}

impl NoteKind {
    /// Every kind, in order.
    pub const ALL: [Self; 28] = [
        Self::MissingObject,
        Self::Truncated,
        Self::Unread,
        Self::Shrunk,
        Self::Deleted,
        Self::Redacted,
        Self::Unarchived,
        Self::Private,
        Self::NoMail,
        Self::EmptyTree,
        Self::Unremembered,
        Self::Partial,
        Self::Skipped,
        Self::MadeId,
        Self::SameId,
        Self::BadDate,
        Self::BadCharset,
        Self::BadMime,
        Self::OddSubject,
        Self::OddDiff,
        Self::UnknownId,
        Self::NoPosting,
        Self::Hidden,
        Self::Unused,
        Self::Cut,
        Self::Thinned,
        Self::Large,
        Self::TooLarge,
    ];

    /// Whether it is unusual, and not what the site's owner or a sender asked for.
    pub fn is_odd(self) -> bool {
        !matches!(
            self,
            Self::Redacted
                | Self::Unarchived
                | Self::Private
                | Self::Hidden
                | Self::Thinned
                | Self::EmptyTree
                | Self::Unremembered
        )
    }

    /// Whether it is damage: mails that the archive had can no longer be read. Every command reports it, even with
    /// `--quiet`, and commands that print an archive's content end with exit code 1.
    ///
    /// The content of a mail is never damage, so nobody who posts can stop a script. Nor is anything that somebody
    /// asked for: a mail deleted upstream, a shallow clone, a file that is not a mail.
    pub fn is_damage(self) -> bool {
        matches!(self, Self::MissingObject | Self::Truncated | Self::Unread | Self::Shrunk)
    }

    /// The kind in a few words, for reports.
    pub fn words(self) -> &'static str {
        match self {
            Self::MissingObject => "missing from the mirror",
            Self::Truncated => "truncated archive",
            Self::Unread => "cannot be read",
            Self::Shrunk => "list that has lost messages",
            Self::Deleted => "deleted upstream",
            Self::Redacted => "redacted",
            Self::Unarchived => "left out at its sender's request (X-No-Archive)",
            Self::Private => "private to its mailbox (draft, trash, deleted)",
            Self::NoMail => "not a message",
            Self::EmptyTree => "tree without commits",
            Self::Unremembered => "not compared with the earlier content of the archives",
            Self::Partial => "not in this shallow or partial clone",
            Self::Skipped => "file left out",
            Self::MadeId => "without a Message-ID",
            Self::SameId => "another message with the same Message-ID",
            Self::BadDate => "date not believed",
            Self::BadCharset => "charset guessed",
            Self::BadMime => "damaged MIME",
            Self::OddSubject => "odd subject",
            Self::OddDiff => "damaged diff",
            Self::UnknownId => "named in content/series.yaml and not in the archive",
            Self::NoPosting => {
                "named in content/series.yaml and neither a patch nor a reply to one"
            }
            Self::Hidden => "left out by content/series.yaml",
            Self::Cut => "too long to show in full",
            Self::Thinned => "left out of old pages ([limits] size)",
            Self::Unused => "without effect, in your files",
            Self::Large => "near the limit of the host ([limits] size)",
            Self::TooLarge => "over the limit of the host ([limits] size)",
        }
    }
}

/// Something unusual in the input. It never ends anything; the report counts and names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// The kind of oddity.
    pub kind: NoteKind,
    /// The message it is about, as far as known.
    pub message_id: Option<Arc<str>>,
    /// Where it was seen, as far as known.
    pub place: Option<Place>,
    /// The details in a few words; may be empty.
    pub detail: String,
}

impl Note {
    /// A note whose message and place the caller fills in.
    pub fn new(kind: NoteKind, detail: impl Into<String>) -> Self {
        Self { kind, message_id: None, place: None, detail: detail.into() }
    }

    /// The same note, at `place`.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }
}
