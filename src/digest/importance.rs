//! The conversations of a period, the most important first.
//!
//! In: the corpus and the messages of a period. Out: a [`Conversation`] for each thread, or for all threads about
//! one series, with the counts behind its weight. Never here: words of a page; a clock; a robot's message as a
//! voice.
//!
//! **Where the weights come from.** A reader who knew no rule chose the five conversations that mattered in each of
//! 40 weeks of four lists (`tests/importance.tsv`). The weights are those of a pairwise logistic regression over
//! these weeks, rounded. Fitted on three of the lists and tested on the fourth, at least four of the five choices
//! are among the first ten in 36 of the 40 weeks (32 if sorted by the number of mails alone).

use std::collections::{BTreeMap, HashMap};

use crate::{
    patch::{Harm, Role, TitleWords},
    series::{Corpus, MailIx, SeriesIx},
};

/// A conversation of a period.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Conversation {
    /// The first mails of its threads; the thread with most messages in the period comes first.
    pub threads: Vec<MailIx>,
    /// The series that it discusses.
    pub series: Option<SeriesIx>,
    /// Its messages in the period.
    pub messages: u32,
    /// The number of people who wrote them, without robots.
    pub people: u32,
    /// The number of people who object, doubt, or ask why.
    pub objections: u32,
    /// Whether somebody says NAK.
    pub is_rejected: bool,
    /// The number of people who mention harm to users.
    pub harm: u32,
    /// The kind of harm: that in the title, otherwise the most severe that two people mention.
    pub what_harm: Option<Harm>,
    /// Whether it is about a pull request.
    pub is_pull: bool,
    /// Whether it began in the period.
    pub is_new: bool,
    /// Its importance, in thousandths.
    pub weight: i32,
}

/// The natural logarithm of `1 + n` in thousandths, linear between powers of two, so it is the same on every
/// machine.
fn log(n: u32) -> i32 {
    const LN_2: u64 = 693;
    let n = u64::from(n) + 1;
    let power = n.ilog2();
    let rest = (n - (1 << power)) * LN_2 / (1 << power);
    i32::try_from(u64::from(power) * LN_2 + rest).unwrap_or(i32::MAX)
}

/// The square root of at most 4, in thousandths.
fn root(n: u32) -> i32 {
    [0, 1000, 1414, 1732, 2000][n.min(4) as usize]
}

/// The conversations of a period, most important first; of equals, the one that began first.
pub(super) fn conversations(corpus: &Corpus, messages: &[MailIx]) -> Vec<Conversation> {
    let mut all: Vec<Conversation> =
        groups(corpus, messages).into_values().map(|mails| weigh(corpus, &mails)).collect();
    all.sort_by_key(|conversation| (-conversation.weight, conversation.threads[0]));
    all
}

/// The messages of each conversation. Threads about one series form one conversation.
fn groups(corpus: &Corpus, messages: &[MailIx]) -> BTreeMap<MailIx, Vec<MailIx>> {
    let root = |ix: &MailIx| corpus.threads.root[ix.at()];
    let series = |ix: &MailIx| corpus.stored(*ix).home.map(|(series, _)| series);
    let mut of_thread: HashMap<MailIx, MailIx> = HashMap::new();
    let mut of_series: HashMap<SeriesIx, MailIx> = HashMap::new();
    for ix in messages {
        let Some(series) = series(ix) else { continue };
        let own = *of_series.entry(series).or_insert_with(|| root(ix));
        of_thread.entry(root(ix)).or_insert(own);
    }
    let mut groups: BTreeMap<MailIx, Vec<MailIx>> = BTreeMap::new();
    for ix in messages {
        let own = of_thread.get(&root(ix)).copied().unwrap_or_else(|| root(ix));
        groups.entry(own).or_default().push(*ix);
    }
    groups
}

