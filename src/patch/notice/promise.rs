//! Sentences that say that a patch is about to be taken: `I'll merge this`, `will queue in lamps-for-v6.6`, `I'll fix that when
//! I merge it`; and those that say without a deed that it was: `Both are now in lamps/next`.
//!
//! In: a sentence. Out: a [`Notice`]. In 700 sentences of twelve lists with a person, a future and such a verb about half mean
//! something else: `take a look`, `I'll add that to v3`, `will take that state`, `push it to my next version`. So the verb
//! must have a patch for its object, or a tree must follow.

use super::{
    Notice, Told, Voice,
    sentence::{Sentence, among, has, version},
    tree::Tree,
};
use crate::message::Extent;

/// Words without which no sentence says so.
const KEYS: [&str; 15] = [
    "take", "merge", "apply", "pick", "queue", "pull", "push", "commit", "stage", "add ", "fold",
    "squash", " in ", " pr ", "pr for",
];

/// Deeds with patches.
const VERBS: &str = "take merge apply pick queue pull push commit stage fold squash";

/// Done to anything: a tree must follow.
const ADD: &str = "add put send";

/// With these it depends on something, or is none.
const CONDITIONS: &str = "if once unless until whether before or not don't won't can't cannot never \
    probably maybe think try trying locally test testing";

/// With these in its clause somebody else does it.
const OTHERS: &str = "you you'll";

/// The words that may be between the auxiliary and the verb.
const ALSO: &str =
    "then just now also go ahead and going to be gladly happily simply so still manually i";

/// The object that is taken.
const OBJECTS: &str = "this it them these those both all everything patch patches series patchset set rest one two \
    three four five six whole entire remaining first last second third patchsets commits";

/// What may be before it.
const THE: &str = "the your up of in with only whole entire my a single";

/// Nouns that are no patch, behind the object.
const ELSE: &str = "version revision spin respin iteration series comment comments suggestion suggestions change \
    account consideration v2 v3 v4 v5 v6";

/// Deeds that take a patch.
const EDITS: &str = "fix change remove drop update add do make adjust tweak replace rename reword edit amend squash fold \
    correct address modify move help trim massage split sort clean put mention note mark delete leave";

/// The way in.
pub(super) const TAKING: &str =
    "apply applying merge merging commit committing queue queueing queuing push pushing";

/// The notice that a sentence gives.
pub(super) fn read(text: &str) -> Option<Notice> {
    let lower = text.to_ascii_lowercase();
    if !KEYS.iter().any(|key| lower.contains(key)) {
        return None;
    }
    let sentence = Sentence::parse(text).filter(|sentence| !sentence.asks)?;
    if sentence.words.len() > 40 {
        return None;
    }
    if let Some(requested) = requested(&sentence) {
        return Some(requested);
    }
    if has(&sentence.words, CONDITIONS) {
        return None;
    }
    planned(&sentence).or_else(|| contained(&sentence)).or_else(|| copied(&sentence))
}

/// `I'll drop the braces while applying`, `I can change that when I merge it`, `will fix up on commit`: who edits a patch on its
/// way in takes it. Only who takes patches says so: thirteen lists have 195 such sentences; of 50 that were
/// read, about 7 meant something else.
pub(super) fn amended(text: &str) -> Option<Notice> {
    if !["appl", "merg", "commit", "queu", "push"].iter().any(|key| text.contains(key)) {
        return None;
    }
    let sentence = &Sentence::parse(text).filter(|sentence| !sentence.asks)?;
    let words = &sentence.words;
    (0..words.len()).find_map(|at| {
        let can = words[at] == "i"
            && words.get(at + 1).is_some_and(|word| among(word, "can could may might"));
        let from = will(sentence, at).or_else(|| can.then_some(at + 2))?;
        let verb = from + words[from..].iter().take_while(|word| among(word, ALSO)).count();
        if !words.get(verb).is_some_and(|word| among(word, EDITS)) {
            return None;
        }
        let taken = (verb + 1..words.len().min(verb + 20)).find(|at| takes(words, *at))?;
        let negated = has(&words[at..taken], "if not never don't won't can't unless next");
        (!negated).then(|| {
            let mut notice = Notice::new(Told::Planned, Voice::Plain);
            let told: Vec<&str> = words[taken..].iter().map(String::as_str).collect();
            notice.extent = Extent::of_deed(&told);
            notice
        })
    })
}

