//! Writers: everybody who wrote a mail or signed a patch, by address.
//!
//! In: the corpus. Out: for each address, its names and the dates of its mails. Never here: machines, addresses
//! under which several people write (lists, trackers), and redacted people.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    date::Timestamp,
    message::Mailbox,
    patch::is_machine,
    redact,
    series::{Corpus, StoredMessage},
};

/// An address with this many full names belongs to several people.
const MANY: usize = 4;

/// After this many seconds in use, an address counts as its owner's.
const SETTLED: i64 = 30 * 86_400;

/// By address in lower case, after the mailmap.
#[derive(Debug, Default)]
pub(super) struct Writers {
    pub(super) all: BTreeMap<String, Writer>,
}

/// The person who writes from an address, or signs with it.
#[derive(Debug, Default)]
pub(super) struct Writer {
    /// As written first.
    pub(super) address: String,
    /// The number of mails and signatures with each name.
    names: BTreeMap<String, usize>,
    /// The dates of its mails, in order.
    wrote: Vec<Timestamp>,
}

impl Writers {
    pub(super) fn of(corpus: &Corpus) -> Self {
        let mut writers = Self::default();
        for letter in corpus.mails.iter().filter(|letter| letter.mail.machine.is_none()) {
            writers.add_letter(corpus, letter);
        }
        writers.all.retain(|_, writer| writer.full_names().len() < MANY);
        writers.all.values_mut().for_each(|writer| writer.wrote.sort_unstable());
        writers
    }

    fn add_letter(&mut self, corpus: &Corpus, letter: &StoredMessage) {
        let mail = &letter.mail;
        if let Some(writer) = self.entry(corpus, &mail.message.from) {
            writer.wrote.extend(letter.date());
        }
        let signed = mail.trailers.iter().filter_map(|trailer| trailer.person());
        for who in signed.chain([mail.author.clone()]).filter(|who| *who != mail.message.from) {
            self.entry(corpus, &who);
        }
    }

    fn entry(&mut self, corpus: &Corpus, who: &Mailbox) -> Option<&mut Writer> {
        if !who.address.contains('@') || *who.address == *redact::ADDRESS || is_machine(who) {
            return None;
        }
        let who = corpus.mailmap.fold(who);
        let writer = self.all.entry(who.key()).or_default();
        if writer.address.is_empty() {
            writer.address = who.address.to_string();
        }
        if who.name != who.address {
            *writer.names.entry(who.name.to_string()).or_default() += 1;
        }
        Some(writer)
    }
}

impl Writer {
    /// Its most frequent name; may be empty.
    pub(super) fn name(&self) -> &str {
        let best = self.names.iter().rev().max_by_key(|(_, count)| **count);
        best.map_or("", |(name, _)| name)
    }

    /// The same for comparison; empty if it is a single word, which identifies nobody.
    pub(super) fn full_name(&self) -> String {
        full(self.name()).unwrap_or_default()
    }

    /// All its full names, for comparison.
    pub(super) fn full_names(&self) -> BTreeSet<String> {
        self.names.keys().filter_map(|name| full(name)).collect()
    }

    /// How many mails it sent since then.
    pub(super) fn mails_since(&self, since: Option<Timestamp>) -> usize {
        self.wrote.iter().filter(|date| Some(**date) >= since).count()
    }

    /// How many mails it sent.
    pub(super) fn mails(&self) -> usize {
        self.wrote.len()
    }

    /// Its first mail.
    pub(super) fn first(&self) -> Option<Timestamp> {
        self.wrote.first().copied()
    }

    /// Its last mail.
    pub(super) fn last(&self) -> Option<Timestamp> {
        self.wrote.last().copied()
    }

    /// Whether it has been in use so long that somebody would have objected.
    pub(super) fn is_settled(&self) -> bool {
        self.first().zip(self.last()).is_some_and(|(first, last)| last.0 - first.0 >= SETTLED)
    }

    /// `jane@example.org, 12 mails, 2019 to 2021`
    pub(super) fn used(&self) -> String {
        let year = |date: Timestamp| date.zoned(&jiff::tz::TimeZone::UTC).year();
        let mails = match self.mails() {
            0 => "no mail".to_owned(),
            1 => "1 mail".to_owned(),
            mails => format!("{mails} mails"),
        };
        let years = match self.first().zip(self.last()).map(|(a, b)| (year(a), year(b))) {
            Some((first, last)) if first == last => format!(", {first}"),
            Some((first, last)) => format!(", {first} to {last}"),
            None => String::new(),
        };
        format!("{}, {mails}{years}", self.address)
    }
}

/// The words of a name with several, in lower case and sorted, so that `Lind, Zoe` equals `Zoe Lind`.
fn full(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '"' | '\''));
    let words: BTreeSet<&str> = words.filter(|word| !word.is_empty()).collect();
    (words.len() > 1).then(|| words.into_iter().collect::<Vec<_>>().join(" "))
}
