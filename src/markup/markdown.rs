//! Markdown to HTML, for content pages and editor's notes.
//!
//! In: Markdown by the site's author. Out: finished HTML. Raw HTML is the author's own and stays; the pages' policy
//! keeps it from running anything. A link or picture that begins with `@/` is relative to the site's root:
//! `@/about.md`, `@/2026/w09/`, `@/static/map.svg`. Never here: mail, because nobody wrote it as Markdown.

mod footnotes;
mod moved;
mod ways;

use footnotes::Footnotes;
pub(crate) use moved::{moved, to_text};
pub(crate) use ways::Ways;

use moved::highest;
use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
    TextMergeStream, html,
};
use serde::Serialize;

use crate::{
    markup::{
        excerpt,
        highlight::{self, Language},
    },
    text::{Html, HtmlWriter, Mask, slug},
    url::next_url,
};

/// Extensions of CommonMark that Zola, mdBook and GitHub know.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_SMART_PUNCTUATION)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM);

/// A text as HTML.
pub(crate) struct Written {
    /// Its HTML.
    pub(crate) html: Html,
    /// Its headings, in their order.
    pub(crate) headings: Vec<Heading>,
}

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// Its level on the page: 2 or more, because the title of the page has level 1.
    pub level: usize,
    /// Its `id`.
    pub id: String,
    /// Its text.
    pub title: String,
}

/// The HTML of `markdown`, with links by `ways`. The highest heading gets level `top`, because the page has its own
/// title.
pub(crate) fn to_html(markdown: &str, ways: &Ways<'_>, top: usize) -> Written {
    let writer = Writer {
        ways,
        highest: highest(markdown),
        top,
        events: Vec::new(),
        heading: None,
        links: Vec::new(),
        code: None,
        headings: Vec::new(),
        footnotes: Footnotes::default(),
    };
    writer.write(markdown)
}

/// Writes the events of a text.
struct Writer<'m, 'w> {
    ways: &'w Ways<'w>,
    highest: HeadingLevel,
    top: usize,
    events: Vec<Event<'m>>,
    /// The start of the open heading, and its text so far.
    heading: Option<(usize, String)>,
    /// The links that are open, and whether each leads anywhere.
    links: Vec<bool>,
    /// The code block that is open.
    code: Option<(Language, String)>,
    headings: Vec<Heading>,
    footnotes: Footnotes,
}

