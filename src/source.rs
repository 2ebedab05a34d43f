//! The input of commands that print: a site's lists, or archives alone.
//!
//! In: settings, or paths. Out: a [`Source`] with everything in the archives, and digests of it. Never here: output,
//! the arguments.

mod piped;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil::Date;

use crate::{
    config::{self, List, Settings},
    date::Timestamp,
    digest::{self, Digest, Period},
    error::{Error, Reason, Result},
    init,
    plan::{Content, Drafts},
    series::{self, Corpus, ListIx, Rules},
    site,
};
use piped::Piped;

/// The span of a digest.
pub(crate) enum Span {
    /// The newest period.
    Newest,
    /// The last period that has ended at this moment.
    Last(Timestamp),
    /// The days from this date to this moment.
    Since(Date, Timestamp),
    /// The period of this label.
    Period(String),
    /// The messages of the commits after the first, up to and including the second.
    Commits(String, String),
}

/// The input of the printing commands: the site's lists, or archives alone.
pub(crate) struct Source {
    /// The corpus of their mails.
    pub(crate) corpus: Corpus,
    /// The settings of the site; defaults without a site.
    pub(crate) settings: Settings,
    /// The data of the standard input, while it may be read again.
    _piped: Option<Piped>,
}

impl Source {
    /// Reads the archives of a site.
    pub(crate) fn site(settings: Settings) -> Result<Self> {
        let corpus = series::read(&settings.lists, &site::rules(&settings)?)?;
        Ok(Self { corpus, settings, _piped: None })
    }

    /// Reads archives at paths, without a site; `-` is the standard input.
    pub(crate) fn archives(archives: &[PathBuf]) -> Result<Self> {
        let is_piped = |path: &&PathBuf| path.as_os_str() == piped::NAME;
        let piped = archives.iter().find(is_piped).map(|_| Piped::take()).transpose()?;
        let settings = Settings::of_lists(lists_of(archives, piped.as_ref())?)?;
        let corpus = series::read(&settings.lists, &Rules::default())?;
        Ok(Self { corpus, settings, _piped: piped })
    }

    /// The content that the site's author wrote; empty without a site.
    pub(crate) fn content(&self) -> Result<Content> {
        match self.settings.root.as_os_str().is_empty() {
            true => Ok(Content::default()),
            false => Content::read(&self.settings.root, Drafts::Hidden),
        }
    }

    /// The list of this name.
    pub(crate) fn list(&self, name: &str) -> Result<ListIx> {
        let lists = &self.settings.lists;
        let found = (0u16..).zip(lists).find(|(_, list)| *list.name == *name);
        found.map(|(ix, _)| ListIx(ix)).ok_or_else(|| config::no_list(name, lists))
    }

    /// The requested digest.
    pub(crate) fn digest(&self, list: Option<ListIx>, span: &Span) -> Result<Digest> {
        match span {
            Span::Commits(from, to) => self.of_range(list, from, to),
            Span::Period(label) => self.of_period(list, label),
            Span::Newest => {
                digest::digests(&self.corpus, list, self.settings.cadence, &self.settings.zone)
                    .pop()
                    .ok_or_else(|| Error::usage("the archive has no message with a date"))
            }
            Span::Last(now) => {
                let Settings { cadence, zone, .. } = &self.settings;
                let last = Period::containing(*now, *cadence, zone).before(zone);
                let last = last.ok_or_else(|| Error::usage("no period is over yet"))?;
                self.of_period(list, &last.label())
            }
            Span::Since(day, now) => self.since(list, *day, *now),
        }
    }

    /// The days from `day` to today.
    fn since(&self, list: Option<ListIx>, day: Date, now: Timestamp) -> Result<Digest> {
        let zone = &self.settings.zone;
        let period = Period::days(day, now.zoned(zone).date(), zone)
            .ok_or_else(|| Error::usage(format!("`{day}` is in the future")))?;
        let digest = digest::digest_of_span(&self.corpus, period, list, zone);
        match digest.messages.is_empty() {
            false => Ok(digest),
            true => Err(Error::usage(format!("the archive has no message since `{day}`"))),
        }
    }

    /// The digest of a commit range: from `list`, or from the first list that has the commits.
    fn of_range(&self, list: Option<ListIx>, from: &str, to: &str) -> Result<Digest> {
        let one = |ix: ListIx| {
            let archives = &self.settings.lists[usize::from(ix.0)].archives;
            let path = archives.first().map_or(Path::new(""), PathBuf::as_path);
            digest::digest_of_range(&self.corpus, ix, from, to, path)
        };
        let all = (0..u16::try_from(self.settings.lists.len()).unwrap_or(u16::MAX)).map(ListIx);
        let mut found = all.filter(|ix| list.is_none_or(|list| list == *ix)).map(one);
        let first = found.next().ok_or_else(|| Error::usage("there is no list"))?;
        first.or_else(|error| found.find_map(Result::ok).ok_or(error))
    }

    fn of_period(&self, list: Option<ListIx>, label: &str) -> Result<Digest> {
        let period = Period::parse(label, &self.settings.zone)
            .ok_or_else(|| Error::usage(format!("`{label}` is not a period")))?;
        let cadence = match &period {
            Period::Span { cadence, .. } => *cadence,
            Period::Range { .. } => self.settings.cadence,
        };
        let digests = digest::digests(&self.corpus, list, cadence, &self.settings.zone);
        let dated = |digest: &&Digest| matches!(digest.period, Period::Span { .. });
        let newest = digests.iter().rfind(dated).map(|digest| digest.period.label());
        let found = digests.into_iter().find(|digest| digest.period == period);
        found.ok_or_else(|| {
            let reason = Reason::new(format!("the archive has no message of `{label}`"));
            Error::Usage(match newest {
                Some(newest) => reason.hint(format!("the newest digest is `{newest}`")),
                None => reason,
            })
        })
    }
}

/// Lists for archives at paths; archives with one name form one list.
fn lists_of(archives: &[PathBuf], piped: Option<&Piped>) -> Result<Vec<List>> {
    let mut lists: Vec<List> = Vec::new();
    for path in archives {
        if let Some(piped) = piped.filter(|_| path.as_os_str() == piped::NAME) {
            lists.push(List::of_archive("stdin".into(), piped.path().to_owned()));
            continue;
        }
        let full = fs::canonicalize(path).map_err(|_| Error::NoArchive {
            path: path.clone(),
            hint: match path.iter().count() {
                1 => "an archive is a file or a folder; a period looks like `2026-W09`",
                _ => "an archive is a file or a folder on this machine",
            }
            .to_owned(),
        })?;
        let name: Arc<str> = init::name_of(&full).into();
        match lists.iter_mut().find(|list| list.name == name) {
            Some(list) => list.archives.push(full),
            None => lists.push(List::of_archive(name, full)),
        }
    }
    Ok(lists)
}
