//! The contract in words: a page of the guide, and the text of `patchpress help theme`.
//!
//! In: [`Contract`], the templates of the default theme. Out: Markdown and plain text. Never here: the meaning of a
//! field.

use std::{collections::BTreeSet, fmt::Write};

use super::{Contract, RULES, Type, View, plain};
use crate::theme::{embedded::EMBEDDED, syntax};

/// The templates of the default theme, by name.
fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    EMBEDDED.iter().filter_map(|(path, bytes)| {
        Some((path.strip_prefix("templates/")?, std::str::from_utf8(bytes).ok()?))
    })
}

fn template(name: &str) -> &'static str {
    templates().find(|(known, _)| *known == name).map_or("", |(_, text)| text)
}

/// The type of a field in words; views are links to their descriptions.
fn kind(holds: &Type, link: fn(&str) -> String) -> String {
    match holds {
        Type::Text => "text".to_owned(),
        Type::Html => "HTML".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Bool => "yes or no".to_owned(),
        Type::Any => "anything".to_owned(),
        Type::Maybe(inner) => format!("{} or absent", kind(inner, link)),
        Type::List(inner) => format!("list of {}", kind(inner, link)),
        Type::Named(inner) => format!("by name: {}", kind(inner, link)),
        Type::View(name) => link(name),
    }
}

/// The rules for all views, one per line.
fn rules() -> Vec<String> {
    let comment = RULES.lines().filter_map(|line| line.strip_prefix("//!"));
    let mut rules: Vec<String> = Vec::new();
    for line in comment {
        match (line.trim().strip_prefix("- "), rules.last_mut()) {
            (Some(rule), _) => rules.push(rule.to_owned()),
            (None, Some(last)) if line.starts_with("   ") => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => {}
        }
    }
    rules.iter().map(|rule| plain(rule)).collect()
}

/// The views that are parts of other views, each once, by name.
fn parts(contract: &Contract) -> Vec<&View> {
    let mut order: Vec<&View> = contract.views.iter().filter(|v| v.templates.is_empty()).collect();
    order.sort_by_key(|view| view.name);
    order
}

/// The page of the guide, as Markdown with its front matter.
pub fn page(contract: &Contract) -> String {
    let mut out = FRONT.to_owned();
    // Writing to a string cannot fail.
    write_page(&mut out, contract).ok();
    out
}

/// The beginning of the page.
const FRONT: &str = "\
---
title: What templates can print
description: Every template with its variables and blocks.
---

This page is generated from the source of patchpress. `patchpress help theme` prints the same list.

The fields of a view are the variables of its template. For all of them:

";

fn write_page(out: &mut String, contract: &Contract) -> std::fmt::Result {
    rules().iter().try_for_each(|rule| writeln!(out, "- {rule}"))?;
    writeln!(out, "\n{PROMISE}\n\n## Page templates\n")?;
    let blocks = list(&syntax::blocks(template("base.html")));
    writeln!(out, "All of them extend `base.html`, which has the blocks {blocks}.\n")?;
    for view in contract.views.iter().filter(|view| !view.templates.is_empty()) {
        let names: Vec<String> = view.templates.iter().map(|name| (*name).to_owned()).collect();
        writeln!(out, "### {}\n\n{}\n", list(&names), sentence(&view.about))?;
        for name in &view.templates {
            let blocks = own_blocks(name);
            if !blocks.is_empty() {
                writeln!(out, "Blocks: {}\n", list(&blocks))?;
            }
        }
        table(out, view)?;
    }
    writeln!(out, "## Types\n")?;
    for view in parts(contract) {
        writeln!(out, "### {}\n\n{}\n", view.name, view.about)?;
        table(out, view)?;
    }
    write_partials(out, contract)?;
    writeln!(out, "\n## Functions and filters\n\n| in a template | result |\n|---|---|")?;
    for (what, about) in FUNCTIONS {
        writeln!(out, "| `{}` | {about} |", what.replace('|', "\\|"))?;
    }
    Ok(())
}

/// The promise about the names.
const PROMISE: &str = "These names are stable. New fields can appear at any time. Removing or renaming a field changes the \
version of this contract.";

