//! Sentences that say that a maintainer's tree has a patch, by what was done to the tree: `I updated lamps.git to this version`,
//! `I've amended the commit`.
//!
//! In: a sentence. Out: a [`Notice`]. Never here: deeds that are done to a patch (`deed`).

use super::{
    Notice, Told, Voice,
    promise::TAKING,
    sentence::{Sentence, among, has, version},
    tree::Tree,
};

/// The notice that a sentence gives.
pub(super) fn read(sentence: &Sentence<'_>) -> Option<Notice> {
    renewed(sentence).or_else(|| amended(sentence)).or_else(|| edited(sentence))
}

/// `I fixed that up while applying`, `I dropped the blank line on commit`: of 25 such sentences on four lists, 22 were
/// about the parent message, the others about another version or about no patch.
fn edited(sentence: &Sentence<'_>) -> Option<Notice> {
    const EDITED: &str = "touched fixed dropped changed removed tweaked adjusted edited updated added corrected replaced \
        renamed reworded reformatted moved";
    const OBJECTS: &str = "it this them these both and to the your so by as";
    let words = &sentence.words;
    let says = |at: usize| {
        among(&words[at], "i i've") || at > 0 && words[at] == "have" && words[at - 1] == "i"
    };
    let at = (0..words.len().saturating_sub(1)).find(|at| {
        says(*at)
            && words[at + 1..]
                .iter()
                .find(|word| !among(word, "just also have"))
                .is_some_and(|word| among(word, EDITED))
    })?;
    let taken = (at + 2..words.len().min(at + 20)).find(|to| {
        let next = |by: usize| words.get(to + by).is_some_and(|word| among(word, TAKING));
        let led = among(&words[*to], "when while before upon during") && next(1);
        led || words[*to] == "on" && next(1) && words[to + 1] != "push"
    })?;
    let end = taken + 2;
    let closes = end >= words.len() || sentence.clause_ends(end - 1);
    let of_it = closes || among(&words[end], OBJECTS);
    let noun = words.get(end).is_some_and(|word| among(word, "the your"));
    let of_patch = !noun
        || words
            .get(end + 1)
            .is_some_and(|word| among(word, "patch patches series patchset change"));
    let negated =
        has(words, "if not never would could had v1 v2 v3 v4 v5 v6 v7 v8 conflict conflicts");
    (of_it && of_patch && !negated).then(|| Notice::new(Told::Applied, Voice::Loose))
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
            ("I touched up the white space and title when applying, thanks!", "Loose|"),
            ("Good point, I fixed it when applying.", "Loose|"),
            ("I have fixed this up in the same manner while merging this, resulting in:", "Loose|"),
            ("I've fixed them all on commit.", "Loose|"),
            ("I removed the blank line while applying the patch.", "Loose|"),
            ("I fixed up the tags while applying v4, but not the status.", ""),
            ("I fixed it up when merging the lamp tree.", ""),
            ("I would have fixed it when applying.", ""),
            ("I fixed the lamp when the button is pushed.", ""),
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
