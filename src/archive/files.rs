//! The facts of the file system about a path.

use std::{fs, io, path::Path};

use crate::text_file;

/// Whether a folder is at `path` itself, not behind a link.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Whether what is at `path` is so, links followed; if the system does not say, it may be: whoever opens it learns
/// why it cannot be read. To take that for absence made an empty archive of one on a disk that fails.
#[cfg(feature = "git")]
pub(super) fn may_be(path: &Path, is: impl FnOnce(&fs::Metadata) -> bool) -> bool {
    fs::metadata(path).map_or_else(|why| !is_absent(&why), |metadata| is(&metadata))
}

/// Whether an error says that there is nothing.
#[cfg(feature = "git")]
pub(super) fn is_absent(why: &io::Error) -> bool {
    matches!(why.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Whether a file could not be read for a reason that is not its content, and that may be gone tomorrow: it is
/// forbidden to read it, or the disk fails. A file that disappeared meanwhile, as happens in a Maildir, does not count.
pub(super) fn is_the_world(why: &io::Error) -> bool {
    why.raw_os_error().is_some() && why.kind() != io::ErrorKind::NotFound
}

/// Why nobody looks at what is at `path`: it has no end, or a walk through it takes as long as the machine is large.
pub(super) fn why_endless(path: &Path) -> Option<&'static str> {
    let is_root = || fs::canonicalize(path).is_ok_and(|path| path.parent().is_none());
    if text_file::is_made_up(path) {
        Some("it is not on a disk: the kernel generates it")
    } else {
        is_root().then_some("it is the root of the file system: name the folder of the messages")
    }
}
