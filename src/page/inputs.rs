//! What decides a page: one that would come out as it is need not be made again.
//!
//! In: the plan, and what the page looked for when it was made last. Out: a [`Digest`] of all that goes into its
//! bytes beside what is the same for every page (settings, theme, navigation, the program). Two that are the
//! same make the same page; where it is cheaper to be careful than exact, a page is made once too often.
//! Pages that tell of everything have none: they are made each time.
//! Never here: what was made last time, a file.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
    hash::Hash,
    sync::{Mutex, OnceLock, PoisonError},
};

use super::{Kind, Page, Plan, content::note_name, front, route::Route};
use crate::{
    hash::{Digest, Sha1},
    series::{Corpus, MailIx, SeriesIx, Witness},
};

/// What each series and each digest is made from, as far as somebody asked.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    series: Vec<OnceLock<Digest>>,
    digests: Vec<OnceLock<Digest>>,
}

impl Inputs {
    /// Nothing asked yet.
    pub(super) fn new(corpus: &Corpus, digests: usize) -> Self {
        let none = |count: usize| (0..count).map(|_| OnceLock::new()).collect();
        Self { series: none(corpus.series.len()), digests: none(digests) }
    }
}

/// The Message-IDs that pages looked for while they were made: their texts link to these, or would; where addresses
/// are masked or hidden, all that may be either.
#[derive(Debug, Default)]
pub struct Asked {
    by_page: Mutex<BTreeMap<String, BTreeSet<Box<str>>>>,
}

impl Asked {
    /// The page at `from` mentions this Message-ID.
    pub(super) fn add(&self, from: &Route, id: &str) {
        let mut pages = self.by_page.lock().unwrap_or_else(PoisonError::into_inner);
        pages.entry(from.file()).or_default().insert(id.into());
    }

    /// What a page looked for; it is forgotten with that.
    fn take(&self, file: &str) -> Vec<Box<str>> {
        let mut pages = self.by_page.lock().unwrap_or_else(PoisonError::into_inner);
        pages.remove(file).map_or(Vec::new(), |ids| ids.into_iter().collect())
    }
}

