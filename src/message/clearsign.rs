//! Text with an inline OpenPGP signature (RFC 9580, 7): the text without what the signature adds.
//!
//! In: a text. Out: the text without armour, its escaped lines restored, and the length of each signature. An
//! incomplete signature stays as it is.
//! Never here: whether a signature is good.

const BEGIN: &str = "-----BEGIN PGP SIGNED MESSAGE-----";
const SIGNATURE: &str = "-----BEGIN PGP SIGNATURE-----";
const END: &str = "-----END PGP SIGNATURE-----";

/// The text without armour, and how long each signature was; `None` if nothing is signed.
pub(super) fn unwrapped(text: &str) -> Option<(String, Vec<usize>)> {
    memchr::memmem::find(text.as_bytes(), BEGIN.as_bytes())?;
    let mut out = String::with_capacity(text.len());
    let mut signatures = Vec::new();
    let mut rest = text;
    while let Some(line) = rest.split_inclusive('\n').next() {
        match (line.trim_end() == BEGIN).then(|| signed(&rest[line.len()..])).flatten() {
            Some((signed, signature, behind)) => {
                signed.split_inclusive('\n').for_each(|line| {
                    out.push_str(line.strip_prefix("- ").unwrap_or(line));
                });
                signatures.push(signature);
                rest = behind;
            }
            None => {
                out.push_str(line);
                rest = &rest[line.len()..];
            }
        }
    }
    (!signatures.is_empty()).then_some((out, signatures))
}

/// Below the first line: the signed text, the length of its signature, and the text after it. No line of a signed
/// text begins with hyphens, so the next such line belongs to the armour: nothing is read twice.
fn signed(text: &str) -> Option<(&str, usize, &str)> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        start += line.len();
        match line.trim_end() {
            "" => break,
            field if is_field(field) => {}
            _ => return None,
        }
    }
    let text = &text[start..];
    let (signed, first, rest) = next_armour(text)?;
    let (armoured, last, behind) = next_armour(rest)?;
    let signature = text.len() - signed.len() - behind.len();
    let is_whole = first == SIGNATURE && last == END && armoured.lines().all(is_armour);
    is_whole.then_some((signed, signature, behind))
}

/// Whether a line is a field of the armour: `Hash: SHA256, SHA512`, `Version: GnuPG v2`. A hash with other words
/// after it is the sender's text.
fn is_field(line: &str) -> bool {
    line.split_once(": ").is_some_and(|(key, value)| {
        key != "Hash" || value.split(',').all(|hash| !hash.trim().contains(' '))
    })
}

/// Whether a line belongs to a signature: base64, which has no blanks, or a field above it.
fn is_armour(line: &str) -> bool {
    !line.trim().contains(' ') || is_field(line)
}

/// The text before the next line that begins with hyphens, that line, and the text after it.
fn next_armour(text: &str) -> Option<(&str, &str, &str)> {
    let start = match text.starts_with("-----") {
        true => 0,
        false => memchr::memmem::find(text.as_bytes(), b"\n-----")? + 1,
    };
    let (before, rest) = text.split_at(start);
    let (line, behind) = rest.split_once('\n').unwrap_or((rest, ""));
    Some((before, line.trim_end(), behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn armour_goes_where_it_is_whole() {
        let whole = "hi\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\na\n- --- x\n- -b\n\
                     -----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\nfooter\n";
        let (text, signatures) = unwrapped(whole).expect("it is signed");
        assert_eq!((&*text, signatures.len()), ("hi\na\n--- x\n-b\nfooter\n", 1));
        let twice = whole.repeat(2);
        assert_eq!(unwrapped(&twice).expect("it is signed").0, text.repeat(2));
        for broken in [
            whole.replace("-----END", "----END"),
            whole.replace("Hash: SHA256\n", "words\n"),
            whole.replace("Hash: SHA256\n", "Hash: SHA256 and words\n"),
            whole.replace("iQ==\n", "iQ== and words\n"),
            whole.replace("-----BEGIN PGP SIGNATURE", "> -----BEGIN PGP SIGNATURE"),
            whole.replace("-----BEGIN PGP SIGNED", "> -----BEGIN PGP SIGNED"),
        ] {
            assert_eq!(unwrapped(&broken), None, "{broken}");
        }
    }
}
