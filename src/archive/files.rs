//! What the file system says of a path.

use std::{fs, io, path::Path};

/// Whether a folder is at `path` itself, not behind a link.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Whether what is at `path` is so, links followed; where the system does not say, it may be: whoever opens it learns
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
