//! Commit ranges: the messages that the commits A..B of an archive added, without A, as in git.
//!
//! In: the corpus, a list, and two names of commits. Out: the digest of the messages between them. Never here: a git
//! repository; the corpus has the commits of each epoch.

use std::{path::Path, sync::Arc};

use jiff::tz::TimeZone;

use super::{Digest, Period, digest};
use crate::{
    archive::Epoch,
    error::{Error, Place, Result},
    series::{Corpus, ListIx, MailIx},
};

/// A commit's place in an archive: epoch and number in it.
type Position = (u32, u32);

/// The digest of a commit range. `from` and `to` are abbreviated commit names, `HEAD`, or either with `~n` appended;
/// epochs follow one another. `path` is the archive's name for errors.
///
/// # Errors
/// If one of them names no commit of the list's archives, or more than one.
pub fn digest_of_range(
    corpus: &Corpus,
    list: ListIx,
    from: &str,
    to: &str,
    path: &Path,
) -> Result<Digest> {
    let name = from;
    let archives = corpus.histories.iter().filter(|(l, epochs)| *l == list && !epochs.is_empty());
    let mut ends = None;
    for (_, epochs) in archives {
        match (resolve(epochs, from, path), resolve(epochs, to, path)) {
            (Ok(first), Ok(last)) => {
                ends = Some((first, last, short(epochs, first), short(epochs, last)));
            }
            (Err(error), _) | (_, Err(error)) if ends.is_none() => return Err(error),
            _ => {}
        }
    }
    let Some((first, last, from, to)) = ends else { return Err(unknown(name, path)) };
    let added = |place: &Place| match place {
        Place::Commit { epoch, number, .. } => {
            first < (*epoch, *number) && (*epoch, *number) <= last
        }
        _ => false,
    };
    let all = MailIx::all(corpus.mails.len());
    let messages = all
        .filter(|ix| corpus.stored(*ix).copies.iter().any(|(l, place)| *l == list && added(place)));
    let period = Period::Range { from, to };
    Ok(digest(corpus, period, Some(list), &TimeZone::UTC, messages.collect()))
}

fn resolve(epochs: &[Epoch], name: &str, path: &Path) -> Result<Position> {
    let (base, back) = match name.split_once('~') {
        Some((base, back)) => (base, back.parse().map_err(|_| unknown(name, path))?),
        None => (name, 0),
    };
    let flat = || {
        epochs.iter().flat_map(|epoch| {
            let numbered = epoch.commits.iter().zip(0u32..);
            numbered.map(|(commit, number)| (commit, (epoch.number, number)))
        })
    };
    let at = if base == "HEAD" || base == "master" {
        flat().count().checked_sub(1)
    } else {
        let base = base.to_ascii_lowercase();
        let mut matching =
            flat().enumerate().filter(|(_, (commit, _))| commit.id.to_string().starts_with(&base));
        let found = matching.next().map(|(at, _)| at).filter(|_| base.len() >= 4);
        if matching.next().is_some() {
            return Err(Error::NoCommit {
                name: name.into(),
                path: path.into(),
                hint: "more than one commit begins with it: write more digits".into(),
            });
        }
        found
    };
    let at = at.and_then(|at| at.checked_sub(back)).ok_or_else(|| unknown(name, path))?;
    flat().nth(at).map(|(_, position)| position).ok_or_else(|| unknown(name, path))
}

/// The number of digits in the KVM list's digest; git prints as many in a repository with a million objects.
const DIGITS: usize = 9;

/// The shortest unique name of a commit.
fn short(epochs: &[Epoch], (epoch, number): Position) -> Arc<str> {
    let all = || epochs.iter().flat_map(|epoch| &epoch.commits);
    let at = epochs.iter().find(|one| one.number == epoch);
    let commit = at.and_then(|one| one.commits.get(number as usize));
    let name = commit.map(|commit| commit.id.to_string()).unwrap_or_default();
    let is_own = |digits: &usize| {
        all().filter(|other| other.id.to_string().starts_with(&name[..*digits])).count() == 1
    };
    let digits = (DIGITS.min(name.len())..name.len()).find(is_own).unwrap_or(name.len());
    name[..digits].into()
}

fn unknown(name: &str, path: &Path) -> Error {
    Error::NoCommit {
        name: name.into(),
        path: path.into(),
        hint: "write at least four digits of a commit that `git log` of the archive shows, or `HEAD~20`; only public-inbox archives have commits".into(),
    }
}
