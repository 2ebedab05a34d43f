//! The author's own pages: `content/**/*.md`.
//!
//! In: the folder `content`. Out: pages with checked front matter, the editor's notes on digests
//! (`content/digests/2026-w09.md`), and the introduction of the front page (`content/index.md`). Never here: HTML
//! (see [`markdown`]).

mod asks;
mod order;

use jiff::{civil, tz::TimeZone};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};
use walkdir::WalkDir;

use crate::{
    date::Timestamp,
    error::{Error, Note, NoteKind, Place, Reason, Result},
    markup::markdown,
    plan::route::{Route, safe_name},
    text_file, yaml,
};

pub(crate) use asks::{Asks, DigestAsk, SeriesAsk};
use order::Order;

/// The folder of the editor's notes below `content`.
const NOTES: &str = "digests/";

/// Everything that the author wrote.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// The pages, by `order`, then title.
    pub pages: Vec<ContentPage>,
    /// Where the pages are: every page asks.
    pub(crate) order: Order,
    /// The notes on digests, by the last part of the digest's address (`2026-w09`).
    pub notes: BTreeMap<String, ContentPage>,
    /// The introduction of the front page.
    pub intro: Option<ContentPage>,
    /// Pictures beside pages, by their paths below `content`; the site has the same paths.
    pub pictures: BTreeSet<String>,
    /// Links that were left out: a contributor who proposes a page must not be able to publish any file of the
    /// machine.
    pub left_out: Vec<Note>,
}

/// One Markdown file.
#[derive(Debug, Clone, Hash)]
pub struct ContentPage {
    /// Its file.
    pub file: PathBuf,
    /// Its path below `content`, `/` between the parts, without `.md`.
    pub path: String,
    /// Its address; without meaning for notes and the introduction.
    pub route: Route,
    /// Its title: that of the front matter, otherwise its first heading, otherwise its file's name; a note's may be
    /// empty.
    pub title: String,
    /// One sentence about it; may be empty.
    pub description: String,
    /// Its author; may be empty.
    pub author: String,
    /// Its date as written; may be empty.
    pub date: String,
    /// Its position in the navigation, smallest first.
    pub order: i64,
    /// Its earlier addresses, which lead to it.
    pub aliases: Vec<Route>,
    /// Whether it has a table of contents; by default, pages with many headings do.
    pub toc: Option<bool>,
    /// Its Markdown, without the front matter and the heading that became its title.
    pub markdown: String,
    /// The data that it selects.
    pub(crate) asks: Asks,
}

/// The keys of a front matter.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    title: Option<String>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    author: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    draft: bool,
    #[serde(default)]
    order: i64,
    toc: Option<bool>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    template: String,
    #[serde(default)]
    extra: serde_json::Map<String, serde_json::Value>,
    #[serde(default)]
    series: BTreeMap<String, SeriesAsk>,
    #[serde(default)]
    digests: BTreeMap<String, DigestAsk>,
}

/// Whether pages marked as drafts are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// They are shown.
    Shown,
    /// They are left out.
    Hidden,
}

/// The extensions of pictures, films and documents that a page can show.
const PICTURES: [&str; 11] =
    ["avif", "gif", "jpeg", "jpg", "mp4", "pdf", "png", "svg", "webm", "webp", "ico"];

/// Whether a file beside pages is published with them, as Zola and mdBook do. Other files, such as mail archives, are
/// not published.
pub(crate) fn is_picture(file: &Path) -> bool {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|ending| PICTURES.contains(&&*ending))
}

