//! A revision of a series, as its template sees it.

use serde::Serialize;
use std::borrow::Cow;

use crate::{
    page::{
        part::{
            messages::view::{MessageView, PatchView, ReviewView, TakenView},
            view::{Churn, Frame, Link, Moment, Person},
        },
        series::compare::view::CompareTally,
        thread::view::{LaterView, PartLink},
    },
    text::Html,
};

/// An answer that a machine sent.
#[derive(Debug, Serialize)]
pub struct MachineRow<'a> {
    /// Its name.
    pub who: Person<'a>,
    /// `ci`, `ai-review`, `syzbot`, `build-robot`, `stable`, `tracker`, `patchwork`, `forge`, `merge-notice` or
    /// `automatic`.
    pub kind: &'static str,
    /// The number of the patch that it answers; empty for the cover letter and for a single patch.
    pub patch: String,
    /// When.
    pub when: Option<Moment>,
    /// To the answer.
    pub url: String,
    /// How bad it says that it is: `critical`, `high`, `medium`, `low`, `error`, `warning`; may be empty.
    pub degree: &'static str,
    /// Its first sentence; may be empty.
    pub told: String,
    /// The series' author answered it.
    pub answered: bool,
}

/// `series.html`: one revision of a series; the newest one at the series' own address.
#[derive(Debug, Serialize)]
pub struct SeriesView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The revision's title, without tags.
    pub title: &'a str,
    /// The words of its tags.
    pub tags: Vec<&'a str>,
    /// Who sent it.
    pub author: Person<'a>,
    /// The deepest folder with a page that holds all that the newest revision changes; absent if no folder does.
    pub folder: Option<Link>,
    /// `v3`, `v3 resent`.
    pub version: String,
    /// When it was posted.
    pub posted: Option<Moment>,
    /// The names of the lists it was on.
    pub lists: Vec<&'a str>,
    /// What has become of the revision.
    pub state: StateView<'a>,
    /// Every revision, oldest first.
    pub revisions: Vec<RevisionLink>,
    /// To the newest revision, on pages of older ones; empty on the newest.
    pub newest_url: String,
    /// It is known from a text digest only, which holds neither dates nor diffs nor answers.
    pub from_digest: bool,
    /// How many patches it announces.
    pub expected: u32,
    /// How many of them never arrived.
    pub missing: usize,
    /// How many of them it did not send again, so that those of an earlier revision stand.
    pub carried: usize,
    /// One row a patch, also for those that never arrived.
    pub rows: Vec<PatchRow<'a>>,
    /// Who said what about which patches.
    pub ledger: Ledger<'a>,
    /// What machines found.
    pub machines: Vec<MachineRow<'a>>,
    /// `work`, `backport`, or `aside`: nobody is asked to look at it.
    pub sort: &'static str,
    /// Lines added and deleted by all patches.
    pub churn: Churn,
    /// How many files they change.
    pub files: usize,
    /// How many patches it has, those that never arrived and those that it did not send again included.
    pub patches_count: usize,
    /// How many answers by people there are.
    pub replies: usize,
    /// By how many.
    pub people: usize,
    /// What the author says has changed since the revision before; may be empty.
    pub changes_html: Html,
    /// What has changed since the revision before, computed; absent where there is nothing to compare.
    pub compared: Option<CompareTally>,
    /// What is left out to keep the site within its host's limits: `diffs`, `texts` (diffs too), or empty.
    pub omitted: &'static str,
    /// What shows that this revision follows an earlier one; absent on the first.
    pub evidence: Option<EvidenceView>,
    /// Other series that hold patches of this one, the latest first.
    pub kin: Vec<KinView<'a>>,
    /// Series that may go on one another, as far as a name goes.
    pub claims: ClaimsView<'a>,
    /// The cover letter with its answers.
    pub cover: Option<PatchView<'a>>,
    /// The patches that it sent and that arrived, with their answers.
    pub patches: Vec<PatchView<'a>>,
    /// The pages of its answers, where one has no room for all.
    pub parts: Vec<PartLink>,
    /// The answers on the others.
    pub later: Vec<LaterView<'a>>,
    /// How many of these are not listed, as there are too many.
    pub unlisted: usize,
    /// Answers whose message is not on the page, as a nested list.
    pub others: Vec<MessageView<'a>>,
    /// The revision as an mbox; empty on pages of older revisions.
    pub mbox_url: String,
    /// The series' feed; empty where no date is known.
    pub feed_url: String,
    /// The Message-ID by which `b4` finds the revision, quoted for a shell where it needs that; empty where it is not a
    /// real one.
    pub message_id: Cow<'a, str>,
    /// The revision in the list's permanent archive; may be empty.
    pub archive_url: String,
}

/// What has become of a revision, and what shows it.
#[derive(Debug, Clone, Serialize)]
pub struct StateView<'a> {
    /// `new`, `discussed`, `changes-requested`, `reviewed`, `quiet`, `superseded`, `rejected`,
    /// `partly-applied`, `applied` or `merged`.
    pub word: &'static str,
    /// The same for people: `applied in part`.
    pub label: &'a str,
    /// Who wrote what shows it.
    pub by: Option<Person<'a>>,
    /// That is the series' author: it was withdrawn, another revision was promised.
    pub by_author: bool,
    /// The mail that shows it is a patch: the same, posted again.
    pub again: bool,
    /// When.
    pub when: Option<Moment>,
    /// To the message that shows it; empty where none does.
    pub url: String,
    /// The commit that shows it, cut to twelve digits; empty where none does.
    pub commit: &'a str,
    /// The date of the series' last message.
    pub last: Option<Moment>,
    /// The revision that took its place.
    pub successor: Option<Link>,
    /// Where its patches were taken.
    pub taken: Vec<TakenView<'a>>,
    /// Its way from posted to stable; empty where no patch was taken.
    pub life: Vec<StepView>,
    /// Who says that they will review it.
    pub intents: Vec<IntentView<'a>>,
    /// Who says that it was taken, without being known to take patches.
    pub hearsay: Option<Link>,
    /// Who says that they will take it.
    pub taker: Option<Link>,
    /// How many of its patches were taken.
    pub applied: usize,
    /// Of how many.
    pub of: usize,
}

