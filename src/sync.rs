//! `sync`: updates the mirrors of lists.
//!
//! In: lists with the address of their archive (`mirror`). Out: git repositories below the list's `archive`,
//! `git/0.git`, `git/1.git` …, as public-inbox numbers its epochs, and what is new. For a list with a source of its
//! `tree` (`tree_mirror`), also the commits of that ([`tree`]).
//!
//! **Never a broken mirror.** A new epoch is fetched into a hidden folder next to its place, and renamed when it is
//! complete. If a single transfer fails, it is fetched in steps, newest messages first, and the next run continues
//! an interrupted one. A fetch into an existing epoch moves its branches last. The next run removes whatever else a
//! killed run left. An epoch that is gone upstream stays.
//!
//! **A mirror is input.** Its files may come from a cache, or from somebody else: it cannot name a program to run,
//! or another place ([`own`]).
//!
//! Never here: a mail, a decision about what a mirror holds; git's own program does all transfers ([`git`]).
#![expect(clippy::disallowed_methods, reason = "the one place that changes mirrors")]

mod git;
mod mirror;
mod own;
mod place;
mod tree;

use std::{
    fmt,
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use crate::{
    config::{self, List},
    date::Timestamp,
    error::{Error, Reason, Result},
    text::plural,
};
use git::Git;
use mirror::Mirror;
use tree::Tree;

/// The effort for a transfer.
#[derive(Debug, Clone)]
pub struct Effort {
    /// The number of attempts.
    pub tries: u32,
    /// The pause before the second attempt; each further one is four times as long.
    pub pause: Duration,
    /// The time limit of a transfer.
    pub time: Duration,
    /// A new mirror gets only what came after this date, in git's notation.
    pub since: Option<String>,
}

impl Default for Effort {
    fn default() -> Self {
        Self {
            tries: 3,
            pause: Duration::from_secs(2),
            time: Duration::from_secs(1800),
            since: None,
        }
    }
}

/// The change of an epoch of a mirror, or of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// It is new, with this many messages (for a tree: commits).
    Begun(usize),
    /// This many arrived.
    More(usize),
    /// Nothing came.
    Same,
    /// Its history was rewritten, as after a purge; it has this many now.
    Rewritten(usize),
    /// It was damaged and fetched again, and has this many.
    Renewed(usize),
    /// Nothing came to it since the requested date; it is left out.
    Older,
    /// It is gone upstream; the mirror keeps it.
    Gone,
    /// The update failed for this reason; it is unchanged.
    Failed(Reason),
}

/// The parts of a list's mirror.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// An epoch of its archive.
    Epoch(u32),
    /// The commits of its tree.
    Tree,
}

impl Part {
    fn many(self, count: usize) -> String {
        match self {
            Self::Epoch(_) => plural(count, "message", "messages"),
            Self::Tree => plural(count, "commit", "commits"),
        }
    }

    fn more(self, count: usize) -> String {
        match self {
            Self::Epoch(_) => plural(count, "new message", "new messages"),
            Self::Tree => plural(count, "new commit", "new commits"),
        }
    }

    /// The change, in words.
    pub fn tell(self, news: &News) -> String {
        match news {
            News::Begun(count) => format!("new, with {}", self.many(*count)),
            News::More(count) => self.more(*count),
            News::Same => "nothing new".to_owned(),
            News::Rewritten(count) => {
                format!("its history was rewritten upstream; it has {} now", self.many(*count))
            }
            News::Renewed(count) => {
                format!("it was damaged; fetched again, with {}", self.many(*count))
            }
            News::Older => "nothing since then; left out".to_owned(),
            News::Gone => "no longer upstream; the mirror keeps it".to_owned(),
            News::Failed(reason) => format!("not brought up to date: {reason}"),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Epoch(epoch) => write!(f, "epoch {epoch}"),
            Self::Tree => write!(f, "tree"),
        }
    }
}

/// The changes of a list's mirror, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synced {
    /// The list.
    pub list: Arc<str>,
    /// Its epochs, and its tree.
    pub parts: Vec<(Part, News)>,
}

impl Synced {
    /// Whether everything upstream is here.
    pub fn is_complete(&self) -> bool {
        self.parts.iter().all(|(_, news)| !matches!(news, News::Failed(_)))
    }
}

/// The form of the addresses of a list's epochs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `https://lore.kernel.org/kvmarm/0`, on a public-inbox server.
    Served,
    /// `/srv/kvmarm/git/0.git`, in a mirror.
    Folder,
    /// The address is a repository itself.
    Single,
}

/// Every form, in the order of attempts.
const FORMS: [Form; 3] = [Form::Served, Form::Folder, Form::Single];

impl Form {
    fn address(self, upstream: &str, epoch: u32) -> String {
        let upstream = upstream.trim_end_matches('/');
        match self {
            Self::Served => format!("{upstream}/{epoch}"),
            Self::Folder => format!("{upstream}/git/{epoch}.git"),
            Self::Single => upstream.to_owned(),
        }
    }
}

