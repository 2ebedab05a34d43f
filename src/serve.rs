//! The preview: shows the site on this machine, and keeps up with its sources.
//!
//! In: a site's folder. Out: a server (`answer`) that shows the last good site, and reports of events to the
//! caller. Pages are made on request (`site::live`): nothing is written, and a change costs only the page that a
//! visitor looks at. Never here: the response to a request; printing.

mod visitors;

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket},
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Sender},
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

use tokio::runtime::{Builder, Runtime};

use crate::{
    answer::{Names, Stand},
    config::{Archives, Overrides, Settings},
    date::Timestamp,
    error::{Error, Result},
    site::live::Live,
    url,
    watch::{Sight, Watch},
};

/// The most ports that are tried if any will do.
const PORTS_TRIED: usize = 20;

/// The site to show, and the address.
#[derive(Debug, Clone)]
pub(crate) struct Preview {
    /// The site's folder.
    pub(crate) root: PathBuf,
    /// The address to listen on.
    pub(crate) interface: IpAddr,
    /// The names under which it answers, besides this machine's own.
    pub(crate) hosts: Vec<String>,
    /// The port.
    pub(crate) port: Port,
    /// Replaces `base_url`; the site is shown under its path.
    pub(crate) base_url: Option<String>,
    /// Whether content pages marked as drafts are shown.
    pub(crate) drafts: bool,
    /// The number of workers; 0 for one per core.
    pub(crate) jobs: usize,
    /// How changes are noticed.
    pub(crate) sight: Sight,
}

/// The port to listen on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Port {
    /// This one, which somebody requested; 0 for any free one.
    Given(u16),
    /// This one, or the next free one.
    From(u16),
}

/// The events while a site is shown.
#[derive(Debug)]
pub(crate) enum Said<'a> {
    /// The server listens at this address.
    Listening(&'a str),
    /// Others can reach it, too: at this address; it listens on that one.
    Open(&'a str, SocketAddr),
    /// It uses another port, because this one is in use.
    InUse(u16),
    /// Changes are looked for once a second, for this reason.
    Looking(&'a str),
    /// A source changed, for example this one.
    Changed(&'a Path),
    /// A site with this many pages is shown, after this time.
    Shown(usize, Duration),
    /// There is no new site; the last good one is shown, with this error above it.
    Failed(&'a Error),
}

/// The events that the loop of a preview waits for.
enum Event {
    Changed(PathBuf),
    Read(Result<Site>, Duration),
    Ended,
}

/// A site that was read.
struct Site {
    live: Arc<Live>,
    /// The path of the site.
    base: String,
}

/// Shows the site until the process is interrupted.
///
/// # Errors
/// Fails with [`Error::Listen`] if the port is taken, and with [`Error::Usage`] if `base_url` is invalid. Errors of
/// a build are reported and shown, and end nothing.
pub(crate) fn serve(preview: &Preview, mut said: impl FnMut(Said<'_>)) -> Result<()> {
    let (listener, bound) = listen(preview)?;
    let address = SocketAddr::new(reachable(bound.ip()), bound.port());
    let authority = match preview.hosts.first() {
        Some(host) => format!("{host}:{}", bound.port()),
        None => address.to_string(),
    };
    let desk = Desk::new(preview, authority.clone());
    // If the settings cannot be read yet, the build reports why.
    let base = desk.settings().map_or("/".to_owned(), |settings| base(&settings));
    let names = Names::new(preview.interface, &preview.hosts);
    let stand = Arc::new(Stand::new(&base, names, run()));
    let (tell, events) = mpsc::channel();
    let runtime = runtime(address)?;
    runtime.spawn(visitors::accept(listener, Arc::clone(&stand)));
    runtime.spawn(wait_for_end(tell.clone()));
    if let Port::From(port) = preview.port
        && port != address.port()
    {
        said(Said::InUse(port));
    }
    said(Said::Listening(&format!("http://{address}{base}")));
    if !bound.ip().is_loopback() {
        let authority = match preview.hosts.is_empty() {
            true => SocketAddr::new(outward(bound.ip()), bound.port()).to_string(),
            false => authority,
        };
        said(Said::Open(&format!("http://{authority}{base}"), bound));
    }

    let on_change = tell.clone();
    let mut watch = Watch::new(&preview.root, preview.sight, move |path| {
        on_change.send(Event::Changed(path)).ok();
    });
    let (mut looking, mut live) = (false, None);
    let mut start = |live: &Option<Arc<Live>>, said: &mut dyn FnMut(Said<'_>)| {
        watch.follow(&desk.sources());
        if let Some(reason) = watch.looking().filter(|_| !looking) {
            looking = true;
            said(Said::Looking(reason));
        }
        desk.read(live.clone(), tell.clone());
    };
    start(&live, &mut said);
    let (mut reading, mut again) = (true, None);
    for event in events {
        match event {
            Event::Ended => break,
            Event::Changed(path) if reading => again = Some(path),
            Event::Changed(path) => {
                said(Said::Changed(&path));
                start(&live, &mut said);
                reading = true;
            }
            Event::Read(site, took) => {
                match site {
                    Ok(Site { live: site, base }) => {
                        stand.show(Arc::clone(&site), &base, now());
                        said(Said::Shown(site.pages(), took));
                        live = Some(site);
                    }
                    Err(error) => {
                        stand.complain(error.reason().to_string());
                        said(Said::Failed(&error));
                    }
                }
                reading = again.is_some();
                if let Some(path) = again.take() {
                    said(Said::Changed(&path));
                    start(&live, &mut said);
                }
            }
        }
    }
    runtime.shutdown_background();
    Ok(())
}

/// The path of a site: `/kvm/` of `https://example.org/kvm/`.
fn base(settings: &Settings) -> String {
    url::path(&settings.base_url).to_owned()
}

/// A number that no earlier run had, so that pages left open reload.
#[expect(clippy::disallowed_methods, reason = "names a run of the preview, and is on no page")]
fn run() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or_default() << 20
}

/// The moment from which on clients see the present state.
#[expect(clippy::disallowed_methods, reason = "for caches of visitors, and is on no page")]
fn now() -> Timestamp {
    SystemTime::now().into()
}

/// A host name, as given to `--host`.
pub(crate) fn host_name(written: &str) -> std::result::Result<String, String> {
    let name = written.strip_suffix('.').unwrap_or(written);
    let is_label = |label: &str| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        (1..=63).contains(&label.len()) && label.chars().all(is_plain)
    };
    match name.len() <= 253 && name.split('.').all(is_label) {
        true => Ok(name.to_ascii_lowercase()),
        // Otherwise every site whose name leads here would be allowed.
        false => Err("a name such as `preview.example.org`, without port, path or `*`".to_owned()),
    }
}

fn listen(preview: &Preview) -> Result<(TcpListener, SocketAddr)> {
    let (first, tried) = match preview.port {
        Port::Given(port) => (port, 1),
        Port::From(port) => (port, PORTS_TRIED),
    };
    let listen = |port: u16| -> io::Result<_> {
        let listener = TcpListener::bind((preview.interface, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    };
    let is_in_use = |error: &io::Error| error.kind() == io::ErrorKind::AddrInUse;
    let mut listening = listen(first);
    for port in (first..=u16::MAX).take(tried).skip(1) {
        if !listening.as_ref().is_err_and(is_in_use) {
            break;
        }
        listening = listen(port);
    }
    let asked = SocketAddr::new(preview.interface, first);
    listening.map_err(|e| not_listening(asked, e))
}

/// The address by which this machine reaches a server on `ip`; `0.0.0.0` itself cannot be reached.
fn reachable(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    }
}

/// The address by which other machines reach a server on `ip`, as far as it can be known: the one from which this
/// machine would send to them. Nothing is sent: a datagram socket only looks up its route.
fn outward(ip: IpAddr) -> IpAddr {
    let way = |from: SocketAddr, to: SocketAddr| {
        let socket = UdpSocket::bind(from)?;
        socket.connect(to)?;
        socket.local_addr()
    };
    // Addresses for examples, which belong to nobody (RFC 5737 and RFC 3849).
    let v4 = || way((Ipv4Addr::UNSPECIFIED, 0).into(), (Ipv4Addr::new(192, 0, 2, 1), 9).into());
    let there = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
    let v6 = || way((Ipv6Addr::UNSPECIFIED, 0).into(), (there, 9).into());
    let found = match ip {
        ip if !ip.is_unspecified() => return ip,
        IpAddr::V4(_) => v4(),
        IpAddr::V6(_) => v6().or_else(|_| v4()),
    };
    found.map_or(reachable(ip), |address| address.ip())
}

fn not_listening(address: SocketAddr, source: io::Error) -> Error {
    let hint = match source.kind() {
        io::ErrorKind::AddrInUse => {
            format!("`--port {}` takes another one", address.port().wrapping_add(1))
        }
        io::ErrorKind::PermissionDenied => "`--port 1111` needs no rights".to_owned(),
        _ => "`--interface 127.0.0.1` is this machine".to_owned(),
    };
    Error::Listen { address: address.to_string(), source, hint }
}

fn runtime(address: SocketAddr) -> Result<Runtime> {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|e| not_listening(address, e))
}

/// Waits for Ctrl-C, or for the system's request to end.
async fn wait_for_end(tell: Sender<Event>) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            tell.send(Event::Ended).ok();
            return;
        }
    }
    if tokio::signal::ctrl_c().await.is_ok() {
        tell.send(Event::Ended).ok();
    }
}

