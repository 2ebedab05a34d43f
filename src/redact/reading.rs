//! The letters of a text, decoded as mails and archives write them.
//!
//! In: a text. Out: its letters, each with the bytes that spell it: `%40`, `=40`, `&#64;`, `\u0040`, `\100` and `
//! (at) ` are an at sign, ` dot ` between words is a dot; soft line breaks and characters without width are dropped.
//! Never here: what to search for.

use std::ops::Range;

/// A letter, and the bytes of the text that spell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) c: char,
    start: u32,
    end: u32,
}

/// The letters of a text.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) letters: Vec<Letter>,
}

/// The spellings of an at sign or a dot between words, in lower case, without blanks around them.
const SPELLED: [(&str, char); 10] = [
    ("(at)", '@'),
    ("[at]", '@'),
    ("{at}", '@'),
    ("<at>", '@'),
    ("_at_", '@'),
    ("at", '@'),
    ("(dot)", '.'),
    ("[dot]", '.'),
    ("{dot}", '.'),
    ("dot", '.'),
];

/// An at sign in UTF-7 (RFC 2152), which mail readers no longer decode.
const UTF_7: &str = "+AEA-";

/// Entities for the characters of addresses and names.
const ENTITIES: [(&str, char); 8] = [
    ("&commat;", '@'),
    ("&period;", '.'),
    ("&nbsp;", ' '),
    ("&lowbar;", '_'),
    ("&hyphen;", '-'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
];

impl Reading {
    /// Reads a text.
    pub(super) fn of(text: &str) -> Self {
        let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let (c, len) = read(text, at).unwrap_or((Some(c), c.len_utf8()));
            if let Some(c) = c {
                let mut start = at;
                if matches!(c, '@' | '.') && len > c.len_utf8() {
                    // The blanks before ` at ` belong to it.
                    while letters.last().is_some_and(|last| last.c == ' ' && spells(text, at)) {
                        start = letters.pop().map_or(at, |blank| blank.start as usize);
                    }
                }
                letters.push(Letter { c, start: narrow(start), end: narrow(at + len) });
            }
            at += len;
        }
        Self { letters }
    }

    /// The bytes of the text that spell some of the letters.
    pub(super) fn bytes(&self, letters: Range<usize>) -> Range<usize> {
        let part = &self.letters[letters];
        match (part.first(), part.last()) {
            (Some(first), Some(last)) => first.start as usize..last.end as usize,
            _ => 0..0,
        }
    }

    /// Some of the letters as a text.
    pub(super) fn text(&self, letters: Range<usize>) -> String {
        self.letters[letters].iter().map(|letter| letter.c).collect()
    }

    /// The letter at a place, if there is one.
    pub(super) fn get(&self, at: usize) -> Option<char> {
        self.letters.get(at).map(|letter| letter.c)
    }

    /// The letter before a place.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.get(at.checked_sub(1)?)
    }

    /// The place after `at` where the letters continue below a line end and the marks of a quote or a diff; `at`
    /// itself if no line ends there.
    pub(super) fn unwrapped(&self, at: usize) -> usize {
        if self.get(at) != Some('\n') {
            return at;
        }
        let marks = self.letters[at + 1..].iter().take_while(|l| is_mark(l.c)).count();
        at + 1 + marks
    }

    /// The same backwards: the letter after which the text before `at` ends.
    pub(super) fn unwrapped_before(&self, at: usize) -> usize {
        let marks = self.letters[..at].iter().rev().take_while(|l| is_mark(l.c)).count();
        match self.before(at - marks) {
            Some('\n') => at - marks - 1,
            _ => at,
        }
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, ' ' | '\t' | '>' | '+' | '-' | '|')
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A letter at `at` that takes more bytes than itself: the letter, if any, and the number of bytes.
fn read(text: &str, at: usize) -> Option<(Option<char>, usize)> {
    let rest = &text[at..];
    match rest.as_bytes()[0] {
        b'=' if rest.starts_with("=\n") => Some((None, 2)),
        mark @ (b'%' | b'=') => octets(rest.as_bytes(), mark, (2, 16)),
        b'&' => entity(rest),
        b'+' if rest.starts_with(UTF_7) => Some((Some('@'), UTF_7.len())),
        // git quotes paths in this way (`core.quotePath`), and pages show them decoded.
        b'\\' if rest.as_bytes().get(1).is_some_and(|digit| matches!(digit, b'0'..=b'3')) => {
            octals(rest.as_bytes())
        }
        b'\\' if rest.as_bytes().get(1) == Some(&b'u') => {
            let code = u32::from_str_radix(rest.get(2..6)?, 16).ok()?;
            Some((Some(char::from_u32(code)?), 6))
        }
        b'(' | b'[' | b'{' | b'<' | b'_' | b'a' | b'A' | b'd' | b'D' => spelled(text, at),
        0..=0x7f => None,
        _ => match rest.chars().next()? {
            c @ ('\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}') => {
                Some((None, c.len_utf8()))
            }
            c @ ('•' | '＠') => Some((Some('@'), c.len_utf8())),
            c @ '\u{a0}' => Some((Some(' '), c.len_utf8())),
            _ => None,
        },
    }
}

