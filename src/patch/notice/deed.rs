//! Sentences that say that something was applied: `Applied to mtd/next, thanks!`.
//!
//! In: a sentence. Out: a [`Notice`]. The word must stand where a sentence that tells of a deed has it:
//!
//! ```text
//!     before it   nothing, or only words like `Both`, `Series`, `Now`, `I've`, or edits and `and`
//!     behind it   nothing, a comma, thanks, what was applied, `to` and a tree, how (`with the typo fixed`)
//! ```
//!
//! In 893 replies of linux-mtd with such a word 199 mean something else: `with this patch applied`, `not yet
//! merged`, `once this is applied`, `I applied it and still see`, `applied cleanly`, `pushed a new version`.

use super::{
    Notice, Told, Voice,
    sentence::{Sentence, has},
};
use crate::message::Extent;

/// Said of patches and of nothing else.
const STRONG: [&str; 2] = ["applied", "queued"];
/// Said of other things too: a tree or an end must follow.
const WEAK: [&str; 7] = ["merged", "pulled", "pushed", "picked", "committed", "staged", "taken"];

/// What may stand before the word.
const BEFORE: [&str; 62] = [
    "and",
    "both",
    "all",
    "patch",
    "patches",
    "series",
    "set",
    "patchset",
    "now",
    "anyway",
    "ok",
    "okay",
    "thanks",
    "thank",
    "you",
    "so",
    "great",
    "good",
    "nice",
    "it",
    "it's",
    "is",
    "are",
    "was",
    "were",
    "have",
    "has",
    "been",
    "i",
    "i've",
    "we",
    "we've",
    "ive",
    "just",
    "already",
    "also",
    "whole",
    "the",
    "this",
    "that",
    "these",
    "them",
    "rest",
    "entire",
    "finally",
    "sure",
    "got",
    "then",
    "again",
    "too",
    "lgtm",
    "well",
    "yes",
    "looks",
    "but",
    "first",
    "last",
    "remaining",
    "of",
    "your",
    "two",
    "everything",
];

/// With these before it, nothing was done yet or is said to have been.
const CONDITIONS: [&str; 9] =
    ["if", "when", "once", "until", "unless", "before", "whether", "till", "while"];
const NEGATIVES: [&str; 14] = [
    "not", "never", "cannot", "can", "could", "should", "would", "will", "may", "might", "must",
    "be", "to", "yet",
];

/// A report of somebody who tried the patch.
const TRIALS: [&str; 24] = [
    "test", "tested", "testing", "tests", "tried", "boot", "booted", "observed", "saw", "see",
    "works", "work", "crash", "crashes", "fails", "failed", "failure", "help", "helps", "built",
    "build", "ran", "compile", "problem",
];

/// What may follow as the thing that was applied.
const OBJECTS: [&str; 24] = [
    "up",
    "now",
    "it",
    "this",
    "that",
    "these",
    "them",
    "both",
    "all",
    "the",
    "patch",
    "patches",
    "series",
    "patchset",
    "set",
    "whole",
    "of",
    "again",
    "your",
    "two",
    "too",
    "everything",
    "instead",
    "directly",
];

const THANKS: [&str; 6] = ["thanks", "thank", "thx", "cheers", "tks", "many"];
const PLACES: [&str; 8] = ["to", "into", "onto", "on", "in", "for", "at", "via"];
const MANNERS: [&str; 14] = [
    "with",
    "after",
    "as",
    "as-is",
    "manually",
    "by",
    "and",
    "plus",
    "yesterday",
    "today",
    "already",
    "earlier",
    "from",
    "but",
];

/// How a sentence leads to the word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// `Applied`, `Series applied`, `Fixed the typo and applied`.
    Bare,
    /// `I applied`.
    Spoken,
    /// `It was applied`.
    Passive,
}

/// What follows the word.
struct Tail {
    tree: String,
    /// A tree, or a release, is named.
    placed: bool,
    /// Thanks are given: nobody thanks for a trial.
    thanked: bool,
}

/// The notice that a sentence gives, if it says that something was applied. `below` is the next paragraph: tools
/// put the tree there.
pub(super) fn applied(sentence: &Sentence<'_>, below: &[&str]) -> Option<Notice> {
    if sentence.asks {
        return None;
    }
    let verbs = (0..sentence.words.len()).filter(|at| {
        let word = sentence.words[*at].as_str();
        STRONG.contains(&word) || WEAK.contains(&word)
    });
    verbs.into_iter().find_map(|at| deed(sentence, at, below))
}

fn deed(sentence: &Sentence<'_>, at: usize, below: &[&str]) -> Option<Notice> {
    let words = &sentence.words;
    let lead = lead(sentence, at)?;
    let tail = tail(sentence, at, below)?;
    let behind = &words[at + 1..];
    if has(behind, &["cleanly", "locally", "local", "successfully"]) {
        return None;
    }
    let tried = has(behind, &TRIALS);
    let voice = match lead {
        Lead::Bare if !tried => Voice::Plain,
        Lead::Spoken if !tried && (tail.placed || tail.thanked) => Voice::Plain,
        Lead::Spoken | Lead::Passive if tried => return None,
        _ => Voice::Loose,
    };
    let mut notice = Notice::new(Told::Applied, voice);
    let clause: Vec<&str> = words.iter().map(String::as_str).collect();
    notice.extent = Extent::of_deed(&clause);
    notice.tree = tail.tree.into();
    Some(notice)
}

