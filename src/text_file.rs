//! Text files of the site's author: settings, corrections, pages, templates.
//!
//! In: a path. Out: its text, or an [`Error`] with the file, and with the line that is not UTF-8. Anything that is
//! not a file, or has no end (`/dev/zero`, a pipe, files in `/proc`), is an error before it is read. Never here: the
//! meaning of a text.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read},
    path::Path,
};

use crate::error::{Error, Reason, Result};

/// The most bytes of a text file. Linux' own .mailmap, the longest known, has 60 kB.
const MOST: u64 = 16 << 20;

/// Where Linux shows files that are on no disk: some have no end, others block, and all claim to be files of length
/// 0.
const MADE_UP: [&str; 2] = ["/proc", "/sys"];

/// Whether the kernel generates the file at `path`, behind all links.
pub(crate) fn is_made_up(path: &Path) -> bool {
    let found = fs::canonicalize(path);
    cfg!(target_os = "linux")
        && found.is_ok_and(|path| MADE_UP.iter().any(|folder| path.starts_with(folder)))
}

/// The text of the file at `path`.
///
/// # Errors
/// [`Error::Read`], [`Error::Unreadable`].
pub(crate) fn read(path: &Path) -> Result<String> {
    let bytes = read_bytes(path)?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
        let reason = Reason::new(format!("line {line} is not UTF-8"));
        unreadable(path, reason.hint("save the file as UTF-8"))
    })
}

/// The bytes of the file at `path`, for callers that accept any encoding.
///
/// # Errors
/// [`Error::Read`], [`Error::Unreadable`].
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    let found = fs::metadata(path).map_err(Error::read(path))?;
    if found.is_dir() {
        return Err(Error::read(path)(io::Error::from(ErrorKind::IsADirectory)));
    }
    // Opening a pipe blocks until somebody writes to it.
    if !found.is_file() {
        return Err(unreadable(path, "it is not a regular file".into()));
    }
    if is_made_up(path) {
        return Err(unreadable(path, "it is not on a disk: the kernel generates it".into()));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(Error::read(path))?;
    file.take(MOST + 1).read_to_end(&mut bytes).map_err(Error::read(path))?;
    if bytes.len() as u64 > MOST {
        let what = format!("it is longer than {} MiB", MOST >> 20);
        return Err(unreadable(path, what.into()));
    }
    Ok(bytes)
}

fn unreadable(path: &Path, reason: Reason) -> Error {
    Error::Unreadable { path: path.to_owned(), reason }
}
