//! The arguments of the verbs that print: `digest`, `export`, `inspect`, `people`, `completions`, `man`.
//!
//! In: the command line, as clap parses it. Out: a struct for each verb. Never here: what a verb does.

use std::path::PathBuf;

use clap::{Args as Group, ValueEnum};

use crate::config::STATES;

/// `digest`.
#[derive(Debug, Group)]
pub struct DigestArgs {
    /// A week, month or day (2026-W09, 2026-02, 2026-02-28), or `last`; then archives
    #[arg(value_name = "PERIOD|ARCHIVE")]
    pub words: Vec<String>,
    /// The days from this date to today, instead of a period
    #[arg(long, value_name = "DATE", conflicts_with_all = ["from", "to"], value_parser = date)]
    pub since: Option<jiff::civil::Date>,
    /// Start after this commit
    #[arg(long, value_name = "REV", requires = "to")]
    pub from: Option<String>,
    /// End with this commit
    #[arg(long, value_name = "REV", requires = "from")]
    pub to: Option<String>,
    /// Output format
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Which messages of each series the text format prints
    #[arg(long, value_enum, default_value_t = WhichMessages::First)]
    pub messages: WhichMessages,
    /// Only this list of the site
    #[arg(long, value_name = "LIST")]
    pub list: Option<String>,
    /// Sender of the mail; overrides `[digest] from`
    #[arg(long, value_name = "MAILBOX")]
    pub mail_from: Option<String>,
    /// Recipient of the mail [default: the address of the list]
    #[arg(long, value_name = "MAILBOX")]
    pub mail_to: Option<String>,
}

/// A date on the command line.
fn date(text: &str) -> Result<jiff::civil::Date, &'static str> {
    text.parse().map_err(|_| "it is not a date such as 2026-02-23")
}

/// The output formats of `digest`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Plain text, in the format of the KVM list's digest
    Text,
    /// Markdown, for an issue, a wiki or a chat
    Markdown,
    /// HTML for mail programs, without style sheets
    Html,
    /// A mail with a text and an HTML part, for `sendmail -t` or `git send-email`
    Eml,
    /// One JSON object per list
    Json,
}

/// Which messages of a series the text format prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WhichMessages {
    /// The cover letter and every patch
    All,
    /// The cover letter and the first patch
    First,
    /// None
    None,
}

/// `export`.
#[derive(Debug, Group)]
pub struct ExportArgs {
    /// Print one line per message
    #[arg(long, conflicts_with = "digests")]
    pub messages: bool,
    /// Print one line per period and list
    #[arg(long)]
    pub digests: bool,
    /// Only revisions and messages since this day, week or month, and digests that end after it starts
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Only revisions in this state; can be repeated
    #[arg(long, value_name = "STATE", value_parser = STATES, conflicts_with_all = ["messages", "digests"])]
    pub state: Vec<String>,
    /// Only this list
    #[arg(long, value_name = "LIST")]
    pub list: Option<String>,
    /// Archives to read [default: those of the site]; `-` for the standard input
    #[arg(value_name = "ARCHIVE")]
    pub archives: Vec<PathBuf>,
}

/// `inspect`.
#[derive(Debug, Group)]
pub struct InspectArgs {
    /// File with messages (`-`: standard input), a Message-ID, or the address of a message in an archive on the web
    #[arg(value_name = "FILE|MESSAGE-ID|URL")]
    pub mail: String,
    /// Archives to search [default: those of the site]
    #[arg(value_name = "ARCHIVE")]
    pub archives: Vec<PathBuf>,
}

/// `people`.
#[derive(Debug, Group)]
pub struct PeopleArgs {
    /// Print suggested lines for `.mailmap`
    #[arg(long, required = true)]
    pub suggest: bool,
    /// Archives to read [default: those of the site]
    #[arg(value_name = "ARCHIVE")]
    pub archives: Vec<PathBuf>,
}

/// `completions`.
#[derive(Debug, Group)]
pub struct CompletionsArgs {
    /// Shell to print the script for
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `man`.
#[derive(Debug, Group)]
pub struct ManArgs {
    /// Command; without one, the page of patchpress itself
    pub verb: Option<String>,
}