/// Reads the site of a preview.
struct Desk {
    root: PathBuf,
    /// The host and port of absolute links on its pages.
    authority: String,
    overrides: Overrides,
}

impl Desk {
    fn new(preview: &Preview, authority: String) -> Self {
        let overrides = Overrides {
            archives: Archives::Present,
            base_url: preview.base_url.clone(),
            output: None,
            theme: None,
            drafts: preview.drafts,
            jobs: preview.jobs,
            may_shrink: false,
            verify: false,
        };
        Self { root: preview.root.clone(), authority, overrides }
    }

    fn settings(&self) -> Result<Settings> {
        Settings::load(&self.root, &self.overrides)
    }

    /// The files and folders outside the site's folder from which it is made, as far as its settings can be read.
    fn sources(&self) -> Vec<PathBuf> {
        let Ok(settings) = self.settings() else { return Vec::new() };
        let archives = settings.lists.into_iter().flat_map(|list| list.archives);
        archives.chain([settings.mailmap]).chain(settings.redact_file).collect()
    }

    /// Reads the site on its own thread and reports the result; `before` is shown until then.
    #[expect(clippy::disallowed_methods, reason = "reads in the background; how long it took")]
    fn read(&self, before: Option<Arc<Live>>, tell: Sender<Event>) {
        let (settings, authority) = (self.settings(), self.authority.clone());
        thread::spawn(move || {
            let begun = Instant::now();
            let site = settings.and_then(|mut settings| {
                let base = base(&settings);
                settings.base_url = format!("http://{authority}{base}");
                let live = Live::read(settings, before.as_deref())?;
                Ok(Site { live: Arc::new(live), base })
            });
            tell.send(Event::Read(site, begun.elapsed())).ok();
        });
    }
}
