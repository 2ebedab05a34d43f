//! People: a page for everybody who posted a series or gave a review, a page for all people, and links to them.

pub(crate) mod everybody;
pub(crate) mod person;
pub(crate) mod view;

use std::collections::BTreeMap;

use crate::{
    message::Mailbox,
    page::part::{
        links::Links,
        view::{Person, RankItem},
        wording,
    },
    plan::{
        Read,
        people::{People, PersonIx},
    },
};

/// A person, with the link to their page if they have one.
pub(crate) fn person<'m>(
    people: Read<'_, People>,
    links: &Links<'_>,
    mailbox: &'m Mailbox,
) -> Person<'m> {
    Person { url: person_url(people, links, mailbox), ..wording::person(mailbox) }
}

/// The link to a person's page; empty if they have none.
pub(crate) fn person_url(people: Read<'_, People>, links: &Links<'_>, mailbox: &Mailbox) -> String {
    let page = people.find(mailbox).and_then(|known| known.page());
    page.map_or(String::new(), |page| links.to(&page))
}

/// The people with the highest counts, with links; `of` names a person once for each count.
pub(crate) fn top_people(
    people: Read<'_, People>,
    links: &Links<'_>,
    of: impl Iterator<Item = PersonIx>,
    limit: usize,
) -> Vec<RankItem> {
    let mut counts: BTreeMap<PersonIx, u64> = BTreeMap::new();
    of.for_each(|person| *counts.entry(person).or_default() += 1);
    let mut ranked: Vec<(PersonIx, u64)> = counts.into_iter().collect();
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let item = |(person, count): (PersonIx, u64)| {
        let known = people.shown(person);
        let url = known.page().map_or(String::new(), |page| links.to(&page));
        RankItem { label: known.label().to_owned(), url, count }
    };
    ranked.into_iter().take(limit).map(item).collect()
}
