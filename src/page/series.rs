//! The page of a revision: its state, its table of patches, each patch with its diff, and the replies.
//!
//! In: a revision. Out: the [`SeriesView`] of `series.html` (`themes/default/templates/`). `ledger` has the
//! reviews, [`status`] the state, [`messages`] a message with its replies.

pub(crate) mod claims;
pub(crate) mod compare;
pub(crate) mod diff;
pub(crate) mod kin;
pub(crate) mod ledger;
pub(crate) mod machines;
pub(crate) mod markdown;
pub(crate) mod matrix;
pub(crate) mod mbox;
pub(crate) mod resolved;
pub(crate) mod splits;
pub(crate) mod view;

use std::{borrow::Cow, collections::BTreeSet};

use crate::{
    config::Settings,
    digest::Period,
    markup::{diff::Colours, excerpt},
    message::same_person,
    page::{
        part::{
            body,
            discussion::Discussion,
            layout::{self, About},
            links::Links,
            messages::{self, view::PatchView},
            outline,
            outline::view::OutlineView,
            report, revisions, row, status, titles,
            view::Link,
            wording,
        },
        paths, people,
        series::view::{PatchRow, SeriesView},
        thread,
    },
    plan::{Read, Reader, Route, diff_pages, names, omitted::Omitted},
    redact::NOWHERE,
    say,
    series::{Corpus, MailIx, Revision, Series, SeriesIx, Slot, StateKind},
    text::Html,
};

/// The view of `series.html`.
pub(crate) fn revision<'a>(
    plan: Reader<'a>,
    route: &Route,
    ix: SeriesIx,
    number: usize,
) -> SeriesView<'a> {
    let series = plan.corpus.series(ix);
    let revision = &series.revisions[number];
    let links = Links::new(plan, route);
    let members = plan.places.members(ix, number);
    let here = plan.places.answers(ix, number, 0).1;
    let elsewhere = || members.iter().copied().filter(|mail| here.binary_search(mail).is_err());
    let standing: BTreeSet<MailIx> = revision.members().collect();
    let discussion = Discussion::new(plan.corpus, &here, |mail| standing.contains(&mail));
    let newest = number + 1 == series.revisions.len();
    let omitted = plan.omitted(ix, number);
    let first = revision.members().next();
    let first = first.or_else(|| members.first().copied());
    let mut patches = patches(plan, &links, ix, number, &discussion);
    let mut cover = revision.cover.map(|mail| {
        let colours = &Colours::beside(0);
        messages::patch(plan, &links, mail, "cover".into(), None, &discussion, colours)
    });
    let mut others = messages::replies(plan, &links, &discussion, &discussion.strays(), 3);
    let letters = cover.iter_mut().chain(&mut patches).flat_map(|patch| &mut patch.replies);
    outline::set_places(letters.chain(&mut others), 0, members.len() - standing.len());
    SeriesView {
        page: layout::frame(plan, route, about_revision(plan, ix, number)),
        title: names::some_title(&revision.title),
        tags: titles::tags(plan.settings, revision),
        author: people::person(plan.people, &links, &revision.author),
        folder: paths::folder_of(plan.tree, &links, ix),
        version: names::label(&plan.settings.words, series, number),
        posted: revision.posted.map(|date| wording::moment(date, plan.settings)),
        lists: titles::list_names(plan.corpus, members),
        state: status::state(plan, &links, ix, number),
        revisions: revisions::switch(plan, &links, ix, number),
        newest_url: if newest {
            String::new()
        } else {
            links.to(&Route::Series(series.slug.clone()))
        },
        from_digest: plan.corpus.is_told(revision),
        expected: revision.expected,
        missing: revision.missing().count(),
        carried: revision.slots.iter().filter(|slot| slot.carried.is_some()).count(),
        rows: patch_rows(plan.corpus, plan.settings, &links, series, revision, &discussion),
        ledger: ledger::ledger(plan, &links, series, revision),
        churn: wording::churn(plan.corpus.files(revision)),
        files: plan.corpus.files(revision).map(|file| &*file.path).collect::<BTreeSet<_>>().len(),
        matrix: newest.then(|| matrix::matrix(plan, &links, ix)).flatten(),
        machines: machines::machines(plan.corpus, plan.settings, &links, revision, omitted),
        sort: series.sort.word(),
        patches_count: revision.slots.len(),
        replies: plan.corpus.answers(revision).count(),
        people: plan.corpus.people(plan.corpus.answers(revision)),
        changes_html: row::changes(plan.corpus, revision)
            .filter(|_| omitted != Omitted::Texts)
            .map_or(Html::default(), |text| body::prose(plan, &links, &excerpt::dedented(&text))),
        omitted: omitted.word(),
        compared: compare::tally(plan, &links, ix, number),
        evidence: revisions::evidence(
            &plan.settings.words,
            plan.corpus,
            plan.places,
            &links,
            ix,
            number,
        ),
        kin: kin::kin(plan.corpus, plan.settings, &links, ix),
        reports: report::fixed_reports(plan, &links, ix),
        claims: claims::claims(plan.corpus, &links, ix),
        splits: splits::splits(plan.corpus, &links, ix),
        outline: outline_of(plan, &links, ix, number, &discussion),
        cover,
        patches,
        parts: thread::answer_parts(plan, &links, ix, number, 0),
        later: thread::later(plan, &links, elsewhere()),
        unlisted: elsewhere().count().saturating_sub(thread::LISTED),
        others,
        mbox_url: match newest && plan.offers_mbox(ix) {
            true => links.to(&Route::Mbox(series.slug.clone())),
            false => String::new(),
        },
        feed_url: match series.revisions.iter().any(|r| r.posted.is_some()) {
            true => links.to(&Route::SeriesFeed(series.slug.clone())),
            false => String::new(),
        },
        message_id: first
            .filter(|mail| plan.corpus.bundle(*mail).is_none())
            .map_or(Cow::default(), |mail| b4_id(&plan.corpus.mail(mail).message.id)),
        archive_url: first
            .map_or(String::new(), |mail| messages::archive_url(plan.corpus, plan.settings, mail)),
    }
}

