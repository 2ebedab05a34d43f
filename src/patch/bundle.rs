//! Bundles: mails that carry several patches.
//!
//! In: a message, whole. Out: its cover letter, with its patches as mails of their own: each has its number, title,
//! author and diff, as `git am` reads its file. People attach or append the files of `git format-patch`, and forges
//! send pull requests in this form. Of 603,000 mails on nineteen lists, 203 carry at least two such files. Two
//! thirds of these are replies, which discuss the patches; most of the others are from one list, which gets a third
//! of its series in this form.
//!
//! Anything else stays one patch: bare diffs, which have no file names, and a mail with a patch twice, in its text
//! and as a file. Never here: their Message-IDs (see `series::parts`).

use std::{collections::HashSet, ops::Range};

use super::{Mail, Role, made, split};
use crate::{
    archive::Source,
    machine::Machine,
    message::{PatchIndex, Subject, SubjectKind, Version, Whole},
};

/// The most patches that are read from one mail: the largest one had 41.
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

/// The ranges of the files in a text, each up to the next.
fn files(text: &str) -> Vec<Range<usize>> {
    let starts: Vec<usize> = split::files(text).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The letter with its patches; `None` unless the files are different patches.
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
    // `0000-cover-letter.patch` becomes part of the letter.
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

/// Sorts the files by the numbers in their subjects; by default they stay in the order of attachment.
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

/// A letter and its patches form one set, whatever the counters in their subjects.
fn set_place(subject: &mut Subject, number: u32, total: u32, version: Option<Version>) {
    subject.index = Some(PatchIndex { number, total, inserted: false });
    subject.version = version;
    (subject.kind, subject.is_reply) = (SubjectKind::Patch, false);
}
