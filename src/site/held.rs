//! How many mails each archive held when the site was built.
//!
//! In: settings, and how many mails the archives hold now. Out: an error where a list has lost many, a note where it has
//! lost a few: a disk that fails, a folder that is not mounted and a transfer that broke off take mails away, too, and a
//! good site must not give way to what they left. Only a build that was done is remembered, and of a list the most that
//! it ever held, so that a loss in small steps adds up; `--allow-shrink` begins anew. `export` and `digest` neither look nor
//! remember.
//! Never here: mails; what `[redact]` takes out, which is counted as held.
//!
//! Kept in the site's [`Cache`], a line an archive. Where that is gone, or was kept under other terms, there is nothing
//! to compare with: the pages tell of messages, not of the mails of an archive. A site that was built before says so.
//!
//! An archive that its owner emptied is taken for that from the build on that accepts it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::{Path, PathBuf},
};

use super::file::MANIFEST;
use crate::{
    cache::Cache,
    config::{List, Settings},
    error::{Error, Note, NoteKind, Result},
};

/// The file, and the version of its form.
const FILE: (&str, &str) = ("held", "held 1");

/// A list may lose one mail in so many.
const SHARE: usize = 10;

/// A list may lose so many mails, however few it has: one that is purged from a list of five is no damage.
const FEW: usize = 3;

/// How many mails the archives hold, by their paths.
pub(super) type Counts = BTreeMap<PathBuf, usize>;

/// What the last build found.
#[derive(Debug)]
pub(super) struct Held {
    cache: Cache,
    root: PathBuf,
    /// Nothing, where nobody remembers.
    before: Option<BTreeMap<String, usize>>,
    may_shrink: bool,
}

impl Held {
    /// What the last build of the site found.
    pub(super) fn load(settings: &Settings) -> Self {
        let cache = settings.cache();
        let text = cache.load(FILE.0, FILE.1);
        let line = |line: &str| {
            let (count, path) = line.split_once(' ')?;
            Some((path.to_owned(), count.parse().ok()?))
        };
        let before = text.map(|text| text.lines().filter_map(line).collect());
        let root = settings.root.clone();
        Self { cache, root, before, may_shrink: settings.may_shrink }
    }

    /// The archives that may be empty: all where their owner says so, and those for which he said so before.
    pub(super) fn may_be_empty(&self, lists: &[List]) -> BTreeSet<PathBuf> {
        let known = |path: &&PathBuf| {
            let before = self.before.as_ref().and_then(|before| before.get(&self.name(path)));
            self.may_shrink || before == Some(&0)
        };
        lists.iter().flat_map(|list| &list.archives).filter(known).cloned().collect()
    }

    /// A note where a site was built before, and nobody remembers of what.
    pub(super) fn forgotten(&self, output: &Path) -> Option<Note> {
        let is_forgotten = self.before.is_none() && output.join(MANIFEST).exists();
        let detail = "patchpress cannot tell whether a list has lost messages: `.patchpress` was removed, \
            or [redact] or [privacy] changed";
        is_forgotten.then(|| Note::new(NoteKind::Unremembered, detail))
    }

    /// Whether the lists have what they had; a note for each that has lost a few mails. Archives that were not named then,
    /// and those that are not named any more, are what the site's owner wants them to be.
    ///
    /// # Errors
    /// [`Error::Shrunk`].
    pub(super) fn check(&self, lists: &[List], now: &Counts) -> Result<Vec<Note>> {
        if self.may_shrink {
            return Ok(Vec::new());
        }
        lists.iter().filter_map(|list| self.check_list(list, now).transpose()).collect()
    }

    /// The archives of a list count together: mails move from one to another, as from a month's to a year's.
    fn check_list(&self, list: &List, now: &Counts) -> Result<Option<Note>> {
        let [before, left] = self.sums(list, now);
        if is_loss(before, left) {
            let is_less = |path: &&PathBuf| at(now, path) < self.before_at(path);
            let less = list.archives.iter().filter(is_less);
            let paths = less.map(|path| format!("`{}`", path.display())).collect::<Vec<_>>();
            let (list, paths) = (list.name.clone(), paths.join(", "));
            return Err(Error::Shrunk { list, before, now: left, paths });
        }
        let detail = || {
            format!(
                "`{}` had {before} messages and now has {left}; `--allow-shrink` accepts that",
                list.name
            )
        };
        Ok((left < before).then(|| Note::new(NoteKind::Shrunk, detail())))
    }

    /// How many mails the archives of a list held, and hold.
    fn sums(&self, list: &List, now: &Counts) -> [usize; 2] {
        let paths = || list.archives.iter();
        [paths().map(|path| self.before_at(path)).sum(), paths().map(|path| at(now, path)).sum()]
    }

    fn before_at(&self, path: &Path) -> usize {
        let before = self.before.as_ref().and_then(|before| before.get(&self.name(path)));
        before.copied().unwrap_or(0)
    }

    /// Remembers what a build found that was done; of a list that has lost messages what it had before.
    pub(super) fn keep(&self, lists: &[List], now: &Counts) {
        let mut text = String::new();
        for list in lists {
            let [before, left] = self.sums(list, now);
            let is_less = left < before && !self.may_shrink;
            for path in &list.archives {
                let count = if is_less { self.before_at(path) } else { at(now, path) };
                // One that is new is not one that was emptied.
                if count > 0 || at(now, path) == 0 {
                    // Writing to a string cannot fail.
                    let _ = writeln!(text, "{count} {}", self.name(path));
                }
            }
        }
        self.cache.store(FILE.0, FILE.1, text);
    }

    /// The path of an archive on a line; below the site's folder, which may have moved since, counted from there.
    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\n', " ")
    }
}

fn at(counts: &Counts, path: &Path) -> usize {
    counts.get(path).copied().unwrap_or(0)
}

/// Whether so much is gone that nobody should overlook it.
fn is_loss(before: usize, now: usize) -> bool {
    let lost = before.saturating_sub(now);
    lost > FEW && lost * SHARE > before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_and_more_than_a_few() {
        for (before, now, is) in [
            (0, 0, false),
            (5, 4, false),
            (5, 2, false),
            (5, 1, true),
            (30, 27, false),
            (30, 26, true),
            (1000, 900, false),
            (1000, 899, true),
            (1000, 2000, false),
        ] {
            assert_eq!(is_loss(before, now), is, "{before} to {now}");
        }
    }
}
