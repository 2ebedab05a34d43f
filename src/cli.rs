//! The driver: each command as a list of calls, and everything that patchpress prints.
//!
//! In: the arguments. Out: data on stdout, messages on stderr, an exit code: 0 done, 1 done with findings, 2 failed.
//! The only place that prints. Never here: what the commands do.

mod archives;
mod bar;
mod begin;
mod hub;
mod theme;

use std::{
    ffi::OsString,
    fmt::Display,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use clap::{Parser, error::ErrorKind};

use crate::{
    args::{
        Args, BuildArgs, CheckArgs, CheckFormat, Global, PingArgs, ServeArgs, SyncArgs, Verb, help,
    },
    check::{
        self, Memory, Question, Scope,
        report::{self, Examples},
    },
    config::{self, Archives, Overrides, Settings},
    date::check_git_date,
    error::{Error, Note, Reason, Result},
    ping,
    serve::{self, Port, Preview, Said},
    site::{
        self,
        report::{Notes, Timings},
    },
    sync::{self, Effort, News, Synced},
    text::{plural, visible},
    watch::Sight,
    words::Words,
};
use bar::{Bar, Shown};

/// How a command ended that did not fail.
enum Outcome {
    Done,
    Findings,
}

/// Runs the program and returns its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let args = match Args::try_parse_from(&args) {
        Ok(args) => args,
        Err(error) => return answer(error, args),
    };
    match perform(&args) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Err(Failure::Error(error)) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}

