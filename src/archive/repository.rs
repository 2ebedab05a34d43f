//! A git repository, as far as archives and histories need it.
//!
//! In: a folder. Out: its newest commit, its objects by name. Never here: what the objects mean; a git
//! program, configuration from elsewhere, a lookup over the network.

mod layout;

use std::{
    fs,
    path::{Path, PathBuf},
};

use gix::{
    ObjectId,
    objs::{CommitRefIter, Kind, TreeRefIter},
};

pub(super) use self::layout::Folders;
use self::layout::Form;
use crate::archive::{Outcome, RawMessage, mail};
use crate::{
    error::{Error, NoteKind, Result},
    hash::{Digest, Sha1},
};

/// No object larger than this is unpacked.
pub(super) const LARGEST: usize = 256 << 20;

/// The only kind of names that is read.
pub(super) const HASH: gix::hash::Kind = gix::hash::Kind::Sha1;

/// The way out where a repository has lost something.
pub(super) const HINT: &str =
    "hint: `git fsck` tells more, and `patchpress sync` fetches a mirror of the site anew";

/// An open repository.
pub(super) struct Repository {
    git: gix::Repository,
    is_partial: bool,
}

/// An open repository that can go to other threads.
#[derive(Clone)]
pub(super) struct Shared {
    git: gix::ThreadSafeRepository,
    /// Some of its objects may be elsewhere: it is a partial clone.
    pub(super) is_partial: bool,
}

impl Shared {
    /// Its folder.
    pub(super) fn path(&self) -> &Path {
        self.git.path()
    }
}

/// How mails lie in a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `m` or `d`, changed by each commit.
    Epoch,
    /// `ab/cdef…`, a file a mail.
    Version1,
    /// In another way, or not at all.
    Other,
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

impl Repository {
    /// Opens the repository at `path`, bare or with a work tree, whoever owns it: nothing in its configuration is
    /// acted on.
    ///
    /// # Errors
    /// [`Error::Git`] if there is no repository, or if it has a format that patchpress does not read.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let failed = |reason| Error::Git { path: path.into(), reason };
        let folders = Folders::of(path);
        if !folders.are_there() {
            let reason = format!("none is there, or it has lost its HEAD or its objects\n{HINT}");
            return Err(failed(reason));
        }
        let form = Form::read(path, &folders.common).map_err(failed)?;
        let options = gix::open::Options::isolated()
            .with(gix::sec::Trust::Full)
            .open_path_as_is(true)
            .lossy_config(true);
        let git = gix::open_opts(folders.entrance, options).map_err(|w| failed(in_words(&w)))?;
        Ok(Self { git, is_partial: form.is_partial }.set_up())
    }

    /// The same repository for other threads.
    pub(super) fn share(&self) -> Shared {
        Shared { git: self.git.clone().into_sync(), is_partial: self.is_partial }
    }

    /// The repository that was shared, for this thread.
    pub(super) fn of(shared: &Shared) -> Self {
        Self { git: shared.git.to_thread_local(), is_partial: shared.is_partial }.set_up()
    }

    fn set_up(mut self) -> Self {
        self.git.objects.refresh_never();
        self.git.objects.ignore_replacements = true;
        self
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

    /// Why a branch leads nowhere, or why a repository with commits has no branch. `None` if the repository is whole or
    /// empty.
    pub(super) fn damage(&self) -> Option<String> {
        let unreadable = |why: &dyn std::error::Error| {
            Some(format!("its branches cannot be read: {}", in_words(why)))
        };
        let references = match self.git.references() {
            Ok(references) => references,
            Err(why) => return unreadable(&why),
        };
        let branches = match references.local_branches() {
            Ok(branches) => branches,
            Err(why) => return unreadable(&why),
        };
        branches.into_iter().find_map(|branch| self.damage_of(branch.ok())).or_else(|| {
            let is_lost = self.head().is_none() && self.holds_objects();
            is_lost.then(|| "it holds objects, and no branch or HEAD that leads to them".to_owned())
        })
    }

    /// Why this branch leads nowhere. `branch` is `None` if git could not read it.
    fn damage_of(&self, branch: Option<gix::Reference<'_>>) -> Option<String> {
        let Some(branch) = branch else {
            return Some("one of its branches names no commit".to_owned());
        };
        let id = branch.try_id()?.detach();
        let is_there = self.commit(id).is_some();
        (!is_there).then(|| format!("its newest commit, {id}, cannot be read"))
    }

    /// Whether anything was ever put into it.
    pub(super) fn holds_objects(&self) -> bool {
        let objects = self.git.objects.store_ref().path().to_owned();
        let has_files = |folder: PathBuf| {
            fs::read_dir(folder).is_ok_and(|entries| {
                // What git left of a transfer that was cut off is nothing yet.
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

    /// How mails lie in it, as the newest commit shows; `None` where that cannot be read.
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
        let object = self.git.try_find_object(id).ok()??;
        is_named(id, kind, &object.data).then_some(object)
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

/// Whether an object of these bytes has this name. A bit that flips in an index makes one object pass for another:
/// a mail would be there twice, and another one not at all.
pub(super) fn is_named(id: ObjectId, kind: Kind, data: &[u8]) -> bool {
    let mut sum = Sha1::new();
    sum.update(kind.as_bytes());
    sum.update(format!(" {}\0", data.len()).as_bytes());
    sum.update(data);
    sum.digest() == digest(id)
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
