//! The plan as the builder of one file reads it: what it reads decides the file.
//!
//! In: a plan, and a [`Log`]. Out: what the builder asks; the log then has the names of the facts that it read. A builder
//! gets a [`Reader`] and never the plan, so it cannot read what no log knows of; what cannot be told apart is read
//! [`whole`](Reader::whole), and the file is made each time.
//! Never here: what a fact is worth ([`fact`]), how anything looks.

use std::borrow::Cow;

use crate::{
    config::Settings,
    digest::{self, Digest, Period, Verdict},
    message::{Mailbox, TextReader},
    patch::{FileChange, Mail},
    plan::{
        changes, comparisons,
        content::{ContentPage, note_name},
        diff_pages,
        fact::{self, Fact, Log},
        mbox,
        omitted::Omitted,
        pages::Plan,
        people::{Known, People, PersonIx},
        places::{Places, ThreadPlace},
        repeats,
        route::Route,
        topic,
        tree::{Folder, FolderIx, Tree},
    },
    range_diff::Comparison,
    series::{
        Corpus, MailIx, Request, Review, Revision, Series, SeriesIx, Slot, StoredMessage,
        changelog::Changes,
    },
};

/// The plan, as one builder reads it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'p> {
    plan: &'p Plan<'p>,
    log: &'p Log,
    /// What the archives hold.
    pub(crate) corpus: Read<'p, Corpus>,
    /// Where it is shown.
    pub(crate) places: Read<'p, Places>,
    pub(crate) people: Read<'p, People>,
    pub(crate) tree: Read<'p, Tree>,
    /// The same for every file.
    pub(crate) settings: &'p Settings,
}

/// A part of the plan, as one builder reads it.
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
    /// All of it: what is made from that is made each time.
    pub(crate) fn whole(&self) -> &'p T {
        self.log.read_everything();
        self.part
    }
}

impl<'p> Reader<'p> {
    /// Reads `plan`, and writes down in `log` what.
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

    /// All of it: what is made from that is made each time.
    pub(crate) fn whole(&self) -> &'p Plan<'p> {
        self.log.read_everything();
        self.plan
    }

    /// The author's pages, which stand in every page's navigation.
    pub(crate) fn content_pages(&self) -> &'p [ContentPage] {
        &self.plan.content.pages
    }

    /// The page of a revision: the series' own for the newest.
    pub(crate) fn revision_route(&self, series: SeriesIx, revision: usize) -> Route {
        self.places.revision(series, revision)
    }

    /// What names a revision for ever, as a URI.
    pub(crate) fn revision_name(&self, series: SeriesIx, revision: usize) -> String {
        self.corpus.series(series).revisions[revision].members().take(1).for_each(|mail| {
            self.corpus.log(Fact::Mail(mail));
        });
        topic::revision_name(self.plan.corpus, &self.plan.places, series, revision)
    }

    /// What a revision's page lacks.
    pub(crate) fn omitted(&self, series: SeriesIx, revision: usize) -> Omitted {
        self.corpus.log(Fact::Series(series));
        self.plan.omitted(series, revision)
    }

    /// What the page that shows a mail lacks.
    pub(crate) fn omitted_with(&self, mail: MailIx) -> Omitted {
        self.corpus.log(Fact::Mail(mail));
        self.plan.omitted_with(mail)
    }

    /// What the page of a thread lacks.
    pub(crate) fn thread_omitted(&self, number: usize) -> Omitted {
        self.corpus.log(Fact::Thread(number));
        self.plan.omissions.thread_omitted(number)
    }

    /// A series has an mbox: `git am` takes it whole, authors and all.
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

    /// The digest of a number.
    pub(crate) fn digest(&self, number: usize) -> &'p Digest {
        self.corpus.log(Fact::Digest(number));
        self.plan.digests[number]
    }

    /// The periods before and after the digest of a number.
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

    /// The text form of a digest; `name` is that of its list.
    pub(crate) fn digest_text(&self, number: usize, name: &str, words: digest::Words) -> String {
        let digest = self.digest(number);
        let series = digest.activities.iter().map(|activity| Fact::Series(activity.series));
        series.for_each(|fact| self.corpus.log(fact));
        digest.messages.iter().for_each(|mail| self.corpus.log(Fact::Mail(*mail)));
        digest::write_text(
            self.plan.texts,
            self.plan.corpus,
            digest,
            name,
            self.settings.top,
            words,
        )
    }

    /// How a revision differs from the one before, made by `make` for the first that asks.
    pub(crate) fn comparison(
        &self,
        series: SeriesIx,
        revision: usize,
        make: impl FnOnce() -> Comparison,
    ) -> &'p Comparison {
        self.corpus.log(Fact::Series(series));
        self.plan.comparisons[series.at()][revision].get_or_init(make)
    }

    /// The revision that `number` is compared with.
    pub(crate) fn compared_with(&self, series: SeriesIx, number: usize) -> Option<usize> {
        self.corpus.log(Fact::Series(series));
        comparisons::compared_with(self.plan.corpus, &self.plan.omissions, series, number)
    }

    /// The newest revision of the series that has the same diff of a file of a mail.
    pub(crate) fn repeated(
        &self,
        series: SeriesIx,
        mail: MailIx,
        file: usize,
    ) -> Option<crate::markup::diff::Stand> {
        self.corpus.log(Fact::Series(series));
        repeats::later(self.plan.texts, self.plan.corpus, &self.plan.repeats, series, mail, file)
    }
}

