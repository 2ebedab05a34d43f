//! Finds names of people in any spelling.
//!
//! In: names, then a [`Reading`]. Out: where they occur: in any letter case, without accents, with initials between
//! the words, broken (`Jane\n> Doe`), in reverse (`Doe, Jane`, `Doe Jane`), or joined to other words (`JaneDoe`,
//! `Jane DoeSept. 16`). A longer word (`Janet`) is not a match. Never here: whose name it is, an address.
//!
//! A text is split into words where its letters end, and where a capital follows a small letter. A name is the
//! letters of its words, with the places where a word must end.

use std::{collections::HashMap, ops::Range};

use super::reading::Reading;
use crate::text::fold_into;

/// The most words of a text into which a word of a name may be split: `O'Mc-Jane` has four.
const PIECES: usize = 5;

/// The most initials between two words of a name.
const INITIALS: usize = 2;

/// The longest gap between two words of a name, in letters: a line end and the marks of deep quotes.
const WIDEST: usize = 40;

/// Names to look for.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    forms: Vec<Form>,
    /// The forms by their first words.
    by_first: HashMap<Box<str>, Vec<u32>>,
}

/// One order of a name's words.
#[derive(Debug, Clone)]
struct Form {
    /// Case-folded, without middle initials.
    words: Box<[Box<str>]>,
    /// The word after which a comma is needed.
    comma: Option<usize>,
    whose: usize,
}

/// A name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Its letters.
    pub(super) letters: Range<usize>,
    /// The value given with it.
    pub(super) whose: usize,
}

/// A word of a text.
struct Word {
    letters: Range<usize>,
    folded: String,
}

/// The text between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Nothing,
    /// An apostrophe or hyphen.
    Within,
    Blank,
    Comma,
    Other,
}

impl Names {
    /// Adds a name; its matches return `whose`.
    pub(super) fn add(&mut self, name: &str, whose: usize) {
        for spelled in [Some(name.to_owned()), transcribed(name)].into_iter().flatten() {
            let words: Vec<Box<str>> = parts(&spelled);
            for turn in 0..words.len() {
                let turned = [&words[turn..], &words[..turn]].concat();
                let comma = (turn > 0).then(|| words.len() - turn - 1);
                // `Doe Jane`: in many countries the family name comes first.
                if words.len() == 2 && turn == 1 {
                    self.add_form(turned.clone(), None, whose);
                }
                self.add_form(turned, comma, whose);
            }
        }
    }

    /// Adds the short forms of a name: `J. Doe`, `Jane D.`; a name of one word has none.
    pub(super) fn add_short(&mut self, name: &str, whose: usize) {
        let words = parts(name);
        let [first, .., last] = &words[..] else { return };
        let initial = |word: &str| word.chars().take(1).collect::<String>();
        self.add(&format!("{} {last}", initial(first)), whose);
        self.add(&format!("{first} {}", initial(last)), whose);
    }

    fn add_form(&mut self, words: Vec<Box<str>>, comma: Option<usize>, whose: usize) {
        let Some(first) = words.first().cloned() else { return };
        let number = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        self.by_first.entry(first).or_default().push(number);
        self.forms.push(Form { words: words.into(), comma, whose });
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// The names in a text, first to last, without overlaps.
    pub(super) fn find(&self, reading: &Reading) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        if self.is_empty() {
            return found;
        }
        let words = words(reading);
        let mut at = 0;
        while at < words.len() {
            match self.longest_at(reading, &words, at) {
                Some((end, whose)) => {
                    let letters = words[at].letters.start..words[end - 1].letters.end;
                    found.push(Found { letters, whose });
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The longest name that begins with a word: the word after which it ends, and whose it is.
    fn longest_at(&self, reading: &Reading, words: &[Word], at: usize) -> Option<(usize, usize)> {
        if follows_hyphen(reading, words[at].letters.start) {
            return None;
        }
        let mut first = String::new();
        let mut best: Option<(usize, usize)> = None;
        for end in at + 1..=words.len().min(at + PIECES) {
            if end > at + 1 && !is_within(gap(reading, &words[end - 2], &words[end - 1])) {
                break;
            }
            first.push_str(&words[end - 1].folded);
            for form in self.by_first.get(&*first).into_iter().flatten() {
                let form = &self.forms[*form as usize];
                let last = form.end(reading, words, at, end);
                best = best.max(last.map(|last| (last, form.whose)));
            }
        }
        best
    }
}

impl Form {
    /// The word after which the name ends whose first word is `begin..at`.
    fn end(&self, reading: &Reading, words: &[Word], begin: usize, mut at: usize) -> Option<usize> {
        for (number, wanted) in self.words.iter().enumerate().skip(1) {
            let comma = self.comma == Some(number - 1);
            let mut initials = 0;
            loop {
                let word = words.get(at)?;
                let between = gap(reading, &words[at - 1], word);
                let fits = match between {
                    Gap::Nothing | Gap::Blank => !comma,
                    Gap::Comma => comma,
                    Gap::Within | Gap::Other => false,
                };
                if !fits {
                    return None;
                }
                if let Some(end) = pieces(reading, words, at, wanted) {
                    at = end;
                    break;
                }
                initials += 1;
                if comma || initials > INITIALS || word.folded.chars().count() != 1 {
                    return None;
                }
                at += 1;
            }
        }
        let is_apart = |one: Option<&Word>, other: Option<&Word>| match (one, other) {
            (Some(one), Some(other)) => {
                gap(reading, one, other) != Gap::Nothing || is_unspaced(reading, other)
            }
            _ => true,
        };
        // A name of one word must be a whole word in the text.
        let alone = is_apart(begin.checked_sub(1).map(|at| &words[at]), words.get(begin))
            && is_apart(words.get(at - 1), words.get(at));
        (self.words.len() > 1 || alone).then_some(at)
    }
}

/// The words of a text that may be user names, alone or joined by a dot or hyphen: as written, and the value that
/// `known` has for each. Addresses do not count.
pub(super) fn users<'k>(
    reading: &Reading,
    known: &'k HashMap<String, usize>,
) -> impl Iterator<Item = (String, usize)> + use<'k> {
    let words = if known.is_empty() { Vec::new() } else { words(reading) };
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).filter(|next| {
            let between = &reading.letters[word.letters.end..next.letters.start];
            matches!(between, [one] if matches!(one.c, '.' | '-'))
        });
        let pair = next.map(|next| (format!("{}{}", word.folded, next.folded), next.letters.end));
        let alone = (word.folded.clone(), word.letters.end);
        for (folded, end) in pair.into_iter().chain([alone]) {
            let Some(whose) = known.get(&folded) else { continue };
            if !matches!(reading.get(end), Some('@' | '+')) {
                let text = &reading.letters[word.letters.start..end];
                let text: String = text.iter().flat_map(|l| l.c.to_lowercase()).collect();
                found.push((text, *whose));
            }
        }
    }
    found.into_iter()
}

