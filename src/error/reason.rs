//! Reasons: what is wrong, and apart from it the way out.
//!
//! In: words. Out: a [`Reason`]. Never here: who reads it, a terminal or a program.

use std::fmt;

/// Between what is wrong and the way out, where both are one text.
const HINT: &str = "\nhint: ";

/// What is wrong, and the way out where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What is wrong.
    pub what: String,
    /// The way out.
    pub hint: Option<String>,
}

impl Reason {
    /// What is wrong, without a way out.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), hint: None }
    }

    /// The same with the way out.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The two parts of a text that [`fmt::Display`] wrote.
    pub(super) fn of_text(text: &str) -> Self {
        match text.split_once(HINT) {
            Some((what, hint)) => Self::new(what).hint(hint),
            None => Self::new(text),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, "{HINT}{hint}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Error, *};

    #[test]
    fn what_is_wrong_and_the_way_out_are_apart() {
        let path = || "site.toml".into();
        for (error, what, hint) in [
            (Error::usage("`x` is no period"), "`x` is no period", None),
            (
                Error::Usage(Reason::new("no list").hint("there is lamp")),
                "no list",
                Some("there is lamp"),
            ),
            (
                Error::Git { path: path(), reason: "it is damaged\nhint: mend it".into() },
                "cannot read the git repository `site.toml`: it is damaged",
                Some("mend it"),
            ),
            (
                Error::Config { path: path(), line: 3, column: 0, reason: "no\nhint: yes".into() },
                "site.toml:3: no",
                Some("yes"),
            ),
        ] {
            let reason = error.reason();
            assert_eq!((&*reason.what, reason.hint.as_deref()), (what, hint), "{error}");
            assert_eq!(reason.to_string(), error.to_string());
        }
    }
}
