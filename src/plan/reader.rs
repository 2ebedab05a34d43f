//! The plan as seen by the builder of one file, with a record of what it reads.
//!
//! In: a plan, and a [`Log`]. Out: what the builder asks for; the log then has the names of the facts. A builder
//! gets a [`Reader`] and never the plan, so it cannot read anything that the log misses. If there is no narrower
//! fact, it reads the [`whole`](Reader::whole) plan, and every build makes its file. Questions to a part of the plan
//! (the corpus, places, people, folders) are in `parts`. Never here: the value of a fact ([`fact`](super::fact)),
//! the look of a page.

mod parts;

use crate::{
    config::Settings,
    digest::{Digest, Period},
    markup::diff,
    patch::Mail,
    plan::{
        comparisons,
        content::{Content, ContentPage, note_name},
        fact::{Fact, Log},
        mbox,
        omitted::Omitted,
        pages::Plan,
        people::People,
        places::Places,
        repeats,
        route::Route,
        topic,
        tree::Tree,
    },
    range_diff::Comparison,
    series::{Corpus, MailIx, SeriesIx, Slot},
    text::{HtmlWriter, Mask},
};

/// The plan, as seen by one builder.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'p> {
    plan: &'p Plan<'p>,
    log: &'p Log,
    /// The content of the archives.
    pub(crate) corpus: Read<'p, Corpus>,
    /// Where its mails are shown.
    pub(crate) places: Read<'p, Places>,
    pub(crate) people: Read<'p, People>,
    pub(crate) tree: Read<'p, Tree>,
    /// The same for every file.
    pub(crate) settings: &'p Settings,
}

/// A part of the plan, as seen by one builder.
#[derive(Debug)]
pub(crate) struct Read<'p, T> {
    part: &'p T,
    plan: &'p Plan<'p>,
    log: &'p Log,
}

impl<T> Clone for Read<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Read<'_, T> {}

impl<T> Read<'_, T> {
    fn log(&self, fact: Fact) {
        self.log.read(self.plan.name(fact));
    }
}

impl<'p, T> Read<'p, T> {
    /// All of it: every build makes a file that reads this.
    pub(crate) fn whole(&self) -> &'p T {
        self.log.read_everything();
        self.part
    }
}

impl<'p> Reader<'p> {
    /// Reads `plan`, and records the facts in `log`.
    pub(crate) fn new(plan: &'p Plan<'p>, log: &'p Log) -> Self {
        Self {
            plan,
            log,
            corpus: Read { part: plan.corpus, plan, log },
            places: Read { part: &plan.places, plan, log },
            people: Read { part: &plan.people, plan, log },
            tree: Read { part: &plan.tree, plan, log },
            settings: plan.settings,
        }
    }

    /// All of it: every build makes a file that reads this.
    pub(crate) fn whole(&self) -> &'p Plan<'p> {
        self.log.read_everything();
        self.plan
    }

    /// The masking that writers apply to texts.
    pub(crate) fn mask(&self) -> Mask<'p> {
        self.plan.mask(self.log)
    }

    /// A writer of markup.
    pub(crate) fn html(&self) -> HtmlWriter<'p> {
        HtmlWriter::new(self.mask()).in_words(&self.settings.words)
    }

    /// The author's pages, which are in every page's navigation.
    pub(crate) fn content_pages(&self) -> &'p [ContentPage] {
        &self.plan.content.pages
    }

    /// The author's content, only for the names of its pages and pictures: any page can link to them.
    pub(crate) fn names_of_content(&self) -> &'p Content {
        self.plan.content
    }

    /// The page of a revision: the series' own for the newest.
    pub(crate) fn revision_route(&self, series: SeriesIx, revision: usize) -> Route {
        self.places.revision(series, revision)
    }

    /// The permanent name of a revision, as a URI.
    pub(crate) fn revision_name(&self, series: SeriesIx, revision: usize) -> String {
        let first = self.corpus.series(series).revisions[revision].members().next();
        first.into_iter().for_each(|mail| self.corpus.log(Fact::Mail(mail)));
        topic::revision_name(self.plan.corpus, &self.plan.places, series, revision)
    }

    /// What a revision's page leaves out.
    pub(crate) fn omitted(&self, series: SeriesIx, revision: usize) -> Omitted {
        self.corpus.log(Fact::Series(series));
        self.plan.omitted(series, revision)
    }

    /// What the page of a mail leaves out.
    pub(crate) fn omitted_with(&self, mail: MailIx) -> Omitted {
        self.corpus.log(Fact::Mail(mail));
        self.plan.omitted_with(mail)
    }

    /// What a thread's page leaves out.
    pub(crate) fn thread_omitted(&self, number: usize) -> Omitted {
        self.corpus.log(Fact::Thread(number));
        self.plan.omissions.thread_omitted(number)
    }

    /// Whether a series has an mbox: `git am` can apply all of it, with its authors.
    pub(crate) fn offers_mbox(&self, series: SeriesIx) -> bool {
        self.corpus.log(Fact::Series(series));
        self.plan.offers_mbox(series)
    }

    /// The patches of the mbox of a series, with their places.
    pub(crate) fn mbox_patches(&self, series: SeriesIx) -> Vec<(&'p Slot, &'p Mail)> {
        self.corpus.log(Fact::Series(series));
        let patches = mbox::patches(self.plan.corpus, series);
        patches.filter_map(|slot| Some((slot, self.corpus.mail(slot.mail?)))).collect()
    }

    /// The series that the saved query with this number finds, newest posting first.
    pub(crate) fn found(&self, number: usize) -> &'p [SeriesIx] {
        self.corpus.log(Fact::Query(number));
        self.plan.queries.of(number)
    }

    /// The digest with this number.
    pub(crate) fn digest(&self, number: usize) -> &'p Digest {
        self.corpus.log(Fact::Digest(number));
        self.plan.digests[number]
    }

    /// The periods before and after the digest with this number.
    pub(crate) fn periods_beside(&self, number: usize) -> [Option<&'p Period>; 2] {
        self.corpus.log(Fact::Digest(number));
        let period = |number: usize| self.plan.digests.get(number).map(|digest| &digest.period);
        [number.checked_sub(1).and_then(period), period(number + 1)]
    }

    /// The author's note on a digest.
    pub(crate) fn note(&self, number: usize) -> Option<&'p ContentPage> {
        let digest = self.digest(number);
        self.plan.content.notes.get(&note_name(&digest.period))
    }

    /// How a revision differs from the one before; the first caller makes it with `make`.
    pub(crate) fn comparison(
        &self,
        series: SeriesIx,
        revision: usize,
        make: impl FnOnce() -> Comparison,
    ) -> &'p Comparison {
        self.corpus.log(Fact::Series(series));
        self.plan.comparisons[series.at()][revision].get_or_init(make)
    }

    /// The revision with which `number` is compared.
    pub(crate) fn compared_with(&self, series: SeriesIx, number: usize) -> Option<usize> {
        self.corpus.log(Fact::Series(series));
        comparisons::compared_with(self.plan.corpus, &self.plan.omissions, series, number)
    }

    /// The newest revision of the series with the same diff of a mail's file.
    pub(crate) fn repeated(
        &self,
        series: SeriesIx,
        mail: MailIx,
        file: usize,
    ) -> Option<diff::Stand> {
        self.corpus.log(Fact::Series(series));
        repeats::later(self.plan.texts, self.plan.corpus, &self.plan.repeats, series, mail, file)
    }
}
