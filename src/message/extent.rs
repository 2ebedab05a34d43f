//! The patches of a series that a phrase is about: `for the whole series`, `for patches 1-3`.
//!
//! In: the words beside a review tag, or a sentence about an action. Out: an [`Extent`]. Never here: how many
//! patches there are.

use serde::{Deserialize, Serialize};

/// The patches of a series that a phrase is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum Extent {
    /// The patch to which the mail replies; all patches if it replies to the cover letter.
    #[default]
    Answered,
    /// The whole series.
    Series,
    /// The patches of these numbers, ascending.
    Patches(Box<[u32]>),
    /// All but the patches of these numbers, ascending.
    Except(Box<[u32]>),
    /// The patches about one of these topics (`the clk ones`, `the hwmon and watchdog patches`).
    About(Box<[Box<str>]>),
    /// Some of the series; the words do not number them (`all but the last`).
    Some,
}

/// The most numbers that are read from a list; also the longest range.
const MAX_NUMBERS: usize = 1000;

/// The words for parts of a series.
const PARTS: &str = "patches patch ones parts part bits changes pieces portion side stuff";

/// Words before [`PARTS`] that name no topic.
const FILLERS: &str = "the this these those that your my our all both whole entire full complete two three four five six seven \
    other others remaining rest first last second third new same following above correct right fixed latest most some only \
    of in to a an it for i i've we applied queued merged pushed picked took taken up review minor small trivial simple good";

/// Words that name all patches at once.
const WHOLE: &str = "series patchset patch-set patchseries set patches";

impl Extent {
    /// The extent that the words beside a review tag give, if any. A clause must begin with `for`, `whole`, `patches
    /// 1…`: `same comment as for patch 1` is about something else.
    pub(crate) fn beside_verdict(words: &str) -> Option<Self> {
        let lower = words.to_ascii_lowercase();
        // A comma after a number separates numbers; another one separates clauses.
        let mut digit = false;
        let mut parts = |c: char| {
            let after_digit = std::mem::replace(&mut digit, c.is_ascii_digit());
            matches!(c, '.' | '!' | ';' | '(' | '#') || c == ',' && !after_digit
        };
        let clauses: Vec<&str> = lower.split(&mut parts).collect();
        let extent = clauses.into_iter().map(tokens).find_map(|clause| of_clause(&clause))?;
        let left_out = || {
            let behind = lower.split_once("except").or_else(|| lower.split_once("apart from"))?.1;
            let words = tokens(behind);
            let from = words.iter().position(|word| number(plain(word)).is_some())?;
            numbers(&words[from..])
        };
        match extent {
            Self::Series => Some(left_out().map_or(Self::Series, Self::Except)),
            extent => Some(extent),
        }
    }

    /// The extent of an action that a sentence reports: numbers take precedence, then exceptions, then `series`,
    /// `all`, `both`.
    pub(crate) fn of_deed(words: &[&str]) -> Self {
        let has = |known: &str| words.iter().any(|word| among(word, known));
        let numbered = (0..words.len())
            .find(|at| is_patch_word(words[*at]) || is_counter(words[*at]))
            .and_then(|at| numbers(&words[at + usize::from(is_patch_word(words[at]))..]))
            .or_else(|| {
                let done = |at: usize| at > 0 && among(words[at - 1], "applied queued only");
                let listed =
                    |at: &usize| is_range(words[*at]) || number(words[*at]).is_some() && done(*at);
                (0..words.len()).find(listed).and_then(|at| numbers(&words[at..]))
            });
        // `along with the rest of this series`
        if has("along including") && has("rest") {
            return Self::Series;
        }
        if let Some(at) = words.iter().position(|word| among(word, "but except excluding")) {
            let left = words[at + 1..].iter().position(|word| number(plain(word)).is_some());
            let left = left.and_then(|from| numbers(&words[at + 1 + from..]));
            let whole =
                words[..at].iter().any(|word| among(word, "all series patchset everything"));
            return left.filter(|_| whole).map_or(Self::Some, Self::Except);
        }
        if has("apart most some rest remaining first prefixed") {
            return Self::Some;
        }
        if let Some(numbers) = numbered {
            return Self::Patches(numbers);
        }
        // `these two patches` of more; all of two are `both`.
        if has("two three four") && !has("both all series") {
            return Self::Some;
        }
        if let Some(about) = words
            .iter()
            .position(|w| among(w, "ones patches parts bits"))
            .and_then(|at| about(&words[..at]))
        {
            return about;
        }
        // `Let's drop this patch from the series`
        let within = |at: usize| {
            at > 2
                && among(words[at - 3], "patch one this it")
                && among(words[at - 2], "from of in")
                && among(words[at - 1], "the this your my our")
        };
        let named = (0..words.len())
            .any(|at| among(words[at], "series patchset patch-set set") && !within(at));
        let whole = named || has("all both everything");
        if whole { Self::Series } else { Self::Answered }
    }
}

