//! JSON that is safe to show in a terminal or an editor.
//!
//! In: a value. Out: its JSON. Strings keep their value, but control characters and bidi controls are written as
//! `\u202e`. Never here: a stage.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use crate::text::{
    is_control,
    mask::{AtSign, Mask},
};

/// Writes the JSON of `value` on one line, without a line end.
///
/// # Errors
/// Fails if `out` cannot be written to.
pub(crate) fn write(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Plain { at_sign: AtSign::AsIs }))?)
}

/// The JSON of `value`, on one line.
pub(crate) fn text(value: &impl Serialize) -> String {
    let mut out = Vec::new();
    // Only the writer can fail: the values are strings, numbers and lists of them.
    write(&mut out, value).ok();
    String::from_utf8(out).unwrap_or_default()
}

/// The JSON of `value` as a site shows it: every string masked, its at signs escaped.
pub(crate) fn masked(value: &impl Serialize, mask: Mask<'_>) -> String {
    let mut out = Vec::new();
    let form = Plain { at_sign: mask.at_sign() };
    mask.over(value).serialize(&mut Serializer::with_formatter(&mut out, form)).ok();
    String::from_utf8(out).unwrap_or_default()
}

/// serde_json's own format, except for characters that act on a terminal: JSON requires escapes only below U+0020.
struct Plain {
    at_sign: AtSign,
}

impl Formatter for Plain {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let is_escaped = |c: char| is_control(c) || c == '@' && self.at_sign == AtSign::Escaped;
        let mut rest = fragment;
        while let Some((at, control)) = rest.char_indices().find(|(_, c)| is_escaped(*c)) {
            CompactFormatter.write_string_fragment(out, &rest[..at])?;
            // All of them have codes of four digits.
            write!(out, "\\u{:04x}", u32::from(control))?;
            rest = &rest[at + control.len_utf8()..];
        }
        CompactFormatter.write_string_fragment(out, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_is_the_same_and_the_bytes_are_plain() {
        let value =
            ["a\u{1b}]0;x\u{7}", "\u{7f}\u{9b}31m", "\u{202e}x\u{2066}", "\t\n\r\"\\ü€\u{200d}"];
        let json = text(&value);
        assert_eq!(
            json,
            "[\"a\\u001b]0;x\\u0007\",\"\\u007f\\u009b31m\",\"\\u202ex\\u2066\",\"\\t\\n\\r\\\"\\\\ü€\u{200d}\"]"
        );
        assert_eq!(serde_json::from_str::<[String; 4]>(&json).expect("JSON"), value);
    }
}
