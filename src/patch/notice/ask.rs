//! Sentences about another revision, and against this one: `please resend`, `will fix in v3`, `NAK`.
//!
//! In: a sentence. Out: a [`Notice`]. Who may say it is not known here: a promise is the author's to make, a
//! request somebody else's; the series stage asks.

use super::{
    Notice, Told, Voice,
    again::{NEW, REVISION, does_over, names_revision, posts_again},
    aside,
    dropped::dropped,
    gone::withdrawn,
    revise::promised,
    sentence::{CONDITIONS, Sentence, among, has, version},
};

/// The notice that a sentence gives.
pub(super) fn read(sentence: &Sentence<'_>) -> Option<Notice> {
    against(sentence)
        .or_else(|| dropped(sentence))
        .or_else(|| withdrawn(sentence))
        .or_else(|| asked(sentence))
        .or_else(|| aside::folded(sentence))
        .or_else(|| promised(sentence))
        .or_else(|| aside::read(sentence))
}

/// `NAK`, `Nacked.`, `Big NACK from me`; refusals count from those who could have taken it.
fn against(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    let is_nak = |word: &String| matches!(word.as_str(), "nak" | "nack" | "nacked");
    // `NAK, this breaks lamps. Read it if …`: a condition in another clause is about something else.
    let clause =
        (0..words.len()).find(|at| sentence.clause_ends(*at)).map_or(words.len(), |at| at + 1);
    let begins = words.first().is_some_and(is_nak);
    if sentence.asks || has(if begins { &words[..clause] } else { words }, CONDITIONS) {
        return None;
    }
    let ends = |at: usize| {
        at + 1 >= words.len()
            || sentence.clause_ends(at)
            || among(&words[at + 1], "on for from to this the as because")
    };
    let first = begins.then_some(0);
    let big = words.iter().take(3).position(is_nak).filter(|at| {
        *at > 0 && words[..*at].iter().all(|w| among(w, "a big hard strong so clear total"))
    });
    // `Thank you for the patch, but NAK.`
    let closing = words.iter().position(is_nak).filter(|at| {
        *at > 0
            && (words[*at - 1] == "but"
                || *at > 1
                    && among(&words[*at - 1], "a")
                    && among(&words[*at - 2], "it's that's is but"))
    });
    if first.or(big).or(closing).is_some_and(ends) {
        return Some(Notice::of(Told::Rejected, Voice::Plain, sentence));
    }
    let refuses = (0..words.len()).any(|at| {
        let two =
            usize::from(words[at] == "would" && words.get(at + 1).is_some_and(|w| w == "not"));
        let negated = among(&words[at], "won't wouldn't") || two > 0;
        let next = |by: usize, known| words.get(at + two + by).is_some_and(|w| among(w, known));
        negated && next(1, "apply take merge") && next(2, "it this the these")
    });
    let later = has(words, "until yet now as-is without as but before so");
    (refuses && !later).then(|| Notice::of(Told::Rejected, Voice::Loose, sentence))
}

/// `Please resend`, `could you send a v2`, `would you mind rebasing and respin?`
fn asked(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    if awaits(sentence) {
        return Some(Notice::of(Told::Asked, Voice::Plain, sentence));
    }
    let polite = |at: usize| {
        let word = words[at].as_str();
        let you = words.get(at + 1).is_some_and(|next| next == "you");
        matches!(word, "please" | "pls")
            || matches!(word, "could" | "can" | "would") && you
            || word == "you" && obliges(&words[at + 1..])
            || word == "need" && at > 0 && words[at - 1] == "you"
    };
    if (0..words.len()).any(|at| needs(sentence, at)) {
        return Some(Notice::of(Told::Asked, Voice::Plain, sentence));
    }
    let start = (0..words.len()).find(|at| polite(*at))?;
    let again = |at: &usize| posts_again(words, *at) || does_over(words, *at);
    let at = (start..words.len()).find(again)?;
    let between = &words[start..at];
    let negated =
        has(between, "not no don't avoid always let wait ask") || has(&words[..start], "no");
    let far = at - start > 20;
    let conditional = has(&words[..at], CONDITIONS);
    (!negated && !far && !conditional).then(|| Notice::of(Told::Asked, Voice::Plain, sentence))
}

/// `you should`, `you anyway have to`.
fn obliges(behind: &[String]) -> bool {
    let at = usize::from(behind.first().is_some_and(|word| among(word, "anyway also still will")));
    let next = |by: usize| behind.get(at + by).map_or("", String::as_str);
    among(next(0), "should must need") || next(0) == "have" && next(1) == "to"
}

