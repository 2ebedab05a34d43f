//! Patches that announcements, pull requests and machines name by their titles.
//!
//! In: the series, and the mails' [`News`]. Out: a [`Ledger`]: what they say about each patch. A title means a patch
//! if the author is the same and the patch was posted before, at most [`WINDOW`] ago; a link to the patch's mail
//! needs no title. If several series have the patch, it is that of the series of which the mail names most patches,
//! then the latest. Within a series, it is that of the newest revision posted before the mail. A patch that is only
//! cited as a commit (`cited`), or that others build on (`base`), counts if there is no other statement. Never here:
//! a reply; who is known to take patches.

mod base;
mod cited;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
};

use super::{Applied, Fate, Place, Record, Request, WINDOW, Witness, names_others, share_files};
use crate::{
    date::Timestamp,
    hash::FastMap,
    patch::{Event, Mail, Named, News, title::normal},
    series::{Corpus, MailIx, Revision, SeriesIx, StoredMessage},
};

/// A title without an author names a patch only if it has this many words.
const WORDS_ALONE: usize = 3;

/// The news.
#[derive(Debug, Default)]
pub(in crate::series) struct Ledger {
    /// By the patch's mail.
    records: HashMap<MailIx, Vec<Record>>,
    /// By the patch's mail: as which commit somebody cites it, or who builds on it.
    cited: HashMap<MailIx, Applied>,
    /// For each mail that brings news the patches of the list that its entries are.
    pub(in crate::series) found: Found,
}

/// For each mail that names patches by their titles, which mails these are: one for each entry of its news.
pub type Found = BTreeMap<MailIx, Box<[Option<MailIx>]>>;

impl Ledger {
    /// The statement about the patch.
    pub(super) fn of(&self, patch: MailIx) -> &[Record] {
        self.records.get(&patch).map_or(&[], Vec::as_slice)
    }

    /// Where somebody cites the patch as a commit.
    pub(super) fn cited(&self, patch: MailIx) -> Option<&Applied> {
        self.cited.get(&patch)
    }

    fn add(&mut self, patch: MailIx, records: impl IntoIterator<Item = Record>) {
        self.records.entry(patch).or_default().extend(records);
    }
}

/// What the mails say became of the patches: their news, then what others build on.
pub(in crate::series) fn named(corpus: &Corpus) -> Ledger {
    let mut ledger = told(corpus);
    for (patch, applied) in base::built_on(corpus) {
        ledger.cited.entry(patch).or_insert(applied);
    }
    ledger
}

/// What the news of the mails say.
fn told(corpus: &Corpus) -> Ledger {
    let mut ledger = Ledger::default();
    let mut bringing = MailIx::all(corpus.mails.len())
        .filter(|ix| !corpus.mails[ix.at()].mail.news.is_empty())
        .peekable();
    if bringing.peek().is_none() {
        return ledger;
    }
    let index = Index::of(corpus);
    let requests: HashMap<MailIx, &Request> = corpus.pulls.iter().map(|r| (r.mail, r)).collect();
    let pulled_from = requesters(corpus);
    for ix in bringing {
        let letter = &corpus.mails[ix.at()];
        let from = &letter.mail.message.from;
        // An untagged letter above patches says what is sent, not what was taken.
        let is_letter = corpus.is_letter(ix) && !requests.contains_key(&ix);
        let mut found = Vec::new();
        for news in letter.mail.news.iter().filter(|news| !is_letter || !news.event.is_told()) {
            if news.event == Event::Cited {
                index.cite(&mut ledger, ix, news);
                continue;
            }
            let places = index.find(letter, news);
            let first =
                |places: &Vec<Place>| places.first().and_then(|place| corpus.slot(*place).mail);
            if news.event.is_told() {
                found.extend(places.iter().map(first));
            }
            if news.event != Event::Requested || pulled_from.contains(&from.key()) {
                index.enter(&mut ledger, ix, news, &places, requests.get(&ix).copied());
            }
        }
        if found.iter().any(Option::is_some) {
            ledger.found.insert(ix, found.into());
        }
    }
    ledger
}

