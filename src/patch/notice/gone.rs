//! Sentences in which an author gives a patch up, or says that another one replaces it.
//!
//! In: a sentence. Out: a [`Notice`]. Who may say it is not known here. Never here: that another revision comes
//! ([`ask`](super::ask), which has the tests of these, too).

use super::{
    Notice, Told, Voice,
    sentence::{CONDITIONS, Sentence, among, has, version},
};

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
    let lets = at > 1 && words[at - 2] == "let" && words[at - 1] == "me";
    let gives_up = lets || has(&words[at.saturating_sub(10)..at], "i'll will going let's we'll");
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
        return has(subject, "this my these")
            && has(subject, "patch patches patchset series")
            && has(subject, "can should may must");
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
        withdrawn(&Sentence::parse(text)?).map(|notice| notice.told)
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
            "I guess my patch should be ignored.",
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
