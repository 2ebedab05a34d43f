//! What an author's page requests besides its text: a template, its own values, series and digests.
//!
//! In: its front matter. Out: [`Asks`], checked. Never here: which series match.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    error::Reason,
    keys,
    plan::queues::{QUEUES, Queue},
    series::StateKind,
};

/// The most items of one kind on a page: longer lists would have to be divided into pages.
const MOST: usize = 1_000;

/// The requests of a page.
#[derive(Debug, Clone, Default, Hash)]
pub(crate) struct Asks {
    /// Its template; empty for the common one.
    pub(crate) template: String,
    /// Its table `extra`.
    pub(crate) extra: serde_json::Value,
    /// Requested series, under the author's names.
    pub(crate) series: BTreeMap<String, SeriesAsk>,
    /// Requested digests, under the author's names.
    pub(crate) digests: BTreeMap<String, DigestAsk>,
}

/// A request for series.
#[derive(Debug, Clone, Default, Hash, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SeriesAsk {
    /// In this queue of a list, in the order of work.
    pub(crate) queue: String,
    /// In one of these states.
    pub(crate) state: OneOrMore,
    /// Posted to this list.
    pub(crate) list: String,
    /// Posted from this address, or by a person with this name.
    pub(crate) author: String,
    /// Only those that change this file, or a file in this folder.
    pub(crate) path: String,
    limit: Option<usize>,
}

/// A request for digests.
#[derive(Debug, Clone, Default, Hash, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DigestAsk {
    /// Only those of this year.
    pub(crate) year: Option<i16>,
    limit: Option<usize>,
}

/// One word, or several.
#[derive(Debug, Clone, Hash, Deserialize)]
#[serde(untagged, expecting = "neither a word nor a list of words")]
pub(crate) enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl Default for OneOrMore {
    fn default() -> Self {
        Self::More(Vec::new())
    }
}

impl OneOrMore {
    fn words(&self) -> &[String] {
        match self {
            Self::One(word) => std::slice::from_ref(word),
            Self::More(words) => words,
        }
    }

    /// Whether the word is one of them, or there are none.
    pub(crate) fn takes(&self, word: &str) -> bool {
        self.words().is_empty() || self.words().iter().any(|known| known == word)
    }
}

/// The states that a series can be in.
const STATES: [StateKind; 10] = [
    StateKind::New,
    StateKind::Discussed,
    StateKind::ChangesRequested,
    StateKind::Reviewed,
    StateKind::Quiet,
    StateKind::Superseded,
    StateKind::Rejected,
    StateKind::PartlyApplied,
    StateKind::Applied,
    StateKind::Merged,
];

impl SeriesAsk {
    /// The most series.
    pub(crate) fn limit(&self) -> usize {
        self.limit.unwrap_or(50)
    }

    /// The requested queue, if any.
    pub(crate) fn queue(&self) -> Option<Queue> {
        QUEUES.into_iter().find(|queue| queue.anchor() == self.queue)
    }
}

impl DigestAsk {
    /// The most digests.
    pub(crate) fn limit(&self) -> usize {
        self.limit.unwrap_or(MOST)
    }
}

impl Asks {
    /// Checks that everything in the request exists.
    pub(super) fn checked(self) -> Result<Self, Reason> {
        let states = STATES.map(StateKind::word);
        let queues = QUEUES.map(Queue::anchor);
        let asked = self.series.iter().flat_map(|(name, ask)| {
            let state = ask.state.words().iter().map(move |word| (name, "state", word));
            state.chain([(name, "queue", &ask.queue)].into_iter().filter(|(.., q)| !q.is_empty()))
        });
        for (name, what, word) in asked {
            let known: &[&str] = if what == "state" { &states } else { &queues };
            if !known.contains(&word.as_str()) {
                let hint =
                    keys::hint(word, known).replace("the keys here are", "possible values are");
                return Err(
                    Reason::new(format!("`series.{name}`: `{word}` is not a {what}")).hint(hint)
                );
            }
        }
        let limits = self.series.values().map(|ask| ask.limit);
        let limits = limits.chain(self.digests.values().map(|ask| ask.limit)).flatten();
        if limits.max().is_some_and(|limit| limit > MOST) {
            return Err(Reason::new(format!("a `limit` is {MOST} at most")));
        }
        let asks = !self.series.is_empty() || !self.digests.is_empty();
        if asks && self.template.is_empty() {
            let reason = Reason::new("`series` and `digests` need a `template`");
            return Err(reason
                .hint("for example `template: board.html`, a file in `templates/` of the theme"));
        }
        Ok(self)
    }

    /// Whether the page shows text from mails.
    pub(crate) fn shows_mails(&self) -> bool {
        !self.series.is_empty()
    }
}
