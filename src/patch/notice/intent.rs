//! Sentences that announce a review: `I'll take a look next week`, `this is on my list`.
//!
//! In: a sentence. Out: a [`Notice`]. It is not a review. The plans of the patch's own author do not count: the
//! series stage checks that.
//!
//! Of 75 sentences on six lists (`tests/intents.tsv`, drawn with seed 16) that name a person, the future and a look,
//! 18 announce a review; the others plan work, wait for somebody else's review, or look into a report. So the
//! conditions are: the sender looks (`I`, `let me`), at the patch, not at a register; if the sentence has no object,
//! it must name a day or an hour.

use super::{
    Notice, Told, Voice,
    sentence::{Sentence, among, has},
};

/// Words without which no sentence announces a review.
const KEYS: [&str; 10] =
    ["look", "review", "list", "queue", "plate", "pile", "backlog", "read", "get to", "go through"];

/// With these before it, it is for another day.
const CONDITIONS: &str = "if unless until whether once";

/// With these beside it, it is not what somebody is about to do.
const NOT: &str = "not don't won't can't cannot never wait waiting promise you you'll";

/// Other objects of looking: another posting, or a remark.
const ELSE: &str = "v2 v3 v4 v5 v6 comment comments feedback suggestions resubmit resend";

/// The words that may be between the auxiliary and the verb.
const ALSO: &str = "to try trying also then certainly definitely surely probably now go back and be continue \
    find some more time allocate manage help so just still hopefully test for soon";

/// The object of looking: the posting.
const POSTING: &str = "it this these them series patch patches patchset set rest individual remaining others all both \
    everything code bindings changes";

/// What may be before it.
const THE: &str = "at over through on the your whole full newest latest new other of in";

/// When.
const WHEN: &str = "today tonight tomorrow soon later shortly asap monday tuesday wednesday thursday friday \
    weekend week weeks days day hours hour month morning evening afternoon time when next";

/// A deed that somebody is about to do: where its words end, and whether they name the posting.
struct Deed {
    start: usize,
    end: usize,
    posting: bool,
}

/// The notice that a sentence gives.
pub(super) fn read(text: &str) -> Option<Notice> {
    let lower = text.to_ascii_lowercase();
    if !KEYS.iter().any(|key| lower.contains(key)) {
        return None;
    }
    let sentence = Sentence::parse(text).filter(|sentence| !sentence.asks)?;
    let words = &sentence.words;
    let Deed { start, end, posting } = review(&sentence).or_else(|| listed(words))?;
    let behind = &words[end..];
    let near = &words[start.saturating_sub(3)..end];
    let other = has(&behind[..behind.len().min(3)], ELSE);
    if has(&words[..end], CONDITIONS) || has(near, NOT) || other {
        return None;
    }
    let over = behind.iter().all(|word| word == "again") || sentence.clause_ends(end - 1);
    match (posting || has(behind, WHEN), over) {
        (true, _) => Some(Notice::new(Told::Intended, Voice::Plain)),
        (false, true) => Some(Notice::new(Told::Intended, Voice::Loose)),
        (false, false) => None,
    }
}

/// `I'll (try to) take a closer look (at this)`, `let me review the patches`, `will get to it`.
fn review(sentence: &Sentence<'_>) -> Option<Deed> {
    let words = &sentence.words;
    (0..words.len()).find_map(|at| {
        let from = will(sentence, at)?;
        let skipped = words[from..].iter().take_while(|word| among(word, ALSO)).count();
        let deed = from + skipped;
        let (end, sure) = verb(words, deed)?;
        let object = words[end..].iter().find(|word| !among(word, THE));
        let named = object.is_some_and(|word| among(word, POSTING));
        let between = has(&words[deed..end], "it this these them");
        // A register, or what was reported.
        let elsewhere =
            words.get(end).is_some_and(|word| among(word, "at how what which why the for of over"));
        let into = words[end - 1] == "into" || words[end - 1] == "to";
        let posting = sure || between || named && !into;
        let bare = !elsewhere && !into && words[end - 1] != "through";
        (posting || named || bare).then_some(Deed { start: at, end, posting })
    })
}

