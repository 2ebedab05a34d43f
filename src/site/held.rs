//! How many mails each archive held when the site was built last.
//!
//! In: settings, and how many mails the archives hold now. Out: an error where a list has lost many: a disk that fails, a
//! folder that is not mounted and a transfer that broke off take mails away, too, and a good site must not give way to
//! what they left. Only a build that was done is remembered; `export` and `digest` neither look nor remember.
//! Never here: mails; what `[redact]` takes out, which is counted as held.
//!
//! Kept in the site's [`Cache`], a line an archive. What was kept under other terms is gone, and then there is nothing
//! to compare with.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
};

use crate::{
    cache::Cache,
    config::{List, Settings},
    error::{Error, Result},
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
    before: BTreeMap<String, usize>,
    may_shrink: bool,
}

impl Held {
    /// What the last build of the site found.
    pub(super) fn load(settings: &Settings) -> Self {
        let cache = Cache::of_site(settings);
        let text = cache.load(FILE.0, FILE.1).unwrap_or_default();
        let line = |line: &str| {
            let (count, path) = line.split_once(' ')?;
            Some((path.to_owned(), count.parse().ok()?))
        };
        let before = text.lines().filter_map(line).collect();
        let root = settings.root.clone();
        Self { cache, root, before, may_shrink: settings.may_shrink }
    }

    /// Whether the lists have what they had. Archives that were not named then, and those that are not named any more,
    /// are what the site's owner wants them to be.
    ///
    /// # Errors
    /// [`Error::Shrunk`].
    pub(super) fn check(&self, lists: &[List], now: &Counts) -> Result<()> {
        if self.may_shrink {
            return Ok(());
        }
        lists.iter().try_for_each(|list| self.check_list(list, now))
    }

    /// The archives of a list count together: mails move from one to another, as from a month's to a year's.
    fn check_list(&self, list: &List, now: &Counts) -> Result<()> {
        let before_at = |path: &Path| self.before.get(&self.name(path)).copied().unwrap_or(0);
        let now_at = |path: &Path| now.get(path).copied().unwrap_or(0);
        let before = list.archives.iter().map(|path| before_at(path)).sum();
        let left = list.archives.iter().map(|path| now_at(path)).sum();
        if !is_loss(before, left) {
            return Ok(());
        }
        let less = list.archives.iter().filter(|path| now_at(path) < before_at(path));
        let paths = less.map(|path| format!("`{}`", path.display())).collect::<Vec<_>>();
        Err(Error::Shrunk { list: list.name.clone(), before, now: left, paths: paths.join(", ") })
    }

    /// Remembers what a build found that was done.
    pub(super) fn keep(&self, now: &Counts) {
        let mut text = String::new();
        for (path, count) in now {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{count} {}", self.name(path));
        }
        self.cache.store(FILE.0, FILE.1, text);
    }

    /// The path of an archive on a line; below the site's folder, which may have moved since, counted from there.
    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\n', " ")
    }
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
