//! The arguments of the verbs that print: `digest`, `export`, `inspect`, `people`, `completions`, `man`.
//!
//! In: the command line, as clap parses it. Out: a struct for each verb. Never here: what a verb does.

use std::path::PathBuf;

use clap::{Args as Group, ValueEnum};

use crate::config::STATES;

/// `digest`.
#[derive(Debug, Group)]
#[command(
    long_about = "Prints the digest of a period, or of the messages that the commits A..B of an archive \
    added (without A, as in git ranges). Without a period, it prints the newest digest, whose period may not be over. \
    `last` is the last period that is over.\n\nAll formats have the same sections as the digest's page, and the \
    editor's note. They link to the site if it has a `base_url`. The text format also prints commit messages. With the \
    path of an archive, the command needs no site.",
    after_help = "\
Examples:
  patchpress digest                                     the newest week of the site
  patchpress digest 2026-W09                            a week; months and days work, too
  patchpress digest last                                the last week that is over
  patchpress digest --since 2026-02-20                  the days from then to today
  patchpress digest --from 89e50b09f --to 26fd6f360 archives/kvm
  patchpress digest 2026-02 list.mbox --format json | jq .contributors
  patchpress digest --format markdown | gh issue create --title \"This week\" --body-file -
  patchpress digest last --format eml --mail-to me@example.org | sendmail -t

The mail's sender is `[digest] from` of site.toml, its recipient the address of the list. A mail has at most 100 kB;
it counts what it leaves out, and links to it. A period without messages is an error, so a cron job sends nothing.

Exit codes: 0 success, 1 success, but the archives have lost messages (see stderr), 2 failure."
)]
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
#[command(
    long_about = "Prints the contents of the archives as JSON Lines: one object per line, in UTF-8, sorted. \
    Without an option, each line is a revision of a series.\n\nWith the path of an archive, the command needs no site.",
    after_help = "\
Examples:
  patchpress export | jq -r 'select(.state == \"new\") | .title'
  patchpress export --messages archives/linux-mtd | wc -l
  patchpress export --digests list.mbox.gz
  patchpress export --since 2026-02-23 --state reviewed --state discussed
  git show --format=email | patchpress export -         messages from the standard input

Each site has a JSON Schema of the fields, at schema/patchpress-1.json.

Exit codes: 0 success, 1 success, but the archives have lost messages (see stderr), 2 failure."
)]
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
#[command(
    long_about = "Prints how each stage reads one message: its headers, the parts of its subject, its kind, \
    its commit message, trailers and files, and the series that it belongs to.",
    after_help = "\
Examples:
  patchpress inspect 0001-fix.patch
  patchpress inspect 20260228113113.1234-1-ada@example.org
  patchpress inspect 20260228113113.1234-1-ada@example.org list.mbox

Exit codes: 0 success, 1 success, but the archives have lost messages (see stderr), 2 failure."
)]
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
#[command(
    long_about = "Prints `.mailmap` lines for addresses that seem to belong to one person, with the reason \
    above each person. The command merges nobody: review the lines and keep those that are right.\n\nLines that \
    rest on a name alone come last and are commented out, because people share names and anybody can use any \
    name. Lines that the site's `.mailmap` already has are left out. With the path of an archive, the command needs \
    no site.",
    after_help = "\
Examples:
  patchpress people --suggest > suggested.mailmap
  patchpress people --suggest archives/linux-mtd | less

Exit codes: 0 success, 1 success, but the archives have lost messages (see stderr), 2 failure."
)]
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
#[command(after_help = "\
Examples:
  patchpress completions bash > ~/.local/share/bash-completion/completions/patchpress
  patchpress completions fish > ~/.config/fish/completions/patchpress.fish")]
pub struct CompletionsArgs {
    /// Shell to print the script for
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `man`.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  patchpress man build | man -l -
  patchpress man > ~/.local/share/man/man1/patchpress.1")]
pub struct ManArgs {
    /// Command; without one, the page of patchpress itself
    pub verb: Option<String>,
}
