//! public-inbox: git repositories whose commits each add or delete a mail.
//!
//! In: a folder of epochs (`git/0.git …`), one epoch, or a version 1 repository. Out: the mails that exist at the
//! end, in the order of the commits that added them, and those commits. Never here: a git program, the network, a
//! write, configuration that could run a program.
//!
//! The packs are read in their own order, which is three times as fast as reading one object after the other; the
//! results are sorted by commit afterwards.

mod epoch;
mod pack;
mod slot;
mod version_1;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use self::slot::Slots;
use super::{
    End, Epoch, Kind, Known, Outcome, RawMessage, Reading, files,
    repository::{self, Folders, Repository, Shape},
};
use crate::{
    error::{Error, Note, NoteKind, Place, Reason, Result},
    hash::Fingerprint,
};

/// The format of the repository at `path`, if it contains mails.
///
/// # Errors
/// Fails with [`Error::Git`] if its content cannot be read. A folder of other files in the work tree of such a
/// repository is not an archive in git, and gives `None`.
pub(super) fn kind(path: &Path) -> Result<Option<Kind>> {
    if !is_repository(path) {
        return Ok(None);
    }
    let looked = Repository::open(path).and_then(|repository| match repository.shape() {
        Some(Shape::Epoch) => Ok(Some(Kind::Epoch)),
        Some(Shape::Version1) => Ok(Some(Kind::PublicInboxV1)),
        Some(Shape::Other) => Ok(None),
        None => match damage_of(&repository) {
            Some(damage) => Err(damaged(path, &damage)),
            None if repository.head().is_some() => Err(damaged(path, "its newest tree is lost")),
            None => Ok(None),
        },
    });
    // The mail in the work tree is one of those in the repository.
    let is_checked_out = ["m", "d"].iter().any(|name| path.join(name).is_file());
    if is_bare(path) || is_checked_out { looked } else { Ok(looked.unwrap_or(None)) }
}

/// Whether a git repository is at `path`.
pub(super) fn is_repository(path: &Path) -> bool {
    Folders::of(path).are_there()
}

/// Whether there is a git repository at `path` and nothing else.
pub(super) fn is_bare(path: &Path) -> bool {
    is_repository(path) && Folders::of(path).git == path
}

/// Why the readable repository at `path` is not an archive.
pub(super) fn why_none(path: &Path) -> Reason {
    match Repository::open(path) {
        Err(Error::Git { reason, .. }) => {
            reason.said(|why| format!("its git repository cannot be read: {why}"))
        }
        Ok(repository) if repository.head().is_none() => no_commit("its git repository has"),
        _ => {
            "the newest commit of its git repository has no message (`m`, `d` or `ab/cdef…`) or is incomplete".into()
        }
    }
}

/// The error of a repository without commits, with a hint.
fn no_commit(who_has: &str) -> Reason {
    Reason::new(format!("{who_has} no commit yet"))
        .hint("`patchpress sync` fills the mirror of a list that has one (`mirror` in site.toml)")
}

/// The epochs of the archive at `path`, in order: `git/0.git …` or `0.git …`. Each may be a link to a repository
/// elsewhere, for example if several archives share a disk.
///
/// # Errors
/// Fails with [`Error::Read`] if the folder cannot be listed.
pub(super) fn epochs(path: &Path) -> Result<Vec<(u32, PathBuf)>> {
    let (mut epochs, _) = numbered(path)?;
    epochs.sort();
    // A folder with the name of an epoch is a damaged one only if others are epochs.
    let is_one = epochs.iter().any(|(_, path)| is_repository(path));
    Ok(if is_one { epochs } else { Vec::new() })
}

/// Epochs, and files with the name of one.
type Numbered = (Vec<(u32, PathBuf)>, Vec<PathBuf>);

/// The epochs and such files at `path`.
fn numbered(path: &Path) -> Result<Numbered> {
    let git = path.join("git");
    let folder = match fs::symlink_metadata(&git) {
        Ok(found) if found.is_dir() => &git,
        Err(why) if !files::is_absent(&why) => return Err(Error::read(&git)(why)),
        _ => path,
    };
    let entries = match fs::read_dir(folder) {
        Err(why) if files::is_absent(&why) => return Ok((Vec::new(), Vec::new())),
        entries => entries.and_then(Iterator::collect::<io::Result<Vec<_>>>),
    };
    let entries = entries.map_err(Error::read(folder))?;
    let number = |path: &Path| -> Option<u32> {
        path.file_name()?.to_str()?.strip_suffix(".git")?.parse().ok()
    };
    let (mut fit, mut other) = (Vec::new(), Vec::new());
    for path in entries.into_iter().map(|entry| entry.path()) {
        match number(&path) {
            Some(_) if path.is_file() => other.push(path),
            Some(number) => fit.push((number, path)),
            None => {}
        }
    }
    other.sort();
    Ok((fit, other))
}

