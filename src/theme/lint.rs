//! `theme check`: finds errors in a theme, also on pages that the site does not have today.
//!
//! In: settings, and the templates that pages of the author name. Out: a [`Checkup`]: unknown names, also inside
//! conditions; words that a field never has; missing files; and templates that fail on test data. Never here: the
//! content of a page, links, colours (`patchpress check` checks those on the built site).

mod specimen;
mod types;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    DEFAULT, Theme,
    contract::{Contract, Type, View},
    embedded::EMBEDDED,
    sources,
    syntax::{self, parser, tree},
};
use crate::{
    config::Settings,
    error::{Error, Result},
    text::Mask,
    words::Words,
};
use specimen::Much;
use types::Kit;
use walk::{Place, Seen, Walk};

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A page is wrong, or cannot be made.
    Error,
    /// Something has no effect.
    Warning,
}

impl Severity {
    /// The word for people and scripts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// An error or a warning about a theme.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the site's folder; `default/…` for one of the default theme.
    pub file: String,
    /// Its line, from 1; 0 for the whole file.
    pub line: usize,
    /// The column, from 1; 0 if unknown.
    pub column: usize,
    /// Its severity.
    pub severity: Severity,
    /// `broken-template`, `unknown-name`, `unknown-word`, `unknown-file`, `fails` or `no-effect`.
    pub rule: &'static str,
    /// The message.
    pub message: String,
    /// The hint; may be empty.
    pub hint: String,
}

/// The findings, and the extent of the check.
#[derive(Debug, Default)]
pub struct Checkup {
    /// By file and line.
    pub findings: Vec<Finding>,
    /// How many templates of pages there are.
    pub pages: usize,
    /// How many specimens were rendered.
    pub rendered: usize,
    /// How many names were looked up.
    pub names: usize,
}

/// A page of the author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The template that it names.
    pub template: String,
    /// Its file, relative to the site's folder.
    pub file: String,
    /// The `extra` of its front matter.
    pub extra: Value,
    /// The names that it gives to series.
    pub series: Vec<String>,
    /// The names that it gives to digests.
    pub digests: Vec<String>,
}

impl Page {
    /// The names in a field of its view.
    fn names(&self, field: &str) -> &[String] {
        if field == "series" { &self.series } else { &self.digests }
    }

    /// Whether its template gets the same fields as that of the other.
    fn is_like(&self, other: &Self) -> bool {
        let all = |page: &Self| {
            (page.template.clone(), page.extra.clone(), page.series.clone(), page.digests.clone())
        };
        all(self) == all(other)
    }
}

/// The template of a page of the author that names none.
pub const CONTENT: &str = "content.html";

/// Checks the theme of the settings, with the pages of the author.
///
/// # Errors
/// Fails if the theme does not exist, or if a file cannot be read.
pub fn check(settings: &Settings, own: &[Page]) -> Result<Checkup> {
    let mut checkup = Checkup::default();
    let theme = match Theme::load(settings) {
        Ok(theme) => Some(theme),
        Err(Error::Template { reason, .. }) => {
            checkup.findings.push(with_block(of_report("broken-template", &reason)));
            None
        }
        Err(error) => return Err(error),
    };
    let contract = Contract::read();
    let sources = sources(settings)?;
    let is_there = |page: &&Page| {
        let built_in = format!("{DEFAULT}/{}", page.template);
        sources.contains_key(&page.template) || sources.contains_key(&built_in)
    };
    let (there, lost): (Vec<&Page>, Vec<&Page>) = own.iter().partition(is_there);
    checkup.findings.extend(lost.into_iter().map(|page| missing(settings, page)));
    let content = contract.of_template(CONTENT);
    let names: BTreeSet<&str> = there.iter().map(|page| page.template.as_str()).collect();
    let others = names.into_iter().filter(|name| *name != CONTENT);
    let others = others.filter_map(|name| Some((name, content?)));
    let mut pages: Vec<(&str, &View)> = contract.pages().collect();
    pages.extend(others);
    checkup.pages = pages.len();
    find_names(settings, (&contract, &sources), (&pages, &there), theme.as_ref(), &mut checkup);
    if let Some(theme) = &theme {
        for (name, view) in &pages {
            render(theme, &contract, (name, view), &settings.extra, &there, &mut checkup);
        }
        let asked = |path: &str| {
            let name = path.strip_prefix("templates/");
            name.is_some_and(|name| pages.iter().any(|(page, _)| *page == name))
        };
        let unused = theme.unused().iter().filter(|(path, _)| !asked(path));
        checkup.findings.extend(unused.map(|(path, why)| Finding {
            severity: Severity::Warning,
            message: why.clone(),
            ..Finding::of_file("no-effect", format!("themes/{}/{path}", settings.theme))
        }));
    }
    checkup.findings.sort();
    checkup.findings.dedup();
    Ok(checkup)
}

impl Finding {
    /// A finding about a whole file.
    fn of_file(rule: &'static str, file: String) -> Self {
        Self {
            file,
            line: 0,
            column: 0,
            severity: Severity::Error,
            rule,
            message: String::new(),
            hint: String::new(),
        }
    }
}

/// The template of a page of the author is missing.
fn missing(settings: &Settings, page: &Page) -> Finding {
    let (theme, template) = (&settings.theme, &page.template);
    Finding {
        message: format!("the page names the template `{template}`, which the theme does not have"),
        hint: format!("create `themes/{theme}/templates/{template}`"),
        ..Finding::of_file("unknown-file", page.file.clone())
    }
}

