//! Inserts words into the source of a template or a script, in place of `{{ t(key="…", n=…) }}`.
//!
//! In: the source. Out: the source with the entry in place of the call, so that printing it costs no more than
//! literal words: `{% if n == 1 %}1 patch{% else %}{{ n | thousands }} patches{% endif %}`. If the key is known only
//! when a page is made, the call stays, and the template engine's function answers it. Never here: the text of an
//! entry.
//!
//! In a template, `<code>` in an entry is markup, and so is `<link>` if the call gives an address for it
//! (`link=row.url`). Everything else in an entry is escaped.

use super::{
    Words,
    pattern::{Key, Pattern, Piece, is_count},
};

/// The kind of source into which words are inserted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// A template of HTML.
    Template,
    /// A template literal of a script (between backticks).
    Script,
}

/// The source with the words of all calls that have a literal key.
pub(crate) fn expanded(words: &Words, source: &str, kind: Source) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find("{{") {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let call = Call::parse(behind);
        let entry = call.as_ref().and_then(|call| words.entries.get(call.key));
        let (Some(call), Some(entry)) = (call, entry) else {
            out.push_str("{{");
            rest = &behind[2..];
            continue;
        };
        if call.trims.0 {
            out.truncate(out.trim_end().len());
        }
        rest = &behind[call.length..];
        if call.trims.1 {
            rest = rest.trim_start();
        }
        // English in another language is marked if it is the whole text of an element.
        let is_marked = kind == Source::Template
            && entry.is_foreign
            && is_element(&out)
            && rest.starts_with("</");
        let rules = words.rules_of(entry);
        let is_simple = matches!(rules, super::Rules::OneIsOne);
        let writer = Writer { call: &call, kind, is_simple };
        out.push_str(if is_marked { "<span lang=en>" } else { "" });
        writer.write(&mut out, &entry.pattern);
        out.push_str(if is_marked { "</span>" } else { "" });
    }
    out.push_str(rest);
    out
}

/// Whether an element that can contain a `span` begins here.
fn is_element(before: &str) -> bool {
    let Some(start) = before.rfind('<').filter(|_| before.ends_with('>')) else { return false };
    !["<title", "<option", "<desc", "</", "<!"].iter().any(|tag| before[start..].starts_with(tag))
}

/// `{{ t(key="…", name=value, …) }}`.
#[derive(Debug)]
struct Call<'s> {
    key: &'s str,
    args: Vec<(&'s str, &'s str)>,
    /// `{{-`, `-}}`.
    trims: (bool, bool),
    length: usize,
}

impl<'s> Call<'s> {
    /// The call at the beginning of `source`, if it is one and its key is a literal.
    fn parse(source: &'s str) -> Option<Self> {
        let inner = source.strip_prefix("{{")?;
        let bare = inner.strip_prefix('-');
        let (trims_before, inner) = (bare.is_some(), bare.unwrap_or(inner));
        let inner = inner.trim_start().strip_prefix("t(")?;
        let (args, rest) = arguments(inner)?;
        let rest = rest.trim_start();
        let bare = rest.strip_prefix('-');
        let (trims_behind, rest) = (bare.is_some(), bare.unwrap_or(rest));
        let rest = rest.strip_prefix("}}")?;
        let (first, others) = args.split_first()?;
        let key = first.1.strip_prefix('"')?.strip_suffix('"')?;
        let is_literal = first.0 == "key" && !key.contains('"');
        is_literal.then(|| Self {
            key,
            args: others.to_vec(),
            trims: (trims_before, trims_behind),
            length: source.len() - rest.len(),
        })
    }

