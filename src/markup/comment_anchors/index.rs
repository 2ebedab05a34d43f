//! The lines of a diff, and the search for a quote in them.
//!
//! In: a diff; the lines of a quote without their `>`. Out: the line of the diff that a remark below the quote is
//! about, and which of the quoted lines are in the diff. Never here: a mail. Time is linear in the diff and the
//! quotes: each line is looked up once and compared with a few places.

use std::{collections::HashMap, ops::Range};

use super::keys::{BLANK, extended, is_telling, key};
use crate::{
    markup::diff::shares,
    patch::{Diff, FileDiff, Hunk, LineKind},
};

/// The most places of a line that are compared, those after the previous place first.
const MAX_PLACES: usize = 12;
/// The most following lines that are compared at each.
const MAX_AHEAD: usize = 12;
/// The most pieces of a wrapped line.
const MAX_PIECES: usize = 3;

/// git shows this many lines after the last change.
const CONTEXT_LINES: usize = 3;

/// The place of a line in a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The file, the first being 0.
    pub(crate) file: usize,
    /// Its hunk, the first being 0.
    pub(crate) hunk: usize,
    /// The line of the hunk, the first below `@@` being 0.
    pub(crate) line: usize,
}

/// A line, and its number in the file after the change; a removed line's in the file before.
#[derive(Debug, Clone, Copy)]
struct Entry {
    place: Place,
    number: u32,
    key: u64,
}

/// The lines of a diff, by content.
#[derive(Debug, Default)]
pub(super) struct Index {
    lines: Vec<Entry>,
    /// The places of each key in `lines`, sorted.
    by_key: Vec<(u64, u32)>,
    /// `diff --git`, `index`, `+++`: lines that belong to no hunk; sorted.
    heads: Vec<u64>,
    /// The lines of the file with a path.
    files: HashMap<String, Range<usize>>,
    /// The lines of the hunks under a `@@`, by its key without the name of the function, in order.
    hunks: HashMap<u64, Vec<Range<usize>>>,
}

/// The end of a quote in the diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// The line, in the order of the diff.
    pub(super) at: usize,
    /// The quoted line that decides.
    pub(super) line: usize,
    /// The first quoted line that was found.
    pub(super) first: usize,
    /// How many places are as good as this one.
    pub(super) rivals: usize,
}

/// The part of a quote that a diff has.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The end of the quote; `None` if none of its lines is specific.
    pub(super) spot: Option<Spot>,
    /// For each quoted line, whether it is in the diff.
    pub(super) known: Vec<bool>,
}

impl Index {
    /// Indexes the lines of `diff` that a page shows: as many of each file as fit.
    pub(super) fn new(diff: &Diff<'_>) -> Self {
        let mut index = Self::default();
        for ((number, file), share) in diff.files.iter().enumerate().zip(shares(&diff.files)) {
            index.add_file(number, file, share);
        }
        let places = (0u32..).zip(&index.lines).map(|(at, line)| (line.key, at));
        index.by_key = places.collect();
        index.by_key.sort_unstable();
        index.heads.sort_unstable();
        index
    }

    fn add_file(&mut self, number: usize, file: &FileDiff<'_>, max_bytes: usize) {
        let start = self.lines.len();
        self.heads.extend(file.header.lines().map(key));
        let mut left = max_bytes;
        for (hunk_number, hunk) in file.hunks.iter().enumerate() {
            let hunk_start = self.lines.len();
            let place = Place { file: number, hunk: hunk_number, line: 0 };
            left = self.add_lines(place, hunk, left);
            let lines = hunk_start..self.lines.len();
            self.heads.push(key(hunk.header));
            self.hunks.entry(key(range_of(hunk.header))).or_default().push(lines);
        }
        let lines = start..self.lines.len();
        for path in [&file.paths.old, &file.paths.new].into_iter().filter(|p| !p.is_empty()) {
            self.files.insert(path.clone(), lines.clone());
        }
    }

