//! Two neighbouring revisions of a series side by side.
//!
//! In: two revisions. Out: which patch became which, the author's words, and the differences of the
//! patches that changed. Which became which is found out once, by the first page that asks; the differences
//! are made with the page and kept nowhere.
//! Never here: how patches are matched; that is [`range_diff`].

use std::sync::OnceLock;

use super::{
    Plan,
    frame::{About, Links},
    revisions,
    route::Route,
    row,
    series::some_title,
    thin::Lack,
    view::{
        AuthorChanges, Churn, CompareCount, CompareTally, CompareView, ComparedRevision,
        ComparedRow, DifferenceView, Link,
    },
    words,
};
use crate::{
    markup::diff,
    patch::Mail,
    range_diff::{self, Care, Comparison, Difference, Kind, Order, Outer, Pair, Title},
    series::{
        Corpus, MailIx, Revision, Series, SeriesIx, Slot,
        changelog::{self, Changes},
    },
};

/// How many bytes of lines a difference shows, and all of a page. With its markup a line is twice as
/// long, and no page should have more than a megabyte.
const MAX_BYTES: usize = 64 << 10;
const MAX_PAGE_BYTES: usize = 320 << 10;

/// Two revisions, compared.
struct Compared<'a, 'p> {
    old: Vec<&'a Slot>,
    new: Vec<&'a Slot>,
    comparison: &'p Comparison,
}

/// Comparisons by series and the newer revision's number, each made when it is first asked for.
pub(super) type Comparisons = Vec<Vec<OnceLock<Comparison>>>;

/// A place for the comparison of every revision with the one before.
pub(super) fn places(corpus: &Corpus) -> Comparisons {
    let places = |series: &Series| series.revisions.iter().map(|_| OnceLock::new()).collect();
    corpus.series.iter().map(places).collect()
}

impl<'a> Plan<'a> {
    /// The revision that `number` is compared with: the one before, where both have a diff and nothing is left
    /// out of the newer.
    pub(super) fn compared_with(&self, ix: SeriesIx, number: usize) -> Option<usize> {
        let is_thin = self.lack(ix, number) != Lack::Nothing;
        number.checked_sub(1).filter(|_| !is_thin && self.is_comparable(ix, number))
    }

    /// A revision and the one before both have a diff.
    pub(super) fn is_comparable(&self, ix: SeriesIx, number: usize) -> bool {
        let series = &self.corpus.series[ix.at()];
        let Some(before) = number.checked_sub(1) else { return false };
        let has_diff = |number: usize| {
            let revision = series.revisions.get(number);
            let mails = revision.into_iter().flat_map(|r| &r.slots).filter_map(|slot| slot.mail);
            mails.into_iter().any(|mail| !self.mail(mail).files.is_empty())
        };
        has_diff(before) && has_diff(number)
    }

    /// To the comparison of a revision with the one before, where there is one.
    pub(super) fn compare_link(
        &self,
        links: &Links<'_>,
        ix: SeriesIx,
        number: usize,
    ) -> Option<Link> {
        let series = &self.corpus.series[ix.at()];
        let before = self.compared_with(ix, number)?;
        let label = format!(
            "{} with {}",
            revisions::label(series, before),
            revisions::label(series, number)
        );
        Some(links.link(label, &compare_route(series, number)))
    }

    /// How many patches did what since the revision before.
    pub(super) fn tally(
        &self,
        links: &Links<'_>,
        ix: SeriesIx,
        number: usize,
    ) -> Option<CompareTally> {
        let link = self.compare_link(links, ix, number)?;
        Some(CompareTally { link, counts: counts(self.compared(ix, number).comparison) })
    }

