//! The contract of themes: every view of a template, and every field with a line about it.
//!
//! In: the sources of the views. The program embeds them, because the comments give the meaning of the fields, and
//! no compiler keeps comments. Out: [`Contract`], the source of the guide's page, of `patchpress help theme` and of
//! `patchpress theme check`. Never here: a template.

mod guide;

use std::collections::BTreeMap;

pub(super) use guide::sentence;
pub use guide::{help, page};

/// A table of sources: a path below `src/page`, and the text.
macro_rules! sources {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../page/", $path)))),*]
    };
}

/// The sources of the views. A test compares the list with the folder, so none is missing.
const SOURCES: &[(&str, &str)] = sources![
    "home/view.rs",
    "digest/view.rs",
    "digest/print/view.rs",
    "series/view.rs",
    "series/compare/view.rs",
    "series/diff/view.rs",
    "series/matrix/view.rs",
    "thread/view.rs",
    "list/view.rs",
    "people/view.rs",
    "paths/view.rs",
    "stats/view.rs",
    "feeds/view.rs",
    "search/view.rs",
    "content/view.rs",
    "part/view.rs",
    "part/row/view.rs",
    "part/outline/view.rs",
    "part/report/view.rs",
    "part/messages/view.rs",
    "part/chart/view.rs",
    // The pages of a hub.
    "../hub/view.rs",
    // A heading of a page of the author.
    "../markup/markdown.rs",
];

/// The rules for all views.
const RULES: &str = include_str!("../page/view.rs");

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Plain text.
    Text,
    /// Finished HTML.
    Html,
    /// A whole number.
    Number,
    /// Yes or no.
    Bool,
    /// Any value that the site's author wrote.
    Any,
    /// A value that can be absent.
    Maybe(Box<Type>),
    /// Several values, in order.
    List(Box<Type>),
    /// Several values, by names that the site's author gave.
    Named(Box<Type>),
    /// A view.
    View(&'static str),
}

/// A field of a view.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub holds: Type,
    /// Its meaning, in a line.
    pub about: String,
    /// Whether its value is one of the words in `about`.
    pub is_word: bool,
}

/// The variables of a template, or a part of them.
#[derive(Debug)]
pub struct View {
    /// Its name.
    pub name: &'static str,
    /// Its description, in a line.
    pub about: String,
    /// The templates that get it; none for a part.
    pub templates: Vec<&'static str>,
    /// Its fields, in the order of their sources.
    pub fields: Vec<Field>,
}

impl View {
    /// The field with this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Every view, those of pages first.
#[derive(Debug)]
pub struct Contract {
    /// The views.
    pub views: Vec<View>,
}

impl Contract {
    /// Reads the sources.
    pub fn read() -> Self {
        let mut views: Vec<View> = Vec::new();
        let mut flat = Vec::new();
        for (_, source) in SOURCES {
            views.extend(structs(source, &mut flat));
        }
        let fields: BTreeMap<&str, Vec<Field>> =
            views.iter().map(|view| (view.name, view.fields.clone())).collect();
        for view in &mut views {
            view.fields = with_flattened(&view.fields, &flat, view.name, &fields);
        }
        views.retain(|view| !flat.iter().any(|(_, field)| is_view(&field.holds, view.name)));
        Self { views }
    }

    /// The view with this name.
    pub fn view(&self, name: &str) -> Option<&View> {
        self.views.iter().find(|view| view.name == name)
    }

    /// The view of a page's template.
    pub fn of_template(&self, template: &str) -> Option<&View> {
        self.views.iter().find(|view| view.templates.contains(&template))
    }

