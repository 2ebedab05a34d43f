//! A survey of all texts for other names and addresses of removed people.
//!
//! In: a redaction, and every text of the archives, from several threads. Out: the redaction with all addresses of
//! the people, and texts that only look like them. Never here: the decision whose address it is (`people` makes it).

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use super::{
    Redaction,
    people::{Book, Wanted},
};

impl Redaction {
    /// Begins a survey.
    pub fn survey(&self) -> Survey<'_> {
        let wanted = Wanted::of(&self.people, &self.finders.names);
        Survey { redaction: self, wanted, book: Mutex::default(), lists: Mutex::default() }
    }
}

/// A survey of the names and addresses beside the people's.
pub struct Survey<'r> {
    redaction: &'r Redaction,
    wanted: Wanted<'r>,
    book: Mutex<Book>,
    lists: Mutex<BTreeSet<String>>,
}

impl Survey<'_> {
    /// Adds a text.
    pub fn look(&self, text: &str) {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        book.add(text, &self.wanted);
    }

    /// Marks an address as a list's, whatever names occur beside it.
    pub fn spare(&self, address: &str) {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.insert(address.to_lowercase());
    }

    /// The redaction with all addresses of the people.
    #[must_use]
    pub fn finish(self) -> Redaction {
        let book = self.book.into_inner().unwrap_or_else(PoisonError::into_inner);
        let lists = self.lists.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut made = self.redaction.clone();
        made.looks = book.judge(&mut made.people, &lists);
        let first = made.messages_listed();
        made.looks.iter_mut().for_each(|look| look.entry += first);
        made.is_surveyed = true;
        made.find_all();
        made
    }
}
