//! Stage 1: archives of mail.
//!
//! In: a path. Out: the raw bytes of every message with its [`Place`] of origin, in the archive's order. The format
//! of an archive is detected from its content ([`open`]), never from its name alone. Never here: the content of a
//! mail.

mod files;
#[cfg(feature = "git")]
pub mod history;
mod look;
mod mail;
mod mail_dir;
mod mailbox;
mod mbox;
#[cfg(feature = "git")]
mod objects;
mod private;
#[cfg(feature = "git")]
mod public_inbox;
#[cfg(not(feature = "git"))]
#[path = "without_git.rs"]
mod public_inbox;
#[cfg(feature = "git")]
mod repository;
mod split;
#[cfg(feature = "site")]
mod stamp;
mod text_digest;
mod tree;
mod unpack;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub use look::{is_empty, open};
#[cfg(feature = "git")]
pub use objects::Objects;
#[cfg(not(feature = "git"))]
pub(crate) use public_inbox::{Objects, unread};
#[cfg(feature = "site")]
pub(crate) use stamp::{stamp, stamp_repository};

use serde::{Deserialize, Serialize};

use crate::{
    error::{Note, NoteKind, Place, Result},
    hash::Fingerprint,
};

/// The kind of archive at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// public-inbox v2: a folder with `git/0.git`, `git/1.git` …, each commit adding one mail as `m`.
    PublicInboxV2,
    /// One bare epoch of a v2 archive.
    Epoch,
    /// public-inbox v1: one repository, with a blob per mail under `ab/cdef…`.
    PublicInboxV1,
    /// mboxrd, mboxo, mboxcl or mboxcl2, plain or compressed.
    Mbox,
    /// `cur/`, `new/`, `tmp/`.
    Maildir,
    /// A tree of `.eml` and `.patch` files, or one such file.
    Mails,
    /// A text digest such as the KVM list's.
    TextDigest,
}

/// A detected archive; none of it is in memory yet.
#[derive(Debug, Clone)]
pub struct Archive {
    /// Where it lies.
    pub path: PathBuf,
    /// Its format.
    pub kind: Kind,
}

impl Archive {
    /// Whether [`Self::resume`] can continue an earlier reading.
    pub fn is_resumable(&self) -> bool {
        matches!(self.kind, Kind::PublicInboxV2 | Kind::Epoch)
    }

    /// Reads every message and gives each to `parse`, on all workers of the current rayon pool.
    ///
    /// The results are in the archive's order whatever the number of workers. A fault of one message is a note and
    /// stops no other message; the call fails if the archive as a whole cannot be read.
    pub fn read<T, F>(&self, parse: F) -> Result<Reading<T>>
    where
        T: Send,
        F: Fn(RawMessage<'_>) -> T + Sync,
    {
        self.resume(&Known::default(), parse)
    }

    /// Reads with the results of an earlier reading: commits and mails that it saw are not read again. Only the
    /// epochs of public-inbox v2 can be resumed; all others are read again.
    pub fn resume<T, F>(&self, known: &Known<'_, T>, parse: F) -> Result<Reading<T>>
    where
        T: Send,
        F: Fn(RawMessage<'_>) -> T + Sync,
    {
        match self.kind {
            Kind::PublicInboxV2 => public_inbox::read_epochs(&self.path, known, &parse),
            Kind::Epoch => public_inbox::read_epoch(&self.path, known, &parse),
            Kind::PublicInboxV1 => public_inbox::read_v1(&self.path, &parse),
            Kind::Mbox => mbox::read(&self.path, &parse),
            Kind::Maildir => mail_dir::read(&self.path, &parse),
            Kind::Mails => tree::read(&self.path, &parse),
            Kind::TextDigest => text_digest::read(&self.path, &parse),
        }
    }
}

/// Why the git repository at `path` has lost some of its content, for example after a power cut; `None` if it is
/// whole, as far as can be seen without reading all of it.
#[cfg(feature = "git")]
pub fn damage(path: &Path) -> Option<String> {
    public_inbox::damage(path)
}

/// The format of the bytes of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// A mail as it was sent.
    Mail,
    /// An entry of a text digest in the form of a mail: no date, no real Message-ID, no diff.
    DigestEntry,
}

/// A message's bytes.
#[derive(Debug, Clone, Copy)]
pub struct RawMessage<'a> {
    /// Headers, a blank line, a body, with the original line ends.
    pub bytes: &'a [u8],
    /// Whether this was a mail.
    pub source: Source,
    /// The name of its git object; `None` outside git.
    pub object: Option<Fingerprint>,
    /// When the archive stored it, if the archive says so: the `From ` line of an mbox, or the seconds in a
    /// Maildir's file name. For a commit, see [`Commit::when`].
    pub delivered: Option<&'a [u8]>,
}

/// The state of an archive from an earlier reading.
pub struct Known<'a, T> {
    /// Its [`Reading::history`].
    pub epochs: &'a [Epoch],
    /// The result of `parse` for the mail in an object.
    pub mail: Option<&'a (dyn Fn(Fingerprint) -> Option<T> + Sync)>,
}

