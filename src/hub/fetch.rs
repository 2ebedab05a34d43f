//! The parts of a site: read from its folder, or fetched from its address.
//!
//! In: a [`Member`]. Out: an [`Export`] whose parts are all there and have the sums that its index gives, or the reason
//! why not. Of a site on the web, the last good copy is kept in `.patchpress/hub/NAME/`; if the site cannot be fetched,
//! or its parts are damaged, the copy is used and named as stale. Never here: the meaning of a line.
//!
//! **Limits.** curl fetches, as for `ping`: over http and https only, also after a redirect, of which it follows three;
//! from https never to http. No part may be longer than its index says, and that is limited, too. A copy changes only
//! when all new parts are there: its index is replaced last.
#![expect(clippy::disallowed_methods, reason = "the one place that keeps copies of exports")]

use std::{
    collections::{BTreeMap, HashSet},
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    process::Stdio,
};

use super::trust;
use crate::{
    config::{
        LOCAL_URL,
        hub::{Member, Place},
    },
    curl,
    export::hub::form::{Head, Part, States, VERSION, YearStates},
    hash::Sha1,
    plan::Route,
    text::size,
};

/// The most bytes of an index.
const INDEX: u64 = 4_000_000;
/// The most bytes of another part.
const PART: u64 = 64_000_000;
/// The most bytes of all parts of a site.
const WHOLE: u64 = 2_000_000_000;
/// The most parts of a site.
const PARTS: usize = 400;
/// The seconds after which a transfer is given up.
const PATIENCE: &str = "120";

/// The parts of a site, all present and whole.
#[derive(Debug)]
pub(super) struct Export {
    pub(super) head: Head,
    /// The address of the site, with a slash at the end.
    pub(super) base: String,
    /// Where the parts are, by name.
    files: BTreeMap<String, (PathBuf, Part)>,
    /// The letters of each year's lines.
    pub(super) states: States,
    /// Why the newest parts could not be had, if these are the last good copy.
    pub(super) stale: Option<String>,
}

impl Export {
    /// The years of a kind of part, oldest first: `2025`, `2026`, `undated`.
    pub(super) fn years(&self, kind: &str) -> Vec<&str> {
        let names = self.files.keys();
        let of_kind = names.filter_map(|name| name.strip_prefix(kind)?.strip_prefix('-'));
        of_kind.filter_map(|rest| rest.strip_suffix(".jsonl")).collect()
    }

    /// The part of a year about series.
    pub(super) fn series_of(&self, year: &str) -> Year<'_> {
        self.year("series", year, &self.states.series)
    }

    /// The part of a year about people.
    pub(super) fn people_of(&self, year: &str) -> Year<'_> {
        self.year("people", year, &self.states.people)
    }

    fn year<'e>(&'e self, kind: &str, year: &str, states: &'e [YearStates]) -> Year<'e> {
        let letters = states.iter().find(|one| one.year == year);
        Year {
            text: self.part(&format!("{kind}-{year}.jsonl")),
            letters: letters.map_or("", |one| &one.states),
        }
    }

    /// The sum of a part; empty if the site has none.
    pub(super) fn sum(&self, name: &str) -> &str {
        self.files.get(name).map_or("", |(_, part)| &part.sum)
    }

    /// The address of a page of the site.
    pub(super) fn url(&self, page: &Route) -> String {
        page.absolute(&self.base)
    }

    /// The text of a part; empty if the site has none, or if somebody changed it since it was checked.
    pub(super) fn part(&self, name: &str) -> String {
        let found = self.files.get(name);
        let read = found.and_then(|(path, part)| read_part(path, part).ok());
        read.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// The part of a year, with a letter for each of its lines.
pub(super) struct Year<'e> {
    text: String,
    letters: &'e str,
}

