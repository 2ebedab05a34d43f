//! Sentences that say that a patch was removed from a tree again: `I'm dropping patches 3 and 4`, `Reverted.`
//!
//! In: a sentence. Out: a [`Notice`]. More tests are in [`ask`](super::ask). Never here: who may say it.

use super::{
    Notice, Told, Voice,
    sentence::{CONDITIONS, Sentence, among, has},
    tree::Tree,
};
use crate::message::Extent;

/// `I'm dropping patches 3 and 4`, `Dropped from my tree`, `Reverted.`, `ignore the previous message telling the
/// patch was applied`: the sender removes a patch from a tree. (5 of 680 in linux-mtd.)
pub(super) fn dropped(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    if sentence.asks || has(words, CONDITIONS) {
        return None;
    }
    if has(words, "ignore") && has(words, "applied") && has(words, "message mail") {
        return Some(Notice::of(Told::Dropped, Voice::Plain, sentence));
    }
    // `Since Bo already applied this series, I am dropping it from my tree`
    if let Some(extent) = taken_by_another(sentence) {
        return Some(Notice { extent, ..Notice::new(Told::Applied, Voice::Loose) });
    }
    if lets_go(words) || backs_out(words) {
        return Some(Notice::of(Told::Dropped, Voice::Plain, sentence));
    }
    let out = || {
        let is_out = takes_out(sentence) || is_out(sentence);
        is_out.then(|| Notice::of(Told::Dropped, Voice::Loose, sentence))
    };
    said_dropped(sentence).or_else(out)
}

/// The sender drops a patch or a series because somebody else has applied it; the words near `applied` say which.
fn taken_by_another(sentence: &Sentence<'_>) -> Option<Extent> {
    let words = &sentence.words;
    let drops = |word: &String| among(word, "drop dropped dropping");
    let why = words.iter().position(|word| among(word, "since as because"))?;
    let near = &words[why + 1..words.len().min(why + 9)];
    let at = near.iter().position(|word| among(word, "applied merged picked queued taken"))?;
    let taken = has(&near[..at], "already been was") && !has(&near[..at], "i i've we not");
    let told =
        taken && words.iter().any(drops) && has(words, "this these it them patch patches series");
    let whole = has(&near[..near.len().min(at + 3)], "series patchset patch-set");
    told.then_some(if whole { Extent::Series } else { Extent::Answered })
}

/// `The patch has been dropped from lamps-fixes`: from a tree.
fn is_out(sentence: &Sentence<'_>) -> bool {
    let words = &sentence.words;
    let Some(at) = words.iter().position(|word| word == "dropped").filter(|at| *at > 1) else {
        return false;
    };
    let passive = has(&words[at.saturating_sub(3)..at], "been is was are were");
    let subject = has(&words[at.saturating_sub(6)..at], "patch patches commit series patchset");
    let from = words.get(at + 1).is_some_and(|word| word == "from");
    passive && subject && from && Tree::read(sentence, at + 2, &[]).placed
}

/// `I dropped it`, `I'm dropping patches 3 and 4`, `Reverted.`
fn said_dropped(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    let at = words.iter().position(|word| {
        matches!(word.as_str(), "dropped" | "dropping" | "reverted" | "reverting")
    })?;
    const LEAD: &str =
        "i i'm i've i'll am have just now so therefore had to and then be it been has";
    let start = (0..at).rev().find(|i| sentence.clause_ends(*i)).map_or(0, |i| i + 1);
    let clause = &words[start..at];
    let spoken = clause.iter().rev().take(4).all(|word| among(word, LEAD))
        // `Reverting this patch makes sense`
        && (clause.is_empty() && words[at] != "reverting" || has(clause, "i i'm i've"));
    let skipped = "just the this these your my two three last first whole both all";
    let object = words[at + 1..].iter().find(|word| !among(word, skipped));
    let of_patches = object.is_none_or(|word| {
        among(word, "patch patches series commit commits it them from now patchset")
    }) || sentence.clause_ends(at);
    (spoken && of_patches).then(|| Notice::of(Told::Dropped, Voice::Plain, sentence))
}

/// `Let me drop this patch for now`.
fn lets_go(words: &[String]) -> bool {
    words.windows(3).enumerate().any(|(at, three)| {
        let verb = at + 2 + usize::from(among(&three[2], "just now also"));
        three[0] == "let"
            && three[1] == "me"
            && words.get(verb).is_some_and(|word| among(word, "drop revert"))
            && of_this_for(&words[verb + 1..])
    })
}