/// `when I merge`, `while applying`, `on commit`, `prior to commit`.
fn takes(words: &[String], at: usize) -> bool {
    let next = |by: usize, known: &str| words.get(at + by).is_some_and(|word| among(word, known));
    let own = usize::from(next(1, "i i'm"));
    match words[at].as_str() {
        "when" | "while" | "before" | "upon" | "during" => next(1 + own, TAKING),
        "on" => next(1, "commit merge apply"),
        "prior" => next(1, "to") && next(2, TAKING),
        _ => false,
    }
}

/// `I'll apply the series`, `will queue in lamps-for-v6.6`, `I'll add it to the lamp tree`.
fn planned(sentence: &Sentence<'_>) -> Option<Notice> {
    let words = &sentence.words;
    (0..words.len()).find_map(|at| {
        let from = will(sentence, at).or_else(|| goes_on(words, at))?;
        // `As you prefer that one, I'll merge it`
        let clause = (0..at).rev().find(|i| sentence.clause_ends(*i)).map_or(0, |i| i + 1);
        if has(&words[clause..], OTHERS) {
            return None;
        }
        let verb = from + words[from..].iter().take_while(|word| among(word, ALSO)).count();
        let adds = among(words.get(verb)?, ADD);
        if !adds && !among(&words[verb], VERBS) {
            return None;
        }
        let open = !sentence.clause_ends(verb);
        let filled = words[verb + 1..].iter().take_while(|word| open && among(word, THE)).count();
        let start = verb + 1 + filled;
        let counted =
            |word: &String| among(word, OBJECTS) || word.starts_with(|c: char| c.is_ascii_digit());
        let objects = words[start..].iter().take_while(|word| open && counted(word)).count();
        let end = start + objects;
        // `I'll apply it.`, `I'll take this, thanks`; `this change` is not the patch.
        let closes = words.get(end).is_none_or(String::is_empty) || sentence.clause_ends(end - 1);
        let leads = words.get(end).is_some_and(|word| {
            among(word, "up as for through via to into in when after now from at myself with")
        });
        let tree = (verb + 1..words.len()).find_map(|to| place(sentence, to));
        let else_ = has(&words[start..], ELSE) && !has(&words[start..end], "series");
        let whole = objects > 0 && (closes || leads) && !else_;
        let bare = objects == 0 && filled == 0 && closes && at == from.saturating_sub(2);
        // `Will queue in lamps-next`, and not `queue Bo's patches for 5.6`.
        let at_once =
            words.get(verb + 1).is_some_and(|word| among(word, "in to into for on via up"));
        let is_plan = match (adds, &tree) {
            (_, Some(_)) => whole || at_once && !adds || adds && objects > 0,
            (true, None) => false,
            (false, None) => whole || bare,
        };
        is_plan.then(|| {
            let voice = if tree.is_some() { Voice::Named } else { Voice::Loose };
            let mut notice = Notice::new(Told::Planned, voice);
            let told: Vec<&str> = words[verb..].iter().map(String::as_str).collect();
            notice.extent = Extent::of_deed(&told);
            notice.tree = tree.unwrap_or_default().into();
            notice
        })
    })
}

/// `I've created a pull request to test it`, `Added as a PR: https://…`, `PR for all patches`: on its way in, through a forge.
fn requested(sentence: &Sentence<'_>) -> Option<Notice> {
    const MADE: &str = "created opened made added submitted filed created: opened:";
    let words = &sentence.words;
    let is_request = |at: usize| {
        among(&words[at], "pr prs")
            || words[at] == "pull" && words.get(at + 1).is_some_and(|word| word == "request")
    };
    let at = (0..words.len()).find(|at| is_request(*at))?;
    let made = (at.saturating_sub(3)..at).find(|at| among(&words[*at], MADE));
    let by_me = |made: usize| {
        let own = has(&words[made.saturating_sub(3)..made], "i i've we we've");
        made == 0 || own || sentence.clause_ends(made - 1)
    };
    let begins = at == 0 && words.get(1).is_some_and(|word| word == "for");
    let other =
        has(words, "you your please they he she my different another follow-up if not never");
    // Somebody who has one of their own does not test it.
    let tested = has(words, "ci test tests testing verify check checks")
        || words.windows(2).any(|two| {
            among(&two[0], "for from with of") && among(&two[1], "all both this these the it them")
        });
    if other || !tested || !(begins || made.is_some_and(by_me)) {
        return None;
    }
    let mut notice = Notice::new(Told::Planned, Voice::Plain);
    let told: Vec<&str> = words.iter().map(String::as_str).collect();
    notice.extent = Extent::of_deed(&told);
    Some(notice)
}

