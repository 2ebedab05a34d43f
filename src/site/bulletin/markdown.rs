//! CommonMark, which reads right where it is shown as it is, and in GitHub's issues and discussions.

use super::{Document, Item, Link};
use crate::text::xml_text;

/// A whole document.
pub(super) fn write(document: &Document) -> String {
    let mut out = String::from("# ");
    link(&mut out, &document.title);
    out.push_str("\n\n");
    prose(&mut out, &document.about);
    out.push('\n');
    for section in &document.sections {
        out.push_str("\n## ");
        prose(&mut out, &section.heading);
        out.push_str("\n\n");
        prose(&mut out, &section.about);
        out.push_str("\n\n");
        section.items.iter().for_each(|one| item(&mut out, one));
    }
    out
}

/// An item of a list; what follows the title stands in lines of its own.
fn item(out: &mut String, item: &Item) {
    out.push_str("- ");
    if let Some(head) = &item.head {
        link(out, head);
        out.push_str("\\\n  ");
    }
    for (number, fact) in item.facts.iter().enumerate() {
        if number > 0 {
            out.push_str(" · ");
        }
        link(out, fact);
    }
    if !item.text.is_empty() {
        out.push_str("\\\n  ");
        prose(out, &item.text);
    }
    out.push('\n');
    for point in &item.points {
        out.push_str("  - ");
        prose(out, point);
        out.push('\n');
    }
}

fn link(out: &mut String, link: &Link) {
    if link.url.is_empty() {
        return prose(out, &link.label);
    }
    out.push('[');
    prose(out, &link.label);
    out.push_str("](<");
    let odd = |c: char| matches!(c, '<' | '>' | '\\') || c.is_whitespace() || c.is_control();
    out.push_str(&link.url.replace(odd, ""));
    out.push_str(">)");
}

/// Words that stay what they are: whatever would be markup is escaped, on one line.
fn prose(out: &mut String, text: &str) {
    let text = xml_text(text);
    let begins_line = out.is_empty() || ["\n", "- ", "  "].iter().any(|end| out.ends_with(end));
    for (number, word) in text.split_whitespace().enumerate() {
        if number > 0 {
            out.push(' ');
        }
        let begins = begins_line && number == 0;
        let mut before = ' ';
        let mut letters = word.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let next = letters.peek().map_or(' ', |(_, next)| *next);
            let is_markup = match letter {
                '\\' | '`' | '*' | '[' | ']' | '<' | '&' | '~' | '$' | '|' => true,
                // Within a word it is none: most titles name functions.
                '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
                '#' | '>' | '+' | '-' | '=' => begins && at == 0,
                '.' | ')' => begins && at > 0 && word[..at].bytes().all(|b| b.is_ascii_digit()),
                _ => false,
            };
            if is_markup {
                out.push('\\');
            }
            out.push(letter);
            before = letter;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_little_else() {
        for (text, written) in [
            ("mtd: rawnand: use nand_op_parser", "mtd: rawnand: use nand_op_parser"),
            ("__init and foo_", "\\_\\_init and foo\\_"),
            ("*a* [b] <c> `d` e\\f", "\\*a\\* \\[b\\] \\<c> \\`d\\` e\\\\f"),
            ("# no heading #1", "\\# no heading #1"),
            ("- a - b", "\\- a - b"),
            ("1. no list 2. item", "1\\. no list 2. item"),
            ("10) x", "10\\) x"),
            ("a\nb\tc", "a b c"),
            ("&amp; ~~x~~", "\\&amp; \\~\\~x\\~\\~"),
        ] {
            let mut out = String::new();
            prose(&mut out, text);
            assert_eq!(out, written, "{text}");
        }
    }
}