fn write_partials(out: &mut String, contract: &Contract) -> std::fmt::Result {
    writeln!(
        out,
        "## Partial templates\n\nOther templates include these. If you override one, it changes everywhere.\n"
    )?;
    writeln!(out, "| template | what it prints, and which variables it needs |\n|---|---|")?;
    let pages: BTreeSet<&str> = contract.pages().map(|(name, _)| name).collect();
    let is_partial = |name: &str| !pages.contains(name) && name != "base.html";
    for (name, text) in templates().filter(|(name, _)| is_partial(name)) {
        writeln!(out, "| `{name}` | {} |", syntax::about(text).unwrap_or_default())?;
    }
    Ok(())
}

fn table(out: &mut String, view: &View) -> std::fmt::Result {
    writeln!(out, "| field | type | meaning |\n|---|---|---|")?;
    for field in &view.fields {
        let kind = kind(&field.holds, |name| format!("`{name}`"));
        writeln!(out, "| `{}` | {kind} | {} |", field.name, field.about.replace('|', "\\|"))?;
    }
    writeln!(out)
}

/// The blocks of a template, without those of every page.
fn own_blocks(name: &str) -> Vec<String> {
    let of_base = syntax::blocks(template("base.html"));
    let mut blocks = syntax::blocks(template(name));
    blocks.retain(|block| !of_base.contains(block));
    blocks
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// `` `home.html`: the front page. `` as a sentence of its own.
pub(in crate::theme) fn sentence(about: &str) -> String {
    match about.split_once("`: ") {
        Some((first, rest)) if !rest.contains(".html") && first.starts_with('`') => {
            let mut letters = rest.chars();
            letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect())
        }
        _ => about.to_owned(),
    }
}

/// The functions and filters of templates besides those of the engine.
const FUNCTIONS: [(&str, &str); 7] = [
    (
        "{{ asset(path=\"style.css\") }}",
        "the address of a static file of the theme, from the site's root: put `{{ page.root }}` in front",
    ),
    (
        "{{ t(key=\"patches\", n=3) }}",
        "an entry of the catalogue in the site's language: `3 patches`",
    ),
    ("{{ 8592 | thousands }}", "`8,592`, as the site's language groups digits"),
    ("{{ n | plural(one=\"patch\", many=\"patches\") }}", "`1 patch`, `8,592 patches`"),
    (
        "{{ n | plural_form }}",
        "`one`, `few`, `other`: the form that the site's language has for a number",
    ),
    ("{{ seconds | date(format=\"%-d %B %Y\") }}", "a date in the site's time zone"),
    ("{{ body_html | safe }}", "finished HTML as it is; only for fields that end in `_html`"),
];

/// The same as text, for a terminal.
pub fn help(contract: &Contract) -> String {
    let mut out = String::from("What templates can print:\n");
    // Writing to a string cannot fail.
    write_help(&mut out, contract).ok();
    out
}

fn write_help(out: &mut String, contract: &Contract) -> std::fmt::Result {
    rules().iter().try_for_each(|rule| writeln!(out, "- {rule}"))?;
    writeln!(out, "\nBlocks of every page: {}", syntax::blocks(template("base.html")).join(", "))?;
    let pages = contract.views.iter().filter(|view| !view.templates.is_empty());
    for view in pages.chain(parts(contract)) {
        match view.templates.as_slice() {
            [] => writeln!(out, "\n{}: {}", view.name, view.about)?,
            _ => writeln!(out, "\n{}", view.about)?,
        }
        for name in &view.templates {
            let blocks = own_blocks(name);
            if !blocks.is_empty() {
                writeln!(out, "  blocks: {}", blocks.join(", "))?;
            }
        }
        for field in &view.fields {
            let kind = kind(&field.holds, str::to_owned);
            writeln!(out, "  {:<16} {kind}: {}", field.name, field.about)?;
        }
    }
    writeln!(out, "\nFunctions and filters:")?;
    FUNCTIONS.iter().try_for_each(|(what, about)| writeln!(out, "  {what}  {about}"))
}
