//! A file to which each run adds what is new to it: what a build writes down grows with its news, not with the
//! archive.
//!
//! In: batches of bytes. Out: the same batches in a later run, in their order, as far as they are undamaged. What a
//! batch means, and that a later one may say something else of the same, is for who keeps it to know.
//!
//! ```text
//! patchpress pages 5            the form, as in every file of the cache
//! LENGTH SUM BYTES              a batch: eight bytes, twenty, and as many as LENGTH says
//! LENGTH SUM BYTES              …
//! ```
//!
//! The highest bit of a length says that the batch was added later. Once those together are a quarter of what the
//! file began with, it is written again, beside its place and then renamed. A run that is killed while it adds
//! leaves a batch that its sum gives away: what is before it counts, and the next run writes the file again.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    ops::Range,
};

use super::{Cache, first};
use crate::hash::Sha1;

/// How long the length and the sum of a batch are.
const HEAD: usize = 28;

/// The bit of a length that says that the batch was added.
const ADDED: u64 = 1 << 63;

/// The additions allowed for a file that began with less than four times this.
const ROOM: usize = 1 << 16;

/// The data that earlier runs kept under a name.
#[derive(Debug, Default)]
pub(crate) struct Log {
    cache: Cache,
    name: String,
    form: String,
    bytes: Vec<u8>,
    batches: Vec<Range<usize>>,
    /// Nothing is after the last batch.
    is_whole: bool,
    /// How many bytes the file began with, and how many were added since.
    begun: usize,
    added: usize,
}

impl Log {
    /// Reads what was kept under `name`, if it is of this `form`.
    pub(crate) fn load(cache: &Cache, name: &str, form: &str) -> Self {
        let mut log = Self { name: name.to_owned(), form: form.to_owned(), ..Self::default() };
        let first = first(form);
        log.bytes =
            cache.read(name).filter(|b| b.starts_with(first.as_bytes())).unwrap_or_default();
        log.cache = cache.clone();
        let mut at = first.len();
        while let Some((batch, is_added)) = log.batch(at) {
            let size = if is_added { &mut log.added } else { &mut log.begun };
            *size += batch.len();
            at = batch.end;
            log.batches.push(batch);
        }
        log.is_whole = at == log.bytes.len();
        log
    }

    /// The batch that begins at `at`, and whether it was added.
    fn batch(&self, at: usize) -> Option<(Range<usize>, bool)> {
        let head = self.bytes.get(at..at.checked_add(HEAD)?)?;
        let (length, sum) = head.split_at(8);
        let length = u64::from_le_bytes(length.try_into().ok()?);
        let begins = at + HEAD;
        let batch = begins..begins.checked_add(usize::try_from(length & !ADDED).ok()?)?;
        let is_undamaged = Sha1::from(self.bytes.get(batch.clone())?).digest().bytes() == sum;
        is_undamaged.then_some((batch, length & ADDED != 0))
    }

    /// The batches, oldest first.
    pub(crate) fn batches(&self) -> impl Iterator<Item = &[u8]> {
        self.batches.iter().map(|batch| &self.bytes[batch.clone()])
    }

    /// The batch of a number.
    pub(crate) fn get(&self, number: usize) -> Option<&[u8]> {
        self.bytes.get(self.batches.get(number)?.clone())
    }

    /// Whether nothing of it is damaged, and it is there.
    pub(crate) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Whether a batch is better added than all written again.
    pub(crate) fn may_grow(&self) -> bool {
        self.is_whole && !self.batches.is_empty() && self.added * 4 <= self.begun + ROOM
    }

    /// Adds a batch to what is there.
    pub(crate) fn add(&self, batch: &[u8]) {
        let (Some(folder), true) = (&self.cache.folder, self.cache.is_under_its_terms()) else {
            return;
        };
        let add = || {
            let mut file = File::options().append(true).open(folder.join(&self.name))?;
            // Another run may have added to it, or written it again, since it was read.
            if file.metadata()?.len() != self.bytes.len() as u64 {
                return Ok(());
            }
            let written = file.write_all(&framed(batch, ADDED));
            written.or_else(|_| file.set_len(self.bytes.len() as u64))
        };
        let added: io::Result<()> = add();
        if added.is_err() {
            fs::remove_file(folder.join(&self.name)).ok();
        }
    }

    /// Writes these batches instead of what is there.
    pub(crate) fn begin(&self, batches: impl Iterator<Item = Vec<u8>>) {
        let mut batches = batches;
        self.cache.keep_unsummed(&self.name, &self.form, |out| {
            batches.try_for_each(|batch| out.write_all(&framed(&batch, 0)))
        });
    }
}

/// A batch with its head.
fn framed(batch: &[u8], flag: u64) -> Vec<u8> {
    let mut framed = Vec::with_capacity(HEAD + batch.len());
    framed.extend((batch.len() as u64 | flag).to_le_bytes());
    framed.extend(Sha1::from(batch).digest().bytes());
    framed.extend(batch);
    framed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(cache: &Cache) -> Vec<Vec<u8>> {
        Log::load(cache, "a", "lamps 1").batches().map(<[u8]>::to_vec).collect()
    }

    #[test]
    fn what_is_damaged_and_what_stands_behind_it_is_not_there() {
        let site = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(site.path(), "");
        assert!(!Log::load(&cache, "a", "lamps 1").may_grow());
        let begun = ["one", "", "three"].map(|text| text.as_bytes().to_vec());
        Log::load(&cache, "a", "lamps 1").begin(begun.clone().into_iter());
        let log = Log::load(&cache, "a", "lamps 1");
        assert!(log.may_grow());
        log.add(b"four");
        // It knows no longer what is there.
        log.add(b"five");
        let all = [begun.to_vec(), vec![b"four".to_vec()]].concat();
        assert_eq!(kept(&cache), all);
        assert!(Log::load(&cache, "a", "lamps 2").batches().next().is_none());
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
                let log = Log::load(&cache, "a", "lamps 1");
                let found: Vec<Vec<u8>> = log.batches().map(<[u8]>::to_vec).collect();
                // A flag alone decides when the file is written again, not what it says.
                if found != all {
                    assert!(all.starts_with(&found), "at {at}");
                    let is_an_end = is_cut && !found.is_empty() && other.len() == log.bytes.len();
                    assert!(!log.may_grow() || is_an_end, "at {at}");
                }
            }
        }
    }

    #[test]
    fn what_was_added_is_at_last_written_anew() {
        let site = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(site.path(), "");
        Log::load(&cache, "a", "lamps 1").begin([vec![1; 200_000]].into_iter());
        let grown = (0..100).take_while(|_| {
            let log = Log::load(&cache, "a", "lamps 1");
            let may_grow = log.may_grow();
            log.add(&[2; 10_000]);
            may_grow
        });
        assert_eq!(grown.count(), 7, "70,000 bytes are more than a quarter of 265,536");
    }
}
