//! Sentences that say that something was applied: `Applied to mtd/next, thanks!`.
//!
//! In: a sentence. Out: a [`Notice`]. The word must be in the position of a deed:
//!
//! ```text
//!     before it   nothing, or only words like `Both`, `Series`, `Now`, `I've`, or edits and `and`
//!     behind it   nothing, a comma, thanks, what was applied, `to` and a tree, how (`with the typo fixed`)
//! ```
//!
//! In 893 replies of linux-mtd with such a word 199 mean something else: `with this patch applied`, `not yet
//! merged`, `once this is applied`, `I applied it and still see`, `applied cleanly`, `pushed a new version`.

use super::{
    Notice, Told, Voice, kept,
    sentence::{Sentence, among, has, version, without_scope},
    tree::Tree,
};
use crate::{hash::is_commit, message::Extent};

/// Said of patches and of nothing else.
const STRONG: &str = "applied queued";
/// Said of other things too: a tree or an end must follow.
const WEAK: &str =
    "merged pulled pushed picked picked-up committed staged taken landed accepted added moved took";

/// What may be before the word.
const BEFORE: &str = "and both all patch patches series set patchset now anyway ok okay thanks thank you so \
    great good nice it it's is are was were have has been i i've we we've ive just already \
    also whole the this that these them rest entire finally sure got then again too lgtm \
    well yes looks but first last remaining of your two everything backport backports fyi jfyi thus therefore \
    patch-set did tentatively quietly silently looks like seems apparently updated rb rb+ pr";

/// With these before it, nothing was done yet or is said to have been.
const CONDITIONS: &str = "if when once until unless before whether till while";
const NEGATIVES: &str = "not never cannot can could should would will may might must be yet";

/// A report of somebody who tried the patch.
const TRIALS: &str = "test tested testing tests tried boot booted observed saw see works work crash crashes \
    fails failed failure help helps built build ran compile problem spin";

/// The possible objects of *applied*.
const OBJECTS: &str = "up now it this that these them both all the patch patches series patchset set whole of \
    again your two three four five six too everything instead directly entire";

/// The last word of a longer object: `all clk/foo ones`, `all three nsenter patches`.
const NOUNS: &str = "ones parts bits patches patch series set patchset changes commits fixes";

/// With another such word before it, it says that the patch was taken.
const PAIRED: &str = "applied merged queued committed pushed";

const THANKS: &str = "thanks thank thx cheers tks many";
const PLACES: &str = "to into onto on in for at via towards toward through";
const MANNERS: &str =
    "with w after as as-is manually by and plus yesterday today already earlier from but though";

/// How a sentence leads to the word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// `Applied`, `Series applied`, `Fixed the typo and applied`.
    Bare,
    /// `I applied`.
    Spoken,
    /// `It was applied`.
    Passive,
}

/// The words after it.
#[derive(Default)]
struct Tail {
    tree: String,
    /// A tree, or a release, is named.
    placed: bool,
    /// Thanks are given: nobody thanks for a trial.
    thanked: bool,
    /// It is said how.
    manner: bool,
}

/// The notice that a sentence gives, if it says that something was applied. `below` is the next paragraph: tools
/// put the tree there.
pub(super) fn applied(sentence: &Sentence<'_>, below: &[&str]) -> Option<Notice> {
    // `… - Accepted`, `… - Rejected`: a list that covers others, too.
    if sentence.asks || has(&sentence.words, "rejected") {
        return None;
    }
    if let Some(notice) = kept::read(sentence) {
        return Some(notice);
    }
    let verbs = (0..sentence.words.len()).filter(|at| {
        let word = sentence.words[*at].as_str();
        among(word, STRONG) || among(word, WEAK)
    });
    // `Added to misc-next and queued for 5.19`: the other word says more.
    let (added, others): (Vec<usize>, Vec<usize>) =
        verbs.partition(|at| sentence.words[*at] == "added");
    others.into_iter().chain(added).find_map(|at| deed(sentence, at, below))
}