impl<'m> Writer<'m, '_> {
    fn write(mut self, markdown: &'m str) -> Written {
        // The parser gives text in pieces: an address with `_` would come in three.
        for event in TextMergeStream::new(Parser::new_ext(markdown, OPTIONS)) {
            self.add(event);
        }
        let mut out = String::with_capacity(markdown.len() * 3 / 2);
        html::push_html(&mut out, self.events.into_iter());
        Written { html: Html::of_author(out), headings: self.headings }
    }

    fn add(&mut self, event: Event<'m>) {
        match event {
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                self.heading = Some((self.events.len(), String::new()));
                let level = below(level, self.highest, self.top);
                self.events.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => {
                let level = below(level, self.highest, self.top);
                self.end_heading(level);
                self.events.push(Event::End(TagEnd::Heading(level)));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = self.ways.resolve(dest_url);
                self.link(Tag::Link { link_type, dest_url, title, id });
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let dest_url = self.ways.resolve(dest_url);
                self.link(Tag::Image { link_type, dest_url, title, id });
            }
            Event::End(end @ (TagEnd::Link | TagEnd::Image)) => {
                let is_shown = self.links.pop().unwrap_or(true);
                self.events.extend(is_shown.then_some(Event::End(end)));
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.code = Some((language(&kind), String::new()))
            }
            Event::End(TagEnd::CodeBlock) => self.end_code(),
            Event::Start(Tag::BlockQuote(Some(kind))) => self.alert(kind),
            Event::End(TagEnd::BlockQuote(Some(_))) => self.markup("</blockquote>\n"),
            Event::TaskListMarker(is_done) => {
                self.events
                    .push(Event::Text(if is_done { "\u{2611} " } else { "\u{2610} " }.into()));
            }
            Event::Text(text) => self.text(text),
            Event::Code(code) => {
                self.heading.iter_mut().for_each(|(_, title)| title.push_str(&code));
                self.events.push(Event::Code(code));
            }
            Event::FootnoteReference(name) => {
                let html = self.footnotes.reference(&name, self.ways);
                self.events.push(Event::InlineHtml(html.into_string().into()));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let html = self.footnotes.begin(&name, self.ways);
                self.events.push(Event::Html(html.into_string().into()));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                let html = self.footnotes.end(self.ways);
                self.events.push(Event::Html(html.into_string().into()));
            }
            other => self.events.push(other),
        }
    }

    /// Writes a link or a picture; if it leads nowhere, only its words.
    fn link(&mut self, tag: Tag<'m>) {
        let (Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = &tag else { return };
        let is_shown = !dest_url.is_empty() || self.ways.home.is_none();
        self.links.push(is_shown);
        self.events.extend(is_shown.then_some(Event::Start(tag)));
    }

    fn markup(&mut self, markup: &'static str) {
        self.events.push(Event::Html(markup.into()));
    }

    /// Gives the heading that ends an id: the one that its author chose, or one from its words.
    fn end_heading(&mut self, level: HeadingLevel) {
        let Some((at, title)) = self.heading.take() else { return };
        let Some(Event::Start(Tag::Heading { id, .. })) = self.events.get_mut(at) else { return };
        let own = match id {
            Some(id) => id.to_string(),
            None => format!("{}{}", self.ways.prefix, slug(&title, LONGEST_NAME)),
        };
        let is_taken =
            |name: &str| name == OF_PAGE || self.headings.iter().any(|heading| heading.id == name);
        let numbered = (1..).map(|n| format!("{own}-{n}"));
        let name = [own.clone()].into_iter().chain(numbered).find(|name| !is_taken(name));
        let name = name.unwrap_or(own);
        *id = Some(name.clone().into());
        self.headings.push(Heading { level: level as usize, id: name, title });
    }

    fn end_code(&mut self) {
        let Some((language, source)) = self.code.take() else { return };
        let mut html = HtmlWriter::new(Mask::NONE);
        html.markup("<pre class=code tabindex=0><code>");
        highlight::write_code(&mut html, language, &source);
        html.markup("</code></pre>\n");
        self.events.push(Event::Html(html.finish().into_string().into()));
    }

    /// A note that stands out, as GitHub writes them: `> [!NOTE]`.
    fn alert(&mut self, kind: BlockQuoteKind) {
        let (class, key) = match kind {
            BlockQuoteKind::Note => ("note", "alert-note"),
            BlockQuoteKind::Tip => ("tip", "alert-tip"),
            BlockQuoteKind::Important => ("important", "alert-important"),
            BlockQuoteKind::Warning => ("warning", "alert-warning"),
            BlockQuoteKind::Caution => ("caution", "alert-caution"),
        };
        let mut html = HtmlWriter::new(Mask::NONE);
        html.markup("<blockquote class=\"alert ").word(class).markup("\">\n<p class=kicker>");
        html.text(self.ways.words.text(key)).markup("</p>\n");
        self.events.push(Event::Html(html.finish().into_string().into()));
    }

    /// Text, in which web addresses are links.
    fn text(&mut self, text: CowStr<'m>) {
        if let Some((_, source)) = &mut self.code {
            source.push_str(&text);
            return;
        }
        if let Some((_, title)) = &mut self.heading {
            title.push_str(&text);
        }
        let mut at = 0;
        while let Some(found) = next_url(&text, at).filter(|_| self.links.is_empty()) {
            let mut html = HtmlWriter::new(Mask::NONE);
            let url = &text[found.clone()];
            html.text(&text[at..found.start]).link(url, url);
            self.events.push(Event::InlineHtml(html.finish().into_string().into()));
            at = found.end;
        }
        match at {
            0 => self.events.push(Event::Text(text)),
            at => self.events.push(Event::Text(text[at..].to_owned().into())),
        }
    }
}

