//! Checksums of the present facts.
//!
//! In: the plan, and the names of facts ([`fact`]). Out: a number that stays the same while the facts do, whatever
//! else changes. Positions in the corpus shift when a mail with an old date arrives, so a sum uses names in their
//! place ([`ByName`]). Never here: which file depends on which fact ([`reader`](super::reader)), the results of the
//! last build.

use std::hash::{Hash, Hasher};

use crate::{
    hash::{FastMap, Fingerprint, Sha1},
    plan::{
        content::note_name,
        fact::{self, EVERYTHING, Fact, Kind, Name, Sum, name},
        pages::Plan,
        people::PersonIx,
        tree::FolderIx,
    },
    series::{Corpus, MailIx, SeriesIx},
};

impl Plan<'_> {
    /// The present facts with these names, as one checksum. A missing fact has a checksum, too.
    pub(crate) fn sum_of(&self, names: &[Name]) -> Fingerprint {
        let by_name = self.facts.by_name.get_or_init(|| self.all_facts());
        let mut sums = Bytes::default();
        for name in names {
            let sum = by_name.get(name).map(|(fact, sum)| *sum.get_or_init(|| self.sum(*fact)));
            sum.hash(&mut sums);
        }
        Sha1::from(sums.0).digest()
    }

    /// Whether all these facts exist.
    pub(crate) fn has(&self, names: &[Name]) -> bool {
        let by_name = self.facts.by_name.get_or_init(|| self.all_facts());
        names.iter().all(|name| *name == EVERYTHING || by_name.contains_key(name))
    }

    /// Whether these facts still have this sum; everything together never has.
    pub(crate) fn is_as_it_was(&self, names: &[Name], sum: Fingerprint) -> bool {
        !names.contains(&EVERYTHING) && self.sum_of(names) == sum
    }

    fn all_facts(&self) -> FastMap<Name, (Fact, Sum)> {
        let series = (0..).map(SeriesIx).take(self.corpus.series.len()).map(Fact::Series);
        let mails = MailIx::all(self.corpus.mails.len()).map(Fact::Mail);
        let people = (0..).take(self.people.all.len());
        let people = people.flat_map(|who| [Fact::Person(who), Fact::Known(who)]);
        let folders = (0..).take(self.tree.folders.len()).map(Fact::Folder);
        let threads = (0..self.places.threads.len()).map(Fact::Thread);
        let digests = (0..self.digests.len()).map(Fact::Digest);
        let queries = (0..self.settings.queries.len()).map(Fact::Query);
        let all = mails
            .chain(series)
            .chain(queries)
            .chain(people)
            .chain(folders)
            .chain(threads)
            .chain(digests);
        all.map(|fact| (self.name(fact), (fact, Sum::new()))).collect()
    }

    /// The sum of a value that may contain positions.
    pub(crate) fn sum_by_name(&self, value: impl Hash) -> u64 {
        let mut sum = ByName::new(self.corpus);
        value.hash(&mut sum);
        sum.finish()
    }

    /// The name of a fact.
    pub(crate) fn name(&self, fact: Fact) -> Name {
        match fact {
            Fact::Series(ix) => self.facts.series_names[ix.at()],
            Fact::Mail(ix) => fact::mail_name(self.corpus, ix),
            Fact::Person(who) => name(Kind::Person, &self.people.all[who as usize].key),
            Fact::Known(who) => name(Kind::Known, &self.people.all[who as usize].key),
            Fact::Folder(folder) => name(Kind::Folder, self.tree.path(folder)),
            Fact::Thread(number) => name(Kind::Thread, &self.places.threads[number].slug),
            Fact::Digest(number) => name(Kind::Digest, &self.digests[number].period),
            Fact::Query(number) => name(Kind::Query, &self.settings.queries[number].name),
        }
    }

    /// The present value of a fact.
    fn sum(&self, fact: Fact) -> u64 {
        let sum = |add: &dyn Fn(&mut ByName<'_>)| {
            let mut sum = ByName::new(self.corpus);
            add(&mut sum);
            sum.finish()
        };
        match fact {
            Fact::Series(ix) => *self.facts.series[ix.at()]
                .get_or_init(|| sum(&|to: &mut ByName<'_>| self.sum_series(to, ix))),
            Fact::Mail(ix) => sum(&|to| self.sum_mail(to, ix)),
            Fact::Digest(number) => sum(&|to| self.sum_digest(to, number)),
            Fact::Person(who) => sum(&|to| self.sum_person(to, who)),
            Fact::Known(who) => sum(&|to| self.sum_known(to, who)),
            Fact::Folder(folder) => sum(&|to| self.sum_folder(to, folder)),
            Fact::Thread(number) => sum(&|to| self.sum_thread(to, number)),
            Fact::Query(number) => sum(&|to| to.part("query", self.queries.of(number))),
        }
    }

    /// A checksum of the links to these Message-IDs, and of whether the site shows them as ids.
    pub(crate) fn mentions(&self, asked: &[Box<str>]) -> Fingerprint {
        let mut sum = ByName::new(self.corpus);
        for id in asked {
            let mail = self.corpus.ids.get(&**id).copied();
            let place = mail.map(|mail| self.shown(mail));
            let is_shown = self.masking.as_ref().is_some_and(|rules| rules.ids.contains(&**id));
            sum.part("mentions", (id, place, is_shown));
        }
        Sha1::from(&sum.bytes.0).digest()
    }

    /// The place of a mail, as a sum.
    fn shown(&self, mail: MailIx) -> u64 {
        let place = || (self.message_route(mail), self.message_anchor(mail));
        *self.facts.shown[mail.at()].get_or_init(|| self.sum_by_name(place()))
    }

    fn sum_series(&self, to: &mut ByName<'_>, ix: SeriesIx) {
        let series = &self.corpus.series[ix.at()];
        to.part("series", series);
        for number in 0..series.revisions.len() {
            to.part("series", self.places.members(ix, number));
            let pages = 1..self.places.answer_pages(ix, number);
            pages.for_each(|page| {
                to.part("series", self.places.on_page(self.corpus, ix, number, page))
            });
            to.part("omitted", self.omitted(ix, number));
        }
        to.part("series", self.places.last_message(ix));
        let folder = self.tree.shown_folder(ix);
        to.part("folder of a series", (self.tree.label(folder), self.tree.route(folder)));
    }

    fn sum_mail(&self, to: &mut ByName<'_>, ix: MailIx) {
        let letter = self.corpus.stored(ix);
        let message = &letter.mail.message;
        // The replacements of hidden ids depend on other mails.
        to.part("mail", (&message.id, &message.references));
        // Other mails influence its date and whether it is spam.
        to.part("mail", (letter.date(), letter.mail.spam, self.corpus.is_spam(ix)));
        letter.copies.iter().for_each(|(list, _)| to.part("mail", list));
        let place = (self.places.route(self.corpus, ix), self.places.anchor(ix));
        to.part("mail", (letter.home, place, self.corpus.threads.parent[ix.at()]));
        to.part("mail", self.corpus.named.get(&ix));
        to.part("report", self.corpus.reports.of(ix));
        if letter.mail.pull.is_some() {
            to.part("mail", self.corpus.pulls.iter().find(|request| request.mail == ix));
        }
        to.part("omitted", self.omitted_with(ix));
    }

    fn sum_person(&self, to: &mut ByName<'_>, who: PersonIx) {
        let known = &self.people.all[who as usize];
        let page = known.has_page().then(|| known.route());
        to.part("person", (page, known.label(), known.name()));
    }

    fn sum_known(&self, to: &mut ByName<'_>, who: PersonIx) {
        let known = &self.people.all[who as usize];
        to.part("known", (&known.slug, known.label(), known.name(), known.has_feed()));
        to.part("known", (&known.posted, known.taken, known.reviewed, known.seen));
        for at in &known.given {
            let (verdict, _) = &self.people.verdicts[*at as usize];
            to.part("known", (verdict.mail, verdict.series, &verdict.key));
        }
        for other in self.people.namesakes(who) {
            let other = &self.people.all[other as usize];
            to.part("known", (other.has_page(), &other.slug, other.posted.len()));
        }
    }

    fn sum_folder(&self, to: &mut ByName<'_>, folder: FolderIx) {
        let tree = &self.tree;
        let above = std::iter::successors(Some(folder), |folder| {
            (*folder != 0).then(|| tree.above(*folder))
        });
        above.for_each(|folder| to.part("folder", (tree.route(folder), tree.label(folder))));
        let below = tree.inside.get(&folder).map_or(&[][..], Vec::as_slice);
        for folder in [folder].iter().chain(below) {
            let known = &tree.folders[*folder as usize];
            to.part("folder", (tree.route(*folder), tree.label(*folder), known.has_feed()));
            to.part("folder", known.series.len());
        }
        for ix in &tree.folders[folder as usize].series {
            to.part("folder", (*ix, self.sum(Fact::Series(*ix))));
        }
    }

    fn sum_thread(&self, to: &mut ByName<'_>, number: usize) {
        let thread = &self.places.threads[number];
        let parts: Vec<_> = (0..thread.parts()).map(|part| thread.part(part)).collect();
        to.part("thread", (&thread.slug, parts, &thread.series));
        to.part("omitted", self.omissions.thread_omitted(number));
    }

    fn sum_digest(&self, to: &mut ByName<'_>, number: usize) {
        let digest = self.digests[number];
        to.part("digest", digest);
        to.part("note", self.content.notes.get(&note_name(&digest.period)));
        for beside in [number.checked_sub(1), Some(number + 1)].into_iter().flatten() {
            to.part("periods beside", self.digests.get(beside).map(|digest| &digest.period));
        }
    }
}

/// A hasher that replaces positions of mails and series in a value by their names.
///
/// `Hash` of a position writes a number of 128 bits (signed for a mail, unsigned for a series), which nothing else
/// in the corpus does. So values with positions need no code of their own.
struct ByName<'c> {
    corpus: &'c Corpus,
    /// Its input: one checksum of everything takes a third of the time of one for each word.
    bytes: Bytes,
}