impl<'p> Read<'p, Corpus> {
    /// A series.
    pub(crate) fn series(&self, ix: SeriesIx) -> &'p Series {
        self.log(Fact::Series(ix));
        &self.part.series[ix.at()]
    }

    /// A mail, and where it came from.
    pub(crate) fn stored(&self, ix: MailIx) -> &'p StoredMessage {
        self.log.read(fact::mail_name(self.part, ix));
        self.part.stored(ix)
    }

    /// A mail.
    pub(crate) fn mail(&self, ix: MailIx) -> &'p Mail {
        &self.stored(ix).mail
    }

    /// The text of a mail, which whoever has the mail read.
    pub(crate) fn text(&self, mail: &'p Mail) -> Cow<'p, str> {
        mail.message.read_text(self.texts())
    }

    /// Who reads texts.
    pub(crate) fn texts(&self) -> &'p TextReader {
        self.plan.texts
    }

    /// A mail, what it answers, what that answers, and so on.
    pub(crate) fn upwards(&self, mail: MailIx) -> impl Iterator<Item = MailIx> + use<'p> {
        let read = *self;
        self.part.threads.upwards(mail).inspect(move |mail| read.log(Fact::Mail(*mail)))
    }

    /// The patches that an announcement or a pull request names by their titles, as far as they are known.
    pub(crate) fn named(&self, mail: MailIx) -> Option<&'p [Option<MailIx>]> {
        self.log(Fact::Mail(mail));
        self.part.named.get(&mail).map(|found| &**found)
    }

    /// The pull request that a mail is.
    pub(crate) fn request(&self, mail: MailIx) -> Option<&'p Request> {
        self.stored(mail).mail.pull.as_ref()?;
        self.part.pulls.iter().find(|request| request.mail == mail)
    }

    /// The mail is spam, or in a thread that began as such.
    pub(crate) fn is_spam(&self, mail: MailIx) -> bool {
        self.log(Fact::Mail(mail));
        self.part.is_spam(mail)
    }

    /// The names of the lists: the same for every file.
    pub(crate) fn lists(&self) -> &'p [std::sync::Arc<str>] {
        &self.part.lists
    }

    /// The person that `.mailmap` says somebody is: the same for every file.
    pub(crate) fn fold<'m>(&self, who: &'m Mailbox) -> Cow<'m, Mailbox> {
        self.part.mailmap.fold(who)
    }
}

