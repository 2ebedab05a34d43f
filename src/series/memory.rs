//! What one reading of an archive leaves for the next.
//!
//! In: an archive, and the site's [`Cache`]. Out: its [`Reading`], the same with what was remembered and
//! without. Commits and mails that were met before are not read again; the texts of those mails stay in the
//! archive until somebody asks for them. Where something is taken out of mails, none is remembered: who asked for it
//! is to be sure, and the report counts each place.
//! Never here: which archives can be resumed; what mails mean.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use super::{Rules, Texts};
use crate::{
    archive::{Archive, Epoch, Known, Objects, RawMessage, Reading},
    cache::Cache,
    error::{NoteKind, Place, Result},
    hash::Fingerprint,
    message::{self, Fetch, Room, Shelf, Whole},
    patch::{self, Mail},
    pool::{Pool, Pooled},
    redact::{Redaction, Tally},
    stamp::Stamp,
};

/// A mail, or why it may not be shown.
pub(super) type Admitted = Result<Box<Mail>, NoteKind>;

/// Reads `archive`; the texts of mails that are remembered stay there until somebody reads them.
pub(super) fn read(
    archive: &Archive,
    rules: &Rules,
    pool: &Pool,
    room: &Arc<Room>,
    tally: &Tally,
) -> Result<Reading<Admitted>> {
    let (cache, redaction) = (&rules.cache, &rules.redaction);
    let shelf = Shelf::new(archive.path.clone(), Arc::clone(room));
    if !archive.is_resumable() || !cache.remembers() || !redaction.is_empty() {
        let shelf = Arc::new(shelf);
        return archive
            .read(|raw| shelved(message(&raw, redaction, tally), &raw, rules, pool, &shelf));
    }
    let shelf = Arc::new(shelf.with(books(archive)?));
    let name = cache.name_of("mails", &archive.path);
    let form = form(rules);
    let known = match rules.texts {
        Texts::Few => load(cache, &name, &form),
        Texts::All => None,
    };
    let (epochs, mails) = known.unwrap_or_default();
    let mails: HashMap<Fingerprint, Box<Mail>> =
        mails.into_iter().map(|m| (m.message.raw, m)).collect();
    let mails = Mutex::new(mails);
    let recall = |raw: Fingerprint| {
        let mut mail = mails.lock().unwrap_or_else(PoisonError::into_inner).remove(&raw)?;
        mail.put_on(&shelf);
        Some(Ok(mail))
    };
    let known = Known { epochs: &epochs, mail: Some(&recall) };
    let reading = archive.resume(&known, |raw| shelved(admit(&raw), &raw, rules, pool, &shelf))?;
    if reading.history != epochs {
        store(cache, &name, &form, &reading);
    }
    Ok(reading)
}

/// What a message proposes, its strings and text where those of others are.
fn shelved(
    message: Result<Whole, NoteKind>,
    raw: &RawMessage<'_>,
    rules: &Rules,
    pool: &Pool,
    shelf: &Arc<Shelf>,
) -> Admitted {
    let mut mail = Box::new(patch::of(message?, raw.source, &rules.machines));
    mail.share(pool);
    mail.put_on(shelf);
    Ok(mail)
}

/// A message that may be shown; else why it may not.
fn admit(raw: &RawMessage<'_>) -> Result<Whole, NoteKind> {
    let message = message::read(raw);
    if message.unarchived { Err(NoteKind::Unarchived) } else { Ok(message) }
}

/// The same without what is to be redacted, which `tally` counts.
fn message(raw: &RawMessage<'_>, redaction: &Redaction, tally: &Tally) -> Result<Whole, NoteKind> {
    let mut message = admit(raw)?;
    if let Some(entry) = redaction.withholds(&message.id) {
        tally.add(entry);
        return Err(NoteKind::Redacted);
    }
    if !redaction.is_empty() {
        message.redact(redaction, &mut |entry| tally.add(entry));
    }
    Ok(message)
}

/// What is kept is what this program made of the mails, with these machines.
fn form(rules: &Rules) -> String {
    let mut stamp = Stamp::default();
    stamp.program();
    stamp.value(&rules.machines);
    format!("mails 7 {}", stamp.finish())
}

#[expect(clippy::vec_box, reason = "a mail stays where it was read into")]
fn load(cache: &Cache, name: &str, form: &str) -> Option<(Vec<Epoch>, Vec<Box<Mail>>)> {
    cache.load_value(name, form).map(|Pooled(known)| known)
}

fn store(cache: &Cache, name: &str, form: &str, reading: &Reading<Admitted>) {
    // Of a mail that was read in part it must be said again.
    let cut = reading.notes.iter().filter(|note| note.kind == NoteKind::Cut);
    let cut: HashSet<&Place> = cut.filter_map(|note| note.place.as_ref()).collect();
    let whole = reading.messages.iter().filter(|(place, _)| !cut.contains(place));
    let mails: Vec<&Mail> = whole.filter_map(|(_, mail)| mail.as_deref().ok()).collect();
    cache.store_value(name, form, &Pooled((&reading.history, mails)));
}

/// The texts of mails in git.
fn books(archive: &Archive) -> Result<Box<Fetch>> {
    let objects = Objects::open(archive)?;
    Ok(Box::new(move |raw| {
        let text = |raw: RawMessage<'_>| Some(admit(&raw).ok()?.text().into());
        objects.mail(raw, &text).flatten()
    }))
}
