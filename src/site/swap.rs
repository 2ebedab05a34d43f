//! A new tree of files beside the old one, and the moment in which they change places.
//!
//! In: files, links to what is kept, what others own. Out: the tree in the place of the old one,
//! by one `renameat2(RENAME_EXCHANGE)` (on macOS `RENAME_SWAP`), which nobody sees half done.
//! Where the system cannot do that (a mount point, a file system without it), file by file, each
//! whole, new ones first and old ones last, so that every link leads somewhere at every moment.
//! Never here: which files; a decision about whose they are.
#![expect(clippy::disallowed_methods, reason = "the one place that writes the site")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::file::{Fate, MANIFEST, in_the_way, refuse};
use crate::error::{Error, Result};

/// A folder beside the output, locked while a build lives; a dead build's is taken over.
#[derive(Debug)]
pub(super) struct Stage {
    target: PathBuf,
    folder: PathBuf,
    tree: PathBuf,
    lock: File,
}

impl Stage {
    /// Opens the folder `.NAME.patchpress` beside `target`, and keeps others out of it.
    pub(super) fn lock(target: &Path) -> Result<Self> {
        let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
            return Err(refuse(target, "a whole file system cannot be a site"));
        };
        let folder = parent.join(format!(".{}.patchpress", name.to_string_lossy()));
        fs::create_dir_all(&folder).map_err(Error::write(target))?;
        let path = folder.join("lock");
        let lock = File::create(&path).map_err(Error::write(&path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(refuse(target, "another patchpress is writing it"));
            }
            Err(TryLockError::Error(e)) => return Err(Error::write(&path)(e)),
        }
        let tree = folder.join("tree");
        Ok(Self { target: target.to_owned(), folder, tree, lock })
    }

    /// Makes the tree in the folder empty.
    pub(super) fn begin(&self) -> Result<()> {
        self.clear()?;
        fs::create_dir(&self.tree).map_err(Error::write(&self.tree))
    }

    fn clear(&self) -> Result<()> {
        // Most of a site is in the folders of its folders; what is not gone after this, goes below or says why.
        let folders = WalkDir::new(&self.tree).min_depth(2).max_depth(2).into_iter().flatten();
        let folders = folders.filter(|entry| entry.file_type().is_dir());
        folders.par_bridge().for_each(|entry| drop(fs::remove_dir_all(entry.path())));
        match fs::remove_dir_all(&self.tree) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(Error::write(&self.tree)(e)),
            _ => Ok(()),
        }
    }

    /// Writes a new file.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        self.make(Path::new(path), |to| fs::write(to, bytes))
    }

    /// Does `what` with the place of `path` in the tree; its folder is made on the way.
    fn make(&self, path: &Path, what: impl Fn(&Path) -> io::Result<()>) -> Result<()> {
        let to = self.tree.join(path);
        let made = match what(&to) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                let folder = to.parent().unwrap_or(&self.tree);
                fs::create_dir_all(folder).and_then(|()| what(&to))
            }
            done => done,
        };
        made.map_err(|e| match e.kind() {
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
                in_the_way(&self.target.join(path))
            }
            _ => Error::write(&to)(e),
        })
    }

    /// Links the files that stay the same into the tree.
    pub(super) fn link_kept(&self, now: &BTreeMap<String, Fate>) -> Result<()> {
        let kept = now.par_iter().filter(|(_, fate)| **fate == Fate::Kept);
        kept.try_for_each(|(path, _)| self.link(&self.target.join(path), Path::new(path)))
    }

    fn link(&self, from: &Path, path: &Path) -> Result<()> {
        self.make(path, |to| match fs::hard_link(from, to) {
            Err(e) if may_copy(&e) => copy(from, to),
            done => done,
        })
    }

    /// Puts somebody else's file, link or folder into the tree.
    pub(super) fn carry(&self, from: &Path, path: &Path, kind: fs::FileType) -> Result<()> {
        if kind.is_dir() {
            let to = self.tree.join(path);
            return if to.is_dir() { Ok(()) } else { self.make(path, |to| fs::create_dir(to)) };
        }
        if kind.is_symlink() {
            let leads_to = fs::read_link(from).map_err(Error::read(from))?;
            return self.make(path, |to| symlink(&leads_to, to));
        }
        if kind.is_file() {
            return self.link(from, path);
        }
        // A FIFO or a device: a copy of it would be its content, or never end.
        self.make(path, |to| fs::hard_link(from, to))
    }

    /// Becomes the output, where there is nothing yet.
    pub(super) fn become_new(&self) -> Result<()> {
        match fs::remove_dir(&self.target) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(Error::write(&self.target)(e)),
            _ => fs::rename(&self.tree, &self.target).map_err(Error::write(&self.target)),
        }
    }

    /// Changes places with the output; where that cannot be, goes there file by file.
    pub(super) fn exchange(
        &self,
        now: &BTreeMap<String, Fate>,
        stale: &BTreeSet<&str>,
    ) -> Result<()> {
        let target = &self.target;
        let like_before = fs::metadata(target).map_err(Error::read(target))?.permissions();
        fs::set_permissions(&self.tree, like_before).map_err(Error::write(&self.tree))?;
        match exchange(&self.tree, target) {
            Ok(()) => Ok(()),
            Err(_) => self.one_by_one(now, stale),
        }
    }

    /// The way without an exchange: what is new, then what changed, then what goes. The list of our
    /// files leads, so that a next build knows them even if this one is killed on the way.
    fn one_by_one(&self, now: &BTreeMap<String, Fate>, stale: &BTreeSet<&str>) -> Result<()> {
        let rank = |path: &str| (path != MANIFEST, self.target.join(path).exists());
        let written = now.iter().filter(|(_, fate)| **fate == Fate::Written);
        let mut written: Vec<_> = written.map(|(path, _)| (rank(path), path)).collect();
        written.sort();
        for (_, path) in written {
            let to = self.target.join(path);
            let folder = to.parent().unwrap_or(&self.target);
            fs::create_dir_all(folder)
                .and_then(|()| place(&self.tree.join(path), &to))
                .map_err(Error::write(&to))?;
        }
        stale.iter().try_for_each(|path| remove(&self.target, Path::new(path)))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // After an exchange the tree is the old site: its files are ours, or linked in the new one.
        self.clear().ok();
        self.lock.unlock().ok();
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// Removes a file and the folders that it leaves empty.
fn remove(target: &Path, path: &Path) -> Result<()> {
    let file = target.join(path);
    match fs::remove_file(&file) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(Error::write(&file)(e)),
        _ => {}
    }
    for folder in path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
        if fs::remove_dir(target.join(folder)).is_err() {
            break;
        }
    }
    Ok(())
}

