//! A git repository, as far as archives and histories need it.
//!
//! In: a folder. Out: its newest commit, its objects by name. Never here: what the objects mean; a git
//! program, configuration from elsewhere, a lookup over the network.

use std::path::{Path, PathBuf};

use gix::{
    ObjectId,
    objs::{CommitRefIter, Kind, TreeRefIter},
};

use crate::archive::{Outcome, RawMessage, mail};
use crate::{
    error::{Error, NoteKind, Result},
    hash::Digest,
};

/// No object larger than this is unpacked.
pub(super) const LARGEST: usize = 256 << 20;

/// The only kind of names that is read.
pub(super) const HASH: gix::hash::Kind = gix::hash::Kind::Sha1;

/// An open repository.
pub(super) struct Repository {
    git: gix::Repository,
}

/// An open repository that can go to other threads.
pub(super) type Shared = gix::ThreadSafeRepository;

/// How mails lie in a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `m` or `d`, changed by each commit.
    Epoch,
    /// `ab/cdef…`, a file a mail.
    Version1,
}

/// What a commit names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Commit {
    /// Its tree.
    pub(super) tree: ObjectId,
    /// Its first parent.
    pub(super) parent: Option<ObjectId>,
    /// When its committer's machine made it, in seconds since 1970.
    pub(super) when: Option<i64>,
}

/// What the tree of an epoch names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Entries {
    /// `m`, a mail that is added.
    pub(super) added: Option<ObjectId>,
    /// `d`, a mail that is deleted.
    pub(super) deleted: Option<ObjectId>,
}

/// Where the git folder of `path` is: in `.git` or there.
pub(super) fn git_folder(path: &Path) -> PathBuf {
    let inner = path.join(".git");
    if crate::archive::look::is_folder(&inner) { inner } else { path.into() }
}

