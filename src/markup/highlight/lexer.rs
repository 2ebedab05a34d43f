//! The lexer for all languages with comments, strings and keywords.
//!
//! In: a [`Spec`], a line, and the state after the line above. Out: tokens. It reads the bytes once; tables and two
//! small hooks hold the differences between languages. Never here: a language.

use super::{Class, Token};

/// The construct that the end of a line leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum State {
    /// Nothing.
    #[default]
    Code,
    /// A block comment, nested this deep.
    Comment(u16),
    /// A string that ends at a quote with this many `#`, as in Rust.
    Raw(u8),
    /// A Python string that ends at three of this quote.
    Triple(u8),
    /// A string that a backslash continues on the next line.
    Quoted(u8),
    /// Text that is indented by more than this.
    Indented(usize),
}

/// A language.
pub(super) struct Spec {
    /// Words that are [`Class::Keyword`].
    pub(super) keywords: Words,
    /// Words that are [`Class::Type`].
    pub(super) types: Words,
    /// The beginning of a comment to the end of the line.
    pub(super) line_comment: &'static str,
    /// Whether there are `/* */`.
    pub(super) blocks: Blocks,
    /// Characters in names besides letters, digits and `_`.
    pub(super) in_names: &'static [u8],
    /// The action at a byte that begins neither a name, a number nor a comment; it may advance.
    pub(super) special: fn(&mut Cursor<'_>, u8),
    /// The kind of a name that is in no table; it may consume the following text.
    pub(super) name: fn(&mut Cursor<'_>, usize) -> Option<Class>,
}

/// Block comments.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Blocks {
    /// None.
    No,
    /// `/* */`.
    Flat,
    /// `/* /* */ */`.
    Nested,
}

/// A sorted table of words, with an index by first letter: the range of its words, and a bit for each of their
/// lengths. Most names in code are dismissed without a comparison.
pub(super) struct Words {
    list: &'static [&'static str],
    letters: [Letter; 128],
}

/// The words of a table with one first letter.
#[derive(Clone, Copy)]
struct Letter {
    lengths: u32,
    begin: u8,
    end: u8,
}

impl Words {
    /// A table of `list`, which must be sorted, ASCII, and have fewer than 256 words.
    pub(super) const fn new(list: &'static [&'static str]) -> Self {
        let mut letters = [Letter { lengths: 0, begin: 0, end: 0 }; 128];
        let mut n = 0;
        while n < list.len() {
            let word = list[n].as_bytes();
            let letter = &mut letters[(word[0] & 127) as usize];
            if letter.lengths == 0 {
                letter.begin = n as u8;
            }
            letter.end = n as u8 + 1;
            letter.lengths |= 1 << (word.len() & 31);
            n += 1;
        }
        Self { list, letters }
    }

    /// Whether `word` is in the table.
    pub(super) fn has(&self, word: &str) -> bool {
        let first = word.as_bytes().first().map_or(0, |&first| usize::from(first & 127));
        let Letter { lengths, begin, end } = self.letters[first];
        word.len() < 32
            && lengths & (1 << word.len()) != 0
            && self.list[usize::from(begin)..usize::from(end)].contains(&word)
    }

    #[cfg(test)]
    pub(super) fn is_sorted(&self) -> bool {
        self.list.is_sorted() && self.list.iter().all(|word| self.has(word))
    }
}

/// A place in a line.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) state: &'a mut State,
    tokens: &'a mut Vec<Token>,
}

impl<'a> Cursor<'a> {
    /// A cursor at the start of `text`.
    pub(super) fn new(text: &'a str, state: &'a mut State, tokens: &'a mut Vec<Token>) -> Self {
        Self { text, at: 0, state, tokens }
    }

    /// The byte `n` after the cursor; 0 after the line's end.
    pub(super) fn peek(&self, n: usize) -> u8 {
        self.text.as_bytes().get(self.at + n).copied().unwrap_or(0)
    }

    /// The rest of the line.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Whether only blanks precede `at`.
    pub(super) fn is_first(&self, at: usize) -> bool {
        self.text.as_bytes()[..at].iter().all(u8::is_ascii_whitespace)
    }

