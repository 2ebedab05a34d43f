//! Sentences by which a patch is gone: removed from a tree again, or given up by its author.
//!
//! In: a sentence. Out: a [`Notice`]. Who may say it is not known here. Never here: that another revision comes
//! ([`ask`](super::ask), which has the tests of these, too).

use super::{
    Notice, Told, Voice,
    sentence::{CONDITIONS, Sentence, among, has, version},
};

/// `I'm dropping patches 3 and 4`, `Dropped from my tree`, `Reverted.`, `ignore the previous message telling the
/// patch was applied`: removed from a tree, where the sender had taken it. (5 of 680 in linux-mtd.)
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
    let out = || takes_out(sentence).then(|| Notice::of(Told::Dropped, Voice::Loose, sentence));
    said_dropped(sentence).or_else(out)
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

/// `I'll go drop this patch from my tree`, `I've removed it again`, `I will just drop 6-8 for now`: of a patch as a whole.
fn takes_out(sentence: &Sentence<'_>) -> bool {
    const VERBS: &str = "drop dropped removed kicked unapplied unqueued tossed revert";
    const WAY: &str = "have has had just now also then so go and simply therefore will to for";
    let words = &sentence.words;
    words.iter().enumerate().filter(|(_, word)| among(word, VERBS)).any(|(at, verb)| {
        let between = words[..at].iter().rev().take_while(|word| among(word, WAY)).count();
        let who = at.checked_sub(between + 1).map_or("", |who| words[who].as_str());
        let planned = who.ends_with("'ll") || has(&words[at - between..at], "will");
        let own = match among(verb, "drop revert") {
            true => planned && among(who, "i'll we'll i we"),
            false => among(who, "i i've we we've"),
        };
        own && out_of_a_tree(sentence, at)
    })
}

/// Behind the verb at `at` a patch is named, and what follows is no part of one.
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
    // `I removed it` may be a line of the patch.
    let place = has(&rest[..rest.len().min(8)], "tree branch next queue queued now again merge");
    let version = has(behind, "v2 v3 v4 v5 v6 version");
    !version && (named && closes || object > 0 && follows && place)
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
    if let Some(version) = sent_anew(sentence) {
        let notice = Notice::of(Told::Superseded, Voice::Plain, sentence);
        return Some(Notice { version: Some(version), ..notice });
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
    if counts_as_gone(words) || closes(words) {
        return Some(Notice::of(Told::Withdrawn, Voice::Plain, sentence));
    }
    let off = || waves_off(sentence).then(|| Notice::of(Told::Withdrawn, Voice::Loose, sentence));
    lets_go_of(sentence).or_else(off)
}

/// `Please ignore this patch`, `I'll abandon this series`.
fn lets_go_of(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
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
    let object = of_this(sentence, at + 1) || sentence.clause_ends(at) && at + 1 >= words.len();
    // `it` can be a line of the patch, if somebody other than the author says so.
    let named = has(&words[at..], "patch patches patchset series set submission");
    let voice = if named && (polite || own) { Voice::Plain } else { Voice::Loose };
    (object && (polite || own || gives_up && named))
        .then(|| Notice::of(Told::Withdrawn, voice, sentence))
}

/// `Disregard this one.`, `Ignore my patch then.`, `So this patch can be abandoned.`, `You can ignore this, thanks.`: an author says it of
/// the posting; the series stage asks who says it.
fn waves_off(sentence: &Sentence<'_>) -> bool {
    const LEADS: &str = "please pls so then just can let's lets simply am i'm and";
    const DONE: &str = "ignored disregarded discarded dropped abandoned withdrawn scrapped";
    let words = &sentence.words;
    let passive = words.windows(2).position(|two| two[0] == "be" && among(&two[1], DONE));
    if let Some(at) = passive {
        let subject = &words[at.saturating_sub(5)..at];
        return has(subject, "this")
            && has(subject, "patch patchset series")
            && has(subject, "can should may");
    }
    let doing =
        "ignore disregard discard drop abandon withdraw scrap dropping abandoning withdrawing";
    (0..words.len()).filter(|at| among(&words[*at], doing)).any(|at| {
        let offers = at > 1 && words[at - 1] == "can" && words[at - 2] == "i";
        let begins = at == 0 || sentence.clause_ends(at - 1) || among(&words[at - 1], LEADS);
        let named = has(
            &words[at + 1..words.len().min(at + 4)],
            "patch patches patchset series submission one",
        );
        // `it` may be a line of the patch.
        let sure = named || among(&words[at], "ignore disregard discard withdraw");
        let last = words.len() == at + 2 || words.get(at + 2).is_some_and(|word| word == "please");
        let only = words.get(at + 1).is_some_and(|word| among(word, "this it"))
            && (sentence.clause_ends(at + 1) || last);
        begins && !offers && sure && (named && of_this(sentence, at + 1) || only)
    })
}

