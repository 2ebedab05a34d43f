//! The plan of a site: its pages with their addresses, and what each may show.
//!
//! In: the [`Corpus`](crate::series::Corpus), the digests, the author's content, the settings. Out: a [`Plan`],
//! which [`page`](crate::page) and its siblings render. It holds what all pages share: the place of each mail
//! (`places`), people, folders (`tree`), queues (`queues`), what pages leave out so that the site fits its host
//! (`size_budget`), comparisons and repeated diffs. Never here: HTML, the look of a page, a file written.

pub(crate) mod changes;
pub(crate) mod comparisons;
pub(crate) mod content;
pub(crate) mod diff_pages;
pub(crate) mod event;
pub(crate) mod fact;
pub(crate) mod masking;
pub(crate) mod mbox;
pub(crate) mod names;
pub(crate) mod omitted;
pub(crate) mod pages;
pub(crate) mod people;
pub(crate) mod places;
pub(crate) mod planner;
pub(crate) mod queries;
pub(crate) mod queues;
pub(crate) mod reader;
pub(crate) mod repeats;
pub(crate) mod route;
pub(crate) mod size_budget;
pub(crate) mod sums;
pub(crate) mod topic;
pub(crate) mod tree;

pub use content::{Content, ContentPage, Drafts};
pub(crate) use content::{DigestAsk, SeriesAsk, is_picture, note_name};
pub(crate) use fact::EVERYTHING;
pub use fact::Log;
pub(crate) use pages::Kind;
pub use pages::{Page, Plan};
pub use planner::{plan, plan_within};
pub(crate) use queues::FOLLOWED;
pub use queues::Queue;
pub(crate) use reader::{Read, Reader};
pub use route::{Route, safe_name};
pub use size_budget::Aim;
#[cfg(test)]
pub(crate) use sums::left_out;
pub use topic::Topic;
