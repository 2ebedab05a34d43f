//! Secures a mirror: removes files that lead git elsewhere.
//!
//! In: the folder of a repository that `sync` made, perhaps restored from a cache or copied from somebody else. Out:
//! the same with our own settings, or why git must not run in it. A mirror is data: no program that it names runs,
//! and nothing outside it is read or written as a part of it. Never here: git; the user's global settings (proxies,
//! certificates, password helpers).
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

/// By these files, a repository takes its settings or objects from another place: somebody else's, or a missing one
/// if the mirror was moved.
const BORROWS: [&str; 3] = ["commondir", "objects/info/alternates", "objects/info/http-alternates"];

/// Makes sure that git, run in the repository at `path`, does only what we ask for.
///
/// # Errors
/// Why that is impossible, with a hint; then nothing was changed.
pub(super) fn settle(path: &Path) -> Result<(), Reason> {
    let kind = |name: &str| fs::symlink_metadata(path.join(name)).map(|found| found.file_type());
    if let Some(name) = BORROWS.into_iter().find(|name| kind(name).is_ok()) {
        return Err(refused(path, &format!("it borrows from another repository (`{name}`)")));
    }
    check_files(path)?;
    let config = path.join(CONFIG);
    let before = fs::read(&config).unwrap_or_default();
    // Another format of refs or objects: with our settings, git would not read them and would write beside them.
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

/// Refuses anything but files and folders. git writes through links anywhere (`FETCH_HEAD`,
/// `logs/refs/heads/master`, `objects/ab`), and the repository itself may be a link to somebody's work. A pipe would
/// block.
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

/// Replaces the old file, which may be a link.
fn write(path: &Path) -> io::Result<()> {
    let new = path.join(".config.new");
    match fs::remove_file(&new) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
        _ => File::create_new(&new)?.write_all(SETTINGS.as_bytes())?,
    }
    fs::rename(new, path.join(CONFIG))
}
