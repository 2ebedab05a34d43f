//! The tree that a sentence names: `lamps/next`, `git://example.org/l.git for-next`, `my block branch`.
//!
//! In: the words after `Applied to`. Out: a [`Tree`]. Never here: whether there is such a tree.

use super::sentence::{Sentence, among};

/// A tree in a sentence.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// As it is written, less `the`, `branch` and the like; empty if only a release is named (`for 5.9`).
    pub(super) name: String,
    /// The words can only be a tree, a branch or a release.
    pub(super) placed: bool,
    /// How many words name it.
    pub(super) words: usize,
}

/// Left out of a name.
const FILLERS: &str = "the my our branch of top tree on current";
/// End a name.
const STOPS: &str = "with without and thanks thank after as but since so for via in to now";

impl Tree {
    /// The tree that the words from `start` on name, or the next paragraph where nothing follows: b4's template
    /// puts it there.
    pub(super) fn read(sentence: &Sentence<'_>, start: usize, below: &[&str]) -> Self {
        if start >= sentence.words.len() {
            let line = below.first().map_or("", |line| line.trim());
            let name = line.trim_end_matches(['.', ',']).to_owned();
            return Self { placed: is_place(line), words: line.split(' ').count(), name };
        }
        let mut named: Vec<&str> = Vec::new();
        let mut placed = among(&sentence.words[start], "my our");
        for at in start..sentence.words.len().min(start + 8) {
            let word = sentence.words[at].as_str();
            if among(word, STOPS) && at > start {
                break;
            }
            placed |= is_place(word) && !is_plain_next(sentence, at);
            if !word.is_empty() && !among(word, FILLERS) {
                named.push(sentence.raw[at].trim_matches(|c: char| ",;:!()<>\"'`".contains(c)));
            }
            // `git://example.org/l.git, lamps/next branch`
            let branch = |next: &String| next.contains('/') || next == "branch";
            let goes_on = word.contains("://") && sentence.words.get(at + 1).is_some_and(branch);
            if sentence.clause_ends(at) && !goes_on {
                break;
            }
        }
        let words = named.len();
        let release = named.iter().all(|word| is_release(word) && !word.contains('/'));
        let name = if release { String::new() } else { named.join(" ") };
        Self { name: name.trim_end_matches(['.', ',']).to_owned(), placed, words }
    }
}

/// `next` before a word that makes it no tree and no release: `the next checkpoint`.
fn is_plain_next(sentence: &Sentence<'_>, at: usize) -> bool {
    const RELEASES: &str = "merge release version kernel cycle window pull rc week tree branch";
    let behind = sentence.words.get(at + 1).filter(|_| !sentence.clause_ends(at));
    sentence.words[at] == "next"
        && behind.is_some_and(|word| {
            word.chars().all(char::is_alphabetic) && !among(word, STOPS) && !among(word, RELEASES)
        })
}

/// `5.9`, `v5.9-rc1`.
fn is_release(word: &str) -> bool {
    word.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit())
}

/// A word that names a tree, a branch or a release.
fn is_place(word: &str) -> bool {
    const PARTS: &str = "next fixes tree branch queue master main trunk staging upstream devel autobuild -testing -stable .git ://";
    let dotted = word.split('.').take(2).all(is_release) && word.contains('.');
    word.contains('/')
        || word.starts_with("for-")
        || word.contains("-for-")
        || dotted
        || PARTS.split(' ').any(|part| word.contains(part))
}