/// What follows from a revision and the contents of its mails. Whoever has the revision read its series, whose sum takes
/// in both.
impl<'p> Read<'p, Corpus> {
    /// Answers to a revision by people.
    pub(crate) fn answers(&self, revision: &'p Revision) -> impl Iterator<Item = MailIx> + use<'p> {
        self.part.answers(revision)
    }

    /// The mail by which the last patch of a revision got its review.
    pub(crate) fn approval(&self, revision: &Revision) -> Option<MailIx> {
        self.part.approval(revision)
    }

    /// How many people wrote these mails.
    pub(crate) fn people(&self, mails: impl Iterator<Item = MailIx>) -> usize {
        self.part.people(mails)
    }

    /// How many patches of a revision have a review.
    pub(crate) fn reviewed(&self, revision: &Revision) -> usize {
        self.part.reviewed(revision)
    }

    /// How many people gave these reviews.
    pub(crate) fn reviewers<'r>(&self, reviews: impl Iterator<Item = &'r Review>) -> usize {
        self.part.reviewers(reviews)
    }

    /// A mail is a person's, not a machine's.
    pub(crate) fn is_by_person(&self, mail: MailIx) -> bool {
        self.log(Fact::Mail(mail));
        self.part.is_by_person(mail)
    }

    /// What the author says has changed in a revision.
    pub(crate) fn changes(&self, revision: &Revision) -> Vec<Changes> {
        crate::series::changelog::changes(self.texts(), self.part, revision)
    }

    /// The changes of all patches of a revision.
    pub(crate) fn files(
        &self,
        revision: &'p Revision,
    ) -> impl Iterator<Item = &'p FileChange> + use<'p> {
        changes::files(self.part, revision)
    }

    /// A revision is known from a text digest only.
    pub(crate) fn is_told(&self, revision: &Revision) -> bool {
        revision.is_told(self.part)
    }

    /// The diffs of a revision are on pages of their own.
    pub(crate) fn has_diff_pages(&self, revision: &Revision) -> bool {
        diff_pages::has_diff_pages(self.part, revision)
    }

    /// How many lines the diffs of a revision have.
    pub(crate) fn diff_lines(&self, revision: &Revision) -> usize {
        diff_pages::diff_lines(self.part, revision)
    }

    /// The paths that the patches of a revision change, both ends of a rename.
    pub(crate) fn paths(&self, revision: &'p Revision) -> impl Iterator<Item = &'p str> {
        super::tree::paths(self.part, revision)
    }
}

impl<'p> Read<'p, Places> {
    /// The mail of a Message-ID.
    pub(crate) fn by_id(&self, id: &str) -> Option<MailIx> {
        self.log.looked_for(id);
        self.part.by_id(self.plan.corpus, id)
    }

    /// The `id` of a mail on its page.
    pub(crate) fn anchor(&self, mail: MailIx) -> &'p str {
        self.log(Fact::Mail(mail));
        self.part.anchor(mail)
    }

    /// The page that shows a mail.
    pub(crate) fn route(&self, mail: MailIx) -> Route {
        self.log(Fact::Mail(mail));
        self.part.route(self.plan.corpus, mail)
    }

    /// The page of a revision: the series' own for the newest.
    pub(crate) fn revision(&self, series: SeriesIx, revision: usize) -> Route {
        self.log(Fact::Series(series));
        self.part.revision(self.plan.corpus, series, revision)
    }

    /// The mails of a revision, by date.
    pub(crate) fn members(&self, series: SeriesIx, revision: usize) -> &'p [MailIx] {
        self.log(Fact::Series(series));
        self.part.members(series, revision)
    }

    /// A thread of mails that belong to no series.
    pub(crate) fn thread(&self, number: usize) -> &'p ThreadPlace {
        self.log(Fact::Thread(number));
        &self.part.threads[number]
    }

    /// The thread of a mail that belongs to no series.
    pub(crate) fn thread_of(&self, mail: MailIx) -> Option<&'p ThreadPlace> {
        self.log(Fact::Mail(mail));
        self.part.thread_number(mail).map(|number| self.thread(number))
    }
}

