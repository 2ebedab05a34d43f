//! A message, and a patch or cover letter with its replies, as templates see them.
//!
//! In: nothing; these are types, filled by [`messages`](super). Out: the contract with themes: the comment of each
//! field is its description in the guide. Never here: code.

use serde::Serialize;

use crate::{
    page::part::{
        outline::view::PlaceView,
        report::view::ReportView,
        view::{Churn, Link, Moment, Person},
    },
    text::Html,
};

/// A patch or a cover letter, with its replies.
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
    /// Its reviews in other messages; those in its own message are in its text.
    pub reviews: Vec<ReviewView<'a>>,
    /// How many more reviews it has; the table of reviews lists them.
    pub more_reviews: usize,
    /// The diffstat, or empty.
    pub stat_html: Html,
    /// The diff, with remarks from replies at its lines, or empty.
    pub diff_html: Html,
    /// Link to the page of the diff, if this page would be too long with it; otherwise empty.
    pub diff_url: String,
    /// How many files the diff changes.
    pub files: usize,
    /// Lines added and deleted.
    pub churn: Churn,
    /// The text after the diff (`base-commit:` and the like), or empty.
    pub rest_html: Html,
    /// How many replies by people it has.
    pub answers: usize,
    /// How many messages by machines it has in addition.
    pub robots: usize,
    /// Its replies, as a nested list.
    pub replies: Vec<MessageView<'a>>,
    /// Where it was taken.
    pub applied: Option<TakenView<'a>>,
    /// The patch before on the page; absent for the first.
    pub previous: Option<Link>,
    /// The patch after; absent for the last.
    pub next: Option<Link>,
}

/// A message. The messages of a discussion are a flattened nested list: `deeper` says that the replies to a message
/// follow inside its item. Otherwise the item ends, and after it `closes` lists end, with the items that contain
/// them. Lists deeper than six continue at depth six; there, `answers` names the parent.
#[derive(Debug, Clone, Serialize)]
pub struct MessageView<'a> {
    /// The `id` of its item: `m` and some hex digits, made from its Message-ID. Its remarks at lines of a diff have
    /// the ids `…-1`, `…-2` and so on.
    pub anchor: String,
    /// The whole subject.
    pub subject: &'a str,
    /// Its author.
    pub author: Person<'a>,
    /// Who sent it, if that is somebody else.
    pub sender: Option<Person<'a>>,
    /// Sent by a machine.
    pub bot: bool,
    /// When it was sent, or when it arrived if its Date field is wrong.
    pub date: Option<Moment>,
    /// The date in its Date field, if that is more than an hour off.
    pub written: Option<Moment>,
    /// The names of the lists on which it was posted, if they differ from those of the page.
    pub lists: Vec<&'a str>,
    /// Its Message-ID.
    pub message_id: &'a str,
    /// The message in the list's permanent archive; may be empty.
    pub archive_url: String,
    /// The report, if the message is one and the page does not show its state at the top; otherwise absent.
    pub report: Option<ReportView<'a>>,
    /// Its review tags (`Reviewed-by`), if it has no other content; otherwise empty.
    pub marks: Vec<&'a str>,
    /// Its position in a long discussion; absent in a short one.
    pub place: Option<PlaceView>,
    /// Link to the message to which it replies; empty if that message is not on the site.
    pub parent: String,
    /// Its text. Remarks that the page shows at lines of a diff are replaced by links to them.
    pub body_html: Html,
    /// Its parts that are not text.
    pub attachments: Vec<AttachmentView<'a>>,
    /// The message to which it replies, if the nesting does not show that.
    pub answers: Option<Link>,
    /// Its replies follow, inside its item.
    pub deeper: bool,
    /// How many nested lists end after it.
    pub closes: usize,
}

/// A part of a message that the page does not show.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentView<'a> {
    /// Its file name; may be empty.
    pub name: &'a str,
    /// Its media type.
    pub media_type: &'a str,
    /// Its length in bytes.
    pub bytes: usize,
}

/// A review of a patch.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewView<'a> {
    /// `Reviewed-by`
    pub key: &'a str,
    /// The reviewer.
    pub person: Person<'a>,
    /// The date of the review.
    pub when: Option<Moment>,
    /// Link to the message that contains it.
    pub url: String,
    /// Its scope, if that is not only this patch: `whole series`, `patches it names`; otherwise empty.
    pub scope: &'a str,
    /// Its origin: `given`, `carried`, `declared`, `foreign` or `bot`.
    pub how: &'static str,
    /// The same in words: `given in a reply`, `carried from v2`, `in the commit message`, `in somebody else’s name`,
    /// `by a machine`.
    pub standing: String,
    /// It counts: a person gave it in their own name. The page also shows reviews by machines and in somebody
    /// else's name, but they do not count.
    pub counts: bool,
    /// The reviewer's comment next to it; may be empty.
    pub comment: &'a str,
}

/// Patches that were taken together.
#[derive(Debug, Clone, Serialize)]
pub struct TakenView<'a> {
    /// `1–3, 5`; empty if it is all of them.
    pub patches: String,
    /// How many there are.
    pub count: usize,
    /// They were taken into the mainline; otherwise into a maintainer's tree.
    pub merged: bool,
    /// The tree, as the message names it; may be empty.
    pub tree: &'a str,
    /// The commit of a single patch, cut to twelve digits; may be empty.
    pub commit: &'a str,
    /// What shows it: `says` (a message), `cites` (a message cites the commit), `builds-on` (a later patch by somebody
    /// else builds on it) or `commit`.
    pub evidence: &'static str,
    /// The sender of that message; absent if the tree itself shows it.
    pub by: Option<Person<'a>>,
    /// The date of that message or commit.
    pub when: Option<Moment>,
    /// Link to that message; empty if the tree itself shows it.
    pub url: String,
}
