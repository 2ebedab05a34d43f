//! A git repository, as far as archives and histories need it.
//!
//! In: a folder. Out: its newest commit, its objects by name. Never here: the meaning of objects; a git program,
//! configuration from elsewhere, access to the network.

mod config;
mod layout;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use gix_hash::ObjectId;
use gix_object::{CommitRefIter, Find as _, Kind, TreeRefIter, tree::EntryRef};
use gix_odb::{
    HandleArc, Header as _, Store,
    pack::cache::{lru::StaticLinkedList, object::MemoryCappedHashmap},
};
use gix_ref::{
    Reference,
    file::{self, ReferenceExt as _},
};

pub(super) use self::layout::Folders;
use self::layout::Form;
use crate::archive::{Outcome, RawMessage, files, mail};
use crate::{
    error::{Error, NoteKind, Reason, Result},
    hash::{Fingerprint, Sha1},
};

/// No object larger than this is unpacked.
pub(super) const LARGEST: usize = 256 << 20;

/// The only kind of object names that is read.
pub(super) const HASH: gix_hash::Kind = gix_hash::Kind::Sha1;

/// The hint for a repository that has lost something.
pub(super) const HINT: &str =
    "`git fsck` shows details; `patchpress sync` fetches a mirror of the site again";

/// How many base objects of deltas a thread keeps.
const BASES: usize = 64;

/// An open repository.
pub(super) struct Repository {
    folders: Folders,
    refs: file::Store,
    objects: HandleArc,
    is_partial: bool,
}

/// An open repository that can go to other threads.
#[derive(Clone)]
pub(super) struct Shared {
    folders: Folders,
    refs: file::Store,
    objects: Arc<Store>,
    /// Whether some of its objects may be elsewhere (a partial clone).
    pub(super) is_partial: bool,
}

impl Shared {
    /// Its folder.
    pub(super) fn path(&self) -> &Path {
        &self.folders.git
    }
}

/// How a repository stores mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `m` or `d`, changed by each commit.
    Epoch,
    /// `ab/cdef…`, one file per mail.
    Version1,
    /// In another way, or not at all.
    Other,
}

/// An object, unpacked.
pub(super) struct Object {
    /// Its kind.
    kind: Kind,
    /// Its bytes.
    pub(super) data: Vec<u8>,
}

/// The references of a commit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Commit {
    /// Its tree.
    pub(super) tree: ObjectId,
    /// Its first parent.
    pub(super) parent: Option<ObjectId>,
    /// When its committer's machine made it, in seconds since 1970.
    pub(super) when: Option<i64>,
}

/// The entries of an epoch's tree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Entries {
    /// `m`, a mail that is added.
    pub(super) added: Option<ObjectId>,
    /// `d`, a mail that is deleted.
    pub(super) deleted: Option<ObjectId>,
}

