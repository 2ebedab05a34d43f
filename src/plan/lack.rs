//! What pages lack so that the site fits its host: which of them, and what.

use crate::{
    error::Note,
    plan::places::Places,
    series::{Corpus, MailIx, SeriesIx},
};

/// What a page lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) enum Lack {
    /// Nothing.
    #[default]
    Nothing,
    /// Its diffs.
    Diffs,
    /// All that people wrote but titles, names and verdicts.
    Texts,
}

impl Lack {
    /// The word that templates know it by; empty where nothing is missing.
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
pub(crate) struct Thinning {
    /// By series and revision; empty where no page lacks anything.
    pub(crate) revisions: Vec<Vec<Lack>>,
    pub(crate) threads: Vec<Lack>,
    /// What the site is estimated to weigh, in bytes.
    pub(crate) estimate: u64,
    /// Nothing more can be left out.
    pub(crate) is_least: bool,
    pub(crate) notes: Vec<Note>,
}

impl Thinning {
    /// What a revision's page lacks.
    pub(crate) fn lack(&self, series: SeriesIx, revision: usize) -> Lack {
        let of = self.revisions.get(series.at()).and_then(|all| all.get(revision));
        of.copied().unwrap_or_default()
    }

    /// What the page of a thread lacks.
    pub(crate) fn thread_lack(&self, number: usize) -> Lack {
        self.threads.get(number).copied().unwrap_or_default()
    }

    /// What the page that shows a mail lacks.
    pub(crate) fn lack_of(&self, corpus: &Corpus, places: &Places, mail: MailIx) -> Lack {
        match (corpus.letter(mail).home, places.thread_number(mail)) {
            (Some((series, revision)), _) => self.lack(series, revision as usize),
            (None, Some(number)) => self.thread_lack(number),
            (None, None) => Lack::Nothing,
        }
    }
}
