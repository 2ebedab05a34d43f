//! A digest outside the site: the content of its page as text, as Markdown, as HTML, as a mail.
//!
//! In: a digest. Out: one document; its links are absolute URLs of the site, or missing if the address of the site
//! is unknown. All formats are written from a `Document`. Never here: its content (the page stage makes it), a
//! clock.

mod fit;
mod html;
mod mail;

pub use mail::Envelope;

use serde_json::Value;

use crate::{
    config::Settings,
    digest::{Digest, Messages},
    error::Result,
    json,
    message::TextReader,
    page::{
        digest::{
            document::{Document, Item, Section},
            markdown, text, told,
        },
        part::{place::Place, row::Excerpts, view::Link},
    },
    plan::{self, Content, Log, Reader},
    series::Corpus,
};

/// The format.
#[derive(Debug, Clone, Copy)]
pub enum Form<'a> {
    /// Plain text in the format of the KVM list's digest, with these mails.
    Text(Messages),
    /// CommonMark.
    Markdown,
    /// HTML for mail programs: no style, no class, few elements.
    Html,
    /// A message (RFC 5322) with the same content as text and as HTML.
    Mail(&'a Envelope),
    /// A line of JSON: this object of [`export`](crate::export), with masked addresses, then the note and the sections.
    Json(&'a Value),
}

/// A digest in a format. Links lead to the site of `settings` if it has a `base_url`.
///
/// # Errors
/// Fails with [`Error::Usage`](crate::error::Error::Usage) for a mail without a sender or a recipient.
pub fn write(
    texts: &TextReader,
    corpus: &Corpus,
    digest: Digest,
    settings: &Settings,
    content: &Content,
    form: Form<'_>,
) -> Result<String> {
    let list = digest.list.map(|list| &*corpus.lists[usize::from(list.0)]);
    let name = list.unwrap_or(&settings.title).to_owned();
    let of_list = digest.list;
    // A page covers all lists together: this digest takes its place.
    let digests = [Digest { list: None, ..digest }];
    let plan = plan::plan(texts, corpus, &digests, content, settings)?;
    let log = Log::default();
    let reader = Reader::new(&plan, &log);
    if let Form::Text(messages) = form {
        return Ok(text::seed(reader, 0, &name, messages));
    }
    let document = Document::new(reader, 0, &name, Place::of(settings), Excerpts::With);
    Ok(match form {
        Form::Text(_) => String::new(),
        Form::Json(line) => {
            let line = json::masked(line, reader.mask());
            let told = json::text(&told::told(&document));
            let (line, told) = (line.strip_suffix('}'), told.strip_prefix('{'));
            format!("{},{}\n", line.unwrap_or_default(), told.unwrap_or_default())
        }
        Form::Markdown => markdown::write(&document, &settings.words, reader.mask()),
        Form::Html => html::write(&document, settings).into_string(),
        Form::Mail(envelope) => {
            let about = mail::About { list: of_list, digest: &digests[0], corpus, settings };
            fit::mail(document, &about, envelope)?
        }
    })
}
