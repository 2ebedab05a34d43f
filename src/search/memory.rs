//! The entries of the last search index, with the facts from which each was made.
//!
//! In: the plan. Out: the entry of a page, if its facts are unchanged; the files of a segment, if all its entries
//! are unchanged. The site's [`Cache`](crate::cache::Cache) stores them; without it every entry is made. A build
//! appends its new entries ([`Log`]), and reads old ones one by one, when a segment needs them. Never here: the
//! content of an entry.

use std::{
    ops::Range,
    sync::atomic::{AtomicBool, Ordering},
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::entry::Entry;
use crate::{
    cache::{Log, decode, encode, pack, unpack},
    config::Settings,
    hash::{FastMap, FastSet, Fingerprint},
    plan::{EVERYTHING, Log as Facts, Plan},
};

/// The version of the form in which this is kept.
const FORM: &str = "search 7";

/// The number of entries in one batch.
const BATCH: usize = 1_024;

/// The sources of an entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) struct Origin {
    /// The file of its page.
    path: Box<str>,
    /// The names of the facts, and their sum.
    facts: Vec<u64>,
    sum: Fingerprint,
    /// The words in it that may be Message-IDs.
    asked: Vec<Box<str>>,
    mentions: Fingerprint,
}

/// An entry, and its sources.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) origin: Origin,
    pub(super) entry: Entry,
}

/// The form of a segment: the names of its files, and what the root says about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Its name.
    pub(super) name: Box<str>,
    /// A sum of its sources.
    pub sum: u64,
    /// A sum of its bytes.
    pub(super) key: Box<str>,
    /// How many entries it has.
    pub(super) entries: usize,
    /// The first words of its shards.
    pub(super) starts: Vec<Box<str>>,
}

impl Shape {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many entries it has.
    pub fn entries(&self) -> usize {
        self.entries
    }
}

/// The head of a batch, packed; after it come the entries, each packed alone, whose lengths it gives.
type Batch = (String, Vec<(Origin, usize)>, Vec<Shape>);

/// The entries of earlier builds; empty by default.
#[derive(Debug, Default)]
pub struct Memory {
    log: Log,
    /// Everything that determines all entries.
    base: String,
    before: FastMap<Box<str>, Before>,
    shapes: FastMap<Box<str>, Shape>,
    /// Whether the stored entries have another base.
    is_other: bool,
}

/// An entry of an earlier build.
#[derive(Debug)]
pub(super) struct Before {
    pub(super) origin: Origin,
    /// Its place: the number of the batch, and the bytes in it.
    at: (usize, Range<usize>),
    is_kept: AtomicBool,
}

impl Origin {
    /// The record of an entry that was made from the facts in `log`.
    pub(super) fn new(plan: &Plan<'_>, path: String, log: Facts) -> Self {
        let (facts, asked) = log.finish();
        let (sum, mentions) = (plan.sum_of(&facts), plan.mentions(&asked));
        Self { path: path.into(), facts, sum, asked, mentions }
    }

    /// Whether nothing shows if it has changed.
    pub(super) fn is_made_always(&self) -> bool {
        self.facts.contains(&EVERYTHING)
    }
}

impl Memory {
    /// Loads the entries of earlier builds of the same output; empty if the site has no search.
    pub fn load(settings: &Settings, base: &str) -> Self {
        if !settings.search {
            return Self::default();
        }
        let name = format!("search-{}", settings.output_name());
        let mut memory = Self { base: base.to_owned(), ..Self::default() };
        let read = |bytes: &[u8]| {
            let (head, entries) = decode::<&[u8]>(bytes)?;
            Some((unpack::<Batch>(head)?, bytes.len() - entries.len()))
        };
        let (log, batches) = Log::load(&settings.cache(), &name, FORM, read);
        for (number, batch) in batches.into_iter().enumerate() {
            let Some(((other, origins, shapes), begins)) = batch else { continue };
            if other != base {
                memory.is_other = true;
                continue;
            }
            let mut at = begins;
            for (origin, len) in origins {
                let range = at..at.saturating_add(len);
                at = range.end;
                let is_kept = false.into();
                let before = Before { at: (number, range), origin, is_kept };
                memory.before.insert(before.origin.path.clone(), before);
            }
            memory.shapes.extend(shapes.into_iter().map(|shape| (shape.name.clone(), shape)));
        }
        memory.log = log;
        memory
    }

