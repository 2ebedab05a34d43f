//! JSON whose bytes no terminal and no editor acts on.
//!
//! In: a value. Out: its JSON. Strings have the same value as ever: control characters and those that turn the
//! direction of text are written as `\u202e`. Knows no stage.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use crate::text::{
    is_control,
    mask::{AtSign, Mask},
};

/// Writes the JSON of `value`, on one line and without an end.
///
/// # Errors
/// When `out` cannot be written to.
pub(crate) fn write(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Plain { at_sign: AtSign::AsIs }))?)
}

/// The JSON of `value`, on one line.
pub(crate) fn text(value: &impl Serialize) -> String {
    let mut out = Vec::new();
    // Only a writer can fail: what is written here is strings, numbers and lists of them.
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

/// serde_json's own form, but for what a terminal would act on: JSON itself asks for escapes below U+0020 only.
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
            // All of them are in the plane that four digits reach.
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
