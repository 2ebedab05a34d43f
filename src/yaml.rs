//! YAML, read into types of ours.
//!
//! In: text, or a file. Out: a value, or a [`Mistake`] with its place. Never here: what the value means.

use std::{io::ErrorKind, path::Path};

use serde::de::DeserializeOwned;

use crate::{
    error::{Error, Result},
    text_file,
};

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// Line of the text, counted from 1.
    pub(crate) line: usize,
    /// Column, counted from 1; 0 where unknown.
    pub(crate) column: usize,
    /// What is wrong.
    pub(crate) reason: String,
}

/// Reads a text; one with nothing but comments is the default.
///
/// # Errors
/// When it is no YAML, or says what the type does not know.
pub(crate) fn parse<T: DeserializeOwned + Default>(text: &str) -> std::result::Result<T, Mistake> {
    let is_comment = |line: &str| line.trim().is_empty() || line.trim().starts_with('#');
    if text.lines().all(is_comment) {
        return Ok(T::default());
    }
    serde_yaml::from_str(text).map_err(|error| {
        let (line, column) = error.location().map_or((1, 0), |at| (at.line(), at.column()));
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
        Mistake { line, column, reason }
    })
}

/// Reads a file that need not be there; without it the value is the default.
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
        reason: reason.into(),
    })
}
