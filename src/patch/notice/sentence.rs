//! The sentences of a reply.
//!
//! In: the lines of a paragraph. Out: its sentences, as words in lower case. Never here: their meaning.

/// A sentence, in words.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    /// The words as written, blanks between them.
    pub(super) raw: Vec<&'a str>,
    /// The words in lower case, without punctuation around them.
    pub(super) words: Vec<String>,
    /// It ends in a question mark.
    pub(super) asks: bool,
}

impl<'a> Sentence<'a> {
    /// The words of a sentence, if one of them may be significant.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        text.split_ascii_whitespace().any(tells).then(|| Self::parse(text))?
    }

    /// The words of any sentence that is short enough to tell something.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let raw: Vec<&str> = text.split_ascii_whitespace().collect();
        // Reports of a fate are short.
        if raw.len() > 80 {
            return None;
        }
        let words = raw.iter().map(|word| bare(word)).collect();
        Some(Self { asks: text.trim_end().ends_with('?'), raw, words })
    }

    /// A comma or a similar mark follows the word.
    pub(super) fn clause_ends(&self, at: usize) -> bool {
        self.raw[at].ends_with([',', ';', ':', ')', '-', '–', '.', '!'])
    }
}

/// Before a request or a promise these make it none, or one for another day.
pub(super) const CONDITIONS: &str = "if when once unless whether case before otherwise unsure";

/// One of `known` is among the words.
pub(super) fn has(words: &[String], known: &str) -> bool {
    words.iter().any(|word| among(word, known))
}

/// The word is one of `known`, which blanks part.
pub(super) fn among(word: &str, known: &str) -> bool {
    let mut known = known.as_bytes().split(|byte| *byte == b' ');
    !word.is_empty() && known.any(|other| other == word.as_bytes())
}

/// A word, whatever its case and the punctuation around it, is a key. Most are not: nothing is copied.
fn tells(word: &str) -> bool {
    let word = trimmed(word);
    let versioned =
        word.starts_with(['v', 'V']) && word[1..].starts_with(|c: char| c.is_ascii_digit());
    versioned || is_key(word) || !word.is_ascii() && word.contains('’')
}

/// Whether the lower-case word is one of those without which a sentence says nothing about the fate of a patch.
/// Every word of every reply is checked here: comparing bytes of one length means comparing a few numbers.
fn is_key(word: &str) -> bool {
    let mut lower = [0; 11];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    #[rustfmt::skip]
    let is_key = matches!(
        &*lower,
         b"applied" | b"applying" | b"merging" | b"moved" | b"updated" | b"amended" | b"beat" | b"beaten" | b"duplicate" | b"stop" | b"avoid" | b"pursue" | b"pursuing" | b"forget" | b"integrate" | b"queued" | b"merged" | b"pulled" | b"pushed" | b"picked" | b"picked-up" | b"committed"
            | b"taken" | b"took" | b"pending" | b"added" | b"staged" | b"landed" | b"accepted" | b"dropped" | b"dropping" | b"drop" | b"reverted"
            | b"reverting" | b"revert" | b"pull" | b"unqueued" | b"backing" | b"ignore" | b"disregard" | b"discard" | b"withdraw" | b"ignored" | b"withdrawing"
            | b"abandon" | b"resend" | b"re-send" | b"respin" | b"re-spin" | b"resubmit"
            | b"re-submit" | b"repost" | b"re-post" | b"rebase" | b"send" | b"post" | b"submit"
            | b"backed-out" | b"backed" | b"rejected" | b"withdrawn" | b"abandoned" | b"obsolete" | b"nak" | b"nack" | b"nacked" | b"won't" | b"version" | b"revision" | b"superseded"
            | b"split" | b"rework" | b"re-work" | b"rewrite" | b"reword" | b"redo" | b"squash" | b"update" | b"revise" | b"amend" | b"address"
            | b"rebased" | b"resent" | b"respun" | b"reposted" | b"resubmitted" | b"reworked" | b"rewritten" | b"merge"
            | b"deprecated" | b"cancel" | b"scrap" | b"bug" | b"broken" | b"already" | b"folded" | b"squashed"
            | b"dared" | b"liberty" | b"decided" | b"incorporate" | b"patchwork" | b"abandoning" | b"removed" | b"kicked" | b"unapplied" | b"fixed" | b"addressed" | b"resolved" | b"corrected" | b"changed" | b"change" | b"changes" | b"fix" | b"series" | b"spin" | b"round" | b"self-nak"
    );
    is_key
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '/' | '+')))
}

