//! Sentences that say beside a review what becomes of a patch: `With that fixed:`, `This is already fixed.`, `There's a bug
//! in this patch.`
//!
//! In: a sentence. Out: a [`Notice`]. All are loose: the series stage asks who says it, where, and with what tag.

use super::{
    Notice, Told, Voice,
    sentence::{Sentence, among, has},
};

/// With these it is none.
const NOT: &str = "not never no if unless can't cannot don't doesn't didn't isn't wasn't";

/// What a reviewer wants to have done.
const DONE: &str = "fixed addressed changed corrected resolved updated removed renamed dropped added done fix fixes \
    change changes";

/// What may stand before `already fixed`.
const SUBJECTS: &str = "this it it's that the a an fix fixes for has have had been is was were should i i've we we've i think \
    looks like bug issue problem warning error same thanks thank you but hi already just now";

/// The notice that a sentence gives.
pub(super) fn read(sentence: &Sentence<'_>) -> Option<Notice> {
    if sentence.asks {
        return None;
    }
    conditional(sentence).or_else(|| settled(sentence)).or_else(|| faulty(sentence))
}

/// `With those addressed: Reviewed-by: …`, `Once that is fixed, feel free to add …`.
fn conditional(sentence: &Sentence<'_>) -> Option<Notice> {
    const TAGS: &str = "reviewed-by acked-by tested-by feel you add please lgtm looks this i i'm";
    let words = &sentence.words;
    let begins = |at: usize| at == 0 || sentence.clause_ends(at - 1) || words[at - 1] == "and";
    let start = (0..words.len()).find(|at| among(&words[*at], "with once after") && begins(*at))?;
    let near = words.len().min(start + 13);
    let end = (start + 2..near).find(|at| {
        let over = *at + 1 >= words.len() || sentence.clause_ends(*at);
        among(&words[*at], DONE) && (over || among(&words[at + 1], TAGS))
    })?;
    let rest = words.get(end + 1);
    let fits = rest.is_none_or(|word| among(word, TAGS) || word.is_empty());
    // `Will queue it with that fixed`: who takes it does it.
    let negated = has(&words[start..=end], NOT) || has(words, "queue apply merge take");
    (fits && !negated).then(|| Notice::new(Told::Asked, Voice::Loose))
}

/// `Already fixed.`, `The fix for this has already been folded in.`, `I squashed this into the first one.`
fn settled(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    let at =
        words.iter().take(14).position(|word| among(word, "fixed folded squashed addressed"))?;
    let (head, behind) = (&words[..at], &words[at + 1..]);
    let plain = head.iter().all(|word| word.is_empty() || among(word, SUBJECTS));
    let again = has(head, "already") || behind.first().is_some_and(|word| word == "already");
    let object = behind.first().is_some_and(|word| among(word, "this it these them both"));
    let into =
        words[at] != "fixed" && words[at] != "addressed" && has(head, "i i've we we've") && object;
    let short = words.len() <= 25 && !has(words, NOT) && !has(behind, "comment comments locally");
    (plain && short && (again || into)).then(|| Notice::new(Told::Superseded, Voice::Loose))
}

/// `There's a bug in this patch`, `This patch is broken`.
fn faulty(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    let is_patch = |word: &String| among(word, "patch series patchset version one");
    let in_this = words.windows(4).any(|four| {
        four[0] == "bug" && four[1] == "in" && among(&four[2], "this my the") && is_patch(&four[3])
    });
    let there = in_this && has(words, "there's there i found");
    let broken = words.windows(4).any(|four| {
        four[0] == "this" && is_patch(&four[1]) && four[2] == "is" && four[3] == "broken"
    });
    let fits = (there || broken) && !has(words, NOT);
    fits.then(|| Notice::new(Told::Promised, Voice::Loose))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<Told> {
        read(&Sentence::read(text)?).map(|notice| notice.told)
    }

    #[test]
    fn what_is_said_beside_a_review() {
        for (text, want) in [
            ("With those addressed: Reviewed-by: Zoe Lind <zoe@example.org>", Told::Asked),
            ("Just a few nits, see below, with those addressed:", Told::Asked),
            ("With the typo in the commit message fixed, feel free to add my tag.", Told::Asked),
            ("Once that is fixed: Acked-by: Zoe Lind <zoe@example.org>", Told::Asked),
            ("With that changed, Reviewed-by: Zoe Lind <zoe@example.org>", Told::Asked),
            ("Already fixed, and as Bo said it may break.", Told::Superseded),
            ("Fix for this has already been folded in.", Told::Superseded),
            ("I've folded this into the original patch.", Told::Superseded),
            ("I already squashed it into the first one.", Told::Superseded),
            ("This was fixed already.", Told::Superseded),
            ("There's a bug in this patch; the lamp needs it.", Told::Promised),
            ("Sorry, this patch is broken.", Told::Promised),
        ] {
            assert_eq!(told(text), Some(want), "{text}");
        }
    }

    #[test]
    fn other_words_are_none() {
        for text in [
            "With this patch the lamp is fixed in most cases and stays so.",
            "With the lamp changed by hand it works.",
            "Will queue in lamps-next, with the above fixed.",
            "It is not already fixed.",
            "Is this already fixed?",
            "The lamp driver already fixed the clock rate.",
            "I already addressed your comments.",
            "There's a bug in the lamp.",
            "If this is fixed, please tell.",
            "I fixed this in v3.",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
