//! Whether an archive is unchanged, without reading it.
//!
//! In: a path given as an archive. Out: stamps of everything that decides the result of reading it: the branches and
//! packs of a git repository, the [`Stamp`]s of files. Never here: a mail.

use std::path::Path;

use walkdir::WalkDir;

use super::{files::why_endless, public_inbox, repository::Folders};
use crate::stamp::Stamp;

/// Adds the archive at `path`.
pub(crate) fn stamp(path: &Path, stamp: &mut Stamp) {
    // Reading it gives an error.
    if why_endless(path).is_some() {
        return;
    }
    // A folder that cannot be listed has no comparable state.
    let epochs = public_inbox::epochs(path).unwrap_or_default();
    if !epochs.is_empty() {
        // A served inbox has an index beside its epochs, which changes and is never read.
        stamp.names(path);
        stamp.names(&path.join("git"));
        epochs.iter().for_each(|(_, epoch)| stamp_repository(epoch, stamp));
        return;
    }
    let mut walk = WalkDir::new(path).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        match entry {
            Ok(entry) if public_inbox::is_repository(entry.path()) => {
                stamp_repository(entry.path(), stamp);
                walk.skip_current_dir();
            }
            Ok(entry) => stamp.file(entry.path()),
            Err(error) => stamp.text(&error.to_string()),
        }
    }
}

/// Adds the git repository at `path`: its branches and its packs.
pub(crate) fn stamp_repository(path: &Path, stamp: &mut Stamp) {
    let Folders { git, common, .. } = Folders::of(path);
    stamp.content(&git.join("HEAD"));
    for name in ["config", "shallow"] {
        stamp.content(&common.join(name));
    }
    stamp.content(&common.join("objects/info/alternates"));
    stamp.file(&common.join("packed-refs"));
    stamp.folder(&common, &common.join("refs"));
    stamp.names(&common.join("objects/pack"));
}
