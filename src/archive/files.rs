//! What the file system says about a path.

use std::{fs, io, path::Path};

use crate::text_file;

/// Whether a folder is at `path` itself, not behind a link.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Whether the file at `path`, following links, has a property. If the system does not say, it may: opening the file
/// then gives the reason. Counting it as absent once made an empty archive of one on a failing disk.
#[cfg(feature = "git")]
pub(super) fn may_be(path: &Path, is: impl FnOnce(&fs::Metadata) -> bool) -> bool {
    fs::metadata(path).map_or_else(|why| !is_absent(&why), |metadata| is(&metadata))
}

/// Whether an error means that there is nothing at the path.
#[cfg(feature = "git")]
pub(super) fn is_absent(why: &io::Error) -> bool {
    matches!(why.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Whether a file could not be read for a reason outside its content that may be gone tomorrow: missing permission,
/// or a failing disk. A file that disappeared meanwhile, as happens in a Maildir, does not count.
pub(super) fn is_the_world(why: &io::Error) -> bool {
    why.raw_os_error().is_some() && why.kind() != io::ErrorKind::NotFound
}

/// Why the program does not look at `path`: it has no end, or a walk through it would visit the whole machine.
pub(super) fn why_endless(path: &Path) -> Option<&'static str> {
    let is_root = || fs::canonicalize(path).is_ok_and(|path| path.parent().is_none());
    if text_file::is_made_up(path) {
        Some("it is not on a disk: the kernel generates it")
    } else {
        is_root().then_some("it is the root of the file system: name the folder of the messages")
    }
}
