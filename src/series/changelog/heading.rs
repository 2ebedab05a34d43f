//! Headings of changelogs: which version the text below or after a line is about.
//!
//! In: a line. Out: the versions that it names, and the start of the text; `None` for prose. Never here: the text
//! itself.

use crate::message::Version;

/// The subject that a heading gives to its section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// `Changes in v3`, `v2 -> v3`: the changes that led to this version.
    To(Version),
    /// `Changes since v2`: the changes after this version.
    Since(Version),
    /// `Changes since RFC`.
    SinceRfc,
    /// `Changes since the last version`, `Changelog:`.
    SinceLast,
    /// `Changes:`
    Bare,
}

impl About {
    /// It lists the changes that led to this version.
    pub(super) fn leads_to(self, version: Version) -> bool {
        match self {
            Self::To(to) => (to.major, to.minor) == (version.major, version.minor),
            Self::Since(from) => from.major.checked_add(1) == Some(version.major),
            Self::SinceRfc | Self::SinceLast | Self::Bare => false,
        }
    }
}

/// Words in headings besides versions; sorted, lower case, with the typing errors seen on lists.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "against", "an", "and", "are", "at", "between", "chagnes", "chances", "change", "changed",
    "changelog", "changelogs", "changes", "changlog", "compared", "diff", "difference",
    "differences", "for", "form", "from", "here", "history", "in", "including", "initial",
    "introduced", "is", "last", "log", "made", "main", "major", "modifications", "new", "of", "on",
    "patch", "patches", "patchset", "post", "previous", "prior", "relative", "resend", "rev",
    "revision", "rfc", "s", "series", "significant", "since", "submission", "the", "this", "to",
    "update", "updated", "updates", "ver", "version", "vs", "was", "what", "whats", "with",
];

fn is_known(word: &str) -> bool {
    WORDS.binary_search(&word).is_ok()
}

/// The section that a line heads, if any, and the start of the section's text in the line.
pub(super) fn heading(line: &str) -> Option<(About, usize)> {
    let decoration = ['*', '#', '=', '-', '[', '(', '<', ' ', '\t', '•', '_'];
    let bare = line.trim_start_matches(decoration);
    let indent = line.len() - bare.len();
    let bare = bare.trim_end();
    if !begins_like_one(bare) {
        return None;
    }
    let (head, inline) = split(bare);
    if head.is_empty() || head.len() > 60 {
        return None;
    }
    let rest = bare.get(inline..).unwrap_or_default().trim();
    let rest = rest.trim_matches([']', ')', '*', '=', ':', ' ']);
    let about = about(head, bare)?;
    match rest {
        "" => Some((about, line.len())),
        _ if matches!(about, About::SinceLast | About::Bare) => None,
        _ => {
            let text = bare[inline..].trim_start_matches([']', ')', ':', ' ', '\t']);
            Some((about, indent + bare.len() - text.len()))
        }
    }
}

/// A quick test of the first word, because most lines are prose.
fn begins_like_one(line: &str) -> bool {
    let first = line.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    let first = first.unwrap_or_default().to_lowercase();
    is_known(&first) || version_word(&first).is_some()
}

/// The part of a line before its colon, or before the ` - ` after a bare version; and the start of the rest.
fn split(line: &str) -> (&str, usize) {
    let colon = line.find(':').map(|at| (at, at + 1));
    let dash = line.find(" - ").filter(|at| version_word(&line[..*at].to_lowercase()).is_some());
    let dash = dash.map(|at| (at, at + 3)).filter(|_| line.find("->").is_none());
    let (end, rest) = match (colon, dash) {
        (Some(colon), Some(dash)) => colon.min(dash),
        (colon, dash) => colon.or(dash).unwrap_or((line.len(), line.len())),
    };
    // `v2 - v3:` is an arrow.
    let behind = line.get(rest..).unwrap_or_default().trim_start();
    let next = behind.split([':', ' ']).next().unwrap_or_default();
    let arrow =
        dash.is_some_and(|(_, r)| r == rest) && version_word(&next.to_lowercase()).is_some();
    match (arrow, colon) {
        (true, Some((end, rest))) => (&line[..end], rest),
        (true, None) => (line, line.len()),
        (false, _) => (&line[..end], rest),
    }
}

fn about(head: &str, line: &str) -> Option<About> {
    let lower = head.to_lowercase().replace("..", " ");
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.trim_matches('.'))
        .filter(|w| !w.is_empty())
        .collect();
    let mut versions: Vec<Version> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |at| words[at]);
        let numbered = matches!(before, "version" | "ver" | "revision" | "rev" | "patchset");
        let number = version_word(word).or_else(|| number(word).filter(|_| numbered));
        match number {
            Some(version) => versions.push(version),
            // A date may follow the version.
            None if is_known(word) || at > 0 && number_only(word) => {}
            None => return None,
        }
    }
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let since =
        has(&["since", "from", "against", "compared", "previous", "relative", "form", "vs"]);
    let log = has(&["changelog", "changlog", "history", "log", "changelogs"]);
    let changes = log || has(&["changes", "change", "changed", "differences", "updates", "diff"]);
    match versions.as_slice() {
        [] if since && changes && has(&["rfc"]) => Some(About::SinceRfc),
        [] if changes && (since || has(&["last", "prior"])) => Some(About::SinceLast),
        // Without a version a colon must show that it is a heading.
        [] if log && line.ends_with(':') && words.len() < 4 => Some(About::SinceLast),
        [] if changes && line.ends_with(':') && words.len() == 1 => Some(About::Bare),
        [] => None,
        [from] if since => Some(About::Since(*from)),
        // A bare version must stand alone on its line or before a colon.
        several => several.iter().max().copied().map(About::To),
    }
}

fn number_only(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// The `3` of `v3`, the `5.5` of `v5.5`.
fn version_word(word: &str) -> Option<Version> {
    number(word.strip_prefix('v').or_else(|| word.strip_prefix("rfcv"))?)
}

fn number(word: &str) -> Option<Version> {
    let (major, minor) = word.split_once('.').unwrap_or((word, "0"));
    let small = |digits: &str| digits.parse::<u32>().ok().filter(|n| *n < 1000);
    Some(Version { major: small(major)?, minor: small(minor)?, suffix: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted() {
        assert!(WORDS.is_sorted());
    }
}
