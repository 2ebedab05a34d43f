//! Charsets: the meaning of labels, and decoding when a label is wrong.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The encoding of a label, `None` for unknown ones (`x-unknown`, `unknown-8bit`, `default`).
pub(super) fn lookup(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches('"');
    // Python writes one hyphen more than the registered names.
    let is = |name: &str| label.eq_ignore_ascii_case(name);
    Encoding::for_label(label.as_bytes())
        .or(is("utf-16-be").then_some(UTF_16BE))
        .or(is("utf-16-le").then_some(UTF_16LE))
}

/// Whether a text was in the charset of its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// It was, or it has no label and is plain ASCII or UTF-8.
    AsLabelled,
    /// The label is unknown, or the bytes are invalid in it.
    Guessed,
}

/// Decodes `bytes` by `label`. If that fails, decodes line by line as UTF-8 or windows-1252, so that one Latin-1
/// name in a UTF-8 mail does not spoil the rest.
///
/// Valid UTF-8 that is not plain ASCII counts as UTF-8 even if the label names a one-byte charset: no sentence in a
/// one-byte charset looks like UTF-8 by chance. The byte order mark of a Unicode charset takes precedence over the
/// label, and is not part of the text.
pub(super) fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> (Cow<'a, str>, Trust) {
    let named = label.and_then(lookup);
    let unicode = named.is_none_or(|e| e == UTF_8 || e == UTF_16BE || e == UTF_16LE);
    let (named, bytes) = match Encoding::for_bom(bytes).filter(|_| unicode) {
        Some((encoding, mark)) => (Some(encoding), &bytes[mark..]),
        None => (named, bytes),
    };
    let guessed = match (label, named) {
        (Some(l), None) if !l.trim().is_empty() => Trust::Guessed,
        _ => Trust::AsLabelled,
    };
    if let Ok(text) = std::str::from_utf8(bytes)
        && named.is_none_or(|e| e.is_single_byte() || e == UTF_8)
    {
        return (Cow::Borrowed(text), guessed);
    }
    match named {
        Some(encoding) if encoding != UTF_8 => {
            let (text, damaged) = encoding.decode_without_bom_handling(bytes);
            if !damaged {
                return (text, guessed);
            }
            (guess(bytes), Trust::Guessed)
        }
        _ => (guess(bytes), Trust::Guessed),
    }
}

/// Decodes each line as UTF-8 if it is valid, otherwise as windows-1252.
pub(super) fn guess(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 8);
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        match std::str::from_utf8(line) {
            Ok(text) => out.push_str(text),
            Err(_) => out.push_str(&WINDOWS_1252.decode_without_bom_handling(line).0),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_marks_and_bytes_agree_or_not() {
        for (bytes, label, text, trust) in [
            (&b"\0l\0a"[..], "utf-16-be", "la", Trust::AsLabelled),
            (b"l\0a\0", "UTF-16-LE", "la", Trust::AsLabelled),
            (b"\xfe\xff\0l\0a", "utf-16", "la", Trust::AsLabelled),
            (b"\xff\xfel\0a\0", "utf-16", "la", Trust::AsLabelled),
            (b"\xef\xbb\xbfl", "utf-8", "l", Trust::AsLabelled),
            (b"\xff\xfel", "windows-1252", "\u{ff}\u{fe}l", Trust::AsLabelled),
            ("\u{e9}".as_bytes(), "iso-8859-1", "\u{e9}", Trust::AsLabelled),
            (b"\xe9", "utf-8", "\u{e9}", Trust::Guessed),
            (b"l", "x-lantern", "l", Trust::Guessed),
        ] {
            assert_eq!(decode(bytes, Some(label)), (text.into(), trust), "{label} {bytes:?}");
        }
    }
}
