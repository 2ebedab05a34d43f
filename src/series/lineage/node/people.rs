//! The people behind a posting.
//!
//! In: the mails of a posting. Out: its [`People`]: author, sender, first signer, and what two postings' people have
//! in common ([`Bond`]). Never here: whether a name at a new address is the known person ([`Known`]).

use super::head;
use crate::{
    date::Timestamp,
    message::{Mailbox, Mailmap, Trailer},
    patch::Mail,
    series::{StoredMessage, assemble::Posting, known::Known},
};

/// Who is behind a posting: its author, who sent it, and who signed it first.
pub(in crate::series::lineage) struct People {
    /// Addresses in lower case: the author's, the sender's, then who signed first.
    addresses: Vec<String>,
    /// Full names in lower case, of at least two words; empty for others.
    names: [String; 2],
    /// The addresses of the patches' authors.
    authors: Vec<String>,
}

/// The people that two postings have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::series::lineage) enum Bond {
    /// Nothing.
    Strangers,
    /// A signature on what the other sent.
    Signature,
    /// A name, which anybody can write.
    Name,
    /// An address.
    Address,
}

impl People {
    pub(super) fn of(
        author: &Mailbox,
        head: &Mail,
        signer: Option<Mailbox>,
        authors: Vec<String>,
        mailmap: &Mailmap,
    ) -> Self {
        let own = [author, &head.message.from];
        let addresses = own.into_iter().chain(&signer).map(|who| mailmap.key(who)).collect();
        Self { addresses, names: own.map(full_name), authors }
    }

    /// They have an address or a full name in common.
    pub(in crate::series::lineage) fn meet(&self, other: &Self) -> bool {
        self.bond(other) > Bond::Strangers
    }

    pub(in crate::series::lineage) fn bond(&self, other: &Self) -> Bond {
        let meet = |one: &[String], two: &[String]| {
            one.iter().any(|key| !key.is_empty() && two.contains(key))
        };
        let [one, two] = [self, other].map(|people| people.addresses.get(..2).unwrap_or_default());
        if meet(one, two) {
            Bond::Address
        } else if meet(&self.names, &other.names) {
            Bond::Name
        } else if meet(&self.addresses, &other.addresses) {
            Bond::Signature
        } else {
            Bond::Strangers
        }
    }

    /// One address sent both.
    pub(in crate::series::lineage) fn are_sent_by(&self, other: &Self) -> bool {
        let senders = [self, other].map(|people| people.addresses.get(1));
        matches!(senders, [Some(one), Some(two)] if !one.is_empty() && one == two)
    }

    /// Whether the other's people have nothing to do with it but a name that theirs have too: no patch by an author of the
    /// other's, and no reason to believe that who uses the name at a new address is who has it ([`Known`]).
    pub(in crate::series::lineage) fn only_claims(
        &self,
        other: &Self,
        posted: Option<Timestamp>,
        known: &Known,
    ) -> bool {
        let mut named = self.names.iter().zip(&self.addresses);
        let is_vouched = |(name, address): (&String, &String)| {
            let theirs = other.names.iter().zip(&other.addresses);
            let theirs: Vec<&str> =
                theirs.filter(|(n, _)| *n == name).map(|(_, address)| &**address).collect();
            let is_shared = !name.is_empty() && !theirs.is_empty();
            is_shared && known.vouches((name, address), theirs, posted)
        };
        self.bond(other) == Bond::Name
            && !self.authors.iter().any(|author| other.authors.contains(author))
            && !named.any(is_vouched)
    }

    /// The keys by which they can be found.
    pub(in crate::series::lineage) fn keys(&self) -> impl Iterator<Item = &str> {
        let all = self.addresses.iter().chain(&self.names);
        all.map(String::as_str).filter(|key| !key.is_empty())
    }

    /// The keys by which author and sender can be found.
    pub(in crate::series::lineage) fn own_keys(&self) -> impl Iterator<Item = &str> {
        let own = self.addresses.iter().take(2).chain(&self.names);
        own.map(String::as_str).filter(|key| !key.is_empty())
    }
}

/// Whose work a posting is: the author of its cover letter or its only patch. Who sends others' patches to a stable
/// branch is not them, and neither is who sends patches of several authors without a letter.
pub(super) fn series_author<'a>(
    posting: &Posting,
    mails: &'a [StoredMessage],
    is_backport: bool,
) -> &'a Mailbox {
    let head = &mails[head(posting).at()].mail;
    let mut patches = posting.patches.iter().map(|(_, ix)| &mails[ix.at()].mail);
    let is_one_s =
        posting.cover.is_some() || patches.all(|patch| patch.author.key() == head.author.key());
    if is_one_s && !is_backport { &head.author } else { &head.message.from }
}

/// Who signed a single patch first: who sends on what somebody else made often says so nowhere else. A machine's mails show
/// patches of others, and who writes under the same name may be another.
pub(super) fn signer(posting: &Posting, mails: &[StoredMessage]) -> Option<Mailbox> {
    let ([(_, ix)], None) = (&posting.patches[..], posting.cover) else { return None };
    let patch = &mails[ix.at()].mail;
    let signed = |trailer: &&Trailer| trailer.key.eq_ignore_ascii_case("Signed-off-by");
    let first = patch.trailers.iter().find(signed).filter(|_| patch.machine.is_none())?;
    let is_another = |who: &Mailbox| full_name(who) != full_name(&patch.message.from);
    first.person().filter(is_another)
}

/// A name of at least two words in lower case, by which a person can be told; otherwise nothing.
pub(in crate::series) fn full_name(who: &Mailbox) -> String {
    let name = who.name.to_lowercase();
    if name.split_whitespace().nth(1).is_some() { name } else { String::new() }
}
