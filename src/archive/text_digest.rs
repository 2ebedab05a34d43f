//! A text digest that is sent by mail: rankings, and an entry for each new patch.
//!
//! In: a file whose first line is `From A to B` and whose second is a list's `mailing list update`. Out: its entries
//! as mails, and the rest of its text. Never here: facts that it lacks; an entry has no date, no diff, and a
//! Message-ID made from its number.

mod title;

use std::{fmt::Write as _, path::Path, sync::Arc};

use rayon::prelude::*;

use super::{GivenDigest, Outcome, RawMessage, Reading, Source, mail};
use crate::error::{Error, NoteKind, Place, Result};

/// The most bytes of a digest that are read; the KVM list's first one has 52 kB.
const MOST: usize = 16 << 20;

/// One entry as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry<'a> {
    /// Offset of its first line.
    offset: usize,
    /// `[PATCH v2 0/3] title`.
    subject: &'a str,
    /// `Name <address>`.
    author: &'a str,
    /// The same for the sender, if that is another person (our own digests give both).
    sender: Option<&'a str>,
    /// Its lines below the author.
    body: Vec<&'a str>,
}

/// A line without its end, and its offset.
type Line<'a> = (usize, &'a str);

/// Whether `bytes` begin as a text digest does.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1000)]);
    let mut lines = head.lines().filter(|line| !line.trim().is_empty());
    let range = lines.next().and_then(range);
    range.is_some() && lines.next().and_then(list).is_some()
}

/// Reads the text digest at `path`.
pub(super) fn read<T, F>(path: &Path, parse: &F) -> Result<Reading<T>>
where
    T: Send,
    F: Fn(RawMessage<'_>) -> T + Sync,
{
    let bytes = mail::read_file(path, MOST).map_err(Error::read(path))?;
    let text = String::from_utf8_lossy(mail::without_mark(&bytes));
    let lines = lines(&text);
    let file: Arc<Path> = Arc::from(path);
    let given = given(&file, &lines);
    let entries = entries(&lines);
    let subjects = title::whole(&entries);
    let mails = entries.par_iter().zip(&subjects).enumerate().map(|(at, (entry, subject))| {
        let mail = as_mail(&given, at + 1, entry, subject);
        let source = Source::DigestEntry;
        parse(RawMessage { bytes: mail.as_bytes(), source, object: None, delivered: None })
    });
    let place = |offset: usize| Place::Offset { file: Arc::clone(&file), offset: offset as u64 };
    let mut reading = Reading::default();
    for (entry, value) in entries.iter().zip(mails.collect::<Vec<_>>()) {
        reading.add(place(entry.offset), Outcome::Mail(value));
    }
    if bytes.len() > MOST {
        let cut = format!("only its first {} MiB were read", MOST >> 20);
        reading.add(place(MOST), Outcome::Left(NoteKind::Truncated, cut));
    }
    reading.digest = Some(given);
    Ok(reading)
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut offset = 0;
    let line = |line: &'_ str| (line.len(), line.trim_end_matches(['\n', '\r']).len());
    text.split_inclusive('\n')
        .map(|whole| {
            let (length, shown) = line(whole);
            offset += length;
            (offset - length, &whole[..shown])
        })
        .collect()
}

/// `From A to B`.
fn range(line: &str) -> Option<(&str, &str)> {
    let words: Vec<_> = line.split_whitespace().collect();
    match words[..] {
        ["From", from, "to", to] => Some((from, to)),
        _ => None,
    }
}

/// The list in `KVM mailing list update from A to B`.
fn list(line: &str) -> Option<&str> {
    let (list, _) = line.split_once(" mailing list update")?;
    (!list.trim().is_empty()).then(|| list.trim())
}

/// The text above the entries.
fn given(file: &Arc<Path>, lines: &[Line<'_>]) -> GivenDigest {
    let mut filled = lines.iter().map(|(_, line)| *line).filter(|line| !line.trim().is_empty());
    let (from, to) = filled.next().and_then(range).unwrap_or_default();
    let list = filled.next().and_then(list).unwrap_or_default();
    let names = |(count, name): (u64, &str)| (count, name.to_owned());
    GivenDigest {
        file: Arc::clone(file),
        list: list.into(),
        from: from.into(),
        to: to.into(),
        note: note(lines),
        domains: ranking(lines, "domain").map(names).collect(),
        contributors: ranking(lines, "contributors").map(names).collect(),
    }
}

/// The note above the first ranking: an underlined heading and its text, all indented.
fn note(lines: &[Line<'_>]) -> String {
    let above = lines.iter().map(|(_, line)| *line).take_while(|line| !line.starts_with("Top "));
    let mut above = above
        .filter(|line| line.is_empty() || line.starts_with("  "))
        .map(|line| line.strip_prefix("  ").unwrap_or_default())
        .skip_while(|line| line.is_empty());
    let heading = above.next().unwrap_or_default();
    let is_rule = |line: &str| !line.is_empty() && line.bytes().all(|byte| byte == b'=');
    match above.next() {
        Some(line) if is_rule(line) => {
            let text: Vec<&str> = above.collect();
            format!("{heading}\n\n{}", text.join("\n").trim_matches('\n'))
        }
        _ => String::new(),
    }
}

/// The rows below the title `Top N …` that contains `word`.
fn ranking<'a>(lines: &[Line<'a>], word: &str) -> impl Iterator<Item = (u64, &'a str)> {
    let is_title = |line: &str| line.starts_with("Top ") && line.contains(word);
    let title = lines.iter().position(|(_, line)| is_title(line)).map_or(lines.len(), |at| at + 1);
    lines[title..].iter().map(|(_, line)| line.trim()).skip_while(|line| line.is_empty()).map_while(
        |line| {
            let (count, name) = line.split_once(char::is_whitespace)?;
            Some((count.parse().ok()?, name.trim()))
        },
    )
}

/// The entries, from the section of commit messages on.
fn entries<'a>(lines: &[Line<'a>]) -> Vec<Entry<'a>> {
    let is_section = |line: &str| line.starts_with("====") && line.contains("Commit Messages");
    let start = lines.iter().position(|(_, line)| is_section(line)).unwrap_or(0);
    let mut entries = Vec::new();
    let Some(first) = lines[start..].iter().position(|(_, line)| is_new(line)) else {
        return entries;
    };
    let mut rest = &lines[start + first..];
    while !rest.is_empty() {
        let end = (0..rest.len()).find(|&at| ends_here(&rest[at..])).unwrap_or(rest.len());
        entries.push(entry(&rest[..end]));
        let next = rest[end..].iter().position(|(_, line)| is_new(line));
        rest = next.map_or(&[][..], |next| &rest[end + next..]);
    }
    entries
}

