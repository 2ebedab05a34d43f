//! A bag of words: those of one series or thread, each once, with its place.
//!
//! In: texts, each with its field and unit. Out: the words with the fields that have them, and the unit of the
//! strongest. Never here: another series; an order that the texts did not have.

use std::hash::{BuildHasher, RandomState};

use serde::{Deserialize, Serialize};

use super::words::{self, Piece};

/// The part of a series or thread that has a word; one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// A title of the whole.
    Title = 1,
    /// A patch's title.
    Subject = 2,
    /// A changed file's path.
    Path = 4,
    /// A commit message, cover letter, or the first message of a thread.
    Body = 8,
    /// A reply, without its quotes.
    Reply = 16,
    /// A function in a hunk's header.
    Function = 32,
    /// An author's name or address.
    Author = 64,
    /// Somebody who gave a review.
    Reviewer = 128,
    /// Somebody who replied.
    Answered = 256,
}

/// The fields that are ignored for frequent words, because they have too many words.
pub(super) const TEXTS: u16 = Field::Body as u16 | Field::Reply as u16;

/// The fields from the strongest on.
const STRENGTH: [Field; 9] = [
    Field::Title,
    Field::Subject,
    Field::Path,
    Field::Function,
    Field::Author,
    Field::Body,
    Field::Reviewer,
    Field::Answered,
    Field::Reply,
];

/// A word of a bag.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Item {
    /// The end of the word in the text; it begins at the end of the one before.
    end: u32,
    /// The bits of the fields that have it; 0 for a fact.
    pub(super) fields: u16,
    /// The first unit with the strongest of these fields.
    pub(super) unit: u32,
}

/// The words of one series or thread.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Bag {
    text: Box<str>,
    items: Box<[Item]>,
}

/// Builds bags one after another, reusing its memory.
#[derive(Debug)]
pub(super) struct Filler {
    text: String,
    items: Vec<Item>,
    /// An open hash table of item numbers plus 1; its length is a power of two.
    table: Vec<u32>,
    /// A different seed in each run, so that nobody can write a mail whose words all collide.
    seed: u64,
    run: String,
}

impl Default for Filler {
    fn default() -> Self {
        let seed = RandomState::new().hash_one(0);
        Self { text: String::new(), items: Vec::new(), table: Vec::new(), seed, run: String::new() }
    }
}

impl Bag {
    /// The words with their places, in the order of their bytes.
    pub(super) fn items(&self) -> &[Item] {
        &self.items
    }

    /// The number of the first word that begins with this byte or a later one.
    pub(super) fn from(&self, first: u8) -> usize {
        let (mut low, mut high) = (0, self.items.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.word(middle).as_bytes().first().is_some_and(|byte| *byte >= first) {
                true => high = middle,
                false => low = middle + 1,
            }
        }
        low
    }

    /// The word of the item with this number.
    pub(super) fn word(&self, number: usize) -> &str {
        word(&self.text, &self.items, number)
    }
}

impl Filler {
    /// Adds the words of a text; for a title also each pair of consecutive words, for phrases: `+dim+lamp`.
    pub(super) fn text(&mut self, text: &str, field: Field, unit: u32) {
        let mut run = std::mem::take(&mut self.run);
        let is_title = matches!(field, Field::Title | Field::Subject);
        let mut pair = String::new();
        words::each(text, &mut run, |piece| match piece {
            Piece::Whole(word) => {
                self.word(word, field as u16, unit);
                if is_title {
                    let is_second = !pair.is_empty();
                    pair.drain(..pair.rfind('+').unwrap_or(0));
                    pair.push('+');
                    pair.push_str(word);
                    if is_second {
                        self.word(&pair, field as u16, unit);
                    }
                }
            }
            Piece::Part(word) => self.word(word, field as u16, unit),
        });
        self.run = run;
    }

    /// Adds a fact, which is not a word of a text: `:sapplied`. No word begins with a colon.
    pub(super) fn fact(&mut self, fact: &str, unit: u32) {
        self.word(fact, 0, unit);
    }

