//! Parses a catalogue: turns Fluent's syntax tree into [`Pattern`]s.
//!
//! In: the text of an `.ftl` file. Out: its entries, or an error with the line. Attributes, and functions other than
//! `NUMBER`, are not supported and cause an error. Never here: looking up an entry.

use std::{
    cell::Cell,
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use fluent_syntax::{
    ast::{self, InlineExpression as Inline},
    parser,
    unicode::unescape_unicode_to_string,
};

use super::{
    Entry,
    pattern::{Key, Pattern, Piece},
};
use crate::{
    error::{Error, Reason, Result},
    keys, text_file,
};

/// How deep entries may refer to each other; a reference to itself ends here.
const DEEPEST: usize = 8;

/// How many parts an entry may have with all that it refers to: entries that each name ten others grow without end.
const PARTS: usize = 10_000;

/// How deep braces may lie in each other: the parser calls itself for each level, and thousands end the program.
const BRACES: usize = 64;

/// A catalogue with its entries.
#[derive(Debug)]
pub(super) struct Catalogue {
    path: PathBuf,
    text: String,
    entries: BTreeMap<Box<str>, ast::Pattern<String>>,
    terms: BTreeMap<Box<str>, ast::Pattern<String>>,
    /// The remaining parts of the entry that is made.
    left: Cell<usize>,
}

impl Catalogue {
    /// The catalogue in a file, if it exists.
    pub(super) fn read(path: &Path) -> Result<Option<Self>> {
        if !path.is_file() {
            return Ok(None);
        }
        let text = text_file::read(path)?;
        Self::parse(path, &text).map(Some)
    }

    pub(super) fn parse(path: &Path, text: &str) -> Result<Self> {
        let mut new = Self {
            path: path.to_owned(),
            text: text.to_owned(),
            entries: BTreeMap::new(),
            terms: BTreeMap::new(),
            left: Cell::new(PARTS),
        };
        if let Some(at) = nested_too_deep(text) {
            let why = Reason::new(format!("braces are nested more than {BRACES} deep"));
            return Err(new.wrong(at, why.hint("close them; a brace in a text is `{\"{\"}`")));
        }
        let resource = parser::parse_runtime(text.to_owned()).map_err(|(_, errors)| {
            let first = errors.first();
            let why = first.map_or_else(String::new, |error| error.kind.to_string());
            new.wrong(first.map_or(0, |error| error.pos.start), Reason::new(why))
        })?;
        for entry in resource.body {
            let (kind, key, pattern) = match entry {
                ast::Entry::Message(ast::Message {
                    id, value: Some(value), attributes, ..
                }) if attributes.is_empty() => (&mut new.entries, id.name, value),
                ast::Entry::Term(term) => (&mut new.terms, term.id.name, term.value),
                ast::Entry::Message(message) => {
                    let why = Reason::new(format!("`{}` has no value of its own", message.id.name))
                        .hint("an entry is one text; attributes (`.name = …`) are not used");
                    return Err(new.wrong_key(&message.id.name, why));
                }
                _ => continue,
            };
            if kind.insert(key.as_str().into(), pattern).is_some() {
                let why = Reason::new(format!("`{key}` is defined twice"));
                return Err(new.wrong_key(&key, why.hint("remove one of them")));
            }
        }
        Ok(new)
    }

    /// The keys of its entries.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(|key| &**key)
    }

    /// Its entries, ready.
    pub(super) fn entries(&self, is_foreign: bool) -> Result<Vec<(Box<str>, Entry)>> {
        let entry = |key: &str, written: &ast::Pattern<String>| {
            let mut pattern = Pattern::default();
            self.left.set(PARTS);
            self.append(&mut pattern, written, DEEPEST)
                .map_err(|why| self.wrong_key(key, Reason::new(format!("`{key}`: {why}"))))?;
            count(&mut pattern);
            Ok((key.into(), Entry { pattern: joined(pattern), is_foreign }))
        };
        self.entries.iter().map(|(key, written)| entry(key, written)).collect()
    }

    fn append(
        &self,
        to: &mut Pattern,
        written: &ast::Pattern<String>,
        deep: usize,
    ) -> Result<(), String> {
        for element in &written.elements {
            let left = self.left.get().checked_sub(1);
            self.left.set(left.ok_or_else(|| format!("it has more than {PARTS} parts"))?);
            match element {
                ast::PatternElement::TextElement { value } => {
                    to.0.push(Piece::Text(value.as_str().into()));
                }
                ast::PatternElement::Placeable { expression } => {
                    self.place(to, expression, deep)?
                }
            }
        }
        Ok(())
    }

    fn place(
        &self,
        to: &mut Pattern,
        expression: &ast::Expression<String>,
        deep: usize,
    ) -> Result<(), String> {
        let (selector, variants) = match expression {
            ast::Expression::Inline(inline) => return self.inline(to, inline, deep),
            ast::Expression::Select { selector, variants } => (selector, variants),
        };
        let name = argument(selector).ok_or("an argument selects (`$n ->`)")?;
        let mut made = Vec::new();
        let mut default = None;
        for variant in variants {
            let mut pattern = Pattern::default();
            self.append(&mut pattern, &variant.value, deep)?;
            let key = match &variant.key {
                ast::VariantKey::Identifier { name } => Key::Word(name.as_str().into()),
                ast::VariantKey::NumberLiteral { value } => Key::Exact(
                    value.parse().map_err(|_| format!("`[{value}]` is not a whole number"))?,
                ),
            };
            match variant.default {
                true => default = Some((key, pattern)),
                false => made.push((key, pattern)),
            }
        }
        made.extend(default);
        to.0.push(Piece::Select(name.into(), made));
        Ok(())
    }

    fn inline(&self, to: &mut Pattern, inline: &Inline<String>, deep: usize) -> Result<(), String> {
        let named = |entries: &BTreeMap<Box<str>, ast::Pattern<String>>, name: &str| {
            entries.get(name).cloned().ok_or_else(|| format!("there is no `{name}` in this file"))
        };
        let inner = match inline {
            Inline::StringLiteral { value } => {
                let text = unescape_unicode_to_string(value);
                to.0.push(Piece::Text(text.into()));
                return Ok(());
            }
            Inline::NumberLiteral { value } => {
                to.0.push(Piece::Text(value.as_str().into()));
                return Ok(());
            }
            Inline::VariableReference { id } => {
                to.0.push(Piece::Arg(id.name.as_str().into()));
                return Ok(());
            }
            Inline::FunctionReference { .. } => {
                let name = argument(inline).ok_or("the only function here is `NUMBER($n)`")?;
                to.0.push(Piece::Number(name.into()));
                return Ok(());
            }
            Inline::Placeable { expression } => return self.place(to, expression, deep),
            Inline::TermReference { id, attribute: None, arguments: None } => {
                named(&self.terms, &id.name)?
            }
            Inline::MessageReference { id, attribute: None } => named(&self.entries, &id.name)?,
            _ => return Err("attributes and arguments of terms are not used".to_owned()),
        };
        match deep.checked_sub(1) {
            Some(deep) => self.append(to, &inner, deep),
            None => Err("it names itself".to_owned()),
        }
    }

    /// The error for an unknown key.
    pub(super) fn unknown_key(&self, key: &str, known: &[&str]) -> Error {
        let hint = match keys::hint(key, known) {
            hint if hint.starts_with("did") => hint,
            _ => "`src/words/en.ftl` of patchpress has all entries".to_owned(),
        };
        self.wrong_key(key, Reason::new(format!("there is no entry `{key}`")).hint(hint))
    }

    fn wrong_key(&self, key: &str, reason: Reason) -> Error {
        let starts = |line: &str| {
            let line = line.strip_prefix('-').unwrap_or(line);
            line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        let (mut at, mut found) = (0, 0);
        for line in self.text.split_inclusive('\n') {
            // The last one: of two entries with one key, the second is superfluous.
            found = if starts(line) { at } else { found };
            at += line.len();
        }
        self.wrong(found, reason)
    }

    fn wrong(&self, at: usize, reason: Reason) -> Error {
        let before = self.text.get(..at).unwrap_or_default();
        Error::Words { path: self.path.clone(), line: before.matches('\n').count() + 1, reason }
    }
}

/// The name of an argument, within `NUMBER(…)` or alone.
fn argument(inline: &Inline<String>) -> Option<&str> {
    match inline {
        Inline::VariableReference { id } => Some(&id.name),
        Inline::FunctionReference { id, arguments } if id.name == "NUMBER" => {
            match &arguments.positional[..] {
                [only] if arguments.named.is_empty() => argument(only),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Marks the arguments that select plurals as numbers wherever they occur.
fn count(pattern: &mut Pattern) {
    let mut found = Vec::new();
    pattern.arguments(&mut found);
    let numbers: Vec<Box<str>> = found
        .into_iter()
        .filter(|(_, is_number)| *is_number)
        .map(|(name, _)| name.into())
        .collect();
    mark(pattern, &numbers);
}

fn mark(pattern: &mut Pattern, numbers: &[Box<str>]) {
    for piece in &mut pattern.0 {
        match piece {
            Piece::Arg(name) if numbers.contains(name) => *piece = Piece::Number(name.clone()),
            Piece::Select(_, variants) => {
                variants.iter_mut().for_each(|(_, pattern)| mark(pattern, numbers));
            }
            _ => {}
        }
    }
}

/// Joins neighbouring texts.
fn joined(pattern: Pattern) -> Pattern {
    let mut pieces: Vec<Piece> = Vec::new();
    for piece in pattern.0 {
        match (pieces.last_mut(), piece) {
            (Some(Piece::Text(before)), Piece::Text(text)) => {
                *before = format!("{before}{text}").into()
            }
            (_, Piece::Select(name, variants)) => {
                let variants =
                    variants.into_iter().map(|(key, pattern)| (key, joined(pattern))).collect();
                pieces.push(Piece::Select(name, variants));
            }
            (_, piece) => pieces.push(piece),
        }
    }
    Pattern(pieces)
}

/// The place of a brace that opens within too many others. Each entry begins anew; a text in quotes has no braces.
fn nested_too_deep(text: &str) -> Option<usize> {
    let (mut at, mut open) = (0, 0_usize);
    for line in text.split_inclusive('\n') {
        if line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-' || c == '#') {
            open = 0;
        }
        let is_comment = line.starts_with('#');
        let mut chars = line.char_indices().filter(|_| !is_comment);
        let mut is_quoted = false;
        while let Some((place, char)) = chars.next() {
            match char {
                '\\' if is_quoted => {
                    chars.next();
                }
                '"' if open > 0 => is_quoted = !is_quoted,
                '{' if !is_quoted => open += 1,
                '}' if !is_quoted => open = open.saturating_sub(1),
                _ => {}
            }
            if open > BRACES {
                return Some(at + place);
            }
        }
        at += line.len();
    }
    None
}
