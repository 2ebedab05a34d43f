//! Subjects: the bracket tags of patch mail and the title behind them.

/// A subject, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The whole subject, unfolded and decoded, with its tags and reply prefixes.
    pub full: Box<str>,
    /// What is left without reply prefixes and bracket tags.
    pub title: Box<str>,
    /// The words of the tags in order, less PATCH, version and counter (`RFC`, `RESEND`, `net-next`).
    pub tags: Vec<Box<str>>,
    /// What the tags make of it.
    pub kind: SubjectKind,
    /// `Re:` in one of its spellings stood in front.
    pub is_reply: bool,
    /// `RFC` is among the tags.
    pub rfc: bool,
    /// `RESEND` or `REPOST` is among the tags.
    pub resend: bool,
    /// The version that the tags name; absent where they name none.
    pub version: Option<Version>,
    /// `n/m`.
    pub index: Option<PatchIndex>,
}

/// What the tags of a subject announce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectKind {
    /// `PATCH`, `PATCHSET` or `RFC`, with or without a counter.
    Patch,
    /// `GIT PULL`, `PULL`, `PULL REQUEST`.
    Pull,
    /// Nothing of the kind.
    Plain,
}

/// The version of a posting: git's reroll count, with the forms that people use besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The `3` of `v3`.
    pub major: u32,
    /// The `5` of `v5.5`; 0 otherwise.
    pub minor: u32,
    /// The `a` of `v6a`; 0 otherwise.
    pub suffix: u8,
}

/// `n/m`: the place of a mail in a posting. Number 0 is the cover letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatchIndex {
    /// The `3` of `3/8`. May be larger than the total (`8/7`).
    pub number: u32,
    /// The `8` of `3/8`.
    pub total: u32,
    /// A patch put in between (`0.5/5`): it has no number of its own.
    pub inserted: bool,
}
