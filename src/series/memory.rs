//! The state that one reading of an archive leaves for the next.
//!
//! In: an archive, and the site's [`Cache`](crate::cache::Cache). Out: its [`Reading`], the same with and without
//! state. Known commits and mails are not read again; the texts of these mails stay in the archive until a page
//! needs them. The state grows by appending ([`Log`]). If `[redact]` removes something from mails, there is no
//! state: the owner must be able to rely on it, and the report counts each place. Never here: which archives can be
//! resumed; the meaning of mails.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use super::{Rules, Texts};
use crate::{
    archive::{Archive, Epoch, Known, Objects, RawMessage, Reading},
    cache::{Log, decode, encode},
    error::{NoteKind, Place, Result},
    hash::{FastMap, FastSet, Fingerprint},
    message::{self, Fetch, Room, Shelf, Whole},
    patch::{self, Mail},
    pool::{Pool, Pooled},
    redact::{Redaction, Tally},
    stamp::Stamp,
};

/// The number of mails in one batch, which share their strings.
const BATCH: usize = 4_096;

/// A mail, or why it may not be shown.
pub(super) type Admitted = Result<Box<Mail>, NoteKind>;

/// Reads `archive`; the texts of known mails stay there until somebody reads them.
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
    let (log, batches) = Log::load(cache, &name, &form(rules), |bytes| match rules.texts {
        Texts::Few => decode(bytes).map(|(Pooled(batch), _)| batch),
        Texts::All => None,
    });
    let (epochs, mails) = joined(batches).unwrap_or_default();
    let mails: FastMap<Fingerprint, Box<Mail>> =
        mails.into_iter().map(|m| (m.message.raw, m)).collect();
    let kept: FastSet<Fingerprint> = mails.keys().copied().collect();
    let mails = Mutex::new(mails);
    let recall = |raw: Fingerprint| {
        let mut mail = mails.lock().unwrap_or_else(PoisonError::into_inner).remove(&raw)?;
        mail.put_on(&shelf);
        Some(Ok(mail))
    };
    let known = Known { epochs: &epochs, mail: Some(&recall) };
    let reading = archive.resume(&known, |raw| shelved(admit(&raw), &raw, rules, pool, &shelf))?;
    if reading.history != epochs || !log.is_whole() {
        store(&log, &epochs, kept, &reading);
    }
    Ok(reading)
}

/// Parses a message, and puts its strings and text into the shared tables.
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

/// A message that may be shown, or why it may not.
fn admit(raw: &RawMessage<'_>) -> Result<Whole, NoteKind> {
    let message = message::read(raw);
    if message.unarchived { Err(NoteKind::Unarchived) } else { Ok(message) }
}

/// The message after redaction, which `tally` counts.
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

/// The format of the state: results of this program with these machines.
fn form(rules: &Rules) -> String {
    let mut stamp = Stamp::default();
    stamp.program();
    stamp.value(&rules.machines);
    format!("mails 8 {}", stamp.finish())
}

/// The content of a batch; for each epoch also the number of earlier commits.
type Batch<M> = (Vec<(usize, Epoch)>, Vec<M>);

/// The content of all batches; `None` if one cannot be read, or if they do not fit together.
#[expect(clippy::vec_box, reason = "a mail stays where it was read into")]
fn joined(batches: Vec<Option<Batch<Box<Mail>>>>) -> Option<(Vec<Epoch>, Vec<Box<Mail>>)> {
    let (mut epochs, mut mails) = (Vec::<Epoch>::new(), Vec::new());
    for batch in batches {
        let (added, more) = batch?;
        mails.extend(more);
        for (before, added) in added {
            match epochs.iter_mut().find(|epoch| epoch.number == added.number) {
                Some(epoch) if epoch.commits.len() == before => {
                    epoch.commits.extend(added.commits);
                    epoch.end = added.end;
                }
                None if before == 0 => epochs.push(added),
                _ => return None,
            }
        }
    }
    Some((epochs, mails))
}

/// Appends what is new since `epochs`; rewrites the state if a mail is gone, because nothing may outlive its mail.
fn store(log: &Log, epochs: &[Epoch], mut kept: FastSet<Fingerprint>, reading: &Reading<Admitted>) {
    // A mail that was only read in part needs its note again.
    let cut = reading.notes.iter().filter(|note| note.kind == NoteKind::Cut);
    let cut: HashSet<&Place> = cut.filter_map(|note| note.place.as_ref()).collect();
    let whole = reading.messages.iter().filter(|(place, _)| !cut.contains(place));
    let mails: Vec<&Mail> = whole.filter_map(|(_, mail)| mail.as_deref().ok()).collect();
    let new: Vec<&Mail> =
        mails.iter().copied().filter(|mail| !kept.contains(&mail.message.raw)).collect();
    for mail in &mails {
        kept.remove(&mail.message.raw);
    }
    match added(epochs, &reading.history) {
        Some(added) if kept.is_empty() && log.may_grow() => log.add(&encode(&Pooled((added, new)))),
        _ => {
            let mut history: Vec<(usize, &Epoch)> =
                reading.history.iter().map(|epoch| (0, epoch)).collect();
            let none: &[&Mail] = &[];
            let mails = mails.chunks(BATCH).chain(mails.is_empty().then_some(none));
            log.begin(mails.map(|mails| encode(&Pooled((std::mem::take(&mut history), mails)))));
        }
    }
}

/// The commits added to epochs; `None` if anything else changed.
fn added(before: &[Epoch], now: &[Epoch]) -> Option<Vec<(usize, Epoch)>> {
    let is_there = |old: &Epoch| now.iter().any(|epoch| epoch.number == old.number);
    let one = |epoch: &Epoch| {
        let old = before.iter().find(|old| old.number == epoch.number);
        let known = old.map_or(0, |old| old.commits.len());
        let goes_on = old.is_none_or(|old| epoch.commits.starts_with(&old.commits));
        let commits = epoch.commits.get(known..)?.to_vec();
        goes_on.then_some((known, Epoch { number: epoch.number, commits, end: epoch.end }))
    };
    before.iter().all(is_there).then(|| now.iter().map(one).collect())?
}

/// The texts of mails in git.
fn books(archive: &Archive) -> Result<Box<Fetch>> {
    let objects = Objects::open(archive)?;
    Ok(Box::new(move |raw| {
        let text = |raw: RawMessage<'_>| Some(admit(&raw).ok()?.text().into());
        objects.mail(raw, &text).flatten()
    }))
}
