//! People: a page for each who posted a series or gave a verdict, one for all of them, and links to these.

pub(crate) mod everybody;
pub(crate) mod person;
pub(crate) mod view;

use std::collections::BTreeMap;

use crate::{
    message::Mailbox,
    page::part::{
        links::Links,
        view::{Person, RankItem},
        words,
    },
    plan::people::{People, PersonIx},
    series::Corpus,
};

/// A person with the link to their page, where they have one.
pub(crate) fn person<'m>(
    corpus: &Corpus,
    people: &People,
    links: &Links<'_>,
    mailbox: &'m Mailbox,
) -> Person<'m> {
    Person { url: person_url(corpus, people, links, mailbox), ..words::person(mailbox) }
}

/// The link to a person's page; empty where they have none.
pub(crate) fn person_url(
    corpus: &Corpus,
    people: &People,
    links: &Links<'_>,
    mailbox: &Mailbox,
) -> String {
    let found = people.find(corpus, mailbox).filter(|(_, known)| known.has_page());
    found.map_or(String::new(), |(_, known)| links.to(&known.route()))
}

/// The people who were counted most, with links; `of` counts a person once for each time it is there.
pub(crate) fn top_people(
    people: &People,
    links: &Links<'_>,
    of: impl Iterator<Item = PersonIx>,
    limit: usize,
) -> Vec<RankItem> {
    let mut counts: BTreeMap<PersonIx, u64> = BTreeMap::new();
    of.for_each(|person| *counts.entry(person).or_default() += 1);
    let mut ranked: Vec<(PersonIx, u64)> = counts.into_iter().collect();
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let item = |(person, count): (PersonIx, u64)| {
        let known = &people.all[person as usize];
        let url = if known.has_page() { links.to(&known.route()) } else { String::new() };
        RankItem { label: known.label().to_owned(), url, count }
    };
    ranked.into_iter().take(limit).map(item).collect()
}
