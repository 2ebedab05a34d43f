//! The hub: one site made from the parts that other sites export.
//!
//! In: a folder with `hub.toml`. Out: a static site of all lists, and a [`Report`] with what became of each site: its
//! parts are new, old or missing. Nothing that a site exports can end a run. Never here: an archive, a mail; the parts
//! of a site ([`export`](crate::export) writes them).
//!
//! All values in parts are text of others: `trust` checks them, the writers of `text` escape them, and an address is
//! always below that of the site that exported it. The output is published like that of a build.

mod feeds;
mod fetch;
mod find;
mod frames;
mod pages;
mod people;
mod recent;
mod trust;
pub mod view;
mod works;

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use rayon::prelude::*;

use crate::{
    cache::Cache,
    config::{
        Overrides, Settings,
        hub::{self as file, Member},
    },
    error::{Error, Result},
    site::output::{Output, Tally},
    theme::Theme,
};
use fetch::Export;
use pages::{Pages, Trouble};

/// The folder of the copies of exports, in the state of a hub.
const COPIES: &str = ".patchpress/hub";

/// The report of a run.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The sites whose parts are old or missing: the name, whether there is a copy, the reason.
    pub(crate) troubles: Vec<(String, bool, String)>,
    /// How many sites the hub has.
    pub(crate) sites: usize,
    /// Their lists.
    pub(crate) lists: usize,
    /// Their messages.
    pub(crate) messages: usize,
    /// The series; one that several sites have counts once.
    pub(crate) series: usize,
    /// The series that several sites have.
    pub(crate) shared: usize,
    /// The lines of parts that could not be read.
    pub(crate) left_out: usize,
    /// The changes to the output.
    pub(crate) tally: Tally,
    /// The folder of the hub.
    pub(crate) output: PathBuf,
    /// How long each stage took.
    pub(crate) timings: Vec<(&'static str, Duration)>,
}

/// Builds the hub in the folder `root`.
///
/// # Errors
/// Fails if the settings, the theme or the output fails; then the last hub is still in place.
pub(crate) fn hub(root: &Path, overrides: &Overrides) -> Result<Report> {
    let (settings, members) = file::load(root, overrides)?;
    let workers = rayon::ThreadPoolBuilder::new().num_threads(settings.jobs).build();
    workers.map_err(Error::workers)?.install(|| merge(&settings, &members))
}

fn merge(settings: &Settings, members: &[Member]) -> Result<Report> {
    let mut report = Report { output: settings.output.clone(), ..Report::default() };
    let theme = Theme::load(settings)?;
    let output = Output::open(&settings.output)?;
    let copies = settings.root.join(COPIES);
    let cache = Cache::open(&settings.root, "hub");
    let (loaded, took) = clocked(|| -> Vec<(usize, Result<Export, String>)> {
        let load = |(number, member): (usize, &Member)| (number, fetch::load(member, &copies));
        members.par_iter().enumerate().map(load).collect()
    });
    report.timings.push(("fetch", took));
    let (mut exports, mut names, mut troubles) = (Vec::new(), Vec::new(), Vec::new());
    for (number, loaded) in loaded {
        let member = &members[number];
        match loaded {
            Ok(export) => {
                if let Some(why) = &export.stale {
                    let newest = trust::date(export.head.newest.as_deref());
                    troubles.push(Trouble { member, is_stale: true, newest, why: why.clone() });
                }
                names.push(member);
                exports.push(export);
            }
            Err(why) => troubles.push(Trouble { member, is_stale: false, newest: None, why }),
        }
    }
    let (sharing, took) = clocked(|| works::Sharing::of(&exports));
    report.timings.push(("shared", took));
    let (people, took) = clocked(|| people::everybody(&exports));
    report.timings.push(("people", took));
    let known = find::Known::load(&cache, &settings.output);
    let (found, took) =
        clocked(|| find::put(&exports, &sharing, &people, &known, &output, settings));
    let found = found?;
    report.timings.push(("search", took));
    let pages = Pages::new(settings, &theme, &names, &exports, &troubles);
    let (put, took) = clocked(|| pages.put(&output, &sharing, &people, found.series));
    put?;
    report.timings.push(("pages", took));
    find::Known::default().store(&cache, &settings.output);
    let (tally, took) = clocked(|| output.finish());
    report.tally = tally?;
    found.known.store(&cache, &settings.output);
    report.timings.push(("write", took));
    report.sites = members.len();
    report.lists = exports.iter().map(|export| export.head.lists.len()).sum();
    report.messages = exports.iter().map(|export| trust::count(export.head.messages)).sum();
    report.series = found.series;
    report.shared = sharing.shared().count();
    report.left_out = found.left_out;
    let trouble = |one: Trouble<'_>| (one.member.name.clone(), one.is_stale, one.why);
    report.troubles = troubles.into_iter().map(trouble).collect();
    Ok(report)
}

#[expect(clippy::disallowed_methods, reason = "the report says how long each stage took")]
fn clocked<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let done = work();
    (done, begun.elapsed())
}
