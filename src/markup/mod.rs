//! What people wrote as HTML: diffs, source text, mails, and what was said at the lines of a diff.
//!
//! In: texts. Out: what an [`HtmlWriter`] makes of them, every byte of theirs escaped. Never here: a page, an address of one, a template.

pub(crate) mod comment_anchors;
pub mod diff;
pub(crate) mod excerpt;
pub mod highlight;
pub(crate) mod markdown;
pub mod prose;
mod teaser;

pub use crate::text::{Html, HtmlWriter};
