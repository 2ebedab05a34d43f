//! A line a revision: its patches with their changes, trailers and reviews.

use std::collections::HashSet;

use serde::Serialize;

use super::{SCHEMA, Who, date};
use crate::{
    date::Cadence,
    digest::Period,
    patch::{FileChange, Mail},
    series::{Confidence, Corpus, Evidence, Link, Revision, Series, Slot},
};

/// A revision as a line.
#[derive(Serialize)]
pub(super) struct RevisionLine<'a> {
    schema: u32,
    kind: &'static str,
    list: &'a str,
    series: &'a str,
    revision: u32,
    title: &'a str,
    tags: &'a [Box<str>],
    rfc: bool,
    resend: bool,
    author: Who<'a>,
    posted: Option<String>,
    period: Option<String>,
    expected: u32,
    missing: Vec<u32>,
    cover: Option<CoverValue<'a>>,
    patches: Vec<PatchValue<'a>>,
    replies: usize,
    participants: usize,
    previous: Option<u32>,
    next: Option<u32>,
    state: &'static str,
    url: String,
    version: String,
    posting: u32,
    link: Option<LinkValue<'a>>,
}

#[derive(Serialize)]
struct CoverValue<'a> {
    message_id: &'a str,
    subject: &'a str,
    author: Who<'a>,
    date: Option<String>,
}

#[derive(Serialize)]
struct PatchValue<'a> {
    number: u32,
    message_id: &'a str,
    subject: &'a str,
    author: Who<'a>,
    date: Option<String>,
    files: Vec<FileValue<'a>>,
    trailers: Vec<TrailerValue<'a>>,
    reviews: Vec<ReviewValue<'a>>,
}

#[derive(Serialize)]
struct FileValue<'a> {
    path: &'a str,
    old_path: Option<&'a str>,
    change: &'static str,
    added: Option<u32>,
    deleted: Option<u32>,
}

#[derive(Serialize)]
struct TrailerValue<'a> {
    key: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct ReviewValue<'a> {
    key: &'a str,
    value: &'a str,
    message_id: &'a str,
    date: Option<String>,
}

#[derive(Serialize)]
struct LinkValue<'a> {
    evidence: &'static str,
    value: Option<&'a str>,
    confidence: &'static str,
}

impl<'a> RevisionLine<'a> {
    /// The revision of this index as a line.
    pub(super) fn new(
        corpus: &'a Corpus,
        series: &'a Series,
        at: usize,
        zone: &jiff::tz::TimeZone,
    ) -> Self {
        let revision = &series.revisions[at];
        let neighbour = |at: Option<usize>| {
            at.and_then(|at| series.revisions.get(at)).map(|revision| revision.version.major)
        };
        let list = revision.members().next().map_or(0, |ix| corpus.letter(ix).list().0);
        let period = revision.posted.map(|p| Period::containing(p, Cadence::Week, zone).label());
        Self {
            schema: SCHEMA,
            kind: "revision",
            list: &corpus.lists[list as usize],
            series: &series.slug,
            revision: revision.version.major,
            title: &revision.title,
            tags: &revision.tags,
            rfc: revision.rfc,
            resend: revision.resend,
            author: (&revision.author).into(),
            posted: date(revision.posted),
            period,
            expected: revision.expected,
            missing: revision.missing().collect(),
            cover: revision.cover.map(|ix| CoverValue::new(&corpus.letter(ix).mail)),
            patches: revision.slots.iter().filter_map(|s| PatchValue::new(corpus, s)).collect(),
            replies: revision.replies.len(),
            participants: participants(corpus, revision),
            previous: neighbour(at.checked_sub(1)),
            next: neighbour(at.checked_add(1)),
            state: series.state_of(at).word(),
            url: format!("series/{}/{}/", series.slug, revision.label()),
            version: revision.version.to_string(),
            posting: revision.posting,
            link: revision.link.as_ref().map(LinkValue::new),
        }
    }
}

/// How many people took part: senders of patches and replies, machines left out.
fn participants(corpus: &Corpus, revision: &Revision) -> usize {
    let mails = revision.members().chain(revision.replies.iter().copied());
    let people = mails.map(|ix| &corpus.letter(ix).mail).filter(|mail| !mail.bot);
    people.map(|mail| corpus.mailmap.key(&mail.message.from)).collect::<HashSet<_>>().len()
}

impl<'a> CoverValue<'a> {
    fn new(mail: &'a Mail) -> Self {
        Self {
            message_id: &mail.message.id,
            subject: &mail.message.subject.title,
            author: (&mail.author).into(),
            date: date(mail.message.date),
        }
    }
}

impl<'a> PatchValue<'a> {
    fn new(corpus: &'a Corpus, slot: &'a Slot) -> Option<Self> {
        let mail = &corpus.letter(slot.mail?).mail;
        let trailers = mail.trailers.iter().map(|t| TrailerValue { key: &t.key, value: &t.value });
        let reviews = slot.reviews.iter().map(|review| {
            let message = &corpus.letter(review.mail).mail.message;
            ReviewValue {
                key: &review.trailer.key,
                value: &review.trailer.value,
                message_id: &message.id,
                date: date(message.date),
            }
        });
        Some(Self {
            number: slot.number,
            message_id: &mail.message.id,
            subject: &mail.title,
            author: (&mail.author).into(),
            date: date(mail.message.date),
            files: mail.files.iter().map(FileValue::new).collect(),
            trailers: trailers.collect(),
            reviews: reviews.collect(),
        })
    }
}

impl<'a> FileValue<'a> {
    fn new(file: &'a FileChange) -> Self {
        Self {
            path: &file.path,
            old_path: file.old_path.as_deref(),
            change: file.change.word(),
            added: file.lines.map(|(added, _)| added),
            deleted: file.lines.map(|(_, deleted)| deleted),
        }
    }
}

impl<'a> LinkValue<'a> {
    fn new(link: &'a Link) -> Self {
        let (evidence, value) = match &link.evidence {
            Evidence::ChangeId(id) => ("change-id", Some(&**id)),
            Evidence::Cites(id) => ("cites", Some(&**id)),
            Evidence::Answers(id) => ("answers", Some(&**id)),
            Evidence::Supersedes(id) => ("supersedes", Some(&**id)),
            Evidence::AuthorAndTitle => ("author-and-title", None),
            Evidence::SharedPatches(_) => ("shared-patches", None),
            Evidence::SimilarTitle => ("similar-title", None),
            Evidence::Editor => ("editor", None),
        };
        let confidence = match link.confidence {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
            Confidence::Certain => "certain",
        };
        Self { evidence, value, confidence }
    }
}
