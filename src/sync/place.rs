//! The place of a repository that `sync` brings: made, cleared, put where it belongs.
//!
//! In: a folder, and the address that it is a copy of, which its `description` keeps. Out: the same folder, ready for git.
//! Never here: a decision about what is fetched.
#![expect(clippy::disallowed_methods, reason = "the one place that changes mirrors")]

use std::{fs, io::ErrorKind, path::Path};

use walkdir::WalkDir;

use super::git::Git;
use crate::error::Reason;

/// A text that no git program reads: here it names what a repository is a mirror of.
const DESCRIPTION: &str = "description";

/// Makes an empty repository in place of what is there.
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

/// A folder is where `sync` brought something from this address, or began to.
pub(super) fn is_of(place: &Path, address: &str) -> bool {
    fs::read_to_string(place.join(DESCRIPTION)).is_ok_and(|of| of == address)
}

/// Removes what a git that was killed has left in a repository of ours: pieces of packs, which take room, and
/// its locks, which would keep every later one out. No git of ours is at work there: it would hold our lock.
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

/// Puts what is whole where it belongs.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), Reason> {
    fs::rename(from, to).map_err(|why| format!("cannot create `{}`: {why}", to.display()).into())
}
