//! Periods: half-open spans of time, or a commit range of an archive.

use std::sync::Arc;

use crate::date::{Cadence, Timestamp};

/// When something happened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A commit range of an archive, `from` excluded, as a text digest or a command line names it.
    Range {
        /// The older end.
        from: Arc<str>,
        /// The newer end.
        to: Arc<str>,
    },
    /// A span of time in the site's time zone.
    Span {
        /// Its first second.
        start: Timestamp,
        /// The first second after it.
        end: Timestamp,
        /// What kind of span.
        cadence: Cadence,
        /// `2026-W09`, `2026-02-28`, `2026-02`.
        label: Arc<str>,
    },
}
