//! A revision of a series: what has become of it, its patches, and who answered.

use std::{borrow::Cow, collections::BTreeSet};

use super::{
    Plan,
    discussion::Discussion,
    frame::{About, Links},
    revisions,
    route::Route,
    row,
    thin::Lack,
    view::{Link, PatchRow, PatchView, SeriesView},
    words,
};
use crate::{
    markup::diff::Colours,
    message::same_person,
    redact::NOWHERE,
    series::{MailIx, Revision, Series, SeriesIx, Slot},
};

impl<'a> Plan<'a> {
    /// The view of `series.html`.
    pub(crate) fn revision(&self, route: &Route, ix: SeriesIx, number: usize) -> SeriesView<'a> {
        let series = &self.corpus.series[ix.at()];
        let revision = &series.revisions[number];
        let links = self.links(route);
        let members = self.places.members(ix, number);
        let standing: BTreeSet<MailIx> = revision.members().collect();
        let discussion = Discussion::new(self.corpus, members, |mail| standing.contains(&mail));
        let newest = number + 1 == series.revisions.len();
        let lack = self.lack(ix, number);
        let first = revision.members().next();
        let first = first.or_else(|| members.first().copied());
        let patches = self.patches(&links, ix, number, &discussion);
        SeriesView {
            page: self.frame(route, self.about_revision(series, number)),
            title: some_title(&revision.title),
            tags: self.tags(revision),
            author: self.person(&links, &revision.author),
            folder: if self.is_told(revision) { None } else { self.folder_of(&links, ix) },
            version: revisions::label(series, number),
            posted: revision.posted.map(|date| words::moment(date, &self.settings.zone)),
            lists: self.list_names(members),
            state: self.state(&links, ix, number),
            revisions: self.switch(&links, ix, number),
            newest_url: if newest {
                String::new()
            } else {
                links.to(&Route::Series(series.slug.clone()))
            },
            from_digest: self.is_told(revision),
            expected: revision.expected,
            missing: revision.missing().count(),
            carried: revision.slots.iter().filter(|slot| slot.carried.is_some()).count(),
            rows: self.patch_rows(&links, series, revision, &discussion),
            ledger: self.ledger(&links, series, revision),
            churn: words::churn(self.files(revision)),
            files: self.files(revision).map(|file| &*file.path).collect::<BTreeSet<_>>().len(),
            machines: self.machines(&links, revision, lack),
            sort: series.sort.word(),
            patches_count: revision.slots.len(),
            replies: self.corpus.answers(revision).count(),
            people: self.corpus.people(self.corpus.answers(revision)),
            changes_html: self
                .changes(revision)
                .filter(|_| lack != Lack::Texts)
                .map_or(String::new(), |text| self.prose(&links, &words::dedented(&text))),
            lack: lack.word(),
            compared: self.tally(&links, ix, number),
            evidence: self.evidence(&links, ix, number),
            kin: self.kin(&links, ix),
            claims: self.claims(&links, ix),
            cover: revision.cover.map(|mail| {
                self.patch(&links, mail, "cover".into(), None, &discussion, &Colours::beside(0))
            }),
            patches,
            others: self.replies(&links, &discussion, &discussion.strays(), 3),
            mbox_url: match newest && self.offers_mbox(ix) {
                true => links.to(&Route::Mbox(series.slug.clone())),
                false => String::new(),
            },
            feed_url: match series.revisions.iter().any(|r| r.posted.is_some()) {
                true => links.to(&Route::SeriesFeed(series.slug.clone())),
                false => String::new(),
            },
            message_id: first.map_or(Cow::default(), |mail| b4_id(&self.mail(mail).message.id)),
            archive_url: first.map_or(String::new(), |mail| self.archive_url(mail)),
        }
    }

    fn patches(
        &self,
        links: &Links<'_>,
        ix: SeriesIx,
        at: usize,
        discussion: &Discussion,
    ) -> Vec<PatchView<'a>> {
        let series = &self.corpus.series[ix.at()];
        let revision = &series.revisions[at];
        let is_spread = self.lack(ix, at) == Lack::Nothing && self.is_spread(revision);
        let colours = Colours::beside(self.diff_lines(revision));
        let mut patches: Vec<PatchView<'a>> = Vec::new();
        for slot in &revision.slots {
            let Some(mail) = slot.sent() else { continue };
            let apart = is_spread.then(|| self.diff_route(series, revision, slot));
            let (apart, anchor) = (apart.as_ref(), slot_anchor(revision, slot));
            patches.push(PatchView {
                number: number(revision, slot),
                reviews: self.said(links, series, slot),
                applied: slot.applied.as_ref().map(|applied| self.fate(links, applied)),
                ..self.patch(links, mail, anchor, apart, discussion, &colours)
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

    /// A row a patch; patches that never arrived share a row where several follow each other.
    fn patch_rows(
        &self,
        links: &Links<'_>,
        series: &Series,
        revision: &'a Revision,
        discussion: &Discussion,
    ) -> Vec<PatchRow<'a>> {
        let runs = revision.slots.chunk_by(|a, b| a.mail.is_none() && b.mail.is_none());
        let row = |run: &'a [Slot]| {
            let mut row = self.patch_row(links, series, revision, &run[0], discussion);
            if let [first, .., last] = run {
                row.number = format!("{}–{}/{}", first.number, last.number, revision.expected);
            }
            row
        };
        runs.map(row).collect()
    }

    fn patch_row(
        &self,
        links: &Links<'_>,
        series: &Series,
        revision: &'a Revision,
        slot: &'a Slot,
        discussion: &Discussion,
    ) -> PatchRow<'a> {
        let mail = slot.mail.map(|mail| self.mail(mail));
        let author =
            mail.map(|m| &m.author).filter(|author| !same_person(author, &revision.author));
        let files = mail.map_or(&[][..], |mail| &mail.files);
        PatchRow {
            number: format!("{}/{}", slot.number, revision.expected.max(1)),
            title: mail.map_or("", row::title),
            url: match (slot.mail, slot.carried) {
                (None, _) => String::new(),
                (Some(_), None) => format!("#{}", slot_anchor(revision, slot)),
                (Some(mail), Some(_)) => self.link_to(links, mail),
            },
            missing: mail.is_none(),
            carried: match slot.carried.map(|from| from as usize) {
                Some(from) if from < series.revisions.len() => revisions::label(series, from),
                _ => String::new(),
            },
            author: author.map(words::person),
            files: files.len(),
            churn: words::churn(files.iter()),
            verdicts: self.verdicts(links, series, slot),
            applied: slot
                .applied
                .as_ref()
                .map(|applied| self.fate_in_short(links, revision, applied)),
            replies: slot.sent().map_or(0, |mail| self.answers_below(discussion, mail)),
        }
    }

    fn about_revision(&self, series: &Series, number: usize) -> About {
        let (revision, newest) = (&series.revisions[number], number + 1 == series.revisions.len());
        let version = revisions::label(series, number);
        let title = match (series.revisions.len(), newest) {
            (1, _) => some_title(&revision.title).to_owned(),
            _ => format!("{} ({version})", some_title(&revision.title)),
        };
        let description = format!(
            "{} by {}: {}, {}.",
            if revision.rfc { "Request for comments" } else { "Patches" },
            words::person(&revision.author).name,
            words::plural(revision.slots.len(), "patch", "patches"),
            words::plural(self.corpus.answers(revision).count(), "answer", "answers"),
        );
        let dated = series.revisions.iter().any(|revision| revision.posted.is_some());
        let feeds = match dated {
            true => vec![(
                "New revisions of this series".into(),
                Route::SeriesFeed(series.slug.clone()),
            )],
            false => vec![],
        };
        let mut crumbs = self.digest_crumb(revision);
        if !newest {
            crumbs.push(("Newest revision".into(), Route::Series(series.slug.clone())));
        }
        About { kind: "series", title, description, feeds, crumbs }
    }

    /// The digest of the period in which a revision was posted.
    pub(super) fn digest_crumb(&self, revision: &Revision) -> Vec<(String, Route)> {
        let Some(posted) = revision.posted else { return Vec::new() };
        let spans = self.digests.partition_point(|digest| match digest.period {
            crate::digest::Period::Span { start, .. } => start <= posted,
            crate::digest::Period::Range { .. } => false,
        });
        let digest = spans.checked_sub(1).map(|number| self.digests[number]);
        let label =
            |digest: &crate::digest::Digest| words::heading(&digest.period, &self.settings.zone);
        digest.map(|digest| (label(digest), Route::digest(&digest.period))).into_iter().collect()
    }
}

/// `p3`; where several slots have one number, the later ones get a letter more.
pub(super) fn slot_anchor(revision: &Revision, slot: &Slot) -> String {
    let before = revision.slots.iter().take_while(|other| !std::ptr::eq(*other, slot));
    match before.filter(|other| other.number == slot.number).count() {
        0 => format!("p{}", slot.number),
        copies => format!("p{}-{}", slot.number, copies + 1),
    }
}

/// `3/8`; nothing for a single patch.
pub(super) fn number(revision: &Revision, slot: &Slot) -> String {
    match revision.expected {
        0 | 1 if revision.slots.len() == 1 => String::new(),
        expected => format!("{}/{expected}", slot.number),
    }
}

/// A Message-ID as a word of a shell's command; nothing for one that was made here.
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

pub(crate) fn some_title(title: &str) -> &str {
    if title.trim().is_empty() { "(no subject)" } else { title }
}
