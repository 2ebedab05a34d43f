//! Replies that leave something open: a question, an objection, a wish, a suggestion, a correction.
//!
//! In: a reply's own paragraphs. Out: whether it does. No list of words separates an objection from a remark in
//! passing, but one can separate both from thanks and consent. Measured on 90 reviewed series of fourteen lists
//! with replies after the last review (drawn with seed 16, read and labelled): 27 still wait for a reply, and this
//! finds 25 of them; 27 were taken or settled in other words, and this finds 11; of the other 36 it finds 15. So a
//! series that it finds is in doubt, not rejected. Never here: who says it, and when.

use super::sentence::{Sentence, among, has, join, split, version};

/// Words of which a wish, a doubt or an objection has one.
const OPEN: &str = "but however should could would instead rather please suggest suggests suggested suggestion \
    suggestions prefer preferred prefers need needs needed wrong doesn't don't isn't won't can't not fail fails \
    failed failing failure bug bugs problem problems issue issues nit nits typo missing why hang hangs break breaks \
    breaking broken sorry worry concern concerned concerns better maybe perhaps think unfortunately objection odd \
    weird drop remove";

/// With these a line greets or takes its leave.
const GREETINGS: [&str; 5] = ["hi", "hello", "hey", "dear", "best"];

/// The reply whose own words `paragraphs` are leaves something open.
pub(in crate::patch) fn is_open(paragraphs: &[Vec<&str>]) -> bool {
    let tells_any = |text: &str| text.split_ascii_whitespace().any(tells);
    let mut lines = paragraphs.iter().flatten().filter(|line| !greets(line));
    if !lines.any(|line| tells_any(line)) || lets_be(paragraphs) {
        return false;
    }
    // Rarely does such a question stand alone: the sentences are parted only where a word tells.
    let whole = |paragraph: &Vec<&str>| {
        let own: Vec<&str> = paragraph.iter().copied().filter(|line| !greets(line)).collect();
        let code = |line: &&str| line.starts_with("    ") || line.starts_with('\t');
        own.iter().filter(|line| code(line)).any(|line| tells_any(line))
            || split(&join(&own)).any(|sentence| tells_any(sentence) && !asks_who_takes(sentence))
    };
    paragraphs.iter().any(whole)
}

/// `Ida, do you want to pick these up, or should I take them?`: it is settled but for the way in.
fn asks_who_takes(sentence: &str) -> bool {
    const WAYS: &str = "take pick apply merge queue route carry go";
    let Some(sentence) = Sentence::parse(sentence).filter(|sentence| sentence.asks) else {
        return false;
    };
    let words = &sentence.words;
    let what = |at: usize| {
        let behind = &words[at + 1..words.len().min(at + 4)];
        has(behind, "this these it them") || words[at] == "go" && has(behind, "through via")
    };
    let takes = (0..words.len()).any(|at| among(&words[at], WAYS) && what(at));
    let who = words.windows(2).any(|two| {
        among(&two[0], "should shall can could will would do may")
            && among(&two[1], "i you we this these it who")
    });
    takes && (who || has(words, "who which whose")) && !has(words, "why not out back instead")
}

/// `I guess it's okay to not respin for this`, `Not worth re-spinning`, `no need to send a v3`: nothing else in the reply
/// needs an answer.
fn lets_be(paragraphs: &[Vec<&str>]) -> bool {
    const AGAIN: &str =
        "respin re-spin respinning re-spinning resend re-send resending resubmit respun";
    const NOT: &str = "no not don't needn't without";
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    paragraphs.iter().any(|paragraph| {
        let words = paragraph.iter().flat_map(|line| line.split_ascii_whitespace());
        let mut before = [const { String::new() }; 5];
        words.map(bare).any(|word| {
            let is_sent = || has(&before, "send post") && version(&word).is_some();
            let is_again = among(&word, AGAIN) || is_sent();
            let lets = is_again && has(&before, NOT);
            before.rotate_left(1);
            before[4] = word;
            lets
        })
    })
}

fn greets(line: &str) -> bool {
    let first = line.split([' ', ',']).next().unwrap_or_default().to_ascii_lowercase();
    GREETINGS.contains(&&*first) && line.len() < 60
}

/// A word that asks (`why?`), is among those known, or corrects another (`s/on/off/`).
fn tells(word: &str) -> bool {
    if word.contains("://") {
        return false;
    }
    if word.ends_with('?') || word.starts_with("s/") && word.matches('/').count() == 3 {
        return true;
    }
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.len() <= 13 && among(&word.replace('’', "'").to_ascii_lowercase(), OPEN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::own_paragraphs;

    #[test]
    fn what_leaves_something_open() {
        for text in [
            "Where does the lamp get its current from?",
            "Hi Zoe,\n\nThe second lamp is never lit, but the text says so.",
            "s/lmap/lamp/",
            "I’d prefer a switch.",
            "This doesn’t light up here.",
            "> +\tlamp_on();\n\nA helper would do.",
            "Why should I take this?",
            "Should I take them? The lamp is wrong, though.",
            "Can you take this lamp out?",
        ] {
            assert!(is_open(&own_paragraphs(text)), "{text:?}");
        }
    }

    #[test]
    fn thanks_and_consent_leave_nothing_open() {
        for text in [
            "Thanks!",
            "A nit: the lamp should be lit, but it's okay to not respin for this.",
            "The lamp is wrong here.\nNot worth re-spinning.",
            "You should have kept my tag, but there is no need to send a v10.",
            "Looks good to me.",
            "Applied to lamps/next, thanks.",
            "> why not?\n\nIt is fine as it is.",
            "Hi, why not?",
            "Wim, do you want to pick these up, or should I take them?",
            "Which tree should this go through?",
            "Looks good. Can you take this via lamps, Ida?",
            "See https://example.org/?",
            "Best, do not reply",
            "",
        ] {
            assert!(!is_open(&own_paragraphs(text)), "{text:?}");
        }
    }
}
