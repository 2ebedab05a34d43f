//! Redaction: removes messages, people, and matches of patterns from everything.
//!
//! In: `[redact]` of `site.toml`, and what the archives say about the people named there. Out: a [`Redaction`],
//! which all texts and Message-IDs pass before anything else reads them. A text keeps its lines: a redacted diff is
//! still a diff. Never here: the form of a mail.
//!
//! A person is a set of names and addresses (`people`). The settings give some of them; a [`Survey`] of all texts
//! finds the addresses beside a name, and only its result removes the person. Names and addresses are found in any
//! spelling (`names`, `addresses`, `reading`). [`NAME`] and [`ADDRESS`] replace them, so that an author stays an
//! author, and a line of a mail keeps its role.

mod addresses;
mod encoded;
mod ids;
mod names;
mod pattern;
mod people;
mod places;
mod reading;
mod survey;

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    fmt,
    hash::{Hash, Hasher},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::{address::split_mailbox, error::Reason, hash::Sha1};
use addresses::Addresses;
use ids::Ids;
pub(crate) use ids::of_written as written_id;
use names::Names;
use pattern::Pattern;
use people::Person;
pub use people::{Kin, LookAlike};
use places::{Places, comment, display_name};
use reading::Reading;
pub use survey::Survey;

/// The text in place of a name, or of a pattern's match.
pub const NAME: &str = "[redacted]";

/// The text in place of an address.
pub const ADDRESS: &str = "redacted@patchpress.invalid";

/// The host of generated Message-IDs; no archive knows them.
pub const NOWHERE: &str = "@patchpress.invalid";

/// What an entry of `[redact]` removes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A whole mail.
    Message,
    /// A person.
    Person,
    /// Matches of a pattern.
    Pattern,
}

/// An entry of `[redact]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Entry {
    /// What it removes.
    pub kind: Kind,
    /// The text in the settings.
    pub written: String,
}

/// What is removed.
#[derive(Clone, Default)]
pub struct Redaction {
    /// Messages, then people, then patterns; other code refers to them by number.
    entries: Vec<Entry>,
    messages: BTreeMap<Box<str>, usize>,
    people: Vec<Person>,
    patterns: Vec<Pattern>,
    /// Whether the archives were searched for the people's addresses.
    is_surveyed: bool,
    looks: Vec<LookAlike>,
    finders: Finders,
    stand_ins: Arc<HashMap<Box<str>, Box<str>>>,
}

/// The search for messages and people in texts, by their numbers.
#[derive(Debug, Clone, Default)]
struct Finders {
    ids: Ids,
    names: Names,
    addresses: Addresses,
}

/// Hashes only what decides what is removed, because caches depend on it; how it is found does not count.
impl Hash for Redaction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.entries, &self.people).hash(state);
    }
}

impl fmt::Debug for Redaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { entries, people, .. } = self;
        f.debug_struct("Redaction").field("entries", entries).field("people", people).finish()
    }
}

/// Called with the number of an entry each time it removes something.
pub type Met<'m> = &'m mut dyn FnMut(usize);

impl Redaction {
    /// Reads the entries: messages by Message-IDs or by archive addresses that contain them, people by
    /// `Name <address>`, a name or an address, and regular expressions.
    ///
    /// # Errors
    /// An entry that cannot be searched for, with the reason.
    pub fn new(
        messages: &[String],
        people: &[String],
        patterns: &[String],
    ) -> Result<Self, (String, Reason)> {
        let mut made = Self::default();
        for written in messages {
            let id = written_id(written);
            let id = id.ok_or_else(|| {
                let why = Reason::new("it is not a Message-ID").hint(
                    "such as `20260223.1-1-jane@example.org`, or its address in an archive, `https://lore.kernel.org/list/20260223.1-1-jane@example.org/`",
                );
                (written.clone(), why)
            })?;
            made.messages.insert(id.into(), made.entries.len());
            made.add_entry(Kind::Message, written);
        }
        for written in people {
            made.people.push(
                person(written).ok_or_else(|| {
                    (written.clone(), "it is neither a name nor an address".into())
                })?,
            );
            made.add_entry(Kind::Person, written);
        }
        for written in patterns {
            made.patterns.push(Pattern::parse(written).map_err(|why| (written.clone(), why))?);
            made.add_entry(Kind::Pattern, written);
        }
        made.find_all();
        Ok(made)
    }

