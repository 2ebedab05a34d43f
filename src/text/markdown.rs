//! CommonMark for places that link names and numbers, such as GitHub's issues: the writer for all of it.
//!
//! In: literals of the program, which are markup; texts of others, which never are. Out: a [`Markdown`].

use super::{Mask, visible, xml_text};

/// A document.
#[derive(Debug)]
pub(crate) struct Markdown<'m> {
    text: String,
    mask: Mask<'m>,
}

/// A blank without width that separates signs from names and numbers, as Renovate and Dependabot write it. GitHub,
/// GitLab and Forgejo still see a name in `\@` and `&#64;`, because they search the rendered text.
const GAP: char = '\u{200b}';

impl<'m> Markdown<'m> {
    /// Nothing yet.
    pub(crate) fn new(mask: Mask<'m>) -> Self {
        Self { text: String::new(), mask }
    }

    /// Appends markup: a literal, so that no text from a mail can be markup.
    pub(crate) fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.text.push_str(markup);
        self
    }

    /// Appends text on one line: markup is escaped, and a mail can neither notify anybody nor create a link.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        prose(&mut self.text, &self.mask.apply(text));
        self
    }

    /// Appends a link.
    pub(crate) fn link(&mut self, url: &str, words: &str) -> &mut Self {
        let odd = |c: char| matches!(c, '<' | '>' | '\\') || c.is_whitespace() || c.is_control();
        self.markup("[").text(words).markup("](<");
        self.text.push_str(&url.replace(odd, ""));
        self.markup(">)")
    }

    /// Appends Markdown of the site's author unchanged.
    pub(crate) fn of_author(&mut self, markdown: &str) -> &mut Self {
        self.text.push_str(markdown);
        self
    }

    /// Appends lines unchanged as code, with a fence longer than any in them.
    pub(crate) fn lines(&mut self, text: &str) -> &mut Self {
        let text = self.mask.apply(text.trim_matches('\n'));
        let text = visible(&text);
        let text = xml_text(&text);
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat((longest + 1).max(3));
        self.text.extend([&*fence, "\n", &*text, "\n", &*fence, "\n"]);
        self
    }

    /// The document, for writing to a file.
    pub(crate) fn into_string(self) -> String {
        self.text
    }
}

fn prose(out: &mut String, text: &str) {
    let text = visible(text);
    let text = xml_text(&text);
    let begins_line = out.is_empty() || ["\n", "- ", "  "].iter().any(|end| out.ends_with(end));
    for (number, word) in text.split_whitespace().enumerate() {
        if number > 0 {
            out.push(' ');
        }
        if word.contains("://") || word.starts_with("www.") {
            code(out, word);
        } else {
            plain(out, word, begins_line && number == 0);
        }
    }
}

/// Appends a word of prose; `begins` tells whether it begins a line.
fn plain(out: &mut String, word: &str, begins: bool) {
    let mut at = 0;
    while let Some(letter) = word[at..].chars().next() {
        let (before, rest) = word.split_at(at);
        if let Some(name) = commit(before, rest) {
            code(out, name);
            at += name.len();
            continue;
        }
        if is_markup(word, at, letter, begins) {
            out.push('\\');
        }
        out.push(letter);
        if calls(before, letter, rest.chars().nth(1)) {
            out.push(GAP);
        }
        at += letter.len_utf8();
    }
}

/// Whether the letter at a place in a word would be markup.
fn is_markup(word: &str, at: usize, letter: char, begins: bool) -> bool {
    let (before, behind) = (&word[..at], &word[at + letter.len_utf8()..]);
    match letter {
        '\\' | '`' | '*' | '[' | ']' | '<' | '&' | '~' | '$' | '|' => true,
        // An underscore within a word is not markup, and most titles name functions.
        '_' => {
            !(before.ends_with(char::is_alphanumeric) && behind.starts_with(char::is_alphanumeric))
        }
        // A slash begins a command of GitLab.
        '#' | '>' | '+' | '-' | '=' | '/' => begins && at == 0,
        '.' | ')' => begins && at > 0 && before.bytes().all(|b| b.is_ascii_digit()),
        _ => false,
    }
}

