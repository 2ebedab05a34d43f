//! The last stage: the tree on disk.
//!
//! In: settings. Out: the site in its folder and a [`Report`]; a site in memory ([`live`]). Never here: the content
//! of a page, its address (the plan knows it), printing.

mod build_state;
mod file;
mod file_list;
mod held;
mod inside;
mod journal;
pub mod live;
pub mod output;
mod page_manifest;
#[cfg(test)]
mod parts;
pub mod report;
mod rules;
mod sample;
pub mod sitemap;
mod stage;
mod static_files;
mod unused;

use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::{
    config::Settings,
    digest,
    error::{Error, Result},
    export, feed,
    message::TextReader,
    page,
    plan::{self, Aim, Content, Drafts, Log, Page, Plan, Route, size_budget},
    search,
    series::{self, Texts},
    theme::{StaticFile, Theme},
};
use build_state::Last;
#[cfg(feature = "program")]
pub(crate) use file::{Mark, is_same, mark};
#[cfg(feature = "program")]
pub(crate) use file_list::is_list as is_file_list;
use held::Held;
use output::{Claim, Output};
use page_manifest::Pages;
pub use page_manifest::Why;
use report::{Redacted, Report};
pub use rules::rules;

/// An observer of the progress of a build.
pub trait Progress: Sync {
    /// A stage begins; `steps` is the number of calls of [`Self::step`] that it makes, or 0 if unknown.
    fn begin(&self, stage: &'static str, steps: usize);
    /// A step of the stage is finished.
    fn step(&self);
    /// Whether the observer wants reports about single files.
    fn asks(&self) -> bool {
        false
    }
    /// The file at this path was made or not, with the reason.
    fn told(&self, _path: &str, _why: Why) {}
    /// The last stage has finished or failed.
    fn end(&self);
}

/// Builds the site.
///
/// # Errors
/// Fails if the theme, the content, an archive or the output fails. Then the last site has not changed.
pub fn build(settings: &Settings, progress: &dyn Progress) -> Result<Report> {
    let workers = rayon::ThreadPoolBuilder::new().num_threads(settings.jobs).build();
    let workers = workers.map_err(Error::workers)?;
    let built = workers.install(|| press(settings, progress));
    progress.end();
    built
}

fn press(settings: &Settings, progress: &dyn Progress) -> Result<Report> {
    inside::check(settings)?;
    let mut stages = Stages { progress, timings: Vec::new() };
    let last = stages.run("look", 0, || Ok(Last::of(settings)))?;
    let kept = || last.report(progress).filter(|_| !Claim::is_unfinished(&settings.output));
    if let Some(report) = stages.run("compare", 0, || Ok(kept()))? {
        return Ok(Report { timings: stages.timings, ..report });
    }
    // Fast checks come first, so that nobody waits for an archive before they hear about a misspelt template.
    let theme = Theme::load(settings)?;
    let drafts = if settings.drafts { Drafts::Shown } else { Drafts::Hidden };
    let content = Content::read(&settings.root, drafts)?;
    let claim = Claim::new(&settings.output)?;
    // Before the new site takes the place of the old one.
    let held = Held::load(settings);
    let forgotten = held.forgotten(&settings.output);
    let may_be_empty = held.may_be_empty(&settings.lists);
    let rules = rules::read(settings, may_be_empty)?;
    let rules = stages.run("people", 0, || series::cover(rules, &settings.lists))?;
    // From here on, everything about people that the archives contain is known; pages and caches depend on it.
    let settings = &Settings { redaction: rules.redaction.clone(), ..settings.clone() };
    let pages = stages.run("last", 0, || Ok(Pages::load(settings, &content)))?;
    let texts = if pages.are_there() { Texts::Few } else { Texts::All };
    let rules = series::Rules { texts, ..rules };
    // One worker restores mails from the state of an archive; the other has time for the rest.
    let (mut pile, (mut output, memory)) = stages.run("read", 0, || {
        let read = || series::gather(&settings.lists, &rules);
        let memory = || search::Memory::load(settings, pages.base());
        let (pile, (output, memory)) = rayon::join(read, || rayon::join(|| claim.open(), memory));
        Ok((pile?, (output?, memory)))
    })?;
    let counts = std::mem::take(&mut pile.held);
    let shrunk = held.check(&settings.lists, &counts)?;
    let mut corpus = stages.run("group", 0, || pile.group(&rules))?;
    let digests = stages.run("digest", 0, || {
        Ok(digest::digests(&corpus, None, settings.cadence, &settings.zone))
    })?;
    let maker = Maker { pages: &pages, theme: &theme, memory: &memory, progress };
    let mut aim = Aim::of(settings);
    let made = TextReader::read(|texts| {
        loop {
            let plan = stages.run("plan", 0, || {
                plan::plan_within(aim, texts, &corpus, &digests, &content, settings)
            })?;
            let mut files = maker.make(&mut stages, &plan, &output)?;
            let own = static_files::put(&settings.root, &output)?;
            match size_budget::tighter(&plan, bytes_of(&files), bytes_of(&own)) {
                Some(tighter) => aim = tighter,
                None => {
                    files.extend(own);
                    break Ok((output, files, size_budget::thinned(&plan).to_vec()));
                }
            }
            pages.forget();
            // One at a time: the lock keeps others away.
            drop(output);
            output = Output::open(&settings.output)?;
        }
    });
    let (output, files, thinned) = made??;
    let tally = stages.run("write", 0, || output.finish())?;
    let mut report = Report {
        received: corpus.received,
        messages: corpus.mails.len(),
        spam: corpus.mails.iter().filter(|letter| letter.mail.spam).count(),
        series: corpus.series.len(),
        digests: digests.len(),
        redacted: Redacted::new(&settings.redaction, &corpus.redacted),
        output: settings.output.clone(),
        timings: stages.timings,
        tally,
        ..Report::default()
    };
    files.into_iter().for_each(|(kind, bytes)| report.count(kind, bytes));
    report.notes = thinned;
    report.notes.append(&mut unused::notes(settings, &content, &theme, &digests));
    report.notes.extend(shrunk.into_iter().chain(forgotten).chain(content.left_out));
    report.notes.append(&mut corpus.notes);
    // The state of the files needs room, too.
    drop((corpus, digests));
    settings.size_limit.into_iter().for_each(|limit| report.judge(limit));
    report.notes.sort_unstable();
    held.keep(&settings.lists, &counts);
    let (_, took) = clocked(|| {
        rayon::join(|| last.keep(&report), || pages.store());
    });
    report.timings.push(("remember", took));
    Ok(report)
}

/// The files of a site: the kind and the bytes of each.
type Files = Vec<(&'static str, usize)>;

fn bytes_of(files: &Files) -> u64 {
    files.iter().map(|(_, bytes)| *bytes as u64).sum()
}

/// Makes all files of a plan.
struct Maker<'a> {
    pages: &'a Pages,
    theme: &'a Theme,
    memory: &'a search::Memory,
    progress: &'a dyn Progress,
}

impl Maker<'_> {
    fn make(&self, stages: &mut Stages<'_>, plan: &Plan<'_>, output: &Output) -> Result<Files> {
        // If little is made, one would wait for the other, because each has parts that only one worker can do.
        let (made, (indexed, took)) = rayon::join(
            || {
                let count = plan.pages.len();
                let mut files = stages.run("render", count, || self.render(plan, output))?;
                files.extend(
                    stages
                        .run("feeds", 0, || put_feeds(plan, self.pages, output, self.progress))?,
                );
                Ok::<_, Error>(files)
            },
            || clocked(|| put_index(plan, self.pages, self.memory, output, self.progress)),
        );
        let mut files = made?;
        files.extend(indexed?);
        stages.timings.push(("search", took));
        files.extend(put_static(self.theme, output)?);
        Ok(files)
    }

