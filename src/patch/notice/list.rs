//! Lists of patches in a notice, as b4 and patchwork write them:
//!
//! ```text
//!     [2/3] lamp: switch it on
//!           commit: 0123456789abcdef0123456789abcdef01234567
//!       - [net-next,v3,1/5] lamp: switch it off
//!         https://git.example.org/c/0123456789ab
//!       - [v2] lamp: dim it
//!         (no matching commit)
//! ```

use super::{Entry, Listed};
use crate::{hash::is_commit, message::Subject};

/// The patches that the lines list.
pub(super) fn read<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Listed> {
    let mut out: Vec<Listed> = Vec::new();
    let mut open = false;
    // Those that b4 did not find in the tree, though it looked.
    let mut missing: Vec<usize> = Vec::new();
    for line in lines {
        let line = line.trim();
        let item = line.strip_prefix("- ").unwrap_or(line);
        if item.starts_with('[') {
            let subject = Subject::parse(item);
            open = subject.index.is_some() || item.len() < line.len();
            if open {
                let number = subject.index.map(|index| index.number);
                let total = subject.index.map(|index| index.total);
                out.push(Listed {
                    number,
                    total,
                    title: (*subject.title).into(),
                    entry: Entry::Unsaid,
                });
            }
        } else if let (true, count, Some(last)) = (open, out.len(), out.last_mut()) {
            if line.starts_with("(no commit") {
                missing.push(count - 1);
            }
            match entry(line) {
                Some(entry) => (last.entry, open) = (entry, false),
                // A wrapped title.
                None if last.title.len() < 300 => {
                    last.title = format!("{} {line}", last.title).into()
                }
                None => open = false,
            }
        }
    }
    // If no entry has a word about its fate, it is not a list of taken patches.
    let told = out.iter().any(|listed| listed.entry != Entry::Unsaid);
    // Of the patches of one mail, b4 found some: the others were left out. If it found none, it looked in another tree.
    for at in missing.into_iter().filter(|_| told) {
        out[at].entry = Entry::Absent;
    }
    if told { out } else { Vec::new() }
}

fn entry(line: &str) -> Option<Entry> {
    if line.starts_with("(no matching commit)") {
        return Some(Entry::Absent);
    }
    if line.starts_with("(no commit") {
        return Some(Entry::Unsaid);
    }
    commit(line).map(|commit| Entry::Commit(commit.into()))
}

/// The commit that a line ends in: `commit: 0123…`, `https://git.example.org/c/0123…`, `…?id=0123…`.
pub(super) fn commit(line: &str) -> Option<&str> {
    let behind = line.rsplit(['/', '=', ' ', '\t']).next()?;
    let leads = line.contains("://") || line.to_ascii_lowercase().starts_with("commit");
    (leads && is_commit(behind)).then_some(behind)
}