/// Reads all epochs of the archive at `path`.
pub(super) fn read_epochs<T, F>(path: &Path, known: &Known<'_, T>, parse: &F) -> Result<Reading<T>>
where
    T: Send,
    F: Fn(RawMessage<'_>) -> T + Sync,
{
    let epochs = epochs(path)?;
    let mut reading = read_all(&epochs, known, parse)?;
    reading.notes.extend(gaps(&epochs));
    let left = numbered(path)?.1.into_iter().map(|path| {
        let why = "it is not a git repository";
        Note::new(NoteKind::Unread, why).at(Place::File(Arc::from(path)))
    });
    reading.notes.extend(left);
    Ok(reading)
}

/// The epochs missing between others: a clone may begin late, but leaves none out.
fn gaps(epochs: &[(u32, PathBuf)]) -> impl Iterator<Item = Note> {
    epochs.windows(2).filter(|pair| pair[1].0 - pair[0].0 > 1).map(|pair| {
        let (first, last) = (pair[0].0 + 1, pair[1].0 - 1);
        let which = if first == last {
            format!("{first}.git is missing, although {}.git is there", pair[1].0)
        } else {
            format!("{first}.git to {last}.git are missing, although {}.git is there", pair[1].0)
        };
        Note::new(NoteKind::MissingObject, which).at(Place::File(Arc::from(&*pair[1].1)))
    })
}

/// Reads the single epoch at `path`.
pub(super) fn read_epoch<T, F>(path: &Path, known: &Known<'_, T>, parse: &F) -> Result<Reading<T>>
where
    T: Send,
    F: Fn(RawMessage<'_>) -> T + Sync,
{
    read_all(&[(0, path.into())], known, parse)
}

fn read_all<T, F>(epochs: &[(u32, PathBuf)], known: &Known<'_, T>, parse: &F) -> Result<Reading<T>>
where
    T: Send,
    F: Fn(RawMessage<'_>) -> T + Sync,
{
    let mut reading = Reading::default();
    let mut slots = Slots::default();
    for (at, (number, path)) in epochs.iter().enumerate() {
        let repository = Repository::open(path)?;
        // A site without all these mails must not replace the one that has them.
        if let Some(damage) = damage_of(&repository) {
            return Err(damaged(path, &damage));
        }
        let Some(head) = repository.head() else {
            // The newest of several epochs exists before its first mail.
            if at == 0 || at + 1 < epochs.len() {
                return Err(Error::Git { path: path.into(), reason: no_commit("it has") });
            }
            let note = Note::new(NoteKind::Skipped, "it has no commit");
            reading.notes.push(note.at(Place::File(Arc::from(&**path))));
            reading.history.push(Epoch { number: *number, commits: Vec::new(), end: End::Open });
            continue;
        };
        let before = known.epochs.iter().find(|epoch| epoch.number == *number);
        let (epoch, notes) = match before.and_then(|before| epoch::go_on(&repository, head, before))
        {
            Some(epoch) => {
                epoch::fill(&epoch, |object| known.mail(object).map(Outcome::Mail), &mut slots);
                let notes = epoch::notes(&repository, &epoch);
                (epoch, notes)
            }
            None => epoch::read(&repository, head, *number, parse, &mut slots),
        };
        reading.notes.extend(notes);
        reading.history.push(epoch);
        slots.close_epoch(&repository, parse);
    }
    slots.into(&mut reading)?;
    Ok(reading)
}

/// Why the repository at `path` has lost some of its content; `None` if it is whole, as far as can be seen without
/// reading all of it.
pub(super) fn damage(path: &Path) -> Option<String> {
    match Repository::open(path) {
        Ok(repository) => damage_of(&repository),
        Err(Error::Git { reason, .. }) => Some(reason.what),
        Err(error) => Some(error.to_string()),
    }
}

fn damage_of(repository: &Repository) -> Option<String> {
    let broken = pack::broken_off(repository).map(|pack| {
        let name = pack.file_name().unwrap_or_default().to_string_lossy().into_owned();
        format!("`{name}` is truncated")
    });
    broken.or_else(|| repository.damage())
}

fn damaged(path: &Path, damage: &str) -> Error {
    Error::Git { path: path.into(), reason: Reason::new(damage).hint(repository::HINT) }
}

/// Reads the version 1 repository at `path`.
pub(super) fn read_v1<T, F>(path: &Path, parse: &F) -> Result<Reading<T>>
where
    T: Send,
    F: Fn(RawMessage<'_>) -> T + Sync,
{
    let repository = Repository::open(path)?;
    if let Some(damage) = damage_of(&repository) {
        return Err(damaged(path, &damage));
    }
    let head = repository.head().ok_or_else(|| Error::UnknownArchive {
        path: path.into(),
        reason: "the repository no longer has a commit".into(),
    })?;
    let mut slots = Slots::default();
    let (commits, notes) = version_1::read(&repository, head, parse, &mut slots);
    let mut reading = Reading { notes, history: vec![commits], ..Reading::default() };
    slots.close_epoch(&repository, parse);
    slots.into(&mut reading)?;
    Ok(reading)
}

/// The place of a commit.
fn place(epoch: u32, number: usize, commit: Fingerprint) -> Place {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    Place::Commit { epoch, number, commit }
}
