//! Merged patches: the commits of the lists' trees that are posted patches.
//!
//! In: the series, and the `tree` of each list that has one. Out: the slots' [`Applied`], each with its commit. The
//! evidence, strongest first:
//!
//! | evidence | also needed |
//! |---|---|
//! | the commit links to the patch's mail | the same title |
//! | it links to another mail about the series | the same title |
//! | the same patch-id | |
//! | same author, same title | within 90 days |
//! | it links to the patch's mail | the same author; no better evidence for another revision |
//!
//! A link alone is no evidence: commits also link to what they fix, some to a patch of their own author. Of a
//! series' revisions, a commit is the newest one that it names, or that was posted before the commit was made. Each
//! patch has one commit, the first of those with the strongest evidence. A commit counts for several patches only if
//! it links to each (a squash).
//!
//! A commit that a later one reverts (`This reverts commit …`) does not count, and mails alone tell the fate of its
//! patch, unless it was committed again. If the revert is itself reverted, it counts again. Merges are left out.
//! Never here: git; the statements of mails.

mod claim;
mod commits;
mod patches;

use std::{
    collections::HashMap,
    ffi::OsStr,
    hash::Hash as _,
    path::{Path, PathBuf},
};

use super::{Applied, Corpus, Fate, ListIx, MailIx, Rules, Witness};
use crate::{
    archive::history::{self, History},
    date::Timestamp,
    error::Result,
    hash::Sha1,
};
use patches::{NEAR, Patches};

/// Fills in what the tree of each list holds. Fails where a tree cannot be read.
pub(super) fn find(corpus: &mut Corpus, trees: &[Option<PathBuf>], rules: &Rules) -> Result<()> {
    let cache = &rules.cache;
    for (path, lists) in with_lists(trees) {
        let patches = Patches::new(corpus, &lists);
        let Some(oldest) = patches.oldest() else { continue };
        let name = cache.name_of("tree", path);
        let since = Timestamp(oldest.0.saturating_sub(NEAR));
        let form = form(rules);
        let remembered = cache.load(&name, &form);
        let mut history = History::read(path, since, remembered, &rules.redaction)?;
        let claims = claim::claims(&patches, &mut history);
        if let Some(lines) = history.remember() {
            cache.store(&name, &form, &lines);
        }
        let taken: HashMap<MailIx, Applied> = claims
            .into_iter()
            .map(|(mail, number)| (mail, applied(&history, number, tree_name(path))))
            .collect();
        corpus.notes.extend_from_slice(history.notes());
        corpus.notes.sort_unstable();
        fill(corpus, &taken);
    }
    Ok(())
}

/// The form in which commits are remembered: with what the Message-IDs that they mention are called.
fn form(rules: &Rules) -> String {
    match &*rules.redaction.stand_ins() {
        [] => history::FORM.to_owned(),
        stand_ins => {
            let mut sum = Sha1::new();
            stand_ins.hash(&mut sum);
            format!("{} {}", history::FORM, sum.digest())
        }
    }
}

/// The trees, each once, with the lists that name it.
fn with_lists(paths: &[Option<PathBuf>]) -> Vec<(&Path, Vec<ListIx>)> {
    let mut trees: Vec<(&Path, Vec<ListIx>)> = Vec::new();
    for (ix, path) in (0..).map(ListIx).zip(paths) {
        let Some(path) = path.as_deref() else { continue };
        match trees.iter_mut().find(|(known, _)| *known == path) {
            Some((_, lists)) => lists.push(ix),
            None => trees.push((path, vec![ix])),
        }
    }
    trees
}

/// The name of the tree: its folder, `linux` for `linux.git` and `linux/.git`.
fn tree_name(path: &Path) -> &str {
    let folder = match path.file_name() {
        Some(name) if name == ".git" => path.parent().and_then(Path::file_name),
        name => name,
    };
    let name = folder.and_then(OsStr::to_str).unwrap_or_default();
    name.strip_suffix(".git").unwrap_or(name)
}

fn applied(history: &History, number: usize, tree: &str) -> Applied {
    let commit = history.commit(number);
    Applied {
        witness: Witness::Commit(commit.id.into()),
        date: Some(commit.committed),
        fate: Fate::Merged,
        tree: tree.into(),
        commit: commit.id.into(),
        earlier: None,
    }
}

/// Gives each slot what became of its mail; what an earlier list's tree shows stays.
fn fill(corpus: &mut Corpus, taken: &HashMap<MailIx, Applied>) {
    let revisions = corpus.series.iter_mut().flat_map(|series| &mut series.revisions);
    for slot in revisions.flat_map(|revision| &mut revision.slots) {
        let found = slot.mail.and_then(|mail| taken.get(&mail));
        if slot.applied.is_none() {
            slot.applied = found.cloned().map(Box::new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_called_like_its_folder() {
        for (path, name) in [
            ("/src/linux", "linux"),
            ("/m/linux.git", "linux"),
            ("/src/linux/.git", "linux"),
            ("/", ""),
        ] {
            assert_eq!(tree_name(Path::new(path)), name, "{path}");
        }
    }
}
