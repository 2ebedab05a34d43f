//! The last build: what it was made from, what it wrote, what it reported.
//!
//! In: settings. Out: its report, where nothing that a site is made from has changed since and everything that
//! it wrote is as it was left. Then there is nothing to do, which is what an hourly job mostly has.
//! Never here: what a change changes.
//!
//! Kept in the site's [`Cache`] as lines: the stamp of all that the build read, its numbers, its notes, its files.

use std::{fmt::Write as _, fs, path::Path};

use rayon::prelude::*;

use super::{
    Progress, Why, file,
    output::{MANIFEST, Tally},
    report::{Files, Redacted, Report, specimen},
    static_files,
};
use crate::{
    archive,
    cache::Cache,
    config::{self, Settings},
    error::{Note, NoteKind},
    stamp::Stamp,
    theme,
};

/// The version of the form in which a build is kept.
const FORM: &str = "build 3";

/// What a build is about to be made from.
#[derive(Debug)]
pub(super) struct Last {
    cache: Cache,
    name: String,
    stamp: String,
}

impl Last {
    /// Looks at all that a site is made from.
    pub(super) fn of(settings: &Settings) -> Self {
        let mut stamp = Stamp::of(&settings.root);
        stamp.program();
        stamp.value(settings);
        stamp.content(&settings.root.join(config::FILE));
        stamp.folder(&settings.root, &settings.root.join("content"));
        stamp.folder(&settings.root, &settings.root.join(static_files::FOLDER));
        stamp.folder_content(&settings.root, &theme::folder(settings));
        stamp.content(&settings.mailmap);
        for list in &settings.lists {
            list.archives.iter().for_each(|path| archive::stamp(path, &mut stamp));
            list.tree.iter().for_each(|path| archive::stamp_repository(path, &mut stamp));
        }
        Self {
            cache: settings.cache(),
            name: format!("build-{}", settings.output_name()),
            stamp: stamp.finish(),
        }
    }

    /// The report of the last build, if it was made from the same and its files are as it left them.
    pub(super) fn report(&self, settings: &Settings, progress: &dyn Progress) -> Option<Report> {
        let output = &settings.output;
        let text = self.cache.load(&self.name, FORM)?;
        let mut lines = text.lines();
        if lines.next()? != self.stamp {
            return None;
        }
        let mut report = Report { output: output.to_owned(), ..Report::default() };
        let mut files = Vec::new();
        for line in lines {
            let (what, rest) = line.split_once(' ')?;
            match what {
                "counts" => counts(&mut report, rest)?,
                "redacted" => {
                    let counts: Option<Vec<usize>> =
                        rest.split(' ').map(|n| n.parse().ok()).collect();
                    report.redacted = Redacted::new(&settings.redaction, &counts?);
                }
                "kind" => kind(&mut report, rest)?,
                "note" => report.notes.push(note(rest)?),
                _ => files.push(line),
            }
        }
        let path = |line: &&str| line.splitn(3, ' ').nth(2).map(str::to_owned);
        let is_same = |line: &&str| {
            let mut parts = line.splitn(3, ' ');
            let mut number = || parts.next()?.parse::<u64>().ok();
            let mark = number().zip(number());
            let path = parts.next().unwrap_or_default();
            let found = fs::metadata(output.join(path)).ok().map(|found| file::mark(&found));
            mark.zip(found).is_some_and(|(kept, found)| file::is_same(kept, found))
        };
        if !files.par_iter().all(is_same) {
            return None;
        }
        files.iter().filter_map(path).for_each(|path| progress.told(&path, Why::Same));
        report.tally = Tally { kept: files.len(), written: 0, removed: 0 };
        Some(report)
    }

    /// Keeps what a build reported; the files that it wrote are those of its manifest.
    pub(super) fn keep(&self, report: &Report) {
        let mut text = format!("{}\n", self.stamp);
        let Report { received, messages, spam, series, digests, .. } = report;
        // Writing to a string cannot fail.
        let _ = writeln!(text, "counts {received} {messages} {spam} {series} {digests}");
        // What is taken out is counted, and not named.
        let redacted: Vec<String> = report.redacted.counts().map(|n| n.to_string()).collect();
        if !redacted.is_empty() {
            let _ = writeln!(text, "redacted {}", redacted.join(" "));
        }
        for (kind, files) in &report.files {
            let _ = writeln!(text, "kind {} {} {kind}", files.count, files.bytes);
        }
        for note in &report.notes {
            let at = NoteKind::ALL.iter().position(|kind| *kind == note.kind).unwrap_or_default();
            let _ = writeln!(text, "note {at} {}", specimen(note));
        }
        let manifest = fs::read_to_string(report.output.join(MANIFEST)).unwrap_or_default();
        let paths: Vec<&str> = manifest.lines().skip(1).chain([MANIFEST]).collect();
        let files: Vec<Option<String>> =
            paths.par_iter().map(|path| line_of(&report.output, path)).collect();
        let Some(files) = files.into_iter().collect::<Option<Vec<_>>>() else { return };
        files.iter().for_each(|line| text.extend([line, "\n"]));
        self.cache.store(&self.name, FORM, &text);
    }
}

/// A file of the site on a line: its length, when it was written, its path.
fn line_of(output: &Path, path: &str) -> Option<String> {
    let (len, written) = file::mark(&fs::metadata(output.join(path)).ok()?);
    Some(format!("{len} {written} {path}"))
}

fn counts(report: &mut Report, text: &str) -> Option<()> {
    let mut numbers = text.split(' ').map(|number| number.parse::<usize>().ok());
    let mut next = || numbers.next().flatten();
    (report.received, report.messages, report.spam) = (next()?, next()?, next()?);
    (report.series, report.digests) = (next()?, next()?);
    Some(())
}

fn kind(report: &mut Report, text: &str) -> Option<()> {
    let mut parts = text.splitn(3, ' ');
    let files = Files { count: parts.next()?.parse().ok()?, bytes: parts.next()?.parse().ok()? };
    report.files.insert(parts.next()?.to_owned().into(), files);
    Some(())
}

/// A note as a report names it: its message and place are in its words.
fn note(text: &str) -> Option<Note> {
    let (kind, words) = text.split_once(' ')?;
    Some(Note::new(*NoteKind::ALL.get(kind.parse::<usize>().ok()?)?, words))
}
