//! Strings that many mails share: one copy of each.
//!
//! In: strings of mails: people, titles, paths, the ids in replies. Out: one copy of equal strings; in stored mails,
//! a number in place of a string that was written before. Never here: the meaning of a string.
//!
//! Of 100,000 strings in the 8,592 mails of linux-mtd, 20,000 are different: shared, they take a third of the
//! memory, and the state of the mails has 2.6 MB instead of 6.1.
//!
//! A field declares this: `#[serde(with = "pool::one")]` on an `Arc<str>`, `pool::many` on a slice, `pool::maybe` on
//! an `Option`. The serialised value is inside a [`Pooled`], which has the table of its strings; a field outside one
//! is an error of serde's. serde's derived code passes nothing down to a field, so the table belongs to the thread
//! while the `Pooled` is written or read.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser, ser::SerializeTuple as _};

/// The number of parts that are locked separately, so that workers do not wait for each other.
const PARTS: usize = 16;

/// One copy of every shared string so far.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    parts: [Mutex<HashSet<Arc<str>>>; PARTS],
}

impl Pool {
    /// Replaces `text` by the shared copy.
    pub(crate) fn share(&self, text: &mut Arc<str>) {
        let ends = text.len() + usize::from(text.as_bytes().last().copied().unwrap_or_default());
        let mut part = self.parts[ends % PARTS].lock().unwrap_or_else(PoisonError::into_inner);
        match part.get(&**text) {
            Some(known) => *text = Arc::clone(known),
            None => drop(part.insert(Arc::clone(text))),
        }
    }
}

/// The strings of the value being written or read, by number.
#[derive(Default)]
struct Table {
    texts: Vec<Arc<str>>,
    /// The numbers of the written strings, by their addresses: shared ones have one address.
    numbers: HashMap<usize, u32>,
}

thread_local! {
    static TABLE: RefCell<Option<Table>> = const { RefCell::new(None) };
}

/// A value whose strings are written and read by number. A nested one has a table of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pooled<T>(pub(crate) T);

impl<T: Serialize> Serialize for Pooled<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let _scope = Scope::enter();
        self.0.serialize(to)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pooled<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let _scope = Scope::enter();
        T::deserialize(from).map(Self)
    }
}

/// Sets the thread's table to that of a [`Pooled`] while it lives, and then restores the outer one.
struct Scope {
    outer: Option<Table>,
}

impl Scope {
    fn enter() -> Self {
        Self { outer: TABLE.replace(Some(Table::default())) }
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        TABLE.set(self.outer.take());
    }
}

impl Table {
    /// The number of a string that was written before, counted from 1.
    fn number(&mut self, text: &Arc<str>) -> Option<u32> {
        let known = self.numbers.get(&text.as_ptr().addr()).copied();
        if known.is_none() {
            // Keep the string alive, so that no other string can have its address.
            self.texts.push(Arc::clone(text));
            let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
            self.numbers.insert(text.as_ptr().addr(), number);
        }
        known
    }

    fn text(&self, number: u32) -> Option<Arc<str>> {
        self.texts.get((number as usize).checked_sub(1)?).cloned()
    }
}

fn in_table<T>(work: impl FnOnce(&mut Table) -> T) -> Option<T> {
    TABLE.with_borrow_mut(|table| table.as_mut().map(work))
}

/// A string of a slice or an `Option`.
struct Numbered(Arc<str>);

impl Serialize for Numbered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        one::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Numbered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        one::deserialize(deserializer).map(Self)
    }
}

/// An `Arc<str>`: its number; the first time, 0 and the string.
pub(crate) mod one {
    use super::*;

    /// Writes it.
    pub(crate) fn serialize<S: Serializer>(text: &Arc<str>, to: S) -> Result<S::Ok, S::Error> {
        let known = in_table(|table| table.number(text));
        let known = known.ok_or_else(|| ser::Error::custom("no table of strings"))?;
        let mut tuple = to.serialize_tuple(1 + usize::from(known.is_none()))?;
        tuple.serialize_element(&known.unwrap_or(0))?;
        if known.is_none() {
            tuple.serialize_element(&**text)?;
        }
        tuple.end()
    }

