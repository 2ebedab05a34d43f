//! Mails in files of their own.
//!
//! In: one `.eml` or `.patch`, or a folder with such files in it and below. Out: their mails, sorted by path; a
//! `.patch` with several mails, as `git format-patch --stdout` writes it, gives all. Never here: other archives in
//! the folder.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;

use super::{RawMessage, Reading, look, mail, mailbox, mbox, split};
use crate::error::{Place, Result};

/// Reads the mails in the folder at `path`, or the single mail there.
pub(super) fn read<T, F>(path: &Path, parse: &F) -> Result<Reading<T>>
where
    T: Send,
    F: Fn(RawMessage<'_>) -> T + Sync,
{
    if !path.is_dir() {
        return read_file(path.into(), parse);
    }
    let found = look::survey(path)?;
    let mut reading = Reading { notes: found.notes, ..Reading::default() };
    let read_one = |path: PathBuf| read_file(Arc::from(path), parse);
    for file in found.mails.into_par_iter().map(read_one).collect::<Vec<_>>() {
        let file = file?;
        reading.messages.extend(file.messages);
        reading.notes.extend(file.notes);
    }
    Ok(reading)
}

fn read_file<T, F>(path: Arc<Path>, parse: &F) -> Result<Reading<T>>
where
    T: Send,
    F: Fn(RawMessage<'_>) -> T + Sync,
{
    let mut reading = Reading::default();
    match mail::read_file(&path, mail::CAP) {
        Ok(bytes) if split::contains_several(&bytes) => {
            mbox::read_from(&bytes[..], &path, parse, &mut reading);
        }
        Ok(bytes) => reading.add(Place::File(path), mailbox::parse_for_all(&bytes, None, parse)),
        Err(why) => {
            let outcome = mailbox::not_read(&path, why)?;
            reading.add(Place::File(path), outcome);
        }
    }
    Ok(reading)
}
