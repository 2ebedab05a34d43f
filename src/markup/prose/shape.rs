//! Whether a paragraph of a mail is flowing prose, whose line ends come from wrapping, or has a layout: code, a
//! table, a list.
//!
//! In: the lines of a paragraph. Out: its [`Shape`]. In doubt it has a layout: prose in a monospaced font is ugly,
//! but flowing code is wrong. Of 313 paragraphs of 60 random mails of linux-mtd, three were commands that flowed,
//! and about a tenth of those with a layout were prose. Never here: HTML.

use crate::message::Trailer;

/// The longest line with marked parts, in bytes; longer ones are only escaped.
pub(super) const MAX_LINE_BYTES: usize = 8192;
/// The longest key of a trailer.
const MAX_KEY_BYTES: usize = 40;

/// The kinds of the lines of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Prose: the line ends have no meaning.
    Flowing,
    /// Words whose line ends may have a meaning: a greeting with a name.
    Verse,
    /// Trailers.
    Trailers,
    /// A list of prose: with its layout, but in the font of the text.
    List,
    /// Anything else: with its layout.
    LaidOut,
}

/// The fewest columns of a wrapped line together with the first word of the next.
const NARROWEST: usize = 60;
/// The most columns of a wrapped line.
const WIDEST: usize = 100;
/// People who wrap by hand, and programs with a margin, leave up to this many columns free.
const SLACK: usize = 12;
/// The most short lines of a greeting.
const LONGEST_VERSE: usize = 6;

/// The shape of a paragraph; its lines are not blank.
pub(super) fn shape(lines: &[&str]) -> Shape {
    if lines.iter().all(|line| trailer_key(line).is_some()) {
        return Shape::Trailers;
    }
    if is_list(lines) {
        return Shape::List;
    }
    let is_first = |n: usize| n == 0;
    if lines.iter().enumerate().any(|(n, line)| !is_prose(line, is_first(n))) {
        return Shape::LaidOut;
    }
    let begins_with_key =
        |line: &&&str| line.split(' ').next().is_some_and(|word| word.ends_with(':'));
    if lines.len() > 1 && lines.iter().filter(begins_with_key).nth(1).is_some() {
        return Shape::LaidOut;
    }
    match lines {
        [line] => single(line),
        _ if is_wrapped(lines) => Shape::Flowing,
        _ if lines.len() <= LONGEST_VERSE && lines.iter().all(|line| is_sentence(line)) => {
            Shape::Verse
        }
        _ => Shape::LaidOut,
    }
}

/// The deepest indentation of a point.
const DEEPEST_POINT: usize = 8;

/// Whether the first line is a list item, the others are items or are indented, and all are prose.
fn is_list(lines: &[&str]) -> bool {
    let is_told = |line: &str| is_prose(line, false) || line.contains("://");
    lines.iter().enumerate().all(|(n, line)| {
        let bare = line.trim_start_matches(' ');
        let depth = line.len() - bare.len();
        match behind_mark(bare) {
            Some(told) => depth <= DEEPEST_POINT && is_told(told),
            None => n > 0 && depth > 0 && is_told(bare),
        }
    })
}

/// A list item without its mark: `- one`, `* one`, `1. one`, `(a) one`, `[1] one`.
fn behind_mark(line: &str) -> Option<&str> {
    let (mark, told) = line.split_once(' ')?;
    let number = mark.trim_start_matches(['(', '[']).trim_end_matches(['.', ')', ']', ':']);
    let is_numbered = number.len() < mark.len()
        && (1..=2).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (matches!(mark, "-" | "*" | "o" | "•") || is_numbered).then(|| told.trim_start())
}

/// Whether each line ends where the next word would not have fitted.
fn is_wrapped(lines: &[&str]) -> bool {
    let width = |line: &str| line.chars().count();
    let widest = lines.iter().map(|line| width(line)).max().unwrap_or_default();
    let least = NARROWEST.max(widest.saturating_sub(SLACK));
    let is_full = |pair: &[&str]| {
        let word = pair[1].split(' ').next().unwrap_or_default();
        width(pair[0]) + 1 + width(word) >= least
    };
    widest <= WIDEST && lines.windows(2).all(is_full)
}

/// The shape of a single line: only lines wider than a screen are wrapped, and the font distinguishes words from
/// code.
fn single(line: &str) -> Shape {
    match is_sentence(line) {
        true => Shape::Flowing,
        false => Shape::LaidOut,
    }
}

