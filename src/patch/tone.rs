//! The tone of a mail: whether its sender argues, objects, or reports harm. It helps to find important
//! conversations.
//!
//! In: a sender's own words, or a title. Out: a [`Tone`], or the kinds of words in a title. Never here: who is
//! right.
//!
//! The words come from the conversations that a reader chose from 40 weeks of four lists before there were rules
//! (`tests/importance.tsv`); each represents its kind and is not specific to a list.

use serde::{Deserialize, Serialize};

/// An argument has this many characters of the sender's own words; a tag with a greeting is shorter.
const ARGUMENT: usize = 150;

/// Harm to users, in order of severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Harm {
    /// Something does not work.
    Fault,
    /// It crashes or hangs.
    Crash,
    /// Something that worked no longer works.
    Regression,
    /// A program uses memory that is not its own.
    Memory,
    /// An attacker can use it.
    Security,
    /// Data is lost or wrong.
    Data,
}

impl Harm {
    /// Every kind, in order.
    pub const ALL: [Self; 6] =
        [Self::Fault, Self::Crash, Self::Regression, Self::Memory, Self::Security, Self::Data];

    /// Its name in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fault => "fault",
            Self::Crash => "crash",
            Self::Regression => "regression",
            Self::Memory => "memory",
            Self::Security => "security",
            Self::Data => "data",
        }
    }
}

/// The tone of a mail.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tone {
    /// The sender writes more than a tag and a greeting.
    pub argues: bool,
    /// The sender objects, doubts, or asks why.
    pub objects: bool,
    /// The sender says NAK.
    pub rejects: bool,
    /// The most severe harm to users that it mentions.
    pub harm: Option<Harm>,
}

/// What a title promises.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TitleWords {
    /// The number of its words for harm.
    pub(crate) harms: usize,
    /// The most severe of these.
    pub(crate) harm: Option<Harm>,
    /// Whether it asks for a decision: a removal, a default, a proposal, a release.
    pub(crate) decision: bool,
    /// Whether users will see the change.
    pub(crate) feature: bool,
    /// Whether it is routine: a cleanup, a test, a notice of a robot.
    pub(crate) routine: bool,
}

/// Phrases: words separated by one blank; a star ends a stem.
type Phrases = &'static [&'static str];

