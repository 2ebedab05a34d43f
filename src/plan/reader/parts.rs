//! The questions of builders to parts of the plan: the corpus, places, people, folders.
//!
//! In: a [`Read`] of the part. Out: the answer; the log has its facts. Never here: answers that need several parts.

use std::{borrow::Cow, sync::Arc};

use super::Read;
use crate::{
    date::Timestamp,
    digest::Verdict,
    message::{Mailbox, TextReader},
    patch::{FileChange, Mail, Role},
    plan::{
        changes, diff_pages,
        fact::{self, Fact},
        people::{Known, People, PersonIx},
        places::{Places, ThreadPlace},
        route::Route,
        tree::{self, Folder, FolderIx, Tree},
    },
    series::{
        Corpus, MailIx, Report, Request, Review, Revision, Series, SeriesIx, Slot, StoredMessage,
        changelog::{self, Changes},
    },
    text::Mask,
};

impl<'p> Read<'p, Corpus> {
    /// A series.
    pub(crate) fn series(&self, ix: SeriesIx) -> &'p Series {
        self.log(Fact::Series(ix));
        &self.part.series[ix.at()]
    }

    /// A mail, and its place in its archive.
    pub(crate) fn stored(&self, ix: MailIx) -> &'p StoredMessage {
        self.log.read(fact::mail_name(self.part, ix));
        self.part.stored(ix)
    }

    /// A mail.
    pub(crate) fn mail(&self, ix: MailIx) -> &'p Mail {
        &self.stored(ix).mail
    }

    /// The masking that writers apply to texts.
    pub(crate) fn mask(&self) -> Mask<'p> {
        self.plan.mask(self.log)
    }

    /// The text of a mail, which its holder has read already.
    pub(crate) fn text(&self, mail: &'p Mail) -> Cow<'p, str> {
        mail.message.read_text(self.texts())
    }

    /// The cover letter and the patches in the mail of this patch or letter, if that mail contains several; the
    /// patches by number.
    pub(crate) fn bundle(&self, ix: MailIx) -> Option<(MailIx, Vec<MailIx>)> {
        let mail = self.mail(ix);
        let letter = match (mail.message.part, mail.role) {
            (0, Role::Cover) => ix,
            (0, _) => return None,
            _ => self.upwards(ix).nth(1)?,
        };
        let (series, at) = self.stored(letter).home?;
        let revision = self.series(series).revisions.get(at as usize)?;
        let slots = revision.slots.iter().filter_map(Slot::sent);
        let is_its = |ix: &MailIx| {
            let message = &self.mail(*ix).message;
            message.part > 0 && message.posted_as() == &self.mail(letter).message.id
        };
        let patches: Vec<MailIx> = slots.filter(is_its).collect();
        (!patches.is_empty()).then_some((letter, patches))
    }

    /// The reader of texts.
    pub(crate) fn texts(&self) -> &'p TextReader {
        self.plan.texts
    }

    /// A mail, its parent, the parent's parent, and so on.
    pub(crate) fn upwards(&self, mail: MailIx) -> impl Iterator<Item = MailIx> + use<'p> {
        let read = *self;
        self.part.threads.upwards(mail).inspect(move |mail| read.log(Fact::Mail(*mail)))
    }

    /// The known patches that an announcement or a pull request names by title.
    pub(crate) fn named(&self, mail: MailIx) -> Option<&'p [Option<MailIx>]> {
        self.log(Fact::Mail(mail));
        self.part.named.get(&mail).map(|found| &**found)
    }

    /// The report that a mail is.
    pub(crate) fn report(&self, mail: MailIx) -> Option<&'p Report> {
        self.log(Fact::Mail(mail));
        self.part.reports.of(mail)
    }

    /// The pull request that a mail is.
    pub(crate) fn request(&self, mail: MailIx) -> Option<&'p Request> {
        self.stored(mail).mail.pull.as_ref()?;
        self.part.pulls.iter().find(|request| request.mail == mail)
    }

    /// Whether the mail is spam, or in a thread that began with spam.
    pub(crate) fn is_spam(&self, mail: MailIx) -> bool {
        self.log(Fact::Mail(mail));
        self.part.is_spam(mail)
    }

    /// The names of the lists, which are the same for every file.
    pub(crate) fn lists(&self) -> &'p [Arc<str>] {
        &self.part.lists
    }

    /// The person of a mailbox by `.mailmap`, which is the same for every file.
    pub(crate) fn fold<'m>(&self, who: &'m Mailbox) -> Cow<'m, Mailbox> {
        self.part.mailmap.fold(who)
    }
}