/// Those whose requests have patches of others in them, or were pulled: a contributor may ask to have their own
/// work pulled instead of posting it, and then nobody has taken it.
fn requesters(corpus: &Corpus) -> HashSet<String> {
    let is_known = |request: &&Request| {
        request.applied.is_some() || names_others(&corpus.mails[request.mail.at()].mail)
    };
    let known = corpus.pulls.iter().filter(is_known);
    known.map(|request| corpus.mails[request.mail.at()].mail.message.from.key()).collect()
}

/// The patches by their titles.
struct Index<'a> {
    corpus: &'a Corpus,
    titles: FastMap<String, Vec<Place>>,
    /// The patches below the letters with these titles.
    letters: FastMap<String, Vec<Place>>,
    /// The slots of each patch's mail, the newest revision's last.
    mails: FastMap<MailIx, Vec<Place>>,
}

impl<'a> Index<'a> {
    fn of(corpus: &'a Corpus) -> Self {
        let mut titles: FastMap<String, Vec<Place>> = FastMap::default();
        let mut letters: FastMap<String, Vec<Place>> = FastMap::default();
        let mut mails: FastMap<MailIx, Vec<Place>> = FastMap::default();
        for (series, at) in corpus.series.iter().zip((0..).map(SeriesIx)) {
            for (number, revision) in series.revisions.iter().enumerate() {
                for (slot, mail) in
                    revision.slots.iter().enumerate().filter_map(|(n, s)| Some((n, s.mail?)))
                {
                    let title = normal(&corpus.mails[mail.at()].mail.title);
                    titles.entry(title).or_default().push((at, number, slot));
                    mails.entry(mail).or_default().push((at, number, slot));
                }
                if let Some(cover) = revision.cover {
                    let title = normal(&corpus.mails[cover.at()].mail.title);
                    let all = (0..revision.slots.len()).map(|slot| (at, number, slot));
                    letters.entry(title).or_default().extend(all);
                }
            }
        }
        Self { corpus, titles, letters, mails }
    }

    /// The patches that each entry is, the likeliest first; several where it was sent in several series.
    fn find(&self, letter: &StoredMessage, news: &News) -> Vec<Vec<Place>> {
        let Some(date) = letter.date() else { return vec![Vec::new(); news.named.len()] };
        let candidates = |named| self.candidates(named, news.event, letter, date);
        let mut found: Vec<Vec<Place>> = news.named.iter().map(candidates).collect();
        // How many patches of each revision the mail names.
        let mut counts: BTreeMap<(SeriesIx, usize), usize> = BTreeMap::new();
        for (series, revision, _) in found.iter().flatten() {
            *counts.entry((*series, *revision)).or_default() += 1;
        }
        for places in &mut found {
            places.sort_by_key(|place| {
                let revision = self.revision(*place);
                let count = counts[&(place.0, place.1)];
                Reverse((count >= revision.slots.len(), count, revision.posted, place.0))
            });
            if let Some(best) = places.first().copied() {
                places.retain(|place| self.are_one(*place, best));
            }
        }
        found
    }

    fn enter(
        &self,
        ledger: &mut Ledger,
        ix: MailIx,
        news: &News,
        found: &[Vec<Place>],
        request: Option<&Request>,
    ) {
        for named in &news.named {
            self.take_back(ledger, ix, named);
        }
        let reverted = reverts(news);
        for (named, places) in news.named.iter().zip(found) {
            if reverted.contains(&normal(&named.title)) {
                continue;
            }
            for place in places {
                let Some(patch) = self.corpus.slot(*place).mail else { continue };
                ledger.add(patch, self.records(ix, named, news, request, *place));
            }
        }
    }

