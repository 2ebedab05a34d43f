//! Git repositories in a build without git: each is an error, so that nobody takes a list for empty.
//!
//! In: a path. Out: whether a repository is there. Never here: its content.

use std::path::{Path, PathBuf};

use super::{Archive, Kind, Known, RawMessage, Reading, files};
use crate::{
    error::{Error, Reason, Result},
    hash::Fingerprint,
};

/// Why the repository at `path` is not read.
pub(crate) fn unread(path: &Path) -> Error {
    let reason = Reason::new("this program was built without git")
        .hint("enable the feature `git` of the crate `patchpress`");
    Error::Git { path: path.into(), reason }
}

/// Fails if there is a repository.
pub(super) fn kind(path: &Path) -> Result<Option<Kind>> {
    if is_bare(path) { Err(unread(path)) } else { Ok(None) }
}

/// Whether a bare repository is at `path`.
pub(super) fn is_bare(path: &Path) -> bool {
    files::is_folder(&path.join("objects")) && path.join("HEAD").is_file()
}

pub(super) fn is_repository(path: &Path) -> bool {
    is_bare(path)
}

pub(super) fn why_none(_: &Path) -> Reason {
    "it is a git repository, and this program was built without git".into()
}

/// None: the error comes from each repository of a mirror.
pub(super) fn epochs(_: &Path) -> Result<Vec<(u32, PathBuf)>> {
    Ok(Vec::new())
}

pub(super) fn read_epochs<T, F>(path: &Path, _: &Known<'_, T>, _: &F) -> Result<Reading<T>> {
    Err(unread(path))
}

pub(super) fn read_epoch<T, F>(path: &Path, _: &Known<'_, T>, _: &F) -> Result<Reading<T>> {
    Err(unread(path))
}

pub(super) fn read_v1<T, F>(path: &Path, _: &F) -> Result<Reading<T>> {
    Err(unread(path))
}

/// The objects of an archive; without git there are none.
pub(crate) enum Objects {}

impl Objects {
    pub(crate) fn open(archive: &Archive) -> Result<Self> {
        Err(unread(&archive.path))
    }

    pub(crate) fn mail<T>(&self, _: Fingerprint, _: &impl Fn(RawMessage<'_>) -> T) -> Option<T> {
        match *self {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_is_an_error_and_no_empty_list() {
        let folder = tempfile::tempdir().expect("a folder");
        let mirror = folder.path().join("git/0.git");
        std::fs::create_dir_all(mirror.join("objects")).expect("a folder");
        std::fs::write(mirror.join("HEAD"), "ref: refs/heads/master\n").expect("written");
        for path in [&mirror, folder.path()] {
            let opened = super::super::open(path);
            assert!(matches!(opened, Err(Error::Git { .. })), "{}", path.display());
        }
    }
}
