//! Export: the corpus as JSON Lines, the contract with scripts.
//!
//! In: the corpus. Out: one object a line, keys in a fixed order, message-ids without brackets, dates RFC 3339
//! in UTC, unknown as `null`. `schema` changes with a CHANGELOG entry only; keys may be added at the end.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    config::List,
    date::{Cadence, Timestamp},
    digest::{self, Digest, Period},
    message::Mailbox,
    patch::{FileChange, Mail, Role},
    series::{Confidence, Corpus, Evidence, Letter, MailIx, Revision, Series, Slot},
};

/// The version of the contract.
const SCHEMA: u32 = 1;

/// Writes one line a revision, sorted by date and message-id of its first message.
///
/// # Errors
/// When `out` cannot be written to.
pub fn revisions(
    corpus: &Corpus,
    zone: &jiff::tz::TimeZone,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut all: Vec<(&Series, usize)> = corpus
        .series
        .iter()
        .flat_map(|series| (0..series.revisions.len()).map(move |at| (series, at)))
        .collect();
    all.sort_by_key(|(series, at)| series.revisions[*at].members().min());
    for (series, at) in all {
        line(out, &RevisionLine::new(corpus, series, at, zone))?;
    }
    Ok(())
}

/// Writes one line a mail, by date; a further copy of a message on the same list has `copy` true.
///
/// # Errors
/// When `out` cannot be written to.
pub fn messages(corpus: &Corpus, out: &mut impl Write) -> io::Result<()> {
    for (ix, letter) in MailIx::all(corpus.mails.len()).zip(&corpus.mails) {
        for (number, (list, _)) in letter.copies.iter().enumerate() {
            let message = MessageLine::new(corpus, ix, letter);
            let list = &*corpus.lists[list.0 as usize];
            line(out, &MessageLine { list, copy: number > 0, ..message })?;
        }
    }
    Ok(())
}

/// Writes one line a period and list.
///
/// # Errors
/// When `out` cannot be written to.
pub fn digests(
    corpus: &Corpus,
    lists: &[List],
    cadence: Cadence,
    zone: &jiff::tz::TimeZone,
    out: &mut impl Write,
) -> io::Result<()> {
    for (at, list) in lists.iter().enumerate() {
        let ix = crate::series::ListIx(u16::try_from(at).unwrap_or(u16::MAX));
        for digest in digest::digests(corpus, Some(ix), cadence, zone) {
            line(out, &DigestLine::new(corpus, &list.name, &digest))?;
        }
    }
    Ok(())
}

/// One digest as a line.
///
/// # Errors
/// When `out` cannot be written to.
pub fn digest_line(
    corpus: &Corpus,
    list: &str,
    digest: &Digest,
    out: &mut impl Write,
) -> io::Result<()> {
    line(out, &DigestLine::new(corpus, list, digest))
}

fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// A mailbox as `{"name", "email"}`.
#[derive(Serialize)]
struct Who<'a> {
    name: &'a str,
    email: &'a str,
}

impl<'a> From<&'a Mailbox> for Who<'a> {
    fn from(mailbox: &'a Mailbox) -> Self {
        Self { name: &mailbox.name, email: &mailbox.address }
    }
}

fn date(moment: Option<Timestamp>) -> Option<String> {
    moment.map(Timestamp::rfc3339)
}

