//! Watching a site's sources: what the author saves, what the archives receive.
//!
//! In: a site's folder and its other sources. Out: a call for each burst of changes, with one of the paths. The
//! system reports changes; if it cannot or does not, the module looks for them (`look`). Never here: the reaction.

mod look;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer,
    notify::{self, EventKind, RecommendedWatcher, RecursiveMode, event::ModifyKind},
};

use crate::{config, words};
use look::Seen;

/// How long to wait for the end of a burst of changes. Editors write a file in several steps, a millisecond apart;
/// later ones are another change.
const PAUSE: Duration = Duration::from_millis(30);

/// The interval of looking for changes.
const ROUND: Duration = Duration::from_secs(1);

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// The system reports them, if it can.
    Told,
    /// The program looks for them.
    Looking,
}

type Changed = Arc<dyn Fn(PathBuf) + Send + Sync>;

/// A watch on the sources of a site.
pub(crate) struct Watch {
    eyes: Eyes,
    sources: Arc<Mutex<Sources>>,
    /// The folders that the system watches, with or without the folders below them.
    told: BTreeMap<PathBuf, RecursiveMode>,
    changed: Changed,
    looking: Option<String>,
}

enum Eyes {
    Told(Debouncer<RecommendedWatcher, RecommendedCache>),
    /// Dropping the sender ends the thread.
    Looking(Arc<Mutex<Seen>>, #[expect(dead_code, reason = "dropped at the end")] Sender<()>),
}

/// The sources of a site.
#[derive(Debug)]
struct Sources {
    root: PathBuf,
    files: BTreeSet<PathBuf>,
    folders: BTreeSet<PathBuf>,
}

impl Watch {
    /// Watches the site in `root`; `changed` is called on a thread of its own.
    pub(crate) fn new(
        root: &Path,
        sight: Sight,
        changed: impl Fn(PathBuf) + Send + Sync + 'static,
    ) -> Self {
        let files = [config::FILE, ".mailmap"].map(|name| root.join(name)).into();
        let sources = Sources { root: root.to_owned(), files, folders: BTreeSet::new() };
        let sources = Arc::new(Mutex::new(sources));
        let changed: Changed = Arc::new(changed);
        let eyes = match sight {
            Sight::Told => told(&sources, &changed).map_err(|error| error.to_string()),
            Sight::Looking => Err("as `--poll` asks".to_owned()),
        };
        let (eyes, looking) = match eyes {
            Ok(debouncer) => (Eyes::Told(debouncer), None),
            Err(reason) => (look(&changed), Some(reason)),
        };
        let told = BTreeMap::new();
        let mut watch = Self { eyes, sources, told, changed, looking };
        watch.attend(root, RecursiveMode::NonRecursive);
        watch
    }

    /// Why the program looks for changes, if it does.
    pub(crate) fn looking(&self) -> Option<&str> {
        self.looking.as_deref()
    }

    /// Watches content, static files, themes, and these files and folders, as far as they exist.
    pub(crate) fn follow(&mut self, others: &[PathBuf]) {
        let root = lock(&self.sources).root.clone();
        let own = ["content", "static", "themes", words::FOLDER].map(|name| root.join(name));
        for path in own.iter().chain(others) {
            if path.is_dir() {
                lock(&self.sources).folders.insert(path.clone());
                self.attend(path, RecursiveMode::Recursive);
            } else if own.contains(path) {
                // Watched again when it comes back.
                lock(&self.sources).folders.remove(path);
                self.told.remove(path);
            } else {
                // A program that replaces a file by a new one would make a watch on the old one useless.
                lock(&self.sources).files.insert(path.clone());
                if let Some(folder) = path.parent().filter(|folder| folder.is_dir()) {
                    self.attend(folder, RecursiveMode::NonRecursive);
                }
            }
        }
    }

