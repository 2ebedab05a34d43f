//! The normal form of a patch for comparisons.
//!
//! In: a mail. Out: its text as `git range-diff` writes it (`read_patches` in `range-diff.c`):
//!
//! ```text
//!  ## Metadata ##
//! Author: Zoe Lind <zoe@example.org>
//!
//!  ## Commit message ##
//!     lamp: shine
//!
//!  ## lamp.c ##
//! @@ lamp.c: int lamp(void)
//! -    dark();
//! +    shine();
//! ```
//!
//! It leaves out what changes on every rebase: names of blobs, line numbers. The name of the new blob represents a
//! binary file, which git log would not print at all. Never here: notes, diffstat, anything after the diff.

use std::{collections::HashSet, sync::Arc};

use super::Kind;
use crate::{
    message::TextReader,
    patch::{Diff, FileChange, FileDiff, Hunk, Mail, title::normal},
    text,
};

/// The longest path that is repeated for each hunk: the text stays linear in the mail.
const LONGEST_PATH: usize = 1024;

/// The most bytes of a title that are compared.
const LONGEST_TITLE: usize = 256;

/// A patch's normal form.
#[derive(Debug)]
pub(super) struct PatchText {
    text: String,
    /// The offset of the first file's heading; 0 without a diff, as in git.
    diff_start: usize,
    /// The number of lines that git counts in the diff: all except empty ones before headings.
    pub(super) size: usize,
    /// The lines of the message that are trailers.
    trailers: HashSet<String>,
    /// The title of the change.
    pub(super) title: Arc<str>,
    /// The same in lower case and without punctuation.
    pub(super) normal_title: String,
    /// The paths of the files before and after.
    files: HashSet<Arc<str>>,
}

impl PatchText {
    /// The normal form of a patch.
    pub(super) fn of(texts: &TextReader, mail: &Mail) -> Self {
        let mut text = String::with_capacity(mail.message.text_len());
        text.push_str(" ## Metadata ##\nAuthor: ");
        text.push_str(&mail.author.full());
        text.push_str("\n\n ## Commit message ##\n");
        push_message(texts, &mut text, mail);
        let mut this = Self {
            text,
            diff_start: 0,
            size: 0,
            trailers: mail.trailers.iter().map(|t| format!("{}: {}", t.key, t.value)).collect(),
            title: mail.title.clone(),
            normal_title: normal(&mail.title[..mail.title.floor_char_boundary(LONGEST_TITLE)]),
            files: mail.files.iter().flat_map(paths).collect(),
        };
        let whole = mail.message.read_text(texts);
        let parsed = Diff::parse(mail.anatomy.diff.of(&whole));
        for file in &parsed.diff.files {
            this.text.push('\n');
            if this.diff_start == 0 {
                this.diff_start = this.text.len();
            }
            this.push_file(file);
        }
        this
    }

    /// All lines.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        text::lines(&self.text)
    }

    /// The number of lines with author and message.
    pub(super) fn words(&self) -> usize {
        if self.diff_start == 0 {
            usize::MAX
        } else {
            text::lines(&self.text[..self.diff_start]).count()
        }
    }

    /// The diff alone; everything if there is no diff.
    pub(super) fn diff(&self) -> &str {
        &self.text[self.diff_start..]
    }

    /// The kind of change, if it became `new`.
    pub(super) fn became(&self, new: &Self) -> Kind {
        if self.text == new.text {
            return Kind::Same;
        }
        let has_diff = self.diff_start > 0 && new.diff_start > 0;
        let is_reworded = !self.message().eq(new.message());
        if has_diff && self.diff() == new.diff() {
            return if is_reworded { Kind::Reworded } else { Kind::Credited };
        }
        let is_rebased = has_diff && !is_reworded && self.changes().eq(new.changes());
        if is_rebased { Kind::Rebased } else { Kind::Changed }
    }

    /// Author and message without trailers and empty lines.
    fn message(&self) -> impl Iterator<Item = &str> {
        let words = text::lines(&self.text[..self.diff_start]);
        words.filter(|line| {
            let line = line.trim();
            !line.is_empty() && !self.trailers.contains(line)
        })
    }

    /// The lines that it adds and removes, and the headings of their files.
    fn changes(&self) -> impl Iterator<Item = &str> {
        text::lines(self.diff())
            .filter(|line| line.starts_with(['+', '-']) || line.starts_with(" ## "))
    }

    /// Whether both change a file of the same name.
    pub(super) fn shares_file(&self, other: &Self) -> bool {
        !self.files.is_disjoint(&other.files)
    }

    /// Adds a line of several pieces: formatting a million lines took a hundredth of a build.
    fn push_line(&mut self, pieces: &[&str]) {
        self.text.extend(pieces.iter().copied());
        self.text.push('\n');
        self.size += 1;
    }

    fn push_file(&mut self, file: &FileDiff<'_>) {
        let path = file.path();
        let mode = match (file.modes.old, file.modes.new) {
            (Some(old), Some(new)) if old != new => format!(" (mode change {old} => {new})"),
            _ => String::new(),
        };
        match file.old_path() {
            _ if file.is_new => self.push_line(&[" ## ", path, " (new)", &mode, " ##"]),
            _ if file.is_deleted => self.push_line(&[" ## ", path, " (deleted)", &mode, " ##"]),
            Some(old) if file.is_rename => {
                self.push_line(&[" ## ", old, " => ", path, &mode, " ##"]);
            }
            _ => self.push_line(&[" ## ", path, &mode, " ##"]),
        }
        if file.binary.is_some() {
            self.push_line(&[" Binary file ", new_blob(file.header)]);
        }
        for hunk in &file.hunks {
            self.push_hunk(path, hunk);
        }
    }

    fn push_hunk(&mut self, path: &str, hunk: &Hunk<'_>) {
        let path = &path[..path.floor_char_boundary(LONGEST_PATH)];
        match hunk.section {
            "" => self.push_line(&["@@"]),
            section => self.push_line(&["@@ ", path, ": ", section]),
        }
        for line in hunk.lines() {
            match line.raw.trim_end_matches(['\n', '\r']) {
                // A context line that lost its blank on the way.
                "" => self.push_line(&[" "]),
                raw if raw.starts_with('\\') => self.push_line(&[" ", raw]),
                raw => self.push_line(&[raw]),
            }
        }
    }
}

fn paths(file: &FileChange) -> impl Iterator<Item = Arc<str>> {
    file.old_path.iter().cloned().chain([file.path.clone()])
}

/// Title and message, indented by four and without blanks at the ends of lines.
fn push_message(texts: &TextReader, text: &mut String, mail: &Mail) {
    text.extend(["    ", &mail.title, "\n"]);
    let whole = mail.message.read_text(texts);
    let message = mail.anatomy.message.of(&whole).trim_end();
    let mut lines = message.lines().skip_while(|line| line.trim().is_empty()).peekable();
    if lines.peek().is_some() {
        text.push('\n');
    }
    for line in lines {
        match line.trim_end() {
            "" => {}
            line => text.extend(["    ", line]),
        }
        text.push('\n');
    }
}

/// The first digits of the new blob's name; empty if the header has none.
fn new_blob(header: &str) -> &str {
    let index = header.lines().find_map(|line| line.strip_prefix("index "));
    let name = index.and_then(|names| names.split_once("..")).map_or("", |(_, name)| name);
    name.get(..7).unwrap_or(name)
}
