//! What pages leave out, so that the site fits its host.

use crate::{
    error::Note,
    plan::places::Places,
    series::{Corpus, MailIx, SeriesIx},
};

/// What a page leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) enum Omitted {
    /// Nothing.
    #[default]
    Nothing,
    /// Its diffs.
    Diffs,
    /// Everything that people wrote, except titles, names and reviews.
    Texts,
}

impl Omitted {
    /// The word for templates; empty if nothing is left out.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Diffs => "diffs",
            Self::Texts => "texts",
        }
    }
}

/// What each page of messages leaves out.
#[derive(Debug, Default)]
pub(crate) struct Omissions {
    /// By series and revision; empty if no page leaves anything out.
    pub(crate) revisions: Vec<Vec<Omitted>>,
    pub(crate) threads: Vec<Omitted>,
    /// The estimated size of the site, in bytes.
    pub(crate) estimate: u64,
    /// Whether nothing more can be left out.
    pub(crate) is_least: bool,
    pub(crate) notes: Vec<Note>,
}

impl Omissions {
    /// What a revision's page leaves out.
    pub(crate) fn omitted(&self, series: SeriesIx, revision: usize) -> Omitted {
        let of = self.revisions.get(series.at()).and_then(|all| all.get(revision));
        of.copied().unwrap_or_default()
    }

    /// What a thread's page leaves out.
    pub(crate) fn thread_omitted(&self, number: usize) -> Omitted {
        self.threads.get(number).copied().unwrap_or_default()
    }

    /// What the page of a mail leaves out.
    pub(crate) fn omitted_with(&self, corpus: &Corpus, places: &Places, mail: MailIx) -> Omitted {
        match (corpus.stored(mail).home, places.thread_number(mail)) {
            (Some((series, revision)), _) => self.omitted(series, revision as usize),
            (None, Some(number)) => self.thread_omitted(number),
            (None, None) => Omitted::Nothing,
        }
    }
}
