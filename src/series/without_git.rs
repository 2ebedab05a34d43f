//! The trees of lists in a build without git.
//!
//! In: the lists' trees. Out: an error if there is one. Never here: reading a repository.

use std::path::PathBuf;

use super::{Corpus, Rules};
use crate::{archive, error::Result};

/// Fails if a list has a tree: without its commits, merged patches would appear as not merged.
pub(super) fn find(_: &mut Corpus, trees: &[Option<PathBuf>], _: &Rules) -> Result<()> {
    trees.iter().flatten().next().map_or(Ok(()), |path| Err(archive::unread(path)))
}
