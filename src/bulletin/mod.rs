//! A digest for elsewhere: what its page says, as Markdown, as HTML, as a mail.
//!
//! In: a digest. Out: one document; its links are whole addresses of the site, or none where nobody knows
//! where the site will be. Sections and rows are those of the digest's page. Never here: what is in a
//! section (the page stage knows), a clock.

mod html;
mod mail;
mod markdown;

pub use mail::Envelope;

use crate::{
    config::{LOCAL_URL, Settings},
    date::Cadence,
    digest::{self, Digest, Period, write_text},
    error::Result,
    message::TextReader,
    page::{
        self,
        digest::view::DigestView,
        part::{
            row::view::{SeriesRow, ThreadRow},
            view::{Link, RankRow},
        },
    },
    plan::{self, Content, Log, Reader, Route},
    say,
    series::Corpus,
    url,
    words::Words,
};

/// In what form.
#[derive(Debug, Clone, Copy)]
pub enum Form<'a> {
    /// CommonMark.
    Markdown,
    /// HTML that readers of mail take: no style, no class, few elements.
    Html,
    /// A message (RFC 5322) with the text digest first and the HTML second.
    Mail(&'a Envelope),
}

/// A digest in a form. Links lead to the site of `settings` where it has a `base_url`.
///
/// # Errors
/// [`Error::Usage`](crate::error::Error::Usage) for a mail without a sender.
pub fn write(
    texts: &TextReader,
    corpus: &Corpus,
    digest: Digest,
    settings: &Settings,
    form: Form<'_>,
) -> Result<String> {
    let list = digest.list.map(|list| &*corpus.lists[usize::from(list.0)]);
    let name = list.unwrap_or(&settings.title).to_owned();
    // A page is one of all lists together: this digest takes its place.
    let digests = [Digest { list: None, ..digest }];
    let content = Content::default();
    let plan = plan::plan(texts, corpus, &digests, &content, settings)?;
    // The page for what is not there is served at any depth: its links are whole paths, as ours are.
    let log = Log::default();
    let view = page::digest::digest(Reader::new(&plan, &log), &Route::NotFound, 0);
    let document = Document::new(&name, &digests[0], &view, settings);
    Ok(match form {
        Form::Markdown => markdown::write(&document),
        Form::Html => html::write(&document, &settings.language).into_string(),
        Form::Mail(envelope) => {
            let text =
                write_text(texts, corpus, &digests[0], &name, settings.top, digest::Words::Quoted);
            let html = html::write(&document, &settings.language);
            let about = mail::About { list: digest.list, digest: &digests[0], corpus, settings };
            mail::write(&document.title, &about, envelope, &text, html.as_str())?
        }
    })
}

/// What a digest says, in no form yet. A link without an address is its words.
#[derive(Debug)]
struct Document {
    /// `linux-mtd: week 9, 2026`, to its page.
    title: Link,
    /// The period and its numbers, in a sentence.
    about: String,
    sections: Vec<Section>,
}

/// Items under a heading.
#[derive(Debug)]
struct Section {
    heading: String,
    about: String,
    items: Vec<Item>,
}

/// A series, a thread, a person.
#[derive(Debug, Default)]
struct Item {
    head: Option<Link>,
    /// What else is known, in few words each.
    facts: Vec<Link>,
    /// What it is about, in a sentence or two; may be empty.
    text: String,
    /// What has changed.
    points: Vec<String>,
}

impl Document {
    fn new(name: &str, digest: &Digest, view: &DigestView<'_>, settings: &Settings) -> Self {
        let (site, words) = (Whole::new(settings), &settings.words);
        let rows = view.sections.iter().map(|section| Section {
            heading: section.heading.to_owned(),
            about: section.about.to_owned(),
            items: section
                .series
                .iter()
                .map(|row| site.series(row))
                .chain(section.threads.iter().map(|row| site.thread(row)))
                .collect(),
        });
        let mut sections: Vec<Section> = rows.collect();
        for (heading, about, rows) in [
            ("top-contributors", "top-contributors-about", &view.contributors),
            ("top-domains", "top-domains-about", &view.domains),
            ("top-reviewers", "top-reviewers-about", &view.reviewers),
        ] {
            let items: Vec<Item> = rows.iter().map(rank).collect();
            if !items.is_empty() {
                let (heading, about) =
                    (words.text(heading).to_owned(), words.text(about).to_owned());
                sections.push(Section { heading, about, items });
            }
        }
        let numbers = view.counts.iter().map(|count| format!("{} {}", count.number, count.label));
        let numbers = numbers.collect::<Vec<_>>().join(", ");
        let span = if view.span.is_empty() { "" } else { ": " };
        Self {
            title: Link {
                label: say!(
                    words,
                    "bulletin-title",
                    list = name,
                    digest = &lowered(words, &digest.period, &view.heading)
                ),
                url: site.address(&Route::digest(&digest.period).absolute(site.path)),
            },
            about: format!("{}{span}{numbers}.", view.span),
            sections,
        }
    }
}

