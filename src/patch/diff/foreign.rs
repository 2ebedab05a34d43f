//! Lines in the header of a file that do not belong there: somebody's words, the rest of a line that a mailer
//! wrapped, a hunk with an unreadable header.
//!
//! In: a file with its names. Out: such lines. In place of a header, a page shows the names of the file and what
//! happens to it, so it must show any other words of the header as they are. Never here: a name.

use super::{
    FileDiff,
    header::Style,
    names::{is_dev_null, up_to_tab},
};

pub(super) fn lines<'f>(file: &'f FileDiff<'_>) -> impl Iterator<Item = &'f str> {
    let style = Style::of(file.header);
    // Only the last pair of lines names the sides of a plain diff.
    let sides = file.header.rfind("\n--- ").map_or(0, |at| at + 1);
    let mut at = 0;
    file.header.split_inclusive('\n').filter(move |line| {
        let start = at;
        at += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        let is_own = match style {
            Style::Plain if start >= sides => is_side(file, line),
            Style::Plain => is_above(file, line, start == 0),
            Style::Git | Style::Combined => is_extended(file, line, start == 0),
        };
        !is_own
    })
}

/// A line that git writes.
fn is_extended(file: &FileDiff<'_>, line: &str, is_first: bool) -> bool {
    if is_first {
        return line.starts_with("diff ") && is_named(file, line);
    }
    let value = |words: &[&str]| words.iter().find_map(|word| line.strip_prefix(word));
    if let Some(name) = value(&["--- ", "+++ "]) {
        is_named(file, up_to_tab(name))
    } else if let Some(name) = value(&["rename ", "copy "]) {
        is_named(file, name)
    } else if let Some(objects) = value(&["index "]) {
        objects.bytes().all(|byte| byte.is_ascii_hexdigit() || b"., ".contains(&byte))
    } else if let Some(percent) = value(&["similarity index ", "dissimilarity index "]) {
        percent.trim_end_matches('%').bytes().all(|byte| byte.is_ascii_digit())
    } else {
        let modes = ["old mode ", "new mode ", "new file mode ", "deleted file mode ", "mode "];
        value(&modes).is_some_and(|modes| {
            modes.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte))
        })
    }
}

/// A line that diff(1), CVS or Subversion writes above the names of the sides.
fn is_above(file: &FileDiff<'_>, line: &str, is_first: bool) -> bool {
    let is_word = |word: &str| !word.trim().contains([' ', '\t']);
    if let Some(name) = line.strip_prefix("Index: ") {
        // Its prefix may be longer or shorter than those of the sides.
        is_first && (is_named(file, name) || file.path().ends_with(name.trim()))
    } else if let Some(word) =
        line.strip_prefix("RCS file: ").or_else(|| line.strip_prefix("retrieving revision "))
    {
        is_word(word)
    } else {
        line.starts_with("diff ") && is_named(file, line)
            || line.starts_with("====") && line.trim_end().bytes().all(|byte| byte == b'=')
    }
}

/// The name of a side, and a date.
fn is_side(file: &FileDiff<'_>, line: &str) -> bool {
    let Some(rest) = line.strip_prefix("--- ").or_else(|| line.strip_prefix("+++ ")) else {
        return false;
    };
    let date = rest.split_once('\t').map_or("", |(_, date)| date);
    // Days, months and zones have few letters: `(working copy)` and `(revision 12)` are in parentheses.
    let is_short = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() <= 4;
    let is_date =
        date.starts_with('(') && date.ends_with(')') || date.split_ascii_whitespace().all(is_short);
    // A name with blanks may be a name and a date.
    is_date && (rest.contains([' ', '\t']) || is_named(file, rest))
}

/// Whether a line ends in the name of one of the file's sides.
fn is_named(file: &FileDiff<'_>, line: &str) -> bool {
    let line = line.trim_end();
    let is_null = line.rsplit(' ').next().is_some_and(is_dev_null);
    let sides = [&*file.paths.old, &*file.paths.new];
    // A quoted name is spelled differently.
    is_null
        || line.ends_with('"')
        || sides.iter().any(|path| !path.is_empty() && line.ends_with(path))
}
