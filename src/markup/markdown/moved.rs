//! An author's text for other places: as Markdown in another document, and as plain text.
//!
//! In: Markdown. Out: the same words. Never here: HTML.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::{OPTIONS, ways::Ways};
use crate::text::{WIDTH, wrapped};

/// `markdown` with links that lead from anywhere, its highest heading at `level`.
pub(crate) fn moved(markdown: &str, ways: &Ways<'_>, level: usize) -> String {
    let parser = Parser::new_ext(markdown, OPTIONS);
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut address = |span: Range<usize>, url: &str, there: &str| {
        if let Some(at) = markdown[span.clone()].rfind(url).filter(|_| url != there) {
            let start = span.start + at;
            changes.push((start..start + url.len(), there.to_owned()));
        }
    };
    let definitions = parser.reference_definitions().iter();
    let definitions: Vec<_> = definitions
        .map(|(_, definition)| (definition.span.clone(), definition.dest.to_string()))
        .collect();
    for (span, url) in definitions {
        let there = ways.resolve(url.as_str().into());
        address(span, &url, &there);
    }
    let highest = super::highest(markdown) as usize;
    let mut marks = Vec::new();
    for (event, span) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let there = ways.resolve(dest_url.clone());
                // A reference link has its address in the definition.
                if markdown[span.clone()].ends_with([')', '>']) {
                    address(span, &dest_url, &there);
                }
            }
            Event::Start(Tag::Heading { .. }) if markdown[span.start..].starts_with('#') => {
                let deeper = level.saturating_sub(highest);
                marks.push((span.start..span.start, "#".repeat(deeper)));
            }
            _ => {}
        }
    }
    changes.extend(marks);
    changes.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    changes.dedup_by_key(|(span, _)| span.start);
    let mut out = markdown.to_owned();
    for (span, words) in changes {
        out.replace_range(span, &words);
    }
    out.trim().to_owned()
}

/// `markdown` as plain text with lines for mails; addresses follow the words of their links.
pub(crate) fn to_text(markdown: &str, ways: &Ways<'_>) -> String {
    let mut text = Text::default();
    for event in Parser::new_ext(markdown, OPTIONS) {
        text.add(event, ways);
    }
    text.flush();
    text.out.trim_end().to_owned()
}

/// A text that is being written.
#[derive(Default)]
struct Text {
    out: String,
    /// The paragraph so far.
    line: String,
    /// The numbers of the open lists; `None` for one with bullets.
    lists: Vec<Option<u64>>,
    /// The text before the next paragraph of an item.
    bullet: String,
    quotes: usize,
    links: Vec<String>,
    is_code: bool,
    is_tight: bool,
}

impl Text {
    fn add(&mut self, event: Event<'_>, ways: &Ways<'_>) {
        match event {
            Event::Start(Tag::List(first)) => {
                self.flush();
                self.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                self.flush();
                self.lists.pop();
                self.is_tight = false;
            }
            Event::Start(Tag::Item) => {
                self.flush();
                self.bullet = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
            }
            Event::End(TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => {
                self.flush();
                self.is_tight = true;
            }
            Event::End(TagEnd::DefinitionListTitle) => {
                self.flush();
                self.is_tight = true;
            }
            Event::Start(Tag::DefinitionListDefinition) => {
                self.lists.push(None);
                self.bullet = "  ".to_owned();
            }
            Event::End(TagEnd::DefinitionListDefinition) => {
                self.flush();
                self.lists.pop();
            }
            Event::Start(Tag::BlockQuote(_)) => {
                self.flush();
                self.quotes += 1;
            }
            Event::End(TagEnd::BlockQuote(_)) => {
                self.flush();
                self.quotes -= 1;
            }
            Event::Start(Tag::CodeBlock(_)) => self.is_code = true,
            Event::End(TagEnd::CodeBlock) => {
                let code = std::mem::take(&mut self.line);
                self.gap();
                code.lines().for_each(|line| self.out.extend(["    ", line, "\n"]));
                self.is_code = false;
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                self.links.push(ways.resolve(dest_url).to_string());
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let url = self.links.pop().unwrap_or_default();
                if !url.is_empty() && !self.line.ends_with(&url) {
                    self.line.extend([" <", &url, ">"]);
                }
            }
            Event::Text(words) | Event::Code(words) => self.line.push_str(&words),
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak | Event::Rule => {
                self.flush();
                self.is_tight = true;
            }
            Event::TaskListMarker(is_done) => {
                self.line.push_str(if is_done { "[x] " } else { "[ ] " })
            }
            Event::End(TagEnd::TableCell) => self.line.push_str("  "),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => self.flush(),
            _ => {}
        }
    }

    /// Writes a blank line, except between the items of a list.
    fn gap(&mut self) {
        if !self.out.is_empty() && !self.is_tight {
            self.out.push('\n');
        }
        self.is_tight = false;
    }

    /// Writes the paragraph so far.
    fn flush(&mut self) {
        if self.is_code || self.line.trim().is_empty() {
            return;
        }
        self.gap();
        let depth = self.lists.len().saturating_sub(1) * 2;
        let first = format!("{}{}{}", "> ".repeat(self.quotes), " ".repeat(depth), self.bullet);
        let below = match self.bullet.is_empty() && self.lists.is_empty() {
            true => first.clone(),
            false => format!("{}{}", "> ".repeat(self.quotes), " ".repeat(depth + 2)),
        };
        let line = std::mem::take(&mut self.line);
        wrapped(&mut self.out, line.trim(), &first, &below, WIDTH);
        self.bullet.clear();
    }
}

/// The level of the highest heading of a text.
pub(super) fn highest(markdown: &str) -> HeadingLevel {
    let levels = Parser::new_ext(markdown, OPTIONS).filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level),
        _ => None,
    });
    levels.min().unwrap_or(HeadingLevel::H2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    const NOTE: &str = "# Big\n\nSee [the *list*](@/about.md), ![map](x.png) and [that][it].\nMore.\n\n\
                        - one\n- two\n  more\n\n1. a\n\n> quoted\n\nLamp\n: a light\n\n```c\nint a;\n```\n\n[it]: ../w08/ \"t\"\n";

    fn of<T>(make: impl Fn(&Ways<'_>) -> T) -> T {
        let file_of = |page: &str| format!("{page}/index.html");
        make(&Ways {
            root: "https://example.org/",
            up: "",
            file_of: &file_of,
            home: Some("https://example.org/2026/w09/"),
            beside: &|_| None,
            prefix: "",
            words: Words::english(),
        })
    }

    #[test]
    fn markdown_moves() {
        assert_eq!(
            of(|ways| moved(NOTE, ways, 3)),
            "### Big\n\nSee [the *list*](https://example.org/about/), \
             ![map](https://example.org/2026/w09/x.png) and [that][it].\nMore.\n\n- one\n- two\n  more\n\n\
             1. a\n\n> quoted\n\nLamp\n: a light\n\n```c\nint a;\n```\n\n[it]: https://example.org/2026/w08/ \"t\""
        );
    }

    #[test]
    fn markdown_becomes_text() {
        assert_eq!(
            of(|ways| to_text(NOTE, ways)),
            "Big\n\nSee the list <https://example.org/about/>, map\n<https://example.org/2026/w09/x.png> and \
             that\n<https://example.org/2026/w08/>. More.\n\n- one\n- two more\n\n1. a\n\n> quoted\n\nLamp\n  a light\n\n    int a;"
        );
    }
}
