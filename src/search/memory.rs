//! What the index knew of each subject when it was made last.
//!
//! In: the plan. Out: the entry of a page, if what it was made from is as it was. Kept in the site's [`Cache`];
//! without it every entry is made. Never here: what is in an entry.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

use super::entry::Entry;
use crate::{
    cache::Cache,
    config::Settings,
    hash::Fingerprint,
    plan::{Log, Plan},
};

/// The version of the form in which this is kept.
const FORM: &str = "search 4";

/// An entry, and what it was made from.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Made {
    /// The file of its page.
    path: Box<str>,
    /// The names of the facts, and their sum.
    facts: Vec<u64>,
    sum: Fingerprint,
    /// What might be a Message-ID in it, and what these are.
    asked: Vec<Box<str>>,
    mentions: Fingerprint,
    pub(super) entry: Entry,
}

impl Made {
    /// An entry that was made from what `log` has.
    pub(super) fn new(plan: &Plan<'_>, path: String, log: Log, entry: Entry) -> Self {
        let (facts, asked) = log.finish();
        let (sum, mentions) = (plan.sum_of(&facts), plan.mentions(&asked));
        Self { path: path.into(), facts, sum, asked, mentions, entry }
    }
}

/// The entries of the last build; by default there was none.
#[derive(Debug, Default)]
pub struct Memory {
    cache: Cache,
    name: String,
    /// What decides every entry.
    base: String,
    before: Mutex<HashMap<Box<str>, Made>>,
}

impl Memory {
    /// What the last build to the same output left; nothing where there is no search.
    pub fn load(settings: &Settings, base: &str) -> Self {
        if !settings.search {
            return Self::default();
        }
        let (cache, name) = (settings.cache(), format!("search-{}", settings.output_name()));
        let before: Option<(String, Vec<Made>)> = cache.load_value(&name, FORM);
        let before = before.filter(|(other, _)| other == base).map_or(Vec::new(), |(_, made)| made);
        let before = before.into_iter().map(|made| (made.path.clone(), made)).collect();
        Self { cache, name, base: base.to_owned(), before: Mutex::new(before) }
    }

    /// The entry of a page that would come out the same.
    pub(super) fn take(&self, plan: &Plan<'_>, path: &str) -> Option<Made> {
        let made = self.before.lock().unwrap_or_else(PoisonError::into_inner).remove(path)?;
        let is_same =
            plan.is_as_it_was(&made.facts, made.sum) && plan.mentions(&made.asked) == made.mentions;
        is_same.then_some(made)
    }

    /// Remembers the entries of this build.
    pub(super) fn store(&self, made: &[Made]) {
        self.cache.store_value(&self.name, FORM, &(&self.base, made));
    }
}