/// The words, with the slashes of counters and the hyphens of ranges kept.
fn tokens(clause: &str) -> Vec<&str> {
    let apart = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/' | '\'' | '_'));
    clause.split(apart).filter(|word| !word.is_empty()).collect()
}

fn of_clause(words: &[&str]) -> Option<Extent> {
    let start = usize::from(words.first() == Some(&"for"));
    let rest: Vec<&str> = words.iter().skip(start).copied().collect();
    let fillers = "the this whole entire full complete all of your these both";
    let filled = rest.iter().take_while(|word| among(word, fillers)).count();
    let (filler, noun) = rest.split_at(filled);
    let alone = rest.iter().all(|word| is_counter(word) || *word == "and");
    let strong = filler.iter().any(|word| among(word, "whole entire all both full"));
    if let Some(word) = noun.first() {
        let numbered = is_patch_word(word).then(|| numbers(&noun[1..])).flatten();
        let counted = || (start == 1 || alone).then(|| numbers(noun)).flatten();
        if let Some(numbers) = numbered.or_else(|| if is_counter(word) { counted() } else { None })
        {
            return Some(Extent::Patches(numbers));
        }
        let whole = among(word, WHOLE) && (start == 1 && filled > 0 || strong);
        if whole {
            return Some(Extent::Series);
        }
        let part = noun.iter().take(6).position(|word| among(word, PARTS)).filter(|_| start == 1);
        return part.and_then(|at| about(&noun[..at]));
    }
    (strong && start == 1).then_some(Extent::Series)
}

/// The topics of a part of a series, from the last of these words: `the hwmon and watchdog` (patches).
fn about(words: &[&str]) -> Option<Extent> {
    let plain = |word: &&&str| **word == "and" || !among(word, FILLERS) && number(word).is_none();
    let named = words.iter().rev().take_while(plain).take(4).filter(|word| **word != "and");
    let named: Box<[Box<str>]> = named.map(|word| Box::from(*word)).collect();
    (!named.is_empty()).then_some(Extent::About(named))
}

/// Whether the word is one of `known`, a list separated by blanks.
fn among(word: &str, known: &str) -> bool {
    known.as_bytes().split(|byte| *byte == b' ').any(|other| other == word.as_bytes())
}

fn is_patch_word(word: &str) -> bool {
    matches!(word, "patch" | "patches" | "patchs")
}

/// `2/5`.
fn is_counter(word: &str) -> bool {
    word.split_once('/').is_some_and(|(n, m)| number(n).is_some() && number(m).is_some())
}

/// `1-3`.
fn is_range(word: &str) -> bool {
    word.split_once('-').is_some_and(|(a, b)| number(a).is_some() && number(b).is_some())
}

/// `2` of `2/5`.
fn plain(word: &str) -> &str {
    word.split_once('/').map_or(word, |(number, _)| number)
}

/// The number of a patch; neither a year nor a version.
fn number(word: &str) -> Option<u32> {
    let digits = (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| word.parse().ok()).flatten()
}

