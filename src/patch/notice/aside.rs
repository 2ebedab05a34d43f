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

/// The wish of a reviewer.
const DONE: &str = "fixed addressed changed corrected resolved updated removed renamed dropped added done fix fixes \
    change changes";

/// What may be before `already fixed`.
const SUBJECTS: &str = "this it it's that the a an fix fixes for has have had been is was were should i i've we we've i think \
    looks like bug issue problem warning error same thanks thank you but hi already just now be to believe seems particular \
    patch change one similar equivalent of all these";

/// Deeds about the problem that a patch solves.
const MENDED: &str = "fixed folded squashed addressed solved resolved";

/// Deeds with another patch.
const POSTED: &str = "sent posted submitted queued merged applied";

/// Words for another patch of the kind.
const ANOTHER: &str = "similar same equivalent identical fix another duplicate";

/// The notice that a sentence gives.
pub(super) fn read(sentence: &Sentence<'_>) -> Option<Notice> {
    if sentence.asks {
        return None;
    }
    conditional(sentence).or_else(|| elsewhere(sentence)).or_else(|| faulty(sentence))
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

/// `Already fixed.`, `A similar patch was already applied.`, `I squashed this into the first one.`, `Bo beat you to
/// it.`: in 115 such replies of nineteen lists to open patches about 85 were meant so; most of the others had
/// another subject, or were no direct reply.
fn elsewhere(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    let short = words.len() <= 40 && !has(words, "comment comments locally");
    let told = short
        && (beaten(words)
            || copies(words)
            || sends(sentence)
            || mended(sentence)
            || posted(sentence));
    told.then(|| Notice::new(Told::Elsewhere, Voice::Loose))
}

/// `I've folded this into …`: nobody does that without having it, and what they promise beside it is another patch.
pub(super) fn folded(sentence: &Sentence<'_>) -> Option<Notice> {
    if sentence.asks || has(&sentence.words, NOT) {
        return None;
    }
    let voice = if merged(&sentence.words) {
        Voice::Plain
    } else if folds(sentence) {
        Voice::Loose
    } else {
        return None;
    };
    Some(Notice::new(Told::Elsewhere, voice))
}

/// `I've folded this into …`.
fn merged(words: &[String]) -> bool {
    let told = |at: usize| {
        among(&words[at], "i i've we we've already")
            && among(&words[at + 1], "folded squashed")
            && among(&words[at + 2], "this it these them both")
            && words.get(at + 3).is_none_or(|word| word != "down")
    };
    (0..words.len().saturating_sub(2)).any(told)
}

/// `Thanks, folded.`, `Squashed into the offending commit.`, `I amended this change into the first one`: two lists of twenty-one have
/// habits of it, and nine more know it.
fn folds(sentence: &Sentence<'_>) -> bool {
    const LEADS: &str = "thanks thank you ok okay now and so i i've we we've already just that one fix fixes fixup fixups \
        yep yes works like it";
    let words = &sentence.words;
    let Some(at) =
        words.iter().position(|word| among(word, "folded squashed amended incorporated"))
    else {
        return false;
    };
    let behind = &words[at + 1..];
    let end = behind.iter().position(|word| among(word, "into in to with")).unwrap_or(behind.len());
    let object = &behind[..end];
    let is_this = object.len() <= 3
        && object.iter().all(|word| {
            among(word, "this it these them both the your fix fixes fixup fixups patch change patches changes all")
        });
    // `Amended` alone is about the text.
    let closes = sentence.clause_ends(at) || behind.is_empty();
    let into = closes && words[at] != "amended"
        || !closes
            && is_this
            && (end < behind.len() || !object.is_empty() && words[at] != "amended")
            && behind.get(end).is_none_or(|word| word != "with");
    at <= 4
        && words[..at].iter().all(|word| among(word, LEADS))
        && into
        && !has(behind, "my next version v2 v3 v4 v5")
}

/// `Bo beat you to it`, `You were beaten to it`.
fn beaten(words: &[String]) -> bool {
    words.windows(3).any(|three| {
        let told = three[0] == "beat" && three[1] == "you" && three[2] == "to";
        told || three[0] == "beaten" && three[1] == "to" && three[2] == "it"
    })
}

/// `This is a duplicate of …`.
fn copies(words: &[String]) -> bool {
    const LEADS: &str = "this it it's that is looks like seems to be a the patch series";
    let at = words.windows(2).position(|two| two[0] == "duplicate" && two[1] == "of");
    at.is_some_and(|at| {
        let near = &words[at.saturating_sub(4)..at];
        has(near, "this it it's")
            && near.iter().filter(|word| !among(word, LEADS)).count() <= 1
            && !has(near, "has contains")
    })
}

/// `This was fixed already`, `Bo already fixed that`, `I've folded this into the first one`.
fn mended(sentence: &Sentence<'_>) -> bool {
    let words = &sentence.words;
    let Some(at) = words.iter().take(20).position(|word| among(word, MENDED)) else { return false };
    let start = clause(sentence, at);
    let (head, behind) = (&words[start..at], &words[at + 1..]);
    let object = behind.first().is_some_and(|word| among(word, "this that it these them both"));
    let strange = head.iter().filter(|word| !word.is_empty() && !among(word, SUBJECTS)).count();
    let plain = strange == 0 || strange == 1 && object && !has(head, "i i've we we've");
    let again = has(head, "already") || behind.first().is_some_and(|word| word == "already");
    let merges = among(&words[at], "folded squashed") && has(head, "i i've we we've") && object;
    plain
        && (again || merges)
        && !has(&words[..at], NOT)
        && !has(&words[..at], "thought hope suspect")
}

/// Where the clause begins in which the word at `at` stands; at its last `this` or `it`, as other words may lead to that.
fn clause(sentence: &Sentence<'_>, at: usize) -> usize {
    let words = &sentence.words;
    let start = (0..at).rev().find(|i| sentence.clause_ends(*i)).map_or(0, |i| i + 1);
    let subject = (start..at).rev().find(|i| among(&words[*i], "this it it's"));
    subject.unwrap_or(start)
}

/// `I already sent a patch for this yesterday`: its link is beside it.
fn sends(sentence: &Sentence<'_>) -> bool {
    let words = &sentence.words;
    let object = has(words, "patch fix series patchset");
    let again = words.windows(4).any(|four| {
        among(&four[0], "i i've we we've")
            && four[1] == "already"
            && among(&four[2], "sent posted submitted")
            && among(&four[3], "a the")
    });
    // `I sent a proper fix for this already`
    let another = words.windows(4).any(|four| {
        among(&four[0], "i i've we we've")
            && among(&four[1], "sent posted submitted")
            && among(&four[2], "a another")
    });
    let ends = (0..words.len())
        .any(|at| words[at] == "already" && (at + 1 == words.len() || sentence.clause_ends(at)));
    let another = another && ends && has(words, "this it that");
    object && (again || another)
}

/// `A similar patch was already applied`, `This was already sent by Bo`, `There is already a fix for this`.
fn posted(sentence: &Sentence<'_>) -> bool {
    let words = &sentence.words;
    let Some(at) = words.iter().take(20).position(|word| word == "already") else { return false };
    let head = &words[clause(sentence, at)..at];
    if has(head, NOT) {
        return false;
    }
    let behind: Vec<&String> = words[at + 1..].iter().filter(|word| *word != "been").collect();
    let is = |by: usize, known: &str| behind.get(by).is_some_and(|word| among(word, known));
    let another = has(head, ANOTHER) && has(head, "patch change fix patches fixes");
    let there = has(head, "there there's")
        && is(0, "a an")
        && behind.iter().take(4).any(|word| among(word, "fix patch"));
    let sent = has(head, "this it")
        && is(0, "sent posted submitted")
        && (is(1, "by here") || behind.iter().take(5).any(|word| *word == "ago"));
    there || another && (is(0, POSTED) || is(0, MENDED)) || sent
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
            ("Already fixed, and as Bo said it may break.", Told::Elsewhere),
            ("Fix for this has already been folded in.", Told::Elsewhere),
            ("I've folded this into the original patch.", Told::Elsewhere),
            ("I already squashed it into the first one.", Told::Elsewhere),
            ("This was fixed already.", Told::Elsewhere),
            ("Hi, I already sent a patch yesterday and Bo acked it.", Told::Elsewhere),
            ("Thanks for sending a patch, but Bo already fixed it:", Told::Elsewhere),
            ("A similar patch has already been applied: https://example.org/1", Told::Elsewhere),
            ("There is already a fix for this queued up in lamps/next.", Told::Elsewhere),
            ("This was already sent by Bo.", Told::Elsewhere),
            ("I sent a proper fix for this already:", Told::Elsewhere),
            ("I've posted another patch for that already.", Told::Elsewhere),
            ("This was already sent two weeks ago: <2-1-lamp@example.org>", Told::Elsewhere),
            ("Hi, as mentioned on [1] this was already fixed in [2]..", Told::Elsewhere),
            ("Hi Bo, I believe this is a duplicate of: https://example.org/1", Told::Elsewhere),
            ("Sorry, Bo Li beat you to it.", Told::Elsewhere),
            ("You were beaten to it I'm afraid.", Told::Elsewhere),
            ("There's a bug in this patch; the lamp needs it.", Told::Promised),
            ("Sorry, this patch is broken.", Told::Promised),
        ] {
            assert_eq!(told(text), Some(want), "{text}");
        }
    }

    #[test]
    fn what_was_folded_into_another_patch() {
        for (text, want) in [
            ("I've folded this into the original patch.", Some(Voice::Plain)),
            ("Folded into \"lamp: dim it slowly\", thanks!", Some(Voice::Loose)),
            ("Thanks, folded.", Some(Voice::Loose)),
            ("Thanks, folded in.", Some(Voice::Loose)),
            ("Squashed into the offending commit.", Some(Voice::Loose)),
            (
                "I amended this change into the offending commit and added a tag.",
                Some(Voice::Loose),
            ),
            ("Squashed, thanks.", Some(Voice::Loose)),
            ("Folded the following diff into the original patch:", None),
            ("I've amended the commit.", None),
            ("I squashed it down to a single patch for v2.", None),
            ("With that folded in, it works.", None),
            ("Amended.", None),
            ("I have not folded this into it.", None),
        ] {
            let notice = Sentence::read(text).and_then(|sentence| folded(&sentence));
            assert_eq!(notice.map(|notice| notice.voice), want, "{text}");
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
            "I thought this was already fixed.",
            "This is caused by a bug in the bulb that has been already fixed.",
            "It has a duplicate of the switch.",
            "The lamps are already sent by the driver.",
            "I have already sent the patch.",
            "There is already a lamp for the fix.",
            "The beat goes to the lamp.",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
