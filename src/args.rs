//! The command line as typed, and the help that teaches it.
//!
//! In: words. Out: [`Args`]. What they mean is decided in [`cli`](crate::cli), where each verb turns
//! its arguments into settings. Never here: a file, a site.

use std::{net::IpAddr, path::PathBuf};

use clap::{Args as Group, Parser, Subcommand, ValueEnum};

/// Prints the newspaper of a mailing list on which patches are posted.
///
/// patchpress reads the archives of a mailing list and writes a static site: a digest of every week,
/// a page for every series of patches through all its revisions, and feeds.
#[derive(Debug, Parser)]
#[command(
    name = "patchpress",
    version,
    propagate_version = true,
    max_term_width = 100,
    after_help = "\
Examples:
  patchpress init kvmarm --list https://lore.kernel.org/kvmarm   a new site for a list
  patchpress serve --open                                        see it, and see it change
  patchpress build --strict                                      make it, and object to oddities
  patchpress export archives/kvmarm | jq .title                  every revision, one JSON a line

`patchpress help VERB` says more about a verb."
)]
pub struct Args {
    /// What every verb takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What every verb takes.
#[derive(Debug, Group)]
pub struct Global {
    /// The folder of the site; without it, the nearest `site.toml` upward from here
    #[arg(short, long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Say only what went wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: every oddity, and how long each stage took
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Make a new site
    Init(InitArgs),
    /// Write the site
    Build(BuildArgs),
    /// Show the site in a browser, and keep up with what changes
    Serve(ServeArgs),
    /// Look at the built site and say what is wrong with it
    Check(CheckArgs),
    /// Bring the lists' mirrors up to date
    Sync(SyncArgs),
    /// Print a digest
    Digest(DigestArgs),
    /// Print what the archives hold, as JSON Lines
    Export(ExportArgs),
    /// Print what patchpress makes of one mail
    Inspect(InspectArgs),
    /// Print which addresses look like one person's, as lines for `.mailmap`
    People(PeopleArgs),
    /// Print a script that completes commands in a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
}

/// `init`.
#[derive(Debug, Group)]
#[command(
    long_about = "Makes a new site: site.toml, a first page, and a .gitignore.\n\nNothing that is \
    there already is written over.",
    after_help = "\
Examples:
  patchpress init --list ~/mirrors/linux-mtd            from a mirror that you have
  patchpress init kvmarm --list https://lore.kernel.org/kvmarm
                                                        from a list that you will mirror
  patchpress init --list list.mbox --github-pages       with a workflow that publishes it"
)]
pub struct InitArgs {
    /// Where; made if it is not there
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// The list: the path of its archive, or its address on the web
    #[arg(long, value_name = "URL|PATH")]
    pub list: Option<String>,
    /// Add a workflow that publishes the site to GitHub Pages
    #[arg(long)]
    pub github_pages: bool,
}

/// `build`.
#[derive(Debug, Group)]
#[command(
    long_about = "Writes the site to its output folder (`public`).\n\nThe new site takes the place \
    of the old one only when all of it is there; a build that fails leaves the last good one. Files \
    that did not change are not touched, files that somebody else put there stay.",
    after_help = "\
Examples:
  patchpress build
  patchpress build --base-url https://example.org/patches/ --output-dir /srv/www/patches
  patchpress build --strict --notes                     name every oddity, and exit with 1
  patchpress build --explain 2026/w09/ --explain feed.atom   say why they were made again, or not

The base URL can also come from the environment, as PATCHPRESS_BASE_URL.
What an archive has lost is said with --quiet, too.
Exit codes: 0 done, 1 done with findings (--strict), 2 not done."
)]
pub struct BuildArgs {
    /// Show content pages that are marked as drafts
    #[arg(long)]
    pub drafts: bool,
    /// Exit with 1 where a mail or an archive is odd
    #[arg(long)]
    pub strict: bool,
    /// Build even if a list has lost more than a tenth of its mails since the last build
    #[arg(long)]
    pub allow_shrink: bool,
    /// Look at every file of the output, also where nothing is new; otherwise of a large site at 2,000 then
    #[arg(long)]
    pub verify: bool,
    /// How many workers; 0 for one a core
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
    /// Where the site will be read, instead of `base_url`
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Where to write it, instead of `[build] output`
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// Say how long each stage took
    #[arg(long)]
    pub timings: bool,
    /// Name every oddity, not three of each kind
    #[arg(long)]
    pub notes: bool,
    /// Say why a page or a feed was made again, or was not
    #[arg(long, value_name = "PATH")]
    pub explain: Vec<String>,
}

