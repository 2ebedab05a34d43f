//! The mails of a mailbox, some of which may be private.
//!
//! In: the bytes of a mail, or its file. Out: the result of `parse`, or why the mail is left out.

use std::{io, path::Path};

use super::{
    Outcome, RawMessage, files,
    mail::{CAP, parse_delivered, read_file},
    private, unpack,
};
use crate::error::{Error, NoteKind, Result};

/// Gives a mail of a mailbox to `parse`, unless it is private; `delivered` is its time of delivery.
pub(super) fn parse_for_all<T>(
    bytes: &[u8],
    delivered: Option<&[u8]>,
    parse: &impl Fn(RawMessage<'_>) -> T,
) -> Outcome<T> {
    match private::by_headers(bytes) {
        Some(why) => Outcome::Left(NoteKind::Private, why.into()),
        None => parse_delivered(bytes, None, delivered, parse),
    }
}

/// Gives the mail in the file at `path` to `parse`; `delivered` is its time of delivery.
///
/// # Errors
/// Fails with [`Error::Read`] if the file cannot be read, unless somebody has just moved it away.
pub(super) fn parse_file<T>(
    path: &Path,
    delivered: Option<&[u8]>,
    parse: &impl Fn(RawMessage<'_>) -> T,
) -> Result<Outcome<T>> {
    match read_file(path, CAP) {
        Ok(bytes) => Ok(parse_for_all(&bytes, delivered, parse)),
        Err(why) => not_read(path, why),
    }
}

/// What becomes of an unreadable file.
pub(super) fn not_read<T>(path: &Path, why: io::Error) -> Result<Outcome<T>> {
    if files::is_the_world(&why) {
        return Err(Error::read(path)(why));
    }
    Ok(Outcome::Left(NoteKind::Unread, unpack::in_words(&why)))
}
