//! What the index knew of each series and thread when it was made last.
//!
//! In: what decides an entry. Out: the entry, if the last build made it from the same. Kept in the site's
//! [`Cache`]; without it every entry is made. Never here: what decides an entry (the page stage knows).

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::entry::Entry;
use crate::{
    cache::Cache,
    config::Settings,
    hash::{Digest, Sha1},
};

/// The version of the form in which this is kept.
const FORM: &str = "search 2";

/// The entries of the last build; by default there was none.
#[derive(Debug, Default)]
pub struct Memory {
    cache: Cache,
    name: String,
    /// What decides every entry.
    base: String,
    before: Mutex<HashMap<Digest, Entry>>,
}

impl Memory {
    /// What the last build to the same output left; nothing where there is no search.
    pub fn load(settings: &Settings, base: &str) -> Self {
        if !settings.search {
            return Self::default();
        }
        let output = Sha1::from(settings.output.as_os_str().as_encoded_bytes()).hexdigest();
        let (cache, name) = (settings.cache(), format!("search-{}", &output[..8]));
        let before: Option<Vec<(Digest, Entry)>> = cache.load_value(&name, FORM);
        let before = Mutex::new(before.unwrap_or_default().into_iter().collect());
        Self { cache, name, base: base.to_owned(), before }
    }

    /// The name of what an entry is made from.
    pub(super) fn key(&self, inputs: Digest) -> Digest {
        let mut sum = Sha1::from(&self.base);
        sum.update(&inputs.bytes());
        sum.digest()
    }

    /// The entry that was made from the same.
    pub(super) fn take(&self, key: Digest) -> Option<Entry> {
        self.before.lock().unwrap_or_else(PoisonError::into_inner).remove(&key)
    }

    /// Remembers the entries of this build.
    pub(super) fn store<'e>(&self, entries: impl Iterator<Item = (Digest, &'e Entry)>) {
        self.cache.store_value(&self.name, FORM, &entries.collect::<Vec<_>>());
    }
}
