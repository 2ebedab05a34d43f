//! People: everybody who posted a series or gave a review, with their activity.
//!
//! In: the corpus. Out: [`People`], made once for all pages. A person is an address in lower case, merged by the
//! site's mailmap, and reviews are counted as in the reviewers' ranking, so the numbers agree. Never here: the look
//! of a page.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

use crate::{
    address::split_mailbox,
    config::Addresses,
    date::Timestamp,
    digest::{self, Verdict},
    hash::FastMap,
    message::Mailbox,
    plan::route::Route,
    redact,
    series::{Corpus, MailIx, Series, SeriesIx},
    text::slug,
};

/// The most bytes of a name in an address.
const NAME: usize = 60;
/// The most people on one page of the list: a row has some 130 bytes.
pub(crate) const MOST_ON_A_PAGE: usize = 600;
/// The number of series from which on a person has a feed: frequent authors will post again.
const FEED_FROM: usize = 3;

/// A person's number in [`People`].
pub(crate) type PersonIx = u32;

/// Everybody who posted a series or gave a review.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// Sorted by address.
    pub(crate) all: Vec<Known>,
    by_key: FastMap<String, PersonIx>,
    /// The people with each name, in lower case.
    by_name: FastMap<String, Vec<PersonIx>>,
    /// Every review in a reply, by mail, with its reviewer.
    pub(crate) verdicts: Vec<(Verdict, Option<PersonIx>)>,
    /// For each series, the indexes of its reviews, and the people who posted it.
    pub(crate) of_series: Vec<OfSeries>,
}

/// The people of a series.
#[derive(Debug, Default, Clone)]
pub(crate) struct OfSeries {
    pub(crate) verdicts: Vec<u32>,
    authors: Vec<PersonIx>,
}

/// Somebody who posted a series or gave a review.
#[derive(Debug)]
pub(crate) struct Known {
    /// Their identity: the address in lower case.
    pub(crate) key: Box<str>,
    /// The name in URLs: the first name they used on the list, and eight hex digits of the hash of their identity.
    /// It stays the same when other people appear or they change their name.
    pub(crate) slug: Box<str>,
    /// The name they use most; the address of those who give none.
    pub(crate) name: Arc<str>,
    /// The name in lists and titles: with the domain of their address if others have the same name.
    label: Arc<str>,
    /// The series of which they posted at least one revision, by date.
    pub(crate) posted: Vec<SeriesIx>,
    /// Whether a feed can report one of these revisions.
    has_news: bool,
    /// The number of these that were taken, entirely or in part.
    pub(crate) taken: usize,
    /// Their reviews, by mail: indexes into those of [`People`].
    pub(crate) given: Vec<u32>,
    /// The number of series they reviewed.
    pub(crate) reviewed: usize,
    /// Their first and last mail of any kind.
    pub(crate) seen: Option<(Timestamp, Timestamp)>,
}

impl Known {
    /// The first letter of a name, `0` if it has no Latin letter.
    pub(crate) fn initial(&self) -> String {
        let first = slug(&self.name, 8);
        match first.chars().next() {
            Some(letter @ 'a'..='z') if first != "x" => letter.to_string(),
            _ => "0".to_owned(),
        }
    }

    /// Whether there is more than one series to show: the page of a single series says everything already.
    pub(crate) fn has_page(&self) -> bool {
        self.posted.len() + self.reviewed > 1
    }

    /// Whether the person has a feed.
    pub(crate) fn has_feed(&self) -> bool {
        self.posted.len() >= FEED_FROM && self.has_news
    }

    /// The address of their page.
    pub(crate) fn route(&self) -> Route {
        Route::Person(self.slug.clone())
    }

    /// The address of their feed.
    pub(crate) fn feed(&self) -> Route {
        Route::PersonFeed(self.slug.clone())
    }

    /// The amount of activity, for the order of lists.
    pub(crate) fn activity(&self) -> usize {
        self.posted.len() + self.given.len()
    }

    /// The name, or the address of a person without one.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The name for lists, with an addition if two people have the same name.
    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    fn see(&mut self, date: Timestamp) {
        self.seen = Some(self.seen.map_or((date, date), |(a, b)| (a.min(date), b.max(date))));
    }

