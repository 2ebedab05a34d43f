//! Sentences that say that a patch was removed from a tree again: `I'm dropping patches 3 and 4`, `Reverted.`
//!
//! In: a sentence. Out: a [`Notice`]. More tests are in [`ask`](super::ask). Never here: who may say it.

use super::{
    Notice, Told, Voice,
    sentence::{CONDITIONS, Sentence, among, has},
    tree::Tree,
};
use crate::message::Extent;

/// What may follow the patches that are removed.
const FOLLOWS: &str = "from again for until now out and as since because";

/// `I'm dropping patches 3 and 4`, `Dropped from my tree`, `Reverted.`, `ignore the previous message telling the
/// patch was applied`: the sender removes a patch from a tree. (5 of 680 in linux-mtd.)
pub(super) fn dropped(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    if sentence.asks || has(words, CONDITIONS) {
        return None;
    }
    let unsaid = has(words, "ignore scrap disregard") && has(words, "message mail that");
    if unsaid && has(words, "applied") {
        return Some(Notice::of(Told::Dropped, Voice::Plain, sentence));
    }
    // `Since Bo already applied this series, I am dropping it from my tree`
    if let Some(extent) = taken_by_another(sentence) {
        return Some(Notice { extent, ..Notice::new(Told::Applied, Voice::Loose) });
    }
    if lets_go(words) || backs_out(words) || gives_back(sentence) {
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

/// `I dropped it`, `I'm dropping this for now`, `Reverted.`, `Removed from my tree.`
fn said_dropped(sentence: &Sentence<'_>) -> Option<Notice> {
    const VERBS: &str = "dropped dropping reverted reverting unapplied unqueued";
    const LEAD: &str =
        "i i'm i've i'll am have just now so therefore had to and then be it been has";
    let words = &sentence.words;
    let is_verb = |word: &String| among(word, VERBS) || among(word, "removed kicked");
    let at = words.iter().position(is_verb)?;
    let start = (0..at).rev().find(|i| sentence.clause_ends(*i)).map_or(0, |i| i + 1);
    let clause = &words[start..at];
    let (end, is_patch) = object(sentence, at + 1);
    let from_tree = leaves(sentence, end);
    let skipped = "just the this these your my two three last first whole both all";
    let named = words[at + 1..].iter().find(|word| !among(word, skipped)).is_none_or(|word| {
        among(word, "patch patches series commit commits it them from now patchset")
    });
    let of_patches = named || is_patch && closes(sentence, end) || sentence.clause_ends(at);
    // `Removed the lamp` is what an author did to the patch.
    let gone = from_tree || of_patches && among(&words[at], VERBS);
    // `Reverting this patch makes sense`
    let bare = clause.is_empty() && words[at] != "reverting";
    let now = from_tree && clause.iter().all(|word| among(word, "now just so therefore"));
    let spoken = clause.iter().rev().take(4).all(|word| among(word, LEAD))
        && (bare || now || has(clause, "i i'm i've"));
    (spoken && gone).then(|| Notice::of(Told::Dropped, Voice::Plain, sentence))
}

/// The end of the words from `start` on that name patches (`this`, `the series`, `patches 3 and 4`), and whether they do.
fn object(sentence: &Sentence<'_>, start: usize) -> (usize, bool) {
    const PRONOUNS: &str = "this these it them that";
    const NOUNS: &str = "patch patches series patchset patch-set commit commits one ones";
    let words = &sentence.words;
    let mut end = start;
    while end < words.len() && (end == start || !sentence.clause_ends(end - 1)) {
        let word = words[end].as_str();
        // `patches 3 and 4`
        let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
        let named = words[start..end].iter().any(|word| among(word, NOUNS));
        let counts = named && (is_number(word) || word == "and");
        let filled = among(word, PRONOUNS)
            || among(word, NOUNS)
            || among(word, "just the your my two three last first whole both all");
        if !(filled || counts) {
            break;
        }
        end += 1;
    }
    let named = &words[start..end];
    (end, has(named, PRONOUNS) || has(named, NOUNS))
}

/// After `end`, nothing or a reason follows: `for now`, `again`, `since it breaks the build`.
fn closes(sentence: &Sentence<'_>, end: usize) -> bool {
    sentence.clause_ends(end - 1) || sentence.words.get(end).is_none_or(|word| among(word, FOLLOWS))
}

/// `from my tree`, `out of next`, `off the branch`.
fn leaves(sentence: &Sentence<'_>, at: usize) -> bool {
    let words = &sentence.words;
    let of = words.get(at + 1).is_some_and(|word| word == "of");
    let next = match words.get(at).map(String::as_str) {
        Some("from" | "off") => at + 1,
        Some("out") if of => at + 2,
        _ => return false,
    };
    let place = &words[next.min(words.len())..words.len().min(next + 4)];
    Tree::read(sentence, next, &[]).placed || has(place, "tree branch next queue")
}

/// `I had to pull it off again`, `Backed out.`, `I took this out of next`: a verb whose particle may follow its object.
fn gives_back(sentence: &Sentence<'_>) -> bool {
    const VERBS: [(&str, &str); 4] = [
        ("pull pulled pulling", "off"),
        ("back backed backing", "out"),
        ("kick kicked kicking", "out"),
        ("take took taken taking", "out"),
    ];
    const LEAD: &str =
        "i i'm i've i'll we we've had have to just now so will must need therefore again";
    let words = &sentence.words;
    words.iter().enumerate().any(|(at, word)| {
        let Some((_, particle)) = VERBS.iter().find(|(verbs, _)| among(word, verbs)) else {
            return false;
        };
        let start = (0..at).rev().find(|i| sentence.clause_ends(*i)).map_or(0, |i| i + 1);
        let clause = &words[start..at];
        let is_infinitive = among(word, "pull back kick take");
        let own = clause.iter().all(|word| among(word, LEAD))
            && (has(clause, "i i'm i've i'll we we've") || clause.is_empty() && !is_infinitive);
        let (end, is_patch) = object(sentence, at + 1);
        let is_out = words.get(end).is_some_and(|word| word == particle)
            && (end == at + 1 || !sentence.clause_ends(end - 1));
        // `I took it out` may be a line of the patch.
        let whole =
            || leaves(sentence, end) || is_patch && has(&words[end..], "again tree branch next");
        let alone = || word != "took" && word != "taken" && closes(sentence, end + 1);
        own && is_out && (whole() || alone())
    })
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
    // `patch 2`
    let numbers = rest.iter().take_while(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let counted = usize::from(named) * numbers.count();
    let rest = &rest[counted..];
    let follows = rest.first().is_none_or(|word| among(word, FOLLOWS));
    let closes = follows || sentence.clause_ends(at + object + usize::from(named) + counted);
    // In `I removed it`, `it` may be a line of the patch.
    let place = has(&rest[..rest.len().min(8)], "tree branch next queue queued now again merge");
    let version = has(behind, "v2 v3 v4 v5 v6 version");
    // `I'll drop this first.`
    let then = rest.iter().take_while(|word| among(word, "first for now then instead out again"));
    let end = object + usize::from(named) + then.count();
    let ends = end >= behind.len() || sentence.clause_ends(at + end);
    let alone = object > 0 && among(&sentence.words[at], "drop revert") && ends;
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
            "I had to pull it off again.",
            "I've pulled it off the branch.",
            "I had to revert this.",
            "Unapplied.",
            "Scrap that, not applied.",
            "Backed out.",
            "I backed this out.",
            "Dropping this, sorry.",
            "I'm dropping this for now.",
            "I'm dropping it, it breaks the lamp.",
            "Removed from my tree.",
            "Kicked out of next.",
            "Now dropped from the queue.",
            "Sorry, I had to drop patch 2.",
            "I'm dropping patches 3 and 4, sorry.",
            "I took it out of next again.",
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
            "Removed the lamp.",
            "Removed from the list of lamps.",
            "Dropped the check for lamps.",
            "I took the lock out of the loop.",
            "I can back this out if you like.",
            "I pulled the branch.",
            "We back out of the loop when the lamp fails.",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
