//! Rankings for pages: each number with the series, mails or people that it counts.
//!
//! In: a ranking of a digest or of the statistics. Out: a [`RankRow`] for each of its first rows, with links to what
//! is behind the number. Never here: counting, which [`digest`](crate::digest) did.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use crate::{
    config::Settings,
    digest::Rank,
    markup::excerpt,
    message::Mailbox,
    page::{
        part::{
            links::Links,
            titles,
            view::{RankItem, RankRow},
            wording,
        },
        people,
    },
    plan::{Read, Reader, names::some_title, people::People},
    series::{Corpus, MailIx, SeriesIx},
};

/// How many bytes of a title an item has.
const TITLE: usize = 120;

/// The most items behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behind {
    /// All of them: the span of time is short.
    All,
    /// The newest ones, this many.
    Newest(usize),
}

/// The first rows of a ranking of people, each with the series that their mails are about.
pub(crate) fn people_ranks<'r>(
    plan: Reader<'_>,
    links: &Links<'_>,
    name: &str,
    ranking: &'r [Rank<Mailbox>],
    behind: Behind,
) -> Vec<RankRow<'r>> {
    let most = most(ranking);
    let row = |(at, rank): (usize, &'r Rank<Mailbox>)| {
        let person = wording::person(&rank.who);
        let known = plan.people.find(&rank.who);
        let told_apart = known.filter(|known| known.label() != known.name());
        let (items, more) = series_items(plan.corpus, plan.settings, links, &rank.mails, behind);
        RankRow {
            anchor: format!("{name}-{}", at + 1),
            name: match told_apart {
                Some(known) => Cow::Owned(known.label().to_owned()),
                None => Cow::Borrowed(person.name),
            },
            address: person.address,
            url: people::person_url(plan.people, links, &rank.who),
            count: rank.count,
            share: share(rank.count, most),
            items,
            more,
        }
    };
    ranking.iter().take(plan.settings.top).enumerate().map(row).collect()
}

/// The first rows of a ranking of domains, each with its people.
pub(crate) fn domain_ranks<'r>(
    plan: Reader<'_>,
    links: &Links<'_>,
    ranking: &'r [Rank<Arc<str>>],
    behind: Behind,
) -> Vec<RankRow<'r>> {
    let most = most(ranking);
    let row = |(at, rank): (usize, &'r Rank<Arc<str>>)| {
        let (items, more) = person_items(plan.corpus, plan.people, links, &rank.mails, behind);
        RankRow {
            anchor: format!("domain-{}", at + 1),
            name: match rank.who.is_empty() {
                true => Cow::Owned(plan.settings.words.text("no-domain").to_owned()),
                false => Cow::Borrowed(&*rank.who),
            },
            address: "",
            url: String::new(),
            count: rank.count,
            share: share(rank.count, most),
            items,
            more,
        }
    };
    ranking.iter().take(plan.settings.top).enumerate().map(row).collect()
}

/// The series of mails, the newest mail first; a mail without a series stands for itself.
fn series_items(
    corpus: Read<'_, Corpus>,
    settings: &Settings,
    links: &Links<'_>,
    mails: &[MailIx],
    behind: Behind,
) -> (Vec<RankItem>, u64) {
    let mut order: Vec<(Option<SeriesIx>, MailIx, u64)> = Vec::new();
    let mut place: BTreeMap<SeriesIx, usize> = BTreeMap::new();
    for mail in mails.iter().rev() {
        let series = corpus.stored(*mail).home.map(|(series, _)| series);
        let known = series.and_then(|series| place.get(&series)).copied();
        match known {
            Some(at) => {
                order[at].2 += 1;
                order[at].1 = *mail;
            }
            None => {
                if let Some(series) = series {
                    place.insert(series, order.len());
                }
                order.push((series, *mail, 1));
            }
        }
    }
    let item = |(series, mail, count): (Option<SeriesIx>, MailIx, u64)| RankItem {
        label: match series {
            Some(ix) => series_label(corpus, ix),
            None => {
                excerpt::shortened(titles::thread_title(corpus, settings, mail), TITLE).into_owned()
            }
        },
        url: links.mail(mail),
        count,
    };
    cut(order.into_iter().map(item).collect(), behind)
}

/// The authors of contributions, most first.
fn person_items(
    corpus: Read<'_, Corpus>,
    people: Read<'_, People>,
    links: &Links<'_>,
    mails: &[MailIx],
    behind: Behind,
) -> (Vec<RankItem>, u64) {
    let mut authors: BTreeMap<String, RankItem> = BTreeMap::new();
    for mail in mails {
        let author = corpus.fold(&corpus.mail(*mail).author);
        let item = || RankItem {
            label: wording::person(&author).name.to_owned(),
            // A digest names everybody, and their links would be a sixth of its bytes.
            url: match behind {
                Behind::All => String::new(),
                Behind::Newest(_) => people::person_url(people, links, &author),
            },
            count: 0,
        };
        authors.entry(author.key()).or_insert_with(item).count += 1;
    }
    let mut items: Vec<RankItem> = authors.into_values().collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.count));
    cut(items, behind)
}

/// Series as the items behind a number, the newest first.
pub(crate) fn items_of(
    corpus: Read<'_, Corpus>,
    links: &Links<'_>,
    series: impl DoubleEndedIterator<Item = SeriesIx>,
    behind: Behind,
) -> (Vec<RankItem>, u64) {
    let item = |ix: SeriesIx| {
        let last = corpus.series(ix).revisions.len() - 1;
        let url = links.revision(ix, last);
        RankItem { label: series_label(corpus, ix), url, count: 1 }
    };
    let limit = match behind {
        Behind::All => usize::MAX,
        Behind::Newest(limit) => limit,
    };
    let mut all = series.rev();
    let items: Vec<RankItem> = all.by_ref().take(limit).map(item).collect();
    (items, all.count() as u64)
}

/// A series' title, cut if it is long.
pub(crate) fn series_label(corpus: Read<'_, Corpus>, ix: SeriesIx) -> String {
    let title = some_title(&corpus.series(ix).title);
    excerpt::shortened(title, TITLE).into_owned()
}

fn most<T>(ranking: &[Rank<T>]) -> u64 {
    ranking.first().map_or(1, |rank| rank.count).max(1)
}

/// A count in percent of the highest count; a count above 0 has at least 1.
pub(crate) fn share(count: u64, most: u64) -> u64 {
    (count.saturating_mul(100) / most).max(u64::from(count > 0))
}

/// The first items, and the sum of the others.
fn cut(mut items: Vec<RankItem>, behind: Behind) -> (Vec<RankItem>, u64) {
    let Behind::Newest(limit) = behind else { return (items, 0) };
    let more = items.iter().skip(limit).map(|item| item.count).sum();
    items.truncate(limit);
    (items, more)
}
