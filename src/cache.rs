//! What one run remembers for the next: files that save time and nothing else.
//!
//! In: a name and bytes. Out: the same bytes in a later run, or nothing. A file that is damaged, foreign, or
//! of another version's form is nothing, one that cannot be written is not written; a run is the same with it
//! and without. Never here: what the bytes mean; an error.
//!
//! A file has a first line that names what is in it and the version of its form, then the bytes, then a line
//! with the SHA-1 of all above. Where it can, what is kept is lines too, for people to look into. A file is written beside its place and renamed. Two
//! runs at once may write over each other's half; the sum tells.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use crate::hash::Sha1;

/// The folder of a site in which the program keeps its own things.
const FOLDER: &str = ".patchpress";

/// How long the last line is: `sum `, forty digits, a line end.
const LAST: usize = 45;

/// Where a run remembers, if anywhere.
#[derive(Debug, Clone, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
}

impl Cache {
    /// That of the site in `root`. [`Self::default`] remembers nothing.
    pub fn of_site(root: &Path) -> Self {
        Self { folder: Some(root.join(FOLDER)) }
    }

    /// Whether anything is kept at all.
    pub fn remembers(&self) -> bool {
        self.folder.is_some()
    }

    /// The lines that an earlier run kept under `name`, if they are of this `form`.
    pub fn load(&self, name: &str, form: &str) -> Option<String> {
        String::from_utf8(self.load_bytes(name, form)?).ok()
    }

    /// The bytes that an earlier run kept under `name`, if they are of this `form`.
    pub fn load_bytes(&self, name: &str, form: &str) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.folder.as_ref()?.join(name)).ok()?;
        let first = first(form);
        let end = bytes.len().checked_sub(LAST).filter(|end| *end >= first.len())?;
        let (above, sum) = bytes.split_at(end);
        if !above.starts_with(first.as_bytes()) || sum != last(above).as_bytes() {
            return None;
        }
        bytes.truncate(end);
        bytes.drain(..first.len());
        Some(bytes)
    }

    /// A file that nobody else sees and that ends with the run, for what does not fit into memory; nothing where
    /// there is no place for one.
    #[expect(clippy::disallowed_methods, reason = "a cache is no part of the site's output")]
    pub fn scratch(&self) -> Option<File> {
        let folder = self.folder.as_ref()?;
        let path = folder.join(format!("scratch-{}", std::process::id()));
        fs::create_dir_all(folder).ok()?;
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&path);
        // It is gone as soon as it is closed, however the run ends.
        fs::remove_file(&path).ok()?;
        file.ok()
    }

    /// Keeps lines, or other bytes, of a `form` under `name`, in place of what was there.
    #[expect(clippy::disallowed_methods, reason = "a cache is no part of the site's output")]
    pub fn store(&self, name: &str, form: &str, bytes: impl AsRef<[u8]>) {
        let Some(folder) = &self.folder else { return };
        let mut whole = [first(form).as_bytes(), bytes.as_ref()].concat();
        let sum = last(&whole);
        whole.extend_from_slice(sum.as_bytes());
        let (path, beside) = (folder.join(name), folder.join(format!("{name}.new")));
        let written = fs::create_dir_all(folder)
            .and_then(|()| fs::write(&beside, whole))
            .and_then(|()| fs::rename(&beside, path));
        if written.is_err() {
            // A full disk, most likely: what is half there helps nobody.
            fs::remove_file(beside).ok();
        }
    }
}

fn first(form: &str) -> String {
    format!("patchpress {form}\n")
}

fn last(above: &[u8]) -> String {
    format!("sum {}\n", Sha1::from(above).digest())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test damages its file")]
    fn only_what_was_kept_comes_back() {
        let site = tempfile::tempdir().expect("a folder");
        let cache = Cache::of_site(site.path());
        assert_eq!(cache.load("a", "lamps 1"), None);
        for lines in ["", "one\ntwo\n", "without an end"] {
            cache.store("a", "lamps 1", lines);
            assert_eq!(cache.load("a", "lamps 1").as_deref(), Some(lines));
        }
        for other in ["lamps 2", "lamps 11", "lamps", ""] {
            assert_eq!(cache.load("a", other), None, "{other}");
        }
        let path = site.path().join(".patchpress/a");
        let whole = fs::read(&path).expect("a file");
        for cut in 0..whole.len() {
            fs::write(&path, &whole[..cut]).expect("written");
            assert_eq!(cache.load("a", "lamps 1"), None, "cut at {cut}");
            let mut other = whole.clone();
            other[cut] ^= 1;
            fs::write(&path, other).expect("written");
            assert_eq!(cache.load("a", "lamps 1"), None, "changed at {cut}");
        }
    }

    #[test]
    fn without_a_place_nothing_is_kept() {
        Cache::default().store("a", "lamps 1", "one\n");
        assert_eq!(Cache::default().load("a", "lamps 1"), None);
    }
}