    /// The view of `compare.html`.
    pub(crate) fn compare(&self, route: &Route, ix: SeriesIx, number: usize) -> CompareView<'a> {
        let series = &self.corpus.series[ix.at()];
        let links = self.links(route);
        let revision = &series.revisions[number];
        let before = &series.revisions[number.saturating_sub(1)];
        let compared = self.compared(ix, number);
        let (rows, differences) = self.rows(&links, &compared);
        let label = |n: usize| revisions::label(series, n);
        let tally = CompareTally {
            link: Link {
                label: format!("{} with {}", label(number.saturating_sub(1)), label(number)),
                url: links.to(route),
            },
            counts: counts(compared.comparison),
        };
        CompareView {
            page: self.frame(route, about(series, number, &tally)),
            title: some_title(&revision.title),
            old_title: other(&before.title, &revision.title),
            old: self.compared_revision(&links, ix, number.saturating_sub(1)),
            new: self.compared_revision(&links, ix, number),
            previous: number.checked_sub(1).and_then(|n| self.compare_link(&links, ix, n)),
            next: self.compare_link(&links, ix, number + 1),
            tally,
            rows,
            estimated: compared.comparison.care != Care::Full,
            changes: self.all_changes(&links, revision),
            differences,
            b4: self.b4_diff(series, number),
        }
    }

    /// What the author says has changed: in the cover letter, and below each patch.
    fn all_changes(&self, links: &Links<'_>, revision: &Revision) -> Vec<AuthorChanges> {
        let told = changelog::changes(self.corpus, revision);
        let telling = told.iter().filter(|changes| !changelog::says_nothing(&changes.text));
        let view = |changes: &Changes| AuthorChanges {
            about: Link {
                label: match changes.number {
                    Some(number) => format!("Patch {number}"),
                    None => "Cover letter".to_owned(),
                },
                url: self.link_to(links, changes.mail),
            },
            text_html: self.prose(links, &words::dedented(&changes.text)),
        };
        telling.map(view).collect()
    }

    fn compared(&self, ix: SeriesIx, number: usize) -> Compared<'a, '_> {
        let series = &self.corpus.series[ix.at()];
        let slots = |number: usize| -> Vec<&'a Slot> {
            let revision = series.revisions.get(number);
            let slots = revision.into_iter().flat_map(|revision| &revision.slots);
            slots.filter(|slot| slot.mail.is_some()).collect()
        };
        let (old, new) = (slots(number.saturating_sub(1)), slots(number));
        let mails = |slots: &[&Slot]| -> Vec<&'a Mail> {
            slots.iter().filter_map(|slot| slot.mail).map(|mail| self.mail(mail)).collect()
        };
        let comparison = self.comparisons[ix.at()][number]
            .get_or_init(|| range_diff::compare(&mails(&old), &mails(&new)));
        Compared { old, new, comparison }
    }

    fn rows(
        &self,
        links: &Links<'_>,
        compared: &Compared<'a, '_>,
    ) -> (Vec<ComparedRow<'a>>, Vec<DifferenceView<'a>>) {
        let mut left_bytes = MAX_PAGE_BYTES;
        let (mut rows, mut differences) = (Vec::new(), Vec::new());
        for pair in &compared.comparison.pairs {
            let (old, new) = (slot(&compared.old, pair.old), slot(&compared.new, pair.new));
            let Some(mut row) = self.row_of(links, pair, old, new) else { continue };
            if let (Some((_, before)), Some((_, after)), true) = (old, new, pair.kind != Kind::Same)
            {
                let difference = range_diff::difference(self.mail(before), self.mail(after));
                if pair.kind == Kind::Credited {
                    row.trailers = changed_lines(&difference);
                    rows.push(row);
                    continue;
                }
                row.churn = churn(&difference);
                let anchor = format!("d{}", rows.len() + 1);
                row.url = format!("#{anchor}");
                // Both patches would be printed in full, one after the other.
                let html = match pair.kind {
                    Kind::Rewritten => String::new(),
                    _ => difference_html(&difference, &mut left_bytes),
                };
                differences.push(DifferenceView {
                    anchor,
                    row: row.clone(),
                    old: Link { label: row.old.clone(), url: self.link_to(links, before) },
                    new: Link { label: row.new.clone(), url: self.link_to(links, after) },
                    diff_html: html,
                });
            }
            rows.push(row);
        }
        (rows, differences)
    }

    fn row_of(
        &self,
        links: &Links<'_>,
        pair: &Pair,
        old: Option<(&Slot, MailIx)>,
        new: Option<(&Slot, MailIx)>,
    ) -> Option<ComparedRow<'a>> {
        let (_, mail) = new.or(old)?;
        let (sign, label) = (pair.kind.marker().sign(), kind_word(pair.kind));
        let number = |slot: &(&Slot, MailIx)| slot.0.number.to_string();
        let title = row::title(self.mail(mail));
        let before = old.map_or(title, |(_, mail)| row::title(self.mail(mail)));
        Some(ComparedRow {
            old: old.as_ref().map(number).unwrap_or_default(),
            new: new.as_ref().map(number).unwrap_or_default(),
            sign,
            label,
            title,
            old_title: if pair.title == Title::Changed { before } else { "" },
            moved: pair.order == Order::Moved,
            carried: new.is_some_and(|(slot, _)| slot.carried.is_some()),
            trailers: Vec::new(),
            churn: Churn::default(),
            url: self.link_to(links, mail),
        })
    }

    fn compared_revision(
        &self,
        links: &Links<'_>,
        ix: SeriesIx,
        number: usize,
    ) -> ComparedRevision<'a> {
        let series = &self.corpus.series[ix.at()];
        let revision = &series.revisions[number];
        ComparedRevision {
            label: revisions::label(series, number),
            url: links.to(&self.revision_route(ix, number)),
            posted: revision.posted.map(|date| words::moment(date, &self.settings.zone)),
            author: words::person(&revision.author),
            patches: revision.slots.len(),
        }
    }

    /// What `b4 diff` takes: a message of the newer revision and the two versions, which it knows by
    /// whole numbers.
    fn b4_diff(&self, series: &Series, number: usize) -> String {
        let [before, revision] = [number.saturating_sub(1), number].map(|n| &series.revisions[n]);
        let first = revision.members().next();
        let Some(mail) = first.filter(|mail| !self.archive_url(*mail).is_empty()) else {
            return String::new();
        };
        let is_whole = |version: crate::message::Version| version.minor == 0 && version.suffix == 0;
        let (old, new) = (before.version, revision.version);
        match is_whole(old) && is_whole(new) && old.major < new.major {
            true => format!("{} -v {} {}", self.mail(mail).message.id, old.major, new.major),
            false => String::new(),
        }
    }
}

