//! Watching a site's sources: what the author saves, what the archives receive.
//!
//! In: a site's folder and its archives. Out: a call for each burst of changes, with one of the
//! paths. Never here: what is done about it.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer,
    notify::{EventKind, RecommendedWatcher, RecursiveMode, event::ModifyKind},
};

use crate::{
    config,
    error::{Error, Result},
};

/// How long a burst of changes is waited out. Editors write a file in several steps.
const PAUSE: Duration = Duration::from_millis(100);

/// Eyes on the sources of a site.
pub(crate) struct Watch {
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    root: PathBuf,
    followed: BTreeSet<PathBuf>,
}

impl Watch {
    /// Watches the site in `root`; `changed` is called on a thread of its own.
    ///
    /// # Errors
    /// [`Error::Read`] where the system cannot watch.
    pub(crate) fn new(root: &Path, changed: impl Fn(PathBuf) + Send + 'static) -> Result<Self> {
        let site = root.to_owned();
        let tell = move |result: DebounceEventResult| {
            let events = result.unwrap_or_default();
            if let Some(path) = events.iter().find_map(|event| telling(&site, event)) {
                changed(path);
            }
        };
        let debouncer = new_debouncer(PAUSE, None, tell).map_err(|e| cannot(root, e))?;
        let mut watch = Self { debouncer, root: root.to_owned(), followed: BTreeSet::new() };
        watch.look_at(root, RecursiveMode::NonRecursive)?;
        Ok(watch)
    }

    /// Follows content, themes and these archives, as far as they are there by now.
    ///
    /// # Errors
    /// [`Error::Read`] where the system cannot watch one more.
    pub(crate) fn follow(&mut self, archives: &[PathBuf]) -> Result<()> {
        let own = ["content", "themes"].map(|name| self.root.join(name));
        for path in own.iter().chain(archives) {
            if path.exists() {
                self.look_at(path, RecursiveMode::Recursive)?;
            } else {
                // Watched anew when it comes back.
                self.followed.remove(path);
            }
        }
        Ok(())
    }

    fn look_at(&mut self, path: &Path, mode: RecursiveMode) -> Result<()> {
        if self.followed.insert(path.to_owned()) {
            self.debouncer.watch(path, mode).map_err(|e| cannot(path, e))?;
        }
        Ok(())
    }
}

fn cannot(path: &Path, error: notify_debouncer_full::notify::Error) -> Error {
    Error::Read { path: path.to_owned(), source: io::Error::other(error) }
}

/// The path of an event that changes the site, if it is one. Reading a file is an event too, and a
/// build reads them all.
fn telling(root: &Path, event: &DebouncedEvent) -> Option<PathBuf> {
    let changes = match event.kind {
        EventKind::Modify(ModifyKind::Metadata(_)) => false,
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) => true,
        _ => false,
    };
    let path = event.paths.iter().find(|path| changes && is_source(root, path));
    path.cloned()
}

/// Whether a path is part of the sources, not an editor's or git's passing file.
fn is_source(root: &Path, path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if path.parent() == Some(root) {
        return [config::FILE, "content", "themes"].contains(&name);
    }
    !(name.starts_with('.') || name.ends_with('~') || name.ends_with(".lock") || name == "4913")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passing_files_are_no_sources() {
        for (path, yes) in [
            ("/site/site.toml", true),
            ("/site/content", true),
            ("/site/content/about.md", true),
            ("/site/themes/mine/templates/base.html", true),
            ("/mail/list/git/0.git/objects/1f/2e", true),
            ("/mail/Maildir/cur/1:2,S", true),
            ("/site/README", false),
            ("/site/.patchpress", false),
            ("/site/public", false),
            ("/site/content/.about.md.swp", false),
            ("/site/content/about.md~", false),
            ("/site/content/4913", false),
            ("/mail/list/git/0.git/packed-refs.lock", false),
        ] {
            assert_eq!(is_source(Path::new("/site"), Path::new(path)), yes, "{path}");
        }
    }
}
