//! A revision of a series, as its template sees it.
//!
//! In: nothing; these are types, filled by [`series`](super) and its modules. Out: the contract with themes: the
//! comment of each field is its description in the guide. Never here: code.

use serde::Serialize;
use std::borrow::Cow;

use crate::{
    page::{
        part::{
            messages::view::{MessageView, PatchView, ReviewView, TakenView},
            outline::view::OutlineView,
            report::view::ReportRow,
            view::{Churn, Frame, Link, Moment, Person},
        },
        series::{compare::view::CompareTally, matrix::view::MatrixView},
        thread::view::{LaterView, PartLink},
    },
    text::Html,
};

/// A reply that a machine sent.
#[derive(Debug, Serialize)]
pub struct MachineRow<'a> {
    /// Its name.
    pub who: Person<'a>,
    /// `ci`, `ai-review`, `syzbot`, `build-robot`, `stable`, `tracker`, `patchwork`, `forge`, `merge-notice` or
    /// `automatic`.
    pub kind: &'static str,
    /// The number of the patch to which it replies; empty for the cover letter and for a single patch.
    pub patch: String,
    /// When.
    pub when: Option<Moment>,
    /// Link to the reply.
    pub url: String,
    /// The severity that it reports: `critical`, `high`, `medium`, `low`, `error`, `warning`; may be empty.
    pub degree: &'static str,
    /// Its first sentence; may be empty.
    pub told: String,
    /// The author of the series replied to it.
    pub answered: bool,
}

/// `series.html`: one revision of a series; the newest one at the series' own address.
#[derive(Debug, Serialize)]
pub struct SeriesView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The revision's title, without tags.
    pub title: &'a str,
    /// The words of its tags (`RFC`, `net-next`).
    pub tags: Vec<&'a str>,
    /// Who sent it.
    pub author: Person<'a>,
    /// The deepest folder that contains all changes of the newest revision and has a page, if there is one.
    pub folder: Option<Link>,
    /// `v3`, `v3 resent`.
    pub version: String,
    /// When it was posted.
    pub posted: Option<Moment>,
    /// The names of the lists on which it was posted.
    pub lists: Vec<&'a str>,
    /// The state of the revision.
    pub state: StateView<'a>,
    /// Every revision, oldest first.
    pub revisions: Vec<RevisionLink>,
    /// Link to the newest revision, on pages of older ones; empty on the newest.
    pub newest_url: String,
    /// It is known only from a text digest, which has no dates, diffs or replies.
    pub from_digest: bool,
    /// How many patches it announces.
    pub expected: u32,
    /// How many of them never arrived.
    pub missing: usize,
    /// How many of them it did not send again, so those of an earlier revision still apply.
    pub carried: usize,
    /// One row per patch, also for those that never arrived.
    pub rows: Vec<PatchRow<'a>>,
    /// The reviews of its patches.
    pub ledger: Ledger<'a>,
    /// The reviews by patch, revision and reviewer, on the page of the newest of several revisions with several patches.
    pub matrix: Option<MatrixView<'a>>,
    /// Results that machines sent.
    pub machines: Vec<MachineRow<'a>>,
    /// `work`, `backport`, or `aside` for a series that does not ask for review.
    pub sort: &'static str,
    /// Lines added and deleted by all patches.
    pub churn: Churn,
    /// How many files they change.
    pub files: usize,
    /// How many patches it has, including those that never arrived and those that it did not send again.
    pub patches_count: usize,
    /// How many replies by people it has.
    pub replies: usize,
    /// How many people wrote them.
    pub people: usize,
    /// The author's list of changes since the revision before; may be empty.
    pub changes_html: Html,
    /// The computed changes since the revision before; absent if there is nothing to compare.
    pub compared: Option<CompareTally>,
    /// What the page leaves out to keep the site within the limits of its host: `diffs`, `texts` (and diffs), or
    /// empty.
    pub omitted: &'static str,
    /// The evidence that this revision follows an earlier one; absent on the first.
    pub evidence: Option<EvidenceView>,
    /// Other series that contain patches of this one, the newest first.
    pub kin: Vec<KinView<'a>>,
    /// The reports that it fixes, by date.
    pub reports: Vec<ReportRow<'a>>,
    /// Series that may go on one another, as far as a name goes.
    pub claims: ClaimsView<'a>,
    /// The series that this one was split from, and those that were split from it.
    pub splits: SplitsView<'a>,
    /// The outline of its discussion; absent if that is short.
    pub outline: Option<OutlineView<'a>>,
    /// The cover letter with its answers.
    pub cover: Option<PatchView<'a>>,
    /// The patches that were sent and that arrived, with their replies.
    pub patches: Vec<PatchView<'a>>,
    /// The pages of its replies, if there are too many for one page.
    pub parts: Vec<PartLink>,
    /// The replies on the later pages.
    pub later: Vec<LaterView<'a>>,
    /// How many of these are not listed, because there are too many.
    pub unlisted: usize,
    /// Replies to messages that are not on the page, as a nested list.
    pub others: Vec<MessageView<'a>>,
    /// Link to the revision as an mbox; empty on pages of older revisions.
    pub mbox_url: String,
    /// Link to the series' feed; empty if no date is known.
    pub feed_url: String,
    /// The Message-ID by which `b4` finds the revision, quoted for a shell if necessary; empty if the message has
    /// none of its own.
    pub message_id: Cow<'a, str>,
    /// Link to the revision in the list's permanent archive; may be empty.
    pub archive_url: String,
}