/// The page that compares a revision with the one before.
pub(super) fn compare_route(series: &Series, number: usize) -> Route {
    let [old, new] = [number.saturating_sub(1), number].map(|n| series.revisions[n].label());
    Route::compare(&series.slug, &old, &new)
}

fn about(series: &Series, number: usize, tally: &CompareTally) -> About {
    let title = some_title(&series.revisions[number].title);
    let counts = tally.counts.iter().map(|count| format!("{} {}", count.count, count.label));
    About {
        kind: "compare",
        title: format!("{title}: {}", tally.link.label),
        description: format!(
            "What changed in the patches, {}: {}.",
            tally.link.label,
            counts.collect::<Vec<_>>().join(", ")
        ),
        feeds: vec![],
        crumbs: vec![(title.to_owned(), Route::Series(series.slug.clone()))],
    }
}

fn slot<'s>(slots: &[&'s Slot], at: Option<usize>) -> Option<(&'s Slot, MailIx)> {
    let slot = *slots.get(at?)?;
    Some((slot, slot.mail?))
}

fn difference_html(difference: &Difference, left: &mut usize) -> String {
    let mut html = String::new();
    if *left > 0 {
        let most = MAX_BYTES.min(*left);
        let shown: usize =
            difference.excerpts.iter().flat_map(|e| &e.lines).map(|l| l.text.len()).sum();
        diff::difference(&mut html, difference, most);
        *left -= shown.min(most);
    }
    html
}

/// Each line that only one of the patches has, without its indentation and behind its mark.
fn changed_lines(difference: &Difference) -> Vec<String> {
    let lines = difference.excerpts.iter().flat_map(|excerpt| &excerpt.lines);
    let changed = lines.filter(|line| line.outer != Outer::Both && !line.text.trim().is_empty());
    changed.map(|line| format!("{} {}", line.outer.sign(), line.text.trim())).collect()
}

/// Lines of a difference that only one of the patches has.
fn churn(difference: &Difference) -> Churn {
    let lines = difference.excerpts.iter().flat_map(|excerpt| &excerpt.lines);
    let (mut added, mut deleted) = (0, 0);
    for line in lines {
        match line.outer {
            Outer::New => added += 1,
            Outer::Old => deleted += 1,
            Outer::Both => {}
        }
    }
    words::bars(added, deleted)
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Same => "same",
        Kind::Credited => "trailers only",
        Kind::Reworded => "reworded",
        Kind::Rebased => "rebased",
        Kind::Changed => "changed",
        Kind::Rewritten => "rewritten",
        Kind::Dropped => "dropped",
        Kind::New => "new",
    }
}

fn counts(comparison: &Comparison) -> Vec<CompareCount> {
    let pairs = &comparison.pairs;
    let of = |kind: Kind| {
        let (sign, label) = (Some(kind.marker().sign()), kind_word(kind));
        CompareCount { sign, label, count: pairs.iter().filter(|pair| pair.kind == kind).count() }
    };
    let kinds = [
        Kind::Same,
        Kind::Credited,
        Kind::Reworded,
        Kind::Rebased,
        Kind::Changed,
        Kind::Rewritten,
        Kind::New,
        Kind::Dropped,
    ];
    let retitled = pairs.iter().filter(|pair| pair.title == Title::Changed).count();
    let moved = pairs.iter().filter(|pair| pair.order == Order::Moved).count();
    let others = [
        CompareCount { sign: None, label: "retitled", count: retitled },
        CompareCount { sign: None, label: "moved", count: moved },
    ];
    kinds.map(of).into_iter().chain(others).filter(|count| count.count > 0).collect()
}

/// The title before, where it is another one.
fn other<'t>(before: &'t str, now: &str) -> &'t str {
    if before == now { "" } else { before }
}
