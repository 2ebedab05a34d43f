//! `check`: looks at a built site as a host, a browser and a feed reader will, and says what is wrong.
//!
//! In: the output folder. Out: a [`Checkup`]: findings with severity, rule, file and line, and what was
//! counted. Nothing is written and nobody is asked over the network. Every file is read once, on every
//! worker; only what spans files (anchors of other pages, reach, one id in two feeds) is put together at the
//! end, so that the time grows with the bytes of the site.
//!
//! Never here: what a page should say, how a finding is printed ([`report`] makes the words). HTML is judged as
//! tokens: that an element is closed where it should be is beyond this; that links, ids, policy and feeds
//! hold is not.

mod address;
mod budget;
mod contrast;
mod feed;
pub mod finding;
pub mod html;
mod lines;
mod page;
mod policy;
pub mod report;
mod style;
mod tree;
mod whole;
mod xml;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use crate::{
    error::{Error, Reason, Result},
    plan::Route,
};
use address::Base;
pub use contrast::contrast;
use finding::{Finding, Rule};
use tree::Tree;

/// What is to be looked at.
#[derive(Debug)]
pub struct Question {
    /// The folder of the built site.
    pub folder: PathBuf,
    /// Where the site will be served, for one that does not say it itself (by the canonical link of its
    /// front page).
    pub base_url: String,
    /// The path under which it will be served, where that is another (`/preview-12/`).
    pub base_path: Option<String>,
    /// How many workers; 0 for one a core.
    pub jobs: usize,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Checkup {
    /// What is wrong, the worst first, then by rule, file and line.
    pub findings: Vec<Finding>,
    /// Where the site is taken to be served.
    pub base_url: String,
    /// The site's files and bytes by kind of page.
    pub files: BTreeMap<&'static str, budget::Files>,
    /// How many pages there are.
    pub pages: usize,
    /// How many feeds.
    pub feeds: usize,
    /// How many links and other references within the site.
    pub links: usize,
    /// How many places say that something was cut for its length.
    pub cuts: usize,
    /// How many pages say that they leave out what the host has no room for.
    pub thinned: usize,
}

/// What one file holds that matters to others, and what is wrong with it.
#[derive(Debug, Default)]
struct Seen {
    findings: Vec<Finding>,
    /// The files that it leads to, by their number.
    leads_to: Vec<u32>,
    /// Links to places on other pages.
    anchors: Vec<Anchor>,
    /// Hashes of its ids, sorted. Two ids of one page that share a hash are not expected in the age of the
    /// universe: a page has 10,000.
    ids: Vec<u64>,
    links: usize,
    cuts: usize,
    is_thinned: bool,
    feed: Option<feed::Seen>,
}

/// A link to a place on another page.
#[derive(Debug)]
struct Anchor {
    page: u32,
    fragment: Box<str>,
    line: usize,
}

/// Looks at the site.
///
/// # Errors
/// [`Error::Usage`] where there is no site, [`Error::Read`] where a file of it cannot be read.
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
    let numbers = 0..u32::try_from(tree.files.len()).unwrap_or(u32::MAX);
    let seen: Vec<Seen> =
        numbers.into_par_iter().map(|n| one(&tree, &base, n)).collect::<Result<_>>()?;
    let mut checkup = Checkup {
        base_url: base.url(""),
        files: budget::kinds(&tree),
        pages: tree.pages().count(),
        feeds: seen.iter().filter(|seen| seen.feed.is_some()).count(),
        links: seen.iter().map(|seen| seen.links).sum(),
        cuts: seen.iter().map(|seen| seen.cuts).sum(),
        thinned: seen.iter().filter(|seen| seen.is_thinned).count(),
        findings: tree.findings(),
    };
    checkup.findings.extend(whole::findings(&tree, &seen));
    checkup.findings.extend(budget::findings(&tree)?);
    checkup.findings.extend(seen.into_iter().flat_map(|seen| seen.findings));
    checkup.findings.sort();
    checkup.findings.dedup();
    Ok(checkup)
}

/// Looks at one file, by what it is.
fn one(tree: &Tree, base: &Base, number: u32) -> Result<Seen> {
    let file = &tree.files[number as usize];
    let ending = Path::new(&*file.path).extension().and_then(|ending| ending.to_str());
    let read = || fs::read(tree.folder.join(&*file.path));
    let read = || read().map_err(Error::read(tree.folder.join(&*file.path)));
    let place = Place { tree, base, number };
    Ok(match ending {
        Some("html" | "htm") => page::look(place, &read()?),
        Some("css") => style::look_at_css(place, &read()?),
        Some("js" | "mjs") => style::look_at_script(place, &read()?),
        Some("xml" | "atom" | "rss" | "opml" | "svg") => xml::look(place, &read()?),
        // The search index is JSON too, large, and no feed.
        Some("json") if !file.is_known_by_name() => feed::look_at_json(place, &read()?),
        _ => Seen::default(),
    })
}

/// A file while it is looked at: what it is part of.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    tree: &'a Tree,
    base: &'a Base,
    number: u32,
}

impl<'a> Place<'a> {
    fn path(self) -> &'a str {
        &self.tree.files[self.number as usize].path
    }

    /// A finding in this file; `line` counts from 1, 0 is the whole file.
    fn finding(self, rule: Rule, line: usize, message: impl Into<String>) -> Finding {
        Finding { rule, file: self.path().to_owned(), line, message: message.into() }
    }
}