/// `This needs a v3`, `the series needs to be rebased`.
fn needs(sentence: &Sentence<'_>, at: usize) -> bool {
    let words = &sentence.words;
    let behind = &words[at + 1..words.len().min(at + 5)];
    let own = words[..at]
        .iter()
        .rev()
        .take(3)
        .any(|word| among(word, "this it these patch series patchset patches they"));
    let first = behind.first().map_or("", String::as_str);
    let another = among(first, "a another") && {
        let what = &behind[1..];
        names_revision(what)
            || what.first().is_some_and(|word| among(word, "respin re-spin resend rebase reroll"))
    };
    let done = behind.len() > 2
        && first == "to"
        && behind[1] == "be"
        && among(&behind[2], "rebased resent respun reposted resubmitted split reworked rewritten");
    own && among(&words[at], "needs need")
        && (another || done)
        && !sentence.asks
        && !has(&words[..at], CONDITIONS)
        && !has(&words[..at], "not don't doesn't no i we")
}

/// `I'll wait for v3`, `Waiting for your next version.`, `Looking forward to v2`: of 26 such sentences on eight lists,
/// 20 asked for another revision; most of the others named a kernel, or did not speak for the sender.
fn awaits(sentence: &Sentence<'_>) -> bool {
    const WILL: &str = "i'll we'll will then just so let's i'm";
    const WHICH: &str = "a an the your this its";
    let words = &sentence.words;
    let is_version = |from: usize| {
        let skipped = words[from..].iter().take_while(|word| among(word, WHICH)).count();
        let rest = &words[from + skipped..words.len().min(from + skipped + 2)];
        let named = rest.first().is_some_and(|word| version(word).is_some());
        named
            || matches!(rest, [new, revision] if among(new, NEW) && among(revision, REVISION) && revision != "one")
    };
    let negated = has(words, CONDITIONS) || has(words, "not don't can't cannot won't please can");
    let waits = |at: usize| {
        let begins = at == 0 || sentence.clause_ends(at - 1) || among(&words[at - 1], WILL);
        let verb = among(&words[at], "wait waiting") && begins;
        verb && words.get(at + 1).is_some_and(|word| among(word, "for on")) && is_version(at + 2)
    };
    let forward = |at: usize| {
        among(&words[at], "look looking")
            && words.get(at + 1).is_some_and(|word| word == "forward")
            && words.get(at + 2).is_some_and(|word| word == "to")
            && is_version(at + 3)
    };
    !sentence.asks && !negated && (0..words.len()).any(|at| waits(at) || forward(at))
}

#[cfg(test)]
mod tests {
    use super::{
        super::sentence::{join, split},
        *,
    };

    fn told(text: &str) -> Option<Told> {
        let lines: Vec<&str> = text.lines().collect();
        split(&join(&lines)).find_map(|text| read(&Sentence::read(text)?)).map(|n| n.told)
    }

    #[test]
    fn another_revision_is_asked_for_or_promised() {
        for (text, want) in [
            ("Please resend.", Told::Asked),
            ("Please fix the typo and resend.", Told::Asked),
            ("Could you please send a v2?", Told::Asked),
            ("Would you mind rebasing and respin on top of lamps/next?", Told::Asked),
            ("Can you send an updated version?", Told::Asked),
            ("Kamal, please send a new patch series.", Told::Asked),
            ("Please rebase on lamps/next and send a rebased v4.", Told::Asked),
            ("I'll wait on a v3 of this one that has a lamp.", Told::Asked),
            ("Thanks, will wait for v2!", Told::Asked),
            ("OK. Waiting for your next version.", Told::Asked),
            ("Looking forward to your v5 patch.", Told::Asked),
            ("Could you please split this into two patches?", Told::Asked),
            ("Please rework the patch.", Told::Asked),
            ("This needs a v3.", Told::Asked),
            ("The series needs to be rebased.", Told::Asked),
            ("It is wrong here, but you anyway have to send a v2.", Told::Asked),
            ("Sure, I will update the patch to avoid dark lamps.", Told::Promised),
            ("Will fix.", Told::Promised),
            ("Good catch, I'll fix that.", Told::Promised),
            ("Will fix in v3.", Told::Promised),
            ("OK, will do in the next version.", Told::Promised),
            ("I'll send an updated version tomorrow.", Told::Promised),
            ("Thanks, I will respin.", Told::Promised),
            ("v2 coming.", Told::Promised),
            ("Yeah, let me revisit the patches and post another version.", Told::Promised),
            ("Let me resend with the typo fixed.", Told::Promised),
            ("Will send it very soon.", Told::Promised),
            ("Self-NAK, the lamp broke.", Told::Promised),
        ] {
            assert_eq!(told(text), Some(want), "{text:?}");
        }
    }

