//! What is taken out of everything: messages, people, and whatever a pattern finds.
//!
//! In: `[redact]` of `site.toml`, and what the archives show of the people that it names. Out: a [`Redaction`], which
//! texts and Message-IDs are put through before anything else sees them. A text keeps its lines: what is taken out of a
//! diff leaves a diff.
//! Never here: what a mail is.
//!
//! A person is a set of names and addresses (`people`). The entry says some of them; a [`Survey`] of all texts finds
//! the addresses that stand beside a name, and only what comes of it takes the person out. Names and addresses are
//! found however they are written (`names`, `addresses`, `reading`). The place of both is taken by [`NAME`] and
//! [`ADDRESS`], so that an author stays an author, and a line of a mail what it was.

mod addresses;
mod ids;
mod names;
mod people;
mod reading;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
    ops::Range,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use regex::Regex;

use crate::config::split_mailbox;
use addresses::Addresses;
use ids::Ids;
use names::Names;
use people::{Book, Person, Wanted};
pub use people::{Kin, LookAlike};
use reading::Reading;

/// What stands in the place of a name, or of what a pattern found.
pub const NAME: &str = "[redacted]";

/// What stands in the place of an address.
pub const ADDRESS: &str = "redacted@patchpress.invalid";

/// The host of Message-IDs that are made up; no archive knows them.
pub const NOWHERE: &str = "@patchpress.invalid";

/// What an entry of `[redact]` takes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A mail whole.
    Message,
    /// A person.
    Person,
    /// What a pattern finds.
    Pattern,
}

/// An entry of `[redact]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it takes out.
    pub kind: Kind,
    /// As it stands in the settings.
    pub written: String,
}

/// What is taken out.
#[derive(Clone, Default)]
pub struct Redaction {
    /// Messages, then people, then patterns; everything else counts them by their numbers.
    entries: Vec<Entry>,
    messages: BTreeMap<Box<str>, usize>,
    people: Vec<Person>,
    patterns: Vec<Regex>,
    /// The archives were looked through for the people's addresses.
    is_surveyed: bool,
    looks: Vec<LookAlike>,
    finders: Finders,
    stand_ins: Arc<HashMap<Box<str>, Box<str>>>,
}

/// What finds messages and people in texts, by their numbers.
#[derive(Debug, Clone, Default)]
struct Finders {
    ids: Ids,
    names: Names,
    addresses: Addresses,
}

/// All that decides what is taken out, and no more: caches go by it.
impl fmt::Debug for Redaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { entries, people, .. } = self;
        f.debug_struct("Redaction").field("entries", entries).field("people", people).finish()
    }
}

/// How often each entry took something out, by their numbers.
pub type Met<'m> = &'m mut dyn FnMut(usize);

impl Redaction {
    /// Takes out messages by their Message-IDs or the addresses of archives that name them, people as `Name <address>`,
    /// a name or an address, and what regular expressions find.
    ///
    /// # Errors
    /// What cannot be found, and why.
    pub fn new(
        messages: &[String],
        people: &[String],
        patterns: &[String],
    ) -> Result<Self, (String, String)> {
        let mut made = Self::default();
        for written in messages {
            let id = ids::of_written(written);
            let id = id.ok_or_else(|| {
                let why = "it is no Message-ID\nhint: such as `20260223.1-1-jane@example.org`, or its address in an archive, `https://lore.kernel.org/list/20260223.1-1-jane@example.org/`";
                (written.clone(), why.to_owned())
            })?;
            made.messages.insert(id.into(), made.entries.len());
            made.add_entry(Kind::Message, written);
        }
        for written in people {
            made.people.push(
                person(written)
                    .ok_or_else(|| (written.clone(), "it is no name and no address".to_owned()))?,
            );
            made.add_entry(Kind::Person, written);
        }
        for written in patterns {
            made.patterns.push(pattern(written).map_err(|why| (written.clone(), why))?);
            made.add_entry(Kind::Pattern, written);
        }
        made.find_all();
        Ok(made)
    }

