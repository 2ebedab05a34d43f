//! The reviews of a series by patch, revision and reviewer, as templates see them.

use std::borrow::Cow;

use serde::Serialize;

use crate::page::part::view::{Link, Person};

/// Who gave a tag to which patch in which revision.
#[derive(Debug, Serialize)]
pub struct MatrixView<'a> {
    /// The reviewers, those of most patches first.
    pub people: Vec<Person<'a>>,
    /// How many more reviewers there are.
    pub more: usize,
    /// The patches of the newest revision.
    pub rows: Vec<MatrixRow<'a>>,
}

/// A patch and the tags of its reviewers.
#[derive(Debug, Serialize)]
pub struct MatrixRow<'a> {
    /// `3/7`.
    pub number: String,
    /// Its title.
    pub title: Cow<'a, str>,
    /// A cell for each reviewer, in their order; absent without a tag.
    pub cells: Vec<Option<MatrixCell>>,
}

/// A reviewer's tag for a patch.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixCell {
    /// The first revision with it, and the message that gives it.
    pub link: Link,
    /// The newest revision still has it.
    pub stands: bool,
}
