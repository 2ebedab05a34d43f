//! What several kinds of pages have: the frame around them, rows, messages, standings, charts, words.

pub(crate) mod authored;
pub(crate) mod body;
pub(crate) mod brief;
pub(crate) mod chart;
pub(crate) mod discussion;
pub(crate) mod frame;
pub(crate) mod letter;
pub(crate) mod links;
pub(crate) mod pull;
pub(crate) mod quoted;
pub(crate) mod ranking;
pub(crate) mod remarks;
pub(crate) mod repeats;
pub(crate) mod revisions;
pub(crate) mod row;
pub(crate) mod standing;
pub(crate) mod titles;
pub(crate) mod view;
pub(crate) mod words;
