//! A regular expression of `[redact]`.
//!
//! In: what the owner wrote. Out: a [`Pattern`], and where it matches in a text. Never here: what is in place of a match.

use std::ops::Range;

use regex::Regex;

use crate::error::Reason;

/// A regular expression that finds something wherever it finds anything.
#[derive(Clone)]
pub(super) struct Pattern(Regex);

impl Pattern {
    /// Reads a pattern; the error says what is wrong with it.
    pub(super) fn parse(written: &str) -> Result<Self, Reason> {
        let pattern = Regex::new(written).map_err(|why| match why {
            regex::Error::CompiledTooBig(_) => Reason::new("the pattern is too large").hint(
                "make it repeat less (`\\w+` instead of `\\w{1000}`), or split it at `|` into several patterns",
            ),
            why => why.to_string().into(),
        })?;
        // Word edges are in no empty text.
        let finds_nothing = |text| pattern.find_iter(text).any(|found| found.is_empty());
        if ["", "a b", "1", "\n-"].into_iter().any(finds_nothing) {
            return Err(Reason::new("it also matches places without a letter")
                .hint("make it match at least one letter, `x+` instead of `x*`"));
        }
        Ok(Self(pattern))
    }

    /// The matches in a text.
    pub(super) fn find(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        self.0.find_iter(text).filter(|found| !found.is_empty()).map(|found| found.range())
    }
}