/// Answers that depend on a revision and its mails only. Their caller has read the revision's series, whose sum
/// includes both.
impl<'p> Read<'p, Corpus> {
    /// Replies to a revision by people.
    pub(crate) fn answers(&self, revision: &'p Revision) -> impl Iterator<Item = MailIx> + use<'p> {
        self.part.answers(revision)
    }

    /// The mail with which every patch of a revision had its review.
    pub(crate) fn approval(&self, revision: &Revision) -> Option<MailIx> {
        self.part.approval(revision)
    }

    /// The number of people who wrote these mails.
    pub(crate) fn people(&self, mails: impl Iterator<Item = MailIx>) -> usize {
        self.part.people(mails)
    }

    /// The number of a revision's patches with a review.
    pub(crate) fn reviewed(&self, revision: &Revision) -> usize {
        self.part.reviewed(revision)
    }

    /// The number of people who gave these reviews.
    pub(crate) fn reviewers<'r>(&self, reviews: impl Iterator<Item = &'r Review>) -> usize {
        self.part.reviewers(reviews)
    }

    /// Whether a person, not a machine, sent a mail.
    pub(crate) fn is_by_person(&self, mail: MailIx) -> bool {
        self.log(Fact::Mail(mail));
        self.part.is_by_person(mail)
    }

    /// The author's changelog of a revision.
    pub(crate) fn changes(&self, revision: &Revision) -> Vec<Changes> {
        changelog::changes(self.texts(), self.part, revision)
    }

    /// The changes of all patches of a revision.
    pub(crate) fn files(
        &self,
        revision: &'p Revision,
    ) -> impl Iterator<Item = &'p FileChange> + use<'p> {
        changes::files(self.part, revision)
    }

    /// Whether a revision is known only from a text digest.
    pub(crate) fn is_told(&self, revision: &Revision) -> bool {
        revision.is_told(self.part)
    }

    /// Whether the diffs of a revision have pages of their own.
    pub(crate) fn has_diff_pages(&self, revision: &Revision) -> bool {
        diff_pages::has_diff_pages(self.part, revision)
    }

    /// The number of lines in a revision's diffs.
    pub(crate) fn diff_lines(&self, revision: &Revision) -> usize {
        diff_pages::diff_lines(self.part, revision)
    }

    /// The paths that the patches of a revision change, both ends of a rename.
    pub(crate) fn paths(&self, revision: &'p Revision) -> impl Iterator<Item = &'p str> {
        tree::paths(self.part, revision)
    }
}

impl<'p> Read<'p, Places> {
    /// The mail with a Message-ID.
    pub(crate) fn by_id(&self, id: &str) -> Option<MailIx> {
        self.log.looked_for(id);
        self.plan.corpus.ids.get(id).copied()
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

    /// The date of a series' last mail.
    pub(crate) fn last_message(&self, series: SeriesIx) -> Option<Timestamp> {
        self.log(Fact::Series(series));
        self.part.last_message(series)
    }

    /// The mails of a revision, by date.
    pub(crate) fn members(&self, series: SeriesIx, revision: usize) -> &'p [MailIx] {
        self.log(Fact::Series(series));
        self.part.members(series, revision)
    }

    /// The number of pages with a revision and its replies.
    pub(crate) fn answer_pages(&self, series: SeriesIx, revision: usize) -> usize {
        self.log(Fact::Series(series));
        self.part.answer_pages(series, revision)
    }