impl<'p> Read<'p, People> {
    /// The person that a mailbox is one of: what they are called, and their page.
    pub(crate) fn find(&self, who: &Mailbox) -> Option<Shown<'p>> {
        let key = self.plan.corpus.mailmap.key(who);
        self.log.read(fact::name(fact::Kind::Person, &key));
        self.part.by_key(&key).map(|known| Shown { known })
    }

    /// What a person is called, and their page.
    pub(crate) fn shown(&self, who: PersonIx) -> Shown<'p> {
        self.log(Fact::Person(who));
        Shown { known: &self.part.all[who as usize] }
    }

    /// All that a person did.
    pub(crate) fn known(&self, who: PersonIx) -> &'p Known {
        self.log(Fact::Known(who));
        &self.part.all[who as usize]
    }

    /// A verdict by its number, as [`known`](Self::known) and [`verdicts_on`](Self::verdicts_on) tell it.
    pub(crate) fn verdict(&self, number: u32) -> &'p (Verdict, Option<PersonIx>) {
        &self.part.verdicts[number as usize]
    }

    /// The numbers of the verdicts on a series.
    pub(crate) fn verdicts_on(&self, series: SeriesIx) -> &'p [u32] {
        self.log(Fact::Series(series));
        &self.part.of_series[series.at()].verdicts
    }

    /// Who posted a series.
    pub(crate) fn authors_of(&self, series: SeriesIx) -> &'p [PersonIx] {
        self.log(Fact::Series(series));
        self.part.authors_of(series)
    }

    /// Others of the same name, as [`known`](Self::known) tells them.
    pub(crate) fn namesakes(&self, who: PersonIx) -> impl Iterator<Item = &'p Known> + use<'p> {
        self.log(Fact::Known(who));
        let all = &self.part.all;
        self.part.namesakes(who).map(|other| &all[other as usize])
    }
}

/// What a page shows of a person who is not its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown<'p> {
    known: &'p Known,
}

impl<'p> Shown<'p> {
    /// The name as lists have it, where two of one name are to be told apart.
    pub(crate) fn label(&self) -> &'p str {
        self.known.label()
    }

    /// The name.
    pub(crate) fn name(&self) -> &'p str {
        self.known.name()
    }

    /// Their page, if they have one.
    pub(crate) fn page(&self) -> Option<Route> {
        self.known.has_page().then(|| self.known.route())
    }

    /// They are this person.
    pub(crate) fn is(&self, other: &Known) -> bool {
        self.known.slug == other.slug
    }
}

impl<'p> Read<'p, Tree> {
    /// The folder that a series is shown with.
    pub(crate) fn folder_of(&self, series: SeriesIx) -> FolderIx {
        self.log(Fact::Series(series));
        self.part.shown_folder(series)
    }

    /// A folder, with what was posted to it.
    pub(crate) fn folder(&self, folder: FolderIx) -> &'p Folder {
        self.log(Fact::Folder(folder));
        &self.part.folders[folder as usize]
    }

    /// The folders with pages inside of a folder, in the order of their paths.
    pub(crate) fn inside(&self, folder: FolderIx) -> &'p [FolderIx] {
        self.log(Fact::Folder(folder));
        self.part.inside.get(&folder).map_or(&[], Vec::as_slice)
    }

    /// How many series change something in a folder. Of a folder's own and those inside it, its fact tells.
    pub(crate) fn size(&self, folder: FolderIx) -> usize {
        self.part.folders[folder as usize].series.len()
    }

    /// The nearest folder with a page above a folder: its fact tells of all that are.
    pub(crate) fn above(&self, folder: FolderIx) -> FolderIx {
        self.part.above(folder)
    }

    /// The whole path of a folder, with a slash at its end.
    pub(crate) fn path(&self, folder: FolderIx) -> String {
        self.part.path(folder)
    }

    /// The path of a folder below another.
    pub(crate) fn below(&self, folder: FolderIx, top: FolderIx) -> String {
        self.part.below(folder, top)
    }

    /// The path of a folder as pages show it.
    pub(crate) fn label(&self, folder: FolderIx) -> String {
        self.part.label(folder)
    }

    /// Where a folder's page is.
    pub(crate) fn route(&self, folder: FolderIx) -> Route {
        self.part.route(folder)
    }

    /// Where a folder's feed is.
    pub(crate) fn feed(&self, folder: FolderIx) -> Route {
        self.part.feed(folder)
    }
}
