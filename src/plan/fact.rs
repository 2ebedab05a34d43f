//! Facts from which files of the site are made, each with a name and a sum.
//!
//! In: the reads of a builder (the [`Reader`](super::reader::Reader) records them in a [`Log`]). Out: the names of
//! these facts. [`sums`](super::sums) sums their present values: if the sum is the one from the last build, the file
//! would be the same.
//!
//! A name is made of something that later mails do not change: the content of a mail, the slug of a series.
//!
//! Things that are the same for every file (settings, theme, navigation, the program) are not facts. Nor are
//! Message-IDs in texts: nobody can list future ones, so a log stores them as they are.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    hash::{Hash, Hasher},
    sync::OnceLock,
};

use crate::{
    hash::{FastMap, Sha1},
    plan::{people::PersonIx, tree::FolderIx},
    series::{Corpus, MailIx, SeriesIx},
    text::mask::Asked,
};

/// The name of a fact: the first bytes of the SHA-1 of its kind and its subject. Among a million facts, two share a
/// name once in 30 million sites.
pub(crate) type Name = u64;

/// The name of all facts together: every build remakes a file that depends on it.
pub(crate) const EVERYTHING: Name = 0;

/// A fact from which a file can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fact {
    /// A series: its revisions, its fate, what its pages leave out, its folder.
    Series(SeriesIx),
    /// A mail: its content, its place, its parent.
    Mail(MailIx),
    /// The name of a person in lists, and whether they have a page.
    Person(PersonIx),
    /// The activity of a person.
    Known(PersonIx),
    /// A folder: what was posted to it, and the folders inside.
    Folder(FolderIx),
    /// A thread of mails that belong to no series.
    Thread(usize),
    /// A digest, the author's note on it, the neighbouring periods.
    Digest(usize),
    /// The series that the saved query with this number finds.
    Query(usize),
}

/// The kinds of facts, as part of names; a mail's name is that of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Series,
    Person,
    Known,
    Folder,
    Thread,
    Digest,
    Query,
}

/// The name of a fact of this kind about a subject.
pub(crate) fn name(kind: Kind, of: impl Hash) -> Name {
    let mut sum = Sha1::new();
    (kind, of).hash(&mut sum);
    sum.finish()
}

/// The facts that a builder read.
#[derive(Debug, Default)]
pub struct Log {
    names: RefCell<BTreeSet<Name>>,
    asked: Asked,
}

impl Log {
    /// Records that the fact with this name was read.
    pub(crate) fn read(&self, name: Name) {
        let mut names = self.names.borrow_mut();
        // A builder that read everything also read this.
        if !names.contains(&EVERYTHING) {
            names.insert(name);
        }
    }

    /// Records that everything was read.
    pub(crate) fn read_everything(&self) {
        self.read(EVERYTHING);
    }

    /// Records a lookup of the mail with this Message-ID.
    pub(crate) fn looked_for(&self, id: &str) {
        self.asked.note(id);
    }

    /// The Message-IDs that were looked up.
    pub(crate) fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The names of the facts that were read, and the Message-IDs that were looked up; both sorted.
    pub(crate) fn finish(self) -> (Vec<Name>, Vec<Box<str>>) {
        (self.names.into_inner().into_iter().collect(), self.asked.finish())
    }
}

/// A sum, made on first use.
pub(super) type Sum = OnceLock<u64>;

/// The facts of a plan by name, and the sums made so far: many files depend on one fact.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(super) by_name: OnceLock<FastMap<Name, (Fact, Sum)>>,
    /// A page reads those of its rows many times.
    pub(super) series_names: Vec<Name>,
    /// Folders depend on series, too.
    pub(super) series: Vec<Sum>,
    /// The places of mails.
    pub(super) shown: Vec<Sum>,
}

impl Facts {
    /// The facts of a plan with these mails, without sums.
    pub(crate) fn new(corpus: &Corpus) -> Self {
        let none = |count: usize| (0..count).map(|_| Sum::new()).collect();
        Self {
            by_name: OnceLock::new(),
            series_names: corpus.series.iter().map(|one| name(Kind::Series, &one.slug)).collect(),
            series: none(corpus.series.len()),
            shown: none(corpus.mails.len()),
        }
    }
}

/// The name of the fact of a mail.
pub(crate) fn mail_name(corpus: &Corpus, ix: MailIx) -> Name {
    // The mail's SHA-1 exists already.
    let [a, b, c, d, e, f, g, h, ..] = corpus.stored(ix).mail.message.raw.bytes();
    // Patches from one mail share its SHA-1.
    let part = u64::from(corpus.stored(ix).mail.message.part);
    u64::from_le_bytes([a, b, c, d, e, f, g, h]).wrapping_add(part)
}
