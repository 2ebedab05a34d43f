//! Splits a mail into quotes and the words below each.
//!
//! In: the text of a reply. Out: its lines in pieces: a run of quoted lines, and the sender's own lines up to the
//! next quote. Never here: the diff that is quoted.

use std::ops::Range;

use crate::{
    markup::prose::{depth, quote_prefix},
    text,
};

/// A quote and the words below it, as ranges of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The quoted lines; empty at the beginning of a mail. Blank lines and `[...]` between two quotes belong to the
    /// quote.
    pub(super) quote: Range<usize>,
    /// The sender's own lines; empty if none follow the last quote.
    pub(super) own: Range<usize>,
}

/// The lines of a text, without line ends.
pub(super) fn lines(text: &str) -> Vec<&str> {
    text::lines(text).collect()
}

/// A line without its `> > `.
pub(super) fn bare(line: &str) -> &str {
    &line[quote_prefix(line).len()..]
}

/// Splits the lines of a mail. `is_wrapped` tells whether two lines are one line of the diff: the second half of a
/// wrapped quoted line has no `>`.
pub(super) fn pieces(lines: &[&str], is_wrapped: impl Fn([&str; 2]) -> bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let quote = at..run(lines, at, |line| depth(line) > 0);
        let own = quote.end..run(lines, quote.end, |line| depth(line) == 0);
        at = own.end;
        let is_joined = pieces.last().is_some_and(|last| is_no_remark(lines, last, &is_wrapped));
        match pieces.last_mut().filter(|_| is_joined) {
            Some(last) => (last.quote.end, last.own) = (quote.end, own),
            None => pieces.push(Piece { quote, own }),
        }
    }
    pieces
}

fn run(lines: &[&str], from: usize, belongs: impl Fn(&str) -> bool) -> usize {
    from + lines[from..].iter().take_while(|line| belongs(line)).count()
}

/// Whether the text between two quotes has no words.
fn is_no_remark(lines: &[&str], piece: &Piece, is_wrapped: impl Fn([&str; 2]) -> bool) -> bool {
    let own = &lines[piece.own.clone()];
    if piece.quote.is_empty() {
        return false;
    }
    let is_half = matches!(own, [half] if is_wrapped([bare(lines[piece.own.start - 1]), half]));
    is_half || own.iter().all(|line| line.trim().is_empty() || is_cut_mark(line))
}

/// Whether a line is only a mark for omitted text: `[...]`, `[snip]`, `<snip>`, `...`, `[ skipping 12 lines ]`.
pub(super) fn is_cut_mark(line: &str) -> bool {
    const CUTS: [&str; 4] = ["snip", "cut", "skip", "trim"];
    const BESIDE: [&str; 16] = [
        "code",
        "diff",
        "file",
        "files",
        "here",
        "hunk",
        "hunks",
        "line",
        "lines",
        "more",
        "of",
        "rest",
        "some",
        "the",
        "unchanged",
        "unrelated",
    ];
    let line = line.trim();
    if line.is_empty() || line.len() >= 40 {
        return !line.is_empty() && line.chars().all(is_dots);
    }
    let inside =
        line.strip_prefix(['[', '<', '(', '-']).map(|rest| rest.trim_start_matches(['-', ' ']));
    let words = inside.unwrap_or(line).to_ascii_lowercase();
    let mut words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_cut =
        |word: &str| CUTS.iter().any(|cut| word.starts_with(cut) && word.len() <= cut.len() + 4);
    let says = words.next().is_some_and(is_cut)
        && words.all(|word| BESIDE.contains(&word) || word.bytes().all(|b| b.is_ascii_digit()));
    line.chars().all(is_dots) || (says && (inside.is_some() || !line.contains(' ')))
}

fn is_dots(c: char) -> bool {
    matches!(c, '.' | '…' | '[' | ']' | ' ')
}
