//! The numbers in a subject's tags: versions and counters.

use serde::{Deserialize, Serialize};

/// The version of a posting: git's reroll count and the other forms that people use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version {
    /// The `3` of `v3`.
    pub major: u32,
    /// The `5` of `v5.5`; 0 otherwise.
    pub minor: u32,
    /// The `a` of `v6a`; 0 otherwise.
    pub suffix: u8,
}

impl Version {
    /// The version of a subject that names none.
    pub const FIRST: Self = Self { major: 1, minor: 0, suffix: 0 };

    /// `v3`, `v5.5`, `v6a`, if the number of revisions is plausible; a longer number (`v20231105`) is a word.
    pub(super) fn parse(token: &str) -> Option<Self> {
        let rest = token.strip_prefix(['v', 'V'])?;
        let digits = rest.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = match &rest.as_bytes()[digits.len()..] {
            [] => 0,
            [letter] => letter.to_ascii_lowercase(),
            _ => return None,
        };
        let (major, minor) = digits.split_once('.').unwrap_or((digits, "0"));
        let number = |n: &str| (1..=4).contains(&n.len()).then(|| n.parse().ok()).flatten();
        Some(Self { major: number(major)?, minor: number(minor)?, suffix })
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "v{}", self.major)?;
        if self.minor > 0 {
            write!(f, ".{}", self.minor)?;
        }
        if self.suffix > 0 {
            write!(f, "{}", char::from(self.suffix))?;
        }
        Ok(())
    }
}

/// `n/m`: the place of a mail in a posting. Number 0 is the cover letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PatchIndex {
    /// The `3` of `3/8`. May be larger than the total (`8/7`).
    pub number: u32,
    /// The `8` of `3/8`.
    pub total: u32,
    /// Whether somebody inserted the patch (`0.5/5`): it has no number of its own.
    pub inserted: bool,
}

impl PatchIndex {
    pub(super) fn parse(token: &str) -> Option<Self> {
        let (number, total) = token.split_once('/')?;
        let count = |n: &str| (1..=5).contains(&n.len()).then(|| n.parse().ok()).flatten();
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        // `0/2/2` was `2/2` before somebody added a number; `5.10/5.15/6.1` and `2/24/2023` mean something else.
        let (whole, total) = match total.split_once('/') {
            Some((one, two)) if one == two && fraction.is_empty() => (one, two),
            _ => (whole, total),
        };
        Some(Self { number: count(whole)?, total: count(total)?, inserted: !fraction.is_empty() })
    }
}

/// The version in StGit's `ver #2`, from its second word.
pub(super) fn numbered(word: &str) -> Option<Version> {
    let digits = word.strip_prefix('#').filter(|digits| (1..=3).contains(&digits.len()))?;
    Some(Version { major: digits.parse().ok()?, ..Version::FIRST })
}