    fn arg(&self, name: &str) -> Option<&'s str> {
        self.args.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

/// The arguments before the closing bracket, and the rest.
fn arguments(source: &str) -> Option<(Vec<(&str, &str)>, &str)> {
    let mut args = Vec::new();
    let (mut depth, mut start, mut quote) = (0_usize, 0, None);
    for (at, c) in source.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ',') if depth == 0 => {
                let arg = source[start..at].trim();
                if !arg.is_empty() {
                    let (name, value) = arg.split_once('=')?;
                    args.push((name.trim(), value.trim()));
                }
                start = at + 1;
                if c == ')' {
                    return Some((args, &source[start..]));
                }
            }
            (None, ')' | ']' | '}') => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

struct Writer<'c, 's> {
    call: &'c Call<'s>,
    kind: Source,
    /// One is `one`, all else `other`.
    is_simple: bool,
}

impl Writer<'_, '_> {
    fn write(&self, out: &mut String, pattern: &Pattern) {
        for piece in &pattern.0 {
            match piece {
                Piece::Text(text) => self.text(out, text),
                Piece::Arg(name) => self.value(out, name, ""),
                Piece::Number(name) => self.value(out, name, " | thousands"),
                Piece::Select(name, variants) => self.select(out, name, variants),
            }
        }
    }

    fn text(&self, out: &mut String, text: &str) {
        if self.kind == Source::Script {
            for c in text.chars() {
                match c {
                    '`' | '\\' | '$' => out.extend(['\\', c]),
                    _ => out.push(c),
                }
            }
            return;
        }
        let mut rest = text;
        while let Some(at) = rest.find(['&', '<', '>', '"', '{']) {
            let (before, behind) = rest.split_at(at);
            out.push_str(before);
            if let Some((markup, length)) = self.tag(behind) {
                out.push_str(&markup);
                rest = &behind[length..];
                continue;
            }
            out.push_str(match behind.as_bytes()[0] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => "&#123;",
            });
            rest = &behind[1..];
        }
        out.push_str(rest);
    }

    /// The markup that an entry may contain, and its length as written.
    fn tag(&self, text: &str) -> Option<(String, usize)> {
        let end = text.strip_prefix('<').and(text.find('>'))?;
        let name = &text[1..end];
        let bare = name.strip_prefix('/').unwrap_or(name);
        let markup = match (bare, self.call.arg(bare)) {
            ("code", _) => format!("<{name}>"),
            (_, Some(_)) if bare != name => "</a>".to_owned(),
            (_, Some(url)) => format!("<a href=\"{{{{ {url} }}}}\">"),
            _ => return None,
        };
        Some((markup, end + 1))
    }

    fn value(&self, out: &mut String, name: &str, filter: &str) {
        let value = self.call.arg(name).unwrap_or("\"\"");
        match (self.kind, filter) {
            (Source::Template, _) => out.extend(["{{ ", value, filter, " }}"]),
            (Source::Script, "") => out.extend(["${", value, "}"]),
            (Source::Script, _) => out.extend(["${number(", value, ")}"]),
        }
    }

    fn select(&self, out: &mut String, name: &str, variants: &[(Key, Pattern)]) {
        let value = self.call.arg(name).unwrap_or("\"\"");
        let is_count = is_count(variants);
        let condition = |key: &Key| match key {
            Key::Exact(n) => format!("{value} == {n}"),
            Key::Word(word) if is_count && self.is_simple => match &**word {
                "one" => format!("{value} == 1"),
                _ => "false".to_owned(),
            },
            Key::Word(word) if is_count && self.kind == Source::Script => {
                format!("plural({value}) == \"{word}\"")
            }
            Key::Word(word) if is_count => format!("({value} | plural_form) == \"{word}\""),
            Key::Word(word) => format!("{value} == \"{word}\""),
        };
        let Some(((_, last), others)) = variants.split_last() else { return };
        if others.is_empty() {
            return self.write(out, last);
        }
        let is_script = self.kind == Source::Script;
        for (at, (key, pattern)) in others.iter().enumerate() {
            let condition = condition(key);
            match (is_script, at) {
                (true, 0) => out.extend(["${", &condition, " ? `"]),
                (true, _) => out.extend(["` : ", &condition, " ? `"]),
                (false, 0) => out.extend(["{% if ", &condition, " %}"]),
                (false, _) => out.extend(["{% elif ", &condition, " %}"]),
            }
            self.write(out, pattern);
        }
        out.push_str(if is_script { "` : `" } else { "{% else %}" });
        self.write(out, last);
        out.push_str(if is_script { "`}" } else { "{% endif %}" });
    }
}