    /// Adds the lines of a hunk that fit into `left` bytes; returns what is left.
    fn add_lines(&mut self, place: Place, hunk: &Hunk<'_>, mut left: usize) -> usize {
        let mut next = hunk.start;
        for (line_number, line) in hunk.lines().enumerate() {
            let Some(rest) = left.checked_sub(line.raw.len()) else { return 0 };
            left = rest;
            let (old, new) = match line.kind {
                LineKind::Context => (1, 1),
                LineKind::Removed => (1, 0),
                LineKind::Added => (0, 1),
                LineKind::NoNewline | LineKind::Stray => (0, 0),
            };
            self.lines.push(Entry {
                place: Place { line: line_number, ..place },
                number: if line.kind == LineKind::Removed { next.old } else { next.new },
                key: key(line.raw),
            });
            next.old = next.old.saturating_add(old);
            next.new = next.new.saturating_add(new);
        }
        left
    }

    /// The line of the diff with the number `at`, and its number in the file.
    pub(super) fn place(&self, at: usize) -> Option<(Place, u32)> {
        self.lines.get(at).map(|entry| (entry.place, entry.number))
    }

    /// Whether the diff has the line that `pieces` form together.
    pub(super) fn has(&self, pieces: [&str; 2]) -> bool {
        !self.places(extended(key(pieces[0]), pieces[1])).is_empty()
    }

    /// Whether the line `at` is one of the last of the diff.
    pub(super) fn is_end(&self, at: usize) -> bool {
        at + CONTEXT_LINES + 1 >= self.lines.len()
    }

    fn places(&self, key: u64) -> &[(u64, u32)] {
        let start = self.by_key.partition_point(|(other, _)| *other < key);
        let rest = &self.by_key[start..];
        &rest[..rest.partition_point(|(other, _)| *other == key)]
    }

    /// Follows a quote through the diff; `after` is the end of the quote before it.
    pub(super) fn find(&self, quote: &[&str], after: Option<usize>) -> Found {
        let mut walk = Walk {
            index: self,
            quote,
            keys: quote.iter().map(|line| key(line)).collect(),
            scope: 0..self.lines.len(),
            is_scoped: false,
            next: None,
            after,
            found: Found { spot: None, known: vec![false; quote.len()] },
        };
        let mut at = 0;
        while let Some(line) = quote.get(at) {
            at += if walk.heading(at, line) { 1 } else { walk.line(at, line) };
        }
        walk.found
    }
}

/// `@@ -1,2 +3,4 @@` of a hunk's header.
fn range_of(header: &str) -> &str {
    header.get(2..).and_then(|rest| rest.find("@@")).map_or(header, |end| &header[..end + 4])
}

/// The state from line to line of a quote.
struct Walk<'a> {
    index: &'a Index,
    quote: &'a [&'a str],
    keys: Vec<u64>,
    /// The range that the quoted headings name.
    scope: Range<usize>,
    /// Whether a quoted heading names it.
    is_scoped: bool,
    /// The line after the last one found.
    next: Option<usize>,
    after: Option<usize>,
    found: Found,
}

