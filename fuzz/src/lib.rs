//! What the targets share: a folder for the life of the process, and a small list.

use std::{
    cell::OnceCell,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use patchpress::list::List;

/// Two revisions of a series, a reply, and a report.
pub const MBOX: &str = include_str!("list.mbox");

thread_local! {
    // libFuzzer ends the process without unwinding, so nothing removes the folder: one per process is little.
    static FOLDER: OnceCell<PathBuf> = const { OnceCell::new() };
}

/// A folder of this process: in memory, where the system has such a place.
pub fn folder() -> PathBuf {
    FOLDER.with(|folder| {
        folder
            .get_or_init(|| {
                let shared = Path::new("/dev/shm");
                let made = match shared.is_dir() {
                    true => tempfile::tempdir_in(shared),
                    false => tempfile::tempdir(),
                };
                made.expect("a folder").keep()
            })
            .clone()
    })
}

/// A file below [`folder`], with these bytes.
pub fn file(path: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder().join(path);
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
    fs::write(&path, bytes).expect("write");
    path
}

/// A list whose archive lies there.
pub fn list(archive: PathBuf) -> List {
    List::of_archive(Arc::from("lamp"), archive)
}

/// A site of [`MBOX`] with further lines in its settings.
pub fn site(further: &str) -> PathBuf {
    file("list.mbox", MBOX);
    file("site.toml", format!("{further}\n[[lists]]\nname = \"lamp\"\narchive = \"list.mbox\"\n"));
    folder()
}
