//! The words of a text, to tell whether another says anything else.
//!
//! In: two texts. Out: how many words the one has that the other has not. Marks and line ends are not words:
//! `*bold*` is what `<b>bold</b>` is. Never here: the order of words.

use std::collections::HashSet;

/// The words of a text.
#[derive(Debug)]
pub(super) struct Words {
    known: HashSet<Box<str>>,
    /// How many there are, each as often as it is said.
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

    /// How many there are, each once.
    pub(super) fn distinct(&self) -> usize {
        self.known.len()
    }

    /// How many words `other` has that these are not.
    pub(super) fn missing(&self, other: &Self) -> usize {
        other.known.difference(&self.known).count()
    }
}
