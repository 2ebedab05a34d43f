//! Sentences that say that a maintainer's tree has a patch, by what was done to the tree: `I updated lamps.git to this version`,
//! `I've amended the commit`.
//!
//! In: a sentence. Out: a [`Notice`]. Never here: deeds that are done to a patch (`deed`).

use super::{
    Notice, Told, Voice,
    sentence::{Sentence, among, version},
    tree::Tree,
};

/// The notice that a sentence gives.
pub(super) fn read(sentence: &Sentence<'_>) -> Option<Notice> {
    renewed(sentence).or_else(|| amended(sentence))
}

/// `I updated lamps.git to this version`: instead of the one before.
fn renewed(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    let at = words.iter().position(|word| word == "updated")?;
    let spoken = at > 0 && among(&words[at - 1], "i i've we we've have just");
    let to = (at + 2..words.len().min(at + 8)).find(|to| words[*to] == "to")?;
    let this = words.get(to + 1).is_some_and(|word| among(word, "this these the v2 v3 v4 v5 v6"));
    let what = words[to + 1..].iter().take(3);
    let version = what
        .into_iter()
        .any(|word| among(word, "version series patchset revision") || version(word).is_some());
    let tree = Tree::read(sentence, at + 1, &[]);
    (spoken && this && version && tree.placed)
        .then(|| Notice { tree: tree.name.into(), ..Notice::new(Told::Applied, Voice::Named) })
}

/// `I've amended the commit`: who has it says so.
fn amended(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    let is_it = words.windows(4).any(|four| {
        among(&four[0], "i i've have")
            && four[1] == "amended"
            && four[2] == "the"
            && four[3] == "commit"
    });
    is_it.then(|| Notice::new(Told::Applied, Voice::Loose))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_that_has_it() {
        for (text, want) in [
            ("Thanks, I updated lamps.git to this version.", "Named|lamps.git"),
            (
                "I've updated lamps.git's lamps-unstable branch to v3.",
                "Named|lamps.git's lamps-unstable",
            ),
            ("I've amended the commit.", "Loose|"),
            ("I updated the text of this version.", ""),
            ("The driver updated lamps.git to this version.", ""),
            ("I've amended the text.", ""),
        ] {
            let notice = Sentence::read(text).and_then(|sentence| read(&sentence));
            let said = notice.map_or_else(String::new, |n| format!("{:?}|{}", n.voice, n.tree));
            assert_eq!(said, want, "{text}");
        }
    }
}