/// `I'll go drop this patch from my tree`, `I've removed it again`, `I will just drop 6-8 for now`: a
/// whole patch.
fn takes_out(sentence: &Sentence<'_>) -> bool {
    const VERBS: &str = "drop dropped removed kicked unapplied unqueued tossed revert";
    const WAY: &str =
        "have has had just now also then so go and simply therefore will to for need needed must";
    let words = &sentence.words;
    words.iter().enumerate().filter(|(_, word)| among(word, VERBS)).any(|(at, verb)| {
        let between = words[..at].iter().rev().take_while(|word| among(word, WAY)).count();
        let who = at.checked_sub(between + 1).map_or("", |who| words[who].as_str());
        let way = &words[at - between..at];
        let needed = way.windows(2).any(|two| among(&two[0], "need have had") && two[1] == "to");
        let planned = who.ends_with("'ll") || has(way, "will must") || needed;
        let own = match among(verb, "drop revert") {
            true => planned && among(who, "i'll we'll i we"),
            false => among(who, "i i've we we've"),
        };
        own && out_of_a_tree(sentence, at)
    })
}

/// Whether the object of the verb at `at` is a whole patch, not a part of one.
fn out_of_a_tree(sentence: &Sentence<'_>, at: usize) -> bool {
    const FOLLOWS: &str = "from again for until now out and as since because";
    let behind = &sentence.words[at + 1..];
    let filled =
        behind.iter().take_while(|word| among(word, "this these the both all it them that"));
    let object = filled.count();
    let named = behind.get(object).is_some_and(|word| {
        let numbered = sentence.raw[at + 1 + object].starts_with(|c: char| c.is_ascii_digit());
        among(word, "patch patches series patchset commit commits one")
            || numbered && object == 0 && sentence.words[at] == "drop"
    });
    let rest = &behind[object + usize::from(named)..];
    let follows = rest.first().is_none_or(|word| among(word, FOLLOWS));
    let closes = follows || sentence.clause_ends(at + object + usize::from(named));
    // In `I removed it`, `it` may be a line of the patch.
    let place = has(&rest[..rest.len().min(8)], "tree branch next queue queued now again merge");
    let version = has(behind, "v2 v3 v4 v5 v6 version");
    // `I'll drop this first.`
    let then = rest.iter().take_while(|word| among(word, "first for now then instead out again"));
    let end = object + usize::from(named) + then.count();
    let ends = end >= behind.len() || sentence.clause_ends(at + end);
    let alone = object > 0 && sentence.words[at] == "drop" && ends;
    !version && (named && closes || object > 0 && follows && place || alone)
}

/// `this patch for now`: the object is a whole patch.
fn of_this_for(words: &[String]) -> bool {
    let skipped = words.iter().take_while(|word| among(word, "this these the both all")).count();
    words
        .get(skipped)
        .is_some_and(|word| among(word, "patch patches series patchset commit commits it them one"))
}

/// `I have backed-out this feature from the lamp-next tree`.
fn backs_out(words: &[String]) -> bool {
    let at = words.iter().position(|word| word == "backed-out").map(|at| at + 1);
    let two = words.windows(2).position(|two| two[0] == "backed" && two[1] == "out");
    let Some(end) = at.or(two.map(|at| at + 2)) else { return false };
    let own = has(&words[end.saturating_sub(5)..end], "i i've we we've");
    own && (of_this_for(&words[end..]) || has(&words[end..], "tree branch next"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<Told> {
        dropped(&Sentence::parse(text)?).map(|notice| notice.told)
    }

    #[test]
    fn words_that_remove_a_patch_are_read() {
        for text in [
            "I'll go drop this patch from my tree.",
            "NP, thanks for letting me know, I'll drop the series.",
            "I'll drop this one for now, because it fails the tests.",
            "I've dropped this one from the 5.16 merge window.",
            "Sorry, no; I've removed the patch.",
            "For now I'll just drop 6-8.",
            "I've removed it again from the lamp tree.",
            "Let me just revert it.",
            "I'll drop this first.",
            "Ok, I'll drop it for now, thanks.",
            "I need to drop this patch, since it breaks the lamps.",
            "The patch has been dropped from lamps-fixes.",
        ] {
            assert_eq!(told(text), Some(Told::Dropped), "{text}");
        }
        for text in [
            "I've removed the '10'.",
            "I removed this check.",
            "I've removed it.",
            "I pulled the 0622 and it runs fine.",
            "Reverting this patch makes sense.",
            "I'll drop this in v3.",
            "I can drop this patch, but I still have questions.",
            "I'll drop the patch description.",
            "I'll drop this line.",
            "The lamp has been dropped from lamps-next.",
            "The patch was dropped from the list.",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
