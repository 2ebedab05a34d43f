//! The report of a build, in numbers that add up.
//!
//! In: the counts of the stages. Out: a text for people ([`Report::write`]): every mail of the archives is a
//! message on a page or a further copy of one, and every oddity is counted by kind. Never here: a decision, a file.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fmt::{self, Write},
    path::PathBuf,
    time::Duration,
};

use super::output::Tally;
use crate::{
    error::{Note, NoteKind},
    redact::{Entry, Kind, LookAlike, Redaction},
    text::{size, visible_line},
};

/// The share of the limit, in per cent, from which a report warns.
const NEAR: u64 = 80;

/// The hint for damage, and the one for a mirror.
const RESTORE: &str = "restore the archive from a backup";
const FETCH: &str = "to fetch a mirror again, remove its folder and run `patchpress sync`";

/// The report of a build.
#[derive(Debug, Default)]
pub struct Report {
    /// Mails of the archives, with every copy.
    pub received: usize,
    /// Different messages among them; each is on a page.
    pub messages: usize,
    /// Spam among them: its pages are left out of digests, feeds, search and search engines.
    pub spam: usize,
    /// Their series.
    pub series: usize,
    /// Digests.
    pub digests: usize,
    /// The oddities, sorted.
    pub notes: Vec<Note>,
    /// What was removed.
    pub redacted: Redacted,
    /// Files and their bytes by kind of page.
    pub files: BTreeMap<Cow<'static, str>, Files>,
    /// What happened to the files of the output.
    pub tally: Tally,
    /// The folder of the site.
    pub output: PathBuf,
    /// How long each stage took, in their order.
    pub timings: Vec<(&'static str, Duration)>,
}

/// Files of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Files {
    /// How many.
    pub count: usize,
    /// Their total length, in bytes.
    pub bytes: u64,
}

/// What each entry of `[redact]` removed, and what it may have missed. Only this report names it.
#[derive(Debug, Default)]
pub struct Redacted {
    entries: Vec<(Entry, usize)>,
    looks: Vec<(String, LookAlike)>,
}

impl Redacted {
    /// How often `redaction` removed something, by the numbers of its entries.
    pub fn new(redaction: &Redaction, counts: &[usize]) -> Self {
        let entries = redaction.entries();
        let named =
            |look: &LookAlike| Some((entries.get(look.entry)?.written.clone(), look.clone()));
        Self {
            entries: entries.iter().cloned().zip(counts.iter().copied()).collect(),
            looks: redaction.look_alikes().iter().filter_map(named).collect(),
        }
    }

    /// How often each entry removed something.
    pub fn counts(&self) -> impl Iterator<Item = usize> {
        self.entries.iter().map(|(_, count)| *count)
    }

    /// An entry found nothing: the report says that it was applied.
    pub fn is_odd(&self) -> bool {
        self.counts().any(|count| count == 0)
    }

    fn write(&self, out: &mut String, notes: Notes) -> fmt::Result {
        let (met, missed): (Vec<_>, Vec<_>) = self.entries.iter().partition(|(_, n)| *n > 0);
        if !met.is_empty() {
            let of = |kind: Kind| met.iter().filter(move |(entry, _)| entry.kind == kind);
            let sum = |kind: Kind| of(kind).map(|(_, count)| count).sum::<usize>();
            let kinds = [
                (Kind::Message, n(sum(Kind::Message), "mail", "mails"), "messages"),
                (Kind::Person, n(sum(Kind::Person), "place", "places"), "people"),
                (Kind::Pattern, n(sum(Kind::Pattern), "place", "places"), "patterns"),
            ];
            let told = kinds.into_iter().filter(|(kind, ..)| of(*kind).next().is_some());
            let told = told.map(|(_, what, key)| format!("{what} by `{key}`"));
            writeln!(out, "removed by [redact]: {}", told.collect::<Vec<_>>().join(", "))?;
            let lines = met
                .iter()
                .map(|(entry, count)| format!("`{}`: {}", entry.written, thousands(*count)));
            write_some(out, lines.collect(), notes)?;
        }
        if !missed.is_empty() {
            writeln!(
                out,
                "note: entries of [redact] that match nothing: {}",
                thousands(missed.len())
            )?;
            let lines = missed.iter().map(|(entry, _)| format!("`{}`", entry.written));
            write_some(out, lines.collect(), notes)?;
        }
        if !self.looks.is_empty() {
            writeln!(out, "also looks like `people` of [redact]: {}", thousands(self.looks.len()))?;
            let line = |(entry, look): &(String, LookAlike)| {
                let places = n(look.places, "place", "places");
                format!("`{}`: `{}`, {}, {places}", entry, look.what, look.why)
            };
            write_some(out, self.looks.iter().map(line).collect(), notes)?;
            writeln!(out, "hint: if it is the same person, add it to `people`")?;
        }
        Ok(())
    }
}

