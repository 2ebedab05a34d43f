//! Corrections: applies the editor's file to a corpus.
//!
//! In: a corpus, and the [`Edits`] that are not about lineage. Out: the corpus with the editor's kinds of mails,
//! commits of patches and states, and without hidden mails. Each step of [`gather`](super::gather()) calls the one
//! it needs. Never here: how the file names a message ([`edits`](super::edits)).

use std::collections::HashSet;

use super::{
    Corpus, MailIx, Revision, Rules, SeriesIx, State, StateKind, Threads,
    edits::{Archive, Edits},
    fate::{Applied, Fate, Witness},
    thread,
};
use crate::{
    error::{Note, NoteKind, Result},
    message::{MessageId, TextReader},
};

impl Corpus {
    /// Sets the kinds that the editor gives to messages.
    ///
    /// # Errors
    /// If the text of one of them can no longer be read.
    pub(super) fn set_kinds(&mut self, rules: &Rules) -> Result<()> {
        let threads = Threads::build(&self.mails, &self.ids);
        let archive = Archive::new((&self.mails, &threads, &self.ids), &[], &rules.redaction);
        let (kinds, notes) = rules.edits.kinds(&archive);
        self.notes.extend(notes);
        TextReader::read(|texts| {
            for (ix, kind) in kinds {
                let id = self.mails[ix.at()].mail.message.id.clone();
                self.mails[ix.at()].mail.become_kind(kind, texts);
                // The patches in the same mail follow it.
                let rest = self.mails[ix.at() + 1..].iter_mut().map(|letter| &mut letter.mail);
                let parts = rest.take_while(|mail| mail.message.part > 0);
                parts
                    .filter(|part| *part.message.posted_as() == id)
                    .for_each(|part| part.become_kind(kind, texts));
            }
        })
    }

    /// The commits that the editor gives for patches.
    pub(super) fn set_commits(&mut self, commits: &[(MessageId, Box<str>)]) {
        let places: Vec<_> = {
            let place = |(id, commit): &(MessageId, Box<str>)| {
                let ix = *self.ids.get(&**id)?;
                Some((ix, self.mails[ix.at()].home?, commit.clone()))
            };
            commits.iter().filter_map(place).collect()
        };
        for (ix, (series, revision), commit) in places {
            let revision = &mut self.series[series.at()].revisions[revision as usize];
            let is_letter = revision.cover == Some(ix);
            for slot in revision.slots.iter_mut().filter(|slot| is_letter || slot.mail == Some(ix))
            {
                slot.applied = Some(Box::new(Applied {
                    witness: Witness::Commit(commit.clone()),
                    date: None,
                    fate: Fate::Applied,
                    tree: Box::default(),
                    commit: commit.clone(),
                    earlier: None,
                }));
            }
        }
    }

    /// The states that the editor gives to series; no other evidence is needed.
    pub(super) fn set_states(&mut self, states: &[(MessageId, StateKind)]) {
        let home = |id: &MessageId| self.mails[self.ids.get(&**id)?.at()].home;
        let corrected: Vec<_> =
            states.iter().filter_map(|(id, kind)| Some((home(id)?.0, *kind))).collect();
        for (series, kind) in corrected {
            self.series[series.at()].state = State::unseen(kind);
        }
    }

    /// Removes what the editor hides: the series of a patch or cover letter with all its replies, or another message
    /// with its replies. Returns whether there was any.
    pub(super) fn hide(&mut self, edits: &Edits) -> bool {
        let members = self.series.iter().flat_map(|series| &series.revisions);
        let members: HashSet<MailIx> = members.flat_map(Revision::members).collect();
        let home = |ix: MailIx| self.mails[ix.at()].home.map(|(series, _)| series);
        let named = edits.hidden().iter().filter_map(|id| self.ids.get(&**id).copied());
        let (works, others): (HashSet<MailIx>, HashSet<MailIx>) =
            named.partition(|ix| members.contains(ix));
        let works: HashSet<SeriesIx> = works.into_iter().filter_map(home).collect();
        let answers = |ix: MailIx| {
            self.threads
                .upwards(ix)
                .take_while(|up| !members.contains(up))
                .any(|up| others.contains(&up))
        };
        let is_hidden =
            |ix: MailIx| home(ix).is_some_and(|home| works.contains(&home)) || answers(ix);
        if works.is_empty() && others.is_empty() {
            return false;
        }
        let is_kept: Vec<bool> = MailIx::all(self.mails.len()).map(|ix| !is_hidden(ix)).collect();
        self.keep(&is_kept);
        true
    }

    /// Removes the other mails, as if no archive had them.
    fn keep(&mut self, is_kept: &[bool]) {
        let mails = std::mem::take(&mut self.mails);
        for (letter, is_kept) in mails.into_iter().zip(is_kept) {
            if *is_kept {
                self.mails.push(letter);
                continue;
            }
            if letter.mail.message.part == 0 {
                self.received -= letter.copies.len();
            }
            let id = Some(letter.mail.message.id);
            self.notes.push(Note { message_id: id, ..Note::new(NoteKind::Hidden, "") });
        }
        self.ids = thread::ids(&self.mails);
    }
}
