//! A site in memory, for its author: files are made on request.
//!
//! In: settings, and the site that was shown before. Out: a [`Live`] site, which gives the bytes of any file that a
//! build with the same mails, settings, content and theme would write; pages also load `reload.js` of
//! [`PREVIEW_FOLDER`]. Unchanged parts of the previous site are reused: archives are read again if they or the
//! rules changed, pages are planned again if settings or content changed, and a changed template is only loaded. If
//! a build would plan a second time because the site exceeds its limit, a preview shows the first plan. Never here:
//! writing a file, a request.

mod press;

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{held::Held, inside, output, static_files};
use crate::{
    archive,
    config::{self, Settings},
    digest::{self, Digest},
    error::{Error, Result},
    plan::{Content, Drafts},
    series::{self, Corpus, Edits},
    stamp::Stamp,
    theme::Theme,
};
use press::Press;

/// The folder of the preview server, inside the site's own, so a proxy that forwards the site's path forwards it,
/// too.
pub const PREVIEW_FOLDER: &str = "__patchpress/";

/// Made files are kept up to this many bytes, because pages are requested repeatedly, whole and in parts.
const KEPT: usize = 64 << 20;

/// A site whose files are made on request.
#[derive(Debug)]
pub struct Live {
    mails: Arc<Mails>,
    press: Arc<Press>,
    theme: Arc<Theme>,
    /// The author's own files.
    own: BTreeMap<String, PathBuf>,
    stamp: String,
    made: Mutex<Made>,
}

/// The content of the archives.
#[derive(Debug)]
struct Mails {
    corpus: Corpus,
    digests: Vec<Digest>,
    stamp: String,
}

/// Files that were made.
#[derive(Debug, Default)]
struct Made {
    files: HashMap<String, Arc<[u8]>>,
    bytes: usize,
}

impl Live {
    /// The site of these settings; `before` is the previous one.
    ///
    /// # Errors
    /// Fails if the theme, the content or an archive fails, or if a template of the theme cannot make a page.
    pub fn read(settings: Settings, before: Option<&Self>) -> Result<Self> {
        inside::check(&settings)?;
        let theme = Arc::new(Theme::load(&settings)?);
        let own: BTreeMap<_, _> = static_files::files(&settings.root)?.into_iter().collect();
        let mails = Mails::read(&settings, before.map(|live| &live.mails))?;
        let planned = planned(&settings, &mails);
        let is_same = |press: &Press| press.stamp() == planned && press.is_whole();
        let press = match before.filter(|live| is_same(&live.press)) {
            Some(live) => Arc::clone(&live.press),
            None => Arc::new(start(&settings, &mails, planned)?),
        };
        let is_taken = |path: &&String| press.has(path) || theme.file(path).is_some();
        if let Some((path, file)) = own.iter().find(|(path, _)| is_taken(path)) {
            return Err(output::is_made(file, path));
        }
        let stamp = whole(&settings, press.stamp(), &own);
        let live = Self { mails, press, theme, own, stamp, made: Mutex::default() };
        if before.is_none_or(|before| before.stamp != live.stamp) {
            live.press.prove(&live.theme)?;
        }
        Ok(live)
    }

    /// Whether both show the same.
    pub fn is_as(&self, other: &Self) -> bool {
        self.stamp == other.stamp
    }

    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.press.pages()
    }

    /// Whether a build would write a page, a static file or a file of the author at this path. Feeds and parts of
    /// the search index are unknown until they are requested.
    pub fn has(&self, path: &str) -> bool {
        self.own.contains_key(path) || self.theme.file(path).is_some() || self.press.has(path)
    }

    /// The bytes of the file that a build would write at this path, if any.
    ///
    /// # Errors
    /// Fails if a template does not render, or if a file or an archive can no longer be read.
    pub fn file(&self, path: &str) -> Result<Option<Arc<[u8]>>> {
        if let Some(bytes) = self.made().files.get(path) {
            return Ok(Some(Arc::clone(bytes)));
        }
        let Some(bytes) = self.make(path)? else { return Ok(None) };
        let bytes: Arc<[u8]> = bytes.into();
        let mut made = self.made();
        if made.bytes + bytes.len() > KEPT {
            *made = Made::default();
        }
        made.bytes += bytes.len();
        made.files.insert(path.to_owned(), Arc::clone(&bytes));
        Ok(Some(bytes))
    }

    fn make(&self, path: &str) -> Result<Option<Vec<u8>>> {
        if let Some(own) = self.own.get(path) {
            return fs::read(own).map(Some).map_err(Error::read(own));
        }
        match self.theme.file(path) {
            Some(file) => Ok(Some(file.bytes.to_vec())),
            None => self.press.file(path, &self.theme),
        }
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Mails {
    /// The present content of the archives; that of `before` if they and the rules have not changed.
    fn read(settings: &Settings, before: Option<&Arc<Self>>) -> Result<Arc<Self>> {
        let rules = super::rules(settings)?;
        let mut stamp = Stamp::of(&settings.root);
        let Settings { lists, cadence, zone, .. } = settings;
        let Settings { quiet_days, machines, redaction, mailmap, .. } = settings;
        stamp.value(&(lists, cadence, zone.iana_name(), quiet_days, machines, redaction));
        stamp.content(mailmap);
        stamp.content(&Edits::file(&settings.root));
        for list in lists {
            list.archives.iter().for_each(|path| archive::stamp(path, &mut stamp));
            list.tree.iter().for_each(|path| archive::stamp_repository(path, &mut stamp));
        }
        let stamp = stamp.finish();
        if let Some(before) = before.filter(|mails| mails.stamp == stamp) {
            return Ok(Arc::clone(before));
        }
        let rules = series::cover(rules, lists)?;
        let pile = series::gather(lists, &rules)?;
        Held::load(settings).check(lists, &pile.held)?;
        let corpus = pile.group(&rules)?;
        let digests = digest::digests(&corpus, None, *cadence, zone);
        Ok(Arc::new(Self { corpus, digests, stamp }))
    }
}

/// A press for these mails, with the present content.
fn start(settings: &Settings, mails: &Arc<Mails>, stamp: String) -> Result<Press> {
    let drafts = if settings.drafts { Drafts::Shown } else { Drafts::Hidden };
    let content = Content::read(&settings.root, drafts)?;
    Press::start(Arc::clone(mails), content, settings.clone(), stamp)
}

/// Everything that determines which pages there are and their content.
fn planned(settings: &Settings, mails: &Mails) -> String {
    let mut stamp = Stamp::of(&settings.root);
    stamp.text(&mails.stamp);
    stamp.value(settings);
    stamp.folder(&settings.root, &settings.root.join("content"));
    stamp.finish()
}

/// Everything that determines every byte.
fn whole(settings: &Settings, planned: &str, own: &BTreeMap<String, PathBuf>) -> String {
    let mut stamp = Stamp::of(&settings.root);
    stamp.text(planned);
    stamp.file(&settings.root.join(config::FILE));
    stamp.folder(&settings.root, &crate::theme::folder(settings));
    own.values().for_each(|path| stamp.file(path));
    stamp.finish()
}
