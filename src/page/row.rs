//! Series, threads and digests as rows of lists.

use std::{borrow::Cow, collections::HashSet};

use super::{
    Plan,
    frame::Links,
    revisions,
    route::Route,
    series::some_title,
    standing,
    view::{DigestRow, Link, SeriesRow, ThreadRow},
    words,
};
use crate::{
    digest::{Activity, Digest, Verdict},
    message::Version,
    patch::{FileChange, Mail},
    series::{MailIx, Revision, SeriesIx, StateKind, changelog},
};

/// How much a row tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// With an excerpt of what it is about.
    About,
    /// With what the author says has changed, else with an excerpt.
    Changes,
    /// One line.
    Brief,
    /// One line that unfolds to what it is about and what has changed.
    Folded,
}

/// How many bytes of text an excerpt has.
pub(super) const EXCERPT: usize = 280;
/// How many where a row is folded: there are more of these.
const FOLDED: usize = 200;
/// How many bytes of a title a list has.
pub(super) const TITLE: usize = 240;
/// How many verdicts a row names.
const VERDICTS: usize = 6;
/// How many points of a changelog a row has.
const POINTS: usize = 4;

impl<'a> Plan<'a> {
    /// A series as its newest revision.
    pub(crate) fn newest_row(
        &self,
        links: &Links<'_>,
        ix: SeriesIx,
        detail: Detail,
    ) -> SeriesRow<'a> {
        let last = self.corpus.series[ix.at()].revisions.len() - 1;
        self.row(links, ix, last, detail)
    }

    /// A series in a period: the last revision posted in it, else the newest when it ended.
    pub(crate) fn activity_row(
        &self,
        links: &Links<'_>,
        activity: &Activity,
        detail: Detail,
    ) -> SeriesRow<'a> {
        let revision = *activity.posted.last().unwrap_or(&activity.newest);
        let mut row = self.row(links, activity.series, revision as usize, detail);
        row.replies_now = activity.replies;
        row.verdicts = self.given_now(links, activity);
        row
    }

    /// The verdicts of a period, each person's once with each verdict.
    fn given_now(&self, links: &Links<'_>, activity: &Activity) -> Vec<Link> {
        let mut seen = HashSet::new();
        let new = activity.verdicts.iter().filter(|verdict| {
            let key = (verdict.key.to_lowercase(), verdict.person.key());
            seen.insert(key)
        });
        let link = |verdict: &Verdict| Link {
            label: format!("{} {}", verdict.key, words::person(&verdict.person).name),
            url: self.link_to(links, verdict.mail),
        };
        new.take(VERDICTS).map(link).collect()
    }

    fn row(&self, links: &Links<'_>, ix: SeriesIx, number: usize, detail: Detail) -> SeriesRow<'a> {
        let series = &self.corpus.series[ix.at()];
        let revision = &series.revisions[number];
        let churn = words::churn(self.files(revision));
        let changes = match detail {
            Detail::Changes | Detail::Folded => {
                changelog::told_points(&changelog::changes(self.corpus, revision), POINTS)
            }
            Detail::About | Detail::Brief => Vec::new(),
        };
        let with_excerpt = match detail {
            Detail::About | Detail::Folded => true,
            Detail::Changes => changes.is_empty(),
            Detail::Brief => false,
        };
        SeriesRow {
            title: words::shortened(some_title(&revision.title), TITLE),
            url: links.to(&self.revision_route(ix, number)),
            author: words::person(&revision.author),
            version: shown_version(revision.version),
            posted: revision.posted.map(|date| words::moment(date, &self.settings.zone)),
            tags: self.tags(revision),
            lists: self.list_names(self.places.members(ix, number)),
            patches: revision.slots.len(),
            missing: if self.is_told(revision) { 0 } else { revision.missing().count() },
            added: churn.added,
            deleted: churn.deleted,
            added_steps: churn.added_steps,
            deleted_steps: churn.deleted_steps,
            place: words::place(self.files(revision)),
            replies: self.corpus.answers(revision).count(),
            replies_now: 0,
            verdicts: Vec::new(),
            happened: None,
            reviewed: self.corpus.reviewed(revision),
            state: series.state.kind.word(),
            standing: self.row_standing(ix, number),
            excerpt: match (with_excerpt, detail) {
                (false, _) => String::new(),
                (true, Detail::Folded) => self.excerpt(revision, FOLDED),
                (true, _) => self.excerpt(revision, EXCERPT),
            },
            changes,
            is_open: false,
        }
    }

    /// What became of a revision, where a row says so; of one that is not the newest, what became of that: `v3: applied`.
    fn row_standing(&self, ix: SeriesIx, number: usize) -> Cow<'static, str> {
        let series = &self.corpus.series[ix.at()];
        let last = series.revisions.len() - 1;
        let label = standing::label(series.state.kind);
        match series.state.kind {
            _ if number < last => format!("{}: {label}", revisions::label(series, last)).into(),
            StateKind::New | StateKind::Discussed => "".into(),
            _ => label.into(),
        }
    }

    /// A thread that belongs to no series, by one of its mails.
    pub(crate) fn thread_row(&self, links: &Links<'_>, mail: MailIx) -> ThreadRow<'a> {
        let letter = self.corpus.letter(mail);
        let route = self.places.route(self.corpus, mail);
        let thread = self.places.thread(mail);
        ThreadRow {
            title: words::shortened(self.thread_title(mail), TITLE),
            url: match thread.is_some_and(|t| t.mails[0] == mail) {
                true => links.to(&route),
                false => links.anchored(&route, self.places.anchor(mail)),
            },
            author: words::person(&letter.mail.author),
            posted: letter.mail.message.date.map(|d| words::moment(d, &self.settings.zone)),
            messages: thread.map_or(1, |thread| thread.mails.len()),
        }
    }

    /// A digest in a list of digests.
    pub(crate) fn digest_row(&self, links: &Links<'_>, digest: &Digest) -> DigestRow {
        let count =
            |wanted: fn(&&Activity) -> bool| digest.activities.iter().filter(wanted).count();
        DigestRow {
            heading: words::heading(&digest.period, &self.settings.zone),
            span: words::span(&digest.period, &self.settings.zone),
            url: links.to(&Route::digest(&digest.period)),
            messages: digest.messages.len(),
            new: count(|a| a.is_new),
            revised: count(|a| !a.is_new && !a.posted.is_empty()),
            applied: count(|a| a.applied.is_some()),
        }
    }

    /// What a revision's subjects say in brackets, but for what a list puts in front of all of its subjects.
    pub(super) fn tags(&self, revision: &'a Revision) -> Vec<&'a str> {
        revision.tags.iter().map(|tag| &**tag).filter(|tag| !self.names_list(tag)).collect()
    }

    /// The title of a mail that belongs to no series, without what a list puts in front of all of its subjects:
    /// `[LTP]` on ltp@lists.linux.it.
    pub fn thread_title(&self, mail: MailIx) -> &'a str {
        let mail = self.mail(mail);
        let subject = match mail.message.subject.title.trim() {
            "" => title(mail),
            subject => subject,
        };
        let bracket = subject.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        match bracket.map(|(tag, rest)| (tag, rest.trim_start())) {
            Some((tag, rest)) if !rest.is_empty() && self.names_list(tag) => rest,
            _ => subject,
        }
    }

    /// A word is the name of one of the site's lists, or the first part of its address.
    fn names_list(&self, word: &str) -> bool {
        self.settings.lists.iter().any(|list| {
            let (first, _) = list.address.split_once('@').unwrap_or_default();
            word.eq_ignore_ascii_case(&list.name) || word.eq_ignore_ascii_case(first)
        })
    }

    /// The names of the lists that `mails` were on, in the order of the site, where it has several.
    pub(crate) fn list_names(&self, mails: &[MailIx]) -> Vec<&'a str> {
        let lists = &self.corpus.lists;
        if lists.len() < 2 {
            return Vec::new();
        }
        let mut seen = vec![false; lists.len()];
        for mail in mails {
            for (list, _) in &self.corpus.letter(*mail).copies {
                seen[usize::from(list.0)] = true;
            }
        }
        lists.iter().zip(seen).filter(|(_, seen)| *seen).map(|(name, _)| &**name).collect()
    }

    /// The changes of all patches of a revision.
    pub(crate) fn files(
        &self,
        revision: &'a Revision,
    ) -> impl Iterator<Item = &'a FileChange> + use<'a> {
        let corpus = self.corpus;
        let patches = revision.slots.iter().filter_map(|slot| slot.mail);
        patches.flat_map(|mail| &corpus.letter(mail).mail.files)
    }

    /// A revision is known from a text digest only.
    pub(crate) fn is_told(&self, revision: &Revision) -> bool {
        let Some(first) = revision.members().next() else { return false };
        self.corpus.given.iter().any(|given| given.mails.contains(&first))
    }

    /// What the author says has changed in a revision: in the cover letter, else in the first patch that says
    /// something.
    pub(crate) fn changes(&self, revision: &Revision) -> Option<Box<str>> {
        let mut told = changelog::changes(self.corpus, revision);
        let telling = told.iter().position(|changes| !changelog::says_nothing(&changes.text));
        (!told.is_empty()).then(|| told.swap_remove(telling.unwrap_or(0)).text)
    }

    pub(super) fn excerpt(&self, revision: &Revision, limit: usize) -> String {
        let Some(mail) = revision.cover.or_else(|| revision.slots.iter().find_map(|s| s.mail))
        else {
            return String::new();
        };
        let mail = self.mail(mail);
        words::excerpt(mail.anatomy.message.of(&mail.message.text()), limit)
    }
}

/// The title of a mail; something to click on where it has none.
pub(crate) fn title(mail: &Mail) -> &str {
    match mail.title.trim() {
        "" => "(no subject)",
        title => title,
    }
}

/// Nothing for version 1, which few subjects name.
fn shown_version(version: Version) -> String {
    match version {
        Version { major: 0 | 1, minor: 0, suffix: 0 } => String::new(),
        version => version.to_string(),
    }
}
