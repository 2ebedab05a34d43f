//! The commands that read archives and print their contents: `digest`, `export`, `inspect`, `people`.
//!
//! In: their arguments. Out: data on stdout; findings if archives lost mail. Never here: building a site.

use std::{
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
    time::SystemTime,
};

use jiff::tz::TimeZone;

use super::{Failure, Outcome, judge, print, root, say};
use crate::{
    args::{DigestArgs, ExportArgs, Format, Global, InspectArgs, PeopleArgs, WhichMessages},
    bulletin::{self, Envelope, Form},
    config::{LOCAL_URL, Overrides, Settings},
    digest::{Digest, Messages, Period},
    error::{Error, Reason, Result},
    export::{self, Filter},
    inspect,
    message::TextReader,
    series::{ListIx, MailIx, StateKind},
    source::{Source, Span},
    suggest,
};

/// The word for the last complete period.
const LAST: &str = "last";

#[expect(clippy::disallowed_methods, reason = "`last` and `--since` count from now")]
pub(super) fn digest(global: &Global, args: &DigestArgs) -> Result<Outcome, Failure> {
    let (label, archives) = period_and_archives(&args.words);
    if let Some(label) = label.as_ref().filter(|_| args.since.is_some() || args.from.is_some()) {
        let reason =
            Reason::new(format!("`{label}` and an option both name what the digest is of"));
        return Err(Error::Usage(reason.hint("leave one of them out")).into());
    }
    let now = SystemTime::now().into();
    let span = match (&args.from, &args.to, label) {
        (Some(from), Some(to), _) => Span::Commits(from.clone(), to.clone()),
        (_, _, Some(label)) if label == LAST => Span::Last(now),
        (_, _, Some(label)) => Span::Period(label),
        _ => args.since.map_or(Span::Newest, |since| Span::Since(since, now)),
    };
    let (source, outcome) = source(global, &archives)?;
    let all = u16::try_from(source.settings.lists.len()).unwrap_or(u16::MAX);
    let lists: Vec<Option<ListIx>> = match (&args.list, args.format) {
        (Some(name), _) => vec![Some(source.list(name)?)],
        (None, Format::Json) => (0..all).map(|n| Some(ListIx(n))).collect(),
        (None, _) if all == 1 => vec![Some(ListIx(0))],
        (None, _) => vec![None],
    };
    let digests = lists.iter().map(|list| source.digest(*list, &span));
    let digests = digests.collect::<Result<Vec<_>>>()?;
    let write = |texts: &TextReader| {
        let mut data = Vec::new();
        let mut all = digests.into_iter();
        all.try_for_each(|digest| write_digest(texts, &source, digest, args, &mut data))?;
        Ok::<_, Failure>(data)
    };
    let data = TextReader::read(write)??;
    print(|out| out.write_all(&data))?;
    if archives.is_empty() && source.settings.base_url == LOCAL_URL && !global.quiet {
        let leads = Reason::new("note: the digest has no links to the site");
        say(leads.hint("set `base_url` in site.toml"));
    }
    Ok(outcome)
}

fn write_digest(
    texts: &TextReader,
    source: &Source,
    digest: Digest,
    args: &DigestArgs,
    out: &mut Vec<u8>,
) -> Result<(), Failure> {
    let Source { corpus, settings, .. } = source;
    let list = digest.list.map(|list| &*corpus.lists[usize::from(list.0)]);
    let line = export::digest_value(corpus, list.unwrap_or(&settings.title), &digest);
    let envelope = Envelope { from: args.mail_from.clone(), to: args.mail_to.clone() };
    let form = match args.format {
        Format::Text => Form::Text(match args.messages {
            WhichMessages::All => Messages::All,
            WhichMessages::First => Messages::First,
            WhichMessages::None => Messages::None,
        }),
        Format::Markdown => Form::Markdown,
        Format::Html => Form::Html,
        Format::Eml => Form::Mail(&envelope),
        Format::Json => Form::Json(&line),
    };
    let told = bulletin::write(texts, corpus, digest, settings, &source.content()?, form)?;
    out.extend(told.into_bytes());
    Ok(())
}

