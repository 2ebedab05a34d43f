//! What a page of the author asks for beside its text: a template, values of its own, series and digests.
//!
//! In: its front matter. Out: [`Asks`], checked. Never here: which series those are.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    error::Reason,
    keys,
    plan::queues::{QUEUES, Queue},
    series::StateKind,
};

/// The most items of one kind on a page: pages with more have to be divided by patchpress.
const MOST: usize = 1_000;

/// The requests of a page.
#[derive(Debug, Clone, Default, Hash)]
pub(crate) struct Asks {
    /// Its template; empty for the one that all such pages have.
    pub(crate) template: String,
    /// Its table `extra`.
    pub(crate) extra: serde_json::Value,
    /// Series, under names of the author's.
    pub(crate) series: BTreeMap<String, SeriesAsk>,
    /// Digests, under names of the author's.
    pub(crate) digests: BTreeMap<String, DigestAsk>,
}

/// Which series.
#[derive(Debug, Clone, Default, Hash, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SeriesAsk {
    /// In this queue of a list, in the order of work.
    pub(crate) queue: String,
    /// In one of these states.
    pub(crate) state: OneOrMore,
    /// On this list.
    pub(crate) list: String,
    /// By this address, or by somebody of this name.
    pub(crate) author: String,
    /// Only those that change something in this folder, or this file.
    pub(crate) path: String,
    limit: Option<usize>,
}

/// Which digests.
#[derive(Debug, Clone, Default, Hash, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DigestAsk {
    /// Only those of this year.
    pub(crate) year: Option<i16>,
    limit: Option<usize>,
}

/// A word, or several.
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

    /// Whether it is one of them, or there are none.
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
    /// How many, at most.
    pub(crate) fn limit(&self) -> usize {
        self.limit.unwrap_or(50)
    }

    /// The queue, if one is named.
    pub(crate) fn queue(&self) -> Option<Queue> {
        QUEUES.into_iter().find(|queue| queue.anchor() == self.queue)
    }
}

impl DigestAsk {
    /// How many, at most.
    pub(crate) fn limit(&self) -> usize {
        self.limit.unwrap_or(MOST)
    }
}

impl Asks {
    /// The same, if all that it asks for is something.
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

    /// What others wrote is on it.
    pub(crate) fn shows_mails(&self) -> bool {
        !self.series.is_empty()
    }
}