fn deed(sentence: &Sentence<'_>, at: usize, below: &[&str]) -> Option<Notice> {
    let words = &sentence.words;
    // `It was folded into another series, so I took that.`
    if words[at] == "took" && words.get(at + 1).is_none_or(|word| word == "that") {
        return None;
    }
    let lead = lead(sentence, at)?;
    let tail = tail(sentence, at, below)?;
    let behind = &words[at + 1..];
    // Robots that build a patch say `applied (using b4) to base:` (32 mails of linux-clk).
    let is_base = |pair: &[String]| among(&pair[0], PLACES) && among(&pair[1], "base base-commit");
    // `I applied these to lamps-queue, but they don't apply cleanly to next`
    let own =
        (at..words.len()).find(|at| sentence.clause_ends(*at)).map_or(words.len(), |at| at + 1);
    let clause = &words[at + 1..own.max(at + 1)];
    if has(clause, "cleanly locally local successfully") || behind.windows(2).any(is_base) {
        return None;
    }
    // `Added to lamps-next`; people add everything else, too.
    let adds = words[at] == "added";
    let is_posting = |word: &String| version(word).is_some() || among(word, "version series patch");
    let is_other = words[at] == "added" && behind.iter().any(is_posting);
    if adds && (lead == Lead::Passive || !tail.placed || is_other) {
        return None;
    }
    // The words after `will` are a plan: `pushed this to the queue, will merge it after testing`.
    let is_plan = |word: &String| word == "will" || word.ends_with("'ll");
    let end = behind.iter().position(is_plan).unwrap_or(behind.len());
    // `Pushed out as testing` is a branch.
    let as_is = |at: usize| behind[at] == "testing" && at > 0 && behind[at - 1] == "as";
    let tried = (0..end).any(|at| among(&behind[at], TRIALS) && !as_is(at));
    let of_patches = among(&words[at], "queued pulled picked-up")
        || words[at] == "picked" && behind.iter().take(4).any(|word| word == "up");
    let voice = match lead {
        Lead::Bare if !tried => Voice::Plain,
        Lead::Spoken if !tried && (tail.placed || tail.thanked || of_patches) => Voice::Plain,
        Lead::Spoken if !tried && names_patch(sentence, at) => Voice::Plain,
        Lead::Spoken | Lead::Passive if tried => return None,
        // `This patchset has been merged.`
        Lead::Passive if is_this(sentence, at) => Voice::Plain,
        // `The patch is now queued in lamps-next`, `this has already landed in lamps-next`
        Lead::Passive if tail.placed && !tail.tree.is_empty() && names_it(&words[..at]) => {
            Voice::Plain
        }
        // `It's already queued for the next journal checkpoint`: a buffer.
        Lead::Passive if !tail.tree.is_empty() && !tail.placed => return None,
        _ => Voice::Loose,
    };
    // `Applied to lamps/next`; `pushed to` may be to a branch of the author.
    let named = among(&words[at], STRONG) && !tail.tree.is_empty() && !has(behind, "top");
    let voice = match voice {
        Voice::Plain
            if words[at] == "added" && !names_repository(&tail.tree)
                || tail.manner && !among(&words[at], STRONG) =>
        {
            Voice::Loose
        }
        Voice::Plain if named => Voice::Named,
        voice => voice,
    };
    let mut notice = Notice::new(Told::Applied, voice);
    notice.extent = extent(sentence, at);
    notice.tree = tail.tree.into();
    Some(notice)
}

/// `I've merged your patch.`: people who try one apply it.
fn names_patch(sentence: &Sentence<'_>, at: usize) -> bool {
    let words = &sentence.words;
    let behind = words.get(at + 1..).unwrap_or_default();
    let noun = |word: &String| among(word, "patch patches patchset patch-set series");
    let Some(end) = behind.iter().take(3).position(noun) else { return false };
    let led = behind[..end].iter().all(|word| among(word, "your this these both the all"));
    let closes = at + end + 2 >= words.len() || sentence.clause_ends(at + end + 1);
    among(&words[at], "merged pushed committed") && end > 0 && led && closes
}

/// `mm.git's mm-new`: no tree of a person who only tries it.
fn names_repository(tree: &str) -> bool {
    tree.contains(".git")
}

/// The words before a deed name the patch: `it` may be anything.
fn names_it(head: &[String]) -> bool {
    let again = has(head, "already now") && !has(head, "thanks it it's");
    has(head, "patch patches patchset patch-set series") || has(head, "this these both") && again
}

/// `This patch has been applied.`: nothing follows the deed.
fn is_this(sentence: &Sentence<'_>, at: usize) -> bool {
    let words = &sentence.words;
    let start = (0..at).rev().find(|i| sentence.clause_ends(*i)).map_or(0, |i| i + 1);
    let closes = at + 1 >= words.len() || sentence.clause_ends(at);
    let named = words
        .get(start + 1)
        .is_some_and(|word| among(word, "patch patches patchset patch-set series"));
    closes && words[start] == "this" && named
}

