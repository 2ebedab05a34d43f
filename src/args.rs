//! The command line as typed, and its help.
//!
//! In: the words of the command line. Out: [`Args`]. [`cli`](crate::cli) decides what they mean: there, each
//! command turns its arguments into settings. This module opens no file and knows no site.

use std::{net::IpAddr, path::PathBuf};

use clap::{Args as Group, Parser, Subcommand, ValueEnum};

mod theme;

pub use theme::{EjectArgs, ThemeArgs, ThemeCheckArgs, ThemeNewArgs, ThemeVerb};

use crate::config::STATES;

/// Turns the archive of a patch mailing list into a static site.
///
/// patchpress reads the archives of mailing lists on which patches are posted. It writes a digest of
/// every week, a page for every patch series with all its revisions, feeds and a search.
#[derive(Debug, Parser)]
#[command(
    name = "patchpress",
    version,
    propagate_version = true,
    max_term_width = 100,
    after_help = "\
Examples:
  patchpress init kvmarm --list https://lore.kernel.org/kvmarm   create a site for a list
  patchpress serve --open                                        preview it in a browser
  patchpress build --strict                                      build it; fail on warnings
  patchpress export archives/kvmarm | jq .title                  list the title of every revision

Run `patchpress help COMMAND` for details of a command."
)]
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
#[command(
    long_about = "Creates a site: site.toml, a first page and a .gitignore.\n\nIt never overwrites \
    a file.",
    after_help = "\
Examples:
  patchpress init --list ~/mirrors/linux-mtd            from a local mirror
  patchpress init kvmarm --list https://lore.kernel.org/kvmarm
                                                        from a list; `sync` fetches the mirror
  patchpress init kvmarm --list https://lore.kernel.org/kvmarm --serve
                                                        the same, fetched and shown at once
  patchpress init --list list.mbox --github-pages       with a workflow for GitHub Pages"
)]
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
#[command(
    long_about = "Builds the site into its output folder (`public`).\n\nThe new site replaces the old one \
    only when it is complete. A build that fails leaves the last good site in place. Files that did not \
    change are not written again. Files that patchpress did not write are never touched.",
    after_help = "\
Examples:
  patchpress build
  patchpress build --base-url https://example.org/patches/ --output-dir /srv/www/patches
  patchpress build --strict --notes                     print every warning, fail if there is one
  patchpress build --explain 2026/w09/ --explain feed.atom   why these were written again, or not

The environment variable PATCHPRESS_BASE_URL also sets the base URL.
With --quiet, the command still reports messages that an archive has lost.
Exit codes: 0 success, 1 success with warnings (--strict), 2 failure."
)]
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
#[command(
    long_about = "Serves the site on this machine, under the path of its base URL. It writes nothing: it \
    builds each page on request from the current content, theme, site.toml and archives. Open pages reload when \
    one of these changes and keep their scroll position. They show an error above the last good version.\n\n\
    Addresses work as on GitHub Pages: /x serves x.html or redirects to /x/, and 404.html is served for \
    unknown addresses.",
    after_help = "\
Examples:
  patchpress serve --open
  patchpress serve --port 8000 --drafts
  patchpress serve -u https://example.org/kvm/          at http://127.0.0.1:1111/kvm/
  patchpress serve --poll                               where the system reports no file changes
  patchpress serve --interface 0.0.0.0 --host lamp.example.org
                                                        for others, under a name

Without --port, the preview takes the next free port if 1111 is in use. It answers to `localhost` and to the
addresses of this machine, and to the names that --host gives. It does not ask for a password."
)]
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
#[command(
    long_about = "Checks the built site: links and anchors, feeds, the Content-Security-Policy, contrast, \
    portable file names and page weight. It does not use the network and does not change the site.\n\n\
    It reads only what changed since the last check that passed, and reports what a full check would report; \
    `--all` reads every file.\n\nThe front page records the address under which the site will be served.",
    after_help = "\
Examples:
  patchpress build && patchpress check
  patchpress check --strict --all public                read every file, fail on warnings too
  patchpress check --base-path /preview-12/ _site       as if served under this path
  patchpress check --format json | jq -r 'select(.severity == \"error\") | .file'

--format json prints one object per finding and line, with the keys schema, kind, severity (error or
warning), rule, file (null: the whole site), line (null: the whole file), message and hint.
Exit codes: 0 no errors, 1 errors (--strict: or warnings), 2 failure."
)]
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
#[command(
    long_about = "Updates the mirror of every list that has a `mirror` in site.toml with `git fetch`: every \
    epoch of a public-inbox, new ones included. If a list names the repository that its patches are for \
    (`tree_mirror`), the command also fetches the commits of that repository, without files.\n\nAn interrupted \
    transfer leaves the mirror as it was. The next run continues.",
    after_help = "\
Examples:
  patchpress sync && patchpress build
  patchpress sync --since 2026-01-01                    start a mirror with this year's messages

Exit codes: 0 success, 1 some mirrors could not be updated, 2 failure."
)]
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
#[command(
    long_about = "Notifies the WebSub hub of the site (`hub` in site.toml) of the feeds that changed since the last \
    run: those of the site, of its digests and of its lists. Run it after you have published the site, because the hub \
    fetches the feeds at once. It needs curl.\n\nThe next run continues an interrupted one.",
    after_help = "\
Examples:
  patchpress build && rsync -a public/ host:www/ && patchpress ping
  patchpress ping --dry-run                             print the feeds that changed, nothing else

The base URL can also come from the environment, as PATCHPRESS_BASE_URL.
Exit codes: 0 success, 2 failure."
)]
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
    #[arg(long, value_name = "DATE", conflicts_with_all = ["from", "to"])]
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
    /// File with one message, or a Message-ID
    #[arg(value_name = "FILE|MESSAGE-ID")]
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