impl Year<'_> {
    /// Its lines, each with its letter; `None` if there is not one letter for each line.
    pub(super) fn lines(&self) -> Option<impl Iterator<Item = (&str, char)>> {
        let are_paired = self.count() == self.letters.chars().count();
        are_paired.then(|| self.text.lines().zip(self.letters.chars()))
    }

    /// How many lines it has.
    pub(super) fn count(&self) -> usize {
        self.text.lines().count()
    }
}

/// The parts of a site. `copies` is the folder for copies.
///
/// # Errors
/// Why there are none, and no copy either.
pub(super) fn load(member: &Member, copies: &Path) -> Result<Export, String> {
    match &member.place {
        Place::Folder(path) => {
            let folder = path.join("hub");
            let bytes = read_at_most(&folder.join("index.json"), INDEX)?;
            open(&bytes, &folder, |part| part.file.clone(), None)
        }
        Place::Address(url) => {
            let copy = copies.join(&member.name);
            match refresh(url, &copy) {
                Ok(export) => Ok(export),
                Err(why) => {
                    let bytes = read_at_most(&copy.join("index.json"), INDEX);
                    let old = bytes.and_then(|bytes| open(&bytes, &copy, of_copy, Some(url)));
                    old.map(|old| Export { stale: Some(why.clone()), ..old }).map_err(|_| why)
                }
            }
        }
    }
}

/// The name of a part in a copy: two versions of it can be there.
fn of_copy(part: &Part) -> String {
    part.sum.clone()
}

/// Fetches what is new on a site.
fn refresh(url: &str, copy: &Path) -> Result<Export, String> {
    let bytes = got(&format!("{url}hub/index.json"), INDEX)?;
    let head = head(&bytes)?;
    let failed = |error: io::Error| format!("cannot write `{}`: {error}", copy.display());
    fs::create_dir_all(copy).map_err(failed)?;
    for part in &head.parts {
        let path = copy.join(of_copy(part));
        if read_part(&path, part).is_ok() {
            continue;
        }
        let bytes = got(&format!("{url}hub/{}", part.file), part.bytes)?;
        check(&bytes, part)?;
        write(&path, &bytes).map_err(failed)?;
    }
    let export = open(&bytes, copy, of_copy, Some(url))?;
    write(&copy.join("index.json"), &bytes).map_err(failed)?;
    let used: HashSet<String> = head.parts.iter().map(of_copy).collect();
    for entry in fs::read_dir(copy).map_err(failed)?.flatten() {
        let name = entry.file_name();
        let is_used = name.to_str().is_some_and(|name| used.contains(name) || name == "index.json");
        if !is_used {
            fs::remove_file(entry.path()).ok();
        }
    }
    Ok(export)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = path.with_extension("new");
    let mut file = File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)
}

/// An index, if this program understands it.
fn head(bytes: &[u8]) -> Result<Head, String> {
    let head: Head = serde_json::from_slice(bytes)
        .map_err(|error| format!("`hub/index.json` is damaged: {error}"))?;
    if head.kind != "hub" {
        return Err("`hub/index.json` is no index of parts".to_owned());
    }
    if head.version > VERSION {
        let theirs = head.version;
        return Err(format!(
            "its parts have the version {theirs}, and this program knows {VERSION}"
        ));
    }
    let all: u64 = head.parts.iter().fold(0, |all, part| all.saturating_add(part.bytes));
    if head.parts.len() > PARTS || all > WHOLE {
        return Err(format!("it has {} parts with {}: too many", head.parts.len(), size(all)));
    }
    let mut names = HashSet::new();
    for part in &head.parts {
        let is_sum = part.sum.len() == 40
            && part.sum.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !is_part(&part.file) || !is_sum || !names.insert(&part.file) {
            return Err("`hub/index.json` names a part that no site has".to_owned());
        }
        if part.bytes > PART {
            let (file, bytes) = (&part.file, size(part.bytes));
            return Err(format!("`hub/{file}` has {bytes}, more than {}", size(PART)));
        }
    }
    Ok(head)
}

