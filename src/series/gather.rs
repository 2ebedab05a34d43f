//! Gathering: from the archives of the lists to the corpus.
//!
//! In: lists. Out: a [`Corpus`]: every mail once and in one order whatever the order of arrival, then threads,
//! postings, series, and who is about which. Each step is a call of the module that knows it.
//! Never here: what makes a posting, a lineage, a review or a state.

use std::{cmp::Reverse, collections::HashMap, sync::Arc};

use super::{
    Corpus, Given, Letter, Link, ListIx, MailIx, Revision, Rules, Series, SeriesIx, Slot, State,
    Threads,
    assemble::{self, Posting},
    lineage, review, state, thread,
};
use crate::{
    archive::{self, Epoch, GivenDigest},
    config::List,
    error::{Note, NoteKind, Place, Result},
    message::MessageId,
    patch::{self, Mail, Role},
    text,
};

/// Numbers that a counter announces and that never came are listed up to here (`[PATCH 1/99999]`).
const MAX_EXPECTED: u32 = 999;

/// Reads the archives of the lists and puts together what belongs together.
///
/// # Errors
/// When an archive is not there, is none, or cannot be read at all.
pub fn read(lists: &[List], rules: &Rules) -> Result<Corpus> {
    let mut pile = Pile::default();
    for (at, list) in lists.iter().enumerate() {
        let ix = ListIx(u16::try_from(at).unwrap_or(u16::MAX));
        for path in &list.archives {
            for archive in archive::open(path)? {
                pile.take(ix, archive.read(|raw| patch::read(&raw))?);
            }
        }
    }
    Ok(pile.sort(lists.iter().map(|list| list.name.clone()).collect(), rules))
}

/// Mails as they come out of the archives.
#[derive(Default)]
struct Pile {
    mails: Vec<(ListIx, Place, Mail)>,
    given: Vec<(ListIx, GivenDigest, Vec<MessageId>)>,
    histories: Vec<(ListIx, Vec<Epoch>)>,
    notes: Vec<Note>,
}

impl Pile {
    fn take(&mut self, list: ListIx, reading: archive::Reading<Mail>) {
        if let Some(digest) = reading.digest {
            let entries = reading.messages.iter().map(|(_, m)| m.message.id.clone()).collect();
            self.given.push((list, digest, entries));
        }
        self.notes.extend(reading.notes);
        self.histories.push((list, reading.history));
        self.mails.extend(reading.messages.into_iter().map(|(place, mail)| (list, place, mail)));
    }

    /// One order whatever the order of arrival, one mail for all its copies, then all that follows.
    fn sort(mut self, lists: Vec<Arc<str>>, rules: &Rules) -> Corpus {
        let received = self.mails.len();
        let key = |(list, place, mail): &(ListIx, Place, Mail)| {
            let message = &mail.message;
            // Of a mail's copies the one that says most about its thread is kept: some ways lose headers.
            let above = (Reverse(message.references.len()), message.references.clone());
            let identity = (message.date, message.id.clone(), message.content.bytes());
            (identity, *list, above, place.clone())
        };
        self.mails.sort_by_cached_key(key);
        let mut letters: Vec<Letter> = Vec::with_capacity(received);
        let mut known: HashMap<(MessageId, [u8; 20]), usize> = HashMap::new();
        let mut ids: HashMap<MessageId, usize> = HashMap::new();
        for (list, place, mut mail) in self.mails {
            let id = mail.message.id.clone();
            let same = (id.clone(), mail.message.content.bytes());
            if let Some(&at) = known.get(&same) {
                letters[at].copies.push((list, place));
                continue;
            }
            known.insert(same, letters.len());
            for mut note in std::mem::take(&mut mail.message.notes) {
                note.place.get_or_insert_with(|| place.clone());
                self.notes.push(note);
            }
            if ids.insert(id.clone(), letters.len()).is_some() {
                let mut note = Note::new(NoteKind::SameId, "").at(place.clone());
                note.message_id = Some(id);
                self.notes.push(note);
            }
            letters.push(Letter { mail, copies: vec![(list, place)], home: None });
        }
        self.notes.sort_unstable();
        let ix = |at: usize| MailIx(u32::try_from(at).unwrap_or(u32::MAX));
        let given = self.given.into_iter().map(|(list, digest, entries)| {
            let mails = entries.iter().filter_map(|id| ids.get(id).map(|at| ix(*at))).collect();
            Given { list, digest, mails }
        });
        let mut corpus = Corpus {
            lists,
            mails: letters,
            given: given.collect(),
            histories: self.histories,
            notes: self.notes,
            mailmap: rules.mailmap.clone(),
            quiet_days: rules.quiet_days,
            received,
            ..Corpus::default()
        };
        corpus.group(rules);
        corpus
    }
}

impl Corpus {
    /// Threads, postings, series, reviews, states.
    fn group(&mut self, rules: &Rules) {
        let ids = thread::ids(&self.mails);
        self.threads = Threads::build(&self.mails, &ids);
        let postings = assemble::postings(&self.mails, &self.threads);
        let links = lineage::link(&postings, &self.mails, &self.threads, &ids);
        let mut works = works(&postings, &links, &self.mails);
        works.sort_by_key(|work| (work.iter().map(|&at| postings[at].first()).min(), work[0]));
        for work in &works {
            self.series.push(series(work, &postings, &links, &self.mails));
        }
        for cover in postings.iter().filter_map(|posting| posting.cover) {
            self.mails[cover.at()].mail.role = Role::Cover;
        }
        self.settle();
        for at in 0..self.series.len() {
            self.judge(at, rules);
        }
    }