/// `I'll merge that one first, then merge this one.`
fn goes_on(words: &[String], at: usize) -> Option<usize> {
    let said = has(&words[..at], "i'll we'll");
    (words[at] == "then" && said).then_some(at + 1)
}

/// Behind the words at `at` that say that their speaker is about to do something.
fn will(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let words = &sentence.words;
    let next = |by: usize, known: &str| words.get(at + by).is_some_and(|word| among(word, known));
    let begins = at == 0
        || sentence.clause_ends(at - 1)
        || among(&words[at - 1], "ok okay sure and so i.e thanks yes yup");
    match words[at].as_str() {
        "i'll" | "we'll" => Some(at + 1),
        "will" if begins => Some(at + 1),
        "let" if next(1, "me") => Some(at + 2),
        "i" | "we" if next(1, "will shall") => Some(at + 2),
        "i'm" if next(1, "going") && next(2, "to") => Some(at + 3),
        "i'm" if next(1, "gonna") => Some(at + 2),
        "gonna" if begins => Some(at + 1),
        "i" if next(1, "am") && next(2, "going") && next(3, "to") => Some(at + 4),
        _ => None,
    }
}

/// The tree after a word that leads to one.
fn place(sentence: &Sentence<'_>, to: usize) -> Option<String> {
    let leads = among(&sentence.words[to], "to into onto in on for via through");
    let tree = leads.then(|| Tree::read(sentence, to + 1, &[]))?;
    let behind = &sentence.words[to + 1..];
    let named = tree.placed && !tree.name.is_empty() && tree.words <= 4;
    let is_version = behind.iter().take(4).any(|word| {
        among(word, "version revision spin iteration patch patches series patchset set list todo")
            || version(word).is_some()
    });
    (named && !is_version).then_some(tree.name)
}

/// `Both are now in lamps/next`, `It's already in linux-next`, `It's in my lamps branch now.`
fn contained(sentence: &Sentence<'_>) -> Option<Notice> {
    const SUBJECTS: &str = "it it's this these they they're both all patch patches series is are now already has \
        have been the whole two three and thanks ok sitting";
    let words = &sentence.words;
    let at = words.iter().position(|word| word == "in").filter(|at| (1..8).contains(at))?;
    let start = (0..at).rev().find(|i| sentence.clause_ends(*i)).map_or(0, |i| i + 1);
    let head = &words[start..at];
    let own = words.get(at + 1).is_some_and(|word| word == "my")
        && words[at..].iter().take(5).any(|word| among(word, "branch tree queue"));
    let told = has(head, "is are it's they're") && (own || has(head, "now already sitting"));
    let plain = head.iter().all(|word| among(word, SUBJECTS)) && told;
    let tree = plain.then(|| place(sentence, at)).flatten()?;
    // Somebody's own branch is theirs to speak of.
    let voice = if own { Voice::Plain } else { Voice::Loose };
    let mut notice = Notice::new(Told::Applied, voice);
    let told: Vec<&str> = head.iter().map(String::as_str).collect();
    notice.extent = Extent::of_deed(&told);
    notice.tree = tree.into();
    Some(notice)
}

