//! A template as pieces of text and tags, and the inside of a tag as tokens.
//!
//! In: a template that the engine has accepted. Out: [`Piece`]s, and [`Token`]s with their first byte. Never here:
//! their meaning.

/// A piece of a template other than text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// `{{ … }}`: its content, and where that begins.
    Print(&'t str, usize),
    /// `{% … %}`.
    Tag(&'t str, usize),
    /// `{# … #}`.
    Comment(&'t str),
}

/// The tags and comments of a template.
pub(super) fn pieces(template: &str) -> Vec<Piece<'_>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some((start, open)) = next_open(template, at) {
        let close = match open {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        let from = start + 2;
        let Some(end) = end_of(template, from, close, open == "{#") else { break };
        // A dash at either end eats white space.
        let (inner, shift) = match template[from..end].strip_prefix('-') {
            Some(inner) => (inner, 1),
            None => (&template[from..end], 0),
        };
        let inner = inner.strip_suffix('-').unwrap_or(inner);
        at = end + 2;
        match open {
            "{{" => found.push(Piece::Print(inner, from + shift)),
            "{#" => found.push(Piece::Comment(inner)),
            _ if inner.trim() == "raw" => at = end_of_raw(template, at),
            _ => found.push(Piece::Tag(inner, from + shift)),
        }
    }
    found
}

fn next_open(template: &str, at: usize) -> Option<(usize, &str)> {
    let marks = ["{{", "{%", "{#"];
    let found = marks.iter().filter_map(|mark| Some((at + template[at..].find(mark)?, *mark)));
    found.min()
}

/// The end of a tag: an end inside quotes does not count.
fn end_of(template: &str, from: usize, close: &str, is_comment: bool) -> Option<usize> {
    let bytes = template.as_bytes();
    let (mut at, mut quote) = (from, None);
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(_), b'\\') => at += 1,
            (Some(open), here) if here == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') if !is_comment => quote = Some(bytes[at]),
            (None, _) if bytes[at..].starts_with(close.as_bytes()) => return Some(at),
            (None, _) => {}
        }
        at += 1;
    }
    None
}

/// After `{% endraw %}`.
fn end_of_raw(template: &str, from: usize) -> usize {
    let rest = &template[from..];
    let end = rest.find("endraw").and_then(|at| Some(at + rest[at..].find("%}")? + 2));
    end.map_or(template.len(), |end| from + end)
}

/// A token, and the byte of the template at which it begins.
pub(super) type At<'t> = (Token<'t>, usize);

/// The content of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A name, or a word of the language.
    Word(&'t str),
    /// A text, without its quotes.
    Text(&'t str),
    /// A number.
    Number(&'t str),
    /// `==`, `.`, `|` and the like.
    Sign(&'t str),
}

/// The longest first.
const SIGNS: [&str; 30] = [
    "...", "==", "!=", "<=", ">=", "//", "**", "?.", "?[", "</", ".", ",", ":", "|", "~", "=", "<",
    ">", "+", "-", "*", "/", "%", "(", ")", "[", "]", "{", "}", "!",
];

/// The tokens of a tag that begins at `offset`.
pub(super) fn tokens(tag: &str, offset: usize) -> Vec<At<'_>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(first) = tag[at..].chars().next() {
        let rest = &tag[at..];
        let token = match first {
            _ if first.is_whitespace() => None,
            '"' | '\'' | '`' => Some(Token::Text(&rest[..quoted(rest)])),
            '0'..='9' => Some(Token::Number(&rest[..run(rest, |c| c.is_ascii_digit())])),
            _ if first.is_alphanumeric() || first == '_' => {
                Some(Token::Word(&rest[..run(rest, |c| c.is_alphanumeric() || c == '_')]))
            }
            _ => SIGNS.iter().find(|sign| rest.starts_with(**sign)).map(|sign| Token::Sign(sign)),
        };
        let length = match token {
            Some(Token::Word(text) | Token::Text(text) | Token::Number(text)) => text.len(),
            Some(Token::Sign(sign)) => sign.len(),
            None => first.len_utf8(),
        };
        match token {
            Some(Token::Text(text)) => {
                let inner = text.get(1..text.len() - 1).unwrap_or_default();
                found.push((Token::Text(inner), offset + at));
            }
            Some(token) => found.push((token, offset + at)),
            None => {}
        }
        at += length;
    }
    found
}

fn run(text: &str, wanted: fn(char) -> bool) -> usize {
    text.find(|c| !wanted(c)).unwrap_or(text.len())
}

/// The length of a text with its quotes.
fn quoted(text: &str) -> usize {
    let quote = &text[..1];
    let (mut at, bytes) = (1, text.as_bytes());
    while at < bytes.len() && !text[at..].starts_with(quote) {
        let step = if bytes[at] == b'\\' { 2 } else { 1 };
        at += step;
        while at < bytes.len() && !text.is_char_boundary(at) {
            at += 1;
        }
    }
    (at + 1).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_its_tags() {
        let template =
            "a {{- x.y -}} {# n {{ #} {% if a == \"%}\" %}{% raw %}{{ no }}{% endraw %}{{ z }}";
        let found = pieces(template);
        assert_eq!(
            found,
            [
                Piece::Print(" x.y ", 5),
                Piece::Comment(" n {{ "),
                Piece::Tag(" if a == \"%}\" ", 27),
                Piece::Print(" z ", 74)
            ]
        );
    }

    #[test]
    fn a_tag_is_its_tokens() {
        let words = |tag| tokens(tag, 10).into_iter().map(|(token, _)| token).collect::<Vec<_>>();
        assert_eq!(
            words(" row.x | f(n=1.5) >= 'a\\'ü'"),
            [
                Token::Word("row"),
                Token::Sign("."),
                Token::Word("x"),
                Token::Sign("|"),
                Token::Word("f"),
                Token::Sign("("),
                Token::Word("n"),
                Token::Sign("="),
                Token::Number("1"),
                Token::Sign("."),
                Token::Number("5"),
                Token::Sign(")"),
                Token::Sign(">="),
                Token::Text("a\\'ü"),
            ]
        );
        assert_eq!(tokens(" a", 10), [(Token::Word("a"), 11)]);
        assert_eq!(words("\"open"), [Token::Text("ope")]);
    }
}