/// Which patches the word at `at` was done to: told by the words since the last `and` or comma that does not
/// part numbers, and by those behind it.
pub(super) fn extent(sentence: &Sentence<'_>, at: usize) -> Extent {
    let number = |at: usize| {
        sentence.words.get(at).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
    };
    let parts = |i: &usize| {
        let apart = sentence.words[*i] == "and" || sentence.clause_ends(*i) && !number(*i);
        apart && !number(i + 1)
    };
    let told_before =
        sentence.words.get(at + 1).is_some_and(|word| among(word, "them these those"));
    let start = (0..at).rev().find(parts).filter(|_| !told_before).map_or(0, |i| i + 1);
    // `Patches 2-8 were applied; the first one is postponed.`
    let end = (at..sentence.words.len()).find(|i| sentence.raw[*i].ends_with(';'));
    let end = end.map_or(sentence.words.len(), |end| end + 1);
    let words: Vec<&str> = sentence.words[start..end].iter().map(String::as_str).collect();
    Extent::of_deed(&words)
}

fn lead(sentence: &Sentence<'_>, at: usize) -> Option<Lead> {
    let head = without_scope(&sentence.words[..at]);
    // `https://example.org/2 - Accepted` is about what the link leads to.
    let last = head.iter().rev().find(|word| !word.is_empty());
    if has(head, CONDITIONS) || last.is_some_and(|word| word.contains("://")) {
        return None;
    }
    // `As started by commit 0123456789ab, merged in v4.20`
    if head.iter().any(|word| is_commit(word)) {
        return None;
    }
    let start = (0..at).rev().find(|i| sentence.clause_ends(*i)).map_or(0, |i| i + 1);
    let clause = &head[start.saturating_sub(at - head.len())..];
    let joined = has(clause, "and then");
    if joined && has(head, NEGATIVES) || head.iter().any(|word| word.ends_with("'ll")) {
        return None;
    }
    // `8895 was merged` is about another patch, or a chip.
    let number = |word: &str| {
        let is_part = word.bytes().any(|byte| !byte.is_ascii_digit());
        word.starts_with(|c: char| c.is_ascii_digit()) && (is_part || word.len() < 4)
    };
    // `All patches in the series applied`
    let within = |at: usize| {
        let whole = clause.get(at + 1..at + 3).unwrap_or_default();
        clause[at] == "in" && has(whole, "series patchset set")
    };
    let may_stand = |at: usize| among(&clause[at], BEFORE) || number(&clause[at]) || within(at);
    let plain = (0..clause.len()).all(may_stand);
    let spoken = has(clause, "i i've ive we we've");
    // `Fixed the typo and applied`: an edit, `and`, at most `series` or the like.
    let edits = |word: &String| word.ends_with("ed") || word == "made" || word == "did";
    let did = head.first().is_some_and(edits) || clause.first().is_some_and(edits);
    let end = clause.iter().rposition(|word| among(word, "and then"));
    let led = end.is_some_and(|end| clause[end..].iter().all(|word| among(word, BEFORE)));
    let edited = (did || spoken) && led && !clause.iter().any(|word| word.ends_with("n't"));
    if !plain && !edited {
        return None;
    }
    let passive = has(clause, "is are was were been it's") || has(clause, "got");
    Some(match (spoken, passive) {
        (true, _) => Lead::Spoken,
        (false, true) => Lead::Passive,
        (false, false) => Lead::Bare,
    })
}

