//! Clients of the preview: accepts each on its own, with time limits.
//!
//! In: connections. Out: requests to [`answer`]. Never here: the response to a request.

use std::{
    io,
    net::TcpListener,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    sync::Semaphore,
    time::Sleep,
};

use crate::answer::{self, Stand};

/// How long a client may take to send its request, to send nothing, or to accept nothing of the response.
const PATIENCE: Duration = Duration::from_secs(20);

/// The most bytes of a request's head.
const LONGEST_HEAD: usize = 32 << 10;

/// The most clients at once; others wait.
const MOST_VISITORS: usize = 4096;

/// Accepts clients.
pub(super) async fn accept(listener: TcpListener, stand: Arc<Stand>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let service = TowerToHyperService::new(answer::router(stand));
    let room = Arc::new(Semaphore::new(room()));
    // The semaphore is never closed.
    while let Ok(place) = Arc::clone(&room).acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            // Most likely there are no free file descriptors: waiting clients are accepted when others have left.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        stream.set_nodelay(true).ok();
        let visit = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .max_buf_size(LONGEST_HEAD)
            .serve_connection(TokioIo::new(Patient::new(stream)), service.clone());
        tokio::spawn(async move {
            // A client that disconnects early is no error.
            visit.await.ok();
            drop(place);
        });
    }
}

/// The number of clients for which there are descriptors: each has a connection and may have a file. A shell gives
/// 1,024 and lets a process ask for more.
#[cfg(unix)]
fn room() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let wanted = 2 * MOST_VISITORS as u64 + 512;
    let limit = getrlimit(Resource::Nofile);
    let raised = limit.maximum.map_or(wanted, |most| most.min(wanted));
    if limit.current.is_some_and(|current| current < raised) {
        setrlimit(Resource::Nofile, Rlimit { current: Some(raised), maximum: limit.maximum }).ok();
    }
    let current = getrlimit(Resource::Nofile).current.unwrap_or(wanted);
    let room = usize::try_from(current.saturating_sub(128) / 2).unwrap_or(MOST_VISITORS);
    room.clamp(16, MOST_VISITORS)
}

/// On other systems, sockets do not count as files.
#[cfg(not(unix))]
fn room() -> usize {
    MOST_VISITORS
}

/// A connection that ends if its client accepts nothing for [`PATIENCE`].
struct Patient {
    stream: TcpStream,
    /// Runs while the client accepts nothing.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: TcpStream) -> Self {
        Self { stream, waiting: None }
    }

    fn bear<T>(
        &mut self,
        context: &mut Context<'_>,
        mut give: impl FnMut(Pin<&mut TcpStream>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if let Poll::Ready(done) = give(Pin::new(&mut self.stream), context) {
            self.waiting = None;
            return Poll::Ready(done);
        }
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep(PATIENCE)));
        ready!(waiting.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.bear(context, |stream, context| stream.poll_write(context, bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.bear(context, |stream, context| stream.poll_write_vectored(context, parts))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.bear(context, |stream, context| stream.poll_flush(context))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.bear(context, |stream, context| stream.poll_shutdown(context))
    }
}
