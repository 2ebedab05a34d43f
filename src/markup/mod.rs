//! Texts of people as HTML: diffs, source code, mails, and remarks at the lines of a diff.
//!
//! In: texts. Out: HTML from an [`HtmlWriter`], with every byte of the texts escaped. Never here: a page, the
//! address of a page, a template.

pub(crate) mod comment_anchors;
pub mod diff;
pub(crate) mod excerpt;
pub mod highlight;
pub(crate) mod markdown;
pub mod prose;
mod teaser;

pub use crate::text::{Html, HtmlWriter};
