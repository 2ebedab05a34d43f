//! The sender's own words in a mail: without quotes (and the lines that introduce them), signatures, forwarded and
//! appended text.
//!
//! In: the text of a reply. Out: its own lines, its own paragraphs. Never here: what they mean.

use crate::text;

/// The lines of `text` that its sender wrote, without blanks at their ends. A quoted line comes as an empty one, so
/// that what is above a quote is not taken for one paragraph with what is below it. What follows a signature, a
/// forwarded mail or an appended patch is not the sender's.
fn own_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut lines = text::lines(text).peekable();
    // In a header above a quote.
    let mut introduced = false;
    std::iter::from_fn(move || {
        let line = lines.next()?.trim_end();
        let next = lines.peek().copied().unwrap_or_default();
        introduced = introduced && is_header(line)
            || begins_forward(line, next) && introduces_quote(lines.clone());
        if introduced {
            return Some("");
        }
        if ends_own(line, next) {
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

/// `> x`, `| x`, and `ZL> x` as some mailers quote.
fn is_quoted(line: &str) -> bool {
    let line = line.trim_start();
    let initials = line.bytes().take(3).take_while(u8::is_ascii_uppercase).count();
    line.starts_with('|') || line[initials..].starts_with('>')
}

/// The end of `On Mon, 2 Mar 2026, Zoe Lind wrote:`.
fn is_attribution(line: &str) -> bool {
    let line = line.trim_end();
    let ends = ["wrote:", "writes:", "écrit :", "schrieb:"].iter().any(|end| line.ends_with(end));
    ends || line.contains("> wrote on ")
}

/// From this line on nothing is the sender's own: a signature, a rule above a forwarded mail or a list's
/// footer, a header of a forwarded mail, a patch.
fn ends_own(line: &str, next: &str) -> bool {
    let rule = |c: char| line.len() >= 20 && line.chars().all(|other| other == c);
    let patch = line.strip_prefix("From ").is_some_and(|rest| {
        rest.len() > 40 && rest.bytes().take(40).all(|byte| byte.is_ascii_hexdigit())
    });
    matches!(line, "--" | "-- ")
        || rule('_')
        || begins_forward(line, next)
        || patch
        || line.starts_with("diff --git ")
        || line.starts_with("-----Original Message")
        || line.starts_with("---------- Forwarded message")
}

/// The first two lines of a forwarded mail's header.
fn begins_forward(line: &str, next: &str) -> bool {
    line.starts_with("From: ")
        && ["Sent: ", "Date: ", "To: "].iter().any(|field| next.starts_with(field))
}

/// Below the rest of a header stands a quote: some mailers put From and Date there instead of `Zoe wrote:`.
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
            ("a\n____________________________\nb\n", "a"),
        ] {
            assert_eq!(own_lines(text).collect::<Vec<_>>().join("|"), own, "{text:?}");
        }
        assert_eq!(own_paragraphs("a\nb\n> q\nc\n\n\nd\n"), [vec!["a", "b"], vec!["c"], vec!["d"]]);
    }
}