const HARM: &[(&str, Harm)] = &[
    ("assertion*", Harm::Crash),
    ("bisected", Harm::Regression),
    ("break", Harm::Fault),
    ("breaks", Harm::Fault),
    ("broken", Harm::Fault),
    ("buffer overflow*", Harm::Memory),
    ("corrupt*", Harm::Data),
    ("crash*", Harm::Crash),
    ("cve", Harm::Security),
    ("data loss", Harm::Data),
    ("dead loop", Harm::Crash),
    ("deadlock*", Harm::Crash),
    ("double free", Harm::Memory),
    ("exploit*", Harm::Security),
    ("hang", Harm::Crash),
    ("hangs", Harm::Crash),
    ("heap overflow*", Harm::Memory),
    ("hung", Harm::Crash),
    ("infinite loop", Harm::Crash),
    ("kernel panic", Harm::Crash),
    ("livelock*", Harm::Crash),
    ("lockup*", Harm::Crash),
    ("loses data", Harm::Data),
    ("losing data", Harm::Data),
    ("lost data", Harm::Data),
    ("null pointer", Harm::Crash),
    ("oops*", Harm::Crash),
    ("out of bounds", Harm::Memory),
    ("panicked", Harm::Crash),
    ("panics", Harm::Crash),
    ("regression*", Harm::Regression),
    ("reproducible", Harm::Fault),
    ("silently", Harm::Fault),
    ("stack overflow*", Harm::Memory),
    ("stale data", Harm::Data),
    ("stall*", Harm::Crash),
    ("stuck", Harm::Crash),
    ("use after free", Harm::Memory),
    ("vulnerab*", Harm::Security),
];
const OBJECTION: Phrases = &[
    "bad idea",
    "concern*",
    "disagree*",
    "do not like",
    "do not think",
    "don t like",
    "don t think",
    "horrible",
    "i d rather",
    "makes no sense",
    "nack",
    "nacked",
    "nak",
    "no way",
    "not convinced",
    "not sure",
    "object to",
    "objection*",
    "paper over",
    "papering",
    "please don t",
    "shouldn t",
    "that s not",
    "this is not",
    "why can t",
    "why do",
    "why does",
    "why not",
    "why would",
    "wrong approach",
];
const REJECTION: Phrases = &["nack", "nacked", "nak"];
const DECISION: Phrases = &[
    "by default",
    "deprecat*",
    "design",
    "for next",
    "lsf*",
    "maintainer*",
    "merge window",
    "new default",
    "proposal",
    "release*",
    "removal of",
    "remove support",
    "remove the",
    "revert*",
    "rfc",
    "roadmap",
    "withdraw*",
];
const FEATURE: Phrases = &[
    "add support",
    "implement*",
    "introduce*",
    "ioctl",
    "mount option",
    "new api",
    "new feature",
    "new interface",
    "support for",
    "syscall",
    "uapi",
];
const ROUTINE: Phrases = &[
    "announce",
    "autosel",
    "build failure*",
    "build warning*",
    "clean up",
    "cleanup*",
    "constify",
    "documentation",
    "failed",
    "fstests",
    "has been added to",
    "kernel doc",
    "linux next",
    "patchwork",
    "remove redundant",
    "selftest*",
    "spelling",
    "stable review",
    "typo*",
    "unused",
    "xfstests",
];

impl Tone {
    /// The tone of a sender's paragraphs.
    pub(crate) fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let own = lines.filter(|line| !is_trailer(line));
        let (mut tone, mut length) = (Self::default(), 0);
        let mut text = String::new();
        for line in own {
            length += line.len();
            text.push_str(line);
            text.push(' ');
        }
        let words: Vec<&str> = without_tests(words(&text).collect());
        tone.argues = length > ARGUMENT;
        tone.objects = find(&words, OBJECTION).next().is_some();
        tone.rejects = (0..words.len()).any(|at| rejects(&words, at));
        tone.harm = harms(&words).map(|(_, harm)| harm).max();
        tone
    }
}

impl TitleWords {
    /// The words of a title.
    pub(crate) fn of(title: &str) -> Self {
        let words: Vec<&str> = without_tests(words(title).collect());
        let has = |phrases| find(&words, phrases).next().is_some();
        let mut named: Vec<_> = harms(&words).collect();
        named.sort_unstable();
        named.dedup();
        Self {
            harms: named.len(),
            harm: named.iter().map(|(_, harm)| *harm).max(),
            decision: has(DECISION),
            feature: has(FEATURE),
            routine: has(ROUTINE),
        }
    }
}

