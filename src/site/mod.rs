//! Stage 7: the tree on disk.
//!
//! In: settings. Out: the site in its folder and a [`Report`]; lines for scripts ([`export`]); a digest to be
//! sent ([`bulletin`]); a site in memory ([`live`]).
//! Never here: what a page says, where it is (the page stage knows), a printed word.

pub mod bulletin;
pub mod export;
pub mod feed;
mod last;
pub mod live;
pub mod output;
mod own;
mod pages;
pub mod report;
pub mod search;
pub mod sitemap;
mod swap;

use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::{
    config::Settings,
    digest,
    error::{Error, Result},
    page::{self, Content, Drafts, Page, Plan, Route, Veil},
    series,
    theme::{StaticFile, Theme},
};
use last::Last;
use output::Output;
use pages::Pages;
use report::Report;

/// Somebody who wants to see how far a build is.
pub trait Progress: Sync {
    /// A stage begins; `steps` is how many calls of [`Self::step`] it takes, 0 where nobody knows.
    fn begin(&self, stage: &'static str, steps: usize);
    /// A step of the stage is done.
    fn step(&self);
    /// The last stage is done, or failed.
    fn end(&self);
}

/// Builds the site.
///
/// # Errors
/// A theme, content, an archive or the output that fails. The last site is then as it was.
pub fn build(settings: &Settings, progress: &dyn Progress) -> Result<Report> {
    let workers = rayon::ThreadPoolBuilder::new().num_threads(settings.jobs).build();
    let workers = workers.map_err(|e| Error::Usage(format!("cannot start the workers: {e}")))?;
    let built = workers.install(|| press(settings, progress));
    progress.end();
    built
}

fn press(settings: &Settings, progress: &dyn Progress) -> Result<Report> {
    let mut stages = Stages { progress, timings: Vec::new() };
    let last = stages.run("look", 0, || Ok(Last::of(settings)))?;
    if let Some(report) = stages.run("compare", 0, || Ok(last.report(&settings.output)))? {
        return Ok(Report { timings: stages.timings, ..report });
    }
    // What fails fast comes first: nobody waits for an archive to learn of a misspelt template.
    let theme = Theme::load(settings)?;
    let drafts = if settings.drafts { Drafts::Shown } else { Drafts::Hidden };
    let content = Content::read(&settings.root, drafts)?;
    let rules = series::Rules::load(settings)?;
    let output = Output::open(&settings.output)?;
    let pile = stages.run("read", 0, || series::gather(&settings.lists, &rules))?;
    let corpus = stages.run("group", 0, || pile.group(&rules))?;
    let digests = stages.run("digest", 0, || {
        Ok(digest::digests(&corpus, None, settings.cadence, &settings.zone))
    })?;
    let plan = stages.run("plan", 0, || page::plan(&corpus, &digests, &content, settings))?;
    let pages = Pages::load(settings, &content);
    let mut files = stages
        .run("render", plan.pages.len(), || render(&plan, &pages, &theme, &output, progress))?;
    files.extend(stages.run("feeds", 0, || put_feeds(&plan, &output))?);
    if settings.search {
        let memory = search::Memory::load(&settings.root, &settings.output, pages.base());
        files.extend(stages.run("search", 0, || put_index(&plan, &memory, &output))?);
    }
    files.extend(put_static(&theme, &output)?);
    files.extend(own::put(&settings.root, &output)?);
    corpus.check_texts()?;
    let tally = stages.run("write", 0, || output.finish())?;
    let mut report = Report {
        received: corpus.received,
        messages: corpus.mails.len(),
        series: corpus.series.len(),
        digests: digests.len(),
        output: settings.output.clone(),
        timings: stages.timings,
        tally,
        ..Report::default()
    };
    files.into_iter().for_each(|(kind, bytes)| report.count(kind, bytes));
    report.notes = plan.thinned().to_vec();
    drop(plan);
    report.notes.extend(corpus.notes);
    settings.size_limit.into_iter().for_each(|limit| report.judge(limit));
    report.notes.sort_unstable();
    last.keep(&report);
    pages.store(&report.output);
    Ok(report)
}

/// The pages, on every worker; what each is and how long.
fn render(
    plan: &Plan<'_>,
    pages: &Pages,
    theme: &Theme,
    output: &Output,
    progress: &dyn Progress,
) -> Result<Vec<(&'static str, usize)>> {
    let veil = Veil::new(plan.corpus, plan.settings);
    let one = |page: &Page| {
        if let Some(len) = pages.keep(plan, page, output)? {
            progress.step();
            return Ok((kind(&page.route), usize::try_from(len).unwrap_or(usize::MAX)));
        }
        let bytes = veil.over(&page.route, plan.render(page, theme)?);
        pages.made(plan, page);
        output.put(&page.route.file(), &bytes)?;
        progress.step();
        Ok((kind(&page.route), bytes.len()))
    };
    plan.pages.par_iter().map(one).collect()
}

/// Feeds, on every worker, and what crawlers read.
fn put_feeds(plan: &Plan<'_>, output: &Output) -> Result<Vec<(&'static str, usize)>> {
    let veil = Veil::new(plan.corpus, plan.settings);
    let put = |route: &Route, bytes: Vec<u8>| {
        let bytes = veil.over(route, bytes);
        output.put(&route.file(), &bytes)?;
        Ok((kind(route), bytes.len()))
    };
    let feeds = feed::feeds(plan);
    let mut files = sitemap::sitemaps(plan);
    files.push((Route::Robots, sitemap::robots(plan)));
    files.push((Route::Opml, feed::opml(&feeds)));
    let crawled = files.into_iter().map(|(route, bytes)| put(&route, bytes));
    let mut done = crawled.collect::<Result<Vec<_>>>()?;
    done.extend(feeds.par_iter().map(|f| put(&f.route, f.write())).collect::<Result<Vec<_>>>()?);
    Ok(done)
}

/// The search index, on every worker.
fn put_index(
    plan: &Plan<'_>,
    memory: &search::Memory,
    output: &Output,
) -> Result<Vec<(&'static str, usize)>> {
    let veil = Veil::new(plan.corpus, plan.settings);
    let put = |(route, bytes): (Route, Vec<u8>)| {
        let bytes = veil.over(&route, bytes);
        output.put(&route.file(), &bytes)?;
        Ok((kind(&route), bytes.len()))
    };
    search::index(plan, memory).into_par_iter().map(put).collect()
}

fn put_static(theme: &Theme, output: &Output) -> Result<Vec<(&'static str, usize)>> {
    let put = |file: &StaticFile| {
        output.put(&file.path, &file.bytes)?;
        Ok(("static", file.bytes.len()))
    };
    theme.files().iter().map(put).collect()
}

/// The kind of page by which a report divides the bytes.
fn kind(route: &Route) -> &'static str {
    match route {
        Route::Digest(_) | Route::DigestText(_) | Route::DigestWhole(_) | Route::Card(_) => {
            "digests"
        }
        Route::Series(_) | Route::Revision(..) | Route::Patch(..) => "series",
        Route::Compare(..) => "comparisons",
        Route::Mbox(_) => "mboxes",
        Route::Thread(_) => "threads",
        Route::SearchPart(_) => "search",
        Route::SeriesFeed(_) | Route::PersonFeed(_) | Route::PathFeed(_) => "feeds",
        Route::ListFeed(_) | Route::WorkFeed(..) | Route::Opml => "feeds",
        Route::SiteFeed | Route::SiteJson | Route::SiteRss | Route::SiteArchive(_) => "feeds",
        Route::DigestFeed | Route::DigestJson | Route::DigestRss => "feeds",
        Route::DigestArchive(_) => "feeds",
        Route::People | Route::Initial(_) | Route::Person(_) => "people",
        Route::Paths | Route::Path(_) => "paths",
        _ => "pages",
    }
}

/// Runs the stages one by one, and knows how long each took.
struct Stages<'a> {
    progress: &'a dyn Progress,
    timings: Vec<(&'static str, Duration)>,
}

impl Stages<'_> {
    #[expect(clippy::disallowed_methods, reason = "the report says how long each stage took")]
    fn run<T>(
        &mut self,
        stage: &'static str,
        steps: usize,
        work: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let begun = Instant::now();
        self.progress.begin(stage, steps);
        let done = work();
        self.timings.push((stage, begun.elapsed()));
        done
    }
}