/// The beginning of an entry: the original digest has only `New:`, our own digests say what happened.
const MARKS: [&str; 3] = ["New:", "Updated:", "Applied:"];

fn is_new(line: &str) -> bool {
    MARKS.iter().any(|mark| line.starts_with(mark))
}

/// Whether `lines` begin with the rule that ends an entry: a body may contain rules, too.
fn ends_here(lines: &[Line<'_>]) -> bool {
    let is_rule = |line: &str| {
        let line = line.trim_end();
        line.len() == 70 && line.bytes().all(|b| b == b'-')
    };
    let mut below = lines.iter().skip(1).map(|(_, line)| line.trim_end());
    lines.first().is_some_and(|(_, line)| is_rule(line))
        && match (below.next(), below.next()) {
            (None, _) | (Some(""), None) => true,
            (Some(""), Some(line)) => is_new(line) || below.all(str::is_empty) && line.is_empty(),
            _ => false,
        }
}

fn entry<'a>(lines: &[Line<'a>]) -> Entry<'a> {
    let text = |at: usize| lines.get(at).map_or("", |(_, line)| *line);
    let title = MARKS.iter().find_map(|mark| text(0).strip_prefix(mark)).unwrap_or_default().trim();
    let has_subject = !text(1).trim().is_empty() && !text(1).starts_with("Author:");
    let subject = if has_subject { text(1).trim() } else { title };
    let below = 1 + usize::from(has_subject);
    let author = text(below).strip_prefix("Author:").map(str::trim);
    let below = below + usize::from(author.is_some());
    let sender = text(below).strip_prefix("Sender:").map(str::trim);
    let below = below + usize::from(sender.is_some());
    // The link in our own digests is not part of the mail.
    let start = (below + usize::from(text(below).starts_with("Link:"))).min(lines.len());
    let mut body: Vec<_> = lines[start..].iter().map(|(_, line)| *line).collect();
    // One blank line precedes and follows the body.
    if body.first().is_some_and(|line| line.is_empty()) {
        body.remove(0);
    }
    if body.last().is_some_and(|line| line.is_empty()) {
        body.pop();
    }
    let offset = lines.first().map_or(0, |(offset, _)| *offset);
    Entry { offset, subject, author: author.unwrap_or_default(), sender, body }
}

