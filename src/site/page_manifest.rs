//! What the files of the last build were made from.
//!
//! In: a page or a feed, and what its builder read ([`Log`]). Out: whether the file that the last build wrote is the one
//! that this one would write, and [`Why`] not. Kept in the site's [`Cache`]; without it, or with one of another program
//! or other settings, everything is made.
//! Never here: what a builder reads, a page's bytes.

use std::{
    collections::HashMap,
    fs,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{file::mark, output::Output};
use crate::{
    cache::Cache,
    config::Settings,
    hash::{Fingerprint, Sha1},
    plan::{Content, EVERYTHING, Log, Plan},
    stamp::Stamp,
    theme,
};

/// The version of the form in which this is kept.
const FORM: &str = "pages 4";

/// Why a file was made, or was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// All that decides it is as it was.
    Same,
    /// It tells of everything, or is cheaper to make than to decide.
    Always,
    /// No earlier build left it.
    New,
    /// The program, the settings, the theme, `.mailmap` or what stands in the navigation is another one.
    Site,
    /// What it shows is another.
    Shown,
    /// A message that it mentions came, or has another page now.
    Mentioned,
    /// Its file was changed or is gone.
    Touched,
}

impl Why {
    /// In words, to follow the path of the file.
    pub fn words(self) -> &'static str {
        match self {
            Self::Same => "kept: what it is made from is as it was",
            Self::Always => "made: it is made each time",
            Self::New => "made: no earlier build left it",
            Self::Site => {
                "made: the program, the settings, the theme, .mailmap or the navigation changed"
            }
            Self::Shown => "made: the mails, series or digests that it shows changed",
            Self::Mentioned => "made: a message that it mentions came, or is on another page now",
            Self::Touched => "made: its file was changed since, or is gone",
        }
    }
}

/// The files of the last build and of this one.
#[derive(Debug)]
pub(super) struct Pages {
    cache: Cache,
    name: String,
    output: PathBuf,
    /// What decides every page.
    base: String,
    /// The last build had another base.
    is_other: bool,
    before: HashMap<Box<str>, Made>,
    now: Mutex<Files>,
}

/// Files that were made, with their paths in the output.
type Files = Vec<(Box<str>, Made)>;

/// A file that was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Made {
    /// What it is, where its path does not say that.
    is: u64,
    /// The names of the facts that it was made from, and their sum.
    facts: Vec<u64>,
    sum: Fingerprint,
    /// The Message-IDs that it looked for, and where they led.
    asked: Vec<Box<str>>,
    mentions: Fingerprint,
    /// How long its file is, and when that was written, in nanoseconds since 1970.
    file: (u64, u64),
    /// The SHA-1 of its bytes.
    bytes: Fingerprint,
}

impl Pages {
    /// What the last build to the same output left.
    pub(super) fn load(settings: &Settings, content: &Content) -> Self {
        let name = format!("pages-{}", settings.output_name());
        let cache = settings.cache();
        let base = base(settings, content);
        let before: Option<(String, Files)> = cache.load_value(&name, FORM);
        let is_other = before.as_ref().is_some_and(|(other, _)| *other != base);
        let before = before.filter(|_| !is_other).map_or(Vec::new(), |(_, before)| before);
        let before = before.into_iter().collect();
        let output = settings.output.clone();
        Self { cache, name, output, base, is_other, before, now: Mutex::default() }
    }

    /// Whether some of the last build's files may be those of this one.
    pub(super) fn are_there(&self) -> bool {
        self.before.iter().any(|(path, made)| {
            fs::metadata(self.output.join(&**path)).is_ok_and(|found| mark(&found).0 == made.file.0)
        })
    }

    /// What decides everything that is made.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Whether the file at `path` of the last build is the one that this one would make, and its length then.
    pub(super) fn look(&self, plan: &Plan<'_>, path: &str, is: u64, output: &Output) -> (Why, u64) {
        let Some(made) = self.before.get(path) else {
            return (if self.is_other { Why::Site } else { Why::New }, 0);
        };
        let (len, written) = made.file;
        let why = if made.facts.contains(&EVERYTHING) {
            Why::Always
        } else if made.is != is || made.sum != plan.sum_of(&made.facts) {
            Why::Shown
        } else if made.mentions != plan.mentions(&made.asked) {
            Why::Mentioned
        } else if !output.has(path, len, written) && !output.has_bytes(path, len, made.bytes) {
            Why::Touched
        } else {
            self.add(path.into(), made.clone());
            Why::Same
        };
        (why, len)
    }

    /// A file of these bytes was made from what `log` has.
    pub(super) fn made(&self, plan: &Plan<'_>, path: String, is: u64, log: Log, bytes: &[u8]) {
        let (facts, asked) = log.finish();
        let (sum, mentions) = (plan.sum_of(&facts), plan.mentions(&asked));
        self.add(
            path.into(),
            Made {
                is,
                facts,
                sum,
                asked,
                mentions,
                file: (0, 0),
                bytes: Sha1::from(bytes).digest(),
            },
        );
    }

    /// What was made so far is not the site: it begins anew.
    pub(super) fn forget(&self) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Remembers the files of this build, which are in the output by now.
    pub(super) fn store(self) {
        let mut now = self.now.into_inner().unwrap_or_else(PoisonError::into_inner);
        now.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        now.par_iter_mut().for_each(|(path, made)| {
            let metadata = fs::metadata(self.output.join(&**path));
            made.file = metadata.map_or((0, 0), |metadata| mark(&metadata));
        });
        self.cache.store_value(&self.name, FORM, &(self.base, now));
    }

    fn add(&self, path: Box<str>, made: Made) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).push((path, made));
    }
}

/// The program, the settings, the theme, whose names are whose, and what stands in every page's navigation.
fn base(settings: &Settings, content: &Content) -> String {
    let mut stamp = Stamp::of(&settings.root);
    stamp.program();
    stamp.value(settings);
    stamp.folder_content(&settings.root, &theme::folder(settings));
    stamp.content(&settings.mailmap);
    content.pages.iter().for_each(|page| stamp.value(&(&page.route, &page.title)));
    stamp.finish()
}
