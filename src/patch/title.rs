//! Titles and names in the form in which they are compared.
//!
//! In: a title, or a name. Out: its words. Never here: the tags of a subject.

use crate::hash::FastSet;

/// A text for comparison: its words in lower case, without the punctuation between them.
pub fn normal(title: &str) -> String {
    // Nearly all titles are ASCII, and each is compared many times.
    let mut normal = String::with_capacity(title.len());
    let words = title.split(|c: char| match c.is_ascii() {
        true => !c.is_ascii_alphanumeric(),
        false => !c.is_alphanumeric(),
    });
    for word in words.filter(|word| !word.is_empty()) {
        if !normal.is_empty() {
            normal.push(' ');
        }
        match word.is_ascii() {
            true => normal.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase()))),
            // The lower case of a letter may depend on its neighbours.
            false => normal.push_str(&word.to_lowercase()),
        }
    }
    normal
}

/// A title for comparison without its prefixes: `smb: client: reuse the key` and `cifs: Reuse the key` both become
/// `reuse the key`. An author who sends a patch to another tree, or adopts its conventions, changes the prefixes.
pub fn bare(title: &str) -> String {
    let mut rest = title;
    while let Some((name, behind)) = rest.split_once(": ") {
        let is_name = name.split_whitespace().count() <= NAME && !name.contains('"');
        if !is_name || behind.trim().is_empty() {
            break;
        }
        rest = behind;
    }
    normal(rest)
}

/// The most words before a colon that are a prefix (`PCI/ACPI, x86`).
const NAME: usize = 3;

/// Whether one title has all words of the other.
pub fn one_has_all_of(one: &str, other: &str) -> bool {
    let is_in = |one: &str, other: &str| {
        let words = || other.split(' ');
        let first = one.split(' ').next();
        // Each is compared with many, and most begin with a word that the other lacks.
        words().any(|word| Some(word) == first) && {
            let other: FastSet<&str> = words().collect();
            one.split(' ').all(|word| other.contains(word))
        }
    };
    is_in(one, other) || is_in(other, one)
}