    /// The date of their newest mail, or of the newest that names them.
    pub(crate) fn last(&self) -> Option<Timestamp> {
        self.seen.map(|(_, last)| last)
    }
}

/// The facts gathered about a person before their identity is known.
#[derive(Default)]
struct Gathered {
    names: Vec<(Arc<str>, u32)>,
    first: Option<(MailIx, Arc<str>)>,
    posted: Vec<SeriesIx>,
    has_news: bool,
    given: Vec<u32>,
}

impl Gathered {
    fn named(&mut self, name: &Arc<str>, mail: MailIx) {
        // If a mail has no name, its address replaces it.
        if name.trim().is_empty() || name.contains('@') {
            return;
        }
        match self.names.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => self.names.push((name.clone(), 1)),
        }
        if self.first.as_ref().is_none_or(|(first, _)| mail < *first) {
            self.first = Some((mail, name.clone()));
        }
    }
}

impl People {
    /// The people who posted a series.
    pub(crate) fn authors_of(&self, ix: SeriesIx) -> &[PersonIx] {
        &self.of_series[ix.at()].authors
    }

    /// The initials that have a page; none if one page holds everybody.
    pub(crate) fn initials(&self) -> Vec<String> {
        if self.all.len() <= MOST_ON_A_PAGE {
            return Vec::new();
        }
        let initials: BTreeSet<String> = self.all.iter().map(Known::initial).collect();
        initials.into_iter().collect()
    }

    /// Finds everybody in `corpus`; their `addresses` are left out if the site hides them.
    pub(crate) fn new(corpus: &Corpus, addresses: Addresses) -> Self {
        let verdicts = digest::verdicts(corpus);
        let mut found: BTreeMap<String, Gathered> = BTreeMap::new();
        for (ix, series) in (0u32..).map(SeriesIx).zip(&corpus.series) {
            gather_authors(corpus, &mut found, ix, series);
        }
        for (at, verdict) in (0u32..).zip(&verdicts) {
            let person = found.entry(verdict.person.key()).or_default();
            person.named(&verdict.person.name, verdict.mail);
            person.given.push(at);
        }
        // Mails without an address belong to nobody, and a redacted person has no page.
        found.remove("");
        found.remove(redact::ADDRESS);
        let mut people = Self::default();
        let mut slugs = HashSet::new();
        for (key, gathered) in found {
            let number = PersonIx::try_from(people.all.len()).unwrap_or(PersonIx::MAX);
            people.all.push(known(corpus, &verdicts, &key, gathered, &mut slugs));
            people.by_key.insert(key, number);
            let name = people.all[number as usize].name.to_lowercase();
            people.by_name.entry(name).or_default().push(number);
        }
        if addresses != Addresses::Hidden {
            people.tell_apart();
        }
        people.of_series = vec![OfSeries::default(); corpus.series.len()];
        people.join(verdicts);
        people.see(corpus);
        people
    }

    /// Adds labels that distinguish people with one name.
    fn tell_apart(&mut self) {
        for (key, number) in &self.by_key {
            let known = &mut self.all[*number as usize];
            let same = self.by_name.get(&known.name.to_lowercase()).map_or(0, Vec::len);
            if let Some((_, domain)) = key.rsplit_once('@').filter(|_| same > 1) {
                known.label = format!("{} ({domain})", known.name).into();
            }
        }
    }

    /// The people with this address, as `.mailmap` merges it, or with this name.
    pub(crate) fn called(&self, corpus: &Corpus, text: &str) -> Vec<PersonIx> {
        let (name, address) = split_mailbox(text).unwrap_or(("", text));
        if address.contains('@') {
            let mailbox = Mailbox { name: name.into(), address: address.into() };
            let number = self.by_key.get(&corpus.mailmap.key(&mailbox));
            return number.into_iter().copied().collect();
        }
        self.by_name.get(&text.trim().to_lowercase()).cloned().unwrap_or_default()
    }

    /// The person of an address in lower case.
    pub(crate) fn by_key(&self, key: &str) -> Option<&Known> {
        self.by_key.get(key).map(|number| &self.all[*number as usize])
    }

