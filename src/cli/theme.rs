//! The command `theme`: creates, fills and checks a theme of the site.
//!
//! In: its arguments. Out: a theme's files, and findings about its templates. Never here: the checks
//! (`theme::lint`).

use std::io::{self, Write};

use serde_json::json;

use super::{Failure, Outcome, print, root, say};
use crate::{
    args::{CheckFormat, Global, ThemeArgs, ThemeCheckArgs, ThemeVerb},
    config::{Archives, Overrides, Settings},
    error::Result,
    plan::{Content, ContentPage, Drafts},
    text::visible_line,
    theme::{
        DEFAULT, kit,
        lint::{self, Checkup, Finding, Page, Severity},
    },
};

pub(super) fn theme(global: &Global, args: &ThemeArgs) -> Result<Outcome, Failure> {
    match &args.verb {
        ThemeVerb::New(args) => {
            let root = root(global)?;
            let made = kit::new(&root, &args.name)?;
            tell(global, &made);
            if !global.quiet {
                say(format_args!("next: set `theme = \"{}\"` at the top of site.toml", args.name));
            }
            Ok(Outcome::Done)
        }
        ThemeVerb::Eject(args) if args.files.is_empty() => {
            print(|out| out.write_all(kit::files().as_bytes()))?;
            Ok(Outcome::Done)
        }
        ThemeVerb::Eject(args) => {
            let settings = settings(global, None)?;
            let made = kit::eject(&settings.root, &settings.theme, &args.files)?;
            tell(global, &made);
            Ok(if made.kept.is_empty() { Outcome::Done } else { Outcome::Findings })
        }
        ThemeVerb::Check(args) => check(global, args),
    }
}

/// The settings; a theme can be checked before there is any mail.
fn settings(global: &Global, theme: Option<String>) -> Result<Settings> {
    let overrides = Overrides { archives: Archives::Awaited, theme, ..Overrides::default() };
    Settings::load(&root(global)?, &overrides)
}

fn tell(global: &Global, made: &kit::Made) {
    if !global.quiet {
        made.written.iter().for_each(|path| say(path.display()));
    }
    for path in &made.kept {
        say(format_args!("{} exists already and was not changed", path.display()));
    }
}

fn check(global: &Global, args: &ThemeCheckArgs) -> Result<Outcome, Failure> {
    let settings = settings(global, args.name.clone())?;
    let content = Content::read(&settings.root, Drafts::Shown)?;
    let pages: Vec<Page> = content.pages.iter().map(|page| own_page(&settings, page)).collect();
    let checkup = lint::check(&settings, &pages)?;
    let passes = checkup
        .findings
        .iter()
        .all(|finding| finding.severity == Severity::Warning && !args.strict);
    print(|out| match args.format {
        CheckFormat::Json => json_lines(&checkup, out),
        CheckFormat::Text if global.quiet && checkup.findings.is_empty() => Ok(()),
        CheckFormat::Text => text(&settings.theme, &checkup, out),
    })?;
    Ok(if passes { Outcome::Done } else { Outcome::Findings })
}

/// A page of the author, as its template sees it.
fn own_page(settings: &Settings, page: &ContentPage) -> Page {
    let asks = &page.asks;
    let template = if asks.template.is_empty() { lint::CONTENT } else { &asks.template };
    Page {
        template: template.to_owned(),
        file: page.file.strip_prefix(&settings.root).unwrap_or(&page.file).display().to_string(),
        extra: asks.extra.clone(),
        series: asks.series.keys().cloned().collect(),
        digests: asks.digests.keys().cloned().collect(),
    }
}

fn text(theme: &str, checkup: &Checkup, out: &mut impl Write) -> io::Result<()> {
    for finding in &checkup.findings {
        let Finding { file, severity, rule, message, hint, .. } = finding;
        let (file, message) = (visible_line(file), visible_line(message));
        let place = match (finding.line, finding.column) {
            (0, _) => String::new(),
            (line, 0) => format!(":{line}"),
            (line, column) => format!(":{line}:{column}"),
        };
        writeln!(out, "{} {rule}: {file}{place}: {message}", severity.word())?;
        if !hint.is_empty() {
            writeln!(out, "  hint: {}", visible_line(hint))?;
        }
    }
    let Checkup { pages, names, rendered, findings } = checkup;
    let built_in = if theme == DEFAULT { " (built-in)" } else { "" };
    writeln!(
        out,
        "theme `{theme}`{built_in}: {pages} page templates, {names} names, {rendered} test renderings"
    )?;
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => writeln!(out, "no errors, no warnings"),
        (errors, warnings) => writeln!(
            out,
            "{}, {}",
            n(errors, "error", "errors"),
            n(warnings, "warning", "warnings")
        ),
    }
}

fn n(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// JSON Lines with the keys of `patchpress check --format json`, and the column.
fn json_lines(checkup: &Checkup, out: &mut impl Write) -> io::Result<()> {
    for finding in &checkup.findings {
        let known = |number: usize| Some(number).filter(|number| *number > 0);
        let object = json!({
            "schema": 1,
            "kind": "finding",
            "severity": finding.severity.word(),
            "rule": finding.rule,
            "file": finding.file,
            "line": known(finding.line),
            "column": known(finding.column),
            "message": finding.message,
            "hint": finding.hint,
        });
        crate::json::write(out, &object)?;
        writeln!(out)?;
    }
    Ok(())
}
