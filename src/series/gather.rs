//! Gathering: from the archives of the lists to the corpus.
//!
//! In: lists. Out: a [`Corpus`]: every mail once, in an order that does not depend on arrival, then threads,
//! postings, series, and the series of each mail. Each step calls the module that knows it. Never here: what makes a
//! posting, a lineage, a review or a state.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::Hash as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;

use super::{
    Corpus, Given, ListIx, MailIx, Rules, SeriesIx, Sort, StoredMessage, Threads,
    assemble::{self, Posting},
    build, claim,
    clock::{self, Arrival},
    cover,
    edits::Archive,
    fate::{self, Appliers, Ledger, Reposts},
    kin,
    known::Known,
    lineage, list_tag, memory, merged, parts, pull, reports, review, stand_in, state, thread,
};
use crate::{
    archive::{self, Epoch},
    error::{Error, Note, NoteKind, Result},
    hash::{FastMap, Fingerprint, Sha1},
    list::List,
    message::{self, Message, MessageId, Room},
    patch::{Mail, Role},
    pool::Pool,
    redact::{Redaction, Tally},
};

/// Reads the archives of the lists and groups their mails into series.
///
/// # Errors
/// If an archive does not exist, is not one, or cannot be read at all; if a list's tree cannot be read.
pub fn read(lists: &[List], rules: &Rules) -> Result<Corpus> {
    let rules = &cover(rules.clone(), lists)?;
    gather(lists, rules)?.group(rules)
}

/// Reads the archives of the lists, redacted by rules that [`cover()`] extended before anything else sees the mails;
/// mails in the state of the last build are not read again.
///
/// # Errors
/// If an archive does not exist, is not one, cannot be read at all, or has no mails.
pub fn gather(lists: &[List], rules: &Rules) -> Result<Pile> {
    let names = lists.iter().map(|list| list.name.clone()).collect();
    let trees = lists.iter().map(|list| list.tree.clone()).collect();
    let pool = Pool::default();
    let room = Arc::new(Room::new(rules.cache.clone()));
    let tally = Tally::of(&rules.redaction);
    let mut pile = Pile { lists: names, trees, ..Pile::default() };
    for (at, list) in lists.iter().enumerate() {
        let ix = ListIx(u16::try_from(at).unwrap_or(u16::MAX));
        for path in &list.archives {
            let (mut held, noted) = (0, pile.notes.len());
            for archive in rules.open(path)? {
                let reading = memory::read(&archive, rules, &pool, &room, &tally)?;
                held += reading.held();
                pile.take(ix, reading, &rules.redaction);
            }
            if held == 0 && !rules.may_be_empty.contains(path) {
                return Err(empty(path, &pile.notes[noted..]));
            }
            pile.held.insert(path.clone(), held);
        }
    }
    pile.redacted = tally.counts();
    Ok(pile)
}

/// Mails as they come out of the archives.
#[derive(Default)]
pub struct Pile {
    lists: Vec<Arc<str>>,
    /// The git repository of each list, if it names one.
    trees: Vec<Option<PathBuf>>,
    mails: Vec<Arrival>,
    given: Vec<Given>,
    histories: Vec<(ListIx, Vec<Epoch>)>,
    notes: Vec<Note>,
    /// How often each entry of `[redact]` removed something.
    redacted: Vec<usize>,
    /// How many mails each archive accounts for ([`archive::Reading::held`]), by its path.
    pub held: BTreeMap<PathBuf, usize>,
}

/// The name of the state with the links of these lists' postings.
fn kept_links(lists: &[Arc<str>]) -> String {
    let mut sum = Sha1::new();
    lists.hash(&mut sum);
    format!("links-{}", sum.digest())
}

/// The error for the empty archive at `path`, explained by its notes.
fn empty(path: &Path, notes: &[Note]) -> Error {
    let mut counts: BTreeMap<NoteKind, usize> = BTreeMap::new();
    notes.iter().for_each(|note| *counts.entry(note.kind).or_default() += 1);
    let counts = counts.iter().map(|(kind, count)| format!("{}: {count}", kind.words()));
    let reason = match notes {
        [] => "it is empty".to_owned(),
        _ => counts.collect::<Vec<_>>().join(", "),
    };
    Error::NoMail { path: path.to_owned(), reason }
}

impl Pile {
    fn take(
        &mut self,
        list: ListIx,
        reading: archive::Reading<Result<Box<Mail>, NoteKind>>,
        redaction: &Redaction,
    ) {
        let archive = self.histories.len();
        for (place, mail) in reading.messages {
            match mail {
                Ok(mail) => {
                    let taken = clock::committed(&reading.history, &place);
                    self.mails.push(Arrival { list, archive, place, taken, mail });
                }
                // Nobody should learn whose mail it was.
                Err(kind) => self.notes.push(Note::new(kind, "")),
            }
        }
        if let Some(mut digest) = reading.digest {
            for (_, contributor) in &mut digest.contributors {
                *contributor = redaction.text(contributor).into_owned();
            }
            self.given.push(Given { list, digest });
        }
        self.notes.extend(reading.notes);
        self.histories.push((list, reading.history));
    }

