//! HTML as a stream of elements: the only place that names html5gum.
//!
//! In: bytes. Out: calls with a [`Piece`] and its offset, in the order of the page. Nothing is stored, because
//! building a tree of 100,000 elements is what makes other checkers slow. Never here: rules.

use std::{convert::Infallible, ops::Range};

use html5gum::{
    Span, Tokenizer,
    emitters::callback::{CallbackEmitter, CallbackEvent},
};

/// A piece of a page.
#[derive(Debug)]
pub enum Piece<'a> {
    /// A start tag with its attributes.
    Element(&'a Element),
    /// Text, entities resolved.
    Text(&'a str),
    /// An end tag with its name, in lower case.
    End(&'a str),
    /// A construct whose meaning a browser has to guess, in the standard's words
    /// (`missing-whitespace-between-attributes`).
    Malformed(&'static str),
}

/// A start tag; its buffers are reused.
#[derive(Debug, Default)]
pub struct Element {
    name: String,
    text: String,
    attributes: Vec<(Range<usize>, Range<usize>)>,
}

impl Element {
    /// Its name, in lower case.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its attributes with their values, in their order.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes
            .iter()
            .map(|(name, value)| (&self.text[name.clone()], &self.text[value.clone()]))
    }

    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes().find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    fn begin(&mut self, name: &[u8]) {
        self.name.clear();
        self.name.push_str(&String::from_utf8_lossy(name));
        self.text.clear();
        self.attributes.clear();
    }

    fn push(&mut self, bytes: &[u8]) -> Range<usize> {
        let begin = self.text.len();
        self.text.push_str(&String::from_utf8_lossy(bytes));
        begin..self.text.len()
    }
}

/// Reads a page piece by piece.
pub fn scan(html: &[u8], mut visit: impl FnMut(Piece<'_>, usize)) {
    let mut element = Element::default();
    let mut begin = 0;
    let mut is_start = false;
    let mut callback = |event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                element.begin(name);
                (begin, is_start) = (span.start, true);
            }
            // An end tag can have attributes, too, which is an error and reported as one.
            CallbackEvent::AttributeName { name } if is_start => {
                let name = element.push(name);
                element.attributes.push((name.clone(), name.end..name.end));
            }
            CallbackEvent::AttributeValue { value } if is_start => {
                let value = element.push(value);
                if let Some(last) = element.attributes.last_mut() {
                    last.1 = value;
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                is_start = false;
                visit(Piece::Element(&element), begin);
            }
            CallbackEvent::EndTag { name } => {
                visit(Piece::End(&String::from_utf8_lossy(name)), span.start);
            }
            CallbackEvent::String { value } => {
                visit(Piece::Text(&String::from_utf8_lossy(value)), span.start);
            }
            CallbackEvent::Error(error) => visit(Piece::Malformed(error.as_str()), span.start),
            _ => {}
        }
        None
    };
    let mut emitter = CallbackEmitter::new(&mut callback);
    emitter.naively_switch_states(true);
    // Reading from memory cannot fail.
    let _ = Tokenizer::new_with_emitter(html, emitter).finish();
}

/// The lines of a file, counted once for offsets in ascending order.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, line: 1 }
    }

    /// The line, from 1, of the byte at `at`. For a smaller offset than before, the line of the last one.
    pub(super) fn line(&mut self, at: usize) -> usize {
        let at = at.min(self.bytes.len());
        if at > self.at {
            self.line += memchr::memchr_iter(b'\n', &self.bytes[self.at..at]).count();
            self.at = at;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_come_with_attributes_and_lines() {
        let html = b"<!doctype html>\n<p id=a>1 &amp; 2\n<A HREF='x?a&amp;b' b>x</a><script>if (a<b) {}</script>\n<i a=1b=2\"c>";
        let mut lines = Lines::new(html);
        let mut said = Vec::new();
        scan(html, |piece, at| {
            let line = lines.line(at);
            said.push(match piece {
                Piece::Element(e) => {
                    format!("{line} {} {:?}", e.name(), e.attributes().collect::<Vec<_>>())
                }
                Piece::Text(text) => format!("{line} {text:?}"),
                Piece::End(name) => format!("{line} /{name}"),
                Piece::Malformed(why) => format!("{line} {why}"),
            });
        });
        assert_eq!(
            said,
            [
                "1 \"\\n\"",
                "2 p [(\"id\", \"a\")]",
                "2 \"1 & 2\\n\"",
                "3 a [(\"href\", \"x?a&b\"), (\"b\", \"\")]",
                "3 \"x\"",
                "3 /a",
                "3 script []",
                "3 \"if (a<b) {}\"",
                "3 /script",
                "3 \"\\n\"",
                "4 unexpected-character-in-unquoted-attribute-value",
                "4 unexpected-character-in-unquoted-attribute-value",
                "4 i [(\"a\", \"1b=2\\\"c\")]",
            ]
        );
    }
}