/// Concatenated bytes.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        Sha1::from(&self.0).finish()
    }
}

impl<'c> ByName<'c> {
    fn new(corpus: &'c Corpus) -> Self {
        Self { corpus, bytes: Bytes::default() }
    }

    /// Adds a part of a fact. Its name is for tests, which leave out one part after another and check that pages
    /// become wrong.
    fn part(&mut self, name: &'static str, value: impl Hash) {
        if !is_left_out(name) {
            value.hash(self);
        }
    }
}

impl Hasher for ByName<'_> {
    fn write(&mut self, bytes: &[u8]) {
        self.bytes.write(bytes);
    }

    fn write_i128(&mut self, mail: i128) {
        let mail = usize::try_from(mail).ok().and_then(|at| self.corpus.mails.get(at));
        let name = mail.map(|letter| (letter.mail.message.raw, letter.mail.message.part));
        name.hash(&mut self.bytes);
    }

    fn write_u128(&mut self, series: u128) {
        let series = usize::try_from(series).ok().and_then(|at| self.corpus.series.get(at));
        series.map(|series| &series.slug).hash(&mut self.bytes);
    }

    fn finish(&self) -> u64 {
        self.bytes.finish()
    }
}

#[cfg(not(test))]
const fn is_left_out(_: &'static str) -> bool {
    false
}

#[cfg(test)]
pub(crate) use left_out::is_left_out;

/// The parts of facts, and the one that a test leaves out.
#[cfg(test)]
pub(crate) mod left_out {
    use std::{
        collections::BTreeSet,
        sync::{Mutex, PoisonError},
    };

    static NAMES: Mutex<(BTreeSet<&str>, &str)> = Mutex::new((BTreeSet::new(), ""));

    pub(crate) fn is_left_out(name: &'static str) -> bool {
        let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
        names.0.insert(name);
        names.1 == name
    }

    /// Leaves out the part with this name from now on; no part has an empty name.
    pub(crate) fn leave_out(name: &'static str) {
        NAMES.lock().unwrap_or_else(PoisonError::into_inner).1 = name;
    }

    /// The parts summed so far.
    pub(crate) fn seen() -> BTreeSet<&'static str> {
        NAMES.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }
}