fn weigh(corpus: &Corpus, mails: &[MailIx]) -> Conversation {
    let mail = |ix: &MailIx| &corpus.stored(*ix).mail;
    let mut counts: BTreeMap<MailIx, usize> = BTreeMap::new();
    mails.iter().for_each(|ix| *counts.entry(corpus.threads.root[ix.at()]).or_default() += 1);
    let mut threads: Vec<MailIx> = counts.keys().copied().collect();
    // Of threads with the same number of messages, take the older one.
    threads.sort_by_key(|ix| std::cmp::Reverse(counts[ix]));
    let human: Vec<MailIx> =
        mails.iter().copied().filter(|ix| mail(ix).machine.is_none()).collect();
    let argues = |ix: &MailIx| mail(ix).role == Role::Reply && mail(ix).tone.argues;
    let talk = count(human.iter().filter(|ix| argues(ix)).count());
    let objects = |ix: &&MailIx| argues(ix) && mail(ix).tone.objects;
    let conversation = Conversation {
        series: mails.iter().find_map(|ix| corpus.stored(*ix).home).map(|(series, _)| series),
        messages: count(mails.len()),
        people: count(corpus.people(human.iter().copied())),
        objections: count(human.iter().filter(objects).count()),
        is_rejected: human.iter().any(|ix| mail(ix).tone.rejects),
        harm: count(corpus.people(human.iter().copied().filter(|ix| mail(ix).tone.harm.is_some()))),
        is_new: mails.iter().any(|ix| counts.contains_key(ix)),
        is_pull: threads.iter().any(|ix| mail(ix).role == Role::Pull),
        what_harm: None,
        threads,
        weight: 0,
    };
    let titles = titles(corpus, &conversation.threads);
    let weight = weight(corpus, &conversation, &titles, talk, count(human.len()));
    let named = titles.iter().filter_map(|title| title.harm).max();
    let is_posted = mails.iter().any(|ix| mail(ix).role == Role::Cover);
    Conversation {
        weight: weight + if is_posted { 200 } else { 0 },
        what_harm: named.or_else(|| said_by_two(corpus, &human)),
        ..conversation
    }
}

/// The words in the titles of these threads.
fn titles(corpus: &Corpus, threads: &[MailIx]) -> Vec<TitleWords> {
    let title = |ix: &MailIx| TitleWords::of(&corpus.stored(*ix).mail.message.subject.full);
    threads.iter().map(title).collect()
}

/// The most severe harm that at least two people mention.
fn said_by_two(corpus: &Corpus, mails: &[MailIx]) -> Option<Harm> {
    let mut of_kind: BTreeMap<Harm, Vec<MailIx>> = BTreeMap::new();
    for ix in mails {
        let harm = corpus.stored(*ix).mail.tone.harm;
        harm.into_iter().for_each(|harm| of_kind.entry(harm).or_default().push(*ix));
    }
    let is_shared = |(_, mails): &(Harm, Vec<MailIx>)| corpus.people(mails.iter().copied()) > 1;
    of_kind.into_iter().rfind(is_shared).map(|(harm, _)| harm)
}

/// The importance of a conversation, in thousandths, from its messages in the period and its titles.
fn weight(
    corpus: &Corpus,
    conversation: &Conversation,
    titles: &[TitleWords],
    talk: u32,
    human: u32,
) -> i32 {
    let begins: Vec<_> = conversation.threads.iter().map(|ix| &corpus.stored(*ix).mail).collect();
    let is_any = |wanted: fn(Role) -> bool| begins.iter().any(|mail| wanted(mail.role));
    let is_discussion = !is_any(|role| matches!(role, Role::Patch | Role::Cover | Role::Pull));
    let is_rfc = begins.iter().any(|mail| has_word(&mail.message.subject.full, "RFC"));
    let is_by_robot = begins.iter().any(|mail| mail.machine.is_some()) && talk == 0;
    let harm = titles.iter().map(|title| title.harms).max().unwrap_or_default().min(2);
    let when = |is: bool, weight: i32| if is { weight } else { 0 };
    let objections = log(conversation.objections) + when(conversation.is_rejected, 1000);
    [
        log(talk) * 7 / 10,
        log(human) * 6 / 10,
        objections * 35 / 100,
        i32::try_from(harm).unwrap_or_default() * 700,
        root(conversation.harm) * 6 / 10,
        when(is_discussion, 350),
        when(conversation.is_new, 300),
        when(conversation.is_pull, 300),
        when(is_rfc, 300),
        when(titles.iter().any(|title| title.feature), 300),
        when(titles.iter().any(|title| title.decision), 250),
        when(titles.iter().any(|title| title.routine), -450),
        when(is_by_robot, -400),
    ]
    .into_iter()
    .sum()
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|one| one == word)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logarithm_is_near_the_real_one() {
        for n in [0u32, 1, 2, 3, 7, 10, 100, 5000] {
            let real = f64::from(n).ln_1p() * 1000.0;
            assert!((f64::from(log(n)) - real).abs() < 65.0, "{n}: {} {real}", log(n));
        }
        assert_eq!(log(0), 0);
    }
}
