//! Promises of another revision: `will fix in v3`, `I'll send an updated version`.
//!
//! In: a sentence. Out: a [`Notice`]. Never here: whether the author says it.

use super::{
    Notice, Told, Voice,
    again::{names_patch, names_revision, posts_again},
    sentence::{CONDITIONS, Sentence, among, has, version},
};

/// `Will fix in v3`, `I'll send an updated version`, `v2 coming`, `self-NAK`.
pub(super) fn promised(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    if has(words, "self-nak self-nack") || !sentence.asks && !has(words, CONDITIONS) && joins(words)
    {
        return Some(Notice::of(Told::Promised, Voice::Plain, sentence));
    }
    if sentence.asks || has(words, CONDITIONS) || has(words, "not you you'll") {
        return None;
    }
    let coming = words
        .windows(2)
        .any(|pair| version(&pair[0]).is_some() && among(&pair[1], "coming soon follows incoming"));
    let own = |word: &String| matches!(word.as_str(), "i'll" | "we'll" | "ill");
    let bare = |at: &usize| {
        let first = *at == 0 || sentence.clause_ends(at - 1);
        among(&words[*at], "will shall")
            && (first || among(&words[at - 1], "and so ok okay yes sure"))
    };
    let said = has(words, "i we") || (0..words.len()).any(|at| bare(&at));
    let going = words.windows(2).any(|pair| pair[0] == "going" && pair[1] == "to");
    let lets =
        words.windows(3).any(|three| three[0] == "let" && three[1] == "me" && three[2] != "know");
    let will = lets || words.iter().any(own) || said && (has(words, "will shall") || going);
    if !coming && !will {
        return None;
    }
    // `I'll apply this without a re-send.`
    let spared = |at: usize| has(&words[at.saturating_sub(2)..at], "without no");
    let again =
        (0..words.len()).any(|at| words[at] != "rebase" && posts_again(words, at) && !spared(at));
    let reworks = (0..words.len()).any(|at| {
        among(&words[at], "update rework rewrite revise amend")
            && names_patch(&words[at + 1..], "this it these")
    });
    // `Will send it very soon.`
    let soon = words
        .windows(2)
        .any(|two| among(&two[0], "send post submit") && among(&two[1], "it them that"))
        && has(words, "soon shortly tomorrow asap today");
    (coming || soon || again || reworks || fixes(words) || in_next(words))
        .then(|| Notice::of(Told::Promised, Voice::Plain, sentence))
}

/// `I will integrate this into my other series`: it will come again, as a part of something else.
fn joins(words: &[String]) -> bool {
    let verb = |word: &String| among(word, "integrate merge fold squash include incorporate");
    (1..words.len()).any(|at| {
        let own = has(&words[at.saturating_sub(3)..at], "i'll we'll")
            || at > 1 && among(&words[at - 2], "i we") && words[at - 1] == "will";
        let object = words.get(at + 1).is_some_and(|word| among(word, "this it these"));
        let rest = &words[at + 1..words.len().min(at + 14)];
        let into = rest
            .windows(2)
            .any(|two| among(&two[0], "into in with to") && among(&two[1], "my the another our a"));
        verb(&words[at]) && own && object && into && has(rest, "series patchset set patches")
    })
}

/// `in v3`, `in the next version`.
fn in_next(words: &[String]) -> bool {
    (0..words.len()).any(|at| {
        if !matches!(words[at].as_str(), "in" | "for" | "with" | "to") {
            return false;
        }
        let behind = &words[at + 1..words.len().min(at + 5)];
        let first = behind.iter().find(|word| !among(word, "the my a patch"));
        first.is_some_and(|word| version(word).is_some()) || names_revision(behind)
    })
}

/// `Will fix.`, `OK, I'll fix that.`: nothing else is said.
fn fixes(words: &[String]) -> bool {
    const LEAD: &str = "ok okay sure yes yeah yep thanks right good agreed indeed ack i will i'll we'll we and so both \
        catch point find oops true sorry";
    let Some(at) = words.iter().position(|word| among(word, "fix address")) else { return false };
    let object = |word: &String| {
        word.is_empty() || among(word, "it this that these those them both all up too soon thanks")
    };
    at < 6 && words[..at].iter().all(|word| among(word, LEAD)) && words[at + 1..].iter().all(object)
}
