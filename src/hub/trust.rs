//! The check of what a site exports: it is text of others, and may be hostile.
//!
//! In: values of a part. Out: the same, cut to a length, or nothing. An address is always made here: the site's own
//! address, which was checked, and a path below it without `..`. Never here: markup, which the writers of `text` escape.

use crate::{
    config::{is_http, is_list_name},
    date::Timestamp,
};

/// The most bytes of a title.
pub(super) const TITLE: usize = 300;
/// The most bytes of a name.
pub(super) const NAME: usize = 100;
/// The most bytes of a path.
const PATH: usize = 300;
/// The latest second that is a date: the end of the year 2100.
const LATEST: i64 = 4_133_980_799;

/// A text on one line, cut to `most` bytes.
pub(super) fn line(text: &str, most: usize) -> String {
    let cut = &text[..text.floor_char_boundary(most)];
    let mut line = String::with_capacity(cut.len());
    for word in cut.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if cut.len() < text.len() {
        line.push('…');
    }
    line
}

/// The address of a site, with a slash at the end, if it is one.
pub(super) fn base(url: &str) -> Option<String> {
    let is_plain = is_http(url) && !url.contains(['?', '#', '@', '\'', '{', '}']);
    let has_parents = url.split('/').skip(3).any(|part| part == ".." || part == ".");
    (is_plain && url.len() <= PATH && !has_parents)
        .then(|| format!("{}/", url.trim_end_matches('/')))
}

/// An address below that of a site.
pub(super) fn below(base: &str, path: &str) -> Option<String> {
    is_path(path).then(|| format!("{base}{path}"))
}

/// Whether a text is a path below the root of a site, with an anchor or without.
fn is_path(path: &str) -> bool {
    let (path, anchor) = path.split_once('#').unwrap_or((path, ""));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~');
    let is_part = |part: &str| part != "." && part != ".." && part.chars().all(is_plain);
    let mut parts = path.split('/').rev();
    // After the last slash, nothing needs to follow.
    let is_last = parts.next().is_some_and(is_part);
    path.len() <= PATH
        && !path.is_empty()
        && is_last
        && parts.all(|part| !part.is_empty() && is_part(part))
        && anchor.len() <= PATH
        && anchor.chars().all(is_plain)
}

/// Whether a text is the name of a series, a person or a list in addresses.
pub(super) fn is_name(text: &str) -> bool {
    is_list_name(text) || (text.len() <= 160 && is_path(text) && !text.contains(['/', '#', '.']))
}

/// A date in RFC 3339, not before 1970.
pub(super) fn date(text: Option<&str>) -> Option<Timestamp> {
    let moment: jiff::Timestamp = text.filter(|text| text.len() <= 40)?.parse().ok()?;
    (0..=LATEST).contains(&moment.as_second()).then(|| Timestamp(moment.as_second()))
}

/// The 64 bits of a Message-ID.
pub(super) fn id(text: &str) -> Option<u64> {
    (text.len() == 16).then(|| u64::from_str_radix(text, 16).ok()).flatten()
}

/// A number, not larger than any list has.
pub(super) fn count(number: u64) -> usize {
    usize::try_from(number.min(1_000_000_000)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stay_below_their_site() {
        let base = "https://example.org/x/";
        for path in ["series/a-1/", "2026/w09/", "threads/a/index.html#m1a", "a..b/"] {
            assert_eq!(below(base, path), Some(format!("{base}{path}")));
        }
        for path in [
            "",
            "/a/",
            "../a/",
            "a/../../b/",
            "a//b",
            "javascript:alert(1)",
            "//example.com/",
            "a b",
            "a\"b",
            "a?b",
            "a/./b",
            "a#<b",
            "a\\b",
            "a%2e%2e/b",
            "a\n",
        ] {
            assert_eq!(below(base, path), None, "{path}");
        }
        for url in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://",
            "https://a/../b",
            "https://user@example.org/",
            "//example.org/",
            "https://example.org/?a",
            "",
        ] {
            assert_eq!(self::base(url), None, "{url}");
        }
        assert_eq!(self::base("https://example.org/x").as_deref(), Some(base));
    }

    #[test]
    fn texts_are_lines() {
        assert_eq!(line("a\n b\u{1b}[31m\tc", TITLE), "a b [31m c");
        assert_eq!(line(&"é".repeat(400), TITLE).chars().count(), 151);
        assert!(is_name("lamp-1a2b3c4d") && is_name("linux.mtd") && is_name("a_b"));
        assert!(!is_name("../a") && !is_name("") && !is_name("a/b") && !is_name("<b>"));
        assert_eq!(date(Some("2026-02-28T11:31:13Z")), Some(Timestamp(1_772_278_273)));
        for junk in ["", "yesterday", "9999-01-01T00:00:00Z", "1960-01-01T00:00:00Z"] {
            assert_eq!(date(Some(junk)), None);
        }
    }
}
