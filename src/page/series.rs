//! A revision of a series: what has become of it, its patches, and who answered.

use std::collections::BTreeSet;

use super::{
    Plan,
    discussion::Discussion,
    frame::{About, Links},
    letter::same_person,
    mbox,
    route::Route,
    row,
    view::{Link, PatchRow, PatchView, RevisionLink, SeriesView, StateView},
    words,
};
use crate::series::{Confidence, Evidence, MailIx, Revision, Series, SeriesIx, Slot};

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
        let first = revision.cover.or_else(|| revision.slots.iter().find_map(|slot| slot.mail));
        let first = first.or_else(|| members.first().copied());
        let patches = self.patches(&links, revision, &discussion);
        SeriesView {
            page: self.frame(route, self.about_revision(series, revision, newest)),
            title: some_title(&revision.title),
            tags: revision.tags.iter().map(|tag| &**tag).collect(),
            author: words::person(&revision.author),
            version: revision.label(),
            posted: revision.posted.map(|date| words::moment(date, &self.settings.zone)),
            lists: self.list_names(members),
            state: self.state(&links, series),
            revisions: self.switch(&links, ix, number),
            newest_url: if newest {
                String::new()
            } else {
                links.to(&Route::Series(series.slug.clone()))
            },
            from_digest: self.is_told(revision),
            expected: revision.expected,
            missing: revision.missing().count(),
            rows: self.patch_rows(&links, revision, &discussion),
            churn: words::churn(self.files(revision)),
            files: self.files(revision).map(|file| &*file.path).collect::<BTreeSet<_>>().len(),
            replies: revision.replies.len(),
            people: self.people(&revision.replies),
            changes_html: self
                .changes(revision)
                .map_or(String::new(), |text| self.prose(&links, text)),
            evidence: evidence(revision),
            cover: revision
                .cover
                .map(|mail| self.patch(&links, mail, "cover".into(), "", &[], &discussion)),
            patches,
            others: self.replies(&links, &discussion.strays(), 3),
            mbox_url: match newest && mbox::is_whole(self.corpus, ix) {
                true => links.to(&Route::Mbox(series.slug.clone())),
                false => String::new(),
            },
            feed_url: match series.revisions.iter().any(|r| r.posted.is_some()) {
                true => links.to(&Route::SeriesFeed(series.slug.clone())),
                false => String::new(),
            },
            message_id: first.map_or("", |mail| &self.mail(mail).message.id),
            archive_url: first.map_or(String::new(), |mail| self.archive_url(mail)),
        }
    }

    fn patches(
        &self,
        links: &Links<'_>,
        revision: &'a Revision,
        discussion: &Discussion,
    ) -> Vec<PatchView<'a>> {
        let mut patches: Vec<PatchView<'a>> = Vec::new();
        for slot in &revision.slots {
            let Some(mail) = slot.mail else { continue };
            let (anchor, number) = (slot_anchor(revision, slot), number(revision, slot));
            patches.push(self.patch(links, mail, anchor, &number, &slot.reviews, discussion));
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
        revision: &'a Revision,
        discussion: &Discussion,
    ) -> Vec<PatchRow<'a>> {
        let runs = revision.slots.chunk_by(|a, b| a.mail.is_none() && b.mail.is_none());
        let row = |run: &'a [Slot]| {
            let mut row = self.patch_row(links, revision, &run[0], discussion);
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
        revision: &'a Revision,
        slot: &'a Slot,
        discussion: &Discussion,
    ) -> PatchRow<'a> {
        let mail = slot.mail.map(|mail| self.mail(mail));
        let author =
            mail.map(|m| &m.author).filter(|author| !same_person(author, &revision.author));
        let files = mail.map_or(&[][..], |mail| mail.files.as_slice());
        PatchRow {
            number: format!("{}/{}", slot.number, revision.expected.max(1)),
            title: mail.map_or("", row::title),
            url: mail.map_or(String::new(), |_| format!("#{}", slot_anchor(revision, slot))),
            missing: mail.is_none(),
            author: author.map(words::person),
            files: files.len(),
            churn: words::churn(files.iter()),
            reviews: self.reviews(links, &slot.reviews),
            replies: slot.mail.map_or(0, |mail| discussion.below(mail).len()),
        }
    }

    fn state(&self, links: &Links<'_>, series: &'a Series) -> StateView<'a> {
        let word = series.state.kind.word();
        let Some(ix) = series.state.mail() else {
            return StateView { word, by: None, when: None, url: String::new() };
        };
        let mail = self.mail(ix);
        StateView {
            word,
            by: Some(words::person(&mail.author)),
            when: mail.message.date.map(|date| words::moment(date, &self.settings.zone)),
            url: self.link_to(links, ix),
        }
    }

    fn switch(&self, links: &Links<'_>, ix: SeriesIx, current: usize) -> Vec<RevisionLink> {
        let revisions = self.corpus.series[ix.at()].revisions.iter().enumerate();
        let link = |(number, revision): (usize, &Revision)| RevisionLink {
            label: revision.label(),
            url: links.to(&self.revision_route(ix, number)),
            posted: revision.posted.map(|date| words::moment(date, &self.settings.zone)),
            current: number == current,
        };
        revisions.map(link).collect()
    }

    fn people(&self, mails: &[MailIx]) -> usize {
        let address = |mail: &MailIx| self.mail(*mail).message.from.address.to_lowercase();
        mails.iter().map(address).collect::<BTreeSet<_>>().len()
    }

    fn about_revision(&self, series: &Series, revision: &Revision, newest: bool) -> About {
        let version = revision.label();
        let title = match (series.revisions.len(), newest) {
            (1, _) => some_title(&revision.title).to_owned(),
            _ => format!("{} ({version})", some_title(&revision.title)),
        };
        let description = format!(
            "{} by {}: {}, {}.",
            if revision.rfc { "Request for comments" } else { "Patches" },
            words::person(&revision.author).name,
            words::plural(revision.slots.len(), "patch", "patches"),
            words::plural(revision.replies.len(), "answer", "answers"),
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
    fn digest_crumb(&self, revision: &Revision) -> Vec<(String, Route)> {
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
fn slot_anchor(revision: &Revision, slot: &Slot) -> String {
    let before = revision.slots.iter().take_while(|other| !std::ptr::eq(*other, slot));
    match before.filter(|other| other.number == slot.number).count() {
        0 => format!("p{}", slot.number),
        copies => format!("p{}-{}", slot.number, copies + 1),
    }
}

/// `3/8`; nothing for a single patch.
fn number(revision: &Revision, slot: &Slot) -> String {
    match revision.expected {
        0 | 1 if revision.slots.len() == 1 => String::new(),
        expected => format!("{}/{expected}", slot.number),
    }
}

pub(crate) fn some_title(title: &str) -> &str {
    if title.trim().is_empty() { "(no subject)" } else { title }
}

/// Why a revision is the successor of the one before, in words.
fn evidence(revision: &Revision) -> String {
    let Some(link) = &revision.link else { return String::new() };
    let reason = match &link.evidence {
        Evidence::ChangeId(_) => "the same change-id",
        Evidence::Cites(_) => "its author links to the revision before",
        Evidence::Answers(_) => "it was sent in answer to the revision before",
        Evidence::Supersedes(_) => "its author says that it supersedes the revision before",
        Evidence::AuthorAndTitle => "the same author and title",
        Evidence::SharedPatches(_) => "patches in common",
        Evidence::SimilarTitle => "the same author and nearly the same title",
        Evidence::Editor => "the editor says so",
    };
    match link.confidence {
        Confidence::Low => format!("probably the same series: {reason}"),
        Confidence::Medium => format!("likely the same series: {reason}"),
        Confidence::High | Confidence::Certain => reason.to_owned(),
    }
}