    /// The two are the same patch: in one revision, or at least half of the files of both are the same. A patch that
    /// was sent alone and then in a series is; the same change to the kernel and to its tools is not.
    fn are_one(&self, one: Place, other: Place) -> bool {
        if (one.0, one.1) == (other.0, other.1) {
            return true;
        }
        let mail =
            |place: Place| self.corpus.slot(place).mail.map(|ix| &self.corpus.mails[ix.at()].mail);
        mail(one).zip(mail(other)).is_some_and(|(one, other)| share_files(one, other))
    }

    /// The statement of a piece of news about a patch.
    fn records(
        &self,
        ix: MailIx,
        named: &Named,
        news: &News,
        request: Option<&Request>,
        place: Place,
    ) -> Vec<Record> {
        let date = self.corpus.mails[ix.at()].date();
        let mail = self.corpus.slot(place).mail;
        let backport = mail.is_some_and(|mail| self.corpus.mails[mail.at()].mail.backport);
        let taken = |fate| {
            Record::Taken(Applied {
                witness: Witness::Mail(ix),
                date,
                fate,
                tree: news.tree.clone(),
                commit: named.commit.clone(),
                earlier: None,
            })
        };
        match news.event {
            Event::Queued => vec![taken(Fate::Applied)],
            Event::Released | Event::Backported => vec![taken(Fate::Merged)],
            Event::Stable if backport => vec![taken(Fate::Applied)],
            Event::Stable => vec![taken(Fate::Stable)],
            Event::Dropped => vec![Record::Dropped(ix, date)],
            Event::Cited => Vec::new(),
            Event::Requested => {
                let posted = self.revision(place).posted;
                let pulled = request.and_then(|request| request.applied.as_ref());
                let pulled = pulled.filter(|pulled| pulled.date >= posted).map(|pulled| {
                    let fate =
                        if pulled.fate == Fate::Applied { Fate::Pulled } else { pulled.fate };
                    // The commit is that of the merge, not of the patch.
                    Record::Taken(Applied { fate, commit: Box::default(), ..pulled.clone() })
                });
                [taken(Fate::Applied)].into_iter().chain(pulled).collect()
            }
        }
    }

    /// `Revert "lamp: dim it"` takes back what was said of that patch, whoever wrote it.
    fn take_back(&self, ledger: &mut Ledger, ix: MailIx, named: &Named) {
        let Some(date) = self.corpus.mails[ix.at()].date() else { return };
        let Some(title) = reverted(named) else { return };
        let places = self.titles.get(&normal(title)).into_iter().flatten();
        let before = places.filter(|place| self.is_before(**place, (date, WINDOW)));
        let newest = before.max_by_key(|place| self.revision(**place).posted);
        if let Some(patch) = newest.and_then(|place| self.corpus.slot(*place).mail) {
            ledger.add(patch, [Record::Dropped(ix, Some(date))]);
        }
    }