    /// The templates of pages, with their views.
    pub fn pages(&self) -> impl Iterator<Item = (&'static str, &View)> {
        self.views.iter().flat_map(|view| view.templates.iter().map(move |name| (*name, view)))
    }
}

fn is_view(holds: &Type, name: &str) -> bool {
    matches!(holds, Type::View(view) if *view == name)
}

/// The fields of a view, with those of the views that serde flattens into it.
fn with_flattened(
    own: &[Field],
    flat: &[(&'static str, Field)],
    view: &str,
    all: &BTreeMap<&str, Vec<Field>>,
) -> Vec<Field> {
    let mut fields = Vec::new();
    for field in own {
        let is_flat = flat.iter().any(|(of, f)| *of == view && f.name == field.name);
        match &field.holds {
            Type::View(other) if is_flat => {
                fields.extend(all.get(other).into_iter().flatten().cloned());
            }
            _ => fields.push(field.clone()),
        }
    }
    fields
}

/// The public structs of a source; `flat` gets the fields that serde flattens, with the name of their view.
fn structs(source: &'static str, flat: &mut Vec<(&'static str, Field)>) -> Vec<View> {
    let (mut views, mut docs, mut is_flat) = (Vec::<View>::new(), String::new(), false);
    let mut is_inside = false;
    for line in source.lines() {
        // A closing brace at the left edge ends a struct.
        is_inside &= line != "}";
        let line = line.trim();
        if let Some(doc) = line.strip_prefix("///") {
            docs.push_str(doc.trim());
            docs.push('\n');
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            let about = plain(&std::mem::take(&mut docs));
            let templates = templates_of(source, &about);
            views.push(View { name: identifier(rest), about, templates, fields: Vec::new() });
            is_inside = true;
        } else if let (true, Some(rest), Some(view)) =
            (is_inside, line.strip_prefix("pub "), views.last_mut())
        {
            let Some((name, holds)) = rest.split_once(": ") else { continue };
            let about = plain(&std::mem::take(&mut docs));
            let holds = holds.trim_end_matches(',');
            let is_word = holds == "&'static str" && words(&about).len() > 1;
            let field = Field { name, holds: type_of(holds), about, is_word };
            if std::mem::take(&mut is_flat) {
                flat.push((view.name, field.clone()));
            }
            view.fields.push(field);
        } else if line == "#[serde(flatten)]" {
            is_flat = true;
        } else if !line.starts_with("#[") {
            docs.clear();
        }
    }
    views
}

/// The templates that a view's comment begins with: `` `digests.html`: every digest; `year.html`: those of one year ``.
fn templates_of(source: &'static str, about: &str) -> Vec<&'static str> {
    let names = about.split('`').skip(1).step_by(2);
    let is_page = |name: &&str| about.contains(&format!("`{name}`: "));
    let names = names.filter(|name| name.ends_with(".html")).filter(is_page);
    // The same words, with a static lifetime.
    names.filter_map(|name| source.find(name).map(|at| &source[at..at + name.len()])).collect()
}

fn identifier(text: &'static str) -> &'static str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// A comment as a line; rustdoc links become plain words.
fn plain(docs: &str) -> String {
    let mut line = docs.split_whitespace().collect::<Vec<_>>().join(" ");
    // [`Churn::added_steps`](crate::…) and [`Frame`].
    while let Some(at) = line.find("[`") {
        let Some(end) = line[at..].find("`]").map(|end| at + end) else { break };
        let mut after = end + 2;
        if line[after..].starts_with('(')
            && let Some(close) = line[after..].find(')')
        {
            after += close + 1;
        }
        let words = line[at + 1..=end].replace("::", ".");
        line.replace_range(at..after, &words);
    }
    line
}

/// The words in backticks of a line.
pub(crate) fn words(about: &str) -> Vec<&str> {
    about.split('`').skip(1).step_by(2).collect()
}

/// The type of a field, from its Rust type.
fn type_of(rust: &'static str) -> Type {
    let inner = |outer: &str| rust.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    let boxed = |inner: &'static str| Box::new(type_of(inner));
    if let Some(item) = inner("Option<") {
        return Type::Maybe(boxed(item));
    }
    if let Some(item) = inner("Vec<") {
        return Type::List(boxed(item));
    }
    if let Some((_, item)) = inner("BTreeMap<").and_then(|inner| inner.split_once(", ")) {
        return Type::Named(boxed(item));
    }
    match rust {
        "String" | "&'a str" | "&'static str" | "Cow<'a, str>" | "char" => Type::Text,
        "Html" => Type::Html,
        "bool" => Type::Bool,
        "usize" | "u16" | "u32" | "u64" | "i64" => Type::Number,
        "&'a Value" | "Value" => Type::Any,
        view => Type::View(identifier(view)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    #[test]
    fn every_source_of_views_is_in_the_table() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/page");
        let found = walkdir::WalkDir::new(&folder).into_iter().filter_map(|entry| {
            let path = entry.expect("readable").into_path();
            let below = path.strip_prefix(&folder).expect("below").to_str()?.replace('\\', "/");
            below.ends_with("/view.rs").then_some(below)
        });
        let found: BTreeSet<String> = found.collect();
        let pages = SOURCES.iter().filter(|(path, _)| !path.starts_with("../"));
        let table: BTreeSet<String> = pages.map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(table, found);
    }

    #[test]
    fn every_field_is_read_and_told() {
        let contract = Contract::read();
        let fields: usize = contract.views.iter().map(|view| view.fields.len()).sum();
        assert!(contract.views.len() > 60 && fields > 480, "{} {fields}", contract.views.len());
        for view in &contract.views {
            assert!(!view.about.is_empty(), "{}", view.name);
            for field in &view.fields {
                assert!(!field.about.is_empty(), "{}.{}", view.name, field.name);
                let mut holds = &field.holds;
                while let Type::Maybe(inner) | Type::List(inner) | Type::Named(inner) = holds {
                    holds = inner;
                }
                let is_known = !matches!(holds, Type::View(name) if contract.view(name).is_none());
                assert!(is_known, "{}.{}: {holds:?}", view.name, field.name);
            }
        }
    }

    #[test]
    fn every_page_s_template_sees_a_view() {
        let contract = Contract::read();
        let pages: BTreeSet<&str> = contract.pages().map(|(name, _)| name).collect();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let renderer = ["page/mod.rs", "hub/pages.rs"]
            .map(|file| fs::read_to_string(root.join(file)).expect("readable"))
            .concat();
        let used = renderer.split('"').skip(1).step_by(2).filter(|name| name.ends_with(".html"));
        assert_eq!(pages, used.collect());
    }

    #[test]
    fn fields_that_serde_lays_flat_are_the_view_s_own() {
        let contract = Contract::read();
        let digest = contract.of_template("digest.html").expect("a view");
        assert!(digest.field("note_html").is_some() && digest.field("note").is_none());
        assert!(contract.view("NoteView").is_none());
        let year = contract.of_template("year.html").expect("a view");
        assert_eq!(year.name, "DigestsView");
    }

    #[test]
    fn links_of_the_documentation_are_words() {
        assert_eq!(
            plain("See [`Churn::added_steps`](crate::x::Churn::added_steps).\nNo more.\n"),
            "See `Churn.added_steps`. No more."
        );
        assert_eq!(plain("A [`Story`]."), "A `Story`.");
    }
}
