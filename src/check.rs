//! `check`: examines a built site as a host, a browser and a feed reader would, and reports faults.
//!
//! In: the output folder. Out: a [`Checkup`]: findings with severity, rule, file and line, and totals. It writes
//! nothing to the site and uses no network. Every file that changed since the last check that passed ([`record`]) is
//! read once, on all workers. Only rules about several files (anchors on other pages, reachability, one id in two
//! feeds) are evaluated at the end, so the time grows with the changed bytes.
//!
//! Never here: the content of a page, the output of a finding ([`report`] writes it). HTML is checked as tokens:
//! this covers links, ids, policy and feeds, but not whether an element is closed in the right place.

mod address;
mod budget;
mod contrast;
mod data;
mod feed;
pub mod finding;
pub mod html;
mod lines;
mod markdown;
mod page;
mod policy;
mod record;
pub mod report;
mod style;
mod tree;
mod whole;
mod xml;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use record::{Known, Record};
pub use record::{Memory, Scope};

use crate::{
    error::{Error, Reason, Result},
    hash::Sha1,
    plan::Route,
};
use address::Base;
pub use contrast::contrast;
use finding::{Finding, Rule};
use tree::{File, Tree};

/// What to check, and how.
#[derive(Debug, Default)]
pub struct Question {
    /// The folder of the built site.
    pub folder: PathBuf,
    /// The address of the published site, if it does not give one itself (by the canonical link of its front page).
    pub base_url: String,
    /// The path under which it will be served, if that differs (`/preview-12/`).
    pub base_path: Option<String>,
    /// How many bytes its host takes, if that is known and there is a limit.
    pub limit: Option<u64>,
    /// How many workers; 0 for one a core.
    pub jobs: usize,
    /// Whether a warning is enough to fail.
    pub strict: bool,
    /// The results of the last check that passed.
    pub memory: Memory,
}

/// The result of a check.
#[derive(Debug, Default)]
pub struct Checkup {
    /// The findings, errors first, then by rule, file and line.
    pub findings: Vec<Finding>,
    /// The assumed address of the site.
    pub base_url: String,
    /// The site's files and bytes by kind of page.
    pub files: BTreeMap<&'static str, budget::Files>,
    /// The number of pages.
    pub pages: usize,
    /// The number of feeds.
    pub feeds: usize,
    /// The number of links and other references within the site.
    pub links: usize,
    /// The number of notes that something was cut because of its length.
    pub cuts: usize,
    /// The number of pages that leave something out because of the host's limit.
    pub thinned: usize,
    /// How many files were read, if the others have not changed since the last check that passed.
    pub reread: Option<usize>,
}

/// The facts about one file that other checks need, and its findings.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Seen {
    findings: Vec<Finding>,
    /// The files to which it links, by number.
    leads_to: Vec<u32>,
    /// The paths to which it refers and that do not exist.
    missing: Vec<Box<str>>,
    /// Links to places on other pages.
    anchors: Vec<Anchor>,
    /// Hashes of its ids, sorted. A page has 10,000 ids at most, so two of them practically never share a hash.
    ids: Vec<u64>,
    links: usize,
    cuts: usize,
    is_thinned: bool,
    /// Whether it redirects to another page: then no link to it is needed.
    is_moved: bool,
    feed: Option<feed::Seen>,
}

/// A link to a place on another page.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Anchor {
    page: u32,
    fragment: Box<str>,
    line: usize,
}

/// Checks the site.
///
/// # Errors
/// Fails with [`Error::Usage`] if there is no site, and with [`Error::Read`] if a file of it cannot be read.
pub fn check(question: &Question) -> Result<Checkup> {
    let workers = rayon::ThreadPoolBuilder::new().num_threads(question.jobs).build();
    let workers = workers.map_err(Error::workers)?;
    workers.install(|| look(question))
}

fn look(question: &Question) -> Result<Checkup> {
    let front = question.folder.join(Route::Home.file());
    if !front.is_file() {
        let reason = Reason::new(format!("there is no site in `{}`", question.folder.display()))
            .hint("run `patchpress build` first, or name the folder of a built site");
        return Err(Error::Usage(reason));
    }
    let front = fs::read(&front).map_err(Error::read(front))?;
    let base = page::canonical(&front).unwrap_or_else(|| question.base_url.clone());
    let base = Base::new(&base, question.base_path.as_deref());
    let tree = Tree::read(&question.folder)?;
    let record = question.memory.load(&tree, &base.url(""));
    let numbers = 0..u32::try_from(tree.files.len()).unwrap_or(u32::MAX);
    let look = Look { tree: &tree, base: &base, record: &record };
    let mut looked: Vec<Looked> =
        numbers.into_par_iter().map(|n| look.at(n)).collect::<Result<_>>()?;
    look.again(&mut looked)?;
    let reread = looked.iter().filter(|looked| matches!(looked, Looked::Read(_))).count();
    let reread = record.is_there().then_some(reread);
    let known: Vec<Option<Known>> = looked.into_iter().map(Looked::into_known).collect();
    let nothing = Seen::default();
    let seen: Vec<&Seen> =
        known.iter().map(|known| known.as_ref().map_or(&nothing, |known| &known.seen)).collect();
    let mut checkup = Checkup {
        base_url: base.url(""),
        files: budget::kinds(&tree),
        pages: tree.pages().count(),
        feeds: seen.iter().filter(|seen| seen.feed.is_some()).count(),
        links: seen.iter().map(|seen| seen.links).sum(),
        cuts: seen.iter().map(|seen| seen.cuts).sum(),
        thinned: seen.iter().filter(|seen| seen.is_thinned).count(),
        reread,
        findings: tree.findings(),
    };
    checkup.findings.extend(whole::findings(&tree, &seen));
    checkup.findings.extend(budget::findings(&tree)?);
    let bytes = checkup.files.values().map(|files| files.bytes).sum();
    checkup.findings.extend(budget::judge_tree(bytes, question.limit, checkup.thinned > 0));
    checkup.findings.extend(seen.into_iter().flat_map(|seen| seen.findings.iter().cloned()));
    checkup.findings.sort();
    checkup.findings.dedup();
    if checkup.passes(question.strict) && !record.is_of(&known) {
        question.memory.store(record.into_key(), &tree, known);
    }
    Ok(checkup)
}

