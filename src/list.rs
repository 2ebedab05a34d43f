//! A mailing list: where its messages lie, and what is known of it beside them.
//!
//! In: settings, or the path of an archive. Out: a [`List`]. Never here: what is in an archive.

use std::{path::PathBuf, sync::Arc};

/// A mailing list of the site.
#[derive(Debug, Clone, Hash)]
pub struct List {
    /// Its name, in lower case, as URLs have it.
    pub name: Arc<str>,
    /// Its posting address, or an empty string.
    pub address: String,
    /// Where its messages lie; one or more archives.
    pub archives: Vec<PathBuf>,
    /// Where its archive is mirrored from (`https://lore.kernel.org/linux-mtd`), as git takes it.
    pub mirror: Option<String>,
    /// The permanent address of a message, `{id}` standing for its Message-ID
    /// (`https://lore.kernel.org/linux-mtd/{id}/`); empty if there is none.
    pub permalink: String,
    /// A git repository in whose history applied patches are looked for.
    pub tree: Option<PathBuf>,
    /// Where the commits of that repository are fetched from, where `sync` brings them.
    pub tree_mirror: Option<TreeMirror>,
}

impl List {
    /// A list of which nothing is known but where its messages lie.
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

/// Where `sync` fetches the commits of a list's tree from.
#[derive(Debug, Clone, Hash)]
pub struct TreeMirror {
    /// The repository's address, as git takes it.
    pub address: String,
    /// Only commits made after this date, as git takes it; otherwise those made since the list's oldest mail.
    pub since: Option<String>,
}
