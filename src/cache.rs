//! The state that one run leaves for the next: files that only save time.
//!
//! In: a name and bytes. Out: the same bytes in a later run, or nothing. A file that is damaged, foreign, or in the
//! format of another version counts as absent; a file that cannot be written is skipped. The result of a run is the
//! same with and without state. Never here: the meaning of the bytes; an error.
//!
//! The first line of a file names its content and the version of its format, then come the bytes, then a line with
//! the SHA-1 of everything above. Where possible, the content is lines, too, for people to read. A file is written
//! under a temporary name and renamed; a file that grows with an archive is a log, to which runs append. Two
//! concurrent runs may overwrite each other's unfinished file; the sum reveals that.
//!
//! **Nothing outlives a request to remove it.** All files follow the same terms: the settings in `[redact]` and
//! `[privacy]`, and what the archives say about the people named there. Under other terms, the program first removes
//! everything that any run has left in the folder, for any archive or output, and reads nothing of it.
#![doc = ""]
#![doc = include_str!("cache/store.md")]
#![expect(clippy::disallowed_methods, reason = "a cache is no part of the site's output")]

use std::{
    fs::{self, File},
    io::{self, BufWriter, Read as _, Write},
    path::{Path, PathBuf},
};

#[cfg(feature = "site")]
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Serialize, de::DeserializeOwned};

use crate::hash::Sha1;
pub(crate) use log::Log;

mod log;

/// The folder in a site for the program's state.
const FOLDER: &str = ".patchpress";

/// The file that names the terms of all others, and its format.
const TERMS: (&str, &str) = ("terms", "terms 1");

/// The beginning of every file's first line.
const BEGINS: &str = "patchpress ";

/// The length of the last line: `sum `, forty digits, a line end.
const LAST: usize = 45;

/// The size of the write buffer.
const BUFFER: usize = 1 << 16;

/// The state of earlier runs, if there is any.
#[derive(Debug, Clone, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
    /// A hash of the terms, which does not reveal them.
    terms: String,
    /// A hash of the further terms, which are known only after reading archives; without it, any state is accepted.
    further: Option<String>,
}

impl Cache {
    /// The cache of the site in `root`, with everything that these terms allow. [`Self::default`] stores nothing.
    pub fn open(root: &Path, terms: &str) -> Self {
        let folder = root.join(FOLDER);
        let terms = Sha1::from(terms.as_bytes()).hexdigest();
        Self { folder: Some(folder), terms, further: None }.begun()
    }

    /// The same cache under further terms.
    pub fn under(&self, further: &str) -> Self {
        let further = Some(Sha1::from(further.as_bytes()).hexdigest());
        Self { further, ..self.clone() }.begun()
    }

    /// Removes the state of other terms.
    fn begun(self) -> Self {
        // If a file could not be removed, the next run tries again.
        let is_clean = || self.folder.as_deref().is_some_and(|folder| purge(folder).is_ok());
        if !self.is_under_its_terms() && is_clean() {
            let further = self.further.iter().flat_map(|further| [" ", further]);
            let terms: String = [&*self.terms].into_iter().chain(further).collect();
            self.write(TERMS.0, TERMS.1, |out| out.write_all(terms.as_bytes()));
        }
        self
    }

    fn is_under_its_terms(&self) -> bool {
        let kept = self.load(TERMS.0, TERMS.1).unwrap_or_default();
        let (terms, further) = kept.split_once(' ').unwrap_or((&kept, ""));
        terms == self.terms && self.further.as_ref().is_none_or(|own| own == further)
    }

    /// The name of the state of `path`: it stays the same if the site moves with everything in its folder.
    pub fn name_of(&self, kind: &str, path: &Path) -> String {
        let root = self.folder.as_deref().and_then(Path::parent);
        let below = root.and_then(|root| path.strip_prefix(root).ok()).unwrap_or(path);
        format!("{kind}-{}", Sha1::from(below.as_os_str().as_encoded_bytes()).digest())
    }

    /// Whether the cache stores anything.
    pub fn remembers(&self) -> bool {
        self.folder.is_some()
    }

    /// The lines that an earlier run stored under `name`, if they have this `form`.
    pub fn load(&self, name: &str, form: &str) -> Option<String> {
        String::from_utf8(self.load_bytes(name, form)?).ok()
    }

    /// The file with this name, and its length.
    fn open_file(&self, name: &str) -> Option<(File, u64)> {
        let path = self.folder.as_ref()?.join(name);
        // A cache restored by somebody may hold a pipe, which would block.
        fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let file = File::open(path).ok()?;
        let len = file.metadata().ok()?.len();
        Some((file, len))
    }

