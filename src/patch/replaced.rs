//! The postings that a posting says in words it replaces: `This patch supersedes "lamp: on"`, `a revised version of
//! my patch titled: …`, and `v1: (lamp: on)` in a changelog.
//!
//! In: the text of a cover letter or patch. Out: what stands where the title of the earlier posting should, with
//! all that follows in its paragraph: where a title ends only those who know the titles can tell. Never here:
//! whether there is such a posting. Commit messages say of code that they replace it, too.

use crate::text;

/// So many are kept, of this many bytes each: titles are shorter.
const MOST: usize = 4;
const LONGEST: usize = 200;

/// Words that say it, before the title.
const VERBS: [&str; 6] =
    ["supersedes", "supersede", "superseding", "replaces", "replacing", "obsoletes"];

/// The same before `version of`.
const ANEW: [&str; 6] = ["revised", "reworked", "updated", "new", "next", "second"];

/// The words that may be between those and the title.
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

/// A part of each word that says it is above the diff, as it does in few texts.
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

/// What is behind the word that says it, where the word `at` does.
fn behind(words: &[&str], at: usize) -> Option<String> {
    // Most words begin with none of these letters.
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
    // What a changelog says of a version is a title only if it is set apart.
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

/// A word in lower case, without what is around it.
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

/// The paragraphs above the diff, each on one line; what is quoted ends one.
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
