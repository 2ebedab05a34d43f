//! The list of our files in the output. It tells the next build which files it may change and remove.
//!
//! In: paths. Out: the files that list them, the same for the same paths. If there are few, `.nojekyll` has all
//! paths: GitHub Pages looks for this file and never publishes it. If there are many, it names parts, and a hash of
//! a path selects its part, so a new page changes one part and not a list as long as the site. Never here: what a
//! file of the site is.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    hash::Hasher as _,
    path::Path,
};

use super::file::{self, MANIFEST, is_inside};
use crate::{
    error::{Error, Result},
    hash::{FastSet, Sha1},
};

/// The first line of a list, which identifies an output of ours.
const HEADER: &str =
    "# patchpress wrote the files below; it updates and removes these and no others";
/// The first line of a list that names parts.
const PARTS: &str = "# patchpress wrote the files that the files below list; it updates and removes these and no others";
/// The folder of the parts.
const FOLDER: &str = "file-lists";
/// How many paths are one list: a hundred kilobytes.
const FEW: usize = 2_000;
/// About how many paths are in one part of a longer list.
const PART: usize = 256;

/// The paths of a list.
#[derive(Debug, Default)]
pub(super) struct FileList {
    /// All except those of the list itself, sorted.
    pub(super) paths: Vec<String>,
    /// The paths of the list itself.
    own: Vec<String>,
}

impl FileList {
    /// The list that the last build left in `output`; `None` if there is none.
    pub(super) fn read(output: &Path) -> Result<Option<Self>> {
        let path = output.join(MANIFEST);
        let found = file::look(&path).map_err(Error::read(&path))?;
        if !found.is_some_and(|found| found.is_file()) {
            return Ok(None);
        }
        let bytes = fs::read(&path).map_err(Error::read(&path))?;
        let text = String::from_utf8_lossy(&bytes);
        let mut lines = text.lines();
        let mut list = Self { own: vec![MANIFEST.to_owned()], ..Self::default() };
        match lines.next() {
            Some(HEADER) => list.paths.extend(lines.map(str::to_owned)),
            Some(PARTS) => {
                for part in lines.filter(|part| is_inside(part)) {
                    let path = output.join(part);
                    // If a part is missing, its files are unknown and belong to nobody.
                    let is_there = file::look(&path).map_err(Error::read(&path))?.is_some();
                    let read = || fs::read(&path).map_err(Error::read(&path));
                    let bytes = if is_there { read()? } else { Vec::new() };
                    let text = String::from_utf8_lossy(&bytes);
                    list.paths.extend(text.lines().skip(1).map(str::to_owned));
                    list.own.push(part.to_owned());
                }
                list.paths.sort_unstable();
            }
            _ => return Ok(None),
        }
        // A damaged list could name any file of this machine.
        list.paths.retain(|path| is_inside(path));
        Ok(Some(list))
    }

    /// All paths, those of the list last.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().chain(&self.own).map(String::as_str)
    }

    /// The same as a set.
    pub(super) fn into_set(self) -> FastSet<String> {
        self.paths.into_iter().chain(self.own).collect()
    }
}

/// The number of parts for the paths of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Division(usize);

impl Division {
    /// The number of parts for this many paths.
    pub(super) fn of(count: usize) -> Self {
        Self(if count <= FEW { 1 } else { (count / PART).next_power_of_two() })
    }