/// Somebody who says that they will review a revision.
#[derive(Debug, Clone, Serialize)]
pub struct IntentView<'a> {
    /// Who.
    pub person: Person<'a>,
    /// When they said so.
    pub when: Option<Moment>,
    /// To the message.
    pub url: String,
}

/// A step of a revision's life.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    /// `posted`, `reviewed`, `applied`, `pulled`, `merged` or `stable`.
    pub word: &'static str,
    /// The same for people: `in stable`.
    pub label: String,
    /// How many of its patches came so far, where it is not all; else 0.
    pub count: usize,
    /// When the last of them did.
    pub when: Option<Moment>,
    /// To the message that shows it; empty where none does.
    pub url: String,
}

/// A revision in the switch between revisions.
#[derive(Debug, Clone, Serialize)]
pub struct RevisionLink {
    /// `v3`; `v3 resent` for one that was sent again.
    pub label: String,
    /// Where it is.
    pub url: String,
    /// When it was posted.
    pub posted: Option<Moment>,
    /// It is the one on the page.
    pub current: bool,
    /// It is the revision before once more.
    pub again: bool,
    /// The revisions before it that the archive does not have, `v2` or `v2–v4`; empty where none is
    /// missing.
    pub gap: String,
    /// To what changed since the revision before, labelled with the two; absent on the first, and where
    /// there is nothing to compare.
    pub compare: Option<Link>,
    /// How many revisions before it are not in the switch, as there are too many.
    pub left_out: usize,
}

/// What shows that a revision follows another one.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceView {
    /// The revision before: `v2`.
    pub before: String,
    /// Why, as the end of `v3 follows v2: …`.
    pub words: String,
    /// To the message that the evidence names; may be empty.
    pub url: String,
    /// How sure that is, as a word: `likely`, `probably`; empty where it is certain.
    pub certainty: String,
}

/// Another series that holds patches of this one.
#[derive(Debug, Clone, Serialize)]
pub struct KinView<'a> {
    /// Its title, cut where it is long.
    pub title: Cow<'a, str>,
    /// To its newest revision.
    pub url: String,
    /// The words of its tags.
    pub tags: Vec<&'a str>,
    /// What the patches are there: `a backport`, `the original`, `for another tree`, `the same again`.
    pub relation: &'a str,
    /// How many patches the two have in common; 0 where both are one patch.
    pub patches: u32,
    /// When its newest revision was posted.
    pub posted: Option<Moment>,
}

/// What was sent in somebody's name from an address that is not known for it, and may be a revision of their work.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimsView<'a> {
    /// The revision that this series may follow.
    pub of: Option<ClaimView<'a>>,
    /// Series that may go on this one.
    pub by: Vec<ClaimView<'a>>,
    /// How many more there are of these.
    pub more: usize,
}

/// The other series of a claim.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimView<'a> {
    /// The title of its revision.
    pub title: &'a str,
    /// The revision: `v2`.
    pub label: String,
    /// To the revision.
    pub url: String,
    /// The name that the claim was sent in.
    pub name: &'a str,
    /// The address that it was sent from; may be empty.
    pub address: &'a str,
}

/// A patch in the table of patches.
#[derive(Debug, Clone, Serialize)]
pub struct PatchRow<'a> {
    /// `3/8`; `3–6/8` for several in a row that never arrived.
    pub number: String,
    /// Its title; empty where it never arrived.
    pub title: &'a str,
    /// To the patch, on this page or that of the revision that sent it; empty where it never arrived.
    pub url: String,
    /// It never arrived on the list.
    pub missing: bool,
    /// The revision that sent it (`v2`), where this one did not send it again; else empty.
    pub carried: String,
    /// Who wrote it, where that is not the series' author.
    pub author: Option<Person<'a>>,
    /// How many files it changes.
    pub files: usize,
    /// Lines added and deleted.
    pub churn: Churn,
    /// The verdicts that count, those to the cover letter included, in groups of one kind.
    pub verdicts: Vec<VerdictGroup<'a>>,
    /// Where it was taken.
    pub applied: Option<TakenView<'a>>,
    /// How many answers it has.
    pub replies: usize,
}

/// Verdicts of one kind on a patch.
#[derive(Debug, Clone, Serialize)]
pub struct VerdictGroup<'a> {
    /// `Reviewed-by`
    pub key: &'a str,
    /// Who gave it: the first of them.
    pub reviews: Vec<ReviewView<'a>>,
    /// How many more did.
    pub more: usize,
}

/// Every verdict on a revision's patches.
#[derive(Debug, Clone, Serialize)]
pub struct Ledger<'a> {
    /// Those in commit messages, then by date.
    pub rows: Vec<LedgerRow<'a>>,
    /// How many verdicts count.
    pub verdicts: usize,
    /// How many do not.
    pub aside: usize,
    /// By how many people those are that count.
    pub people: usize,
    /// A verdict has a comment.
    pub commented: bool,
}

/// One verdict, with all patches at which it stands.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerRow<'a> {
    /// `1–3, 5`; `all` where it stands at each of several; empty for a single patch.
    pub patches: String,
    /// The verdict.
    pub review: ReviewView<'a>,
}