    /// The pages, on every worker.
    fn render(&self, plan: &Plan<'_>, output: &Output) -> Result<Files> {
        let one = |page: &Page| {
            let make = |log: &Log| page::render(plan, page, self.theme, log);
            let made = put(plan, self.pages, output, self.progress, Item::page(&page.route), make);
            self.progress.step();
            made
        };
        plan.pages.par_iter().map(one).collect()
    }
}

/// A file of the site.
struct Item<'a> {
    route: &'a Route,
    /// Its identity, if its address does not say it.
    is: u64,
}

impl<'a> Item<'a> {
    fn page(route: &'a Route) -> Self {
        Self { route, is: 0 }
    }
}

/// A page or a feed: kept, or made by `make`.
fn put(
    plan: &Plan<'_>,
    pages: &Pages,
    output: &Output,
    progress: &dyn Progress,
    Item { route, is }: Item<'_>,
    make: impl FnOnce(&Log) -> Result<Vec<u8>>,
) -> Result<(&'static str, usize)> {
    let path = route.file();
    let (why, len) = pages.look(plan, &path, is, output);
    progress.told(&path, why);
    if why == Why::Same {
        output.keep(&path)?;
        return Ok((kind(route), usize::try_from(len).unwrap_or(usize::MAX)));
    }
    let log = Log::default();
    let bytes = make(&log)?;
    output.put(&path, &bytes)?;
    pages.made(plan, path, is, log, &bytes);
    Ok((kind(route), bytes.len()))
}

