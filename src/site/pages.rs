//! What the pages of the last build were made from.
//!
//! In: a page, and what decides it now. Out: whether the file that the last build wrote is the one that this one
//! would write. Kept in the site's [`Cache`]; without it, or with one of another program or other settings,
//! every page is made.
//! Never here: what decides a page (the page stage knows), a page's bytes.

use std::{
    collections::HashMap,
    fs,
    path::Path,
    sync::{Mutex, PoisonError},
    time::UNIX_EPOCH,
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::output::Output;
use crate::{
    cache::Cache,
    config::Settings,
    error::Result,
    hash::{Digest, Sha1},
    page::{Content, Page, Plan},
    stamp::Stamp,
    theme,
};

/// The version of the form in which this is kept.
const FORM: &str = "pages 1";

/// The pages of the last build and of this one.
#[derive(Debug)]
pub(super) struct Pages {
    cache: Cache,
    name: String,
    /// What decides every page.
    base: String,
    before: HashMap<String, Made>,
    now: Mutex<Vec<Made>>,
}

/// A page that was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Made {
    /// Its path in the output.
    path: String,
    /// What it was made from.
    inputs: Digest,
    /// The Message-IDs that it looked for.
    asked: Vec<Box<str>>,
    /// The bytes of its file, and when that was written, in nanoseconds since 1970.
    file: (u64, u64),
}

impl Pages {
    /// What the last build to the same output left.
    pub(super) fn load(settings: &Settings, content: &Content) -> Self {
        let output = settings.output.as_os_str().as_encoded_bytes();
        let name = format!("pages-{}", &Sha1::from(output).hexdigest()[..8]);
        let cache = Cache::of_site(&settings.root);
        let before: Option<Vec<Made>> = cache.load_value(&name, FORM);
        let before = before.unwrap_or_default().into_iter();
        Self {
            cache,
            name,
            base: base(settings, content),
            before: before.map(|made| (made.path.clone(), made)).collect(),
            now: Mutex::default(),
        }
    }

    /// What decides everything that is made.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Leaves the page's file as it is, if this build would write the same; its length then.
    pub(super) fn keep(
        &self,
        plan: &Plan<'_>,
        page: &Page,
        output: &Output,
    ) -> Result<Option<u64>> {
        let Some(made) = self.before.get(&page.route.file()) else { return Ok(None) };
        let (len, written) = made.file;
        let is_same = self.inputs(plan, page, &made.asked) == Some(made.inputs);
        if !is_same || !output.keep(&made.path, len, written)? {
            return Ok(None);
        }
        self.add(made.clone());
        Ok(Some(len))
    }

    /// A page was made.
    pub(super) fn made(&self, plan: &Plan<'_>, page: &Page) {
        let asked = plan.asked_by(page);
        if let Some(inputs) = self.inputs(plan, page, &asked) {
            self.add(Made { path: page.route.file(), inputs, asked, file: (0, 0) });
        }
    }

    /// Remembers the pages of this build, which are in `output` by now.
    pub(super) fn store(self, output: &Path) {
        let mut now = self.now.into_inner().unwrap_or_else(PoisonError::into_inner);
        now.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        now.par_iter_mut().for_each(|made| {
            let metadata = fs::metadata(output.join(&made.path));
            made.file = metadata.map_or((0, 0), |metadata| mark(&metadata));
        });
        self.cache.store_value(&self.name, FORM, &now);
    }

    fn inputs(&self, plan: &Plan<'_>, page: &Page, asked: &[Box<str>]) -> Option<Digest> {
        let mut sum = Sha1::from(&self.base);
        sum.update(&plan.inputs(page, asked)?.bytes());
        Some(sum.digest())
    }

    fn add(&self, made: Made) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).push(made);
    }
}

/// The length of a file, and when it was written.
pub(super) fn mark(metadata: &fs::Metadata) -> (u64, u64) {
    let written = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    (metadata.len(), written.map_or(0, |time| u64::try_from(time.as_nanos()).unwrap_or_default()))
}

/// The program, the settings, the theme, whose names are whose, and what stands in every page's navigation.
fn base(settings: &Settings, content: &Content) -> String {
    let mut stamp = Stamp::default();
    stamp.program();
    stamp.text(&format!("{:?}", Settings { jobs: 0, ..settings.clone() }));
    stamp.folder(&theme::folder(settings));
    stamp.file(&settings.mailmap);
    for page in &content.pages {
        stamp.text(&format!("{:?} {}", page.route, page.title));
    }
    stamp.finish()
}