    /// Skips all bytes that are `wanted`.
    pub(super) fn skip(&mut self, wanted: impl Fn(u8) -> bool) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|&b| !wanted(b)).unwrap_or(rest.len());
    }

    /// Adds a token from `start` to the cursor. Neighbours of one class are merged.
    pub(super) fn push(&mut self, start: usize, class: Class) {
        push(self.text, self.tokens, Token { start, end: self.at, class });
    }

    /// Adds the rest of the line as `class`.
    pub(super) fn take_rest(&mut self, class: Class) {
        let start = self.at;
        self.at = self.text.len();
        self.push(start, class);
    }

    /// A string that ends at the next `quote` without a backslash before it, or at the line's end.
    pub(super) fn string(&mut self, start: usize, quote: u8) {
        let bytes = self.text.as_bytes();
        while let Some(step) = memchr::memchr2(quote, b'\\', &bytes[self.at..]) {
            self.at += step + 1;
            if bytes[self.at - 1] == quote {
                return self.push(start, Class::String);
            }
            if self.at == bytes.len() {
                *self.state = State::Quoted(quote);
            }
            self.at = (self.at + 1).min(bytes.len());
        }
        self.at = bytes.len();
        self.push(start, Class::String);
    }

    /// Everything up to and including `end`; false if the line ends first.
    pub(super) fn up_to(&mut self, start: usize, end: &str, class: Class) -> bool {
        let found = self.rest().find(end);
        self.at = found.map_or(self.text.len(), |at| self.at + at + end.len());
        self.push(start, class);
        found.is_some()
    }

    /// A raw string with this many `#`, after its opening quote.
    pub(super) fn raw(&mut self, start: usize, hashes: u8) {
        let end = format!("\"{}", "#".repeat(usize::from(hashes)));
        let ended = self.up_to(start, &end, Class::String);
        *self.state = if ended { State::Code } else { State::Raw(hashes) };
    }

    /// A string in three quotes, after the opening ones.
    pub(super) fn triple(&mut self, start: usize, quote: u8) {
        let end = if quote == b'"' { "\"\"\"" } else { "'''" };
        let ended = self.up_to(start, end, Class::String);
        *self.state = if ended { State::Code } else { State::Triple(quote) };
    }

    /// A block comment, after its opening.
    fn comment(&mut self, start: usize, mut depth: u16, blocks: Blocks) {
        let bytes = self.text.as_bytes();
        while depth > 0 {
            let Some(step) = memchr::memchr2(b'*', b'/', &bytes[self.at..]) else { break };
            self.at += step + 1;
            match (bytes[self.at - 1], self.peek(0)) {
                (b'*', b'/') => depth -= 1,
                (b'/', b'*') if blocks == Blocks::Nested => depth = depth.saturating_add(1),
                _ => continue,
            }
            self.at += 1;
        }
        if depth > 0 {
            self.at = bytes.len();
        }
        *self.state = if depth > 0 { State::Comment(depth) } else { State::Code };
        self.push(start, Class::Comment);
    }
}

/// Appends a token; neighbours of one class with only blanks between them are merged.
pub(super) fn push(text: &str, tokens: &mut Vec<Token>, token: Token) {
    if token.start == token.end {
        return;
    }
    if let Some(last) = tokens.last_mut()
        && last.class == token.class
        && text.as_bytes()[last.end..token.start].trim_ascii().is_empty()
    {
        last.end = token.end;
        return;
    }
    tokens.push(token);
}

/// The tokens that a byte may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Other,
    Name,
    Digit,
    Special,
}

static BYTES: [Byte; 256] = {
    let mut table = [Byte::Other; 256];
    let mut n = 0;
    while n < 256 {
        table[n] = match n as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => Byte::Name,
            b'0'..=b'9' => Byte::Digit,
            b'"' | b'\'' | b'#' | b'/' | b'@' | b'$' | b'&' | b'.' | b'%' | b';' | b'`' | b'['
            | b'\\' => Byte::Special,
            _ => Byte::Other,
        };
        n += 1;
    }
    table
};

/// Whether a byte may be in a name of any language.
fn in_name(byte: u8) -> bool {
    IN_NAMES[usize::from(byte)]
}

static IN_NAMES: [bool; 256] = {
    let mut table = [false; 256];
    let mut n = 0;
    while n < 256 {
        table[n] = matches!(BYTES[n], Byte::Name | Byte::Digit);
        n += 1;
    }
    table
};

