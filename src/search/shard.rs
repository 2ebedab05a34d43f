//! Shards: the words of all entries in files, each a range of the alphabet.
//!
//! In: the bags of all entries. Out: the first word and the lines of each shard. A shard ends between two words with
//! little in common, and the larger it is, the sooner; so a new word changes its own shard, and the ends of few
//! others. Never here: the meaning of a word, the place of a file.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::terms::{Bag, TEXTS};

/// From this many bytes on, a shard ends if the next word shares at most so many letters with the last one. A shard
/// of 8,000 bytes is 4,000 in gzip, and a query loads one per word and segment. With shards of 12,000, the first
/// results of two queries on linux-mtd took 107 and 114 kB; with these, ten queries take at most 90, in 427 files.
const ENDS: [(usize, usize); 4] = [(2_800, 0), (4_300, 1), (6_500, 2), (8_000, usize::MAX)];
/// A word in one of this many entries is not specific in a text.
const COMMON: usize = 4;
/// The fewest entries in which a word can be common.
const FEW: usize = 64;

/// The first bytes of the words that are sorted together: sorting all at once takes as much memory as all bags.
const FIRST: [u8; 6] = [0, b':', b'd', b'l', b'p', b't'];

/// A range of words.
#[derive(Debug)]
pub(super) struct Shard {
    /// None of its words comes before this, and none of an earlier shard after it.
    pub(super) start: String,
    /// Its lines.
    pub(super) lines: String,
}

/// A word of an entry. Its first eight bytes decide most comparisons.
#[derive(Debug, Clone, Copy)]
struct Use {
    key: u64,
    entry: u32,
    item: u32,
}

/// The shards of all words.
pub(super) fn shards(bags: &[&Bag]) -> Vec<Shard> {
    limited(bags, |_| usize::MAX)
}

/// The same; a word has at most so many entries, the last ones, and a `~` before them if others are left out.
pub(super) fn limited(bags: &[&Bag], most: impl Fn(&str) -> usize) -> Vec<Shard> {
    let word = |u: &Use| bags[u.entry as usize].word(u.item as usize);
    let same = |a: &Use, b: &Use| a.key == b.key && word(a) == word(b);
    let mut shards = vec![Shard { start: String::new(), lines: String::new() }];
    let mut last = "";
    let mut postings = String::new();
    for (at, from) in FIRST.iter().enumerate() {
        let uses = sorted(bags, *from, FIRST.get(at + 1).copied());
        for group in uses.chunk_by(same) {
            let new = word(&group[0]);
            let shown = group.len().min(most(new));
            let found = group[group.len() - shown..]
                .iter()
                .map(|u| (u.entry, bags[u.entry as usize].items()[u.item as usize]));
            let found = found.map(|(entry, item)| (entry, item.fields, item.unit));
            postings.clear();
            if shown < group.len() {
                postings.push('~');
            }
            write(&mut postings, found, group.len() >= FEW && group.len() * COMMON > bags.len());
            push(&mut shards, last, new, &postings);
            last = new;
        }
    }
    shards
}

/// The words that begin with the byte `from` or a later one, up to the next part.
fn sorted(bags: &[&Bag], from: u8, next: Option<u8>) -> Vec<Use> {
    let word = |u: &Use| bags[u.entry as usize].word(u.item as usize);
    let part = |bag: &Bag| bag.from(from)..next.map_or(bag.items().len(), |next| bag.from(next));
    let mut uses: Vec<Use> = Vec::with_capacity(bags.iter().map(|bag| part(bag).len()).sum());
    for (entry, bag) in (0u32..).zip(bags) {
        uses.extend(part(bag).map(|item| use_of(entry, bag, item)));
    }
    // Stable: equal words stay in the order of their entries.
    uses.par_sort_by(|a, b| {
        let tail = || if a.key & 0xff == 0 { Ordering::Equal } else { word(a).cmp(word(b)) };
        a.key.cmp(&b.key).then_with(tail)
    });
    uses
}

