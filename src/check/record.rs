//! The results of the last check that passed, so that the next one reads only changed files.
//!
//! In: the site's files now. Out: the results for those that are unchanged. The site's [`Cache`] stores them by the
//! program and the address of the site: damage, another program or another address is a miss, and every file is
//! read. Only a check that passed is stored; a failed one leaves the state as it was.
//!
//! The result for a file depends on its bytes, its path, the site's address, and on which files exist: the targets
//! of its links, and the missing ones. The state contains all of these ([`Seen`]); if one has changed, the file is
//! read again. Results about several files (anchors, reachability, ids of feeds, weight) are computed each time from
//! the facts of all files. Never here: the rules for a file.

use std::{collections::HashSet, fs, path::Path};

use serde::{Deserialize, Serialize};

use super::{
    Anchor, Seen, page,
    tree::{File, Tree},
};
use crate::{
    cache::Cache,
    config::Settings,
    hash::{Fingerprint, Sha1},
    site::{self, Mark},
    stamp::Stamp,
};

/// The version of the stored format.
const FORM: &str = "check 1";

/// A file that was written so shortly before it was read may have been written again within the same tick of the
/// clock (two seconds on FAT, the coarsest one), so that its time says nothing. In nanoseconds.
const TICK: u64 = 2_000_000_000;

/// The place for the results of a check, if there is one.
#[derive(Debug, Default)]
pub struct Memory {
    cache: Cache,
    name: String,
    scope: Scope,
}

/// The extent of a check.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// Only changes since the last check that passed.
    #[default]
    Changed,
    /// Everything.
    All,
}

/// The recorded facts of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Known {
    /// Its length, and when it was written.
    mark: Mark,
    bytes: Fingerprint,
    /// Its compressed size, if that was needed.
    weight: Option<u64>,
    pub(super) seen: Seen,
}

/// The stored results: each file with its facts, if they are needed. Numbers refer to positions in this list.
type Kept = Vec<(Box<str>, Option<Known>)>;

/// The start of a check.
#[derive(Debug)]
pub(super) struct Record {
    key: String,
    /// When the check began, by the clock of the file system; 0 if unknown.
    began: u64,
    /// The facts of each present file, by number.
    known: Vec<Option<Known>>,
    /// The present number of each earlier file, by its earlier number.
    numbers: Vec<Option<u32>>,
    is_there: bool,
}

impl Memory {
    /// The stored results for the site in `folder`, from the cache of `settings`; nothing for a folder elsewhere.
    pub fn of(settings: &Settings, folder: &Path, scope: Scope) -> Self {
        let absolute = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let (root, folder) = (absolute(&settings.root), absolute(folder));
        let Ok(below) = folder.strip_prefix(root) else { return Self::default() };
        let below = Sha1::from(below.as_os_str().as_encoded_bytes()).hexdigest();
        Self { cache: settings.cache(), name: format!("check-{}", &below[..8]), scope }
    }

    /// The results of the last check of `tree` that passed, served at `url`.
    pub(super) fn load(&self, tree: &Tree, url: &str) -> Record {
        let mut stamp = Stamp::default();
        stamp.program();
        stamp.text(url);
        let key = stamp.finish();
        let began = self.cache.scratch().and_then(|(file, _)| file.metadata().ok());
        let began = began.map_or(0, |metadata| site::mark(&metadata).1);
        let kept: Option<(String, Kept)> = match self.scope {
            Scope::Changed => self.cache.load_value(&self.name, FORM),
            Scope::All => None,
        };
        let kept = kept.filter(|(found, kept)| *found == key && is_sound(kept));
        let is_there = kept.is_some();
        let mut known = vec![None; tree.files.len()];
        let mut numbers = Vec::new();
        for (path, then) in kept.into_iter().flat_map(|(_, kept)| kept) {
            let now = tree.number(&path);
            numbers.push(now);
            if let Some(now) = now {
                known[now as usize] = then;
            }
        }
        Record { key, began, known, numbers, is_there }
    }