impl Repository {
    /// Opens the repository at `path`, whoever owns it: nothing in its configuration is acted on.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let options = gix::open::Options::isolated()
            .with(gix::sec::Trust::Full)
            .open_path_as_is(true)
            .lossy_config(true);
        let mut git = gix::open_opts(git_folder(path), options)
            .map_err(|why| Error::Git { path: path.into(), reason: in_words(&why) })?;
        git.objects.refresh_never();
        git.objects.ignore_replacements = true;
        Ok(Self { git })
    }

    /// The same repository for other threads.
    pub(super) fn share(&self) -> Shared {
        self.git.clone().into_sync()
    }

    /// The repository that was shared, for this thread.
    pub(super) fn of(shared: &Shared) -> Self {
        let mut git = shared.to_thread_local();
        git.objects.refresh_never();
        git.objects.ignore_replacements = true;
        Self { git }
    }

    /// The folders with packs, its own and those of its alternates.
    pub(super) fn pack_folders(&self) -> Vec<PathBuf> {
        let store = self.git.objects.store_ref();
        let mut folders = vec![store.path().join("pack")];
        let alternates = store.alternate_db_paths().unwrap_or_default();
        folders.extend(alternates.into_iter().map(|path| path.join("pack")));
        folders
    }

    /// The newest commit: of HEAD, else of `master`, else of the branch that was last committed to.
    pub(super) fn head(&self) -> Option<ObjectId> {
        let of_master = || {
            let mut branch = self.git.try_find_reference("refs/heads/master").ok()??;
            Some(branch.peel_to_id().ok()?.detach())
        };
        self.checked_out()
            .or_else(of_master)
            .filter(|&id| self.commit(id).is_some())
            .or_else(|| self.newest_branch())
    }

    /// Why none of its branches leads anywhere; nothing in a repository that is empty.
    pub(super) fn damage(&self) -> Option<String> {
        let references = self.git.references().ok()?;
        let of_branch = |branch: Result<gix::Reference<'_>, _>| match branch {
            Err(_) => Some("one of its branches names no commit".to_owned()),
            Ok(branch) => {
                let id = branch.try_id()?.detach();
                let is_there = self.commit(id).is_some();
                (!is_there).then(|| format!("its newest commit, {id}, cannot be read"))
            }
        };
        references.local_branches().ok()?.find_map(of_branch)
    }

    /// The commits whose parents a shallow clone left out.
    pub(super) fn shallow(&self) -> Vec<ObjectId> {
        let commits = self.git.shallow_commits().ok().flatten();
        commits.map_or_else(Vec::new, |commits| commits.iter().copied().collect())
    }

    /// The commit that HEAD names, and no other.
    pub(super) fn checked_out(&self) -> Option<ObjectId> {
        Some(self.git.head_id().ok()?.detach())
    }

    fn newest_branch(&self) -> Option<ObjectId> {
        let references = self.git.references().ok()?;
        let branches = references.local_branches().ok()?.flatten();
        let dated = branches.filter_map(|mut branch| {
            let id = branch.peel_to_id().ok()?.detach();
            let commit = self.git.try_find_object(id).ok()??.try_into_commit().ok()?;
            Some((commit.time().ok()?.seconds, branch.name().as_bstr().to_owned(), id))
        });
        dated.max().map(|(.., id)| id)
    }

    /// How mails lie in it, as the newest commit shows; `None` where there are none.
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
        found.then_some(Shape::Version1)
    }

    /// The commit `id`.
    pub(super) fn commit(&self, id: ObjectId) -> Option<Commit> {
        commit(&self.find(id, Kind::Commit)?.data)
    }

    /// What the tree `id` of an epoch names.
    pub(super) fn entries(&self, id: ObjectId) -> Option<Entries> {
        Some(entries(&self.find(id, Kind::Tree)?.data))
    }

    /// Everything in the tree `id`: name, object, whether it is a tree itself.
    pub(super) fn tree(&self, id: ObjectId) -> Option<Vec<(Vec<u8>, ObjectId, bool)>> {
        let tree = self.find(id, Kind::Tree)?;
        let entries = TreeRefIter::from_bytes(&tree.data, HASH).flatten();
        let entry = |entry: gix::objs::tree::EntryRef<'_>| {
            (entry.filename.to_vec(), entry.oid.to_owned(), entry.mode.is_tree())
        };
        Some(entries.map(entry).collect())
    }

    /// The bytes of the blob `id`.
    pub(super) fn blob(&self, id: ObjectId) -> Option<Vec<u8>> {
        Some(self.find(id, Kind::Blob)?.data.clone())
    }

    /// Gives the mail in the blob `id` to `parse`.
    pub(super) fn mail<T>(&self, id: ObjectId, parse: &impl Fn(RawMessage<'_>) -> T) -> Outcome<T> {
        match self.find(id, Kind::Blob) {
            Some(blob) => mail::parse_object(&blob.data, Some(digest(id)), parse),
            None => Outcome::Left(NoteKind::MissingObject, format!("object {id}")),
        }
    }

    /// The object `id`, where it is there, is readable, and is what it should be.
    fn find(&self, id: ObjectId, kind: Kind) -> Option<gix::Object<'_>> {
        let header = self.git.try_find_header(id).ok()??;
        if header.kind() != kind || header.size() > LARGEST as u64 {
            return None;
        }
        self.git.try_find_object(id).ok()?
    }

    /// The same, however large it is: for commits and trees of a clone that the reader made, where looking at
    /// the size first takes half of the time.
    pub(super) fn find_any(&self, id: ObjectId, kind: Kind) -> Option<gix::Object<'_>> {
        self.git.try_find_object(id).ok()?.filter(|object| object.kind == kind)
    }

    /// Keeps objects that are asked for again, up to so many bytes.
    pub(super) fn keep(mut self, bytes: usize) -> Self {
        self.git.object_cache_size(bytes);
        self
    }
}

/// An error and what brought it about.
fn in_words(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let mut words: Vec<_> = causes.map(ToString::to_string).collect();
    words.dedup();
    words.join(": ")
}

/// The name of an object as other modules know it.
pub(super) fn digest(id: ObjectId) -> Digest {
    // Only repositories of SHA-1 are opened: see `HASH`.
    id.as_slice().try_into().map_or_else(|_| Digest::default(), |bytes: [u8; 20]| bytes.into())
}

/// The object that is named so.
pub(super) fn object(digest: Digest) -> ObjectId {
    ObjectId::Sha1(digest.bytes())
}

/// The commit that `data` is.
pub(super) fn commit(data: &[u8]) -> Option<Commit> {
    let tree = CommitRefIter::from_bytes(data, HASH).tree_id().ok()?;
    let parent = CommitRefIter::from_bytes(data, HASH).parent_ids().next();
    let committer = CommitRefIter::from_bytes(data, HASH).committer().ok();
    let when = committer.and_then(|who| Some(who.time().ok()?.seconds));
    Some(Commit { tree, parent, when })
}

/// What the tree that `data` is names.
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
