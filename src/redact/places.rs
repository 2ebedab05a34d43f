//! Replaces parts of a text.
//!
//! In: a text, and the ranges to remove. Out: the text without them, with the same number of lines. Never here: the
//! reason.

use std::{borrow::Cow, ops::Range};

use super::Met;

/// The ranges of a text to replace.
#[derive(Default)]
pub(super) struct Places {
    all: Vec<(Range<usize>, &'static str, Option<usize>)>,
}

impl Places {
    pub(super) fn add(&mut self, bytes: Range<usize>, instead: &'static str, entry: Option<usize>) {
        if !bytes.is_empty() {
            self.all.push((bytes, instead, entry));
        }
    }

    /// The text with the ranges replaced. Of overlapping ranges, the first one counts, and of those that begin
    /// together the longest; the rest of the others is removed with it.
    pub(super) fn take_out<'t>(mut self, text: &'t str, met: Met<'_>) -> Cow<'t, str> {
        self.all.sort_by_key(|(bytes, ..)| (bytes.start, std::cmp::Reverse(bytes.end)));
        let mut out = String::new();
        let mut done = 0;
        for (bytes, instead, entry) in self.all {
            entry.into_iter().for_each(&mut *met);
            if bytes.end <= done {
                continue;
            }
            let start = bytes.start.max(done);
            out.push_str(&text[done..start]);
            let starts_line = start == 0 || text[..start].ends_with('\n');
            let instead = if bytes.start < done { "" } else { instead };
            put_out(&mut out, &text[start..bytes.end], starts_line, instead);
            done = bytes.end;
        }
        match done {
            0 => Cow::Borrowed(text),
            _ => Cow::Owned(out + &text[done..]),
        }
    }
}

/// Appends the replacement of `found`: its line ends, the marks at the beginnings of its lines, and `instead` once.
fn put_out(out: &mut String, found: &str, starts_line: bool, instead: &str) {
    for (number, line) in found.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        if number > 0 || starts_line {
            let text = line.trim_start_matches([' ', '+', '-', '>', '\t']);
            out.push_str(&line[..line.len() - text.len()]);
        }
        if number == 0 {
            out.push_str(instead);
        }
    }
}

/// The range of the owner's name in `before`, which ends where an address begins: `Jane Doe` in `Cc: "Jane Doe" <`;
/// empty without a bracket.
pub(super) fn display_name(before: &str) -> Range<usize> {
    let none = before.len()..before.len();
    let bracket = ["<", "&lt;", "[mailto:", "<mailto:"].iter().find_map(|b| before.strip_suffix(b));
    let Some(rest) = bracket else { return none };
    let end = rest.trim_end_matches([' ', '\t', '"', '\'']).len();
    let start = if rest[end..].starts_with('"') {
        rest[..end].rfind(['\n', '"'])
    } else {
        rest[..end].rfind(['\n', ':', '<', '>', '"', ',', ';', '(', ')'])
    };
    let start = start.map_or(0, |at| at + 1);
    let name = rest[start..end].trim_start_matches([' ', '\t', '+', '-', '*', '#', '/', '\'']);
    end - name.len()..end
}

/// The name in brackets after an address that ends at `end`: `jane@example.org (Jane Doe)`.
pub(super) fn comment(text: &str, end: usize) -> Range<usize> {
    let rest = &text[end..];
    let open = rest.strip_prefix('>').unwrap_or(rest).trim_start_matches([' ', '\t']);
    let name = open.strip_prefix('(').and_then(|inner| Some(&inner[..inner.find([')', '\n'])?]));
    let is_name = |name: &&str| {
        let is_word = |word: &str| word.starts_with(char::is_uppercase);
        name.split_whitespace().count() < 5
            && name.split_whitespace().all(is_word)
            && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | ':' | '/'))
    };
    match name.filter(is_name) {
        Some(name) => {
            let start = text.len() - open.len() + 1;
            start..start + name.len()
        }
        None => end..end,
    }
}