    fn add_entry(&mut self, kind: Kind, written: &str) {
        self.entries.push(Entry { kind, written: written.to_owned() });
    }

    /// Rebuilds the finders for messages and people.
    fn find_all(&mut self) {
        let mut finders =
            Finders { addresses: people::addresses(&self.people), ..Finders::default() };
        self.messages.iter().for_each(|(id, number)| finders.ids.add(id, *number));
        for (number, person) in self.people.iter().enumerate() {
            person.names.iter().for_each(|name| finders.names.add(name, number));
        }
        self.finders = finders;
    }

    /// Whether nothing is removed.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries, in the order of their numbers.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The number of the entry that removes the whole message with this id.
    pub fn withholds(&self, id: &str) -> Option<usize> {
        self.messages.get(id).copied()
    }

    /// Whether a text contains something that is removed.
    pub fn is_in(&self, text: &str) -> bool {
        matches!(self.text(text), Cow::Owned(_))
    }

    /// The person with this name and address, after redaction. They belong together: anybody with the name of a
    /// removed person is that person, unless a list writes in their name (`Jane Doe via lamp <lamp@…>`).
    pub fn person<'t>(
        &self,
        name: &'t str,
        address: &'t str,
        met: Met<'_>,
    ) -> (Cow<'t, str>, Cow<'t, str>) {
        let named = self.finders.names.find(&Reading::of(name));
        let named = named.first().filter(|_| !name.contains(" via ")).map(|found| found.whose);
        let known = self.finders.addresses.get(address);
        if let Some(whose) = named.or(known) {
            met(self.number(whose));
            let is_anothers = named.is_none() && self.is_shared(whose, address);
            let name = if is_anothers { self.text(name) } else { NAME.into() };
            return (name, ADDRESS.into());
        }
        let clean = |text: &'t str, met: Met<'_>| self.take_out(text, met);
        let address = match clean(address, met) {
            Cow::Owned(_) => ADDRESS.into(),
            address => address,
        };
        (clean(name, met), address)
    }

    /// The replacement of a Message-ID that contains something removed, or belongs to a removed message.
    pub fn id(&self, id: &str) -> Option<&str> {
        let known = || self.stand_ins.get(id).map_or(UNKNOWN, |stand_in| &**stand_in);
        self.hides(id).then(known)
    }

    /// Whether a Message-ID must not be shown.
    pub fn hides(&self, id: &str) -> bool {
        self.withholds(id).is_some() || self.is_in(id)
    }

    /// The same redaction with replacements for hidden Message-IDs.
    #[must_use]
    pub fn with_stand_ins(self, stand_ins: HashMap<Box<str>, Box<str>>) -> Self {
        Self { stand_ins: Arc::new(stand_ins), ..self }
    }

    /// The replacements of hidden Message-IDs, sorted: results made with others are invalid.
    pub fn stand_ins(&self) -> Vec<(&str, &str)> {
        let mut all: Vec<(&str, &str)> =
            self.stand_ins.iter().map(|(id, stand_in)| (&**id, &**stand_in)).collect();
        all.sort_unstable();
        all
    }

    /// The text without what is removed, with the same number of lines.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.take_out(text, &mut |_| ())
    }

    /// The same; `met` gets the number of an entry each time that the entry removes something.
    pub fn take_out<'t>(&self, text: &'t str, met: Met<'_>) -> Cow<'t, str> {
        let mut places = Places::default();
        for run in encoded::runs(text).iter().filter(|_| !self.is_empty()) {
            let mut says = |said: String| {
                let left = self.take_out_as_it_stands(&said, Places::default(), &mut *met);
                matches!(left, Cow::Owned(_))
            };
            if run.texts().any(&mut says) {
                places.add(run.bytes.clone(), NAME, None);
            }
        }
        self.take_out_as_it_stands(text, places, met)
    }

    /// The same without decoding encoded parts; also removes `places`.
    fn take_out_as_it_stands<'t>(
        &self,
        text: &'t str,
        mut places: Places,
        met: Met<'_>,
    ) -> Cow<'t, str> {
        let finders = &self.finders;
        if !(finders.addresses.is_empty() && finders.names.is_empty() && finders.ids.is_empty()) {
            let reading = Reading::of(text);
            for found in finders.ids.find(&reading) {
                places.add(reading.bytes(found.letters), NAME, Some(found.whose));
            }
            for found in finders.addresses.find(&reading) {
                let bytes = reading.bytes(found.letters.clone());
                let address = reading.text(found.letters);
                if !self.is_shared(found.whose, &address) {
                    places.add(display_name(&text[..bytes.start]), NAME, None);
                    places.add(comment(text, bytes.end), NAME, None);
                }
                places.add(bytes, ADDRESS, Some(self.number(found.whose)));
            }
            for found in finders.names.find(&reading) {
                let number = self.number(found.whose);
                places.add(reading.bytes(found.letters), NAME, Some(number));
            }
        }
        let first = self.entries.len() - self.patterns.len();
        let clean = places.take_out(text, met);
        self.patterns.iter().zip(first..).fold(clean, |text, (pattern, number)| {
            let mut places = Places::default();
            pattern.find(&text).for_each(|found| places.add(found, NAME, Some(number)));
            let clean = match places.take_out(&text, met) {
                Cow::Owned(clean) => Some(clean),
                Cow::Borrowed(_) => None,
            };
            clean.map_or(text, Cow::Owned)
        })
    }

    /// The number of the entry that names a person.
    fn number(&self, person: usize) -> usize {
        self.messages_listed() + person
    }

    fn messages_listed(&self) -> usize {
        self.entries.len() - self.people.len() - self.patterns.len()
    }

    /// Whether other people use the address, too.
    fn is_shared(&self, whose: usize, address: &str) -> bool {
        let shared = self.people.get(whose).map(|person| &person.shared);
        shared.is_some_and(|shared| shared.contains(&*address.to_lowercase()))
    }
}

