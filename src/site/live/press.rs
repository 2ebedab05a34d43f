//! The workers that make the files of a live site.
//!
//! In: mails, content and settings; then, repeatedly, the path of a file and a theme. Out: its bytes. A plan
//! borrows its sources, so it stays on the thread that made it, together with its workers; they end with the
//! [`Press`]. Never here: a file that was made before (`Live` keeps them).

use std::{
    collections::HashMap,
    num::NonZero,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, Sender, SyncSender},
    },
    thread,
};

use rayon::{ThreadPool, prelude::*};

use super::{Mails, PREVIEW_FOLDER};
use crate::{
    config::Settings,
    error::{Error, Result},
    export::{self, DataFile},
    feed::{self, Feed, Feeds},
    message::TextReader,
    page,
    plan::{self, Content, Log, Plan, Route},
    search,
    site::sitemap,
    text::{HtmlWriter, Mask},
    theme::Theme,
    url,
};

/// Workers that make files.
#[derive(Debug)]
pub(super) struct Press {
    orders: Sender<Order>,
    /// The pages, sorted by their paths.
    pages: Vec<String>,
    stamp: String,
    /// Whether every text has been found so far.
    is_whole: Arc<AtomicBool>,
}

/// A requested file.
struct Order {
    what: What,
    theme: Arc<Theme>,
    done: SyncSender<Result<Option<Vec<u8>>>>,
}

enum What {
    /// The file at this path.
    File(String),
    /// One page of each kind, to check that the theme can make all kinds.
    Proofs,
}

impl Press {
    /// Plans the pages; `stamp` identifies their sources.
    pub(super) fn start(
        mails: Arc<Mails>,
        content: Content,
        settings: Settings,
        stamp: String,
    ) -> Result<Self> {
        let (orders, taken) = mpsc::channel();
        let (tell, told) = mpsc::sync_channel(1);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.jobs).build();
        let pool = pool.map_err(Error::workers)?;
        let is_whole = Arc::new(AtomicBool::new(true));
        let whole = Arc::clone(&is_whole);
        let work = move |texts: &TextReader| {
            let Mails { corpus, digests, .. } = &*mails;
            let plan = || plan::plan(texts, corpus, digests, &content, &settings);
            match pool.install(plan).and_then(|plan| texts.whole(plan)) {
                Err(error) => drop(tell.send(Err(error))),
                Ok(plan) => {
                    let pages = plan.pages.iter().map(|page| page.route.file()).collect();
                    tell.send(Ok(pages)).ok();
                    Shop::new(&plan, &pool, whole).work(taken);
                }
            }
        };
        // The requester of a file has been told about the missing text.
        spawn(move || drop(TextReader::read(work)));
        let pages = told.recv().unwrap_or_else(|_| Err(gone()))?;
        Ok(Self { orders, pages, stamp, is_whole })
    }

    /// The sources of the pages, without the theme.
    pub(super) fn stamp(&self) -> &str {
        &self.stamp
    }

    /// Whether every text has been found so far. A press that missed one makes nothing more.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole.load(Ordering::Relaxed)
    }

    /// How many pages there are.
    pub(super) fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Whether a page has this path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.pages.binary_search_by(|page| page.as_str().cmp(path)).is_ok()
    }

    /// The bytes of the page, the feed, the part of the index, the sitemap at this path.
    pub(super) fn file(&self, path: &str, theme: &Arc<Theme>) -> Result<Option<Vec<u8>>> {
        self.order(What::File(path.to_owned()), theme)
    }

    /// Makes one page of each kind.
    ///
    /// # Errors
    /// Fails if a template does not render.
    pub(super) fn prove(&self, theme: &Arc<Theme>) -> Result<()> {
        self.order(What::Proofs, theme).map(drop)
    }

    fn order(&self, what: What, theme: &Arc<Theme>) -> Result<Option<Vec<u8>>> {
        let (done, made) = mpsc::sync_channel(1);
        self.orders.send(Order { what, theme: Arc::clone(theme), done }).map_err(|_| gone())?;
        made.recv().unwrap_or_else(|_| Err(gone()))
    }
}

/// Panics only if a worker ended by itself, which none does.
fn gone() -> Error {
    Error::Workers { reason: "those of the preview are gone".to_owned() }
}

#[expect(clippy::disallowed_methods, reason = "a plan stays on its thread, see above")]
fn spawn(work: impl FnOnce() + Send + 'static) {
    thread::spawn(work);
}

