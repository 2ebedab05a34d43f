//! The kind that an editor assigns to a mail if the program reads it wrongly.

use serde::Deserialize;

use super::{Mail, Role, made};
use crate::message::TextReader;

/// The kind that an editor assigns to a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It proposes its diff.
    Patch,
    /// It shows a diff, or none, and proposes nothing.
    Report,
    /// It is spam.
    Spam,
}

impl Mail {
    /// Sets the kind that an editor assigned; a mail becomes a patch only if it has a diff.
    pub(crate) fn become_kind(&mut self, kind: Kind, texts: &TextReader) {
        let shown = if self.message.references.is_empty() { Role::Other } else { Role::Reply };
        let role = match kind {
            Kind::Patch => Role::Patch,
            Kind::Report | Kind::Spam => shown,
        };
        if role != self.role {
            let again = made(self.message.read_whole(texts), self.source, self.machine, Some(role));
            if role != Role::Patch || again.anatomy.has_diff() {
                *self = again;
            }
        }
        self.spam = kind == Kind::Spam;
    }
}
