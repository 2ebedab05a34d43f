//! The keys of a table in a file, and suggestions for misspelled ones.
//!
//! In: a struct that derives `Deserialize`, a key as typed. Out: the struct's keys as serde knows them, so that they
//! are listed only once; a hint with the most similar one. Never here: a file, a format.

#[cfg(feature = "site")]
use serde::de::{Deserialize, Deserializer, Visitor, value::Error};

/// The keys of `T`, a struct that derives `Deserialize`, including aliases.
#[cfg(feature = "site")]
pub(crate) fn of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    let mut fields: &'static [&'static str] = &[];
    // Always an error: the deserializer below only records the requested fields.
    T::deserialize(Asked(&mut fields)).err();
    fields
}

/// The hint for the misspelled key `typed`; `known` are the valid ones.
pub(crate) fn hint(typed: &str, known: &[&str]) -> String {
    match nearest(typed, known) {
        Some(key) => format!("did you mean `{key}`?"),
        None => format!("the keys here are `{}`", known.join("`, `")),
    }
}

/// The one of `known` that is most similar to `typed`, if one is similar enough.
pub(crate) fn nearest<'a>(typed: &str, known: &[&'a str]) -> Option<&'a str> {
    let distance = |key: &&str| strsim::damerau_levenshtein(typed, key);
    let close = known.iter().copied().filter(|key| distance(key) <= 1 + key.len() / 3);
    close.min_by_key(distance)
}

/// Records the fields that a struct requests, and gives it none.
#[cfg(feature = "site")]
struct Asked<'a>(&'a mut &'static [&'static str]);

#[cfg(feature = "site")]
impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(serde::de::Error::custom("only asked"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        *self.0 = fields;
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "site")]
    #[derive(serde::Deserialize)]
    #[expect(dead_code, reason = "only its keys are asked for")]
    struct Specimen {
        title: String,
        #[serde(rename = "base_url", alias = "url")]
        base: String,
    }

    #[cfg(feature = "site")]
    #[test]
    fn a_struct_tells_its_keys() {
        assert_eq!(of::<Specimen>(), ["title", "base_url", "url"]);
    }

    #[test]
    fn the_nearest_key_is_named() {
        for (typed, hint_said) in [
            ("titel", "did you mean `title`?"),
            ("baseurl", "did you mean `base_url`?"),
            ("colour", "the keys here are `title`, `base_url`"),
        ] {
            assert_eq!(hint(typed, &["title", "base_url"]), hint_said);
        }
    }
}
