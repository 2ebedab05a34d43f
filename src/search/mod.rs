//! The search index: files that a script in the reader's browser loads when a query needs them.
//!
//! In: the planned site. Out: the files of the index. Never here: a page; a query (the theme's `search.js` runs it).
//!
//! # The format, version 2
//!
//! An *entry* is a page of the author, a series, a thread, or a person with a page. Entries are in *segments*:
//! `site` has the author's pages and people, the others are spans of time, oldest first. An entry with mails is in
//! the segment of its first mail. Within a segment, entries are numbered from 0 by the date of that mail, so a new
//! one comes last. A new mail changes files of its entry's segment only. All files are in `search/`.
//!
//! `index.json`:
//! `{"version":2,"entries":1024,"rows":8,"segments":[{"name":"2026q1","key":"…","first":28,"shards":["","ab",…]},…]}`.
//! `entries` is the number of all entries, and `first` the number of entries in earlier segments. A segment's files
//! are in the folder with its name; `key` changes with any byte of them and is part of the requests (`?k=…`), so
//! that no cache mixes two builds. `rows` is the number of rows in a file of rows. `shards` gives the first word of
//! each shard: a word is in the last shard that does not begin after it.
//!
//! `r0.json`, `r1.json`, …: the rows of entries 0 to 7, 8 to 15, …, each an array: folder (`series/x/`), title,
//! state (`applied`; of a report `open`; `page`, `thread`, `pull request`, `person`), author, day, first words; a series also has its
//! revisions, newest first, each as its folder's name and how many units it takes, the titles of the newest
//! revision's patches where there are several, its paths, and the number of replies by people to all revisions.
//!
//! `w.txt`, `w-ab.txt`, …: a shard, named by its first word, with characters other than a-z and 0-9 as their code
//! points in hex between `_`. It has one line per word, in the order of the words' bytes: the number of letters in
//! common with the word before (one digit of base 36), the other letters, a space, the entries. Each entry is
//!
//! - the number of entries without the word since the last one, in base 32; empty for 0,
//! - `.` and a unit in base 32; empty for unit 0,
//! - one of `()*+,-/:;<=>?@[`: 1 to 15, the sum of 1 function, 2 author, 4 reviewer, 8 replier; empty for 0,
//! - one of `A-Z!#$%&'`: 0 to 31, the sum of 1 title, 2 patch's title, 4 path, 8 body, 16 reply.
//!
//! The unit tells where a word occurs first: 0 is the newest revision (and the only unit of a thread), 1 to n its
//! patches by number, n + 1 the revision before it, and so on; in a revision with one patch, both are one unit. If
//! the entries begin with `~`, the word is so frequent in the segment that entries which only have it in a body or a
//! reply are left out.
//!
//! The module `words` makes the words. Two consecutive words of a title are also one word, `+dim+lamp`, for phrases.
//! There are also facts, which begin with a colon: states such as `:sapplied` and `:srfc`, the newest revision
//! `:v0003`, days of posting `:d20260228`, lists `:llinux-mtd`, the kinds `:kseries`, `:kthread`, `:kperson`,
//! `:kpage` and `:kpull`, and messages and change-ids `:m1a2b3c4d` by the SHA-1 of their id, which is also the end
//! of a message's anchor.

mod entry;
pub mod foreign;
mod memory;
mod segment;
mod shard;
mod terms;
mod words;

use std::{
    fmt::Write as _,
    hash::{Hash as _, Hasher as _},
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;
use serde_json::{Value, json};

use crate::{
    hash::Sha1,
    plan::{Log, Plan, Reader, Route},
};
use entry::Entry;
use memory::{Before, Made, Origin};
pub use memory::{Memory, Shape};
use segment::{Found, Segment};
use shard::Shard;
use terms::{Bag, Filler};

/// The version of the format.
const VERSION: u32 = 2;
/// The number of rows in a file of rows: ten results need at most as many files.
const ROWS: usize = 8;

/// The index of a site.
#[derive(Debug)]
pub struct Index<'p> {
    plan: &'p Plan<'p>,
    memory: &'p Memory,
    segments: Vec<Segment<'p>>,
    /// The entries that were made, except those that every build makes.
    made: Mutex<Vec<Made>>,
}

/// A segment's files.
#[derive(Debug)]
pub struct Files {
    /// What the root says about it.
    pub shape: Shape,
    /// The files with their bytes.
    pub files: Vec<(Route, Vec<u8>)>,
}

/// All files of an index, without an earlier one.
pub fn files(plan: &Plan<'_>) -> Vec<(Route, Vec<u8>)> {
    let memory = Memory::default();
    let index = Index::new(plan, &memory);
    let made: Vec<Files> =
        index.numbers().into_par_iter().map(|number| index.make(number)).collect();
    let shapes: Vec<Shape> = made.iter().map(|made| made.shape.clone()).collect();
    let files = made.into_iter().flat_map(|made| made.files);
    files.chain([root(&shapes)]).collect()
}

impl<'p> Index<'p> {
    /// The index of the planned site; `memory` has the entries of earlier builds.
    pub fn new(plan: &'p Plan<'p>, memory: &'p Memory) -> Self {
        let segments = segment::of(plan);
        Self { plan, memory, segments, made: Mutex::default() }
    }

    /// The numbers of its segments.
    pub fn numbers(&self) -> std::ops::Range<usize> {
        0..self.segments.len()
    }

