//! Bundles: mails that carry several patches.
//!
//! In: a message, whole. Out: its letter, with its patches as mails of their own: each with its number, title,
//! author and diff, as `git am` reads its file. People attach what `git format-patch` wrote, or append it, and
//! forges send a pull request so. Of 603,000 mails on nineteen lists 203 carry at least two such files; two thirds
//! are answers, in which patches are there to be talked about, and most of the others are of one list where a third
//! of the series come so.
//!
//! Anything else (bare diffs, which have no file names) stays one patch, and so does a mail that has a patch twice,
//! in its text and as a file. Never here: their Message-IDs (see `series::parts`).

use std::{collections::HashSet, ops::Range};

use super::{Mail, Role, made, split};
use crate::{
    archive::Source,
    machine::Machine,
    message::{PatchIndex, Subject, SubjectKind, Version, Whole},
};

/// This many patches of one mail are read, at most: 41 were the most.
const MOST: usize = 1000;

/// Reads a message that may carry several patches.
pub(super) fn read(message: Whole, source: Source, machine: Option<Machine>) -> Mail {
    let files = files(message.text());
    if files.len() < 2 || files.len() > MOST {
        return made(message, source, machine, None);
    }
    let mail = made(message.clone(), source, machine, None);
    let is_one_of_many = mail.message.subject.index.is_some_and(|index| index.number > 0);
    if !matches!(mail.role, Role::Patch | Role::Cover) || is_one_of_many {
        return mail;
    }
    parted(&message, &files, source, machine).unwrap_or(mail)
}

/// Where the files are in a text, each to the beginning of the next.
fn files(text: &str) -> Vec<Range<usize>> {
    let starts: Vec<usize> = split::files(text).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The letter with its patches; nothing if the files are not patches, each another one.
fn parted(
    message: &Whole,
    files: &[Range<usize>],
    source: Source,
    machine: Option<Machine>,
) -> Option<Mail> {
    let file = |range: &Range<usize>| {
        made(message.passage(range.clone(), 1), source, machine, Some(Role::Patch))
    };
    let mut patches: Vec<Mail> = files.iter().map(file).collect();
    // `0000-cover-letter.patch` is a part of the letter.
    let is_letter = patches.first()?.files.is_empty();
    let letter_end = files.get(usize::from(is_letter))?.start;
    patches.drain(..usize::from(is_letter));
    let mut titles = HashSet::new();
    let mut is_another = |patch: &Mail| {
        !patch.files.is_empty() && !patch.title.is_empty() && titles.insert(patch.title.clone())
    };
    if patches.len() < 2 || !patches.iter().all(&mut is_another) {
        return None;
    }
    put_in_order(&mut patches);
    let total = u32::try_from(patches.len()).unwrap_or(u32::MAX);
    let mut letter = made(message.passage(0..letter_end, 0), source, machine, Some(Role::Cover));
    let subject = &mut letter.message.subject;
    if subject.kind == SubjectKind::Plain {
        *subject = Subject::of_patch(&subject.full);
        letter.title = subject.title.clone();
    }
    let named = patches[0].message.subject.version;
    let version = message.file_version.or(named).or(subject.version);
    set_place(subject, 0, total, version);
    for (number, patch) in (1..).zip(&mut patches) {
        patch.message.part = number;
        set_place(&mut patch.message.subject, number, total, version);
    }
    letter.parts = patches.into();
    Some(letter)
}

/// Files are attached in the order of their numbers, or in another one that their subjects tell.
fn put_in_order(patches: &mut [Mail]) {
    let index = |patch: &Mail| patch.message.subject.index.filter(|index| !index.inserted);
    let indices: Option<Vec<PatchIndex>> = patches.iter().map(index).collect();
    let is_one_count = |indices: &Vec<PatchIndex>| {
        let numbers: HashSet<u32> = indices.iter().map(|index| index.number).collect();
        numbers.len() == indices.len() && indices.iter().all(|i| i.total == indices[0].total)
    };
    if indices.is_some_and(|indices| is_one_count(&indices)) {
        patches.sort_by_key(|patch| index(patch).map(|index| index.number));
    }
}

/// A letter and its patches are one set, whatever their subjects count.
fn set_place(subject: &mut Subject, number: u32, total: u32, version: Option<Version>) {
    subject.index = Some(PatchIndex { number, total, inserted: false });
    subject.version = version;
    (subject.kind, subject.is_reply) = (SubjectKind::Patch, false);
}
