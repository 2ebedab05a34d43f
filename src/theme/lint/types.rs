//! The types of expressions, as far as the contract gives them.
//!
//! In: an expression of a template, and the contract. Out: its [`Type`], or what is wrong with it and a hint. Never
//! here: the walk through a template (`walk`).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    keys,
    theme::{
        DEFAULT,
        contract::{self, Contract, Type},
        syntax::tree::{Expr, Template},
    },
    words::Words,
};

/// A message, and a hint.
pub(super) type Wrong = (String, String);

/// The tables of a walk.
#[derive(Debug)]
pub(super) struct Kit<'k> {
    pub(super) contract: &'k Contract,
    /// The trees of all templates by their names; those of the default theme begin with `default/`.
    pub(super) trees: &'k BTreeMap<String, Template<'k>>,
    pub(super) words: &'k Words,
    /// The theme's static files, as `asset` names them.
    pub(super) assets: &'k BTreeSet<&'k str>,
    /// The names that the pages of the walked template give to series and digests; nothing if no page uses it.
    pub(super) named: Option<Vec<&'k str>>,
}

impl<'k> Kit<'k> {
    /// The template with this name: that of the theme, otherwise the built-in one.
    pub(super) fn template(&self, name: &str) -> Option<(&'k str, &'k Template<'k>)> {
        let built_in = || self.trees.get_key_value(&format!("{DEFAULT}/{name}"));
        let found = self.trees.get_key_value(name).or_else(built_in);
        found.map(|(name, template)| (name.as_str(), template))
    }

    /// The type of a field of such a value, or the reason why there is no such field.
    pub(super) fn field(&self, of: &Type, name: &str) -> Result<Type, Wrong> {
        let is = |what: &str| Err((format!("is {what} and has no field"), String::new()));
        match of {
            Type::Any => Ok(Type::Any),
            Type::Maybe(inner) => self.field(inner, name),
            Type::Named(inner) => match &self.named {
                Some(known) if !known.contains(&name) => {
                    Err(("has no list".to_owned(), near(name, known)))
                }
                _ => Ok((**inner).clone()),
            },
            Type::Text | Type::Html => is("text"),
            Type::Number => is("a number"),
            Type::Bool => is("yes or no"),
            Type::List(_) => is("a list"),
            Type::View(view) => {
                let Some(view) = self.contract.view(view) else { return Ok(Type::Any) };
                let known: Vec<&str> = view.fields.iter().map(|field| field.name).collect();
                let found = view.field(name).map(|field| field.holds.clone());
                found.ok_or_else(|| ("has no field".to_owned(), hint(name, &known)))
            }
        }
    }

    /// The hint for a word that a field never has.
    pub(super) fn no_word(&self, of: &Type, name: &str, text: &str) -> Option<String> {
        let mut of = of;
        while let Type::Maybe(inner) = of {
            of = inner;
        }
        let Type::View(view) = of else { return None };
        let field = self.contract.view(view)?.field(name).filter(|field| field.is_word)?;
        let known = contract::words(&field.about);
        let is_known = text.is_empty() || known.contains(&text);
        (!is_known)
            .then(|| keys::hint(text, &known).replace("the keys here are", "possible values are"))
    }

    /// The error of a catalogue entry.
    pub(super) fn no_entry(&self, key: &str) -> Option<Wrong> {
        (!self.words.has(key))
            .then(|| (format!("the catalogue has no entry `{key}`"), String::new()))
    }

    /// The error of a static file.
    pub(super) fn no_file(&self, path: &str) -> Option<Wrong> {
        let known: Vec<&str> = self.assets.iter().copied().collect();
        let what = || format!("the theme has no file `static/{path}`");
        (!self.assets.contains(path)).then(|| (what(), near(path, &known)))
    }
}

/// The hint for an unknown name.
pub(super) fn hint(typed: &str, known: &[&str]) -> String {
    match near(typed, known) {
        hint if hint.is_empty() => "`patchpress help theme` lists every name".to_owned(),
        hint => hint,
    }
}

fn near(typed: &str, known: &[&str]) -> String {
    keys::nearest(typed, known).map_or(String::new(), |near| format!("did you mean `{near}`?"))
}

/// The type of an item of a list, or of a part of a value.
pub(super) fn item(of: &Type) -> Type {
    match of {
        Type::Maybe(inner) => item(inner),
        Type::List(inner) | Type::Named(inner) => (**inner).clone(),
        Type::Text | Type::Html => Type::Text,
        _ => Type::Any,
    }
}

/// The same, if it is present.
pub(super) fn there(holds: Type) -> Type {
    match holds {
        Type::Maybe(inner) => *inner,
        holds => holds,
    }
}

/// The type of a value after a filter.
pub(super) fn filtered(of: Type, name: &str) -> Type {
    match name {
        "first" | "last" | "nth" => item(&of),
        "reverse" | "sort" | "unique" | "slice" | "filter" | "concat" => of,
        "default" => there(of),
        "length" | "int" | "abs" | "round" => Type::Number,
        "date" | "plural" | "thousands" | "capitalize" | "lower" | "upper" | "title" | "trim"
        | "truncate" | "replace" | "join" => Type::Text,
        "safe" => Type::Html,
        _ => Type::Any,
    }
}

/// The result type of a function.
pub(super) fn called(name: &str) -> Type {
    match name {
        "t" | "asset" => Type::Text,
        "range" => Type::List(Box::new(Type::Number)),
        _ => Type::Any,
    }
}

/// A value as its template writes it.
pub(super) fn path(expr: &Expr<'_>) -> String {
    match expr {
        Expr::Name(name, _) => (*name).to_owned(),
        Expr::Field(of, name, _) => format!("{}.{name}", path(of)),
        Expr::Item(of, _) => format!("{}[…]", path(of)),
        Expr::Filter(of, name, _) => format!("{} | {name}", path(of)),
        _ => "the value before it".to_owned(),
    }
}
