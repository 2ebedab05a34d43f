//! Phrases that name the posting which a posting replaces: `This patch supersedes "lamp: on"`, `a revised version of
//! my patch titled: …`, and `v1: (lamp: on)` in a changelog.
//!
//! In: the text of a cover letter or patch. Out: the text in the place of the earlier posting's title, up to the end
//! of the paragraph: only a comparison with known titles shows where the title ends. Never here: whether such a
//! posting exists. Commit messages use the same words about code.

use crate::text;

/// The most phrases that are kept, and the most bytes of each; titles are shorter.
const MOST: usize = 4;
const LONGEST: usize = 200;

/// Verbs before the title.
const VERBS: [&str; 6] =
    ["supersedes", "supersede", "superseding", "replaces", "replacing", "obsoletes"];

/// Adjectives before `version of`.
const ANEW: [&str; 6] = ["revised", "reworked", "updated", "new", "next", "second"];

/// Words that may stand between those and the title.
const FILLERS: [&str; 32] = [
    "the",
    "my",
    "our",
    "this",
    "a",
    "an",
    "previous",
    "previously",
    "earlier",
    "old",
    "original",
    "patch",
    "patches",
    "series",
    "set",
    "patchset",
    "submitted",
    "posted",
    "sent",
    "titled",
    "named",
    "called",
    "entitled",
    "with",
    "subject",
    "cover",
    "letter",
    "version",
    "rfc",
    "single",
    "of",
    "as",
];

/// The postings that the text says it replaces.
pub(super) fn read(text: &str) -> Vec<Box<str>> {
    let mut found: Vec<Box<str>> = Vec::new();
    if !may_say(text) {
        return found;
    }
    for paragraph in paragraphs(text) {
        let words: Vec<&str> = paragraph.split_ascii_whitespace().collect();
        for at in 0..words.len() {
            if let Some(title) = behind(&words, at) {
                found.push(title.into());
            }
            if found.len() == MOST {
                return found;
            }
        }
    }
    found
}

/// Whether any such phrase is possible above the diff; few texts pass this quick test.
fn may_say(text: &str) -> bool {
    let above = &text[..text.find("\ndiff --git ").unwrap_or(text.len())];
    let has = |part: &&str| memchr::memmem::find(above.as_bytes(), part.as_bytes()).is_some();
    let mut colons = memchr::memchr_iter(b':', above.as_bytes());
    let follows_number = |at: usize| at > 0 && above.as_bytes()[at - 1].is_ascii_digit();
    ["persed", "PERSED", "eplac", "EPLAC", "bsolet", "BSOLET", "ersion of", "ersion\nof"]
        .iter()
        .any(has)
        || colons.any(follows_number)
}

/// The text after the phrase at word `at`, if there is one.
fn behind(words: &[&str], at: usize) -> Option<String> {
    // Most words begin with other letters.
    let letters = words[at].trim_start_matches(|c: char| !c.is_alphanumeric());
    if !letters.starts_with(['s', 'S', 'r', 'R', 'o', 'O', 'n', 'N', 'u', 'U', 'v', 'V']) {
        return None;
    }
    let word = plain(words[at]);
    let is_version_of = || {
        let next = |n: usize| words.get(at + n).map(|word| plain(word));
        ANEW.contains(&&*word)
            && next(1).as_deref() == Some("version")
            && next(2).as_deref() == Some("of")
    };
    let is_said = VERBS.contains(&&*word) || is_version_of();
    if !is_said && !is_version(words[at]) {
        return None;
    }
    let rest = words[at + 1..].iter().skip_while(|word| FILLERS.contains(&&*plain(word)));
    let rest: Vec<&str> = rest.copied().collect();
    // The text after a version in a changelog is a title only if it is set apart.
    let is_apart = || rest.first().is_some_and(|word| word.starts_with(['(', '"', '\'', '`']));
    let mut title = String::new();
    for word in rest.iter().filter(|_| is_said || is_apart()) {
        if title.len() + word.len() > LONGEST {
            break;
        }
        title.push_str(word);
        title.push(' ');
    }
    let opened = title.trim_start_matches(['(', '[', ' ']).starts_with(['"', '“']);
    let title = without_tags(&title);
    let closed = title.find(['"', '”']).filter(|_| opened).unwrap_or(title.len());
    let title = title[..closed].trim();
    (title.split(' ').count() >= 3).then(|| title.to_owned())
}

/// A word in lower case, without the punctuation around it.
fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// `v1:` of a changelog.
fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix(['v', 'V']).and_then(|rest| rest.strip_suffix(':'));
    digits.is_some_and(|d| (1..=2).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_digit()))
}

/// A title without quotes and `[PATCH v2]` in front of it.
fn without_tags(title: &str) -> &str {
    let mut rest = title;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '[' && c != '/');
        match rest.strip_prefix('[').and_then(|tag| tag.split_once(']')) {
            Some((_, behind)) => rest = behind,
            None => return rest,
        }
    }
}

/// The paragraphs above the diff, each joined to one line; a quote ends a paragraph.
fn paragraphs(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for line in text::lines(text).take(400).take_while(|line| !line.starts_with("diff --git ")) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('>') || line == "---" {
            all.push(String::new());
        } else if let Some(last) = all.last_mut() {
            last.push_str(line);
            last.push(' ');
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn the_title_stands_behind_the_words() {
        let said =
            |text: &str| read(text).iter().map(|title| title.to_string()).collect::<Vec<_>>();
        for text in [
            "This patch supersedes the previously submitted \"lamp: on at night\"",
            "Supersedes: (\"lamp: on at night\")",
            "here is a revised version of my previous patch\ntitled:\n  [PATCH/RFC] lamp: on at night",
            "v1:\ncover letter: (lamp: on at night)",
            "This series replaces lamp: on at night",
        ] {
            let found = said(text);
            assert!(
                found.len() == 1 && found[0].starts_with("lamp: on at night"),
                "{text}: {found:?}"
            );
        }
        for text in [
            "v1: lamp: on at night",
            "> This supersedes \"lamp: on at night\"",
            "This needs the previous patch \"lamp: on at night\"",
            "superseded in a way",
            "This supersedes \"lamp: on\" at night",
            "diff --git a/x b/x\n+ supersedes lamp: on at night",
        ] {
            assert!(said(text).is_empty(), "{text}: {:?}", said(text));
        }
    }
}
