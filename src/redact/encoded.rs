//! Base64 inside a text, from a mail that somebody pasted whole, or a part without its header.
//!
//! In: a text. Out: its [`Run`]s, each with the texts that it may encode. Never here: what to search for in them.

use std::ops::Range;

use crate::base64;

/// The fewest letters of a run: they encode fifteen letters, a short name and its address.
const LEAST: usize = 20;

/// One in so many letters may be invalid, because a run was cut or begins within a group.
const ODD: usize = 12;

/// Letters of base64, across lines that have nothing else.
pub(super) struct Run {
    /// From the first letter to the last.
    pub(super) bytes: Range<usize>,
    letters: Vec<u8>,
    /// Whether every line begins with the mark of a diff, which is also a letter of base64.
    is_marked: bool,
    lines: Vec<usize>,
}

impl Run {
    /// The texts that it may encode; it may begin within a group.
    pub(super) fn texts(&self) -> impl Iterator<Item = String> + '_ {
        let whole =
            (0..4).map(|skipped| base64::decode(self.letters.get(skipped..).unwrap_or(&[])));
        let unmarked = self.is_marked.then(|| base64::decode(&self.unmarked()));
        whole.chain(unmarked).filter_map(|bytes| readable(&bytes))
    }

    /// The letters without the first one of each line.
    fn unmarked(&self) -> Vec<u8> {
        let letters = self.letters.iter().enumerate();
        letters
            .filter(|(at, _)| self.lines.binary_search(at).is_err())
            .map(|(_, letter)| *letter)
            .collect()
    }
}

/// All runs of sufficient length, first to last.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    // Whether the last run reaches the end of its line.
    let (mut at, mut is_open) = (0, false);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bytes = line.trim_end().as_bytes();
        let mut is_first = true;
        let mut next = bytes.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'>' | b'|')).count();
        let was_open = std::mem::take(&mut is_open);
        while next < bytes.len() {
            let len = bytes[next..].iter().take_while(|b| is_letter(**b)).count();
            if len > 0 {
                let range = start + next..start + next + len;
                let letters = &bytes[next..next + len];
                let goes_on = is_first && was_open && len == bytes[next..].len();
                // The last line is shorter than the others; a word below it does not belong to the run.
                let width = if goes_on { runs.last().map_or(LEAST, Run::width) } else { LEAST };
                is_open = next + len == bytes.len() && len >= width && letters[len - 1] != b'=';
                match runs.last_mut().filter(|_| goes_on) {
                    Some(run) => run.add(range, letters),
                    None if len >= LEAST => runs.push(Run::new(range, letters)),
                    None => {}
                }
            }
            is_first = false;
            next += len + bytes[next + len..].iter().take_while(|b| !is_letter(**b)).count();
        }
    }
    runs
}

impl Run {
    fn new(bytes: Range<usize>, letters: &[u8]) -> Self {
        let is_marked = matches!(letters[0], b'+' | b'-');
        Self { bytes, letters: letters.to_vec(), is_marked, lines: vec![0] }
    }

    /// The length of its first line.
    fn width(&self) -> usize {
        self.lines.get(1).copied().unwrap_or(self.letters.len())
    }

    fn add(&mut self, bytes: Range<usize>, letters: &[u8]) {
        self.is_marked &= letters[0] == self.letters[0];
        self.lines.push(self.letters.len());
        self.bytes.end = bytes.end;
        self.letters.extend(letters);
    }
}

fn is_letter(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'-' | b'_')
}

/// The bytes as text, if nearly all of them are: other text, decoded as base64, gives arbitrary bytes.
fn readable(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let is_odd =
        |c: char| c == char::REPLACEMENT_CHARACTER || c.is_control() && !"\n\r\t".contains(c);
    let odd = text.chars().filter(|c| is_odd(*c)).count();
    (odd * ODD <= text.chars().count()).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_base64_says_is_found_wherever_it_begins() {
        // `Jane Doe <jane@example.org>, by hand`
        let (one, two) = ("SmFuZSBEb2UgPGphbmVAZXhhbXBs", "ZS5vcmc+LCBieSBoYW5k");
        for text in [
            format!("{one}{two}"),
            format!("x: {one}{two}, y"),
            format!("a\n{one}\n{two}\nb"),
            format!("> {one}\n> {two}\n"),
            format!("+{one}\n+{two}\n c"),
            format!("Zg{one}{two}=="),
        ] {
            let says = |run: &Run| run.texts().any(|t| t.contains("Jane Doe <jane@example.org>"));
            let found: Vec<Run> = runs(&text).into_iter().filter(says).collect();
            assert_eq!(found.len(), 1, "{text}");
            assert!(text[found[0].bytes.clone()].contains(one), "{text}");
            assert!(text[found[0].bytes.clone()].ends_with(['k', '=']), "{text}");
        }
    }

    #[test]
    fn what_is_no_text_says_nothing() {
        for text in
            ["da39a3ee5e6b4b0d3255bfef95601890afd80709", "drivers/mtd/nand/raw/nandsim.c", "short"]
        {
            assert_eq!(runs(text).iter().flat_map(Run::texts).count(), 0, "{text}");
        }
    }
}
