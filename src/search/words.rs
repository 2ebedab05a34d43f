//! The words of a text that can be found.
//!
//! In: a text. Out: its words, folded ([`fold_into`]): a run of letters and digits, joined by single `_ - . / : @`,
//! as a whole and in parts. `drivers/mtd/spi-nor.c` is found as itself, and as `drivers`, `mtd`, `spi-nor.c`,
//! `spi-nor`, `c`, `spi`, `nor`. Chinese and Japanese do not separate words, so each pair of neighbouring characters
//! is a word: `漢字列` is `漢字` and `字列`. The site's script reads a query by the same rules. Never here: the use of a
//! word, a list of any language's words.

use crate::text::fold_into;

/// The longest word that is found as a whole, in bytes; longer ones only by their parts. The paths of linux-mtd have
/// 87 at most.
const LONGEST: usize = 100;
/// How many digits of a commit are compared: as many as the kernel's `Fixes:` has.
const COMMIT: usize = 12;

/// A word, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// A whole run.
    Whole(&'t str),
    /// A part of the whole run before it.
    Part(&'t str),
}

/// Calls `found` with every word of `text`, in order, including repetitions. `run` is a buffer.
pub(super) fn each(text: &str, run: &mut String, mut found: impl FnMut(Piece<'_>)) {
    run.clear();
    // The character before, if words of its script are not separated.
    let mut joined: Option<char> = None;
    for c in text.chars() {
        let before = joined.take();
        if is_joined(c) {
            joined = Some(c);
            if before.is_none() {
                flush(run, &mut found);
            }
            run.clear();
            run.extend(before);
            run.push(c);
            if before.is_some() {
                found(Piece::Whole(run));
                run.clear();
                run.push(c);
            }
            continue;
        }
        if before.is_some() {
            run.clear();
        }
        match c {
            'a'..='z' | '0'..='9' => run.push(c),
            'A'..='Z' => run.push(c.to_ascii_lowercase()),
            _ if is_joint(c) && !run.is_empty() && !run.ends_with(is_joint) => run.push(c),
            '\u{300}'..='\u{36f}' => {}
            // Beyond U+FFFF, a script compares text in an order that differs from that of its bytes.
            '\u{80}'..='\u{ffff}' if c.is_alphanumeric() => fold_into(run, c),
            _ => flush(run, &mut found),
        }
    }
    if joined.is_some() {
        run.clear();
    }
    flush(run, &mut found);
}

/// Han, Hiragana and Katakana. `GAPLESS` in `search.js` has the same ranges.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

fn is_joint(c: char) -> bool {
    matches!(c, '_' | '-' | '.' | '/' | ':' | '@')
}

/// Gives the run as a whole, and its parts: between `/ : @`, between dots, between `_ -`.
fn flush(run: &mut String, found: &mut impl FnMut(Piece<'_>)) {
    let whole = run.trim_end_matches(is_joint);
    if whole.contains(is_joint) {
        give(whole, &mut |word| found(Piece::Whole(word)));
        let found = &mut |word: &str| found(Piece::Part(word));
        for piece in whole.split(['/', ':', '@']) {
            give_below(piece, whole, found);
            for stem in piece.split('.') {
                give_below(stem, piece, found);
                for atom in stem.split(['_', '-']) {
                    give_below(atom, stem, found);
                }
            }
        }
    } else {
        give(whole, &mut |word| found(Piece::Whole(word)));
    }
    run.clear();
}

fn give_below(part: &str, whole: &str, found: &mut impl FnMut(&str)) {
    if part.len() < whole.len() {
        give(part, found);
    }
}

/// Gives a word that can be searched for: two bytes or more; for a commit's name, the first digits.
fn give(word: &str, found: &mut impl FnMut(&str)) {
    let word = if is_commit(word) { &word[..COMMIT] } else { word };
    if (2..=LONGEST).contains(&word.len()) && !is_measure(word) {
        found(word);
    }
}

fn is_commit(word: &str) -> bool {
    word.len() > COMMIT && word.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether a word has only digits and joints, and more than eight: a time, or an offset in a dump.
fn is_measure(word: &str) -> bool {
    word.len() > 8 && word.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_punctuation())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut words = Vec::new();
        each(text, &mut String::new(), |piece| {
            let (Piece::Whole(word) | Piece::Part(word)) = piece;
            words.push(word.to_owned());
        });
        words.join(" ")
    }

    #[test]
    fn words_are_found_whole_and_by_their_parts() {
        for (text, expected) in [
            ("mtd: Drop nand_release().", "mtd drop nand_release nand release"),
            ("spi-nor.", "spi-nor spi nor"),
            ("drivers/mtd/a_b.c", "drivers/mtd/a_b.c drivers mtd a_b.c a_b"),
            ("chip->ecc --foo a::b ...", "chip ecc foo"),
            ("Zoë@Example.org", "zoe@example.org zoe example.org example org"),
            ("Gr\u{0075}\u{0308}\u{df}e 漢字 😀 x", "grusse 漢字"),
            ("1a2b3c4d5e6f7a8b9c0d", "1a2b3c4d5e6f"),
            ("[   12.345678] 10:20:30.5", "12 345678 10 20 30.5 30"),
            ("http://example.org/x", "http example.org/x example.org example org"),
            ("_x_ /-./ @", ""),
            ("修復一下dim-it漢 x", "修復 復一 一下 dim-it dim it"),
        ] {
            assert_eq!(words(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_nobody_types_is_no_word() {
        assert_eq!(words(&"z".repeat(101)), "");
        assert_eq!(words(&format!("{}/x1", "y".repeat(100))), format!("{} x1", "y".repeat(100)));
    }
}
