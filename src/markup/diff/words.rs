//! The changed words of a changed line.
//!
//! In: the line before and after. Out: the parts of each that the other does not have. Never here: pairs of lines
//! with little in common.

use std::ops::Range;

/// The longest lines that are compared, in bytes.
const MAX_LINE_BYTES: usize = 500;
/// The largest table for comparing words; beyond it, the words in the middle are not compared.
const MAX_CELLS: usize = 10_000;

/// Compares lines; reuses its tables for the next pair.
#[derive(Debug, Default)]
pub(super) struct Comparer {
    old: Vec<Range<usize>>,
    new: Vec<Range<usize>>,
    table: Vec<u16>,
}

/// The parts of two lines that differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// In the line before.
    pub(super) old: Vec<Range<usize>>,
    /// In the line after.
    pub(super) new: Vec<Range<usize>>,
}

impl Comparer {
    /// The words that differ; `None` if less than half of the two lines is equal.
    pub(super) fn compare(&mut self, old: &str, new: &str) -> Option<Marks> {
        if old.len() > MAX_LINE_BYTES || new.len() > MAX_LINE_BYTES || old == new {
            return None;
        }
        split(old, &mut self.old);
        split(new, &mut self.new);
        let same = |(a, b): &(&Range<usize>, &Range<usize>)| old[(*a).clone()] == new[(*b).clone()];
        let head = self.old.iter().zip(&self.new).take_while(same).count();
        let most = self.old.len().min(self.new.len()) - head;
        let tail =
            self.old.iter().rev().zip(self.new.iter().rev()).take(most).take_while(same).count();
        let mut kept = Kept::default();
        kept.both(old, &self.old[..head]);
        kept.both(old, &self.old[self.old.len() - tail..]);
        let middle = Sides { old: head..self.old.len() - tail, new: head..self.new.len() - tail };
        let marks = self.middle(old, new, middle, &mut kept);
        let all = visible(old) + visible(new);
        // Two bytes of a kept word: one in each line.
        (2 * 2 * kept.bytes >= all).then_some(marks)
    }

    /// Marks the differences between the equal start and end, by the longest common subsequence.
    fn middle(&mut self, old: &str, new: &str, part: Sides, kept: &mut Kept) -> Marks {
        let (a, b) = (&self.old[part.old], &self.new[part.new]);
        let mut marks = Marks::default();
        let (rows, columns) = (a.len() + 1, b.len() + 1);
        if rows * columns > MAX_CELLS {
            marks.old.extend(whole(a));
            marks.new.extend(whole(b));
            return marks;
        }
        let same = |i: usize, j: usize| old[a[i].clone()] == new[b[j].clone()];
        self.table.clear();
        self.table.resize(rows * columns, 0);
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                self.table[i * columns + j] = if same(i, j) {
                    self.table[(i + 1) * columns + j + 1] + 1
                } else {
                    self.table[(i + 1) * columns + j].max(self.table[i * columns + j + 1])
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < a.len() || j < b.len() {
            let down = self.table.get((i + 1) * columns + j).filter(|_| i < a.len());
            let right = (j < b.len()).then(|| self.table[i * columns + j + 1]);
            if i < a.len() && j < b.len() && same(i, j) {
                kept.both(old, &a[i..=i]);
                (i, j) = (i + 1, j + 1);
            } else if right.is_none_or(|right| down.is_some_and(|&down| down >= right)) {
                mark(&mut marks.old, old, &a[i]);
                i += 1;
            } else {
                mark(&mut marks.new, new, &b[j]);
                j += 1;
            }
        }
        marks
    }
}

/// A part of both lists of words.
struct Sides {
    old: Range<usize>,
    new: Range<usize>,
}

/// The number of equal bytes without blanks: two lines of tabs have nothing in common.
#[derive(Default)]
struct Kept {
    bytes: usize,
}

impl Kept {
    fn both(&mut self, text: &str, words: &[Range<usize>]) {
        self.bytes += words.iter().map(|word| visible(&text[word.clone()])).sum::<usize>();
    }
}

fn visible(text: &str) -> usize {
    text.bytes().filter(|b| !b.is_ascii_whitespace()).count()
}

/// From the first word's start to the last one's end.
fn whole(words: &[Range<usize>]) -> Option<Range<usize>> {
    Some(words.first()?.start..words.last()?.end)
}

/// Appends a mark, or extends the last one if only blanks separate them.
fn mark(marks: &mut Vec<Range<usize>>, text: &str, word: &Range<usize>) {
    match marks.last_mut() {
        Some(last) if text[last.end..word.start].trim().is_empty() => last.end = word.end,
        _ => marks.push(word.clone()),
    }
}

/// Splits a line into names and numbers, runs of blanks, and single other characters.
fn split(text: &str, words: &mut Vec<Range<usize>>) {
    words.clear();
    let mut kind_before = Kind::Other;
    for (at, c) in text.char_indices() {
        let kind = match c {
            _ if c.is_alphanumeric() || c == '_' => Kind::Name,
            ' ' | '\t' => Kind::Blank,
            _ => Kind::Other,
        };
        match words.last_mut() {
            Some(last) if kind == kind_before && kind != Kind::Other => {
                last.end = at + c.len_utf8()
            }
            _ => words.push(at..at + c.len_utf8()),
        }
        kind_before = kind;
    }
}

/// The characters of a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    Blank,
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both lines with `[` and `]` around what differs.
    fn shown(old: &str, new: &str) -> Option<(String, String)> {
        let marks = Comparer::default().compare(old, new)?;
        let show = |text: &str, marks: &[Range<usize>]| {
            let mut out = String::new();
            let mut at = 0;
            for mark in marks {
                out += &format!("{}[{}]", &text[at..mark.start], &text[mark.clone()]);
                at = mark.end;
            }
            out + &text[at..]
        };
        Some((show(old, &marks.old), show(new, &marks.new)))
    }

    #[test]
    fn changed_words_are_marked() {
        for (old, new, shown_old, shown_new) in [
            ("int a = 1;", "int b = 1;", "int [a] = 1;", "int [b] = 1;"),
            ("f(x);", "f(x, y);", "f(x);", "f(x[, y]);"),
            ("\treturn foo;", "\t\treturn foo;", "[\t]return foo;", "[\t\t]return foo;"),
            ("a b c d e", "a x c y e", "a [b] c [d] e", "a [x] c [y] e"),
            ("größe = 1", "größe = 2", "größe = [1]", "größe = [2]"),
        ] {
            let expected = (shown_old.to_owned(), shown_new.to_owned());
            assert_eq!(shown(old, new), Some(expected), "{old:?} {new:?}");
        }
    }

    #[test]
    fn lines_with_little_in_common_are_no_pair() {
        assert_eq!(shown("int a;", "while (true) {"), None);
        assert_eq!(shown("", "x"), None);
        assert_eq!(shown("x", "x"), None);
        assert_eq!(shown(&"a ".repeat(300), "a"), None);
    }
}
