//! Deeds that are mentioned in passing: `I merged this one, since it is short`, `Both of your patches are applied`, `V2
//! merged.`, `I dared to merge it`.
//!
//! In: a sentence that does not have the stricter form ([`deed`]). Out: a [`Notice`] in loose words: only people who
//! take patches are believed. On twenty-one lists, replies to patches that nothing else showed as taken had 1,000
//! sentences with such a verb and without a condition or a negation. Of 220 that were read, about half said that the
//! patch was taken. These four forms say so:
//!
//! ```text
//!     I, we          verb   the patch (`this one`, `your patches`, `it`)   anything but a place
//!                    verb   the patch, or how (`with your ack`, `and fixed`, `as you suggested`)
//!     the patch      is, was, has been, or nothing   verb
//!     I dared        to     verb in the infinitive
//! ```

use super::{
    Notice, Told, Voice, deed,
    sentence::{Sentence, among, has, version},
};
use crate::message::Extent;

const VERBS: &str =
    "applied queued merged pushed picked picked-up committed staged landed pulled taken";

/// With these in front nothing was done yet, or by nobody.
const NOT: &str = "if when once until unless before whether till while not never cannot can could should would will may might \
    must be to get yet who which what that another similar different previous alternative nothing none neither";

/// With these after it was done to something else, or to try it.
const ELSE: &str = "cleanly locally local successfully test tested testing tests try tried boot booted observed crash crashes \
    fails failed build built still together base conflict conflicts yourself mistake accident rejected \
    submission resubmit ci 0day";

/// The words that may be between the subject and the verb.
const ADVERBS: &str = "have has had just now also already did then finally actually tentatively manually quickly simply boldly \
    silently directly hand went gone ahead and help locally-rebased";

/// The words that start a separate clause.
const LEADS: &str =
    "and so thus therefore but as hence since because now then anyway fyi jfyi ok okay thanks";

/// Patches, in one word.
const IT: &str = "this it these them both all everything";

/// The words that may be between the determiner and its noun.
const THE: &str = "the your his her their my our current both all these those this first last two three four second third";

const NOUNS: &str = "patch patches patchset patch-set series set fix fixes commit commits ones one version change changes";

/// The words after the patch; a place was checked before.
const ON: &str = "since because as so and but with without for now after thanks thank though due instead manually by \
    yesterday today along plus using already again too early up out btw";

/// Deeds that take a patch, besides those that `deed` knows.
const WITH: &str = "ack acks acked-by reviewed-by tested-by rb rbt tag tags addition additions diff rename below credit sob note \
    comment comments change changes modification suggestion suggestions following tweak tweaks edit edits fix fixes typo";

/// The notice that a sentence gives.
pub(super) fn read(sentence: &Sentence<'_>) -> Option<Notice> {
    if sentence.asks || sentence.words.len() > 40 {
        return None;
    }
    let words = &sentence.words;
    dared(sentence).or_else(|| pends(sentence)).or_else(|| {
        (0..words.len()).filter(|at| among(&words[*at], VERBS)).find_map(|at| told(sentence, at))
    })
}

fn told(sentence: &Sentence<'_>, at: usize) -> Option<Notice> {
    let words = &sentence.words;
    let is_negated = |word: &String| word.ends_with("n't") || word.ends_with("'ll");
    if has(&words[..at], NOT) || words[..at].iter().any(is_negated) || has(&words[at..], ELSE) {
        return None;
    }
    let start = (0..at).rev().find(|i| sentence.clause_ends(*i)).map_or(0, |i| i + 1);
    let own = own(sentence, start, at);
    let is_it = own || bare(sentence, start, at) || passive(sentence, start, at);
    is_it.then(|| {
        let mut notice = notice(sentence, start, at);
        // Somebody who merged the patch has a tree; everybody who tries a patch says `I applied the patch`.
        let near = &words[at + 1..words.len().min(at + 5)];
        let has_tree = among(&words[at], "merged pushed committed queued");
        if own && has_tree && has(near, "patch patches patchset patch-set series") {
            notice.voice = Voice::Plain;
        }
        notice
    })
}

fn notice(sentence: &Sentence<'_>, start: usize, at: usize) -> Notice {
    let mut notice = Notice::new(Told::Applied, Voice::Loose);
    // `This and your other two patches are queued`
    let is_one = sentence.words[start] == "this" && sentence.words[start + 1] == "and";
    notice.extent = if is_one { Extent::Answered } else { deed::extent(sentence, at) };
    // `I picked up all acked patches`, `merged this patchset and dropped the last one`
    let part = has(&sentence.words, "acked reviewed drop dropped");
    if part
        && notice.extent != Extent::Answered
        && sentence.words.get(at + 1).is_none_or(|word| word != "with")
    {
        notice.extent = Extent::Some;
    }
    notice
}