    /// The bag as filled; the filler is then empty.
    pub(super) fn take(&mut self) -> Bag {
        self.table.fill(0);
        // Sort here, on many workers; stored bags are sorted already.
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        let of = |number: usize| word(&self.text, &self.items, number);
        order.sort_unstable_by(|a, b| of(*a).cmp(of(*b)));
        // Copy, so that a bag is no larger than its words, and the filler keeps its memory.
        let mut text = String::with_capacity(self.text.len());
        let moved = |number: usize| {
            text.push_str(of(number));
            let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
            Item { end, ..self.items[number] }
        };
        let items = order.into_iter().map(moved).collect();
        let bag = Bag { text: text.into(), items };
        self.text.clear();
        self.items.clear();
        bag
    }

    fn word(&mut self, word: &str, fields: u16, unit: u32) {
        if self.items.len() * 2 >= self.table.len() {
            self.grow();
        }
        let place = self.place(word);
        let Some(number) = self.table[place].checked_sub(1) else {
            self.text.push_str(word);
            let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
            self.items.push(Item { end, fields, unit });
            self.table[place] = u32::try_from(self.items.len()).unwrap_or(0);
            return;
        };
        let item = &mut self.items[number as usize];
        if strength(fields) < strength(item.fields) {
            item.unit = unit;
        }
        item.fields |= fields;
    }

    /// The place of the word in the table, or a free one for it.
    fn place(&self, word: &str) -> usize {
        let mask = self.table.len() - 1;
        let mut place = hash(self.seed, word) & mask;
        while let Some(number) = self.table[place].checked_sub(1) {
            if self::word(&self.text, &self.items, number as usize) == word {
                break;
            }
            place = (place + 1) & mask;
        }
        place
    }

    fn grow(&mut self) {
        let size = (self.table.len() * 2).max(1024);
        self.table.clear();
        self.table.resize(size, 0);
        for number in 0..self.items.len() {
            let place = self.place(word(&self.text, &self.items, number));
            self.table[place] = u32::try_from(number + 1).unwrap_or(0);
        }
    }
}

/// The word of the item with this number.
fn word<'t>(text: &'t str, items: &[Item], number: usize) -> &'t str {
    let start = number.checked_sub(1).map_or(0, |before| items[before].end);
    &text[start as usize..items[number].end as usize]
}

/// The place of the strongest field in [`STRENGTH`].
fn strength(fields: u16) -> usize {
    let place = STRENGTH.iter().position(|field| fields & *field as u16 != 0);
    place.unwrap_or(STRENGTH.len())
}

/// FNV-1a, with its high bits folded in: the words are short, and the table never leaves the program.
#[expect(clippy::cast_possible_truncation, reason = "a hash, of which any bits will do")]
fn hash(seed: u64, word: &str) -> usize {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325 ^ seed, step);
    (hash ^ (hash >> 29)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_there_once_and_at_its_strongest() {
        let mut filler = Filler::default();
        filler.text("one two", Field::Reply, 1);
        filler.text("two three", Field::Title, 2);
        filler.text("two", Field::Subject, 3);
        filler.fact(":v0001", 0);
        let bag = filler.take();
        let items = bag.items().iter().enumerate().filter(|(at, _)| !bag.word(*at).contains('+'));
        let seen: Vec<_> = items.map(|(at, i)| (bag.word(at), i.fields, i.unit)).collect();
        assert_eq!(seen, [(":v0001", 0, 0), ("one", 16, 1), ("three", 1, 2), ("two", 19, 2)]);
        assert_eq!([0, b':', b'o', b'p', b'u'].map(|first| bag.from(first)), [0, 1, 2, 3, 5]);
        assert!(filler.take().items().is_empty());
    }

    #[test]
    fn neighbours_in_a_title_are_words() {
        let mut filler = Filler::default();
        filler.text("lamp: dim a-b it", Field::Title, 0);
        filler.text("lamp on", Field::Body, 0);
        let bag = filler.take();
        let words: Vec<_> = (0..bag.items().len()).map(|at| bag.word(at)).collect();
        assert_eq!(words, ["+a-b+it", "+dim+a-b", "+lamp+dim", "a-b", "dim", "it", "lamp", "on"]);
    }

    #[test]
    fn many_words_stay_apart() {
        let mut filler = Filler::default();
        for _ in 0..2 {
            (0..5000).for_each(|n| filler.text(&format!("w{n}"), Field::Body, 0));
        }
        assert_eq!(filler.take().items().len(), 5000);
    }
}
