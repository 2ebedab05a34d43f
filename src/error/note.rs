//! Notes: what was odd in the input, and where.
//!
//! In: a kind, a message, a place. Out: a [`Note`] that the report counts and names. Never here: an error.

use std::{fmt, path::Path, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::hash::Fingerprint;

/// Where in an archive something lies, for people to find it again.
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

/// The kinds of oddity, in the order in which a report lists them: damage first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NoteKind {
    /// A mail that the mirror should hold and does not.
    MissingObject,
    /// An archive that ends in the middle, or cannot be decompressed to its end.
    Truncated,
    /// A file of an archive, or a part of one, that cannot be read.
    Unread,
    /// A list that holds fewer mails than it once held, and not so few that a build stops.
    Shrunk,
    /// A mail that public-inbox removed (`d`).
    Deleted,
    /// A mail that the site's owner removes whole (`[redact]`).
    Redacted,
    /// A mail whose sender asks archives to leave it out.
    Unarchived,
    /// A draft, or what its owner threw away, sent or marked as deleted: nothing for others.
    Private,
    /// A file or mail without a single header, or without bytes.
    NoMail,
    /// A list's tree in which nothing was merged yet.
    EmptyTree,
    /// A site whose archives' earlier counts are unknown.
    Unremembered,
    /// Content that a shallow or partial clone leaves out, as its maker wanted.
    Partial,
    /// A file in an archive's tree that was left out, and why.
    Skipped,
    /// No Message-ID; one was made from the content.
    MadeId,
    /// Two different mails under one Message-ID.
    SameId,
    /// No date that can be believed.
    BadDate,
    /// An unknown charset, or bytes that are invalid in the named one.
    BadCharset,
    /// MIME that does not hold together, or goes over the limits.
    BadMime,
    /// A subject whose brackets or counter make no sense.
    OddSubject,
    /// A diff that says other than its counts.
    OddDiff,
    /// A correction of the editor's that names a message which no archive holds.
    UnknownId,
    /// A correction of the editor's about postings that names a message which is of none.
    NoPosting,
    /// A mail that the editor hides.
    Hidden,
    /// A file or a line of the author's that nothing uses.
    Unused,
    /// A text that was cut on its page for its length.
    Cut,
    /// Content that old pages leave out, so that the site fits its host (`[limits]`).
    Thinned,
    /// A site that comes near what its host takes.
    Large,
    /// A site that is larger than its host takes.
    TooLarge,
}

impl NoteKind {
    /// Every kind, in its order.
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

    /// It is something odd, and not what the site's owner or a sender asked for.
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

    /// It is damage: mails that the archive held cannot be read any more. Every command says so, also with
    /// `--quiet`, and those that print what an archive holds end with exit code 1.
    ///
    /// Damage is never what a mail says, so that nobody who posts can stop a script; nor what somebody asked for: a
    /// mail that was deleted upstream, a clone that is shallow, a file that is not a mail.
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

/// Something odd in the input. Never ends anything; counted and named in the report.
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
