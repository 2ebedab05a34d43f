//! Links in the folders that a site publishes from: `static/` and the theme.
//!
//! In: settings. Out: an error if a link leads out of the site's folder. Otherwise anybody who can propose a file
//! for a site could make its builder publish any file of the machine (`static/key -> /root/.ssh/id_rsa`), state
//! from before redaction (`static/all -> ../.patchpress`), or the archives as they are. Other links within the site
//! are followed, as in other generators. This check runs before anything that follows links. Never here: hidden
//! files, which are never published; the use of the files.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

use super::static_files;
use crate::{
    config::{self, Settings},
    error::{Error, Result},
    theme,
};

/// Checks that everything to publish is in the site's folder.
///
/// # Errors
/// Fails with [`Error::Outside`], [`Error::Hidden`] or [`Error::Private`].
pub(super) fn check(settings: &Settings) -> Result<()> {
    let root = fs::canonicalize(&settings.root).map_err(Error::read(&settings.root))?;
    let private = private(settings);
    let folders = [settings.root.join(static_files::FOLDER), theme::folder(settings)];
    folders.iter().filter(|folder| folder.is_dir()).try_for_each(|folder| {
        // A link can be above the folder: `themes` itself.
        lies_in(&root, folder)?;
        check_links(&root, &private, folder)
    })
}

/// The sources of a site that it must not show as they are: archives, trees, settings, the list of redactions.
fn private(settings: &Settings) -> Vec<PathBuf> {
    let of_lists = settings.lists.iter().flat_map(|list| list.archives.iter().chain(&list.tree));
    let own = [settings.root.join(config::FILE), settings.mailmap.clone()];
    let all = of_lists.chain(&settings.redact_file).chain(&own);
    all.filter_map(|path| fs::canonicalize(path).ok()).collect()
}

fn check_links(root: &Path, private: &[PathBuf], folder: &Path) -> Result<()> {
    let mut walk = WalkDir::new(folder).follow_links(true).min_depth(1).into_iter();
    while let Some(entry) = walk.next() {
        // The readers of a file report that it is unreadable.
        let Ok(entry) = entry else { continue };
        if !static_files::is_shown(&entry) {
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
        } else if entry.path_is_symlink() {
            let to = lies_in(root, entry.path())?;
            if private.iter().any(|one| one.starts_with(&to) || to.starts_with(one)) {
                return Err(Error::Private { path: entry.path().to_owned(), to });
            }
        }
    }
    Ok(())
}

/// The real path of `path`, with all links resolved, relative to the folder `root`.
fn lies_in(root: &Path, path: &Path) -> Result<PathBuf> {
    let to = fs::canonicalize(path).map_err(Error::read(path))?;
    let Ok(below) = to.strip_prefix(root) else {
        return Err(Error::Outside { path: path.to_owned(), to });
    };
    let is_hidden =
        |part: &OsStr| part.as_encoded_bytes().starts_with(b".") && part != ".well-known";
    match below.iter().any(is_hidden) {
        true => Err(Error::Hidden { path: path.to_owned(), to }),
        false => Ok(to),
    }
}
