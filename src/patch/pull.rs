//! Pull requests, as `git request-pull` words them.
//!
//! In: the text of a mail. Out: a [`Pull`]. Never here: whether the mail is a pull request; whether somebody pulled
//! it.

use serde::{Deserialize, Serialize};

/// The content of a pull request.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pull {
    /// The address of the repository, as written.
    pub repository: Box<str>,
    /// The tag or branch; empty if the request names none.
    pub reference: Box<str>,
    /// The commit on which the work is based, in hex; may be empty.
    pub base: Box<str>,
    /// The newest commit of the work, in hex; may be empty (git before 1.7.10).
    pub head: Box<str>,
    /// The text between the rules: the message of the signed tag, then the shortlog.
    pub summary: super::Span,
}

/// The request in a text, in all wordings that git's `request-pull` has used.
pub(super) fn read(text: &str) -> Option<Pull> {
    const AVAILABLE: [&str; 2] =
        ["available in the git repository at:", "available in the Git repository at:"];
    let (at, words) = AVAILABLE.iter().find_map(|words| Some((text.find(words)?, words)))?;
    let (before, behind) = (&text[..at], &text[at + words.len()..]);
    let (repository, reference) = remote(behind)?;
    let head = hex_behind(behind, "fetch changes up to");
    let base = before.rfind("changes since commit").map(|from| &before[from..]);
    Some(Pull {
        repository: repository.into(),
        reference: reference.into(),
        base: base
            .and_then(|base| hex_behind(base, "changes since commit"))
            .unwrap_or_default()
            .into(),
        head: head.unwrap_or_default().into(),
        summary: summary(text, at + words.len()),
    })
}

/// The address and the reference: two words on one line or on two lines (patchwork's sample 0023).
fn remote(behind: &str) -> Option<(&str, &str)> {
    let mut lines = behind.lines().map(str::trim).skip_while(|line| line.is_empty());
    let first = lines.next()?;
    let mut words = first.split_ascii_whitespace();
    let repository = words
        .next()
        .filter(|word| word.contains("://") || word.contains('/') || word.contains(':'))?;
    let below = || lines.next().filter(|line| !line.is_empty() && !line.contains(' '));
    Some((repository, words.next().or_else(below).unwrap_or_default()))
}

/// The commit after some words, which a mailer may have wrapped (patchwork's sample 0002).
fn hex_behind<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let behind = text[text.find(words)? + words.len()..].trim_start();
    let end = behind.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(behind.len());
    (7..=64).contains(&end).then(|| &behind[..end])
}

/// The range from the first rule after the request, or from the shortlog, to the diffstat, the diff or the
/// signature.
fn summary(text: &str, from: usize) -> super::Span {
    let mut at = from;
    let mut start = None;
    for line in text[from..].split_inclusive('\n') {
        let trimmed = line.trim();
        let rule = trimmed.len() > 20 && trimmed.bytes().all(|byte| byte == b'-');
        let ends = line.starts_with("diff --git") || line == "-- \n" || is_stat(line);
        match start {
            None if rule => start = Some(at + line.len()),
            None if trimmed.ends_with("):") && trimmed.contains(" (") => start = Some(at),
            Some(start) if ends => return (start..at).into(),
            _ => {}
        }
        at += line.len();
    }
    start.map_or_else(super::Span::default, |start| (start..at).into())
}

/// ` lamp.c | 3 +-`.
fn is_stat(line: &str) -> bool {
    line.starts_with(' ')
        && line.split_once(" | ").is_some_and(|(name, count)| {
            !name.trim().contains(' ')
                && count.trim_start().starts_with(|c: char| c.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_names_repository_reference_base_and_head() {
        let text = "The following changes since commit 0123456789:\n\n  x\n\nare available in the Git repository at:\n\n  https://example.org/l.git tags/t\n\nfor you to fetch changes up to abcdef0123:\n\n  y\n\n--------------------------------\nLamps\n\n--------------------------------\nZoe (1):\n      y\n\n lamp.c | 2 +-\n";
        let pull = read(text).expect("a request");
        let said = [&*pull.repository, &pull.reference, &pull.base, &pull.head];
        assert_eq!(said, ["https://example.org/l.git", "tags/t", "0123456789", "abcdef0123"]);
        assert!(pull.summary.of(text).starts_with("Lamps\n"));
        assert!(pull.summary.of(text).ends_with("      y\n\n"));
        assert_eq!(read("are available in the Git repository at:\n"), None);
    }
}