/// How many of the oddities a report shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notes {
    /// Three of each kind.
    Specimens,
    /// Every one.
    All,
}

/// Whether a report has the times of the stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timings {
    /// No.
    Hidden,
    /// One line per stage.
    Shown,
}

impl Report {
    /// Counts a file of the site.
    pub fn count(&mut self, kind: &'static str, bytes: usize) {
        let files = self.files.entry(kind.into()).or_default();
        files.count += 1;
        files.bytes += bytes as u64;
    }

    /// Notes if the site is over the limit of its host, or near it while nothing has been left out yet; `limit` is
    /// in bytes.
    pub fn judge(&mut self, limit: u64) {
        let bytes: u64 = self.files.values().map(|files| files.bytes).sum();
        let is_thinned = self.notes.iter().any(|note| note.kind == NoteKind::Thinned);
        let kind = match bytes {
            _ if bytes > limit => NoteKind::TooLarge,
            _ if bytes >= limit / 100 * NEAR && !is_thinned => NoteKind::Large,
            _ => return,
        };
        self.notes.push(Note::new(kind, format!("{} of {}", size(bytes), size(limit))));
    }

    /// The report for people, one fact per line.
    pub fn text(&self, notes: Notes, timings: Timings) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        self.write(&mut text, notes, timings).ok();
        text
    }

    fn write(&self, out: &mut String, notes: Notes, timings: Timings) -> fmt::Result {
        let copies = self.received.saturating_sub(self.messages);
        write!(
            out,
            "{}: {}",
            n(self.received, "mail", "mails"),
            n(self.messages, "message", "messages")
        )?;
        if copies > 0 {
            write!(out, " and {}", n(copies, "further copy", "further copies"))?;
        }
        let (series, digests) =
            (n(self.series, "series", "series"), n(self.digests, "digest", "digests"));
        writeln!(out, ", in {series} and {digests}")?;
        if self.spam > 0 {
            writeln!(out, "spam, left out of digests, feeds and search: {}", thousands(self.spam))?;
        }
        write_notes(out, &self.notes, notes)?;
        self.redacted.write(out, notes)?;
        self.write_files(out)?;
        if timings == Timings::Shown {
            for (stage, took) in &self.timings {
                writeln!(out, "  {stage:<10} {:>9.3} s", took.as_secs_f64())?;
            }
        }
        Ok(())
    }

    fn write_files(&self, out: &mut String) -> fmt::Result {
        let count = self.files.values().map(|files| files.count).sum();
        let bytes = self.files.values().map(|files| files.bytes).sum();
        let Tally { kept, written, removed } = self.tally;
        writeln!(
            out,
            "{}, {}, in `{}`: {} written, {} as before, {} removed",
            n(count, "file", "files"),
            size(bytes),
            self.output.display(),
            thousands(written),
            thousands(kept),
            thousands(removed)
        )?;
        for (kind, files) in &self.files {
            writeln!(out, "  {kind:<10} {:>9} {:>11}", thousands(files.count), size(files.bytes))?;
        }
        Ok(())
    }
}

/// Some lines of many, or all.
fn write_some(out: &mut String, lines: Vec<String>, how_many: Notes) -> fmt::Result {
    let (all, shown) = (lines.len(), if how_many == Notes::All { lines.len() } else { 3 });
    for line in lines.into_iter().take(shown) {
        writeln!(out, "  {}", visible_line(&line))?;
    }
    if all > shown {
        writeln!(out, "  … `--verbose` names all of them")?;
    }
    Ok(())
}

