//! Files on their way to the output, in a folder beside it that only one build at a time can use.
//!
//! In: new and changed files, by path. Out: all of them in place, and the stale ones removed, by a [`Journal`].
//! Until the journal is written, nothing in the output has changed; after that, the site will be the new one,
//! whichever build finishes the journal. If there is no site yet, the whole folder becomes the output. Never here:
//! the choice of files; a decision about their owner.
#![doc = ""]
#![doc = include_str!("publish.md")]
#![expect(clippy::disallowed_methods, reason = "the one place that writes the site")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{
    file::{self, MANIFEST, refuse},
    journal::{Journal, Step, above},
};
use crate::error::{Error, Result};

/// The file in the folder with the journal.
const JOURNAL: &str = "journal";

/// The folder in it with the lists of the files of the last build and of this one.
const BOTH: &str = "both";

/// Up to this many new files are synced one by one. For more, the whole file system is synced, which takes as long
/// as the disk needs for all of them.
const FEW: usize = 64;

/// A folder beside the output, locked while a build runs; that of a dead build is taken over.
#[derive(Debug)]
pub(super) struct Stage {
    target: PathBuf,
    folder: PathBuf,
    tree: PathBuf,
    lock: File,
}

/// The folder `.NAME.patchpress` beside `target`.
fn beside(target: &Path) -> Result<PathBuf> {
    match (target.parent(), target.file_name()) {
        (Some(parent), Some(name)) => {
            Ok(parent.join(format!(".{}.patchpress", name.to_string_lossy())))
        }
        _ => Err(refuse(target, "a whole file system cannot be a site")),
    }
}

/// Whether a build was killed before it removed its folder, or is running.
pub(super) fn is_unfinished(target: &Path) -> bool {
    beside(target).is_ok_and(|folder| folder.try_exists().unwrap_or(true))
}

impl Stage {
    /// Opens the folder, and keeps others out of it.
    pub(super) fn lock(target: &Path) -> Result<Self> {
        let folder = beside(target)?;
        fs::create_dir_all(&folder).map_err(Error::write(target))?;
        let path = folder.join("lock");
        let lock = File::create(&path).map_err(Error::write(&path))?;
        match lock.try_lock() {
            Ok(()) if is_at(&lock, &path).map_err(Error::write(&path))? => {}
            // A build that ended just now removed the file.
            Ok(()) | Err(TryLockError::WouldBlock) => {
                return Err(refuse(target, "another patchpress is writing it"));
            }
            Err(TryLockError::Error(e)) => return Err(Error::write(&path)(e)),
        }
        let tree = folder.join("tree");
        Ok(Self { target: target.to_owned(), folder, tree, lock })
    }

    /// Finishes the work of a killed build, and returns whether there was any.
    pub(super) fn recover(&self) -> Result<bool> {
        let path = self.folder.join(JOURNAL);
        let text = match fs::read_to_string(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
            read => read.map_err(Error::read(&path))?,
        };
        // A journal without an end was never started.
        let journal = Journal::parse(&text);
        journal.iter().try_for_each(|journal| self.follow(journal))?;
        fs::remove_file(&path).map_err(Error::write(&path))?;
        Ok(journal.is_some())
    }

    /// Empties the tree in the folder.
    pub(super) fn begin(&self) -> Result<()> {
        self.clear()?;
        // Lists without a journal were never meant to be published.
        fs::remove_dir_all(self.folder.join(BOTH)).ok();
        fs::create_dir(&self.tree).map_err(Error::write(&self.tree))
    }

