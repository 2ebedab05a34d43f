//! Diffs on pages of their own, if a revision's page would be too long with all of them.
//!
//! In: a revision. Out: whether its diffs have pages of their own, and the page of each. The page of the revision
//! keeps the messages, the diffstats and the replies. Never here: how a diff is shown.

pub(crate) mod view;

use crate::{
    page::{
        part::{
            body,
            layout::{self, About},
            links::Links,
            view::Link,
            wording,
        },
        series::diff::view::DiffView,
    },
    plan::{
        Reader, Route, diff_pages,
        names::{self, number, slot_anchor, some_title},
    },
    say,
    series::{MailIx, SeriesIx, Slot},
};

/// The view of `diff.html`, for the patch `mail` in the slot `place`.
pub(crate) fn diff<'a>(
    plan: Reader<'a>,
    route: &Route,
    (ix, at): (SeriesIx, usize),
    (place, mail): (usize, MailIx),
) -> DiffView<'a> {
    let series = plan.corpus.series(ix);
    let revision = &series.revisions[at];
    let links = Links::new(plan, route);
    let slot = &revision.slots[place];
    let home = plan.revision_route(ix, at);
    let label = names::label(&plan.settings.words, series, at);
    let anchor = slot_anchor(revision, slot);
    let diff_html = body::lone_diff(plan, &links, mail, &anchor);
    let mail = plan.corpus.mail(mail);
    let step = |slot: &Slot| Link {
        label: number(revision, slot),
        url: links.to(&diff_pages::diff_route(series, revision, slot)),
    };
    let sent = |slot: &&Slot| slot.sent().is_some();
    let title = format!("{} ({}, {label})", names::title(mail), number(revision, slot));
    let description = say!(plan.settings.words, "diff-about", title = some_title(&revision.title));
    let crumbs = vec![(some_title(&revision.title).to_owned(), home.clone())];
    DiffView {
        page: layout::frame(
            plan,
            route,
            About { kind: "diff", title, description, feeds: Vec::new(), crumbs },
        ),
        title: names::title(mail),
        number: number(revision, slot),
        version: label,
        author: wording::person(&mail.author),
        posted: mail.message.date.map(|date| wording::moment(date, plan.settings)),
        patch_url: links.anchored(&home, &anchor),
        previous: revision.slots[..place].iter().rev().find(sent).map(step),
        next: revision.slots[place + 1..].iter().find(sent).map(step),
        diff_html,
        anchor,
    }
}
