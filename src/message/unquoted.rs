//! The sender's own words in a mail: without quotes and their introductions, signatures, forwarded and appended
//! text.
//!
//! In: the text of a reply. Out: its own lines, its own paragraphs. Never here: what they mean.

use crate::text;

/// The lines of `text` that its sender wrote, without trailing blanks. A quoted line becomes an empty one, so that
/// the text above and below a quote stay separate paragraphs. The text after a signature, a forwarded mail or an
/// appended patch is not the sender's. A diff without a commit message is skipped, but the text after it counts: on
/// seven lists, people wrote below 5,000 such diffs.
fn own_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut lines = text::lines(text).peekable();
    // Whether the line is in a header above a quote, and whether it is below a diff.
    let (mut introduced, mut below) = (false, false);
    std::iter::from_fn(move || {
        let line = lines.next()?.trim_end();
        let next = lines.peek().copied().unwrap_or_default();
        introduced = introduced && is_header(line)
            || begins_forward(line, next) && introduces_quote(lines.clone());
        if introduced {
            return Some("");
        }
        if line.starts_with("diff --git ") {
            below = true;
            return skip_diff(&mut lines).then_some("");
        }
        if ends_own(line, next) || below && begins_patch(line) {
            return None;
        }
        let foreign = is_quoted(line)
            || is_attribution(line)
            || line.starts_with("On ") && is_attribution(next);
        Some(if foreign { "" } else { line })
    })
}

/// The paragraphs of [`own_lines`], each as its lines.
pub(crate) fn own_paragraphs(text: &str) -> Vec<Vec<&str>> {
    let mut out: Vec<Vec<&str>> = Vec::new();
    let mut open = false;
    for line in own_lines(text) {
        if line.trim().is_empty() {
            open = false;
        } else if let (true, Some(last)) = (open, out.last_mut()) {
            last.push(line);
        } else {
            out.push(vec![line]);
            open = true;
        }
    }
    out
}

/// Whether a line is quoted: `> x`, `| x`, or `ZL> x` as some mailers do.
fn is_quoted(line: &str) -> bool {
    let line = line.trim_start();
    let initials = line.bytes().take(3).take_while(u8::is_ascii_uppercase).count();
    line.starts_with('|') || line[initials..].starts_with('>')
}

/// Whether a line ends `On Mon, 2 Mar 2026, Zoe Lind wrote:`.
fn is_attribution(line: &str) -> bool {
    let line = line.trim_end();
    let ends = ["wrote:", "writes:", "écrit :", "schrieb:"].iter().any(|end| line.ends_with(end));
    ends || line.contains("> wrote on ")
}

/// Whether nothing below this line is the sender's own: a signature, a rule above a forwarded mail or a list's
/// footer, the header of a forwarded mail, a patch.
fn ends_own(line: &str, next: &str) -> bool {
    let rule = |c: char| line.len() >= 20 && line.chars().all(|other| other == c);
    let patch = line.strip_prefix("From ").is_some_and(|rest| {
        rest.len() > 40 && rest.bytes().take(40).all(|byte| byte.is_ascii_hexdigit())
    });
    matches!(line, "--" | "-- ")
        || rule('_')
        || begins_forward(line, next)
        || patch
        || line.starts_with("-----Original Message")
        || line.starts_with("---------- Forwarded message")
}

/// Whether another patch begins here, as `git show` prints it, or with its subject. It counts only below a diff.
fn begins_patch(line: &str) -> bool {
    let shown = line.strip_prefix("commit ").is_some_and(|rest| {
        rest.len() >= 40 && rest.bytes().take(40).all(|byte| byte.is_ascii_hexdigit())
    });
    shown || line.starts_with("[PATCH") || line.starts_with("Author: ")
}