    fn add_entry(&mut self, kind: Kind, written: &str) {
        self.entries.push(Entry { kind, written: written.to_owned() });
    }

    /// Makes what finds messages and people anew.
    fn find_all(&mut self) {
        let mut finders =
            Finders { addresses: people::addresses(&self.people), ..Finders::default() };
        self.messages.iter().for_each(|(id, number)| finders.ids.add(id, *number));
        for (number, person) in self.people.iter().enumerate() {
            person.names.iter().for_each(|name| finders.names.add(name, number));
        }
        self.finders = finders;
    }

    /// Nothing is taken out.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries, in the order of their numbers.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The number of the entry that takes the message of this id out whole.
    pub fn withholds(&self, id: &str) -> Option<usize> {
        self.messages.get(id).copied()
    }

    /// A text says something that is taken out.
    pub fn is_in(&self, text: &str) -> bool {
        matches!(self.text(text), Cow::Owned(_))
    }

    /// Who somebody is who goes by this name and this address. They go together: who has the name of a person
    /// that is taken out is that person, unless a list writes in their name (`Jane Doe via lamp <lamp@…>`).
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

    /// What a Message-ID is called where it says something that is taken out, or is of such a message.
    pub fn id(&self, id: &str) -> Option<&str> {
        let known = || self.stand_ins.get(id).map_or(UNKNOWN, |stand_in| &**stand_in);
        self.hides(id).then(known)
    }

    /// A Message-ID is not to be shown.
    pub fn hides(&self, id: &str) -> bool {
        self.withholds(id).is_some() || self.is_in(id)
    }

    /// The same, with what hidden Message-IDs are called.
    #[must_use]
    pub fn with_stand_ins(self, stand_ins: HashMap<Box<str>, Box<str>>) -> Self {
        Self { stand_ins: Arc::new(stand_ins), ..self }
    }

    /// What hidden Message-IDs are called, sorted: what was made with other names is worth nothing.
    pub fn stand_ins(&self) -> Vec<(&str, &str)> {
        let mut all: Vec<(&str, &str)> =
            self.stand_ins.iter().map(|(id, stand_in)| (&**id, &**stand_in)).collect();
        all.sort_unstable();
        all
    }

    /// A text without what is taken out; as many lines as before.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.take_out(text, &mut |_| ())
    }

    /// The same; `met` is told the number of an entry each time that it takes something out.
    pub fn take_out<'t>(&self, text: &'t str, met: Met<'_>) -> Cow<'t, str> {
        let mut places = Places::default();
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
            let found = pattern.find_iter(&text).filter(|found| !found.is_empty());
            found.for_each(|found| places.add(found.range(), NAME, Some(number)));
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

    /// Others use an address, too.
    fn is_shared(&self, whose: usize, address: &str) -> bool {
        let shared = self.people.get(whose).map(|person| &person.shared);
        shared.is_some_and(|shared| shared.contains(&*address.to_lowercase()))
    }
}

/// People with all their names and addresses.
impl Redaction {
    /// People are taken out, and nobody looked yet what else is theirs.
    pub fn wants_survey(&self) -> bool {
        !self.people.is_empty() && !self.is_surveyed
    }

    /// What the archives were found to say of the people; nothing before a survey.
    pub fn surveyed(&self) -> Option<String> {
        self.is_surveyed.then(|| format!("{:?}", self.people))
    }

    /// The entries alone, whatever the archives say.
    pub fn listed(&self) -> String {
        format!("{:?}", self.entries)
    }

    /// What looks like a person and is not taken out.
    pub fn look_alikes(&self) -> &[LookAlike] {
        &self.looks
    }

    /// Adds the names and addresses that a mailmap knows of the people; true where it knows any.
    pub fn join(&mut self, kin: &[Kin]) -> bool {
        let known = self.people.iter_mut().map(|person| person.join(kin));
        let is_news = known.fold(false, |one, other| one | other);
        self.find_all();
        is_news
    }

