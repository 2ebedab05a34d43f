//! A new site: its first files and their content.
//!
//! In: a folder, a list (the path of an archive, or an address), the date. Out: files that did not exist before, and
//! the next steps. Never here: overwriting a file; the network; a clock.
#![expect(clippy::disallowed_methods, reason = "the one place that writes a new site's files")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use jiff::tz::TimeZone;

use crate::{
    address::split_mailbox,
    archive,
    config::{self, is_http},
    date::{Cadence, Timestamp},
    digest::Period,
    error::{Error, Reason, Result},
};

/// The list of a new site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ListSource {
    /// A list that will be named later.
    Unnamed,
    /// An archive on this machine.
    Archive(PathBuf),
    /// A list on the web, by the address of its archive (`https://lore.kernel.org/kvmarm`).
    Web(String),
}

impl ListSource {
    /// The meaning of `--list`.
    pub(crate) fn parse(typed: Option<&str>) -> Self {
        match typed {
            None => Self::Unnamed,
            Some(url) if url.contains("://") => Self::Web(url.trim_end_matches('/').to_owned()),
            Some(path) => Self::Archive(PathBuf::from(path)),
        }
    }
}

/// How the address of a mirror can begin, besides http and https.
const TRANSPORTS: [&str; 3] = ["file:///", "git://", "ssh://"];

/// Whether a new site gets a workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Workflow {
    /// None.
    None,
    /// GitHub Pages.
    GitHubPages,
}

/// The created files.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Made {
    /// The site's folder.
    pub(crate) root: PathBuf,
    /// Files that were written, relative to it.
    pub(crate) written: Vec<PathBuf>,
    /// Files that existed already and stay unchanged.
    pub(crate) kept: Vec<PathBuf>,
    /// The next steps, one line each.
    pub(crate) next: Vec<String>,
}

/// The list of a new site, as its files name it.
struct NewList {
    name: String,
    archive: String,
    permalink: String,
    /// The address from which its archive is mirrored, if it is not local.
    mirror: Option<String>,
}

/// Creates a site in `dir`, with the draft of a note on this week's digest.
///
/// # Errors
/// Fails with [`Error::Usage`] if there is a site already or the list is invalid, with
/// [`Error::NoArchive`], or with [`Error::Write`].
pub(crate) fn init(
    dir: &Path,
    source: &ListSource,
    workflow: Workflow,
    now: Timestamp,
) -> Result<Made> {
    if dir.join(config::FILE).exists() {
        let reason = Reason::new(format!("there is a site in `{}` already", dir.display()));
        return Err(Error::Usage(reason.hint("`patchpress serve` shows it")));
    }
    let list = new_list(dir, source)?;
    fs::create_dir_all(dir).map_err(Error::write(dir))?;
    let mut made =
        Made { root: dir.to_owned(), written: Vec::new(), kept: Vec::new(), next: Vec::new() };
    for (path, text) in files(&list, workflow, now) {
        write_new(dir, &path, &text, &mut made)?;
    }
    made.next = next_steps(dir, &list, workflow);
    Ok(made)
}

fn write_new(dir: &Path, path: &str, text: &str, made: &mut Made) -> Result<()> {
    let to = dir.join(path);
    if to.exists() {
        made.kept.push(path.into());
        return Ok(());
    }
    let folder = to.parent().unwrap_or(dir);
    fs::create_dir_all(folder).map_err(Error::write(folder))?;
    fs::write(&to, text).map_err(Error::write(&to))?;
    made.written.push(path.into());
    Ok(())
}