/// Whether a line is a sentence, not a command or a name.
fn is_sentence(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with(['.', ',', '!', '?', ':', ')', '…'])
        || line.starts_with(char::is_uppercase)
        || line.split(' ').count() > 3
}

/// Whether a line can be prose: it begins with a word, has no columns, and few signs.
fn is_prose(line: &str, is_first: bool) -> bool {
    let line = line.trim_end();
    let Some(begin) = line.chars().next() else { return false };
    let may_begin = match begin {
        '"' | '\'' | '“' | '‘' | '`' | '(' => true,
        '-' | '[' | '/' | '<' | '_' | '~' | '=' | '&' => !is_first && !is_item(line),
        _ => begin.is_alphanumeric() && !is_item(line),
    };
    may_begin && !line.contains('\t') && !has_columns(line) && !is_code(line)
}

/// Whether a line is a list item or a removed line: `- one`, `1. one`, `a) one`, `[1] one`, `-removed`.
fn is_item(line: &str) -> bool {
    let word = line.split(' ').next().unwrap_or_default();
    let number = word.trim_end_matches(['.', ')', ']', ':']);
    let is_numbered = number.len() < word.len()
        && number.trim_start_matches('[').len() <= 2
        && number.trim_start_matches('[').chars().all(|c| c.is_ascii_alphanumeric());
    let is_option =
        line.starts_with('-') && !line[1..].starts_with(|c: char| c.is_ascii_uppercase());
    matches!(word, "-" | "--" | "o" | "=") || (is_numbered && word.len() < line.len()) || is_option
}

/// Whether a line has columns: two blanks except between sentences, or three anywhere.
fn has_columns(line: &str) -> bool {
    // Most lines have none: one search is faster than preparing several.
    line.contains("  ")
        && line.match_indices("  ").any(|(at, _)| {
            let before = line[..at].chars().next_back().unwrap_or(' ');
            !matches!(before, '.' | '!' | '?' | ':' | ',' | ')' | '"')
                || line[at..].starts_with("   ")
        })
}

/// Whether a line ends like code, or consists of signs by a fifth.
fn is_code(line: &str) -> bool {
    let ends_as_code = line.ends_with([';', '{', '}', '\\', '=', '|', '+', '&', '>'])
        && !line.ends_with("->")
        && !is_address(line);
    let is_word =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | '\'' | '-' | '_' | '/');
    // A web address counts as one word, whatever it contains.
    let has_address = line.contains("://");
    let sentence = line.trim_end_matches(['.', ',', '!', '?', ':', ')']);
    let words = sentence.split(' ').filter(|word| !has_address || !word.contains("://"));
    let (signs, all) = words
        .flat_map(str::chars)
        .fold((0, 0), |(signs, all), c| (signs + usize::from(!is_word(c)), all + 1));
    let has_operator = || [" = ", " == ", " | ", " && "].iter().any(|sign| line.contains(sign));
    ends_as_code || signs * 6 > all || has_operator() || is_command(line)
}

/// Whether a line is a command: `mount -t ubifs /dev/ubi0_0 /mnt` begins with a small letter and has an option.
fn is_command(line: &str) -> bool {
    let is_option = |word: &str| {
        let name = word.strip_prefix('-').map(|name| name.strip_prefix('-').unwrap_or(name));
        name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    line.starts_with(|c: char| c.is_ascii_lowercase())
        && line.split(' ').skip(1).take(3).any(is_option)
}

/// Whether a line ends with `<a@example.org>` or `<https://…>`.
fn is_address(line: &str) -> bool {
    line.ends_with('>') && line.rfind('<').is_some_and(|at| line[at..].contains(['@', '/']))
}

/// The key of a line that is a trailer.
pub(super) fn trailer_key(line: &str) -> Option<&str> {
    let is_key = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-';
    let len = line.bytes().take(MAX_KEY_BYTES).take_while(is_key).count();
    let key = line.get(..len).filter(|_| line.as_bytes().get(len) == Some(&b':'))?;
    let is_one = is_trailer_key(key) && line.len() < MAX_LINE_BYTES;
    (is_one && Trailer::parse(line).is_some()).then_some(key)
}

/// Whether a key is that of a trailer anywhere; any other `Word:` may begin a sentence.
fn is_trailer_key(key: &str) -> bool {
    let ends = key.len() > 3 && key.as_bytes()[key.len() - 3..].eq_ignore_ascii_case(b"-by");
    let known =
        ["Fixes", "Link", "Closes", "Cc", "Change-Id", "BugLink", "Message-Id", "Message-ID"];
    ends || known.contains(&key)
}
