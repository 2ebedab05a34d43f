//! Paths in diff headers, read as git's `apply.c` reads them.
//!
//! In: the text after `--- `, `+++ `, `rename from `, `diff --git `. Out: the path, unquoted. Never here: which of
//! several names is the file's (`header` decides).

use std::borrow::Cow;

/// How much of a name is prefix: git's `-p1`, or `-p0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prefix {
    /// The first component is not part of the path: `a/`, `b/`, `linux-6.1.orig/`.
    Strip,
    /// The whole name is the path.
    Keep,
}

impl Prefix {
    /// The path in `name`; `None` if there is no prefix to remove.
    fn of(self, name: &str) -> Option<&str> {
        match self {
            Self::Keep => Some(name),
            Self::Strip => name.split_once('/').map(|(_, path)| path),
        }
        .filter(|path| !path.is_empty())
    }
}

/// The path of a `--- ` or `+++ ` line in a git diff; a name without a prefix is the path itself.
pub(super) fn side(rest: &str, prefix: Prefix) -> String {
    let name = unquoted(rest).unwrap_or_else(|| Cow::Borrowed(up_to_tab(rest)));
    squash(prefix.of(&name).unwrap_or(&name))
}

/// The path of a `--- ` or `+++ ` line in a plain diff: a time stamp may follow, even after blanks.
pub(super) fn plain(rest: &str, prefix: Prefix) -> String {
    if rest.starts_with('"') {
        return side(rest, prefix);
    }
    let name = without_time_stamp(rest);
    squash(prefix.of(name).unwrap_or(name))
}

/// The path of a line with nothing else: `rename from`, `copy to`, `diff --cc`.
pub(super) fn whole(rest: &str) -> String {
    unquoted(rest).map_or_else(|| squash(up_to_tab(rest)), |name| squash(&name))
}

/// The path of `diff --git` if both sides have the same one; the line is ambiguous otherwise.
pub(super) fn both(rest: &str, prefix: Prefix) -> Option<String> {
    let rest = rest.trim_end_matches(['\r', '\n']);
    if rest.contains('"') {
        return both_quoted(rest, prefix);
    }
    let first = prefix.of(rest)?;
    let begin = rest.len() - first.len();
    // The next slash is searched forward only, so that a line of a million blanks stays cheap.
    let mut slash = 0;
    for (at, _) in first.match_indices([' ', '\t']) {
        let behind = begin + at + 1;
        let path = match prefix {
            Prefix::Keep => behind,
            Prefix::Strip => {
                if slash < behind {
                    slash = behind + memchr::memchr(b'/', &rest.as_bytes()[behind..])?;
                }
                slash + 1
            }
        };
        if path + at == rest.len() && rest.as_bytes()[path..] == first.as_bytes()[..at] {
            return Some(squash(&first[..at]));
        }
    }
    None
}

/// [`both`], if one of the names is quoted.
fn both_quoted(rest: &str, prefix: Prefix) -> Option<String> {
    let (first, second) = match quoted_len(rest) {
        Some(len) => (unquoted(rest)?, rest.get(len..)?.trim_start_matches(' ')),
        None => {
            let at = rest.find('"')?;
            (Cow::Borrowed(rest[..at].trim_end_matches(' ')), &rest[at..])
        }
    };
    let second = unquoted(second).unwrap_or(Cow::Borrowed(second));
    let (first, second) = (prefix.of(&first)?, prefix.of(&second)?);
    (first == second).then(|| squash(first))
}

/// The path of a `diff --git` line for which [`both`] has no answer: its last word.
pub(super) fn guess(rest: &str, prefix: Prefix) -> Option<String> {
    let last = rest.trim_end().rsplit([' ', '\t']).next()?;
    Some(side(last, prefix)).filter(|path| !path.is_empty())
}

/// Whether a `--- ` or `+++ ` line names no file.
pub(super) fn is_dev_null(rest: &str) -> bool {
    rest.strip_prefix("/dev/null")
        .is_some_and(|t| t.is_empty() || t.starts_with(char::is_whitespace))
}

/// Whether the line ends in time stamp 0, with which plain diff marks a missing file.
pub(super) fn is_epoch(rest: &str) -> bool {
    let mut words = rest.split_ascii_whitespace().rev();
    let (Some(zone), Some(time), Some(date)) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let Some(zone) = zone_minutes(zone) else { return false };
    let Some((hour, minute)) = clock(time) else { return false };
    let day = match date {
        "1970-01-01" => 0,
        "1969-12-31" => -24 * 60,
        _ => return false,
    };
    day + hour * 60 + minute == zone
}

/// Hours and minutes of `00:00:00` or `00:00:00.000000000`; nothing else has a zero second.
fn clock(time: &str) -> Option<(i32, i32)> {
    let (hour, rest) = time.split_once(':')?;
    let (minute, second) = rest.split_once(':')?;
    let zero = second.strip_prefix("00")?;
    let zero = zero.is_empty() || zero.strip_prefix('.')?.bytes().all(|b| b == b'0');
    zero.then_some((hour.parse().ok()?, minute.parse().ok()?))
}

/// `+0130` or `+01:30` in minutes.
fn zone_minutes(zone: &str) -> Option<i32> {
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits = zone.strip_prefix(['+', '-'])?;
    let (hour, minute) = digits.split_once(':').or_else(|| digits.split_at_checked(2))?;
    let whole = hour.len() == 2 && minute.len() == 2;
    let number = |s: &str| s.parse::<u16>().ok().map(i32::from);
    whole.then_some(sign * (number(hour)? * 60 + number(minute)?))
}