    fn revision(&self, (series, revision, _): Place) -> &'a Revision {
        &self.corpus.series[series.at()].revisions[revision]
    }

    /// The patches that an entry may be: of each series that of the newest revision posted before.
    fn candidates(
        &self,
        named: &Named,
        event: Event,
        letter: &StoredMessage,
        date: Timestamp,
    ) -> Vec<Place> {
        let linked = named
            .links
            .iter()
            .filter_map(|id| self.mails.get(self.corpus.ids.get(&**id)?)?.last().copied());
        let linked: Vec<Place> =
            linked.filter(|place| self.is_before(*place, (date, WINDOW))).collect();
        if !linked.is_empty() {
            return linked;
        }
        let alone = named.author.is_empty();
        let title = normal(&named.title);
        let recent = self.titled(named, &title, event, letter, (date, WINDOW));
        if event == Event::Dropped && recent.is_empty() {
            let all = self.letters.get(&title).into_iter().flatten().copied();
            return all.filter(|place| self.is_before(*place, (date, WINDOW))).collect();
        }
        let long = || self.titled(named, &title, event, letter, (date, cited::WINDOW));
        let old = Some(()).filter(|()| event == Event::Released && recent.is_empty() && !alone);
        // Among old postings, only one patch may have the title; otherwise none is meant.
        let old =
            old.map(|()| long()).filter(|all| all.iter().all(|place| self.are_one(*place, all[0])));
        let found = old.unwrap_or(recent);
        // `[PATCH][SMB3] lamp: dim it` is committed as `smb3: lamp: dim it`: what git takes off in front may come back.
        let bare = || named.title.split_once(": ").map(|(_, rest)| normal(rest));
        match bare().filter(|_| found.is_empty() && !alone) {
            Some(title) if title.split(' ').count() >= WORDS_ALONE => {
                self.titled(named, &title, event, letter, (date, WINDOW))
            }
            _ => found,
        }
    }

    /// The patches with this title that an entry may be.
    fn titled(
        &self,
        named: &Named,
        title: &str,
        event: Event,
        letter: &StoredMessage,
        (date, window): (Timestamp, i64),
    ) -> Vec<Place> {
        let alone = named.author.is_empty();
        if alone && title.split(' ').count() < WORDS_ALONE {
            return Vec::new();
        }
        let mut newest: Vec<Place> = Vec::new();
        for place in self.titles.get(title).into_iter().flatten() {
            let Some(patch) = self.corpus.slot(*place).mail else { continue };
            let mail = &self.corpus.mails[patch.at()].mail;
            // Patches that stable trees take are their own news.
            let backport = event != Event::Stable && mail.backport;
            let by = alone || is_by(&named.author, mail);
            if backport
                || !by
                || !self.is_before(*place, (date, window))
                || self.is_letter_of(*place, letter)
            {
                continue;
            }
            newest.retain(|last| last.0 != place.0 || last.1 == place.1);
            newest.push(*place);
        }
        newest
    }

    fn is_before(&self, place: Place, (date, window): (Timestamp, i64)) -> bool {
        let posted = self.revision(place).posted;
        posted.is_some_and(|posted| posted <= date && date.0 - posted.0 <= window)
    }

    /// The mail is the letter of the revision itself: `[PULL 0/3]` with its patches below.
    fn is_letter_of(&self, place: Place, letter: &StoredMessage) -> bool {
        let cover = self.revision(place).cover;
        cover.is_some_and(|cover| {
            std::ptr::eq(&raw const self.corpus.mails[cover.at()], &raw const *letter)
        })
    }
}

/// The title that an entry takes back: `Revert "lamp: dim it"`.
fn reverted(named: &Named) -> Option<&str> {
    named.title.strip_prefix("Revert \"")?.strip_suffix('"')
}

/// Patches that the same news takes back as often as it names them: a release lists a patch and its revert.
fn reverts(news: &News) -> HashSet<String> {
    let taken_back = news.named.iter().filter_map(reverted).map(normal);
    let mut count: HashMap<String, i32> = HashMap::new();
    taken_back.for_each(|title| *count.entry(title).or_default() += 1);
    if count.is_empty() {
        return HashSet::new();
    }
    for named in &news.named {
        if let Some(left) = count.get_mut(&normal(&named.title)) {
            *left -= 1;
        }
    }
    count.into_iter().filter(|(_, left)| *left >= 0).map(|(title, _)| title).collect()
}

/// The patch's author has the name, or somebody who signed it off does: maintainers commit under other names than
/// people post.
fn is_by(name: &str, mail: &Mail) -> bool {
    let wanted = normal(name);
    let is = |other: &str| normal(other) == wanted;
    is(&mail.author.name)
        || is(&mail.message.from.name)
        || mail.trailers.iter().any(|trailer| {
            trailer.key.eq_ignore_ascii_case("Signed-off-by")
                && trailer.person().is_some_and(|person| is(&person.name))
        })
}
