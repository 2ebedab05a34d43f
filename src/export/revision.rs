//! One line per revision: its patches with their changes, trailers and reviews.
//!
//! In: a revision of a series, and how much of it to write ([`Detail`]). Out: a [`RevisionLine`]. Never here: texts
//! and diffs; how the state of a series is decided.

mod values;

use std::sync::Arc;

use serde::Serialize;

use super::{SCHEMA, Who, date, look::Look};
use crate::{
    date::Cadence,
    digest::Period,
    message::Mailbox,
    patch::{FileChange, Mail},
    series::{
        Applied, Claim, Kin, Link, MailIx, Rest, Review, Revision, Series, Slot, Standing, Witness,
    },
};
use values::{
    AppliedValue, CarriedValue, ClaimValue, CoverValue, EntryValue, FileValue, FixedReport,
    IntentValue, KinValue, LinkValue, MachineValue, PatchValue, ReviewValue, TrailerValue,
    WitnessValue,
};

/// How many reviews of a patch the file of a series names, as many as the page of the series. A review of a whole
/// set is a review of each of its patches, so without a limit the file would grow with patches times reviews.
const NAMED: usize = 12;

/// How much of a revision a line has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Everything: a line of `export`.
    Whole,
    /// The newest revision in the file of its series: the data should be a small part of the bytes of a site.
    Newest,
    /// An older revision in the file of its series.
    Older,
}

/// A revision as a line.
#[derive(Serialize)]
pub(super) struct RevisionLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<&'a str>,
    revision: u32,
    title: &'a str,
    tags: &'a [Arc<str>],
    rfc: bool,
    resend: bool,
    author: Who<'a>,
    posted: Option<String>,
    period: Option<String>,
    expected: u32,
    missing: Vec<u32>,
    cover: Option<CoverValue<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    patches: Option<Vec<PatchValue<'a>>>,
    replies: usize,
    participants: usize,
    previous: Option<u32>,
    next: Option<u32>,
    state: &'static str,
    url: String,
    version: String,
    posting: u32,
    link: Option<LinkValue<'a>>,
    claim: Option<ClaimValue<'a>>,
    part_of: Option<ClaimValue<'a>>,
    carried: Vec<CarriedValue<'a>>,
    witness: Option<WitnessValue<'a>>,
    hearsay: Option<&'a str>,
    taker: Option<&'a str>,
    rest: Option<&'static str>,
    intents: Vec<IntentValue<'a>>,
    kin: Vec<KinValue<'a>>,
    sort: &'static str,
    machines: Vec<MachineValue<'a>>,
    reports: Vec<FixedReport<'a>>,
}

impl<'a> ClaimValue<'a> {
    fn new(corpus: impl Look<'a>, claim: &Claim) -> Self {
        let series = corpus.series(claim.series);
        Self {
            series: &series.slug,
            version: series.revisions[claim.revision as usize].label(),
            evidence: claim.link.evidence.word(),
        }
    }
}