/// Reads one line.
pub(super) fn line(spec: &Spec, text: &str, state: &mut State, tokens: &mut Vec<Token>) {
    let mut cursor = Cursor::new(text, state, tokens);
    go_on(&mut cursor, spec.blocks);
    while let Some(&byte) = text.as_bytes().get(cursor.at) {
        match BYTES[usize::from(byte)] {
            Byte::Other => cursor.at += 1,
            Byte::Name => name(&mut cursor, spec),
            Byte::Digit => number(&mut cursor),
            Byte::Special => special(&mut cursor, spec, byte),
        }
    }
}

/// Continues the construct that the line above left open.
fn go_on(cursor: &mut Cursor<'_>, blocks: Blocks) {
    match std::mem::take(cursor.state) {
        State::Code | State::Indented(_) => {}
        State::Comment(depth) => cursor.comment(0, depth, blocks),
        State::Raw(hashes) => cursor.raw(0, hashes),
        State::Triple(quote) => cursor.triple(0, quote),
        State::Quoted(quote) => cursor.string(0, quote),
    }
}

fn name(cursor: &mut Cursor<'_>, spec: &Spec) {
    let start = cursor.at;
    cursor.skip(in_name);
    while !spec.in_names.is_empty() && spec.in_names.contains(&cursor.peek(0)) {
        cursor.skip(|b| in_name(b) || spec.in_names.contains(&b));
    }
    let word = &cursor.text[start..cursor.at];
    let class = if spec.keywords.has(word) {
        Some(Class::Keyword)
    } else if spec.types.has(word) {
        Some(Class::Type)
    } else {
        (spec.name)(cursor, start)
    };
    if let Some(class) = class {
        cursor.push(start, class);
    }
}

fn number(cursor: &mut Cursor<'_>) {
    let start = cursor.at;
    loop {
        cursor.skip(in_name);
        if cursor.peek(0) != b'.' || !cursor.peek(1).is_ascii_digit() {
            break;
        }
        cursor.at += 1;
    }
    cursor.push(start, Class::Number);
}

fn special(cursor: &mut Cursor<'_>, spec: &Spec, byte: u8) {
    let start = cursor.at;
    if byte == b'/' && cursor.peek(1) == b'*' && spec.blocks != Blocks::No {
        cursor.at += 2;
        return cursor.comment(start, 1, spec.blocks);
    }
    if byte == spec.line_comment.as_bytes()[0] && cursor.rest().starts_with(spec.line_comment) {
        let is_word =
            byte == b'#' && start > 0 && !cursor.text.as_bytes()[start - 1].is_ascii_whitespace();
        if !is_word {
            return cursor.take_rest(Class::Comment);
        }
    }
    (spec.special)(cursor, byte);
    if cursor.at == start {
        cursor.at += 1;
    }
}

/// Whether a hunk with these lines began inside `/* */`: a comment ends before one begins, or, without either, all
/// lines look like the middle of one.
pub(super) fn begins_in_comment<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let mut all_starred = None;
    for line in lines {
        let bytes = line.as_bytes();
        if let Some(at) = memchr::memchr_iter(b'*', bytes)
            .find(|&at| bytes.get(at + 1) == Some(&b'/') || (at > 0 && bytes[at - 1] == b'/'))
        {
            let opens = at > 0 && bytes[at - 1] == b'/';
            return if opens { all_starred == Some(true) } else { true };
        }
        let starred = matches!(line.trim_start().as_bytes(), [b'*'] | [b'*', b' ' | b'\t', ..]);
        if !starred && all_starred != Some(false) {
            all_starred = Some(false);
        } else if all_starred.is_none() {
            all_starred = Some(true);
        }
    }
    all_starred == Some(true)
}

/// Whether a hunk of Python began inside a docstring: the number of `"""` is odd, and words precede the first one,
/// as at the end of a docstring.
pub(super) fn begins_in_triple<'a>(lines: impl Iterator<Item = &'a str>) -> State {
    let (mut count, mut ends_text) = (0, false);
    for line in lines {
        let Some((before, _)) = line.split_once("\"\"\"") else { continue };
        let before = before.trim();
        if count == 0 {
            ends_text = before
                .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ':' | ')'))
                && !matches!(before, "r" | "f" | "b" | "u");
        }
        count += line.matches("\"\"\"").count();
    }
    if count % 2 == 1 && ends_text { State::Triple(b'"') } else { State::Code }
}
