//! Threads: who answers whom (References, In-Reply-To).

use super::MailIx;

/// Who answers whom.
#[derive(Debug, Default)]
pub struct Threads {
    /// Each mail's nearest ancestor that the archive holds.
    pub parent: Vec<Option<MailIx>>,
    /// Each mail's farthest ancestor that the archive holds; itself where it has none.
    pub root: Vec<MailIx>,
    /// Each mail's direct answers, by date.
    pub children: Vec<Vec<MailIx>>,
}
