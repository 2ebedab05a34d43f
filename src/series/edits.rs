//! Edits: the editor's statements about which postings belong together.
//!
//! In: `content/series.yaml`. Out: [`Edits`], which take precedence over every rule, and a note for each unknown
//! message in them. Never here: what makes a posting or a series.

use std::{
    collections::BTreeSet,
    fmt,
    marker::PhantomData,
    path::{Path, PathBuf},
};

use percent_encoding::percent_decode_str;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};

use super::{MailIx, StateKind, StoredMessage, Threads, assemble::Posting, thread::Ids};
use crate::{
    error::{Note, NoteKind, Result},
    hash::is_commit,
    message::MessageId,
    patch::Kind,
    redact::{Redaction, written_id},
    yaml,
};

/// The editor's corrections, below the site's root.
const FILE: &str = "content/series.yaml";

/// The editor's corrections: `content/series.yaml`. Each names postings by the Message-ID of any of their patches,
/// cover letters or replies, or by its address in an archive.
///
/// ```yaml
/// join:                        # these are revisions of one series
///   - [first@example.org, https://lore.kernel.org/lamp/second@example.org/]
/// split:                       # this posting begins a series of its own
///   - third@example.org
/// title:                       # the series of this message is called so
///   fourth@example.org: A better title
/// hide:                        # the series of this message, and the answers to it, are not on the site
///   - fifth@example.org
/// kind:                        # this message is a patch, a report or spam, whatever it looks like
///   sixth@example.org: report
/// state:                       # this became of the series, whatever mails say
///   seventh@example.org: rejected
/// applied:                     # this patch, or all below this cover letter, went in as this commit
///   eighth@example.org: 0123456789abcdef
/// ```
#[derive(Debug, Clone, Default)]
pub struct Edits {
    join: Vec<Vec<MessageId>>,
    split: Vec<MessageId>,
    title: Vec<(MessageId, Box<str>)>,
    hide: Vec<MessageId>,
    kind: Vec<(MessageId, Kind)>,
    state: Vec<(MessageId, StateKind)>,
    applied: Vec<(MessageId, Box<str>)>,
}

/// The file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    join: Vec<Joined>,
    split: Each,
    title: Pairs<Box<str>>,
    hide: Each,
    kind: Pairs<Kind>,
    state: Pairs<StateKind>,
    applied: Pairs<CommitId>,
}

/// Messages, each named once.
#[derive(Debug, Default)]
struct Each(Vec<Named>);

/// Several messages, each named once.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Each")]
struct Joined(Vec<Named>);

/// Messages with a value, each named once, because only one value could be used.
#[derive(Debug)]
struct Pairs<V>(Vec<(Named, V)>);

impl<V> Default for Pairs<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl TryFrom<Each> for Joined {
    type Error = &'static str;

    fn try_from(Each(all): Each) -> std::result::Result<Self, Self::Error> {
        match all.len() {
            0 | 1 => Err("one message alone cannot be joined: name another one beside it"),
            _ => Ok(Self(all)),
        }
    }
}

/// Counts the messages that are named.
#[derive(Default)]
struct Seen(BTreeSet<MessageId>);

impl Seen {
    fn add<E: serde::de::Error>(&mut self, Named(id): &Named) -> std::result::Result<(), E> {
        match self.0.insert(id.clone()) {
            true => Ok(()),
            false => Err(E::custom(format!("`{id}` is named twice: remove one of the entries"))),
        }
    }
}

impl<'de> Deserialize<'de> for Each {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Each;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sequence")
            }

            fn visit_seq<A: SeqAccess<'de>>(
                self,
                mut entries: A,
            ) -> std::result::Result<Each, A::Error> {
                let (mut all, mut seen) = (Vec::new(), Seen::default());
                while let Some(named) = entries.next_element()? {
                    seen.add(&named)?;
                    all.push(named);
                }
                Ok(Each(all))
            }
        }

        from.deserialize_seq(Entries)
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Pairs<V> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        struct Entries<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>> Visitor<'de> for Entries<V> {
            type Value = Pairs<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(
                self,
                mut entries: A,
            ) -> std::result::Result<Pairs<V>, A::Error> {
                let (mut all, mut seen) = (Vec::new(), Seen::default());
                while let Some(named) = entries.next_key()? {
                    seen.add(&named)?;
                    all.push((named, entries.next_value()?));
                }
                Ok(Pairs(all))
            }
        }

        from.deserialize_map(Entries(PhantomData))
    }
}

/// A commit, in hex.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct CommitId(Box<str>);

impl TryFrom<String> for CommitId {
    type Error = String;

    fn try_from(text: String) -> std::result::Result<Self, String> {
        match is_commit(&text) {
            true => Ok(Self(text.to_ascii_lowercase().into())),
            false => Err(format!("`{text}` is no commit: 7 to 64 hexadecimal digits in quotes")),
        }
    }
}

/// A message as people name it: its id with or without angle brackets, or its address in an archive.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(from = "String")]
struct Named(MessageId);

impl From<String> for Named {
    fn from(text: String) -> Self {
        let id = written_id(&text);
        Self(id.as_deref().unwrap_or(text.trim_matches(['<', '>', ' '])).into())
    }
}

impl<V> Pairs<V> {
    fn ids(self) -> Vec<(MessageId, V)> {
        self.0.into_iter().map(|(Named(id), value)| (id, value)).collect()
    }
}