/// Feeds, data and the files for crawlers, on every worker.
fn put_feeds(
    plan: &Plan<'_>,
    pages: &Pages,
    output: &Output,
    progress: &dyn Progress,
) -> Result<Files> {
    let feeds = feed::Feeds::of(plan);
    let common = feeds.common();
    let feed = |feed: &feed::Feed<'_>| {
        let item = Item { route: &feed.route, is: feed.made_of() };
        put(plan, pages, output, progress, item, |log| Ok(feed.write(log)))
    };
    let mut done = common.par_iter().map(feed).collect::<Result<Vec<_>>>()?;
    let special = feeds.special().par_bridge().map(|one| feed(&one));
    done.extend(special.collect::<Result<Vec<_>>>()?);
    let data = |file: &export::DataFile<'_>| {
        let item = Item { route: &file.route, is: file.made_of() };
        put(plan, pages, output, progress, item, |log| Ok(file.write(log)))
    };
    done.extend(export::files(plan).par_iter().map(data).collect::<Result<Vec<_>>>()?);
    let sitemaps = sitemap::sitemaps(plan);
    let named: Vec<Route> = sitemaps.iter().map(|(route, _)| route.clone()).collect();
    // The parts of each year are made always, and written if they changed: a line costs less than the sum of its facts.
    for (route, bytes) in export::hub_files(plan, &sitemap::with_pages(&named)) {
        output.put(&route.file(), &bytes)?;
        done.push((kind(&route), bytes.len()));
    }
    let others =
        [(Route::Robots, sitemap::robots(plan.settings)), (Route::Opml, feed::opml(plan, &common))];
    for (route, bytes) in sitemaps.into_iter().chain(others) {
        let make = |log: &Log| {
            log.read_everything();
            Ok(bytes)
        };
        done.push(put(plan, pages, output, progress, Item::page(&route), make)?);
    }
    Ok(done)
}

/// The search index, on every worker, if the site has one: its unchanged segments, and the others.
fn put_index(
    plan: &Plan<'_>,
    pages: &Pages,
    memory: &search::Memory,
    output: &Output,
    progress: &dyn Progress,
) -> Result<Files> {
    if !plan.settings.search {
        return Ok(Vec::new());
    }
    let index = search::Index::new(plan, memory);
    let put = |route: &Route, is: u64, bytes: Vec<u8>| {
        put(plan, pages, output, progress, Item { route, is }, |_| Ok(bytes))
    };
    let segment = |number: usize| {
        let is_there =
            |is: u64, route: &Route| pages.why(plan, &route.file(), is, output) == Why::Same;
        let known = index.known(number);
        if let Some((shape, routes)) = known
            && routes.iter().all(|route| is_there(shape.sum, route))
        {
            let files = routes.iter().map(|route| put(route, shape.sum, Vec::new()));
            return Ok((shape.clone(), files.collect::<Result<Files>>()?));
        }
        let search::Files { shape, files } = index.make(number);
        let files = files.into_par_iter().map(|(route, bytes)| put(&route, shape.sum, bytes));
        let files = files.collect::<Result<Files>>()?;
        Ok((shape, files))
    };
    let segments = index.numbers().into_par_iter().map(segment).collect::<Result<Vec<_>>>()?;
    let (shapes, files): (Vec<search::Shape>, Vec<Files>) = segments.into_iter().unzip();
    index.store(&shapes);
    let (route, bytes) = search::root(&shapes);
    let root = put(&route, plan.sum_by_name(&bytes), bytes)?;
    Ok(files.into_iter().flatten().chain([root]).collect())
}

fn put_static(theme: &Theme, output: &Output) -> Result<Files> {
    let put = |file: &StaticFile| {
        output.put(&file.path, &file.bytes)?;
        Ok(("static", file.bytes.len()))
    };
    theme.files().iter().map(put).collect()
}

/// The kind of page under which a report counts the bytes.
fn kind(route: &Route) -> &'static str {
    match route {
        Route::Digest(_) | Route::DigestText(_) | Route::DigestWhole(_) | Route::Card(_) => {
            "digests"
        }
        Route::Series(_) | Route::Revision(..) | Route::Patch(..) | Route::Answers(..) => "series",
        Route::Compare(..) => "comparisons",
        Route::Mbox(_) => "mboxes",
        Route::Llms | Route::SeriesMarkdown(_) | Route::DigestMarkdown(_) => "markdown",
        Route::Thread(_) | Route::ThreadPart(..) => "threads",
        Route::SearchPart(_) => "search",
        Route::DataIndex | Route::DataSchema | Route::Happenings(_) | Route::HubPart(_) => "data",
        Route::SeriesData(_) | Route::DigestData(_) => "data",
        Route::PersonData(_) | Route::ListData(..) => "data",
        Route::SeriesFeed(_) | Route::PersonFeed(_) | Route::PathFeed(_) => "feeds",
        Route::QueryFeed(_) | Route::ListFeed(_) | Route::WorkFeed(..) | Route::Opml => "feeds",
        Route::SiteFeed | Route::SiteJson | Route::SiteRss | Route::SiteArchive(_) => "feeds",
        Route::PagesFeed => "feeds",
        Route::DigestFeed | Route::DigestJson | Route::DigestRss => "feeds",
        Route::DigestArchive(_) => "feeds",
        Route::People | Route::Initial(_) | Route::Person(_) => "people",
        Route::Paths | Route::Path(_) => "paths",
        _ => "pages",
    }
}

/// Runs the stages one by one, and measures the time of each.
struct Stages<'a> {
    progress: &'a dyn Progress,
    timings: Vec<(&'static str, Duration)>,
}

impl Stages<'_> {
    fn run<T>(
        &mut self,
        stage: &'static str,
        steps: usize,
        work: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        self.progress.begin(stage, steps);
        let (done, took) = clocked(work);
        self.timings.push((stage, took));
        done
    }
}

#[expect(clippy::disallowed_methods, reason = "the report says how long each stage took")]
fn clocked<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let done = work();
    (done, begun.elapsed())
}
