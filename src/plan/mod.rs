//! What exists and where: every page of a site with its address, who and what has one, what each may show.
//!
//! In: the [`Corpus`](crate::series::Corpus), the digests, the author's content, the settings. Out: a [`Plan`], which [`page`](crate::page) and
//! its siblings render. Found once for all pages: where each mail stands (`places`), people, folders (`tree`), what waits
//! (`working`), what is left out so that the site fits its host (`thin`), what was compared and what is sent again.
//! Never here: HTML, how anything looks, a file written.

pub(crate) mod changes;
pub(crate) mod comparisons;
pub(crate) mod content;
pub(crate) mod fact;
pub(crate) mod lack;
pub(crate) mod make;
pub(crate) mod mbox;
pub(crate) mod names;
pub(crate) mod pages;
pub(crate) mod people;
pub(crate) mod places;
pub(crate) mod reader;
pub(crate) mod repeats;
pub(crate) mod route;
pub(crate) mod spread;
pub(crate) mod sums;
pub(crate) mod thin;
pub(crate) mod topic;
pub(crate) mod tree;
pub(crate) mod veil;
pub(crate) mod working;

pub use content::{Content, ContentPage, Drafts};
pub(crate) use fact::EVERYTHING;
pub use fact::Log;
pub use make::{plan, plan_within};
pub(crate) use pages::Kind;
pub use pages::{Page, Plan};
pub(crate) use reader::{Read, Reader};
pub use route::{Route, safe_name};
#[cfg(test)]
pub(crate) use sums::left_out;
pub use thin::Aim;
pub use topic::Topic;
pub use working::Part;
