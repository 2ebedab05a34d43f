//! A report of a fault, as templates see it.

use std::borrow::Cow;

use serde::Serialize;

use crate::page::part::view::{Link, Moment};

/// What has become of a report.
#[derive(Debug, Clone, Serialize)]
pub struct ReportView<'a> {
    /// Whose it is: `Report by syzbot`, `Regression`.
    pub kind: &'a str,
    /// `open`, `fix-posted`, `fixed` or `settled`.
    pub state: &'static str,
    /// The same in words.
    pub standing: &'a str,
    /// The series that say they repair it, the oldest first; the newest 20 of many.
    pub fixes: Vec<FixView<'a>>,
    /// Who told a tracker what became of it, to their message.
    pub told: Option<Link>,
    /// The patch or commit that this message names, and that is not on the site; may be empty.
    pub commit: &'a str,
}

/// A series that says it repairs a report.
#[derive(Debug, Clone, Serialize)]
pub struct FixView<'a> {
    /// The title of the patch that says so.
    pub title: Cow<'a, str>,
    /// To the patch.
    pub url: String,
    /// What has become of the series: see `SeriesRow`.
    pub state: &'static str,
    /// The same in words.
    pub standing: &'a str,
}

/// A report that a series repairs.
#[derive(Debug, Clone, Serialize)]
pub struct ReportRow<'a> {
    /// Its subject, without reply prefixes; cut where it is very long.
    pub title: Cow<'a, str>,
    /// To its first message.
    pub url: String,
    /// See [`ReportView::state`].
    pub state: &'static str,
    /// The same in words.
    pub standing: &'a str,
    /// When it was sent.
    pub posted: Option<Moment>,
}
