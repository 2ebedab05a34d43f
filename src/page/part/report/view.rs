//! A report of a fault, as templates see it.

use std::borrow::Cow;

use serde::Serialize;

use crate::page::part::view::{Link, Moment};

/// A report with its state.
#[derive(Debug, Clone, Serialize)]
pub struct ReportView<'a> {
    /// Its kind, in words: `Report by syzbot`, `Regression`.
    pub kind: &'a str,
    /// `open`, `fix-posted`, `fixed` or `closed`.
    pub state: &'static str,
    /// The same in words.
    pub standing: &'a str,
    /// The series that fix it, the oldest first; at most the newest 20.
    pub fixes: Vec<FixView<'a>>,
    /// Link to the message that set its state in a tracker, or that drops the series which a robot reports about, labelled
    /// with the sender; absent if none did.
    pub told: Option<Link>,
    /// Link to the revision that came after it, labelled `v3`, if a robot reports about an earlier one; otherwise absent.
    pub later: Option<Link>,
    /// The patch or commit that this message names as the fix, if it is not on the site; otherwise empty.
    pub commit: &'a str,
}

/// A series that fixes a report.
#[derive(Debug, Clone, Serialize)]
pub struct FixView<'a> {
    /// The title of the patch that fixes it.
    pub title: Cow<'a, str>,
    /// Link to the patch.
    pub url: String,
    /// The state of the series: see `SeriesRow`.
    pub state: &'static str,
    /// The same in words.
    pub standing: &'a str,
}

/// A report that a series fixes.
#[derive(Debug, Clone, Serialize)]
pub struct ReportRow<'a> {
    /// Its subject, without reply prefixes; cut if it is very long.
    pub title: Cow<'a, str>,
    /// Link to its first message.
    pub url: String,
    /// See [`ReportView::state`].
    pub state: &'static str,
    /// The same in words.
    pub standing: &'a str,
    /// When it was sent.
    pub posted: Option<Moment>,
}
