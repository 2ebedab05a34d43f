//! The changes of a revision's patches.

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
