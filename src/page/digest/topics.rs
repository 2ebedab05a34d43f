//! The order of a long section: what matters most, then the rest by topic.
//!
//! In: the posted series of a section, the most important first. Out: the same in reading order, and the groups
//! that a page folds: the series of one thread, as somebody sends many of them below one letter, and those whose
//! titles begin alike (`mtd: rawnand:`). Never here: a row; which series is important.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use crate::{
    digest::Activity,
    markup::excerpt,
    page::part::{row, titles},
    plan::{Reader, names::some_title},
    series::MailIx,
};

/// How many series stand before the groups.
pub(super) const LEADING: usize = 8;
/// A section with fewer series has no groups.
const LONG: usize = 14;
/// The least number of series of a group.
const FEW: usize = 3;
/// A group with more series is split by the second word of their titles.
const MANY: usize = 12;
/// How many bytes a word has that is part of a topic.
const WORD: usize = 30;

/// The series of a section in reading order.
pub(super) struct Order<'d> {
    pub(super) activities: Vec<&'d Activity>,
    pub(super) groups: Vec<Group>,
}

/// Series that belong together.
pub(super) struct Group {
    /// What they have in common: the title of a letter, the beginning of their titles.
    pub(super) label: String,
    /// The letter above them.
    pub(super) letter: Option<MailIx>,
    /// Where they stand.
    pub(super) places: Range<usize>,
}

/// The reading order of series, given the most important first.
pub(super) fn order<'d>(plan: Reader<'_>, ranked: Vec<&'d Activity>) -> Order<'d> {
    if ranked.len() < LONG {
        return Order { activities: ranked, groups: Vec::new() };
    }
    let letters: Vec<Option<MailIx>> = ranked.iter().map(|one| letter(plan, one)).collect();
    let mut counts: HashMap<MailIx, usize> = HashMap::new();
    letters.iter().flatten().for_each(|letter| *counts.entry(*letter).or_default() += 1);
    let shared = |at: usize| letters[at].filter(|letter| counts[letter] >= FEW);
    let mut seen = HashSet::new();
    let (mut leading, mut rest) = (Vec::new(), Vec::new());
    for at in 0..ranked.len() {
        // The other series of its thread are in the group.
        let leads = leading.len() < LEADING && shared(at).is_none_or(|letter| seen.insert(letter));
        if leads { leading.push(at) } else { rest.push(at) }
    }
    let (in_threads, rest): (Vec<usize>, Vec<usize>) =
        rest.into_iter().partition(|at| shared(*at).is_some());
    let of_letter = gathered(in_threads, |at| letters[at]);
    let title = |at: usize| {
        let series = plan.corpus.series(ranked[at].series);
        some_title(&series.title)
    };
    let mut alike = Vec::new();
    for (named, members) in gathered(rest, |at| topic(title(at), 1)) {
        if members.len() <= MANY {
            alike.push((named, members));
            continue;
        }
        let (parts, others): (Vec<_>, Vec<_>) = gathered(members, |at| topic(title(at), 2))
            .into_iter()
            .partition(|(part, members)| part.is_some() && members.len() >= FEW);
        alike.extend(parts);
        alike.push((named, others.into_iter().flat_map(|(_, members)| members).collect()));
    }
    let mut groups: Vec<(String, Option<MailIx>, Vec<usize>)> = Vec::new();
    for (letter, members) in of_letter {
        let name = letter.map(|one| titles::thread_title(plan.corpus, plan.settings, one));
        groups.push((row_title(name.unwrap_or_default()), letter, members));
    }
    for (named, members) in alike {
        match named.filter(|_| members.len() >= FEW) {
            Some(named) => groups.push((named, None, members)),
            None => leading.extend(members),
        }
    }
    let led = LEADING.min(leading.len());
    leading[led..].sort_unstable();
    groups.sort_by_key(|(.., members)| members.first().copied());
    placed(&ranked, leading, groups)
}

fn placed<'d>(
    ranked: &[&'d Activity],
    mut places: Vec<usize>,
    gathered: Vec<(String, Option<MailIx>, Vec<usize>)>,
) -> Order<'d> {
    let mut groups = Vec::new();
    for (label, letter, members) in gathered {
        let first = places.len();
        places.extend(members);
        groups.push(Group { label, letter, places: first..places.len() });
    }
    Order { activities: places.into_iter().map(|at| ranked[at]).collect(), groups }
}

/// The members of each key, the key of the first member first; members keep their order.
fn gathered<K: Clone + Eq + std::hash::Hash>(
    members: Vec<usize>,
    key: impl Fn(usize) -> K,
) -> Vec<(K, Vec<usize>)> {
    let mut at: HashMap<K, usize> = HashMap::new();
    let mut all: Vec<(K, Vec<usize>)> = Vec::new();
    for member in members {
        let key = key(member);
        let place = *at.entry(key.clone()).or_insert(all.len());
        match all.get_mut(place) {
            Some((_, members)) => members.push(member),
            None => all.push((key, vec![member])),
        }
    }
    all
}

/// The first mail of the thread in which a series was posted.
fn letter(plan: Reader<'_>, activity: &Activity) -> Option<MailIx> {
    let series = plan.corpus.series(activity.series);
    let revision = series.revisions.get(*activity.posted.last()? as usize)?;
    let first = revision.members().next()?;
    plan.corpus.upwards(first).last()
}

/// The first words of a title that end in a colon: `mtd: rawnand` of `mtd: rawnand: Fix a leak`.
fn topic(title: &str, words: usize) -> Option<String> {
    let all: Vec<&str> = title.split(": ").collect();
    let (last, first) = all.split_last()?;
    let chosen = first.get(..words)?;
    let is_word = |word: &&str| !word.is_empty() && word.len() <= WORD;
    (!last.is_empty() && chosen.iter().all(is_word)).then(|| chosen.join(": ").to_lowercase())
}

fn row_title(title: &str) -> String {
    excerpt::shortened(title, row::TITLE).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_what_stands_before_the_colons() {
        for (title, words, expected) in [
            ("mtd: rawnand: Fix a leak", 1, Some("mtd")),
            ("mtd: rawnand: Fix a leak", 2, Some("mtd: rawnand")),
            ("MTD: Fix a leak", 1, Some("mtd")),
            ("mtd: Fix a leak", 2, None),
            ("Fix a leak", 1, None),
            ("mtd: ", 1, None),
            ("a whole sentence that somebody ends with a colon: no topic", 1, None),
        ] {
            assert_eq!(topic(title, words).as_deref(), expected, "{title}");
        }
    }
}
