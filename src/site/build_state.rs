//! The last build: what it was made from, what it wrote, what it reported.
//!
//! In: settings. Out: its report, where nothing that a site is made from has changed since and everything that
//! it wrote is as it was left. Then there is nothing to do, which is what an hourly job mostly has.
//! Never here: what a change changes.
//!
//! **What is looked at.** What the site is made from counts by its marks, and where those are others, as in a fresh
//! checkout, by its bytes. Of the files in the output so many are looked at that it takes no longer for a large site than
//! for a small one ([`MOST`]): those at the top, and others that are spread over all folders. That shows a folder that is
//! gone, a copy, a checkout; not that one page of a large site was changed by hand. A build with news looks at all files,
//! and so does `--verify`.
//!
//! Kept in the site's [`Cache`] as lines: the stamps of all that the build read, its numbers, its notes, some of its files.

use std::{fmt::Write as _, fs, path::Path};

use rayon::prelude::*;

use super::{
    Progress, Why, file,
    file_list::FileList,
    output::Tally,
    report::{Files, Redacted, Report, specimen},
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

/// The version of the form in which a build is kept.
const FORM: &str = "build 4";

/// How many files of the output are looked at: it takes 5 ms.
const MOST: usize = 2_000;

/// The sources of the next build.
#[derive(Debug)]
pub(super) struct Last<'a> {
    settings: &'a Settings,
    cache: Cache,
    name: String,
    stamp: String,
}

impl<'a> Last<'a> {
    /// Looks at all that a site is made from.
    pub(super) fn of(settings: &'a Settings) -> Self {
        let name = format!("build-{}", settings.output_name());
        Self { settings, cache: settings.cache(), name, stamp: stamp(settings, Sight::Marks) }
    }

    /// The report of the last build, if it was made from the same and its files are as it left them.
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
            // The next one is not to read it all again.
            self.cache.store(&self.name, FORM, format!("{}\n{rest}", self.stamp));
        }
        Some(report)
    }

    /// Keeps what a build reported; the files that it wrote are those of its manifest.
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
        let _ = writeln!(text, "files {}", paths.len());
        let files = sample(&paths).into_par_iter().map(|path| line_of(&report.output, path));
        let Some(files) = files.collect::<Option<Vec<_>>>() else { return };
        files.iter().for_each(|line| text.extend([line, "\n"]));
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

/// The report from these kept lines, if the files that they name have not changed.
fn kept_report(settings: &Settings, kept: &str, progress: &dyn Progress) -> Option<Report> {
    let mut report = Report { output: settings.output.clone(), ..Report::default() };
    let mut files = Vec::new();
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
            _ => files.push(line),
        }
    }
    if !files.par_iter().all(|line| is_as_it_was(&settings.output, line)) {
        return None;
    }
    if progress.asks() {
        let list = FileList::read(&settings.output).ok()??;
        list.all().for_each(|path| progress.told(path, Why::Same));
    }
    Some(report)
}

/// Some of these paths, in their order: all at the top level, and a limited number of the others.
fn sample<'p>(paths: &[&'p str]) -> Vec<&'p str> {
    let (top, below): (Vec<&str>, Vec<&str>) = paths.iter().partition(|path| !path.contains('/'));
    let room = MOST.saturating_sub(top.len()).max(1);
    top.into_iter()
        .chain(below.iter().copied().step_by(below.len().div_ceil(room).max(1)))
        .collect()
}

/// Whether the file of a line has not changed.
fn is_as_it_was(output: &Path, line: &str) -> bool {
    let mut parts = line.splitn(3, ' ');
    let mut number = || parts.next()?.parse::<u64>().ok();
    let mark = number().zip(number());
    let path = parts.next().unwrap_or_default();
    let found = fs::metadata(output.join(path)).ok().map(|found| file::mark(&found));
    mark.zip(found).is_some_and(|(kept, found)| file::is_same(kept, found))
}

/// A file of the site on a line: its length, its modification time, its path.
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

/// A note for a report: its message and place are in its words.
fn note(text: &str) -> Option<Note> {
    let (kind, words) = text.split_once(' ')?;
    Some(Note::new(*NoteKind::ALL.get(kind.parse::<usize>().ok()?)?, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_at_the_top_and_some_of_each_folder_are_looked_at() {
        let name = |n: usize| format!("series/{:04}/index.html", n / 10 * 10 + n % 10);
        for (count, most) in [(0, 2), (1, 3), (1_998, 2_000), (1_999, 1_002), (30_000, 1_877)] {
            let mut paths: Vec<String> = (0..count).map(name).collect();
            paths.extend(["404.html".to_owned(), "index.html".to_owned()]);
            let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
            let sample = sample(&paths);
            assert_eq!(sample.len(), most, "{count}");
            assert_eq!(sample[..2], ["404.html", "index.html"]);
            // Any combination of missing files is found.
            let at: Vec<usize> =
                sample[2..].iter().filter_map(|s| paths.iter().position(|p| p == s)).collect();
            assert!(
                at.windows(2).all(|pair| pair[1] - pair[0] <= count.div_ceil(1_998)),
                "{count}"
            );
        }
    }
}