/// The losses of archives, for a report; nothing if they are complete.
pub fn damage(notes: &[Note], how_many: Notes) -> String {
    let mut text = String::new();
    let lost = notes.iter().filter(|note| note.kind.is_damage());
    // Writing to a string cannot fail.
    write_notes(&mut text, lost, how_many).ok();
    text
}

fn write_notes<'a>(
    out: &mut String,
    notes: impl IntoIterator<Item = &'a Note>,
    how_many: Notes,
) -> fmt::Result {
    let mut kinds: BTreeMap<NoteKind, Vec<&Note>> = BTreeMap::new();
    for note in notes {
        kinds.entry(note.kind).or_default().push(note);
    }
    let mut is_mirror = false;
    let last_damage = kinds.keys().copied().rfind(|kind| kind.is_damage());
    for (kind, notes) in kinds {
        let word = if kind.is_damage() { "damage" } else { "note" };
        writeln!(out, "{word}: {}: {}", kind.words(), thousands(notes.len()))?;
        let lines: Vec<String> = notes.into_iter().map(specimen).collect();
        // The notes of a kept report have their places in their words.
        is_mirror |= kind == NoteKind::MissingObject
            || kind.is_damage() && lines.iter().any(|line| is_of_git(line));
        // The report says nothing about redacted text, except that it was redacted.
        write_some(out, lines.into_iter().filter(|line| !line.is_empty()).collect(), how_many)?;
        if last_damage == Some(kind) {
            let ways = [Some(RESTORE), Some(FETCH).filter(|_| is_mirror)];
            writeln!(out, "hint: {}", ways.into_iter().flatten().collect::<Vec<_>>().join("; "))?;
        }
    }
    Ok(())
}

/// Whether a damage note is about a git repository, which may be a mirror.
fn is_of_git(line: &str) -> bool {
    line.contains("(epoch ") || line.contains(".git)") || line.contains(".git/")
}

/// A note on one line: the message, the place, the fact. Ids are escaped, because mails can have anything in them.
pub(super) fn specimen(note: &Note) -> String {
    let id = note.message_id.as_ref().map(|id| format!("<{id}>"));
    let place = note.place.as_ref().map(|place| format!("({place})"));
    let detail = Some(note.detail.clone()).filter(|detail| !detail.is_empty());
    let parts: Vec<_> = [id, place, detail].into_iter().flatten().collect();
    visible_line(&parts.join(" ")).into_owned()
}

/// `1 mail`, `8,592 mails`.
fn n(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count), if count == 1 { one } else { many })
}

/// `8592` as `8,592`.
fn thousands(count: usize) -> String {
    crate::text::thousands(i64::try_from(count).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(kind: NoteKind, detail: &str) -> Note {
        Note::new(kind, detail)
    }

    #[test]
    fn a_report_accounts_for_every_mail() {
        let mut report = Report {
            received: 8592,
            messages: 8590,
            series: 1,
            digests: 700,
            notes: vec![
                note(NoteKind::MissingObject, "blob 1f2e"),
                note(NoteKind::BadDate, "a\u{1b}[31m"),
                note(NoteKind::BadDate, "b"),
                note(NoteKind::BadDate, "c"),
                note(NoteKind::BadDate, "d"),
            ],
            output: "public".into(),
            tally: Tally { kept: 1, written: 2, removed: 0 },
            ..Report::default()
        };
        report.count("series", 1_500_000);
        report.count("series", 10);
        report.count("feeds", 999);
        assert_eq!(
            report.text(Notes::Specimens, Timings::Hidden),
            "\
8,592 mails: 8,590 messages and 2 further copies, in 1 series and 700 digests
damage: missing from the mirror: 1
  blob 1f2e
hint: restore the archive from a backup; to fetch a mirror again, remove its folder and run `patchpress sync`
note: date not believed: 4
  a<U+001B>[31m
  b
  c
  … `--verbose` names all of them
3 files, 1.5 MB, in `public`: 2 written, 1 as before, 0 removed
  feeds              1       999 B
  series             2      1.5 MB
"
        );
    }
}