    /// The whole content of the file with this name.
    fn read(&self, name: &str) -> Option<Vec<u8>> {
        let (mut file, len) = self.open_file(name)?;
        let mut bytes = Vec::with_capacity(usize::try_from(len).ok()?);
        file.read_to_end(&mut bytes).ok().map(|_| bytes)
    }

    /// The bytes that an earlier run stored under `name`, if they have this `form`.
    pub fn load_bytes(&self, name: &str, form: &str) -> Option<Vec<u8>> {
        let mut bytes = self.read(name)?;
        let first = first(form);
        let end = bytes.len().checked_sub(LAST).filter(|end| *end >= first.len())?;
        let (above, sum) = bytes.split_at(end);
        if !above.starts_with(first.as_bytes()) || sum != last(&Sha1::from(above)).as_bytes() {
            return None;
        }
        bytes.truncate(end);
        bytes.drain(..first.len());
        Some(bytes)
    }

    /// A private file that ends with the run, for data that does not fit into memory, and its initial length; `None`
    /// if there is no place for one.
    pub fn scratch(&self) -> Option<(File, u64)> {
        let folder = self.folder.as_ref()?;
        let path = folder.join(format!("scratch-{}", std::process::id()));
        fs::create_dir_all(folder).ok()?;
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&path);
        // If the run is killed here, the next one recognises the file as the program's own.
        let first = first("scratch 1");
        let begun = file.and_then(|mut file| file.write_all(first.as_bytes()).map(|()| file));
        // The file disappears when it is closed, however the run ends.
        fs::remove_file(&path).ok()?;
        Some((begun.ok()?, first.len() as u64))
    }

    /// Stores lines or other bytes of a `form` under `name`, replacing earlier ones.
    pub fn store(&self, name: &str, form: &str, bytes: impl AsRef<[u8]>) {
        self.keep(name, form, |out| out.write_all(bytes.as_ref()));
    }

    /// The value that an earlier run stored under `name`, if it has this `form`.
    pub fn load_value<T: DeserializeOwned>(&self, name: &str, form: &str) -> Option<T> {
        postcard::from_bytes(&self.load_bytes(name, form)?).ok()
    }

    /// Stores a value of a `form` under `name`, replacing an earlier one.
    pub fn store_value(&self, name: &str, form: &str, value: &impl Serialize) {
        self.keep(name, form, |out| {
            postcard::to_io(value, out).map(drop).map_err(io::Error::other)
        });
    }

    fn keep(&self, name: &str, form: &str, fill: impl FnOnce(&mut Summing) -> io::Result<()>) {
        // Another run may have started under other terms meanwhile.
        if self.is_under_its_terms() {
            self.write(name, form, fill);
        }
    }

    /// Writes the output of `fill`, without holding all of it in memory, and then its sum.
    fn write(&self, name: &str, form: &str, fill: impl FnOnce(&mut Summing) -> io::Result<()>) {
        self.replace(name, |file| {
            let mut out = BufWriter::with_capacity(BUFFER, Summed::new(file));
            out.write_all(first(form).as_bytes())?;
            fill(&mut out)?;
            let Summed { mut file, sum } = out.into_inner()?;
            file.write_all(last(&sum).as_bytes())
        });
    }

    /// The same for content with its own sums.
    fn keep_unsummed(
        &self,
        name: &str,
        form: &str,
        fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) {
        if self.is_under_its_terms() {
            self.replace(name, |file| {
                let mut out = BufWriter::with_capacity(BUFFER, file);
                out.write_all(first(form).as_bytes())?;
                fill(&mut out)?;
                out.flush()
            });
        }
    }

    /// Fills a temporary file beside the file and renames it.
    fn replace(&self, name: &str, fill: impl FnOnce(File) -> io::Result<()>) {
        let Some(folder) = &self.folder else { return };
        let (path, beside) = (folder.join(name), folder.join(format!("{name}.new")));
        let write = || {
            fs::create_dir_all(folder)?;
            fill(File::create(&beside)?)?;
            fs::rename(&beside, path)
        };
        if write().is_err() {
            // Most likely the disk is full: an incomplete file is of no use.
            fs::remove_file(&beside).ok();
        }
    }
}

/// Serialises a value for a batch of a log; empty if that fails.
pub(crate) fn encode(value: &impl Serialize) -> Vec<u8> {
    postcard::to_io(value, Vec::new()).unwrap_or_default()
}

/// The same in fewer bytes: names of facts and parts of paths recur in most records, which then take a third of the room
/// (171,508 bytes became 63,731 for 120 short mails). The lowest level costs no measurable time of a build.
#[cfg(feature = "site")]
pub(crate) fn pack(value: &impl Serialize) -> Vec<u8> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
    // Nothing can fail in memory; an empty record is a miss.
    packed.write_all(&encode(value)).and_then(|()| packed.finish()).unwrap_or_default()
}

