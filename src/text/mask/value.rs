//! Masks the strings of a value while it is serialised, for a template or JSON.
//!
//! In: a value and a [`Mask`]. Out: the same value with masked strings. Finished [`Html`] stays as it is, because
//! its sources are masked already.

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::Mask;
use crate::text::Html;

/// A value whose strings are masked.
struct Over<'m, T: ?Sized>(&'m T, Mask<'m>);

impl<'m> Mask<'m> {
    /// `value` with every string in it masked, except [`Html`].
    pub(crate) fn over<T: Serialize + ?Sized>(self, value: &'m T) -> impl Serialize {
        Over(value, self)
    }
}

impl<T: Serialize + ?Sized> Serialize for Over<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.1.is_active() {
            true => self.0.serialize(Masking { to, mask: self.1 }),
            false => self.0.serialize(to),
        }
    }
}

/// A serialiser that masks strings on their way to `to`.
struct Masking<'m, S> {
    to: S,
    mask: Mask<'m>,
}

/// Values without strings.
macro_rules! pass {
    ($($method:ident($($name:ident: $type:ty),*);)*) => {
        $(fn $method(self, $($name: $type),*) -> Result<Self::Ok, Self::Error> {
            self.to.$method($($name),*)
        })*
    };
}

/// Values with several parts, which are masked in turn.
macro_rules! open {
    ($($method:ident($($name:ident: $type:ty),*) -> $part:ident;)*) => {
        $(fn $method(self, $($name: $type),*) -> Result<Self::$part, Self::Error> {
            Ok(Masking { to: self.to.$method($($name),*)?, mask: self.mask })
        })*
    };
}

impl<'m, S: Serializer> Serializer for Masking<'m, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Masking<'m, S::SerializeSeq>;
    type SerializeTuple = Masking<'m, S::SerializeTuple>;
    type SerializeTupleStruct = Masking<'m, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Masking<'m, S::SerializeTupleVariant>;
    type SerializeMap = Masking<'m, S::SerializeMap>;
    type SerializeStruct = Masking<'m, S::SerializeStruct>;
    type SerializeStructVariant = Masking<'m, S::SerializeStructVariant>;

    fn serialize_str(self, text: &str) -> Result<S::Ok, S::Error> {
        self.to.serialize_str(&self.mask.apply(text))
    }

    fn serialize_char(self, c: char) -> Result<S::Ok, S::Error> {
        self.to.serialize_char(c)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<S::Ok, S::Error> {
        // No view and no JSON of ours has bytes; they might hold text.
        Err(S::Error::custom("bytes cannot be masked"))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.to.serialize_some(&Over(value, self.mask))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        match name == Html::NAME {
            true => self.to.serialize_newtype_struct(name, value),
            false => self.to.serialize_newtype_struct(name, &Over(value, self.mask)),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.to.serialize_newtype_variant(name, index, variant, &Over(value, self.mask))
    }

    pass! {
        serialize_bool(value: bool);
        serialize_i8(value: i8);
        serialize_i16(value: i16);
        serialize_i32(value: i32);
        serialize_i64(value: i64);
        serialize_u8(value: u8);
        serialize_u16(value: u16);
        serialize_u32(value: u32);
        serialize_u64(value: u64);
        serialize_f32(value: f32);
        serialize_f64(value: f64);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(name: &'static str);
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str);
    }

    open! {
        serialize_seq(len: Option<usize>) -> SerializeSeq;
        serialize_tuple(len: usize) -> SerializeTuple;
        serialize_tuple_struct(name: &'static str, len: usize) -> SerializeTupleStruct;
        serialize_tuple_variant(
            name: &'static str, index: u32, variant: &'static str, len: usize
        ) -> SerializeTupleVariant;
        serialize_map(len: Option<usize>) -> SerializeMap;
        serialize_struct(name: &'static str, len: usize) -> SerializeStruct;
        serialize_struct_variant(
            name: &'static str, index: u32, variant: &'static str, len: usize
        ) -> SerializeStructVariant;
    }
}

/// The parts of a value one after another.
macro_rules! parts {
    ($($part:ident: $method:ident($($name:ident: $type:ty)?);)*) => {
        $(impl<S: $part> $part for Masking<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $($name: $type,)?
                value: &T,
            ) -> Result<(), S::Error> {
                self.to.$method($($name,)? &Over(value, self.mask))
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.to.end()
            }
        })*
    };
}

parts! {
    SerializeSeq: serialize_element();
    SerializeTuple: serialize_element();
    SerializeTupleStruct: serialize_field();
    SerializeTupleVariant: serialize_field();
    SerializeStruct: serialize_field(key: &'static str);
    SerializeStructVariant: serialize_field(key: &'static str);
}

impl<S: SerializeMap> SerializeMap for Masking<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.to.serialize_key(&Over(key, self.mask))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.to.serialize_value(&Over(value, self.mask))
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.to.end()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashSet};

    use serde::Serialize;

    use super::*;
    use crate::text::{
        HtmlWriter,
        mask::{Asked, Cover, Rules},
    };

    #[derive(Serialize)]
    enum Kind {
        One(String),
        Two(&'static str, u8),
        Three { of: String },
        Unit,
    }

    #[derive(Serialize)]
    struct Name(String);

    #[derive(Serialize)]
    struct View<'a> {
        text: &'a str,
        owned: Option<String>,
        none: Option<u8>,
        list: Vec<(String, i64)>,
        map: BTreeMap<String, Name>,
        kinds: [Kind; 4],
        html: Html,
        maybe_html: Option<&'a Html>,
    }

    #[test]
    fn every_string_is_masked_and_markup_stays() {
        let rules = Rules { cover: Cover::FirstLetter, ids: HashSet::new(), own: HashSet::new() };
        let asked = Asked::default();
        let mask = Mask::new(Some(&rules), &asked);
        let a = || "ada@e.org".to_owned();
        let mut html = HtmlWriter::new(Mask::NONE);
        html.markup("<p>ada@e.org</p>");
        let html = html.finish();
        let view = View {
            text: "ada@e.org",
            owned: Some(a()),
            none: None,
            list: vec![(a(), -1)],
            map: BTreeMap::from([(a(), Name(a()))]),
            kinds: [Kind::One(a()), Kind::Two("ada@e.org", 2), Kind::Three { of: a() }, Kind::Unit],
            html: html.clone(),
            maybe_html: Some(&html),
        };
        let plain = serde_json::to_string(&mask.over(&view)).expect("written");
        let untouched = serde_json::to_string(&Mask::NONE.over(&view)).expect("written");
        assert_eq!(untouched, serde_json::to_string(&view).expect("written"));
        assert_eq!(plain.replace("a…@e.org", "ada@e.org"), untouched);
        assert_eq!(plain.matches("ada@e.org").count(), 2, "{plain}");
        assert_eq!(plain.matches("a…@e.org").count(), 8, "{plain}");
    }
}