/// People with all their names and addresses.
impl Redaction {
    /// Whether people are removed and no survey has looked for their other names and addresses.
    pub fn wants_survey(&self) -> bool {
        !self.people.is_empty() && !self.is_surveyed
    }

    /// A hash of what the survey found about the people; `None` before the survey.
    pub fn surveyed(&self) -> Option<String> {
        let mut sum = Sha1::new();
        self.people.hash(&mut sum);
        self.is_surveyed.then(|| sum.hexdigest())
    }

    /// Texts that look like a person but stay.
    pub fn look_alikes(&self) -> &[LookAlike] {
        &self.looks
    }

    /// Adds the names and addresses that a mailmap has for the people; true if there are any.
    pub fn join(&mut self, kin: &[Kin]) -> bool {
        let known = self.people.iter_mut().map(|person| person.join(kin));
        let is_news = known.fold(false, |one, other| one | other);
        self.find_all();
        is_news
    }
}

/// How often each entry removed something.
#[derive(Debug, Default)]
pub struct Tally {
    counts: Vec<AtomicUsize>,
}

impl Tally {
    /// Nothing yet.
    pub fn of(redaction: &Redaction) -> Self {
        Self { counts: redaction.entries.iter().map(|_| AtomicUsize::new(0)).collect() }
    }

    /// Counts a removal by the entry with this number.
    pub fn add(&self, entry: usize) {
        self.counts.get(entry).map(|count| count.fetch_add(1, Ordering::Relaxed));
    }

    /// The counts, by the entries' numbers.
    pub fn counts(self) -> Vec<usize> {
        self.counts.into_iter().map(AtomicUsize::into_inner).collect()
    }
}

/// A hidden Message-ID that no mail of the site has or replies to.
const UNKNOWN: &str = "redacted@patchpress.invalid";

/// The person that an entry names.
fn person(written: &str) -> Option<Person> {
    let (name, address) = match split_mailbox(written) {
        Some((name, address)) => (name, Some(address)),
        None => (written.trim(), None),
    };
    let is_name = names::letters(name).chars().count() > 1;
    if (address.is_none() || !name.is_empty()) && (!is_name || name.contains(['@', '<', '>'])) {
        return None;
    }
    let mut person = Person::default();
    person.names.extend((!name.is_empty()).then(|| name.into()));
    person.addresses.extend(address.map(|address| address.to_lowercase().into()));
    Some(person)
}

#[cfg(test)]
mod tests;
