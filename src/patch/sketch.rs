//! Sketches: whether two diffs or two commit messages are similar, without comparing their texts.
//!
//! In: the text of a diff or of a commit message. Out: a [`Sketch`]: the smallest hashes of its changed lines, or of
//! every three consecutive words (a bottom-k sketch: Broder, "On the resemblance and containment of documents",
//! 1997). The share of common hashes estimates the share of common lines or words, so a patch is found again after a
//! change of its title and of some lines. Never here: line numbers, context, white space at the ends of lines;
//! trailers.

use std::{cmp::Ordering, collections::BTreeSet};

use serde::{Deserialize, Serialize};

use crate::text;

/// How many hashes are kept: the error of the estimate is about a quarter.
const MAX_HASHES: usize = 16;

/// The shortest line that counts, in bytes: every diff has lines like `}` and `break;`.
const SHORTEST_LINE: usize = 8;

/// The fewest lines of a sketch that can be similar: with fewer, diffs resemble each other by accident.
const MIN_HASHES: usize = 3;

/// The smallest hashes of a diff's changed lines, ascending.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sketch(Box<[u32]>);

impl Sketch {
    /// The sketch of a diff.
    pub(super) fn of(diff: &str) -> Self {
        let changed = text::lines(diff).filter(|line| {
            line.starts_with(['+', '-']) && !line.starts_with("+++ ") && !line.starts_with("--- ")
        });
        let lines = changed.map(str::trim_end).filter(|line| line.len() >= SHORTEST_LINE);
        Self::of_hashes(lines.map(|line| mixed(line.bytes().fold(BASIS, step))))
    }

    /// The sketch of a commit message, independent of its line breaks.
    pub(super) fn of_words(message: &str) -> Self {
        let said = text::lines(message).filter(|line| !is_trailer(line));
        let words = said.flat_map(|line| line.split(|c: char| !c.is_alphanumeric()));
        let word = |word: &str| word.bytes().map(|b| b.to_ascii_lowercase()).fold(BASIS, step);
        let words: Vec<u32> = words.filter(|word| !word.is_empty()).map(word).collect();
        let three = |three: &[u32]| {
            mixed(three.iter().flat_map(|word| word.to_le_bytes()).fold(BASIS, step))
        };
        Self::of_hashes(words.windows(3).map(three))
    }

    fn of_hashes(hashes: impl Iterator<Item = u32>) -> Self {
        let mut smallest = BTreeSet::new();
        for hash in hashes {
            if smallest.len() < MAX_HASHES || smallest.last().is_some_and(|last| hash < *last) {
                smallest.insert(hash);
            }
            if smallest.len() > MAX_HASHES {
                smallest.pop_last();
            }
        }
        Self(smallest.into_iter().collect())
    }

