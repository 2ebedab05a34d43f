//! Diffs on pages of their own, where a revision's page would be too long with all of them.
//!
//! In: a revision. Out: whether its diffs are spread, and the page of each. The page of the revision keeps the
//! messages, the diffstats and the answers. Never here: how a diff is shown.

use super::{
    Plan,
    frame::About,
    revisions,
    route::{Route, safe_name},
    row,
    series::{number, slot_anchor, some_title},
    thin::Lack,
    view::{DiffView, Link},
    words,
};
use crate::{
    markup::diff,
    series::{MailIx, Revision, Series, SeriesIx, Slot},
};

impl<'a> Plan<'a> {
    /// The diffs of a revision are on pages of their own.
    pub(super) fn is_spread(&self, revision: &Revision) -> bool {
        revision.slots.iter().filter_map(Slot::sent).nth(1).is_some()
            && self.diff_lines(revision) > diff::MAX_LINES
    }

    /// How many lines the diffs of a revision have.
    pub(super) fn diff_lines(&self, revision: &Revision) -> usize {
        let sent = revision.slots.iter().filter_map(Slot::sent);
        sent.map(|mail| self.mail(mail).diff_lines as usize).sum()
    }

    /// The page of a patch's diff.
    pub(super) fn diff_route(&self, series: &Series, revision: &Revision, slot: &Slot) -> Route {
        let name = slot_anchor(revision, slot);
        let name = name.trim_start_matches('p');
        let part = format!("{}/{name}", safe_name(&revision.label()));
        Route::Patch(series.slug.clone(), part.into())
    }

    /// The pages of a revision's diffs, by the place of their slots; none where they are on the revision's own.
    pub(super) fn diff_routes(&self, ix: SeriesIx, at: usize) -> Vec<(usize, MailIx, Route)> {
        let series = &self.corpus.series[ix.at()];
        let revision = &series.revisions[at];
        if self.lack(ix, at) != Lack::Nothing || !self.is_spread(revision) {
            return Vec::new();
        }
        let page = |(place, slot): (usize, &Slot)| {
            Some((place, slot.sent()?, self.diff_route(series, revision, slot)))
        };
        revision.slots.iter().enumerate().filter_map(page).collect()
    }

    /// The view of `diff.html`: of the patch `mail`, which stands in the slot `place`.
    pub(crate) fn diff(
        &self,
        route: &Route,
        (ix, at): (SeriesIx, usize),
        (place, mail): (usize, MailIx),
    ) -> DiffView<'a> {
        let series = &self.corpus.series[ix.at()];
        let revision = &series.revisions[at];
        let links = self.links(route);
        let slot = &revision.slots[place];
        let home = self.revision_route(ix, at);
        let label = revisions::label(series, at);
        let anchor = slot_anchor(revision, slot);
        let diff_html = self.lone_diff(&links, mail, &anchor);
        let mail = self.mail(mail);
        let step = |slot: &Slot| Link {
            label: number(revision, slot),
            url: links.to(&self.diff_route(series, revision, slot)),
        };
        let sent = |slot: &&Slot| slot.sent().is_some();
        let title = format!("{} ({}, {label})", row::title(mail), number(revision, slot));
        let description = format!("The diff of a patch of “{}”.", some_title(&revision.title));
        let crumbs = vec![(some_title(&revision.title).to_owned(), home.clone())];
        DiffView {
            page: self.frame(
                route,
                About { kind: "diff", title, description, feeds: Vec::new(), crumbs },
            ),
            title: row::title(mail),
            number: number(revision, slot),
            version: label,
            author: words::person(&mail.author),
            posted: mail.message.date.map(|date| words::moment(date, &self.settings.zone)),
            patch_url: links.anchored(&home, &anchor),
            previous: revision.slots[..place].iter().rev().find(sent).map(step),
            next: revision.slots[place + 1..].iter().find(sent).map(step),
            diff_html,
            anchor,
        }
    }
}
