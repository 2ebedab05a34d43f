//! The sources of the files of the last build.
//!
//! In: a page or a feed, and what its builder read ([`Log`]). Out: whether the file of the last build is the one
//! that this build would write, and [`Why`] not. Kept in the site's [`Cache`](crate::cache::Cache); without it, or
//! with one of another program or other settings, everything is made. A build adds the files that it made to the
//! kept ones ([`Kept`]). Never here: what a builder reads, the bytes of a page.

use std::{
    fs, iter,
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{file::mark, output::Output};
use crate::{
    cache::{Log as Kept, pack, unpack},
    config::Settings,
    hash::{FastMap, Fingerprint, Sha1},
    plan::{Content, EVERYTHING, Log, Plan},
    stamp::Stamp,
    theme,
};

/// The version of the file format.
const FORM: &str = "pages 6";

/// How many files are written down at once.
const BATCH: usize = 4_096;

/// The reason why a file was made or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nothing that determines it has changed.
    Same,
    /// It depends on everything, or making it is cheaper than deciding.
    Always,
    /// No earlier build made it.
    New,
    /// The program, the settings, the theme, `.mailmap` or the navigation changed.
    Site,
    /// Its content changed.
    Shown,
    /// A message that it mentions arrived, or moved to another page.
    Mentioned,
    /// Its file was changed or removed.
    Touched,
}

impl Why {
    /// In words, to follow the path of the file.
    pub fn words(self) -> &'static str {
        match self {
            Self::Same => "kept: nothing that it is made from has changed",
            Self::Always => "made: every build makes it",
            Self::New => "made: no earlier build made it",
            Self::Site => {
                "made: the program, the settings, the theme, .mailmap or the navigation changed"
            }
            Self::Shown => "made: the messages, series or digests that it shows changed",
            Self::Mentioned => {
                "made: a message that it mentions arrived, or is on another page now"
            }
            Self::Touched => "made: its file was changed or removed since",
        }
    }
}

/// The files of the last build and of this one.
#[derive(Debug)]
pub(super) struct Pages {
    kept: Kept,
    output: PathBuf,
    /// Everything that determines all pages.
    base: String,
    /// The last build had another basis.
    is_other: bool,
    before: FastMap<Box<str>, Before>,
    now: Mutex<Files>,
    /// A source of a file is gone, and nothing may outlive its source.
    has_lost: AtomicBool,
}

/// A file of the last build, or of one before it.
#[derive(Debug)]
struct Before {
    made: Made,
    /// It is a file of this build, with this mark.
    is_kept: AtomicBool,
}

/// Files that were made, with their paths in the output.
type Files = Vec<(Box<str>, Made)>;

/// A file that was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Made {
    /// Its identity, if its path does not say it.
    is: u64,
    /// The names of the facts that it was made from, and their checksum.
    facts: Vec<u64>,
    sum: Fingerprint,
    /// The Message-IDs that it looked up, and the results.
    asked: Vec<Box<str>>,
    mentions: Fingerprint,
    /// The length of its file, and its modification time in nanoseconds since 1970.
    file: (u64, u64),
    /// The SHA-1 of its bytes.
    bytes: Fingerprint,
}

/// Files as they are stored. A digest has dozens of facts, and most of them are facts of its neighbours, too: each is
/// stored once.
#[derive(Debug, Serialize, Deserialize)]
struct Batch {
    base: String,
    /// The names of all facts.
    names: Vec<[u8; 8]>,
    /// The facts of these are numbers in the list above.
    files: Files,
}

impl Batch {
    fn of(base: &str, mut files: Files) -> Self {
        let (mut names, mut numbers) = (Vec::new(), FastMap::default());
        for fact in files.iter_mut().flat_map(|(_, made)| &mut made.facts) {
            *fact = *numbers.entry(*fact).or_insert_with(|| {
                names.push(fact.to_le_bytes());
                names.len() as u64 - 1
            });
        }
        Self { base: base.to_owned(), names, files }
    }

    /// What decides all files, and the files; nothing if a fact has no name.
    fn named(self) -> Option<(String, Files)> {
        let Self { base, names, mut files } = self;
        for fact in files.iter_mut().flat_map(|(_, made)| &mut made.facts) {
            *fact = u64::from_le_bytes(*names.get(usize::try_from(*fact).ok()?)?);
        }
        Some((base, files))
    }
}