impl Walk<'_> {
    /// Reads the heading of a file or of a hunk.
    fn heading(&mut self, at: usize, line: &str) -> bool {
        let line = line.trim();
        let lines = if line.starts_with("@@ -") {
            let hunks = self.index.hunks.get(&key(range_of(line))).map_or(&[][..], Vec::as_slice);
            let from = self.after.filter(|_| !self.is_scoped).unwrap_or(self.scope.start);
            let inside = hunks.partition_point(|hunk| hunk.end <= from);
            hunks.get(inside).or(hunks.first()).cloned()
        } else {
            path_of(line).and_then(|path| self.index.files.get(path)).cloned()
        };
        let Some(lines) = lines else {
            let is_head = self.index.heads.binary_search(&self.keys[at]).is_ok();
            self.found.known[at] = is_head;
            return is_head;
        };
        // The text after a path or after a hunk's numbers may be somebody else's words.
        self.found.known[at] = self.index.heads.binary_search(&self.keys[at]).is_ok();
        self.next = Some(lines.start);
        (self.scope, self.is_scoped) = (lines, true);
        true
    }

    /// Reads a line, or the pieces of one; returns their number.
    fn line(&mut self, at: usize, line: &str) -> usize {
        let mut key = self.keys[at];
        if key == BLANK {
            self.found.known[at] = true;
            let is_next = self.next.and_then(|next| self.index.lines.get(next));
            if is_next.is_some_and(|entry| entry.key == BLANK) {
                self.next = self.next.map(|next| next + 1);
            }
            return 1;
        }
        for pieces in 1..=MAX_PIECES {
            let is_telling = is_telling(line) || pieces > 1;
            if self.take(at, key, pieces, is_telling) {
                self.found.known[at..at + pieces].fill(true);
                return pieces;
            }
            // A piece of a line begins like a line of a diff, which prose does not.
            let rest = self.quote.get(at + pieces).filter(|rest| !rest.trim().is_empty());
            let Some(rest) = rest.filter(|_| line.starts_with(['+', '-', ' ', '\t'])) else {
                break;
            };
            key = extended(key, rest);
        }
        1
    }

    /// Reads the line with a key, if the diff has it.
    fn take(&mut self, at: usize, key: u64, pieces: usize, is_telling: bool) -> bool {
        let line = at + pieces - 1;
        let first = self.found.spot.map_or(at, |spot| spot.first);
        if let Some(next) = self.next
            && self.index.lines.get(next).is_some_and(|entry| entry.key == key)
        {
            let is_certain = self.places_in_scope(key).len() == 1;
            self.next = Some(next + 1);
            let rivals = match self.found.spot {
                Some(spot) if !is_certain => spot.rivals,
                None if !is_certain && !self.is_scoped => 2,
                _ => 1,
            };
            if is_telling || self.found.spot.is_some() || self.is_scoped {
                self.found.spot = Some(Spot { at: next, line, first, rivals });
            }
            return true;
        }
        if self.index.places(key).is_empty() {
            return false;
        }
        if is_telling {
            let (place, rivals) = self.best(at + pieces, key);
            let rivals = if self.is_scoped { 1 } else { rivals };
            self.next = Some(place + 1);
            self.found.spot = Some(Spot { at: place, line, first, rivals });
        }
        true
    }

    /// The places of a key in the range that the headings name, otherwise all.
    fn places_in_scope(&self, key: u64) -> &[(u64, u32)] {
        let all = self.index.places(key);
        let start = all.partition_point(|(_, at)| (*at as usize) < self.scope.start);
        let end = all.partition_point(|(_, at)| (*at as usize) < self.scope.end);
        if start == end { all } else { &all[start..end] }
    }

    /// The place of a key with the most matching lines from `ahead` on, and how many places match equally well.
    fn best(&self, ahead: usize, key: u64) -> (usize, usize) {
        let places = self.places_in_scope(key);
        let from = self.next.or(self.after.map(|after| after + 1)).unwrap_or(0);
        let split = places.partition_point(|(_, at)| (*at as usize) < from);
        let (before, behind) = places.split_at(split);
        let mut best = (0, 0, 0);
        for (_, at) in behind.iter().take(MAX_PLACES).chain(before.iter().take(MAX_PLACES)) {
            let at = *at as usize;
            let score = 1 + self.agreeing(ahead, at + 1);
            best = match best {
                (_, most, rivals) if score == most => (best.0, most, rivals + 1),
                (_, most, _) if score > most => (at, score, 1),
                best => best,
            };
        }
        (best.0, best.2)
    }

    /// How many quoted lines from `quoted` on equal the lines of the diff from `at` on.
    fn agreeing(&self, quoted: usize, at: usize) -> usize {
        let quoted = self.keys.get(quoted..).unwrap_or_default();
        let lines = self.index.lines.get(at..).unwrap_or_default();
        let pairs = quoted.iter().zip(lines).take(MAX_AHEAD);
        pairs.take_while(|(key, line)| **key == line.key).count()
    }
}

/// The path in `diff --git a/x b/x`, `--- a/x` or `+++ b/x`.
fn path_of(line: &str) -> Option<&str> {
    let path = match line.strip_prefix("diff --git ") {
        Some(names) => names.rsplit_once(" b/").map(|(_, path)| path)?,
        None => line.strip_prefix("--- ").or_else(|| line.strip_prefix("+++ "))?,
    };
    let path = path.trim_matches('"').trim_end();
    Some(path.strip_prefix("a/").or_else(|| path.strip_prefix("b/")).unwrap_or(path))
}