/// `recent.jsonl`, `states.json`, `series-2026.jsonl`.
fn is_part(file: &str) -> bool {
    let of_year = |rest: &str| {
        let year = rest.strip_suffix(".jsonl").unwrap_or_default();
        year == "undated" || year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())
    };
    matches!(file, "recent.jsonl" | "states.json")
        || ["series-", "people-", "digests-"]
            .iter()
            .any(|kind| file.strip_prefix(kind).is_some_and(of_year))
}

/// The parts that an index names, all checked. A site on the web may only export addresses of its own.
fn open(
    bytes: &[u8],
    folder: &Path,
    name: impl Fn(&Part) -> String,
    url: Option<&str>,
) -> Result<Export, String> {
    let head = head(bytes)?;
    let base = trust::base(&head.base_url).filter(|base| base != LOCAL_URL);
    let base = base.ok_or("it has no address: its `base_url` is not set")?;
    if let Some(url) = url
        && !is_at_home(&base, url)
    {
        return Err(format!("it says that its address is `{base}`, and it is `{url}`"));
    }
    let mut files = BTreeMap::new();
    for part in &head.parts {
        let path = folder.join(name(part));
        read_part(&path, part)?;
        files.insert(part.file.clone(), (path, part.clone()));
    }
    let mut export = Export { head, base, files, states: States::default(), stale: None };
    let states = export.part("states.json");
    if !states.is_empty() {
        export.states = serde_json::from_str(&states)
            .map_err(|error| format!("`hub/states.json` is damaged: {error}"))?;
    }
    Ok(export)
}

/// Whether an address is below another one, whether both are https or not.
fn is_at_home(base: &str, url: &str) -> bool {
    let bare = |url: &str| url.split_once("://").map_or("", |(_, rest)| rest).to_lowercase();
    bare(base).starts_with(&bare(url))
}

fn read_part(path: &Path, part: &Part) -> Result<Vec<u8>, String> {
    let bytes = read_at_most(path, part.bytes)?;
    check(&bytes, part)?;
    Ok(bytes)
}

fn check(bytes: &[u8], part: &Part) -> Result<(), String> {
    let is_whole = bytes.len() as u64 == part.bytes && Sha1::from(bytes).hexdigest() == part.sum;
    if is_whole { Ok(()) } else { Err(format!("`hub/{}` is not what its index says", part.file)) }
}

/// The bytes of a file that has at most so many.
fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let failed = |error: io::Error| format!("cannot read `{}`: {error}", path.display());
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() as u64 > most {
        return Err(format!("`{}` has more than {}", path.display(), size(most)));
    }
    Ok(bytes)
}

/// The answer to a request, if it has at most so many bytes.
fn got(url: &str, most: u64) -> Result<Vec<u8>, String> {
    let further = if url.starts_with("https:") { "=https" } else { "=http,https" };
    let mut command = curl::command(PATIENCE);
    command
        .args(["--globoff", "--compressed", "--location", "--max-redirs", "3"])
        .args(["--proto-redir", further, "--max-filesize", &most.to_string(), "--url", url])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut running = command.spawn().map_err(|error| format!("curl cannot be run: {error}"))?;
    let mut bytes = Vec::new();
    let read = match running.stdout.take() {
        // A compressed answer can be longer than what was sent.
        Some(out) => out.take(most + 1).read_to_end(&mut bytes),
        None => Ok(0),
    };
    if bytes.len() as u64 > most {
        running.kill().ok();
        running.wait().ok();
        return Err(format!("`{url}` has more than {}", size(most)));
    }
    let ended = running.wait_with_output().map_err(|error| format!("curl failed: {error}"))?;
    if !ended.status.success() || read.is_err() {
        let said = trust::line(&curl::complaint(&ended.stderr), trust::TITLE);
        return Err(format!("`{url}` cannot be fetched: {said}"));
    }
    Ok(bytes)
}
