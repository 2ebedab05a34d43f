//! The preview: builds the site, shows it on this machine, and keeps up with its sources.
//!
//! In: a site's folder. Out: a server ([`answer`]) that shows the last good build,
//! and what happens, told to the caller. The output folder is left alone: a preview's site lies in
//! `.patchpress/`. Never here: what a request gets; a printed word.

use std::{
    io,
    net::{IpAddr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::runtime::{Builder, Runtime};

use crate::{
    answer::{self, Stand},
    config::{Archives, Overrides, Settings},
    error::{Error, Result},
    site::{self, Audience, Progress, report::Report},
    watch::Watch,
};

/// How long a visitor may take to say what it wants, or say nothing.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long a request's head may be, in bytes.
const LONGEST_HEAD: usize = 32 << 10;

/// What to show, and where.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The site's folder.
    pub root: PathBuf,
    /// The address to listen on.
    pub interface: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Content pages marked as drafts are shown.
    pub drafts: bool,
    /// How many workers build; 0 for one a core.
    pub jobs: usize,
}

/// What happens while a site is shown.
#[derive(Debug)]
pub enum Said<'a> {
    /// The server is there, at this address.
    Listening(&'a str),
    /// A source changed, this one among others.
    Changed(&'a Path),
    /// A new site is shown, and how long it took.
    Built(&'a Report, Duration),
    /// There is no new site; the last good one is shown, with this over it.
    Failed(&'a Error),
}

/// What the loop of a preview waits for.
enum Event {
    Changed(PathBuf),
    Built(Result<Report>, Duration),
    Ended,
}

/// Shows the site until the process is interrupted.
///
/// # Errors
/// [`Error::Listen`] where the port is taken, [`Error::Read`] where the sources cannot be watched.
/// What goes wrong in a build is told and shown, and ends nothing.
pub fn serve(preview: &Preview, mut said: impl FnMut(Said<'_>)) -> Result<()> {
    let listener = listen(preview)?;
    let address = listener.local_addr().map_err(|e| not_listening(preview, e))?;
    let url = format!("http://{address}/");
    let overrides = Overrides {
        archives: Archives::Present,
        base_url: Some(url.clone()),
        output: Some(folder(preview)),
        drafts: preview.drafts,
        jobs: preview.jobs,
    };
    let stand = Arc::new(Stand::new(folder(preview), preview.interface));
    let (tell, events) = mpsc::channel();
    let runtime = runtime(preview)?;
    runtime.spawn(accept(listener, Arc::clone(&stand)));
    runtime.spawn(wait_for_end(tell.clone()));
    said(Said::Listening(&url));

    let on_change = tell.clone();
    let mut watch = Watch::new(&preview.root, move |path| {
        on_change.send(Event::Changed(path)).ok();
    })?;
    let mut start = || {
        let archives = archives(&preview.root, &overrides);
        if let Err(error) = watch.follow(&archives) {
            return Some(error);
        }
        build(preview.root.clone(), overrides.clone(), tell.clone());
        None
    };
    let (mut building, mut again) = (start().is_none(), None);
    for event in events {
        match event {
            Event::Ended => break,
            Event::Changed(path) if building => again = Some(path),
            Event::Changed(path) => {
                said(Said::Changed(&path));
                building = watched(start(), &mut said);
            }
            Event::Built(built, took) => {
                match &built {
                    Ok(report) => said(Said::Built(report, took)),
                    Err(error) => said(Said::Failed(error)),
                }
                stand.show(built.err().map(|error| error.to_string()));
                building = match again.take() {
                    Some(path) => {
                        said(Said::Changed(&path));
                        watched(start(), &mut said)
                    }
                    None => false,
                };
            }
        }
    }
    runtime.shutdown_background();
    Ok(())
}

/// Tells of sources that cannot be watched; whether a build is under way.
fn watched(failed: Option<Error>, said: &mut impl FnMut(Said<'_>)) -> bool {
    if let Some(error) = &failed {
        said(Said::Failed(error));
    }
    failed.is_none()
}

/// Where a preview's site lies: apart from the output, and from other previews.
fn folder(preview: &Preview) -> PathBuf {
    preview.root.join(".patchpress").join(format!("serve-{}", preview.port))
}

fn listen(preview: &Preview) -> Result<TcpListener> {
    let address = SocketAddr::new(preview.interface, preview.port);
    let listener = TcpListener::bind(address).map_err(|e| not_listening(preview, e))?;
    listener.set_nonblocking(true).map_err(|e| not_listening(preview, e))?;
    Ok(listener)
}

fn not_listening(preview: &Preview, source: io::Error) -> Error {
    let hint = match source.kind() {
        io::ErrorKind::AddrInUse => {
            format!("`--port {}` takes another one", preview.port.wrapping_add(1))
        }
        io::ErrorKind::PermissionDenied => "`--port 1111` needs no rights".to_owned(),
        _ => "`--interface 127.0.0.1` is this machine".to_owned(),
    };
    let address = SocketAddr::new(preview.interface, preview.port).to_string();
    Error::Listen { address, source, hint }
}

fn runtime(preview: &Preview) -> Result<Runtime> {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|e| not_listening(preview, e))
}

/// Lets visitors in, each for itself.
async fn accept(listener: TcpListener, stand: Arc<Stand>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let service = TowerToHyperService::new(answer::router(stand));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file descriptors, most likely: those who wait get in when others have left.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        stream.set_nodelay(true).ok();
        let visit = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .max_buf_size(LONGEST_HEAD)
            .serve_connection(TokioIo::new(stream), service.clone());
        // A visitor that breaks off is none of our concern.
        tokio::spawn(async move { visit.await.ok() });
    }
}

async fn wait_for_end(tell: Sender<Event>) {
    if tokio::signal::ctrl_c().await.is_ok() {
        tell.send(Event::Ended).ok();
    }
}

/// The archives of the site, as far as its settings can be read.
fn archives(root: &Path, overrides: &Overrides) -> Vec<PathBuf> {
    let settings = Settings::load(root, overrides);
    settings.into_iter().flat_map(|s| s.lists).flat_map(|list| list.archives).collect()
}

/// Builds on a thread of its own and tells how it went.
#[expect(clippy::disallowed_methods, reason = "a build in the background; how long it took")]
fn build(root: PathBuf, overrides: Overrides, tell: Sender<Event>) {
    thread::spawn(move || {
        let begun = Instant::now();
        let built = Settings::load(&root, &overrides)
            .and_then(|settings| site::build(&settings, Audience::Preview, &Unseen));
        tell.send(Event::Built(built, begun.elapsed())).ok();
    });
}

/// Progress that nobody watches.
struct Unseen;

impl Progress for Unseen {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
    fn end(&self) {}
}
