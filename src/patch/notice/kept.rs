//! Sentences that say that a maintainer's tree has a patch, by what was done to the tree: `I updated lamps.git to this version`,
//! `I've amended the commit`, `I updated the patch in lamps-next`; or by where it is: `Thanks, now in the 5.6 queue`.
//!
//! In: a sentence. Out: a [`Notice`]. Never here: deeds that are done to a patch (`deed`).

use super::{
    Notice, Told, Voice,
    promise::TAKING,
    sentence::{Sentence, among, has, version},
    tree::Tree,
};

/// The notice that a sentence gives.
pub(super) fn read(sentence: &Sentence<'_>) -> Option<Notice> {
    renewed(sentence)
        .or_else(|| amended(sentence))
        .or_else(|| edited(sentence))
        .or_else(|| with_edit(sentence))
        .or_else(|| updated_there(sentence))
}

/// With these nothing was done yet.
const OPEN: &str =
    "if when once until unless before whether not never would could should will may might";

/// `With an updated changelog added to lamps-next, thanks.`: the deed follows what was done on the way.
fn with_edit(sentence: &Sentence<'_>) -> Option<Notice> {
    const DEEDS: &str = "applied added queued merged pushed committed";
    const EDITS: &str = "changelog subject title message description wording name comment comments typo typos nit nits \
        tag tags fixup fixups adjustment adjustments tweak tweaks changes";
    let words = &sentence.words;
    let with = (0..words.len().min(4)).find(|at| words[*at] == "with")?;
    let begins = with == 0 || sentence.clause_ends(with - 1);
    let deed = (with + 2..words.len().min(with + 9)).find(|at| among(&words[*at], DEEDS))?;
    let head = &words[with + 1..deed];
    let of_it =
        has(head, EDITS) && !has(head, "this these patch patches series it") && !has(words, OPEN);
    let tree = place_at(sentence, deed + 1).filter(|_| begins && of_it)?;
    Some(Notice { tree, ..Notice::new(Told::Applied, Voice::Loose) })
}

/// `Thanks, now in the 5.6 queue.`, `With that the patch is now in lamps-next.`: nothing else is said of it.
pub(super) fn lies(text: &str) -> Option<Notice> {
    const NOUNS: &str = "the this updated fixed patch patches patchset series it it's";
    if !text.contains("now in") {
        return None;
    }
    let sentence = &Sentence::parse(text).filter(|sentence| !sentence.asks)?;
    let words = &sentence.words;
    let now = (0..words.len()).find(|at| words[*at] == "now" && !sentence.clause_ends(*at))?;
    let head = &words[..now];
    let joins = |end: usize| {
        end == 0
            || sentence.clause_ends(end - 1)
            || among(&words[end - 1], "and that so with thanks ok okay")
    };
    let copula = head.last().is_some_and(|word| among(word, "is are"));
    let end = now - usize::from(copula);
    let named = words[..end].iter().rev().take_while(|word| among(word, NOUNS)).count();
    let closed = (end - named..end).all(|at| !sentence.clause_ends(at));
    let subject = if copula { named > 0 && closed } else { named == 0 };
    let tree = place_at(sentence, now + 1)
        .filter(|_| subject && joins(end - named) && words[now + 1] == "in" && !has(words, OPEN))?;
    Some(Notice { tree, ..Notice::new(Told::Applied, Voice::Loose) })
}

/// `No resend needed, I updated the patch in lamps-next.`, `Updated in lamps-next.`
fn updated_there(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    let at = (0..words.len()).find(|at| among(&words[*at], "updated refreshed"))?;
    let who = words[..at].iter().rposition(|word| !among(word, "have just also"));
    let own = who.is_some_and(|who| among(&words[who], "i i've we we've"));
    let bare = at == 0 || sentence.clause_ends(at - 1);
    let object = words[at + 1..]
        .iter()
        .take_while(|word| among(word, "the this it patch patches series version commit"))
        .count();
    let tree = place_at(sentence, at + 1 + object)
        .filter(|_| (own || bare) && words[at + 1 + object] == "in" && !has(words, OPEN))?;
    Some(Notice { tree, ..Notice::new(Told::Applied, Voice::Loose) })
}

/// The tree that a place at `at` names, if at most thanks follow.
fn place_at(sentence: &Sentence<'_>, at: usize) -> Option<Box<str>> {
    let words = &sentence.words;
    if !among(words.get(at)?, "to into in") {
        return None;
    }
    let tree = Tree::read(sentence, at + 1, &[]);
    let end = (at + 1..words.len())
        .find(|end| sentence.clause_ends(*end) || among(&words[*end], "thanks thank"));
    let short = end.unwrap_or(words.len()) <= at + 5;
    let rest = end.and_then(|end| words.get(end + 1));
    let closes = rest.is_none_or(|word| among(word, "thanks thank and") || word.is_empty());
    (tree.placed && short && closes).then(|| tree.name.into())
}

