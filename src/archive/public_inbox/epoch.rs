//! One epoch: what each of its commits added or deleted.
//!
//! In: a repository whose commits each hold `m` or `d`. Out: its commits, oldest first, and a slot for
//! each mail. Never here: mails of other epochs, though `d` may delete one of those.

use gix::{ObjectId, hashtable::HashSet};

use super::{
    pack::{self, Packed, Wanted},
    place,
    repository::{Commit, Entries, Repository},
    slot::Slots,
};
use crate::archive::RawMessage;
use crate::error::{Note, NoteKind};

/// What an epoch gives beside its mails.
pub(super) struct Epoch {
    /// Its commits, oldest first.
    pub(super) commits: Vec<ObjectId>,
    /// What was odd.
    pub(super) notes: Vec<Note>,
}

/// Reads the epoch into `slots`.
pub(super) fn read<T, F>(
    repository: &Repository,
    head: ObjectId,
    number: u32,
    parse: &F,
    slots: &mut Slots<T>,
) -> Epoch
where
    T: Send,
    F: Fn(RawMessage<'_>) -> T + Sync,
{
    let mut packed = pack::read(repository, &Wanted::Epoch, parse);
    let look_up = |id: ObjectId| packed.commits.get(&id).copied().or_else(|| repository.commit(id));
    let (history, mut notes) = walk(head, number, look_up);
    let trees: Vec<_> =
        history.iter().map(|(_, commit)| entries(repository, &packed, commit)).collect();
    let mut before = Entries::default();
    for (at, ((commit, names), now)) in history.iter().zip(trees).enumerate() {
        let place = place(number, at, *commit);
        let Some(now) = now else {
            let lost = format!("tree {} of this commit, and the mail in it", names.tree);
            notes.push(Note::new(NoteKind::MissingObject, lost).at(place));
            before = Entries::default();
            continue;
        };
        // What a commit takes over from the one before, it does not do again.
        if let Some(blob) = now.added.filter(|_| now.added != before.added) {
            let outcome = packed.mails.remove(&blob);
            slots.add(place.clone(), blob, outcome);
        }
        if let Some(blob) = now.deleted.filter(|_| now.deleted != before.deleted) {
            slots.delete(place, blob);
        }
        before = now;
    }
    Epoch { commits: history.into_iter().map(|(id, _)| id).collect(), notes }
}

fn entries<T>(repository: &Repository, packed: &Packed<T>, commit: &Commit) -> Option<Entries> {
    let known = packed.trees.get(&commit.tree).copied();
    known.or_else(|| repository.entries(commit.tree))
}

/// The commits from `head` back along first parents, oldest first.
///
/// A parent that is not there ends the way, as in a shallow clone, and so does one that was met
/// before, which only a damaged repository can bring about.
pub(super) fn walk(
    head: ObjectId,
    epoch: u32,
    look_up: impl Fn(ObjectId) -> Option<Commit>,
) -> (Vec<(ObjectId, Commit)>, Vec<Note>) {
    let mut history = Vec::new();
    let mut met = HashSet::default();
    let mut notes = Vec::new();
    let mut next = Some(head);
    while let Some(id) = next {
        let commit = look_up(id).filter(|_| met.insert(id));
        let Some(commit) = commit else {
            let detail = format!("older mails are missing: commit {id} is not in the mirror");
            notes.push(Note::new(NoteKind::Truncated, detail));
            break;
        };
        history.push((id, commit));
        next = commit.parent;
    }
    history.reverse();
    if let (Some(note), Some((oldest, _))) = (notes.first_mut(), history.first()) {
        note.place = Some(place(epoch, 0, *oldest));
    }
    (history, notes)
}
