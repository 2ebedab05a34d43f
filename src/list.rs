//! A mailing list: its archives, and other facts about it.
//!
//! In: settings, or the path of an archive. Out: a [`List`]. Never here: the content of an archive.

use std::{path::PathBuf, sync::Arc};

/// A mailing list of the site.
#[derive(Debug, Clone, Hash)]
pub struct List {
    /// Its name in lower case, as in URLs.
    pub name: Arc<str>,
    /// Its posting address, or an empty string.
    pub address: String,
    /// Its archives; at least one.
    pub archives: Vec<PathBuf>,
    /// The address from which its archive is mirrored (`https://lore.kernel.org/linux-mtd`), as git uses it.
    pub mirror: Option<String>,
    /// The permanent address of a message, with `{id}` for its Message-ID
    /// (`https://lore.kernel.org/linux-mtd/{id}/`); empty if there is none.
    pub permalink: String,
    /// A git repository whose history is searched for applied patches.
    pub tree: Option<PathBuf>,
    /// The source from which `sync` fetches the commits of that repository.
    pub tree_mirror: Option<TreeMirror>,
}

impl List {
    /// A list with a name and an archive only.
    pub fn of_archive(name: Arc<str>, path: PathBuf) -> Self {
        Self {
            name,
            address: String::new(),
            archives: vec![path],
            mirror: None,
            permalink: String::new(),
            tree: None,
            tree_mirror: None,
        }
    }
}

/// The source from which `sync` fetches the commits of a list's tree.
#[derive(Debug, Clone, Hash)]
pub struct TreeMirror {
    /// The repository's address, as git uses it.
    pub address: String,
    /// Only commits made after this date, in git's notation; by default, those since the list's oldest mail.
    pub since: Option<String>,
}