fn lead(sentence: &Sentence<'_>, at: usize) -> Option<Lead> {
    let head = &sentence.words[..at];
    if has(head, &CONDITIONS) {
        return None;
    }
    let start = (0..at).rev().find(|i| sentence.clause_ends(*i)).map_or(0, |i| i + 1);
    let clause = &head[start..];
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let plain = clause.iter().all(|word| BEFORE.contains(&word.as_str()) || number(word));
    let did = clause.first().is_some_and(|word| word.ends_with("ed") || word == "made");
    let spoken = has(clause, &["i", "i've", "ive", "we", "we've"]);
    let edited = (did || spoken)
        && clause.last().is_some_and(|word| matches!(word.as_str(), "and" | "then"))
        && !has(clause, &NEGATIVES)
        && !clause.iter().any(|word| word.ends_with("n't") || word.ends_with("'ll"));
    if !plain && !edited {
        return None;
    }
    let passive =
        has(clause, &["is", "are", "was", "were", "been", "it's"]) || has(clause, &["got"]);
    Some(match (spoken, passive) {
        (true, _) => Lead::Spoken,
        (false, true) => Lead::Passive,
        (false, false) => Lead::Bare,
    })
}

fn tail(sentence: &Sentence<'_>, at: usize, below: &[&str]) -> Option<Tail> {
    let words = &sentence.words;
    let strong = STRONG.contains(&words[at].as_str());
    let mut tail = Tail { tree: String::new(), placed: false, thanked: has(words, &THANKS) };
    let mut next = at + 1;
    let numbered = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    while !sentence.clause_ends(next - 1)
        && words.get(next).is_some_and(|w| OBJECTS.contains(&w.as_str()) || numbered(w))
    {
        next += 1;
    }
    if next >= words.len() || sentence.clause_ends(next - 1) {
        return Some(tail);
    }
    let word = words[next].as_str();
    if word.is_empty() || THANKS.contains(&word) || sentence.raw[next].starts_with(['(', '-']) {
        return Some(tail);
    }
    if PLACES.contains(&word) {
        (tail.tree, tail.placed) = tree(sentence, next + 1, below);
        let follows = words.get(next + 1).map_or("", String::as_str);
        let thing = ["a", "an", "all", "any", "each", "every", "this", "consideration", "account"];
        let short = words.len() - next <= 4 && !thing.contains(&follows);
        let fits = tail.placed || strong && short;
        return fits.then_some(tail);
    }
    (strong && MANNERS.contains(&word)).then_some(tail)
}

/// The tree that words from `start` on name, and whether they name one or a release.
fn tree(sentence: &Sentence<'_>, start: usize, below: &[&str]) -> (String, bool) {
    let skipped = ["the", "my", "our", "branch", "of", "top", "tree", "tree:", "on", "current", ""];
    let stops =
        ["with", "and", "thanks", "thank", "after", "as", "but", "since", "so", "for", "via", "in"];
    let mut named: Vec<&str> = Vec::new();
    let mut placed = sentence.words.get(start).is_some_and(|word| word == "my" || word == "our");
    for at in start..sentence.words.len().min(start + 8) {
        let word = sentence.words[at].as_str();
        if stops.contains(&word) && at > start {
            break;
        }
        placed |= is_place(word);
        if !skipped.contains(&word) {
            named.push(sentence.raw[at].trim_matches(|c: char| ",;:!()<>\"'`".contains(c)));
        }
        let goes_on = word.contains("://")
            && sentence
                .words
                .get(at + 1)
                .is_some_and(|next| next.contains('/') || next == "branch");
        if sentence.clause_ends(at) && !goes_on {
            break;
        }
    }
    if start >= sentence.words.len() {
        // `Applied to` and the tree in a paragraph of its own: b4's template.
        let line = below.first().map_or("", |line| line.trim());
        return (line.trim_end_matches(['.', ',']).to_owned(), is_place(line));
    }
    let release = |word: &str| {
        let plain = word.trim_start_matches('v');
        plain.starts_with(|c: char| c.is_ascii_digit()) && !word.contains('/')
    };
    if named.iter().all(|word| release(word)) {
        return (String::new(), placed);
    }
    (named.join(" ").trim_end_matches(['.', ',']).to_owned(), placed)
}

/// A word that names a tree, a branch or a release.
fn is_place(word: &str) -> bool {
    const PARTS: [&str; 13] = [
        "next", "fixes", "tree", "branch", "queue", "master", "main", "trunk", "staging",
        "upstream", "devel", ".git", "://",
    ];
    let release = word
        .trim_start_matches('v')
        .split('.')
        .take(2)
        .all(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    word.contains('/')
        || word.starts_with("for-")
        || word.contains('.') && release
        || PARTS.iter().any(|part| word.contains(part))
}
