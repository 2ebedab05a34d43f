//! Markdown to HTML, for content pages and editor's notes.
//!
//! In: Markdown by the site's author. Out: finished HTML. Raw HTML is the author's own and stays; the
//! pages' policy keeps it from running anything. A link or picture that begins with `@/` counts from the
//! site's root: `@/about.md`, `@/2026/w09/`, `@/static/map.svg`.
//! Never here: mail (nobody wrote it as Markdown).

mod moved;
mod ways;

pub(crate) use moved::{moved, to_text};
pub(crate) use ways::Ways;

use moved::highest;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::{
    markup::{
        excerpt,
        highlight::{self, Language},
    },
    text::{Html, HtmlWriter, Mask},
};

/// Besides CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_SMART_PUNCTUATION)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

/// The HTML of `markdown`, whose links lead by `ways`. The highest heading becomes level `top`, as the page has its title.
pub(crate) fn to_html(markdown: &str, ways: &Ways<'_>, top: usize) -> Html {
    let highest = highest(markdown);
    let lower = |level| below(level, highest, top);
    let events = Parser::new_ext(markdown, OPTIONS).map(|event| match event {
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: lower(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: ways.resolve(dest_url), title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: ways.resolve(dest_url), title, id })
        }
        other => other,
    });
    let mut code: Option<(Language, String)> = None;
    let events = events.filter_map(|event| match event {
        Event::Start(Tag::CodeBlock(kind)) => {
            code = Some((language(&kind), String::new()));
            None
        }
        Event::Text(text) if code.is_some() => {
            code.iter_mut().for_each(|(_, source)| source.push_str(&text));
            None
        }
        Event::End(TagEnd::CodeBlock) => {
            let (language, source) = code.take()?;
            let mut html = HtmlWriter::new(Mask::NONE);
            html.markup("<pre class=code tabindex=0><code>");
            highlight::write_code(&mut html, language, &source);
            html.markup("</code></pre>\n");
            Some(Event::Html(html.finish().into_string().into()))
        }
        other => Some(other),
    });
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut out, events);
    Html::of_author(out)
}

/// The language that a code block names.
fn language(kind: &CodeBlockKind<'_>) -> Language {
    match kind {
        CodeBlockKind::Fenced(info) => {
            Language::named(info.split([' ', ',']).next().unwrap_or_default())
        }
        CodeBlockKind::Indented => Language::Plain,
    }
}

/// What `markdown` says without its marks, a line where it has one.
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

/// A heading's level where the highest of the text becomes `top`.
fn below(level: HeadingLevel, highest: HeadingLevel, top: usize) -> HeadingLevel {
    HeadingLevel::try_from(top + level as usize - highest as usize).unwrap_or(HeadingLevel::H6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_from_the_root_are_made_relative() {
        for (markdown, html) in [
            ("[a](@/about.md)", "<p><a href=\"../about/index.html\">a</a></p>\n"),
            ("[a](@/guide/index.md#x)", "<p><a href=\"../guide/index.html#x\">a</a></p>\n"),
            ("[a](@/2026/w09/)", "<p><a href=\"../2026/w09/index.html\">a</a></p>\n"),
            ("[a](https://example.org/)", "<p><a href=\"https://example.org/\">a</a></p>\n"),
            ("# Head\n## Sub", "<h2>Head</h2>\n<h3>Sub</h3>\n"),
            (
                "```c\nint a; // <\n```",
                "<pre class=code tabindex=0><code><b>int</b> a; <i>// &lt;</i>\n</code></pre>\n",
            ),
            ("### Head", "<h2>Head</h2>\n"),
        ] {
            let file_of = |page: &str| format!("{page}/index.html");
            let ways = Ways { root: "../", file_of: &file_of, home: None };
            assert_eq!(to_html(markdown, &ways, 2).as_str(), html);
        }
    }
}