impl Repository {
    /// Opens the repository at `path`, bare or with a work tree, whoever owns it: nothing in its configuration runs.
    ///
    /// # Errors
    /// [`Error::Git`] if there is no repository, or if patchpress does not read its format.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let failed = |reason: Reason| Error::Git { path: path.into(), reason };
        let folders = Folders::of(path);
        if !folders.are_there()
            || !files::may_be(&folders.common.join("refs"), fs::Metadata::is_dir)
        {
            let reason = Reason::new("there is none, or it has lost its HEAD, refs or objects");
            return Err(failed(reason.hint(HINT)));
        }
        let form = Form::read(path, &folders.common).map_err(failed)?;
        let Folders { git, common, .. } = folders.clone();
        let objects = Store::at_opts(
            common.join("objects"),
            HASH,
            &mut std::iter::empty(),
            gix_odb::store::init::Options::default(),
        );
        let objects = Arc::new(objects.map_err(|why| failed(in_words(&why).into()))?);
        let refs = match git == common {
            true => file::Store::at(git, HASH),
            false => file::Store::for_linked_worktree(git, common, HASH),
        };
        Ok(Self::of(&Shared { folders, refs, objects, is_partial: form.is_partial }))
    }

    /// The same repository for other threads.
    pub(super) fn share(&self) -> Shared {
        let Self { folders, refs, objects, is_partial } = self;
        let (folders, refs, objects) = (folders.clone(), refs.clone(), objects.store());
        Shared { folders, refs, objects, is_partial: *is_partial }
    }

    /// The repository that was shared, for this thread.
    pub(super) fn of(shared: &Shared) -> Self {
        let Shared { folders, refs, objects, is_partial } = shared.clone();
        let mut objects = objects.to_cache_arc();
        objects.set_pack_cache(|| Box::<StaticLinkedList<BASES>>::default());
        objects.refresh_never();
        objects.ignore_replacements = true;
        Self { folders, refs, objects, is_partial }
    }

    /// The folders with packs, its own and those of its alternates.
    pub(super) fn pack_folders(&self) -> Vec<PathBuf> {
        let store = self.objects.store_ref();
        let mut folders = vec![store.path().join("pack")];
        let alternates = store.alternate_db_paths().unwrap_or_default();
        folders.extend(alternates.into_iter().map(|path| path.join("pack")));
        folders
    }

    /// The newest commit: that of HEAD, otherwise of `master`, otherwise of the branch with the latest commit.
    pub(super) fn head(&self) -> Option<ObjectId> {
        self.checked_out()
            .or_else(|| self.named("refs/heads/master"))
            .filter(|&id| self.commit(id).is_some())
            .or_else(|| self.newest_branch())
    }

    /// The object to which this reference leads.
    fn named(&self, name: &str) -> Option<ObjectId> {
        self.peeled(&mut self.refs.try_find(name).ok()??)
    }

    fn peeled(&self, reference: &mut Reference) -> Option<ObjectId> {
        reference.peel_to_id(&self.refs, &self.objects).ok()
    }

    /// Its branches, as far as each can be read.
    ///
    /// # Errors
    /// The reason, as text, why none can be read.
    fn branches(&self) -> Result<Vec<Result<Reference, String>>, String> {
        let references = self.refs.iter().map_err(|why| in_words(&why))?;
        let prefix = "refs/heads/".try_into().map_err(|why| in_words(&why))?;
        let branches = references.prefixed(prefix).map_err(|why| in_words(&why))?;
        Ok(branches.map(|branch| branch.map_err(|why| in_words(&why))).collect())
    }

    /// Why a branch leads nowhere, or why a repository with commits has no branch. `None` if the repository is whole or
    /// empty.
    pub(super) fn damage(&self) -> Option<String> {
        let branches = match self.branches() {
            Ok(branches) => branches,
            Err(why) => return Some(format!("its branches cannot be read: {why}")),
        };
        branches.into_iter().find_map(|branch| self.damage_of(branch)).or_else(|| {
            let is_lost = self.head().is_none() && self.holds_objects();
            is_lost.then(|| "it has objects, but no branch or HEAD that leads to them".to_owned())
        })
    }

    /// Why this branch leads nowhere, or cannot be read.
    fn damage_of(&self, branch: Result<Reference, String>) -> Option<String> {
        let branch = match branch {
            Ok(branch) => branch,
            Err(why) => return Some(format!("one of its branches does not name a commit: {why}")),
        };
        let id = branch.target.try_id()?.to_owned();
        let is_there = self.commit(id).is_some();
        (!is_there).then(|| format!("its newest commit, {id}, cannot be read"))
    }

    /// Whether anything was ever put into it.
    pub(super) fn holds_objects(&self) -> bool {
        let objects = self.objects.store_ref().path().to_owned();
        let has_files = |folder: PathBuf| {
            fs::read_dir(folder).is_ok_and(|entries| {
                // The remains of an interrupted transfer do not count.
                let name = |e: fs::DirEntry| e.file_name().as_encoded_bytes().starts_with(b"tmp_");
                entries.flatten().any(|entry| !name(entry))
            })
        };
        let folders = fs::read_dir(&objects).into_iter().flatten().flatten();
        let is_of_objects = |entry: &fs::DirEntry| {
            let name = entry.file_name();
            name == "pack" || name.as_encoded_bytes().len() == 2
        };
        folders.filter(is_of_objects).any(|entry| has_files(entry.path()))
    }

    /// The commits whose parents a shallow clone left out.
    pub(super) fn shallow(&self) -> Vec<ObjectId> {
        let lines = fs::read_to_string(self.folders.common.join("shallow")).unwrap_or_default();
        lines.lines().filter_map(|line| ObjectId::from_hex(line.trim().as_bytes()).ok()).collect()
    }

    /// The commit of HEAD, and no other.
    pub(super) fn checked_out(&self) -> Option<ObjectId> {
        self.named("HEAD")
    }

    /// Whether a branch exists, or may exist; its commit may be missing.
    pub(super) fn has_branches(&self) -> bool {
        self.branches().map_or(true, |all| all.into_iter().next().is_some())
    }

    fn newest_branch(&self) -> Option<ObjectId> {
        let branches = self.branches().ok()?.into_iter().flatten();
        let dated = branches.filter_map(|mut branch| {
            let id = self.peeled(&mut branch)?;
            Some((self.commit(id)?.when?, branch.name, id))
        });
        dated.max().map(|(.., id)| id)
    }

    /// How it stores mails, by its newest commit; `None` if that cannot be read.
    pub(super) fn shape(&self) -> Option<Shape> {
        let commit = self.commit(self.head()?)?;
        let tree = self.find(commit.tree, Kind::Tree)?;
        let entries = entries(&tree.data);
        if entries.added.is_some() || entries.deleted.is_some() {
            return Some(Shape::Epoch);
        }
        let is_bucket = |name: &[u8]| name.len() == 2 && name.iter().all(u8::is_ascii_hexdigit);
        let mut names = TreeRefIter::from_bytes(&tree.data, HASH).flatten();
        let found = names.any(|entry| entry.mode.is_tree() && is_bucket(entry.filename));
        Some(if found { Shape::Version1 } else { Shape::Other })
    }

    /// The commit `id`.
    pub(super) fn commit(&self, id: ObjectId) -> Option<Commit> {
        commit(&self.find(id, Kind::Commit)?.data)
    }

    /// The entries of the tree `id` of an epoch.
    pub(super) fn entries(&self, id: ObjectId) -> Option<Entries> {
        Some(entries(&self.find(id, Kind::Tree)?.data))
    }

    /// Everything in the tree `id`: name, object, whether it is a tree itself.
    pub(super) fn tree(&self, id: ObjectId) -> Option<Vec<(Vec<u8>, ObjectId, bool)>> {
        let tree = self.find(id, Kind::Tree)?;
        let entries = TreeRefIter::from_bytes(&tree.data, HASH).flatten();
        let entry = |entry: EntryRef<'_>| {
            (entry.filename.to_vec(), entry.oid.to_owned(), entry.mode.is_tree())
        };
        Some(entries.map(entry).collect())
    }

    /// The bytes of the blob `id`.
    pub(super) fn blob(&self, id: ObjectId) -> Option<Vec<u8>> {
        Some(self.find(id, Kind::Blob)?.data)
    }

    /// Gives the mail in the blob `id` to `parse`.
    pub(super) fn mail<T>(&self, id: ObjectId, parse: &impl Fn(RawMessage<'_>) -> T) -> Outcome<T> {
        match self.find(id, Kind::Blob) {
            Some(blob) => mail::parse_object(&blob.data, Some(digest(id)), parse),
            None => Outcome::Left(NoteKind::MissingObject, format!("object {id}")),
        }
    }

    /// The object `id`, if it exists, is readable, and has the expected kind.
    fn find(&self, id: ObjectId, kind: Kind) -> Option<Object> {
        let header = twice(|| self.objects.try_header(&id))?;
        if header.kind() != kind || header.size() > LARGEST as u64 {
            return None;
        }
        let object = self.unpack(id)?;
        is_named(id, kind, &object.data).then_some(object)
    }

    fn unpack(&self, id: ObjectId) -> Option<Object> {
        let mut data = Vec::new();
        let find = || self.objects.try_find(&id, &mut data).map(|found| Some(found?.kind));
        let kind = twice(find)?;
        Some(Object { kind, data })
    }

    /// Like [`Self::find`], but for objects of any size: commits and trees of the reader's own clone, where reading
    /// the size first would take half of the time.
    pub(super) fn find_any(&self, id: ObjectId, kind: Kind) -> Option<Object> {
        self.unpack(id).filter(|object| object.kind == kind)
    }

    /// Caches objects that are read again, up to this many bytes.
    pub(super) fn keep(mut self, bytes: usize) -> Self {
        self.objects.set_object_cache(move || Box::new(MemoryCappedHashmap::new(bytes)));
        self
    }
}

