//! Looks for changes if the system reports none.
//!
//! In: paths. Out: the paths that have changed. Never here: whether a change matters.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use walkdir::WalkDir;

/// A file's date and length; a change of either is a change of the file. notify's own poller compares whole seconds
/// only, and misses an older file that is moved into place.
type Look = (Option<SystemTime>, u64);

/// The state at the last look.
#[derive(Debug, Default)]
pub(super) struct Seen(BTreeMap<PathBuf, BTreeMap<PathBuf, Look>>);

impl Seen {
    /// Adds a path in its present state.
    pub(super) fn add(&mut self, place: &Path) {
        if !self.0.contains_key(place) {
            self.0.insert(place.to_owned(), look(place));
        }
    }

    /// All paths that have changed.
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

/// The state of a file, or of all files below a folder.
fn look(place: &Path) -> BTreeMap<PathBuf, Look> {
    let entries = WalkDir::new(place).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| !entry.file_type().is_dir());
    let one = |path: PathBuf| {
        let meta = fs::metadata(&path).ok()?;
        Some((path, (meta.modified().ok(), meta.len())))
    };
    files.filter_map(|entry| one(entry.into_path())).collect()
}