    /// Begins to look what stands beside the people's names.
    pub fn survey(&self) -> Survey<'_> {
        let wanted = Wanted::of(&self.people, &self.finders.names);
        Survey { redaction: self, wanted, book: Mutex::default(), lists: Mutex::default() }
    }
}

/// How often each entry took something out.
#[derive(Debug, Default)]
pub struct Tally {
    counts: Vec<AtomicUsize>,
}

impl Tally {
    /// Nothing yet.
    pub fn of(redaction: &Redaction) -> Self {
        Self { counts: redaction.entries.iter().map(|_| AtomicUsize::new(0)).collect() }
    }

    /// The entry of this number took something out.
    pub fn add(&self, entry: usize) {
        self.counts.get(entry).map(|count| count.fetch_add(1, Ordering::Relaxed));
    }

    /// How often, by the entries' numbers.
    pub fn counts(self) -> Vec<usize> {
        self.counts.into_iter().map(AtomicUsize::into_inner).collect()
    }
}

/// Looks what stands beside the names of people.
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

    /// This address is a list's, whatever stands beside it.
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

/// A hidden Message-ID that no mail of the site has or answers.
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

/// A regular expression that finds something wherever it finds anything.
fn pattern(written: &str) -> Result<Regex, String> {
    let pattern = Regex::new(written).map_err(|why| why.to_string())?;
    // Word edges are in no empty text.
    let finds_nothing = |text| pattern.find_iter(text).any(|found| found.is_empty());
    if ["", "a b", "1", "\n-"].into_iter().any(finds_nothing) {
        return Err("it also finds nothing, at places without a letter\nhint: let it ask for one letter at least, `x+` instead of `x*`".to_owned());
    }
    Ok(pattern)
}

/// Parts of a text that give way to others.
#[derive(Default)]
struct Places {
    all: Vec<(Range<usize>, &'static str, Option<usize>)>,
}

impl Places {
    fn add(&mut self, bytes: Range<usize>, instead: &'static str, entry: Option<usize>) {
        if !bytes.is_empty() {
            self.all.push((bytes, instead, entry));
        }
    }

    /// The text without the parts. Of parts that overlap the first is taken, and of these the longest; what others take
    /// beside it goes with them.
    fn take_out<'t>(mut self, text: &'t str, met: Met<'_>) -> Cow<'t, str> {
        self.all.sort_by_key(|(bytes, ..)| (bytes.start, std::cmp::Reverse(bytes.end)));
        let mut out = String::new();
        let mut done = 0;
        for (bytes, instead, entry) in self.all {
            entry.into_iter().for_each(&mut *met);
            if bytes.end <= done {
                continue;
            }
            let start = bytes.start.max(done);
            out.push_str(&text[done..start]);
            let starts_line = start == 0 || text[..start].ends_with('\n');
            let instead = if bytes.start < done { "" } else { instead };
            put_out(&mut out, &text[start..bytes.end], starts_line, instead);
            done = bytes.end;
        }
        match done {
            0 => Cow::Borrowed(text),
            _ => Cow::Owned(out + &text[done..]),
        }
    }
}

/// Appends what stands for `found`: its line ends, the marks at the beginnings of its lines, and `instead` once.
fn put_out(out: &mut String, found: &str, starts_line: bool, instead: &str) {
    for (number, line) in found.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        if number > 0 || starts_line {
            let text = line.trim_start_matches([' ', '+', '-', '>', '\t']);
            out.push_str(&line[..line.len() - text.len()]);
        }
        if number == 0 {
            out.push_str(instead);
        }
    }
}