/// `I'm closing this in patchwork`, `marking it as rejected in patchwork`: who keeps the tracker lets it go.
fn closes(words: &[String]) -> bool {
    const DEEDS: &str = "closing closed close marking marked mark setting set rejecting reject supersede superseding";
    const OVER: &str = "rejected obsolete applicable superseded handled";
    let Some(at) = words.iter().position(|word| among(word, DEEDS)) else { return false };
    let open = has(
        words,
        "will'd would could should never changes requested waiting review new accepted later",
    );
    has(&words[at..], "patchwork")
        && !open
        && (among(&words[at], "closing closed close rejecting reject supersede superseding")
            || has(words, OVER))
}

/// `I sent out v2 earlier today`, `I posted the v3 of this patchset`, `This patch is resent as v3`: which version it is now.
fn sent_anew(sentence: &Sentence<'_>) -> Option<u32> {
    const BETWEEN: &str = "out the a this it new updated already just now";
    let words = &sentence.words;
    if sentence.asks && !has(words, "i i've we we've")
        || has(words, CONDITIONS)
        || has(words, "will not never")
    {
        return None;
    }
    (1..words.len()).find_map(|at| {
        let own = among(&words[at], "sent posted resent reposted")
            && words[..at]
                .iter()
                .rev()
                .find(|word| !among(word, "have just already also now have've"))
                .is_some_and(|who| among(who, "i i've we we've"));
        let passive = among(&words[at], "resent reposted sent posted")
            && among(&words[at - 1], "is was been")
            && has(&words[..at], "this patch series patchset");
        let skipped = words[at + 1..].iter().take_while(|word| among(word, BETWEEN)).count();
        let to = at + 1 + skipped;
        let named = words.get(to)?;
        let as_version = || version(words.get(to + 1)?).filter(|_| named == "as");
        match (own, passive) {
            (true, _) => version(named).or_else(as_version),
            (_, true) => as_version(),
            _ => None,
        }
    })
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
fn of_this(sentence: &Sentence<'_>, start: usize) -> bool {
    let Some(words) = sentence.words.get(start..) else { return false };
    let fillers = "this these that the my whole previous entire";
    let filled = words.iter().take_while(|word| among(word, fillers)).count();
    let nouns = "it patch patches patchset series set version one mail email submission";
    let follows = "set series for as since and because i it sorry please there from now then instead until thanks entirely \
        altogether";
    match words.get(filled).map(String::as_str) {
        None => words.first().is_some_and(|word| word == "this"),
        Some(word) if among(word, nouns) || version(word).is_some() => {
            sentence.clause_ends(start + filled)
                || words.get(filled + 1).is_none_or(|next| among(next, follows))
        }
        Some(word) => filled > 0 && words[0] == "this" && among(word, follows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<Told> {
        let sentence = Sentence::parse(text)?;
        dropped(&sentence).or_else(|| withdrawn(&sentence)).map(|notice| notice.told)
    }

    #[test]
    fn what_was_taken_is_taken_out() {
        for text in [
            "I'll go drop this patch from my tree.",
            "NP, thanks for letting me know, I'll drop the series.",
            "I'll drop this one for now, because it fails the tests.",
            "I've dropped this one from the 5.16 merge window.",
            "Sorry, no; I've removed the patch.",
            "For now I'll just drop 6-8.",
            "I've removed it again from the lamp tree.",
            "Let me just revert it.",
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
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn an_author_waves_it_off() {
        for text in [
            "Disregard this one, I think we're fine.",
            "Ignore my patch then.",
            "Ignore this patchset entirely.",
            "Ignore it, please.",
            "So please discard this patch, it's worthless.",
            "Please ignore this patch, this one is only for us.",
            "Bo, you can ignore this patch, thanks.",
            "So this patch can be abandoned.",
            "Lets ignore this patchset then.",
            "Therefore closing this in patchwork as \"Not Applicable\".",
            "So I'm marking your patch as 'Obsolete' in patchwork.",
        ] {
            assert_eq!(told(text), Some(Told::Withdrawn), "{text}");
        }
        for text in [
            "Please ignore this warning.",
            "The driver can ignore this patch of the register.",
            "Marking this as changes requested in patchwork.",
            "I'll close this one in patchwork if we don't hear anything soon.",
            "We can drop it.",
            "This check can be dropped.",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
