//! The page of a list, and the rows of lists, conversations and events.

use super::{EVENTS, Pages, Place};
use crate::{
    hub::{
        frames::{frame, link},
        recent::{self, Edition, Happened, Told, kind},
        trust::{self, NAME},
        view::{HubDigest, HubEvent, HubList, HubListView, HubTop},
    },
    page::{
        digest::highlights::harm_key,
        part::{view::Link, wording},
    },
    patch::Harm,
    plan::Route,
    say,
};

/// The most conversations of a digest on a list's page.
const TOPS_OF_DIGEST: usize = 5;

impl<'a> Pages<'a> {
    pub(super) fn list_row(&self, place: &Place<'_>, from: &Route, last: &[&Edition]) -> HubList {
        let Place { site, facts, route } = place;
        let of_site = last.iter().filter(|one| one.site == *site);
        let count = of_site.flat_map(|one| &one.facts.lists).filter(|one| one.list == facts.list);
        HubList {
            name: facts.list.clone(),
            url: link(from, route, self.settings),
            site: self.title(*site),
            site_url: self.exports[*site].base.clone(),
            newest: self.moment(trust::date(facts.newest.as_deref())),
            messages_now: count.map(|one| trust::count(one.messages)).sum(),
            messages: trust::count(facts.messages),
            series: trust::count(facts.series),
            waiting: trust::count(facts.waiting),
            ready: trust::count(facts.ready),
            is_stale: self.exports[*site].stale.is_some(),
        }
    }

    pub(super) fn list(&self, place: &Place<'_>, last: &[&Edition]) -> HubListView<'a> {
        let Place { site, facts, route } = place;
        let base = &self.exports[*site].base;
        let words = &self.settings.words;
        let row = self.list_row(place, route, last);
        let about = say!(words, "hub-list-about", list = &row.name, site = &row.site);
        let is_on = |one: &&Happened| one.site == *site && one.facts.list == facts.list;
        let below = |path: &str| trust::below(base, path).unwrap_or_else(|| base.clone());
        let address = trust::line(&facts.address, NAME);
        HubListView {
            page: frame(self.settings, route, "list", (row.name.clone(), about), &[]),
            list: row,
            address: if is_address(&address) { address } else { String::new() },
            home_url: below(&facts.url),
            feed_url: below(&facts.feed),
            digests: self
                .editions
                .iter()
                .filter(|one| one.site == *site)
                .map(|one| self.digest(one, &facts.list))
                .collect(),
            events: self
                .events
                .iter()
                .filter(is_on)
                .take(EVENTS)
                .map(|one| self.event(one))
                .collect(),
        }
    }

    pub(super) fn digest(&self, edition: &Edition, list: &str) -> HubDigest {
        let told = recent::told(self.exports, &[edition], usize::MAX);
        let on_list = told.iter().filter(|told| told.talk.lists.iter().any(|one| one == list));
        let count = edition.facts.lists.iter().find(|one| one.list == *list);
        HubDigest {
            heading: wording::heading(&edition.period, self.settings),
            url: edition.url.clone(),
            messages: count.map_or(0, |one| trust::count(one.messages)),
            new: trust::count(edition.facts.new),
            revised: trust::count(edition.facts.revised),
            applied: trust::count(edition.facts.applied),
            tops: on_list.take(TOPS_OF_DIGEST).map(|told| self.top(told)).collect(),
        }
    }

    pub(super) fn top(&self, told: &Told) -> HubTop {
        let words = &self.settings.words;
        let talk = &told.talk;
        let mut label = Vec::new();
        if talk.pull {
            label.push(words.text("pull-request").to_owned());
        }
        let messages = say!(words, "messages", n = talk.messages);
        if talk.people > 1 {
            let people = say!(words, "people-count", n = talk.people);
            label.push(say!(
                words,
                "top-talk",
                people = people.as_str(),
                messages = messages.as_str()
            ));
        } else {
            label.push(messages);
        }
        let harm = Harm::ALL.into_iter().find(|harm| talk.harm.as_deref() == Some(harm.word()));
        label.extend(harm.and_then(harm_key).map(|key| words.text(key).to_owned()));
        if talk.objections > 1 {
            label.push(say!(words, "top-objections", n = talk.objections));
        }
        if talk.rejected {
            label.push(words.text("top-rejected").to_owned());
        }
        let place =
            |(site, url): &(usize, String)| Link { label: self.title(*site), url: url.clone() };
        HubTop {
            title: some(&talk.title, words.text("no-subject")),
            url: told.places[0].1.clone(),
            label: label.join(" · "),
            lists: talk.lists.clone(),
            places: match told.places.len() {
                1 => Vec::new(),
                _ => told.places.iter().map(place).collect(),
            },
        }
    }

    pub(super) fn event(&self, one: &Happened) -> HubEvent {
        let words = &self.settings.words;
        HubEvent {
            title: some(&one.facts.title, words.text("no-subject")),
            url: one.url.clone(),
            version: Some(one.facts.version.clone()).filter(|v| v != "v1").unwrap_or_default(),
            label: words.text(kind(&one.facts.event)).to_owned(),
            author: one.facts.author.name.clone(),
            date: wording::moment(one.date, self.settings),
            list: if trust::is_name(&one.facts.list) {
                one.facts.list.clone()
            } else {
                String::new()
            },
        }
    }
}

/// Whether a text can stand in a `mailto:` link.
fn is_address(text: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._+@".contains(&b);
    text.bytes().all(is_plain) && text.split('@').filter(|part| !part.is_empty()).count() == 2
}

/// A text, or another one if it is empty.
pub(super) fn some(text: &str, other: &str) -> String {
    if text.is_empty() { other.to_owned() } else { text.to_owned() }
}
