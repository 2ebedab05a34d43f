//! The words of a text, to test whether another text says more.
//!
//! In: two texts. Out: how many words of one are not in the other. Marks and line ends do not count: `*bold*` equals
//! `<b>bold</b>`. Never here: the order of words.

use std::collections::HashSet;

/// The words of a text.
#[derive(Debug)]
pub(super) struct Words {
    known: HashSet<Box<str>>,
    /// The number of words, counting repetitions.
    pub(super) count: usize,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut words = Self { known: HashSet::new(), count: 0 };
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            words.count += 1;
            if !words.known.contains(word) {
                words.known.insert(word.into());
            }
        }
        words
    }

    /// The number of different words.
    pub(super) fn distinct(&self) -> usize {
        self.known.len()
    }

    /// How many words of `other` are not among these.
    pub(super) fn missing(&self, other: &Self) -> usize {
        other.known.difference(&self.known).count()
    }
}