    /// Replaces Message-IDs that must not be shown; returns rules that know the replacements.
    fn hide_ids(&mut self, rules: &Rules) -> Rules {
        if rules.redaction.is_empty() {
            return rules.clone();
        }
        let messages = self.mails.iter_mut().map(|arrival| &mut arrival.mail.message);
        let stand_ins = stand_in::give(messages, &rules.redaction);
        let redaction = rules.redaction.clone().with_stand_ins(stand_ins);
        Rules { redaction, ..rules.clone() }
    }

    /// Groups the mails: one order whatever the order of arrival, one mail for all its copies, then everything else.
    ///
    /// # Errors
    /// If a list's tree cannot be read.
    pub fn group(mut self, rules: &Rules) -> Result<Corpus> {
        let received = self.mails.len();
        // Before the clock: a name is made from the date in the mail itself, which later mails do not change.
        let rules = &self.hide_ids(rules);
        clock::set(&mut self.mails);
        parts::set_out(&mut self.mails);
        self.mails.sort_by(|one, other| key(one).cmp(&key(other)));
        let mut letters: Vec<StoredMessage> = Vec::with_capacity(received);
        let mut ids: FastMap<MessageId, usize> = FastMap::default();
        ids.reserve(received);
        // Mails whose id another mail has, too.
        let mut hidden: FastMap<(MessageId, Fingerprint), usize> = FastMap::default();
        for Arrival { list, place, mut mail, .. } in self.mails {
            let (id, content) = (mail.message.id.clone(), mail.message.content);
            let last = ids.get(&id).map(|&at| (at, letters[at].mail.message.content));
            let same = last.filter(|(_, other)| *other == content).map(|(at, _)| at);
            if let Some(at) = same.or_else(|| hidden.get(&(id.clone(), content)).copied()) {
                letters[at].copies.push((list, place));
                continue;
            }
            for mut note in std::mem::take(&mut mail.message.notes) {
                note.place.get_or_insert_with(|| place.clone());
                self.notes.push(note);
            }
            ids.insert(id.clone(), letters.len());
            if let Some((at, content)) = last {
                hidden.insert((id.clone(), content), at);
                let mut note = Note::new(NoteKind::SameId, "").at(place.clone());
                note.message_id = Some(id);
                self.notes.push(note);
            }
            letters.push(StoredMessage { mail, copies: vec![(list, place)], home: None });
        }
        drop(ids);
        list_tag::drop(&mut letters);
        let mut corpus = Corpus {
            ids: thread::ids(&letters),
            lists: self.lists,
            mails: letters,
            given: self.given,
            histories: self.histories,
            notes: self.notes,
            mailmap: rules.mailmap.clone(),
            quiet_days: rules.quiet_days,
            received,
            redacted: self.redacted,
            ..Corpus::default()
        };
        corpus.group(&self.trees, rules)?;
        if !rules.redaction.is_empty() {
            let notes = corpus.notes.iter_mut();
            notes.for_each(|note| message::redact_note(note, &rules.redaction));
        }
        corpus.notes.sort_unstable();
        Ok(corpus)
    }
}

/// The sort key, which does not depend on arrival. Of a mail's copies, the one with most about its thread comes
/// first: some ways lose headers.
fn key(Arrival { list, place, mail, .. }: &Arrival) -> impl Ord + '_ {
    let Message { date, id, content, references, part, .. } = &mail.message;
    // Patches in one mail follow their cover letter.
    (
        (date, mail.message.posted_as(), part, id, content),
        list,
        (Reverse(references.len()), references),
        place,
    )
}

impl Corpus {
    /// Threads, postings, series, their commits in the trees, reviews, states.
    fn group(&mut self, trees: &[Option<PathBuf>], rules: &Rules) -> Result<()> {
        let mut rules = rules.clone();
        if rules.edits.has_kinds() {
            self.set_kinds(&rules)?;
        }
        // Neither needs the other, and each reads all mails.
        let (mut known, drawn) =
            rayon::join(|| Known::new(&self.mails, &rules.mailmap), || self.drawn());
        let notes = self.assemble(&mut rules, &known, drawn);
        self.notes.extend(notes);
        if !rules.edits.hidden().is_empty() && self.hide(&rules.edits) {
            // Any name without a match now belongs to a hidden message.
            known = Known::new(&self.mails, &rules.mailmap);
            let drawn = self.drawn();
            self.assemble(&mut rules, &known, drawn);
        }
        let rules = &rules;
        kin::find(&mut self.series, &self.mails, &self.mailmap);
        let sent_along = pull::sent_along(&self.mails, &self.ids);
        merged::find(self, trees, rules)?;
        self.set_commits(rules.edits.commits());
        self.pulls = pull::requests(&self.mails, &self.threads);
        let corpus = &*self;
        let (ledger, appliers) =
            rayon::join(|| fate::named(corpus), || Appliers::of(&corpus.series, &corpus.mails));
        let reposts = Reposts::of(self, &appliers, &known);
        self.judge(rules, &known, (&appliers, &sent_along, &reposts, &ledger));
        self.named = ledger.found;
        self.set_states(rules.edits.states());
        reports::find(self);
        Ok(())
    }

