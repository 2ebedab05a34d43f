//! A file to which each run appends its news, so a build writes in proportion to the news, not to the archive.
//!
//! In: batches of bytes. Out: the same batches in a later run, in order, up to the first damaged one. Never here: the
//! meaning of a batch, and whether a later one replaces a part of an earlier one.
//!
//! ```text
//! patchpress pages 6            the form, as in every file of the cache
//! LENGTH SUM BYTES              a batch: eight bytes, twenty, and as many as LENGTH says
//! LENGTH SUM BYTES              …
//! ```
//!
//! The highest bit of a length marks a batch that was appended later. When the appended batches exceed a quarter of the
//! file's first batches, the next run rewrites the file: it writes a new one and renames it. A run that is killed while
//! it appends leaves a batch with a wrong sum; the batches before it count, and the next run rewrites the file.

use std::{
    fs::{self, File},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    ops::Range,
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;

use super::{Cache, first};
use crate::hash::Sha1;

/// The size of the length and the sum of a batch, in bytes.
const HEAD: u64 = 28;

/// The bit of a length that marks an appended batch.
const ADDED: u64 = 1 << 63;

/// Small files may grow more: this is added to the bytes with which a file began.
const ROOM: u64 = 1 << 16;

/// The batches that earlier runs kept under a name. The bytes stay on disk and are read on request.
#[derive(Debug, Default)]
pub(crate) struct Log {
    cache: Cache,
    name: String,
    form: String,
    file: Option<Mutex<File>>,
    len: u64,
    batches: Vec<Range<u64>>,
    /// The file exists and has no damaged bytes.
    is_whole: bool,
    /// The bytes of the first batches, and of the batches appended since.
    begun: u64,
    added: u64,
}

/// The range of a batch, and the fields before it.
struct Head {
    batch: Range<u64>,
    is_added: bool,
    sum: [u8; 20],
}

impl Log {
    /// Opens the file `name`, if it has this `form`, and returns the result of `read` for each batch, oldest first.
    /// `read` runs on several threads.
    pub(crate) fn load<T: Send>(
        cache: &Cache,
        name: &str,
        form: &str,
        read: impl Fn(&[u8]) -> T + Sync,
    ) -> (Self, Vec<T>) {
        let mut log = Self { name: name.to_owned(), form: form.to_owned(), ..Self::default() };
        log.cache = cache.clone();
        if let Some((file, len)) = cache.open_file(name) {
            (log.file, log.len) = (Some(Mutex::new(file)), len);
        }
        let begins = first(form);
        let mut at = begins.len() as u64;
        if log.bytes(0..at).is_none_or(|bytes| bytes != begins.as_bytes()) {
            (log.file, log.len) = (None, 0);
        }
        let mut heads = Vec::new();
        while let Some(head) = log.head(at) {
            at = head.batch.end;
            heads.push(head);
        }
        let sound = |head: &Head| {
            let bytes = log.bytes(head.batch.clone())?;
            (Sha1::from(&bytes).digest().bytes() == head.sum).then(|| read(&bytes))
        };
        let read: Vec<Option<T>> = heads.par_iter().map(sound).collect();
        // The bytes after a damaged batch may be anything.
        let read: Vec<T> = read.into_iter().map_while(|batch| batch).collect();
        log.is_whole = log.file.is_some() && read.len() == heads.len() && at == log.len;
        for Head { batch, is_added, .. } in heads.into_iter().take(read.len()) {
            let size = if is_added { &mut log.added } else { &mut log.begun };
            *size += batch.end - batch.start;
            log.batches.push(batch);
        }
        (log, read)
    }

    /// The head at `at`, if the file is long enough for the head and its batch.
    fn head(&self, at: u64) -> Option<Head> {
        let head = self.bytes(at..at.checked_add(HEAD)?)?;
        let (length, sum) = head.split_at(8);
        let length = u64::from_le_bytes(length.try_into().ok()?);
        let begins = at + HEAD;
        let batch = begins..begins.checked_add(length & !ADDED)?;
        let sum = sum.try_into().ok()?;
        (batch.end <= self.len).then_some(Head { batch, is_added: length & ADDED != 0, sum })
    }

    /// Bytes of the file.
    fn bytes(&self, range: Range<u64>) -> Option<Vec<u8>> {
        if range.end > self.len || range.start > range.end {
            return None;
        }
        let mut bytes = vec![0; usize::try_from(range.end - range.start).ok()?];
        let mut file = self.file.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(range.start)).ok()?;
        file.read_exact(&mut bytes).ok().map(|()| bytes)
    }

    /// A part of the batch with this number.
    #[cfg(any(test, feature = "site"))]
    pub(crate) fn get(&self, number: usize, part: Range<usize>) -> Option<Vec<u8>> {
        let batch = self.batches.get(number)?;
        let at = |place: usize| batch.start.checked_add(place as u64);
        let range = at(part.start)?..at(part.end)?;
        (range.end <= batch.end).then(|| self.bytes(range))?
    }

    /// Whether the file exists and is undamaged.
    pub(crate) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Whether to append a batch, rather than to rewrite the file.
    pub(crate) fn may_grow(&self) -> bool {
        self.is_whole && !self.batches.is_empty() && self.added * 4 <= self.begun + ROOM
    }

    /// Appends a batch.
    pub(crate) fn add(&self, batch: &[u8]) {
        let (Some(folder), true) = (&self.cache.folder, self.cache.is_under_its_terms()) else {
            return;
        };
        let add = || {
            let mut file = File::options().append(true).open(folder.join(&self.name))?;
            // Another run may have appended to the file, or rewritten it, since this run read it.
            if file.metadata()?.len() != self.len {
                return Ok(());
            }
            let written = file.write_all(&framed(batch, ADDED));
            written.or_else(|_| file.set_len(self.len))
        };
        let added: io::Result<()> = add();
        if added.is_err() {
            fs::remove_file(folder.join(&self.name)).ok();
        }
    }

    /// Rewrites the file with these batches.
    pub(crate) fn begin(&self, batches: impl Iterator<Item = Vec<u8>>) {
        let mut batches = batches;
        self.cache.keep_unsummed(&self.name, &self.form, |out| {
            batches.try_for_each(|batch| out.write_all(&framed(&batch, 0)))
        });
    }
}