/// `serve`.
#[derive(Debug, Group)]
#[command(
    long_about = "Shows the site on this machine, under the path of its base URL. Nothing is written: pages \
    are made when they are asked for, of the content, theme, site.toml and archives as they are then. Pages that \
    are open reload by themselves when one of these changes, and stay where they were. A mistake is shown on \
    them, over the last good site.\n\nAddresses work as on GitHub Pages: /x is x.html or leads to /x/, \
    and 404.html answers for what is not there.",
    after_help = "\
Examples:
  patchpress serve --open
  patchpress serve --port 8000 --drafts
  patchpress serve -u https://example.org/kvm/          at http://127.0.0.1:1111/kvm/
  patchpress serve --poll                               where the system tells of no changes

Without --port the next free one is taken where 1111 is in use."
)]
pub struct ServeArgs {
    /// The port; 0 for any that is free [default: 1111, or the next that is free]
    #[arg(short, long)]
    pub port: Option<u16>,
    /// The address to listen on
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub interface: IpAddr,
    /// Open the site in a browser
    #[arg(short = 'O', long)]
    pub open: bool,
    /// Show it under the path of this address, instead of `base_url`
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Look for changes once a second (WSL, network drives and some containers tell of none)
    #[arg(long)]
    pub poll: bool,
    /// Show content pages that are marked as drafts
    #[arg(long)]
    pub drafts: bool,
    /// How many workers; 0 for one a core
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
}

/// `check`.
#[derive(Debug, Group)]
#[command(
    long_about = "Looks at the built site as its host, browsers and feed readers will: links and anchors, feeds, \
    the Content-Security-Policy, colours, names that every machine can hold, and weight. It asks nobody \
    over the network and writes nothing to the site.\n\nIt reads what changed since the last check that passed, \
    which `.patchpress` remembers, and says what a check of everything would say; `--all` reads everything.\n\nWhere the site will be served, its front page says.",
    after_help = "\
Examples:
  patchpress build && patchpress check
  patchpress check --strict --all public                object to warnings too, read and name everything
  patchpress check --base-path /preview-12/ _site       as if served there
  patchpress check --format json | jq -r 'select(.severity == \"error\") | .file'

With --format json: one object a finding and line, with the keys schema, kind, severity (error or
warning), rule, file (null: the site), line (null: the file), message, hint.
Exit codes: 0 nothing wrong, 1 errors (--strict: or warnings), 2 not done."
)]
pub struct CheckArgs {
    /// The folder of the built site, instead of the output of `site.toml`
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// The path under which the site will be served, instead of its own
    #[arg(long, value_name = "PATH")]
    pub base_path: Option<String>,
    /// In what form
    #[arg(short, long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// Read every file, not only what changed since the last check that passed, and show every finding, not five of each rule
    #[arg(long)]
    pub all: bool,
    /// Exit with 1 for warnings too
    #[arg(long)]
    pub strict: bool,
    /// How many workers; 0 for one a core
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
}

/// The forms of a checkup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// Findings by rule, and what was counted
    Text,
    /// One JSON object a finding
    Json,
}

/// `sync`.
#[derive(Debug, Group)]
#[command(
    long_about = "Brings the mirrors of the lists up to date that name one (`mirror` in site.toml) with \
    `git fetch`: every epoch of a public-inbox, and new epochs as they begin. Where a list names the repository that its \
    patches are for (`tree_mirror`), its commits come, too, without files.\n\nA transfer that is cut off \
    leaves the mirror as it was, and the next run goes on.",
    after_help = "\
Examples:
  patchpress sync && patchpress build
  patchpress sync --since 2026-01-01                    begin a mirror with this year's messages

Exit codes: 0 done, 1 some mirror is as it was before, 2 not done."
)]
pub struct SyncArgs {
    /// Lists, instead of all
    #[arg(value_name = "LIST")]
    pub lists: Vec<String>,
    /// Where a mirror begins: only with messages since then
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// How often a transfer is tried
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub tries: u32,
    /// After how many seconds a transfer is given up
    #[arg(long, value_name = "SECONDS", default_value_t = 1800)]
    pub timeout: u64,
}

