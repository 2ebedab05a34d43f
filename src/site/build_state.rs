//! The state of the last build: its inputs, its files, its report.
//!
//! In: settings. Out: the report of the last build, if no input has changed since and all its files are as it left
//! them. Then there is nothing to do, which is the usual case for an hourly job. Never here: the effect of a change.
//!
//! **What is compared.** Inputs are compared by their marks and, if these differ, as in a fresh checkout, by their
//! bytes. A sample of the output's files is compared ([`Sample`]). A build with news compares all files, and so does
//! `--verify`.
//!
//! The site's [`Cache`] stores it as lines: the stamps of all inputs, the counts, the notes, the sum of the sample.

use std::fmt::Write as _;

use super::{
    Progress, Why,
    file_list::FileList,
    output::Tally,
    report::{Files, Redacted, Report, specimen},
    sample::Sample,
    static_files,
};
use crate::{
    archive,
    cache::Cache,
    config::{self, Settings},
    error::{Note, NoteKind},
    stamp::{Sight, Stamp},
    theme,
};

/// The version of the stored format.
const FORM: &str = "build 5";

/// The inputs of the next build.
#[derive(Debug)]
pub(super) struct Last<'a> {
    settings: &'a Settings,
    cache: Cache,
    name: String,
    stamp: String,
}

impl<'a> Last<'a> {
    /// Stamps all inputs of a site.
    pub(super) fn of(settings: &'a Settings) -> Self {
        let name = format!("build-{}", settings.output_name());
        Self { settings, cache: settings.cache(), name, stamp: stamp(settings, Sight::Marks) }
    }

    /// The report of the last build, if its inputs are the same and its files are as it left them.
    pub(super) fn report(&self, progress: &dyn Progress) -> Option<Report> {
        let settings = self.settings;
        let text = self.cache.load(&self.name, FORM).filter(|_| !settings.verify)?;
        let (marks, rest) = text.split_once('\n')?;
        let (bytes, kept) = rest.split_once('\n')?;
        let is_same = marks == self.stamp;
        if !is_same && bytes != stamp(settings, Sight::Bytes) {
            return None;
        }
        let report = kept_report(settings, kept, progress)?;
        if !is_same {
            // The next build should not read everything again.
            self.cache.store(&self.name, FORM, format!("{}\n{rest}", self.stamp));
        }
        Some(report)
    }

    /// Stores the report of a build.
    pub(super) fn keep(&self, report: &Report) {
        // Changes during the build are not in the site.
        if stamp(self.settings, Sight::Marks) != self.stamp {
            return;
        }
        let mut text = format!("{}\n{}\n", self.stamp, stamp(self.settings, Sight::Bytes));
        let Report { received, messages, spam, series, digests, .. } = report;
        // Writing to a string cannot fail.
        let _ = writeln!(text, "counts {received} {messages} {spam} {series} {digests}");
        // Removed text is counted, not named.
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
        let list = FileList::read(&report.output).ok().flatten().unwrap_or_default();
        let paths: Vec<&str> = list.all().collect();
        let sample = Sample::load(self.settings);
        let Some(sum) = sample.store(&report.output, &paths) else { return };
        let _ = writeln!(text, "files {}\nsample {sum}", paths.len());
        self.cache.store(&self.name, FORM, &text);
    }
}

/// All sources of a site.
fn stamp(settings: &Settings, sight: Sight) -> String {
    let mut stamp = Stamp::of(&settings.root).with(sight);
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
    stamp.finish()
}

/// The report in these stored lines, if the files that they name have not changed.
fn kept_report(settings: &Settings, kept: &str, progress: &dyn Progress) -> Option<Report> {
    let mut report = Report { output: settings.output.clone(), ..Report::default() };
    let mut sum = "";
    for line in kept.lines() {
        let (what, rest) = line.split_once(' ')?;
        match what {
            "counts" => counts(&mut report, rest)?,
            "redacted" => {
                let counts: Option<Vec<usize>> = rest.split(' ').map(|n| n.parse().ok()).collect();
                report.redacted = Redacted::new(&settings.redaction, &counts?);
            }
            "kind" => kind(&mut report, rest)?,
            "note" => report.notes.push(note(rest)?),
            "files" => {
                report.tally = Tally { kept: rest.parse().ok()?, written: 0, removed: 0 };
            }
            _ => sum = rest,
        }
    }
    if !Sample::load(settings).is_as_it_was(&settings.output, sum) {
        return None;
    }
    if progress.asks() {
        let list = FileList::read(&settings.output).ok()??;
        list.all().for_each(|path| progress.told(path, Why::Same));
    }
    Some(report)
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

/// A note for a report, whose message and place are part of its text.
fn note(text: &str) -> Option<Note> {
    let (kind, words) = text.split_once(' ')?;
    Some(Note::new(*NoteKind::ALL.get(kind.parse::<usize>().ok()?)?, words))
}
