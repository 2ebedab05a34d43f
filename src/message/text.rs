//! The text of a mail: in memory, in a file, or in its archive until somebody reads it.
//!
//! In: a text, or a [`Shelf`] from which it can be fetched by the mail's name. Out: the text, the same each time.
//! Never here: where shelves stand, how long the file stays.
//!
//! Most builds print a few mails and need to know all: the texts of the others stay in the archive. A build from
//! nothing reads every text; what has no room in memory goes to a file, from which it is back sooner than
//! from git.

use std::{
    borrow::Cow,
    fmt,
    fs::File,
    io,
    path::PathBuf,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
};

use serde::{Deserialize, Serialize};

use crate::{
    cache::Cache,
    error::{Error, Reason, Result},
    hash::Digest,
};

/// How many bytes of text are in memory, those of all archives together.
const IN_MEMORY: usize = 4 << 20;

/// Room for texts while a site is made: some in memory, the others in a file. Without a cache to put one into, all
/// are in memory.
#[derive(Debug)]
pub struct Room {
    /// How many bytes of memory are left.
    left: AtomicUsize,
    cache: Cache,
    /// The file, where it was needed and could be made.
    file: OnceLock<Option<Scratch>>,
    /// Why a text could not be read again.
    broken: Mutex<Option<io::Error>>,
}

impl Room {
    /// Room that is empty; its file would lie in `cache`.
    pub fn new(cache: Cache) -> Self {
        let left = AtomicUsize::new(IN_MEMORY);
        Self { left, cache, file: OnceLock::new(), broken: Mutex::default() }
    }

    fn keep(&self, text: Box<str>) -> Kept {
        let less = |left: usize| left.checked_sub(text.len());
        match self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less) {
            Ok(_) => Kept::Here(text),
            Err(_) => self.put_down(&text).map_or(Kept::Here(text), Kept::There),
        }
    }

    /// Writes a text to the file; gives its offset, or nothing where that cannot be done.
    fn put_down(&self, text: &str) -> Option<u64> {
        let file = self.file.get_or_init(|| {
            self.cache.scratch().map(|(file, end)| Scratch { file, end: AtomicU64::new(end) })
        });
        let file = file.as_ref()?;
        let at = file.end.fetch_add(text.len() as u64, Ordering::Relaxed);
        file.write(text.as_bytes(), at).ok().map(|()| at)
    }

    fn take_up(&self, at: u64, len: usize) -> io::Result<String> {
        let mut bytes = vec![0; len];
        if let Some(Some(file)) = self.file.get() {
            file.read(&mut bytes, at)?;
        }
        String::from_utf8(bytes).map_err(io::Error::other)
    }
}

/// A file that is written and read at any place, by all threads at once.
#[derive(Debug)]
struct Scratch {
    file: File,
    end: AtomicU64,
}

#[cfg(unix)]
impl Scratch {
    fn write(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::write_all_at(&self.file, bytes, at)
    }

    fn read(&self, bytes: &mut [u8], at: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, bytes, at)
    }
}

