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
        let clauses: Vec<Vec<&str>> = lower.split(&mut parts).map(tokens).collect();
        let extent = clauses.iter().find_map(|clause| of_clause(clause))?;
        let left_out = || clauses.iter().find_map(|clause| left_out(clause));
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
        // `along with the rest of this series`, `with your other patches`
        if has("along including") && has("rest") || has("with") && has("other") && has("patches") {
            return Self::Series;
        }
        // `the first 3 patches`, `the first two`
        let first = words.iter().position(|word| *word == "first").and_then(|at| words.get(at + 1));
        if let Some(count) = first.and_then(|word| counted(word)).filter(|_| !has("but except")) {
            return Self::Patches((1..=count).collect());
        }
        // `I applied these, but they do not apply to next` leaves nothing out.
        let excepts = |at: &usize| {
            let word = |word: &&str| among(word, "last first patch patches one ones");
            let mut behind = words[at + 1..].iter().take(4);
            let left = behind.any(|next| word(next) || number(plain(next)).is_some());
            let whole = |word: &&str| among(word, "all series patchset everything both");
            among(words[*at], "except excluding")
                || words[*at] == "but" && (left || words[..*at].iter().any(whole))
        };
        if let Some(at) = (0..words.len()).find(excepts) {
            let left = words[at + 1..].iter().position(|word| number(plain(word)).is_some());
            let left = left.and_then(|from| numbers(&words[at + 1 + from..]));
            // `Applied, except patch 2`
            let bare = |word: &&str| among(word, "applied queued merged pushed picked up");
            let whole =
                words[..at].iter().any(|word| among(word, "all series patchset everything"))
                    || words[..at].iter().all(bare);
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
            .position(|w| among(w, "ones patches patch parts bits"))
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

/// The numbers behind `except` or the like: `everything but patch 2`, `besides 2/3`.
fn left_out(words: &[&str]) -> Option<Box<[u32]>> {
    let from = |pair: &[&str]| among(pair[0], "apart aside") && pair[1] == "from";
    let apart = words.windows(2).position(from).map(|at| at + 2);
    let except = words.iter().position(|word| among(word, "except excepting excluding besides"));
    let behind = &words[apart.or(except.map(|at| at + 1))?..];
    let near = behind.iter().take(4).position(|word| number(plain(word)).is_some())?;
    numbers(&behind[near..])
}

fn of_clause(words: &[&str]) -> Option<Extent> {
    let start = usize::from(words.first() == Some(&"for"));
    let rest: Vec<&str> = words.iter().skip(start).copied().collect();
    // `For all except patch 2`, `Except for patch 2`
    let excepts = |word: &&str| among(word, "except excepting excluding besides");
    let whole =
        |word: &&str| among(word, "the this whole entire all your of") || among(word, WHOLE);
    if let Some(at) = rest.iter().position(excepts)
        && rest[..at].iter().all(whole)
        && (at == 0 || start == 1)
    {
        return left_out(&rest).map(Extent::Except);
    }
    let fillers = "the this whole entire full complete all of your these both";
    let filled = rest.iter().take_while(|word| among(word, fillers)).count();
    let (filler, noun) = rest.split_at(filled);
    let alone = rest.iter().all(|word| is_counter(word) || is_range(word) || *word == "and");
    let strong = filler.iter().any(|word| among(word, "whole entire all both full"));
    if let Some(word) = noun.first() {
        let numbered = is_patch_word(word).then(|| numbers(&noun[1..])).flatten();
        let counted = || (start == 1 || alone).then(|| numbers(noun)).flatten();
        let counts = is_counter(word) || is_range(word);
        if let Some(numbers) = numbered.or_else(|| counts.then(counted).flatten()) {
            return Some(Extent::Patches(numbers));
        }
        let whole = among(word, WHOLE) && (start == 1 && filled > 0 || strong);
        if whole {
            return Some(Extent::Series);
        }
        // `# for clk`
        if start == 1 && words.len() == 2 {
            return about(noun);
        }
        let part = noun.iter().take(6).position(|word| among(word, PARTS)).filter(|_| start == 1);
        // `For my parts`: only their maintainer knows which.
        let mine = |at: usize| noun[..at].iter().any(|word| among(word, "my our"));
        return part.and_then(|at| about(&noun[..at]).or_else(|| mine(at).then_some(Extent::Some)));
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

/// The number that a word is, if it counts several: `3`, `three`.
fn counted(word: &str) -> Option<u32> {
    const WORDS: [&str; 9] =
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let spelt = WORDS.iter().zip(2..).find_map(|(known, n)| (*known == word).then_some(n));
    spelt.or_else(|| number(word)).filter(|n| (2..=MAX_NUMBERS as u32).contains(n))
}

/// `2/5`.
fn is_counter(word: &str) -> bool {
    word.split_once('/').is_some_and(|(n, m)| number(n).is_some() && number(m).is_some())
}

/// `1-3`, `1..3`, `1-3/5`.
fn is_range(word: &str) -> bool {
    ends(word).is_some_and(|(a, b)| number(a).is_some() && number(plain(b)).is_some())
}

/// What a range begins and ends with.
fn ends(word: &str) -> Option<(&str, &str)> {
    word.split_once("..").or_else(|| word.split_once('-'))
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
        let (first, last) = ends(word).unwrap_or((*word, *word));
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
            ("For all except patch 2:", Some(Extent::Except([2].into()))),
            ("Except for patch 2:", Some(Extent::Except([2].into()))),
            ("Except patch 2, the series is", Some(Extent::Except([2].into()))),
            ("For the series, besides 2:", Some(Extent::Except([2].into()))),
            ("For 1-2:", Some(patches(&[1, 2]))),
            ("For dts:", Some(about(&["dts"]))),
            ("For my parts:", Some(Extent::Some)),
            ("# 1-2", Some(patches(&[1, 2]))),
            ("# for clk", Some(about(&["clk"]))),
            ("(for clk)", Some(about(&["clk"]))),
            ("[1-2]", Some(patches(&[1, 2]))),
            ("except that I would have named it lamp", None),
            ("for the lock, except in the slow path", None),
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
            ("applied the clk patch", about(&["clk"])),
            ("applied the patch", Extent::Answered),
            ("applied except patch 2", Extent::Except([2].into())),
            ("applied 1-2/3 to next", patches(&[1, 2])),
            ("queued up patches 1..2 thanks", patches(&[1, 2])),
            ("applied with your other patches thank you", Extent::Series),
            ("i have applied the first 3 patches now", patches(&[1, 2, 3])),
            ("applied the first two", patches(&[1, 2])),
            ("i applied these but they don't apply cleanly to next", Extent::Answered),
            ("applied but the last", Extent::Some),
            ("applied the first patch", Extent::Some),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(Extent::of_deed(&words), want, "{words:?}");
        }
    }
}
