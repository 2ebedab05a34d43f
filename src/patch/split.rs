//! The parts of a patch mail: commit message, notes, diff.
//!
//! In: the text of a mail. Out: ranges of it, and the in-body headers. The rules are git's (`mailinfo.c`,
//! `handle_commit_msg`):
//!
//! ```text
//!             blank       From: Subject: Date:   other line     patch break       first file of the diff
//! headers     headers     headers (once each)    message        notes             diff
//! message     message     message                message        notes             diff
//! notes       notes       notes                  notes          notes             diff
//! ```
//!
//! A patch break is `diff -`, `Index: `, `--- name`, or a line of `---` and blanks. Never here: the content of the
//! diff.

mod header;

use super::{Anatomy, Diff, Span, diffstat};
use crate::{
    message::{self, Mailbox, Subject, SubjectKind, Version},
    text,
};

/// The parts of a mail's text, without their meaning.
#[derive(Debug, Default)]
pub(super) struct Split<'a> {
    /// The ranges of the parts.
    pub(super) anatomy: Anatomy,
    /// The in-body `From:`, if it has an address (git's sample 0015 has one without).
    pub(super) author: Option<Mailbox>,
    /// Whether git's rules reject the name, so that only the address remains.
    pub(super) has_odd_name: bool,
    /// The in-body `Subject:`.
    pub(super) subject: Option<String>,
    /// Whether the headers are below words of a reply, and name no version.
    pub(super) is_below: bool,
    /// Whether the headers contain words that are shown nowhere else.
    has_words: bool,
    /// The diff after the patch break.
    pub(super) diff: Diff<'a>,
}

/// Splits the text of a mail that may carry a patch.
pub(super) fn split(text: &str) -> Split<'_> {
    split_behind(text, 0, in_body_headers)
}

/// Splits the text of a mail with one attached file of `git format-patch`: the text above it is for readers of the
/// mail and not part of the commit. If the mail's subject (`named`) names the patch, that title counts, as in git.
pub(super) fn split_attached<'t>(text: &'t str, named: Option<&Subject>) -> Option<Split<'t>> {
    let mut files = files(text);
    let (Some(start), None) = (files.next(), files.next()) else { return None };
    let mut split = split_behind(text, start, file_headers);
    // A quoted `>From 0123…` at the start of the text is git's own form of in-body headers.
    let is_own = text[start..].starts_with('>') && text[..start].trim().is_empty();
    if is_own || patch_break(text, 0) < start || split.diff.files.is_empty() {
        return None;
    }
    // A title that differs from the mail's is only in the header.
    let own = split.subject.as_deref().map(Subject::of_patch);
    split.has_words |= own.is_some_and(|own| named.is_some_and(|named| own.title != named.title));
    let end = if split.has_words { split.anatomy.message.start as usize } else { start };
    split.anatomy.above = (0..end).into();
    if named.is_some() {
        (split.author, split.has_odd_name, split.subject) = (None, false, None);
    }
    Some(split)
}

/// Splits a file of `git format-patch` inside a mail: its whole header is in the text.
pub(super) fn split_file(text: &str) -> Split<'_> {
    split_behind(text, 0, file_headers)
}

/// The same from an offset on, after `headers` were read.
fn split_behind<'t>(
    text: &'t str,
    from: usize,
    headers: fn(&str, &mut Split<'t>) -> usize,
) -> Split<'t> {
    let mut split = Split::default();
    let start = from + headers(&text[from..], &mut split);
    let breaks = patch_break(text, start);
    let message = Span::from(start..breaks);
    let after = &text[breaks..];
    let parsed = Diff::parse(after);
    let (diff_start, diff_end) = (breaks + parsed.start, breaks + parsed.end);
    let stat = diffstat::find(&text[breaks..diff_start]);
    let (stat_start, stat_end) =
        stat.map_or((diff_start, diff_start), |stat| (breaks + stat.start, breaks + stat.end));
    split.anatomy = Anatomy {
        above: if split.has_words { (from..start).into() } else { Span::default() },
        message,
        notes: (behind_break(text, breaks).min(stat_start)..stat_start).into(),
        diffstat: (stat_start..stat_end).into(),
        diff: (diff_start..diff_end).into(),
        rest: (diff_end..text.len()).into(),
    };
    split.diff = parsed.diff;
    split
}