    #[test]
    fn patches_are_turned_down_dropped_withdrawn_and_replaced() {
        for (text, want) in [
            ("NAK.", Told::Rejected),
            (
                "Nack, by respect it means no lamp, so do not light it if it is dark.",
                Told::Rejected,
            ),
            ("Nacked, we do not want this.", Told::Rejected),
            ("Big NACK from me.", Told::Rejected),
            ("Thank you for the patch but NAK.", Told::Rejected),
            ("Sorry, it's a NAK from me.", Told::Rejected),
            ("I sent out v2 of this patch series earlier today.", Told::Superseded),
            ("I've already posted v3, see the link.", Told::Superseded),
            ("Now this patch is resent as v3, please see the link.", Told::Superseded),
            (
                "Due to the bounces I posted the v3 of this patchset to fewer people.",
                Told::Superseded,
            ),
            ("NAK for the lamp.", Told::Rejected),
            ("Sorry, I won't take this.", Told::Rejected),
            ("I would not merge this.", Told::Rejected),
            ("I'm dropping the two patches for now.", Told::Dropped),
            ("So I dropped it for now.", Told::Dropped),
            ("I am dropping patch 3 and 4.", Told::Dropped),
            ("Please ignore the previous message telling the patch was applied.", Told::Dropped),
            ("Let me drop this patch for now.", Told::Dropped),
            ("I have backed-out this feature from the lamp-next tree.", Told::Dropped),
            ("We backed out the patch.", Told::Dropped),
            ("Please consider this patch series rejected.", Told::Withdrawn),
            ("consider this patch withdrawn", Told::Withdrawn),
            ("Feel free to disregard this patch.", Told::Withdrawn),
            ("Please ignore this patch.", Told::Withdrawn),
            ("please ignore this patchset, sorry", Told::Withdrawn),
            ("Please drop it.", Told::Withdrawn),
            ("I'll abandon this series.", Told::Withdrawn),
            ("Superseded by https://example.org/v2", Told::Superseded),
            ("I won't pursue this kind of change for the lamp further.", Told::Withdrawn),
            ("This seems outside the scope, so I won't be pursuing it.", Told::Withdrawn),
            ("I will stop sending such patches.", Told::Withdrawn),
            ("I will avoid sending this kind of patch in the future.", Told::Withdrawn),
            ("Fine, I drop the series.", Told::Withdrawn),
            ("So let's forget this patch set.", Told::Withdrawn),
            (
                "I will integrate this into my lamp series [1] to make things easier.",
                Told::Promised,
            ),
        ] {
            assert_eq!(told(text), Some(want), "{text:?}");
        }
    }

    #[test]
    fn other_requests_and_plans_are_none() {
        for text in [
            "No need to resend.",
            "The lamps will wait for v6.15.",
            "Please wait for v2.",
            "I can wait for v3.",
            "If so, I'll wait for v3.",
            "The lamp waits for the next version.",
            "Let me drop the lamp.",
            "Let me drop you a note.",
            "The change was backed out by the vendor.",
            "Please consider this patch for stable.",
            "I consider the lamp in this patch dropped.",
            "Please don't resend this.",
            "If you resend, please add a tag.",
            "Please drop this _ prefix.",
            "Feel free to ignore my comments.",
            "Please ignore the previous message.",
            "I will drop it in the driver.",
            "I dropped this comment.",
            "The NAK is sent by the device.",
            "The device answers but NAK means busy.",
            "Have you sent v3?",
            "I'll apply this without a re-send.",
            "Please split the lamp from its socket.",
            "The lamp needs a new version of the socket.",
            "If it needs a v3, I will wait.",
            "This does not need a v3.",
            "I'll fix the lamp in the driver.",
            "Will fix it up if you tell me how.",
            "It will fix that.",
            "I will have sent v3 by then.",
            "When I sent v2 the lamp was on.",
            "The lamp is sent as v3 by the driver.",
            "That's a NACK if you insist.",
            "I'll fix this in v5.2-rc1.",
            "I'll send a follow-up patch.",
            "I'll send a separate patch on top of v3.",
            "I will not send a v2.",
            "Should I send a v2?",
            "Please let me know what to resend.",
            "Please send a pull request.",
            "please drop us a note",
            "Please send the output and the kernel version.",
            "Could you please post the series of commands?",
            "I won't pursue this approach.",
            "Please stop sending such patches.",
            "I will drop the lamp.",
            "The driver will fold this into the series of commands.",
            "I'll fold it into the lamp.",
            "Don't forget this patch.",
        ] {
            assert_eq!(told(text), None, "{text:?}");
        }
    }
}
