//! SHA-1 as a source of names, never for security.
//!
//! In: bytes. Out: their [`Fingerprint`]: generated Message-IDs, the identity of copies of mails, slugs, git's
//! patch-ids, the sources of pages. Never here: the meaning of the bytes.
//!
//! It uses the processor's instructions for SHA-1: without them, hashing took a seventh of all reading.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use serde::{Deserialize, Serialize};
use sha1::Digest as _;

/// A table with a lookup per mail: hashing its keys takes a third of the time of std's hasher, with a different seed
/// in each run. Nothing may depend on its order.
pub(crate) type FastMap<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// The same without values.
pub(crate) type FastSet<K> = HashSet<K, foldhash::fast::RandomState>;

/// Whether a word names a commit: 7 to 64 hexadecimal digits, from git's abbreviations to the length of SHA-256.
pub fn is_commit(word: &str) -> bool {
    (7..=64).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Twenty bytes that identify the hashed data.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Fingerprint([u8; 20]);

impl Fingerprint {
    /// The bytes themselves.
    pub fn bytes(self) -> [u8; 20] {
        self.0
    }

    /// The digest in forty hexadecimal digits.
    pub fn of_hex(digits: &str) -> Option<Self> {
        let mut bytes = [0; 20];
        let pairs = digits.as_bytes().chunks_exact(2);
        if digits.len() != 40 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(pairs) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl From<[u8; 20]> for Fingerprint {
    fn from(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }
}

/// Adds any value that implements `Hash`; the result is the same on machines of one kind.
impl std::hash::Hasher for Sha1 {
    fn write(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn finish(&self) -> u64 {
        let mut first = [0; 8];
        first.copy_from_slice(&self.digest().0[..8]);
        u64::from_le_bytes(first)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
        let digits = self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
        f.write_str(&digits.collect::<String>())
    }
}

/// A hash in progress.
#[derive(Debug, Clone, Default)]
pub struct Sha1(sha1::Sha1);

impl Sha1 {
    /// A hash of nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The hash of these bytes.
    pub fn from(bytes: impl AsRef<[u8]>) -> Self {
        Self(sha1::Sha1::new_with_prefix(bytes))
    }

    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of the bytes so far.
    pub fn digest(&self) -> Fingerprint {
        Fingerprint(self.0.clone().finalize().into())
    }

    /// The same in forty hexadecimal digits.
    pub fn hexdigest(&self) -> String {
        self.digest().to_string()
    }

    /// The hash of the bytes so far; the hash then starts again.
    pub fn take(&mut self) -> Fingerprint {
        Fingerprint(self.0.finalize_reset().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_sha_1() {
        let mut hash = Sha1::new();
        hash.update(b"a");
        hash.update(b"bc");
        assert_eq!(hash.hexdigest(), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(hash.take(), Sha1::from("abc").digest());
        assert_eq!(hash.hexdigest(), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
        let written = Fingerprint::of_hex("da39A3ee5e6b4b0d3255bfef95601890afd80709");
        assert_eq!(written, Some(hash.digest()));
        for other in ["", "da39", "da39a3ee5e6b4b0d3255bfef95601890afd8070+", &"é".repeat(20)] {
            assert_eq!(Fingerprint::of_hex(other), None, "{other}");
        }
    }
}
