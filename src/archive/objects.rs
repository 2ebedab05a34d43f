//! Single mails of a public-inbox, by the names of their objects.
//!
//! In: the epochs of an archive. Out: any single mail, without reading the others. Never here: the list of mails.

use std::{
    fmt,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use super::{
    Archive, Kind, Outcome, RawMessage, public_inbox,
    repository::{Repository, Shared, object},
};
use crate::{error::Result, hash::Fingerprint};

/// The objects of an archive's epochs.
pub struct Objects {
    epochs: Vec<Store>,
}

/// An epoch, and its idle repository handles: each caches the objects that it unpacked last, from which the next
/// mail is mostly derived.
struct Store {
    shared: Shared,
    idle: Mutex<Vec<Repository>>,
}

impl Objects {
    /// Opens the epochs of `archive`; one of another kind has none.
    ///
    /// # Errors
    /// Fails with [`Error::Git`](crate::error::Error::Git) if a repository cannot be opened.
    pub fn open(archive: &Archive) -> Result<Self> {
        let paths = match archive.kind {
            Kind::PublicInboxV2 => public_inbox::epochs(&archive.path)?,
            Kind::Epoch => vec![(0, archive.path.clone())],
            _ => Vec::new(),
        };
        let open = |(_, path): &(u32, PathBuf)| {
            let shared = Repository::open(path)?.share();
            Ok(Store { shared, idle: Mutex::default() })
        };
        Ok(Self { epochs: paths.iter().map(open).collect::<Result<_>>()? })
    }

    /// Gives the mail in an object to `parse`; `None` if there is no such object, or no mail in it.
    pub fn mail<T>(&self, name: Fingerprint, parse: &impl Fn(RawMessage<'_>) -> T) -> Option<T> {
        // Requests are mostly for new objects.
        self.epochs.iter().rev().find_map(|epoch| {
            match epoch.with(|repository| repository.mail(object(name), parse)) {
                Outcome::Mail(value) | Outcome::Cut(value) => Some(value),
                Outcome::Left(..) => None,
            }
        })
    }
}

impl Store {
    fn with<T>(&self, work: impl FnOnce(&Repository) -> T) -> T {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let repository = taken.unwrap_or_else(|| Repository::of(&self.shared));
        let done = work(&repository);
        idle().push(repository);
        done
    }
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Objects").field("epochs", &self.epochs.len()).finish()
    }
}
