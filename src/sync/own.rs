//! A mirror's own ground: the files in it by which git is led elsewhere.
//!
//! In: the folder of a repository that `sync` made, as it lies on the disk: perhaps restored from a cache, perhaps
//! a copy from somebody else. Out: the same with the settings that we write, or why git must not be run in it. A
//! mirror is data: no program that it names is run, nothing outside it is read or written as if it were in it.
//! Never here: git; what users set for all their repositories (proxies, certificates, helpers for passwords).
#![expect(clippy::disallowed_methods, reason = "the one place that changes mirrors")]

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::Path,
};

use walkdir::WalkDir;

use crate::error::Reason;

/// git's settings of a repository.
const CONFIG: &str = "config";

/// All settings that git needs for a mirror.
const SETTINGS: &str = "\
# `patchpress sync` rewrites this file before it runs git: changes have no effect.
[core]
\trepositoryformatversion = 0
\tbare = true
";

/// By these a repository takes its settings or objects from another place: one of somebody else's, or none at all
/// where the mirror was moved.
const BORROWS: [&str; 3] = ["commondir", "objects/info/alternates", "objects/info/http-alternates"];

/// Makes sure that git, run in the repository at `path`, does what is asked for and nothing else.
///
/// # Errors
/// Why that cannot be, with the way out; nothing was changed then.
pub(super) fn settle(path: &Path) -> Result<(), Reason> {
    let kind = |name: &str| fs::symlink_metadata(path.join(name)).map(|found| found.file_type());
    if let Some(name) = BORROWS.into_iter().find(|name| kind(name).is_ok()) {
        return Err(refused(path, &format!("it borrows from another repository (`{name}`)")));
    }
    check_files(path)?;
    let config = path.join(CONFIG);
    let before = fs::read(&config).unwrap_or_default();
    // Another format of refs or objects: with our settings, git would read nothing and write beside it.
    if before.to_ascii_lowercase().windows(11).any(|word| word == b"[extensions") {
        return Err(refused(
            path,
            "its `config` names extensions, which no mirror of patchpress has",
        ));
    }
    if before == SETTINGS.as_bytes() {
        return Ok(());
    }
    write(path).map_err(|why| format!("cannot write `{}`: {why}", config.display()).into())
}

/// A repository that git makes is files and folders. git writes behind a link, wherever it stands (`FETCH_HEAD`,
/// `logs/refs/heads/master`, `objects/ab`), and the repository itself may be one: of somebody's work. A pipe would block.
fn check_files(path: &Path) -> Result<(), Reason> {
    if fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
        return Err(refused(path, "it is a link to another place"));
    }
    for entry in WalkDir::new(path).min_depth(1).into_iter().flatten() {
        let kind = entry.file_type();
        let what = match (kind.is_symlink(), kind.is_file() || kind.is_dir()) {
            (true, _) => "a link",
            (false, false) => "neither a file nor a folder",
            (false, true) => continue,
        };
        let name = entry.path().strip_prefix(path).unwrap_or(entry.path());
        return Err(refused(path, &format!("its `{}` is {what}", name.display())));
    }
    Ok(())
}

fn refused(path: &Path, why: &str) -> Reason {
    Reason::new(why).hint(format!(
        "move `{}` away, and the next `patchpress sync` fetches all of it",
        path.display()
    ))
}

/// In the place of the old file, which may be linked to elsewhere.
fn write(path: &Path) -> io::Result<()> {
    let new = path.join(".config.new");
    match fs::remove_file(&new) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
        _ => File::create_new(&new)?.write_all(SETTINGS.as_bytes())?,
    }
    fs::rename(new, path.join(CONFIG))
}
