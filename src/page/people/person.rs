//! A person's page: what they posted, what they reviewed, with whom they work.

use std::collections::BTreeSet;

use super::{Known, PersonIx};
use crate::{
    page::{
        Plan,
        chart::{Bars, Bins, Layer, Unit},
        frame::{About, Links},
        route::Route,
        row::Detail,
        series::some_title,
        view::{Chart, Count, Link, PersonView, RankItem, ReviewedRow, SeriesRow},
        words,
    },
    series::SeriesIx,
};

/// Rows of a list; what is beyond is in the digests.
const ROWS: usize = 40;
/// How many people and folders stand at the side.
const TOP: usize = 8;
/// Bars from which on there is a plot: two say less than the words.
const BARS: usize = 3;
/// How many bars it has at most.
const MOST_BARS: usize = 60;
/// Bytes of a title.
const TITLE: usize = 160;

impl<'a> Plan<'a> {
    /// The view of `person.html`.
    pub(crate) fn person_page(&self, route: &Route, number: PersonIx) -> PersonView<'a> {
        let known = &self.people.all[number as usize];
        let links = self.links(route);
        let posted = self.newest_first(&known.posted);
        let reviewed = self.reviewed(known);
        let shown = |ix: &SeriesIx| self.newest_row(&links, *ix, Detail::Brief);
        PersonView {
            page: self.frame(route, self.about_person(known)),
            name: known.name().to_owned(),
            span: self.span_of(known),
            counts: counts(known),
            namesakes: self.namesakes(&links, number),
            feed_url: match known.has_feed() {
                true => links.to(&known.feed()),
                false => String::new(),
            },
            plot: self.activity_of(known),
            posted_more: posted.len().saturating_sub(ROWS),
            posted: posted.iter().take(ROWS).map(shown).collect::<Vec<SeriesRow<'a>>>(),
            reviewed_more: reviewed.len().saturating_sub(ROWS),
            reviewed: reviewed.iter().take(ROWS).map(|r| self.reviewed_row(&links, r)).collect(),
            reviewers: self.reviewers_of(&links, number),
            reviews_for: self.reviews_for(&links, number),
            folders: self.top_folders(&links, known.posted.iter().copied(), TOP),
            digests_url: links.to(&Route::Digests),
        }
    }

    /// Series by the date of their newest revision, the newest first.
    pub(crate) fn newest_first(&self, series: &[SeriesIx]) -> Vec<SeriesIx> {
        let mut order = series.to_vec();
        let date = |ix: &SeriesIx| self.corpus.series[ix.at()].newest().posted;
        order.sort_by_key(|ix| std::cmp::Reverse((date(ix), *ix)));
        order
    }

    /// The series on which they gave verdicts, the newest verdict first, each with its verdicts.
    fn reviewed(&self, known: &Known) -> Vec<Vec<u32>> {
        let mut places = std::collections::HashMap::new();
        let mut rows: Vec<Vec<u32>> = Vec::new();
        for at in known.given.iter().rev() {
            let series = self.people.verdicts[*at as usize].0.series;
            let row = *places.entry(series).or_insert_with(|| {
                rows.push(Vec::new());
                rows.len() - 1
            });
            rows[row].push(*at);
        }
        rows
    }

    fn reviewed_row(&self, links: &Links<'_>, verdicts: &[u32]) -> ReviewedRow<'a> {
        let newest = &self.people.verdicts[verdicts[0] as usize].0;
        let series = &self.corpus.series[newest.series.at()];
        let keys: BTreeSet<&str> =
            verdicts.iter().map(|at| &*self.people.verdicts[*at as usize].0.key).collect();
        ReviewedRow {
            title: words::shortened(some_title(&series.title), TITLE),
            url: self.link_to(links, newest.mail),
            author: words::person(&series.author).name,
            verdicts: keys.into_iter().collect::<Vec<_>>().join(", "),
            when: self.moment_of(newest.mail).map_or(String::new(), |moment| moment.short),
        }
    }

    /// Who gave verdicts on their series, by series.
    fn reviewers_of(&self, links: &Links<'_>, number: PersonIx) -> Vec<RankItem> {
        let known = &self.people.all[number as usize];
        let of_series = |ix: &SeriesIx| {
            let verdicts = &self.people.of_series[ix.at()].verdicts;
            let givers = verdicts.iter().filter_map(|at| self.people.verdicts[*at as usize].1);
            givers.filter(|giver| *giver != number).collect::<BTreeSet<PersonIx>>()
        };
        self.top_people(links, known.posted.iter().flat_map(of_series), TOP)
    }

    /// On whose series they gave verdicts, by series.
    fn reviews_for(&self, links: &Links<'_>, number: PersonIx) -> Vec<RankItem> {
        let known = &self.people.all[number as usize];
        let given = known.given.iter().map(|at| self.people.verdicts[*at as usize].0.series);
        let series: BTreeSet<SeriesIx> = given.collect();
        let authors = series.iter().flat_map(|ix| self.authors_of(*ix));
        self.top_people(links, authors.copied().filter(|author| *author != number), TOP)
    }

    /// Others of the same name: perhaps the same person with another address.
    fn namesakes(&self, links: &Links<'_>, number: PersonIx) -> Vec<Link> {
        let known = &self.people.all[number as usize];
        let same = self.people.by_name.get(&known.name.to_lowercase());
        let others = same.into_iter().flatten().filter(|other| **other != number);
        let page = |other: &PersonIx| {
            let known = &self.people.all[*other as usize];
            let series = words::plural(known.posted.len(), "series", "series");
            known.has_page().then(|| links.link(series, &known.route()))
        };
        others.filter_map(page).collect()
    }

    /// Series and verdicts over time.
    fn activity_of(&self, known: &Known) -> Option<Chart> {
        let key = |at: &u32| self.people.verdicts[*at as usize].0.mail;
        let verdicts: Vec<_> =
            known.given.iter().filter_map(|at| self.corpus.letter(key(at)).date()).collect();
        let slug = &known.slug;
        let revisions = known.posted.iter().flat_map(|ix| &self.corpus.series[ix.at()].revisions);
        let own = revisions.filter(|revision| {
            let found = self.people.find(self.corpus, &revision.author);
            found.is_some_and(|(_, author)| author.slug == *slug)
        });
        let posted: Vec<_> = own.filter_map(|revision| revision.posted).collect();
        let dates = posted.iter().chain(&verdicts).copied();
        let bins = Bins::new(dates, &self.settings.zone, Unit::Month, MOST_BARS)?;
        let (posted, verdicts) = (bins.count(posted), bins.count(verdicts));
        let filled = posted.iter().zip(&verdicts).filter(|(a, b)| **a + **b > 0).count();
        if filled < BARS {
            return None;
        }
        let title = format!("Revisions posted and verdicts given a {}", bins.unit());
        Some(bins.chart(
            "activity",
            title,
            Bars::Stacked,
            vec![
                Layer { label: "revisions posted", class: "one", values: posted },
                Layer { label: "verdicts given", class: "two", values: verdicts },
            ],
        ))
    }

    fn span_of(&self, known: &Known) -> String {
        let month = |date: crate::date::Timestamp| {
            date.zoned(&self.settings.zone).strftime("%B %Y").to_string()
        };
        match known.seen.map(|(first, last)| (month(first), month(last))) {
            Some((first, last)) if first == last => first,
            Some((first, last)) => format!("{first} – {last}"),
            None => String::new(),
        }
    }

    fn about_person(&self, known: &Known) -> About {
        let name = known.name();
        About {
            kind: "person",
            title: known.label().to_owned(),
            description: format!(
                "{name} on {}: {} posted, {} applied, {} reviewed.",
                self.settings.title,
                words::plural(known.posted.len(), "series", "series"),
                known.taken,
                known.reviewed,
            ),
            feeds: match known.has_feed() {
                true => vec![(format!("Posted by {}", known.label()), known.feed())],
                false => vec![],
            },
            crumbs: vec![("People".into(), Route::People)],
        }
    }
}

fn counts(known: &Known) -> Vec<Count> {
    let counts = [
        (known.posted.len(), "series posted", "Series of which they posted a revision.", "#posted"),
        (known.taken, "applied", "Of these, how many were applied in whole or in part.", ""),
        (known.given.len(), "verdicts given", "In answers, like Reviewed-by.", "#reviewed"),
        (known.reviewed, "series reviewed", "Series to which they gave a verdict.", "#reviewed"),
    ];
    let shown = counts.into_iter().filter(|(number, ..)| *number > 0);
    let count = |(number, label, about, url): (usize, &'static str, &'static str, &str)| Count {
        number,
        label,
        about,
        url: url.to_owned(),
    };
    shown.map(count).collect()
}
