//! Finds files and hunks in a text.
//!
//! In: a text. Out: a [`Parsed`] with its files, their hunks and the text between them. Never here: the meaning of a
//! header (`header`), an error.
//!
//! The state machine follows git's `apply.c`:
//!
//! | in | sees | does |
//! |---|---|---|
//! | text | `diff --git` and an extended line; `--- `, `+++ ` and `@@ -` | a file begins |
//! | file | `@@ -` | a hunk begins |
//! | hunk | the header's counts are used up | the hunk ends: only now can `-- ` be a signature |
//! | hunk | a line that does not fit | is mended if a mailer wrapped a line; otherwise the hunk ends, damaged |
//! | file | anything else | is text up to the next file; after the last file, it is the rest |
//!
//! Every line is read a fixed number of times, so the time is linear for every input.

use super::{
    Diff, FileDiff, Hunk, LineKind, Parsed, Sides,
    header::{self, Style, line_end},
    names::Prefix,
};

/// The most unknown lines between `diff …` or `Index:` and `--- `.
const HEADER_LINES: usize = 8;

/// The most parents of a combined diff. The largest merges in the kernel have up to 66, but nobody mailed such a
/// diff.
const MAX_PARENTS: usize = 32;

/// Whether a line has only its line end: a context line whose blank was lost on the way.
pub(super) fn is_blank(line: &str) -> bool {
    matches!(line, "\n" | "\r\n")
}

/// The meaning of the markers of a hunk's line.
pub(super) fn kind(line: &str, columns: u8) -> LineKind {
    match (line.as_bytes().first(), columns) {
        // This covers nearly all lines of all diffs.
        (Some(b' '), 1) => return LineKind::Context,
        (Some(b'-'), 1) => return LineKind::Removed,
        (Some(b'+'), 1) => return LineKind::Added,
        (Some(b'\\'), _) if line.starts_with("\\ ") => return LineKind::NoNewline,
        (Some(b'\r' | b'\n'), _) if is_blank(line) => return LineKind::Context,
        _ => {}
    }
    match line.as_bytes().get(..usize::from(columns)) {
        Some(b" ") => LineKind::Context,
        Some(marks) if !marks.iter().all(|b| matches!(b, b' ' | b'+' | b'-')) => LineKind::Stray,
        Some(marks) if marks.contains(&b'-') => LineKind::Removed,
        Some(marks) if marks.contains(&b'+') => LineKind::Added,
        Some(_) => LineKind::Context,
        None => LineKind::Stray,
    }
}

/// Finds the diff in `text`.
pub(super) fn parse(text: &str) -> Parsed<'_> {
    let mut files: Vec<FileDiff<'_>> = Vec::new();
    let (mut start, mut at, mut prefix) = (text.len(), 0, Prefix::Strip);
    let mut from = 0;
    loop {
        match next_landmark(text, from, &mut prefix) {
            Landmark::End => break,
            Landmark::File { begin, mut file } => {
                match files.last_mut() {
                    Some(last) => last.tail = &text[at..begin],
                    None => start = begin,
                }
                at = read_file(text, begin, &mut file);
                files.push(*file);
                from = at;
            }
            Landmark::Hunk(begin) => match files.last_mut() {
                Some(last) if last.binary.is_none() => {
                    adopt(text, at, begin, last);
                    at = read_hunks(text, begin, last);
                    from = at;
                }
                _ => from = line_end(text, begin),
            },
        }
    }
    let end = if files.is_empty() { text.len() } else { at };
    Parsed { start, end, diff: Diff { files } }
}

/// The next thing in a text that is not prose.
enum Landmark<'a> {
    /// A file begins.
    File { begin: usize, file: Box<FileDiff<'a>> },
    /// A hunk begins; whether it belongs to a file is unknown here.
    Hunk(usize),
    /// Only prose is left.
    End,
}

/// Finds the next landmark at or after `at`.
fn next_landmark<'a>(text: &'a str, mut at: usize, prefix: &mut Prefix) -> Landmark<'a> {
    // The last `diff …` or `Index:` line, and how many lines ago it was.
    let mut opened: Option<(usize, usize)> = None;
    while at < text.len() {
        let line = &text[at..];
        let end = match line.as_bytes()[0] {
            b'@' if hunk_head(line).is_some() => return Landmark::Hunk(at),
            b'd' => extended_end(text, at).map(|end| (at, end)),
            b'-' => plain_end(text, at).map(|end| (opened.map_or(at, |(begin, _)| begin), end)),
            _ => None,
        };
        if let Some((begin, end)) = end
            && let Some(file) = header::read(&text[begin..end], prefix)
        {
            return Landmark::File { begin, file: Box::new(file) };
        }
        opened = match opened {
            _ if line.starts_with("diff ")
                && !matches!(opened, Some((b, _)) if text[b..].starts_with("Index: ")) =>
            {
                Some((at, 0))
            }
            _ if line.starts_with("Index: ") => Some((at, 0)),
            Some((begin, lines)) if lines < HEADER_LINES && !line.starts_with(['\n', '\r']) => {
                Some((begin, lines + 1))
            }
            _ => None,
        };
        at = line_end(text, at);
    }
    Landmark::End
}

