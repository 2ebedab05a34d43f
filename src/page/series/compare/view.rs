//! Two neighbouring revisions side by side, as their template sees them.

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
    /// The older title, where it is another one; else empty.
    pub old_title: &'a str,
    /// The older revision.
    pub old: ComparedRevision<'a>,
    /// The newer one.
    pub new: ComparedRevision<'a>,
    /// The comparison of the revisions before these two.
    pub previous: Option<Link>,
    /// That of the revisions after them.
    pub next: Option<Link>,
    /// How many patches did what.
    pub tally: CompareTally,
    /// Every patch of both, in the order of `git range-diff`.
    pub rows: Vec<ComparedRow<'a>>,
    /// They were too large to be compared as carefully as usual.
    pub estimated: bool,
    /// What the author says has changed, in the cover letter and below the patches.
    pub changes: Vec<AuthorChanges>,
    /// The difference of each patch in which more than trailers differ.
    pub differences: Vec<DifferenceView<'a>>,
    /// What `b4 diff` is to be given; empty where the list has no permanent archive, or both have the
    /// same version.
    pub b4: String,
}

/// One of the two revisions.
#[derive(Debug, Clone, Serialize)]
pub struct ComparedRevision<'a> {
    /// `v3`.
    pub label: String,
    /// Where it is.
    pub url: String,
    /// When it was posted.
    pub posted: Option<Moment>,
    /// Who sent it.
    pub author: Person<'a>,
    /// How many patches it has.
    pub patches: usize,
}

/// What the author says in one place has changed.
#[derive(Debug, Clone, Serialize)]
pub struct AuthorChanges {
    /// To the message: `Cover letter`, `Patch 3`.
    pub about: Link,
    /// The author's words.
    pub text_html: Html,
}

/// How many patches did what between two revisions.
#[derive(Debug, Clone, Serialize)]
pub struct CompareTally {
    /// To the page that compares them, labelled with the two: `v2 with v3`.
    pub link: Link,
    /// What happened how often; what did not happen is left out.
    pub counts: Vec<CompareCount>,
}

/// Something that happened to patches.
#[derive(Debug, Clone, Serialize)]
pub struct CompareCount {
    /// The mark that `git range-diff` prints: `=`, `!`, `<`, `>`; absent for what it has none for.
    pub sign: Option<char>,
    /// How often.
    pub count: usize,
    /// `same`, `trailers only`, `reworded`, `rebased`, `changed`, `rewritten`, `new`, `dropped`,
    /// `retitled`, `moved`.
    pub label: String,
}

/// A patch of either revision.
#[derive(Debug, Clone, Serialize)]
pub struct ComparedRow<'a> {
    /// Its number in the older revision; empty where it is new.
    pub old: String,
    /// Its number in the newer revision; empty where it was dropped.
    pub new: String,
    /// The mark that `git range-diff` prints: `=`, `!`, `<` or `>`.
    pub sign: char,
    /// What became of it: a label of [`CompareCount`], but neither `retitled` nor `moved`.
    pub label: &'a str,
    /// So little is left of it that the two share no difference.
    pub rewritten: bool,
    /// Its title.
    pub title: &'a str,
    /// The title before, where it is another one; else empty.
    pub old_title: &'a str,
    /// It changed places with others.
    pub moved: bool,
    /// It was not sent again: the older revision's stands.
    pub carried: bool,
    /// The trailers that it got (`+ Reviewed-by: …`) and lost (`- …`), where only those differ.
    pub trailers: Vec<String>,
    /// Lines of the difference, where more than trailers differ.
    pub churn: Churn,
    /// To its difference on the page, or to the patch where there is none.
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
    /// The patch in the newer one.
    pub new: Link,
    /// The difference; empty where the patch was rewritten, so that it would hold both in full, and where
    /// the page has no room left for it.
    pub diff_html: Html,
}