    /// The files of a segment whose entries are all unchanged, and its form; `None` if one has changed.
    pub fn known(&self, number: usize) -> Option<(&Shape, Vec<Route>)> {
        let segment = &self.segments[number];
        let before = segment.subjects.par_iter().map(|found| self.before(found));
        let before: Vec<&Before> = before.collect::<Option<_>>()?;
        let shape = self.memory.shape(&segment.name)?;
        let is_same = shape.sum == sum(before.iter().map(|before| &before.origin));
        is_same.then(|| (shape, routes(shape)))
    }

    fn before(&self, (_, route): &Found<'p>) -> Option<&'p Before> {
        self.memory.of(self.plan, &route.file())
    }

    /// Makes the files of a segment.
    pub fn make(&self, number: usize) -> Files {
        let segment = &self.segments[number];
        let one = |filler: &mut Filler, found: &Found<'p>| {
            let before = self.before(found);
            let entry = before.and_then(|before| self.memory.entry(before));
            match (before, entry) {
                (Some(before), Some(entry)) => (before.origin.clone(), entry, true),
                _ => {
                    let log = Log::default();
                    let entry = entry::entry(Reader::new(self.plan, &log), filler, found);
                    (Origin::new(self.plan, found.1.file(), log), entry, false)
                }
            }
        };
        let entries: Vec<(Origin, Entry, bool)> =
            segment.subjects.par_iter().map_init(Filler::default, one).collect();
        let origins = || entries.iter().map(|(origin, ..)| origin);
        let (sum, is_made_always) = (sum(origins()), origins().any(Origin::is_made_always));
        let (starts, files) = write(&entries.iter().map(|(_, entry, _)| entry).collect::<Vec<_>>());
        let new =
            entries.into_iter().filter(|(origin, _, is_kept)| !is_kept && !origin.is_made_always());
        let new = new.map(|(origin, entry, _)| Made { origin, entry });
        self.made.lock().unwrap_or_else(PoisonError::into_inner).extend(new);
        let hash = hash_of(&files);
        let shape = Shape {
            name: segment.name.clone(),
            sum: if is_made_always { hash.finish() } else { sum },
            key: hash.hexdigest()[..8].into(),
            entries: segment.subjects.len(),
            starts,
        };
        let file =
            |(name, text): (String, String)| (route(&segment.name, &name), text.into_bytes());
        Files { shape, files: files.into_iter().map(file).collect() }
    }

    /// Stores the entries of this build, and its segments.
    pub fn store(&self, shapes: &[Shape]) {
        // A missing text would leave its words out of every later index, too.
        if self.plan.texts.whole(()).is_ok() {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            made.sort_unstable_by(|one, other| one.origin.cmp(&other.origin));
            self.memory.store(self.plan, &made, shapes);
        }
    }
}

/// The file that lists the segments.
pub fn root(shapes: &[Shape]) -> (Route, Vec<u8>) {
    let mut all = 0;
    let one = |Shape { name, key, entries, starts, .. }: &Shape| {
        let first = all;
        all += entries;
        json!({ "name": name, "key": key, "first": first, "shards": starts })
    };
    let segments: Vec<Value> = shapes.iter().map(one).collect();
    let root = json!({ "version": VERSION, "entries": all, "rows": ROWS, "segments": segments });
    let text = format!("{}\n", crate::json::text(&root));
    (Route::SearchPart("index.json".into()), text.into_bytes())
}

/// Everything that determines the files of a segment.
fn sum<'o>(origins: impl Iterator<Item = &'o Origin>) -> u64 {
    let mut sum = Sha1::new();
    origins.for_each(|origin| origin.hash(&mut sum));
    sum.finish()
}

/// The first words of a segment's shards, and its files with their names.
fn write(entries: &[&Entry]) -> (Vec<Box<str>>, Vec<(String, String)>) {
    let bags: Vec<&Bag> = entries.iter().map(|entry| &entry.bag).collect();
    files_of(entries, shard::shards(&bags))
}

/// The same with these shards.
fn files_of(entries: &[&Entry], shards: Vec<Shard>) -> (Vec<Box<str>>, Vec<(String, String)>) {
    let starts = shards.iter().map(|shard| shard.start.as_str().into()).collect();
    let rows = entries.chunks(ROWS).enumerate();
    let rows = rows.map(|(number, rows)| (rows_name(number), rows_file(rows)));
    let shards = shards.into_iter().map(|Shard { start, lines }| (shard_name(&start), lines));
    (starts, rows.chain(shards).collect())
}

/// The files of a segment of this form.
pub fn routes(Shape { name, entries, starts, .. }: &Shape) -> Vec<Route> {
    let rows = (0..entries.div_ceil(ROWS)).map(rows_name);
    let shards = starts.iter().map(|start| shard_name(start));
    rows.chain(shards).map(|file| route(name, &file)).collect()
}

/// A hash of these files.
fn hash_of(files: &[(String, String)]) -> Sha1 {
    let mut hash = Sha1::new();
    for (name, text) in files {
        hash.update(name.as_bytes());
        hash.update(text.as_bytes());
    }
    hash
}

fn route(segment: &str, file: &str) -> Route {
    Route::SearchPart(format!("{segment}/{file}").into())
}

fn rows_name(number: usize) -> String {
    format!("r{number}.json")
}

/// One row per line, so that a change is visible where it is.
fn rows_file(entries: &[&Entry]) -> String {
    let rows: Vec<&str> = entries.iter().map(|entry| &*entry.row).collect();
    format!("[{}]\n", rows.join(",\n"))
}

/// The name of the shard that begins at `start`.
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
