//! Where each message is shown, so that any page can link to it.
//!
//! In: the corpus. Out: an anchor for every message; the messages of every revision; the threads of
//! those that belong to no series. So no message is without a page.
//! Never here: how a page looks.

use std::collections::{BTreeMap, HashSet};

use super::route::{Route, slug, version_label};
use crate::series::{Corpus, MailIx, SeriesIx};

/// Where each message is shown.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Each mail's `id` on its page.
    anchors: Vec<Box<str>>,
    /// Each mail's thread, for mails of no series.
    thread_of: Vec<Option<u32>>,
    /// The threads of mails that belong to no series, by their first mail.
    pub(crate) threads: Vec<ThreadPlace>,
    /// The mails of each revision of each series, by date.
    members: Vec<Vec<Vec<MailIx>>>,
    /// The name of each revision of each series in URLs.
    names: Vec<Vec<Box<str>>>,
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
        places.names = corpus.series.iter().map(|series| names(&series.revisions)).collect();
        let mut threads: BTreeMap<MailIx, Vec<MailIx>> = BTreeMap::new();
        for (mail, letter) in (0u32..).map(MailIx).zip(&corpus.mails) {
            let revision = letter.revision as usize;
            let member = letter.series.and_then(|s| places.members.get_mut(s.0 as usize));
            match member.and_then(|revisions| revisions.get_mut(revision)) {
                Some(mails) => mails.push(mail),
                None => threads.entry(root(corpus, mail)).or_default().push(mail),
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
        self.anchors.get(mail.0 as usize).map_or("", |anchor| anchor)
    }

    /// The thread of a mail that belongs to no series.
    pub(crate) fn thread(&self, mail: MailIx) -> Option<&ThreadPlace> {
        let number = self.thread_of.get(mail.0 as usize).copied().flatten()?;
        self.threads.get(number as usize)
    }

    /// The page that shows a mail.
    pub(crate) fn route(&self, corpus: &Corpus, mail: MailIx) -> Route {
        if let Some(thread) = self.thread(mail) {
            return Route::Thread(thread.slug.clone());
        }
        let letter = corpus.mails.get(mail.0 as usize);
        match letter.and_then(|letter| Some((letter.series?, letter.revision))) {
            Some((series, revision)) => self.revision(corpus, series, revision as usize),
            None => Route::Home,
        }
    }

    /// The page of a revision: the series' own for the newest.
    pub(crate) fn revision(&self, corpus: &Corpus, series: SeriesIx, revision: usize) -> Route {
        let slug = &corpus.series[series.0 as usize].slug;
        let names = &self.names[series.0 as usize];
        if revision + 1 >= names.len() {
            Route::Series(slug.clone())
        } else {
            Route::Revision(slug.clone(), names[revision].clone())
        }
    }

    /// The mails of a revision, by date.
    pub(crate) fn members(&self, series: SeriesIx, revision: usize) -> &[MailIx] {
        self.members[series.0 as usize].get(revision).map_or(&[], Vec::as_slice)
    }

    fn add_thread(&mut self, corpus: &Corpus, mails: Vec<MailIx>) {
        let number = u32::try_from(self.threads.len()).ok();
        for mail in &mails {
            self.thread_of[mail.0 as usize] = number;
        }
        let title = &corpus.mails[mails[0].0 as usize].mail.message.subject.title;
        let hash = self.anchor(mails[0]).trim_start_matches('m').to_owned();
        self.threads.push(ThreadPlace { slug: slug(title, &hash).into(), mails });
    }
}

/// The farthest ancestor of a mail.
fn root(corpus: &Corpus, mail: MailIx) -> MailIx {
    corpus.threads.root.get(mail.0 as usize).copied().unwrap_or(mail)
}

/// `m` and eight hex digits of each Message-ID's hash; where two mails share one, a number behind it.
fn anchors(corpus: &Corpus) -> Vec<Box<str>> {
    let mut seen = HashSet::new();
    let mut anchors = Vec::with_capacity(corpus.mails.len());
    for letter in &corpus.mails {
        let hash = sha1_smol::Sha1::from(letter.mail.message.id.as_bytes()).hexdigest();
        let first = format!("m{}", &hash[..8]);
        let mut anchor = first.clone();
        let mut copy = 1;
        while !seen.insert(anchor.clone()) {
            copy += 1;
            anchor = format!("{first}-{copy}");
        }
        anchors.push(anchor.into());
    }
    anchors
}

/// `v1`, `v2` …; a second revision of the same version gets a number behind it.
fn names(revisions: &[crate::series::Revision]) -> Vec<Box<str>> {
    let mut names: Vec<Box<str>> = Vec::with_capacity(revisions.len());
    for revision in revisions {
        let label = version_label(revision.version);
        let mut name: Box<str> = label.clone().into();
        let mut copy = 1;
        while names.contains(&name) {
            copy += 1;
            name = format!("{label}-{copy}").into();
        }
        names.push(name);
    }
    names
}