    /// One of these pages, and its mails by date.
    pub(crate) fn answers(
        &self,
        series: SeriesIx,
        revision: usize,
        page: usize,
    ) -> (Route, Cow<'p, [MailIx]>) {
        self.log(Fact::Series(series));
        let corpus = self.plan.corpus;
        let route = self.part.answers_route(corpus, series, revision, page);
        (route, self.part.on_page(corpus, series, revision, page))
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
    /// The person of a mailbox: their name and their page.
    pub(crate) fn find(&self, who: &Mailbox) -> Option<Shown<'p>> {
        let key = self.plan.corpus.mailmap.key(who);
        self.log.read(fact::name(fact::Kind::Person, &key));
        self.part.by_key(&key).map(|known| Shown { known })
    }

    /// The name of a person, and their page.
    pub(crate) fn shown(&self, who: PersonIx) -> Shown<'p> {
        self.log(Fact::Person(who));
        Shown { known: &self.part.all[who as usize] }
    }

    /// Everything that a person did.
    pub(crate) fn known(&self, who: PersonIx) -> &'p Known {
        self.log(Fact::Known(who));
        &self.part.all[who as usize]
    }

    /// A review by its number, from [`known`](Self::known) or [`verdicts_on`](Self::verdicts_on).
    pub(crate) fn verdict(&self, number: u32) -> &'p (Verdict, Option<PersonIx>) {
        &self.part.verdicts[number as usize]
    }

    /// The numbers of the reviews of a series.
    pub(crate) fn verdicts_on(&self, series: SeriesIx) -> &'p [u32] {
        self.log(Fact::Series(series));
        &self.part.of_series[series.at()].verdicts
    }

    /// The people who posted a series.
    pub(crate) fn authors_of(&self, series: SeriesIx) -> &'p [PersonIx] {
        self.log(Fact::Series(series));
        self.part.authors_of(series)
    }

    /// Other people with the same name, from [`known`](Self::known).
    pub(crate) fn namesakes(&self, who: PersonIx) -> impl Iterator<Item = &'p Known> + use<'p> {
        self.log(Fact::Known(who));
        let all = &self.part.all;
        self.part.namesakes(who).map(|other| &all[other as usize])
    }
}

/// What a page shows about another person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown<'p> {
    known: &'p Known,
}

impl<'p> Shown<'p> {
    /// The name for lists, with an addition if two people have the same name.
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

    /// Whether they are this person.
    pub(crate) fn is(&self, other: &Known) -> bool {
        self.known.slug == other.slug
    }
}

impl<'p> Read<'p, Tree> {
    /// The folder shown with a series.
    pub(crate) fn folder_of(&self, series: SeriesIx) -> FolderIx {
        self.log(Fact::Series(series));
        self.part.shown_folder(series)
    }

    /// A folder, with the series that change it.
    pub(crate) fn folder(&self, folder: FolderIx) -> &'p Folder {
        self.log(Fact::Folder(folder));
        &self.part.folders[folder as usize]
    }

    /// The folders with pages inside a folder, in the order of their paths.
    pub(crate) fn inside(&self, folder: FolderIx) -> &'p [FolderIx] {
        self.log(Fact::Folder(folder));
        self.part.inside.get(&folder).map_or(&[], Vec::as_slice)
    }

    /// The number of series that change something in a folder. The fact of a folder includes those inside it.
    pub(crate) fn size(&self, folder: FolderIx) -> usize {
        self.part.folders[folder as usize].series.len()
    }

    /// The nearest folder with a page above a folder, whose fact includes all of these.
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

    /// The address of a folder's page.
    pub(crate) fn route(&self, folder: FolderIx) -> Route {
        self.part.route(folder)
    }

    /// The address of a folder's feed.
    pub(crate) fn feed(&self, folder: FolderIx) -> Route {
        self.part.feed(folder)
    }
}
