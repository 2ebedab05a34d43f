//! `theme check`: what is wrong with a theme, also on pages that the site does not have today.
//!
//! In: settings, and the templates that pages of the author's own name. Out: a [`Checkup`]: names that nothing has, inside
//! conditions too, words that the site never says, files that are not there, and templates that fail on a specimen of what
//! they see. Never here: what a page says, links, colours (`patchpress check` looks at those on the built site).

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

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A page says something wrong, or cannot be made.
    Error,
    /// Something has no effect.
    Warning,
}

impl Severity {
    /// As people and scripts read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Something that is wrong with a theme.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the site's folder on; `default/` for one of the default theme's.
    pub file: String,
    /// Its line, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// The column, counted from 1; 0 where unknown.
    pub column: usize,
    /// How bad it is.
    pub severity: Severity,
    /// `broken-template`, `unknown-name`, `unknown-word`, `unknown-file`, `fails` or `no-effect`.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
    /// The way out; may be empty.
    pub hint: String,
}

/// What was found, and what was looked at.
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

/// A page of the author's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The template that it names.
    pub template: String,
    /// Its file, from the site's folder on.
    pub file: String,
    /// What its front matter says under `extra`.
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

    /// Its template sees the same as that of the other.
    fn is_like(&self, other: &Self) -> bool {
        let all = |page: &Self| {
            (page.template.clone(), page.extra.clone(), page.series.clone(), page.digests.clone())
        };
        all(self) == all(other)
    }
}

/// The template of a page of the author's that names none.
pub const CONTENT: &str = "content.html";

/// Checks the theme of the settings, with the pages of the author's own.
///
/// # Errors
/// A theme that is not there, a file that cannot be read.
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
    /// Something is wrong with a file as a whole.
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

/// The template of a page of the author's own is not there.
fn missing(settings: &Settings, page: &Page) -> Finding {
    let (theme, template) = (&settings.theme, &page.template);
    Finding {
        message: format!("the page names the template `{template}`, which the theme does not have"),
        hint: format!("create `themes/{theme}/templates/{template}`"),
        ..Finding::of_file("unknown-file", page.file.clone())
    }
}

/// Names, words and files that are not there.
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
    // Where the theme does not load, nobody knows its files.
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

/// Places in the default theme's templates at which a name need not be set: some that include them do not set it.
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

/// What the template of a page sees.
fn sees(view: &View) -> Vec<(&str, Type)> {
    view.fields.iter().map(|field| (field.name, field.holds.clone())).collect()
}

/// Renders the template of a page with specimens: a template of the author's pages with what each of these gives it.
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

/// A finding of the engine's report: what is wrong, and ` --> FILE:LINE:COLUMN`.
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

/// The same with the block that was meant, where a template fills one that is not there.
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
