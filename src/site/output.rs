//! The output folder: the only place that writes the site.
//!
//! In: files by path, from any thread, in any order. Out: the folder contains exactly these, and the files that
//! somebody else put there.
//!
//! **No file is ever incomplete, no link is ever dead.** New and changed files are written to a folder beside the
//! output ([`super::stage`]). When all of them are there, a [`Journal`] is written, and they are renamed into place
//! in an order in which every link works. A build that fails or is killed before its journal is complete leaves the
//! last site unchanged; if it is killed later, the next build finishes it.
//!
//! **Only changes are written.** A file with the same bytes is not touched. So the writes of a build grow with its
//! news, not with the site, and `rsync` and similar tools have little to do.
//!
//! **Only our own files are changed.** The output's `.nojekyll` lists the files that patchpress wrote
//! ([`FileList`]). Those that a build no longer makes are removed. Other files are never touched; if one is in the
//! way, the build changes nothing.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError, RwLock},
};

use walkdir::WalkDir;

pub use super::file::Fate;
pub(super) use super::file::{in_the_way, is_folded, is_made, refuse, twice};
use super::{
    file::{self, MANIFEST, Mark, Names, is_inside},
    file_list::{Division, FileList},
    journal::{Journal, above},
    stage::{self, Stage},
};
use crate::{
    error::{Error, Reason, Result},
    hash::{FastMap, FastSet, Fingerprint, Sha1},
};

/// An output folder that no other build may write to during the lifetime of this value.
#[derive(Debug)]
pub struct Claim {
    target: PathBuf,
    stage: Stage,
    /// The files that the last build wrote.
    ours: FastSet<String>,
}

/// An output folder while a site is being written to it.
#[derive(Debug)]
pub struct Output {
    target: PathBuf,
    stage: Stage,
    /// The folders of the last site that were looked up: whether they exist and are not links.
    folders: RwLock<FastMap<Box<str>, bool>>,
    /// The files that the last build wrote.
    ours: FastSet<String>,
    /// The files of this build.
    now: Mutex<BTreeMap<String, Fate>>,
}

/// The changes of a build to the output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files that are the same as before.
    pub kept: usize,
    /// Files that are new or changed.
    pub written: usize,
    /// Files of the last build that this one no longer makes.
    pub removed: usize,
}

impl Claim {
    /// Claims `target` for a site. This is quick, so a refusal comes early.
    ///
    /// # Errors
    /// Fails with [`Error::Refused`] if `target` is a file, contains files but no site of ours, or is being written
    /// by another build; with [`Error::Write`] if its parent is not writable; with [`Error::Read`].
    pub fn new(target: &Path) -> Result<Self> {
        let target = resolve(target)?;
        let ours = FileList::read(&target)?;
        if ours.is_none() && !is_vacant(&target)? {
            let reason = Reason::new("it contains files, but no site that patchpress made")
                .hint("name another folder with `--output-dir`, or empty this one");
            return Err(refuse(&target, reason));
        }
        let stage = Stage::lock(&target)?;
        let ours = if stage.recover()? { FileList::read(&target)? } else { ours };
        Ok(Self { target, stage, ours: ours.unwrap_or_default().into_set() })
    }

    /// Whether a build of `target` was killed and left something to finish or to clear away.
    pub fn is_unfinished(target: &Path) -> bool {
        resolve(target).is_ok_and(|target| stage::is_unfinished(&target))
    }

    /// Clears away the remains of a killed build.
    ///
    /// # Errors
    /// Fails with [`Error::Write`].
    pub fn open(self) -> Result<Output> {
        let Self { target, stage, ours } = self;
        stage.begin()?;
        Ok(Output { target, stage, folders: RwLock::default(), ours, now: Mutex::default() })
    }
}

impl Output {
    /// Prepares to write a site to `target`. Nothing in it changes before [`Self::finish`].
    ///
    /// # Errors
    /// Fails like [`Claim::new`], or with [`Error::Read`].
    pub fn open(target: &Path) -> Result<Self> {
        Claim::new(target)?.open()
    }