/// `week 9, 2026`: months and days have capitals of their own.
fn lowered(words: &Words, period: &Period, heading: &str) -> String {
    match period {
        Period::Span { cadence: Cadence::Week, label, .. } => match label.split_once("-W") {
            Some((year, week)) => {
                let week = week.trim_start_matches('0');
                say!(words, "period-week-inside", week = week, year = year)
            }
            None => heading.to_owned(),
        },
        _ => heading.to_owned(),
    }
}

/// Makes addresses of paths.
struct Whole<'a> {
    /// Scheme and host; absent where the site has no place yet.
    origin: Option<&'a str>,
    /// The site's path.
    path: &'a str,
    words: &'a Words,
}

impl<'a> Whole<'a> {
    fn new(settings: &'a Settings) -> Self {
        let base = &*settings.base_url;
        let path = url::path(base);
        let origin = (base != LOCAL_URL).then(|| base.strip_suffix(path).unwrap_or(base));
        Self { origin, path, words: &settings.words }
    }

    /// The whole address of a path of the site; other addresses stay as they are.
    fn address(&self, to: &str) -> String {
        match self.origin {
            Some(origin) if to.starts_with('/') => format!("{origin}{to}"),
            _ if to.contains("://") => to.to_owned(),
            _ => String::new(),
        }
    }

    fn link(&self, label: impl Into<String>, to: &str) -> Link {
        Link { label: label.into(), url: self.address(to) }
    }

    fn series(&self, row: &SeriesRow<'_>) -> Item {
        let mut words: Vec<String> = row.tags.iter().map(|tag| (*tag).to_owned()).collect();
        words.extend((!row.version.is_empty()).then(|| row.version.clone()));
        words.push(say!(self.words, "by-who", who = row.author.name));
        words.extend(row.posted.as_ref().map(|posted| posted.short.clone()));
        words.extend((row.patches > 1).then(|| say!(self.words, "patches", n = row.patches)));
        words.extend((row.missing > 0).then(|| say!(self.words, "missing-count", n = row.missing)));
        words.extend((!row.place.is_empty()).then(|| row.place.clone()));
        words.extend((row.added + row.deleted > 0).then(|| churn(row.added, row.deleted)));
        let answers = row.replies_now as usize;
        words.extend((answers > 0).then(|| say!(self.words, "new-replies", n = answers)));
        words.extend(row.lists.iter().map(|list| say!(self.words, "on-list", list = *list)));
        let plain = words.into_iter().map(|label| Link { label, url: String::new() });
        let happened = row.happened.iter().map(|h| self.link(&*h.label, &h.url));
        let verdicts = row.verdicts.iter().map(|verdict| self.link(&*verdict.label, &verdict.url));
        Item {
            head: Some(self.link(&*row.title, &row.url)),
            facts: happened.chain(plain).chain(verdicts).collect(),
            text: row.excerpt.clone(),
            points: row.changes.clone(),
        }
    }

    fn thread(&self, row: &ThreadRow<'_>) -> Item {
        let mut words = vec![say!(self.words, "by-who", who = row.author.name)];
        words.extend(row.posted.as_ref().map(|posted| posted.short.clone()));
        words.extend((row.messages > 1).then(|| say!(self.words, "messages", n = row.messages)));
        let facts = words.into_iter().map(|label| Link { label, url: String::new() }).collect();
        Item { head: Some(self.link(&*row.title, &row.url)), facts, ..Item::default() }
    }
}

fn rank(row: &RankRow<'_>) -> Item {
    let label = format!("{}: {}", row.name, row.count);
    Item { facts: vec![Link { label, url: String::new() }], ..Item::default() }
}

/// `+12 −3`.
fn churn(added: u64, deleted: u64) -> String {
    format!("+{added} \u{2212}{deleted}")
}
