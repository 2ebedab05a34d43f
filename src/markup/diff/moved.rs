//! Lines that a patch moves: it removes them in one place and adds them in another.
//!
//! In: the files of a patch. Out: for each file the moved lines, and a description of where they came from and went.
//! A block counts as moved if at least [`MIN_LINES`] consecutive lines were removed from one run of changed lines
//! and added to another, with [`MIN_LETTERS`] letters and digits in total; blanks at the ends of lines are ignored,
//! as in `git diff --color-moved=blocks`. Lines that are only indented again stay in their run and do not count. The
//! time is nearly linear: three consecutive lines are looked up by their hash, and at most [`MAX_PLACES`] places of
//! the same lines are tried. Never here: HTML of lines.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    patch::{FileDiff, LineKind},
    text::HtmlWriter,
};

/// The fewest lines of a block; a shorter one may be chance.
const MIN_LINES: usize = 3;
/// The fewest letters and digits, which is git's own limit; a block of brackets may be chance.
const MIN_LETTERS: usize = 20;
/// The most places that are tried for lines that were removed several times.
const MAX_PLACES: usize = 4;

/// The lines that were moved from and to a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    /// Hunk and line of each line that was moved, in order.
    lines: Vec<(usize, usize)>,
    /// How many lines came from and went to each file, and how many moved within the file.
    from: BTreeMap<String, usize>,
    to: BTreeMap<String, usize>,
    within: usize,
}

impl Moved {
    /// Hunk and line of each line that was moved, both counted from 0, in order.
    pub fn lines(&self) -> &[(usize, usize)] {
        &self.lines
    }

    /// Whether nothing was moved.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// `12 lines moved from <code>fs/a.c</code>, 3 within the file`
    pub(super) fn words(&self, out: &mut HtmlWriter<'_>) {
        let mut first = true;
        let mut say = |count: usize, [key, next]: [&'static str; 2], path: &str| {
            let is_first = std::mem::take(&mut first);
            out.markup(if is_first { "<span class=w>" } else { "" });
            out.say(if is_first { key } else { next }, &[("n", count.into())], |out, _| {
                out.markup("<code>").value(path).markup("</code>");
            });
        };
        let (from, to) = (["moved-from-first", "moved-from"], ["moved-to-first", "moved-to"]);
        self.from.iter().for_each(|(path, count)| say(*count, from, path));
        self.to.iter().for_each(|(path, count)| say(*count, to, path));
        if self.within > 0 {
            say(self.within, ["moved-within-first", "moved-within"], "");
        }
        out.markup(if first { "" } else { "</span>" });
    }
}

/// A changed line.
struct Changed<'a> {
    file: usize,
    at: (usize, usize),
    /// The number of its run of changed lines, in ascending order.
    run: usize,
    text: &'a str,
}

/// Finds moved lines; returns one [`Moved`] for each of `files`.
pub fn moved(files: &[FileDiff<'_>]) -> Vec<Moved> {
    let mut found = vec![Moved::default(); files.len()];
    let (removed, added) = changed(files);
    if removed.len() < MIN_LINES || added.len() < MIN_LINES {
        return found;
    }
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, three) in removed.windows(MIN_LINES).enumerate() {
        if let Some(key) = key(three) {
            let places = places.entry(key).or_default();
            if places.len() < MAX_PLACES {
                places.push(at);
            }
        }
    }
    let mut is_marked = vec![false; removed.len()];
    let mut at = 0;
    while at + MIN_LINES <= added.len() {
        let places = key(&added[at..at + MIN_LINES]).and_then(|key| places.get(&key));
        let from = places.into_iter().flatten();
        let blocks = from.map(|&from| (block(&removed[from..], &added[at..]), from));
        // The longest block; of equally long ones, the first.
        let best = blocks.max_by_key(|&(len, from)| (len, std::cmp::Reverse(from)));
        let Some((len, from)) = best.filter(|&(len, _)| len > 0) else {
            at += 1;
            continue;
        };
        for (old, new) in (from..from + len).zip(&added[at..at + len]) {
            let is_new = !std::mem::replace(&mut is_marked[old], true);
            record(&mut found, files, &removed[old], new, is_new);
        }
        at += len;
    }
    found.iter_mut().for_each(|moved| moved.lines.sort_unstable());
    found
}

/// The removed lines, and the added ones.
fn changed<'a>(files: &[FileDiff<'a>]) -> (Vec<Changed<'a>>, Vec<Changed<'a>>) {
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    let mut run = 0;
    for (file, diff) in files.iter().enumerate() {
        for (n, hunk) in diff.hunks.iter().enumerate() {
            run += 1;
            if hunk.columns != 1 {
                continue;
            }
            for (line_at, line) in hunk.lines().enumerate() {
                let side = match line.kind {
                    LineKind::Removed => &mut removed,
                    LineKind::Added => &mut added,
                    LineKind::NoNewline => continue,
                    LineKind::Context | LineKind::Stray => {
                        run += 1;
                        continue;
                    }
                };
                side.push(Changed { file, at: (n, line_at), run, text: line.text().trim() });
            }
        }
    }
    (removed, added)
}

