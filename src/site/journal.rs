//! The steps by which a build changes an output.
//!
//! In: the files that a build wrote, and those that it no longer makes. Out: the steps, in an order in which every
//! link works at every moment, and their text, from which another process can finish them.
//!
//! 1. A stale file is removed if a new file needs its name for a folder, or the name of its folder.
//! 2. New files are added; no page of the site links to them yet.
//! 3. Changed files are replaced: pages before the indexes that link to them, which are nearer to the root.
//! 4. Stale files are removed; nothing links to them any more.
//! 5. The list of our files is replaced. If nothing is removed, this is the first step, so that no file of ours is
//!    ever missing from the list.
//!
//! ```text
//! patchpress journal 1
//! put series/lamp/index.html
//! remove series/old/index.html
//! put .nojekyll
//! end
//! ```
//!
//! Each step can be repeated. A text without its last line was never complete, so none of its steps was taken.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashSet},
};

use super::{file::is_inside, file_list::is_list};

const FIRST: &str = "patchpress journal 1";
const LAST: &str = "end";

/// A step. Paths are relative to the output, `/` between their parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'j> {
    /// Puts the new file of this path into place.
    Put(&'j str),
    /// Removes the file of this path, and the folders that become empty.
    Remove(&'j str),
}

/// The steps, one per line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Journal(String);

impl Journal {
    /// The steps for these new files, each with whether an old one exists, and for these stale files.
    pub(super) fn new<'p>(
        new: impl Iterator<Item = (&'p str, bool)>,
        stale: impl Iterator<Item = &'p str>,
    ) -> Self {
        let mut new: Vec<(&str, bool)> = new.collect();
        new.sort_unstable_by_key(|(path, is_changed)| (*is_changed, place(path)));
        let (list, new): (Vec<_>, Vec<_>) = new.into_iter().partition(|(path, _)| is_list(path));
        let names: HashSet<&str> = new.iter().map(|(path, _)| *path).collect();
        let folders: HashSet<&str> = names.iter().flat_map(|path| above(path)).collect();
        let stale: BTreeSet<&str> = stale.collect();
        let (in_the_way, others): (Vec<&str>, Vec<&str>) = stale.iter().partition(|path| {
            folders.contains(**path) || above(path).any(|folder| names.contains(folder))
        });
        let mut text = format!("{FIRST}\n");
        let mut step = |word: &str, path: &str| text.extend([word, " ", path, "\n"]);
        let (first, last) =
            if stale.is_empty() { (&list[..], &[][..]) } else { (&[][..], &list[..]) };
        first.iter().for_each(|(path, _)| step("put", path));
        in_the_way.iter().for_each(|path| step("remove", path));
        new.iter().for_each(|(path, _)| step("put", path));
        others.iter().for_each(|path| step("remove", path));
        last.iter().for_each(|(path, _)| step("put", path));
        text.extend([LAST, "\n"]);
        Self(text)
    }

    /// The journal of a text; `None` if it is incomplete, or leads out of the output.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let steps = text.strip_prefix(FIRST)?.strip_prefix('\n')?;
        let steps = steps.strip_suffix('\n')?.strip_suffix(LAST)?;
        let is_step = |line: &str| {
            let path = line.strip_prefix("put ").or_else(|| line.strip_prefix("remove "));
            path.is_some_and(is_inside)
        };
        (steps.is_empty() || steps.ends_with('\n')).then_some(())?;
        steps.lines().all(is_step).then(|| Self(text.to_owned()))
    }

    /// The text that [`Self::parse`] reads.
    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// The steps, in their order.
    pub(super) fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        self.0.lines().filter_map(|line| match line.split_once(' ')? {
            ("put", path) => Some(Step::Put(path)),
            ("remove", path) => Some(Step::Remove(path)),
            _ => None,
        })
    }

    /// The paths of the new files.
    pub(super) fn puts(&self) -> impl Iterator<Item = &str> {
        self.steps().filter_map(|step| match step {
            Step::Put(path) => Some(path),
            Step::Remove(_) => None,
        })
    }
}

/// The folders above a path, the nearest first.
pub(super) fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/'))
        .map(|(folder, _)| folder)
}

/// The sort key of a file: deeper files first, and the index of a folder after the rest of it.
fn place(path: &str) -> (Reverse<usize>, bool, &str) {
    let name = path.rsplit('/').next().unwrap_or(path);
    (Reverse(path.matches('/').count()), name.starts_with("index."), path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_leads_somewhere_at_every_moment() {
        let new = [
            ("index.html", true),
            ("search/index.json", true),
            ("search/r0.json", true),
            ("series/old/index.html", true),
            ("series/new/index.html", false),
            (".nojekyll", true),
            ("a/b", false),
            ("c", false),
        ];
        let journal = Journal::new(new.into_iter(), ["a", "c/d", "z"].into_iter());
        assert_eq!(
            journal.text(),
            "patchpress journal 1\nremove a\nremove c/d\nput series/new/index.html\nput a/b\nput c\n\
             put series/old/index.html\nput search/r0.json\nput search/index.json\nput index.html\nremove z\nput .nojekyll\nend\n"
        );
        let grown = Journal::new(new.into_iter(), std::iter::empty());
        assert!(grown.text().starts_with("patchpress journal 1\nput .nojekyll\n"));
        assert_eq!(Journal::parse(journal.text()).as_ref(), Some(&journal));
        assert_eq!(journal.puts().count(), 8);
        assert_eq!(journal.steps().last(), Some(Step::Put(".nojekyll")));
    }

    #[test]
    fn what_is_not_whole_is_no_journal() {
        let none = Journal::new(std::iter::empty(), std::iter::empty());
        assert!(Journal::parse(none.text()).is_some());
        for text in [
            "",
            "patchpress journal 1\n",
            "patchpress journal 1\nput a\n",
            "patchpress journal 1\nput a\nend",
            "patchpress journal 1\nput aend\n",
            "patchpress journal 2\nput a\nend\n",
            "patchpress journal 1\nput ../a\nend\n",
            "patchpress journal 1\nremove /a\nend\n",
            "patchpress journal 1\nmove a\nend\n",
            "patchpress journal 1\nput \nend\n",
        ] {
            assert_eq!(Journal::parse(text), None, "{text:?}");
        }
    }
}
