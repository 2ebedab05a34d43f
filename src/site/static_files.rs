//! Files of the author: the site has the files of `static/` beside `site.toml` unchanged, at its root.
//!
//! In: the site's folder. Out: its files in the output, under the same names (`static/CNAME` is `/CNAME`, as with
//! other site generators). Hidden files are left out, except `.well-known`. Pictures beside pages in `content/` are
//! published in the same way. Never here: a file that patchpress makes; two files with the same name are an error, and
//! so are names that differ only by case: macOS, Windows and some hosts keep only one of them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use walkdir::{DirEntry, WalkDir};

use super::{
    file::Names,
    output::{self, Output},
};
use crate::{
    error::{Error, Result},
    plan::is_picture,
};

/// The folder beside `site.toml`.
pub(super) const FOLDER: &str = "static";

/// Puts the author's files into the output, and returns their kinds and lengths.
///
/// # Errors
/// Fails with [`Error::Read`], [`Error::Write`] or [`Error::Refused`].
pub(super) fn put(root: &Path, output: &Output) -> Result<Vec<(&'static str, usize)>> {
    let files = files(root)?;
    let made = if files.is_empty() { Names::default() } else { output.names() };
    let put = |(path, file): (String, PathBuf)| {
        if output.is_taken(&path) {
            return Err(output::is_made(&file, &path));
        }
        if let Some(twins) = made.twin(&path) {
            return Err(output::is_folded(&file, twins));
        }
        let bytes = fs::read(&file).map_err(Error::read(&file))?;
        output.put(&path, &bytes)?;
        Ok(("static", bytes.len()))
    };
    files.into_iter().map(put).collect()
}

/// Whether a file or folder is published: hidden ones are not.
pub(super) fn is_shown(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 0 || !name.starts_with('.') || name == ".well-known"
}

/// The author's files, by their paths in the output.
///
/// # Errors
/// Fails with [`Error::Read`], or with [`Error::Refused`] if two of them differ only by case.
pub(super) fn files(root: &Path) -> Result<Vec<(String, PathBuf)>> {
    let files = found(root)?;
    let mut names = Names::default();
    for (path, file) in &files {
        if let Some(twins) = names.twin(path) {
            return Err(output::is_folded(file, twins));
        }
        names.insert(path);
    }
    Ok(files)
}

fn found(root: &Path) -> Result<Vec<(String, PathBuf)>> {
    let folder = root.join(FOLDER);
    let mut files = pictures(root)?;
    if !folder.is_dir() {
        return Ok(files);
    }
    // A link is replaced by its target, which is in the site's folder (`inside`): the site has no links.
    let entries = WalkDir::new(&folder).follow_links(true).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(is_shown) {
        let entry = entry.map_err(Error::walk(&folder))?;
        if !entry.file_type().is_file() {
            continue;
        }
        let below = entry.path().strip_prefix(&folder).unwrap_or(entry.path());
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        files.push((parts.join("/"), entry.into_path()));
    }
    Ok(files)
}

/// Pictures beside the author's pages, by their paths below `content`. Links are not followed there.
fn pictures(root: &Path) -> Result<Vec<(String, PathBuf)>> {
    let folder = root.join("content");
    let is_link = fs::symlink_metadata(&folder).is_ok_and(|found| found.is_symlink());
    if is_link || !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in WalkDir::new(&folder).sort_by_file_name().into_iter().filter_entry(is_shown) {
        let entry = entry.map_err(Error::walk(&folder))?;
        if entry.file_type().is_file() && is_picture(entry.path()) {
            let below = entry.path().strip_prefix(&folder).unwrap_or(entry.path());
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            files.push((parts.join("/"), entry.into_path()));
        }
    }
    Ok(files)
}