/// The hash of consecutive lines, the first of them not blank; `None` if they are not in one run.
fn key(lines: &[Changed<'_>]) -> Option<u64> {
    let (first, last) = (lines.first()?, lines.last()?);
    if first.run != last.run || first.text.is_empty() {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    lines.iter().for_each(|line| line.text.hash(&mut hasher));
    Some(hasher.finish())
}

/// The length of the block of equal lines that counts as moved; otherwise 0.
fn block(old: &[Changed<'_>], new: &[Changed<'_>]) -> usize {
    let (Some(first_old), Some(first_new)) = (old.first(), new.first()) else { return 0 };
    let is_same = |(a, b): &(&Changed<'_>, &Changed<'_>)| {
        a.run == first_old.run && b.run == first_new.run && a.text == b.text
    };
    if first_old.run == first_new.run {
        return 0;
    }
    let len = old.iter().zip(new).take_while(is_same).count();
    let letters = |line: &Changed<'_>| line.text.chars().filter(|c| c.is_alphanumeric()).count();
    let is_long = len >= MIN_LINES && new[..len].iter().map(letters).sum::<usize>() >= MIN_LETTERS;
    if is_long { len } else { 0 }
}

/// Records a moved line; `is_new` if its old place was not recorded before.
fn record(
    found: &mut [Moved],
    files: &[FileDiff<'_>],
    old: &Changed<'_>,
    new: &Changed<'_>,
    is_new: bool,
) {
    found[new.file].lines.push(new.at);
    if is_new {
        found[old.file].lines.push(old.at);
    }
    if old.file == new.file {
        found[new.file].within += 1;
        return;
    }
    let mut count = |file: usize, other: usize, to: bool| {
        let path = files[other].path().to_owned();
        let counts = if to { &mut found[file].to } else { &mut found[file].from };
        *counts.entry(path).or_default() += 1;
    };
    count(new.file, old.file, false);
    if is_new {
        count(old.file, new.file, true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patch::Diff;
    use crate::text::Mask;

    const BLOCK: [&str; 3] = ["int lamp_on(struct lamp *lamp)", "{", "return lamp->bright;"];

    fn file(path: &str, marks: [char; 2], indents: [&str; 2]) -> String {
        let half =
            |mark: char, indent: &str| BLOCK.map(|line| format!("{mark}{indent}{line}\n")).concat();
        let body = format!("{} middle\n{}", half(marks[0], indents[0]), half(marks[1], indents[1]));
        let count = |mark: char| marks.iter().filter(|m| [mark, ' '].contains(m)).count() * 3 + 1;
        let (old, new) = (count('-'), count('+'));
        format!("--- a/{path}\n+++ b/{path}\n@@ -1,{old} +1,{new} @@\n{body}")
    }

    fn words(text: &str) -> Vec<String> {
        let parsed = Diff::parse(text);
        let words = |moved: &Moved| {
            let mut out = HtmlWriter::new(Mask::NONE);
            moved.words(&mut out);
            out.finish().into_string()
        };
        moved(&parsed.diff.files).iter().map(words).collect()
    }

    #[test]
    fn lines_that_change_places_are_found() {
        let within = file("a.c", ['-', '+'], ["", "\t"]);
        assert_eq!(words(&within), ["<span class=w>3 lines moved within the file</span>"]);
        let parsed = Diff::parse(&within);
        let at = [(0, 0), (0, 1), (0, 2), (0, 4), (0, 5), (0, 6)];
        assert_eq!(moved(&parsed.diff.files)[0].lines(), at);
        let plus = file("b.c", ['+', ' '], ["", ""]);
        let text = file("a.c", ['-', ' '], ["", ""]) + &plus;
        assert_eq!(
            words(&text),
            [
                "<span class=w>3 lines moved to <code>b.c</code></span>",
                "<span class=w>3 lines moved from <code>a.c</code></span>"
            ]
        );
    }

    #[test]
    fn what_is_indented_anew_was_not_moved() {
        let old = BLOCK.map(|line| format!("-{line}\n")).concat();
        let new = BLOCK.map(|line| format!("+\t{line}\n")).concat();
        assert_eq!(words(&format!("--- a/a\n+++ b/a\n@@ -1,3 +1,3 @@\n{old}{new}")), [""]);
    }

    #[test]
    fn brackets_are_no_block() {
        let text = "--- a/a\n+++ b/a\n@@ -1,4 +1,4 @@\n-}\n-}\n-}\n x\n+}\n+}\n+}\n";
        assert_eq!(words(text), [""]);
    }
}