    /// Reads it.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<str>, D::Error> {
        from.deserialize_tuple(2, Reader)
    }
}

struct Reader;

impl<'de> de::Visitor<'de> for Reader {
    type Value = Arc<str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the number of a string, or 0 and a string")
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Arc<str>, A::Error> {
        let number: u32 = seq.next_element()?.unwrap_or(u32::MAX);
        let new: Option<&str> = if number == 0 { seq.next_element()? } else { None };
        let found = in_table(|table| match new {
            Some(text) => {
                table.texts.push(Arc::from(text));
                table.texts.last().cloned()
            }
            None => table.text(number),
        });
        found.flatten().ok_or_else(|| de::Error::custom("no such string"))
    }
}

/// An `Option<Arc<str>>`.
pub(crate) mod maybe {
    use super::*;

    /// Writes it.
    pub(crate) fn serialize<S: Serializer>(
        text: &Option<Arc<str>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        text.clone().map(Numbered).serialize(to)
    }

    /// Reads it.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Arc<str>>, D::Error> {
        Ok(Option::<Numbered>::deserialize(from)?.map(|numbered| numbered.0))
    }
}

/// A `Box<[Arc<str>]>`.
pub(crate) mod many {
    use super::*;

    /// Writes them.
    pub(crate) fn serialize<S: Serializer>(texts: &[Arc<str>], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(texts.iter().map(|text| Numbered(Arc::clone(text))))
    }

    /// Reads them.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Box<[Arc<str>]>, D::Error> {
        let numbered = Vec::<Numbered>::deserialize(from)?;
        Ok(numbered.into_iter().map(|numbered| numbered.0).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Mail {
        #[serde(with = "one")]
        title: Arc<str>,
        #[serde(with = "maybe")]
        list: Option<Arc<str>>,
        #[serde(with = "many")]
        ids: Box<[Arc<str>]>,
    }

    fn mail(list: Option<&str>) -> Mail {
        let pool = Pool::default();
        let shared = |text: &str| {
            let mut text = Arc::from(text);
            pool.share(&mut text);
            text
        };
        let ids = ["a@example.org", "b@example.org", "a@example.org"].map(shared).into();
        Mail { title: shared("a@example.org"), list: list.map(shared), ids }
    }

    #[test]
    fn equal_strings_are_one() {
        let mail = mail(None);
        assert!(Arc::ptr_eq(&mail.title, &mail.ids[0]) && Arc::ptr_eq(&mail.title, &mail.ids[2]));
        assert_eq!(&*mail.ids[1], "b@example.org");
    }

    #[test]
    fn what_is_written_by_numbers_is_read_again() {
        for mail in [mail(None), mail(Some("")), mail(Some("dev"))] {
            let json = serde_json::to_string(&Pooled(&mail)).expect("written");
            assert_eq!(json.matches("a@example.org").count(), 1, "{json}");
            let back: Pooled<Mail> = serde_json::from_str(&json).expect("read");
            assert_eq!(back.0, mail);
            assert!(serde_json::from_str::<Mail>(&json).is_err());
            assert!(serde_json::to_string(&mail).is_err());
            let wild = json.replace("[1]", "[9]");
            assert!(serde_json::from_str::<Pooled<Mail>>(&wild).is_err(), "{wild}");
        }
    }

    #[test]
    fn one_in_another_has_a_table_of_its_own() {
        let mail = &mail(Some("dev"));
        let json = serde_json::to_string(&Pooled((mail, Pooled(mail), mail))).expect("written");
        assert_eq!(json.matches("b@example.org").count(), 2, "the third by its number: {json}");
        let back: Pooled<(Mail, Pooled<Mail>, Mail)> = serde_json::from_str(&json).expect("read");
        let Pooled((first, inner, last)) = &back;
        assert_eq!([first, &inner.0, last], [mail; 3]);
        assert!(TABLE.with_borrow(Option::is_none), "it is gone");
    }
}
