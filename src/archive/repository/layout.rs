//! The places of a git repository's parts, and its format.
//!
//! In: a folder. Out: its git folders; the format in its configuration, or why that format is not read. Never here:
//! other settings; an object.
//!
//! Unknown formats are refused. A repository in a future format looks empty to a present reader. Those in git's
//! `reftable` format did, and an empty site replaced a good one.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::config::{self, Variable};
use crate::{archive::files, error::Reason};

/// Extensions that make no difference to a reader of objects and branches.
const HARMLESS: [&str; 6] =
    ["noop", "noop-v1", "preciousobjects", "worktreeconfig", "relativeworktrees", "partialclone"];

/// The folders of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::archive) struct Folders {
    /// The path for git to open: the folder itself, or the `.git` in it, which is a folder, or a file that names
    /// one.
    pub(in crate::archive) entrance: PathBuf,
    /// Where HEAD is.
    pub(in crate::archive) git: PathBuf,
    /// The folder with branches, objects and the configuration: another one if there are several work trees.
    pub(in crate::archive) common: PathBuf,
}

impl Folders {
    /// The folders of the repository at `path`, if there is one.
    pub(in crate::archive) fn of(path: &Path) -> Self {
        let inner = path.join(".git");
        let (entrance, git) = if files::is_folder(&inner) {
            (inner.clone(), inner)
        } else if let Some(led) = led(&inner) {
            (inner, path.join(led))
        } else {
            (path.to_owned(), path.to_owned())
        };
        let common = fs::read_to_string(git.join("commondir"));
        let common = common.map_or(git.clone(), |to| git.join(to.trim()));
        Self { entrance, git, common }
    }

    /// Whether they belong to a repository.
    pub(in crate::archive) fn are_there(&self) -> bool {
        // The objects must not be behind a link.
        let objects = fs::symlink_metadata(self.common.join("objects"));
        objects.map_or_else(|why| !files::is_absent(&why), |found| found.is_dir())
            && files::may_be(&self.git.join("HEAD"), fs::Metadata::is_file)
    }
}

/// The git folder that the `.git` file of a work tree names.
fn led(path: &Path) -> Option<PathBuf> {
    // Not a link, nor a pipe, which would block.
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    let line = fs::read_to_string(path).ok()?;
    Some(line.strip_prefix("gitdir:")?.trim().into())
}

/// The format of a repository, by its configuration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    /// Whether it was cloned without some objects, which git fetches on demand.
    pub(super) is_partial: bool,
}

impl Form {
    /// Reads the configuration in `common`; `path` is what people call the repository.
    ///
    /// # Errors
    /// The reason, as text, why the format is not read.
    pub(super) fn read(path: &Path, common: &Path) -> Result<Self, Reason> {
        let is_pipe = |name| {
            let kind = fs::metadata(common.join(name)).map(|found| found.file_type());
            kind.is_ok_and(|kind| !kind.is_file() && !kind.is_dir())
        };
        if let Some(name) = ["config", "packed-refs", "shallow"].into_iter().find(|n| is_pipe(*n)) {
            return Err(format!("its `{name}` is not a file").into());
        }
        let bytes = match fs::read(common.join("config")) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read.map_err(|why| format!("its `config` cannot be read: {why}"))?,
        };
        let variables = config::variables(&bytes).ok_or_else(|| {
            Reason::new("its `config` is damaged").hint("`git config --list` shows where")
        })?;
        if common.join("reftable").is_dir() {
            return Err(reftable(path));
        }
        let mut is_partial = false;
        for Variable { section, name, value } in variables {
            match &*section {
                "extensions" => {
                    check(path, &name, &value.to_ascii_lowercase())?;
                    is_partial |= name == "partialclone";
                }
                "remote" => is_partial |= name == "promisor",
                _ => {}
            }
        }
        Ok(Self { is_partial })
    }
}

/// Whether this program reads a repository with this extension correctly.
fn check(path: &Path, name: &str, value: &str) -> Result<(), Reason> {
    match (name, value) {
        ("objectformat", "sha1") | ("refstorage", "files") => Ok(()),
        ("objectformat", "sha256") => {
            let what = "its objects have SHA-256 names, and patchpress reads only SHA-1";
            Err(Reason::new(what).hint(format!(
                "`git init --bare NEW && git -C {} fast-export --all | git -C NEW fast-import` converts it",
                path.display()
            )))
        }
        ("refstorage", "reftable") => Err(reftable(path)),
        (name, _) if HARMLESS.contains(&name) => Ok(()),
        (name, value) => Err(Reason::new(format!(
            "patchpress does not know its extension `{name} = {value}`, and would misread it"
        ))
        .hint(format!("`git clone --mirror {} NEW` makes a copy without it", path.display()))),
    }
}

fn reftable(path: &Path) -> Reason {
    let what = "its branches are in git's `reftable` format, which patchpress does not read";
    Reason::new(what).hint(format!(
        "`git -C {} refs migrate --ref-format=files` converts them to files (git 2.46; with reflogs, 2.48)",
        path.display()
    ))
}