fn tail(sentence: &Sentence<'_>, at: usize, below: &[&str]) -> Option<Tail> {
    let words = &sentence.words;
    let strong = among(&words[at], STRONG);
    let mut tail = Tail { thanked: has(words, THANKS), ..Tail::default() };
    let mut next = at + 1;
    let numbered = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    // A word of marks alone is a smiley, or a stroke.
    let skipped = |at: usize| {
        let smiles = words[at].is_empty() && !among(sentence.raw[at], "- -- – — & +");
        let counts = numbered(&words[at]) || version(&words[at]).is_some();
        // `Queued this one up`, and not `I just picked one`.
        let is_one = words[at] == "one" && among(&words[at - 1], "this that last first");
        smiles || counts || is_one || among(&words[at], OBJECTS)
    };
    while !sentence.clause_ends(next - 1) && next < words.len() && skipped(next) {
        next += 1;
    }
    let excepts = |at: usize| exception_end(sentence, at).filter(|_| strong);
    if let Some(end) = object_end(sentence, next).filter(|_| strong && excepts(next).is_none()) {
        next = end;
    }
    next = excepts(next).unwrap_or(next);
    if next >= words.len() || sentence.clause_ends(next - 1) {
        return Some(tail);
    }
    if let Some(end) = aside_end(sentence, next) {
        next = end;
    }
    let word = words[next].as_str();
    let aside = among(sentence.raw[next], "- -- – —") || sentence.raw[next].starts_with('(');
    if aside || among(word, THANKS) {
        return Some(tail);
    }
    if among(word, PLACES) {
        let named = Tree::read(sentence, next + 1, below);
        let follows = words.get(next + 1).map_or("", String::as_str);
        let thing = among(follows, "a an all any each every this consideration account");
        let fits = named.placed || (strong || tail.thanked) && named.words <= 3 && !thing;
        (tail.tree, tail.placed) = (named.name, named.placed);
        return fits.then_some(tail);
    }
    // `Applied https://example.org/lamps/commits/pending`, `merged it https://example.org/0123456789ab`
    let last = word.rsplit(['/', '=']).next().unwrap_or_default();
    if word.contains("://") && (strong || is_commit(last)) {
        tail.tree = Tree::read(sentence, next, below).name;
        tail.placed = true;
        return Some(tail);
    }
    // `Merged and pushed out.`: both verbs say it.
    let pair = words.get(next + 1).is_some_and(|verb| among(verb, PAIRED));
    let closed = next + 2 + usize::from(words.get(next + 2).is_some_and(|word| word == "out"));
    if word == "and" && pair && (closed >= words.len() || sentence.clause_ends(closed - 1)) {
        return Some(tail);
    }
    let tweaked = word == "with" && words[next + 1..].iter().any(|word| is_edit(word));
    let committed = word == "as" && words[next + 1..].iter().any(|word| is_commit(word));
    let bridged = word == "from" && has(&words[next + 1..], "github gitlab forge");
    let edited = among(sentence.raw[next], "& +");
    // `Just pushed after a last test`
    tail.manner = word == "after" && words[at] == "pushed";
    // `Merged a few days ago.`
    let past = words[next..].iter().take(4).any(|word| word == "ago");
    let told = strong && (edited || among(word, MANNERS)) || tail.manner;
    (told || tweaked || committed || bridged || past).then_some(tail)
}

/// Where a remark in brackets ends, if a place follows: `added this (and the fix) to lamps/next`.
fn aside_end(sentence: &Sentence<'_>, start: usize) -> Option<usize> {
    let raw = sentence.raw.get(start..).filter(|raw| raw[0].starts_with('('))?;
    let closed = raw.iter().take(8).position(|word| word.ends_with(')'))?;
    let end = start + closed + 1;
    sentence.words.get(end).filter(|word| among(word, PLACES)).map(|_| end)
}

/// The end of an exception that begins at `start`: `applied the series except patch 14/16 to lamps-next`. [`Extent`]
/// reads which patches it names.
fn exception_end(sentence: &Sentence<'_>, start: usize) -> Option<usize> {
    const PARTS: &str = "patch patches the last first one no number and";
    let words = &sentence.words;
    if sentence.clause_ends(start - 1) || !among(words.get(start)?, "except excluding but") {
        return None;
    }
    let is_part = |word: &&String| {
        among(word, PARTS)
            || word.trim_start_matches("patch").starts_with(|c: char| c.is_ascii_digit())
    };
    let length = words[start + 1..].iter().take(8).take_while(is_part).count();
    (length > 0).then_some(start + 1 + length)
}

/// Where an object that begins at `start` ends, if it is one of patches: at most three words before its noun.
fn object_end(sentence: &Sentence<'_>, start: usize) -> Option<usize> {
    if sentence.clause_ends(start - 1) {
        return None;
    }
    let rest = sentence.words.get(start..)?;
    let noun = rest.iter().take(4).position(|word| among(word, NOUNS))?;
    let plain = |(at, word): (usize, &String)| {
        let joins = at > 0 && word == "and";
        joins || !among(word, PLACES) && !among(word, MANNERS) && !among(word, "a an any")
    };
    let whole = rest[..noun].iter().enumerate().all(plain)
        && (start..start + noun).all(|at| !sentence.clause_ends(at));
    whole.then_some(start + noun + 1)
}

/// `with a minor change`, `with renamed variable`: what a maintainer does to a patch on the way in.
fn is_edit(word: &str) -> bool {
    const EDITS: &str = "change changes message subject title typo fix fixes fixup minor small tweak tweaks edit edits \
        modification modifications suggestion suggestions tag tags following above";
    word.ends_with("ed") || among(word, EDITS)
}

#[cfg(test)]
mod tests;