/// Whether the word at `at` is a NAK, and neither a choice (`an ack or nack`) nor a threat (`I will NAK anything
/// that`).
fn rejects(words: &[&str], at: usize) -> bool {
    let among = |at: Option<usize>, known: &[&str]| {
        let word = at.and_then(|at| words.get(at));
        word.is_some_and(|word| known.iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    let near = |by| at.checked_sub(by);
    let choice = among(near(1), &["or"]) || among(Some(at + 1), &["or"]);
    let threat = (1..4).any(|by| among(near(by), &["will", "would", "ll", "d"]));
    let object = ["this", "it", "the", "these", "that"];
    among(Some(at), REJECTION) && !choice && (!threat || among(Some(at + 1), &object))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a line is a trailer (`Reviewed-by: …`, `Fixes: …`), which does not count as the sender's own words.
fn is_trailer(line: &str) -> bool {
    let Some((key, _)) = line.split_once(':') else { return false };
    key.ends_with("-by") || matches!(key, "Cc" | "Link" | "Fixes" | "Closes")
}

/// The phrases that begin at each word.
fn find<'p>(words: &[&str], phrases: &'p [&'static str]) -> impl Iterator<Item = &'p str> {
    found(words, phrases, |phrase| phrase).copied()
}

/// The words for harm, with their kinds.
fn harms(words: &[&str]) -> impl Iterator<Item = (&'static str, Harm)> {
    found(words, HARM, |(phrase, _)| phrase).copied()
}

/// The words of a text without *regression* before *test*, because such a test harms nobody.
fn without_tests(mut words: Vec<&str>) -> Vec<&str> {
    let begins = |word: &str, stem: &str| {
        word.get(..stem.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(stem))
    };
    let is_test = |at: usize, words: &[&str]| {
        begins(words[at], "regression")
            && words.get(at + 1).is_some_and(|next| begins(next, "test"))
    };
    let tests: Vec<bool> = (0..words.len()).map(|at| is_test(at, &words)).collect();
    let mut at = 0;
    words.retain(|_| {
        at += 1;
        !tests[at - 1]
    });
    words
}

/// The entries of a sorted table whose phrases begin at each word.
fn found<'p, T>(
    words: &[&str],
    table: &'p [T],
    phrase: fn(&T) -> &str,
) -> impl Iterator<Item = &'p T> {
    let first = move |entry: &T| phrase(entry).as_bytes()[0];
    words.iter().enumerate().flat_map(move |(at, word)| {
        let letter = word.as_bytes()[0].to_ascii_lowercase();
        let from = table.partition_point(|entry| first(entry) < letter);
        let near = table[from..].iter().take_while(move |entry| first(entry) == letter);
        let rest = &words[at..];
        near.filter(move |entry| is_at(rest, phrase(entry)))
    })
}

/// Whether these words begin with a phrase.
fn is_at(words: &[&str], phrase: &str) -> bool {
    let mut words = words.iter();
    phrase.split(' ').all(|part| {
        words.next().is_some_and(|word| match part.strip_suffix('*') {
            Some(stem) => {
                word.get(..stem.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(stem))
            }
            None => word.eq_ignore_ascii_case(part),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_in_order() {
        for phrases in [OBJECTION, REJECTION, DECISION, FEATURE, ROUTINE] {
            assert!(phrases.is_sorted(), "{phrases:?}");
        }
        assert!(HARM.is_sorted());
    }

    #[test]
    fn what_is_said_is_heard() {
        let of = |text: &str| Tone::of(text.lines());
        assert_eq!(of("It breaks and corrupts the log.").harm, Some(Harm::Data));
        assert_eq!(of("The regression tests pass.").harm, None);
        assert_eq!(of("A use-after-free.").harm, Some(Harm::Memory));
        assert!(of("NAK.").rejects && of("NAK.").objects && of("I don't think so.").objects);
        for none in
            ["Can you give an ack or nack to this?", "I will _hard NAK_ anything that blinks."]
        {
            assert!(!of(none).rejects, "{none}");
        }
        assert!(of("I will have to NAK this.").rejects);
        assert_eq!(of("Reviewed-by: Broken Example <nak@example.org>"), Tone::default());
        assert_eq!(of("Looks good, thanks!"), Tone::default());
        assert!(of(&"All of this is new to me. ".repeat(8)).argues);
    }

    #[test]
    fn titles_are_weighed() {
        let title = TitleWords::of("[BUG] Deadlocks and stale data, deadlock again");
        assert_eq!(
            (title.harms, title.harm, title.decision, title.feature, title.routine),
            (2, Some(Harm::Data), false, false, false)
        );
        assert!(TitleWords::of("[RFC] fs: Deprecate v4").decision);
        assert!(TitleWords::of("fs: Add support for verity").feature);
        assert!(TitleWords::of("FAILED: patch \"x\" failed to apply").routine);
    }
}
