//! Single mails of a public-inbox, by the names of their objects.
//!
//! In: the epochs of an archive. Out: any one mail, without a look at the others. Never here: which there are.

use std::{fmt, path::PathBuf};

use super::{
    Archive, Kind, Outcome, RawMessage, public_inbox,
    repository::{Repository, Shared, object},
};
use crate::{error::Result, hash::Digest};

/// The objects of an archive's epochs.
pub struct Objects {
    epochs: Vec<Shared>,
}

impl Objects {
    /// Opens the epochs of `archive`; one of another kind has none.
    ///
    /// # Errors
    /// [`Error::Git`](crate::error::Error::Git) where a repository cannot be opened.
    pub fn open(archive: &Archive) -> Result<Self> {
        let paths = match archive.kind {
            Kind::PublicInboxV2 => public_inbox::epochs(&archive.path),
            Kind::Epoch => vec![(0, archive.path.clone())],
            _ => Vec::new(),
        };
        let open = |(_, path): &(u32, PathBuf)| Ok(Repository::open(path)?.share());
        Ok(Self { epochs: paths.iter().map(open).collect::<Result<_>>()? })
    }

    /// Gives the mail in an object to `parse`; `None` where there is no such object, or no mail in it.
    pub fn mail<T>(&self, name: Digest, parse: &impl Fn(RawMessage<'_>) -> T) -> Option<T> {
        // What is asked for is mostly new.
        self.epochs.iter().rev().find_map(|epoch| {
            match Repository::of(epoch).mail(object(name), parse) {
                Outcome::Mail(value) | Outcome::Cut(value) => Some(value),
                Outcome::Left(..) => None,
            }
        })
    }
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Objects").field("epochs", &self.epochs.len()).finish()
    }
}
