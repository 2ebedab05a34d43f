//! Looking for changes if the system reports none.
//!
//! In: places. Out: the path of something that is not as it was. Never here: whether it matters.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use walkdir::WalkDir;

/// A file's date and length: a change of either is one of the file. notify's own poller compares whole
/// seconds only, and takes an older file that is moved into place for the same.
type Look = (Option<SystemTime>, u64);

/// How things were when they were looked at last.
#[derive(Debug, Default)]
pub(super) struct Seen(BTreeMap<PathBuf, BTreeMap<PathBuf, Look>>);

impl Seen {
    /// Begins with a place as it is now.
    pub(super) fn add(&mut self, place: &Path) {
        if !self.0.contains_key(place) {
            self.0.insert(place.to_owned(), look(place));
        }
    }

    /// Everything that is not as it was.
    pub(super) fn changes(&mut self) -> Vec<PathBuf> {
        let mut changed = Vec::new();
        for (place, before) in &mut self.0 {
            let now = look(place);
            let differs = |one: &BTreeMap<PathBuf, Look>, other: &BTreeMap<PathBuf, Look>| {
                let new = one.iter().filter(|(path, look)| other.get(*path) != Some(look));
                new.map(|(path, _)| path.clone()).collect::<Vec<_>>()
            };
            changed.extend(differs(&now, before));
            changed.extend(differs(before, &now));
            *before = now;
        }
        changed.sort();
        changed.dedup();
        changed
    }
}

/// A file, or all files below a folder.
fn look(place: &Path) -> BTreeMap<PathBuf, Look> {
    let entries = WalkDir::new(place).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| !entry.file_type().is_dir());
    let one = |path: PathBuf| {
        let meta = fs::metadata(&path).ok()?;
        Some((path, (meta.modified().ok(), meta.len())))
    };
    files.filter_map(|entry| one(entry.into_path())).collect()
}
