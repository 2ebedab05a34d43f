//! Diffs of files that a later revision repeats.
//!
//! In: the patches of a series, by revision. Out: for each file whose diff a later revision has, too, its place in
//! the newest such revision. Two diffs are the same if readers see the same: paths, modes and lines, byte for byte.
//! Only `index` lines and the numbers in hunk headers may differ, as they do after a rebase. A hash finds the
//! candidates, the text decides; each diff is read once. Never here: a link.
//!
//! On linux-mtd, a later revision repeats 3 in 10 bytes of all diffs.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    patch::{Diff, FileDiff},
    series::MailIx,
};

/// The fewest bytes of lines that a link replaces: it would be as long.
const MIN_BYTES: usize = 120;

/// A file of a patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stand {
    /// The index of the revision in its series.
    pub revision: usize,
    /// The index of the patch's slot in it.
    pub slot: usize,
    /// The index of the file in the patch.
    pub file: usize,
}

/// The repeated files of a series' patches.
#[derive(Debug, Default)]
pub struct Repeats {
    later: BTreeMap<(MailIx, usize), Stand>,
}

impl Repeats {
    /// Finds repeated diffs. `revisions` are the patches of each revision, oldest first, with the indexes of their
    /// slots and their diffs.
    pub fn find(revisions: &[Vec<(MailIx, usize, &str)>]) -> Self {
        let mut later = BTreeMap::new();
        let mut known: HashMap<u64, Vec<(Stand, FileDiff<'_>)>> = HashMap::new();
        for (revision, patches) in revisions.iter().enumerate().rev() {
            for (mail, slot, text) in patches {
                for (file, diff) in Diff::parse(text).diff.files.into_iter().enumerate() {
                    let len = diff.hunks.iter().map(|hunk| hunk.body.len()).sum::<usize>();
                    if len < MIN_BYTES {
                        continue;
                    }
                    let twins = known.entry(hash(&diff)).or_default();
                    match twins.iter().find(|(_, twin)| is_same(twin, &diff)) {
                        Some((stand, _)) if stand.revision > revision => {
                            later.insert((*mail, file), *stand);
                        }
                        Some(_) => {}
                        None => twins.push((Stand { revision, slot: *slot, file }, diff)),
                    }
                }
            }
        }
        Self { later }
    }

    /// The place of a patch's file in the newest revision with the same diff of it; `None` if that is here.
    pub fn of(&self, mail: MailIx, file: usize) -> Option<Stand> {
        self.later.get(&(mail, file)).copied()
    }
}

fn hash(file: &FileDiff<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    file.path().hash(&mut hasher);
    file.hunks.iter().for_each(|hunk| hunk.body.hash(&mut hasher));
    hasher.finish()
}

fn is_same(one: &FileDiff<'_>, other: &FileDiff<'_>) -> bool {
    let hunks = one.hunks.iter().zip(&other.hunks);
    one.paths == other.paths
        && one.modes == other.modes
        && one.similarity == other.similarity
        && one.binary == other.binary
        && one.change() == other.change()
        && one.damaged == other.damaged
        && one.hunks.len() == other.hunks.len()
        && hunks
            .into_iter()
            .all(|(a, b)| a.columns == b.columns && a.section == b.section && a.body == b.body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(index: &str, at: u32, path: &str, line: &str) -> String {
        let line = line.repeat(50);
        format!(
            "diff --git a/{path} b/{path}\nindex {index}\n--- a/{path}\n+++ b/{path}\n\
             @@ -{at},1 +{at},2 @@ f()\n before\n+{line}\n"
        )
    }

    #[test]
    fn the_newest_revision_that_has_the_same_diff_is_found() {
        let revisions: Vec<[String; 2]> = [
            [("1..2", 1, "a", "line"), ("3..4", 1, "b", "old")],
            [("5..6", 7, "a", "line"), ("3..4", 1, "b", "newer")],
            [("7..8", 9, "a", "line"), ("3..4", 1, "c", "newer")],
            [("7..8", 9, "a", "changed"), ("3..4", 1, "d", "d")],
        ]
        .map(|files| files.map(|(index, at, path, line)| diff(index, at, path, line)))
        .to_vec();
        let texts: Vec<String> = revisions.iter().map(|files| files.concat()).collect();
        let mails: Vec<MailIx> = MailIx::all(texts.len()).collect();
        let patches: Vec<Vec<(MailIx, usize, &str)>> =
            texts.iter().zip(&mails).map(|(text, mail)| vec![(*mail, 3, &**text)]).collect();
        let repeats = Repeats::find(&patches);
        let stand = Some(Stand { revision: 2, slot: 3, file: 0 });
        assert_eq!(repeats.of(mails[0], 0), stand);
        assert_eq!(repeats.of(mails[1], 0), stand);
        for (mail, file) in [(0, 1), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1)] {
            assert_eq!(repeats.of(mails[mail], file), None, "{mail} {file}");
        }
    }

    #[test]
    fn few_lines_are_not_worth_a_link() {
        let text = "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n";
        let mails: Vec<MailIx> = MailIx::all(2).collect();
        let repeats = Repeats::find(&[vec![(mails[0], 0, text)], vec![(mails[1], 0, text)]]);
        assert_eq!(repeats.of(mails[0], 0), None);
    }
}
