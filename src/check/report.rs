//! The findings in words: for people ([`text`]) and for scripts ([`json_lines`]).
//!
//! In: a [`Checkup`]. Out: text, or JSON Lines. Never here: the rules.

use std::{
    fmt::{self, Write},
    io,
};

use serde_json::json;

use super::{
    Checkup,
    finding::{Finding, Severity},
};
use crate::text::{size, thousands, visible_line};

/// How many findings of a rule the text shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Examples {
    /// Five.
    Few,
    /// Every one.
    All,
}

/// The number of findings of a rule that the text shows by default.
const FEW: usize = 5;

impl Checkup {
    /// Whether there is no error, and, if `strict`, no warning.
    pub fn passes(&self, strict: bool) -> bool {
        let counts = |severity| severity == Severity::Error || strict;
        !self.findings.iter().any(|finding| counts(finding.rule.severity()))
    }

    /// How many findings there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.rule.severity() == severity).count()
    }
}

/// The findings for people: by rule, then the totals.
pub fn text(checkup: &Checkup, examples: Examples) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    write_text(&mut out, checkup, examples).ok();
    out
}

fn write_text(out: &mut String, checkup: &Checkup, examples: Examples) -> fmt::Result {
    for findings in checkup.findings.chunk_by(|a, b| a.rule == b.rule) {
        let rule = findings[0].rule;
        let count = n(findings.len(), "finding", "findings");
        writeln!(out, "{} {}: {count}", rule.severity().word(), rule.name())?;
        let shown = if examples == Examples::All { findings.len() } else { FEW };
        for finding in findings.iter().take(shown) {
            writeln!(out, "  {}{}", place(finding), visible_line(&finding.message))?;
        }
        if findings.len() > shown {
            writeln!(out, "  … {} more: `--all` shows them", thousands_of(findings.len() - shown))?;
        }
        writeln!(out, "  hint: {}", rule.hint())?;
    }
    write_summary(out, checkup)
}

fn write_summary(out: &mut String, checkup: &Checkup) -> fmt::Result {
    let count = checkup.files.values().map(|files| files.count).sum();
    let total = checkup.files.values().map(|files| files.bytes).sum();
    writeln!(
        out,
        "{} at {}: {}, {}, {}, {}, {}",
        n(checkup.pages, "page", "pages"),
        checkup.base_url,
        n(count, "file", "files"),
        size(total),
        n(checkup.links, "link", "links"),
        n(checkup.feeds, "feed", "feeds"),
        n(checkup.cuts, "text cut for its length", "texts cut for their length"),
    )?;
    if checkup.thinned > 0 {
        let pages = n(checkup.thinned, "page leaves", "pages leave");
        writeln!(out, "{pages} out content because of the host's limit ([limits] size)")?;
    }
    for (kind, files) in &checkup.files {
        writeln!(out, "  {kind:<11} {:>9} {:>11}", thousands_of(files.count), size(files.bytes))?;
    }
    let (errors, warnings) = (checkup.count(Severity::Error), checkup.count(Severity::Warning));
    match errors + warnings {
        0 => writeln!(out, "nothing is wrong"),
        _ => writeln!(
            out,
            "{}, {}",
            n(errors, "error", "errors"),
            n(warnings, "warning", "warnings")
        ),
    }
}

/// One JSON object per finding and line, in the order of the text: `{"schema":1,"kind":"finding","severity":"error",
/// "rule":"link-missing","file":"series/x/index.html","line":12,"message":"…","hint":"…"}`. `file` is null for the
/// site as a whole, `line` for a file as a whole; other keys may follow.
///
/// # Errors
/// The error of the writer.
pub fn json_lines(checkup: &Checkup, out: &mut impl io::Write) -> io::Result<()> {
    for finding in &checkup.findings {
        let file = Some(&finding.file).filter(|file| !file.is_empty());
        let line = Some(finding.line).filter(|line| *line > 0);
        let object = json!({
            "schema": 1,
            "kind": "finding",
            "severity": finding.rule.severity().word(),
            "rule": finding.rule.name(),
            "file": file,
            "line": line,
            "message": finding.message,
            "hint": finding.rule.hint(),
        });
        crate::json::write(out, &object)?;
        writeln!(out)?;
    }
    Ok(())
}

/// The extent of reading a site that was checked before.
pub(crate) fn reread(count: usize) -> String {
    let files = n(count, "file was", "files were");
    format!(
        "{files} read; the others have not changed since the last check that passed (`--all` reads all)"
    )
}

/// `series/x/index.html:12: `, as far as known.
fn place(finding: &Finding) -> String {
    match (finding.file.as_str(), finding.line) {
        ("", _) => String::new(),
        (file, 0) => format!("{}: ", visible_line(file)),
        (file, line) => format!("{}:{line}: ", visible_line(file)),
    }
}

/// `1 page`, `8,592 pages`.
fn n(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands_of(count), if count == 1 { one } else { many })
}

fn thousands_of(count: usize) -> String {
    thousands(i64::try_from(count).unwrap_or(i64::MAX))
}
