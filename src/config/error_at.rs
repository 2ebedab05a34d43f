//! Errors in `site.toml`, with line and column.
//!
//! In: the text, and where in it something is wrong. Out: an [`Error`] in plain words. Never here: what is wrong.

use std::{ops::Range, path::Path};

use crate::error::{Error, Reason};

/// The error of the parser, in our format.
pub(super) fn unparsed(path: &Path, text: &str, error: &toml::de::Error) -> Error {
    let message = error.message().trim_end();
    // An unquoted word here could only be `true` or `false`.
    if message.starts_with("invalid boolean") || message.starts_with("string values must be quoted")
    {
        let reason =
            Reason::new("the value is not in quotes").hint("put text in quotes: `key = \"text\"`");
        return at(path, text, error.span(), reason);
    }
    at(path, text, error.span(), in_plain_words(message))
}

/// A message of the parser with words for Rust's names of types.
fn in_plain_words(message: &str) -> String {
    let Some((before, expected)) = message.rsplit_once("expected ") else {
        return message.to_owned();
    };
    let expected = match expected {
        "usize" | "u32" | "u64" => "a whole number",
        "i64" => "a number",
        "a boolean" => "`true` or `false`",
        other => other,
    };
    format!("{before}expected {expected}")
}

/// An error at a place in the file.
pub(super) fn at(
    path: &Path,
    text: &str,
    span: Option<Range<usize>>,
    reason: impl Into<Reason>,
) -> Error {
    let before = span.and_then(|span| text.get(..span.start));
    let (line, column) = before.map_or((0, 0), |before| {
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    });
    Error::Config { path: path.to_owned(), line, column, reason: reason.into() }
}
