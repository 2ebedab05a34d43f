//! The commits that may be patches.
//!
//! In: a history. Out: the commits that share something with a patch, and what they share, searched on all cores.
//! Never here: which patch a commit is.

use std::collections::HashSet;

use rayon::prelude::*;

use super::patches::{self, Patches, People};
use crate::{
    archive::history::{Commit, History},
    message::Subject,
    patch::title::normal,
};

/// A commit that may be a patch.
pub(super) struct Candidate {
    /// Its number in the history.
    pub(super) number: usize,
    /// Its title, for comparison.
    pub(super) title: String,
    pub(super) author: People,
    /// It names mails of the archive.
    pub(super) is_linked: bool,
    /// Patches by the same person, of about that time, that have another title like it, or were sent at the
    /// moment when it was written.
    pub(super) alike: Vec<usize>,
}

/// The commits of a history that may be patches, oldest first.
pub(super) fn candidates(patches: &Patches<'_>, history: &History) -> Vec<Candidate> {
    let reverted = reverted(history);
    let of = |(number, commit): (usize, Commit<'_>)| {
        let is_out = commit.parents().nth(1).is_some() || reverted.contains(&number);
        (!is_out).then(|| candidate(patches, number, &commit)).flatten()
    };
    let mut found: Vec<Candidate> = history.commits().enumerate().filter_map(of).collect();
    found.sort_by_cached_key(|candidate| {
        let commit = history.commit(candidate.number);
        (commit.committed, commit.id.to_owned())
    });
    found
}

fn candidate(patches: &Patches<'_>, number: usize, commit: &Commit<'_>) -> Option<Candidate> {
    let title = title(commit.title);
    let author = patches.author(commit);
    let is_linked = commit.mentions().any(|id| patches.named(id).is_some());
    let words = patches::words(&title);
    let alike = |at: &usize| {
        patches.is_near(*at, commit)
            && (patches.is_of_the_moment(*at, commit) || are_alike(&words, &patches.get(*at).words))
    };
    let alike: Vec<usize> = patches.by(&author, commit).filter(alike).collect();
    let is_titled = !patches.titled(&title).is_empty();
    (is_linked || is_titled || !alike.is_empty()).then_some(Candidate {
        number,
        title,
        author,
        is_linked,
        alike,
    })
}

/// The title for comparison with those of mails, which lost what is in brackets before them: some keep it in
/// commits (`git am -b`).
fn title(title: &str) -> String {
    if title.starts_with('[') {
        return normal(&Subject::parse(&format!("[PATCH] {title}")).title);
    }
    normal(title)
}

/// At least half of the words of the longer one are those of the other.
fn are_alike(one: &HashSet<u64>, other: &HashSet<u64>) -> bool {
    let common = one.intersection(other).count();
    common > 0 && common * 2 >= one.len().max(other.len())
}

/// The commits that were taken back by one that was not taken back itself.
fn reverted(history: &History) -> HashSet<usize> {
    let reverts: Vec<(usize, Vec<String>)> = history
        .commits()
        .enumerate()
        .map(|(number, commit)| (number, commit.reverts().map(str::to_owned).collect::<Vec<_>>()))
        .filter(|(_, names)| !names.is_empty())
        .collect();
    let mut out = HashSet::new();
    if reverts.is_empty() {
        return out;
    }
    let mut names: Vec<(&str, usize)> =
        (0..history.len()).map(|number| (history.commit(number).id, number)).collect();
    names.sort_unstable();
    // The newest come first, so that what became of a revert is known when its turn comes.
    for (number, targets) in reverts {
        if !out.contains(&number) {
            out.extend(targets.iter().filter_map(|name| find(&names, name)));
        }
    }
    out
}

/// The only commit whose name begins so.
fn find(names: &[(&str, usize)], name: &str) -> Option<usize> {
    let at = names.partition_point(|(known, _)| *known < name);
    let mut fitting = names[at..].iter().take_while(|(known, _)| known.starts_with(name));
    let (_, number) = fitting.next()?;
    fitting.next().is_none().then_some(*number)
}

#[cfg(test)]
mod tests {
    use super::{patches::words, *};

    #[test]
    fn titles_are_alike_by_their_words() {
        for (one, other, expected) in [
            ("mtd spinand add a chip", "mtd spinand macronix add a chip", true),
            ("mtd spinand add a chip", "mtd rawnand fix oob", false),
            ("typo", "typos", false),
            ("", "", false),
        ] {
            assert_eq!(are_alike(&words(one), &words(other)), expected, "{one} / {other}");
        }
    }

    #[test]
    fn brackets_before_a_title_do_not_count() {
        assert_eq!(title("[MTD] lamp: Shine"), title("lamp: shine"));
    }

    #[test]
    fn a_name_that_two_commits_begin_with_is_nobody_s() {
        let names = [("aa11", 0), ("aa22", 1), ("bb33", 2)];
        for (name, expected) in [("aa2", Some(1)), ("aa", None), ("bb33", Some(2)), ("c", None)] {
            assert_eq!(find(&names, name), expected, "{name}");
        }
    }
}
