//! Reads YAML into our types.
//!
//! In: text, or a file. Out: a value, or a [`Mistake`] with its place. Never here: the meaning of the value.

use std::{io::ErrorKind, path::Path};

use serde::de::DeserializeOwned;

use crate::{
    error::{
        Error, Reason, Result,
        parsed::{Format, parsed},
    },
    text_file,
};

/// The error of a text, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// seconds.
    pub(crate) line: usize,
    /// Column, counted from 1; 0 if unknown.
    pub(crate) column: usize,
    /// The problem.
    pub(crate) reason: Reason,
}

/// How deep brackets may be nested. Handwritten files have three levels; the parser's time grows with the square:
/// 100,000 levels took
const DEEPEST: usize = 200;

/// Reads a text; a text of nothing but comments gives the default.
///
/// # Errors
/// If it is not YAML, or contains something that the type does not accept.
pub(crate) fn parse<T: DeserializeOwned + Default>(text: &str) -> std::result::Result<T, Mistake> {
    let is_comment = |line: &str| line.trim().is_empty() || line.trim().starts_with('#');
    if text.lines().all(is_comment) {
        return Ok(T::default());
    }
    if let Some(at) = too_deep(text) {
        let line = text[..at].matches('\n').count() + 1;
        let column = at - text[..at].rfind('\n').map_or(0, |end| end + 1) + 1;
        let reason = Reason::new(format!("brackets are nested more than {DEEPEST} deep"))
            .hint("close them, or put text that begins with one in quotes");
        return Err(Mistake { line, column, reason });
    }
    serde_yaml::from_str(text).map_err(|error| {
        let (line, column) = error.location().map_or((1, 0), |at| (at.line(), at.column()));
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        let reason = parsed(reason, Format::Yaml);
        Mistake { line, column, reason }
    })
}

/// The place of the first bracket that is nested too deep. Brackets in quotes and comments do not count. Those
/// inside other words do, but no text has hundreds of them.
fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0usize);
    while let Some(&byte) = bytes.get(at) {
        let begins = at == 0 || b" \t\n[{,:".contains(&bytes[at - 1]);
        match byte {
            b'[' | b'{' => {
                depth += 1;
                if depth > DEEPEST {
                    return Some(at);
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'\'' | b'"' if begins => at = end_of_quote(bytes, at),
            b'#' if begins => {
                at = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n)
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The end of the quote that begins at `at`; in double quotes, a backslash escapes the next character.
fn end_of_quote(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    let mut end = at + 1;
    while bytes.get(end).is_some_and(|byte| *byte != quote) {
        end += if bytes[end] == b'\\' && quote == b'"' { 2 } else { 1 };
    }
    end
}

/// Reads an optional file; the default if it does not exist.
///
/// # Errors
/// [`Error::Read`], and [`Error::Config`] with line and column.
pub(crate) fn read_if_there<T: DeserializeOwned + Default>(path: &Path) -> Result<T> {
    let text = match text_file::read(path) {
        Err(Error::Read { source, .. }) if source.kind() == ErrorKind::NotFound => {
            return Ok(T::default());
        }
        read => read?,
    };
    parse(&text).map_err(|Mistake { line, column, reason }| Error::Config {
        path: path.to_owned(),
        line,
        column,
        reason,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn only_brackets_that_lie_in_each_other_are_too_deep() {
        let flat = "[a, \"[\", '[', {b: c}] # [[[\n".repeat(DEEPEST);
        assert_eq!(too_deep(&flat), None);
        let (deep, closed) = ("[\n".repeat(DEEPEST), "]".repeat(DEEPEST));
        assert_eq!(too_deep(&format!("{deep}{closed}[")), None);
        for (text, at) in [(format!("{deep}["), 400), (format!("'\\' \"\\\"[\" {deep}{{"), 410)] {
            assert_eq!(too_deep(&text), Some(at), "{text}");
        }
        let mistake = parse::<BTreeMap<String, String>>(&format!("a: {deep}[")).expect_err("deep");
        assert_eq!((mistake.line, mistake.column), (DEEPEST + 1, 1));
    }
}
