//! Helpers of the tests.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, OnceLock},
};

use patchpress::{
    config::List,
    message::{Message, TextReader},
    series::{self, Corpus, Rules},
};

/// A list with its messages at `path`.
pub(crate) fn list(path: &Path) -> List {
    List::of_archive(Arc::from("list"), path.to_owned())
}

/// The corpus of the archive at `path`.
pub(crate) fn read(path: &Path) -> Corpus {
    series::read(&[list(path)], &Rules::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// The result of `make` with a reader of texts, none of which is missing.
pub(crate) fn of_texts<T>(make: impl FnOnce(&TextReader) -> T) -> T {
    TextReader::read(make).unwrap_or_else(|error| panic!("{error}"))
}

/// The text of a message.
pub(crate) fn text(message: &Message) -> String {
    of_texts(|texts| message.read_text(texts).into_owned())
}

/// The demo's list, which is in the repository.
pub(crate) fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content/archives/lantern-devel.mbox")
}

/// The mirror of linux-mtd, unpacked once per build directory; `None` if it is not available.
pub(crate) fn linux_mtd() -> Option<PathBuf> {
    static UNPACKED: OnceLock<Option<PathBuf>> = OnceLock::new();
    UNPACKED.get_or_init(unpack_linux_mtd).clone()
}

fn unpack_linux_mtd() -> Option<PathBuf> {
    let tar = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/archives/linux-mtd.tar");
    if !tar.exists() {
        eprintln!("skipped: there is no {}", tar.display());
        return None;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mirrors");
    let mirror = folder.join("linux-mtd");
    if !mirror.exists() {
        std::fs::create_dir_all(&folder).expect("a folder");
        let unpacked = Command::new("tar").arg("-xf").arg(&tar).arg("-C").arg(&folder).status();
        assert!(unpacked.is_ok_and(|status| status.success()), "no tar of {}", tar.display());
    }
    Some(mirror)
}

/// The corpus of linux-mtd, read once.
pub(crate) fn linux_mtd_corpus() -> Option<&'static Corpus> {
    static CORPUS: OnceLock<Option<Corpus>> = OnceLock::new();
    CORPUS.get_or_init(|| linux_mtd().map(|mirror| read(&mirror))).as_ref()
}