    /// Other people with the same name.
    pub(crate) fn namesakes(&self, who: PersonIx) -> impl Iterator<Item = PersonIx> + '_ {
        let same = self.by_name.get(&self.all[who as usize].name.to_lowercase());
        same.into_iter().flatten().copied().filter(move |other| *other != who)
    }

    /// The person of a mailbox, with their number.
    pub(crate) fn find(&self, corpus: &Corpus, mailbox: &Mailbox) -> Option<(PersonIx, &Known)> {
        let number = *self.by_key.get(&corpus.mailmap.key(mailbox))?;
        Some((number, &self.all[number as usize]))
    }

    /// Those with a page, by address.
    pub(crate) fn with_page(&self) -> impl Iterator<Item = (PersonIx, &Known)> {
        (0..).zip(&self.all).filter(|(_, known)| known.has_page())
    }

    fn join(&mut self, verdicts: Vec<Verdict>) {
        let find = |verdict: Verdict| {
            let giver = self.by_key.get(&verdict.person.key()).copied();
            (verdict, giver)
        };
        self.verdicts = verdicts.into_iter().map(find).collect();
        for (at, (verdict, _)) in (0u32..).zip(&self.verdicts) {
            self.of_series[verdict.series.at()].verdicts.push(at);
        }
        for (number, known) in (0..).zip(&self.all) {
            known.posted.iter().for_each(|ix| self.of_series[ix.at()].authors.push(number));
        }
    }

    /// Finds each person's first and last mail.
    fn see(&mut self, corpus: &Corpus) {
        for letter in &corpus.mails {
            let Some(date) = letter.date() else { continue };
            // Some send their patches through a machine, which is then the mail's sender.
            for who in [&letter.mail.message.from, &letter.mail.author] {
                let Some(number) = self.by_key.get(&corpus.mailmap.key(who)) else { continue };
                self.all[*number as usize].see(date);
            }
        }
        // Some occur only in mails of others: as the author of a revision, or in a review that somebody forwards.
        for known in self.all.iter_mut().filter(|known| known.seen.is_none()) {
            let posted = known.posted.iter().flat_map(|ix| &corpus.series[ix.at()].revisions);
            let posted = posted.filter(|one| *corpus.mailmap.key(&one.author) == *known.key);
            let given = known.given.iter().map(|at| self.verdicts[*at as usize].0.mail);
            let given = given.filter_map(|mail| corpus.stored(mail).date());
            let dates: Vec<_> = posted.filter_map(|one| one.posted).chain(given).collect();
            dates.into_iter().for_each(|date| known.see(date));
        }
    }
}

/// Counts a series for each person who posted a revision of it.
fn gather_authors(
    corpus: &Corpus,
    found: &mut BTreeMap<String, Gathered>,
    ix: SeriesIx,
    series: &Series,
) {
    for (number, revision) in series.revisions.iter().enumerate() {
        let author = corpus.mailmap.fold(&revision.author);
        let person = found.entry(author.key()).or_default();
        let mail = revision.members().min().unwrap_or(MailIx(u32::MAX));
        person.named(&author.name, mail);
        person.has_news |= series.has_time(number);
        if person.posted.last() != Some(&ix) {
            person.posted.push(ix);
        }
    }
}

fn known(
    corpus: &Corpus,
    verdicts: &[Verdict],
    key: &str,
    gathered: Gathered,
    slugs: &mut HashSet<Box<str>>,
) -> Known {
    let Gathered { names, first, posted, has_news, given } = gathered;
    // Of equally frequent names, the first.
    let best = names.into_iter().rev().max_by_key(|(_, count)| *count);
    let hash = crate::hash::Sha1::from(key).hexdigest();
    let first = first.map_or_else(|| "".into(), |(_, name)| name);
    let mut name: Box<str> = format!("{}-{}", slug(&first, NAME), &hash[..8]).into();
    if !slugs.insert(name.clone()) {
        name = format!("{}-{hash}", slug(&first, NAME)).into();
    }
    let taken = posted.iter().filter(|ix| corpus.series[ix.at()].is_applied()).count();
    let reviewed: HashSet<SeriesIx> =
        given.iter().map(|at| verdicts[*at as usize].series).collect();
    let called: Arc<str> = best.map_or_else(|| key.into(), |(name, _)| name);
    Known {
        key: key.into(),
        slug: name,
        label: called.clone(),
        name: called,
        posted,
        has_news,
        taken,
        reviewed: reviewed.len(),
        given,
        seen: None,
    }
}
