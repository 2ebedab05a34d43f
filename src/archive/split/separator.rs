//! The `From ` line that begins a message of an mbox.
//!
//! In: a line. Out: whether it is such a line. Never here: the lines around it.

use std::ops::Range;

use super::LONGEST;

/// Whether `line` (without its end) begins a message of an mbox.
pub(in crate::archive) fn is_separator(line: &[u8]) -> bool {
    if !line.starts_with(b"From ") || line.len() > LONGEST || line[5..].starts_with(b" ") {
        return false;
    }
    let mut words = line[5..].split(u8::is_ascii_whitespace).skip(1);
    words.any(is_time) && words.any(is_year)
}

/// The date by which git recognises its own mailboxes.
const DATE_OF_GIT: &[u8] = b" Mon Sep 17 00:00:00 2001";

/// Whether `line` begins a message in a mailbox that git made.
pub(super) fn is_of_git(line: &[u8]) -> bool {
    line.ends_with(DATE_OF_GIT)
}

/// Whether `line` is the one that `git format-patch` writes: a commit, and git's date.
pub(super) fn is_of_patch(line: &[u8]) -> bool {
    let commit = line.strip_prefix(b"From ").unwrap_or_default();
    let digits = commit.iter().take_while(|b| b.is_ascii_hexdigit()).count();
    matches!(digits, 40 | 64) && is_of_git(line)
}

/// Whether `line` is a `From ` line with a sender but no date, as some scripts write it. Only the lines around it
/// distinguish it from prose.
pub(super) fn is_undated(line: &[u8]) -> bool {
    line.len() <= LONGEST
        && line
            .strip_prefix(b"From ")
            .is_some_and(|who| who.contains(&b'@') && who.iter().all(u8::is_ascii_graphic))
}

/// `H:MM`, `HH:MM`, `HH:MM:SS`.
fn is_time(word: &[u8]) -> bool {
    let digits = |part: &[u8], lengths: Range<usize>| {
        lengths.contains(&part.len()) && part.iter().all(u8::is_ascii_digit)
    };
    let mut parts = word.split(|&b| b == b':');
    parts.next().is_some_and(|hour| digits(hour, 1..3))
        && parts.next().is_some_and(|minute| digits(minute, 2..3))
        && parts.next().is_none_or(|second| digits(second, 2..3))
        && parts.next().is_none()
}

fn is_year(word: &[u8]) -> bool {
    word.len() == 4
        && word.iter().all(u8::is_ascii_digit)
        && (word.starts_with(b"19") || word.starts_with(b"20"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators() {
        for (line, is) in [
            ("From mboxrd@z Thu Jan  1 00:00:00 1970", true),
            ("From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001", true),
            ("From owner-hypermail Fri Sep 25 20:23 CDT 1998", true),
            ("From a@example.org Fri Sep 25 9:05 1998", true),
            ("From 89e50b09f to 26fd6f360", false),
            ("From here on it is prose, at 10:00 in 2020", true),
            ("From here on it is prose.", false),
            ("From a@example.org Thu Jan  1 00:00:00", false),
            ("From a@example.org Thu Jan  1 1970 +0000", false),
            ("From: a@example.org Thu Jan  1 00:00:00 1970", false),
            ("From  Thu Jan  1 00:00:00 1970", false),
        ] {
            assert_eq!(is_separator(line.as_bytes()), is, "{line}");
        }
    }

    #[test]
    fn separators_without_a_date() {
        for (line, is) in [
            ("From a@example.org", true),
            ("From here", false),
            ("From a@example.org to b", false),
            ("From: a@example.org", false),
        ] {
            assert_eq!(is_undated(line.as_bytes()), is, "{line}");
        }
    }
}
