//! The search index: files that a script in a reader's browser loads as a query needs them.
//!
//! In: the planned site. Out: the index' files. Never here: a page; a query (that is `search.js` of the theme).
//!
//! # The format, version 1
//!
//! An *entry* is a page of the author's own, a series, a thread, or a person who has a page. Entries are numbered
//! from 0: pages come first, then the others by the date of their first mail or series, so a new one comes last. All
//! files lie in `search/`.
//!
//! `index.json`: `{"version":1,"key":"…","entries":996,"rows":8,"shards":["","ab",…]}`. `key` changes with any
//! byte of the index and is sent along (`?k=…`) so that no cache mixes two builds. `rows` is how many rows a file
//! of rows has. `shards` says where each shard begins: a word is in the last one that does not begin behind it.
//!
//! `r0.json`, `r1.json`, …: the rows of entries 0 to 7, 8 to 15, …, each an array: folder (`series/x/`), title,
//! state (`applied`; `page`, `thread`, `pull request`, `person`), author, day, first words; a series also has its revisions, newest
//! first, each as its folder's name and how many units it takes, the titles of the newest revision's patches where
//! there are several, and its paths.
//!
//! `w.txt`, `w-ab.txt`, …: a shard, named by where it begins, what is not a-z or 0-9 as its code point in hex
//! between `_`. A line a word, in the order of the words' bytes: how many letters it has in common with the word
//! before (one digit of base 36), its other letters, a space, its entries. Each of these is
//!
//! - the number of entries since the one before it that do not have the word, in base 32; nothing for none,
//! - `.` and a unit in base 32; nothing for unit 0,
//! - one of `()*+,-/:;<=>?@[`: 1 to 15, the sum of 1 function, 2 author, 4 reviewer, 8 who answered; nothing
//!   for none of these,
//! - one of `A-Z!#$%&'`: 0 to 31, the sum of 1 title, 2 patch's title, 4 path, 8 body, 16 answer.
//!
//! A unit says where a word stands first: 0 is the newest revision (and the only unit of a thread), 1 to n its
//! patches by number, n + 1 the revision before it, and so on; of a revision with one patch, both are one unit.
//! Where the entries begin with `~`, so many have the word that those are left out which only have it in a body or
//! an answer.
//!
//! Words are made by `words`. Beside them there are facts, which begin with a colon: `:sapplied` states and
//! `:srfc`, `:v0003` the newest revision, `:d20260228` days of posting, `:llinux-mtd` lists, `:kseries`, `:kthread`,
//! `:kperson`, `:kpage` and `:kpull` kinds, `:m1a2b3c4d` the messages and change-ids by the SHA-1 of their id, which is also the end of
//! a message's anchor.

mod entry;
mod memory;
mod shard;
mod terms;
mod words;

use std::fmt::Write as _;

use rayon::prelude::*;
use serde_json::json;

use crate::plan::{Log, Plan, Reader, Route};
use entry::{Entry, Subject};
use memory::Made;
pub use memory::Memory;
use shard::Shard;
use terms::{Bag, Filler};

/// The version of the format.
const VERSION: u32 = 1;
/// How many rows a file of rows has: ten results lie in as many files, at worst.
const ROWS: usize = 8;

/// The files of the index; `memory` has the entries of the last build.
pub fn index(plan: &Plan<'_>, memory: &Memory) -> Vec<(Route, Vec<u8>)> {
    let subjects = entry::subjects(plan);
    let one = |filler: &mut Filler, subject: &(Subject<'_>, Route)| {
        let path = subject.1.file();
        memory.take(plan, &path).unwrap_or_else(|| {
            let log = Log::default();
            let entry = entry::entry(Reader::new(plan, &log), filler, subject);
            Made::new(plan, path, log, entry)
        })
    };
    let made: Vec<Made> = subjects.par_iter().map_init(Filler::default, one).collect();
    // Words of a text that was missing would be missing in every later index, too.
    if plan.texts.whole(()).is_ok() {
        memory.store(&made);
    }
    let entries: Vec<Entry> = made.into_iter().map(|made| made.entry).collect();
    let bags: Vec<&Bag> = entries.iter().map(|entry| &entry.bag).collect();
    let shards = shard::shards(&bags);
    let mut files: Vec<(String, String)> = Vec::new();
    for (number, rows) in entries.chunks(ROWS).enumerate() {
        files.push((format!("r{number}.json"), rows_file(rows)));
    }
    let starts: Vec<String> = shards.iter().map(|shard| shard.start.clone()).collect();
    files.extend(shards.into_iter().map(|Shard { start, lines }| (shard_name(&start), lines)));
    let mut hash = crate::hash::Sha1::new();
    files.iter().for_each(|(name, text)| {
        hash.update(name.as_bytes());
        hash.update(text.as_bytes());
    });
    let root = json!({
        "version": VERSION,
        "key": &hash.hexdigest()[..8],
        "entries": entries.len(),
        "rows": ROWS,
        "shards": starts,
    });
    files.push(("index.json".to_owned(), format!("{}\n", crate::json::text(&root))));
    let part = |(name, text): (String, String)| (Route::SearchPart(name.into()), text.into_bytes());
    files.into_iter().map(part).collect()
}

/// One row a line, so that a change is seen where it is.
fn rows_file(entries: &[Entry]) -> String {
    let rows: Vec<&str> = entries.iter().map(|entry| &*entry.row).collect();
    format!("[{}]\n", rows.join(",\n"))
}

/// The file of the shard that begins at `start`.
fn shard_name(start: &str) -> String {
    let mut name = String::from(if start.is_empty() { "w" } else { "w-" });
    for c in start.chars() {
        match c {
            'a'..='z' | '0'..='9' => name.push(c),
            _ => drop(write!(name, "_{:x}_", u32::from(c))),
        }
    }
    name.push_str(".txt");
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_is_named_by_its_first_letters() {
        for (start, name) in
            [("", "w.txt"), ("na", "w-na.txt"), (":d", "w-_3a_d.txt"), ("漢", "w-_6f22_.txt")]
        {
            assert_eq!(shard_name(start), name);
        }
    }
}