    fn clear(&self) -> Result<()> {
        // Most of a site is two levels deep. Anything left after this is removed below, or reports why not.
        let folders = WalkDir::new(&self.tree).min_depth(2).max_depth(2).into_iter().flatten();
        let folders = folders.filter(|entry| entry.file_type().is_dir());
        folders.par_bridge().for_each(|entry| drop(fs::remove_dir_all(entry.path())));
        match fs::remove_dir_all(&self.tree) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(Error::write(&self.tree)(e)),
            _ => Ok(()),
        }
    }

    /// Takes a new file.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        write(&self.tree.join(path), bytes)
    }

    /// Becomes the output if there is none yet, and returns whether it could: a mount point stays where it is.
    pub(super) fn become_new(&self) -> Result<bool> {
        match fs::remove_dir(&self.target) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Ok(false),
            _ => {
                let renamed = fs::rename(&self.tree, &self.target);
                renamed.map(|()| true).map_err(Error::write(&self.target))
            }
        }
    }

    /// Carries out a journal. Once it is written, it will be carried out. `both` are the lists of the files of the
    /// last build and of this one, if some files are removed: if somebody deletes this folder too early, the next
    /// build still knows all files.
    pub(super) fn publish(&self, journal: &Journal, both: &BTreeMap<String, String>) -> Result<()> {
        self.sync(journal)?;
        for (path, text) in both {
            write(&self.folder.join(BOTH).join(path), text.as_bytes())?;
        }
        self.make_folders(journal)?;
        let (draft, path) = (self.folder.join("journal.new"), self.folder.join(JOURNAL));
        let begin = || {
            fs::write(&draft, journal.text())?;
            File::open(&draft)?.sync_all()?;
            fs::rename(&draft, &path)
        };
        begin().map_err(Error::write(&path))?;
        // A failed step is tried again, because there may have been no file descriptor left. If it fails again, the
        // next build continues.
        self.follow(journal).or_else(|_| self.follow(journal))?;
        fs::remove_file(&path).map_err(Error::write(&path))
    }

    /// Creates the folders of the new files. A journal needs room for nothing else, so on a full disk it is not
    /// started.
    fn make_folders(&self, journal: &Journal) -> Result<()> {
        let mut made = Vec::new();
        let mut make = |folder: &Path| match fs::create_dir(folder) {
            Ok(()) => {
                made.push(folder.to_owned());
                Ok(())
            }
            // A stale file may have the name of the folder, or of its parent: the journal removes it.
            Err(why) => match why.kind() {
                io::ErrorKind::AlreadyExists
                | io::ErrorKind::NotADirectory
                | io::ErrorKind::NotFound => Ok(()),
                _ => Err(Error::write(folder)(why)),
            },
        };
        let folders: BTreeSet<&str> = journal.puts().flat_map(above).collect();
        // Parents come before children.
        let done = folders.into_iter().try_for_each(|folder| make(&self.target.join(folder)));
        if done.is_err() {
            made.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
        }
        done
    }

    /// The new files are on the disk before anything says so.
    fn sync(&self, journal: &Journal) -> Result<()> {
        let puts: Vec<&str> = journal.puts().collect();
        if puts.len() > FEW && sync_all(&self.tree).is_ok() {
            return Ok(());
        }
        puts.par_iter().try_for_each(|path| {
            let path = self.tree.join(path);
            File::open(&path).and_then(|file| file.sync_data()).map_err(Error::write(&path))
        })
    }

    /// Takes the steps of a journal, except those that were taken before.
    fn follow(&self, journal: &Journal) -> Result<()> {
        let both = self.folder.join(BOTH);
        let mut lists = files_below(&both)?;
        // The file that names the parts comes after them.
        lists.sort_by_key(|path| path == Path::new(MANIFEST));
        lists.iter().try_for_each(|path| self.place(&both, path))?;
        journal.steps().try_for_each(|step| match step {
            Step::Put(path) => self.place(&self.tree, Path::new(path)),
            Step::Remove(path) => remove(&self.target, Path::new(path)),
        })
    }

    /// Moves a file from a folder into its place.
    fn place(&self, from: &Path, path: &Path) -> Result<()> {
        let (from, to) = (from.join(path), self.target.join(path));
        let folder = to.parent().unwrap_or(&self.target);
        let made = if folder.is_dir() { Ok(()) } else { fs::create_dir_all(folder) };
        made.and_then(|()| place(&from, &to)).map_err(Error::write(&to))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // The build that finishes a journal needs the files that it names.
        if self.folder.join(JOURNAL).try_exists().is_ok_and(|is_there| !is_there) {
            self.clear().ok();
            // Before the lock is released: the next build makes its own folder.
            fs::remove_dir_all(&self.folder).ok();
        }
        self.lock.unlock().ok();
    }
}

/// Writes a file, and creates its folder if necessary.
fn write(to: &Path, bytes: &[u8]) -> Result<()> {
    let written = match fs::write(to, bytes) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(to.parent().unwrap_or(to)).and_then(|()| fs::write(to, bytes))
        }
        done => done,
    };
    written.map_err(Error::write(to))
}

/// The files below a folder, if there is one, by their paths in it.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    if file::look(folder).map_err(Error::read(folder))?.is_none() {
        return Ok(Vec::new());
    }
    let all = WalkDir::new(folder).into_iter().map(|entry| entry.map_err(Error::walk(folder)));
    let files = all.filter(|entry| entry.as_ref().map_or(true, |e| e.file_type().is_file()));
    let below = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_owned();
    files.map(|entry| Ok(below(entry?.path()))).collect()
}

