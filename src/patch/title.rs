//! Titles and names in the form in which they are compared.
//!
//! In: a title, or a name. Out: its words. Never here: the tags of a subject.

use crate::hash::FastSet;

/// A text for comparison: its words in lower case, without the punctuation between them.
pub fn normal(title: &str) -> String {
    let mut normal = String::with_capacity(title.len());
    // Nearly all titles are ASCII, and each is compared many times.
    if title.is_ascii() {
        for byte in title.bytes() {
            match byte.is_ascii_alphanumeric() {
                true => normal.push(char::from(byte.to_ascii_lowercase())),
                false if normal.is_empty() || normal.ends_with(' ') => {}
                false => normal.push(' '),
            }
        }
        normal.truncate(normal.trim_end().len());
        return normal;
    }
    for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !normal.is_empty() {
            normal.push(' ');
        }
        // The lower case of a letter may depend on its neighbours.
        normal.push_str(&word.to_lowercase());
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

/// How many words of a title are looked for one by one.
const FIRST: usize = 3;

/// Whether one title has all words of the other.
pub fn one_has_all_of(one: &str, other: &str) -> bool {
    let is_in = |one: &str, other: &str| {
        let words = || other.split(' ');
        // Most titles fail at one of their first words, so these are compared before the set of all words is made.
        one.split(' ').take(FIRST).all(|first| words().any(|word| word == first)) && {
            let other: FastSet<&str> = words().collect();
            one.split(' ').skip(FIRST).all(|word| other.contains(word))
        }
    };
    is_in(one, other) || is_in(other, one)
}
