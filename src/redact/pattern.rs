//! A regular expression of `[redact]`.
//!
//! In: the owner's text. Out: a [`Pattern`], and its matches in a text. Never here: the replacement of a match.

use std::ops::Range;

use regex::Regex;

use crate::error::Reason;

/// A regular expression without empty matches.
#[derive(Clone)]
pub(super) struct Pattern(Regex);

impl Pattern {
    /// Parses a pattern; the error says what is wrong with it.
    pub(super) fn parse(written: &str) -> Result<Self, Reason> {
        let pattern = Regex::new(written).map_err(|why| match why {
            regex::Error::CompiledTooBig(_) => Reason::new("the pattern is too large").hint(
                "make it repeat less (`\\w+` instead of `\\w{1000}`), or split it at `|` into several patterns",
            ),
            why => why.to_string().into(),
        })?;
        // An empty text has no word boundaries, so test others, too.
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
