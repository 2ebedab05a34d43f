//! How many mails each archive had when the site was built.
//!
//! In: settings, and how many mails the archives have now. Out: an error if a list has lost many, a note if it has
//! lost a few. A failing disk, an unmounted folder and an interrupted transfer lose mails, too, and the remaining
//! ones must not replace a good site. Only completed builds are recorded, and for each list the highest count, so
//! that a loss in small steps adds up; `--allow-shrink` starts again. `export` and `digest` neither check nor
//! record. Never here: mails; text that `[redact]` removes, which counts as present.
//!
//! Kept in the site's [`Cache`], one line per archive. If the cache is gone, or was kept under other rules, there
//! is nothing to compare with: pages show messages, not the mails of an archive. If the site was built before, a
//! note says so.
//!
//! An archive that its owner emptied counts as empty from the build that accepts it.

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

/// A list may lose one mail in this many.
const SHARE: usize = 10;

/// A list may lose this many mails, however few it has: one mail purged from a list of five is not damage.
const FEW: usize = 3;

/// How many mails the archives have, by path.
pub(super) type Counts = BTreeMap<PathBuf, usize>;

/// The counts of the last build.
#[derive(Debug)]
pub(super) struct Held {
    cache: Cache,
    root: PathBuf,
    /// No counts, if none are recorded.
    before: Option<BTreeMap<String, usize>>,
    may_shrink: bool,
}

impl Held {
    /// The counts of the last build of the site.
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

    /// The archives that may be empty: all if the owner says so, and those for which the owner said so before.
    pub(super) fn may_be_empty(&self, lists: &[List]) -> BTreeSet<PathBuf> {
        let known = |path: &&PathBuf| {
            let before = self.before.as_ref().and_then(|before| before.get(&self.name(path)));
            self.may_shrink || before == Some(&0)
        };
        lists.iter().flat_map(|list| &list.archives).filter(known).cloned().collect()
    }

    /// A note if a site was built before, but no counts are recorded.
    pub(super) fn forgotten(&self, output: &Path) -> Option<Note> {
        let is_forgotten = self.before.is_none() && output.join(MANIFEST).exists();
        let detail = "patchpress cannot tell whether a list has lost messages: `.patchpress` was removed, \
            or [redact] or [privacy] changed";
        is_forgotten.then(|| Note::new(NoteKind::Unremembered, detail))
    }

    /// Checks that the lists have as many mails as before, with a note for each that has lost a few. Added and
    /// removed archives are the decision of the site's owner.
    ///
    /// # Errors
    /// Fails with [`Error::Shrunk`].
    pub(super) fn check(&self, lists: &[List], now: &Counts) -> Result<Vec<Note>> {
        if self.may_shrink {
            return Ok(Vec::new());
        }
        lists.iter().filter_map(|list| self.check_list(list, now).transpose()).collect()
    }

    /// The archives of a list count together, because mails move between them, such as from that of a month to that
    /// of a year.
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

    /// How many mails the archives of a list had, and have.
    fn sums(&self, list: &List, now: &Counts) -> [usize; 2] {
        let paths = || list.archives.iter();
        [paths().map(|path| self.before_at(path)).sum(), paths().map(|path| at(now, path)).sum()]
    }

    fn before_at(&self, path: &Path) -> usize {
        let before = self.before.as_ref().and_then(|before| before.get(&self.name(path)));
        before.copied().unwrap_or(0)
    }

    /// Records the counts of a completed build; for a list that has lost messages, the count before.
    pub(super) fn keep(&self, lists: &[List], now: &Counts) {
        let mut text = String::new();
        for list in lists {
            let [before, left] = self.sums(list, now);
            let is_less = left < before && !self.may_shrink;
            for path in &list.archives {
                let count = if is_less { self.before_at(path) } else { at(now, path) };
                // A new archive is not an emptied one.
                if count > 0 || at(now, path) == 0 {
                    // Writing to a string cannot fail.
                    let _ = writeln!(text, "{count} {}", self.name(path));
                }
            }
        }
        self.cache.store(FILE.0, FILE.1, text);
    }

    /// The path of an archive on a line; inside the site's folder, relative to it, because the folder may move.
    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\n', " ")
    }
}

fn at(counts: &Counts, path: &Path) -> usize {
    counts.get(path).copied().unwrap_or(0)
}

/// Whether the loss is too large to continue.
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