/// `I fixed that up while applying`, `I dropped the blank line on commit`: of 25 such sentences on four lists, 22 were
/// about the parent message, the others about another version or about no patch.
fn edited(sentence: &Sentence<'_>) -> Option<Notice> {
    const EDITED: &str = "touched fixed dropped changed removed tweaked adjusted edited updated added corrected replaced \
        renamed reworded reformatted moved";
    const OBJECTS: &str = "it this them these both and to the your so by as";
    let words = &sentence.words;
    let says = |at: usize| {
        among(&words[at], "i i've") || at > 0 && words[at] == "have" && words[at - 1] == "i"
    };
    let at = (0..words.len().saturating_sub(1)).find(|at| {
        says(*at)
            && words[at + 1..]
                .iter()
                .find(|word| !among(word, "just also have"))
                .is_some_and(|word| among(word, EDITED))
    })?;
    let taken = (at + 2..words.len().min(at + 20)).find(|to| {
        let next = |by: usize| words.get(to + by).is_some_and(|word| among(word, TAKING));
        let led = among(&words[*to], "when while before upon during") && next(1);
        led || words[*to] == "on" && next(1) && words[to + 1] != "push"
    })?;
    let end = taken + 2;
    let closes = end >= words.len() || sentence.clause_ends(end - 1);
    let of_it = closes || among(&words[end], OBJECTS);
    let noun = words.get(end).is_some_and(|word| among(word, "the your"));
    let of_patch = !noun
        || words
            .get(end + 1)
            .is_some_and(|word| among(word, "patch patches series patchset change"));
    let negated =
        has(words, "if not never would could had v1 v2 v3 v4 v5 v6 v7 v8 conflict conflicts");
    (of_it && of_patch && !negated).then(|| Notice::new(Told::Applied, Voice::Loose))
}

/// `I updated lamps.git to this version`: instead of the one before.
fn renewed(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    let at = words.iter().position(|word| word == "updated")?;
    let spoken = at > 0 && among(&words[at - 1], "i i've we we've have just");
    let to = (at + 2..words.len().min(at + 8)).find(|to| words[*to] == "to")?;
    let this = words.get(to + 1).is_some_and(|word| among(word, "this these the v2 v3 v4 v5 v6"));
    let what = words[to + 1..].iter().take(3);
    let version = what
        .into_iter()
        .any(|word| among(word, "version series patchset revision") || version(word).is_some());
    let tree = Tree::read(sentence, at + 1, &[]);
    (spoken && this && version && tree.placed)
        .then(|| Notice { tree: tree.name.into(), ..Notice::new(Told::Applied, Voice::Named) })
}

/// `I've amended the commit`: who has it says so.
fn amended(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    let is_it = words.windows(4).any(|four| {
        among(&four[0], "i i've have")
            && four[1] == "amended"
            && four[2] == "the"
            && four[3] == "commit"
    });
    is_it.then(|| Notice::new(Told::Applied, Voice::Loose))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_that_has_it() {
        for (text, want) in [
            ("Thanks, I updated lamps.git to this version.", "Named|lamps.git"),
            (
                "I've updated lamps.git's lamps-unstable branch to v3.",
                "Named|lamps.git's lamps-unstable",
            ),
            ("I've amended the commit.", "Loose|"),
            ("I touched up the white space and title when applying, thanks!", "Loose|"),
            ("Good point, I fixed it when applying.", "Loose|"),
            ("I have fixed this up in the same manner while merging this, resulting in:", "Loose|"),
            ("I've fixed them all on commit.", "Loose|"),
            ("I removed the blank line while applying the patch.", "Loose|"),
            ("I fixed up the tags while applying v4, but not the status.", ""),
            ("I fixed it up when merging the lamp tree.", ""),
            ("I would have fixed it when applying.", ""),
            ("I fixed the lamp when the button is pushed.", ""),
            ("I updated the text of this version.", ""),
            ("The driver updated lamps.git to this version.", ""),
            ("I've amended the text.", ""),
            ("With updated changelog added to lamps-next, thanks.", "Loose|lamps-next"),
            ("Thanks, with a slightly modified subject applied to lamps-next.", "Loose|lamps-next"),
            ("With this patch applied to lamps-next the message is gone.", ""),
            ("With the changelog updated I can take it.", ""),
            ("Thanks, now in the 5.6 queue.", "Loose|5.6 queue"),
            (
                "I've reworded the subject and changelog and patch is now in lamps-next, thanks.",
                "Loose|lamps-next",
            ),
            ("With that the patch is now in lamps-next, thanks.", "Loose|lamps-next"),
            ("The fix for that was sent and is now in lamps-next.", ""),
            ("The other patches are now in lamps-next.", ""),
            ("It's now in the lamp.", ""),
            ("If the patch is now in lamps-next, please test it.", ""),
            ("No resend needed, I updated the patch in lamps-next.", "Loose|lamps-next"),
            ("Updated in lamps-next.", "Loose|lamps-next"),
            ("The lamp is updated in lamps-next.", ""),
        ] {
            let notice = Sentence::read(text).and_then(|s| read(&s)).or_else(|| lies(text));
            let said = notice.map_or_else(String::new, |n| format!("{:?}|{}", n.voice, n.tree));
            assert_eq!(said, want, "{text}");
        }
    }
}
