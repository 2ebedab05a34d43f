//! A segment of entries that other sites have: the search of a hub.
//!
//! In: entries, by date. Out: the files of a segment, in the same format. A word has at most [`WORDS`] entries in a
//! segment, a fact at most [`FACTS`], the newest ones, so that no file is long. Never here: where the entries are from.

use rayon::prelude::*;
use serde_json::json;

use super::{
    Files, Shape,
    entry::{Entry, nick},
    files_of, hash_of, route, shard,
    terms::{Bag, Field, Filler},
};
use crate::json::text;

/// The most entries of a word.
const WORDS: usize = 4_000;
/// The most entries of a fact, such as a state or a list.
const FACTS: usize = 20_000;
/// The most bytes of a title whose words can be found.
const TITLE: usize = 400;

/// An entry: a series on another site, or a person there.
#[derive(Debug, Default)]
pub struct Foreign {
    /// Its address: a whole one, or one below the root of the hub.
    pub url: String,
    /// Its title, or a name.
    pub title: String,
    /// Its state, or `person`.
    pub state: &'static str,
    /// Its author; may be empty.
    pub author: String,
    /// A day: `2026-02-28`; may be empty.
    pub day: String,
    /// Where it is, in words.
    pub about: String,
    /// The newest version: `v3`; may be empty.
    pub version: String,
    /// The names of its lists.
    pub lists: Vec<String>,
}

/// The files of the segment with this name; `sum` stands for everything that they are made from.
pub fn segment(name: &str, sum: u64, foreign: &[Foreign]) -> Files {
    let entries: Vec<Entry> = foreign.par_iter().map_init(Filler::default, entry).collect();
    let entries: Vec<&Entry> = entries.iter().collect();
    let bags: Vec<&Bag> = entries.iter().map(|entry| &entry.bag).collect();
    let most = |word: &str| if word.starts_with(':') { FACTS } else { WORDS };
    let (starts, files) = files_of(&entries, shard::limited(&bags, most));
    let key = hash_of(&files).hexdigest()[..8].into();
    let shape = Shape { name: name.into(), sum, key, entries: entries.len(), starts };
    let file = |(file, text): (String, String)| (route(name, &file), text.into_bytes());
    Files { shape, files: files.into_iter().map(file).collect() }
}

fn entry(filler: &mut Filler, one: &Foreign) -> Entry {
    let Foreign { url, title, state, author, day, about, version, lists } = one;
    let some = &title[..title.floor_char_boundary(TITLE)];
    filler.text(some, Field::Title, 0);
    if !author.is_empty() {
        filler.text(author, Field::Author, 0);
        filler.text(&nick(author), Field::Author, 0);
    }
    let is_person = *state == "person";
    filler.fact(&if is_person { ":kperson".to_owned() } else { format!(":s{state}") }, 0);
    lists.iter().for_each(|list| filler.fact(&format!(":l{list}"), 0));
    if !day.is_empty() && !is_person {
        filler.fact(&format!(":d{}", day.replace('-', "")), 0);
    }
    if let Some(number) = version.strip_prefix('v').and_then(|number| number.parse::<u32>().ok()) {
        filler.fact(&format!(":v{:04}", number.min(9_999)), 0);
    }
    let versions = if version.is_empty() { json!([]) } else { json!([version, 1]) };
    let row = text(&json!([url, title, state, author, day, about, versions]));
    // No browser takes the file for a page.
    Entry { bag: filler.take(), row: row.replace('<', "\\u003c").into() }
}