/// A plan, and the parts of it that are made once.
struct Shop<'p> {
    plan: &'p Plan<'p>,
    pool: &'p ThreadPool,
    /// Numbers of pages by their paths.
    pages: HashMap<String, usize>,
    feeds: OnceLock<Vec<Feed<'p>>>,
    data: OnceLock<Vec<DataFile<'p>>>,
    index: OnceLock<HashMap<String, Vec<u8>>>,
    is_whole: Arc<AtomicBool>,
}

impl<'p> Shop<'p> {
    fn new(plan: &'p Plan<'p>, pool: &'p ThreadPool, is_whole: Arc<AtomicBool>) -> Self {
        let pages = plan.pages.iter().enumerate().map(|(at, page)| (page.route.file(), at));
        let (feeds, data, index) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { plan, pool, pages: pages.collect(), feeds, data, index, is_whole }
    }

    /// Makes what is ordered, until there are no more orders. It runs on its own threads: a thread of the pool that
    /// waits for the index would be asked to help making it, and would wait for itself.
    fn work(&self, orders: Receiver<Order>) {
        let orders = Mutex::new(orders);
        let take = || orders.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let workers = thread::available_parallelism().map_or(2, NonZero::get).max(2);
        thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| {
                    while let Ok(Order { what, theme, done }) = take() {
                        // If the requester no longer waits, nothing is lost.
                        done.send(self.make(&what, &theme)).ok();
                    }
                });
            }
        });
    }

    fn make(&self, what: &What, theme: &Theme) -> Result<Option<Vec<u8>>> {
        let made = match what {
            What::File(path) => self.file(path, theme)?,
            What::Proofs => {
                let proofs = self.plan.proofs();
                let prove = |page: &&plan::Page| {
                    page::render(self.plan, page, theme, &Log::default()).map(drop)
                };
                self.pool.install(|| proofs.par_iter().try_for_each(prove))?;
                None
            }
        };
        let made = self.plan.texts.whole(made);
        self.is_whole.fetch_and(made.is_ok(), Ordering::Relaxed);
        made
    }

    fn file(&self, path: &str, theme: &Theme) -> Result<Option<Vec<u8>>> {
        // It is made for one request, so nobody needs its sources.
        let log = Log::default();
        if let Some(at) = self.pages.get(path) {
            let page = &self.plan.pages[*at];
            let mut bytes = page::render(self.plan, page, theme, &log)?;
            if path.ends_with(".html") {
                add_script(&mut bytes, &self.plan.settings.base_url);
            }
            return Ok(Some(bytes));
        }
        if path.starts_with("search/") && self.plan.settings.search {
            return Ok(self.index().get(path).cloned());
        }
        let crawled = || {
            let robots = (Route::Robots, sitemap::robots(self.plan.settings));
            sitemap::sitemaps(self.plan).into_iter().chain([robots])
        };
        let made = match path.rsplit_once('.') {
            Some((_, "xml" | "txt")) => crawled().find(|(route, _)| route.file() == path),
            Some((_, "opml")) if path == Route::Opml.file() => {
                Some((Route::Opml, feed::opml(self.plan, self.feeds())))
            }
            Some((_, "json" | "jsonl")) if !path.ends_with("feed.json") => {
                let file = self.data().iter().find(|file| file.route.file() == path);
                file.map(|file| (file.route.clone(), file.write(&log)))
            }
            Some((_, "atom" | "rss" | "json")) => {
                let feed = self.feeds().iter().find(|feed| feed.route.file() == path);
                feed.map(|feed| (feed.route.clone(), feed.write(&log)))
            }
            _ => None,
        };
        Ok(made.map(|(_, bytes)| bytes))
    }

    fn feeds(&self) -> &[Feed<'p>] {
        self.feeds.get_or_init(|| self.pool.install(|| Feeds::of(self.plan).all().collect()))
    }

    fn data(&self) -> &[DataFile<'p>] {
        self.data.get_or_init(|| export::files(self.plan))
    }

    fn index(&self) -> &HashMap<String, Vec<u8>> {
        let make = || {
            let files = search::files(self.plan).into_par_iter();
            files.map(|(route, bytes)| (route.file(), bytes)).collect()
        };
        self.index.get_or_init(|| self.pool.install(make))
    }
}

fn add_script(html: &mut Vec<u8>, base_url: &str) {
    let end = memchr::memmem::rfind(html, b"</body>").unwrap_or(html.len());
    let mut tag = HtmlWriter::new(Mask::NONE);
    tag.markup("<script src=\"").value(url::path(base_url)).markup(PREVIEW_FOLDER);
    tag.markup("reload.js\" defer></script>\n");
    html.splice(end..end, tag.finish().into_string().into_bytes());
}