/// The end of git's header at `at`. For a merge without manual changes, git prints the header of a combined diff
/// without a hunk, which changes nothing.
fn extended_end(text: &str, at: usize) -> Option<usize> {
    let style = Style::of(&text[at..]);
    let end = header::extended_end(text, at).filter(|_| style != Style::Plain)?;
    let is_empty = hunk_head(&text[end..]).is_none() && binary_end(text, end).is_none();
    (style == Style::Git || !is_empty).then_some(end)
}

/// The end of `--- `, `+++ ` at `at`, if a hunk follows: git accepts a file only then.
fn plain_end(text: &str, at: usize) -> Option<usize> {
    if !text[at..].starts_with("--- ") {
        return None;
    }
    let new = line_end(text, at);
    if !text[new..].starts_with("+++ ") {
        return None;
    }
    let end = line_end(text, new);
    hunk_head(&text[end..]).is_some().then_some(end)
}

/// Reads everything after the header of `file`, which begins at `begin`; returns its end.
fn read_file<'a>(text: &'a str, begin: usize, file: &mut FileDiff<'a>) -> usize {
    let at = begin + file.header.len();
    if let Some(end) = binary_end(text, at) {
        file.binary = Some(&text[at..end]);
        return end;
    }
    read_hunks(text, at, file)
}

/// Reads consecutive hunks; returns the end of the last one.
fn read_hunks<'a>(text: &'a str, mut at: usize, file: &mut FileDiff<'a>) -> usize {
    while let Some(head) = hunk_head(&text[at..]) {
        let begin = line_end(text, at);
        let body = read_body(text, begin, &head);
        file.hunks.push(Hunk {
            header: &text[at..begin],
            start: head.start,
            count: head.count,
            section: head.section,
            columns: head.columns,
            body: &text[begin..body.end],
            added: body.added,
            deleted: body.deleted,
        });
        file.damaged |= body.damaged;
        at = body.end;
    }
    at
}

/// Adds the text before a hunk without a file header to the hunk or header above it.
fn adopt<'a>(text: &'a str, at: usize, begin: usize, file: &mut FileDiff<'a>) {
    file.damaged = true;
    let Some(last) = file.hunks.last_mut() else {
        let header = begin - (at - file.header.len());
        file.header = &text[begin - header..begin];
        return;
    };
    for line in text[at..begin].split_inclusive('\n') {
        last.added += u32::from(kind(line, last.columns) == LineKind::Added);
        last.deleted += u32::from(kind(line, last.columns) == LineKind::Removed);
    }
    last.body = &text[at - last.body.len()..begin];
}

/// The end of a binary patch at `at`, or of the line that says that binary files differ.
fn binary_end(text: &str, at: usize) -> Option<usize> {
    let end = line_end(text, at);
    let line = text[at..end].trim_end_matches(['\r', '\n']);
    if line.ends_with(" differ")
        && (line.starts_with("Binary files ") || line.starts_with("Files "))
    {
        return Some(end);
    }
    (line == "GIT binary patch").then(|| binary_part(text, binary_part(text, end)))
}

/// The end of one `literal` or `delta` with its lines and the empty line after it.
fn binary_part(text: &str, at: usize) -> usize {
    if !text[at..].starts_with("literal ") && !text[at..].starts_with("delta ") {
        return at;
    }
    let mut at = line_end(text, at);
    while text[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        at = line_end(text, at);
    }
    if text[at..].starts_with(['\n', '\r']) { line_end(text, at) } else { at }
}

/// The content of a `@@ … @@` line.
struct HunkHead<'a> {
    start: Sides<u32>,
    count: Sides<u32>,
    /// The counts of the other parents in a combined diff.
    others: Vec<u32>,
    columns: u8,
    section: &'a str,
}

/// Reads the `@@ -1,2 +1,3 @@` or `@@@ -1,2 -1,2 +1,3 @@@` line that `text` begins with.
fn hunk_head(text: &str) -> Option<HunkHead<'_>> {
    let columns =
        text.bytes().take(MAX_PARENTS + 2).take_while(|&b| b == b'@').count().checked_sub(1)?;
    let rest = text.get(columns + 1..).filter(|_| (1..=MAX_PARENTS).contains(&columns))?;
    let (first, mut rest) = range(rest, " -")?;
    let mut others = Vec::new();
    for _ in 1..columns {
        let ((_, count), behind) = range(rest, " -")?;
        others.push(count);
        rest = behind;
    }
    let (new, rest) = range(rest, " +")?;
    let rest = rest.strip_prefix(' ')?.strip_prefix(&text[..columns + 1])?;
    let section = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
    Some(HunkHead {
        start: Sides { old: first.0, new: new.0 },
        count: Sides { old: first.1, new: new.1 },
        others,
        columns: u8::try_from(columns).ok()?,
        section: section.strip_prefix(' ').unwrap_or(section),
    })
}

