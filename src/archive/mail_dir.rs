//! Maildir: one file per mail.
//!
//! In: a folder with `cur` and `new`. Out: the mails of both, `cur` first, sorted by name, with numbers in numerical
//! order. Never here: `tmp`, hidden files, links, anything but files; drafts and deleted mails; the folders of a
//! Maildir++ beside it (`.Drafts`, `.Sent`).

use std::{
    cmp::Ordering,
    fs::{self, FileType},
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;

use super::{Outcome, RawMessage, Reading, look, mailbox, private};
use crate::error::{Error, Note, NoteKind, Place, Result};

/// Reads the Maildir at `path`.
pub(super) fn read<T, F>(path: &Path, parse: &F) -> Result<Reading<T>>
where
    T: Send,
    F: Fn(RawMessage<'_>) -> T + Sync,
{
    let mut files = Vec::new();
    for folder in ["cur", "new"] {
        let folder = path.join(folder);
        // One of the two may be missing, because git stores no empty folders.
        if folder.is_dir() {
            files.extend(list(&folder)?);
        }
    }
    let read_one = |(path, kind): (PathBuf, FileType)| {
        let name = path.file_name().unwrap_or_default();
        let outcome = match (look::why_left_out(kind), private::by_flags(name)) {
            (Some(why), _) => Ok(Outcome::Left(NoteKind::Skipped, why.into())),
            (None, Some(why)) => Ok(Outcome::Left(NoteKind::Private, why.into())),
            (None, None) => mailbox::parse_file(&path, delivered(&path), parse),
        };
        (Place::File(Arc::from(path)), outcome)
    };
    let mut reading = Reading { notes: beside(path)?, ..Reading::default() };
    for (place, outcome) in files.into_par_iter().map(read_one).collect::<Vec<_>>() {
        reading.add(place, outcome?);
    }
    Ok(reading)
}

/// The seconds at the beginning of a delivered mail's file name: `1772278273.M20046P2137.host:2,S`.
fn delivered(path: &Path) -> Option<&[u8]> {
    let name = path.file_name()?.as_encoded_bytes();
    let end = name.iter().position(|byte| *byte == b'.')?;
    name[..end].iter().all(u8::is_ascii_digit).then_some(&name[..end])
}

/// Notes the folders of a Maildir++ that are left out: nobody named them, and some are private.
fn beside(path: &Path) -> Result<Vec<Note>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(path).map_err(Error::read(path))? {
        let folder = entry.map_err(Error::read(path))?.path();
        folders.extend(look::is_maildir(&folder).then_some(folder));
    }
    folders.sort();
    let why = "a folder next to the archive; to read it, name it as an archive";
    let note = |path| Note::new(NoteKind::Private, why).at(Place::File(Arc::from(path)));
    Ok(folders.into_iter().map(|path: PathBuf| note(path)).collect())
}

/// The entries of `folder` that are not hidden, in order.
fn list(folder: &Path) -> Result<Vec<(PathBuf, FileType)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::read(folder))? {
        let entry = entry.map_err(Error::read(folder))?;
        if !look::is_hidden(&entry.file_name()) {
            let kind = entry.file_type().map_err(Error::read(entry.path()))?;
            files.push((entry.path(), kind));
        }
    }
    files.sort_by(|(a, _), (b, _)| {
        natural(a.as_os_str().as_encoded_bytes(), b.as_os_str().as_encoded_bytes())
    });
    Ok(files)
}

/// Compares names, with runs of digits as numbers.
fn natural(a: &[u8], b: &[u8]) -> Ordering {
    let (mut left, mut right) = (a, b);
    while let ([x, ..], [y, ..]) = (left, right) {
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            let (one, two) = (number(&mut left), number(&mut right));
            one.len().cmp(&two.len()).then_with(|| one.cmp(two))
        } else {
            (left, right) = (&left[1..], &right[1..]);
            x.cmp(y)
        };
        if order.is_ne() {
            return order;
        }
    }
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

/// Takes the digits off the front of `bytes`; without leading zeros.
fn number<'a>(bytes: &mut &'a [u8]) -> &'a [u8] {
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let (number, rest) = bytes.split_at(digits);
    *bytes = rest;
    let zeros = number.iter().take_while(|&&b| b == b'0').count();
    &number[zeros..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_numbers() {
        let sorted = ["1.x", "01.y", "2.M10", "2.M9a", "10", "10.a", "a", "b1"];
        let mut names = sorted;
        names.reverse();
        names.sort_by(|a, b| natural(a.as_bytes(), b.as_bytes()));
        assert_eq!(names, ["1.x", "01.y", "2.M9a", "2.M10", "10", "10.a", "a", "b1"]);
    }
}