/// `I merged this one since it makes things easier`, `I've gone ahead and merged your patch`.
fn own(sentence: &Sentence<'_>, start: usize, at: usize) -> bool {
    let words = &sentence.words;
    let between = words[..at].iter().rev().take_while(|word| among(word, ADVERBS)).count();
    let Some(who) = (at - between).checked_sub(1) else { return false };
    let begins = who == start || who > start && among(&words[who - 1], LEADS);
    among(&words[who], "i i've ive we we've") && begins && names_patch(sentence, at + 1)
}

/// `Merged with your ack`, `Merged and fixed`, `Pushed the DTS patches for 5.7`.
fn bare(sentence: &Sentence<'_>, start: usize, at: usize) -> bool {
    let words = &sentence.words;
    // `Typos fixed and patch pushed`
    let edited = (start + 1..at).rev().find(|i| words[*i] == "and" && words[i - 1].ends_with("ed"));
    let start = edited.map_or(start, |and| and + 1);
    let plain = words[start..at].iter().all(|word| {
        among(word, LEADS)
            || among(word, ADVERBS)
            || among(word, "fix patch whole great good applied")
    });
    if !plain || at > start + 4 {
        return false;
    }
    let next = |by: usize| words.get(at + by).map_or("", String::as_str);
    let goes_on = match next(1) {
        "with" => has(&words[at + 2..words.len().min(at + 8)], WITH),
        "as" => among(next(2), "you suggested discussed proposed requested"),
        "now" => next(2) == "that",
        "and" | "since" | "because" | "without" | "so" | "using" => words.len() > at + 2,
        _ => false,
    };
    let over = edited.is_some() && (sentence.clause_ends(at) || at + 1 >= words.len());
    over || !sentence.clause_ends(at) && (goes_on || names_patch(sentence, at + 1))
}

/// The words from `start` on name patches, and no place follows.
fn names_patch(sentence: &Sentence<'_>, mut start: usize) -> bool {
    let words = &sentence.words;
    if start > 0 && sentence.clause_ends(start - 1) {
        return false;
    }
    start += words[start..].iter().take_while(|word| among(word, "up out in")).count();
    let Some(first) = words.get(start) else { return false };
    let over = |end: usize| {
        sentence.clause_ends(end - 1)
            || words.get(end).is_none_or(|word| word.is_empty() || among(word, ON))
    };
    let into_one = has(&words[start..], "into") && has(&words[start..], "one two single");
    let another =
        "new v2 v3 other previous older earlier alternate alternative following different";
    if into_one || has(&words[start..words.len().min(start + 5)], another) {
        return false;
    }
    if among(first, IT) && over(start + 1) {
        return true;
    }
    if !among(first, THE) && !among(first, "patch patches patchset series") {
        return false;
    }
    let near = &words[start..words.len().min(start + 6)];
    let noun = near.iter().position(|word| among(word, NOUNS));
    let open = |end: usize| (start..start + end).all(|at| !sentence.clause_ends(at));
    noun.is_some_and(|noun| {
        let end = start + noun + 1;
        let counts =
            words.get(end).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        open(noun) && (over(end) || counts) && !has(&near[..noun], "to into in from a an")
    })
}

/// `Both of your patches are applied`, `Patch-set was pushed`, `V2 merged`, `FYI the fix is queued`.
fn passive(sentence: &Sentence<'_>, start: usize, at: usize) -> bool {
    let words = &sentence.words;
    let skipped = words[start..at].iter().take_while(|word| among(word, LEADS)).count();
    let subject = &words[start + skipped..at];
    let copula = subject.iter().rposition(|word| among(word, "is are was were been"));
    let end = copula.map_or(subject.len(), |to| {
        subject[..to].iter().rposition(|word| !among(word, "has have")).map_or(0, |i| i + 1)
    });
    let behind = copula.map_or(&subject[subject.len()..], |to| &subject[to + 1..]);
    let (subject, adverbs) = (&subject[..end], behind);
    let Some(first) = subject.first() else { return false };
    let noun = subject.iter().any(|word| among(word, NOUNS) && word != "one");
    let versioned = subject.len() == 1 && version(first).is_some() && copula.is_none();
    let begins = among(first, "both all this these your patch-set patchset patch series fix whole");
    let strange = has(subject, "i we you he she a an with by of-these")
        || has(subject, "other") && !has(subject, "your");
    let closes = sentence.clause_ends(at)
        || words.get(at + 1).is_none_or(|word| {
            among(word, "thanks thank now and already to into in with as for today on")
        });
    let fits = begins && noun && subject.len() <= 8 && !strange || versioned;
    fits && adverbs.iter().all(|word| among(word, ADVERBS)) && closes
}

/// `Pending with the typo fixed: https://example.org/lamps/commit/0123456`: a branch, by a commit in it.
fn pends(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    let commit = words.iter().any(|word| word.contains("://") && word.contains("/commit/"));
    let begins = (0..words.len())
        .any(|at| words[at] == "pending" && (at == 0 || sentence.clause_ends(at - 1)));
    (begins && commit).then(|| Notice::new(Told::Applied, Voice::Loose))
}