/// Moves a whole file into place, over file systems too.
fn place(from: &Path, to: &Path) -> io::Result<()> {
    if fs::rename(from, to).is_ok() {
        return Ok(());
    }
    let mut beside = to.as_os_str().to_owned();
    beside.push(".patchpress");
    fs::copy(from, &beside)?;
    fs::rename(&beside, to)
}

/// A copy with the time of what it copies.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    let time = fs::metadata(from)?.modified()?;
    File::options().append(true).open(to)?.set_modified(time)
}

/// Whether a copy can do what a hard link could not.
fn may_copy(error: &io::Error) -> bool {
    !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn symlink(leads_to: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(leads_to, link)
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a mount point or a file system without an exchange gets.
    #[test]
    fn file_by_file_ends_in_the_same_tree() {
        let dir = tempfile::TempDir::new().expect("a temporary folder");
        let target = dir.path().join("public");
        fs::create_dir_all(target.join("stale/deep")).expect("make");
        for (path, text) in
            [("kept", "k"), ("changed", "old"), ("stale/deep/page", "s"), ("foreign", "f")]
        {
            fs::write(target.join(path), text).expect("write");
        }
        let stage = Stage::lock(&target).expect("lock");
        stage.begin().expect("begin");
        for (path, text) in [("changed", "new"), ("new/page", "n")] {
            stage.write(path, text.as_bytes()).expect("stage");
        }
        let fates = [("kept", Fate::Kept), ("changed", Fate::Written), ("new/page", Fate::Written)];
        let now = fates.map(|(path, fate)| (path.to_owned(), fate)).into();
        stage.one_by_one(&now, &BTreeSet::from(["stale/deep/page"])).expect("move");
        drop(stage);

        let read = |path: &str| fs::read_to_string(target.join(path)).ok();
        let texts = ["kept", "changed", "new/page", "foreign"].map(read);
        assert_eq!(texts, ["k", "new", "n", "f"].map(|text| Some(text.to_owned())));
        assert!(!target.join("stale").exists());
        assert_eq!(fs::read_dir(dir.path()).expect("read").count(), 1);
    }
}
