//! The arguments of `theme`.

use clap::{Args as Group, Command, Subcommand};

use super::CheckFormat;
use crate::theme::contract::{self, Contract};

/// `theme`.
#[derive(Debug, Group)]
#[command(
    long_about = "Creates a theme, copies files of the default theme into it, and checks its templates.\n\nA theme is a \
    folder `themes/NAME`; `theme = \"NAME\"` in site.toml selects it. Each of its files replaces the built-in file of the \
    same path. All other files stay built in.",
    defer(with_contract)
)]
pub struct ThemeArgs {
    /// The command.
    #[command(subcommand)]
    pub verb: ThemeVerb,
}

/// The long help ends with everything that templates can print.
fn with_contract(command: Command) -> Command {
    command.after_long_help(contract::help(&Contract::read()))
}

/// The commands of `theme`.
#[derive(Debug, Subcommand)]
pub enum ThemeVerb {
    /// Create a theme: a style sheet and a base template
    New(ThemeNewArgs),
    /// Copy files of the default theme into the site's theme
    Eject(EjectArgs),
    /// Check every template for unknown names and for errors on rare pages
    Check(ThemeCheckArgs),
}

/// `theme new`.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  patchpress theme new mine                             then set `theme = \"mine\"` in site.toml

Exit codes: 0 success, 2 failure.")]
pub struct ThemeNewArgs {
    /// Name of the theme: letters, digits, `-` and `_`
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// `theme eject`.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  patchpress theme eject                                list the files of the default theme
  patchpress theme eject series.html style.css

A copy does not follow new versions of patchpress. To change one part of a template only, create a file of the same
name that says {% extends \"default/series.html\" %} and overrides a block.

Existing files are not changed. Exit codes: 0 success, 1 a file exists already, 2 failure.")]
pub struct EjectArgs {
    /// Files of the default theme; without any, list them all
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
}

/// `theme check`.
#[derive(Debug, Group)]
#[command(
    long_about = "Checks the templates of a theme, also for pages that the site does not have today. It reports names that \
    do not exist (`{% if autor %}` is false, and no build reports it), values that a field never has \
    (`state.word == \"aplied\"`), missing files, and templates that fail on test data: old pages without diffs, pull requests, \
    the page for missing addresses, empty pages.\n\nIt reads no messages and writes nothing.",
    after_help = "\
Examples:
  patchpress theme check
  patchpress theme check table --strict                 check another theme, fail on warnings too
  patchpress theme check --format json | jq -r '\"\\(.file):\\(.line): \\(.message)\"'

--format json prints one object per finding and line, with the keys schema, kind, severity (error or warning),
rule, file, line (null: the whole file), column (null: the whole line), message and hint.
Exit codes: 0 no errors, 1 errors (--strict: or warnings), 2 failure."
)]
pub struct ThemeCheckArgs {
    /// A theme of the site [default: the one in site.toml]
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Output format
    #[arg(short, long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// Exit with 1 if there are warnings
    #[arg(long)]
    pub strict: bool,
}