/// Unknown names and words, and missing files.
fn find_names(
    settings: &Settings,
    (contract, sources): (&Contract, &BTreeMap<String, String>),
    (pages, own): (&[(&str, &View)], &[&Page]),
    theme: Option<&Theme>,
    checkup: &mut Checkup,
) {
    let trees: BTreeMap<String, tree::Template<'_>> =
        sources.iter().map(|(name, text)| (name.clone(), parser::parse(text))).collect();
    let files = theme.map_or(&[][..], Theme::files);
    let assets = files.iter().filter_map(|file| file.path.strip_prefix("static/")).collect();
    let mut seen = Seen::default();
    for (name, view) in pages {
        let own: Vec<&&Page> = own.iter().filter(|page| page.template == *name).collect();
        let given = own.iter().flat_map(|page| page.series.iter().chain(&page.digests));
        let named = (!own.is_empty()).then(|| given.map(String::as_str).collect());
        let kit = Kit { contract, trees: &trees, words: &settings.words, assets: &assets, named };
        Walk::page(&kit, &mut seen, name, sees(view));
    }
    let optional = optional(contract, &settings.words, &assets);
    let Seen { unknown, known } = seen;
    checkup.names = known.len() + unknown.len();
    // If the theme does not load, its files are unknown.
    let is_meant = |rule: &str| theme.is_some() || rule != "unknown-file";
    for ((template, at), (rule, message, hint)) in unknown {
        let place = (template, at);
        if known.contains(&place) || optional.contains(&place) || !is_meant(rule) {
            continue;
        }
        let (template, at) = place;
        let (line, column) = line_of(&sources[&template], at);
        let severity = match rule {
            "unknown-word" => Severity::Warning,
            _ => Severity::Error,
        };
        let file = file_of(&settings.theme, &template);
        checkup.findings.push(Finding { file, line, column, severity, rule, message, hint });
    }
}

/// Places in the default theme's templates at which a name may be unset, because some including templates do not
/// set it.
fn optional(contract: &Contract, words: &Words, assets: &BTreeSet<&str>) -> BTreeSet<Place> {
    let text = |(path, bytes): &(&'static str, &'static [u8])| {
        let name = format!("{DEFAULT}/{}", path.strip_prefix("templates/")?);
        Some((name, parser::parse(std::str::from_utf8(bytes).ok()?)))
    };
    let trees: BTreeMap<String, tree::Template<'_>> = EMBEDDED.iter().filter_map(text).collect();
    let kit = Kit { contract, trees: &trees, words, assets, named: None };
    let mut seen = Seen::default();
    for (name, view) in contract.pages() {
        Walk::page(&kit, &mut seen, name, sees(view));
    }
    seen.unknown.into_keys().collect()
}

/// The variables of a page's template.
fn sees(view: &View) -> Vec<(&str, Type)> {
    view.fields.iter().map(|field| (field.name, field.holds.clone())).collect()
}

/// Renders the template of a page with test data; a template of the author's pages with the values of each of these
/// pages.
fn render(
    theme: &Theme,
    contract: &Contract,
    (name, view): (&str, &View),
    extra: &Value,
    own: &[&Page],
    checkup: &mut Checkup,
) {
    let mut given: Vec<Option<&Page>> = Vec::new();
    for page in own.iter().filter(|page| page.template == name) {
        if !given.iter().flatten().any(|known| known.is_like(page)) {
            given.push(Some(page));
        }
    }
    if given.is_empty() {
        given.push(None);
    }
    let turns = || (0..specimen::TURNS).flat_map(|turn| [(Much::All, turn), (Much::Least, turn)]);
    for (page, turn) in given.into_iter().flat_map(|page| turns().map(move |turn| (page, turn))) {
        checkup.rendered += 1;
        let specimen = specimen::specimen(contract, view, turn, extra, page);
        if let Err(Error::Template { reason, .. }) = theme.render(name, &specimen, Mask::NONE) {
            let finding = of_report("fails", &reason);
            let is_known = checkup
                .findings
                .iter()
                .any(|known| (&known.file, known.line) == (&finding.file, finding.line));
            if !is_known {
                checkup.findings.push(finding);
            }
        }
    }
}

/// A finding from the engine's report: the message, and ` --> FILE:LINE:COLUMN`.
fn of_report(rule: &'static str, report: &str) -> Finding {
    let mut lines = report.lines();
    let message = lines.next().unwrap_or_default().to_owned();
    let place = lines.find_map(|line| line.trim_start().strip_prefix("--> ")).unwrap_or_default();
    let mut parts = place.rsplitn(3, ':');
    let column = parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    let line = parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    let file = parts.next().unwrap_or_default().to_owned();
    let hint =
        lines.find_map(|line| line.trim_start().strip_prefix("= note: ")).unwrap_or_default();
    Finding { file, line, column, severity: Severity::Error, rule, message, hint: hint.to_owned() }
}

/// The same, with a suggestion if a template fills a block that does not exist.
fn with_block(finding: Finding) -> Finding {
    let unknown = finding.message.strip_prefix("Block `").and_then(|rest| rest.split_once('`'));
    let Some((typed, _)) = unknown else { return finding };
    let built_in = EMBEDDED.iter().filter(|(path, _)| path.starts_with("templates/"));
    let texts = built_in.filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
    let known: BTreeSet<String> = texts.flat_map(syntax::blocks).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let hint = match known.contains(&typed) {
        true => "a parent template no longer has this block".to_owned(),
        false => types::hint(typed, &known),
    };
    Finding { hint, ..finding }
}

/// The file of a template, as messages name it.
fn file_of(theme: &str, template: &str) -> String {
    match template.starts_with(&format!("{DEFAULT}/")) {
        true => template.to_owned(),
        false => format!("themes/{theme}/templates/{template}"),
    }
}

/// Line and column of a byte.
fn line_of(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at.min(text.len())];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}
