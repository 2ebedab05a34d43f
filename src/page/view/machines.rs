//! What machines found about a revision.

use serde::Serialize;

use super::{Moment, Person};

/// An answer that a machine sent.
#[derive(Debug, Serialize)]
pub struct MachineRow<'a> {
    /// Its name.
    pub who: Person<'a>,
    /// `ci`, `ai-review`, `syzbot`, `build-robot`, `stable`, `tracker`, `patchwork`, `forge`, `merge-notice` or
    /// `automatic`.
    pub kind: &'static str,
    /// The number of the patch that it answers; empty for the cover letter and for a single patch.
    pub patch: String,
    /// When.
    pub when: Option<Moment>,
    /// To the answer.
    pub url: String,
    /// How bad it says that it is: `critical`, `high`, `medium`, `low`, `error`, `warning`; may be empty.
    pub degree: &'static str,
    /// Its first sentence; may be empty.
    pub told: String,
    /// The series' author answered it.
    pub answered: bool,
}
