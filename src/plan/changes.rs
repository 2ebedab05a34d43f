//! What the patches of a revision change.

use crate::{
    patch::FileChange,
    series::{Corpus, Revision},
};

/// The changes of all patches of a revision.
pub(crate) fn files<'a>(
    corpus: &'a Corpus,
    revision: &'a Revision,
) -> impl Iterator<Item = &'a FileChange> + use<'a> {
    let patches = revision.slots.iter().filter_map(|slot| slot.mail);
    patches.flat_map(|mail| &corpus.stored(mail).mail.files)
}
