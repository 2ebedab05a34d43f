//! The commits of the project that a list's patches are for.
//!
//! In: the address of a repository, and a date. Out: a bare repository with the commits of the branch of HEAD,
//! without folders and files: titles, authors and links are enough to see which patches were merged. Measured with
//! 200,000 commits of generated patches (48 MB, 240 bytes per commit). Never here: a clone that somebody else made.
#![expect(clippy::disallowed_methods, reason = "the one place that changes mirrors")]

use std::{fs, path::Path};

use super::{
    News,
    git::{Answer, Extent, Git},
    own, place,
};
use crate::{archive, error::Reason};

/// The repository of a list's tree.
pub(super) struct Tree<'a> {
    pub(super) address: &'a str,
    /// Where it is.
    pub(super) path: &'a Path,
    /// A new repository gets nothing older than this, in git's notation.
    pub(super) since: Option<&'a str>,
    pub(super) git: Git<'a>,
}

impl Tree<'_> {
    /// Fetches everything new, or all of it.
    pub(super) fn sync(&self) -> News {
        let done = if self.path.exists() { self.update() } else { self.bring().map(News::Begun) };
        done.unwrap_or_else(News::Failed)
    }

    fn update(&self) -> Result<News, Reason> {
        if !place::is_of(self.path, self.address) {
            let (path, from) = (self.path.display(), self.address);
            return Err(Reason::new(format!(
                "`{path}` is not a tree that `sync` fetched from `{from}`"
            ))
            .hint(format!(
                "move `{path}` away, or, if you maintain that clone yourself, remove `tree_mirror`"
            )));
        }
        own::settle(self.path)?;
        place::clear(self.path);
        let before = self.git.newest(self.path);
        let Some(before) = before.filter(|_| archive::damage(self.path).is_none()) else {
            return self.renew().map(News::Renewed);
        };
        match self.git.branch(self.address) {
            Answer::Nothing(_) => return Ok(News::Gone),
            answer => self.fetch(self.path, &answer.known()?, Extent::All)?,
        }
        let after = self.git.newest(self.path).ok_or("it is empty now")?;
        if before == after {
            return Ok(News::Same);
        }
        Ok(match self.git.count(self.path, Some(&before), &after) {
            Some(commits) => News::More(commits),
            None => News::Rewritten(self.count(self.path)),
        })
    }

    /// Fetches it again in place of a damaged one.
    fn renew(&self) -> Result<usize, Reason> {
        let broken = self.path.with_added_extension("broken");
        fs::remove_dir_all(&broken).ok();
        place::rename(self.path, &broken)?;
        let brought = self.bring();
        match brought {
            Ok(_) => fs::remove_dir_all(&broken).ok(),
            Err(_) => fs::rename(&broken, self.path).ok(),
        };
        brought
    }

    /// Fetches it to a hidden folder, and moves it into place when it is complete; returns the number of commits.
    fn bring(&self) -> Result<usize, Reason> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let part = self.path.with_file_name(format!(".{name}.part"));
        let branch = self.git.branch(self.address).known()?;
        place::make(&self.git, &part, self.address, &branch)?;
        match self.since {
            None => self.fetch(&part, &branch, Extent::All)?,
            Some(since) => {
                // Servers refuse to send nothing: of a project that rests the newest commit is enough.
                let newest = self.fetch_commits(&part, &branch, Extent::Newest);
                if let Answer::Refused(why) = newest {
                    return Err(why.hint("clone it yourself, and name the clone as `tree`"));
                }
                newest.known()?;
                if self.git.is_since(&part, since)? {
                    self.fetch(&part, &branch, Extent::Since(since))?;
                }
            }
        }
        self.git.newest(&part).ok_or("it has no commit")?;
        place::rename(&part, self.path)?;
        Ok(self.count(self.path))
    }

    fn fetch(&self, path: &Path, branch: &str, extent: Extent<'_>) -> Result<(), Reason> {
        self.fetch_commits(path, branch, extent).known()
    }

    fn fetch_commits(&self, path: &Path, branch: &str, extent: Extent<'_>) -> Answer<()> {
        self.git.fetch_commits(path, self.address, branch, extent)
    }

    fn count(&self, path: &Path) -> usize {
        self.git.count(path, None, "HEAD").unwrap_or(0)
    }
}