impl<T> Default for Known<'_, T> {
    fn default() -> Self {
        Self { epochs: &[], mail: None }
    }
}

impl<T> Known<'_, T> {
    #[cfg(feature = "git")]
    fn mail(&self, object: Fingerprint) -> Option<T> {
        self.mail.and_then(|mail| mail(object))
    }
}

/// The result of reading an archive.
#[derive(Debug)]
pub struct Reading<T> {
    /// The result of `parse` for each message, in the archive's order, with its place.
    pub messages: Vec<(Place, T)>,
    /// What is unusual: missing objects, deletions, truncated archives, files left out.
    pub notes: Vec<Note>,
    /// For git archives: the commits of every epoch, in order.
    pub history: Vec<Epoch>,
    /// For a text digest: its text besides the entries.
    pub digest: Option<GivenDigest>,
}

impl<T> Default for Reading<T> {
    fn default() -> Self {
        Self { messages: Vec::new(), notes: Vec::new(), history: Vec::new(), digest: None }
    }
}

impl<T> Reading<T> {
    /// The number of mails that the archive accounts for: those it gave, and those that were deleted upstream. A
    /// text digest counts as one.
    pub fn held(&self) -> usize {
        let deleted = self.notes.iter().filter(|note| note.kind == NoteKind::Deleted).count();
        self.messages.len() + deleted + usize::from(self.digest.is_some())
    }

    /// Adds the outcome for the message at `place`.
    fn add(&mut self, place: Place, outcome: Outcome<T>) {
        match outcome {
            Outcome::Mail(value) => self.messages.push((place, value)),
            Outcome::Cut(value) => {
                let detail = format!("only its first {} MiB were read", mail::CAP >> 20);
                self.notes.push(Note::new(NoteKind::Cut, detail).at(place.clone()));
                self.messages.push((place, value));
            }
            Outcome::Left(kind, why) => self.notes.push(Note::new(kind, why).at(place)),
        }
    }
}

/// The result for the bytes at one place.
#[derive(Debug)]
enum Outcome<T> {
    /// A mail, parsed.
    Mail(T),
    /// A mail over the size limit: its beginning, parsed.
    Cut(T),
    /// Nothing that can be parsed, with the reason.
    Left(NoteKind, String),
}

/// The commits of one git epoch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Epoch {
    /// Its number (the `0` of `0.git`).
    pub number: u32,
    /// Its commits, oldest first.
    pub commits: Vec<Commit>,
    /// The state that a later reading needs to continue from the last commit.
    pub end: End,
}

/// A commit of a public-inbox repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// Its name.
    pub id: Fingerprint,
    /// The object of the mail that it adds to an epoch.
    pub added: Option<Fingerprint>,
    /// The object by which it deletes a mail of an epoch.
    pub deleted: Option<Fingerprint>,
    /// When the committer's machine made it, in seconds since 1970.
    pub when: Option<i64>,
}

/// Whether an epoch will be the same when it is read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// All commits back to the first are known.
    Whole,
    /// The parent of the oldest known commit is missing: a shallow mirror.
    Cut(Fingerprint),
    /// Something else is missing that may be there next time.
    Open,
}

/// The statistics of a text digest, as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GivenDigest {
    /// Its file, which contains its entries.
    pub file: Arc<Path>,
    /// The list's name as the digest has it (`KVM`).
    pub list: String,
    /// The older end of the commit range.
    pub from: String,
    /// The newer end.
    pub to: String,
    /// The editor's note above the rankings of one of our own digests: the heading, a blank line, the text. May be
    /// empty.
    pub note: String,
    /// The ranking by mail domain: count and domain.
    pub domains: Vec<(u64, String)>,
    /// The ranking of contributors: count and `Name <address>`, as written.
    pub contributors: Vec<(u64, String)>,
}
