//! Trailers: `Key: value` lines at the end of a commit message or in a reply.

use super::Mailbox;

/// One trailer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Trailer {
    /// The key, spelled as git and the kernel do (`Reviewed-by`).
    pub key: Box<str>,
    /// The value as written, continuation lines joined by one space.
    pub value: Box<str>,
}

/// What a trailer's key says about its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TrailerKind {
    /// A person's verdict on the patch: Reviewed-, Acked-, Tested-, Nacked-by and their mixtures.
    Review,
    /// A person otherwise: Signed-off-by, Reported-by, Suggested-by, Co-developed-by, Cc …
    Person,
    /// Something else: Fixes, Link, Closes, Change-Id …
    Other,
}

impl Trailer {
    /// The person that the value names, where the key is about a person.
    pub fn person(&self) -> Option<Mailbox> {
        None
    }
}
