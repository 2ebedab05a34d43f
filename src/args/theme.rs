//! The arguments of `theme`.

use clap::{Args as Group, Command, Subcommand};

use super::CheckFormat;
use crate::theme::contract::{self, Contract};

/// `theme`.
#[derive(Debug, Group)]
#[command(defer(with_contract))]
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
pub struct ThemeNewArgs {
    /// Name of the theme: letters, digits, `-` and `_`
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// `theme eject`.
#[derive(Debug, Group)]
pub struct EjectArgs {
    /// Files of the default theme; without any, list them all
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
}

/// `theme check`.
#[derive(Debug, Group)]
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
