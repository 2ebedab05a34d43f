//! The text of an HTML part without tags, with entities decoded. The site never renders HTML mail. None of 15,000
//! mails on three kernel lists is HTML only, but such a mail must not be lost.
//!
//! In: markup as mailers write it. Out: text. Whatever only begins like markup, or never ends, is text. Never here:
//! the look of a word.

use std::collections::HashSet;

/// The readable text of `html`, one line per block.
pub(super) fn to_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    // Search results are kept: the next `>`, and the elements without an end.
    let mut close = None;
    let mut unclosed = HashSet::new();
    while let Some(open) = rest.find('<') {
        push_words(&mut out, &rest[..open]);
        rest = &rest[open..];
        if let Some(comment) = rest.strip_prefix("<!--").filter(|_| !unclosed.contains("--")) {
            match comment.find("-->") {
                Some(end) => rest = &comment[end + 3..],
                None => _ = unclosed.insert("--".to_owned()),
            }
            continue;
        }
        let at = html.len() - rest.len();
        if close.is_none_or(|close| close < at) {
            close = rest.find('>').map(|close| at + close);
        }
        let Some(close) = close.map(|close| close - at) else {
            push_words(&mut out, rest);
            return out;
        };
        if !is_tag(&rest[1..close]) {
            out.push('<');
            rest = &rest[1..];
            continue;
        }
        let name = tag_name(&rest[1..close]);
        rest = &rest[close + 1..];
        match name.as_str() {
            "script" | "style" | "title" if !unclosed.contains(&name) => {
                match behind(rest, &name) {
                    Some(behind) => rest = behind,
                    None => _ = unclosed.insert(name),
                }
            }
            "br" | "p" | "div" | "tr" | "li" | "pre" | "blockquote" | "h1" | "h2" | "h3"
            | "table" => {
                end_line(&mut out);
            }
            _ => {}
        }
    }
    push_words(&mut out, rest);
    end_line(&mut out);
    out
}

fn tag_name(tag: &str) -> String {
    let tag = tag.trim_start_matches('/');
    tag.chars().take_while(char::is_ascii_alphanumeric).take(12).collect::<String>().to_lowercase()
}

/// Whether the text between `<` and `>` is a tag and not text such as `a < b`, `<stdio.h>` or an address.
fn is_tag(inner: &str) -> bool {
    let tag = inner.strip_prefix('/').unwrap_or(inner);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_');
    let (name, behind) = tag.split_at(tag.find(|c| !is_name(c)).unwrap_or(tag.len()));
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.ends_with(':');
    let ends =
        behind.is_empty() || behind.starts_with(|c: char| c == '/' || c.is_ascii_whitespace());
    let declares = inner.starts_with(['!', '?']) && !inner.starts_with("!--");
    declares || begins && ends
}

/// The rest after the end tag of an element whose content is not text; empty without an end tag.
fn behind<'a>(rest: &'a str, name: &str) -> Option<&'a str> {
    let mut at = 0;
    while let Some(found) = rest[at..].find("</") {
        at += found + 2;
        let tag = rest[at..].get(..name.len()).unwrap_or_default();
        if tag.eq_ignore_ascii_case(name) {
            return rest[at..].find('>').map(|i| &rest[at + i + 1..]);
        }
    }
    None
}

fn end_line(out: &mut String) {
    while out.ends_with(' ') {
        out.pop();
    }
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

fn push_words(out: &mut String, text: &str) {
    let mut blank = text.starts_with(|c: char| c.is_ascii_whitespace());
    for word in text.split_ascii_whitespace() {
        if blank && !out.is_empty() && !out.ends_with(['\n', ' ']) {
            out.push(' ');
        }
        push_entities(out, word);
        blank = true;
    }
    if text.ends_with(|c: char| c.is_ascii_whitespace())
        && !out.ends_with(['\n', ' '])
        && !out.is_empty()
    {
        out.push(' ');
    }
}

fn push_entities(out: &mut String, word: &str) {
    let mut rest = word;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(';').filter(|end| *end < 12);
        match end.and_then(|end| Some((entity(&rest[1..end])?, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}

/// The names of U+00A1 to U+00FF, in their order.
const LATIN_1: &str = "iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
     sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc \
     Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute \
     Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml \
     aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde \
     ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    if let Some(at) = LATIN_1.split(' ').position(|latin| latin == name) {
        return char::from_u32(0xa1 + u32::try_from(at).ok()?);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "bull" => '•',
        "euro" => '€',
        "trade" => '™',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::to_text;

    #[test]
    fn tags_go_and_words_stay() {
        let html = "<html><head><title>no</title><style>p{}</style></head><body><p>Hello <b>w&ouml;rld</b> &amp; &#8364;</p><script>x()</script><!-- no --><div>a<br>b</div> <open";
        assert_eq!(to_text(html), "Hello wörld & €\n\na\nb\n<open");
    }

    #[test]
    fn what_only_looks_like_markup_is_words() {
        for (html, text) in [
            ("<html><head><meta charset=x><body>lamp", "lamp\n"),
            ("<p>if a < b && c > d</p>", "if a < b && c > d\n\n"),
            (
                "#include <stdio.h> <https://x/y><br>Ada <ada@a.org>",
                "#include <stdio.h> <https://x/y>\nAda <ada@a.org>\n",
            ),
            ("a <!-- b <p>c <!-- d", "a <!-- b\nc <!-- d"),
            ("a <style> b <p>c", "a b\nc\n"),
            ("a<br/>b<o:p>c</o:p>", "a\nbc\n"),
            ("&Agrave;&yuml;&rsquo;&rarr;", "Àÿ’&rarr;\n"),
        ] {
            assert_eq!(to_text(html), text, "{html}");
        }
    }
}
