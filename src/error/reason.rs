//! Reasons: the problem, and separately the hint.
//!
//! In: text. Out: a [`Reason`]. Never here: its reader, a person or a program; a hint inside the problem.

use std::fmt;

/// The problem, and a hint if there is one; as text, the hint is on its own line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The problem.
    pub what: String,
    /// The hint.
    pub hint: Option<String>,
}

impl Reason {
    /// A problem without a hint.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), hint: None }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The problem as rewritten by `say`, with the same hint.
    #[must_use]
    pub fn said(self, say: impl FnOnce(&str) -> String) -> Self {
        Self { what: say(&self.what), ..self }
    }
}

impl From<String> for Reason {
    fn from(what: String) -> Self {
        Self::new(what)
    }
}

impl From<&str> for Reason {
    fn from(what: &str) -> Self {
        Self::new(what)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, "\nhint: {hint}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Error, *};

    #[test]
    fn what_is_wrong_and_the_way_out_are_apart() {
        let path = || "site.toml".into();
        let wrong = || Reason::new("no").hint("yes");
        for (error, what, hint) in [
            (Error::usage("`x` is not a period"), "`x` is not a period", None),
            (Error::Usage(wrong()), "no", Some("yes")),
            (
                Error::Git { path: path(), reason: wrong() },
                "cannot read the git repository `site.toml`: no",
                Some("yes"),
            ),
            (
                Error::Config { path: path(), line: 3, column: 0, reason: wrong() },
                "site.toml:3: no",
                Some("yes"),
            ),
            (
                Error::Refused { path: path(), reason: wrong() },
                "cannot write `site.toml`: no",
                Some("yes"),
            ),
            (
                Error::NoArchive { path: path(), hint: "yes".into() },
                "there is no archive at `site.toml`",
                Some("yes"),
            ),
        ] {
            assert_eq!((&*error.to_string(), error.hint()), (what, hint));
            let both = hint.map_or(what.to_owned(), |hint| format!("{what}\nhint: {hint}"));
            assert_eq!(error.reason().to_string(), both);
        }
    }

    #[test]
    fn an_archive_that_is_none_has_one_way_out() {
        let error = |reason: Reason| Error::UnknownArchive { path: "x".into(), reason };
        assert_eq!(error(Reason::new("no").hint("yes")).hint(), Some("yes"));
        let known = error("no".into());
        assert!(known.hint().is_some_and(|hint| hint.contains("mbox")), "{:?}", known.hint());
    }
}