    /// The sketch of several diffs as if they were one: its hashes are among the smallest of each.
    pub(crate) fn of_all<'s>(sketches: impl Iterator<Item = &'s Self>) -> Self {
        let all: BTreeSet<u32> = sketches.flat_map(|sketch| sketch.0.iter().copied()).collect();
        Self(all.into_iter().take(MAX_HASHES).collect())
    }

    /// The hashes that a similar sketch very probably shares: the smallest ones.
    pub(crate) fn keys(&self) -> impl Iterator<Item = u32> {
        let enough = self.0.len() >= MIN_HASHES;
        self.0.iter().copied().take(if enough { 4 } else { 0 })
    }

    /// Whether it has so many lines that no other sketch resembles it by accident: fixes of two similar bugs in one
    /// file have few lines.
    pub(crate) fn is_long(&self) -> bool {
        self.0.len() * 2 >= MAX_HASHES
    }

    /// Whether both change a common line.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.0.iter().any(|hash| other.0.contains(hash))
    }

    /// Whether both change half of the lines that either changes.
    pub(crate) fn resembles(&self, other: &Self) -> bool {
        let (mine, theirs) = (&*self.0, &*other.0);
        // Most sketches share nothing, and each patch is compared with many.
        let is_apart = |one: &[u32], other: &[u32]| match (one.last(), other.first()) {
            (Some(last), Some(first)) => last < first,
            _ => true,
        };
        if is_apart(mine, theirs) || is_apart(theirs, mine) {
            return false;
        }
        let (either, both) = self.counts(other);
        both >= MIN_HASHES.max(either.div_ceil(2))
    }

    /// The share of the lines changed by either diff that both change, from 0 to 1.
    pub(crate) fn share(&self, other: &Self) -> f64 {
        let (either, both) = self.counts(other);
        if either == 0 { 0.0 } else { both as f64 / either as f64 }
    }

    /// From a sample of the lines in either sketch: how many there are, and how many are in both.
    fn counts(&self, other: &Self) -> (usize, usize) {
        let (mine, theirs) = (&*self.0, &*other.0);
        let (mut at, mut there, mut either, mut both) = (0, 0, 0, 0);
        while either < MAX_HASHES && at < mine.len() && there < theirs.len() {
            let order = mine[at].cmp(&theirs[there]);
            either += 1;
            both += usize::from(order == Ordering::Equal);
            at += usize::from(order != Ordering::Greater);
            there += usize::from(order != Ordering::Less);
        }
        // After the end of one sketch, the rest belongs to the other alone.
        let rest = mine.len() - at + theirs.len() - there;
        (MAX_HASHES.min(either + rest), both)
    }
}

/// Whether a line is a trailer: `Signed-off-by: …`, `Link: …`.
fn is_trailer(line: &str) -> bool {
    let key = line.split_once(": ").map_or("", |(key, _)| key);
    let is_word = key.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    is_word && key.starts_with(|first: char| first.is_ascii_uppercase())
}

/// The initial value of FNV-1a in 32 bits.
const BASIS: u32 = 0x811c_9dc5;

/// Adds a byte by FNV-1a.
fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// Mixes the bits again, so that the smallest hashes are a fair sample.
fn mixed(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash ^ (hash >> 13)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(lines: std::ops::Range<u32>) -> String {
        let changed = lines.map(|n| format!("+\tlamp_set_hue({n});\n"));
        let changed: String = changed.collect();
        format!("--- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1,9 @@\n int a;\n+}}\n{changed}")
    }

    #[test]
    fn diffs_that_change_much_the_same_resemble_each_other() {
        for (one, other, alike) in [
            (0..40, 0..40, true),
            (0..40, 4..44, true),
            (0..6, 1..7, true),
            (0..40, 100..140, false),
            (0..2, 0..2, false),
            (0..3, 0..3, true),
            (0..0, 0..0, false),
        ] {
            let sketches = [one.clone(), other.clone()].map(|lines| Sketch::of(&diff(lines)));
            assert_eq!(sketches[0].resembles(&sketches[1]), alike, "{one:?} {other:?}");
        }
    }

    #[test]
    fn messages_that_say_much_the_same_resemble_each_other_wherever_their_lines_break() {
        let said = "The lamp is dark when its hue was never set. Set one when it is made, and keep what a user chose.\n";
        let signed = "Signed-off-by: Ida Berg <ida@example.org>\n";
        let rest = "Tell of it in the log as well.\n";
        let wrapped = said.replace(" when", "\nwhen");
        for (one, other, alike) in [
            (said.to_owned(), format!("{wrapped}{signed}"), true),
            (format!("{said}{rest}"), wrapped, true),
            (signed.to_owned(), signed.to_owned(), false),
            (format!("{rest}{signed}"), format!("Nothing of it is known.\n{signed}"), false),
        ] {
            let sketches = [&one, &other].map(|message| Sketch::of_words(message));
            assert_eq!(sketches[0].resembles(&sketches[1]), alike, "{one:?} {other:?}");
        }
    }
}
