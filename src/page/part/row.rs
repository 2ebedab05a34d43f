//! Series, threads and digests as rows of lists: on the front page, in digests, on pages of lists, people and
//! folders.
//!
//! In: a series, a thread or a digest, and how much to show of it ([`Detail`]). Out: a [`SeriesRow`], a
//! [`ThreadRow`] or a [`DigestRow`]. Never here: which rows a page has.

pub(crate) mod view;

use std::{borrow::Cow, collections::HashSet};

use crate::{
    digest::{Activity, Conversation, Digest, Verdict},
    markup::excerpt,
    message::Version,
    page::part::{
        links::Links,
        report,
        row::view::{DigestRow, SeriesRow, ThreadRow},
        status, titles,
        view::Link,
        wording,
    },
    patch::release,
    plan::{
        Read, Reader, Route,
        names::{self, some_title},
    },
    series::{Corpus, MailIx, Revision, SeriesIx, StateKind, changelog},
    words::Words,
};

/// Series by the date of their newest revision, the newest first.
pub(crate) fn newest_first(corpus: Read<'_, Corpus>, series: &[SeriesIx]) -> Vec<SeriesIx> {
    let mut order = series.to_vec();
    let date = |ix: &SeriesIx| corpus.series(*ix).newest().posted;
    order.sort_by_key(|ix| std::cmp::Reverse((date(ix), *ix)));
    order
}

/// A lighter conversation does not stand out: a patch with a review and a line of thanks has 1,130.
pub(crate) const STANDS_OUT: i32 = 1_200;

/// How much a row tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// With an excerpt.
    About,
    /// With the author's list of changes, otherwise with an excerpt.
    Changes,
    /// One line.
    Brief,
    /// One line that unfolds to the excerpt and the changes.
    Folded,
}

/// Whether rows have excerpts and lists of changes. These come from the texts of mails, which are read for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Excerpts {
    /// They do.
    With,
    /// They do not: for counts, and for formats of one line each.
    Without,
}

impl Excerpts {
    /// How much a row tells that would tell `detail`.
    pub(crate) fn of(self, detail: Detail) -> Detail {
        match self {
            Self::With => detail,
            Self::Without => Detail::Brief,
        }
    }
}

/// How many bytes of text an excerpt has.
pub(crate) const EXCERPT: usize = 280;
/// The same for a folded row: there are more of these.
const FOLDED: usize = 200;
/// How many bytes of a title a list has.
pub(crate) const TITLE: usize = 240;
/// How many reviews a row names.
const VERDICTS: usize = 6;
/// How many releases a digest in a list has.
const RELEASES: usize = 5;
/// How many points of a changelog a row has.
const POINTS: usize = 4;

/// A series, by its newest revision.
pub(crate) fn newest_row<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    ix: SeriesIx,
    detail: Detail,
) -> SeriesRow<'a> {
    let last = plan.corpus.series(ix).revisions.len() - 1;
    row(plan, links, ix, last, detail)
}

/// A series in a period: the last revision posted in it, otherwise the newest at its end.
pub(crate) fn activity_row<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    activity: &Activity,
    detail: Detail,
) -> SeriesRow<'a> {
    let revision = *activity.posted.last().unwrap_or(&activity.newest);
    let mut row = row(plan, links, activity.series, revision as usize, detail);
    row.replies_now = activity.replies;
    row.verdicts = given_now(links, activity);
    row
}

/// The reviews of a period, each kind once per person.
fn given_now(links: &Links<'_>, activity: &Activity) -> Vec<Link> {
    let mut seen = HashSet::new();
    let new = activity.verdicts.iter().filter(|verdict| {
        let key = (verdict.key.to_lowercase(), verdict.person.key());
        seen.insert(key)
    });
    let link = |verdict: &Verdict| Link {
        label: format!("{} {}", verdict.key, wording::person(&verdict.person).name),
        url: links.mail(verdict.mail),
    };
    new.take(VERDICTS).map(link).collect()
}

fn row<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    ix: SeriesIx,
    number: usize,
    detail: Detail,
) -> SeriesRow<'a> {
    let series = plan.corpus.series(ix);
    let revision = &series.revisions[number];
    let churn = wording::churn(plan.corpus.files(revision));
    let changes = match detail {
        Detail::Changes | Detail::Folded => {
            changelog::told_points(&plan.corpus.changes(revision), POINTS)
        }
        Detail::About | Detail::Brief => Vec::new(),
    };
    let with_excerpt = match detail {
        Detail::About | Detail::Folded => true,
        Detail::Changes => changes.is_empty(),
        Detail::Brief => false,
    };
    SeriesRow {
        title: excerpt::shortened(some_title(&revision.title), TITLE),
        url: links.revision(ix, number),
        label: String::new(),
        author: wording::person(&revision.author),
        version: shown_version(revision.version),
        posted: revision.posted.map(|date| wording::moment(date, plan.settings)),
        tags: titles::tags(plan.settings, revision),
        lists: titles::list_names(plan.corpus, plan.places.members(ix, number)),
        patches: revision.slots.len(),
        missing: if plan.corpus.is_told(revision) { 0 } else { revision.missing().count() },
        added: churn.added,
        deleted: churn.deleted,
        added_steps: churn.added_steps,
        deleted_steps: churn.deleted_steps,
        place: wording::place(plan.corpus.files(revision)),
        replies: plan.corpus.answers(revision).count(),
        replies_now: 0,
        verdicts: Vec::new(),
        happened: None,
        since: String::new(),
        reviewed: plan.corpus.reviewed(revision),
        state: series.state.kind.word(),
        standing: row_standing(plan.corpus, &plan.settings.words, ix, number),
        excerpt: match (with_excerpt, detail) {
            (false, _) => String::new(),
            (true, Detail::Folded) => excerpt(plan.corpus, revision, FOLDED),
            (true, _) => excerpt(plan.corpus, revision, EXCERPT),
        },
        changes,
        is_open: false,
        group: None,
        ends_group: false,
    }
}

