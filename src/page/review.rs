//! What answers say at the lines of a patch that they quote.
//!
//! In: the diff of a patch, and the texts of its answers, an answer behind the one that it answers. Out: for
//! each answer what of it stands at which line of the diff, and what stays in the thread. Every line of an
//! answer is in one of both, but for quoted lines that stand above it on the page. Never here: HTML.
//!
//! A *passage* is a run of quoted lines and the own lines below it. It belongs to the last line of the diff
//! that is quoted, or, where only an earlier remark is quoted, to the line at which that one stands.
//!
//! Of 4,300 answers to patches of linux-mtd TODO

mod index;
mod keys;
mod pieces;

use std::collections::HashMap;

pub(crate) use index::Place;

use self::{
    index::{Index, Spot},
    keys::{BLANK, is_telling, key},
    pieces::{Piece, bare, is_cut_mark, lines, pieces},
};
use crate::{message::Trailer, patch::Diff};

/// The diff of a patch, and what was said at its lines so far.
#[derive(Debug, Default)]
pub(crate) struct Review {
    index: Index,
    /// Where the lines of remarks stand.
    remarks: HashMap<u64, usize>,
}

/// A part of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Lines that stay in the thread.
    Thread(String),
    /// What stands in the diff.
    Passage(Passage),
}

/// What stands below a line of the diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    /// The line.
    pub(crate) place: Place,
    /// Its number in the file.
    pub(crate) line: u32,
    /// The quoted lines that do not stand above it on the page, with their `>`.
    pub(crate) quote: String,
    /// The author's own lines.
    pub(crate) own: String,
}

impl Review {
    /// The lines of `diff` that a page shows where each file is cut at `max_bytes`.
    pub(crate) fn new(diff: &Diff<'_>, max_bytes: usize) -> Self {
        Self { index: Index::new(diff, max_bytes), remarks: HashMap::new() }
    }

    /// Divides an answer; `None` where all of it stays in the thread.
    pub(crate) fn answer(&mut self, text: &str) -> Option<Vec<Part>> {
        let lines = lines(text);
        if lines.iter().any(|line| suggests_a_patch(line)) {
            return None;
        }
        let mut after = None;
        let mut parts = Vec::new();
        for piece in pieces(&lines, |halves| self.index.has(halves)) {
            let quote: Vec<&str> =
                lines[piece.quote.clone()].iter().map(|line| bare(line)).collect();
            self.piece(&lines, &piece, &quote, &mut after, &mut parts);
        }
        parts.iter().any(|part| matches!(part, Part::Passage(_))).then_some(parts)
    }

    fn piece(
        &mut self,
        lines: &[&str],
        piece: &Piece,
        quote: &[&str],
        after: &mut Option<usize>,
        parts: &mut Vec<Part>,
    ) {
        let quoted = &lines[piece.quote.clone()];
        let (own, rest) = lines[piece.own.clone()].split_at(end_of_remark(lines, piece));
        let found = self.index.find(quote, *after);
        let spot = found.spot.filter(|spot| is_sure(spot, *after) && !is_general(quote, *spot));
        let at = spot.map(|spot| spot.at).or_else(|| self.answered(quote));
        let place = at.and_then(|at| self.index.place(at));
        let (Some(at), Some((place, line)), true) = (at, place, is_remark(own)) else {
            return thread(parts, quoted.iter().chain(own).chain(rest));
        };
        *after = spot.map(|spot| spot.at).or(*after);
        let first = spot.map_or(0, |spot| spot.first);
        let is_new = |n: &usize| {
            !found.known[*n]
                && self.remarks.get(&key(quote[*n])) != Some(&at)
                && !is_cut_mark(quote[*n])
        };
        let left = |from: usize, to: usize| (from..to).filter(is_new).map(|n| &quoted[n]);
        thread(parts, left(0, first));
        let quote = text(left(first, quoted.len()));
        for line in own.iter().filter(|line| is_telling(line)) {
            self.remarks.insert(key(line), at);
        }
        parts.push(Part::Passage(Passage { place, line, quote, own: text(own) }));
        thread(parts, rest);
    }

    /// The line at which the remark stands that a quote ends with.
    fn answered(&self, quote: &[&str]) -> Option<usize> {
        let last = quote.iter().rev().find(|line| key(line) != BLANK && !is_cut_mark(line))?;
        self.remarks.get(&key(last)).copied()
    }
}

/// Adds lines that stay in the thread.
fn thread<'a>(parts: &mut Vec<Part>, lines: impl IntoIterator<Item = &'a &'a str>) {
    let more = text(lines);
    match parts.last_mut() {
        _ if more.is_empty() => {}
        Some(Part::Thread(text)) => text.push_str(&more),
        _ => parts.push(Part::Thread(more)),
    }
}

fn text<'a>(lines: impl IntoIterator<Item = &'a &'a str>) -> String {
    lines.into_iter().flat_map(|line| [line, "\n"]).collect()
}

/// An answer that is or holds a patch of its own is not taken apart.
fn suggests_a_patch(line: &str) -> bool {
    line.starts_with("diff --git ")
        || line.starts_with("@@ -")
        || (line.starts_with("-- ") && line.contains(">8"))
}

/// One place is better than the others, or the order of the remarks tells.
fn is_sure(spot: &Spot, after: Option<usize>) -> bool {
    spot.rivals <= 1 || after.is_some()
}

/// The whole mail is quoted, with git's signature: what is said below is said about the patch.
fn is_general(quote: &[&str], spot: Spot) -> bool {
    quote[spot.line..].iter().any(|line| line.trim_end() == "--")
}

/// Words that are no tags.
fn is_remark(own: &[&str]) -> bool {
    own.iter().any(|line| !line.trim().is_empty() && Trailer::parse(line).is_none())
}

/// Where in the own lines of a piece the words about its quote end: before the signature, and at a mail's end
/// before tags and the greeting.
fn end_of_remark(lines: &[&str], piece: &Piece) -> usize {
    let own = &lines[piece.own.clone()];
    let signature = own.iter().position(|line| *line == "-- ").unwrap_or(own.len());
    if piece.own.end < lines.len() {
        return signature;
    }
    let mut end = signature;
    loop {
        let paragraph_end = end - blank_lines(own[..end].iter().rev());
        let paragraph =
            own[..paragraph_end].iter().rev().take_while(|line| !line.trim().is_empty());
        let start = paragraph_end - paragraph.count();
        if start == paragraph_end || !is_closing(&own[start..paragraph_end]) {
            return end;
        }
        end = start;
    }
}

fn blank_lines<'a>(lines: impl Iterator<Item = &'a &'a str>) -> usize {
    lines.take_while(|line| line.trim().is_empty()).count()
}

/// `Thanks,` and a name, or tags alone.
fn is_closing(paragraph: &[&str]) -> bool {
    let is_short = |line: &&str| line.len() < 30;
    let is_greeting = paragraph.len() <= 3
        && paragraph[0].trim_end().ends_with([',', '!'])
        && paragraph.iter().all(is_short);
    is_greeting || paragraph.iter().all(|line| Trailer::parse(line).is_some())
}
