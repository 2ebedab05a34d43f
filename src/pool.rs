//! Strings that many mails have in common: one copy of each.
//!
//! In: strings as mails have them: people, titles, paths, the ids that answers name. Out: equal ones as one; and,
//! where mails are written down, numbers in a table in place of strings. Never here: what a string says.
//!
//! Of 9 strings that a mail of linux-mtd has, 7 are another mail's as well: shared they take a quarter of the
//! memory, by their numbers a third of the bytes.
//!
//! A field that is written by its number says so: `#[serde(with = "pool::one")]` on an `Arc<str>`, `pool::many` on
//! a slice, `pool::maybe` on an `Option`. This works inside of [`written`] and [`read`] only; elsewhere it is an
//! error of serde's.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

/// In so many parts it is locked, so that workers do not wait for each other.
const PARTS: usize = 16;

/// One copy of every string that was shared so far.
#[derive(Debug, Default)]
pub struct Pool {
    parts: [Mutex<HashSet<Arc<str>>>; PARTS],
}

impl Pool {
    /// Makes `text` the copy that all have.
    pub fn share(&self, text: &mut Arc<str>) {
        let ends = text.len() + usize::from(text.as_bytes().last().copied().unwrap_or_default());
        let mut part = self.parts[ends % PARTS].lock().unwrap_or_else(PoisonError::into_inner);
        match part.get(&**text) {
            Some(known) => *text = Arc::clone(known),
            None => drop(part.insert(Arc::clone(text))),
        }
    }
}

/// The strings of what is being written or read, by their numbers.
#[derive(Default)]
struct Table {
    texts: Vec<Arc<str>>,
    /// The numbers of those met while writing, by where they lie: shared ones are met often.
    numbers: HashMap<usize, u32>,
}

thread_local! {
    static TABLE: RefCell<Option<Table>> = const { RefCell::new(None) };
}

/// What `write` gives, and the strings that it wrote by their numbers.
pub fn written<T>(write: impl FnOnce() -> T) -> (T, Vec<Arc<str>>) {
    let (value, table) = with(Table::default(), write);
    (value, table.texts)
}

/// What `read` gives, to which a number means one of `texts`.
pub fn read<T>(texts: Vec<Arc<str>>, read: impl FnOnce() -> T) -> T {
    with(Table { texts, numbers: HashMap::new() }, read).0
}

fn with<T>(table: Table, work: impl FnOnce() -> T) -> (T, Table) {
    TABLE.set(Some(table));
    let value = work();
    (value, TABLE.take().unwrap_or_default())
}

/// The number of a string, which is in the table from now on.
fn number(text: &Arc<str>) -> Option<u32> {
    TABLE.with_borrow_mut(|table| {
        let Table { texts, numbers } = table.as_mut()?;
        let at = numbers.entry(text.as_ptr().addr()).or_insert_with(|| {
            texts.push(Arc::clone(text));
            u32::try_from(texts.len() - 1).unwrap_or(u32::MAX)
        });
        Some(*at)
    })
}

fn text(number: u32) -> Option<Arc<str>> {
    TABLE.with_borrow(|table| table.as_ref()?.texts.get(number as usize).cloned())
}

/// A string, written by its number.
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

/// An `Arc<str>`, by its number.
pub mod one {
    use super::*;

    /// Writes the number.
    pub fn serialize<S: Serializer>(text: &Arc<str>, to: S) -> Result<S::Ok, S::Error> {
        number(text).ok_or_else(|| ser::Error::custom("no table"))?.serialize(to)
    }

    /// Reads a number.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<str>, D::Error> {
        text(u32::deserialize(from)?).ok_or_else(|| de::Error::custom("no such string"))
    }
}

/// An `Option<Arc<str>>`, by its number.
pub mod maybe {
    use super::*;

    /// Writes the number, if any.
    pub fn serialize<S: Serializer>(text: &Option<Arc<str>>, to: S) -> Result<S::Ok, S::Error> {
        text.clone().map(Numbered).serialize(to)
    }

    /// Reads a number, if any.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Arc<str>>, D::Error> {
        Ok(Option::<Numbered>::deserialize(from)?.map(|numbered| numbered.0))
    }
}

/// A `Box<[Arc<str>]>`, by its numbers.
pub mod many {
    use super::*;

    /// Writes the numbers.
    pub fn serialize<S: Serializer>(texts: &[Arc<str>], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(texts.iter().map(|text| Numbered(Arc::clone(text))))
    }

    /// Reads numbers.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Box<[Arc<str>]>, D::Error> {
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
            let (json, texts) = written(|| serde_json::to_string(&mail).expect("written"));
            assert!(
                !json.contains("example.org")
                    && texts.len() == 2 + usize::from(mail.list.is_some())
            );
            let back = |texts| read(texts, || serde_json::from_str::<Mail>(&json));
            assert_eq!(back(texts).expect("read"), mail);
            assert!(back(Vec::new()).is_err());
            assert!(
                serde_json::from_str::<Mail>(&json).is_err()
                    && serde_json::to_string(&mail).is_err()
            );
        }
    }
}
