//! Whether files are unchanged, without reading them.
//!
//! In: files, folders and values, in one order. Out: a [`Stamp`] of them; equal stamps mean equal inputs. A large
//! file counts with its name, length, inode and times, so that changed bytes, new files and removed files show; a
//! small file counts with its bytes. Names are relative to the site's folder, so that a moved or checked-out site is
//! unchanged. Never here: the use of the files; an error (a file that cannot be inspected counts as absent).

use std::{
    fs,
    hash::Hash,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use walkdir::{DirEntry, WalkDir};

use crate::{hash::Sha1, text_file};

/// The input so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stamp {
    sum: Sha1,
    root: PathBuf,
    sight: Sight,
}

/// How large files are compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Sight {
    /// By their marks, which is quick; a copy differs.
    #[default]
    Marks,
    /// By their bytes, like small files; a copy or a checkout is equal.
    Bytes,
}

impl Stamp {
    /// An empty stamp for a site in `root`.
    pub(crate) fn of(root: &Path) -> Self {
        Self { root: root.to_owned(), ..Self::default() }
    }

    /// The same stamp with this comparison.
    pub(crate) fn with(self, sight: Sight) -> Self {
        Self { sight, ..self }
    }

    /// Adds a value.
    pub(crate) fn value(&mut self, value: &impl Hash) {
        value.hash(&mut self.sum);
    }

    /// Adds a text.
    pub(crate) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Adds the program itself, because another one may give other results.
    pub(crate) fn program(&mut self) {
        self.text(env!("PATCHPRESS_PROGRAM"));
    }

    /// Adds a file or a folder itself, without its content.
    pub(crate) fn file(&mut self, path: &Path) {
        if self.sight == Sight::Bytes {
            return self.content(path);
        }
        self.path(path);
        let marks = fs::metadata(path).map(|metadata| marks(&metadata));
        marks.unwrap_or_default().into_iter().for_each(|mark| self.bytes(&mark.to_le_bytes()));
    }

    /// Adds everything in a folder and below it. Links are followed, as their readers do, except links to folders
    /// outside of `root`, which nobody reads: a link to `/` would take all day.
    pub(crate) fn folder(&mut self, root: &Path, path: &Path) {
        self.walk(root, path, Self::file);
    }

    /// Adds a folder by the bytes of its files.
    pub(crate) fn folder_content(&mut self, root: &Path, path: &Path) {
        self.walk(root, path, Self::content);
    }

    fn walk(&mut self, root: &Path, path: &Path, add: fn(&mut Self, &Path)) {
        let root = fs::canonicalize(root).unwrap_or_default();
        let is_within = |to: &Path| fs::canonicalize(to).is_ok_and(|to| to.starts_with(&root));
        let mut walk = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if leads_to_folder(&entry) && !is_within(entry.path()) => {
                    self.path(entry.path());
                    walk.skip_current_dir();
                }
                Ok(entry) if entry.file_type().is_dir() => self.path(entry.path()),
                Ok(entry) => add(self, entry.path()),
                Err(error) => {
                    error.path().into_iter().for_each(|path| self.path(path));
                    self.text(&error.io_error().map_or(String::new(), ToString::to_string));
                }
            }
        }
    }

    /// Adds the bytes of a small file, whenever it was written; a pipe would block, and counts as empty.
    pub(crate) fn content(&mut self, path: &Path) {
        self.path(path);
        self.bytes(&text_file::read_bytes(path).unwrap_or_default());
    }

    /// Adds the names in a folder.
    pub(crate) fn names(&mut self, path: &Path) {
        self.path(path);
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
        names.sort();
        names.iter().for_each(|name| self.bytes(name.as_encoded_bytes()));
    }

    /// The stamp, in hex.
    pub(crate) fn finish(&self) -> String {
        self.sum.digest().to_string()
    }

    fn path(&mut self, path: &Path) {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        self.bytes(path.as_os_str().as_encoded_bytes());
    }

    /// Adds bytes after their length, so that no two sequences give the same.
    fn bytes(&mut self, bytes: &[u8]) {
        self.sum.update(&(bytes.len() as u64).to_le_bytes());
        self.sum.update(bytes);
    }
}

/// Whether a link leads to a folder.
fn leads_to_folder(entry: &DirEntry) -> bool {
    entry.path_is_symlink() && entry.file_type().is_dir()
}

/// The mark that shows whether a file was written: its length, its modification time, and more if the system gives
/// it.
fn marks(metadata: &fs::Metadata) -> Vec<i64> {
    let written = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let nanos = written.map_or(0, |time| i64::try_from(time.as_nanos()).unwrap_or_default());
    let mut marks = vec![metadata.len().cast_signed(), nanos];
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        marks.extend([metadata.ino().cast_signed(), metadata.ctime(), metadata.ctime_nsec()]);
    }
    marks
}