/// Where a file cannot be read at any place, texts stay in memory.
#[cfg(not(unix))]
impl Scratch {
    fn write(&self, _: &[u8], _: u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn read(&self, _: &mut [u8], _: u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Fetches the text of the mail whose raw bytes have this name; nothing where it is gone.
pub type Fetch = dyn Fn(Digest) -> Option<Box<str>> + Send + Sync;

/// Where the texts of an archive are.
pub struct Shelf {
    room: Arc<Room>,
    path: PathBuf,
    fetch: Option<Box<Fetch>>,
    /// A text that should be in the archive was not.
    lost: AtomicBool,
}

impl Shelf {
    /// For the archive at `path`, none of whose texts can be fetched.
    pub fn new(path: PathBuf, room: Arc<Room>) -> Self {
        Self { room, path, fetch: None, lost: AtomicBool::new(false) }
    }

    /// For the archive at `path`, from which `fetch` fetches what was not read yet.
    pub fn with(self, fetch: Box<Fetch>) -> Self {
        Self { fetch: Some(fetch), ..self }
    }

    /// Whether every text that was asked for was there.
    ///
    /// # Errors
    /// [`Error::Git`] where one was not: somebody changed the archive while it was read. [`Error::Read`] where the
    /// file could not be read again.
    pub(crate) fn check(&self) -> Result<()> {
        let broken = self.room.broken.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(why) = broken {
            return Err(Error::read(&self.path)(why));
        }
        match self.lost.load(Ordering::Relaxed) {
            true => Err(lost(&self.path)),
            false => Ok(()),
        }
    }

    fn fetch(&self, name: Digest, len: usize) -> Kept {
        let text = self.fetch.as_ref().and_then(|fetch| fetch(name));
        match text.filter(|text| text.len() == len) {
            Some(text) => self.room.keep(text),
            None => {
                self.lost.store(true, Ordering::Relaxed);
                Kept::default()
            }
        }
    }

    fn take_up(&self, at: u64, len: usize) -> String {
        self.room.take_up(at, len).unwrap_or_else(|why| {
            *self.room.broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
            String::new()
        })
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf").field("path", &self.path).finish_non_exhaustive()
    }
}

fn lost(path: &std::path::Path) -> Error {
    let reason = Reason::new("a mail that was there is gone").hint(
        "somebody changed the mirror meanwhile: run it again, or delete `.patchpress` beside `site.toml`",
    );
    Error::Git { path: path.into(), reason }
}

/// Where a text that was read is.
#[derive(Debug, Clone)]
enum Kept {
    /// In memory.
    Here(Box<str>),
    /// In the room's file, at this offset.
    There(u64),
}

impl Default for Kept {
    fn default() -> Self {
        Self::Here(Box::default())
    }
}

/// All plain text of a mail and its attached patches, in UTF-8 with LF line ends. What is remembered of it is its
/// length.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Text {
    #[serde(skip)]
    kept: OnceLock<Kept>,
    #[serde(skip)]
    shelf: Option<Arc<Shelf>>,
    pub(super) len: usize,
}

impl Text {
    /// The text is on `shelf` from now on; one that was not read yet can be fetched from there.
    pub(super) fn put_on(&mut self, shelf: &Arc<Shelf>) {
        if let Some(Kept::Here(text)) = self.kept.take() {
            self.kept = OnceLock::from(shelf.room.keep(text));
        }
        self.shelf = Some(Arc::clone(shelf));
    }

    /// The text of the mail of this name.
    pub(super) fn read(&self, name: Digest) -> Cow<'_, str> {
        let fetch = || self.shelf.as_ref().map(|shelf| shelf.fetch(name, self.len));
        match (self.kept.get_or_init(|| fetch().unwrap_or_default()), &self.shelf) {
            (Kept::Here(text), _) => Cow::Borrowed(text),
            (Kept::There(at), Some(shelf)) => Cow::Owned(shelf.take_up(*at, self.len)),
            // Nobody takes a text from its shelf.
            (Kept::There(_), None) => Cow::default(),
        }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        let len = text.len();
        Self { kept: OnceLock::from(Kept::Here(text.into_boxed_str())), shelf: None, len }
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Text").field("len", &self.len).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(cache: Cache, left: usize) -> Arc<Shelf> {
        let room = Room { left: AtomicUsize::new(left), ..Room::new(cache) };
        Arc::new(Shelf::new("list".into(), Arc::new(room)))
    }

    #[test]
    fn a_text_is_the_same_wherever_it_is() {
        let site = tempfile::tempdir().expect("a folder");
        let texts = ["one\n", "", "zwölf\n", "three\n"];
        for (cache, left, in_file) in [
            (Cache::open(site.path(), ""), 8, 2),
            (Cache::open(site.path(), ""), 0, 3),
            (Cache::open(site.path(), ""), 100, 0),
            (Cache::default(), 0, 0),
        ] {
            let shelf = shelf(cache, left);
            let put = |text: &str| {
                let mut text = Text::from(text.to_owned());
                text.put_on(&shelf);
                text
            };
            let kept = texts.map(put);
            let is_there = |text: &&Text| matches!(text.kept.get(), Some(Kept::There(_)));
            assert_eq!(kept.iter().filter(is_there).count(), in_file, "{left}");
            for (kept, text) in kept.iter().zip(texts) {
                assert_eq!((&*kept.read(Digest::default()), kept.len), (text, text.len()));
            }
            assert!(shelf.check().is_ok());
            let names = std::fs::read_dir(site.path().join(".patchpress")).expect("a folder");
            let mut names = names.map(|entry| entry.expect("an entry").file_name());
            assert!(names.all(|name| !name.to_string_lossy().contains("scratch")));
        }
    }

    #[test]
    fn a_text_that_was_not_read_is_fetched_once() {
        let name = Digest::from([7; 20]);
        let fetch = move |asked: Digest| (asked == name).then(|| Box::from("far\n"));
        let shelf = Shelf::new("list".into(), Arc::new(Room::new(Cache::default())));
        let shelf = Arc::new(shelf.with(Box::new(fetch)));
        let remembered = |len| Text { shelf: Some(Arc::clone(&shelf)), len, ..Text::default() };
        let text = remembered(4);
        assert_eq!(text.read(name), "far\n");
        // What is known of it stays, whatever is asked.
        assert_eq!(text.read(Digest::default()), "far\n");
        assert!(shelf.check().is_ok());
        assert_eq!(remembered(5).read(name), "", "another text lies there now");
        assert!(matches!(shelf.check(), Err(Error::Git { .. })));
    }
}
