//! Where each message is shown, so that any page can link to it.
//!
//! In: the corpus. Out: an anchor for every message; the messages of every revision; the threads of
//! those that belong to no series. So no message is without a page.
//! Never here: how a page looks.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::route::{Route, safe_name};
use crate::message::MessageId;
use crate::series::{Corpus, MailIx, SeriesIx};
use crate::text::slug;

/// Where each message is shown.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Each mail's `id` on its page.
    anchors: Vec<Box<str>>,
    /// The mail of each Message-ID; of several under one id the first.
    ids: HashMap<MessageId, MailIx>,
    /// Each mail's thread, for mails of no series.
    thread_of: Vec<Option<u32>>,
    /// The threads of mails that belong to no series, by their first mail.
    pub(crate) threads: Vec<ThreadPlace>,
    /// The mails of each revision of each series, by date.
    members: Vec<Vec<Vec<MailIx>>>,
}

/// A thread of mails that belong to no series.
#[derive(Debug)]
pub(crate) struct ThreadPlace {
    /// Its name in URLs.
    pub(crate) slug: Box<str>,
    /// Its mails by date; never empty.
    pub(crate) mails: Vec<MailIx>,
}

impl Places {
    /// Finds a place for every message of `corpus`.
    pub(crate) fn new(corpus: &Corpus) -> Self {
        let mut places = Self { anchors: anchors(corpus), ..Self::default() };
        places.members =
            corpus.series.iter().map(|series| vec![Vec::new(); series.revisions.len()]).collect();
        for (mail, letter) in MailIx::all(corpus.mails.len()).zip(&corpus.mails) {
            places.ids.entry(letter.mail.message.id.clone()).or_insert(mail);
        }
        let mut threads: BTreeMap<MailIx, Vec<MailIx>> = BTreeMap::new();
        for (mail, letter) in MailIx::all(corpus.mails.len()).zip(&corpus.mails) {
            match letter.home {
                Some((series, revision)) => {
                    places.members[series.at()][revision as usize].push(mail);
                }
                None => threads.entry(corpus.threads.root[mail.at()]).or_default().push(mail),
            }
        }
        places.thread_of = vec![None; corpus.mails.len()];
        let mut threads: Vec<Vec<MailIx>> = threads.into_values().collect();
        threads.sort_by_key(|mails| mails[0]);
        for mails in threads {
            places.add_thread(corpus, mails);
        }
        places
    }

    /// The `id` of a mail on its page.
    pub(crate) fn anchor(&self, mail: MailIx) -> &str {
        self.anchors.get(mail.at()).map_or("", |anchor| anchor)
    }

    /// The mail of a Message-ID.
    pub(crate) fn by_id(&self, id: &str) -> Option<MailIx> {
        self.ids.get(id).copied()
    }

    /// The number of the thread of a mail that belongs to no series.
    pub(crate) fn thread_number(&self, mail: MailIx) -> Option<usize> {
        self.thread_of.get(mail.at()).copied().flatten().map(|number| number as usize)
    }

    /// The thread of a mail that belongs to no series.
    pub(crate) fn thread(&self, mail: MailIx) -> Option<&ThreadPlace> {
        self.threads.get(self.thread_number(mail)?)
    }

    /// The page that shows a mail.
    pub(crate) fn route(&self, corpus: &Corpus, mail: MailIx) -> Route {
        if let Some(thread) = self.thread(mail) {
            return Route::Thread(thread.slug.clone());
        }
        match corpus.letter(mail).home {
            Some((series, revision)) => self.revision(corpus, series, revision as usize),
            None => Route::Home,
        }
    }

    /// The page of a revision: the series' own for the newest.
    pub(crate) fn revision(&self, corpus: &Corpus, series: SeriesIx, revision: usize) -> Route {
        let series = &corpus.series[series.at()];
        match series.revisions.get(revision) {
            Some(older) if revision + 1 < series.revisions.len() => {
                Route::Revision(series.slug.clone(), safe_name(&older.label()).into())
            }
            _ => Route::Series(series.slug.clone()),
        }
    }

    /// The mails of a revision, by date.
    pub(crate) fn members(&self, series: SeriesIx, revision: usize) -> &[MailIx] {
        self.members[series.at()].get(revision).map_or(&[], Vec::as_slice)
    }

    fn add_thread(&mut self, corpus: &Corpus, mails: Vec<MailIx>) {
        let number = u32::try_from(self.threads.len()).ok();
        for mail in &mails {
            self.thread_of[mail.at()] = number;
        }
        let title = &corpus.letter(mails[0]).mail.message.subject.title;
        let hash = self.anchor(mails[0]).trim_start_matches('m').to_owned();
        self.threads
            .push(ThreadPlace { slug: format!("{}-{hash}", slug(title, 60)).into(), mails });
    }
}

/// `m` and eight hex digits of each Message-ID's hash; where two mails share one, a number behind it.
fn anchors(corpus: &Corpus) -> Vec<Box<str>> {
    let mut seen = HashSet::new();
    let mut anchors = Vec::with_capacity(corpus.mails.len());
    for letter in &corpus.mails {
        let hash = crate::hash::Sha1::from(letter.mail.message.id.as_bytes()).hexdigest();
        let first = format!("m{}", &hash[..8]);
        let mut anchor = first.clone();
        let mut copy = 1;
        while !seen.insert(anchor.clone()) {
            copy += 1;
            anchor = format!("{first}_{copy}");
        }
        anchors.push(anchor.into());
    }
    anchors
}
