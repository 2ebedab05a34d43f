//! Titles and names as they are compared.
//!
//! In: a title, or a name. Out: its words. Never here: what a subject says beside its title.

/// A text for comparison: its words in lower case, without the punctuation between them.
pub fn normal(title: &str) -> String {
    title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
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

/// The most words of what stands before a colon (`PCI/ACPI, x86`) and is a name.
const NAME: usize = 3;
