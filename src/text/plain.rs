//! Text for a terminal, a text file or a mail: a writer that makes dangerous characters visible.
//!
//! In: literals of the program, and texts of others. Out: a [`Plain`]. Never here: markup.

use std::{borrow::Cow, fmt::Write as _};

use super::mask::Mask;

/// Lines of text without control characters except line ends and tabs.
#[derive(Debug)]
pub(crate) struct Plain<'m> {
    text: String,
    mask: Mask<'m>,
}

impl<'m> Plain<'m> {
    /// Nothing yet.
    pub(crate) fn new(mask: Mask<'m>) -> Self {
        Self { text: String::new(), mask }
    }

    /// Appends words of the program.
    pub(crate) fn words(&mut self, words: &'static str) -> &mut Self {
        self.text.push_str(words);
        self
    }

    /// Appends text of others, on one line.
    pub(crate) fn line(&mut self, text: &str) -> &mut Self {
        self.text.push_str(&visible_line(&self.mask.apply(text)));
        self
    }

    /// Appends a number, padded with blanks to `width`.
    pub(crate) fn number(&mut self, number: u64, width: usize) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{number:width$}");
        self
    }

    /// The text, for printing.
    pub(crate) fn into_string(self) -> String {
        self.text
    }
}

/// Bidi controls, which can change how text reads.
pub(super) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that act on a terminal (ESC, the C1 controls) or change the order of text. Line ends and tabs do not
/// count.
pub(crate) fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || is_bidi_control(c)
}

/// `text` for a terminal or a text file: characters of [`is_control`] become `<U+001B>`.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    shown(text, is_control)
}

/// The same on one line.
pub(crate) fn visible_line(text: &str) -> Cow<'_, str> {
    shown(text, |c| c == '\n' || is_control(c))
}

fn shown(text: &str, is_shown: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_shown) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_shown(c) {
            // Writing to a string cannot fail.
            true => drop(write!(out, "<U+{:04X}>", u32::from(c))),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_shown_and_nothing_else() {
        for (text, shown, line) in [
            ("a\tb\n", "a\tb\n", "a\tb<U+000A>"),
            ("\u{1b}[2J\r\0\u{7}", "<U+001B>[2J<U+000D><U+0000><U+0007>", ""),
            ("\u{7f}\u{80}\u{9b}\u{9f}\u{a0}", "<U+007F><U+0080><U+009B><U+009F>\u{a0}", ""),
            ("\u{202a}x\u{202e}\u{2066}\u{2069}", "<U+202A>x<U+202E><U+2066><U+2069>", ""),
            ("ü €\u{200d}\u{200f}漢\u{1f600}", "ü €\u{200d}\u{200f}漢\u{1f600}", ""),
        ] {
            assert_eq!(visible(text), shown);
            assert_eq!(visible_line(text), if line.is_empty() { shown } else { line });
        }
    }
}
