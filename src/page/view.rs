//! What a template sees: the theme author's contract, version 1.
//!
//! One struct for each kind of page, and the small ones that they are made of. Every page struct has a
//! field `page` ([`Frame`]). Rules that hold for all of them:
//!
//! - Text is plain text; the template escapes it. A field whose name ends in `_html` holds finished HTML. Only these
//!   fields may be printed with `| safe`.
//! - `url` is a link that works from the page; `anchor` is an `id` without `#`. Links to pages of the site need no quotes
//!   in an attribute; all other links do.
//! - A list can be empty. A field that can be absent says so, and is `null` then.
//! - Numbers are integers without a unit.
//!
//! A field is added freely; one that is renamed or removed is a new version of the contract.
//! Never here: how a view is made.

pub use crate::page::content::view::*;
pub use crate::page::digest::print::view::*;
pub use crate::page::digest::view::*;
pub use crate::page::feeds::view::*;
pub use crate::page::home::view::*;
pub use crate::page::list::view::*;
pub use crate::page::part::{
    chart::view::*, messages::view::*, outline::view::*, report::view::*, row::view::*, view::*,
};
pub use crate::page::paths::view::*;
pub use crate::page::people::view::*;
pub use crate::page::search::view::*;
pub use crate::page::series::compare::view::*;
pub use crate::page::series::diff::view::*;
pub use crate::page::series::view::*;
pub use crate::page::stats::view::*;
pub use crate::page::thread::view::*;