/// Adds the line of the word `new`, which follows `last`, to the last shard, or to a new one if that ends.
fn push(shards: &mut Vec<Shard>, last: &str, new: &str, postings: &str) {
    let mut shared = last.chars().zip(new.chars()).take_while(|(a, b)| a == b).count();
    let size = shards.last().map_or(0, |shard| shard.lines.len());
    if ENDS.iter().any(|(bytes, most)| size >= *bytes && shared <= *most) {
        let start = new.chars().take(shared + 1).collect();
        shards.push(Shard { start, lines: String::new() });
        shared = 0;
    }
    let Some(Shard { lines, .. }) = shards.last_mut() else { return };
    let shared = if lines.is_empty() { 0 } else { shared.min(35) };
    lines.extend(digits(u32::try_from(shared).unwrap_or(0), 36));
    let at = new.char_indices().nth(shared).map_or(new.len(), |(at, _)| at);
    lines.extend([&new[at..], " ", postings, "\n"]);
}

fn use_of(entry: u32, bag: &Bag, item: usize) -> Use {
    let mut key = [0; 8];
    let word = bag.word(item).as_bytes();
    let len = word.len().min(8);
    key[..len].copy_from_slice(&word[..len]);
    Use { key: u64::from_be_bytes(key), entry, item: u32::try_from(item).unwrap_or(u32::MAX) }
}

/// The entries that have a word; with `~` before them if entries that only have it in a text are left out.
fn write(out: &mut String, found: impl Iterator<Item = (u32, u16, u32)>, common: bool) {
    if common {
        out.push('~');
    }
    let mut next = 0;
    for (entry, fields, unit) in found {
        if common && fields & TEXTS == fields && fields != 0 {
            continue;
        }
        if entry > next {
            out.extend(digits(entry - next, 32));
        }
        if unit > 0 {
            out.push('.');
            out.extend(digits(unit, 32));
        }
        let (people, texts) = (fields >> 5, fields & 31);
        if people > 0 {
            out.push(char::from(PEOPLE[usize::from(people) & 15]));
        }
        out.push(char::from(PARTS[usize::from(texts)]));
        next = entry + 1;
    }
}

/// The signs of function, author, reviewer and replier, by their bits; the first is never used.
const PEOPLE: &[u8; 16] = b" ()*+,-/:;<=>?@[";
/// The signs of title, subject, path, body and reply, by their bits.
const PARTS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ!#$%&'";

/// A number in digits of a base up to 36; empty for 0.
fn digits(number: u32, base: u32) -> impl Iterator<Item = char> {
    let mut digits = [0u8; 8];
    let mut rest = number;
    let mut count = 0;
    while rest > 0 || count == 0 {
        digits[count] = b"0123456789abcdefghijklmnopqrstuvwxyz"[(rest % base) as usize];
        rest /= base;
        count += 1;
    }
    (0..count).rev().map(move |at| char::from(digits[at]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::terms::{Field, Filler};

    #[test]
    fn numbers_have_the_digits_of_their_base() {
        for (number, base, written) in
            [(0, 36, "0"), (35, 36, "z"), (31, 32, "v"), (32, 32, "10"), (u32::MAX, 32, "3vvvvvv")]
        {
            assert_eq!(digits(number, base).collect::<String>(), written);
        }
    }

    #[test]
    fn a_line_has_a_word_and_where_it_stands() {
        let mut filler = Filler::default();
        let mut bags = Vec::new();
        for (text, field, unit) in [
            ("nand", Field::Title, 0),
            ("nandsim", Field::Body, 2),
            ("other", Field::Author, 0),
            ("nand", Field::Path, 0),
        ] {
            filler.text(text, field, unit);
            bags.push(filler.take());
        }
        let bags: Vec<&Bag> = bags.iter().collect();
        let shards = shards(&bags);
        assert_eq!(shards.len(), 1);
        assert_eq!(shards[0].lines, "0nand B2E\n4sim 1.2I\n0other 2)A\n");
    }

    #[test]
    fn a_shard_ends_between_words() {
        let mut filler = Filler::default();
        for number in 0..20_000 {
            filler.text(&format!("w{number:05}"), Field::Body, number);
        }
        let bag = filler.take();
        let shards = shards(&[&bag]);
        assert!(shards.len() > 4, "{}", shards.len());
        assert!(shards.windows(2).all(|two| two[0].start < two[1].start));
        // The last shard ends with the words.
        let (last, others) = shards.split_last().expect("shards");
        assert!(last.lines.len() < 9_000, "{}", last.lines.len());
        for shard in others {
            assert!((2_600..9_000).contains(&shard.lines.len()), "{}", shard.lines.len());
            assert!(shard.lines.starts_with("0w"));
        }
    }
}
