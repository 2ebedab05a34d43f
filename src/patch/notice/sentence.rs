//! Sentences of a reply, as words. Never here: what they mean.

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

/// Words without which a sentence tells nothing about the fate of a patch. An array, since every word of every
/// reply is looked up here: splitting a text took a tenth of all reading.
const KEYS: [&str; 44] = [
    "applied",
    "queued",
    "merged",
    "pulled",
    "pushed",
    "picked",
    "committed",
    "taken",
    "staged",
    "dropped",
    "dropping",
    "drop",
    "reverted",
    "reverting",
    "ignore",
    "disregard",
    "discard",
    "withdraw",
    "withdrawing",
    "abandon",
    "resend",
    "re-send",
    "respin",
    "re-spin",
    "resubmit",
    "re-submit",
    "repost",
    "re-post",
    "rebase",
    "send",
    "post",
    "submit",
    "nak",
    "nack",
    "nacked",
    "won't",
    "version",
    "revision",
    "superseded",
    "deprecated",
    "series",
    "spin",
    "round",
    "self-nak",
];

impl<'a> Sentence<'a> {
    /// The words of a sentence, where one of them may tell something.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let raw: Vec<&str> = text.split_ascii_whitespace().collect();
        // Whoever tells a fate is short about it.
        if raw.len() > 80 || !raw.iter().any(|word| tells(word)) {
            return None;
        }
        let words = raw.iter().map(|word| bare(word)).collect();
        Some(Self { asks: text.trim_end().ends_with('?'), raw, words })
    }

    /// A comma or the like stands behind the word.
    pub(super) fn clause_ends(&self, at: usize) -> bool {
        self.raw[at].ends_with([',', ';', ':', ')', '-', '–', '.', '!'])
    }
}

/// One of `known` is among the words.
pub(super) fn has(words: &[String], known: &str) -> bool {
    words.iter().any(|word| among(word, known))
}

/// The word is one of `known`, which blanks part.
pub(super) fn among(word: &str, known: &str) -> bool {
    !word.is_empty() && known.split(' ').any(|other| other == word)
}

/// A word, whatever its case and the punctuation around it, is a key. Most are not: nothing is copied.
fn tells(word: &str) -> bool {
    let word = trimmed(word);
    let versioned =
        word.starts_with(['v', 'V']) && word[1..].starts_with(|c: char| c.is_ascii_digit());
    versioned || KEYS.iter().any(|key| key.eq_ignore_ascii_case(word)) || word.contains('’')
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '/' | '+')))
}

fn bare(word: &str) -> String {
    trimmed(word).replace('’', "'").to_lowercase()
}

/// The number of `v3`; a kernel's `v5.2` is none.
pub(super) fn version(word: &str) -> Option<u32> {
    let digits = word.strip_prefix('v').filter(|digits| (1..=2).contains(&digits.len()))?;
    digits.parse().ok()
}

/// The sentences of a paragraph. A word that was parted at a hyphen is put together, indented lines (code,
/// lists, commit messages) are left out, a greeting is a sentence.
pub(super) fn split(paragraph: &[&str]) -> Vec<String> {
    let mut text = String::new();
    for line in paragraph {
        if line.starts_with("    ") || line.starts_with('\t') {
            continue;
        }
        let line = line.trim();
        let parted = text.ends_with(['-', '/']) && line.starts_with(char::is_alphanumeric);
        let spaced = text.ends_with(" -") || text.ends_with("--");
        if !text.is_empty() && (!parted || spaced) {
            text.push(' ');
        }
        text.push_str(line);
        let greets = ["Hi", "Hello", "Hey", "Dear"].iter().any(|word| line.starts_with(word));
        if greets && line.ends_with(',') && line.len() < 60 {
            text.push_str(". ");
        }
    }
    let mut out = Vec::new();
    let mut start = 0;
    let mut after_end = false;
    for (at, c) in text.char_indices() {
        if after_end && c.is_whitespace() {
            out.push(text[start..at].to_owned());
            start = at;
        }
        after_end = matches!(c, '.' | '!' | '?') || after_end && matches!(c, ')' | '"' | '\'');
    }
    out.push(text[start..].to_owned());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_part_into_sentences() {
        let paragraph =
            ["Hi Zoe,", "Applied to spi-", "nor/next in v5.4. Thanks! (Really.)", "\tcode."];
        let want = ["Hi Zoe,.", " Applied to spi-nor/next in v5.4.", " Thanks!", " (Really.)"];
        let got = split(&paragraph);
        assert_eq!(got.iter().map(|s| s.trim()).collect::<Vec<_>>(), want.map(str::trim));
        let sentence = Sentence::read("Now \"Applied\", isn’t it?").expect("telling");
        assert_eq!(sentence.words, ["now", "applied", "isn't", "it"]);
        assert!(sentence.asks && sentence.clause_ends(1) == false | true);
        assert_eq!(version("v12"), Some(12));
        assert_eq!(version("v5.2"), None);
    }
}
