//! A look at all texts for what else is a person's.
//!
//! In: a redaction, and every text of the archives, from several threads. Out: the same redaction, of people with all
//! their addresses, and what looks like them.
//! Never here: which address is whose (`people` judges).

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use super::{
    Redaction,
    people::{Book, Wanted},
};

impl Redaction {
    /// Begins to look what is beside the people's names.
    pub fn survey(&self) -> Survey<'_> {
        let wanted = Wanted::of(&self.people, &self.finders.names);
        Survey { redaction: self, wanted, book: Mutex::default(), lists: Mutex::default() }
    }
}

/// Looks what is beside the names of people.
pub struct Survey<'r> {
    redaction: &'r Redaction,
    wanted: Wanted<'r>,
    book: Mutex<Book>,
    lists: Mutex<BTreeSet<String>>,
}

impl Survey<'_> {
    /// Takes in a text.
    pub fn look(&self, text: &str) {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        book.add(text, &self.wanted);
    }

    /// This address is a list's, whatever is beside it.
    pub fn spare(&self, address: &str) {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.insert(address.to_lowercase());
    }

    /// The same redaction, of people with all their addresses.
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
