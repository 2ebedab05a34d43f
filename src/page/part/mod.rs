//! Parts that several kinds of pages share: the frame, rows, messages, states, charts, words.

pub(crate) mod authored;
pub(crate) mod body;
pub(crate) mod brief;
pub(crate) mod chart;
pub(crate) mod discussion;
pub(crate) mod inline_comments;
pub(crate) mod layout;
pub(crate) mod links;
pub(crate) mod messages;
pub(crate) mod place;
pub(crate) mod pull;
pub(crate) mod quote_links;
pub(crate) mod ranking;
pub(crate) mod revisions;
pub(crate) mod row;
pub(crate) mod status;
pub(crate) mod titles;
pub(crate) mod unchanged_diffs;
pub(crate) mod view;
pub(crate) mod wording;