/// Where the words of a look end, and whether they can only be about the posting.
fn verb(words: &[String], at: usize) -> Option<(usize, bool)> {
    let next = |known: &str| words.get(at + 1).is_some_and(|word| among(word, known));
    match words.get(at)?.as_str() {
        "review" | "reviewing" => Some((at + 1, true)),
        "take" | "have" | "give" | "taking" | "do" => {
            let near = &words[at..words.len().min(at + 8)];
            let look = near.iter().position(|word| among(word, "look read review"))?;
            Some((at + look + 1, false))
        }
        "look" if next("at over through closer again into") => Some((at + 2, false)),
        // `I'll look next week`
        "look" if next(WHEN) => Some((at + 1, false)),
        "get" if next("to") => Some((at + 2, false)),
        "through" if at > 0 && words[at - 1] == "go" => Some((at + 1, false)),
        _ => None,
    }
}

/// Behind the words at `at` that say that their speaker is about to do something.
fn will(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let words = &sentence.words;
    let next = |by: usize, known: &str| words.get(at + by).is_some_and(|word| among(word, known));
    let begins =
        at == 0 || sentence.clause_ends(at - 1) || among(&words[at - 1], "ok okay sure and");
    match words[at].as_str() {
        "i'll" => Some(at + 1),
        "will" if begins => Some(at + 1),
        "let" if next(1, "me") => Some(at + 2),
        "i" if next(1, "will shall") => Some(at + 2),
        "i" if next(1, "plan intend hope want") && next(2, "to") => Some(at + 3),
        "i'm" if next(1, "planning going") && next(2, "to") => Some(at + 3),
        "i" if next(1, "am") && next(2, "planning going") && next(3, "to") => Some(at + 4),
        _ => None,
    }
}

/// `This is (still) on my list`, `the series is in my queue`.
fn listed(words: &[String]) -> Option<Deed> {
    const LISTS: &str = "list plate pile backlog queue todo-list";
    let at = words.windows(2).position(|pair| among(&pair[0], "on in") && pair[1] == "my")?;
    let end = at + 3 + words[at + 2..].iter().take(3).position(|word| among(word, LISTS))?;
    // A patch in a queue is taken, but for one to review.
    let review = words[end - 1] != "queue" || has(&words[at + 2..end], "review to-review");
    let subject = has(&words[..at], "it's it this these series patch patches patchset set");
    (review && subject && at < 8).then_some(Deed { start: at, end, posting: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reviews_are_announced() {
        for text in [
            "I'll look at it next week.",
            "I'll look next week.",
            "Will look tomorrow.",
            "Will review.",
            "OK, will review tomorrow.",
            "Let me take a look on Monday.",
            "I have this on my list.",
            "It's still on my review queue.",
            "I'm currently away, will give it a look when I'm back.",
            "I will try to review the remaining patches soon.",
            "I'm planning to look into it when I get time.",
            "I'll go back and review the test now.",
            "I'll get to this tomorrow.",
            "I am going to go through the series this weekend.",
        ] {
            let voice = read(text).map(|notice| notice.voice);
            assert_eq!(voice, Some(Voice::Plain), "{text}");
        }
        assert_eq!(read("I'll take a look.").map(|n| n.voice), Some(Voice::Loose));
    }

    #[test]
    fn other_plans_are_none() {
        for text in [
            "I'll wait for review comments.",
            "I will not review this.",
            "I'll look at the lamp's registers.",
            "I'll look into how the lamp is lit.",
            "If you split it, I'll review it.",
            "I'll review v2.",
            "Can I look at it tomorrow?",
            "Thanks, I'll fix it, thanks for the review.",
            "It is in my queue now.",
            "You will review this next week.",
            "I have a list of lamps.",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