/// Prints help, the version, or the fault in the arguments; the reader (`head`) may stop early. Only help needs its
/// words, which take a few milliseconds.
fn answer(error: clap::Error, args: Vec<OsString>) -> ExitCode {
    let is_help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    let translated = || help::command(Words::help(&language())).try_get_matches_from(args).err();
    let error = is_help.then(translated).flatten().unwrap_or(error);
    error.print().ok();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Prints an error, with the hint on lines of its own.
fn complain(error: &Error) {
    say(format_args!("patchpress: error: {}", error.reason()));
}

/// Prints a message.
fn say(words: impl Display) {
    talk(&format!("{words}\n"));
}

/// Prints lines of output. They can contain text from paths, mails and servers, which reaches a terminal only as
/// text.
fn talk(lines: &str) {
    // If nobody reads the output any more (`2>&1 | head -1`), the work continues.
    io::stderr().write_all(visible(lines).as_bytes()).ok();
}

/// Reports the losses of archives, even with `--quiet`; then there are findings.
fn judge(global: &Global, notes: &[Note]) -> Outcome {
    let how_many = if global.verbose { Notes::All } else { Notes::Specimens };
    let lost = site::report::damage(notes, how_many);
    talk(&lost);
    if lost.is_empty() { Outcome::Done } else { Outcome::Findings }
}

/// Why a command ended early.
enum Failure {
    /// The reader of our output closed the pipe: it has read enough.
    BrokenPipe,
    Error(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<io::Error> for Failure {
    fn from(source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            _ => Self::Error(Error::Write { path: PathBuf::from("standard output"), source }),
        }
    }
}

fn perform(args: &Args) -> Result<Outcome, Failure> {
    let global = &args.global;
    match &args.verb {
        Verb::Init(args) => begin::init(global, args),
        Verb::Build(args) => build(global, args),
        Verb::Serve(args) => serve(global, args),
        Verb::Check(args) => check(global, args),
        Verb::Sync(args) => sync(global, args),
        Verb::Ping(args) => ping(global, args),
        Verb::Hub(args) => hub::hub(global, args),
        Verb::Digest(args) => archives::digest(global, args),
        Verb::Export(args) => archives::export(global, args),
        Verb::Inspect(args) => archives::inspect(global, args),
        Verb::People(args) => archives::people(global, args),
        Verb::Theme(args) => theme::theme(global, args),
        Verb::Completions(args) => {
            print(|out| {
                let mut command = help::declared(Words::help(""));
                clap_complete::generate(args.shell, &mut command, "patchpress", out);
                Ok(())
            })?;
            Ok(Outcome::Done)
        }
        Verb::Man(args) => {
            let page = manual_page(args.verb.as_deref())?;
            print(|out| page.render(out))?;
            Ok(Outcome::Done)
        }
    }
}

/// The manual page of the program, or of one of its commands. `help` has none, so the pages do not refer to it.
fn manual_page(verb: Option<&str>) -> Result<clap_mangen::Man> {
    let mut command = help::declared(Words::help("")).disable_help_subcommand(true);
    command.build();
    if let Some(name) = verb {
        command = command.find_subcommand(name).cloned().ok_or_else(|| {
            let reason = Reason::new(format!("`{name}` is not a command"));
            Error::Usage(reason.hint("`patchpress help` lists the commands"))
        })?;
    }
    let version = env!("CARGO_PKG_VERSION");
    Ok(clap_mangen::Man::new(command).source(format!("patchpress {version}")))
}

/// Writes text to stdout, safe for a terminal, because people look at it there before they redirect it to a file.
fn print(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Result<(), Failure> {
    let mut text = Vec::new();
    write(&mut text)?;
    let mut out = io::stdout().lock();
    out.write_all(visible(&String::from_utf8_lossy(&text)).as_bytes())?;
    Ok(out.flush()?)
}

/// The reader's language by the environment, as a BCP 47 tag: `de-AT` for `de_AT.UTF-8`.
#[expect(clippy::disallowed_methods, reason = "the language of the help")]
fn language() -> String {
    // The order of locale(7).
    let all = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let set =
        all.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let locale = set.unwrap_or_default();
    locale.split(['.', '@']).next().unwrap_or_default().replace('_', "-")
}

/// The base URL in the environment.
#[expect(clippy::disallowed_methods, reason = "PATCHPRESS_BASE_URL")]
fn base_url_from_environment() -> Option<String> {
    std::env::var("PATCHPRESS_BASE_URL").ok().filter(|url| !url.is_empty())
}

fn ping(global: &Global, args: &PingArgs) -> Result<Outcome, Failure> {
    let overrides = Overrides {
        archives: Archives::Awaited,
        base_url: args.base_url.clone().or_else(base_url_from_environment),
        output: args.output_dir.clone(),
        ..Overrides::default()
    };
    let settings = Settings::load(&root(global)?, &overrides)?;
    let told = ping::ping(&settings, args.dry_run)?;
    if args.dry_run {
        print(|out| told.iter().try_for_each(|address| writeln!(out, "{address}")))?;
    } else if !global.quiet {
        say(match told.len() {
            0 => "nothing changed: the hub was not notified".to_owned(),
            count => format!("the hub was notified of {}", plural(count, "feed", "feeds")),
        });
    }
    Ok(Outcome::Done)
}

fn build(global: &Global, args: &BuildArgs) -> Result<Outcome, Failure> {
    let overrides = Overrides {
        archives: Archives::Present,
        base_url: args.base_url.clone().or_else(base_url_from_environment),
        output: args.output_dir.clone(),
        theme: None,
        drafts: args.drafts,
        jobs: args.jobs,
        may_shrink: args.allow_shrink,
        verify: args.verify,
    };
    let settings = Settings::load(&root(global)?, &overrides)?;
    let shown = if global.quiet { Shown::Never } else { Shown::OnTerminal };
    let bar = Bar::new(shown, &args.explain);
    let report = site::build(&settings, &bar)?;
    let notes = if args.notes || global.verbose { Notes::All } else { Notes::Specimens };
    let timings = if args.timings || global.verbose { Timings::Shown } else { Timings::Hidden };
    let is_odd = report.notes.iter().any(|note| note.kind.is_odd()) || report.redacted.is_odd();
    let findings = args.strict && is_odd;
    if !global.quiet || findings {
        talk(&report.text(notes, timings));
    } else {
        judge(global, &report.notes);
    }
    if settings.base_url == config::LOCAL_URL && !global.quiet {
        let leads = Reason::new(format!("note: feeds lead to {}", settings.base_url));
        say(leads.hint("set `base_url` in site.toml"));
    }
    talk(&bar.reasons(|path| settings.output.join(path).is_file()));
    Ok(if findings { Outcome::Findings } else { Outcome::Done })
}

fn serve(global: &Global, args: &ServeArgs) -> Result<Outcome, Failure> {
    let preview = Preview {
        root: root(global)?,
        interface: args.interface,
        hosts: args.host.clone(),
        port: args.port.map_or(Port::From(1111), Port::Given),
        base_url: args.base_url.clone(),
        drafts: args.drafts,
        jobs: args.jobs,
        sight: if args.poll { Sight::Looking } else { Sight::Told },
    };
    let quiet = global.quiet;
    serve::serve(&preview, |said| match said {
        Said::Listening(url) => {
            say(format_args!("the site is at {url} (Ctrl-C stops)"));
            if args.open {
                open(url);
            }
        }
        // Even with --quiet: it does not mean to show the site to everybody without a warning.
        Said::Open(url, bound) => say(format_args!(
            "warning: listening on {bound}: everybody who can reach this machine can read the site, at {url}"
        )),
        Said::Changed(_) | Said::Shown(..) | Said::InUse(_) | Said::Looking(_) if quiet => {}
        Said::InUse(port) => say(format_args!("note: port {port} is in use")),
        Said::Looking(reason) => {
            say(format_args!("note: looking for changes once a second: {reason}"))
        }
        Said::Changed(path) => say(format_args!("{} changed", path.display())),
        Said::Shown(pages, took) => {
            say(format_args!("{pages} pages, ready after {:.2} s", took.as_secs_f64()));
        }
        Said::Failed(error) => complain(error),
    })?;
    Ok(Outcome::Done)
}

/// Opens a browser, if there is one.
fn open(url: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let silent = std::process::Stdio::null;
    let started = std::process::Command::new(opener)
        .arg(url)
        .stdin(silent())
        .stdout(silent())
        .stderr(silent())
        .spawn();
    if started.is_err() {
        say(format_args!("note: `{opener}` could not be started; open the address by hand"));
    }
}

fn check(global: &Global, args: &CheckArgs) -> Result<Outcome, Failure> {
    let overrides = Overrides { archives: Archives::Awaited, ..Overrides::default() };
    let settings = || Ok::<_, Failure>(Settings::load(&root(global)?, &overrides)?);
    let (folder, base_url, settings) = match &args.dir {
        // It may be the output of no site.
        Some(dir) => (dir.clone(), config::LOCAL_URL.to_owned(), settings().ok()),
        None => {
            let settings = settings()?;
            (settings.output.clone(), settings.base_url.clone(), Some(settings))
        }
    };
    let scope = if args.all { Scope::All } else { Scope::Changed };
    let limit = settings.as_ref().and_then(|settings| settings.size_limit);
    let memory = settings.map(|settings| Memory::of(&settings, &folder, scope));
    let (base_path, jobs, strict) = (args.base_path.clone(), args.jobs, args.strict);
    let memory = memory.unwrap_or_default();
    let question = Question { folder, base_url, base_path, limit, jobs, strict, memory };
    let checkup = check::check(&question)?;
    let examples = if args.all || global.verbose { Examples::All } else { Examples::Few };
    print(|out| match args.format {
        CheckFormat::Json => report::json_lines(&checkup, out),
        CheckFormat::Text if global.quiet && checkup.findings.is_empty() => Ok(()),
        CheckFormat::Text => out.write_all(report::text(&checkup, examples).as_bytes()),
    })?;
    if !global.quiet && args.format == CheckFormat::Text {
        checkup.reread.into_iter().for_each(|count| say(report::reread(count)));
    }
    Ok(if checkup.passes(args.strict) { Outcome::Done } else { Outcome::Findings })
}

fn sync(global: &Global, args: &SyncArgs) -> Result<Outcome, Failure> {
    args.since.as_deref().map_or(Ok(()), check_git_date).map_err(Error::Usage)?;
    let overrides = Overrides { archives: Archives::Awaited, ..Overrides::default() };
    let settings = Settings::load(&root(global)?, &overrides)?;
    let lists = sync::chosen(&settings.lists, &args.lists)?;
    // Not an error: one script may handle sites with mirrors and sites with local archives.
    if lists.is_empty() && !global.quiet {
        let reason = Reason::new("no list of the site has a mirror: there is nothing to fetch");
        say(reason.hint(sync::MIRROR_HINT));
    }
    let effort = Effort {
        tries: args.tries.max(1),
        time: Duration::from_secs(args.timeout),
        since: args.since.clone(),
        ..Effort::default()
    };
    let (mut outcome, mut failed) = (Outcome::Done, None);
    for list in lists {
        match sync::sync(list, &effort) {
            Ok(synced) if synced.is_complete() => tell(global, &synced),
            Ok(synced) => {
                outcome = Outcome::Findings;
                tell(global, &synced);
            }
            // A failure must not delay the other lists.
            Err(error) => failed.replace(error).iter().for_each(complain),
        }
    }
    failed.map_or(Ok(outcome), |error| Err(error.into()))
}

/// Prints the news of a mirror.
fn tell(global: &Global, synced: &Synced) {
    for (part, news) in &synced.parts {
        if !global.quiet || matches!(news, News::Failed(_)) {
            say(format_args!("{}: {part}: {}", synced.list, part.tell(news)));
        }
    }
}

/// The site's folder: that of `--root`, or the nearest parent folder.
fn root(global: &Global) -> Result<PathBuf> {
    match &global.root {
        None => config::find_root(Path::new(".")),
        Some(path) if path.join(config::FILE).is_file() => {
            fs::canonicalize(path).map_err(Error::read(path))
        }
        // The file itself, as for `--config` of other programs.
        Some(path) if path.is_file() && path.ends_with(config::FILE) => {
            let file = fs::canonicalize(path).map_err(Error::read(path))?;
            Ok(file.parent().map_or(file.clone(), Path::to_owned))
        }
        Some(path) if path.is_file() => {
            let reason = Reason::new(format!("`{}` is a file", path.display()));
            Err(Error::Usage(reason.hint("`--root` names the folder of `site.toml`")))
        }
        Some(path) => Err(Error::NoSite { path: path.clone() }),
    }
}