/// Splits the text of a reply. Words for readers may precede the headers of a new version (`Like this?`), or an
/// attached file of `git format-patch`, and belong to its message. Other patches in a reply are there for
/// discussion.
pub(super) fn split_reply(text: &str) -> Split<'_> {
    let split = self::split(text);
    if split.subject.is_some() || split.diff.files.is_empty() {
        return split;
    }
    let headed = starts(text).take_while(|at| *at < split.anatomy.diff.start as usize);
    let found = headed.filter_map(|at| {
        let mut inner = Split::default();
        in_body_headers(&text[at..], &mut inner);
        let subject = inner.subject.as_deref().map(Subject::parse)?;
        inner.is_below = subject.version() == Version::FIRST;
        (!subject.is_reply && subject.kind == SubjectKind::Patch).then_some(inner)
    });
    match { found }.next() {
        Some(Split { author, has_odd_name, subject, is_below, .. }) => {
            Split { author, has_odd_name, subject, is_below, ..split }
        }
        None => split,
    }
}

/// Possible starts of headers: a paragraph, or the line below the first line of an attached `git format-patch` file.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let lines = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    lines.filter_map(|at| {
        let line = text::whole_lines(&text[at..]).next().unwrap_or_default();
        let is_header = line.starts_with("From: ") || line.starts_with("Subject: ");
        let is_first = is_header && text[..at].ends_with("\n\n");
        is_mbox(line).then_some(at + line.len()).or(is_first.then_some(at))
    })
}

/// `From 0123… Mon Sep 17 00:00:00 2001`: the first line of a `git format-patch` file.
fn is_mbox(line: &str) -> bool {
    // Archives add a `>` before it.
    line.strip_prefix('>')
        .unwrap_or(line)
        .strip_prefix("From ")
        .and_then(below_commit)
        .is_some_and(|date| date.starts_with(" Mon Sep 17 "))
}

/// The text after the date that follows a commit. Nothing else may follow: other words are somebody's, and would be
/// lost in a line that counts as a separator.
fn below_commit(rest: &str) -> Option<&str> {
    let is_commit = rest.bytes().take(40).all(|b| b.is_ascii_hexdigit());
    rest.get(40..).filter(|date| is_commit && date.split_whitespace().count() <= 5)
}

/// The starts of `git format-patch` files in a text.
pub(super) fn files(text: &str) -> impl Iterator<Item = usize> {
    let found = memchr::memmem::find_iter(text.as_bytes(), "From ");
    found.filter_map(|at| {
        let start = if text[..at].ends_with('>') { at - 1 } else { at };
        let is_line = start == 0 || text[..start].ends_with('\n');
        let line = text::whole_lines(&text[start..]).next().unwrap_or_default();
        (is_line && is_mbox(line)).then_some(start)
    })
}

/// The Date field of a file of `git format-patch`, and its body.
#[cfg(feature = "site")]
pub(crate) fn file_date(text: &str) -> (Option<String>, &str) {
    let (fields, body) = file_fields(text);
    let date = fields.into_iter().find(|(field, _)| matches!(field, Field::Date));
    (date.map(|(_, value)| value.trim().to_owned()), &text[body..])
}

/// Reads the header of a file, and the headers in its body, which have precedence; returns the start of its message.
fn file_headers(text: &str, split: &mut Split<'_>) -> usize {
    let (fields, body) = file_fields(text);
    split.has_words = header::has_words(&text[..body]);
    fields.into_iter().for_each(|field| close(Some(field), split));
    body + in_body_headers(&text[body..], split)
}

