//! Titles and names as they are compared.
//!
//! In: a title, or a name. Out: its words. Never here: what a subject says beside its title.

use crate::hash::FastSet;

/// A text for comparison: its words in lower case, without the punctuation between them.
pub fn normal(title: &str) -> String {
    // Nearly all titles are of ASCII, and each is asked for many times.
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
            // The result for a letter may depend on its neighbours.
            false => normal.push_str(&word.to_lowercase()),
        }
    }
    normal
}

/// A title for comparison without the names of what it is about: `smb: client: reuse the key` and `cifs: Reuse the key` are both
/// `reuse the key`. Who gives a patch to another tree, or is told the custom of one, writes other names.
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

/// The most words of what is before a colon (`PCI/ACPI, x86`) and is a name.
const NAME: usize = 3;

/// All words of one title, for comparison, are in the other.
pub fn one_has_all_of(one: &str, other: &str) -> bool {
    let is_in = |one: &str, other: &str| {
        let words = || other.split(' ');
        let first = one.split(' ').next();
        // Each is compared with many, and most begin with a word that the other does not have.
        words().any(|word| Some(word) == first) && {
            let other: FastSet<&str> = words().collect();
            one.split(' ').all(|word| other.contains(word))
        }
    };
    is_in(one, other) || is_in(other, one)
}
