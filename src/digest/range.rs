//! Commit ranges: what the commits A..B of a git archive added.
//!
//! In: the names of two commits (abbreviated, or `HEAD~3`). Out: the mails that came after the one up
//! to the other, through all epochs. Never here: git itself; the archives told their history when
//! they were read.

use std::collections::HashSet;

use super::{Digest, Period, digest};
use crate::{
    error::{Error, Place, Result},
    series::{Corpus, ListIx, MailIx},
};

/// The digest of what the commits after `from` up to `to` added to an archive of `list`, or of any.
///
/// # Errors
/// [`Error::Usage`] where no archive is a git one, or a name is that of no commit, or of several.
pub fn between(corpus: &Corpus, list: Option<ListIx>, from: &str, to: &str) -> Result<Digest> {
    let histories = corpus.histories.iter().filter(|(l, epochs)| {
        list.is_none_or(|list| list == *l) && epochs.iter().any(|epoch| !epoch.is_empty())
    });
    let mut failed = Error::Usage(
        "a range of commits needs a git archive\nhint: name a period instead, such as `2026-W09`"
            .to_owned(),
    );
    for (_, epochs) in histories {
        let commits: Vec<&str> = epochs.iter().flatten().map(|commit| &**commit).collect();
        let ends = find(&commits, from).and_then(|a| Ok((a, find(&commits, to)?)));
        match ends {
            Err(error) => failed = error,
            Ok((a, b)) if a > b => {
                failed = Error::Usage(format!(
                    "`{from}` is newer than `{to}`\nhint: `--from` names the older commit"
                ));
            }
            Ok((a, b)) => {
                let range: HashSet<&str> = commits[a + 1..=b].iter().copied().collect();
                let period = Period::Range { from: from.into(), to: to.into() };
                return Ok(digest(corpus, period, list, added_by(corpus, &range)));
            }
        }
    }
    Err(failed)
}

/// The mails that these commits added.
fn added_by(corpus: &Corpus, range: &HashSet<&str>) -> Vec<MailIx> {
    let is_in = |place: &Place| match place {
        Place::Commit { commit, .. } => range.contains(&**commit),
        _ => false,
    };
    let all = MailIx::all(corpus.mails.len());
    all.filter(|ix| corpus.letter(*ix).copies.iter().any(|(_, place)| is_in(place))).collect()
}

/// The place of the commit `name` in the archive's order.
fn find(commits: &[&str], name: &str) -> Result<usize> {
    let usage = |reason: &str| Err(Error::Usage(format!("`{name}` {reason}")));
    if let Some(back) = name.strip_prefix("HEAD").or_else(|| name.strip_prefix('@')) {
        let back = if back.is_empty() { Some(0) } else { steps(back) };
        return match back.and_then(|back| commits.len().checked_sub(1 + back)) {
            Some(at) => Ok(at),
            None => usage("names no commit of the archive"),
        };
    }
    let short = name.to_ascii_lowercase();
    if short.len() < 4 || !short.bytes().all(|b| b.is_ascii_hexdigit()) {
        return usage(
            "is no name of a commit\nhint: commits are named by at least four hexadecimal digits, or `HEAD~3`",
        );
    }
    let mut found = (0..commits.len()).filter(|at| commits[*at].starts_with(&short));
    match (found.next(), found.next()) {
        (Some(at), None) => Ok(at),
        (Some(_), Some(_)) => usage("names several commits\nhint: give more of its digits"),
        (None, _) => {
            usage("names no commit of the archive\nhint: `git log` in the mirror shows them")
        }
    }
}

/// The `3` of `~3`; 1 for `~` alone.
fn steps(text: &str) -> Option<usize> {
    match text.strip_prefix('~')? {
        "" => Some(1),
        number => number.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_are_found_by_what_people_type() {
        let commits = ["aaaa1111", "aaaa2222", "bbbb3333"];
        for (name, at) in [
            ("aaaa1", Some(0)),
            ("AAAA2222", Some(1)),
            ("HEAD", Some(2)),
            ("@~2", Some(0)),
            ("HEAD~", Some(1)),
            ("HEAD~3", None),
            ("aaaa", None),
            ("cccc", None),
            ("aaa", None),
            ("", None),
        ] {
            assert_eq!(find(&commits, name).ok(), at, "{name}");
        }
    }
}
