//! Two neighbouring revisions side by side, as their template sees them.
//!
//! In: nothing; these are types, filled by [`compare`](super). Out: the contract with themes: the comment of each
//! field is its description in the guide. Never here: code.

use serde::Serialize;

use crate::{
    page::part::view::{Churn, Frame, Link, Moment, Person},
    text::Html,
};

/// `compare.html`: what changed from one revision to the next.
#[derive(Debug, Serialize)]
pub struct CompareView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The newer revision's title, without tags.
    pub title: &'a str,
    /// The title of the older revision, if it differs; otherwise empty.
    pub old_title: &'a str,
    /// The older revision.
    pub old: ComparedRevision<'a>,
    /// The newer revision.
    pub new: ComparedRevision<'a>,
    /// The comparison of the revisions before these two.
    pub previous: Option<Link>,
    /// The comparison of the revisions after these two.
    pub next: Option<Link>,
    /// How many patches changed, and how.
    pub tally: CompareTally,
    /// Every patch of both revisions, in the order of `git range-diff`.
    pub rows: Vec<ComparedRow<'a>>,
    /// The revisions are too large for the usual careful comparison.
    pub estimated: bool,
    /// The author's lists of changes, from the cover letter and from the notes of the patches.
    pub changes: Vec<AuthorChanges>,
    /// The difference of each patch that changed in more than its trailers.
    pub differences: Vec<DifferenceView<'a>>,
    /// The argument for `b4 diff`; empty if the list has no permanent archive, or if both revisions have the same
    /// version.
    pub b4: String,
}

/// One of the two compared revisions.
#[derive(Debug, Clone, Serialize)]
pub struct ComparedRevision<'a> {
    /// `v3`.
    pub label: String,
    /// Its address.
    pub url: String,
    /// When it was posted.
    pub posted: Option<Moment>,
    /// Who sent it.
    pub author: Person<'a>,
    /// How many patches it has.
    pub patches: usize,
}

/// The author's list of changes, from one message.
#[derive(Debug, Clone, Serialize)]
pub struct AuthorChanges {
    /// Link to the message: `Cover letter`, `Patch 3`.
    pub about: Link,
    /// The author's words.
    pub text_html: Html,
}

/// How many patches changed between two revisions, and how.
#[derive(Debug, Clone, Serialize)]
pub struct CompareTally {
    /// Link to the page that compares them, labelled with both: `v2 with v3`.
    pub link: Link,
    /// The kinds of change that happened, with their numbers.
    pub counts: Vec<CompareCount>,
}

/// A kind of change, with the number of patches that it applies to.
#[derive(Debug, Clone, Serialize)]
pub struct CompareCount {
    /// The mark that `git range-diff` prints: `=`, `!`, `<`, `>`; absent if it has no mark for this.
    pub sign: Option<char>,
    /// The number of patches.
    pub count: usize,
    /// `same`, `trailers only`, `reworded`, `rebased`, `changed`, `rewritten`, `new`, `dropped`,
    /// `retitled`, `moved`.
    pub label: String,
}

/// A patch of either revision.
#[derive(Debug, Clone, Serialize)]
pub struct ComparedRow<'a> {
    /// Its number in the older revision; empty if it is new.
    pub old: String,
    /// Its number in the newer revision; empty if it was dropped.
    pub new: String,
    /// The mark that `git range-diff` prints: `=`, `!`, `<` or `>`.
    pub sign: char,
    /// How it changed: a label of [`CompareCount`], except `retitled` and `moved`.
    pub label: &'a str,
    /// It changed so much that the page shows no difference.
    pub rewritten: bool,
    /// Its title.
    pub title: &'a str,
    /// The title in the older revision, if it differs; otherwise empty.
    pub old_title: &'a str,
    /// Its place in the order changed.
    pub moved: bool,
    /// It was not sent again: the patch of the older revision still applies.
    pub carried: bool,
    /// Added trailers (`+ Reviewed-by: …`) and removed ones (`- …`), if only trailers differ.
    pub trailers: Vec<String>,
    /// Lines of the difference, if more than trailers differ.
    pub churn: Churn,
    /// Link to its difference on this page, or to the patch if the page shows no difference.
    pub url: String,
}

/// The difference of a patch.
#[derive(Debug, Clone, Serialize)]
pub struct DifferenceView<'a> {
    /// Its `id`.
    pub anchor: String,
    /// Its row.
    pub row: ComparedRow<'a>,
    /// The patch in the older revision.
    pub old: Link,
    /// The patch in the newer revision.
    pub new: Link,
    /// The difference; empty if the patch was rewritten, so that the difference would contain both in full, or if
    /// the page has no room for it.
    pub diff_html: Html,
}
