//! A message, and a patch or cover letter with its answers, as templates see them.

use serde::Serialize;

use crate::{
    page::part::view::{Churn, Link, Moment, Person},
    text::Html,
};

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
    pub notes_html: Html,
    /// Verdicts that it got elsewhere; those that its own message holds are in its text.
    pub reviews: Vec<ReviewView<'a>>,
    /// How many more it got; the table of reviews has them.
    pub more_reviews: usize,
    /// The diffstat, or empty.
    pub stat_html: Html,
    /// The diff with what answers say at its lines, or empty.
    pub diff_html: Html,
    /// The page that the diff is on, where this one would be too long; else empty.
    pub diff_url: String,
    /// How many files the diff changes.
    pub files: usize,
    /// Lines added and deleted.
    pub churn: Churn,
    /// What stands behind the diff (`base-commit:` and the like), or empty.
    pub rest_html: Html,
    /// How many answers by people it has.
    pub answers: usize,
    /// How many messages by machines are below it beside them.
    pub robots: usize,
    /// Its answers as a nested list.
    pub replies: Vec<MessageView<'a>>,
    /// Where it was taken.
    pub applied: Option<TakenView<'a>>,
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
    /// The `id` of its item: `m` and some hex digits, the same as long as its Message-ID is. What it says at
    /// the lines of a diff has the ids `…-1`, `…-2` and so on.
    pub anchor: String,
    /// The whole subject.
    pub subject: &'a str,
    /// Who wrote it.
    pub author: Person<'a>,
    /// Who sent it, where that is somebody else.
    pub sender: Option<Person<'a>>,
    /// Sent by a machine.
    pub bot: bool,
    /// When it was sent, or when it came where its Date field is wrong.
    pub date: Option<Moment>,
    /// What its sender wrote into the Date field, where that is more than a day off.
    pub written: Option<Moment>,
    /// The names of the lists it was on, where those are not the page's.
    pub lists: Vec<&'a str>,
    /// Its Message-ID.
    pub message_id: &'a str,
    /// The message in the list's permanent archive; may be empty.
    pub archive_url: String,
    /// Its text; of an answer that stands in the diff what is left of it, with links to there.
    pub body_html: Html,
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

/// A verdict on a patch.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewView<'a> {
    /// `Reviewed-by`
    pub key: &'a str,
    /// By whom.
    pub person: Person<'a>,
    /// When it was given.
    pub when: Option<Moment>,
    /// To the message that gives it.
    pub url: String,
    /// What it is about where that is not just this patch: `whole series`, `patches it names`; else empty.
    pub scope: &'a str,
    /// How it came to stand at the patch: `given`, `carried`, `declared`, `foreign` or `bot`.
    pub how: &'static str,
    /// The same for people: `given in an answer`, `carried from v2`, `in the commit message`, `in
    /// another’s name`, `by a machine`.
    pub standing: String,
    /// It is a person's own word: one in another's name or by a machine is shown, but does not count.
    pub counts: bool,
    /// What the reviewer wrote beside it; may be empty.
    pub comment: &'a str,
}

/// Patches that were taken together.
#[derive(Debug, Clone, Serialize)]
pub struct TakenView<'a> {
    /// `1–3, 5`; empty where it is all of them.
    pub patches: String,
    /// How many there are.
    pub count: usize,
    /// Into the mainline; otherwise into a maintainer's tree.
    pub merged: bool,
    /// The tree as the witness names it; may be empty.
    pub tree: &'a str,
    /// The commit, cut to twelve digits, where it is one patch; may be empty.
    pub commit: &'a str,
    /// Who said so; absent where the tree itself shows it.
    pub by: Option<Person<'a>>,
    /// When.
    pub when: Option<Moment>,
    /// To the message that says so, of several the first; empty where the tree itself shows it.
    pub url: String,
}
