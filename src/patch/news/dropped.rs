//! Removals in announcements: `I have now dropped the "lamps on a diet" patchset.`, `Removed from for-next, as it
//! broke the build:` and titles below.
//!
//! In: an announcement's text. Out: the titles of the removed patches or series, in quotes in the sentence, or in
//! the lines below a sentence that ends in a colon. Most maintainers who rebase give no title (`that series`); these
//! are unknown. Never here: whether somebody had taken them.

use super::{Named, shortlog};
use crate::message;

/// Verbs for removed patches.
const DEEDS: [&str; 9] = [
    "dropped",
    "dropping",
    "removed",
    "removing",
    "reverted",
    "reverting",
    "kicked",
    "backed",
    "withdrawn",
];

/// The fewest words of a title.
const WORDS: usize = 3;

/// The titles that the text removes.
pub(super) fn read(text: &str) -> Vec<Named> {
    let mut out = Vec::new();
    let mut listing = false;
    for paragraph in message::own_paragraphs(text) {
        if listing && paragraph.iter().all(|line| line.starts_with([' ', '\t', '-', '*', '['])) {
            out.extend(paragraph.iter().filter_map(|line| titled(line)));
            listing = false;
            continue;
        }
        // A shortlog's titles describe what patches do.
        if paragraph.first().is_some_and(|line| shortlog::heading(line).is_some()) {
            listing = false;
            continue;
        }
        let prose: Vec<&str> = paragraph.iter().map(|line| line.trim()).collect();
        let prose = prose.join(" ");
        for sentence in prose.split(". ").filter(|sentence| takes_back(sentence)) {
            out.extend(quoted(sentence).filter_map(|title| named(title, "")));
        }
        let last = prose.rsplit(". ").next().unwrap_or_default();
        listing = last.ends_with(':') && takes_back(last);
    }
    out
}

/// Whether the sender reports a removal, and neither names a patch with such a title nor plans one.
fn takes_back(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let mut words = lower.split(|c: char| !(c.is_alphanumeric() || c == '\''));
    let planned = words
        .clone()
        .any(|word| ["will", "may", "might", "not", "if", "i'll", "can"].contains(&word));
    let quote = sentence.find('"').unwrap_or(sentence.len());
    let told =
        lower.get(..quote).is_some_and(|before| DEEDS.iter().any(|deed| before.contains(deed)));
    !planned && told && words.any(|word| DEEDS.contains(&word))
}

/// The text between quotation marks.
fn quoted(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split('"').skip(1).step_by(2)
}

/// `      [0123456789ab] lamp: dim it`, ` - lamp: dim it`.
fn titled(line: &str) -> Option<Named> {
    let bare = line.trim().trim_start_matches(['-', '*', ' ']);
    let (commit, title) = match bare.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
        Some((commit, title)) if crate::hash::is_commit(commit) => (commit, title),
        _ => ("", bare),
    };
    named(title, commit)
}

fn named(title: &str, commit: &str) -> Option<Named> {
    let title = title.trim();
    (title.split_whitespace().count() >= WORDS).then(|| Named {
        author: Default::default(),
        title: title.into(),
        commit: commit.into(),
        links: Box::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_out_again_is_named() {
        for (text, want) in [
            (
                "I have now dropped previously merged \"put the lamps on a\ndiet\" patchset.",
                "put the lamps on a diet",
            ),
            (
                "Removed from for-next, as it broke the build:\n\n      [0123456789ab] lamp: dim it slowly\n",
                "lamp: dim it slowly",
            ),
            (
                "Dropped:\n\n - lamp: dim it slowly\n - bell: ring it twice\n",
                "lamp: dim it slowly|bell: ring it twice",
            ),
            ("I will not have dropped \"put the lamps on a diet\".", ""),
            ("I merged \"lamp: dropped its light\".", ""),
            ("Zoe Lind (1):\n      lamp: removed \"the old light\"\n", ""),
            ("Rebased to remove that series, which I dropped.", ""),
        ] {
            let titles: Vec<String> =
                read(text).iter().map(|named| named.title.to_string()).collect();
            assert_eq!(titles.join("|"), want, "{text:?}");
        }
    }
}