/// The outline of the discussion of a revision. A revision that is quiet, rejected or taken has no open points. Points of
/// an older revision say which later one answers them.
fn outline_of<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    ix: SeriesIx,
    number: usize,
    discussion: &Discussion,
) -> Option<OutlineView<'a>> {
    let series = plan.corpus.series(ix);
    let revision = &series.revisions[number];
    let group = |slot: &Slot| {
        let mail = slot.sent()?;
        let number = names::number(revision, slot);
        let title = names::title(plan.corpus.mail(mail));
        Some((format!("{number} {title}").trim().to_owned(), discussion.below(mail)))
    };
    let cover = revision.cover.map(|mail| (String::new(), discussion.below(mail)));
    let strays = (String::new(), discussion.strays());
    let groups = cover.into_iter().chain(revision.slots.iter().filter_map(group)).chain([strays]);
    let groups: Vec<_> = groups.filter(|(_, placed)| !placed.is_empty()).collect();
    let is_settled = !matches!(
        series.state_of(number),
        StateKind::New
            | StateKind::Discussed
            | StateKind::ChangesRequested
            | StateKind::Reviewed
            | StateKind::Superseded
    );
    let changelogs = resolved::Changelogs::default();
    let later = |asked| resolved::resolution(plan, links, ix, (number, &changelogs), asked);
    outline::outline(plan, links, &groups, is_settled, &later)
}

pub(crate) fn patches<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    ix: SeriesIx,
    at: usize,
    discussion: &Discussion,
) -> Vec<PatchView<'a>> {
    let series = plan.corpus.series(ix);
    let revision = &series.revisions[at];
    let has_diff_pages =
        plan.omitted(ix, at) == Omitted::Nothing && plan.corpus.has_diff_pages(revision);
    let colours = Colours::beside(plan.corpus.diff_lines(revision));
    let mut patches: Vec<PatchView<'a>> = Vec::new();
    for slot in &revision.slots {
        let Some(mail) = slot.sent() else { continue };
        let apart = has_diff_pages.then(|| diff_pages::diff_route(series, revision, slot));
        let (reviews, more_reviews) = ledger::said(plan.corpus, plan.settings, links, series, slot);
        let (apart, anchor) = (apart.as_ref(), names::slot_anchor(revision, slot));
        patches.push(PatchView {
            number: names::number(revision, slot),
            reviews,
            more_reviews,
            applied: slot
                .applied
                .as_ref()
                .map(|applied| status::fate(plan.corpus, plan.settings, links, applied)),
            ..messages::patch(plan, links, mail, anchor, apart, discussion, &colours)
        });
    }
    for place in 0..patches.len() {
        let link = |patch: &PatchView<'_>| Link {
            label: patch.number.clone(),
            url: format!("#{}", patch.anchor),
        };
        let previous = place.checked_sub(1).map(|before| link(&patches[before]));
        let next = patches.get(place + 1).map(link);
        (patches[place].previous, patches[place].next) = (previous, next);
    }
    patches
}