fn new_list(dir: &Path, source: &ListSource) -> Result<NewList> {
    match source {
        ListSource::Unnamed => Ok(NewList {
            name: "my-list".to_owned(),
            archive: "archives/my-list".to_owned(),
            permalink: String::new(),
            mirror: None,
        }),
        ListSource::Archive(path) => {
            let full = fs::canonicalize(path).map_err(|_| Error::NoArchive {
                path: path.clone(),
                hint:
                    "`--list` takes the path of an archive, or an address that begins with https://"
                        .to_owned(),
            })?;
            archive::open(&full)?;
            let inside = std::path::absolute(dir).ok().and_then(|dir| {
                let dir = fs::canonicalize(&dir).unwrap_or(dir);
                full.strip_prefix(&dir).ok().map(Path::to_owned)
            });
            let archive = inside.as_ref().unwrap_or(&full).to_string_lossy().into_owned();
            Ok(NewList { name: name_of(&full), archive, permalink: String::new(), mirror: None })
        }
        // A mirror of a mirror: a disk, or a private server. Its messages have no address there.
        ListSource::Web(url) if TRANSPORTS.iter().any(|begin| url.starts_with(begin)) => {
            let name = name_of(Path::new(url));
            let archive = format!("archives/{name}");
            Ok(NewList { name, archive, permalink: String::new(), mirror: Some(url.clone()) })
        }
        ListSource::Web(url) if is_http(url) && url.matches('/').count() >= 3 => {
            let name = slug(url.rsplit('/').next().unwrap_or_default());
            let archive = format!("archives/{name}");
            let permalink = format!("{url}/{{id}}/");
            Ok(NewList { name, archive, permalink, mirror: Some(url.clone()) })
        }
        ListSource::Web(url) => {
            let reason = Reason::new(format!("`{url}` is not the address of a list's archive"));
            Err(Error::Usage(reason.hint("it looks like `https://lore.kernel.org/kvmarm`")))
        }
    }
}

/// The list's name, guessed from the path of its archive: `…/linux-mtd/git/0.git` is `linux-mtd`, `kvm-2026.mbox.gz`
/// is `kvm-2026`.
pub(crate) fn name_of(path: &Path) -> String {
    let telling = |part: &&str| {
        let stem = part.strip_suffix(".git").unwrap_or(part);
        !matches!(stem, "git" | "all" | "new" | "cur") && !stem.chars().all(|c| c.is_ascii_digit())
    };
    let parts: Vec<_> = path.iter().filter_map(|part| part.to_str()).collect();
    let mut name = parts.into_iter().rev().find(telling).unwrap_or_default();
    for ending in [".gz", ".xz", ".zst", ".mbox", ".mboxrd", ".txt", ".eml", ".patch", ".git"] {
        name = name.strip_suffix(ending).unwrap_or(name);
    }
    slug(name)
}

/// A valid name for a list.
fn slug(text: &str) -> String {
    let text = text.to_lowercase();
    let plain = |c: char| if matches!(c, 'a'..='z' | '0'..='9' | '.') { c } else { '-' };
    let name: String = text.chars().map(plain).collect();
    let name = name.trim_matches(['-', '.']);
    if name.is_empty() { "list".to_owned() } else { name.to_owned() }
}

fn files(list: &NewList, workflow: Workflow, now: Timestamp) -> Vec<(String, String)> {
    let week = Period::containing(now, Cadence::Week, &TimeZone::UTC).label().to_lowercase();
    let mut files = vec![
        (config::FILE.to_owned(), site_toml(list)),
        ("content/about.md".to_owned(), about(list)),
        (format!("content/digests/{week}.md"), first_note(&week)),
        (".gitignore".to_owned(), ignored(list)),
    ];
    if workflow == Workflow::GitHubPages {
        files.push((".github/workflows/pages.yml".to_owned(), pages_yml()));
    }
    files
}

/// Generated and fetched files, which do not belong in the site's repository.
fn ignored(list: &NewList) -> String {
    let archives = if list.mirror.is_some() { "/archives\n" } else { "" };
    format!("/public\n/.patchpress\n/trees\n{archives}")
}