/// The word after which `wanted` ends, which begins at `at` in one piece or several.
fn pieces(reading: &Reading, words: &[Word], at: usize, wanted: &str) -> Option<usize> {
    let mut rest = wanted;
    for end in at..words.len().min(at + PIECES) {
        if end > at && !is_within(gap(reading, &words[end - 1], &words[end])) {
            return None;
        }
        rest = rest.strip_prefix(&*words[end].folded)?;
        if rest.is_empty() {
            return Some(end + 1);
        }
    }
    None
}

fn is_within(gap: Gap) -> bool {
    matches!(gap, Gap::Nothing | Gap::Within)
}

/// The words of a name, case-folded, without middle initials, as texts often write it.
fn parts(name: &str) -> Vec<Box<str>> {
    let folded = name.split_whitespace().map(letters).filter(|word| !word.is_empty());
    let all: Vec<Box<str>> = folded.map(Box::from).collect();
    let last = all.len().saturating_sub(1);
    let is_kept = |at: usize, word: &str| at == 0 || at == last || word.chars().count() > 1;
    all.iter().enumerate().filter(|(at, word)| is_kept(*at, word)).map(|(_, w)| w.clone()).collect()
}

/// The letters of a text, folded.
pub(super) fn letters(text: &str) -> String {
    let mut folded = String::new();
    text.chars().filter(|c| is_letter(*c)).for_each(|c| fold_into(&mut folded, c));
    folded
}

/// The name in plain ASCII letters, as people write it: `Joerg` for `Jörg`.
fn transcribed(name: &str) -> Option<String> {
    let mut out = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'ä' | 'æ' => out.push_str("ae"),
            'ö' | 'ø' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'å' => out.push_str("aa"),
            _ => out.push(c),
        }
    }
    (letters(&out) != letters(name)).then_some(out)
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}')
}

/// Letters of scripts that put no blanks between words.
fn without_blanks(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_unspaced(reading: &Reading, word: &Word) -> bool {
    reading.get(word.letters.start).is_some_and(without_blanks)
}

/// The words of a text.
fn words(reading: &Reading) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for at in 0..reading.letters.len() {
        let c = reading.letters[at].c;
        if !is_letter(c) {
            continue;
        }
        match words.last_mut().filter(|word| word.letters.end == at && !begins_word(reading, at)) {
            Some(word) => {
                word.letters.end += 1;
                fold_into(&mut word.folded, c);
            }
            None => {
                let mut folded = String::new();
                fold_into(&mut folded, c);
                words.push(Word { letters: at..at + 1, folded });
            }
        }
    }
    words
}

/// Whether a word begins within a run of letters: `Doe` in `JaneDoe`, `Sept` in `DOESept`.
fn begins_word(reading: &Reading, at: usize) -> bool {
    let (before, c) = (reading.before(at).unwrap_or(' '), reading.letters[at].c);
    let small_follows = reading.get(at + 1).is_some_and(char::is_lowercase);
    without_blanks(c)
        || without_blanks(before)
        || (c.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && small_follows)))
}

/// Whether a word is the second half of another: `Jane` in `Mary-Jane`.
fn follows_hyphen(reading: &Reading, at: usize) -> bool {
    reading.before(at) == Some('-')
        && at.checked_sub(2).and_then(|at| reading.get(at)).is_some_and(is_letter)
}

fn gap(reading: &Reading, one: &Word, other: &Word) -> Gap {
    let between = &reading.letters[one.letters.end..other.letters.start];
    // The dot after an initial.
    let between = match between.split_first() {
        Some((dot, rest)) if dot.c == '.' && one.folded.chars().count() == 1 => rest,
        _ => between,
    };
    if between.len() > WIDEST {
        return Gap::Other;
    }
    let (mut has_comma, mut on_new_line) = (false, false);
    for letter in between {
        match letter.c {
            ',' if !has_comma => has_comma = true,
            '\n' => on_new_line = true,
            '_' | '+' | '>' => {}
            '-' | '*' | '#' | '/' | '|' | ';' | '%' if on_new_line => {}
            '-' | '\'' | '’' if between.len() == 1 => return Gap::Within,
            c if c.is_whitespace() => {}
            _ => return Gap::Other,
        }
    }
    match (between.is_empty(), has_comma) {
        (true, _) => Gap::Nothing,
        (_, true) => Gap::Comma,
        (_, false) => Gap::Blank,
    }
}

#[cfg(test)]
mod tests;