/// The state of a revision, with its evidence.
#[derive(Debug, Clone, Serialize)]
pub struct StateView<'a> {
    /// `new`, `discussed`, `changes-requested`, `reviewed`, `quiet`, `superseded`, `rejected`,
    /// `partly-applied`, `applied` or `merged`.
    pub word: &'static str,
    /// The same in words: `applied in part`, or `applied at least in part`.
    pub label: &'a str,
    /// Of what was applied in part, what is known about the other patches: `unknown`, `held-back`; otherwise empty.
    pub rest: &'static str,
    /// The last message that holds them back, with its sender's name.
    pub held_back: Option<Link>,
    /// The sender of the message that shows it.
    pub by: Option<Person<'a>>,
    /// The sender is the author of the series, who withdrew it or promised another revision.
    pub by_author: bool,
    /// What shows it: `says` (a message), `again` (the same patch, posted again), `cites` (a message cites the commit),
    /// `builds-on` (somebody's later patch builds on it), `commit`; empty if nothing does.
    pub evidence: &'static str,
    /// When.
    pub when: Option<Moment>,
    /// Link to the message that shows it; empty if none does.
    pub url: String,
    /// The commit that shows it, cut to twelve digits; empty if none does.
    pub commit: &'a str,
    /// The date of the series' last message.
    pub last: Option<Moment>,
    /// The revision that superseded it.
    pub successor: Option<Link>,
    /// The trees that took its patches.
    pub taken: Vec<TakenView<'a>>,
    /// Its steps from posted to stable; empty if no patch was taken.
    pub life: Vec<StepView>,
    /// The people who say that they will review it.
    pub intents: Vec<IntentView<'a>>,
    /// The person who says that it was taken, but is not known to take patches.
    pub hearsay: Option<Link>,
    /// The person who says that they will take it.
    pub taker: Option<Link>,
    /// How many of its patches were taken.
    pub applied: usize,
    /// How many patches it has.
    pub of: usize,
}

/// Somebody who says that they will review a revision.
#[derive(Debug, Clone, Serialize)]
pub struct IntentView<'a> {
    /// The person.
    pub person: Person<'a>,
    /// The date of their message.
    pub when: Option<Moment>,
    /// Link to the message.
    pub url: String,
}

/// A step in the life of a revision.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    /// `posted`, `reviewed`, `applied`, `pulled`, `merged` or `stable`.
    pub word: &'static str,
    /// The same in words: `in stable`.
    pub label: String,
    /// How many of its patches reached this step, if not all did; otherwise 0.
    pub count: usize,
    /// When the last of them reached it.
    pub when: Option<Moment>,
    /// Link to the message that shows it; empty if none does.
    pub url: String,
}

/// A revision in the navigation between revisions.
#[derive(Debug, Clone, Serialize)]
pub struct RevisionLink {
    /// `v3`; `v3 resent` for a resend.
    pub label: String,
    /// Its address.
    pub url: String,
    /// When it was posted.
    pub posted: Option<Moment>,
    /// The page shows it.
    pub current: bool,
    /// It is a resend of the revision before.
    pub again: bool,
    /// The revisions before it that the archive does not have, `v2` or `v2–v4`; empty if none is missing.
    pub gap: String,
    /// Link to the comparison with the revision before, labelled with both; absent on the first revision, and if
    /// there is nothing to compare.
    pub compare: Option<Link>,
    /// How many revisions before it are left out, because there are too many.
    pub left_out: usize,
}

