//! The mails of a public-inbox in the order in which they were added.
//!
//! In: the blobs that commits added and deleted, in order. Out: the mails that exist at the end, and a note for each
//! deleted or missing one. Never here: how a repository stores them.

use std::{collections::HashMap, path::Path, sync::Arc};

use gix_hash::ObjectId;
use gix_hashtable as hashtable;
use rayon::prelude::*;

use super::repository::{Repository, Shared};
use crate::archive::{Outcome, RawMessage, Reading, mail};
use crate::error::{Error, Note, NoteKind, Place, Reason, Result};

/// The added mails, and what happened to them.
pub(super) struct Slots<T> {
    slots: Vec<Slot<T>>,
    /// The existing mails, by blob; of several with one blob, the newest is last.
    standing: hashtable::HashMap<ObjectId, Vec<usize>>,
    /// Deletions of blobs that nobody added.
    loose: Vec<Loose>,
    /// The repositories that were read.
    repositories: Vec<Shared>,
}

/// One mail.
struct Slot<T> {
    place: Place,
    blob: ObjectId,
    /// The index of the blob's repository.
    repository: usize,
    state: State<T>,
}

enum State<T> {
    /// Not read yet.
    Unread,
    /// Read.
    Read(Outcome<T>),
    /// Deleted later, by the commit there.
    Deleted(Place),
}

/// A deletion that names no added blob.
struct Loose {
    place: Place,
    blob: ObjectId,
    repository: usize,
    /// How many mails were added before it.
    before: usize,
}

impl<T> Slot<T> {
    /// Whether the mail should be there but is not.
    fn is_missing(&self) -> bool {
        matches!(self.state, State::Read(Outcome::Left(NoteKind::MissingObject, _)))
    }
}

fn partial(path: &Path, missing: usize, all: usize) -> Error {
    let reason = Reason::new(format!(
        "it is a partial clone, in which {missing} of {all} messages are missing"
    ))
    .hint(format!("`git -C {} fetch --refetch --no-filter` fetches them", path.display()));
    Error::Git { path: path.into(), reason }
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self {
            slots: Vec::new(),
            standing: hashtable::HashMap::default(),
            loose: Vec::new(),
            repositories: Vec::new(),
        }
    }
}

impl<T: Send> Slots<T> {
    /// Adds a mail; `outcome` is its result if the blob is parsed already.
    pub(super) fn add(&mut self, place: Place, blob: ObjectId, outcome: Option<Outcome<T>>) {
        self.standing.entry(blob).or_default().push(self.slots.len());
        let state = outcome.map_or(State::Unread, State::Read);
        self.slots.push(Slot { place, blob, repository: self.repositories.len(), state });
    }

    /// Deletes the mail in `blob`: the newest existing one, as in public-inbox.
    pub(super) fn delete(&mut self, place: Place, blob: ObjectId) {
        match self.standing.get_mut(&blob).and_then(Vec::pop) {
            Some(at) => self.slots[at].state = State::Deleted(place),
            None => {
                let (repository, before) = (self.repositories.len(), self.slots.len());
                self.loose.push(Loose { place, blob, repository, before });
            }
        }
    }

    /// Reads the mails added since the last epoch that are not read yet.
    pub(super) fn close_epoch<F>(&mut self, repository: &Repository, parse: &F)
    where
        F: Fn(RawMessage<'_>) -> T + Sync,
    {
        let number = self.repositories.len();
        let shared = repository.share();
        let unread = self
            .slots
            .par_iter_mut()
            .filter(|slot| slot.repository == number && matches!(slot.state, State::Unread));
        unread.for_each_init(
            || Repository::of(&shared),
            |repository, slot| slot.state = State::Read(repository.mail(slot.blob, parse)),
        );
        self.repositories.push(shared);
    }

    /// Hands over the existing mails, and the notes.
    ///
    /// # Errors
    /// Fails with [`Error::Git`] if mails are missing from a partial clone: git would have to fetch them.
    pub(super) fn into(mut self, reading: &mut Reading<T>) -> Result<()> {
        let lost = |number: usize| {
            let of = self.slots.iter().filter(move |slot| slot.repository == number);
            (of.clone().filter(|slot| slot.is_missing()).count(), of.count())
        };
        for (number, shared) in self.repositories.iter().enumerate().filter(|(_, s)| s.is_partial) {
            let (missing, all) = lost(number);
            if missing > 0 {
                return Err(partial(shared.path(), missing, all));
            }
        }
        if !self.loose.is_empty() {
            self.delete_by_id(reading);
        }
        for slot in self.slots {
            match slot.state {
                State::Read(outcome) => reading.add(slot.place, outcome),
                State::Deleted(by) => {
                    let note = Note::new(NoteKind::Deleted, format!("by {by}"));
                    reading.notes.push(note.at(slot.place));
                }
                State::Unread => {}
            }
        }
        Ok(())
    }

    /// Deletes a mail that was edited before its deletion, by its Message-ID.
    fn delete_by_id(&mut self, reading: &mut Reading<T>) {
        let shared = std::mem::take(&mut self.repositories);
        let mut ids: HashMap<Arc<[u8]>, Vec<usize>> = HashMap::new();
        let blobs: Vec<_> = self.slots.iter().map(|slot| (slot.repository, slot.blob)).collect();
        let read: Vec<_> =
            blobs.into_par_iter().map(|(repository, blob)| id(&shared, repository, blob)).collect();
        for (at, id) in read.into_iter().enumerate() {
            if let (Some(id), State::Read(_)) = (id, &self.slots[at].state) {
                ids.entry(id).or_default().push(at);
            }
        }
        for loose in std::mem::take(&mut self.loose) {
            let named = id(&shared, loose.repository, loose.blob);
            let standing = named.as_ref().and_then(|id| ids.get_mut(id));
            let newest = standing.and_then(|all| {
                all.iter().rposition(|&at| at < loose.before).map(|at| all.remove(at))
            });
            match newest {
                Some(at) => self.slots[at].state = State::Deleted(loose.place),
                None => reading.notes.push(
                    Note::new(NoteKind::Skipped, "it deletes a message that is not here")
                        .at(loose.place),
                ),
            }
        }
    }
}

fn id(shared: &[Shared], repository: usize, blob: ObjectId) -> Option<Arc<[u8]>> {
    let blob = Repository::of(shared.get(repository)?).blob(blob)?;
    mail::message_id(&blob).map(Arc::from)
}
