//! Shortens texts: first sentences, titles cut between words, paragraphs without indentation.
//!
//! In: a text and a limit. Out: the shorter text. Never here: HTML.

use std::borrow::Cow;

use super::teaser;

/// The first sentences of the paragraph that summarises a text, at most `limit` bytes.
pub(crate) fn of(text: &str, limit: usize) -> String {
    let paragraph = teaser::paragraph(text);
    let mut words = String::new();
    for word in paragraph.split_whitespace() {
        if words.len() + word.len() >= limit {
            words.truncate(words.trim_end_matches([',', ';', ':', '.']).len());
            words.push('…');
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    if words == "…" { String::new() } else { words }
}

/// `text`, cut between words if it is longer than `limit` bytes.
pub(crate) fn shortened(text: &str, limit: usize) -> Cow<'_, str> {
    if text.len() <= limit {
        return Cow::Borrowed(text);
    }
    let start = &text[..text.floor_char_boundary(limit)];
    let end = start.rfind(' ').filter(|&at| at > limit / 2).unwrap_or(start.len());
    Cow::Owned(format!("{}…", start[..end].trim_end()))
}

/// A text without the common indentation of its lines.
pub(crate) fn dedented(text: &str) -> String {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let blanks = |line: &'_ str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let first = lines().next().map_or("", |line| &line[..blanks(line)]);
    let shared = |line: &str| {
        first.bytes().zip(line.bytes()).take_while(|(a, b)| a == b).count().min(blanks(line))
    };
    let indent = lines().map(shared).min().unwrap_or(0);
    let rest = text.lines().map(|line| line.get(indent..).unwrap_or_default());
    rest.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indentation_that_all_lines_have_goes() {
        for (text, bare) in [
            ("  - a\n    b\n\n  - c", "- a\n  b\n\n- c"),
            ("\t\ta\n\tb", "\ta\nb"),
            ("\ta\n  b", "\ta\n  b"),
            ("a\n  b", "a\n  b"),
            ("   \n  ü", " \nü"),
            ("", ""),
        ] {
            assert_eq!(dedented(text), bare, "{text}");
        }
    }

    #[test]
    fn the_excerpt_skips_the_greeting_and_ends_at_a_word() {
        let text = "Hi all,\n\nThis series makes\nthe lamp brighter.\n\nMore.";
        assert_eq!(of(text, 100), "This series makes the lamp brighter.");
        assert_eq!(of(text, 16), "This series…");
        assert_eq!(of("", 16), "");
        let sha = "17f6407f22b8f879e6b788cb4e3a67d856abe02e";
        let file =
            format!("From {sha} Mon Sep 17 00:00:00 2001\nFrom: A\n\nSigned-off-by: A <a@x>\n");
        assert_eq!(of(&file, 100), "");
        assert_eq!(of(&format!("{file}\nBurn longer."), 100), "Burn longer.");
        assert_eq!(of(&"x".repeat(99), 16), "");
    }

    #[test]
    fn long_titles_are_cut_between_words() {
        for (text, limit, short) in [
            ("burn brighter", 13, "burn brighter"),
            ("burning brighter", 12, "burning…"),
            ("éééé", 3, "é…"),
            ("a brighterbrighter", 12, "a brighterbr…"),
        ] {
            assert_eq!(shortened(text, limit), short, "{text}");
        }
    }
}
