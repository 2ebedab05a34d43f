//! The lines before a file's first hunk.
//!
//! In: the possible start of a header. Out: its end, and a [`FileDiff`] with its facts. Never here: hunks.

use super::{
    FileDiff,
    names::{self, Prefix},
};

/// The first line of a header decides how to read its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `diff --git`.
    Git,
    /// `diff --cc` or `diff --combined`: a merge against all its parents.
    Combined,
    /// `---` and `+++`, perhaps below `Index:` or `diff -u`.
    Plain,
}

/// The words with which git's extended header lines begin; `mode ` only in combined diffs.
const EXTENDED: [&str; 16] = [
    "--- ",
    "+++ ",
    "index ",
    "old mode ",
    "new mode ",
    "new file mode ",
    "deleted file mode ",
    "similarity index ",
    "dissimilarity index ",
    "rename from ",
    "rename to ",
    "rename old ",
    "rename new ",
    "copy from ",
    "copy to ",
    "mode ",
];

impl Style {
    /// How to read the header that begins with `line`.
    pub(super) fn of(line: &str) -> Self {
        if line.starts_with("diff --git ") {
            Self::Git
        } else if line.starts_with("diff --cc ") || line.starts_with("diff --combined ") {
            Self::Combined
        } else {
            Self::Plain
        }
    }
}

/// The end of git's header whose first line is at `at`; `None` if no further line belongs to it.
pub(super) fn extended_end(text: &str, at: usize) -> Option<usize> {
    let first = line_end(text, at);
    let mut end = first;
    while EXTENDED.iter().any(|word| text[end..].starts_with(word)) {
        end = line_end(text, end);
    }
    (end > first).then_some(end)
}

/// Reads a whole header; `None` if it names no file.
pub(super) fn read<'a>(header: &'a str, prefix: &mut Prefix) -> Option<FileDiff<'a>> {
    let mut file = FileDiff { header, ..FileDiff::default() };
    let style = Style::of(header);
    if style == Style::Plain {
        plain_names(&mut file, prefix);
    } else {
        let first = &header[..line_end(header, 0)];
        let rest = first.splitn(3, ' ').nth(2).unwrap_or_default();
        let named_once = match style {
            Style::Git => names::both(rest, *prefix).or_else(|| names::guess(rest, *prefix)),
            _ => Some(names::whole(rest)),
        };
        extended(&mut file, *prefix);
        name_both(&mut file, named_once);
    }
    (!file.path().is_empty()).then_some(file)
}

/// The value of an extended line, without line end.
fn value<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    line.strip_prefix(word).map(|rest| rest.trim_end_matches(['\r', '\n']))
}

/// Reads git's extended lines. The first statement counts.
fn extended<'a>(file: &mut FileDiff<'a>, prefix: Prefix) {
    for line in file.header.split_inclusive('\n') {
        if let Some(mode) = value(line, "old mode ") {
            file.modes.old = Some(mode);
        } else if let Some(mode) = value(line, "new mode ") {
            file.modes.new = Some(mode);
        } else if let Some(mode) = value(line, "new file mode ") {
            (file.is_new, file.modes.new) = (true, Some(mode));
        } else if let Some(mode) = value(line, "deleted file mode ") {
            (file.is_deleted, file.modes.old) = (true, Some(mode));
        } else if let Some(percent) = value(line, "similarity index ") {
            file.similarity = percent.trim_end_matches('%').parse().ok();
        } else if let Some(name) = value(line, "rename from ").or(value(line, "rename old ")) {
            (file.is_rename, file.paths.old) = (true, names::whole(name));
        } else if let Some(name) = value(line, "rename to ").or(value(line, "rename new ")) {
            (file.is_rename, file.paths.new) = (true, names::whole(name));
        } else if let Some(name) = value(line, "copy from ") {
            (file.is_copy, file.paths.old) = (true, names::whole(name));
        } else if let Some(name) = value(line, "copy to ") {
            (file.is_copy, file.paths.new) = (true, names::whole(name));
        } else {
            sides(file, line, prefix);
        }
    }
}

/// Reads git's `--- ` and `+++ `.
fn sides(file: &mut FileDiff<'_>, line: &str, prefix: Prefix) {
    let (rest, path, gone) = if let Some(rest) = line.strip_prefix("--- ") {
        (rest, &mut file.paths.old, &mut file.is_new)
    } else if let Some(rest) = line.strip_prefix("+++ ") {
        (rest, &mut file.paths.new, &mut file.is_deleted)
    } else {
        return;
    };
    if names::is_dev_null(rest) {
        *gone = true;
    } else if path.is_empty() {
        *path = names::side(rest, prefix);
    }
}

/// Fills in the names that only the first line has, and removes the side that does not exist.
fn name_both(file: &mut FileDiff<'_>, named_once: Option<String>) {
    if file.paths.old.is_empty() && file.paths.new.is_empty() {
        file.paths.new = named_once.unwrap_or_default();
        file.paths.old.clone_from(&file.paths.new);
    }
    if file.is_new {
        if file.paths.new.is_empty() {
            file.paths.new = std::mem::take(&mut file.paths.old);
        }
        file.paths.old.clear();
    } else if file.is_deleted {
        if file.paths.old.is_empty() {
            file.paths.old = std::mem::take(&mut file.paths.new);
        }
        file.paths.new.clear();
    }
}

/// Reads the names of a plain diff. Both sides have one name, because a plain diff cannot express a rename.
fn plain_names(file: &mut FileDiff<'_>, prefix: &mut Prefix) {
    let mut lines = file.header.split_inclusive('\n').rev();
    let new = lines.next().and_then(|line| line.strip_prefix("+++ ")).unwrap_or_default();
    let old = lines.next().and_then(|line| line.strip_prefix("--- ")).unwrap_or_default();
    file.is_new = names::is_dev_null(old) || names::is_epoch(old);
    file.is_deleted = !file.is_new && (names::is_dev_null(new) || names::is_epoch(new));
    if *prefix == Prefix::Strip && guess_no_prefix(old, new) {
        *prefix = Prefix::Keep;
    }
    let prefix = if is_whole(file.header, old, new) { Prefix::Keep } else { *prefix };
    let path = if names::is_dev_null(old) {
        names::plain(new, prefix)
    } else if names::is_dev_null(new) {
        names::plain(old, prefix)
    } else {
        shorter(names::plain(old, prefix), names::plain(new, prefix))
    };
    if !file.is_new {
        file.paths.old.clone_from(&path);
    }
    if !file.is_deleted {
        file.paths.new = path;
    }
}

/// Whether the names are whole paths, without a prefix. Subversion and CVS repeat the path in `Index:`; quilt, which
/// has a prefix, names the old side differently. git would remove the first folder.
fn is_whole(header: &str, old: &str, new: &str) -> bool {
    let index = header.strip_prefix("Index: ").and_then(|rest| rest.lines().next());
    let [old, new] = [old, new].map(|name| names::plain(name, Prefix::Keep));
    old == new && index.is_some_and(|index| index.trim() == new)
}

/// git's guess: if a plain diff's names have no slash at all, the mail's names have no prefix.
fn guess_no_prefix(old: &str, new: &str) -> bool {
    let bare =
        |rest: &str| !names::is_dev_null(rest) && !names::plain(rest, Prefix::Keep).contains('/');
    bare(old) && bare(new)
}

/// The new name, but `x.c` rather than `x.c.orig` and `x.c~`.
fn shorter(old: String, new: String) -> String {
    if !old.is_empty() && new.starts_with(&old) { old } else { new }
}

/// Offset after the line that begins at `at`.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n + 1)
}