/// The anchor that every page uses.
const OF_PAGE: &str = "main";
/// The most bytes of a heading's id.
const LONGEST_NAME: usize = 80;

/// The language that a code block names.
fn language(kind: &CodeBlockKind<'_>) -> Language {
    match kind {
        CodeBlockKind::Fenced(info) => {
            Language::named(info.split([' ', ',']).next().unwrap_or_default())
        }
        CodeBlockKind::Indented => Language::Plain,
    }
}

/// The text of `markdown` without markup, with its line breaks.
pub(crate) fn plain(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, OPTIONS) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::CodeBlock,
            ) => text.push('\n'),
            _ => {}
        }
    }
    text
}

/// The first paragraph of `markdown` without its marks, at most `limit` bytes.
pub(crate) fn excerpt(markdown: &str, limit: usize) -> String {
    let mut text = String::new();
    let mut inside = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Start(Tag::Paragraph) => inside = true,
            Event::End(TagEnd::Paragraph) => break,
            Event::Text(part) | Event::Code(part) if inside => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak if inside => text.push(' '),
            _ => {}
        }
    }
    excerpt::of(&text, limit)
}

/// The level of a heading, if the highest one of the text gets level `top`.
fn below(level: HeadingLevel, highest: HeadingLevel, top: usize) -> HeadingLevel {
    HeadingLevel::try_from(top + level as usize - highest as usize).unwrap_or(HeadingLevel::H6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    #[test]
    fn links_from_the_root_are_made_relative() {
        for (markdown, html) in [
            ("[a](@/about.md)", "<p><a href=\"../about/index.html\">a</a></p>\n"),
            ("[a](@/guide/index.md#x)", "<p><a href=\"../guide/index.html#x\">a</a></p>\n"),
            ("[a](@/2026/w09/)", "<p><a href=\"../2026/w09/index.html\">a</a></p>\n"),
            ("[a](https://example.org/)", "<p><a href=\"https://example.org/\">a</a></p>\n"),
            ("![m](map.png)", "<p><img src=\"../guide/map.png\" alt=\"m\" /></p>\n"),
            (
                "# Head\n## Sub\n## Sub\n## Main\n## X {#main}",
                "<h2 id=\"head\">Head</h2>\n<h3 id=\"sub\">Sub</h3>\n<h3 id=\"sub-1\">Sub</h3>\n\
                 <h3 id=\"main-1\">Main</h3>\n<h3 id=\"main-2\">X</h3>\n",
            ),
            ("- [x] a\n- [ ] b", "<ul>\n<li>\u{2611} a</li>\n<li>\u{2610} b</li>\n</ul>\n"),
            (
                "> [!NOTE]\n> Read *it*.",
                "<blockquote class=\"alert note\">\n<p class=kicker>Note</p>\n<p>Read <em>it</em>.</p>\n</blockquote>\n",
            ),
            (
                "See https://example.org/a_b_c. `https://x.org` [https://y.org](https://z.org)",
                "<p>See <a href=\"https://example.org/a_b_c\">https://example.org/a_b_c</a>. \
                 <code>https://x.org</code> <a href=\"https://z.org\">https://y.org</a></p>\n",
            ),
            (
                "```c\nint a; // <\n```",
                "<pre class=code tabindex=0><code><b>int</b> a; <i>// &lt;</i>\n</code></pre>\n",
            ),
            ("### Head", "<h2 id=\"head\">Head</h2>\n"),
        ] {
            let file_of = |page: &str| format!("{page}/index.html");
            let ways = Ways {
                root: "../",
                up: "",
                file_of: &file_of,
                home: None,
                beside: &|path| (path == "map.png").then(|| "guide/map.png".to_owned()),
                prefix: "",
                words: Words::english(),
            };
            assert_eq!(to_html(markdown, &ways, 2).html.as_str(), html, "{markdown}");
        }
    }
}
