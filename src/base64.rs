//! Base64 in mails (RFC 2045, 6.8): strict for encoded words, lenient for damaged bodies.
//!
//! In: encoded bytes. Out: decoded bytes. Never here: an error, the meaning of the bytes.

/// Decodes the payload of an encoded word: padding is optional, and any character outside the alphabet makes it
/// invalid.
pub(crate) fn word(payload: &str) -> Option<Vec<u8>> {
    let payload = payload.as_bytes();
    let known = |&b: &u8| value(b).is_some() || matches!(b, b'=' | b' ');
    let end = payload.iter().position(|&b| b == b'=').unwrap_or(payload.len());
    payload[..end].iter().all(known).then(|| decode(&payload[..end]))
}

/// Decodes as much of a damaged body as possible: foreign characters and the rest of a group that was cut are
/// skipped. From a line of words on, the body stays as it is, because lists add their footers to any body. So does a
/// body that was never encoded: it would decode to control characters other than line ends.
pub(crate) fn damaged(body: &[u8]) -> Vec<u8> {
    let mut encoded = 0;
    let mut is_ended = false;
    for line in body.split_inclusive(|&b| b == b'\n') {
        let text = line.trim_ascii();
        if are_words(text) || is_ended && text.iter().any(|&b| value(b).is_none() && b != b'=') {
            break;
        }
        encoded += line.len();
        is_ended |= text.ends_with(b"=");
    }
    let (encoded, footer) = body.split_at(encoded);
    let mut out = decode(encoded);
    if out.iter().any(|b| *b < b' ' && !b.is_ascii_whitespace() && *b != 0x1b) {
        return body.to_vec();
    }
    if !footer.is_empty() {
        out.push(b'\n');
        out.extend_from_slice(footer);
    }
    out
}

/// Whether padding precedes other groups: then the rest is ambiguous.
pub(crate) fn goes_on(body: &[u8]) -> bool {
    let padding = body.iter().position(|&b| b == b'=').unwrap_or(body.len());
    body[padding..].iter().any(|&b| value(b).is_some())
}

/// Whether a line is text: no line of base64 has a blank or is a rule.
fn are_words(line: &[u8]) -> bool {
    line.contains(&b' ') || !line.is_empty() && line.iter().all(|b| matches!(b, b'_' | b'-'))
}

/// Decodes group by group; padding ends a group.
pub(crate) fn decode(encoded: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(encoded.len() * 3 / 4);
    let (mut bits, mut held) = (0u32, 0);
    for &b in encoded {
        if b == b'=' {
            held = 0;
        }
        let Some(value) = value(b) else { continue };
        bits = bits << 6 | value;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held & 0xff) as u8);
        }
    }
    out
}

/// The six bits of a character.
fn value(b: u8) -> Option<u32> {
    let value = match b {
        b'A'..=b'Z' => b - b'A',
        b'a'..=b'z' => b - b'a' + 26,
        b'0'..=b'9' => b - b'0' + 52,
        // `-` and `_` are the URL-safe alphabet.
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_behind_padding_is_told_from_what_ends_there() {
        for (body, want) in
            [("TGFtcA==\n", false), ("TGFtcHM\n", false), ("TGFtcA==\nTGFtcA==\n", true)]
        {
            assert_eq!(goes_on(body.as_bytes()), want, "{body:?}");
        }
    }

    #[test]
    fn a_word_is_trusted_whole_or_not_at_all() {
        for (payload, bytes) in [
            ("w6k=", Some("é")),
            ("w6k", Some("é")),
            ("YWIg Yw==", Some("ab c")),
            ("YW*i", None),
            ("", Some("")),
        ] {
            assert_eq!(word(payload), bytes.map(|b| b.as_bytes().to_vec()), "{payload}");
        }
    }

    #[test]
    fn of_a_damaged_body_stays_what_can() {
        for (body, text) in [
            ("bGFudGVybg*!?==\n", "lantern"),
            ("bGFudGVybiBhbmQgb", "lantern and "),
            ("bGFu\r\ndGVybg==\r\n", "lantern"),
            ("bGFu=\ndGVybg==\n", "lantern"),
            (
                "bGFudGVybgo=\n____\nthe list's footer\nwords\n",
                "lantern\n\n____\nthe list's footer\nwords\n",
            ),
            ("bGFudGVybgo=\nhttps://example.org\n", "lantern\n\nhttps://example.org\n"),
            ("bGFudGVybj8_Pz4-\n", "lantern???>>"),
            ("Hello,\n\nit was never encoded.\n", "Hello,\n\nit was never encoded.\n"),
            ("\n", ""),
        ] {
            assert_eq!(String::from_utf8_lossy(&damaged(body.as_bytes())), text, "{body:?}");
        }
    }
}
