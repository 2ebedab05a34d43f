//! Permanent ids of feeds and entries (RFC 4287, 4.2.6).
//!
//! In: words of the mails and of the list that identify something. Out: `urn:uuid:…`, the UUID of version 5 (RFC
//! 9562, 5.5) of those words. The address of the site is not part of it, so the site can move without readers
//! seeing every entry as new. Never here: an address.

use crate::hash::Sha1;

/// The name space of URIs (RFC 9562, 6.6): 6ba7b811-9dad-11d1-80b4-00c04fd430c8.
const URIS: [u8; 16] = [
    0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
];

/// The id of the thing that `uri` identifies.
pub(crate) fn urn(uri: &str) -> String {
    let mut hash = Sha1::from(URIS);
    hash.update(uri.as_bytes());
    let mut bytes = hash.digest().bytes();
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    let [a, b, c, d, e] = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    format!("urn:uuid:{a}-{b}-{c}-{d}-{e}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_other_programs() {
        // python3 -c 'import uuid; print(uuid.uuid5(uuid.NAMESPACE_URL, "mid:1@example.org"))'
        assert_eq!(urn("mid:1@example.org"), "urn:uuid:db57b8c0-aa3a-5fd4-a045-146df8d9397d");
    }
}