fn as_mail(given: &GivenDigest, number: usize, entry: &Entry<'_>, subject: &str) -> String {
    let word = |text: &str| text.replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "-");
    let (from, to) = (word(&given.from), word(&given.to));
    let mut mail = format!("Message-ID: <{from}.{to}.{number:05}@digest.invalid>\n");
    if !entry.author.is_empty() {
        // Writing to a string cannot fail.
        let _ = writeln!(mail, "From: {}", entry.sender.unwrap_or(entry.author));
    }
    let _ = writeln!(mail, "Subject: {subject}\nContent-Type: text/plain; charset=utf-8\n");
    if entry.sender.is_some() {
        let _ = writeln!(mail, "From: {}\n", entry.author);
    }
    for line in &entry.body {
        mail.push_str(line);
        mail.push('\n');
    }
    mail
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = include_str!("text_digest/lantern.txt");

    #[test]
    fn the_head() {
        let given = given(&Arc::from(Path::new("lantern.txt")), &lines(DIGEST));
        assert_eq!((&*given.list, &*given.from, &*given.to), ("Lantern", "0a1b2c3d", "4e5f6a7b"));
        assert_eq!(given.domains, [(3, "example.org".into()), (1, "example.com".into())]);
        assert_eq!(
            given.contributors,
            [
                (3, "=?UTF-8?q?Zo=C3=AB=20Quill?= <zoe@example.org>".into()),
                (1, "Max Fern <max@example.com>".into()),
            ]
        );
    }

    #[test]
    fn entries_end_at_the_rule_that_another_follows() {
        let lines = lines(DIGEST);
        let entries = entries(&lines);
        let subjects: Vec<_> = entries.iter().map(|entry| entry.subject).collect();
        assert_eq!(
            subjects,
            [
                "[PATCH v2 0/2] wick: trim twice",
                "[PATCH v2 1/2] wick: trim the left end before",
                "[PATCH] glass: clean it",
            ]
        );
        assert!(entries[1].body.contains(&"-".repeat(70).as_str()), "a rule in a body is a line");
        assert_eq!(entries[1].body.last(), Some(&" 1 file changed, 1 insertion(+)"));
        assert_eq!(&DIGEST[entries[2].offset..][..11], "New:  glass");
    }

    #[test]
    fn cut_titles_are_whole_again() {
        let lines = lines(DIGEST);
        assert_eq!(
            title::whole(&entries(&lines))[1],
            "[PATCH v2 1/2] wick: trim the left end before the flame reaches the glass"
        );
    }

    #[test]
    fn an_entry_is_a_mail() {
        let text = DIGEST.replace('\n', "\r\n");
        let lines = lines(&text);
        let file = Arc::from(Path::new("lantern.txt"));
        let (given, entries) = (given(&file, &lines), entries(&lines));
        assert_eq!(
            as_mail(&given, 3, &entries[2], entries[2].subject),
            "Message-ID: <0a1b2c3d.4e5f6a7b.00003@digest.invalid>\nFrom: Max Fern <max@example.com>\n\
             Subject: [PATCH] glass: clean it\nContent-Type: text/plain; charset=utf-8\n\n\
             [1] https://example.org/soot\n\n---\n glass.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n"
        );
    }

    #[test]
    fn what_is_a_digest() {
        for (text, is) in [
            (DIGEST, true),
            ("From 1 to 2\r\nKVM mailing list update from 1 to 2  \r\n", true),
            ("From 1 to 2\n\nwords\n", false),
            ("From a@example.org Thu Jan  1 00:00:00 1970\nX mailing list update\n", false),
            ("", false),
        ] {
            assert_eq!(is_one(text.as_bytes()), is, "{text}");
        }
    }

    #[test]
    fn half_a_digest_is_no_panic() {
        for length in 0..DIGEST.len() {
            let Some(text) = DIGEST.get(..length) else { continue };
            let lines = lines(text);
            assert!(entries(&lines).len() <= 3);
        }
    }
}
