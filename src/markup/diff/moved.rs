//! Lines that a patch removes in one place and puts in at another.
//!
//! In: the files of a patch. Out: for each file the lines that were moved, and in words from where and to where. A
//! block counts as moved where at least [`MIN_LINES`] lines in a row were removed from one run of changed lines and
//! put into another, with [`MIN_LETTERS`] letters and digits in all; blanks at the ends of lines are ignored, as in
//! `git diff --color-moved=blocks`. What is only indented again stays in its run and was not moved. Near-linear:
//! three lines in a row are looked up by their hash, and no more than [`MAX_PLACES`] places of the same lines are
//! tried.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    patch::{FileDiff, LineKind},
    text::HtmlWriter,
};

/// A shorter block may be chance.
const MIN_LINES: usize = 3;
/// So may a block of brackets; git's own limit.
const MIN_LETTERS: usize = 20;
/// How many places are tried for lines that were removed several times.
const MAX_PLACES: usize = 4;

/// The lines that were moved from and to a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    /// Hunk and line of each line that was moved, in order.
    lines: Vec<(usize, usize)>,
    /// How many came from which file, how many went to which, and how many changed places within.
    from: BTreeMap<String, usize>,
    to: BTreeMap<String, usize>,
    within: usize,
}

impl Moved {
    /// Hunk and line of each line that was moved, both counted from 0, in order.
    pub fn lines(&self) -> &[(usize, usize)] {
        &self.lines
    }

    /// Nothing was moved.
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
    /// The run of changed lines that it is in; its number grows from run to run.
    run: usize,
    text: &'a str,
}

/// Finds what was moved; one [`Moved`] for each of `files`.
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
        // The longest; of equals the first.
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

/// The lines that were removed, and those that were put in.
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

/// The hash of lines in a row, which no blank line begins; `None` if they are not of one run.
fn key(lines: &[Changed<'_>]) -> Option<u64> {
    let (first, last) = (lines.first()?, lines.last()?);
    if first.run != last.run || first.text.is_empty() {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    lines.iter().for_each(|line| line.text.hash(&mut hasher));
    Some(hasher.finish())
}

/// How many lines in a row are the same, and worth to be called moved; otherwise 0.
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

/// Records a line that was moved; `is_new` where its old place was not recorded before.
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