/// The lists to mirror: those with these names, or all with a mirror, of which there may be none.
///
/// # Errors
/// [`Error::Usage`] for an unknown name, and for a named list without a mirror.
pub fn chosen<'a>(lists: &'a [List], names: &[String]) -> Result<Vec<&'a List>> {
    let named = |name: &String| {
        let list = lists
            .iter()
            .find(|list| *list.name == **name)
            .ok_or_else(|| config::no_list(name, lists))?;
        match has_mirror(list) {
            true => Ok(list),
            false => Err(Error::Usage(
                Reason::new(format!("the list `{name}` has no mirror")).hint(MIRROR_HINT),
            )),
        }
    };
    if !names.is_empty() {
        return names.iter().map(named).collect();
    }
    Ok(lists.iter().filter(|list| has_mirror(list)).collect())
}

fn has_mirror(list: &List) -> bool {
    list.mirror.is_some() || list.tree_mirror.is_some()
}

/// How to give a list a mirror.
pub const MIRROR_HINT: &str = "`mirror = \"https://lore.kernel.org/linux-mtd\"` in its `[[lists]]` is the address of its public-inbox";

/// Updates the mirror of a list, and the commits of its tree; does nothing for a list without either.
///
/// # Errors
/// Fails with [`Error::Git`] if nothing answers at the address and there is no mirror yet, or if git is missing;
/// with [`Error::Write`]; with [`Error::Usage`] if another `sync` is running.
pub fn sync(list: &List, effort: &Effort) -> Result<Synced> {
    let mut synced = Synced { list: Arc::clone(&list.name), parts: Vec::new() };
    if let (Some(upstream), Some(archive)) = (&list.mirror, list.archives.first()) {
        let folder = archive.join("git");
        let lock = lock(&folder)?;
        let git = Git { effort, lock: &lock };
        let epochs = sync_epochs(&Mirror { upstream, folder: &folder, git })?;
        synced.parts.extend(epochs.into_iter().map(|(epoch, news)| (Part::Epoch(epoch), news)));
    }
    if let (Some(from), Some(path)) = (&list.tree_mirror, &list.tree) {
        let lock = lock(path.parent().unwrap_or(path))?;
        let git = Git { effort, lock: &lock };
        let since = from.since.clone().or_else(|| begin_of(list, &git)).or(effort.since.clone());
        let tree = Tree { address: &from.address, path, since: since.as_deref(), git };
        synced.parts.push((Part::Tree, tree.sync()));
    }
    Ok(synced)
}

/// The date of the oldest message of a mirrored list: no older commit can be one of its patches.
fn begin_of(list: &List, git: &Git<'_>) -> Option<String> {
    list.mirror.as_ref()?;
    let folder = list.archives.first()?.join("git");
    let oldest = mirror::epochs(&folder).ok()?.into_iter().next()?;
    let seconds = git.oldest(&folder.join(format!("{oldest}.git")))?;
    // git takes a day; the clocks of senders and committers may differ by as much.
    Some(Timestamp(seconds.saturating_sub(86_400)).rfc3339())
}

/// Updates the epochs of a mirror.
fn sync_epochs(mirror: &Mirror<'_>) -> Result<Vec<(u32, News)>> {
    let upstream = mirror.upstream;
    let here = mirror::epochs(mirror.folder)?;
    let form = match mirror.form(&here) {
        Ok(form) => form,
        Err(reason) if here.is_empty() => {
            return Err(Error::Git { path: PathBuf::from(upstream), reason });
        }
        Err(reason) => {
            return Ok(here.iter().map(|e| (*e, News::Failed(reason.clone()))).collect());
        }
    };
    let mut epochs: Vec<_> =
        here.iter().map(|epoch| (*epoch, mirror.update(form, *epoch))).collect();
    if form == Form::Single && !here.is_empty() {
        return Ok(epochs);
    }
    let mut next = here.last().map_or(0, |last| last + 1);
    while let Some(news) = mirror.begin(form, next) {
        let goes_on = matches!(news, News::Begun(_) | News::Older) && form != Form::Single;
        epochs.push((next, news));
        next += 1;
        if !goes_on {
            break;
        }
    }
    match epochs.as_slice() {
        [(0, News::Failed(reason))] if here.is_empty() => {
            Err(Error::Git { path: PathBuf::from(upstream), reason: reason.clone() })
        }
        epochs if here.is_empty() && epochs.iter().all(|(_, news)| *news == News::Older) => {
            let since = mirror.git.effort.since.as_deref().unwrap_or_default();
            Err(Error::usage(format!("`{upstream}` has nothing since `{since}`")))
        }
        _ => Ok(epochs),
    }
}

/// Locks out other runs as long as it lives, or as long as a git that was started under it runs.
fn lock(folder: &Path) -> Result<File> {
    fs::create_dir_all(folder).map_err(Error::write(folder))?;
    let path = folder.join(".sync-lock");
    // Do not truncate: a link here, to somebody's file, then does no harm.
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(Error::write(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let what = format!("another `patchpress sync` is running in `{}`", folder.display());
            Err(Error::Usage(Reason::new(what).hint("wait for it, or stop it")))
        }
        Err(TryLockError::Error(source)) => Err(Error::Write { path, source }),
    }
}
