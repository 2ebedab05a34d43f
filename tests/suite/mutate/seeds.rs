//! The mails that are mutated, thread by thread.
//!
//! In: archives. Out: families of mails that reply to each other or have one title, and copies of them with new ids
//! and titles, so that a site of hundreds of copies has hundreds of series, and not one giant series.

use std::{collections::HashMap, path::Path};

use patchpress::archive;

use super::{Chance, word::Words};

/// Mails in the order of their archive.
pub(super) type Family = Vec<Vec<u8>>;

/// A longer mail takes as much time as a hundred others.
const LONGEST: usize = 64 << 10;
/// A longer thread is split.
const MOST: usize = 12;
/// The most mails from an archive; more add nothing new.
const ENOUGH: usize = 20_000;

/// The families of all archives below `path`: a mirror, an mbox, a Maildir, or a folder of such.
pub(super) fn families(path: &Path) -> Vec<Family> {
    let mut mails = Vec::new();
    for entry in walkdir::WalkDir::new(path).sort_by_file_name().into_iter().flatten() {
        let is_root = entry.depth() == 0;
        if (is_root || entry.file_type().is_file()) && mails.len() < ENOUGH {
            let found = bytes_of(entry.path());
            let is_whole = is_root && !found.is_empty();
            mails.extend(found);
            if is_whole {
                break;
            }
        }
    }
    mails.truncate(ENOUGH);
    together(mails)
}

/// The mails of one archive; empty if it is not an archive.
fn bytes_of(path: &Path) -> Vec<Vec<u8>> {
    let Ok(archives) = archive::open(path) else { return Vec::new() };
    let read = archives.iter().flat_map(|archive| archive.read(|raw| raw.bytes.to_vec()));
    let mails = read.flat_map(|reading| reading.messages).map(|(_, mail)| mail);
    mails.filter(|mail| mail.len() <= LONGEST).collect()
}

/// Groups mails that reply to each other or have one title.
fn together(mails: Vec<Vec<u8>>) -> Vec<Family> {
    let mut number_of: HashMap<String, usize> = HashMap::new();
    let mut families: Vec<Family> = Vec::new();
    for mail in mails {
        let names = names(&mail);
        let known = names.iter().find_map(|name| number_of.get(name)).copied();
        let number = known.filter(|at| families[*at].len() < MOST).unwrap_or(families.len());
        if number == families.len() {
            families.push(Vec::new());
        }
        families[number].push(mail);
        number_of.extend(names.into_iter().map(|name| (name, number)));
    }
    families
}

/// The ids that a mail has and refers to, and its title.
fn names(mail: &[u8]) -> Vec<String> {
    let head = String::from_utf8_lossy(&mail[..header_end(mail)]).into_owned();
    let mut names: Vec<String> = ids(&head).map(str::to_owned).collect();
    let subject = head.lines().find_map(|line| line.strip_prefix("Subject: "));
    let title = subject.and_then(|subject| subject.rsplit("] ").next());
    names.extend(title.filter(|title| title.len() > 12).map(|title| title.trim().to_owned()));
    names
}

/// The text in angle brackets in the lines that name messages.
fn ids(head: &str) -> impl Iterator<Item = &str> {
    let begins = |line: &&str| {
        let line = line.to_ascii_lowercase();
        ["message-id:", "in-reply-to:", "references:", " <", "\t<"]
            .iter()
            .any(|name| line.starts_with(name))
    };
    let inner = head.lines().filter(begins).flat_map(|line| line.split('<').skip(1));
    inner.filter_map(|rest| rest.split('>').next()).filter(|id| id.contains('@'))
}

/// Where a mail's body begins: after the first blank line that is not at the top.
pub(super) fn header_end(mail: &[u8]) -> usize {
    let mut at = mail.len() - mail.trim_ascii_start().len();
    for line in mail[at..].split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if line.trim_ascii().is_empty() {
            break;
        }
    }
    at
}

/// A copy of a family that shares nothing with other copies, with new words in its texts; some of its patches get a
/// further revision.
pub(super) fn copy(
    family: &Family,
    number: usize,
    chance: &mut Chance,
    words: &mut Words,
) -> Family {
    let mut known: Vec<String> = family
        .iter()
        .flat_map(|mail| {
            let head = String::from_utf8_lossy(&mail[..header_end(mail)]).into_owned();
            ids(&head).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    known.sort_unstable_by_key(|id| (std::cmp::Reverse(id.len()), id.clone()));
    known.dedup();
    let mut copies = Family::new();
    for mail in family {
        let mut mail = mail.clone();
        for id in &known {
            mail = swapped(&mail, id.as_bytes(), &renamed(id, number, ""));
        }
        let mail = titled(&mail, &format!(" k{number}"));
        if is_patch(&mail) && chance.one_in(2) {
            copies.push(words.put(&again(&mail, number), chance));
        }
        copies.push(words.put(&mail, chance));
    }
    copies
}

/// `1.k7@example.org` of `1@example.org`.
fn renamed(id: &str, number: usize, more: &str) -> Vec<u8> {
    let (local, domain) = id.split_once('@').unwrap_or((id, ""));
    format!("{local}.k{number}{more}@{domain}").into_bytes()
}

fn swapped(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 64);
    let mut done = 0;
    for at in memchr::memmem::find_iter(bytes, old) {
        out.extend([&bytes[done..at], new].concat());
        done = at + old.len();
    }
    out.extend(&bytes[done..]);
    out
}

/// The mail with `more` at the end of its subject.
fn titled(mail: &[u8], more: &str) -> Vec<u8> {
    let head = &mail[..header_end(mail)];
    let start = memchr::memmem::find(head, b"\nSubject:");
    let Some(start) = start.map(|at| at + 1).or(head.starts_with(b"Subject:").then_some(0)) else {
        return mail.to_vec();
    };
    let mut end = start;
    while let Some(step) = memchr::memchr(b'\n', &head[end..]) {
        end += step;
        match head.get(end + 1) {
            Some(b' ' | b'\t') => end += 1,
            _ => break,
        }
    }
    let end = end - usize::from(head[..end].ends_with(b"\r"));
    [&mail[..end], more.as_bytes(), &mail[end..]].concat()
}

fn is_patch(mail: &[u8]) -> bool {
    memchr::memmem::find(mail, b"\n@@ -").is_some()
        && memchr::memmem::find(&mail[..header_end(mail)], b"[PATCH").is_some()
}

/// The same patch once more, as a later revision.
fn again(mail: &[u8], number: usize) -> Vec<u8> {
    let start = header_end(mail);
    let head = String::from_utf8_lossy(&mail[..start]).into_owned();
    let own = head.lines().find_map(|line| {
        let is_own = line.to_ascii_lowercase().starts_with("message-id:");
        is_own.then(|| ids(line).next()).flatten().map(str::to_owned)
    });
    let head = head.replacen("[PATCH", "[PATCH v9", 1);
    let head = match own {
        Some(id) => swapped(head.as_bytes(), id.as_bytes(), &renamed(&id, number, ".again")),
        None => head.into_bytes(),
    };
    [&head, &mail[start..]].concat()
}