impl From<Written> for Edits {
    fn from(written: Written) -> Self {
        let ids = |all: Vec<Named>| all.into_iter().map(|Named(id)| id).collect();
        let applied = written.applied.ids().into_iter();
        Self {
            join: written.join.into_iter().map(|Joined(all)| ids(all)).collect(),
            split: ids(written.split.0),
            title: written.title.ids(),
            hide: ids(written.hide.0),
            kind: written.kind.ids(),
            state: written.state.ids(),
            applied: applied.map(|(id, CommitId(commit))| (id, commit)).collect(),
        }
    }
}

impl Edits {
    /// The corrections of the site at `root`; none if the file does not exist.
    ///
    /// # Errors
    /// If it cannot be read or parsed.
    pub fn load(root: &Path) -> Result<Self> {
        yaml::read_if_there::<Written>(&Self::file(root)).map(Self::from)
    }

    /// The file with the corrections of the site in `root`.
    pub fn file(root: &Path) -> PathBuf {
        root.join(FILE)
    }

    /// The ids in all corrections about postings.
    fn of_postings(&mut self) -> impl Iterator<Item = &mut MessageId> {
        let Self { join, split, title, state, applied, hide: _, kind: _ } = self;
        let named = join.iter_mut().flatten().chain(split);
        named
            .chain(title.iter_mut().map(|(id, _)| id))
            .chain(state.iter_mut().map(|(id, _)| id))
            .chain(applied.iter_mut().map(|(id, _)| id))
    }

    /// Replaces the ids in the corrections by those in the archive, and that of a reply by that of its posting.
    /// Returns notes about unknown ids.
    pub(super) fn resolve(&mut self, archive: &Archive<'_>) -> Vec<Note> {
        let mut notes = Vec::new();
        for id in self.of_postings() {
            match archive.find(id).map(|found| archive.posting_of(found)) {
                Some(Some(member)) => *id = archive.id(member),
                Some(None) => notes.push(note(NoteKind::NoPosting, id)),
                None => notes.push(note(NoteKind::UnknownId, id)),
            }
        }
        for id in &mut self.hide {
            match archive.find(id) {
                Some(found) => *id = archive.id(found),
                None => notes.push(note(NoteKind::UnknownId, id)),
            }
        }
        notes
    }

    /// Whether the posting of this message begins a series of its own.
    pub(super) fn begins(&self, id: &MessageId) -> bool {
        self.split.contains(id)
    }

    /// Messages whose postings are of one series.
    pub(super) fn joined(&self) -> &[Vec<MessageId>] {
        &self.join
    }

    /// The title of the series of this message.
    pub(super) fn title(&self, id: &MessageId) -> Option<&str> {
        self.title.iter().find(|(named, _)| named == id).map(|(_, title)| &**title)
    }

    /// The kinds that it gives to messages, by number, and notes about unknown ids.
    pub(super) fn kinds(&self, archive: &Archive<'_>) -> (Vec<(MailIx, Kind)>, Vec<Note>) {
        let (mut found, mut notes) = (Vec::new(), Vec::new());
        for (id, kind) in &self.kind {
            match archive.find(id) {
                Some(ix) => found.push((ix, *kind)),
                None => notes.push(note(NoteKind::UnknownId, id)),
            }
        }
        (found, notes)
    }

    /// Whether it gives kinds to messages.
    pub(super) fn has_kinds(&self) -> bool {
        !self.kind.is_empty()
    }

    /// The states of the series of messages.
    pub(super) fn states(&self) -> &[(MessageId, StateKind)] {
        &self.state
    }

    /// The commits of patches, or of all patches of cover letters.
    pub(super) fn commits(&self) -> &[(MessageId, Box<str>)] {
        &self.applied
    }

    /// Messages that are not shown, nor anything about them.
    pub(super) fn hidden(&self) -> &[MessageId] {
        &self.hide
    }
}

/// A correction that has no effect, by the message that it names.
fn note(kind: NoteKind, id: &MessageId) -> Note {
    Note { message_id: Some(id.clone()), ..Note::new(kind, "") }
}

/// The mails that corrections may be about.
pub(super) struct Archive<'a> {
    mails: &'a [StoredMessage],
    threads: &'a Threads,
    ids: &'a Ids,
    redaction: &'a Redaction,
    is_member: Vec<bool>,
}

impl<'a> Archive<'a> {
    pub(super) fn new(
        (mails, threads, ids): (&'a [StoredMessage], &'a Threads, &'a Ids),
        postings: &[Posting],
        redaction: &'a Redaction,
    ) -> Self {
        let mut is_member = vec![false; mails.len()];
        postings.iter().flat_map(Posting::members).for_each(|ix| is_member[ix.at()] = true);
        Self { mails, threads, ids, redaction, is_member }
    }

    fn id(&self, ix: MailIx) -> MessageId {
        self.mails[ix.at()].mail.message.id.clone()
    }

    /// The mail with an id as somebody wrote it: unchanged, under its replacement if it is hidden, or
    /// percent-decoded. An id without `@` in an address is recognised only if it exists.
    fn find(&self, id: &str) -> Option<MailIx> {
        let known = |id: &str| self.ids.get(self.redaction.id(id).unwrap_or(id)).copied();
        let decoded = |id: &str| known(&percent_decode_str(id).decode_utf8().ok()?);
        let is_address = id.contains("://");
        let in_address = || id.split('/').skip(3).filter(|_| is_address).find_map(decoded);
        known(id).or_else(|| decoded(id)).or_else(in_address)
    }

    /// The patch or cover letter that a mail is, or to which it replies.
    fn posting_of(&self, ix: MailIx) -> Option<MailIx> {
        self.threads.upwards(ix).find(|up| self.is_member[up.at()])
    }
}
