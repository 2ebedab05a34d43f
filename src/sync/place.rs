//! The folder of a repository that `sync` fetches: creating, clearing and moving it.
//!
//! In: a folder, and the address of its origin, which its `description` stores. Out: the folder, ready for git.
//! Never here: what to fetch.
#![expect(clippy::disallowed_methods, reason = "the one place that changes mirrors")]

use std::{fs, io::ErrorKind, path::Path};

use walkdir::WalkDir;

use super::git::Git;
use crate::error::Reason;

/// A file that git does not read; it names the origin of the mirror.
const DESCRIPTION: &str = "description";

/// Creates an empty repository in place of whatever is there.
pub(super) fn make(git: &Git<'_>, part: &Path, address: &str, branch: &str) -> Result<(), Reason> {
    match fs::remove_dir_all(part) {
        Err(why) if why.kind() != ErrorKind::NotFound => {
            return Err(format!("cannot remove `{}`: {why}", part.display()).into());
        }
        _ => git.make(part, branch)?,
    }
    let named = fs::write(part.join(DESCRIPTION), address);
    named.map_err(|why| format!("cannot write to `{}`: {why}", part.display()).into())
}

/// Whether `sync` fetched something from this address into a folder, or began to.
pub(super) fn is_of(place: &Path, address: &str) -> bool {
    fs::read_to_string(place.join(DESCRIPTION)).is_ok_and(|of| of == address)
}

/// Removes what a killed git left in a repository of ours: parts of packs, which take up space, and its locks, which
/// would block every later git. No git of ours is running there, because it would hold our lock.
pub(super) fn clear(repository: &Path) {
    let below = |folder: &Path| WalkDir::new(folder).into_iter().flatten();
    let here = WalkDir::new(repository).max_depth(1).into_iter().flatten();
    // git's maintenance, which a fetch starts, locks the objects.
    let objects = WalkDir::new(repository.join("objects")).max_depth(1).into_iter().flatten();
    let locks = here.chain(below(&repository.join("refs"))).chain(objects);
    let locks = locks.filter(|entry| entry.path().extension().is_some_and(|end| end == "lock"));
    let pieces = below(&repository.join("objects/pack"));
    let pieces = pieces.filter(|e| e.file_name().as_encoded_bytes().starts_with(b"tmp_"));
    for entry in locks.chain(pieces).filter(|entry| entry.file_type().is_file()) {
        // Git reports what it cannot remove.
        fs::remove_file(entry.path()).ok();
    }
}

/// Moves a complete repository into place.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), Reason> {
    fs::rename(from, to).map_err(|why| format!("cannot create `{}`: {why}", to.display()).into())
}