/// Skips the rest of a diff by the line counts of its hunks, and returns whether these are right. The end of a diff
/// with wrapped lines is unknown.
fn skip_diff<'t>(lines: &mut std::iter::Peekable<impl Iterator<Item = &'t str>>) -> bool {
    // The remaining lines of the hunk, of the old file and of the new one.
    let mut left = (0, 0);
    let mut hunks = 0;
    loop {
        let Some(line) = lines.peek().map(|line| line.trim_end_matches('\r')) else {
            return hunks > 0;
        };
        if left == (0, 0) {
            if let Some(counts) = hunk(line) {
                (left, hunks) = (counts, hunks + 1);
            } else if !is_diff_header(line) {
                return hunks > 0;
            }
        } else {
            let taken = match line.as_bytes().first() {
                // Editors remove the blank of an empty context line.
                Some(b' ') | None => (1, 1),
                Some(b'-') => (1, 0),
                Some(b'+') => (0, 1),
                Some(b'\\') => (0, 0),
                _ => return false,
            };
            if taken.0 > left.0 || taken.1 > left.1 {
                return false;
            }
            left = (left.0 - taken.0, left.1 - taken.1);
        }
        lines.next();
    }
}

/// The number of lines of a hunk, of the old file and of the new one: `@@ -1,2 +1,3 @@`.
fn hunk(line: &str) -> Option<(u32, u32)> {
    let (old, new) = line.strip_prefix("@@ -")?.split_once(" @@")?.0.split_once(" +")?;
    let count =
        |range: &str| range.split_once(',').map_or(Some(1), |(_, count)| count.parse().ok());
    Some((count(old)?, count(new)?))
}

/// Whether git writes this line above or below a hunk.
fn is_diff_header(line: &str) -> bool {
    const HEADERS: [&str; 14] = [
        "diff --git ",
        "index ",
        "--- a/",
        "--- /dev/null",
        "+++ ",
        "new file mode ",
        "deleted file mode ",
        "old mode ",
        "new mode ",
        "similarity index ",
        "dissimilarity index ",
        "rename ",
        "copy ",
        "\\ No newline",
    ];
    HEADERS.iter().any(|header| line.starts_with(header))
}

/// The first two lines of a forwarded mail's header.
fn begins_forward(line: &str, next: &str) -> bool {
    line.starts_with("From: ")
        && ["Sent: ", "Date: ", "To: "].iter().any(|field| next.starts_with(field))
}

/// Whether a quote follows the rest of a header: some mailers write From and Date in place of `Zoe wrote:`.
fn introduces_quote<'t>(rest: impl Iterator<Item = &'t str>) -> bool {
    rest.take(12).find(|line| !is_header(line)).is_some_and(is_quoted)
}

fn is_header(line: &str) -> bool {
    let fields = ["Sent: ", "Date: ", "To: ", "Cc: ", "Subject: "];
    line.trim().is_empty() || fields.iter().any(|field| line.starts_with(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_signatures_and_forwards_are_not_one_s_own() {
        for (text, own) in [
            ("a\n> b\nc\n", "a||c"),
            ("a\nZL> b\n| c\n", "a||"),
            ("a \n-- \nb\n", "a"),
            ("a\n--\nb\n", "a"),
            ("a\n-----Original Message-----\nb\n", "a"),
            ("a\nFrom: Zoe\nSent: today\nb\n", "a"),
            ("From: home\n", "From: home"),
            ("From: Zoe\nDate: today\n\n> a\nb\n", "||||b"),
            ("On 07/26, Zoe wrote:\n> a\nb\n", "||b"),
            ("On 07/26, Zoe Lind\n<zoe@example.org> wrote:\nOn it.\n", "||On it."),
            ("a\ndiff --git a/x b/x\n", "a"),
            (
                "a\ndiff --git a/x b/x\nindex 1..2\n--- a/x\n+++ b/x\n@@ -1,3 +1,4 @@ x\n x\n\n-y\n+y\n+z\nb\n\nc\n",
                "a||b||c",
            ),
            ("a\ndiff --git a/x b/x\n@@ -1 +1 @@\n-x is\nwrapped\n+y\nb\n", "a"),
            ("a\ndiff --git a/x b/x\n@@ -1 +1 @@\n-x\n+y\n-- \nb\n", "a|"),
            ("a\ndiff --git a/x b/x\n@@ -1 +1 @@\n-x\n+y\n[PATCH 2/2]: b\nc\n", "a|"),
            ("a\n____________________________\nb\n", "a"),
        ] {
            assert_eq!(own_lines(text).collect::<Vec<_>>().join("|"), own, "{text:?}");
        }
        assert_eq!(own_paragraphs("a\nb\n> q\nc\n\n\nd\n"), [vec!["a", "b"], vec!["c"], vec!["d"]]);
    }
}
