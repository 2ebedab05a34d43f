//! Checks `[[lists]]`.
//!
//! In: the tables as written. Out: the lists of the site, or an error with line and column. Never here: what is in
//! an archive.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use super::{
    Archives, FILE, List, TreeMirror, is_http, is_list_name,
    source::Source,
    written::{ListTable, OneOrMore},
};
use crate::{
    date::check_git_date,
    error::{Error, Reason, Result},
};

impl Source<'_> {
    pub(super) fn lists(
        &self,
        root: &Path,
        tables: Vec<ListTable>,
        archives: Archives,
    ) -> Result<Vec<List>> {
        if tables.is_empty() {
            let reason = Reason::new("the site has no list")
                .hint("add `[[lists]]` with a `name` and an `archive`, the path of its messages");
            return Err(self.wrong_file(reason));
        }
        let mut lists: Vec<List> = Vec::with_capacity(tables.len());
        for (n, table) in tables.into_iter().enumerate() {
            if lists.iter().any(|list| *list.name == *table.name) {
                let reason = format!("there are two lists named `{}`", table.name);
                return Err(self.wrong_list(n, "name", reason));
            }
            lists.push(self.list(root, n, table, archives)?);
        }
        let missing = |list: &List| {
            let is_awaited = |path: &Path| list.mirror.is_some() && is_begun_mirror(path);
            list.archives.iter().find(|path| !path.exists() || is_awaited(path)).cloned()
        };
        if archives == Archives::Present
            && let Some((list, path)) = lists.iter().find_map(|list| Some((list, missing(list)?)))
        {
            return Err(Error::NoArchive { path, hint: way_to_archive(list) });
        }
        Ok(lists)
    }

    fn list(&self, root: &Path, n: usize, table: ListTable, archives: Archives) -> Result<List> {
        if !is_list_name(&table.name) {
            let reason = Reason::new(format!("`{}` cannot be the name of a list", table.name))
                .hint("names are in URLs and made of a-z, 0-9, `-` and `.`, such as `linux-mtd`");
            return Err(self.wrong_list(n, "name", reason));
        }
        let permanent = is_http(&table.permalink) && table.permalink.contains("{id}");
        if !(permanent || table.permalink.is_empty()) {
            let reason = Reason::new(format!(
                "the permalink `{}` is not an http address with `{{id}}` in it",
                table.permalink
            ))
            .hint(
                "`{id}` stands for the Message-ID, as in `https://lore.kernel.org/linux-mtd/{id}/`",
            );
            return Err(self.wrong_list(n, "permalink", reason));
        }
        let tree = self.tree(root, n, &table, archives)?;
        let written = match table.archive {
            Some(OneOrMore::One(path)) => vec![path],
            Some(OneOrMore::More(paths)) => paths,
            None if table.mirror.is_some() => vec![Path::new("archives").join(&table.name)],
            None => Vec::new(),
        };
        if written.is_empty() {
            let reason = Reason::new("a list needs at least one archive").hint(
                "`archive` is the path of its messages, or `mirror` the address of its public-inbox, which `patchpress sync` fetches",
            );
            return Err(self.wrong_list(n, "archive", reason));
        }
        if let Some(Err(reason)) = table.tree_since.as_deref().map(check_git_date) {
            return Err(self.wrong_list(n, "tree_since", reason));
        }
        for (key, address) in [("mirror", &table.mirror), ("tree_mirror", &table.tree_mirror)] {
            if address.as_deref().is_some_and(|from| from.is_empty() || from.starts_with('-')) {
                return Err(self.wrong_list(n, key, way_to_address(key)));
            }
        }
        Ok(List {
            name: table.name.into(),
            address: table.address,
            archives: written.iter().map(|path| root.join(path)).collect(),
            mirror: table.mirror,
            permalink: table.permalink,
            tree,
            tree_mirror: table
                .tree_mirror
                .map(|address| TreeMirror { address, since: table.tree_since }),
        })
    }
    /// The clone that shows which patches were merged; `sync` puts it below `trees/`.
    fn tree(
        &self,
        root: &Path,
        n: usize,
        table: &ListTable,
        archives: Archives,
    ) -> Result<Option<PathBuf>> {
        let brought = table.tree_mirror.as_ref().map(|_| Path::new("trees").join(&table.name));
        let Some(path) = table.tree.clone().or(brought).map(|path| root.join(path)) else {
            return match table.tree_since {
                None => Ok(None),
                Some(_) => {
                    let reason =
                        Reason::new("`tree_since` needs a tree that `patchpress sync` fetches")
                            .hint("`tree_mirror` is its address");
                    Err(self.wrong_list(n, "tree_since", reason))
                }
            };
        };
        let is_awaited = table.tree_mirror.is_some() && archives == Archives::Awaited;
        if is_awaited || holds_repository(&path) {
            return Ok(Some(path));
        }
        let (key, hint) = match table.tree_mirror {
            Some(_) => ("tree_mirror", "`patchpress sync` fetches it"),
            None => (
                "tree",
                "`tree` is a clone of the repository that the list's patches are for; its commits show which patches were merged",
            ),
        };
        let reason =
            Reason::new(format!("there is no git repository at `{}`", path.display())).hint(hint);
        Err(self.wrong_list(n, key, reason))
    }
}

/// Whether there is a git repository at `path`: bare, with a work tree, or one of several work trees.
fn holds_repository(path: &Path) -> bool {
    let git = path.join(".git");
    let is_one = |path: &Path| path.join("HEAD").is_file() && path.join("objects").is_dir();
    git.is_file() || is_one(&git) || is_one(path)
}

/// Whether a `sync` created the mirror at `path` but fetched nothing: its `git` folder has no epoch.
fn is_begun_mirror(path: &Path) -> bool {
    // A folder that cannot be listed is not an empty one.
    let names = |folder: &Path| -> Option<Vec<OsString>> {
        fs::read_dir(folder).ok()?.map(|entry| Some(entry.ok()?.file_name())).collect()
    };
    let is_hidden = |name: &OsString| name.as_encoded_bytes().starts_with(b".");
    names(path).is_some_and(|names| names == ["git"])
        && names(&path.join("git")).is_some_and(|names| names.iter().all(is_hidden))
}

/// The hint for a missing archive.
fn way_to_archive(list: &List) -> String {
    match list.mirror {
        Some(_) => "`patchpress sync` fetches it".to_owned(),
        None => format!(
            "put the list's messages there, correct `archive` in {FILE}, or name its public-inbox as `mirror` and run `patchpress sync`"
        ),
    }
}

/// The hint about the address of a mirror.
fn way_to_address(key: &str) -> Reason {
    match key {
        "mirror" => Reason::new(
            "`mirror` is the address of the list's public-inbox, such as `https://lore.kernel.org/linux-mtd`",
        )
        .hint("for messages that are on this machine already, set `archive` to their path"),
        _ => Reason::new(
            "`tree_mirror` is the address of the repository that the list's patches are for, such as `https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git`",
        )
        .hint("for a clone that is on this machine already, set `tree` to its path"),
    }
}
