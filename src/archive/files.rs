//! What the file system says of a path.

use std::{fs, io, path::Path};

/// Whether a folder is at `path` itself, not behind a link.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Whether a file could not be read for a reason that is not its content, and that may be gone tomorrow: it is
/// forbidden to read it, or the disk fails. A file that disappeared meanwhile, as happens in a Maildir, does not count.
pub(super) fn is_the_world(why: &io::Error) -> bool {
    why.raw_os_error().is_some() && why.kind() != io::ErrorKind::NotFound
}
