//! What is to be done to an output, step by step.
//!
//! In: the files that a build wrote and those that it no longer makes. Out: the steps in an order in which every link
//! leads somewhere at every moment; and their text, from which another program finishes them.
//!
//! 1. A stale file goes where a new one needs its name for a folder, or the name of its folder.
//! 2. New files come, to which no page of the site leads yet.
//! 3. Changed files come: pages before the registers that lead to them, which lie nearer to the top.
//! 4. What is stale goes, to which nothing leads any more.
//! 5. The list of our files comes; where nothing goes it comes first, so that no file of ours is ever missing in it.
//!
//! ```text
//! patchpress journal 1
//! put series/lamp/index.html
//! remove series/old/index.html
//! put .nojekyll
//! end
//! ```
//!
//! Each step can be taken twice. A text without its last line was never whole: nothing of it was done.

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
    /// The new file of this path comes to its place.
    Put(&'j str),
    /// The file of this path goes, and the folders that it leaves empty.
    Remove(&'j str),
}

/// The steps, a line each.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Journal(String);

impl Journal {
    /// The steps for these new files, each with whether there is an old one, and these stale ones.
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

    /// The journal of a text; `None` where it is not whole, or leads out of the output.
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

    /// What [`Self::parse`] reads.
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

/// Where a file stands among others: the deeper, the earlier, and the index of a folder behind the rest of it.
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
