//! Facts: what a file of the site may be made from, each with a name and a sum.
//!
//! In: what a builder reads (the [`Reader`](super::reader::Reader) fills a [`Log`]). Out: the names of these facts.
//! What they are now is summed in [`sums`](super::sums): a file whose facts have the sum that they had when it was
//! made would come out the same.
//!
//! A name is made of what stays when other mails come: the content of a mail, the slug of a series.
//!
//! Things that are the same for every file (settings, theme, navigation, the program) are not facts. Nor are
//! Message-IDs that a text mentions: nobody can list future ones, so a log has them as they are.

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

/// The name of a fact: the first bytes of the SHA-1 of its kind and of what it is about. Of a million facts two share
/// a name once in 30 million sites.
pub(crate) type Name = u64;

/// The name of all facts together: a file that was made from it is made each time.
pub(crate) const EVERYTHING: Name = 0;

/// Something that a file may be made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fact {
    /// A series: its revisions, what became of it, what its pages lack, its folder.
    Series(SeriesIx),
    /// A mail: its content, its place, its parent.
    Mail(MailIx),
    /// The name of a person on lists, and whether they have a page.
    Person(PersonIx),
    /// The activity of a person.
    Known(PersonIx),
    /// A folder: what was posted to it, and the folders inside.
    Folder(FolderIx),
    /// A thread of mails that belong to no series.
    Thread(usize),
    /// A digest, the author's note on it, the periods beside it.
    Digest(usize),
    /// The series that the saved query with this number finds.
    Query(usize),
}

/// The kinds of facts, as names have them; a mail's is that of its content.
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

/// The name of a fact of this kind about what is called so.
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
    /// The fact of this name was read.
    pub(crate) fn read(&self, name: Name) {
        let mut names = self.names.borrow_mut();
        // A builder that read everything also read this.
        if !names.contains(&EVERYTHING) {
            names.insert(name);
        }
    }

    /// Everything was read.
    pub(crate) fn read_everything(&self) {
        self.read(EVERYTHING);
    }

    /// The mail of this Message-ID was looked for.
    pub(crate) fn looked_for(&self, id: &str) {
        self.asked.note(id);
    }

    /// The Message-IDs that were looked for.
    pub(crate) fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The names of the facts that were read, and the Message-IDs that were looked for; both sorted.
    pub(crate) fn finish(self) -> (Vec<Name>, Vec<Box<str>>) {
        (self.names.into_inner().into_iter().collect(), self.asked.finish())
    }
}

/// A sum that is had when somebody asks for it first.
pub(super) type Sum = OnceLock<u64>;

/// The facts of a plan by their names, and the sums of those that were asked for: many files are made from one fact.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(super) by_name: OnceLock<FastMap<Name, (Fact, Sum)>>,
    /// A page asks for those of its rows over and over.
    pub(super) series_names: Vec<Name>,
    /// Folders are made from series, too.
    pub(super) series: Vec<Sum>,
    /// Where each mail is shown.
    pub(super) shown: Vec<Sum>,
}

impl Facts {
    /// Those of a plan with these mails; nothing is summed yet.
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
    // It is a SHA-1 already, of the mail.
    let [a, b, c, d, e, f, g, h, ..] = corpus.stored(ix).mail.message.raw.bytes();
    // Patches that came in one mail have one name.
    let part = u64::from(corpus.stored(ix).mail.message.part);
    u64::from_le_bytes([a, b, c, d, e, f, g, h]).wrapping_add(part)
}
