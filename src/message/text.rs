//! The text of a mail: in memory, in a file, or in its archive until somebody reads it.
//!
//! In: a text, or a [`Shelf`] from which the mail's name fetches it. Out: the text, the same each time, for callers
//! with a [`TextReader`], who get their results only if no text was missing. Never here: the order of shelves, the
//! lifetime of the file.
//!
//! Most builds print few mails but need facts of all, so the texts of the others stay in the archive. A build from
//! nothing reads every text; texts that do not fit into memory go to a file, from which they are read faster than
//! from git.

use std::{
    borrow::Cow,
    fmt,
    fs::File,
    io,
    ops::Range,
    path::PathBuf,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use serde::{Deserialize, Serialize};

use crate::{
    cache::Cache,
    error::{Error, Reason, Result},
    hash::Fingerprint,
};

/// The most bytes of text in memory, for all archives together.
const IN_MEMORY: usize = 4 << 20;

/// Room for texts during a build: some in memory, the others in a file. Without a cache for the file, all stay in
/// memory.
#[derive(Debug)]
pub struct Room {
    /// How many bytes of memory are left.
    left: AtomicUsize,
    cache: Cache,
    /// The file, if it was needed and could be created.
    file: OnceLock<Option<Scratch>>,
}

impl Room {
    /// Empty room; its file would be in `cache`.
    pub fn new(cache: Cache) -> Self {
        let left = AtomicUsize::new(IN_MEMORY);
        Self { left, cache, file: OnceLock::new() }
    }

    fn keep(&self, text: Box<str>) -> Kept {
        let less = |left: usize| left.checked_sub(text.len());
        match self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less) {
            Ok(_) => Kept::Here(text),
            Err(_) => self.put_down(&text).map_or(Kept::Here(text), Kept::There),
        }
    }

    /// Writes a text to the file and returns its offset; `None` if that fails.
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

/// A file that all threads can read and write at any offset.
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

/// On systems that cannot read a file at an offset, texts stay in memory.
#[cfg(not(unix))]
impl Scratch {
    fn write(&self, _: &[u8], _: u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn read(&self, _: &mut [u8], _: u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Fetches the text of the mail whose raw bytes have this name; `None` if it is gone.
pub type Fetch = dyn Fn(Fingerprint) -> Option<Box<str>> + Send + Sync;

/// The source of an archive's texts.
pub struct Shelf {
    room: Arc<Room>,
    path: PathBuf,
    fetch: Option<Box<Fetch>>,
}

impl Shelf {
    /// A shelf for the archive at `path` that cannot fetch texts.
    pub fn new(path: PathBuf, room: Arc<Room>) -> Self {
        Self { room, path, fetch: None }
    }

    /// The same shelf with `fetch` for texts that were not read yet.
    pub fn with(self, fetch: Box<Fetch>) -> Self {
        Self { fetch: Some(fetch), ..self }
    }

    /// The text of the mail of this name, or a passage of it; `None` if it is gone or differs in length.
    fn fetch(&self, name: Fingerprint, asked: Option<Passage>, len: usize) -> Option<Kept> {
        let text = self.fetch.as_ref().and_then(|fetch| fetch(name))?;
        let text = match asked {
            None => Some(text).filter(|text| text.len() == len),
            Some(Passage { start, whole }) => {
                let text = Some(text).filter(|text| text.len() == whole);
                text.and_then(|text| Some(text.get(start..start + len)?.into()))
            }
        };
        text.map(|text| self.room.keep(text))
    }
}

/// Permission to read texts from elsewhere. If a text is missing, its holder reads nothing in its place and
/// continues; nobody gets the result.
#[derive(Debug, Default)]
pub struct TextReader {
    missing: OnceLock<Missing>,
}

/// The first missing text.
#[derive(Debug)]
struct Missing {
    /// Its archive.
    path: PathBuf,
    /// The reason if the room's file could not be read; otherwise the text is gone from the archive.
    why: Option<io::Error>,
}

impl TextReader {
    /// Returns the result of `make`, which reads texts.
    ///
    /// # Errors
    /// Fails with [`Error::Git`] if a text is missing because somebody changed the archive, and with
    /// [`Error::Read`] if the file that holds texts could not be read.
    pub fn read<T>(make: impl FnOnce(&Self) -> T) -> Result<T> {
        let texts = Self { missing: OnceLock::new() };
        let made = make(&texts);
        texts.whole(made)
    }

    /// Returns `made` if all texts so far were found, for callers that make several things in turn.
    ///
    /// # Errors
    /// As [`Self::read`]; after a missing text, every call fails.
    pub(crate) fn whole<T>(&self, made: T) -> Result<T> {
        match self.missing.get() {
            None => Ok(made),
            Some(missing) => Err(missing.error()),
        }
    }

    /// Records a missing text and returns an empty one.
    fn miss(&self, shelf: &Shelf, why: Option<io::Error>) -> Cow<'static, str> {
        self.missing.get_or_init(|| Missing { path: shelf.path.clone(), why });
        Cow::default()
    }
}

impl Missing {
    fn error(&self) -> Error {
        match &self.why {
            Some(why) => Error::read(&self.path)(io::Error::new(why.kind(), why.to_string())),
            None => Error::Git {
                path: self.path.clone(),
                reason: Reason::new("a message has disappeared").hint(
                    "the mirror was changed during the run: run the command again, or delete `.patchpress` beside `site.toml`",
                ),
            },
        }
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf").field("path", &self.path).finish_non_exhaustive()
    }
}

/// The place of a text that was read.
#[derive(Debug, Clone)]
enum Kept {
    /// In memory.
    Here(Box<str>),
    /// In the room's file, at this offset.
    There(u64),
}

/// All plain text of a mail and its attached patches, in UTF-8 with LF line ends, or a passage of it. The state of a
/// build stores its length and place only.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Text {
    #[serde(skip)]
    kept: OnceLock<Kept>,
    #[serde(skip)]
    shelf: Option<Arc<Shelf>>,
    pub(super) len: usize,
    /// Its place in the mail's text, if it is a passage.
    passage: Option<Passage>,
}

/// The place of a passage.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Passage {
    /// Offset of its first byte.
    start: usize,
    /// The length of the whole text.
    whole: usize,
}

impl Text {
    /// Keeps the text on `shelf` from now on; a text that was not read yet can be fetched from there.
    pub(super) fn put_on(&mut self, shelf: &Arc<Shelf>) {
        if let Some(Kept::Here(text)) = self.kept.take() {
            self.kept = OnceLock::from(shelf.room.keep(text));
        }
        self.shelf = Some(Arc::clone(shelf));
    }

    /// A text right after reading, which is still in memory.
    pub(super) fn here(&self) -> &str {
        match self.kept.get() {
            Some(Kept::Here(text)) => text,
            _ => "",
        }
    }

    /// A passage of a text right after reading.
    pub(super) fn passage(&self, range: Range<usize>) -> Self {
        let whole = self.here();
        let passage = Passage { start: range.start, whole: whole.len() };
        let text = whole.get(range).unwrap_or_default().to_owned();
        Self { passage: Some(passage), ..Self::from(text) }
    }

    /// The text of the mail of this name. A missing text is looked for again at the next call.
    pub(super) fn read(&self, name: Fingerprint, texts: &TextReader) -> Cow<'_, str> {
        let kept = match (self.kept.get(), &self.shelf) {
            (Some(kept), _) => kept,
            (None, Some(shelf)) => match shelf.fetch(name, self.passage, self.len) {
                Some(kept) => self.kept.get_or_init(|| kept),
                None => return texts.miss(shelf, None),
            },
            // Nothing of this mail was read yet.
            (None, None) => return Cow::default(),
        };
        match (kept, &self.shelf) {
            (Kept::Here(text), _) => Cow::Borrowed(text),
            (Kept::There(at), Some(shelf)) => match shelf.room.take_up(*at, self.len) {
                Ok(text) => Cow::Owned(text),
                Err(why) => texts.miss(shelf, Some(why)),
            },
            // A text in the file always has a shelf.
            (Kept::There(_), None) => Cow::default(),
        }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        let len = text.len();
        let kept = OnceLock::from(Kept::Here(text.into_boxed_str()));
        Self { kept, shelf: None, len, passage: None }
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
            let all = |texts: &TextReader| {
                kept.each_ref().map(|kept| kept.read(Fingerprint::default(), texts).into_owned())
            };
            assert_eq!(TextReader::read(all).expect("all are there"), texts);
            assert_eq!(kept.each_ref().map(|kept| kept.len), texts.map(str::len));
            let names = std::fs::read_dir(site.path().join(".patchpress")).expect("a folder");
            let mut names = names.map(|entry| entry.expect("an entry").file_name());
            assert!(names.all(|name| !name.to_string_lossy().contains("scratch")));
        }
    }

    #[test]
    fn a_text_that_was_not_read_is_fetched_once() {
        let name = Fingerprint::from([7; 20]);
        let fetch = move |asked: Fingerprint| (asked == name).then(|| Box::from("far\n"));
        let shelf = Shelf::new("list".into(), Arc::new(Room::new(Cache::default())));
        let shelf = Arc::new(shelf.with(Box::new(fetch)));
        let remembered = |len| Text { shelf: Some(Arc::clone(&shelf)), len, ..Text::default() };
        let read = |text: &Text, name| {
            TextReader::read(|texts| {
                let read = text.read(name, texts).into_owned();
                // A caller that makes one thing after the other.
                assert_eq!(texts.whole(()).is_ok(), !read.is_empty());
                read
            })
        };
        let text = remembered(4);
        assert_eq!(read(&text, name).expect("it is there"), "far\n");
        let second = Text { passage: Some(Passage { start: 1, whole: 4 }), ..remembered(2) };
        assert_eq!(read(&second, name).expect("it is there"), "ar");
        let other = Text { passage: Some(Passage { start: 1, whole: 5 }), ..remembered(2) };
        assert!(read(&other, name).is_err(), "another text lies there now");
        // Known facts stay, whatever the request.
        assert_eq!(read(&text, Fingerprint::default()).expect("it was read"), "far\n");
        let other = read(&remembered(5), name);
        assert!(matches!(other, Err(Error::Git { .. })), "another text lies there now: {other:?}");
    }

    #[test]
    fn a_text_that_is_back_is_read() {
        let is_there = Arc::new(AtomicUsize::new(0));
        let there = Arc::clone(&is_there);
        let fetch =
            move |_: Fingerprint| (there.load(Ordering::Relaxed) > 0).then(|| Box::from("far\n"));
        let shelf = Shelf::new("list".into(), Arc::new(Room::new(Cache::default())));
        let shelf = Some(Arc::new(shelf.with(Box::new(fetch))));
        let text = Text { shelf, len: 4, ..Text::default() };
        let read =
            || TextReader::read(|texts| text.read(Fingerprint::default(), texts).into_owned()).ok();
        assert_eq!(read(), None);
        is_there.store(1, Ordering::Relaxed);
        assert_eq!(read().as_deref(), Some("far\n"));
    }
}
