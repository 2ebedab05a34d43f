//! What pages asked for while they were made, and where that led: what decides them beside what they show.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
    sync::{Mutex, OnceLock, PoisonError},
};

use crate::{
    hash::Digest,
    plan::{places::Places, route::Route},
    series::{Corpus, MailIx},
};

/// What each series and each digest is made from, as far as somebody asked.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    pub(crate) series: Vec<OnceLock<Digest>>,
    pub(crate) digests: Vec<OnceLock<Digest>>,
}

impl Inputs {
    /// Nothing asked yet.
    pub(crate) fn new(corpus: &Corpus, digests: usize) -> Self {
        let none = |count: usize| (0..count).map(|_| OnceLock::new()).collect();
        Self { series: none(corpus.series.len()), digests: none(digests) }
    }
}

/// The Message-IDs that pages looked for while they were made: their texts link to these, or would; where addresses
/// are masked or hidden, all that may be either.
#[derive(Debug, Default)]
pub struct Asked {
    by_page: Mutex<BTreeMap<String, BTreeSet<Box<str>>>>,
}

impl Asked {
    /// The page at `from` mentions this Message-ID.
    pub(crate) fn add(&self, from: &Route, id: &str) {
        let mut pages = self.by_page.lock().unwrap_or_else(PoisonError::into_inner);
        pages.entry(from.file()).or_default().insert(id.into());
    }

    /// What a page looked for; it is forgotten with that.
    pub(crate) fn take(&self, file: &str) -> Vec<Box<str>> {
        let mut pages = self.by_page.lock().unwrap_or_else(PoisonError::into_inner);
        pages.remove(file).map_or(Vec::new(), |ids| ids.into_iter().collect())
    }
}

/// The page and the place on it that show a mail.
pub(crate) fn place_of<'p>(
    corpus: &'p Corpus,
    places: &'p Places,
    mail: MailIx,
) -> (Route, &'p str) {
    (places.route(corpus, mail), places.anchor(mail))
}