/// The state of a revision, if a row shows it; for one that is not the newest, the state of the newest: `v3:
/// applied`.
fn row_standing<'w>(
    corpus: Read<'_, Corpus>,
    words: &'w Words,
    ix: SeriesIx,
    number: usize,
) -> Cow<'w, str> {
    let series = corpus.series(ix);
    let last = series.revisions.len() - 1;
    let label = status::label_of(words, series.state.kind, series.state.rest);
    match series.state.kind {
        _ if number < last => format!("{}: {label}", names::label(words, series, last)).into(),
        StateKind::New | StateKind::Discussed => "".into(),
        _ => label.into(),
    }
}

/// A thread that belongs to no series, given one of its mails.
pub(crate) fn thread_row<'a>(plan: Reader<'a>, links: &Links<'_>, mail: MailIx) -> ThreadRow<'a> {
    let letter = plan.corpus.stored(mail);
    let route = plan.places.route(mail);
    let thread = plan.places.thread_of(mail);
    let report = thread.and_then(|thread| plan.corpus.report(thread.mails[0]));
    ThreadRow {
        state: report.map_or("", |report| report.state.word()),
        standing: report.map_or("", |one| report::standing(&plan.settings.words, one)),
        title: excerpt::shortened(titles::thread_title(plan.corpus, plan.settings, mail), TITLE),
        url: match thread.is_some_and(|t| t.mails[0] == mail) {
            true => links.to(&route),
            false => links.anchored(&route, plan.places.anchor(mail)),
        },
        author: wording::person(&letter.mail.author),
        posted: letter.mail.message.date.map(|d| wording::moment(d, plan.settings)),
        messages: thread.map_or(1, |thread| thread.mails.len()),
    }
}

/// A digest in a list of digests.
pub(crate) fn digest_row(plan: Reader<'_>, links: &Links<'_>, digest: &Digest) -> DigestRow {
    let settings = plan.settings;
    let count = |wanted: fn(&&Activity) -> bool| digest.activities.iter().filter(wanted).count();
    DigestRow {
        heading: wording::heading(&digest.period, settings),
        span: wording::span(&digest.period, settings),
        url: links.to(&Route::digest(&digest.period)),
        messages: digest.messages.len(),
        new: count(|a| a.is_new && !a.is_traffic),
        revised: count(|a| a.is_revised() && !a.is_traffic),
        applied: count(|a| a.applied.is_some()),
        headline: headline(plan, links, digest),
        releases: releases(plan, links, digest),
    }
}

/// What mattered most in a digest.
fn headline(plan: Reader<'_>, links: &Links<'_>, digest: &Digest) -> Option<Link> {
    let first = digest.conversations.first().filter(|one| one.weight >= STANDS_OUT)?;
    Some(conversation_link(plan, links, first))
}

/// The title of a conversation, and its page.
pub(crate) fn conversation_link(plan: Reader<'_>, links: &Links<'_>, one: &Conversation) -> Link {
    let thread = one.threads[0];
    let (title, url) = match one.series {
        Some(ix) => {
            let series = plan.corpus.series(ix);
            (some_title(&series.title), links.to(&Route::Series(series.slug.clone())))
        }
        None => (titles::thread_title(plan.corpus, plan.settings, thread), links.mail(thread)),
    };
    Link { label: excerpt::shortened(title, TITLE).into_owned(), url }
}

/// The releases that threads of a digest announce.
fn releases(plan: Reader<'_>, links: &Links<'_>, digest: &Digest) -> Vec<Link> {
    let mut announced: Vec<Link> = Vec::new();
    let mut mails = digest.other.clone();
    mails.sort_unstable();
    for ix in mails {
        let subject = &plan.corpus.mail(ix).message.subject;
        let label = release(&subject.full).filter(|_| !subject.is_reply);
        if let Some(label) = label
            && announced.iter().all(|known| known.label != label)
        {
            announced.push(Link { label, url: links.mail(ix) });
        }
    }
    announced.truncate(RELEASES);
    announced
}

/// The author's changelog of a revision: from the cover letter, otherwise from the first patch that has one.
pub(crate) fn changes(corpus: Read<'_, Corpus>, revision: &Revision) -> Option<Box<str>> {
    let mut told = corpus.changes(revision);
    let telling = told.iter().position(|changes| !changelog::says_nothing(&changes.text));
    (!told.is_empty()).then(|| told.swap_remove(telling.unwrap_or(0)).text)
}

pub(crate) fn excerpt(corpus: Read<'_, Corpus>, revision: &Revision, limit: usize) -> String {
    let Some(mail) = revision.cover.or_else(|| revision.slots.iter().find_map(|s| s.mail)) else {
        return String::new();
    };
    let mail = corpus.mail(mail);
    excerpt::of(mail.anatomy.message.of(&corpus.text(mail)), limit)
}

/// Empty for version 1, which few subjects name.
fn shown_version(version: Version) -> String {
    match version {
        Version { major: 0 | 1, minor: 0, suffix: 0 } => String::new(),
        version => version.to_string(),
    }
}