/// One row per patch; consecutive patches that never arrived share a row.
fn patch_rows<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    series: &Series,
    revision: &'a Revision,
    discussion: &Discussion,
) -> Vec<PatchRow<'a>> {
    let runs = revision.slots.chunk_by(|a, b| a.mail.is_none() && b.mail.is_none());
    let row = |run: &'a [Slot]| {
        let mut row = patch_row(corpus, settings, links, series, revision, &run[0], discussion);
        if let [first, .., last] = run {
            row.number = format!("{}–{}/{}", first.number, last.number, revision.expected);
        }
        row
    };
    runs.map(row).collect()
}

fn patch_row<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    series: &Series,
    revision: &'a Revision,
    slot: &'a Slot,
    discussion: &Discussion,
) -> PatchRow<'a> {
    let mail = slot.mail.map(|mail| corpus.mail(mail));
    let author = mail.map(|m| &m.author).filter(|author| !same_person(author, &revision.author));
    let files = mail.map_or(&[][..], |mail| &mail.files);
    PatchRow {
        number: format!("{}/{}", slot.number, revision.expected.max(1)),
        title: mail.map_or("", names::title),
        url: match (slot.mail, slot.carried) {
            (None, _) => String::new(),
            (Some(_), None) => format!("#{}", names::slot_anchor(revision, slot)),
            (Some(mail), Some(_)) => links.mail(mail),
        },
        missing: mail.is_none(),
        carried: match slot.carried.map(|from| from as usize) {
            Some(from) if from < series.revisions.len() => {
                names::label(&settings.words, series, from)
            }
            _ => String::new(),
        },
        author: author.map(wording::person),
        files: files.len(),
        churn: wording::churn(files.iter()),
        verdicts: ledger::verdicts(corpus, settings, links, series, slot),
        applied: slot
            .applied
            .as_ref()
            .map(|applied| status::fate_in_short(corpus, settings, links, revision, applied)),
        replies: slot.sent().map_or(0, |mail| messages::answers_below(corpus, discussion, mail)),
    }
}

fn about_revision(plan: Reader<'_>, ix: SeriesIx, number: usize) -> About {
    let series = plan.corpus.series(ix);
    let (revision, newest) = (&series.revisions[number], number + 1 == series.revisions.len());
    let version = names::label(&plan.settings.words, series, number);
    let title = match (series.revisions.len(), newest) {
        (1, _) => names::some_title(&revision.title).to_owned(),
        _ => format!("{} ({version})", names::some_title(&revision.title)),
    };
    let words = &plan.settings.words;
    let description = say!(
        words,
        "series-about",
        kind = if revision.rfc { "rfc" } else { "patches" },
        author = wording::person(&revision.author).name,
        patches = revision.slots.len(),
        replies = plan.corpus.answers(revision).count()
    );
    let dated = series.revisions.iter().any(|revision| revision.posted.is_some());
    let feeds = match dated {
        true => {
            vec![(
                words.text("series-feed-title").to_owned(),
                Route::SeriesFeed(series.slug.clone()),
            )]
        }
        false => vec![],
    };
    let mut crumbs: Vec<_> = digest_crumb(plan, ix, number).into_iter().collect();
    if !newest {
        crumbs.push((words.text("newest-revision").to_owned(), Route::Series(series.slug.clone())));
    }
    About { kind: "series", title, description, feeds, crumbs }
}

/// The digest of the period in which a revision was posted.
fn digest_crumb(plan: Reader<'_>, ix: SeriesIx, number: usize) -> Option<(String, Route)> {
    let (cadence, zone) = (plan.settings.cadence, &plan.settings.zone);
    let posted = plan.corpus.series(ix).revisions[number].posted?;
    let period = Period::containing(posted, cadence, zone);
    Some((wording::heading(&period, plan.settings), Route::digest(&period)))
}

/// A Message-ID as a word of a shell command; empty for a generated one.
fn b4_id(id: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "@%+=:,./-_".contains(c);
    if id.ends_with(NOWHERE) {
        Cow::default()
    } else if id.chars().all(is_plain) {
        id.into()
    } else {
        format!("'{}'", id.replace('\'', r"'\''")).into()
    }
}