/// The path of a file below a folder, `/` between the parts.
fn below(file: &Path, folder: &Path) -> String {
    let path = file.strip_prefix(folder).unwrap_or(file);
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

impl ContentPage {
    /// Its text, without markup.
    pub fn text(&self) -> String {
        markdown::plain(&self.markdown)
    }

    /// The moment of its date, if it has one. A date without a time means midnight in `zone`; a time without an
    /// offset is local to `zone`.
    pub(crate) fn published(&self, zone: &TimeZone) -> Option<Timestamp> {
        let moment = self.date.parse::<jiff::Timestamp>().ok();
        let local = || self.date.parse::<civil::DateTime>().ok()?.to_zoned(zone.clone()).ok();
        let moment = moment.or_else(|| Some(local()?.timestamp()))?;
        Some(Timestamp(moment.as_second()))
    }

    /// What it is about: its description, otherwise its first paragraph, cut to `limit` bytes.
    pub fn about(&self, limit: usize) -> String {
        match self.description.as_str() {
            "" => markdown::excerpt(&self.markdown, limit),
            description => description.to_owned(),
        }
    }
}

impl Content {
    /// The file of the site to which a relative link on a page leads: another page by its source (`other.md`), or a
    /// picture.
    pub(crate) fn beside(&self, page: &ContentPage, link: &str) -> Option<String> {
        let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in link.split('/') {
            match part {
                "." | "" => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        match path.strip_suffix(".md") {
            Some(source) => {
                let number = self.order.number(source)?;
                self.pages.get(number).map(|page| page.route.file())
            }
            None => self.pictures.contains(&path).then_some(path),
        }
    }

    /// Reads the folder `content` of a site; without it, there are no such pages.
    ///
    /// # Errors
    /// A file that cannot be read or is not UTF-8, invalid front matter, two files with one address.
    pub fn read(root: &Path, drafts: Drafts) -> Result<Self> {
        let folder = root.join("content");
        let mut content = Self::default();
        let found = match fs::symlink_metadata(&folder) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(content),
            // An unreadable folder does not mean a site without pages.
            found => found.map_err(Error::read(&folder))?,
        };
        if found.is_symlink() {
            content.leave_out(&folder);
        }
        if !found.is_dir() {
            return Ok(content);
        }
        for entry in WalkDir::new(&folder).sort_by_file_name() {
            let entry = entry.map_err(Error::walk(&folder))?;
            if entry.path_is_symlink() {
                content.leave_out(entry.path());
            }
            if !entry.file_type().is_file() {
                continue;
            }
            if entry.path().extension().is_some_and(|e| e == "md") {
                content.add(entry.path(), &folder, drafts)?;
            } else if is_picture(entry.path()) {
                content.pictures.insert(below(entry.path(), &folder));
            }
        }
        content
            .pages
            .sort_by(|a, b| (a.order, &a.title, &a.file).cmp(&(b.order, &b.title, &b.file)));
        content.check_addresses()?;
        content.order = Order::of(&content.pages);
        Ok(content)
    }

    /// The templates that pages name.
    pub(crate) fn templates(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().map(|page| page.asks.template.as_str()).filter(|name| !name.is_empty())
    }

    /// Leaves out a link and its target.
    fn leave_out(&mut self, link: &Path) {
        let why = "it is a symbolic link, and links in `content` are not followed";
        let place = Place::File(Arc::from(link));
        self.left_out.push(Note::new(NoteKind::Skipped, why).at(place));
    }

    fn add(&mut self, file: &Path, folder: &Path, drafts: Drafts) -> Result<()> {
        let source = text_file::read(file)?;
        let path = below(&file.with_extension(""), folder);
        let Some(page) = parse(file, &path, &source, drafts)? else { return Ok(()) };
        match path.strip_prefix(NOTES) {
            Some(name) => {
                self.notes.insert(name.to_lowercase(), page);
            }
            None if path == "index" || path == "_index" => self.intro = Some(page),
            None => self.pages.push(page),
        }
        Ok(())
    }

    fn check_addresses(&self) -> Result<()> {
        let mut seen = BTreeMap::new();
        for page in &self.pages {
            if let Some(first) = seen.insert(page.route.file(), &page.file) {
                let reason = format!("has the same address as `{}`", first.display());
                return Err(front_matter(&page.file, 0, 0, reason.into()));
            }
        }
        Ok(())
    }
}

/// Parses one file; `None` if it is a draft and drafts are hidden.
fn parse(file: &Path, path: &str, source: &str, drafts: Drafts) -> Result<Option<ContentPage>> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source).replace("\r\n", "\n");
    let (yaml, body) = split(file, &source)?;
    let matter: FrontMatter = read_yaml(file, yaml)?;
    check_date(file, yaml, &matter.date)?;
    if matter.draft && drafts == Drafts::Hidden {
        return Ok(None);
    }
    let (heading, markdown) = first_heading(body);
    let name = path.rsplit('/').next().unwrap_or(path);
    // Zola calls the page of a folder `_index.md`.
    let folder = path.strip_suffix("/index").or(path.strip_suffix("/_index")).unwrap_or(path);
    let (title, markdown) = match (matter.title, heading) {
        (Some(title), _) => (title, body),
        (None, Some(heading)) => (heading.to_owned(), markdown),
        (None, None) if path.starts_with(NOTES) => (String::new(), body),
        (None, None) => (name.replace(['-', '_'], " "), body),
    };
    Ok(Some(ContentPage {
        file: file.to_owned(),
        route: Route::content(folder),
        title,
        description: matter.description,
        author: matter.author,
        date: matter.date,
        order: matter.order,
        toc: matter.toc,
        aliases: matter.aliases.iter().map(|old| alias(file, yaml, old)).collect::<Result<_>>()?,
        path: path.to_owned(),
        markdown: markdown.to_owned(),
        asks: Asks {
            template: matter.template,
            extra: matter.extra.into(),
            series: matter.series,
            digests: matter.digests,
        }
        .checked()
        .map_err(|reason| front_matter(file, 0, 0, reason))?,
    }))
}