fn bare(word: &str) -> String {
    trimmed(word).replace('’', "'").to_lowercase()
}

/// `For the whole series`, above a line of its own, says what follows is about.
pub(super) fn without_scope(head: &[String]) -> &[String] {
    let scope = "for the whole entire series patchset set all patches both";
    let length = head.iter().take_while(|word| among(word, scope)).count();
    let is_scope = head.first().is_some_and(|word| word == "for") && length > 1;
    if is_scope { &head[length..] } else { head }
}

/// The number of `v3`; a kernel's `v5.2` is none.
pub(super) fn version(word: &str) -> Option<u32> {
    let digits = word.strip_prefix('v').filter(|digits| (1..=2).contains(&digits.len()))?;
    digits.parse().ok()
}

/// The text of a paragraph. A word that was parted at a hyphen is put together, indented lines (code, lists,
/// commit messages) are left out, a greeting is a sentence, and so is a tag.
pub(super) fn join(paragraph: &[&str]) -> String {
    let mut text = String::with_capacity(paragraph.iter().map(|line| line.len() + 3).sum());
    for line in paragraph {
        if line.starts_with("    ") || line.starts_with('\t') {
            continue;
        }
        let line = without_initials(line.trim());
        let parted = text.ends_with(['-', '/']) && line.starts_with(char::is_alphanumeric);
        let spaced = text.ends_with(" -") || text.ends_with("--");
        if !text.is_empty() && (!parted || spaced) {
            text.push(' ');
        }
        text.push_str(line);
        let greets = ["Hi", "Hello", "Hey", "Dear"].iter().any(|word| line.starts_with(word));
        let is_greeting = greets && line.ends_with(',') && line.len() < 60;
        let is_tag =
            line.ends_with('>') && line.split(' ').next().is_some_and(|w| w.ends_with("-by:"));
        if is_greeting || is_tag {
            text.push_str(". ");
        }
    }
    text
}

/// `Thanks, applied.--b.`: some sign so.
fn without_initials(line: &str) -> &str {
    let signed = line.rfind("--").filter(|at| line.len() - at <= 5);
    let glued = signed.filter(|at| line[..*at].ends_with(['.', '!', ',', ' ']));
    glued
        .filter(|at| line[at + 2..].starts_with(char::is_alphabetic))
        .map_or(line, |at| line[..at].trim_end())
}

/// The sentences of a paragraph's text: they end in a mark, and perhaps a quote or bracket, before a blank.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let sentence;
        (sentence, rest) = rest.split_at(end(rest));
        (!sentence.is_empty()).then_some(sentence)
    })
}

/// Where the first sentence of a text ends.
fn end(text: &str) -> usize {
    let mut from = 0;
    while let Some(found) = memchr::memchr3(b'.', b'!', b'?', &text.as_bytes()[from..]) {
        let marks = &text[from + found..];
        let behind = marks.trim_start_matches(['.', '!', '?', ')', '"', '\'']);
        from = text.len() - behind.len();
        let ended = &text[..text.len() - marks.len()];
        let counts = marks.starts_with('.')
            && ended.to_ascii_lowercase().ends_with(" no")
            && behind.trim_start().starts_with(|c: char| c.is_ascii_digit());
        if behind.starts_with(char::is_whitespace) && !counts {
            return from;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_part_into_sentences() {
        let paragraph =
            ["Hi Zoe,", "Applied to spi-", "nor/next in v5.4. Thanks! (Really.)", "\tcode."];
        assert_eq!(
            join(&["Thanks, applied.--b.", "Run it with --all."]),
            "Thanks, applied. Run it with --all."
        );
        let want = ["Hi Zoe,.", " Applied to spi-nor/next in v5.4.", " Thanks!", " (Really.)"];
        let text = join(&paragraph);
        assert_eq!(split(&text).map(str::trim).collect::<Vec<_>>(), want.map(str::trim));
        let sentence = Sentence::read("Now \"Applied\", isn’t it?").expect("telling");
        assert_eq!(sentence.words, ["now", "applied", "isn't", "it"]);
        assert!(sentence.asks && sentence.clause_ends(1) == false | true);
        assert_eq!(version("v12"), Some(12));
        assert_eq!(version("v5.2"), None);
    }
}
