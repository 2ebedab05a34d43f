//! Ties: evidence, other than a name, that two addresses belong to one person.
//!
//! In: the corpus and its writers. Out: pairs of addresses, each with the reason. Never here: names alone.
//!
//! | tie | condition |
//! |---|---|
//! | a mail from one address signs as the other, with the same name | the first is settled, and the second is not older |
//! | patches from one address that a single person signs off as the other | at least two, all of them, and the names are similar |
//! | the same name and user (`zoe@old.example`, `zoe@new.example`) | both are settled |
//! | one series has revisions from both, with the same name | none: lineage needs more than a name |
//!
//! A person who writes under another's name also signs with the other's address, so the older address must name the
//! newer one.

use std::collections::{BTreeMap, BTreeSet};

use super::writers::{Writer, Writers};
use crate::{
    patch::{Mail, Role},
    series::Corpus,
};

/// The fewest patches of a shared sign-off.
const FEW: usize = 2;

/// Two addresses that seem to belong to one person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tie {
    pub(super) one: String,
    pub(super) other: String,
    why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    Names(usize),
    SignsOff(usize),
    SameUser,
    Series(String),
}

impl Tie {
    /// The reason, in words.
    pub(super) fn words(&self) -> String {
        let Self { one, other, why } = self;
        let times = |count: usize, one: &str, many: &str| match count {
            1 => format!("1 {one}"),
            _ => format!("{count} {many}"),
        };
        match why {
            Why::Names(count) => {
                let mails = times(*count, "mail", "mails");
                format!("{one} names {other} in {mails}, under the same name")
            }
            Why::SignsOff(count) => {
                format!(
                    "{one} signs off as {other}: all {count} patches, and nobody else signs them"
                )
            }
            Why::SameUser => format!("{one} and {other} have the same name and the same user part"),
            Why::Series(title) => format!("{one} and {other} sent revisions of “{title}”"),
        }
    }
}

/// All ties, in order.
pub(super) fn ties(corpus: &Corpus, writers: &Writers) -> Vec<Tie> {
    let mut all = BTreeSet::new();
    all.extend(signed(corpus, writers));
    all.extend(users(writers));
    all.extend(revised(corpus, writers));
    all.into_iter().collect()
}

/// Ties by addresses that mails from others name.
fn signed(corpus: &Corpus, writers: &Writers) -> Vec<Tie> {
    let mut named: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut alone: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut patches: BTreeMap<String, usize> = BTreeMap::new();
    for letter in corpus.mails.iter().filter(|letter| letter.mail.machine.is_none()) {
        let mail = &letter.mail;
        let from = corpus.mailmap.key(&mail.message.from);
        let signed = mail.trailers.iter().filter_map(|trailer| trailer.person());
        let people = signed.chain([mail.author.clone()]).map(|who| corpus.mailmap.key(&who));
        for key in people.collect::<BTreeSet<_>>().into_iter().filter(|key| *key != from) {
            *named.entry((from.clone(), key)).or_default() += 1;
        }
        if mail.role == Role::Patch && mail.author.key() == mail.message.from.key() {
            *patches.entry(from.clone()).or_default() += 1;
            if let Some(key) = only_signer(corpus, mail).filter(|key| *key != from) {
                *alone.entry((from, key)).or_default() += 1;
            }
        }
    }
    let names = named.into_iter().filter(|((one, other), _)| names(writers, one, other));
    let names = names.map(|((one, other), count)| Tie { one, other, why: Why::Names(count) });
    let is_all = |one: &String, count: usize| count >= FEW && patches.get(one) == Some(&count);
    let alone = alone
        .iter()
        .filter(|((one, other), count)| is_all(one, **count) && look_alike(writers, one, other))
        .map(|((one, other), count)| Tie {
            one: one.clone(),
            other: other.clone(),
            why: Why::SignsOff(*count),
        });
    names.chain(alone).collect()
}

/// The person who signed a patch off, if there is only one.
fn only_signer(corpus: &Corpus, mail: &Mail) -> Option<String> {
    let is_sign_off = |key: &str| key.eq_ignore_ascii_case("signed-off-by");
    let mut signers = mail.trailers.iter().filter(|trailer| is_sign_off(&trailer.key));
    let only = signers.next().filter(|_| signers.next().is_none())?;
    only.person().map(|who| corpus.mailmap.key(&who))
}

/// Whether one address can claim the other: they have the same name, and the first has had it for long.
fn names(writers: &Writers, one: &str, other: &str) -> bool {
    let Some((one, other)) = pair(writers, one, other) else { return false };
    let is_older = other.first().is_none_or(|first| one.first() <= Some(first));
    same_name(one, other) && one.is_settled() && is_older
}

fn pair<'w>(writers: &'w Writers, one: &str, other: &str) -> Option<(&'w Writer, &'w Writer)> {
    writers.all.get(one).zip(writers.all.get(other))
}

fn same_name(one: &Writer, other: &Writer) -> bool {
    !one.full_names().is_disjoint(&other.full_names())
}

/// Whether their names share a word, or one's user is the other's.
fn look_alike(writers: &Writers, one: &str, other: &str) -> bool {
    let Some((first, second)) = pair(writers, one, other) else { return false };
    let words = |writer: &Writer, key: &str| -> BTreeSet<String> {
        let text = format!("{} {}", writer.name(), user(key)).to_lowercase();
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| word.chars().count() > 2).map(str::to_owned).collect()
    };
    !words(first, one).is_disjoint(&words(second, other))
}

/// Ties of addresses with the same name and user.
fn users(writers: &Writers) -> Vec<Tie> {
    let mut groups: BTreeMap<(String, &str), Vec<&str>> = BTreeMap::new();
    for (key, writer) in writers.all.iter().filter(|(_, writer)| writer.is_settled()) {
        for name in writer.full_names() {
            groups.entry((name, user(key))).or_default().push(key);
        }
    }
    let tie = |pair: &[&str]| Tie {
        one: pair[0].to_owned(),
        other: pair[1].to_owned(),
        why: Why::SameUser,
    };
    groups.values().flat_map(|group| group.windows(2).map(tie).collect::<Vec<_>>()).collect()
}

fn user(key: &str) -> &str {
    let user = key.rsplit_once('@').map_or(key, |(user, _)| user);
    user.split_once('+').map_or(user, |(user, _)| user)
}

/// Ties of addresses with the same name that sent revisions of one series.
fn revised(corpus: &Corpus, writers: &Writers) -> Vec<Tie> {
    let mut all: BTreeMap<(String, String), String> = BTreeMap::new();
    for series in &corpus.series {
        for two in series.revisions.windows(2) {
            let [one, other] = [&two[0], &two[1]].map(|r| corpus.mailmap.key(&r.author));
            let is_one = pair(writers, &one, &other).is_some_and(|(a, b)| same_name(a, b));
            if one != other && is_one {
                let pair = if one < other { (one, other) } else { (other, one) };
                all.insert(pair, series.title.to_string());
            }
        }
    }
    let tie = |((one, other), title)| Tie { one, other, why: Why::Series(title) };
    all.into_iter().map(tie).collect()
}
