//! The command line as typed, and its help.
//!
//! In: the words of the command line. Out: [`Args`]. [`cli`](crate::cli) decides what they mean: there, each
//! command turns its arguments into settings. The comments here are for programmers; what users read is in the
//! catalogue ([`help`]). This module opens no file and knows no site.

use std::{net::IpAddr, path::PathBuf};

use clap::{Args as Group, Parser, Subcommand, ValueEnum};

pub(crate) mod help;
mod hub;
mod print;
mod theme;

pub use hub::HubArgs;
pub use print::{
    CompletionsArgs, DigestArgs, ExportArgs, Format, InspectArgs, ManArgs, PeopleArgs,
    WhichMessages,
};
pub use theme::{EjectArgs, ThemeArgs, ThemeCheckArgs, ThemeNewArgs, ThemeVerb};

/// Turns the archive of a patch mailing list into a static site.
///
/// patchpress reads the archives of mailing lists on which patches are posted. It writes a digest of
/// every week, a page for every patch series with all its revisions, feeds and a search.
#[derive(Debug, Parser)]
#[command(name = "patchpress", version, propagate_version = true, max_term_width = 100)]
pub struct Args {
    /// The options of every command.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub verb: Verb,
}

/// The heading of these options in the help of every command.
const GLOBAL: &str = "Global options";

/// The options of every command.
#[derive(Debug, Clone, Group)]
pub struct Global {
    /// Site folder [default: the nearest parent folder with a `site.toml`]
    #[arg(short, long, global = true, value_name = "DIR", help_heading = GLOBAL)]
    pub root: Option<PathBuf>,
    /// Print errors only
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = GLOBAL)]
    pub quiet: bool,
    /// Print every warning, and the time that each stage took
    #[arg(short, long, global = true, help_heading = GLOBAL)]
    pub verbose: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Create a site
    Init(InitArgs),
    /// Build the site
    Build(BuildArgs),
    /// Preview the site in a browser and reload it after changes
    Serve(ServeArgs),
    /// Check the built site for broken links and other errors
    Check(CheckArgs),
    /// Update the mirrors of the lists
    Sync(SyncArgs),
    /// Notify a WebSub hub of changed feeds
    Ping(PingArgs),
    /// Merge several sites into one front page, search and feeds
    Hub(HubArgs),
    /// Print a digest
    Digest(DigestArgs),
    /// Print the contents of the archives as JSON Lines
    Export(ExportArgs),
    /// Print how patchpress reads one message
    Inspect(InspectArgs),
    /// Suggest `.mailmap` lines for people with several addresses
    People(PeopleArgs),
    /// Create a theme, copy files of the default theme, check templates
    Theme(ThemeArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page of patchpress, or of a command
    Man(ManArgs),
}

/// `init`.
#[derive(Debug, Group)]
pub struct InitArgs {
    /// Folder of the site; created if it does not exist
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// Path of the list's archive, or its address on the web
    #[arg(long, value_name = "URL|PATH")]
    pub list: Option<String>,
    /// Fetch the archive, then preview the site in a browser
    #[arg(long)]
    pub serve: bool,
    /// Add a GitHub workflow that publishes the site to GitHub Pages
    #[arg(long)]
    pub github_pages: bool,
}

/// `build`.
#[derive(Debug, Group)]
pub struct BuildArgs {
    /// Include content pages that are marked as drafts
    #[arg(long)]
    pub drafts: bool,
    /// Exit with 1 if there are warnings about messages or archives
    #[arg(long)]
    pub strict: bool,
    /// Build even if a list has lost more than a tenth of its messages since the last build
    #[arg(long)]
    pub allow_shrink: bool,
    /// Verify every output file, even if nothing is new [default: at most 2,000 files then]
    #[arg(long)]
    pub verify: bool,
    /// Number of worker threads; 0 for one per core
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
    /// Address of the published site; overrides `base_url`
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Output folder; overrides `[build] output`
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// Print the time that each stage took
    #[arg(long)]
    pub timings: bool,
    /// Print every warning, not three of each kind
    #[arg(long)]
    pub notes: bool,
    /// Explain why a page or a feed was written again, or was not
    #[arg(long, value_name = "PATH")]
    pub explain: Vec<String>,
}

/// `serve`.
#[derive(Debug, Group)]
pub struct ServeArgs {
    /// Port; 0 for any free port [default: 1111, or the next free port]
    #[arg(short, long)]
    pub port: Option<u16>,
    /// Address to listen on
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub interface: IpAddr,
    /// Host name to answer to, in addition to `localhost`; can be repeated
    #[arg(long, value_name = "NAME", value_parser = crate::serve::host_name)]
    pub host: Vec<String>,
    /// Open the site in a browser
    #[arg(short = 'O', long)]
    pub open: bool,
    /// Serve the site under the path of this address; overrides `base_url`
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Look for changes once a second (for WSL, network drives and some containers)
    #[arg(long)]
    pub poll: bool,
    /// Include content pages that are marked as drafts
    #[arg(long)]
    pub drafts: bool,
    /// Number of worker threads; 0 for one per core
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
}

/// `check`.
#[derive(Debug, Group)]
pub struct CheckArgs {
    /// Folder of the built site [default: the output folder of `site.toml`]
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Path under which the site will be served; overrides the recorded one
    #[arg(long, value_name = "PATH")]
    pub base_path: Option<String>,
    /// Output format
    #[arg(short, long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// Read every file, not only what changed since the last check that passed; print every finding, not five of each rule
    #[arg(long)]
    pub all: bool,
    /// Exit with 1 if there are warnings
    #[arg(long)]
    pub strict: bool,
    /// Number of worker threads; 0 for one per core
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
}

/// The output formats of `check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// Findings by rule, with totals
    Text,
    /// One JSON object per finding
    Json,
}

/// `sync`.
#[derive(Debug, Group)]
pub struct SyncArgs {
    /// Lists to update [default: all]
    #[arg(value_name = "LIST")]
    pub lists: Vec<String>,
    /// Start a new mirror with the messages since this date
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Number of attempts for each transfer
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub tries: u32,
    /// Time limit for a transfer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 1800)]
    pub timeout: u64,
}

/// `ping`.
#[derive(Debug, Group)]
pub struct PingArgs {
    /// Print the feeds that changed, without notifying the hub
    #[arg(long)]
    pub dry_run: bool,
    /// Address of the published site; overrides `base_url`
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Folder of the built site; overrides `[build] output`
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
}
