//! The parsed text of an entry: texts, arguments, and choices by a number or a word.
//!
//! In: arguments. Out: [`Part`]s. A pattern is built once, when its catalogue is read. Never here: Fluent's syntax
//! (`catalogue`).

use std::{borrow::Cow, sync::Arc};

use super::{Words, plural::Rules};

/// The pieces of an entry, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Pattern(pub(super) Vec<Piece>);

/// A piece of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Piece {
    /// Words.
    Text(Box<str>),
    /// `{ $name }`.
    Arg(Box<str>),
    /// `{ NUMBER($n) }`, and `{ $n }` in an entry that chooses by `$n`.
    Number(Box<str>),
    /// `{ $n -> [one] … *[other] … }`; the last one is the default.
    Select(Box<str>, Vec<(Key, Pattern)>),
}

/// The selector of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// Exactly this number.
    Exact(i64),
    /// The name of a plural, or a word.
    Word(Box<str>),
}

/// An argument of an entry.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Arg<'a> {
    /// A number, written in the site's language; it can select a plural.
    Number(i64),
    /// A text.
    Text(&'a str),
}

/// A part of an entry's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part<'w> {
    /// Words.
    Text(Cow<'w, str>),
    /// The place of an argument that was not given: the caller writes its markup.
    Slot(&'w str),
}

impl Pattern {
    /// The words of an entry that has no arguments.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.0[..] {
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Its text with these arguments.
    pub(super) fn parts<'w>(
        &'w self,
        words: &Words,
        rules: &Rules,
        args: &[(&str, Arg<'w>)],
    ) -> Vec<Part<'w>> {
        let mut parts = Vec::with_capacity(self.0.len());
        self.append(&mut parts, words, rules, args);
        parts
    }

    fn append<'w>(
        &'w self,
        parts: &mut Vec<Part<'w>>,
        words: &Words,
        rules: &Rules,
        args: &[(&str, Arg<'w>)],
    ) {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => parts.push(Part::Text(Cow::Borrowed(text))),
                Piece::Arg(name) | Piece::Number(name) => parts.push(match value(args, name) {
                    Some(Arg::Text(text)) => Part::Text(Cow::Borrowed(text)),
                    Some(Arg::Number(n)) => Part::Text(Cow::Owned(words.number(n))),
                    None => Part::Slot(name),
                }),
                Piece::Select(name, variants) => {
                    let fits = |key: &Key| match (key, value(args, name)) {
                        (Key::Exact(wanted), Some(Arg::Number(n))) => *wanted == n,
                        (Key::Word(word), Some(Arg::Number(n))) => **word == *rules.category(n),
                        (Key::Word(word), Some(Arg::Text(text))) => **word == *text,
                        _ => false,
                    };
                    let chosen = variants.iter().find(|(key, _)| fits(key)).or(variants.last());
                    if let Some((_, pattern)) = chosen {
                        pattern.append(parts, words, rules, args);
                    }
                }
            }
        }
    }

    /// The names of its arguments, each with whether it is a number.
    pub(super) fn arguments<'p>(&'p self, found: &mut Vec<(&'p str, bool)>) {
        for piece in &self.0 {
            match piece {
                Piece::Text(_) => {}
                Piece::Arg(name) => found.push((name, false)),
                Piece::Number(name) => found.push((name, true)),
                Piece::Select(name, variants) => {
                    found.push((name, is_count(variants)));
                    variants.iter().for_each(|(_, pattern)| pattern.arguments(found));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
    }
}

/// Whether a choice is made by a number.
pub(super) fn is_count(variants: &[(Key, Pattern)]) -> bool {
    const PLURALS: [&str; 5] = ["zero", "one", "two", "few", "many"];
    variants.iter().any(|(key, _)| match key {
        Key::Exact(_) => true,
        Key::Word(word) => PLURALS.contains(&&**word),
    })
}

fn value<'w>(args: &[(&str, Arg<'w>)], name: &str) -> Option<Arg<'w>> {
    args.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

/// Conversions from text types.
macro_rules! texts {
    ($($kind:ty),*) => {$(
        impl<'a> From<&'a $kind> for Arg<'a> {
            fn from(text: &'a $kind) -> Self {
                Self::Text(text)
            }
        }
    )*};
}
texts!(String, Box<str>, Arc<str>, Cow<'_, str>);

/// Conversions from number types; a number that is too large becomes the largest.
macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Arg<'_> {
            fn from(n: $kind) -> Self {
                Self::Number(i64::try_from(n).unwrap_or(i64::MAX))
            }
        }
    )*};
}
numbers!(i64, u64, usize, u32, i32, u16);