pub(super) fn export(global: &Global, args: &ExportArgs) -> Result<Outcome, Failure> {
    let since = args.since.as_deref().map(|since| {
        Period::parse(since, &TimeZone::UTC).is_some().then_some(since).ok_or_else(|| {
            let reason = Reason::new(format!("`{since}` is not a date"));
            Error::Usage(reason.hint("such as `2026-02-23`, `2026-W09` or `2026-02`"))
        })
    });
    let since = since.transpose()?;
    let (source, outcome) = source(global, &args.archives)?;
    let begin = |since: &str| Period::parse(since, &source.settings.zone)?.bounds();
    let states = StateKind::ALL.into_iter();
    let filter = Filter {
        list: args.list.as_deref().map(|name| source.list(name)).transpose()?,
        since: since.and_then(begin).map(|(start, _)| start),
        states: states.filter(|kind| args.state.iter().any(|word| word == kind.word())).collect(),
    };
    // Line by line, because it may be long; its strings contain no control characters.
    let mut out = BufWriter::new(io::stdout().lock());
    if args.messages {
        export::messages(&source.corpus, &filter, &mut out)?;
    } else if args.digests {
        let Settings { lists, cadence, zone, .. } = &source.settings;
        export::digests(&source.corpus, lists, *cadence, zone, &filter, &mut out)?;
    } else {
        export::revisions(&source.corpus, &source.settings.zone, &filter, &mut out)?;
    }
    out.flush()?;
    Ok(outcome)
}

pub(super) fn inspect(global: &Global, args: &InspectArgs) -> Result<Outcome, Failure> {
    let file = Path::new(&args.mail);
    let is_file = args.mail == "-" || file.is_file();
    let archives = if is_file { vec![file.to_owned()] } else { args.archives.clone() };
    let (source, outcome) = source(global, &archives)?;
    let corpus = &source.corpus;
    let found = if is_file {
        MailIx::all(corpus.mails.len()).collect()
    } else {
        inspect::find(corpus, &args.mail)
    };
    if found.is_empty() {
        let reason = Reason::new(format!("there is no file and no message `{}`", args.mail))
            .hint("a Message-ID or an address in an archive on the web is looked up in the site's archives, or in those named after it");
        return Err(Error::Usage(reason).into());
    }
    let describe = |texts: &TextReader| -> Vec<String> {
        found.iter().map(|ix| inspect::describe(texts, corpus, *ix)).collect()
    };
    let described = TextReader::read(describe)?;
    print(|out| described.iter().try_for_each(|text| out.write_all(text.as_bytes())))?;
    Ok(outcome)
}

pub(super) fn people(global: &Global, args: &PeopleArgs) -> Result<Outcome, Failure> {
    let (source, outcome) = source(global, &args.archives)?;
    let suggested = suggest::mailmap(&source.corpus);
    print(|out| out.write_all(suggested.as_bytes()))?;
    Ok(outcome)
}

/// The given archives, or those of the site if there are none, and whether they are complete.
fn source(global: &Global, archives: &[PathBuf]) -> Result<(Source, Outcome)> {
    let source = match archives {
        [] => Source::site(Settings::load(&root(global)?, &Overrides::default())?)?,
        _ => Source::archives(archives)?,
    };
    let outcome = judge(global, &source.corpus.notes);
    Ok((source, outcome))
}

/// The words of `digest`: a period if the first word is one, then archives.
fn period_and_archives(words: &[String]) -> (Option<String>, Vec<PathBuf>) {
    let is_period = |word: &&String| {
        let is_label = || *word == LAST || Period::parse(word, &TimeZone::UTC).is_some();
        !Path::new(word).exists() && is_label()
    };
    let label = words.first().filter(is_period).cloned();
    let archives = words.iter().skip(usize::from(label.is_some())).map(PathBuf::from).collect();
    (label, archives)
}