/// The evidence that a revision follows another one.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceView {
    /// The revision before: `v2`.
    pub before: String,
    /// The reason, as the end of the sentence `v3 follows v2: …`.
    pub words: String,
    /// Link to the message that the evidence names; may be empty.
    pub url: String,
    /// The certainty, as a word: `likely`, `probably`; empty if it is certain.
    pub certainty: String,
}

/// Another series that contains patches of this one.
#[derive(Debug, Clone, Serialize)]
pub struct KinView<'a> {
    /// Its title, cut if it is long.
    pub title: Cow<'a, str>,
    /// Link to its newest revision.
    pub url: String,
    /// The words of its tags (`RFC`, `net-next`).
    pub tags: Vec<&'a str>,
    /// What the patches are there: `a backport`, `the original`, `for another tree`, `the same again`.
    pub relation: &'a str,
    /// How many patches the two have in common; 0 if both are single patches.
    pub patches: u32,
    /// When its newest revision was posted.
    pub posted: Option<Moment>,
}

/// Series that may be revisions of somebody's work, sent under their name from an address that is not known for
/// that name.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimsView<'a> {
    /// The revision that this series may follow.
    pub of: Option<ClaimView<'a>>,
    /// Series that may be revisions of this one.
    pub by: Vec<ClaimView<'a>>,
    /// How many more of these there are.
    pub more: usize,
}

/// A split: some patches of one series continue in another.
#[derive(Debug, Clone, Serialize)]
pub struct SplitsView<'a> {
    /// The revision of which this series has a part.
    pub of: Option<SplitView<'a>>,
    /// Series that have a part of this one.
    pub parts: Vec<SplitView<'a>>,
    /// How many more of these there are.
    pub more: usize,
}

/// The other series of a split.
#[derive(Debug, Clone, Serialize)]
pub struct SplitView<'a> {
    /// The title of its revision.
    pub title: &'a str,
    /// The revision: `v2`.
    pub label: String,
    /// Link to the revision.
    pub url: String,
}

/// The other series of a claim.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimView<'a> {
    /// The title of its revision.
    pub title: &'a str,
    /// The revision: `v2`.
    pub label: String,
    /// Link to the revision.
    pub url: String,
    /// The name of the sender.
    pub name: &'a str,
    /// The address of the sender; may be empty.
    pub address: &'a str,
}

/// A row of the table of patches.
#[derive(Debug, Clone, Serialize)]
pub struct PatchRow<'a> {
    /// `3/8`; `3–6/8` for several in a row that never arrived.
    pub number: String,
    /// Its title; empty if it never arrived.
    pub title: &'a str,
    /// Link to the patch, on this page or on that of the revision that sent it; empty if it never arrived.
    pub url: String,
    /// It never arrived on the list.
    pub missing: bool,
    /// The revision that sent it (`v2`), if this one did not send it again; otherwise empty.
    pub carried: String,
    /// Its author, if that is not the author of the series.
    pub author: Option<Person<'a>>,
    /// How many files it changes.
    pub files: usize,
    /// Lines added and deleted.
    pub churn: Churn,
    /// The reviews that count, including those of the cover letter, grouped by kind.
    pub verdicts: Vec<VerdictGroup<'a>>,
    /// Where it was taken.
    pub applied: Option<TakenView<'a>>,
    /// How many replies it has.
    pub replies: usize,
}

/// Reviews of a patch, of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct VerdictGroup<'a> {
    /// `Reviewed-by`
    pub key: &'a str,
    /// The first people who gave it.
    pub reviews: Vec<ReviewView<'a>>,
    /// How many more people gave it.
    pub more: usize,
}

/// All reviews of the patches of a revision.
#[derive(Debug, Clone, Serialize)]
pub struct Ledger<'a> {
    /// The reviews: those in commit messages first, then by date.
    pub rows: Vec<LedgerRow<'a>>,
    /// How many reviews count.
    pub verdicts: usize,
    /// How many do not.
    pub aside: usize,
    /// How many people gave the reviews that count.
    pub people: usize,
    /// At least one review has a comment.
    pub commented: bool,
}

/// One review, with all patches to which it applies.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerRow<'a> {
    /// `1–3, 5`; `all` if it applies to each of several patches; empty for a single patch.
    pub patches: String,
    /// The review.
    pub review: ReviewView<'a>,
}