/// Whether an object with these bytes has this name. One flipped bit in an index gives one object for another: one
/// mail would appear twice, and another not at all.
pub(super) fn is_named(id: ObjectId, kind: Kind, data: &[u8]) -> bool {
    let mut sum = Sha1::new();
    sum.update(kind.as_bytes());
    sum.update(format!(" {}\0", data.len()).as_bytes());
    sum.update(data);
    sum.digest() == digest(id)
}

/// The requested object, if it exists. If it seems to be missing, asks again: when the system has no free
/// descriptor, git's reader reports absence, and an existing mail would be missing.
fn twice<T, E>(mut ask: impl FnMut() -> Result<Option<T>, E>) -> Option<T> {
    let mut ask = || ask().ok().flatten();
    ask().or_else(ask)
}

/// An error and its causes, as text.
fn in_words(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let mut words: Vec<_> = causes.map(ToString::to_string).collect();
    words.dedup();
    words.join(": ")
}

/// The name of an object as other modules know it.
pub(super) fn digest(id: ObjectId) -> Fingerprint {
    // Only repositories of SHA-1 are opened: see `HASH`.
    id.as_slice().try_into().map_or_else(|_| Fingerprint::default(), |bytes: [u8; 20]| bytes.into())
}

/// The object with this name.
pub(super) fn object(digest: Fingerprint) -> ObjectId {
    ObjectId::Sha1(digest.bytes())
}

/// Parses a commit.
pub(super) fn commit(data: &[u8]) -> Option<Commit> {
    let tree = CommitRefIter::from_bytes(data, HASH).tree_id().ok()?;
    let parent = CommitRefIter::from_bytes(data, HASH).parent_ids().next();
    let committer = CommitRefIter::from_bytes(data, HASH).committer().ok();
    let when = committer.and_then(|who| Some(who.time().ok()?.seconds));
    Some(Commit { tree, parent, when })
}

/// The entries of the tree in `data`.
pub(super) fn entries(data: &[u8]) -> Entries {
    let mut entries = Entries::default();
    for entry in TreeRefIter::from_bytes(data, HASH).flatten().filter(|entry| entry.mode.is_blob())
    {
        if entry.filename == "m" {
            entries.added = Some(entry.oid.to_owned());
        } else if entry.filename == "d" {
            entries.deleted = Some(entry.oid.to_owned());
        }
    }
    entries
}