    /// The files that list these paths, by their own paths.
    pub(super) fn lists<'p>(
        self,
        paths: impl Iterator<Item = &'p str>,
    ) -> BTreeMap<String, String> {
        let paths: BTreeSet<&str> = paths.filter(|path| !self.is_own(path)).collect();
        let list = |paths: &mut dyn Iterator<Item = &str>| {
            let mut text = format!("{HEADER}\n");
            paths.for_each(|path| text.extend([path, "\n"]));
            text
        };
        if self.0 == 1 {
            return [(MANIFEST.to_owned(), list(&mut paths.into_iter()))].into();
        }
        let mut parts: Vec<Vec<&str>> = vec![Vec::new(); self.0];
        paths.into_iter().for_each(|path| parts[self.part(path)].push(path));
        let mut head = format!("{PARTS}\n");
        let mut lists = BTreeMap::new();
        for (number, part) in parts.into_iter().enumerate() {
            let name = self.name(number);
            head.extend([&*name, "\n"]);
            lists.insert(name, list(&mut part.into_iter()));
        }
        lists.insert(MANIFEST.to_owned(), head);
        lists
    }

    /// The lists of the files of the last build (`ours`) and of this one (`now`), as far as they differ.
    pub(super) fn both<'p>(
        self,
        ours: &'p FastSet<String>,
        now: impl Iterator<Item = &'p str> + Clone,
    ) -> BTreeMap<String, String> {
        let is_new = !ours.contains(&self.name(0));
        let here: FastSet<&str> = now.clone().collect();
        let gone = ours.iter().map(String::as_str).filter(|path| !here.contains(path));
        let come = now.clone().filter(|path| !ours.contains(*path));
        let others = gone.chain(come).filter(|path| !self.is_own(path));
        let parts: BTreeSet<usize> = others.map(|path| self.part(path)).collect();
        let is_other = |path: &&str| is_new || parts.contains(&self.part(path));
        let all = ours.iter().map(String::as_str).chain(now).filter(is_other);
        let mut lists = self.lists(all);
        if !is_new {
            let names: BTreeSet<String> = parts.iter().map(|part| self.name(*part)).collect();
            lists.retain(|name, _| names.contains(name));
        }
        lists
    }

    /// The path of one of the lists.
    fn name(self, number: usize) -> String {
        if self.0 == 1 { MANIFEST.to_owned() } else { format!("{FOLDER}/{}-{number}.txt", self.0) }
    }

    /// Whether the path is one of the lists.
    fn is_own(self, path: &str) -> bool {
        path == MANIFEST
            || number(path).is_some_and(|(of, part)| of == self.0 && self.0 > 1 && part < of)
    }

    fn part(self, path: &str) -> usize {
        let hash = Sha1::from(path).finish();
        usize::try_from(hash % self.0 as u64).unwrap_or_default()
    }
}

/// Whether the path is that of a list or of a part of one.
pub(crate) fn is_list(path: &str) -> bool {
    path == MANIFEST || number(path).is_some()
}

/// The number of parts of a list, and which of them this path is.
fn number(path: &str) -> Option<(usize, usize)> {
    let name = path.strip_prefix(FOLDER)?.strip_prefix('/')?.strip_suffix(".txt")?;
    let (of, part) = name.split_once('-')?;
    Some((of.parse().ok()?, part.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("series/{number}/index.html")).collect()
    }

    fn lists(paths: &[String]) -> BTreeMap<String, String> {
        Division::of(paths.len()).lists(paths.iter().map(String::as_str))
    }

    #[test]
    fn a_new_file_changes_one_part_of_a_long_list() {
        for (count, parts) in [(0, 1), (FEW, 1), (FEW + 1, 9), (32_000, 129)] {
            let mut paths = paths(count);
            let before = lists(&paths);
            assert_eq!(before.len(), parts, "{count}");
            if count == FEW {
                continue;
            }
            paths.push("threads/new/index.html".to_owned());
            let after = lists(&paths);
            let changed = after.iter().filter(|(path, text)| before.get(*path) != Some(text));
            let changed: Vec<usize> = changed.map(|(_, text)| text.len()).collect();
            assert!(matches!(changed[..], [len] if len < 15_000), "{count}: {changed:?}");
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test writes the lists that it reads")]
    fn what_is_listed_is_read_again() {
        for count in [3, 5_000] {
            let folder = tempfile::tempdir().expect("a folder");
            let mut paths = paths(count);
            let lists = lists(&paths);
            for (path, text) in &lists {
                assert!(is_list(path));
                let path = folder.path().join(path);
                fs::create_dir_all(path.parent().expect("a folder")).expect("made");
                fs::write(path, text).expect("written");
            }
            paths.sort_unstable();
            let list = FileList::read(folder.path()).expect("readable").expect("there");
            assert_eq!(list.paths, paths);
            assert_eq!(list.own.len(), lists.len());
            // A list of the existing files does not list lists.
            assert_eq!(Division::of(count).lists(list.all()), lists);
        }
        assert!(!is_list("file-lists/a.txt") && !is_list("file-lists/1-1.html"));
    }
}