impl Plan<'_> {
    /// The Message-IDs that the file of `route` looked for when it was made, sorted; told once.
    pub fn asked_by(&self, route: &Route) -> Vec<Box<str>> {
        self.asked.take(&route.file())
    }

    /// What decides the bytes of a page, beside where its links to Message-IDs lead ([`Self::mentions`]); `None` for
    /// pages that are made each time.
    pub fn inputs(&self, page: &Page) -> Option<Digest> {
        let mut sum = Sha1::new();
        let route = &page.route;
        match &page.kind {
            Kind::Revision(ix, number) | Kind::Compare(ix, number) => {
                (self.series_inputs(*ix), number).hash(&mut sum);
            }
            Kind::Diff(ix, number, (slot, _)) => {
                (self.series_inputs(*ix), number, slot).hash(&mut sum);
            }
            Kind::Mbox(ix) => self.series_inputs(*ix).hash(&mut sum),
            Kind::Thread(number) => self.add_thread(&mut sum, *number),
            Kind::Digest(number) | Kind::DigestText(number) | Kind::DigestWhole(number) => {
                self.digest_inputs(*number).hash(&mut sum);
            }
            Kind::Card(number) => {
                (self.digest_inputs(*number), self.card_bars(*number)).hash(&mut sum);
            }
            Kind::Person(person) => add_view(&mut sum, &self.person_page(route, *person)),
            Kind::Path(folder) => add_view(&mut sum, &self.folder_page(route, *folder)),
            _ => return None,
        }
        Some(sum.digest())
    }

    /// The mail of a Message-ID that the page at `from` mentions.
    pub(super) fn mentioned(&self, from: &Route, id: &str) -> Option<MailIx> {
        self.asked.add(from, id);
        self.places.by_id(self.corpus, id)
    }

    /// Where the links to these Message-IDs lead, and whether the site shows them as such.
    pub fn mentions(&self, asked: &[Box<str>]) -> Digest {
        let mut sum = Sha1::new();
        for id in asked {
            let place = self.places.by_id(self.corpus, id).map(|mail| self.place_of(mail));
            (id, place, self.veil.spares(id)).hash(&mut sum);
        }
        sum.digest()
    }

    /// What the pages of a digest are made from, and what feeds tell of it.
    pub fn digest_inputs(&self, number: usize) -> Digest {
        *self.inputs.digests[number].get_or_init(|| {
            let mut sum = Sha1::new();
            self.add_digest(&mut sum, number);
            sum.digest()
        })
    }

    /// What the pages of a series are made from, and the rows that tell of it elsewhere.
    pub fn series_inputs(&self, ix: SeriesIx) -> Digest {
        *self.inputs.series[ix.at()].get_or_init(|| {
            let mut sum = Sha1::new();
            self.add_work_on(&mut sum, ix);
            sum.digest()
        })
    }

    /// What these mails and the pages that show them are known by.
    pub fn mails_inputs(&self, mails: &[MailIx]) -> Digest {
        let mut sum = Sha1::new();
        mails.iter().for_each(|mail| self.add_mail(&mut sum, *mail));
        sum.digest()
    }

    fn add_work_on(&self, sum: &mut Sha1, ix: SeriesIx) {
        let series = &self.corpus.series[ix.at()];
        let home = Route::Series(series.slug.clone());
        let links = self.links(&home);
        series.hash(sum);
        let mut mails: BTreeSet<MailIx> = BTreeSet::new();
        for (number, revision) in series.revisions.iter().enumerate() {
            mails.extend(self.places.members(ix, number));
            for slot in &revision.slots {
                mails.extend(slot.mail);
                mails.extend(slot.reviews.iter().map(|review| review.mail));
                let told = slot.applied.iter().flat_map(|applied| applied.steps());
                mails.extend(told.filter_map(|applied| told_by(&applied.witness)));
                for review in &slot.reviews {
                    self.add_person(sum, &review.person);
                }
            }
            mails.extend(revision.hearsay.into_iter().chain(revision.taker));
            self.add_person(sum, &revision.author);
            self.digest_crumb(revision).hash(sum);
            (self.is_told(revision), self.lack(ix, number).word()).hash(sum);
            add_view(sum, &self.evidence(&links, ix, number));
        }
        mails.extend(series.state.witness.as_ref().and_then(told_by));
        mails.iter().for_each(|mail| self.add_mail(sum, *mail));
        add_view(sum, &self.folder_of(&links, ix));
        add_view(sum, &self.kin(&links, ix));
        add_view(sum, &self.claims(&links, ix));
    }

    fn add_thread(&self, sum: &mut Sha1, number: usize) {
        let thread = &self.places.threads[number];
        for mail in &thread.mails {
            self.add_mail(sum, *mail);
        }
        let route = Route::Thread(thread.slug.clone());
        add_view(sum, &self.series_in_thread(&route, number));
        add_view(sum, &self.pulls(&self.links(&route), &thread.mails));
    }

    fn add_digest(&self, sum: &mut Sha1, number: usize) {
        let digest = self.digests[number];
        let route = &Route::digest(&digest.period);
        digest.hash(sum);
        let around = [number.checked_sub(1), number.checked_add(1)];
        for other in around.into_iter().flatten().filter_map(|n| self.digests.get(n)) {
            other.period.hash(sum);
        }
        add_view(sum, &front::plot(self, &self.links(route), number));
        self.content
            .notes
            .get(&note_name(&digest.period))
            .map(|note| format!("{note:?}"))
            .hash(sum);
        let mut series: BTreeSet<SeriesIx> = digest.activities.iter().map(|a| a.series).collect();
        for mail in &digest.messages {
            self.add_mail(sum, *mail);
            series.extend(self.corpus.letter(*mail).home.map(|(series, _)| series));
        }
        for answer in &digest.first_answers.answered {
            self.place_of(answer.mail).hash(sum);
        }
        for mail in &digest.other {
            self.places.thread(*mail).map(|thread| thread.mails.len()).hash(sum);
        }
        for rank in digest.contributors.iter().chain(&digest.reviewers) {
            self.add_person(sum, &rank.who);
        }
        for ix in series {
            self.series_inputs(ix).hash(sum);
        }
    }

    /// A mail, where it is shown, and what it answers.
    fn add_mail(&self, sum: &mut Sha1, mail: MailIx) {
        let letter = self.corpus.letter(mail);
        let message = &letter.mail.message;
        // What ids are called that may not be shown depends on other mails.
        (message.raw, &message.id, &message.references).hash(sum);
        letter.mail.spam.hash(sum);
        // Other mails have a say in when it came.
        letter.date().hash(sum);
        letter.copies.iter().for_each(|(list, _)| list.hash(sum));
        (self.place_of(mail), self.lack_of(mail).word()).hash(sum);
        let parent = self.corpus.threads.parent[mail.at()];
        parent.hash(sum);
        // An answer to another series may stand below one to this.
        if parent.is_some_and(|parent| self.corpus.letter(parent).home != letter.home) {
            self.corpus.threads.upwards(mail).for_each(|above| above.hash(sum));
        }
    }

    /// The page of a person, if any, and how lists call them.
    fn add_person(&self, sum: &mut Sha1, who: &crate::message::Mailbox) {
        let known = self.people.find(self.corpus, who);
        let told = known.map(|(_, known)| (known.has_page().then(|| known.route()), known.label()));
        told.hash(sum);
    }

    /// The page and the place on it that show a mail.
    fn place_of(&self, mail: MailIx) -> (Route, &str) {
        (self.places.route(self.corpus, mail), self.places.anchor(mail))
    }
}

fn told_by(witness: &Witness) -> Option<MailIx> {
    match witness {
        Witness::Mail(mail) => Some(*mail),
        Witness::Commit(_) => None,
    }
}

/// What a template sees is all that goes into a page; where it is quickly made, it speaks for itself.
fn add_view(sum: &mut Sha1, view: &impl Debug) {
    sum.update(format!("{view:?}").as_bytes());
}