    /// The recorded entry of a page, if it would come out the same.
    pub(super) fn of(&self, plan: &Plan<'_>, path: &str) -> Option<&Before> {
        let before = self.before.get(path)?;
        let Origin { facts, sum, asked, mentions, .. } = &before.origin;
        let is_same = plan.is_as_it_was(facts, *sum) && plan.mentions(asked) == *mentions;
        before.is_kept.store(is_same, Ordering::Relaxed);
        is_same.then_some(before)
    }

    /// The entry itself.
    pub(super) fn entry(&self, before: &Before) -> Option<Entry> {
        unpack(&self.bytes(before)?)
    }

    fn bytes(&self, Before { at: (batch, range), .. }: &Before) -> Option<Vec<u8>> {
        self.log.get(*batch, range.clone())
    }

    /// The form that a segment had.
    pub(super) fn shape(&self, name: &str) -> Option<&Shape> {
        self.shapes.get(name)
    }

    /// Stores the entries of this build, and all segments.
    pub(super) fn store(&self, plan: &Plan<'_>, made: &[Made], shapes: &[Shape]) {
        let is_new = |shape: &&Shape| self.shape(&shape.name) != Some(*shape);
        let new: Vec<Shape> = shapes.iter().filter(is_new).cloned().collect();
        if self.log.may_grow() && !self.has_lost(plan, made) {
            if !made.is_empty() || !new.is_empty() {
                self.log.add(&self.batch(made.iter().map(Part::Made).collect(), new));
            }
            return;
        }
        let is_kept = |before: &&Before| before.is_kept.load(Ordering::Relaxed);
        let mut parts: Vec<Part<'_>> =
            self.before.values().filter(is_kept).map(Part::Kept).collect();
        parts.extend(made.iter().map(Part::Made));
        parts.sort_unstable_by(|one, other| one.origin().path.cmp(&other.origin().path));
        let mut shapes = shapes.to_vec();
        let none: &[Part<'_>] = &[];
        let parts = parts.chunks(BATCH).chain(parts.is_empty().then_some(none));
        self.log.begin(parts.map(|parts| self.batch(parts.to_vec(), std::mem::take(&mut shapes))));
    }

    /// Whether a source of an entry is gone: nothing may outlive it.
    fn has_lost(&self, plan: &Plan<'_>, made: &[Made]) -> bool {
        let anew: FastSet<&str> = made.iter().map(|made| &*made.origin.path).collect();
        self.is_other
            || self.before.par_iter().any(|(path, before)| {
                !before.is_kept.load(Ordering::Relaxed)
                    && (!anew.contains(&**path) || !plan.has(&before.origin.facts))
            })
    }

    fn batch(&self, parts: Vec<Part<'_>>, shapes: Vec<Shape>) -> Vec<u8> {
        let bytes: Vec<(Origin, Vec<u8>)> = parts
            .par_iter()
            .map(|part| match part {
                Part::Kept(before) => {
                    (before.origin.clone(), self.bytes(before).unwrap_or_default())
                }
                Part::Made(made) => (made.origin.clone(), pack(&made.entry)),
            })
            .collect();
        let (origins, bytes): (Vec<_>, Vec<_>) =
            bytes.into_iter().map(|(origin, bytes)| ((origin, bytes.len()), bytes)).unzip();
        let batch: Batch = (self.base.clone(), origins, shapes);
        [encode(&pack(&batch)), bytes.concat()].concat()
    }
}

/// An entry to write.
#[derive(Debug, Clone, Copy)]
enum Part<'m> {
    Kept(&'m Before),
    Made(&'m Made),
}

impl Part<'_> {
    fn origin(&self) -> &Origin {
        match self {
            Self::Kept(before) => &before.origin,
            Self::Made(made) => &made.origin,
        }
    }
}
