//! A version 1 repository: one file per mail under `ab/cdef…`, named by the hash of its Message-ID.
//!
//! In: such a repository. Out: its commits, oldest first, and a slot for each mail, in the order of the commits that
//! added them. Never here: files with other names.

use std::collections::{BTreeMap, HashMap};

use gix_hash::ObjectId;
use gix_hashtable::HashSet;

use super::{
    epoch,
    pack::{self, Wanted},
    place,
    repository::{Repository, digest},
    slot::Slots,
};
use crate::archive::{Commit, Epoch, RawMessage};
use crate::error::{Note, NoteKind};

/// `ab/cdef…`, and one level more for mails that share an id.
const DEEPEST: usize = 3;

/// The change of a commit to a path.
type Change = (Vec<u8>, Option<ObjectId>);

/// A mail as the walk through the commits sees it.
struct Found {
    commit: usize,
    blob: ObjectId,
    deleted: Option<usize>,
}

/// Reads the repository into `slots`.
pub(super) fn read<T, F>(
    repository: &Repository,
    head: ObjectId,
    parse: &F,
    slots: &mut Slots<T>,
) -> (Epoch, Vec<Note>)
where
    T: Send,
    F: Fn(RawMessage<'_>) -> T + Sync,
{
    let (history, end) = epoch::walk(head, |id| repository.commit(id), |_| false);
    let mut found: Vec<Found> = Vec::new();
    let mut standing: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut before = None;
    let mut lost = Vec::new();
    for (number, (id, commit)) in history.iter().enumerate() {
        // The earlier files stay: the next commit with readable trees shows what changed.
        let Some(changes) = changes(repository, before, commit.tree) else {
            let tree = format!("a tree of this commit ({}), and the messages in it", commit.tree);
            let note = Note::new(NoteKind::MissingObject, tree);
            lost.push(note.at(place(0, number, digest(*id))));
            continue;
        };
        for (path, blob) in changes {
            match (blob, standing.get(&path)) {
                (Some(blob), Some(&at)) => found[at].blob = blob,
                (Some(blob), None) => {
                    standing.insert(path, found.len());
                    found.push(Found { commit: number, blob, deleted: None });
                }
                (None, Some(&at)) => {
                    found[at].deleted = Some(number);
                    standing.remove(&path);
                }
                (None, None) => {}
            }
        }
        before = Some(commit.tree);
    }
    let wanted = standing.values().map(|&at| found[at].blob).collect::<HashSet<_>>();
    let mut packed = pack::read(repository, &Wanted::Blobs(&wanted), parse);
    let at = |number: usize| place(0, number, digest(history[number].0));
    for mail in found {
        let outcome = packed.mails.remove(&mail.blob).filter(|_| mail.deleted.is_none());
        slots.add(at(mail.commit), mail.blob, outcome);
        if let Some(number) = mail.deleted {
            slots.delete(at(number), mail.blob);
        }
    }
    let commits = history.into_iter().map(|(id, commit)| Commit {
        id: digest(id),
        added: None,
        deleted: None,
        when: commit.when,
    });
    let commits = commits.collect();
    let epoch = Epoch { number: 0, commits, end };
    let mut notes = epoch::notes(repository, &epoch);
    notes.append(&mut lost);
    (epoch, notes)
}

/// The mails whose files differ between two trees, by path, with their blob in the newer one; `None` if a tree is
/// missing.
fn changes(repository: &Repository, old: Option<ObjectId>, new: ObjectId) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    let mut pairs = vec![(Vec::new(), old, Some(new), 1)];
    while let Some((prefix, old, new, depth)) = pairs.pop() {
        for (name, (old, new)) in side_by_side(repository, old, new)? {
            let path = [&prefix[..], &name[..]].concat();
            let trees = [old, new].map(|side| side.filter(|side| side.1).map(|side| side.0));
            if trees != [None, None] && depth < DEEPEST {
                pairs.push(([&path[..], b"/"].concat(), trees[0], trees[1], depth + 1));
            }
            let blobs = [old, new].map(|side| side.filter(|side| !side.1).map(|side| side.0));
            if blobs != [None, None] && is_mail(&path) {
                changes.push((path, blobs[1]));
            }
        }
    }
    changes.sort();
    Some(changes)
}

/// An object, and whether it is a tree.
type Side = Option<(ObjectId, bool)>;

/// The differences between two trees, by name.
fn side_by_side(
    repository: &Repository,
    old: Option<ObjectId>,
    new: Option<ObjectId>,
) -> Option<BTreeMap<Vec<u8>, (Side, Side)>> {
    let list = |id: Option<ObjectId>| id.map_or(Some(Vec::new()), |id| repository.tree(id));
    let mut names: BTreeMap<Vec<u8>, (Side, Side)> = BTreeMap::new();
    for (name, id, is_tree) in list(old)? {
        names.entry(name).or_default().0 = Some((id, is_tree));
    }
    for (name, id, is_tree) in list(new)? {
        names.entry(name).or_default().1 = Some((id, is_tree));
    }
    names.retain(|_, (old, new)| old != new);
    Some(names)
}

fn is_mail(path: &[u8]) -> bool {
    let [a, b, b'/', rest @ ..] = path else { return false };
    let name = rest.get(..38).unwrap_or_default();
    name.len() == 38 && [a, b].into_iter().chain(name).all(u8::is_ascii_hexdigit)
}