    /// Threads and postings, according to the mails.
    fn drawn(&self) -> (Threads, Vec<Posting>) {
        let threads = Threads::build(&self.mails, &self.ids);
        let postings = assemble::postings(&self.mails, &threads);
        (threads, postings)
    }

    /// Threads, postings and series, with notes about editor's corrections without effect.
    fn assemble(
        &mut self,
        rules: &mut Rules,
        known: &Known,
        (threads, postings): (Threads, Vec<Posting>),
    ) -> Vec<Note> {
        self.threads = threads;
        let ids = &self.ids;
        let archive = (&self.mails[..], &self.threads, ids);
        let notes = rules.edits.resolve(&Archive::new(archive, &postings, &rules.redaction));
        let (mails, threads) = (&self.mails[..], &self.threads);
        let name = kept_links(&self.lists);
        let lineage = lineage::link(&name, &postings, mails, threads, ids, known, rules);
        self.series = build::series(&postings, &lineage, &self.mails, &self.threads, &rules.edits);
        for cover in postings.iter().filter_map(|posting| posting.cover) {
            let role = &mut self.mails[cover.at()].mail.role;
            if *role != Role::Pull {
                *role = Role::Cover;
            }
        }
        self.settle();
        claim::tell(self, &postings, &lineage);
        notes
    }

    /// Sets the series of every mail: its own, or that of the nearest mail above it.
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
        let absent = self.absent_homes(&home);
        let mut known = is_member.clone();
        for ix in MailIx::all(self.mails.len()) {
            let path: Vec<MailIx> =
                self.threads.upwards(ix).take_while(|up| !known[up.at()]).collect();
            let Some(&last) = path.last() else { continue };
            let above = self.threads.parent[last.at()].and_then(|up| home[up.at()]);
            let references = self.mails[last.at()].mail.message.references.iter().rev();
            let found =
                above.or_else(|| references.filter_map(|id| absent.get(&**id)).next().copied());
            for step in path {
                (home[step.at()], known[step.at()]) = (found, true);
            }
        }
        for ix in MailIx::all(self.mails.len()) {
            self.mails[ix.at()].home = home[ix.at()];
            if let (Some((series, revision)), false) = (home[ix.at()], is_member[ix.at()]) {
                self.series[series.at()].revisions[revision as usize].replies.push(ix);
            }
            // A reply to mails of several series belongs to each of them.
            let also = self.threads.also.get(&ix).into_iter().flatten();
            for (series, revision) in also.filter_map(|up| home[up.at()]).collect::<BTreeSet<_>>() {
                let replies = &mut self.series[series.at()].revisions[revision as usize].replies;
                if !is_member[ix.at()] && replies.last() != Some(&ix) {
                    replies.push(ix);
                }
            }
        }
    }

    /// The series of cover letters that are not in the archive, by the parent of their patches.
    fn absent_homes(&self, home: &[Option<(SeriesIx, u32)>]) -> HashMap<&str, (SeriesIx, u32)> {
        let members = MailIx::all(home.len()).zip(home);
        let orphans = members.filter(|(ix, _)| self.threads.parent[ix.at()].is_none());
        let mut homes = HashMap::new();
        for (ix, home) in orphans.filter_map(|(ix, home)| Some((ix, (*home)?))) {
            if let Some(id) = self.mails[ix.at()].mail.message.in_reply_to() {
                homes.entry(&**id).or_insert(home);
            }
        }
        homes
    }

    /// Reviews, what was taken, states.
    fn judge(
        &mut self,
        rules: &Rules,
        known: &Known,
        (appliers, sent_along, reposts, ledger): (
            &Appliers,
            &HashMap<MailIx, MailIx>,
            &Reposts,
            &Ledger,
        ),
    ) {
        let mut all = std::mem::take(&mut self.series);
        let end = self.mails.iter().filter_map(StoredMessage::date).max();
        let (mails, threads) = (&self.mails[..], &self.threads);
        let bench = fate::Bench {
            mails,
            threads,
            appliers,
            known,
            ledger,
            sent_along,
            reposts,
            rules,
            end,
        };
        all.par_iter_mut().for_each(|series| {
            review::credit(&mut series.revisions, mails, threads, known);
            series.state = state::judge(&mut series.revisions, &bench);
            series.sort = Sort::of(series.newest(), mails, appliers);
        });
        state::find_twins(&mut all, mails);
        state::find_folded(&mut all, mails);
        self.series = all;
    }
}
