//! Errors in `site.toml`, with line and column.
//!
//! In: the text, and where in it something is wrong. Out: an [`Error`] in plain words. Never here: what is wrong.

use std::{ops::Range, path::Path};

use crate::error::{
    Error, Reason,
    parsed::{Format, parsed},
};

/// The error of the parser, in our format.
pub(super) fn unparsed(path: &Path, text: &str, error: &toml::de::Error) -> Error {
    at(path, text, error.span(), parsed(error.message(), Format::Toml))
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