    /// The path of the site, with symbolic links resolved.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Takes a file of the site; `path` is relative, `/` between its parts.
    ///
    /// # Errors
    /// Fails with [`Error::Write`] if the file cannot be written; with [`Error::Refused`] if another file of this
    /// build has the path already, or if somebody else's file is in the way.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<Fate> {
        if !is_inside(path) {
            let reason = "it is not inside the output, or its name has a line break";
            return Err(refuse(&self.target.join(path), reason));
        }
        let old = self.target.join(path);
        let known = self.found(path)?;
        let same = known.is_some_and(|(len, _)| len == bytes.len() as u64)
            && fs::read(&old).map_err(Error::read(&old))? == bytes;
        let takes_over = path == MANIFEST && known.is_some_and(|(len, _)| len == 0);
        if known.is_some() && !same && !takes_over && !self.ours.contains(path) {
            return Err(in_the_way(&old));
        }
        let fate = if same { Fate::Kept } else { Fate::Written };
        self.take(path, fate)?;
        if fate == Fate::Written {
            self.stage.write(path, bytes)?;
        }
        Ok(fate)
    }

    /// The mark of a regular file of the last site, ours or somebody else's. It is looked up when needed, because
    /// walking all folders takes twice as long. Files behind a link are not in the site.
    fn found(&self, path: &str) -> Result<Option<Mark>> {
        debug_assert!(is_inside(path), "`{path}` leads out of the output");
        let at = self.target.join(path);
        let found = file::look(&at).map_err(Error::read(&at))?.filter(fs::Metadata::is_file);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        match found {
            Some(found) if self.is_folder(folder)? => Ok(Some(file::mark(&found))),
            _ => Ok(None),
        }
    }

    /// The same. An unreadable file is made again, and the caller that writes it gets the reason.
    fn sees(&self, path: &str) -> Option<Mark> {
        self.found(path).ok().flatten()
    }

    /// Whether this path and all its parents are folders of the last site.
    fn is_folder(&self, folder: &str) -> Result<bool> {
        if folder.is_empty() {
            return Ok(true);
        }
        let known =
            self.folders.read().unwrap_or_else(PoisonError::into_inner).get(folder).copied();
        if let Some(is_folder) = known {
            return Ok(is_folder);
        }
        let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
        let at = self.target.join(folder);
        let is_dir = file::look(&at).map_err(Error::read(&at))?.is_some_and(|found| found.is_dir());
        let is_folder = is_dir && self.is_folder(above)?;
        let mut folders = self.folders.write().unwrap_or_else(PoisonError::into_inner);
        folders.insert(folder.into(), is_folder);
        Ok(is_folder)
    }

    /// Whether the last site has a file of ours with this length and this modification time, in nanoseconds since
    /// 1970.
    pub fn has(&self, path: &str, len: u64, written: u64) -> bool {
        self.ours.contains(path)
            && self.sees(path).is_some_and(|found| file::is_same((len, written), found))
    }

    /// The same by content, for a file that was copied or checked out again.
    pub fn has_bytes(&self, path: &str, len: u64, bytes: Fingerprint) -> bool {
        self.ours.contains(path)
            && self.sees(path).is_some_and(|found| found.0 == len)
            && fs::read(self.target.join(path))
                .is_ok_and(|found| Sha1::from(found).digest() == bytes)
    }

    /// Whether the last site has a file of ours at this path, whatever it contains.
    pub fn holds(&self, path: &str) -> bool {
        self.ours.contains(path) && self.sees(path).is_some()
    }

    /// Takes over a file that the last site [has](Self::has).
    ///
    /// # Errors
    /// Fails with [`Error::Refused`] if another file of this build has the path already.
    pub fn keep(&self, path: &str) -> Result<()> {
        self.take(path, Fate::Kept)
    }

    /// A file of this build has the path already.
    pub(super) fn is_taken(&self, path: &str) -> bool {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).contains_key(path)
    }

    /// The names of the files of this build.
    pub(super) fn names(&self) -> Names {
        let mut names = Names::default();
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.keys().for_each(|path| names.insert(path));
        names
    }

    fn take(&self, path: &str, fate: Fate) -> Result<()> {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        match now.insert(path.to_owned(), fate) {
            None => Ok(()),
            Some(_) => Err(twice(&self.target.join(path))),
        }
    }

    /// Publishes the site.
    ///
    /// # Errors
    /// Fails with [`Error::Refused`] if somebody else's file is in the way, or with [`Error::Write`]. Then the last
    /// site is still in place, or the next build finishes this one.
    pub fn finish(self) -> Result<Tally> {
        let division = self.put_lists()?;
        let now = std::mem::take(&mut *self.now.lock().unwrap_or_else(PoisonError::into_inner));
        let Self { target, stage, ours, .. } = &self;
        let stale: BTreeSet<&str> =
            ours.iter().map(String::as_str).filter(|path| !now.contains_key(*path)).collect();
        let written = now.iter().filter(|(_, fate)| **fate == Fate::Written);
        let written: Vec<&str> = written.map(|(path, _)| path.as_str()).collect();
        let kept = now.len() - written.len();
        let tally = Tally { kept, written: written.len(), removed: stale.len() };
        if tally.written == 0 && tally.removed == 0 {
            return Ok(tally);
        }
        if is_empty(target)? && stage.become_new()? {
            return Ok(tally);
        }
        make_way(target, &written, &stale)?;
        let new = written.iter().map(|path| Ok((*path, self.found(path)?.is_some())));
        let new = new.collect::<Result<Vec<_>>>()?;
        // Some files of our last build may have become links of somebody else.
        let mut still_there = Vec::new();
        for path in stale {
            if self.found(path)?.is_some() {
                still_there.push(path);
            }
        }
        let journal = Journal::new(new.into_iter(), still_there.into_iter());
        // If no file is removed, the new list covers both builds.
        let both = match tally.removed {
            0 => BTreeMap::new(),
            _ => division.both(ours, now.keys().map(String::as_str)),
        };
        stage.publish(&journal, &both)?;
        Ok(tally)
    }

    /// Takes the lists of this build's files.
    fn put_lists(&self) -> Result<Division> {
        let (division, lists) = {
            let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
            let division = Division::of(now.len());
            (division, division.lists(now.keys().map(String::as_str)))
        };
        for (path, text) in lists {
            self.put(&path, text.as_bytes())?;
        }
        Ok(division)
    }
}