/// The relevant fields of a file's header, unfolded, and the start of its body.
fn file_fields(text: &str) -> (Vec<(Field, String)>, usize) {
    let (fields, body) = header::fields(text);
    let counting =
        |field: String| Field::of(&field).map(|(field, value)| (field, value.to_owned()));
    (fields.into_iter().filter_map(counting).collect(), body)
}

/// Reads the headers at the start of the body and returns the start of the message.
fn in_body_headers(text: &str, split: &mut Split<'_>) -> usize {
    let mut at = 0;
    let mut open: Option<(Field, String)> = None;
    let mut seen = [false; 3];
    loop {
        let end = at + text::whole_lines(&text[at..]).next().map_or(0, str::len);
        let line = text[at..end].trim_end_matches(['\n', '\r']);
        let blank = line.trim().is_empty();
        let continues = line.starts_with([' ', '\t']) && !blank && open.is_some();
        if continues {
            if let Some((_, value)) = &mut open {
                value.push_str(line);
            }
        } else if blank && open.is_none() && at < text.len() {
            // Blank lines before the first header are skipped.
        } else {
            let ended = blank && open.is_some();
            close(open.take(), split);
            if ended {
                return end;
            }
            match Field::of(line).filter(|(field, _)| !seen[*field as usize]) {
                Some((field, value)) => {
                    seen[field as usize] = true;
                    open = Some((field, value.to_owned()));
                }
                None if is_separator(line) => {}
                None => return at,
            }
        }
        at = end;
        if at >= text.len() {
            close(open, split);
            return at;
        }
    }
}

/// The headers that count in a body.
#[derive(Clone, Copy)]
enum Field {
    From = 0,
    Subject = 1,
    Date = 2,
}

impl Field {
    fn of(line: &str) -> Option<(Self, &str)> {
        let (key, value) = line.split_once(':')?;
        let field = match key.to_ascii_lowercase().as_str() {
            "from" => Self::From,
            "subject" => Self::Subject,
            "date" => Self::Date,
            _ => return line.strip_prefix("[PATCH] ").map(|title| (Self::Subject, title)),
        };
        Some((field, value))
    }
}

/// `>From 0123… Mon Sep 17 00:00:00 2001`: the first line of a `git format-patch` file, quoted.
fn is_separator(line: &str) -> bool {
    line.strip_prefix(">From ").and_then(below_commit).is_some_and(|date| !date.is_empty())
}

fn close(field: Option<(Field, String)>, split: &mut Split<'_>) {
    match field {
        Some((Field::From, value)) => {
            let author = Mailbox::parse(&value);
            if author.address.contains('@') {
                let words = value.replace(&*author.address, "");
                let has_words = words.contains(|c: char| c.is_alphanumeric());
                split.has_odd_name = has_words && author.name == author.address;
                split.author = Some(author);
            }
        }
        Some((Field::Subject, value)) => split.subject = Some(crate::message::decode(&value)),
        Some((Field::Date, value)) => split.has_words |= !message::is_date(&value),
        None => {}
    }
}

/// The first patch break at or after `start`, or the end of the text.
fn patch_break(text: &str, start: usize) -> usize {
    let mut at = start;
    for line in text::whole_lines(&text[start..]) {
        if is_break(line) {
            return at;
        }
        at += line.len();
    }
    at
}

/// git's `patchbreak`.
fn is_break(line: &str) -> bool {
    if line.starts_with("diff -") || line.starts_with("Index: ") {
        return true;
    }
    line.strip_prefix("---").is_some_and(|rest| {
        let named =
            rest.starts_with(' ') && !rest[1..].starts_with(|c: char| c.is_ascii_whitespace());
        rest.trim().is_empty() || (named && rest.len() > 1)
    })
}

/// The start of the text after a line of `---` alone; a break that already is the diff stays.
fn behind_break(text: &str, breaks: usize) -> usize {
    let line = text::whole_lines(&text[breaks..]).next().unwrap_or_default();
    if line.trim_end() == "---" { breaks + line.len() } else { breaks }
}