#[derive(Serialize)]
struct RevisionLine<'a> {
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
    patch_id: Option<String>,
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
    fn new(corpus: &'a Corpus, series: &'a Series, at: usize, zone: &jiff::tz::TimeZone) -> Self {
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
    people.map(|mail| mail.message.from.key()).collect::<std::collections::HashSet<_>>().len()
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
            patch_id: mail.patch_id.map(|id| id.to_string()),
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
    fn new(link: &'a crate::series::Link) -> Self {
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

#[derive(Serialize)]
struct MessageLine<'a> {
    schema: u32,
    kind: &'static str,
    list: &'a str,
    message_id: &'a str,
    in_reply_to: Option<&'a str>,
    parent: Option<&'a str>,
    root: &'a str,
    from: Who<'a>,
    author: Who<'a>,
    date: Option<String>,
    subject: &'a str,
    role: &'static str,
    series: Option<&'a str>,
    revision: Option<u32>,
    number: Option<u32>,
    bot: bool,
    copy: bool,
}

impl<'a> MessageLine<'a> {
    fn new(corpus: &'a Corpus, ix: MailIx, letter: &'a Letter) -> Self {
        let message = &letter.mail.message;
        let id = |ix: MailIx| &*corpus.letter(ix).mail.message.id;
        let series = letter.home.map(|(series, at)| (&corpus.series[series.at()], at as usize));
        let number = series.and_then(|(series, at)| {
            let revision = &series.revisions[at];
            let patch = revision.slots.iter().find(|slot| slot.mail == Some(ix));
            patch.map(|slot| slot.number).or((revision.cover == Some(ix)).then_some(0))
        });
        Self {
            schema: SCHEMA,
            kind: "message",
            list: &corpus.lists[letter.list().0 as usize],
            message_id: &message.id,
            in_reply_to: message.in_reply_to.as_deref(),
            parent: corpus.threads.parent[ix.at()].map(id),
            root: id(corpus.threads.root[ix.at()]),
            from: (&message.from).into(),
            author: (&letter.mail.author).into(),
            date: date(message.date),
            subject: &message.subject.full,
            role: letter.mail.role.word(),
            series: series.map(|(series, _)| &*series.slug),
            revision: series.map(|(series, at)| series.revisions[at].version.major),
            number,
            bot: letter.mail.bot,
            copy: false,
        }
    }
}

#[derive(Serialize)]
struct DigestLine<'a> {
    schema: u32,
    kind: &'static str,
    list: &'a str,
    period: String,
    start: Option<String>,
    end: Option<String>,
    messages: usize,
    contributions: usize,
    contributors: Vec<ContributorValue<'a>>,
    domains: Vec<DomainValue<'a>>,
    series: Happenings<'a>,
}

#[derive(Serialize)]
struct ContributorValue<'a> {
    name: &'a str,
    email: &'a str,
    count: u64,
}

#[derive(Serialize)]
struct DomainValue<'a> {
    domain: &'a str,
    count: u64,
}

#[derive(Serialize)]
struct Happenings<'a> {
    new: Vec<&'a str>,
    revised: Vec<&'a str>,
    applied: Vec<&'a str>,
}

impl<'a> DigestLine<'a> {
    fn new(corpus: &'a Corpus, list: &'a str, digest: &'a Digest) -> Self {
        let slugs = |chosen: &dyn Fn(&digest::Activity) -> bool| {
            let chosen = digest.activities.iter().filter(|activity| chosen(activity));
            chosen.map(|activity| &*corpus.series[activity.series.at()].slug).collect()
        };
        let bounds = digest.period.bounds();
        let contributors = digest.contributors.iter().map(|(who, count)| ContributorValue {
            name: &who.name,
            email: &who.address,
            count: *count,
        });
        let domains = digest.domains.iter();
        Self {
            schema: SCHEMA,
            kind: "digest",
            list,
            period: digest.period.label(),
            start: date(bounds.map(|(start, _)| start)),
            end: date(bounds.map(|(_, end)| end)),
            messages: digest.messages.len(),
            contributions: digest.contributions.len(),
            contributors: contributors.collect(),
            domains: domains.map(|(domain, count)| DomainValue { domain, count: *count }).collect(),
            series: Happenings {
                new: slugs(&|activity| activity.is_new),
                revised: slugs(&|activity| !activity.is_new && !activity.posted.is_empty()),
                applied: slugs(&|activity| activity.applied.is_some()),
            },
        }
    }
}

impl Role {
    /// The word that export uses.
    fn word(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Cover => "cover",
            Self::Reply => "reply",
            Self::Pull => "pull",
            Self::Other => "other",
        }
    }
}
