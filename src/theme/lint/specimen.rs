//! Test data for views: the variables of templates on pages that a site may not have today.
//!
//! In: the contract. Out: values to render: one set with everything present, and one with as little as possible. A
//! field with known words takes each of them in turn. Never here: a mail.

use serde_json::{Map, Value};

use super::Page;
use crate::theme::contract::{self, Contract, Field, Type, View};

/// How much is present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Much {
    /// Everything that can be present.
    All,
    /// Nothing that can be absent.
    Least,
}

/// This many specimens of a view show each of its words: no field has more words.
pub(super) const TURNS: usize = 18;
/// Views contain views; none contains itself.
const DEEPEST: usize = 12;

/// The specimen of a turn, with the site's `extra` and that of a page of the author.
pub(super) fn specimen(
    contract: &Contract,
    view: &View,
    (much, turn): (Much, usize),
    extra: &Value,
    own: Option<&Page>,
) -> Value {
    let maker = Maker { contract, much, turn, own };
    let mut specimen = maker.view(view, 0);
    specimen["page"]["site"]["extra"] = extra.clone();
    if let Some(own) = own {
        specimen["page"]["extra"] = own.extra.clone();
    }
    specimen
}

struct Maker<'c> {
    contract: &'c Contract,
    much: Much,
    turn: usize,
    own: Option<&'c Page>,
}

impl Maker<'_> {
    fn view(&self, view: &View, depth: usize) -> Value {
        let fields = view.fields.iter().filter(|_| depth < DEEPEST);
        let value = |field: &Field| (field.name.to_owned(), self.value(field, &field.holds, depth));
        Value::Object(fields.map(value).collect())
    }

    fn value(&self, field: &Field, holds: &Type, depth: usize) -> Value {
        let is_all = self.much == Much::All;
        match holds {
            Type::Text => self.text(field).into(),
            Type::Html if is_all => "<p>A specimen.</p>".into(),
            Type::Html => "".into(),
            Type::Number if is_all => (1 + self.turn % 3).into(),
            Type::Number => 0.into(),
            Type::Bool => (is_all && self.turn.is_multiple_of(2)).into(),
            Type::Any => Value::Object(Map::new()),
            Type::Maybe(inner) if is_all => self.value(field, inner, depth),
            Type::Maybe(_) => Value::Null,
            Type::List(inner) => {
                let least = usize::from(field.about.contains("at least one"));
                let count = if is_all { 1 + self.turn % 2 } else { least };
                (0..count).map(|_| self.value(field, inner, depth)).collect()
            }
            Type::Named(inner) => {
                let names = self.own.map_or(&[][..], |own| own.names(field.name));
                let value = |name: &String| (name.clone(), self.value(field, inner, depth));
                Value::Object(names.iter().map(value).collect())
            }
            Type::View(name) => {
                self.contract.view(name).map_or(Value::Null, |view| self.view(view, depth + 1))
            }
        }
    }

    /// One of the words that the contract names, or the example that it gives.
    fn text(&self, field: &Field) -> String {
        let words = contract::words(&field.about);
        let may_be_empty = field.about.contains("empty");
        match words.len() {
            0 if self.much == Much::Least && may_be_empty => String::new(),
            0 => field.name.to_owned(),
            many if field.is_word => words[self.turn % many].to_owned(),
            _ if self.much == Much::Least && may_be_empty => String::new(),
            _ => words[0].to_owned(),
        }
    }
}