/// The numbers at the beginning of `words`: `1-3`, `2 4 and 5`, `1/5 and 2/5`, `1 to 3`.
fn numbers(words: &[&str]) -> Option<Box<[u32]>> {
    let mut out: Vec<u32> = Vec::new();
    let mut to = false;
    for word in words {
        let (first, last) = match word.split_once('-') {
            Some((first, last)) => (first, last),
            None => (*word, *word),
        };
        match (number(plain(first)), number(plain(last))) {
            (Some(first), Some(last)) if out.len() < MAX_NUMBERS => {
                let first = if to { out.last().copied().unwrap_or(first) } else { first };
                out.extend((first..=last).take(MAX_NUMBERS));
                to = false;
            }
            _ if matches!(*word, "and" | "&" | "plus" | "patch" | "patches") => {}
            _ if matches!(*word, "to" | "through" | "till") && !out.is_empty() => to = true,
            _ => break,
        }
    }
    out.sort_unstable();
    out.dedup();
    (!out.is_empty()).then(|| out.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(words: &[&str]) -> Extent {
        Extent::About(words.iter().map(|word| Box::from(*word)).collect())
    }

    fn patches(numbers: &[u32]) -> Extent {
        Extent::Patches(numbers.into())
    }

    #[test]
    fn words_beside_a_verdict_say_what_it_is_about() {
        for (words, want) in [
            ("For the series,", Some(Extent::Series)),
            (
                "looks great; thanks for looking at this. For the series (including patch 5):",
                Some(Extent::Series),
            ),
            ("for the whole series", Some(Extent::Series)),
            ("whole series:", Some(Extent::Series)),
            ("(for all patches)", Some(Extent::Series)),
            ("for both", Some(Extent::Series)),
            ("for the whole series, except patch 3", Some(Extent::Except([3].into()))),
            ("For patches 1-3:", Some(patches(&[1, 2, 3]))),
            ("for patches 2, 4 and 5", Some(patches(&[2, 4, 5]))),
            ("patches 1/5 and 2/5", Some(patches(&[1, 2]))),
            ("for patches 1 to 3", Some(patches(&[1, 2, 3]))),
            ("# patch 3", Some(patches(&[3]))),
            ("For 1/2:", Some(patches(&[1]))),
            ("for the Documentation", None),
            ("For the hwmon and watchdog patches:", Some(about(&["watchdog", "hwmon"]))),
            ("For the clk parts", Some(about(&["clk"]))),
            ("for these two patches", None),
            ("for the remaining patches", None),
            ("Same comment as for patch 1: I'd prefer", None),
            ("i.e. will queue it, folded into [PATCH 2/3].", None),
            ("[for 1/2]", Some(patches(&[1]))),
            ("I added this patch series on top of 5.3", None),
            ("I assume this has to go via your series", None),
            ("for the patch", None),
            ("for 5.10", None),
            ("On 07/26 I said", None),
            ("1/5 and 2/5:", Some(patches(&[1, 2]))),
            ("the series should be good to go", None),
            ("", None),
        ] {
            assert_eq!(Extent::beside_verdict(words), want, "{words:?}");
        }
    }

    #[test]
    fn a_deed_says_what_it_was_done_to() {
        for (words, want) in [
            ("applied", Extent::Answered),
            ("both applied", Extent::Series),
            ("series applied", Extent::Series),
            ("patches 1-12 applied to nand/next", patches(&(1..=12).collect::<Vec<_>>())),
            ("i applied patch 2 3 and 4", patches(&[2, 3, 4])),
            ("applied 1-3", patches(&[1, 2, 3])),
            ("all but last applied", Extent::Some),
            ("applied all except patch no 2", Extent::Except([2].into())),
            ("series applied except 3 and 4/5", Extent::Except([3, 4].into())),
            ("i took these two lamp patches and merged them", Extent::Some),
            ("i've queued this along with the rest of this series", Extent::Series),
            ("applied to 5.9/scsi-queue", Extent::Answered),
            ("applied the clk ones", about(&["clk"])),
            ("all clk/foo ones applied", about(&["clk/foo"])),
            ("all patches applied", Extent::Series),
            ("lets drop this patch from the series for now", Extent::Answered),
            ("all patches of the series applied", Extent::Series),
            ("applied the series excluding patch 2 to lamps", Extent::Except([2].into())),
            ("applied your patches", Extent::Answered),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(Extent::of_deed(&words), want, "{words:?}");
        }
    }
}