impl Pages {
    /// The state of the last build to the same output.
    pub(super) fn load(settings: &Settings, content: &Content) -> Self {
        let name = format!("pages-{}", settings.output_name());
        let read = |batch: &[u8]| unpack::<Batch>(batch)?.named();
        let (kept, batches) = Kept::load(&settings.cache(), &name, FORM, read);
        let base = base(settings, content);
        let (mut before, mut is_other) = (FastMap::default(), false);
        for (other, files) in batches.into_iter().flatten() {
            is_other |= other != base;
            let files = files.into_iter().filter(|_| other == base);
            before.extend(files.map(|(path, made)| (path, Before { made, is_kept: false.into() })));
        }
        let output = settings.output.clone();
        Self { kept, output, base, is_other, before, now: Mutex::default(), has_lost: false.into() }
    }

    /// Whether files of the last build may be reused.
    pub(super) fn are_there(&self) -> bool {
        self.before.iter().any(|(path, Before { made, .. })| {
            fs::metadata(self.output.join(&**path)).is_ok_and(|found| mark(&found).0 == made.file.0)
        })
    }

    /// Everything that determines all files.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Whether the file of the last build at `path` is the one that this build would make; if so, its length.
    pub(super) fn look(&self, plan: &Plan<'_>, path: &str, is: u64, output: &Output) -> (Why, u64) {
        let why = self.why(plan, path, is, output);
        let Some(Before { made, is_kept }) = self.before.get(path) else { return (why, 0) };
        let (len, written) = made.file;
        match why {
            Why::Same if output.has(path, len, written) => is_kept.store(true, Ordering::Relaxed),
            // It was copied: the next build should recognise it by its new mark.
            Why::Same => self.add(path.into(), made.clone()),
            _ => {}
        }
        (why, len)
    }

    /// The same check, without marking the file as kept.
    pub(super) fn why(&self, plan: &Plan<'_>, path: &str, is: u64, output: &Output) -> Why {
        let Some(Before { made, .. }) = self.before.get(path) else {
            return if self.is_other { Why::Site } else { Why::New };
        };
        let (len, written) = made.file;
        if made.facts.contains(&EVERYTHING) {
            Why::Always
        } else if made.is != is || made.sum != plan.sum_of(&made.facts) {
            Why::Shown
        } else if made.mentions != plan.mentions(&made.asked) {
            Why::Mentioned
        } else if !output.has(path, len, written) && !output.has_bytes(path, len, made.bytes) {
            Why::Touched
        } else {
            Why::Same
        }
    }

    /// Records that a file with these bytes was made from the facts in `log`.
    pub(super) fn made(&self, plan: &Plan<'_>, path: String, is: u64, log: Log, bytes: &[u8]) {
        if self.before.get(&*path).is_some_and(|before| !plan.has(&before.made.facts)) {
            self.has_lost.store(true, Ordering::Relaxed);
        }
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

    /// The files made so far are not the site: starts again.
    pub(super) fn forget(&self) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.before.values().for_each(|before| before.is_kept.store(false, Ordering::Relaxed));
    }

    /// Records the files of this build, which are now in the output.
    pub(super) fn store(self) {
        let Self { kept, output, base, is_other, before, now, has_lost } = self;
        let mut now = now.into_inner().unwrap_or_else(PoisonError::into_inner);
        now.par_iter_mut().for_each(|(path, made)| {
            let metadata = fs::metadata(output.join(&**path));
            made.file = metadata.map_or((0, 0), |metadata| mark(&metadata));
        });
        now.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let is_made = |path: &str| now.binary_search_by(|(made, _)| (**made).cmp(path)).is_ok();
        let mut others = before.iter().filter(|(_, file)| !file.is_kept.load(Ordering::Relaxed));
        let has_lost = is_other || has_lost.into_inner() || others.any(|(path, _)| !is_made(path));
        if kept.may_grow() && !has_lost {
            if !now.is_empty() {
                kept.add(&pack(&Batch::of(&base, now)));
            }
            return;
        }
        let before =
            before.into_iter().filter(|(_, before)| before.is_kept.load(Ordering::Relaxed));
        now.extend(before.map(|(path, before)| (path, before.made)));
        now.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let mut files = now.into_iter();
        kept.begin(iter::from_fn(|| {
            let files: Files = files.by_ref().take(BATCH).collect();
            (!files.is_empty()).then(|| pack(&Batch::of(&base, files)))
        }));
    }

    fn add(&self, path: Box<str>, made: Made) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).push((path, made));
    }
}

/// The program, the settings, the theme, the map of names to people, and the navigation of every page.
fn base(settings: &Settings, content: &Content) -> String {
    let mut stamp = Stamp::of(&settings.root);
    stamp.program();
    stamp.value(settings);
    stamp.folder_content(&settings.root, &theme::folder(settings));
    stamp.content(&settings.mailmap);
    content.pages.iter().for_each(|page| stamp.value(&(&page.route, &page.title, &page.path)));
    stamp.value(&content.pictures);
    stamp.finish()
}
