//! Encoded words (RFC 2047): `=?utf-8?q?Zo=C3=AB?=`.
//!
//! In: the text of a field. Out: the text with its words decoded as git decodes them; undecodable words stay as they
//! are.
//! Never here: which part of a field is a name.

use encoding_rs::Encoding;

use crate::{base64, message::charset};

/// Text with its encoded words decoded.
pub(in crate::message) fn words(text: &str) -> String {
    if text.contains("=?") { decode_words(text) } else { text.to_owned() }
}

/// The length of the encoded word at the beginning of `text`, if there is one.
pub(in crate::message) fn word_len(text: &str) -> Option<usize> {
    text.starts_with("=?").then(|| Word::parse(text)).flatten().map(|(_, len)| len)
}

/// One encoded word, `=?charset?B?…?=`.
struct Word {
    encoding: &'static Encoding,
    bytes: Vec<u8>,
}

/// Decodes encoded words as git does (`mailinfo.c`, `decode_header`), with two differences: an undecodable word
/// stays as it is and does not spoil the line, and neighbours in the same charset are joined first, because some
/// mailers cut a character in two.
fn decode_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending: Option<Word> = None;
    let mut rest = text;
    while let Some(start) = rest.find("=?") {
        let (before, from) = rest.split_at(start);
        let Some((word, len)) = Word::parse(from) else {
            flush(&mut pending, &mut out);
            out.push_str(before);
            out.push_str("=?");
            rest = &from[2..];
            continue;
        };
        let joins = pending.is_some() && before.trim().is_empty();
        match &mut pending {
            Some(open) if joins && open.encoding == word.encoding => open.bytes.extend(word.bytes),
            _ => {
                flush(&mut pending, &mut out);
                if !joins {
                    out.push_str(before);
                }
                pending = Some(word);
            }
        }
        rest = &from[len..];
    }
    flush(&mut pending, &mut out);
    out.push_str(rest);
    // Encoded line ends (t5100/0009) would split the header in two.
    out.replace(['\n', '\r'], " ").trim().to_owned()
}

fn flush(pending: &mut Option<Word>, out: &mut String) {
    if let Some(word) = pending.take() {
        out.push_str(&word.encoding.decode_without_bom_handling(&word.bytes).0);
    }
}

impl Word {
    /// The encoded word at the start of `text`, and its length.
    fn parse(text: &str) -> Option<(Self, usize)> {
        let mut parts = text[2..].splitn(4, '?');
        let (charset, kind, payload, rest) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        if !rest.starts_with('=') || charset.is_empty() {
            return None;
        }
        // RFC 2231 allows a language behind the charset: `utf-8*de`.
        let charset = charset.split('*').next().unwrap_or(charset);
        let encoding = charset::lookup(charset)?;
        let bytes = match kind {
            "B" | "b" => base64::word(payload)?,
            "Q" | "q" => quoted(payload),
            _ => return None,
        };
        let len = 2 + (text.len() - 2 - rest.len()) + 1;
        Some((Self { encoding, bytes }, len))
    }
}

/// The Q encoding: `_` is a blank, `=XX` a byte.
fn quoted(payload: &str) -> Vec<u8> {
    let bytes = payload.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        let hex = |i: usize| bytes.get(i).and_then(|&h| char::from(h).to_digit(16));
        match (b, hex(at + 1), hex(at + 2)) {
            (b'=', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 2;
            }
            (b'_', ..) => out.push(b' '),
            _ => out.push(b),
        }
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_decoded_as_rfc_2047_says() {
        for (raw, want) in [
            ("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"),
            ("=?ISO-8859-1?Q?a_b?=", "a b"),
            ("(=?ISO-8859-1?Q?a?= b)", "(a b)"),
            ("=?utf-8?q?Philippe=20Mathieu-Daud=C3=A9?=", "Philippe Mathieu-Daudé"),
            ("=?utf-8?b?w6k=?= x", "é x"),
            ("=?utf-8?Q?=C3?= =?UTF-8?Q?=A9?=", "é"),
            ("=?x-klingon?Q?a?= b", "=?x-klingon?Q?a?= b"),
            ("a =?utf-8?Q?unfinished", "a =?utf-8?Q?unfinished"),
        ] {
            assert_eq!(words(raw), want, "{raw}");
        }
    }
}
