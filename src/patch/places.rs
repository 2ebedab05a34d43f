//! Places: whether two diffs change the same lines of one state of a file.
//!
//! In: a diff that names the objects that it changes (`index 0a1b2c3..4d5e6f7`). Out: [`Places`], a sketch of the
//! lines of these objects that it replaces, and of the points between lines where it only adds. Two diffs that
//! replace one line of one object cannot both be applied: the later one is a replacement, whatever its title. On
//! nine lists this finds revisions that a sketch of the text ([`Sketch`](super::Sketch)) misses, because a reworded
//! line has no word in common with the old one. Never here: the text of lines; diffs without object names.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::diff::{Diff, FileDiff, Hunk, LineKind};

/// How many hashes are kept.
const MAX_HASHES: usize = 16;

/// The number of digits of an object's name that are compared: git prints at least seven.
const DIGITS: usize = 7;

/// The bit that distinguishes a removed line from a point where lines are added.
const REPLACED: u32 = 1;

/// The smallest hashes of the places and of the objects that a diff changes, each ascending.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Places {
    places: Box<[u32]>,
    objects: Box<[u32]>,
    /// The objects that result from the diff.
    made: Box<[u32]>,
}

impl Places {
    /// The places of a diff.
    pub(super) fn of(diff: &Diff<'_>) -> Self {
        let [mut smallest, mut objects, mut made] = [const { BTreeSet::new() }; 3];
        for file in &diff.files {
            if let Some(object) = new_object(file) {
                put(hash((file.path(), object), 0, false), &mut made);
            }
            let Some(object) = old_object(file) else { continue };
            put(hash((file.path(), object), 0, false), &mut objects);
            for hunk in &file.hunks {
                add(hunk, (file.path(), object), &mut smallest);
            }
        }
        let [places, objects, made] =
            [smallest, objects, made].map(|hashes| hashes.into_iter().collect());
        Self { places, objects, made }
    }

    /// The hashes that similar places very probably share: the smallest ones.
    pub(crate) fn keys(&self) -> impl Iterator<Item = u32> {
        self.places.iter().copied().take(4)
    }

    /// Whether both diffs change a third of the places that either changes.
    pub(crate) fn are_much_those_of(&self, other: &Self) -> bool {
        let either: BTreeSet<u32> = self.places.iter().chain(&other.places).copied().collect();
        let sample = either.into_iter().take(MAX_HASHES);
        let [mut all, mut common] = [0, 0];
        for hash in sample {
            all += 1;
            common += usize::from(self.places.contains(&hash) && other.places.contains(&hash));
        }
        common > 0 && common * 3 >= all
    }

    /// Whether both replace one line.
    pub(crate) fn share_a_line(&self, other: &Self) -> bool {
        self.places.iter().any(|hash| hash & REPLACED == REPLACED && other.places.contains(hash))
    }

    /// The states of files on which it is based.
    pub(crate) fn begins_from(&self) -> &[u32] {
        &self.objects
    }

    /// The resulting states of files, in the form of [`begins_from`](Self::begins_from).
    pub(crate) fn leaves(&self) -> &[u32] {
        &self.made
    }

    /// Whether both are based on one state of a file.
    pub(crate) fn share_an_object(&self, other: &Self) -> bool {
        meet(&self.objects, &other.objects)
    }

    /// Whether both change one object but no common place: both can be applied.
    pub(crate) fn are_beside(&self, other: &Self) -> bool {
        let are_all = [self, other].iter().all(|places| places.places.len() < MAX_HASHES);
        are_all && self.share_an_object(other) && !meet(&self.places, &other.places)
    }
}

fn meet(one: &[u32], two: &[u32]) -> bool {
    one.iter().any(|hash| two.contains(hash))
}

/// The first digits of the old object's name; `None` for a new file.
fn old_object<'a>(file: &FileDiff<'a>) -> Option<&'a str> {
    object(objects(file)?.0)
}

/// The first digits of the new object's name; `None` for a deleted file.
fn new_object<'a>(file: &FileDiff<'a>) -> Option<&'a str> {
    object(objects(file)?.1)
}

fn objects<'a>(file: &FileDiff<'a>) -> Option<(&'a str, &'a str)> {
    let line = file.header.lines().find_map(|line| line.strip_prefix("index "))?;
    line.split_once("..")
}

fn object(name: &str) -> Option<&str> {
    let object = name.get(..DIGITS)?;
    let is_name = object.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_name && object.bytes().any(|byte| byte != b'0')).then_some(object)
}