/// The value that [`pack`] packed.
#[cfg(feature = "site")]
pub(crate) fn unpack<T: DeserializeOwned>(packed: &[u8]) -> Option<T> {
    let mut bytes = Vec::with_capacity(packed.len() * 2);
    DeflateDecoder::new(packed).read_to_end(&mut bytes).ok()?;
    postcard::from_bytes(&bytes).ok()
}

/// The value at the beginning of the bytes, and the rest.
pub(crate) fn decode<'b, T: serde::Deserialize<'b>>(bytes: &'b [u8]) -> Option<(T, &'b [u8])> {
    postcard::take_from_bytes(bytes).ok()
}

/// Removes what runs of the program left in `folder`; other files stay.
fn purge(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_file() && is_ours(&path)? {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

fn is_ours(path: &Path) -> io::Result<bool> {
    let mut begins = Vec::new();
    File::open(path)?.take(BEGINS.len() as u64).read_to_end(&mut begins)?;
    Ok(begins == BEGINS.as_bytes())
}

type Summing = BufWriter<Summed>;

/// A file with a running sum of the bytes written to it.
struct Summed {
    file: File,
    sum: Sha1,
}

impl Summed {
    fn new(file: File) -> Self {
        Self { file, sum: Sha1::new() }
    }
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn first(form: &str) -> String {
    format!("{BEGINS}{form}\n")
}

fn last(above: &Sha1) -> String {
    format!("sum {}\n", above.digest())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_kept_comes_back() {
        let site = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(site.path(), "");
        assert_eq!(cache.load("a", "lamps 1"), None);
        for lines in ["", "one\ntwo\n", "without an end"] {
            cache.store("a", "lamps 1", lines);
            assert_eq!(cache.load("a", "lamps 1").as_deref(), Some(lines));
        }
        for other in ["lamps 2", "lamps 11", "lamps", ""] {
            assert_eq!(cache.load("a", other), None, "{other}");
        }
        let path = site.path().join(".patchpress/a");
        let whole = fs::read(&path).expect("a file");
        for cut in 0..whole.len() {
            fs::write(&path, &whole[..cut]).expect("written");
            assert_eq!(cache.load("a", "lamps 1"), None, "cut at {cut}");
            let mut other = whole.clone();
            other[cut] ^= 1;
            fs::write(&path, other).expect("written");
            assert_eq!(cache.load("a", "lamps 1"), None, "changed at {cut}");
        }
    }

    #[test]
    fn under_other_terms_nothing_is_left_but_what_others_put_there() {
        let site = tempfile::tempdir().expect("a folder");
        let open = |terms: &str| Cache::open(site.path(), terms);
        let names = || {
            let entries = fs::read_dir(site.path().join(".patchpress")).expect("a folder");
            let names = entries.map(|e| e.expect("readable").file_name().into_string());
            let mut names: Vec<String> = names.map(|name| name.expect("text")).collect();
            names.sort();
            names
        };
        let before = open("none");
        before.store("a", "lamps 1", "one\n");
        for (path, text) in [
            ("b-of-an-older-form", "patchpress lamps 0\nx"),
            ("a.new", "patchpress lamps 1\nhalf"),
            ("notes.txt", "mine"),
        ] {
            fs::write(site.path().join(".patchpress").join(path), text).expect("written");
        }
        assert_eq!(open("none").load("a", "lamps 1").as_deref(), Some("one\n"));
        assert_eq!(names().len(), 5);
        let after = open("jane");
        assert_eq!(names(), ["notes.txt", "terms"]);
        before.store("a", "lamps 1", "one\n");
        assert_eq!(after.load("a", "lamps 1"), None, "a run that began under other terms");
        after.store("a", "lamps 1", "two\n");
        assert_eq!(open("jane").load("a", "lamps 1").as_deref(), Some("two\n"));
    }

    #[test]
    fn further_terms_are_known_later() {
        let site = tempfile::tempdir().expect("a folder");
        let open = || Cache::open(site.path(), "jane");
        open().under("jane@a").store("a", "lamps 1", "one\n");
        assert_eq!(open().load("a", "lamps 1").as_deref(), Some("one\n"));
        assert_eq!(open().under("jane@a").load("a", "lamps 1").as_deref(), Some("one\n"));
        assert_eq!(open().under("jane@a jane@b").load("a", "lamps 1"), None);
        assert_eq!(open().load("a", "lamps 1"), None);
    }

    #[test]
    fn without_a_place_nothing_is_kept() {
        Cache::default().store("a", "lamps 1", "one\n");
        assert_eq!(Cache::default().load("a", "lamps 1"), None);
    }
}
