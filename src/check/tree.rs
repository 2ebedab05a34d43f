//! The files of the site by name, and whether all hosts and machines accept them.
//!
//! In: the folder. Out: a [`Tree`]. Only names and lengths are read. Never here: the bytes of a file.

use std::{collections::HashMap, path::PathBuf, sync::OnceLock};

use walkdir::WalkDir;

use super::finding::{Finding, Rule};
use crate::{
    error::{Error, Result},
    plan::Route,
    site::{self, Mark},
};

/// The site's files.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) folder: PathBuf,
    /// Sorted by path.
    pub(super) files: Vec<File>,
    by_path: HashMap<Box<str>, u32>,
    /// Symbolic links, which do not count as files here.
    links: Vec<String>,
}

/// A file of the site.
#[derive(Debug)]
pub(super) struct File {
    /// Its path below the folder, `/` between folders.
    pub(super) path: Box<str>,
    pub(super) bytes: u64,
    /// Its length, and when it was written.
    pub(super) mark: Mark,
    /// Its compressed size, once it was measured.
    pub(super) weight: OnceLock<u64>,
}

/// Files that hosts look for by name, so no page needs to link to them.
const KNOWN_BY_NAME: [&str; 4] = [NO_JEKYLL, "CNAME", "favicon.ico", "robots.txt"];
/// The file that makes GitHub Pages publish the tree unchanged.
const NO_JEKYLL: &str = ".nojekyll";
/// The longest name that all file systems and tar archives accept, in bytes.
const LONGEST_NAME: usize = 200;
/// Names that Windows reserves for devices, with or without an extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

impl Tree {
    /// Reads the names below `folder`.
    ///
    /// # Errors
    /// [`Error::Read`].
    pub(super) fn read(folder: &std::path::Path) -> Result<Self> {
        let (mut files, mut links) = (Vec::new(), Vec::new());
        // A worktree of the published branch: it belongs to git, not to the site.
        let is_git = |entry: &walkdir::DirEntry| entry.depth() == 1 && entry.file_name() == ".git";
        let entries = WalkDir::new(folder).min_depth(1).into_iter();
        for entry in entries.filter_entry(|entry| !is_git(entry)) {
            let entry = entry.map_err(Error::walk(folder))?;
            let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            let path = parts.join("/");
            if entry.path_is_symlink() {
                links.push(path);
            } else if entry.file_type().is_file() {
                let mark = site::mark(&entry.metadata().map_err(Error::walk(folder))?);
                let weight = OnceLock::new();
                files.push(File { path: path.into(), bytes: mark.0, mark, weight });
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let by_path = files.iter().zip(0..).map(|(file, n)| (file.path.clone(), n)).collect();
        Ok(Self { folder: folder.to_owned(), files, by_path, links })
    }

    /// The number of the file at exactly this path.
    pub(super) fn number(&self, path: &str) -> Option<u32> {
        self.by_path.get(path).copied()
    }

    /// The file that a host sends for a path; for a folder, its `index.html`.
    pub(super) fn find(&self, path: &str) -> Option<u32> {
        if path.is_empty() || path.ends_with('/') {
            return self.by_path.get(&*format!("{path}index.html")).copied();
        }
        let exact = self.by_path.get(path);
        exact.or_else(|| self.by_path.get(&*format!("{path}/index.html"))).copied()
    }

    /// The numbers of the pages.
    pub(super) fn pages(&self) -> impl Iterator<Item = u32> {
        self.files.iter().zip(0..).filter(|(file, _)| file.is_page()).map(|(_, number)| number)
    }

    /// Findings about names, and about missing files.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let linked = self.links.iter().map(|path| {
            let message = "a symbolic link".to_owned();
            Finding { rule: Rule::SymbolicLink, file: path.clone(), line: 0, message }
        });
        let mut found: Vec<Finding> = linked.collect();
        let mut folded: HashMap<String, &str> = HashMap::new();
        for file in &self.files {
            if let Some(other) = folded.insert(file.path.to_lowercase(), &file.path) {
                let message = format!("differs from `{other}` only by case");
                found.push(file.finding(Rule::NameCase, message));
            }
            found.extend(file.path.split('/').filter_map(|part| file.judge_name(part)));
        }
        for (rule, name) in
            [(Rule::NoJekyll, NO_JEKYLL.to_owned()), (Rule::NotFoundPage, Route::NotFound.file())]
        {
            if !self.by_path.contains_key(&*name) {
                let message = format!("there is no `{name}`");
                found.push(Finding { rule, file: String::new(), line: 0, message });
            }
        }
        found
    }
}

impl File {
    /// HTML for people.
    pub(super) fn is_page(&self) -> bool {
        self.path.ends_with(".html") || self.path.ends_with(".htm")
    }

    /// Whether it needs no link: hosts look for its name, or the search script loads it.
    pub(super) fn is_known_by_name(&self) -> bool {
        let is_sitemap = !self.path.contains('/')
            && self.path.starts_with("sitemap")
            && self.path.ends_with(".xml");
        let is_index =
            self.path.starts_with(&Route::SearchPart("".into()).file()) && !self.is_page();
        let entrances = [Route::Home.file(), Route::NotFound.file()];
        is_sitemap
            || is_index
            || KNOWN_BY_NAME.contains(&&*self.path)
            || site::is_file_list(&self.path)
            || entrances.iter().any(|path| **path == *self.path)
    }

    pub(super) fn finding(&self, rule: Rule, message: impl Into<String>) -> Finding {
        Finding { rule, file: self.path.to_string(), line: 0, message: message.into() }
    }

    fn judge_name(&self, name: &str) -> Option<Finding> {
        if name.len() > LONGEST_NAME {
            let message = format!("a name of {} bytes", name.len());
            return Some(self.finding(Rule::NameLong, message));
        }
        if name.starts_with('.') && *self.path != *NO_JEKYLL {
            return Some(self.finding(Rule::NameHidden, format!("`{name}` begins with a dot")));
        }
        let why = refused_by_windows(name)?;
        Some(self.finding(Rule::NameWindows, format!("`{}` {why}", name.escape_default())))
    }
}

/// Why Windows refuses a file with this name.
fn refused_by_windows(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']))
    };
    if name.contains(|c: char| c.is_control() || "<>:\"\\|?*".contains(c)) {
        Some("has a character that Windows does not allow")
    } else if name.contains('\u{fffd}') {
        Some("is not UTF-8")
    } else if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        Some("begins or ends with a dot or space")
    } else if DEVICES.contains(&&*stem) || is_numbered("com") || is_numbered("lpt") {
        Some("is a device on Windows")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_has_its_own_idea_of_names() {
        for (name, is_refused) in [
            ("index.html", false),
            ("v2..v3", false),
            ("console", false),
            ("com10", false),
            ("Con.txt", true),
            ("com1", true),
            ("a:b", true),
            ("a.", true),
            (" a", true),
            ("a\u{7}", true),
        ] {
            assert_eq!(refused_by_windows(name).is_some(), is_refused, "{name:?}");
        }
    }
}