/// How a file was handled.
enum Looked {
    /// Its name and length were enough.
    Over,
    /// It is unchanged.
    Again(Known),
    /// It was read.
    Read(Known),
}

impl Looked {
    fn known(&self) -> Option<&Known> {
        match self {
            Self::Over => None,
            Self::Again(known) | Self::Read(known) => Some(known),
        }
    }

    fn into_known(self) -> Option<Known> {
        match self {
            Self::Over => None,
            Self::Again(known) | Self::Read(known) => Some(known),
        }
    }
}

/// One pass over all files.
struct Look<'a> {
    tree: &'a Tree,
    base: &'a Base,
    record: &'a Record,
}

impl Look<'_> {
    /// Checks one file by its kind, unless it is unchanged.
    fn at(&self, number: u32) -> Result<Looked> {
        let file = &self.tree.files[number as usize];
        if look_of(file).is_none() {
            return Ok(Looked::Over);
        }
        let mut bytes = None;
        let known = self.record.known(self.tree, number, || {
            let read = bytes.insert(self.bytes(file)?);
            Ok::<_, Error>(Sha1::from(read).digest())
        })?;
        match (known, bytes) {
            (Some(known), _) => Ok(Looked::Again(known)),
            (None, Some(bytes)) => Ok(self.read(number, &bytes)),
            (None, None) => Ok(self.read(number, &self.bytes(file)?)),
        }
    }

    /// Reads pages with places that became targets of links: for an unchanged page, no other places are known.
    fn again(&self, looked: &mut [Looked]) -> Result<()> {
        let is_unknown = |anchor: &&Anchor| match &looked[anchor.page as usize] {
            Looked::Again(known) => !page::has(&known.seen, anchor),
            Looked::Over | Looked::Read(_) => false,
        };
        let anchors = looked.iter().filter_map(Looked::known).flat_map(|one| &one.seen.anchors);
        let pages: BTreeSet<u32> = anchors.filter(is_unknown).map(|anchor| anchor.page).collect();
        let read = |number: u32| {
            let bytes = self.bytes(&self.tree.files[number as usize])?;
            Ok((number, self.read(number, &bytes)))
        };
        for (number, read) in pages.into_par_iter().map(read).collect::<Result<Vec<_>>>()? {
            looked[number as usize] = read;
        }
        Ok(())
    }

    fn bytes(&self, file: &File) -> Result<Vec<u8>> {
        let path = self.tree.folder.join(&*file.path);
        fs::read(&path).map_err(Error::read(&path))
    }

    fn read(&self, number: u32, bytes: &[u8]) -> Looked {
        let file = &self.tree.files[number as usize];
        let Some(look) = look_of(file) else { return Looked::Over };
        let missing = RefCell::default();
        let place = Place { tree: self.tree, base: self.base, number, missing: &missing };
        let mut seen = look(place, bytes);
        seen.missing = missing.into_inner();
        seen.missing.sort_unstable();
        seen.missing.dedup();
        Looked::Read(self.record.read(file, bytes, seen))
    }
}

/// The checker of a file; `None` if its name and length are enough.
fn look_of(file: &File) -> Option<fn(Place<'_>, &[u8]) -> Seen> {
    match Path::new(&*file.path).extension().and_then(|ending| ending.to_str()) {
        Some("html" | "htm") => Some(page::look),
        Some("css") => Some(style::look_at_css),
        Some("js" | "mjs") => Some(style::look_at_script),
        Some("xml" | "atom" | "rss" | "opml" | "svg") => Some(xml::look),
        // The search index is JSON, too, but large and no feed.
        Some("json") if !file.is_known_by_name() => Some(look_at_json),
        Some("jsonl") => Some(data::look),
        Some("md" | "txt") if markdown::is_ours(&file.path) => Some(markdown::look),
        _ => None,
    }
}

/// Checks a feed, or data for scripts.
fn look_at_json(place: Place<'_>, bytes: &[u8]) -> Seen {
    if feed::is_json_feed(bytes) {
        return feed::look_at_json(place, bytes);
    }
    data::look(place, bytes)
}

/// A file during a check, with its context.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    tree: &'a Tree,
    base: &'a Base,
    number: u32,
    missing: &'a RefCell<Vec<Box<str>>>,
}

impl<'a> Place<'a> {
    fn path(self) -> &'a str {
        &self.tree.files[self.number as usize].path
    }

    /// The file of the site that a host sends for a path.
    fn find(self, path: &str) -> Option<u32> {
        let found = self.tree.find(path);
        if found.is_none() {
            self.missing.borrow_mut().push(path.into());
        }
        found
    }

    /// A finding in this file; `line` counts from 1, 0 is the whole file.
    fn finding(self, rule: Rule, line: usize, message: impl Into<String>) -> Finding {
        Finding { rule, file: self.path().to_owned(), line, message: message.into() }
    }
}
