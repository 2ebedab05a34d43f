//! `sync`: brings the mirrors of the lists that name one up to date.
//!
//! In: lists with the address of their archive (`mirror`). Out: its git repositories below the list's
//! `archive`, `git/0.git`, `git/1.git` …, as public-inbox numbers its epochs, and what came.
//!
//! **Never a broken mirror.** A new epoch is fetched into a hidden folder beside its place, and is renamed
//! when all of it is there; a fetch into one that is there already moves its branches last. What was
//! interrupted is taken up by the next run. An epoch that is gone upstream stays.
//!
//! Never here: a mail, a decision about what a mirror holds; git's own program does all transfers ([`git`]).
#![expect(clippy::disallowed_methods, reason = "the one place that changes mirrors")]

mod git;

use std::{
    fmt,
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use crate::{
    config::List,
    error::{Error, Result},
    text::plural,
};
use git::{Answer, Git};

/// How hard a transfer is tried.
#[derive(Debug, Clone)]
pub struct Effort {
    /// How often a transfer that fails is tried.
    pub tries: u32,
    /// How long to wait before the second try; four times as long before each further one.
    pub pause: Duration,
    /// After how long a transfer is given up.
    pub time: Duration,
    /// Only messages that came after this date (as git takes it) are brought to a mirror that begins.
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

/// What happened to an epoch of a mirror.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// It is new here, with so many messages.
    Begun(usize),
    /// So many messages came.
    More(usize),
    /// Nothing came.
    Same,
    /// Its history is another one than before, as after a purge; it has so many messages now.
    Rewritten(usize),
    /// It is no longer upstream; the mirror keeps it.
    Gone,
    /// It could not be brought up to date, for this reason; it is as it was.
    Failed(String),
}

impl fmt::Display for News {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Begun(count) => write!(f, "new, with {}", messages(*count)),
            Self::More(count) => write!(f, "{}", plural(*count, "new message", "new messages")),
            Self::Same => write!(f, "nothing new"),
            Self::Rewritten(count) => {
                write!(f, "its history was rewritten upstream; it has {} now", messages(*count))
            }
            Self::Gone => write!(f, "no longer upstream; the mirror keeps it"),
            Self::Failed(reason) => write!(f, "not brought up to date: {reason}"),
        }
    }
}

fn messages(count: usize) -> String {
    plural(count, "message", "messages")
}

/// What happened to a list's mirror, epoch by epoch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synced {
    /// The list.
    pub list: Arc<str>,
    /// Its epochs.
    pub epochs: Vec<(u32, News)>,
}

impl Synced {
    /// Everything upstream is here.
    pub fn is_complete(&self) -> bool {
        self.epochs.iter().all(|(_, news)| !matches!(news, News::Failed(_)))
    }
}

/// How a list's archive spells the addresses of its epochs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `https://lore.kernel.org/kvmarm/0`, as public-inbox serves them.
    Served,
    /// `/srv/kvmarm/git/0.git`, as they lie in a mirror.
    Folder,
    /// The address is a repository itself.
    Single,
}

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

/// The lists that are to be mirrored: those with these names, or all that name a mirror.
///
/// # Errors
/// [`Error::Usage`] for a name that no list has, for a list without a mirror, and where no list has one.
pub fn chosen<'a>(lists: &'a [List], names: &[String]) -> Result<Vec<&'a List>> {
    let named = |name: &String| {
        let list = lists.iter().find(|list| *list.name == **name).ok_or_else(|| {
            let known: Vec<_> = lists.iter().map(|list| &*list.name).collect();
            Error::Usage(format!("no list is called `{name}`\nhint: there is {}", known.join(", ")))
        })?;
        match list.mirror {
            Some(_) => Ok(list),
            None => Err(no_mirror(&format!("the list `{name}` names no mirror"))),
        }
    };
    if !names.is_empty() {
        return names.iter().map(named).collect();
    }
    let all: Vec<_> = lists.iter().filter(|list| list.mirror.is_some()).collect();
    if all.is_empty() {
        return Err(no_mirror("no list of the site names a mirror"));
    }
    Ok(all)
}

fn no_mirror(what: &str) -> Error {
    Error::Usage(format!(
        "{what}\nhint: `mirror = \"https://lore.kernel.org/linux-mtd\"` in its `[[lists]]` is the address of its public-inbox"
    ))
}

/// Brings the mirror of a list up to date; nothing to do for a list without one.
///
/// # Errors
/// [`Error::Git`] where nothing answers at the address and there is no mirror yet, or git is missing;
/// [`Error::Write`]; [`Error::Usage`] where another `sync` is at work.
pub fn sync(list: &List, effort: &Effort) -> Result<Synced> {
    let mut synced = Synced { list: Arc::clone(&list.name), epochs: Vec::new() };
    let (Some(upstream), Some(archive)) = (&list.mirror, list.archives.first()) else {
        return Ok(synced);
    };
    let folder = archive.join("git");
    fs::create_dir_all(&folder).map_err(Error::write(&folder))?;
    let _lock = lock(&folder)?;
    let mirror = Mirror { upstream, folder: &folder, git: Git::new(effort) };
    let here = mirror.epochs()?;
    let form = match mirror.form() {
        Ok(form) => form,
        Err(reason) if here.is_empty() => {
            return Err(Error::Git { path: PathBuf::from(upstream), reason });
        }
        Err(reason) => {
            synced.epochs = here.iter().map(|e| (*e, News::Failed(reason.clone()))).collect();
            return Ok(synced);
        }
    };
    synced.epochs = here.iter().map(|epoch| (*epoch, mirror.update(form, *epoch))).collect();
    if form == Form::Single && !here.is_empty() {
        return Ok(synced);
    }
    let mut next = here.last().map_or(0, |last| last + 1);
    while let Some(news) = mirror.begin(form, next) {
        let goes_on = matches!(news, News::Begun(_)) && form != Form::Single;
        synced.epochs.push((next, news));
        next += 1;
        if !goes_on {
            break;
        }
    }
    match synced.epochs.as_slice() {
        [(0, News::Failed(reason))] if here.is_empty() => {
            Err(Error::Git { path: PathBuf::from(upstream), reason: reason.clone() })
        }
        _ => Ok(synced),
    }
}

