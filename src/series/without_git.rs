//! The trees of lists, to a build that reads no git repository.

use std::path::PathBuf;

use super::{Corpus, Rules};
use crate::{archive, error::Result};

/// Fails where a list has a tree: without its commits patches would pass for not merged.
pub(super) fn find(_: &mut Corpus, trees: &[Option<PathBuf>], _: &Rules) -> Result<()> {
    trees.iter().flatten().next().map_or(Ok(()), |path| Err(archive::unread(path)))
}