/// `I dared to merge this`, `we decided to merge v1`, `I took the liberty of pushing it`.
fn dared(sentence: &Sentence<'_>) -> Option<Notice> {
    const DEED: &str =
        "merge apply push commit queue pick merging applying pushing committing queueing picking";
    let words = &sentence.words;
    let at = words
        .windows(2)
        .position(|two| among(&two[0], "dared decided liberty") && among(&two[1], "to of"))?;
    let verb = words.get(at + 2).filter(|word| among(word, DEED))?;
    let own = words[at.saturating_sub(6)..at].iter().any(|word| among(word, "i i've we we've"))
        || among(words.first()?, "dared");
    let over = sentence.clause_ends(at + 2) || at + 3 >= words.len();
    let goes_on = words
        .get(at + 3)
        .is_some_and(|word| among(word, "to with as since because so") || version(word).is_some());
    let named = words.get(at + 3).is_some_and(|word| among(word, IT))
        || words[at + 3..]
            .iter()
            .take(4)
            .any(|word| among(word, NOUNS) && !among(word, "one version"));
    let negated =
        has(&words[..at], "not never if") || words.iter().any(|word| word.ends_with("n't"));
    let fits = own && !negated && (over || goes_on || named) && !verb.is_empty();
    fits.then(|| Notice::new(Told::Applied, Voice::Loose))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<Notice> {
        read(&Sentence::read(text)?)
    }

    #[test]
    fn deeds_in_passing() {
        for text in [
            "Thanks, I merged this one since it makes things easier.",
            "I pushed current patch.",
            "I've merged the patch without notice this, therefore just to clarify.",
            "I did merge it, I've now pushed this...",
            "I boldly pushed the patches and added a note.",
            "Looks good, so I've gone ahead and merged your patch since it has been a few days.",
            "Thanks, merged this patch but as I noted, will defer to Bo.",
            "Merged and I noted this for later",
            "Merged and fixed.",
            "Merged as you suggested, thanks!",
            "Merged with your ack.",
            "Merged with the addition below.",
            "Pushed now that the bell is dealt with, thanks.",
            "Merged the DTS patches for 5.7.",
            "Both of your patches are applied.",
            "Both fixes patch of the Lamp/Bell check are merged, thanks!",
            "This and your other two patches are now queued in next-lamps.",
            "Patch-set was pushed with an extra commit.",
            "Typos fixed and patch pushed, thanks.",
            "All chmod patches pushed!",
            "V2 merged.",
            "Thanks, patchset fix pushed.",
            "I dared to merge this to get it into the next release.",
            "Obviously correct, I dared to merge.",
            "In the end we decided to merge v1.",
            "Pending rebased with this v3 version: https://example.org/lamps/commit/b26e9ae",
        ] {
            assert!(said(text).is_some(), "{text}");
        }
        let part = said("I have merged this patchset and drop the last one").map(|n| n.extent);
        assert_eq!(part, Some(Extent::Some));
        let acked = said("I just picked up all acked patches.").map(|notice| notice.extent);
        assert_eq!(acked, Some(Extent::Some));
        let voice = |text| said(text).map(|notice| notice.voice);
        assert_eq!(voice("I merged the patch because it is short."), Some(Voice::Plain));
        assert_eq!(voice("I applied the patch because it is short."), Some(Voice::Loose));
        let both = said("Both of your patches are applied.").map(|notice| notice.extent);
        assert_eq!(both, Some(Extent::Series));
        let this = said("This and your other two patches are now queued.").map(|n| n.extent);
        assert_eq!(this, Some(Extent::Answered));
    }

    #[test]
    fn other_deeds_are_none() {
        for text in [
            "I merged them into one patch.",
            "I applied this patch on top of lamps-next for testing.",
            "I merged it, and the build fails.",
            "I can see that I merged the patch.",
            "If I merged this one it would break.",
            "Another patch just like this has been merged.",
            "The patch that I merged is wrong.",
            "A similar fix is merged.",
            "Your previous patch was merged.",
            "V4 has been pushed.",
            "I pushed a new version of the patches.",
            "merged two commits by mistake",
            "All comments applied.",
            "I decided to apply your structure of lamp.c.",
            "I dared to ask.",
            "We have not merged this patch yet.",
            "I'll see whether I merged this.",
            "Merged with the lamp branch.",
            "The voltage applied to the lamp.",
            "Is this patch merged?",
            "The interrupt is pending, see https://example.org/lamps/commit/b26e9ae",
            "Pending a review of https://example.org/lamps",
            "I picked the wrong lamp.",
            "I have already applied your previous version.",
            "For the record, I have applied this alternate fix:",
            "I've picked this for a new separate patch submission.",
            "I pushed this for 0day ci yesterday.",
            "I picked this from a longer series.",
            "I pushed the patch by an accident, the code is not ready.",
        ] {
            assert_eq!(said(text).map(|n| n.told), None, "{text}");
        }
    }
}