/// The name up to a tab or the line's end; blanks belong to it.
pub(super) fn up_to_tab(rest: &str) -> &str {
    let end = rest.find(['\t', '\r', '\n', '\x0b', '\x0c']).unwrap_or(rest.len());
    &rest[..end]
}

/// Removes `2010-07-05 19:41:17.620000023 -0500` from the end, in all common forms.
fn without_time_stamp(rest: &str) -> &str {
    let line = rest.trim_end_matches(['\r', '\n']);
    let (behind, zone) = last_word(line);
    let timed = if is_zone(zone) { behind } else { line };
    let (behind, time) = last_word(timed);
    let (name, date) = last_word(behind);
    let stamped = is_time(time) && is_date(date) && !name.is_empty();
    up_to_tab(if stamped { name } else { line })
}

/// The last word of a line, and what is before it.
fn last_word(line: &str) -> (&str, &str) {
    let (rest, word) = line.rsplit_once([' ', '\t']).unwrap_or(("", line));
    (rest.trim_end_matches([' ', '\t']), word)
}

fn is_zone(word: &str) -> bool {
    zone_minutes(word).is_some()
}

fn is_time(word: &str) -> bool {
    word.len() >= 8
        && word.bytes().enumerate().all(|(i, b)| match i {
            2 | 5 => b == b':',
            8 => b == b'.',
            _ => b.is_ascii_digit(),
        })
}

fn is_date(word: &str) -> bool {
    word.len() == 10
        && word.bytes().enumerate().all(|(i, b)| match i {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        })
}

/// Replaces `a//b` by `a/b`.
fn squash(path: &str) -> String {
    if !path.contains("//") {
        return path.to_owned();
    }
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
    }
    out
}

/// The length of the quoted name at the start of `text`, with its quotes.
fn quoted_len(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('"')?;
    let mut escaped = false;
    inner
        .bytes()
        .position(|b| {
            let end = b == b'"' && !escaped;
            escaped = b == b'\\' && !escaped;
            end
        })
        .map(|at| at + 2)
}

/// The name in C quotes at the start of `text`; invalid UTF-8 becomes U+FFFD.
fn unquoted(text: &str) -> Option<Cow<'_, str>> {
    let inner = &text[1..quoted_len(text)? - 1];
    if !inner.contains('\\') {
        return Some(Cow::Borrowed(inner));
    }
    let mut out = Vec::with_capacity(inner.len());
    let mut bytes = inner.bytes().peekable();
    while let Some(b) = bytes.next() {
        out.push(if b == b'\\' { escape(&mut bytes) } else { b });
    }
    Some(Cow::Owned(String::from_utf8_lossy(&out).into_owned()))
}

/// The byte that the characters after a backslash encode.
fn escape(bytes: &mut std::iter::Peekable<std::str::Bytes<'_>>) -> u8 {
    match bytes.next() {
        Some(b'a') => 7,
        Some(b'b') => 8,
        Some(b't') => b'\t',
        Some(b'n') => b'\n',
        Some(b'v') => 11,
        Some(b'f') => 12,
        Some(b'r') => b'\r',
        Some(first @ b'0'..=b'7') => {
            let mut value = first - b'0';
            for _ in 0..2 {
                if let Some(digit) = bytes.next_if(|b| matches!(b, b'0'..=b'7')) {
                    value = value.wrapping_mul(8).wrapping_add(digit - b'0');
                }
            }
            value
        }
        Some(other) => other,
        None => b'\\',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_git_reads_them() {
        for (written, path) in [
            ("a/x.c\n", "x.c"),
            ("a/with space.c\t\n", "with space.c"),
            ("a/dir//x.c\r\n", "dir/x.c"),
            ("\"a/\\303\\251t\\303\\251.txt\"\n", "été.txt"),
            ("\"a/tab\\there \\\"q\\\"\"\n", "tab\there \"q\""),
            ("linux-6.1.orig/fs/x.c\t2020-01-02 03:04:05.000000000 +0100\n", "fs/x.c"),
            ("a/fs/x y.c 2020-01-02 03:04:05 +01:00\n", "fs/x y.c"),
            ("a/fs/x.c 2020-01-02 03:04:05\n", "fs/x.c"),
            ("Makefile\t(revision 12)\n", "Makefile"),
            ("a/17\n", "17"),
        ] {
            assert_eq!(plain(written, Prefix::Strip), path, "{written:?}");
        }
    }

    #[test]
    fn one_line_names_both_sides() {
        for (line, path) in [
            ("a/x.c b/x.c\n", Some("x.c")),
            ("a/x y b/x y\n", Some("x y")),
            ("a/b/c b/b/c\r\n", Some("b/c")),
            ("a/x.c b/y.c\n", None),
            ("x.c x.c\n", None),
            ("\"a/\\303\\251\" \"b/\\303\\251\"\n", Some("é")),
            ("a/x \"b/x\"\n", Some("x")),
            ("a/a b/a b/a b/a\n", Some("a b/a")),
        ] {
            assert_eq!(both(line, Prefix::Strip).as_deref(), path, "{line:?}");
        }
        assert_eq!(both("x.c x.c\n", Prefix::Keep).as_deref(), Some("x.c"));
    }

    #[test]
    fn time_stamp_zero_means_not_there() {
        assert!(is_epoch("a/x\t1970-01-01 00:00:00.000000000 +0000\n"));
        assert!(is_epoch("a/x\t1970-01-01 01:00:00.000000000 +0100\n"));
        assert!(is_epoch("a/x\t1969-12-31 19:00:00 -0500\n"));
        assert!(!is_epoch("a/x\t1970-01-01 00:00:00 +0100\n"));
        assert!(!is_epoch("a/x\t2020-01-01 00:00:00 +0000\n"));
    }
}
