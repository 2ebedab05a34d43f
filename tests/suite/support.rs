//! What the tests share.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use patchpress::{
    config::List,
    series::{self, Corpus, Rules},
};

/// A list whose messages lie at `path`.
pub(crate) fn list(path: &Path) -> List {
    List {
        name: Arc::from("list"),
        address: String::new(),
        archives: vec![path.to_owned()],
        permalink: String::new(),
        tree: None,
    }
}

/// All that the archive at `path` holds, put together.
pub(crate) fn read(path: &Path) -> Corpus {
    series::read(&[list(path)], &Rules::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// The demo's list, which the repository holds.
pub(crate) fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content/archives/lantern-devel.mbox")
}
