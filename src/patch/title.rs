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
