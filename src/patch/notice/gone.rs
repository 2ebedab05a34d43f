//! Sentences by which a patch is gone: taken out of a tree again, or given up by its author.
//!
//! In: a sentence. Out: a [`Notice`]. Who may say it is not known here. Never here: that another revision comes
//! ([`ask`](super::ask), which has the tests of these, too).

use super::{
    Notice, Told, Voice,
    sentence::{CONDITIONS, Sentence, among, has, version},
};

/// `I'm dropping patches 3 and 4`, `Dropped from my tree`, `Reverted.`, `ignore the previous message telling
/// the patch was applied`: taken out of a tree, where the sender had taken it. (5 of 680 in linux-mtd.)
pub(super) fn dropped(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    if sentence.asks || has(words, CONDITIONS) {
        return None;
    }
    if has(words, "ignore") && has(words, "applied") && has(words, "message mail") {
        return Some(Notice::of(Told::Dropped, Voice::Plain, sentence));
    }
    if lets_go(words) || backs_out(words) {
        return Some(Notice::of(Told::Dropped, Voice::Plain, sentence));
    }
    let at = words.iter().position(|word| {
        matches!(word.as_str(), "dropped" | "dropping" | "reverted" | "reverting")
    })?;
    const LEAD: &str =
        "i i'm i've i'll am have just now so therefore had to and then be it been has";
    let start = (0..at).rev().find(|i| sentence.clause_ends(*i)).map_or(0, |i| i + 1);
    let clause = &words[start..at];
    let spoken = clause.iter().rev().take(4).all(|word| among(word, LEAD))
        && (clause.is_empty() || has(clause, "i i'm i've"));
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
        three[0] == "let"
            && three[1] == "me"
            && among(&three[2], "drop revert")
            && of_this_for(&words[at + 3..])
    })
}

/// `this patch for now`: a patch as a whole, whatever is said of it.
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

/// `Please consider this patch series rejected`.
fn counts_as_gone(words: &[String]) -> bool {
    let Some(at) = words.iter().position(|word| word == "consider") else { return false };
    let rest = &words[at + 1..words.len().min(at + 7)];
    let asked = at == 0 || among(&words[at - 1], "please pls so then just");
    let named = asked && has(rest, "patch patches patchset series set version");
    let first = rest.first().is_some_and(|word| among(word, "this these the my it v1"));
    named && first && has(rest, "rejected withdrawn abandoned dropped obsolete")
}

/// `Please ignore this patch`, `I'll abandon this series`, `Superseded by …`.
pub(super) fn withdrawn(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    if words.first().is_some_and(|word| word == "superseded")
        && words.get(1).is_some_and(|w| w == "by")
    {
        return Some(Notice::of(Told::Superseded, Voice::Plain, sentence));
    }
    if !sentence.asks && gives_up(words) {
        return Some(Notice::of(Told::Withdrawn, Voice::Loose, sentence));
    }
    if sentence.asks || has(words, CONDITIONS) {
        return None;
    }
    if words.iter().any(|w| w.ends_with("n't")) {
        return None;
    }
    if counts_as_gone(words) {
        return Some(Notice::of(Told::Withdrawn, Voice::Plain, sentence));
    }
    let verb = "ignore drop disregard discard withdraw abandon withdrawing cancel scrap forget";
    let at = words.iter().position(|word| among(word, verb))?;
    let before = &words[at.saturating_sub(4)..at];
    let is_free = before.windows(2).any(|two| two[0] == "feel" && two[1] == "free");
    let polite = is_free || has(before, "please pls plz");
    let own = has(&words[at.saturating_sub(3)..at], "i i'll i'm")
        && among(&words[at], "withdraw abandon withdrawing")
        || at > 0 && words[at - 1] == "i" && among(&words[at], "drop discard scrap");
    // An author who says `I'll drop this patch` withdraws it; from anybody else it means nothing.
    let gives_up = has(&words[at.saturating_sub(10)..at], "i'll will going let's we'll");
    let object = of_this(&words[at + 1..]) || sentence.clause_ends(at) && at + 1 >= words.len();
    // `it` may be a line of the patch, where somebody else than the author says so.
    let named = has(&words[at..], "patch patches patchset series set submission");
    let voice = if named && (polite || own) { Voice::Plain } else { Voice::Loose };
    (object && (polite || own || gives_up && named))
        .then(|| Notice::of(Told::Withdrawn, voice, sentence))
}

/// `I won't be pursuing it`, `I won't pursue this kind of change`, `I will stop sending such patches`.
fn gives_up(words: &[String]) -> bool {
    let behind = |at: usize, by: usize| words.get(at + by).map_or("", String::as_str);
    (0..words.len()).any(|at| match words[at].as_str() {
        "pursue" | "pursuing" => {
            let negated = has(&words[at.saturating_sub(4)..at], "won't not don't");
            let own = has(&words[at.saturating_sub(6)..at], "i i'm i'll we");
            let object = among(behind(at, 1), "it this these that such");
            negated && own && object && behind(at, 2) != "approach"
        }
        "stop" | "avoid" => {
            let own = has(&words[at.saturating_sub(4)..at], "i'll will");
            let what = among(behind(at, 2), "such this these that");
            own && among(behind(at, 1), "sending submitting posting") && what
        }
        _ => false,
    })
}

/// `this patch`, `this one`, `it`: a patch as a whole, and nothing else behind.
fn of_this(words: &[String]) -> bool {
    let fillers = "this these that the my whole previous entire";
    let filled = words.iter().take_while(|word| among(word, fillers)).count();
    let nouns = "it patch patches patchset series set version one mail email submission";
    let follows =
        "set series for as since and because i it sorry please there from now then instead until";
    match words.get(filled).map(String::as_str) {
        None => words.first().is_some_and(|word| word == "this"),
        Some(word) if among(word, nouns) || version(word).is_some() => {
            words.get(filled + 1).is_none_or(|next| among(next, follows))
        }
        Some(word) => filled > 0 && words[0] == "this" && among(word, follows),
    }
}