impl<'a> RevisionLine<'a> {
    /// The revision with this index as a line.
    pub(super) fn new(
        corpus: impl Look<'a>,
        series: &'a Series,
        at: usize,
        zone: &jiff::tz::TimeZone,
        detail: Detail,
    ) -> Self {
        let is_line = detail == Detail::Whole;
        let revision = &series.revisions[at];
        let neighbour = |at: Option<usize>| {
            at.and_then(|at| series.revisions.get(at)).map(|revision| revision.version.major)
        };
        let newest = at + 1 == series.revisions.len();
        let list = revision.members().next().map_or(0, |ix| corpus.stored(ix).list().0);
        let period = revision.posted.map(|p| Period::containing(p, Cadence::Week, zone).label());
        Self {
            schema: is_line.then_some(SCHEMA),
            kind: is_line.then_some("revision"),
            list: is_line.then(|| &*corpus.lists()[list as usize]),
            series: is_line.then_some(&*series.slug),
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
            cover: revision.cover.map(|ix| CoverValue::new(&corpus.stored(ix).mail)),
            patches: (detail != Detail::Older).then(|| {
                let patch = |slot| PatchValue::new(corpus, slot, detail);
                revision.slots.iter().filter_map(patch).collect()
            }),
            carried: carried(corpus, series, revision),
            witness: newest.then_some(series.state.witness.as_ref()).flatten().map(|witness| {
                WitnessValue {
                    evidence: witness.word(),
                    message_id: mail_of(corpus, witness),
                    commit: commit_of(witness),
                }
            }),
            hearsay: revision.hearsay.map(|ix| &*corpus.stored(ix).mail.message.id),
            taker: revision.taker.map(|ix| &*corpus.stored(ix).mail.message.id),
            rest: series.state.rest.filter(|_| newest).map(Rest::word),
            intents: if newest { intents(corpus, series) } else { Vec::new() },
            sort: series.sort.word(),
            machines: machines(corpus, revision),
            reports: if newest { fixed_reports(corpus, series) } else { Vec::new() },
            replies: corpus.answers(revision),
            participants: corpus.participants(revision),
            previous: neighbour(at.checked_sub(1)),
            next: neighbour(at.checked_add(1)),
            state: series.state_of(at).word(),
            url: url(series, at),
            version: revision.version.to_string(),
            posting: revision.posting,
            link: revision.link.as_ref().map(LinkValue::new),
            kin: series.kin.iter().map(|kin| KinValue::new(corpus, kin)).collect(),
            claim: series.claim.as_ref().filter(|_| at == 0).map(|c| ClaimValue::new(corpus, c)),
            part_of: series
                .part_of
                .as_ref()
                .filter(|_| at == 0)
                .map(|c| ClaimValue::new(corpus, c)),
        }
    }
}

impl<'a> KinValue<'a> {
    fn new(corpus: impl Look<'a>, kin: &Kin) -> Self {
        let series = &*corpus.series(kin.series).slug;
        Self { series, relation: kin.relation.word(), patches: kin.patches }
    }
}

/// The people who say that they will review the newest revision.
fn intents<'a>(corpus: impl Look<'a>, series: &Series) -> Vec<IntentValue<'a>> {
    let value = |ix: &MailIx| {
        let message = &corpus.stored(*ix).mail.message;
        let Mailbox { name, address } = &message.from;
        let name = if name.is_empty() { address } else { name };
        IntentValue { message_id: &message.id, name, date: date(message.date) }
    };
    series.state.intents.iter().map(value).collect()
}

/// The replies of machines to a revision, by date.
fn machines<'a>(corpus: impl Look<'a>, revision: &Revision) -> Vec<MachineValue<'a>> {
    let value = |ix: &MailIx| {
        let mail = &corpus.stored(*ix).mail;
        let Mailbox { name, address } = &mail.message.from;
        let name = if name.is_empty() { address } else { name };
        Some(MachineValue { message_id: &mail.message.id, kind: mail.machine?.word(), name })
    };
    revision.replies.iter().filter_map(value).collect()
}

/// The reports that a series fixes, by date.
fn fixed_reports<'a>(corpus: impl Look<'a>, series: &Series) -> Vec<FixedReport<'a>> {
    let value = |ix: &MailIx| {
        let report = corpus.report(*ix)?;
        let message_id = &corpus.stored(*ix).mail.message.id;
        Some(FixedReport { message_id, kind: report.kind.word(), state: report.state.word() })
    };
    series.reports.iter().filter_map(value).collect()
}

