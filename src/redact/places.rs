//! Places of a text that give way to something else.
//!
//! In: a text, and which of its bytes are to go. Out: the text without them, as many lines as before.
//! Never here: why they go.

use std::{borrow::Cow, ops::Range};

use super::Met;

/// Parts of a text that give way to others.
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

    /// The text without the parts. Of parts that overlap the first is taken, and of these the longest; what others take
    /// beside it goes with them.
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

/// Appends what stands for `found`: its line ends, the marks at the beginnings of its lines, and `instead` once.
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

/// Where in `before`, which ends where an address begins, the name of its owner stands: `Jane Doe` of `Cc: "Jane
/// Doe" <`; nothing if no bracket says that it is one.
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