    /// Stores the results of a check that passed.
    pub(super) fn store(&self, key: String, tree: &Tree, mut known: Vec<Option<Known>>) {
        forget_places(&mut known);
        let with_weight = |(file, known): (&File, Option<Known>)| {
            let known = known.map(|known| Known { weight: file.weight.get().copied(), ..known });
            (file.path.clone(), known)
        };
        let kept: Kept = tree.files.iter().zip(known).map(with_weight).collect();
        self.cache.store_value(&self.name, FORM, &(key, kept));
    }
}

/// Drops the places of pages to which no other page links: about four of a hundred ids are needed.
fn forget_places(known: &mut [Option<Known>]) {
    let of = |anchor: &Anchor| page::candidates(&anchor.fragment).map(|id| (anchor.page, id));
    let anchors = known.iter().flatten().flat_map(|known| &known.seen.anchors);
    let asked: HashSet<(u32, u64)> = anchors.flat_map(of).collect();
    for (known, number) in known.iter_mut().zip(0..) {
        known
            .iter_mut()
            .for_each(|known| known.seen.ids.retain(|id| asked.contains(&(number, *id))));
    }
}

/// Whether every number in it is that of a file.
fn is_sound(kept: &Kept) -> bool {
    let end = kept.len();
    let is_inside = |number: u32| (number as usize) < end;
    kept.iter().filter_map(|(_, known)| known.as_ref()).all(|Known { seen, .. }| {
        seen.leads_to.iter().all(|to| is_inside(*to))
            && seen.anchors.iter().all(|anchor| is_inside(anchor.page))
    })
}

impl Record {
    /// Whether there are any facts.
    pub(super) fn is_there(&self) -> bool {
        self.is_there
    }

    /// Whether nothing in it has changed.
    pub(super) fn is_of(&self, known: &[Option<Known>]) -> bool {
        let name = |known: &Option<Known>| known.as_ref().map(|known| (known.mark, known.bytes));
        let is_same = |(then, now)| name(then) == name(now);
        self.is_there
            && self.numbers.len() == known.len()
            && self.known.iter().zip(known).all(is_same)
    }

    /// The name of the next record.
    pub(super) fn into_key(self) -> String {
        self.key
    }

    /// The facts of the file with this number, if it and everything that it refers to are unchanged. `read` gives
    /// its bytes if its length or time has changed.
    pub(super) fn known<E>(
        &self,
        tree: &Tree,
        number: u32,
        read: impl FnOnce() -> Result<Fingerprint, E>,
    ) -> Result<Option<Known>, E> {
        let file = &tree.files[number as usize];
        let Some(known) = &self.known[number as usize] else { return Ok(None) };
        if known.mark.0 != file.mark.0 {
            return Ok(None);
        }
        let is_same = site::is_same(known.mark, file.mark) || read()? == known.bytes;
        let Some(seen) = Some(&known.seen).filter(|_| is_same).and_then(|s| self.seen(tree, s))
        else {
            return Ok(None);
        };
        let _ = known.weight.map(|weight| file.weight.set(weight));
        Ok(Some(Known { seen, ..self.fresh(file, known.bytes) }))
    }

    /// The facts of a file that was just read.
    pub(super) fn read(&self, file: &File, bytes: &[u8], seen: Seen) -> Known {
        Known { seen, ..self.fresh(file, Sha1::from(bytes).digest()) }
    }

    fn fresh(&self, file: &File, bytes: Fingerprint) -> Known {
        let is_settled = file.mark.1.saturating_add(TICK) < self.began;
        let mark = if is_settled { file.mark } else { (file.mark.0, 0) };
        Known { mark, bytes, weight: None, seen: Seen::default() }
    }

    /// The facts with present numbers, if all targets still exist and missing ones are still missing.
    fn seen(&self, tree: &Tree, seen: &Seen) -> Option<Seen> {
        let now = |number: u32| self.numbers[number as usize];
        if seen.missing.iter().any(|path| tree.find(path).is_some()) {
            return None;
        }
        let mut seen = seen.clone();
        for number in &mut seen.leads_to {
            *number = now(*number)?;
        }
        for anchor in &mut seen.anchors {
            anchor.page = now(anchor.page)?;
        }
        Some(seen)
    }
}
