//! The text of a mail: in memory, or on a shelf until somebody reads it.
//!
//! In: a text, or a [`Shelf`] that can fetch it by the mail's name. Out: the text, the same each time.
//! Never here: where shelves stand.

use std::{fmt, ops::Deref, sync::Arc, sync::OnceLock};

use crate::hash::Digest;

/// A place from which texts can be fetched; one that is gone meanwhile is empty, and the shelf remembers that.
pub trait Shelf: Send + Sync {
    /// The text of the mail whose raw bytes have this name.
    fn fetch(&self, name: Digest) -> Box<str>;
}

/// All plain text of a mail and its attached patches, in UTF-8 with LF line ends.
///
/// Most builds print a few mails and need to know all: their texts stay in the archive.
#[derive(Clone, Default)]
pub struct Text {
    here: OnceLock<Box<str>>,
    there: Option<(Arc<dyn Shelf>, Digest)>,
}

impl Text {
    /// The text that `shelf` holds under `name`.
    pub fn on(shelf: Arc<dyn Shelf>, name: Digest) -> Self {
        Self { here: OnceLock::new(), there: Some((shelf, name)) }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self { here: OnceLock::from(text.into_boxed_str()), there: None }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        let fetch = || self.there.as_ref().map(|(shelf, name)| shelf.fetch(*name));
        self.here.get_or_init(|| fetch().unwrap_or_default())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
