//! One epoch: what each of its commits added or deleted.
//!
//! In: a repository whose commits each hold `m` or `d`, and the results of an earlier reading. Out: its commits,
//! oldest first, and a slot for each mail. Never here: mails of other epochs, although `d` may delete one of those.

use gix_hash::ObjectId;
use gix_hashtable::HashSet;

use super::{
    pack::{self, Packed, Wanted},
    place,
    repository::{self, Entries, Repository, digest, object},
    slot::Slots,
};
use crate::{
    archive::{Commit, End, Epoch, Outcome, RawMessage},
    error::{Note, NoteKind},
    hash::Fingerprint,
};

/// Reads the epoch into `slots`.
pub(super) fn read<T, F>(
    repository: &Repository,
    head: ObjectId,
    number: u32,
    parse: &F,
    slots: &mut Slots<T>,
) -> (Epoch, Vec<Note>)
where
    T: Send,
    F: Fn(RawMessage<'_>) -> T + Sync,
{
    let mut packed = pack::read(repository, &Wanted::Epoch, parse);
    let look_up = |id: ObjectId| packed.commits.get(&id).copied().or_else(|| repository.commit(id));
    let (history, end) = walk(head, look_up, |_| false);
    let mut epoch = Epoch { number, commits: Vec::with_capacity(history.len()), end };
    let mut lost = Vec::new();
    let mut before = Entries::default();
    for (at, (id, commit)) in history.iter().enumerate() {
        let now = entries(repository, &packed, commit);
        if now.is_none() {
            let tree = format!("tree {} of this commit, and the message in it", commit.tree);
            let place = place(number, at, digest(*id));
            lost.push(Note::new(NoteKind::MissingObject, tree).at(place));
        }
        let now = now.unwrap_or_default();
        epoch.commits.push(change(*id, commit.when, before, now));
        before = now;
    }
    fill(&epoch, |blob| packed.mails.remove(&object(blob)), slots);
    let mut notes = notes(repository, &epoch);
    if !lost.is_empty() {
        epoch.end = End::Open;
    }
    notes.append(&mut lost);
    (epoch, notes)
}

/// The epoch as it is now, if everything that an earlier reading knew is still true.
///
/// If upstream rewrote the history, or added older parts, the earlier reading cannot be continued.
pub(super) fn go_on(repository: &Repository, head: ObjectId, known: &Epoch) -> Option<Epoch> {
    let last = object(known.commits.last()?.id);
    match known.end {
        End::Whole => {}
        End::Cut(missing) if repository.commit(object(missing)).is_none() => {}
        End::Cut(_) | End::Open => return None,
    }
    let old = repository.commit(last)?;
    // Beyond a tenth, reading whole packs is as fast as reading one commit after the other.
    let mut left = 1000 + known.commits.len() / 10;
    let (history, _) = walk(
        head,
        |id| repository.commit(id),
        |id| {
            left = left.saturating_sub(1);
            id == last || left == 0
        },
    );
    let (first, rest) = history.split_first()?;
    if first.0 != last {
        return None;
    }
    let mut epoch = known.clone();
    let mut before = repository.entries(old.tree)?;
    for (id, commit) in rest {
        let now = repository.entries(commit.tree)?;
        epoch.commits.push(change(*id, commit.when, before, now));
        before = now;
    }
    Some(epoch)
}

/// Applies the commits to `slots`.
pub(super) fn fill<T: Send>(
    epoch: &Epoch,
    mut outcome: impl FnMut(Fingerprint) -> Option<Outcome<T>>,
    slots: &mut Slots<T>,
) {
    for (at, commit) in epoch.commits.iter().enumerate() {
        let place = place(epoch.number, at, commit.id);
        if let Some(blob) = commit.added {
            slots.add(place.clone(), object(blob), outcome(blob));
        }
        if let Some(blob) = commit.deleted {
            slots.delete(place, object(blob));
        }
    }
}

/// What is unusual about the epoch as a whole: it starts in the middle, or has lost its beginning.
pub(super) fn notes(repository: &Repository, epoch: &Epoch) -> Vec<Note> {
    let (End::Cut(missing), Some(oldest)) = (epoch.end, epoch.commits.first()) else {
        return Vec::new();
    };
    let (kind, why) = match repository.shallow().contains(&object(oldest.id)) {
        true => (NoteKind::Partial, "the mirror begins after commit"),
        false => (NoteKind::Truncated, "older messages are missing: the mirror has lost commit"),
    };
    let detail = format!("{why} {missing}");
    vec![Note::new(kind, detail).at(place(epoch.number, 0, oldest.id))]
}

/// A commit's change; entries inherited from its parent do not count again.
fn change(id: ObjectId, when: Option<i64>, before: Entries, now: Entries) -> Commit {
    Commit {
        id: digest(id),
        added: now.added.filter(|_| now.added != before.added).map(digest),
        deleted: now.deleted.filter(|_| now.deleted != before.deleted).map(digest),
        when,
    }
}

fn entries<T>(
    repository: &Repository,
    packed: &Packed<T>,
    commit: &repository::Commit,
) -> Option<Entries> {
    let known = packed.trees.get(&commit.tree).copied();
    known.or_else(|| repository.entries(commit.tree))
}

/// The commits from `head` back along first parents until `is_last`, oldest first.
///
/// The walk ends at a missing parent, as in a shallow clone, and at one that was visited before, which only happens
/// in a damaged repository.
pub(super) fn walk(
    head: ObjectId,
    look_up: impl Fn(ObjectId) -> Option<repository::Commit>,
    mut is_last: impl FnMut(ObjectId) -> bool,
) -> (Vec<(ObjectId, repository::Commit)>, End) {
    let mut history = Vec::new();
    let mut met = HashSet::default();
    let mut end = End::Whole;
    let mut next = Some(head);
    while let Some(id) = next {
        let commit = look_up(id).filter(|_| met.insert(id));
        let Some(commit) = commit else {
            end = End::Cut(digest(id));
            break;
        };
        history.push((id, commit));
        next = commit.parent.filter(|_| !is_last(id));
    }
    history.reverse();
    (history, end)
}
