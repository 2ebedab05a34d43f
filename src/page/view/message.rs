//! A series and the messages that it is made of.

use serde::Serialize;

use super::{Churn, Frame, Link, Moment, Person};

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
    /// `v3`.
    pub version: String,
    /// When it was posted.
    pub posted: Option<Moment>,
    /// The names of the lists it was on.
    pub lists: Vec<&'a str>,
    /// What has become of the series.
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
    /// One row a patch, also for those that never arrived.
    pub rows: Vec<PatchRow<'a>>,
    /// Lines added and deleted by all patches.
    pub churn: Churn,
    /// How many files they change.
    pub files: usize,
    /// How many answers there are.
    pub replies: usize,
    /// By how many people.
    pub people: usize,
    /// What the author says has changed since the revision before; may be empty.
    pub changes_html: String,
    /// What shows that this revision follows the one before; may be empty.
    pub evidence: String,
    /// The cover letter with its answers.
    pub cover: Option<PatchView<'a>>,
    /// The patches that arrived, with their answers.
    pub patches: Vec<PatchView<'a>>,
    /// Answers whose message is not on the page, as a nested list.
    pub others: Vec<MessageView<'a>>,
    /// The revision as an mbox; empty on pages of older revisions.
    pub mbox_url: String,
    /// The series' feed; empty where no date is known.
    pub feed_url: String,
    /// The Message-ID by which `b4` finds the revision; empty where it is not a real one.
    pub message_id: &'a str,
    /// The revision in the list's permanent archive; may be empty.
    pub archive_url: String,
}

/// What has become of a series.
#[derive(Debug, Clone, Serialize)]
pub struct StateView<'a> {
    /// `new`, `discussed`, `reviewed`, `applied`.
    pub word: &'static str,
    /// Who wrote that it is applied.
    pub by: Option<Person<'a>>,
    /// When.
    pub when: Option<Moment>,
    /// To the message that says so; empty otherwise.
    pub url: String,
}

/// A revision in the switch between revisions.
#[derive(Debug, Clone, Serialize)]
pub struct RevisionLink {
    /// `v3`.
    pub label: String,
    /// Where it is.
    pub url: String,
    /// When it was posted.
    pub posted: Option<Moment>,
    /// It is the one on the page.
    pub current: bool,
}

/// A patch in the table of patches.
#[derive(Debug, Clone, Serialize)]
pub struct PatchRow<'a> {
    /// `3/8`; `3–6/8` for several in a row that never arrived.
    pub number: String,
    /// Its title; empty where it never arrived.
    pub title: &'a str,
    /// To the patch on the page; empty where it never arrived.
    pub url: String,
    /// It never arrived on the list.
    pub missing: bool,
    /// Who wrote it, where that is not the series' author.
    pub author: Option<Person<'a>>,
    /// How many files it changes.
    pub files: usize,
    /// Lines added and deleted.
    pub churn: Churn,
    /// Reviews that it got, those to the cover letter included.
    pub reviews: Vec<ReviewView<'a>>,
    /// How many answers it has.
    pub replies: usize,
}

/// A review.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewView<'a> {
    /// `Reviewed-by`
    pub key: &'a str,
    /// By whom.
    pub person: Person<'a>,
    /// To the answer that gives it.
    pub url: String,
    /// Given to the cover letter, so to every patch.
    pub from_cover: bool,
}

/// A patch or a cover letter, with its answers.
#[derive(Debug, Clone, Serialize)]
pub struct PatchView<'a> {
    /// `p3`; `cover` for the cover letter.
    pub anchor: String,
    /// `3/8`; empty for the cover letter and for single patches.
    pub number: String,
    /// Its title without tags.
    pub title: &'a str,
    /// The mail: its body is the commit message or the cover letter.
    pub message: MessageView<'a>,
    /// The author's notes below `---`, or empty.
    pub notes_html: String,
    /// Reviews that it got in answers; those that its own message holds are in its text.
    pub reviews: Vec<ReviewView<'a>>,
    /// The diffstat, or empty.
    pub stat_html: String,
    /// The diff, or empty.
    pub diff_html: String,
    /// How many files the diff changes.
    pub files: usize,
    /// Lines added and deleted.
    pub churn: Churn,
    /// What stands behind the diff (`base-commit:` and the like), or empty.
    pub rest_html: String,
    /// Its answers as a nested list.
    pub replies: Vec<MessageView<'a>>,
    /// The patch before on the page; absent for the first.
    pub previous: Option<Link>,
    /// The patch after; absent for the last.
    pub next: Option<Link>,
}

/// A message.
///
/// Messages of a discussion are a nested list laid flat: each item's `deeper` says that its answers
/// follow inside of it; otherwise its item ends, and `closes` lists end behind it with the items that
/// hold them. Lists deeper than six go on at depth six, and there `answers` says whom.
#[derive(Debug, Clone, Serialize)]
pub struct MessageView<'a> {
    /// Its `id`: `m` and some hex digits, the same as long as its Message-ID is.
    pub anchor: String,
    /// The whole subject.
    pub subject: &'a str,
    /// Who wrote it.
    pub author: Person<'a>,
    /// Who sent it, where that is somebody else.
    pub sender: Option<Person<'a>>,
    /// Sent by a machine.
    pub bot: bool,
    /// When it was sent.
    pub date: Option<Moment>,
    /// Its Message-ID.
    pub message_id: &'a str,
    /// The message in the list's permanent archive; may be empty.
    pub archive_url: String,
    /// Its text.
    pub body_html: String,
    /// Its parts that are not text.
    pub attachments: Vec<AttachmentView<'a>>,
    /// The message it answers, where the nesting does not show it.
    pub answers: Option<Link>,
    /// Its answers follow, inside of its item.
    pub deeper: bool,
    /// How many lists end behind it.
    pub closes: usize,
}

/// A part of a mail that is not shown.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentView<'a> {
    /// Its file name; may be empty.
    pub name: &'a str,
    /// Its media type.
    pub media_type: &'a str,
    /// Its length in bytes.
    pub bytes: usize,
}