/// A letter whose bytes are each a mark and two digits: `%C3%A1`, `=C3=A1`.
fn octets(rest: &[u8], mark: u8, (digits, radix): (usize, u32)) -> Option<(Option<char>, usize)> {
    let width = digits + 1;
    let number = |at: usize| {
        let digits = rest.get(at + 1..at + width).filter(|_| rest[at] == mark)?;
        u8::from_str_radix(str::from_utf8(digits).ok()?, radix).ok()
    };
    let mut bytes = [0; 4];
    for len in 1..=bytes.len() {
        let at = (len - 1) * width;
        bytes[len - 1] = (at < rest.len()).then(|| number(at)).flatten()?;
        if let Ok(text) = str::from_utf8(&bytes[..len]) {
            return Some((text.chars().next(), len * width));
        }
    }
    None
}

/// The letter of `\303\266`; `None` for characters outside names and addresses.
fn octals(rest: &[u8]) -> Option<(Option<char>, usize)> {
    let is_of_names = |c: char| c.is_alphanumeric() || "@.-_+' ".contains(c);
    octets(rest, b'\\', (3, 8)).filter(|(letter, _)| letter.is_some_and(is_of_names))
}

fn entity(rest: &str) -> Option<(Option<char>, usize)> {
    if let Some((name, c)) = ENTITIES.iter().find(|(name, _)| rest.starts_with(name)) {
        return Some((Some(*c), name.len()));
    }
    let number = rest.strip_prefix("&#")?;
    let end = number.bytes().take(8).position(|b| b == b';')?;
    let code = match number[..end].strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number[..end].parse().ok()?,
    };
    Some((Some(char::from_u32(code)?), end + 3))
}

/// An at sign or a dot spelled out between words, with the blanks after it.
fn spelled(text: &str, at: usize) -> Option<(Option<char>, usize)> {
    if !spells(text, at) {
        return None;
    }
    let rest = text.as_bytes().get(at..)?;
    let (word, c) = SPELLED.iter().find(|(word, _)| begins(rest, word))?;
    let blanks = rest[word.len()..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    Some((Some(*c), word.len() + blanks))
}

/// Whether a spelled-out at sign or dot begins at `at`.
fn spells(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let is_word = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric());
    SPELLED.iter().filter(|(word, _)| begins(&bytes[at..], word)).any(|(word, _)| {
        let end = at + word.len();
        let behind = bytes[end..].iter().find(|b| !matches!(b, b' ' | b'\t'));
        let before = bytes[..at].iter().rev().find(|b| !matches!(b, b' ' | b'\t'));
        let is_bare = word.as_bytes()[0].is_ascii_alphabetic();
        let blank = |byte: Option<&u8>| byte.is_some_and(|b| matches!(b, b' ' | b'\t'));
        let is_apart = blank(bytes[..at].last()) && blank(bytes.get(end));
        is_word(before) && is_word(behind) && (!is_bare || is_apart)
    })
}

fn begins(text: &[u8], word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_however_they_are_written() {
        for (text, read) in [
            ("a%40b=40c&#64;d&#x40;e\\u0040f&commat;g+AEA-h", "a@b@c@d@e@f@g@h"),
            ("J=C3=A1ne J%C3%A1ne", "Jáne Jáne"),
            ("=Ada =\nx %zz &x; &#9; 100%", "=Ada x %zz &x; \t 100%"),
            (
                "jane at example dot org, jane (at) example [DOT] org",
                "jane@example.org, jane@example.org",
            ),
            ("that dot, at", "that dot, at"),
            ("ja\u{200b}ne\u{ad} d•e", "jane d@e"),
        ] {
            let reading = Reading::of(text);
            assert_eq!(reading.letters.iter().map(|l| l.c).collect::<String>(), read, "{text}");
        }
        let reading = Reading::of("x jane at example.org");
        assert_eq!(reading.bytes(6..7), 6..10, "the blanks around it");
    }
}
