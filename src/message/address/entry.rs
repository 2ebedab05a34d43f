//! Fields of mailboxes taken apart: RFC 5322, 3.4, with what real mail has beside it.
//!
//! In: the value of a field, unfolded, its encoded words as they stand. Out: for each mailbox what is in angle
//! brackets, in comments, and outside both. Never here: which of it is the address, which the name.
//!
//! The parts follow the RFC: quoted strings and pairs (3.2.4), comments in comments (3.2.2), groups (3.4), encoded
//! words (RFC 2047, 5). Two rules go beyond it: a comma in an unquoted name (`Lind, Zoë <zoe@example.org>`)
//! separates nothing, and an unclosed quote or bracket ends with the field.

use crate::message::header;

/// The most characters of a quoted string.
const FAR: usize = 500;

/// The part of a field about one mailbox.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The text outside angle brackets, unquoted, with comments in their places.
    pub(super) phrase: String,
    /// The same text as written, without comments.
    pub(super) bare: String,
    /// What is in each pair of angle brackets.
    pub(super) angles: Vec<String>,
    /// What is in each comment.
    pub(super) comments: Vec<String>,
}

impl Entry {
    /// The mailboxes of a field.
    pub(super) fn all(value: &str) -> Vec<Self> {
        let mut reader = Reader { rest: value, open: Self::default(), done: Vec::new() };
        let has_groups = value.contains(';');
        while let Some(c) = reader.rest.chars().next() {
            match c {
                '=' if reader.word() => {}
                '"' => reader.quoted(),
                '(' => reader.comment(),
                '<' => reader.angle(),
                ',' if reader.open.is_whole() => reader.end(),
                ';' => reader.end(),
                ':' if has_groups && !reader.open.has_address() => reader.forget(),
                _ => reader.plain(c),
            }
        }
        reader.end();
        reader.done
    }

    /// The entry is complete: a comma after it begins another mailbox, while a comma before an address is part of
    /// the name.
    fn is_whole(&self) -> bool {
        self.has_address() || self.bare.trim().is_empty() || !self.comments.is_empty()
    }

    fn has_address(&self) -> bool {
        !self.angles.is_empty() || self.bare.contains('@')
    }
}

struct Reader<'v> {
    rest: &'v str,
    open: Entry,
    done: Vec<Entry>,
}

impl<'v> Reader<'v> {
    /// Reads an encoded word, whose special characters separate nothing.
    fn word(&mut self) -> bool {
        let Some(len) = header::word_len(self.rest) else { return false };
        let word = self.take(len);
        self.open.phrase.push_str(word);
        self.open.bare.push_str(word);
        true
    }

    fn quoted(&mut self) {
        let (text, len) = quoted(self.rest);
        let written = self.take(len);
        self.open.phrase.push_str(&text);
        self.open.bare.push_str(written);
    }

    fn comment(&mut self) {
        let (text, len) = comment(self.rest);
        self.take(len);
        self.open.phrase.push_str(&format!("({text})"));
        self.open.bare.push(' ');
        self.open.comments.push(text);
    }

    fn angle(&mut self) {
        let len = angle_len(self.rest);
        let written = self.take(len);
        let inner = written[1..].strip_suffix('>').unwrap_or(&written[1..]);
        self.open.angles.push(inner.to_owned());
        self.open.phrase.push(' ');
    }

    /// Ends the mailbox.
    fn end(&mut self) {
        let len = self.rest.chars().next().map_or(0, char::len_utf8);
        self.take(len);
        let entry = std::mem::take(&mut self.open);
        if entry != Entry::default() {
            self.done.push(entry);
        }
    }

    /// Drops the text so far: it was the name of a group.
    fn forget(&mut self) {
        self.take(1);
        self.open = Entry::default();
    }

    fn plain(&mut self, c: char) {
        self.take(c.len_utf8());
        self.open.phrase.push(c);
        self.open.bare.push(c);
    }

    fn take(&mut self, len: usize) -> &'v str {
        let (taken, rest) = self.rest.split_at(len);
        self.rest = rest;
        taken
    }
}

/// The quoted string at the beginning of `text`, without its backslashes, and its length. If no quotation mark
/// closes it within [`FAR`] characters, only the opening mark is skipped.
fn quoted(text: &str) -> (String, usize) {
    let mut out = String::new();
    let mut chars = text.char_indices().skip(1).take(FAR);
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (out, at + 1),
            '\\' => out.extend(chars.next().map(|(_, c)| c)),
            _ => out.push(c),
        }
    }
    (String::new(), 1)
}

/// The comment at the beginning of `text`, including nested comments and parentheses, and its length.
fn comment(text: &str) -> (String, usize) {
    let (mut out, mut depth) = (String::new(), 0u32);
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return (out[1..].to_owned(), at + 1),
            ')' => depth -= 1,
            _ => {}
        }
        match c {
            '\\' => out.extend(chars.next().map(|(_, c)| c)),
            _ => out.push(c),
        }
    }
    (out[1..].to_owned(), text.len())
}

/// The length of the text that begins with `<`, up to the closing bracket outside quotes (`<"a>b"@example.org>`).
fn angle_len(text: &str) -> usize {
    let mut at = 1;
    while let Some(c) = text[at..].chars().next() {
        at += match c {
            '>' => return at + 1,
            '"' => quoted(&text[at..]).1,
            _ => c.len_utf8(),
        };
    }
    text.len()
}
