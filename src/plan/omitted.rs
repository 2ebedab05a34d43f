//! What pages lack so that the site fits its host: which of them, and what.

use crate::{
    error::Note,
    plan::places::Places,
    series::{Corpus, MailIx, SeriesIx},
};

/// What a page lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) enum Omitted {
    /// Nothing.
    #[default]
    Nothing,
    /// Its diffs.
    Diffs,
    /// All that people wrote but titles, names and verdicts.
    Texts,
}

impl Omitted {
    /// The word that templates know it by; empty if nothing is missing.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Diffs => "diffs",
            Self::Texts => "texts",
        }
    }
}

/// What each page of messages lacks.
#[derive(Debug, Default)]
pub(crate) struct Omissions {
    /// By series and revision; empty if no page lacks anything.
    pub(crate) revisions: Vec<Vec<Omitted>>,
    pub(crate) threads: Vec<Omitted>,
    /// What the site is estimated to weigh, in bytes.
    pub(crate) estimate: u64,
    /// Nothing more can be left out.
    pub(crate) is_least: bool,
    pub(crate) notes: Vec<Note>,
}

impl Omissions {
    /// What a revision's page lacks.
    pub(crate) fn omitted(&self, series: SeriesIx, revision: usize) -> Omitted {
        let of = self.revisions.get(series.at()).and_then(|all| all.get(revision));
        of.copied().unwrap_or_default()
    }

    /// What the page of a thread lacks.
    pub(crate) fn thread_omitted(&self, number: usize) -> Omitted {
        self.threads.get(number).copied().unwrap_or_default()
    }

    /// What the page that shows a mail lacks.
    pub(crate) fn omitted_with(&self, corpus: &Corpus, places: &Places, mail: MailIx) -> Omitted {
        match (corpus.stored(mail).home, places.thread_number(mail)) {
            (Some((series, revision)), _) => self.omitted(series, revision as usize),
            (None, Some(number)) => self.thread_omitted(number),
            (None, None) => Omitted::Nothing,
        }
    }
}