fn site_toml(list: &NewList) -> String {
    let NewList { name, permalink, .. } = list;
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let permalink = match permalink.as_str() {
        "" => "# permalink = \"https://lore.kernel.org/my-list/{id}/\"".to_owned(),
        url => format!("permalink = {}", quoted(url)),
    };
    let archive = match &list.mirror {
        None => format!("archive = {}", quoted(&list.archive)),
        Some(url) => format!(
            "# `patchpress sync` fetches it to `{}`.\nmirror = {}",
            list.archive,
            quoted(url)
        ),
    };
    format!(
        "\
# Every key with its default: {repository}/blob/main/site.toml
title = {title}
description = {description}
# Address of the published site; feeds need it.
# base_url = \"https://example.org/patches/\"

[[lists]]
name = {name}
# Posting address of the list. A digest by mail goes there, unless `--mail-to` names another recipient.
# address = \"{name_only}@lists.example.org\"
{archive}
# Permanent address of a message; {{id}} stands for its Message-ID.
{permalink}
# The repository that the patches are for; its commits show which patches were merged. `patchpress sync` fetches
# them. For a clone of your own, set `tree = \"../linux\"` instead.
# tree_mirror = \"https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git\"

[digest]
period = \"week\"
# Sender of digests by mail: `patchpress digest last --format eml --mail-to you@example.org | sendmail -t`.
{sender}

[feeds]
# A WebSub hub, which notifies feed readers at once. Run `patchpress ping` after each deployment.
# hub = \"https://pubsubhubbub.appspot.com/\"
",
        repository = env!("CARGO_PKG_REPOSITORY"),
        title = quoted(&format!("{name} patches")),
        description = quoted(&format!("What is posted on {name}, week by week.")),
        name = quoted(name),
        name_only = name,
        sender = match sender() {
            Some(address) => format!("from = {}", quoted(&format!("{name} digest <{address}>"))),
            None => format!("# from = \"{name} digest <you@example.org>\""),
        },
    )
}

/// The address of the person who creates the site, according to git.
fn sender() -> Option<String> {
    let told = Command::new("git").args(["config", "--get", "user.email"]).output().ok()?;
    let text = String::from_utf8(told.stdout).ok()?;
    let (name, address) = split_mailbox(text.trim())?;
    name.is_empty().then(|| address.to_owned())
}

fn about(list: &NewList) -> String {
    format!(
        "\
---
title: About
---

This is the newspaper of the mailing list {}. It shows what was posted, what became of it, and who said so.

patchpress makes it from the list's archive.
",
        list.name
    )
}

/// A draft, because the list may have no mail this week, and nobody should publish a note that they did not write.
fn first_note(week: &str) -> String {
    format!(
        "\
---
draft: true
---

This is the editor's note for {week}. It appears at the top of that week's digest. As long as it is a draft, only
`patchpress serve --drafts` shows it. Say what was worth reading, and remove the line `draft: true`.
"
    )
}

fn next_steps(dir: &Path, list: &NewList, workflow: Workflow) -> Vec<String> {
    let mut steps = Vec::new();
    if dir != Path::new(".") {
        steps.push(format!("cd {}", dir.display()));
    }
    match (&list.mirror, list.name.as_str()) {
        (Some(_), _) => steps.push("patchpress sync".to_owned()),
        (None, "my-list") => steps.push(format!(
            "put the list's messages in {} and name the list in {}",
            list.archive,
            config::FILE
        )),
        (None, _) => {}
    }
    steps.push("patchpress serve --open".to_owned());
    if workflow == Workflow::GitHubPages {
        if Path::new(&list.archive).is_absolute() {
            let archive = &list.archive;
            steps.push(format!("copy {archive} into the site, so that the workflow finds it"));
        }
        steps.push("on GitHub: Settings, Pages, Source: GitHub Actions".to_owned());
    }
    steps
}

/// The workflow of a new site: this program's own action does everything except the communication with GitHub.
fn pages_yml() -> String {
    let repository = env!("CARGO_PKG_REPOSITORY").trim_start_matches("https://github.com/");
    let action = format!("{repository}@v{}", env!("CARGO_PKG_VERSION"));
    include_str!("init/pages.yml").replace("patchpress/patchpress@v0.0.0", &action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_named_after_its_place() {
        for (path, name) in [
            ("/mirrors/linux-mtd", "linux-mtd"),
            ("/mirrors/linux-mtd/git/0.git", "linux-mtd"),
            ("/mirrors/kvm.git", "kvm"),
            ("/mail/KVM Digest.txt", "kvm-digest"),
            ("/mail/list-2026.mbox.gz", "list-2026"),
            ("/", "list"),
        ] {
            assert_eq!(name_of(Path::new(path)), name, "{path}");
            assert!(config::is_list_name(&name_of(Path::new(path))));
        }
    }
}
