//! What one reading of an archive leaves for the next.
//!
//! In: an archive, and the site's [`Cache`]. Out: its [`Reading`], the same with what was remembered and
//! without. Commits and mails that were met before are not read again; the texts of those mails stay in the
//! archive until somebody asks for them.
//! Never here: which archives can be resumed; what mails mean.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    archive::{Archive, Epoch, Known, Objects, Reading},
    cache::Cache,
    error::{Error, NoteKind, Place, Result},
    hash::{Digest, Sha1},
    message::{self, Shelf, Text},
    patch::{self, Mail},
    stamp::Stamp,
};

/// Reads `archive`; of mails that `cache` knows the texts are on the shelf that comes with it.
pub(super) fn read(
    archive: &Archive,
    cache: &Cache,
) -> Result<(Reading<Mail>, Option<Arc<Books>>)> {
    if !archive.is_resumable() || !cache.remembers() {
        return Ok((archive.read(|raw| patch::read(&raw))?, None));
    }
    let name =
        format!("mails-{}", Sha1::from(archive.path.as_os_str().as_encoded_bytes()).digest());
    let form = form();
    let (epochs, mails) = load(cache, &name, &form).unwrap_or_default();
    let books = Arc::new(Books::open(archive)?);
    let mails: HashMap<Digest, Mail> = mails.into_iter().map(|m| (m.message.raw, m)).collect();
    let mails = Mutex::new(mails);
    let recall = |raw: Digest| {
        let mut mail = mails.lock().unwrap_or_else(PoisonError::into_inner).remove(&raw)?;
        mail.message.text = Text::on(Arc::clone(&books) as Arc<dyn Shelf>, raw);
        Some(mail)
    };
    let known = Known { epochs: &epochs, mail: Some(&recall) };
    let reading = archive.resume(&known, |raw| patch::read(&raw))?;
    if reading.history != epochs {
        store(cache, &name, &form, &reading);
    }
    Ok((reading, Some(books)))
}

/// What is kept is what this program made of the mails.
fn form() -> String {
    let mut stamp = Stamp::default();
    stamp.program();
    format!("mails 1 {}", stamp.finish())
}

fn load(cache: &Cache, name: &str, form: &str) -> Option<(Vec<Epoch>, Vec<Mail>)> {
    postcard::from_bytes(&cache.load_bytes(name, form)?).ok()
}

fn store(cache: &Cache, name: &str, form: &str, reading: &Reading<Mail>) {
    // Of a mail that was read in part it must be said again.
    let cut = reading.notes.iter().filter(|note| note.kind == NoteKind::Truncated);
    let cut: HashSet<&Place> = cut.filter_map(|note| note.place.as_ref()).collect();
    let whole = reading.messages.iter().filter(|(place, _)| !cut.contains(place));
    let mails: Vec<&Mail> = whole.map(|(_, mail)| mail).collect();
    if let Ok(bytes) = postcard::to_stdvec(&(&reading.history, mails)) {
        cache.store(name, form, bytes);
    }
}

/// The shelf of an archive: its mails in git.
pub struct Books {
    path: PathBuf,
    objects: Objects,
    /// A text that should be there was not.
    lost: AtomicBool,
}

impl Books {
    fn open(archive: &Archive) -> Result<Self> {
        let (path, objects) = (archive.path.clone(), Objects::open(archive)?);
        Ok(Self { path, objects, lost: AtomicBool::new(false) })
    }

    /// Whether every text that was fetched was there.
    ///
    /// # Errors
    /// [`Error::Git`] where one was not: somebody changed the archive while it was read.
    pub(super) fn check(&self) -> Result<()> {
        match self.lost.load(Ordering::Relaxed) {
            true => Err(lost(&self.path)),
            false => Ok(()),
        }
    }
}

impl Shelf for Books {
    fn fetch(&self, raw: Digest) -> Box<str> {
        let text = self.objects.mail(raw, &|raw| message::text(&raw));
        text.unwrap_or_else(|| {
            self.lost.store(true, Ordering::Relaxed);
            Box::default()
        })
    }
}

impl fmt::Debug for Books {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Books").field("path", &self.path).finish_non_exhaustive()
    }
}

fn lost(path: &Path) -> Error {
    let reason = "a mail that was there is gone\nhint: somebody changed the mirror meanwhile: run it again, or delete `.patchpress` beside `site.toml`";
    Error::Git { path: path.into(), reason: reason.into() }
}
