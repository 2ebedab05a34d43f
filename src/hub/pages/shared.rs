//! The pages of the series that several sites have.

use std::collections::BTreeMap;

use super::{Pages, rows::some};
use crate::{
    digest::Period,
    hub::{
        find,
        frames::{self, frame, link},
        view::{HubMonth, HubPlace, HubSeriesView, HubShared},
        works::{Shared, Sharing, Work},
    },
    page::part::wording,
    say,
};

impl<'a> Pages<'a> {
    pub(super) fn all_months(&self, months: &BTreeMap<String, Vec<&Shared>>) -> HubSeriesView<'a> {
        let (settings, words, route) = (self.settings, &self.settings.words, frames::shared());
        let row = |(name, series): (&String, &Vec<&Shared>)| HubMonth {
            label: self.heading(name),
            url: link(&route, &frames::month(name), settings),
            count: series.len(),
        };
        let title = words.text("hub-shared").to_owned();
        let about = words.text("hub-shared-about").to_owned();
        HubSeriesView {
            page: frame(settings, &route, "series", (title, about), &[]),
            heading: String::new(),
            total: months.values().map(Vec::len).sum(),
            months: months.iter().rev().map(row).collect(),
            series: Vec::new(),
        }
    }

    /// `February 2026`; of a second page `February 2026, 2`.
    pub(super) fn heading(&self, name: &str) -> String {
        let (month, part) = match name.match_indices('-').nth(1) {
            Some((at, _)) => (&name[..at], &name[at + 1..]),
            None => (name, ""),
        };
        let words = &self.settings.words;
        let heading = match Period::parse(month, &jiff::tz::TimeZone::UTC) {
            Some(period) => wording::heading(&period, self.settings),
            None => words.text("without-date").to_owned(),
        };
        if part.is_empty() { heading } else { format!("{heading}, {part}") }
    }

    pub(super) fn month(&self, name: &str, series: &[&Shared]) -> HubSeriesView<'a> {
        let (settings, words, route) = (self.settings, &self.settings.words, frames::month(name));
        let heading = self.heading(name);
        let place = |work: &Work| HubPlace {
            site: self.title(work.site),
            url: work.url(self.exports),
            version: work.version.clone(),
            state: work.state,
            label: words.text(&format!("state-{}", work.state)).to_owned(),
            posted: self.moment(work.posted),
            lists: work.lists.clone(),
        };
        let row = |one: &&Shared| {
            let best = find::best(&one.works);
            HubShared {
                anchor: one.anchor.clone(),
                title: some(&best.title, words.text("no-subject")),
                author: best.author.clone(),
                places: one.works.iter().map(place).collect(),
            }
        };
        let about = say!(words, "hub-month-about", month = &heading);
        let crumbs = [(words.text("hub-shared"), frames::shared())];
        HubSeriesView {
            page: frame(settings, &route, "series", (heading.clone(), about), &crumbs),
            heading,
            total: series.len(),
            months: Vec::new(),
            series: series.iter().map(row).collect(),
        }
    }
}

/// The pages of months, each with its series: a long month has several.
pub(super) fn months(sharing: &Sharing) -> BTreeMap<String, Vec<&Shared>> {
    let mut months: BTreeMap<String, Vec<&Shared>> = BTreeMap::new();
    sharing.shared().for_each(|one| months.entry(one.month.clone()).or_default().push(one));
    months
}
