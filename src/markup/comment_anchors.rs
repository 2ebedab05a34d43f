//! The remarks of replies about lines of a patch that they quote.
//!
//! In: the diff of a patch, and the texts of its replies, each after its parent. Out: for each reply, its remarks
//! with the lines of the diff that they are about, and the rest, which stays in the thread. Every line of a reply is
//! in one of the two, except quoted lines that are above it on the page. Never here: HTML.
//!
//! A *passage* is a run of quoted lines and the sender's own lines below it. It belongs to the last quoted line of
//! the diff, or, if only an earlier remark is quoted, to the line of that remark.
//!
//! Of the 4,206 replies to messages of series on linux-mtd (2019-04 to 2020-06), 1,233 have remarks about 2,612
//! lines: 740 of them about one, nine about more than twenty.

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
use super::prose::{begins_signature, depth, is_closing};
use crate::{message::Trailer, patch::Diff};

/// The diff of a patch, and the remarks about its lines so far.
#[derive(Debug, Default)]
pub(crate) struct Review {
    index: Index,
    /// The places of the remarks' lines.
    remarks: HashMap<u64, usize>,
}

/// The most damaged lines that may follow the last line found in the diff.
const MAX_LOST: usize = 1;

/// The beginnings of remarks by people who take a whole patch.
const VERDICTS: [&str; 8] =
    ["applied", "queued", "merged", "looks good", "lgtm", "thanks", "thank you", "picked"];

/// A part of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Lines that stay in the thread.
    Thread(String),
    /// A remark that appears in the diff.
    Passage(Passage),
}

/// A remark below a line of the diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    /// The line.
    pub(crate) place: Place,
    /// Its number in the file.
    pub(crate) line: u32,
    /// The quoted lines that are not above it on the page, with their `>`.
    pub(crate) quote: String,
    /// The author's own lines.
    pub(crate) own: String,
}

impl Review {
    /// Indexes the lines of `diff` that a page shows.
    pub(crate) fn new(diff: &Diff<'_>) -> Self {
        Self { index: Index::new(diff), remarks: HashMap::new() }
    }

    /// Splits a reply; `None` if all of it stays in the thread.
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
        is_taken_apart(&parts).then_some(parts)
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
        let is_new = |n: &usize| {
            !found.known[*n]
                && !self.remarks.contains_key(&key(quote[*n]))
                && !is_cut_mark(quote[*n])
        };
        let is_sure = |spot: &Spot| {
            let level = depth(quoted[spot.line]);
            let more = (spot.line + 1..quote.len()).filter(|n| depth(quoted[*n]) >= level);
            (spot.rivals <= 1 || after.is_some())
                && more.filter(is_new).nth(MAX_LOST).is_none()
                && !self.is_general(quote, *spot, own)
        };
        let spot = found.spot.filter(is_sure);
        let at = spot.map(|spot| spot.at).or_else(|| self.answered(quote));
        let place = at.and_then(|at| self.index.place(at));
        let (Some(at), Some((place, line)), true) = (at, place, is_remark(own)) else {
            // A quote without words of the sender, below remarks that are in the diff: it was not trimmed, and is on
            // the page already.
            let is_idle = is_taken_apart(parts) && own.iter().all(|line| line.trim().is_empty());
            let kept = (0..quote.len()).filter(|n| !is_idle || is_new(n)).map(|n| &quoted[n]);
            return thread(parts, kept.chain(own).chain(rest));
        };
        *after = spot.map(|spot| spot.at).or(*after);
        let first = spot.map_or(0, |spot| spot.first);
        let is_above = |n: usize| {
            let remark = self.remarks.get(&key(quote[n]));
            found.known[n] || remark == Some(&at) || is_cut_mark(quote[n])
        };
        let left =
            |from: usize, to: usize| (from..to).filter(|n| !is_above(*n)).map(|n| &quoted[n]);
        thread(parts, left(0, first));
        let quote = text(left(first, quoted.len()));
        for line in own.iter().filter(|line| is_telling(line)) {
            self.remarks.insert(key(line), at);
        }
        parts.push(Part::Passage(Passage { place, line, quote, own: text(own) }));
        thread(parts, rest);
    }

    /// Whether a remark below a quote of a whole patch is about the patch: the quote ends with git's signature, or
    /// the words are those of somebody who takes it.
    fn is_general(&self, quote: &[&str], spot: Spot, own: &[&str]) -> bool {
        let mut words = own.iter().filter(|line| !line.trim().is_empty());
        let first = words.next().map_or(String::new(), |line| line.trim().to_ascii_lowercase());
        let is_verdict = VERDICTS.iter().any(|word| first.starts_with(word));
        quote[spot.line..].iter().any(|line| line.trim_end() == "--")
            || (self.index.is_end(spot.at) && is_verdict && words.nth(3).is_none())
    }

    /// The line whose remark ends a quote.
    fn answered(&self, quote: &[&str]) -> Option<usize> {
        let last = quote.iter().rev().find(|line| key(line) != BLANK && !is_cut_mark(line))?;
        self.remarks.get(&key(last)).copied()
    }
}

fn is_taken_apart(parts: &[Part]) -> bool {
    parts.iter().any(|part| matches!(part, Part::Passage(_)))
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

/// Whether a line shows that the reply is or contains a patch of its own; then it is not split.
fn suggests_a_patch(line: &str) -> bool {
    line.starts_with("diff --git ")
        || line.starts_with("@@ -")
        || (line.starts_with("-- ") && line.contains(">8"))
}

/// Whether there are words other than tags.
fn is_remark(own: &[&str]) -> bool {
    own.iter().any(|line| !line.trim().is_empty() && Trailer::parse(line).is_none())
}

/// The end of the words about a quote: before the signature, and at the end of a mail before tags and the greeting.
fn end_of_remark(lines: &[&str], piece: &Piece) -> usize {
    let own = &lines[piece.own.clone()];
    let signature = own.iter().position(|line| begins_signature(line)).unwrap_or(own.len());
    if piece.own.end < lines.len() && signature == own.len() {
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