/// Where in `before`, which ends where an address begins, the name of its owner stands: `Jane Doe` of
/// `Cc: "Jane Doe" <`; nothing where no bracket says that it is one.
fn display_name(before: &str) -> Range<usize> {
    let none = before.len()..before.len();
    let bracket = ["<", "&lt;", "[mailto:", "<mailto:"].iter().find_map(|b| before.strip_suffix(b));
    let Some(rest) = bracket else { return none };
    let end = rest.trim_end_matches([' ', '\t', '"', '\'']).len();
    let start = if rest[end..].starts_with('"') {
        rest[..end].rfind(['\n', '"'])
    } else {
        rest[..end].rfind(['\n', ':', '<', '>', '"', ',', ';', '(', ')'])
    };
    let start = start.map_or(0, |at| at + 1);
    let name = rest[start..end].trim_start_matches([' ', '\t', '+', '-', '*', '#', '/', '\'']);
    end - name.len()..end
}

/// The name in brackets behind an address that ends at `end`: `jane@example.org (Jane Doe)`.
fn comment(text: &str, end: usize) -> Range<usize> {
    let rest = &text[end..];
    let open = rest.strip_prefix('>').unwrap_or(rest).trim_start_matches([' ', '\t']);
    let name = open.strip_prefix('(').and_then(|inner| Some(&inner[..inner.find([')', '\n'])?]));
    let is_name = |name: &&str| {
        let is_word = |word: &str| word.starts_with(char::is_uppercase);
        name.split_whitespace().count() < 5
            && name.split_whitespace().all(is_word)
            && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | ':' | '/'))
    };
    match name.filter(is_name) {
        Some(name) => {
            let start = text.len() - open.len() + 1;
            start..start + name.len()
        }
        None => end..end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redaction(messages: &[&str], people: &[&str], patterns: &[&str]) -> Redaction {
        let owned = |texts: &[&str]| texts.iter().map(|text| text.to_string()).collect::<Vec<_>>();
        Redaction::new(&owned(messages), &owned(people), &owned(patterns)).expect("sound")
    }

    #[test]
    fn a_person_is_found_however_they_are_written() {
        let redaction = redaction(&[], &["Jane Doe <jane@example.org>"], &[]);
        for (text, want) in [
            ("On Monday, Jane Doe wrote:", "On Monday, [redacted] wrote:"),
            ("> On Monday, Jane\n> Doe wrote:", "> On Monday, [redacted]\n>  wrote:"),
            ("Cc: \"Doe, Jane\" <x@y>", "Cc: \"[redacted]\" <x@y>"),
            ("Janet Doe; Jane Doer", "Janet Doe; Jane Doer"),
            (
                "Acked-by: J. D. <JANE@example.org>\n",
                "Acked-by: [redacted] <redacted@patchpress.invalid>\n",
            ),
            ("jane at example.org", "redacted@patchpress.invalid"),
            ("jane@example.organic mary.jane@example.org mary-jane@example.org", ""),
            ("20260223.1-2-jane@example.org", "20260223.1-2-redacted@patchpress.invalid"),
            ("+ * Jane Doe <jane@example.org>", "+ * [redacted] <redacted@patchpress.invalid>"),
            ("=?utf-8?q?Jane_Doe?=", "=?utf-8?q?[redacted]?="),
        ] {
            let want = if want.is_empty() { text } else { want };
            assert_eq!(redaction.text(text), want, "{text}");
        }
    }

    #[test]
    fn a_text_keeps_its_lines_and_their_marks() {
        let redaction = redaction(&[], &[], &["(?s)secret.*end"]);
        let diff = "+a secret\n-b\n c end d\n";
        assert_eq!(redaction.text(diff), "+a [redacted]\n-\n  d\n");
    }

    #[test]
    fn ids_that_say_too_much_are_hidden() {
        let redaction = redaction(&["<1@example.org>"], &["jane@example.org"], &[]);
        assert_eq!(redaction.withholds("1@example.org"), Some(0));
        assert_eq!(redaction.withholds("2@example.org"), None);
        for id in ["1@example.org", "20260223.1-2-jane@example.org"] {
            let other = redaction.id(id).expect("another name");
            assert!(other.ends_with(NOWHERE), "{other}");
            let stand_ins = HashMap::from([(id.into(), "x@patchpress.invalid".into())]);
            let known = redaction.clone().with_stand_ins(stand_ins);
            assert_eq!(known.id(id), Some("x@patchpress.invalid"));
        }
        assert_eq!(redaction.id("2@example.org"), None);
        assert_eq!(redaction.text("see <1@example.org>"), "see <[redacted]>");
        assert_eq!(
            redaction.text("a/r/1%40example.org/ 11@example.org"),
            "a/r/[redacted]/ 1[redacted]"
        );
    }

    /// The redaction after a look at these texts, and what looks like the people in them.
    fn surveyed(people: &[&str], texts: &[&str]) -> (Redaction, Vec<String>) {
        let redaction = redaction(&[], people, &[]);
        let survey = redaction.survey();
        survey.spare("lamp@lists.example.org");
        texts.iter().for_each(|text| survey.look(text));
        let found = survey.finish();
        let looks = found.look_alikes().iter().map(|look| look.what.clone()).collect();
        (found, looks)
    }

    #[test]
    fn an_address_beside_a_name_goes_with_it() {
        for text in [
            "From: Jane Doe <jane@other.example>",
            "\"Doe, Jane\" <jane@other.example>",
            "Jane Doe (Acme) <jane@other.example>",
            "Jane Doe [mailto:jane@other.example]",
            "On Mon, 23 Feb 2026 Jane Doe <jane@other.example> wrote:",
            "> On Mon, Jane Doe\n> <jane@other.example> wrote:",
            "jane@other.example (Jane Doe)",
            "jane at other.example (Jane Doe)",
            "Jane Doe (jane@other.example)",
            "Jáne M. Doe <JANE@Other.example>",
            "jane@other.example\n=46rom: JaneDoe &lt;jane&#64;other.example&gt;",
        ] {
            let (redaction, _) = surveyed(&["Jane Doe"], &[text, "jane@other.example"]);
            assert_eq!(redaction.text("x jane@other.example."), format!("x {ADDRESS}."), "{text}");
        }
    }

    #[test]
    fn the_addresses_of_others_stay() {
        let bob = [
            "Bob Roe <bob@example.org>",
            "Jane Doe <bob@example.org>",
            "bob: bob@example.org, Bob R. Roe <bob@example.org>",
        ];
        let list = ["Jane Doe <lamp@lists.example.org>"];
        let via = ["Jane Doe via lamp <lamp@other.example>", "lamp@other.example"];
        let bot = [
            "Jane Doe <bugs@example.org>",
            "Bob Roe <bugs@example.org>",
            "Cleo Poe <bugs@example.org>",
        ];
        for (texts, address, is_told) in [
            (&bob[..], "bob@example.org", true),
            (&list[..], "lamp@lists.example.org", false),
            (&via[..], "lamp@other.example", false),
            (&bot[..], "bugs@example.org", true),
        ] {
            let (redaction, looks) = surveyed(&["Jane Doe"], texts);
            assert_eq!(redaction.text(address), address);
            assert_eq!(looks.contains(&address.to_owned()), is_told, "{looks:?}");
        }
        // One that was named itself goes, and the names of the others beside it stay.
        let texts = [
            "A Bee <bugs@example.org>",
            "Bob Roe <bugs@example.org>",
            "Cleo Poe <bugs@example.org>",
        ];
        let (redaction, _) = surveyed(&["Jane Doe <bugs@example.org>"], &texts);
        assert_eq!(redaction.text(texts[1]), format!("Bob Roe <{ADDRESS}>"));
        let (name, address) = redaction.person("Bob Roe", "bugs@example.org", &mut |_| ());
        assert_eq!((&*name, &*address), ("Bob Roe", ADDRESS));
        let texts =
            ["J. Doe <jane@example.org>", "Jane Smith <jane@example.org>", "jd <jane@example.org>"];
        let (redaction, _) = surveyed(&["jane@example.org"], &texts);
        assert_eq!(redaction.text(texts[0]), format!("{NAME} <{ADDRESS}>"));
    }

    #[test]
    fn a_list_that_writes_in_a_name_stays_itself() {
        let (redaction, _) = surveyed(&["Jane Doe"], &[]);
        let (name, address) =
            redaction.person("Jane Doe via lamp", "lamp@lists.example.org", &mut |_| ());
        assert_eq!((&*name, &*address), ("[redacted] via lamp", "lamp@lists.example.org"));
        let (name, address) = redaction.person("Jane Doe (Acme)", "j@acme.example", &mut |_| ());
        assert_eq!((&*name, &*address), (NAME, ADDRESS));
    }

    #[test]
    fn what_looks_like_a_person_is_listed() {
        let texts = [
            "Jane Doe <jane.d@example.org>, J. D. <jane.d@example.org>, jane.d@example.com",
            "github.example/janedoe, jane.doe@example.net, jdoe@example.net, Bob <bob@example.org>",
        ];
        let (_, mut looks) = surveyed(&["Jane Doe"], &texts);
        looks.sort();
        assert_eq!(
            looks,
            ["J. D.", "jane.d@example.com", "jane.doe@example.net", "janedoe", "jdoe@example.net"]
        );
    }

    #[test]
    fn a_mailmap_knows_more() {
        let kin = |names: &[&str], addresses: &[&str]| Kin {
            names: names.iter().map(|name| Box::from(*name)).collect(),
            addresses: addresses.iter().map(|address| Box::from(*address)).collect(),
        };
        let kin = [
            kin(&["Jane Roe"], &["jane@new.example", "jane@old.example"]),
            kin(&["Jane Doe"], &["jane@old.example"]),
            kin(&["Bob Poe"], &["bob@example.org"]),
        ];
        let mut redaction = redaction(&[], &["Jane Doe"], &[]);
        assert!(redaction.join(&kin) && !redaction.join(&kin));
        assert_eq!(redaction.text("Jane Roe, jane@new.example"), format!("{NAME}, {ADDRESS}"));
        assert_eq!(redaction.text("Bob Poe <bob@example.org>"), "Bob Poe <bob@example.org>");
    }

    #[test]
    fn many_people_are_no_trouble() {
        let people: Vec<String> =
            (0..5000).map(|n| format!("Jane{n} Doe <jane{n}@example.org>")).collect();
        let letters = |n: usize| -> String {
            let digits = n.to_string();
            digits.bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
        };
        let people: Vec<String> = people
            .iter()
            .enumerate()
            .map(|(n, p)| p.replacen(&format!("Jane{n} "), &format!("J{} ", letters(n)), 1))
            .collect();
        let redaction = Redaction::new(&[], &people, &[]).expect("sound");
        let text = format!("by J{} Doe, jane4999@example.org", letters(4999));
        assert_eq!(redaction.text(&text), format!("by {NAME}, {ADDRESS}"));
    }

    #[test]
    fn what_cannot_be_found_is_told() {
        let wrong = |messages: &[&str], people: &[&str], patterns: &[&str]| {
            let owned = |texts: &[&str]| texts.iter().map(|t| t.to_string()).collect::<Vec<_>>();
            Redaction::new(&owned(messages), &owned(people), &owned(patterns)).is_err()
        };
        assert!(wrong(&["x"], &[], &[]) && wrong(&["https://lore.example/list/"], &[], &[]));
        assert!(wrong(&[], &[""], &[]) && wrong(&[], &["a <b"], &[]) && wrong(&[], &["J"], &[]));
        for pattern in ["(", "x*", r"\b", "a|", "^", "(?m)$", r"\bx?", r"\B"] {
            assert!(wrong(&[], &[], &[pattern]), "{pattern}");
        }
        assert!(Redaction::default().is_empty());
    }

    #[test]
    fn every_place_is_counted_by_its_entry() {
        let redaction = redaction(&["1@x.example"], &["Jane Doe <jane@example.org>"], &["quick"]);
        let mut counts = [0; 3];
        let text = "Jane Doe <jane@example.org>: quick, 1@x.example, Doe, Jane. quicker";
        redaction.take_out(text, &mut |entry| counts[entry] += 1);
        assert_eq!(counts, [1, 3, 2]);
    }
}
