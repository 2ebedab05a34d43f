//! Values of TOML.
//!
//! In: a value. Out: its tables, or the same for templates. Never here: what a value means.

use toml::de::{DeTable, DeValue};

/// The tables of a value: itself, or those of an array.
pub(super) fn tables<'a, 'i>(
    value: Option<&'a DeValue<'i>>,
) -> impl Iterator<Item = &'a DeTable<'i>> {
    let (one, many) = match value {
        Some(DeValue::Table(table)) => (Some(table), None),
        Some(DeValue::Array(array)) => (None, Some(array)),
        _ => (None, None),
    };
    one.into_iter().chain(many.into_iter().flat_map(|array| array.iter()).filter_map(|value| {
        match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => None,
        }
    }))
}

/// A TOML value as templates see it: dates become strings.
pub(super) fn json(value: &toml::Value) -> serde_json::Value {
    match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(n) => (*n).into(),
        toml::Value::Float(n) => (*n).into(),
        toml::Value::Boolean(is) => (*is).into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(items) => items.iter().map(json).collect(),
        toml::Value::Table(table) => {
            table.iter().map(|(key, value)| (key.clone(), json(value))).collect()
        }
    }
}