/// Keeps a hash if it is one of the smallest.
fn put(hash: u32, smallest: &mut BTreeSet<u32>) {
    smallest.insert(hash);
    if smallest.len() > MAX_HASHES {
        smallest.pop_last();
    }
}

fn add(hunk: &Hunk<'_>, object: (&str, &str), smallest: &mut BTreeSet<u32>) {
    let mut put = |line: u32, is_replaced: bool| put(hash(object, line, is_replaced), smallest);
    let mut line = hunk.start.old;
    // Lines are added, and no line is removed beside them.
    let mut is_addition = None;
    for kind in hunk.lines().map(|line| line.kind).chain([LineKind::Context]) {
        match kind {
            LineKind::Removed => {
                put(line, true);
                line = line.saturating_add(1);
                is_addition = Some(false);
            }
            LineKind::Added => is_addition = is_addition.or(Some(true)),
            LineKind::Context => {
                if is_addition == Some(true) {
                    put(line, false);
                }
                line = line.saturating_add(1);
                is_addition = None;
            }
            LineKind::NoNewline | LineKind::Stray => {}
        }
    }
}

/// FNV-1a in 32 bits, mixed again; the last bit gives the kind of place.
fn hash((path, object): (&str, &str), line: u32, is_replaced: bool) -> u32 {
    let object = object.bytes().map(|byte| byte.to_ascii_lowercase());
    let hash = path
        .bytes()
        .chain(object)
        .chain(line.to_le_bytes())
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    (hash ^ (hash >> 13)) & !REPLACED | u32::from(is_replaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(object: &str, hunks: &str) -> Places {
        let text = format!(
            "diff --git a/x.c b/x.c\nindex {object}..1111111 100644\n--- a/x.c\n+++ b/x.c\n{hunks}"
        );
        Places::of(&Diff::parse(&text).diff)
    }

    #[test]
    fn a_line_replaced_twice_is_found_again_in_the_same_object_only() {
        let hunk = |new: &str| format!("@@ -4,3 +4,3 @@\n one\n-two\n+{new}\n three\n");
        let [a, b] = ["zwei", "deux"].map(|new| places("aaaaaaa", &hunk(new)));
        assert!(a.share_a_line(&b) && a.are_much_those_of(&b));
        let later = places("bbbbbbb", &hunk("deux"));
        assert!(!a.share_a_line(&later) && !a.are_much_those_of(&later));
        let elsewhere = places("aaaaaaa", "@@ -5,3 +5,3 @@\n three\n-four\n+vier\n five\n");
        assert!(!a.are_much_those_of(&elsewhere), "another line");
        assert!(a.are_beside(&elsewhere) && !a.are_beside(&b) && !a.are_beside(&later));
    }

    #[test]
    fn lines_added_at_one_point_are_at_one_place_and_replace_none() {
        let hunk = |new: &str| format!("@@ -4,2 +4,3 @@\n one\n+{new}\n three\n");
        let [a, b] = ["two", "deux"].map(|new| places("aaaaaaa9", &hunk(new)));
        assert!(a.are_much_those_of(&b));
        assert!(!a.share_a_line(&b));
    }

    #[test]
    fn what_one_leaves_another_begins_from() {
        let step = |states: &str| {
            let (head, hunk) = ("diff --git a/l.c b/l.c", "@@ -1 +1 @@\n-a\n+b\n");
            let text = format!("{head}\nindex {states} 100644\n--- a/l.c\n+++ b/l.c\n{hunk}");
            Places::of(&Diff::parse(&text).diff)
        };
        let [one, two] = ["aaaaaaa1..bbbbbbb1", "bbbbbbb..ccccccc"].map(step);
        assert_eq!(one.leaves(), two.begins_from());
        assert_ne!(one.begins_from(), two.leaves());
        assert!(step("aaaaaaa..0000000").leaves().is_empty(), "a file that is removed");
    }

    #[test]
    fn new_files_have_no_places() {
        let new = places("0000000", "@@ -0,0 +1 @@\n+one\n");
        assert_eq!((new.keys().count(), new.begins_from().len(), new.leaves().len()), (0, 0, 1));
        assert!(!new.are_much_those_of(&new));
    }

    #[test]
    fn a_third_of_the_places_is_enough_and_less_is_not() {
        let lines = |lines: std::ops::Range<u32>| -> String {
            lines.map(|n| format!("@@ -{n} +{n} @@\n-a\n+b\n")).collect()
        };
        let few = places("aaaaaaa", &lines(1..2));
        assert!(few.are_much_those_of(&places("aaaaaaa", &lines(1..4))));
        assert!(!few.are_much_those_of(&places("aaaaaaa", &lines(1..5))));
    }
}