/// A batch with its head.
fn framed(batch: &[u8], flag: u64) -> Vec<u8> {
    let mut framed = Vec::with_capacity(28 + batch.len());
    framed.extend((batch.len() as u64 | flag).to_le_bytes());
    framed.extend(Sha1::from(batch).digest().bytes());
    framed.extend(batch);
    framed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(cache: &Cache) -> (Log, Vec<Vec<u8>>) {
        Log::load(cache, "a", "lamps 1", <[u8]>::to_vec)
    }

    #[test]
    fn batches_from_the_first_damaged_one_on_do_not_count() {
        let site = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(site.path(), "");
        assert!(!load(&cache).0.may_grow());
        let begun = ["one", "", "three"].map(|text| text.as_bytes().to_vec());
        load(&cache).0.begin(begun.clone().into_iter());
        let log = load(&cache).0;
        assert!(log.may_grow());
        log.add(b"four");
        // This log was loaded before `four` was appended.
        log.add(b"five");
        let all = [begun.to_vec(), vec![b"four".to_vec()]].concat();
        let (log, kept) = load(&cache);
        assert_eq!(kept, all);
        assert_eq!(log.get(2, 1..3).as_deref(), Some(&b"hr"[..]));
        assert!(log.get(2, 1..6).is_none() && log.get(4, 0..1).is_none());
        assert!(Log::load(&cache, "a", "lamps 2", <[u8]>::to_vec).1.is_empty());
        let path = site.path().join(".patchpress/a");
        let whole = fs::read(&path).expect("a file");
        for at in 0..whole.len() {
            for is_cut in [true, false] {
                let mut other = whole.clone();
                if is_cut {
                    other.truncate(at)
                } else {
                    other[at] ^= 1
                }
                fs::write(&path, &other).expect("written");
                let (log, found) = load(&cache);
                // The flag of a length affects only when the file is rewritten, not its content.
                if found != all {
                    assert!(all.starts_with(&found), "at {at}");
                    let is_an_end = is_cut && !found.is_empty() && other.len() as u64 == log.len;
                    assert!(!log.may_grow() || is_an_end, "at {at}");
                }
            }
        }
    }

    #[test]
    fn a_log_that_has_grown_by_a_quarter_is_rewritten() {
        let site = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(site.path(), "");
        load(&cache).0.begin([vec![1; 200_000]].into_iter());
        let grown = (0..100).take_while(|_| {
            let log = load(&cache).0;
            let may_grow = log.may_grow();
            log.add(&[2; 10_000]);
            may_grow
        });
        assert_eq!(grown.count(), 7, "70,000 bytes are more than a quarter of 265,536");
    }
}
