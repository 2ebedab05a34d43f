//! The text of an HTML part: tags left out, entities read. HTML mail is never rendered (0 of 15,000 mails
//! on three kernel lists are HTML only, but a mail that is must not be lost).

/// The readable text of `html`, one line a block.
pub(super) fn to_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        push_words(&mut out, &rest[..open]);
        rest = &rest[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |i| &comment[i + 3..]);
            continue;
        }
        let Some(close) = rest.find('>') else {
            push_words(&mut out, rest);
            return out;
        };
        let name = tag_name(&rest[1..close]);
        rest = &rest[close + 1..];
        match name.as_str() {
            "script" | "style" | "head" | "title" => rest = behind(rest, &name),
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

/// What follows the end tag of an element whose content is no text.
fn behind<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut at = 0;
    while let Some(found) = rest[at..].find("</") {
        at += found + 2;
        let tag = rest[at..].get(..name.len()).unwrap_or_default();
        if tag.eq_ignore_ascii_case(name) {
            return rest[at..].find('>').map_or("", |i| &rest[at + i + 1..]);
        }
    }
    ""
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

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::to_text;

    #[test]
    fn tags_go_and_words_stay() {
        let html = "<html><head><title>no</title><style>p{}</style></head><body><p>Hello <b>w&ouml;rld</b> &amp; &#8364;</p><script>x()</script><!-- no --><div>a<br>b</div> <open";
        assert_eq!(to_text(html), "Hello w&ouml;rld & €\n\na\nb\n<open");
    }
}