    /// Watches a folder, with or without the folders below it.
    fn attend(&mut self, folder: &Path, mode: RecursiveMode) {
        let is_known = self.told.get(folder).is_some_and(|known| *known == mode)
            || folder.ancestors().any(|up| self.told.get(up) == Some(&RecursiveMode::Recursive));
        if let (Eyes::Told(debouncer), false) = (&mut self.eyes, is_known) {
            let watched = match is_silent(folder) {
                true => {
                    Err(format!("the system does not report changes in `{}`", folder.display()))
                }
                false => debouncer.watch(folder, mode).map_err(|error| error.to_string()),
            };
            match watched {
                Ok(()) => drop(self.told.insert(folder.to_owned(), mode)),
                Err(reason) => {
                    self.eyes = look(&self.changed);
                    self.looking = Some(reason);
                }
            }
        }
        if let Eyes::Looking(seen, _) = &self.eyes {
            let sources = lock(&self.sources);
            let mut seen = lock(seen);
            sources.files.iter().chain(&sources.folders).for_each(|place| seen.add(place));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Asks the system to report changes.
fn told(
    sources: &Arc<Mutex<Sources>>,
    changed: &Changed,
) -> notify::Result<Debouncer<RecommendedWatcher, RecommendedCache>> {
    let (sources, changed) = (Arc::clone(sources), Arc::clone(changed));
    let tell = move |result: DebounceEventResult| {
        let events = result.unwrap_or_default();
        let path = events.iter().find_map(|event| telling(&lock(&sources), event));
        if let Some(path) = path {
            changed(path);
        }
    };
    new_debouncer(PAUSE, None, tell)
}

/// Looks for changes, once a second.
#[expect(clippy::disallowed_methods, reason = "looks in the background")]
fn look(changed: &Changed) -> Eyes {
    let seen = Arc::new(Mutex::new(Seen::default()));
    let (end, ended) = mpsc::channel::<()>();
    let (theirs, changed) = (Arc::clone(&seen), Arc::clone(changed));
    thread::spawn(move || {
        while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(ROUND) {
            let changes = lock(&theirs).changes();
            if let Some(path) = changes.into_iter().find(|path| !is_passing(path)) {
                changed(path);
            }
        }
    });
    Eyes::Looking(seen, end)
}

/// Whether a file system does not report changes by others: Windows drives under WSL, folders shared between a host
/// and a virtual machine or container, and network drives.
#[cfg(target_os = "linux")]
fn is_silent(path: &Path) -> bool {
    // statfs(2): 9p, NFS, SMB, CIFS, VirtualBox's, FUSE (as which Docker Desktop shares folders).
    const SILENT: [u32; 6] =
        [0x0102_1997, 0x6969, 0xfe53_4d42, 0xff53_4d42, 0x786f_4256, 0x6573_5546];
    let kind = rustix::fs::statfs(path).map(|system| system.f_type as u32);
    kind.is_ok_and(|kind| SILENT.contains(&kind))
}

/// On other systems, changes are reported.
#[cfg(not(target_os = "linux"))]
fn is_silent(_: &Path) -> bool {
    false
}

/// The path of an event that changes the site, if it is one. Reading a file is an event, too, and a build reads them
/// all.
fn telling(sources: &Sources, event: &DebouncedEvent) -> Option<PathBuf> {
    let changes = match event.kind {
        EventKind::Modify(ModifyKind::Metadata(_)) => false,
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) => true,
        _ => false,
    };
    event.paths.iter().find(|path| changes && sources.hold(path)).cloned()
}

impl Sources {
    /// Whether a path is part of them, not an editor's or git's passing file.
    fn hold(&self, path: &Path) -> bool {
        if path.parent() == Some(&self.root) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            return ["content", "static", "themes", words::FOLDER].contains(&name)
                || self.files.contains(path);
        }
        let is_below = self.folders.iter().any(|folder| path.starts_with(folder));
        self.files.contains(path) || is_below && !is_passing(path)
    }
}

/// Temporary files of an editor or of git.
fn is_passing(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let is_hidden = name.starts_with('.') && name != ".mailmap";
    is_hidden || name.ends_with('~') || name.ends_with(".lock") || name == "4913"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passing_files_are_no_sources() {
        let paths = |paths: &[&str]| paths.iter().map(PathBuf::from).collect();
        let sources = Sources {
            root: "/site".into(),
            files: paths(&["/site/site.toml", "/site/list.mbox", "/mail/a.mbox", "/site/.mailmap"]),
            folders: paths(&["/site/content", "/site/themes", "/mail/list", "/mail/Maildir"]),
        };
        for (path, yes) in [
            ("/site/site.toml", true),
            ("/site/.mailmap", true),
            ("/site/list.mbox", true),
            ("/site/content", true),
            ("/site/content/about.md", true),
            ("/site/themes/mine/templates/base.html", true),
            ("/mail/list/git/0.git/objects/1f/2e", true),
            ("/mail/Maildir/cur/1:2,S", true),
            ("/mail/a.mbox", true),
            ("/mail/b.mbox", false),
            ("/site", false),
            ("/site/README", false),
            ("/site/.patchpress", false),
            ("/site/public", false),
            ("/site/content/.about.md.swp", false),
            ("/site/content/about.md~", false),
            ("/site/content/4913", false),
            ("/mail/list/git/0.git/packed-refs.lock", false),
        ] {
            assert_eq!(sources.hold(Path::new(path)), yes, "{path}");
        }
    }
}