/// Holds other runs off as long as it lives.
fn lock(folder: &Path) -> Result<File> {
    let path = folder.join(".sync-lock");
    let file = File::create(&path).map_err(Error::write(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Usage(format!(
            "another `patchpress sync` is at work in `{}`\nhint: wait for it, or end it",
            folder.display()
        ))),
        Err(TryLockError::Error(source)) => Err(Error::Write { path, source }),
    }
}

/// Removes the pieces of packs that a transfer which was cut off left in a folder of ours.
fn clear(part: &Path) {
    let entries = fs::read_dir(part.join("objects/pack")).into_iter().flatten().flatten();
    let pieces = entries.filter(|entry| entry.file_name().as_encoded_bytes().starts_with(b"tmp_"));
    // What cannot be removed only takes room.
    pieces.for_each(|entry| drop(fs::remove_file(entry.path())));
}

/// A list's mirror.
struct Mirror<'a> {
    upstream: &'a str,
    folder: &'a Path,
    git: Git<'a>,
}

impl Mirror<'_> {
    /// The epochs that are here.
    fn epochs(&self) -> Result<Vec<u32>> {
        let mut epochs = Vec::new();
        for entry in fs::read_dir(self.folder).map_err(Error::read(self.folder))? {
            let name = entry.map_err(Error::read(self.folder))?.file_name();
            let number = name.to_str().and_then(|name| name.strip_suffix(".git"));
            epochs.extend(number.and_then(|number| number.parse::<u32>().ok()));
        }
        epochs.sort_unstable();
        Ok(epochs)
    }

    /// How the addresses are spelled: the first spelling at which something answers.
    fn form(&self) -> Result<Form, String> {
        let mut reasons = Vec::new();
        for form in [Form::Served, Form::Folder, Form::Single] {
            match self.git.branch(&form.address(self.upstream, 0)) {
                Answer::Here(_) => return Ok(form),
                Answer::Nothing(reason) => reasons.push(reason),
                Answer::Failed(reason) => return Err(reason),
            }
        }
        Err(reasons.pop().unwrap_or_default())
    }

    /// Fetches what is new in an epoch that is here.
    fn update(&self, form: Form, epoch: u32) -> News {
        let (path, address) = (self.path(epoch), form.address(self.upstream, epoch));
        let before = self.git.newest(&path);
        match self.git.fetch(&path, &address, None) {
            Answer::Nothing(_) => return News::Gone,
            Answer::Failed(reason) => return News::Failed(reason),
            Answer::Here(()) => {}
        }
        let after = self.git.newest(&path);
        match (before, after) {
            (before, after) if before == after => News::Same,
            (Some(before), Some(after)) => match self.git.count(&path, Some(&before), &after) {
                Some(messages) => News::More(messages),
                None => News::Rewritten(self.git.count(&path, None, &after).unwrap_or(0)),
            },
            (None, Some(after)) => News::Begun(self.git.count(&path, None, &after).unwrap_or(0)),
            (_, None) => News::Failed("nothing is in it any more".to_owned()),
        }
    }

    /// Fetches an epoch that is not here; `None` where there is no such epoch upstream either.
    fn begin(&self, form: Form, epoch: u32) -> Option<News> {
        let address = form.address(self.upstream, epoch);
        let branch = match self.git.branch(&address) {
            Answer::Nothing(_) => return None,
            Answer::Failed(reason) => return Some(News::Failed(reason)),
            Answer::Here(branch) => branch,
        };
        let part = self.folder.join(format!(".{epoch}.git.part"));
        Some(self.bring(&part, &address, &branch, epoch).unwrap_or_else(News::Failed))
    }

    fn bring(&self, part: &Path, address: &str, branch: &str, epoch: u32) -> Result<News, String> {
        clear(part);
        self.git.make(part, branch)?;
        match self.git.fetch(part, address, self.git.effort.since.as_deref()) {
            Answer::Here(()) => {}
            Answer::Nothing(reason) | Answer::Failed(reason) => return Err(reason),
        }
        let newest = self.git.newest(part).ok_or("it holds no message")?;
        let messages = self.git.count(part, None, &newest).unwrap_or(0);
        let place = self.path(epoch);
        fs::rename(part, &place)
            .map_err(|why| format!("cannot make `{}`: {why}", place.display()))?;
        Ok(News::Begun(messages))
    }

    fn path(&self, epoch: u32) -> PathBuf {
        self.folder.join(format!("{epoch}.git"))
    }
}
