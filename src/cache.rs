//! What one run remembers for the next: files that save time and nothing else.
//!
//! In: a name and a text. Out: the same text in a later run, or nothing. A file that is damaged, foreign, or
//! of another version's form is nothing, one that cannot be written is not written; a run is the same with it
//! and without. Never here: what the text means; an error.
//!
//! The form is text, for people to look into: a first line that names what is in it and the version of its
//! form, then the lines, then the SHA-1 of all above. A file is written beside its place and renamed. Two
//! runs at once may write over each other's half; the sum tells.

use std::{
    fs,
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

    /// The lines that an earlier run kept under `name`, if they are of this `form`.
    pub fn load(&self, name: &str, form: &str) -> Option<String> {
        let mut text = fs::read_to_string(self.folder.as_ref()?.join(name)).ok()?;
        let first = first(form);
        let end = text.len().checked_sub(LAST).filter(|end| *end >= first.len())?;
        if !text.starts_with(&first) || text.get(end..)? != last(text.get(..end)?) {
            return None;
        }
        text.truncate(end);
        text.drain(..first.len());
        Some(text)
    }

    /// Keeps lines of a `form` under `name`, in place of what was there.
    #[expect(clippy::disallowed_methods, reason = "a cache is no part of the site's output")]
    pub fn store(&self, name: &str, form: &str, lines: &str) {
        let Some(folder) = &self.folder else { return };
        let mut text = first(form) + lines;
        text.push_str(&last(&text));
        let (path, beside) = (folder.join(name), folder.join(format!("{name}.new")));
        let written = fs::create_dir_all(folder)
            .and_then(|()| fs::write(&beside, text))
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

fn last(text: &str) -> String {
    format!("sum {}\n", Sha1::from(text).digest())
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