/// Removes a file and the folders that become empty. If it was removed before, a folder may have its name now, or a
/// file that of its folder.
fn remove(target: &Path, path: &Path) -> Result<()> {
    let file = target.join(path);
    if file::look(&file).map_err(Error::write(&file))?.is_some_and(|found| !found.is_dir()) {
        fs::remove_file(&file).map_err(Error::write(&file))?;
    }
    for folder in path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
        if fs::remove_dir(target.join(folder)).is_err() {
            break;
        }
    }
    Ok(())
}

/// Moves a complete file into place, also across file systems, because the output may be a mount point. A missing
/// file was moved before.
fn place(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(e) if e.kind() == io::ErrorKind::NotFound && to.is_file() => return Ok(()),
        Err(e) if e.kind() == io::ErrorKind::CrossesDevices => {}
        moved => return moved,
    }
    // Across file systems, this error comes first, even for a missing file.
    if !from.try_exists()? && to.is_file() {
        return Ok(());
    }
    let mut beside = to.as_os_str().to_owned();
    beside.push(".patchpress");
    let copied = fs::copy(from, &beside)
        .and_then(|_| File::open(&beside)?.sync_data())
        .and_then(|()| fs::rename(&beside, to));
    if copied.is_err() {
        fs::remove_file(&beside).ok();
    }
    copied.and_then(|()| fs::remove_file(from))
}

/// Whether an open file is still the one at its path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let id = |found: fs::Metadata| (found.dev(), found.ino());
    match fs::metadata(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        found => Ok(id(found?) == id(file.metadata()?)),
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn sync_all(tree: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(tree)?)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn sync_all(_: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site, a stage with the files of a new build, and its journal.
    fn site() -> (tempfile::TempDir, PathBuf, Journal) {
        let dir = tempfile::TempDir::new().expect("a temporary folder");
        let target = dir.path().join("public");
        for (path, text) in [
            ("kept", "k"),
            ("changed", "old"),
            ("stale/deep/page", "s"),
            ("foreign", "f"),
            ("x", "o"),
        ] {
            let path = target.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        let new = ["changed", "new/page", "x/y"].into_iter().map(|path| (path, path == "changed"));
        let stale = ["stale/deep/page", "x"].into_iter();
        (dir, target, Journal::new(new, stale))
    }

    fn stage(target: &Path) -> Stage {
        let stage = Stage::lock(target).expect("locked");
        stage.begin().expect("begun");
        for (path, text) in [("changed", "new"), ("new/page", "n"), ("x/y", "y")] {
            stage.write(path, text.as_bytes()).expect("staged");
        }
        stage
    }

    fn is_new(dir: &Path) {
        let read = |path: &str| fs::read_to_string(dir.join("public").join(path)).ok();
        let texts = ["kept", "changed", "new/page", "foreign", "x/y"].map(read);
        assert_eq!(texts, ["k", "new", "n", "f", "y"].map(|text| Some(text.to_owned())));
        assert!(!dir.join("public/stale").exists());
        assert_eq!(fs::read_dir(dir).expect("read").count(), 1, "a left-over beside the output");
    }

    #[test]
    fn a_journal_is_done_step_by_step() {
        let (dir, target, journal) = site();
        let stage = stage(&target);
        stage.publish(&journal, &BTreeMap::new()).expect("published");
        drop(stage);
        is_new(dir.path());
    }

    #[test]
    fn whoever_comes_next_finishes_it_wherever_it_ended() {
        let steps = site().2.steps().count();
        for done in 0..=steps {
            let (dir, target, journal) = site();
            let killed = stage(&target);
            let some: String = journal
                .text()
                .lines()
                .take(1 + done)
                .fold(String::new(), |text, line| text + line + "\n");
            let some = Journal::parse(&(some + "end\n")).expect("a journal");
            killed.follow(&some).expect("begun");
            fs::write(killed.folder.join(JOURNAL), journal.text()).expect("written");
            drop(killed);
            assert!(is_unfinished(&target));
            let next = Stage::lock(&target).expect("locked");
            assert!(next.recover().expect("finished"));
            assert!(!next.recover().expect("nothing to do"));
            drop(next);
            is_new(dir.path());
        }
    }

    #[test]
    fn a_journal_that_does_not_end_was_never_begun() {
        let (dir, target, journal) = site();
        let before = fs::read_to_string(target.join("changed")).expect("read");
        let killed = stage(&target);
        let half = journal.text().replace("end\n", "");
        fs::write(killed.folder.join(JOURNAL), half).expect("written");
        drop(killed);
        let next = Stage::lock(&target).expect("locked");
        assert!(!next.recover().expect("undone"));
        drop(next);
        assert_eq!(fs::read_to_string(target.join("changed")).expect("read"), before);
        assert!(!target.join("new").exists());
        assert_eq!(fs::read_dir(dir.path()).expect("read").count(), 1);
    }
}