/// Reads ` -12,3` or ` -12` (a count of one) and returns what is after it.
fn range<'a>(text: &'a str, mark: &str) -> Option<((u32, u32), &'a str)> {
    let (start, rest) = number(text.strip_prefix(mark)?)?;
    let Some(rest) = rest.strip_prefix(',') else { return Some(((start, 1), rest)) };
    let (count, rest) = number(rest)?;
    Some(((start, count), rest))
}

fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take(11).take_while(u8::is_ascii_digit).count();
    Some((text[..digits].parse().ok()?, &text[digits..]))
}

/// The lines found after a hunk's header.
struct Body {
    end: usize,
    added: u32,
    deleted: u32,
    damaged: bool,
}

/// The number of lines of a hunk that are still to come.
#[derive(Clone)]
struct Due {
    old: u32,
    new: u32,
    others: Vec<u32>,
}

impl Due {
    fn is_over(&self) -> bool {
        self.old == 0 && self.new == 0 && self.others.iter().all(|&n| n == 0)
    }

    /// Consumes `line`; `None`, and nothing consumed, if it does not fit.
    fn take(&mut self, line: &str, kind: LineKind) -> Option<()> {
        if !self.others.is_empty() {
            return self.take_combined(line, kind);
        }
        let (old, new) = match kind {
            LineKind::Context => (1, 1),
            LineKind::Removed => (1, 0),
            LineKind::Added => (0, 1),
            LineKind::NoNewline => (0, 0),
            LineKind::Stray => return None,
        };
        let left = (self.old.checked_sub(old)?, self.new.checked_sub(new)?);
        (self.old, self.new) = left;
        Some(())
    }

    /// The same for several parents. A line that is not in the result has `-` for each parent that has it; a line
    /// that is in the result has a blank for each.
    fn take_combined(&mut self, line: &str, kind: LineKind) -> Option<()> {
        let (mark, new) = match kind {
            LineKind::Context | LineKind::Added => (b' ', 1),
            LineKind::Removed => (b'-', 0),
            LineKind::NoNewline => return Some(()),
            LineKind::Stray => return None,
        };
        let mut left = self.clone();
        left.new = left.new.checked_sub(new)?;
        for (n, count) in std::iter::once(&mut left.old).chain(&mut left.others).enumerate() {
            let here = is_blank(line) || line.as_bytes().get(n) == Some(&mark);
            *count = count.checked_sub(u32::from(here))?;
        }
        *self = left;
        Some(())
    }
}

/// Reads the lines of a hunk.
fn read_body(text: &str, begin: usize, head: &HunkHead<'_>) -> Body {
    let mut due = Due { old: head.count.old, new: head.count.new, others: head.others.clone() };
    let mut body = Body { end: begin, added: 0, deleted: 0, damaged: false };
    while !due.is_over() && body.end < text.len() {
        if !body.take(text, head.columns, &mut due) {
            body.damaged = true;
            if let Some(mended) = mend(text, &body, head.columns, &due) {
                body = mended;
                due = Due { old: 0, new: 0, others: Vec::new() };
            }
            break;
        }
    }
    if text[body.end..].starts_with("\\ ") {
        body.end = line_end(text, body.end);
    }
    body.damaged |= !due.is_over() || (body.added == 0 && body.deleted == 0);
    body
}

impl Body {
    /// Consumes the next line; false, and nothing consumed, if it does not fit.
    fn take(&mut self, text: &str, columns: u8, due: &mut Due) -> bool {
        let end = line_end(text, self.end);
        let line = &text[self.end..end];
        let kind = kind(line, columns);
        if due.take(line, kind).is_none() {
            return false;
        }
        self.added += u32::from(kind == LineKind::Added);
        self.deleted += u32::from(kind == LineKind::Removed);
        self.end = end;
        true
    }
}

/// Skips the rests of lines that a mailer wrapped. This counts only if each stands alone between lines that fit, and
/// if the counts then agree.
fn mend(text: &str, cut: &Body, columns: u8, due: &Due) -> Option<Body> {
    let mut body = Body { ..*cut };
    let mut due = due.clone();
    let mut wrapped = false;
    while !due.is_over() {
        let line = text.get(body.end..).filter(|line| !line.is_empty())?;
        let blank = line.starts_with(['\n', '\r']);
        if begins_something(line) || (wrapped && blank) {
            return None;
        }
        if body.take(text, columns, &mut due) {
            wrapped = false;
            continue;
        }
        let end = line_end(text, body.end);
        if wrapped || kind(&text[body.end..end], columns) != LineKind::Stray {
            return None;
        }
        body.end = end;
        wrapped = true;
    }
    Some(body)
}

/// Whether a file or a hunk begins with the line at the start of `text`.
fn begins_something(text: &str) -> bool {
    hunk_head(text).is_some()
        || ["diff --", "Index: "].iter().any(|word| text.starts_with(word))
        || plain_end(text, 0).is_some()
}
