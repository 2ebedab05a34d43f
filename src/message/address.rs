//! Mailboxes: a name and an address.

use std::sync::Arc;

/// A display name and an address (RFC 5322, 3.4), as git reads them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Mailbox {
    /// The name, decoded; empty where the mail has none.
    pub name: Arc<str>,
    /// The address as written; empty where the mail has none.
    pub address: Arc<str>,
}