/// The YAML between the two `---` lines, if there are any, and the rest.
fn split<'a>(file: &Path, source: &'a str) -> Result<(&'a str, &'a str)> {
    if source.starts_with("+++\n") {
        let reason = Reason::new("the front matter is TOML (`+++`)");
        let hint = "write it as YAML between two lines `---`, as in `title: About us`";
        return Err(front_matter(file, 1, 1, reason.hint(hint)));
    }
    let Some(rest) = source.strip_prefix("---\n") else { return Ok(("", source)) };
    if let Some(body) = rest.strip_prefix("---\n") {
        return Ok(("", body));
    }
    match rest.split_once("\n---\n") {
        Some(parts) => Ok(parts),
        None => match rest.strip_suffix("\n---") {
            Some(yaml) => Ok((yaml, "")),
            None => Err(front_matter(file, 1, 1, "the front matter has no closing `---`".into())),
        },
    }
}

fn read_yaml(file: &Path, text: &str) -> Result<FrontMatter> {
    yaml::parse(text).map_err(|yaml::Mistake { line, column, reason }| {
        let reason = reason.said(|what| format!("the front matter is invalid: {what}"));
        // The line `---` is above it.
        front_matter(file, line + 1, column, reason)
    })
}

/// An earlier address of a page, in the forms of Zola and mdBook: `old/page`, `/old/page/`, `old/page.html`.
fn alias(file: &Path, yaml: &str, old: &str) -> Result<Route> {
    let path = old.trim_matches('/').trim_end_matches("/index.html");
    let is_name = |part: &str| {
        !matches!(part, "" | "." | "..")
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    if path.split('/').all(is_name) {
        return Ok(Route::Alias(path.into()));
    }
    let line = yaml.lines().position(|line| line.contains(old)).map_or(0, |at| at + 2);
    let reason = Reason::new(format!("`{old}` is not a path of this site"));
    Err(front_matter(file, line, 0, reason.hint("an alias looks like `old/page`")))
}

/// A date, if given, must be an existing day, with or without a time.
fn check_date(file: &Path, yaml: &str, date: &str) -> Result<()> {
    let is_day = || date.parse::<civil::Date>().is_ok();
    let is_moment = || date.parse::<civil::DateTime>().is_ok();
    if date.is_empty() || is_day() || is_moment() || date.parse::<jiff::Timestamp>().is_ok() {
        return Ok(());
    }
    let line = yaml.lines().position(|line| line.starts_with("date:")).map_or(0, |at| at + 2);
    let reason = Reason::new(format!("`{date}` is not a date"));
    Err(front_matter(file, line, 0, reason.hint("a date looks like `2026-02-28`")))
}

/// A `# heading` in the first line of the text, and the rest of the text.
fn first_heading(body: &str) -> (Option<&str>, &str) {
    let text = body.trim_start_matches('\n');
    match text.strip_prefix("# ") {
        Some(rest) => {
            let (heading, rest) = rest.split_once('\n').unwrap_or((rest, ""));
            (Some(heading.trim().trim_end_matches('#').trim_end()), rest)
        }
        None => (None, text),
    }
}

fn front_matter(file: &Path, line: usize, column: usize, reason: Reason) -> Error {
    Error::FrontMatter { path: file.to_owned(), line, column, reason }
}

/// The name of a digest's note: `2026-w09`, or `<from>..<to>`.
pub(crate) fn note_name(period: &crate::digest::Period) -> String {
    match period {
        crate::digest::Period::Span { label, .. } => label.to_lowercase(),
        crate::digest::Period::Range { from, to } => {
            format!("{}..{}", safe_name(from), safe_name(to))
        }
    }
}

#[cfg(test)]
mod tests;