/// Where a revision is on the site, below its root: the newest is the series' own page.
pub(super) fn url(series: &Series, at: usize) -> String {
    match series.revisions.get(at) {
        Some(revision) if at + 1 < series.revisions.len() => {
            format!("series/{}/{}/", series.slug, revision.label())
        }
        _ => format!("series/{}/", series.slug),
    }
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
    fn new(corpus: impl Look<'a>, slot: &'a Slot, detail: Detail) -> Option<Self> {
        let mail = &corpus.stored(slot.sent()?).mail;
        let trailers = mail.trailers.iter().map(|t| TrailerValue { key: &t.key, value: &t.value });
        let ledger = slot.reviews.iter().map(|review| EntryValue::new(corpus, review));
        let given = slot
            .reviews
            .iter()
            .filter(|review| matches!(review.standing, Standing::Given | Standing::Carried(_)));
        let most = if detail == Detail::Whole { usize::MAX } else { NAMED };
        let reviews = given.take(most).map(|review| ReviewValue::new(corpus, review));
        Some(Self {
            number: slot.number,
            message_id: &mail.message.id,
            subject: &mail.title,
            author: (&mail.author).into(),
            date: date(mail.message.date),
            files: mail.files.iter().map(FileValue::new).collect(),
            trailers: (detail == Detail::Whole).then(|| trailers.collect()),
            reviews: reviews.collect(),
            patch_id: mail.patch_id.map(|id| id.to_string()),
            applied: slot.applied.as_ref().map(|applied| AppliedValue::new(corpus, applied)),
            fate: life(corpus, slot),
            ledger: (detail == Detail::Whole).then(|| ledger.collect()),
            came_in: Some(&**mail.message.posted_as()).filter(|_| mail.message.part > 0),
        })
    }
}

fn carried<'a>(
    corpus: impl Look<'a>,
    series: &Series,
    revision: &'a Revision,
) -> Vec<CarriedValue<'a>> {
    let slots = revision.slots.iter().filter_map(|slot| {
        let from = series.revisions.get(slot.carried? as usize)?;
        Some(CarriedValue {
            number: slot.number,
            message_id: &corpus.stored(slot.mail?).mail.message.id,
            version: from.label(),
        })
    });
    slots.collect()
}

fn mail_of<'a>(corpus: impl Look<'a>, witness: &Witness) -> Option<&'a str> {
    witness.mail().map(|mail| &*corpus.stored(mail).mail.message.id)
}

fn commit_of(witness: &Witness) -> Option<&str> {
    match witness {
        Witness::Commit(id) => Some(id),
        _ => None,
    }
}

/// The steps of a patch, the first one first.
fn life<'a>(corpus: impl Look<'a>, slot: &'a Slot) -> Vec<AppliedValue<'a>> {
    let steps = slot.applied.iter().flat_map(|applied| applied.steps());
    let value = |step: &'a Applied| AppliedValue {
        fate: step.fate.word(),
        ..AppliedValue::new(corpus, step)
    };
    let mut life: Vec<AppliedValue<'a>> = steps.map(value).collect();
    life.reverse();
    life
}

impl<'a> AppliedValue<'a> {
    fn new(corpus: impl Look<'a>, applied: &'a Applied) -> Self {
        Self {
            // The two words that scripts know; `fate` has every step.
            fate: if applied.fate.is_merged() { "merged" } else { "applied" },
            tree: &applied.tree,
            commit: &applied.commit,
            date: date(applied.date),
            evidence: applied.witness.word(),
            message_id: mail_of(corpus, &applied.witness),
        }
    }
}

impl<'a> ReviewValue<'a> {
    fn new(corpus: impl Look<'a>, review: &'a Review) -> Self {
        let message = &corpus.stored(review.mail).mail.message;
        Self {
            key: &review.trailer.key,
            value: &review.trailer.value,
            message_id: &message.id,
            date: date(message.date),
        }
    }
}

impl<'a> EntryValue<'a> {
    fn new(corpus: impl Look<'a>, review: &'a Review) -> Self {
        Self {
            review: ReviewValue::new(corpus, review),
            scope: review.scope.word(),
            standing: review.standing.word(),
            comment: &review.comment,
        }
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
        let Link { evidence, confidence } = link;
        Self { evidence: evidence.word(), value: evidence.value(), confidence: confidence.word() }
    }
}