/// `I fixed that in the lamps.git copy of this patch`: there is one.
fn copied(sentence: &Sentence<'_>) -> Option<Notice> {
    const DONE: &str =
        "fixed changed updated corrected removed dropped added replaced tweaked edited";
    let words = &sentence.words;
    let at = words.windows(2).position(|two| among(&two[0], "i i've") && among(&two[1], DONE))?;
    let to = (at + 2..words.len().min(at + 9)).find(|to| words[*to] == "in")?;
    let near = &words[to + 1..words.len().min(to + 8)];
    let copy = near.windows(4).any(|four| {
        four[0] == "copy"
            && four[1] == "of"
            && among(&four[2], "this the your")
            && among(&four[3], "patch series patchset commit")
    }) || near.windows(2).any(|two| two[0] == "my" && two[1] == "copy");
    copy.then(|| Notice::new(Told::Planned, Voice::Plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let notice = amended(text).or_else(|| read(text));
        notice.map_or_else(String::new, |n| format!("{:?}|{:?}|{}", n.told, n.voice, n.tree))
    }

    #[test]
    fn plans_to_take_a_patch() {
        for (text, want) in [
            ("I'll merge this one :)", "Planned|Loose|"),
            ("I will apply it first", "Planned|Loose|"),
            ("I will apply, Thanks for your patch!", "Planned|Loose|"),
            ("Will apply.", "Planned|Loose|"),
            ("OK, I'll take this for now and you can all argue.", ""),
            ("I'll take this for now.", "Planned|Loose|"),
            ("Let me pick this up.", "Planned|Loose|"),
            ("I'll take all three patches.", "Planned|Loose|"),
            ("I'm going to merge this when I am back.", "Planned|Loose|"),
            ("As you prefer the former one, I'll merge this one :)", "Planned|Loose|"),
            ("I'll merge his patch at first, then merge this one.", "Planned|Loose|"),
            ("Sounds good, I'll go take it now, thanks.", "Planned|Loose|"),
            ("i.e. will queue in lamps-for-v6.6.", "Planned|Named|lamps-for-v6.6"),
            (
                "Thanks, I'll add this series to lamp.git's lamp-new branch.",
                "Planned|Named|lamp.git's lamp-new",
            ),
            ("I'll add it to btrfs tree, branch for-next.", "Planned|Named|btrfs"),
            ("I'm going to merge this into the lamp tree.", "Planned|Named|lamp"),
            ("I'll queue this patch into my tree.", "Planned|Loose|"),
            ("I'll fold this in.", "Planned|Loose|"),
            ("I'll change that when I merge it.", "Planned|Plain|"),
            ("I can help to remove it when I merge this patchset.", "Planned|Plain|"),
            ("I'll drop the curly braces while applying, so no need to resend.", "Planned|Plain|"),
            ("Will fix that while applying.", "Planned|Plain|"),
            ("I'll trim this before applying, no need to resend", "Planned|Plain|"),
            ("I'll fix both on commit.", "Planned|Plain|"),
            ("I fixed that in the lamps.git copy of this patch.", "Planned|Plain|"),
            ("I'm gonna merge the patch, thanks for the review.", "Planned|Loose|"),
            ("Sure, I can make that change prior to commit :)", "Planned|Plain|"),
            ("I've created a pull request to verify the change.", "Planned|Plain|"),
            (
                "Great, I have created a pull request for tests at https://example.org/9",
                "Planned|Plain|",
            ),
            ("Added as a PR (to make sure it passes CI)", "Planned|Plain|"),
            ("Submitted as a pull request to https://example.org/9 for testing.", "Planned|Plain|"),
            ("PR for all patches, except the last one, on the forge.", "Planned|Plain|"),
            (
                "I'll go ahead and apply this to lamps-next without a re-send.",
                "Planned|Named|lamps-next",
            ),
        ] {
            assert_eq!(said(text), want, "{text}");
        }
    }

    #[test]
    fn what_is_in_a_tree_was_taken() {
        for (text, want) in [
            ("Both are now in lamps/next, thanks Ada.", "Applied|Loose|lamps/next"),
            ("It's already in linux-next.", "Applied|Loose|linux-next"),
            ("These are now in lamps-next.", "Applied|Loose|lamps-next"),
            (
                "These are sitting in lamps-testing, and will be for a while.",
                "Applied|Loose|lamps-testing",
            ),
            ("It's in my lamps branch now.", "Applied|Plain|lamps"),
        ] {
            assert_eq!(said(text), want, "{text}");
        }
    }

    #[test]
    fn other_plans_are_none() {
        for text in [
            "I'll take a look.",
            "I'll take that into account.",
            "I'll add this to v3.",
            "I'll add it in the next version.",
            "I'll apply this change.",
            "I'll push a new version.",
            "I'll take care of it.",
            "If you resend, I'll apply it.",
            "I'll apply it once it is reviewed.",
            "Shall I merge this?",
            "Will take that state and tell.",
            "The driver will queue it.",
            "I'll send it to the list.",
            "I'll add it to the list of lamps.",
            "It is now in the register.",
            "The bit is in lamps/next.c.",
            "I'll squash the two commits in the next spin.",
            "You will apply it.",
            "I'll wait for you to apply it.",
            "It is in my way.",
            "I'll merge the two functions.",
            "I'll add this to my list to take a closer look.",
            "I think I will apply it.",
            "I'll queue Bo patches for 5.6 then.",
            "I'm going to hold off on merging the lamp tree.",
            "I'll test it again before merging.",
            "I'll go work on queueing these up.",
            "You can fix that when you apply it.",
            "I'll fix it if you do not change it while applying.",
            "It will be less likely to miss this when merging into the branch.",
            "I'll fix the lamp when the button is pushed.",
            "Shall I fix that while applying?",
            "I fixed that in a copy of the lamp.",
            "Please send me a pull request.",
            "Have you created a PR?",
            "You created a pull request with this.",
            "I have made a PR on the forge weeks ago.",
            "The lamp created a pull request.",
        ] {
            assert_eq!(said(text), "", "{text}");
        }
    }
}