/// `digest`.
#[derive(Debug, Group)]
#[command(
    long_about = "Prints the digest of a period, or of what the commits A..B of an archive added (A \
    excluded, as git ranges go). Without a period: the newest.\n\nMarkdown, HTML and \
    mail have the sections of the digest's page, with links into the site where it has a `base_url`. With the \
    path of an archive it needs no site.",
    after_help = "\
Examples:
  patchpress digest                                     the newest week of the site
  patchpress digest 2026-W09                            a week; also 2026-02 and 2026-02-28
  patchpress digest --from 89e50b09f --to 26fd6f360 archives/kvm
  patchpress digest 2026-02 list.mbox --format json | jq .contributors
  patchpress digest --format markdown | gh issue create --title \"This week\" --body-file -
  patchpress digest 2026-W09 --format eml --mail-to me@example.org | sendmail -t

A mail is from `[digest] from` of site.toml and goes to the address of the list.

Exit codes: 0 done, 1 done, but the archives have lost mails (stderr names them), 2 not done."
)]
pub struct DigestArgs {
    /// A week, a month or a day (2026-W09, 2026-02, 2026-02-28), then archives
    #[arg(value_name = "PERIOD|ARCHIVE")]
    pub words: Vec<String>,
    /// The commit after which to begin
    #[arg(long, value_name = "REV", requires = "to")]
    pub from: Option<String>,
    /// The last commit
    #[arg(long, value_name = "REV", requires = "from")]
    pub to: Option<String>,
    /// In what form
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Of this list only, where the site has several
    #[arg(long, value_name = "LIST")]
    pub list: Option<String>,
    /// Who sends the mail, instead of `[digest] from`
    #[arg(long, value_name = "MAILBOX")]
    pub mail_from: Option<String>,
    /// To whom the mail goes, instead of the list
    #[arg(long, value_name = "MAILBOX")]
    pub mail_to: Option<String>,
}

/// The forms of a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Plain text, in the form of the digest that goes round for the KVM list
    Text,
    /// Markdown, for an issue, a wiki or a chat
    Markdown,
    /// A page that mail programs take, without style
    Html,
    /// A mail, text and HTML, for `sendmail -t` or `git send-email`
    Eml,
    /// One JSON object a list
    Json,
}

/// `export`.
#[derive(Debug, Group)]
#[command(
    long_about = "Prints what the archives hold as JSON Lines: one object a line, UTF-8, sorted. \
    Without a flag, a line a revision of a series.\n\nWith the path of an archive it needs no site.",
    after_help = "\
Examples:
  patchpress export | jq -r 'select(.state == \"new\") | .title'
  patchpress export --messages archives/linux-mtd | wc -l
  patchpress export --digests list.mbox.gz

Exit codes: 0 done, 1 done, but the archives have lost mails (stderr names them), 2 not done."
)]
pub struct ExportArgs {
    /// A line a message
    #[arg(long, conflicts_with = "digests")]
    pub messages: bool,
    /// A line a period and list
    #[arg(long)]
    pub digests: bool,
    /// Archives, instead of the site's
    #[arg(value_name = "ARCHIVE")]
    pub archives: Vec<PathBuf>,
}

/// `inspect`.
#[derive(Debug, Group)]
#[command(
    long_about = "Prints what each stage makes of one mail: its headers, its subject taken apart, \
    what it is, its commit message, trailers and files, and where it belongs.",
    after_help = "\
Examples:
  patchpress inspect 0001-fix.patch
  patchpress inspect 20260228113113.1234-1-ada@example.org
  patchpress inspect 20260228113113.1234-1-ada@example.org list.mbox

Exit codes: 0 done, 1 done, but the archives have lost mails (stderr names them), 2 not done."
)]
pub struct InspectArgs {
    /// A file with one mail, or a Message-ID
    #[arg(value_name = "FILE|MESSAGE-ID")]
    pub mail: String,
    /// Archives to look for it in, instead of the site's
    #[arg(value_name = "ARCHIVE")]
    pub archives: Vec<PathBuf>,
}

/// `people`.
#[derive(Debug, Group)]
#[command(
    long_about = "Prints which addresses look like one person's, as lines for `.mailmap`, above each person why. \
    Nobody is merged by it: read the lines, keep those that are right.\n\nWhat only a name speaks for comes last and is \
    commented out: people share names, and anybody can write one. What the site's `.mailmap` says already is left out. \
    With the path of an archive it needs no site.",
    after_help = "\
Examples:
  patchpress people --suggest > suggested.mailmap
  patchpress people --suggest archives/linux-mtd | less

Exit codes: 0 done, 1 done, but the archives have lost mails (stderr names them), 2 not done."
)]
pub struct PeopleArgs {
    /// Suggest lines for `.mailmap`
    #[arg(long, required = true)]
    pub suggest: bool,
    /// Archives, instead of the site's
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
    /// For which shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}