/// The output as an absolute path; for a symbolic link, its target.
fn resolve(target: &Path) -> Result<PathBuf> {
    match fs::symlink_metadata(target) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            std::path::absolute(target).map_err(Error::write(target))
        }
        Err(e) => Err(Error::write(target)(e)),
        Ok(_) => {
            let path = fs::canonicalize(target).map_err(Error::write(target))?;
            if path.is_dir() { Ok(path) } else { Err(refuse(target, "it is not a folder")) }
        }
    }
}

/// Everything below `folder` with its relative path, folders before their contents.
fn entries(folder: &Path) -> Result<Vec<(walkdir::DirEntry, PathBuf)>> {
    // The output itself is resolved; a link inside it belongs to somebody else.
    if !file::look(folder).map_err(Error::read(folder))?.is_some_and(|found| found.is_dir()) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry.map_err(Error::walk(folder))?;
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_owned();
        found.push((entry, below));
    }
    Ok(found)
}

/// Whether the new files have room: only folders or stale files above each, and nothing of somebody else at its
/// path. A link belongs to somebody else, wherever it leads.
fn make_way(target: &Path, new: &[&str], stale: &BTreeSet<&str>) -> Result<()> {
    let kind = |path: &str| {
        let path = target.join(path);
        let found = file::look(&path).map_err(Error::read(&path))?;
        Ok::<_, Error>(found.map(|found| found.file_type()))
    };
    let mut folders: HashSet<&str> = HashSet::new();
    for path in new {
        for folder in above(path) {
            if !folders.insert(folder) {
                break;
            }
            let is_ours = kind(folder)?.is_none_or(|kind| kind.is_dir()) || stale.contains(folder);
            if !is_ours {
                return Err(in_the_way(&target.join(folder)));
            }
        }
        let is_free = match kind(path)? {
            None => true,
            // A folder goes with the last stale file in it.
            Some(kind) if kind.is_dir() => {
                goes(path, stale)
                    && entries(&target.join(path))?.iter().all(|(entry, below)| {
                        let below = below.to_str().map(|below| format!("{path}/{below}"));
                        below.is_some_and(|below| match entry.file_type().is_dir() {
                            true => goes(&below, stale),
                            false => stale.contains(&*below),
                        })
                    })
            }
            Some(kind) => kind.is_file(),
        };
        if !is_free {
            return Err(in_the_way(&target.join(path)));
        }
    }
    Ok(())
}

/// Whether there are stale files in a folder.
fn goes(folder: &str, stale: &BTreeSet<&str>) -> bool {
    let inside = format!("{folder}/");
    stale.range(&*inside..).next().is_some_and(|path| path.starts_with(&inside))
}

/// Whether nothing is there, or only hidden files (the `.git` of a `gh-pages` worktree).
fn is_vacant(target: &Path) -> Result<bool> {
    let hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
    Ok(names(target)?.iter().all(|name| hidden(name)))
}

fn is_empty(target: &Path) -> Result<bool> {
    Ok(names(target)?.is_empty())
}

fn names(folder: &Path) -> Result<Vec<std::ffi::OsString>> {
    match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(Error::read(folder)(e)),
        Ok(entries) => {
            let names = entries.map(|entry| entry.map(|entry| entry.file_name()));
            names.collect::<io::Result<_>>().map_err(Error::read(folder))
        }
    }
}