/// Whether a sign makes the text after it a name (`@ada`), or the number of an issue, a merge request, a milestone
/// (`#1`, `GH-1`, `!1`, `%1` …).
fn calls(before: &str, sign: char, next: Option<char>) -> bool {
    let is_number = next.is_some_and(|c| c.is_ascii_digit());
    match sign {
        '@' => next.is_some_and(|c| c.is_alphanumeric() || c == '_'),
        '#' | '!' | '$' | '%' | '&' | '~' => is_number,
        '-' if is_number => {
            let before = before.to_ascii_lowercase();
            before.strip_suffix("gh").is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        }
        _ => false,
    }
}

/// The commit name at the beginning of `rest`, if any: hosts link seven digits or more.
fn commit<'t>(before: &str, rest: &'t str) -> Option<&'t str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let name = &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())];
    let is_hex = name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    // Words such as `defaced`, and dates, are not commits.
    let is_mixed =
        name.contains(|c: char| c.is_ascii_digit()) && name.contains(char::is_alphabetic);
    let is_name =
        is_hex && is_mixed && (7..=64).contains(&name.len()) && !before.ends_with(is_word);
    is_name.then_some(name)
}

/// Appends a word as code: people can copy it, and no host interprets it.
fn code(out: &mut String, word: &str) {
    let longest = word.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if word.starts_with('`') || word.ends_with('`') { " " } else { "" };
    out.extend([&*fence, blank, word, blank, &*fence]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_little_else() {
        for (text, written) in [
            ("mtd: rawnand: use nand_op_parser", "mtd: rawnand: use nand_op_parser"),
            ("__init and foo_", "\\_\\_init and foo\\_"),
            ("*a* [b] <c> `d` e\\f", "\\*a\\* \\[b\\] \\<c> \\`d\\` e\\\\f"),
            ("# no heading #1", "\\# no heading #\u{200b}1"),
            ("- a - b", "\\- a - b"),
            ("1. no list 2. item", "1\\. no list 2. item"),
            ("10) x", "10\\) x"),
            ("a\nb\tc", "a b c"),
            ("&amp; ~~x~~", "\\&amp; \\~\\~x\\~\\~"),
            ("a\u{1b}[2J\u{202e}", "a\\<U+001B>\\[2J\\<U+202E>"),
        ] {
            assert_eq!(said(text), written, "{text}");
        }
    }

    fn said(text: &str) -> String {
        let mut out = String::new();
        prose(&mut out, text);
        out
    }

    #[test]
    fn nobody_is_called_and_nothing_linked() {
        // The tests write `|` for the gap.
        for (text, written) in [
            ("@ada (@org/team), @_x: a@b.example", "@|ada (@|org/team), @|\\_x: a@|b.example"),
            ("fix #1, org/repo#23 and #x", "fix #|1, org/repo#|23 and #x"),
            ("GH-4 gh-5 high-6 !7 100% %8 \u{e9}#9", "GH-|4 gh-|5 high-6 !|7 100% %|8 \u{e9}#|9"),
            ("$1 &2 ~3", "\\$|1 \\&|2 \\~|3"),
            ("#1", "\\#|1"),
            ("/close /x", "\\/close /x"),
            ("Revert 0123abc (1234567890ab)", "Revert `0123abc` (`1234567890ab`)"),
            (
                "x@0123abc a:0123abc, 0123abc_ g0123abc",
                "x@|`0123abc` a:`0123abc`, 0123abc\\_ g0123abc",
            ),
            ("defaced 20260223 0123ab", "defaced 20260223 0123ab"),
            (
                "see https://github.com/o/r/issues/1, www.x.org/@a",
                "see `https://github.com/o/r/issues/1,` `www.x.org/@a`",
            ),
            ("`https://x`` ://`", "``` `https://x`` ``` `` ://` ``"),
            ("@ # @", "@ # @"),
        ] {
            assert_eq!(said(text).replace(GAP, "|"), written, "{text}");
        }
    }
}