    /// Gives every mail the series that it is about: its own, or that of the nearest mail above it.
    fn settle(&mut self) {
        let mut home: Vec<Option<(SeriesIx, u32)>> = vec![None; self.mails.len()];
        for (at, series) in self.series.iter().enumerate() {
            let ix = SeriesIx(u32::try_from(at).unwrap_or(u32::MAX));
            for (number, revision) in series.revisions.iter().enumerate() {
                for member in revision.members() {
                    home[member.at()] = Some((ix, u32::try_from(number).unwrap_or(u32::MAX)));
                }
            }
        }
        let is_member: Vec<bool> = home.iter().map(Option::is_some).collect();
        let mut known = is_member.clone();
        for ix in MailIx::all(self.mails.len()) {
            let path: Vec<MailIx> =
                self.threads.upwards(ix).take_while(|up| !known[up.at()]).collect();
            let Some(&last) = path.last() else { continue };
            let found = self.threads.parent[last.at()].and_then(|up| home[up.at()]);
            for step in path {
                (home[step.at()], known[step.at()]) = (found, true);
            }
        }
        for ix in MailIx::all(self.mails.len()) {
            self.mails[ix.at()].home = home[ix.at()];
            if let (Some((series, revision)), false) = (home[ix.at()], is_member[ix.at()]) {
                self.series[series.at()].revisions[revision as usize].replies.push(ix);
            }
        }
    }

    fn judge(&mut self, at: usize, _rules: &Rules) {
        let series = &mut self.series[at];
        for revision in &mut series.revisions {
            let (cover, replies) = (revision.cover, &revision.replies);
            review::credit(&mut revision.slots, cover, replies, &self.mails, &self.threads);
        }
        series.state = state::state(&series.revisions, &self.mails);
    }
}

/// Postings that follow one another, each work sorted by version and date.
fn works(
    postings: &[Posting],
    links: &[Option<(usize, Link)>],
    mails: &[Letter],
) -> Vec<Vec<usize>> {
    let mut works: HashMap<usize, Vec<usize>> = HashMap::new();
    for at in 0..postings.len() {
        let mut root = at;
        while let Some((older, _)) = &links[root] {
            root = *older;
        }
        works.entry(root).or_default().push(at);
    }
    let mut works: Vec<Vec<usize>> = works.into_values().collect();
    for work in &mut works {
        work.sort_by_key(|&at| (lineage::version(&postings[at], mails), postings[at].first()));
    }
    works
}

fn series(
    work: &[usize],
    postings: &[Posting],
    links: &[Option<(usize, Link)>],
    mails: &[Letter],
) -> Series {
    let mut revisions: Vec<Revision> = Vec::with_capacity(work.len());
    for &at in work {
        let link = links[at].as_ref().map(|(_, link)| link.clone());
        let mut revision = revision(&postings[at], link, mails);
        let again = revisions.iter().filter(|r| r.version == revision.version).count();
        revision.posting = u32::try_from(again).unwrap_or(u32::MAX).saturating_add(1);
        revisions.push(revision);
    }
    let oldest = work.iter().map(|&at| &postings[at]).min_by_key(|p| p.first());
    let named = oldest.map_or(MailIx(0), |p| p.first());
    let titled = oldest.map_or(MailIx(0), lineage::head);
    let newest = &revisions[revisions.len() - 1];
    Series {
        slug: slug(&mails[titled.at()].mail.title, &mails[named.at()].mail.message.id).into(),
        title: newest.title.clone(),
        author: newest.author.clone(),
        state: State::NEW,
        revisions,
    }
}

/// Words of the title, and eight digits that tell two works of one title apart.
fn slug(title: &str, id: &str) -> String {
    let hash = sha1_smol::Sha1::from(id).hexdigest();
    format!("{}-{}", text::slug(title, 60), &hash[..8])
}

fn revision(posting: &Posting, link: Option<Link>, mails: &[Letter]) -> Revision {
    let head = &mails[lineage::head(posting).at()].mail;
    let mut tags: Vec<Box<str>> = Vec::new();
    for ix in posting.members() {
        for tag in &mails[ix.at()].mail.message.subject.tags {
            if !tags.iter().any(|t| t.eq_ignore_ascii_case(tag)) {
                tags.push(tag.clone());
            }
        }
    }
    let subjects = || posting.members().map(|ix| &mails[ix.at()].mail.message.subject);
    let received = u32::try_from(posting.patches.len()).unwrap_or(u32::MAX);
    Revision {
        version: lineage::version(posting, mails),
        title: head.title.clone(),
        rfc: subjects().any(|s| s.rfc),
        resend: subjects().any(|s| s.resend),
        tags,
        author: head.author.clone(),
        posted: posting.members().filter_map(|ix| mails[ix.at()].date()).min(),
        cover: posting.cover,
        slots: slots(posting),
        expected: if posting.total == 0 { received } else { posting.total },
        replies: Vec::new(),
        posting: 1,
        link,
    }
}

fn slots(posting: &Posting) -> Vec<Slot> {
    let slot =
        |number, mail| Slot { number, mail, carried: None, reviews: Vec::new(), applied: None };
    let mut slots: Vec<Slot> = posting.patches.iter().map(|(n, ix)| slot(*n, Some(*ix))).collect();
    let has = |n: u32| posting.patches.iter().any(|(number, _)| *number == n);
    if posting.total <= MAX_EXPECTED {
        slots.extend((1..=posting.total).filter(|n| !has(*n)).map(|n| slot(n, None)));
    }
    slots.sort_by_key(|slot| (slot.number, slot.mail));
    slots
}
